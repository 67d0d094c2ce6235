using System.Data;
using System.Data.Common;
using Dapper;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Pipeline.Data;

/// <summary>The database cannot be reached, or is too busy to answer in time (503 `database-unavailable`).</summary>
public sealed class DatabaseUnavailableException(Exception? inner) : Exception("The database is not available.", inner);

/// <summary>A lock was not to be had within the time-out: a twin of the request holds it (409 `request-in-progress`), or the system is busy (503).</summary>
public sealed class LockTimeoutException(LockName name) : Exception($"The lock {name} was not to be had in time.")
{
    public LockName Name => name;
}

/// <summary>Somebody else changed what a write rests on. It is done again from the start.</summary>
public sealed class WriteConflictException(string message) : Exception(message);

/// <summary>Opens sessions. Reads see committed rows; writes are one transaction, durable when they return.</summary>
public sealed class Database(
    IDialect dialect,
    Clock clock,
    Vault vault,
    IStatementObserver? observer = null,
    IEnumerable<IEventSubscriber>? subscribers = null
) : IDisposable
{
    private readonly IReadOnlyList<IEventSubscriber> subscribers = [.. subscribers ?? []];

    private IHeldFile? held;

    /// <summary>Told when a write of this process that the change feed tells of is durable; null: nobody waits.</summary>
    public Action? Changed { get; set; }

    /// <summary>Told of a write that kept others from writing for long: the request behind it, or null where there is none, and how long it took.</summary>
    public Action<string?, TimeSpan>? HeldLong { get; set; }

    /// <summary>From when on a write is long.</summary>
    internal TimeSpan LongWrite { get; set; } = TimeSpan.FromSeconds(1);

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
    private readonly ResiliencePipeline reading = Breaker(dialect);
    private readonly ResiliencePipeline writing = Breaker(dialect);
    private readonly ResiliencePipeline again = Again(dialect);

    public IDialect Dialect => dialect;

    public Clock Clock => clock;

    public Vault Vault => vault;

    /// <summary>Sees what sessions do; null outside tests.</summary>
    public IStatementObserver? Observer { get; set; } = observer;

    /// <summary>Runs a read; repeated when the engine says that it may succeed a moment later.</summary>
    /// <param name="work">What is read.</param>
    /// <param name="abandoned">Ends it when nobody waits for the answer any more.</param>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    public async Task<T> Read<T>(Func<Session, Task<T>> work, CancellationToken abandoned = default)
    {
        // The answer goes past the breaker, not through it: for answers of many types its code would have to be made many times.
        T answer = default!;
        var turn = Turn.Begin();
        await Guarded(reading, () => Attempted(turn, async patience =>
            {
                await using var connection = await Open(patience);
                try
                {
                    answer = await work(
                        new Session(
                            connection,
                            null,
                            dialect,
                            await clock.Now(connection, null, dialect),
                            clock,
                            vault,
                            Observer,
                            subscribers
                        )
                        {
                            Abandoned = abandoned,
                        }
                    );
                }
                catch (DbException error) when (abandoned.IsCancellationRequested)
                {
                    // Some drivers tell of a statement that was broken off as of one that failed.
                    throw new OperationCanceledException("Nobody waits for the answer.", error, abandoned);
                }
            }));
        return answer;
    }

    /// <summary>Runs a write in one transaction; <paramref name="keep"/> says whether its answer is to be committed.</summary>
    /// <remarks>Repeated from the start when it failed in a transient way before the commit; a commit that fails is never repeated.</remarks>
    /// <param name="alone">Whether it has a transaction to itself: what writes thousands of rows.</param>
    public Task<T> Write<T>(Func<Session, Task<T>> work, Func<T, bool>? keep = null, bool alone = false) =>
        Write(work, keep, alone, clock.NowForWrite);

    /// <summary>Runs a write whose instant decides nothing, even while the clock is distrusted: the audit trail, sessions, seeds. Its instant is never before the last recorded one.</summary>
    public Task<T> WriteAnyway<T>(Func<Session, Task<T>> work, Func<T, bool>? keep = null) =>
        Write(work, keep, alone: false, clock.NowForLog);

    public Task WriteAnyway(Func<Session, Task> work) =>
        WriteAnyway(async session =>
        {
            await work(session);
            return true;
        });

    /// <summary>Adds entries to the audit trail.</summary>
    public Task Log(IEnumerable<AuditEntry> entries) =>
        WriteAnyway(session =>
        {
            session.Entries.AddRange(entries);
            return Task.CompletedTask;
        });

    /// <summary>Takes the present wall time for right from now on, in every process, and says so in the audit trail (R24).</summary>
    public async Task ConfirmClock(AuditEntry entry)
    {
        await Write(
            async session =>
            {
                session.Note(entry with { Changes = await Clock.Confirm(session) });
                return true;
            },
            null,
            alone: false,
            clock.Now
        );
        clock.Trust();
    }

    /// <summary>Whether anybody waits for whoever writes, other than this process's own workers, and as far as it can tell: on a server writers wait for one another's locks, so that somebody always may.</summary>
    public bool OthersWait => !dialect.OneWriter || waiting.Any(write => write.IsHurried);

    /// <summary>Whether nobody waits for what the present flow of control does: the round of a worker.</summary>
    public static bool IsUnhurried
    {
        get => unhurried.Value;
        set => unhurried.Value = value;
    }

    private static readonly AsyncLocal<bool> unhurried = new();

    /// <summary>Whether the present flow of control is inside a write, with everybody else waiting for it to end.</summary>
    public static bool IsWriting => inside.Value;

    private static readonly AsyncLocal<bool> inside = new();

    // Others wait for whoever writes.
    private Task<T> Write<T>(
        Func<Session, Task<T>> work,
        Func<T, bool>? keep,
        bool alone,
        Func<DbConnection, DbTransaction, IDialect, Task<DateTimeOffset>> now
    ) => BackgroundWork.Leave(() => WriteHere(work, keep, alone, now));

    private async Task<T> WriteHere<T>(
        Func<Session, Task<T>> work,
        Func<T, bool>? keep,
        bool alone,
        Func<DbConnection, DbTransaction, IDialect, Task<DateTimeOffset>> now
    )
    {
        T answer = default!;
        var told = false;
        var mine = new GroupedWrite(
            async (connection, transaction) =>
            {
                inside.Value = true;
                var session = new Session(
                    connection,
                    transaction,
                    dialect,
                    await now(connection, transaction, dialect),
                    clock,
                    vault,
                    Observer,
                    subscribers
                );
                var began = TimeProvider.System.GetTimestamp();
                try
                {
                    answer = await work(session);
                    if (!(keep?.Invoke(answer) ?? true))
                        return false;
                    await session.Complete();
                }
                finally
                {
                    Held(session, TimeProvider.System.GetElapsedTime(began));
                }

                told = session.Changes.Count > 0;
                return true;
            },
            alone
        );
        var turn = Turn.Begin();
        await Guarded(writing, async () =>
        {
            if (dialect.OneWriter)
                await InTurn(mine, turn);
            else
                await Together([mine], turn);
            await mine.Done;
        });
        Telemetry.Commits.Record(turn.Elapsed.TotalSeconds);
        if (told)
            Changed?.Invoke();
        return answer;
    }

    private void Held(Session session, TimeSpan time)
    {
        Telemetry.Writes.Record(time.TotalSeconds);
        if (time >= LongWrite)
            HeldLong?.Invoke(session.Origin?.Request, time);
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
        while (batch.Count < MostTogether && waiting.TryPeek(out var next) && !(next.IsAlone && batch.Count > 0))
        {
            waiting.TryDequeue(out _);
            if (!next.Take())
                continue;
            batch.Add(next);
            if (next.IsAlone)
                break;
        }

        return batch;
    }

    private async Task Together(IReadOnlyList<GroupedWrite> writes, Turn turn)
    {
        Exception? failure = null;
        try
        {
            await Attempted(turn, async patience =>
            {
                await using var connection = await Open(patience);
                await using var transaction = await dialect.BeginWrite(connection);
                var any = false;
                foreach (var write in writes)
                    any |=
                        writes.Count == 1
                            ? await write.Alone(connection, transaction)
                            : await write.Among(connection, transaction, error =>
                                error is DbException failed && (dialect.IsAway(failed) || dialect.IsTransient(failed))
                            );
                if (any)
                    await Commit(transaction);
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
        if (held is null && dialect.File is { } file)
            held = await file.Hold();
    }

    /// <summary>Whether the database is a file that is held open.</summary>
    public bool IsHeld => held is not null;

    /// <summary>Brings what was committed to the held file into its place (<see cref="IHeldFile.Checkpoint"/>); a server does so by itself.</summary>
    public Task Checkpoint() => held?.Checkpoint() ?? Task.CompletedTask;

    public void Dispose() => held?.Dispose();

    public Task Write(Func<Session, Task> work, bool alone = false) =>
        Write(
            async session =>
            {
                await work(session);
                return true;
            },
            alone: alone
        );

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
        catch (Exception error)
            when (!dialect.OneWriter
                && (error is InvalidOperationException || (error is DbException own && !dialect.IsTransient(own)))
            )
        {
            // A server that cannot be connected to is away, whatever number its error has.
            await connection.DisposeAsync();
            throw new DatabaseUnavailableException(error);
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

    /// <summary>Turns callers away at once while nothing succeeds. The wait for a turn is part of what succeeds or not: behind a lock that another process holds, most callers get no further than that.</summary>
    private static async Task Guarded(ResiliencePipeline breaker, Func<Task> work)
    {
        try
        {
            await breaker.ExecuteAsync(async _ => await work(), CancellationToken.None);
        }
        catch (BrokenCircuitException error)
        {
            throw new DatabaseUnavailableException(error);
        }
    }

    /// <summary>Tries again what may succeed a moment later, as long as the caller's patience lasts.</summary>
    private async Task Attempted(Turn turn, Func<TimeSpan, Task> work)
    {
        if (!await places.WaitAsync(turn.Left))
            throw new DatabaseUnavailableException(null);
        try
        {
            await again.ExecuteAsync(
                async _ =>
                {
                    try
                    {
                        await work(turn.Left);
                    }
                    catch (DbException error)
                        when (dialect.IsAway(error) && (turn.IsOver || !dialect.IsTransient(error)))
                    {
                        throw new DatabaseUnavailableException(error);
                    }
                },
                CancellationToken.None
            );
        }
        catch (Exception error)
            when (error is WriteConflictException || (error is DbException failure && dialect.IsAway(failure)))
        {
            throw new DatabaseUnavailableException(error);
        }
        finally
        {
            places.Release();
        }
    }

    private static ResiliencePipeline Breaker(IDialect dialect) =>
        new ResiliencePipelineBuilder { TimeProvider = new Monotonic() }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder()
                        .Handle<DatabaseUnavailableException>()
                        .Handle<DbException>(dialect.IsAway),
                    FailureRatio = 0.5,
                    MinimumThroughput = 5,
                    SamplingDuration = TimeSpan.FromSeconds(10),
                    BreakDuration = TimeSpan.FromSeconds(2),
                }
            )
            .Build();

    private static ResiliencePipeline Again(IDialect dialect) =>
        new ResiliencePipelineBuilder { TimeProvider = new Monotonic() }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder()
                        .Handle<DbException>(dialect.IsTransient)
                        .Handle<WriteConflictException>(),
                    MaxRetryAttempts = 3,
                    Delay = TimeSpan.FromMilliseconds(50),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                }
            )
            .Build();

    /// <summary>What is left of a caller's patience.</summary>
    private readonly record struct Turn(long Began)
    {
        public static Turn Begin() => new(TimeProvider.System.GetTimestamp());

        public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(Began);

        public TimeSpan Left =>
            Patience - TimeProvider.System.GetElapsedTime(Began) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

        public bool IsOver => Left == TimeSpan.Zero;
    }

    /// <summary>A clock that nobody can set: a breaker must not stay open for hours because the wall clock was put back.</summary>
    private sealed class Monotonic : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + System.GetElapsedTime(0);
    }
}
