using System.Data.Common;
using System.Text.Json.Nodes;
using Dapper;

namespace Pipeline.Data;

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

    // The last recorded instant, where the wall clock was found behind it.
    private DateTimeOffset? ahead;

    // How often the time had been confirmed when the clock was first distrusted.
    private long? confirmations;

    /// <summary>The host's clock, in whole milliseconds.</summary>
    public DateTimeOffset HostNow => Truncate(time.GetUtcNow());

    /// <summary>The calendar date in the city, by the host's clock: near enough to judge whether a date can be meant.</summary>
    public DateOnly HostToday => Domain.Shanghai.DateOf(HostNow);

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
        DateTimeOffset? last = null;
        if (await connection.ExecuteAsync(RecordInstant, new { now }, transaction) == 0)
        {
            last = await connection.QueryFirstOrDefaultAsync<DateTimeOffset?>(LastInstant, transaction: transaction);
            if (last is null)
                await connection.ExecuteAsync(InsertInstant, new { now }, transaction);
        }

        if (!Trusts(now, last))
        {
            // It may have been confirmed in another process, which has then set the recorded instant back as well.
            var confirmed = await connection.ExecuteScalarAsync<long>(Confirmations, transaction: transaction);
            if (!WasConfirmed(confirmed))
                throw new ClockUnreliableException();
        }

        return last ?? now;
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

    /// <summary>Sets the recorded instant to the present wall time, whatever it was, for this and every other process; what it was and is, for the audit trail. <see cref="Trust"/> follows once that is durable.</summary>
    internal static async Task<JsonArray?> Confirm(Session session)
    {
        if (session.Dialect.NowSql is not null)
            return null;
        var last = await session.One<DateTimeOffset?>(LastInstant);
        if (last is null)
            await session.Execute(InsertInstant, new { now = session.Now });
        await session.Execute(ResetInstant, new { now = session.Now });
        return AuditEntry.Between(
            new JsonObject { ["lastInstant"] = last is { } before ? Iso.Text(before) : null },
            new JsonObject { ["lastInstant"] = Iso.Text(session.Now) }
        );
    }

    /// <summary>Trusts the present wall time from now on.</summary>
    internal void Trust()
    {
        lock (gate)
        {
            Anchor(time.GetUtcNow());
            unreliable = false;
            agreeingSince = null;
            ahead = null;
            confirmations = null;
        }
    }

    /// <summary>How far the wall clock is behind the last recorded instant, where that is more than it may be.</summary>
    public async Task<(DateTimeOffset Now, DateTimeOffset Last)?> Behind(Session session)
    {
        if (session.Dialect.NowSql is not null || await session.One<DateTimeOffset?>(LastInstant) is not { } last)
            return null;
        var now = HostNow;
        return Trusts(now, last) || last - now <= Tolerance ? null : (now, last);
    }

    private bool Trusts(DateTimeOffset now, DateTimeOffset? last)
    {
        lock (gate)
        {
            Observe(now, last);
            return !unreliable;
        }
    }

    private bool WasConfirmed(long count)
    {
        lock (gate)
        {
            if (count <= (confirmations ??= count))
                return false;
            Trust();
            return true;
        }
    }

    private void Observe(DateTimeOffset now, DateTimeOffset? last)
    {
        var behind = (last ?? ahead) - now > Tolerance;
        ahead = behind ? last ?? ahead : null;
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
            confirmations = null;
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
    private const string InsertInstant = "INSERT INTO clock (id, last_instant, confirmations) VALUES (1, @now, 0)";
    private const string ResetInstant =
        "UPDATE clock SET last_instant = @now, confirmations = confirmations + 1 WHERE id = 1";
    private const string Confirmations = "SELECT confirmations FROM clock WHERE id = 1";
    private const string RecordInstant = "UPDATE clock SET last_instant = @now WHERE id = 1 AND last_instant <= @now";
}
