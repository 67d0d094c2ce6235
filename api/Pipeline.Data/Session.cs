using System.Data.Common;
using Dapper;

namespace Pipeline.Data;

/// <summary>One connection, one transaction if it writes, and one reading of the clock.</summary>
public sealed class Session(
    DbConnection connection,
    DbTransaction? transaction,
    IDialect dialect,
    DateTimeOffset now,
    Clock clock,
    Vault vault,
    IStatementObserver? observer,
    IReadOnlyList<IEventSubscriber> subscribers
)
{
    /// <summary>The instant this session works at, whole milliseconds, UTC (R24).</summary>
    public DateTimeOffset Now { get; set; } = now;

    /// <summary>The calendar date in the city.</summary>
    public DateOnly Today => Domain.Shanghai.DateOf(Now);

    /// <summary>Who acts in this session, for the audit trail.</summary>
    public Origin Origin { get; set; } = Origin.System;

    /// <summary>The rule set by which something was judged, once one was read.</summary>
    public string? RuleSetId { get; set; }

    /// <summary>The city's rule sets, once they were read.</summary>
    public Domain.Rules.RuleBook? RuleBook { get; set; }

    /// <summary>Whether the library was searched for what is the same or similar (R13).</summary>
    public bool HasMatched { get; set; }

    /// <summary>What this session's commit will have done; each joins the audit trail with it.</summary>
    public List<AuditEntry> Entries { get; } = [];

    /// <summary>How many seconds a statement may take; 0: as long as it takes, null: as long as the driver waits by itself.</summary>
    public int? TimeLimit { get; set; }

    /// <summary>Ends a read of which nobody waits for the answer any more; a write is never broken off.</summary>
    public CancellationToken Abandoned { get; init; }

    /// <summary>What is done at the end of this session's work, before its commit.</summary>
    public List<Func<Task>> BeforeCommit { get; } = [];

    /// <summary>What was noted for the change feed so far; null: nothing.</summary>
    public INotedChanges? Noted { get; set; }

    /// <summary>What this session's commit will have changed; each gets its number in the change feed with it.</summary>
    public List<ChangeEntry> Changes { get; } = [];

    /// <summary>The projects that are counted anew at the commit.</summary>
    public HashSet<string> Counted { get; } = new(StringComparer.Ordinal);

    /// <summary>Of those, the projects that were added and have not changed since: what they count as is written already.</summary>
    public HashSet<string> Entered { get; } = new(StringComparer.Ordinal);

    /// <summary>The claims that are.</summary>
    public HashSet<string> CountedClaims { get; } = new(StringComparer.Ordinal);

    /// <summary>The projects whose ledger is held against the facts at the commit, with what changed them.</summary>
    public Dictionary<string, (string Kind, string Id)> Booked { get; } = new(StringComparer.Ordinal);

    /// <summary>Tells the subscribers that something happened; once this returns they have done, within the transaction, what follows.</summary>
    public async Task Raise(Domain.IDomainEvent happened)
    {
        foreach (var subscriber in subscribers)
            await subscriber.On(this, happened);
    }

    /// <summary>Notes what the commit will have done, or what was read; the same reading once.</summary>
    public void Note(AuditEntry entry)
    {
        if (entry.Outcome != AuditOutcome.Read || !Entries.Contains(entry))
            Entries.Add(entry);
    }

    /// <summary>Seals and unseals personal data.</summary>
    public Vault Vault => vault;

    public DbConnection Connection => connection;
    public DbTransaction? Transaction => transaction;
    public IDialect Dialect => dialect;

    /// <summary>The first row of an answer, read by position; null when there is none.</summary>
    public async Task<T?> First<T>(string sql, Func<AnswerRow, T> read, object? source = null)
        where T : class
    {
        var reader = await Reader(sql, source);
        try
        {
            return await reader.ReadAsync(Abandoned) ? read(new AnswerRow(reader)) : null;
        }
        finally
        {
            await Close(reader);
        }
    }

    /// <summary>The rows of an answer, read by position.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<AnswerRow, T> read, object? source = null)
    {
        var rows = new List<T>();
        await Each(sql, row => rows.Add(read(row)), source);
        return rows;
    }

    /// <summary>Takes the rows of an answer as they come, read by position; none is kept.</summary>
    public async Task Each(string sql, Action<AnswerRow> take, object? source = null)
    {
        var reader = await Reader(sql, source);
        try
        {
            var row = new AnswerRow(reader);
            while (await reader.ReadAsync(Abandoned))
                take(row);
        }
        finally
        {
            await Close(reader);
        }
    }

    private async Task<DbDataReader> Reader(string sql, object? source)
    {
        var (text, parameters) = await Prepare(sql, source);
        return await connection.ExecuteReaderAsync(Command(text, parameters));
    }

    /// <summary>Ends a reader with its command: Dapper's own, disposed of asynchronously, leaves its command to the collector, and with it what was compiled.</summary>
    private static async ValueTask Close(DbDataReader reader)
    {
        var command = (reader as IWrappedDataReader)?.Command;
        await reader.DisposeAsync();
        command?.Dispose();
    }

    private CommandDefinition Command(string text, object? parameters) =>
        new(text, parameters, transaction, TimeLimit, cancellationToken: Abandoned);

    /// <summary>What several statements answer, in one round trip.</summary>
    public async Task<SqlMapper.GridReader> Answers(string sql, object? source = null)
    {
        var (text, parameters) = await Prepare(sql, source);
        return await connection.QueryMultipleAsync(Command(text, parameters));
    }

    public async Task<List<T>> Query<T>(string sql, object? source = null)
    {
        var (text, parameters) = await Prepare(sql, source);
        return (await connection.QueryAsync<T>(Command(text, parameters))).AsList();
    }

    public async Task<T?> One<T>(string sql, object? source = null)
    {
        var (text, parameters) = await Prepare(sql, source);
        return await connection.QueryFirstOrDefaultAsync<T>(Command(text, parameters));
    }

    public async IAsyncEnumerable<T> Stream<T>(string sql, object? source = null)
    {
        var (text, parameters) = await Prepare(sql, source);
        var rows = connection.QueryUnbufferedAsync<T>(text, parameters, transaction, TimeLimit);
        await foreach (var row in rows.WithCancellation(Abandoned))
            yield return row;
    }

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public async Task<int> Execute(string sql, object? source = null)
    {
        var (text, parameters) = await Prepare(sql, source);
        return await connection.ExecuteAsync(Command(text, parameters));
    }

    /// <summary>Changes exactly one row, which the statement finds as it was read.</summary>
    /// <exception cref="WriteConflictException">Somebody else changed it meanwhile.</exception>
    public async Task ExecuteOnOne(string sql, object? source = null)
    {
        if (await Execute(sql, source) != 1)
            throw new WriteConflictException($"A row changed meanwhile: {sql.ReplaceLineEndings(" ")}");
    }

    /// <summary>Adds rows, each with a value for every column of the table. They are sent with the next statement, or before the commit.</summary>
    public void Add(BulkTable table, params IEnumerable<object?[]> rows)
    {
        var added = pending.FindLastIndex(write => write.Table == table);
        var at = added > pending.FindLastIndex(write => write.Sql is not null) ? added : -1;
        if (at < 0)
        {
            at = pending.Count;
            pending.Add(new PendingWrite(table, [], null, null));
        }

        pending[at].Rows.AddRange(rows);
        if (pending[at].Rows.Count == 0)
            pending.RemoveAt(at);
    }

    /// <summary>Runs a statement of whose outcome nothing depends: with the next one, or before the commit.</summary>
    public void Later(string sql, object? source = null) =>
        pending.Add(new PendingWrite(null, [], sql, Parameters.Of(source)));

    private List<PendingWrite> pending = [];

    /// <summary>Sends what waits.</summary>
    public async Task Flush()
    {
        if (pending.Count == 0)
            return;
        observer?.Sends(this, pending, null, null);
        await SendPending();
    }

    private async Task SendPending()
    {
        var writes = pending;
        pending = [];
        if (dialect.SendsBatches && writes.Sum(write => write.Width) <= Batch.MostParameters)
        {
            var (text, parameters) = Batch.Of([.. writes.Select(Rendered)], null, null);
            await connection.ExecuteAsync(text, parameters, transaction, TimeLimit);
            return;
        }

        foreach (var write in writes)
        {
            if (write.Table is { } table)
                await dialect.AddRows(connection, transaction!, table, write.Rows);
            else
                await connection.ExecuteAsync(dialect.Render(write.Sql!), write.Parameters, transaction, TimeLimit);
        }
    }

    private PendingWrite Rendered(PendingWrite write) =>
        write.Sql is { } sql ? write with { Sql = dialect.Render(sql) } : write;

    /// <summary>Does what is left to do before the commit; the entries of the audit trail come last.</summary>
    public async Task Complete()
    {
        foreach (var last in BeforeCommit)
            await last();
        if (Noted is { } noted)
            await noted.AddTo(this);
        await AuditTrail.Append(this);
        await Flush();
    }

    /// <summary>Waits for a lock that lasts to the end of the transaction; nothing to do when it is held already.</summary>
    /// <remarks>
    /// The instant of the session is then not before it was had: where writers run side by side, somebody may have acted while this one waited, and what it does now comes after that.
    /// </remarks>
    /// <exception cref="LockTimeoutException">It was not to be had in time.</exception>
    /// <exception cref="WriteConflictException">The database gave the lock to somebody else to end a deadlock.</exception>
    public async Task Lock(LockName name)
    {
        if (!held.Add(name))
            return;
        observer?.Locks(this, name);
        if (dialect.LockSql is { } sql)
        {
            var (text, parameters) = await Prepare(sql, name.Parameters, isObserved: false);
            var outcome = await connection.QuerySingleAsync<LockOutcome>(text, parameters, transaction);
            outcome.Check(name);
            MoveOnTo(clock.OfServer(outcome.Now));
        }
        else if (!dialect.OneWriter)
        {
            MoveOnTo(clock.HostNow);
        }
    }

    /// <summary>Waits for the lock of the audit trail, and reads behind it, in one round trip. The instant stays: entries are of the instant at which everything else was done.</summary>
    /// <exception cref="LockTimeoutException">It was not to be had in time.</exception>
    public async Task<T> LockTrail<T>(string sql)
    {
        held.Add(LockName.Audit);
        observer?.Locks(this, LockName.Audit);
        if (dialect.LockSql is not { } lockSql)
            return (await One<T>(sql))!;
        var (text, parameters) = await Prepare($"{lockSql}; {sql}", LockName.Audit.Parameters, isObserved: false);
        using var answers = await connection.QueryMultipleAsync(text, parameters, transaction);
        (await answers.ReadSingleAsync<LockOutcome>()).Check(LockName.Audit);
        return await answers.ReadSingleAsync<T>();
    }

    private void MoveOnTo(DateTimeOffset present)
    {
        if (present > Now)
            Now = present;
    }

    /// <summary>The locks that this transaction holds.</summary>
    public IReadOnlyCollection<LockName> Held => held;

    private readonly HashSet<LockName> held = [];

    /// <summary>A statement as the engine wants it, behind what waits to be written.</summary>
    private async Task<(string Text, Parameters Parameters)> Prepare(string sql, object? source, bool isObserved = true)
    {
        var parameters = Parameters.Of(source);
        if (isObserved || pending.Count > 0)
            observer?.Sends(this, pending, isObserved ? sql : null, isObserved ? parameters : null);
        if (
            pending.Count > 0
            && (!dialect.SendsBatches || parameters.Count + pending.Sum(write => write.Width) > Batch.MostParameters)
        )
            await SendPending();
        var (text, all) = Batch.Of([.. pending.Select(Rendered)], dialect.Render(sql), parameters);
        pending = [];
        return (text, all);
    }
}
