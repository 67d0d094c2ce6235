using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Pipeline.Api.Data;

/// <summary>The database cannot be reached, or is too busy to answer in time (503 `database-unavailable`).</summary>
public sealed class DatabaseUnavailableException(Exception? inner) : Exception("The database is not available.", inner);

/// <summary>An exclusive right was not to be had within the lock time-out (409 `request-in-progress`).</summary>
public sealed class LockTimeoutException : Exception;

/// <summary>One connection, one transaction if it writes, and one reading of the clock.</summary>
public sealed class Session(DbConnection connection, DbTransaction? transaction, IDialect dialect, DateTimeOffset now, Clock clock, Vault vault)
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

    /// <summary>What this session's commit will have done; each joins the audit trail with it.</summary>
    public List<AuditEntry> Entries { get; } = [];

    /// <summary>What is done at the end of this session's work, before its commit.</summary>
    public List<Func<Task>> BeforeCommit { get; } = [];

    /// <summary>The projects that are counted anew at the commit.</summary>
    public HashSet<string> Counted { get; } = new(StringComparer.Ordinal);

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
    public async Task<T?> First<T>(string sql, Func<AnswerRow, T> read, params (string Name, object? Value)[] parameters) where T : class
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? read(new AnswerRow(reader)) : null;
    }

    /// <summary>The rows of an answer, read by position.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<AnswerRow, T> read, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        return await All(reader, read);
    }

    /// <summary>The rows of an answer, read by position; the parameters are put together one by one.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<AnswerRow, T> read, DynamicParameters parameters)
    {
        await using var reader = await connection.ExecuteReaderAsync(Render(sql), parameters, transaction);
        return await All(reader, read);
    }

    private static async Task<List<T>> All<T>(DbDataReader reader, Func<AnswerRow, T> read)
    {
        var rows = new List<T>();
        var row = new AnswerRow(reader);
        while (await reader.ReadAsync())
            rows.Add(read(row));
        return rows;
    }

    /// <summary>What several statements answer, in one round trip.</summary>
    public Task<SqlMapper.GridReader> Answers(string sql, object? parameters = null) => connection.QueryMultipleAsync(Render(sql), parameters, transaction);

    public async Task<List<T>> Query<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Render(sql), parameters, transaction)).AsList();

    public Task<T?> One<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(Render(sql), parameters, transaction);

    public Task<int> Execute(string sql, object? parameters = null) => connection.ExecuteAsync(Render(sql), parameters, transaction);

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
        (BulkTable Table, IReadOnlyList<object?[]> Rows)[] parts = [.. added.Select(part => (part.Table, (IReadOnlyList<object?[]>)part.Rows))];
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

    public IAsyncEnumerable<T> Stream<T>(string sql, object? parameters = null) => connection.QueryUnbufferedAsync<T>(Render(sql), parameters, transaction);

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

/// <summary>Opens sessions. Reads see committed rows; writes are one transaction, durable when they return.</summary>
public sealed class Database(IDialect dialect, Clock clock, Vault vault) : IDisposable
{
    private DbConnection? held;

    /// <summary>How long a caller is kept waiting for its turn, a lock or a connection before it hears that the database is away.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How many may be at the database at once; as many as the pool of SQL Server's client holds.</summary>
    private const int Places = 100;

    /// <summary>How many writes share a commit at the most.</summary>
    private const int MostTogether = 32;

    private readonly SemaphoreSlim writer = new(1, 1);
    private readonly System.Collections.Concurrent.ConcurrentQueue<GroupedWrite> waiting = new();
    private readonly SemaphoreSlim places = new(Places, Places);

    // A disk that is full or a lock that is held fails writes alone: reads have a breaker of their own.
    private readonly ResiliencePipeline reading = Guard(dialect);
    private readonly ResiliencePipeline writing = Guard(dialect);

    public IDialect Dialect => dialect;

    public Clock Clock => clock;

    /// <summary>Runs a read; repeated when the engine says that it may succeed a moment later.</summary>
    /// <param name="at">The instant to read at, if the clock was read already.</param>
    public Task<T> Read<T>(Func<Session, Task<T>> work, DateTimeOffset? at = null) => Guarded(reading, Turn.Begin(), async patience =>
    {
        await using var connection = await Open(patience);
        return await work(new Session(connection, null, dialect, at ?? await clock.Now(connection, null, dialect), clock, vault));
    });

    /// <summary>Runs a write in one transaction; <paramref name="keep"/> says whether its answer is to be committed.</summary>
    /// <remarks>Repeated from the start when it failed in a transient way before the commit; a commit that fails is never repeated.</remarks>
    public Task<T> Write<T>(Func<Session, Task<T>> work, Func<T, bool>? keep = null) => Write(work, keep, clock.NowForWrite);

    /// <summary>Adds entries to the audit trail, even while the clock is distrusted: what is only read must not depend on it.</summary>
    public Task Log(IEnumerable<AuditEntry> entries) => Write(
        session =>
        {
            session.Entries.AddRange(entries);
            return Task.FromResult(true);
        },
        null,
        clock.NowForLog);

    private async Task<T> Write<T>(Func<Session, Task<T>> work, Func<T, bool>? keep, Func<DbConnection, DbTransaction, IDialect, Task<DateTimeOffset>> now)
    {
        T answer = default!;
        var mine = new GroupedWrite(async (connection, transaction) =>
        {
            var session = new Session(connection, transaction, dialect, await now(connection, transaction, dialect), clock, vault);
            answer = await work(session);
            if (!(keep?.Invoke(answer) ?? true))
                return false;
            await session.Complete();
            return true;
        });
        var turn = Turn.Begin();
        if (!dialect.OneWriter)
            await Together([mine], turn);
        else
            await InTurn(mine, turn);
        await mine.Done;
        return answer;
    }

    /// <summary>Waits for the one place there is to write. Whoever gets it does what waits with it too: one durable commit for all.</summary>
    private async Task InTurn(GroupedWrite mine, Turn turn)
    {
        waiting.Enqueue(mine);
        if (!await writer.WaitAsync(turn.Left))
        {
            if (mine.GiveUp())
                throw new DatabaseUnavailableException(null);
            return;
        }

        try
        {
            while (!mine.Done.IsCompleted)
                await Together(Batch(), turn);
        }
        finally
        {
            writer.Release();
        }
    }

    private List<GroupedWrite> Batch()
    {
        var batch = new List<GroupedWrite>();
        while (batch.Count < MostTogether && waiting.TryDequeue(out var next))
        {
            if (next.Take())
                batch.Add(next);
        }

        return batch;
    }

    private async Task Together(IReadOnlyList<GroupedWrite> writes, Turn turn)
    {
        Exception? failure = null;
        try
        {
            await Guarded(writing, turn, async patience =>
            {
                await using var connection = await Open(patience);
                await using var transaction = connection is SqliteConnection sqlite
                    ? sqlite.BeginTransaction(IsolationLevel.Serializable, deferred: false)
                    : await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
                var any = false;
                foreach (var write in writes)
                    any |= writes.Count == 1 ? await write.Alone(connection, transaction) : await write.Among(connection, transaction, error => error is DbException failed && (dialect.IsAway(failed) || dialect.IsTransient(failed)));
                if (any)
                    await Commit(transaction);
                return any;
            });
        }
        catch (Exception error)
        {
            failure = error;
        }

        foreach (var write in writes)
            write.End(failure);
    }

    /// <summary>Holds the embedded database open as long as the program runs, so that nobody puts another file in its place meanwhile.</summary>
    public async Task Hold()
    {
        if (dialect is not SqliteDialect sqlite || held is not null)
            return;
        held = sqlite.Unpooled();
        await held.OpenAsync();
        await held.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_master");
    }

    public void Dispose() => held?.Dispose();

    public Task Write(Func<Session, Task> work) => Write(async session =>
    {
        await work(session);
        return true;
    });

    public Task<DbConnection> Open() => Open(Patience);

    private async Task<DbConnection> Open(TimeSpan patience)
    {
        var connection = dialect.Connect();
        try
        {
            await connection.OpenAsync();
            await dialect.Greet(connection, patience);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What became of a failed commit is unknown, so it is not repeated.</summary>
    private static async Task Commit(DbTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync();
        }
        catch (DbException error)
        {
            throw new DatabaseUnavailableException(error);
        }
    }

    /// <summary>Tries again what may succeed a moment later, as long as the caller's patience lasts; turns callers away at once while nothing succeeds.</summary>
    private async Task<T> Guarded<T>(ResiliencePipeline guard, Turn turn, Func<TimeSpan, Task<T>> work)
    {
        if (!await places.WaitAsync(turn.Left))
            throw new DatabaseUnavailableException(null);
        try
        {
            // The answer goes past the pipeline, not through it: for answers of many types its code would have to be made many times.
            var answer = default(T)!;
            await guard.ExecuteAsync(
                async _ =>
                {
                    try
                    {
                        answer = await work(turn.Left);
                    }
                    catch (DbException error) when (dialect.IsAway(error) && (turn.IsOver || !dialect.IsTransient(error)))
                    {
                        throw new DatabaseUnavailableException(error);
                    }
                },
                CancellationToken.None);
            return answer;
        }
        catch (Exception error) when (error is BrokenCircuitException || (error is DbException failure && dialect.IsAway(failure)))
        {
            throw new DatabaseUnavailableException(error);
        }
        finally
        {
            places.Release();
        }
    }

    private static ResiliencePipeline Guard(IDialect dialect) => new ResiliencePipelineBuilder { TimeProvider = new Monotonic() }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DatabaseUnavailableException>().Handle<DbException>(dialect.IsAway),
            FailureRatio = 0.5,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(2),
        })
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DbException>(dialect.IsTransient),
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    /// <summary>What is left of a caller's patience.</summary>
    private readonly record struct Turn(long Began)
    {
        public static Turn Begin() => new(TimeProvider.System.GetTimestamp());

        public TimeSpan Left => Patience - TimeProvider.System.GetElapsedTime(Began) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

        public bool IsOver => Left == TimeSpan.Zero;
    }

    /// <summary>A clock that nobody can set: a breaker must not stay open for hours because the wall clock was put back.</summary>
    private sealed class Monotonic : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + System.GetElapsedTime(0);
    }
}
