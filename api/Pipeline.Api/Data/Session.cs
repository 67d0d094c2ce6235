using System.Data.Common;
using Dapper;

namespace Pipeline.Api.Data;

/// <summary>One connection, one transaction if it writes, and one reading of the clock.</summary>
public sealed class Session(
    DbConnection connection,
    DbTransaction? transaction,
    IDialect dialect,
    DateTimeOffset now,
    Clock clock,
    Vault vault,
    IStatementObserver? observer
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

    /// <summary>What this session's commit will have done; each joins the audit trail with it.</summary>
    public List<AuditEntry> Entries { get; } = [];

    /// <summary>How many seconds a statement may take; 0: as long as it takes, null: as long as the driver waits by itself.</summary>
    public int? TimeLimit { get; set; }

    /// <summary>What is done at the end of this session's work, before its commit.</summary>
    public List<Func<Task>> BeforeCommit { get; } = [];

    /// <summary>The projects that are counted anew at the commit.</summary>
    public HashSet<string> Counted { get; } = new(StringComparer.Ordinal);

    /// <summary>The claims that are.</summary>
    public HashSet<string> CountedClaims { get; } = new(StringComparer.Ordinal);

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
    public async Task<T?> First<T>(string sql, Func<AnswerRow, T> read, object? parameters = null)
        where T : class
    {
        await using var reader = await Reader(sql, parameters);
        return await reader.ReadAsync() ? read(new AnswerRow(reader)) : null;
    }

    /// <summary>The rows of an answer, read by position.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<AnswerRow, T> read, object? parameters = null)
    {
        var rows = new List<T>();
        await Each(sql, row => rows.Add(read(row)), parameters);
        return rows;
    }

    /// <summary>Takes the rows of an answer as they come, read by position; none is kept.</summary>
    public async Task Each(string sql, Action<AnswerRow> take, object? parameters = null)
    {
        await using var reader = await Reader(sql, parameters);
        var row = new AnswerRow(reader);
        while (await reader.ReadAsync())
            take(row);
    }

    private Task<DbDataReader> Reader(string sql, object? source)
    {
        var (text, parameters) = Prepare(sql, source);
        return connection.ExecuteReaderAsync(text, parameters, transaction);
    }

    /// <summary>What several statements answer, in one round trip.</summary>
    public Task<SqlMapper.GridReader> Answers(string sql, object? source = null)
    {
        var (text, parameters) = Prepare(sql, source);
        return connection.QueryMultipleAsync(text, parameters, transaction);
    }

    public async Task<List<T>> Query<T>(string sql, object? source = null)
    {
        var (text, parameters) = Prepare(sql, source);
        return (await connection.QueryAsync<T>(text, parameters, transaction, TimeLimit)).AsList();
    }

    public Task<T?> One<T>(string sql, object? source = null)
    {
        var (text, parameters) = Prepare(sql, source);
        return connection.QueryFirstOrDefaultAsync<T>(text, parameters, transaction);
    }

    public Task<int> Execute(string sql, object? source = null)
    {
        var (text, parameters) = Prepare(sql, source);
        return connection.ExecuteAsync(text, parameters, transaction, TimeLimit);
    }

    /// <summary>Changes exactly one row, which the statement finds as it was read.</summary>
    /// <exception cref="WriteConflictException">Somebody else changed it meanwhile.</exception>
    public async Task ExecuteOnOne(string sql, object? source = null)
    {
        if (await Execute(sql, source) != 1)
            throw new WriteConflictException($"A row changed meanwhile: {sql.ReplaceLineEndings(" ")}");
    }

    /// <summary>Adds rows, each with a value for every column of the table, before the commit: together with what else is added until then, or until somebody <see cref="Flush"/>es who is going to read them.</summary>
    public void Add(BulkTable table, params IEnumerable<object?[]> rows)
    {
        foreach (var row in rows)
        {
            var at = added.FindIndex(part => part.Table == table);
            if (at < 0)
                added.Add((table, [row]));
            else
                added[at].Rows.Add(row);
        }
    }

    /// <summary>Adds what waits to be added.</summary>
    public async Task Flush()
    {
        if (added.Count == 0)
            return;
        (BulkTable Table, IReadOnlyList<object?[]> Rows)[] parts =
        [
            .. added.Select(part => (part.Table, (IReadOnlyList<object?[]>)part.Rows)),
        ];
        added.Clear();
        observer?.Adds(this, parts);
        await BulkTable.Add(connection, transaction!, parts);
    }

    private readonly List<(BulkTable Table, List<object?[]> Rows)> added = [];

    /// <summary>Does what is left to do before the commit; the entries of the audit trail come last.</summary>
    public async Task Complete()
    {
        foreach (var last in BeforeCommit)
            await last();
        await AuditTrail.Append(this);
        await Flush();
    }

    public IAsyncEnumerable<T> Stream<T>(string sql, object? source = null)
    {
        var (text, parameters) = Prepare(sql, source);
        return connection.QueryUnbufferedAsync<T>(text, parameters, transaction);
    }

    /// <summary>Waits for a lock that lasts to the end of the transaction; nothing to do when it is held already.</summary>
    /// <remarks>
    /// The instant of the session is then not before it was had: where writers run side by side, somebody may have acted while this one waited, and what it does now comes after that.
    /// The lock of the audit trail leaves the instant as it is: its entries are of the instant at which everything else was done.
    /// </remarks>
    /// <exception cref="LockTimeoutException">It was not to be had in time.</exception>
    public async Task Lock(LockName name)
    {
        if (!held.Add(name))
            return;
        observer?.Locks(this, name);
        if (await dialect.Lock(connection, transaction!, name) is not { } now || name.Kind == LockKind.Audit)
            return;
        var present = clock.OfServer(now);
        if (present > Now)
            Now = present;
    }

    /// <summary>The locks that this transaction holds.</summary>
    public IReadOnlyCollection<LockName> Held => held;

    private readonly HashSet<LockName> held = [];

    /// <summary>A statement as the engine wants it, and its parameters in the types of their columns.</summary>
    private (string Text, Parameters Parameters) Prepare(string sql, object? source)
    {
        var parameters = Parameters.Of(source);
        observer?.Runs(this, sql, parameters);
        return (dialect.Render(sql), parameters);
    }
}
