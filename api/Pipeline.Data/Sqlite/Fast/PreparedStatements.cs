using System.Buffers;
using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pipeline.Data.Sqlite.Fast;

/// <summary>Connections to the embedded database that stay open between uses, each with the statements it compiled: most of what a short statement costs is its compilation.</summary>
public sealed class PreparedPool(string connectionString) : IDisposable
{
    /// <summary>How many connections have a whole cache. What is opened beside them in a rush has a small one, and ends after it: two hundred with a whole one were four gigabytes.</summary>
    private const int MostWhole = 16;

    private readonly string connectionString = new SqliteConnectionStringBuilder(connectionString)
    {
        Pooling = false,
    }.ToString();

    // The one opened first comes first: it has the pages and the statements. Were it the one used last, whoever works beside a long reader would swap places with it now and then, until each had filled a cache.
    private readonly PriorityQueue<PreparedConnection, int> idle = new();
    private readonly SortedSet<int> free = [];
    private int places;
    private bool closed;

    /// <summary>An open connection if one is at leisure, else one that is yet to be opened. Disposing it gives it back.</summary>
    public PreparedConnection Take()
    {
        lock (idle)
        {
            if (idle.TryDequeue(out var connection, out _))
                return connection;
            var place = free.Count > 0 ? free.Min : ++places;
            free.Remove(place);
            return new PreparedConnection(connectionString, this, place, hasWholeCache: place <= MostWhole);
        }
    }

    /// <summary>Closes what was opened in a rush and is at leisure now. While a rush lasts they stay: each would have to compile its statements again for every use.</summary>
    public void CloseIdle()
    {
        List<PreparedConnection> gone;
        lock (idle)
        {
            gone = [.. idle.UnorderedItems.Select(item => item.Element).Where(one => !one.HasWholeCache)];
            foreach (var connection in gone)
                idle.Remove(connection, out _, out _);
        }

        foreach (var connection in gone)
            connection.End();
    }

    /// <summary>Closes what is at leisure now, and the rest once it is given back.</summary>
    public void Dispose()
    {
        lock (idle)
        {
            closed = true;
            while (idle.TryDequeue(out var connection, out _))
                connection.Dispose();
        }
    }

    /// <summary>The place of a connection that has ended is another's.</summary>
    internal void Leaves(PreparedConnection connection)
    {
        lock (idle)
            free.Add(connection.Number);
    }

    /// <summary>Whether a connection was taken back; if not, it ends.</summary>
    internal bool TakesBack(PreparedConnection connection)
    {
        lock (idle)
        {
            if (closed || connection.Ends)
                return false;
            idle.Enqueue(connection, connection.Number);
            return true;
        }
    }
}

/// <summary>A connection that keeps what it compiled. Its commands look like any other's.</summary>
public sealed class PreparedConnection(string connectionString, PreparedPool pool, int number, bool hasWholeCache)
    : SqliteConnection(connectionString)
{
    private const int MostKept = 200;

    private readonly Dictionary<string, (SqliteCommand Command, long Used)> kept = new(new ByLengthAndEnd());
    private readonly Dictionary<string, sqlite3_stmt> repeated = new(StringComparer.Ordinal);
    private long uses;
    private bool left;

    /// <summary>What it was told besides the pragmas of every connection; null: nothing yet.</summary>
    public string? Told { get; set; }

    /// <summary>Whether it has a whole cache, and stays open for good.</summary>
    public bool HasWholeCache => hasWholeCache;

    /// <summary>Whether it is closed after its present use.</summary>
    internal bool Ends { get; private set; }

    /// <summary>Its place among the connections of its pool that are open.</summary>
    public int Number => number;

    /// <summary>How many compiled statements it keeps.</summary>
    public int Kept => kept.Count;

    /// <summary>The transaction that is open.</summary>
    internal SqliteTransaction? Current => Transaction;

    /// <summary>A command of this text, compiled before if it was used before. Who has it is alone with it: of what is used twice at once, the second is made anew.</summary>
    internal SqliteCommand Statement(string text)
    {
        if (kept.Remove(text, out var known))
            return known.Command;
        var made = CreateCommand();
        made.CommandText = text;
        return made;
    }

    /// <summary>Takes a command back that ran to its end.</summary>
    internal void Keep(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        command.CommandTimeout = DefaultTimeout;
        if (
            !FastPaths.Statements
            || State != ConnectionState.Open
            || !kept.TryAdd(command.CommandText, (command, ++uses))
        )
        {
            command.Dispose();
            return;
        }

        if (
            kept.Count > MostKept
            && kept.MinBy(pair => pair.Value.Used).Key is { } oldest
            && kept.Remove(oldest, out var gone)
        )
            gone.Command.Dispose();
    }

    /// <summary>Runs a statement once for each row, whose values it takes by position: past the driver, which for each would do more than the engine.</summary>
    internal void Repeat(string text, IReadOnlyList<object?[]> rows)
    {
        if (!repeated.TryGetValue(text, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(Handle!, text, out statement));
            repeated.Add(text, statement);
        }

        try
        {
            foreach (var row in rows)
            {
                for (var at = 0; at < row.Length; at++)
                    Check(Bind(statement, at + 1, row[at]));
                if (raw.sqlite3_step(statement) is var outcome && outcome != raw.SQLITE_DONE)
                    Check(outcome);
                raw.sqlite3_reset(statement);
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }
    }

    private void Check(int outcome) => SqliteException.ThrowExceptionForRC(outcome, Handle);

    private static int Bind(sqlite3_stmt statement, int at, object? value)
    {
        switch (SqliteValues.Of(value))
        {
            case DBNull:
                return raw.sqlite3_bind_null(statement, at);
            case string text:
                var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
                try
                {
                    return raw.sqlite3_bind_text(statement, at, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(bytes);
                }

            case byte[] blob:
                return raw.sqlite3_bind_blob(statement, at, blob);
            case double number:
                return raw.sqlite3_bind_double(statement, at, number);
            case var whole:
                return raw.sqlite3_bind_int64(statement, at, Convert.ToInt64(whole, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Closes it for good.</summary>
    internal void End()
    {
        Ends = true;
        Dispose();
    }

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing && State == ConnectionState.Open)
        {
            Transaction?.Dispose();
            if (pool.TakesBack(this))
                return;
        }

        // One by one: the driver knows its commands by weak references, and a statement that is left to the collector keeps the file open.
        if (disposing)
        {
            foreach (var (command, _) in kept.Values)
                command.Dispose();
            kept.Clear();
            foreach (var statement in repeated.Values)
                statement.Dispose();
            repeated.Clear();
        }

        base.Dispose(disposing);
        if (!disposing || left)
            return;
        left = true;
        pool.Leaves(this);
    }
}

/// <summary>Statements are long, and begin alike: their lengths and what they end with tell most of them apart.</summary>
internal sealed class ByLengthAndEnd : IEqualityComparer<string>
{
    private const int End = 40;

    public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    public int GetHashCode(string text) =>
        HashCode.Combine(
            text.Length,
            string.GetHashCode(text.AsSpan(Math.Max(0, text.Length - End)), StringComparison.Ordinal)
        );
}

/// <summary>A command that borrows its statement from the connection, and gives it back when it is disposed of.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private SqliteCommand? borrowed;
    private string text = "";
    private SqliteDataReader? reader;
    private SqliteTransaction? transaction = connection.Current;
    private bool spent;

    [AllowNull]
    public override string CommandText
    {
        get => text;
        set
        {
            text = value ?? "";
            borrowed ??= connection.Statement(text);
        }
    }

    public override int CommandTimeout
    {
        get => Borrowed.CommandTimeout;
        set => Borrowed.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set => Borrowed.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException();
    }

    protected override DbParameterCollection DbParameterCollection => Borrowed.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => transaction;
        set => transaction = (SqliteTransaction?)value;
    }

    private static readonly ConcurrentDictionary<string, string> Named = new(StringComparer.Ordinal);

    private SqliteCommand Borrowed =>
        borrowed ?? throw new InvalidOperationException("The text of a command comes first.");

    public override void Cancel() => Borrowed.Cancel();

    public override void Prepare() => Borrowed.Prepare();

    public override int ExecuteNonQuery() => Run(command => command.ExecuteNonQuery());

    public override object? ExecuteScalar() => Run(command => command.ExecuteScalar());

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        reader = Run(command => command.ExecuteReader(behavior));

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && borrowed is { } command)
        {
            borrowed = null;
            reader?.Dispose();
            if (spent)
                command.Dispose();
            else
                connection.Keep(command);
        }

        base.Dispose(disposing);
    }

    /// <summary>A text that was written anew has a list in it, whose length goes in steps: what is compiled for it will be used again. Only now are all its parameters there.</summary>
    private void Exchange()
    {
        var parameters = Borrowed.Parameters.Cast<SqliteParameter>().ToArray();
        connection.Keep(Borrowed);
        borrowed = connection.Statement(text);
        borrowed.Parameters.AddRange(parameters);
    }

    private T Run<T>(Func<SqliteCommand, T> run)
    {
        try
        {
            if (Borrowed.CommandText != text)
                Exchange();
            Borrowed.Transaction = transaction;
            foreach (SqliteParameter parameter in Borrowed.Parameters)
            {
                // The driver looks for a bare name among all of the statement's first, and then for it with a sign before it.
                if (parameter.ParameterName[0] != '@')
                    parameter.ParameterName = Named.GetOrAdd(parameter.ParameterName, static name => "@" + name);
            }

            return run(Borrowed);
        }
        catch
        {
            spent = true;
            throw;
        }
    }
}
