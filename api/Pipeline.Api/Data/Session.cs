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
    Vault vault
)
{
    /// <summary>Sees every statement before it runs, as it was written; for tests.</summary>
    public static event Action<string>? Statement;

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
    public async Task<T?> First<T>(
        string sql,
        Func<AnswerRow, T> read,
        params (string Name, object? Value)[] parameters
    )
        where T : class
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? read(new AnswerRow(reader)) : null;
    }

    /// <summary>The rows of an answer, read by position.</summary>
    public async Task<List<T>> Rows<T>(
        string sql,
        Func<AnswerRow, T> read,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        await Take(reader, row => rows.Add(read(row)));
        return rows;
    }

    /// <summary>The rows of an answer, read by position; the parameters are put together one by one.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<AnswerRow, T> read, DynamicParameters parameters)
    {
        var rows = new List<T>();
        await Each(sql, row => rows.Add(read(row)), parameters);
        return rows;
    }

    /// <summary>Takes the rows of an answer as they come, read by position; none is kept.</summary>
    public async Task Each(string sql, Action<AnswerRow> take, DynamicParameters parameters)
    {
        await using var reader = await connection.ExecuteReaderAsync(Render(sql), parameters, transaction);
        await Take(reader, take);
    }

    private static async Task Take(DbDataReader reader, Action<AnswerRow> take)
    {
        var row = new AnswerRow(reader);
        while (await reader.ReadAsync())
            take(row);
    }

    /// <summary>What several statements answer, in one round trip.</summary>
    public Task<SqlMapper.GridReader> Answers(string sql, object? parameters = null) =>
        connection.QueryMultipleAsync(Render(sql), parameters, transaction);

    public async Task<List<T>> Query<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Render(sql), parameters, transaction, TimeLimit)).AsList();

    public Task<T?> One<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(Render(sql), parameters, transaction);

    public Task<int> Execute(string sql, object? parameters = null) =>
        connection.ExecuteAsync(Render(sql), parameters, transaction, TimeLimit);

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
        Statement?.Invoke(string.Join("; ", parts.Select(part => part.Table.Insert)));
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

    public IAsyncEnumerable<T> Stream<T>(string sql, object? parameters = null) =>
        connection.QueryUnbufferedAsync<T>(Render(sql), parameters, transaction);

    /// <summary>Waits for an exclusive right that lasts to the end of the transaction; the instant of the session is then not before it was had.</summary>
    public async Task Lock(string resource)
    {
        if (!await dialect.Lock(connection, transaction!, resource))
            throw new LockTimeoutException();

        // Where writers run side by side, somebody may have acted while this one waited: what it does now comes after that.
        if (!dialect.OneWriter && await clock.Now(connection, transaction, dialect) is var present && present > Now)
            Now = present;
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = Render(sql);
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            TypeHandlers.Set(parameter, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private string Render(string sql)
    {
        Statement?.Invoke(sql);
        return dialect.Render(sql);
    }
}
