using System.Data.Common;
using Dapper;

namespace Pipeline.Api.Data;

/// <summary>The wall clock cannot be trusted, so nothing may be written that depends on it (503 `clock-unreliable`, R24).</summary>
public sealed class ClockUnreliableException : Exception;

/// <summary>Which instant counts (R24): the database server's clock where there is a server, else the host's, guarded against jumps.</summary>
public sealed class Clock(TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Probation = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private DateTimeOffset anchorWall = time.GetUtcNow();
    private long anchorTicks = time.GetTimestamp();
    private (DateTimeOffset Wall, long Ticks)? agreeingSince;
    private bool unreliable;

    /// <summary>The host's clock, in whole milliseconds.</summary>
    public DateTimeOffset HostNow => Truncate(time.GetUtcNow());

    /// <summary>The instant for a read.</summary>
    public async Task<DateTimeOffset> Now(DbConnection connection, DbTransaction? transaction, IDialect dialect) =>
        dialect.NowSql is { } sql && time == TimeProvider.System
            ? OfServer(await connection.ExecuteScalarAsync<DateTime>(sql, transaction: transaction))
            : HostNow;

    /// <summary>What a database server's clock said; the host's clock instead where a test moves it.</summary>
    public DateTimeOffset OfServer(DateTime utc) =>
        time == TimeProvider.System
            ? Truncate(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)))
            : HostNow;

    /// <summary>The instant for a write. On an embedded database it is refused while the host's clock is behind the last recorded instant, or jumped.</summary>
    public async Task<DateTimeOffset> NowForWrite(DbConnection connection, DbTransaction transaction, IDialect dialect)
    {
        var now = await Now(connection, transaction, dialect);
        if (dialect.NowSql is not null)
            return now;
        if (await connection.ExecuteAsync(RecordInstant, new { now }, transaction) == 1)
        {
            Check(now, null);
            return now;
        }

        var last = await connection.QueryFirstOrDefaultAsync<DateTimeOffset?>(LastInstant, transaction: transaction);
        Check(now, last);
        if (last is { } recorded)
            return recorded;
        await connection.ExecuteAsync(InsertInstant, new { now }, transaction);
        return now;
    }

    /// <summary>The instant for an entry of the audit trail: never before the last recorded one, whatever the clock says.</summary>
    public async Task<DateTimeOffset> NowForLog(DbConnection connection, DbTransaction transaction, IDialect dialect)
    {
        var now = await Now(connection, transaction, dialect);
        var last = dialect.NowSql is null
            ? await connection.QueryFirstOrDefaultAsync<DateTimeOffset?>(LastInstant, transaction: transaction)
            : null;
        return last > now ? last.Value : now;
    }

    /// <summary>Whether writes are refused because the clock jumped.</summary>
    public bool Unreliable
    {
        get
        {
            lock (gate)
                return unreliable;
        }
    }

    /// <summary>Whether the process may settle at all; reading does not need it.</summary>
    public bool MaySettle(DateTimeOffset now)
    {
        lock (gate)
        {
            Observe(now, null);
            return !unreliable;
        }
    }

    /// <summary>An administrator confirms that the present wall time is right.</summary>
    public void Confirm()
    {
        lock (gate)
        {
            Anchor(time.GetUtcNow());
            unreliable = false;
            agreeingSince = null;
        }
    }

    private void Check(DateTimeOffset now, DateTimeOffset? last)
    {
        lock (gate)
        {
            Observe(now, last);
            if (unreliable)
                throw new ClockUnreliableException();
        }
    }

    private void Observe(DateTimeOffset now, DateTimeOffset? last)
    {
        var behind = last - now > Tolerance;
        var jumped = (now - anchorWall - time.GetElapsedTime(anchorTicks)).Duration() > Tolerance;
        if (!unreliable)
        {
            unreliable = behind || jumped;
            agreeingSince = unreliable && !behind ? (now, time.GetTimestamp()) : null;
            if (!unreliable)
                Anchor(now);
            return;
        }

        // Distrusted: it has to agree with the monotonic clock, and not be behind the record, for a whole minute.
        if (behind)
        {
            agreeingSince = null;
        }
        else if (
            agreeingSince is not { } since
            || (now - since.Wall - time.GetElapsedTime(since.Ticks)).Duration() > Tolerance
        )
        {
            agreeingSince = (now, time.GetTimestamp());
        }
        else if (time.GetElapsedTime(since.Ticks) >= Probation)
        {
            Anchor(now);
            unreliable = false;
            agreeingSince = null;
        }
    }

    private void Anchor(DateTimeOffset now)
    {
        anchorWall = now;
        anchorTicks = time.GetTimestamp();
    }

    private static DateTimeOffset Truncate(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private const string LastInstant = "SELECT last_instant FROM clock WHERE id = 1";
    private const string InsertInstant = "INSERT INTO clock (id, last_instant) VALUES (1, @now)";
    private const string RecordInstant = "UPDATE clock SET last_instant = @now WHERE id = 1 AND last_instant <= @now";
}
