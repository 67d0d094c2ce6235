using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Pipeline.Data;
using Pipeline.Data.Sqlite;
using SQLitePCL;

namespace Pipeline.Api.Tests.Support;

/// <summary>
/// The embedded engine as if its writers ran side by side under READ COMMITTED, as a server's do: each statement reads what is committed by then, and a writer keeps others from writing only from its
/// first own write on. Named locks are real ones.
/// </summary>
public sealed class SideBySide(SqliteDialect engine) : IDialect
{
    /// <summary>Decides who goes on at each step; null: nobody is held up.</summary>
    public Interleaving? Script { get; set; }

    public IDatabaseFile File => engine.File;

    public string Name => engine.Name;
    public bool OneWriter => false;

    /// <summary>It is never run: tests move the host's clock.</summary>
    public string NowSql => "SELECT CURRENT_TIMESTAMP";

    public string CountMigrationTable => engine.CountMigrationTable;

    public string CreateMigrationTable => engine.CreateMigrationTable;

    public string ColumnsSql => engine.ColumnsSql;

    public string LastNumbersSql => engine.LastNumbersSql;

    public string ContinueNumbers(string table, long last, bool isEmpty) =>
        engine.ContinueNumbers(table, last, isEmpty);

    public string Day(string dates) => engine.Day(dates);

    public string Month(string dates) => engine.Month(dates);

    public string CityMonth(string instants) => engine.CityMonth(instants);

    public string Days(string from, string to) => engine.Days(from, to);

    public DbConnection Connect() => engine.Connect();

    public Task Greet(DbConnection connection, TimeSpan patience) => engine.Greet(connection, patience);

    public ValueTask<DbTransaction> BeginWrite(DbConnection connection)
    {
        Script?.Begins((SqliteConnection)connection);
        return new(((SqliteConnection)connection).BeginTransaction(deferred: true));
    }

    public string Render(string sql) => engine.Render(sql);

    public string? LockSql => null;
    public string? SnapshotSql => null;
    public bool SendsBatches => false;

    public void ReleaseMemory() => engine.ReleaseMemory();

    public Task AddRows(
        DbConnection connection,
        DbTransaction transaction,
        BulkTable table,
        IReadOnlyList<object?[]> rows
    ) => engine.AddRows(connection, transaction, table, rows);

    public bool IsDuplicateKey(DbException error) => engine.IsDuplicateKey(error);

    public bool IsTransient(DbException error) => engine.IsTransient(error);

    public bool IsAway(DbException error) => engine.IsAway(error);
}

/// <summary>Lets one writer stop in the middle of its transaction, another run as far as it gets, and then both to their ends.</summary>
public sealed class Interleaving(IHttpContextAccessor requests, int stopBefore) : IStatementObserver
{
    /// <summary>The header that tells the requests apart.</summary>
    public const string Header = "X-Writer";

    private const string WriteRight = "the right to write";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, SqliteConnection> holders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SqliteConnection, bool> writing = new();
    private readonly TaskCompletionSource firstStopped = New();
    private readonly TaskCompletionSource firstGoesOn = New();
    private readonly TaskCompletionSource firstEnded = New();
    private readonly TaskCompletionSource secondWaits = New();
    private readonly TaskCompletionSource secondEnded = New();
    private int steps;

    /// <summary>Whether the first writer came to the place where it was to stop.</summary>
    public bool Stopped => firstStopped.Task.IsCompleted;

    /// <summary>Whether it had written something by then: stopping it later is no other history, since until it ends nobody else can write or see it.</summary>
    public bool StoppedAfterWriting { get; private set; }

    /// <summary>Runs the two; their answers.</summary>
    public async Task<(Answer First, Answer Second)> Run(Func<Task<Answer>> first, Func<Task<Answer>> second)
    {
        var one = Ending(first, firstEnded);
        await Task.WhenAny(firstStopped.Task, firstEnded.Task).WaitAsync(Patience);
        var other = Ending(second, secondEnded);
        await Task.WhenAny(secondWaits.Task, secondEnded.Task).WaitAsync(Patience);
        firstGoesOn.TrySetResult();
        return (await one.WaitAsync(Patience), await other.WaitAsync(Patience));

        static async Task<Answer> Ending(Func<Task<Answer>> work, TaskCompletionSource ended)
        {
            try
            {
                return await work();
            }
            finally
            {
                ended.TrySetResult();
            }
        }
    }

    public void Sends(Session session, IReadOnlyList<PendingWrite> writes, string? sql, Parameters? parameters)
    {
        if (writes.Count > 0)
            Step(session, writes: true);
        if (sql is not null)
            Step(session, StatementRules.TablesChangedBy(sql).Count > 0);
    }

    public void Locks(Session session, LockName name)
    {
        Step(session, writes: false);
        Acquire((SqliteConnection)session.Connection, name.ToString());
    }

    /// <summary>A transaction begins on a connection that may have had others.</summary>
    public void Begins(SqliteConnection connection)
    {
        writing.TryRemove(connection, out _);
        foreach (var (name, holder) in holders.Where(pair => pair.Value == connection))
            holders.TryRemove(KeyValuePair.Create(name, holder));
    }

    /// <summary>Takes a lock as soon as whoever has it has ended its transaction.</summary>
    private void Acquire(SqliteConnection connection, string name)
    {
        while (true)
        {
            var holder = holders.GetOrAdd(name, connection);
            if (holder == connection)
                return;
            if (HasEnded(holder))
            {
                holders.TryUpdate(name, connection, holder);
                continue;
            }

            if (Who() != "second")
                throw new InvalidOperationException(
                    $"A deadlock: the first waits for {name}, the second for the first."
                );
            secondWaits.TrySetResult();
            Wait(firstEnded.Task);
        }
    }

    private void Step(Session session, bool writes)
    {
        if (session.Transaction is null || Who() is not { } who)
            return;
        var connection = (SqliteConnection)session.Connection;
        var handle = connection.Handle!;
        if (who == "first" && !firstStopped.Task.IsCompleted && ++steps == stopBefore)
        {
            StoppedAfterWriting = writing.ContainsKey(connection);
            firstStopped.TrySetResult();
            Wait(firstGoesOn.Task);
        }

        if (writing.ContainsKey(connection))
            return;

        // What is read next is what is committed by now.
        if (!writes)
        {
            Run(handle, "COMMIT; BEGIN");
            return;
        }

        Acquire(connection, WriteRight);
        Run(handle, "COMMIT; BEGIN IMMEDIATE");
        writing[connection] = true;
    }

    private static void Run(sqlite3 handle, string sql)
    {
        if (raw.sqlite3_exec(handle, sql) != raw.SQLITE_OK)
            throw new InvalidOperationException($"{sql}: {raw.sqlite3_errmsg(handle).utf8_to_string()}");
    }

    private static bool HasEnded(SqliteConnection connection) =>
        connection.Handle is not { IsInvalid: false } handle || raw.sqlite3_get_autocommit(handle) != 0;

    private string? Who() => requests.HttpContext?.Request.Headers[Header].FirstOrDefault();

    private static void Wait(Task task)
    {
        if (!task.Wait(Patience))
            throw new TimeoutException("The other writer did not get on.");
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
