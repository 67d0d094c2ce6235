using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Data.Sqlite.Fast;
using SQLitePCL;

namespace Pipeline.Data.Sqlite;

/// <summary>The embedded engine: one file, WAL, durable commits.</summary>
public sealed class SqliteDialect : IDialect, IDisposable
{
    private readonly string connectionString;
    private readonly PreparedPool pool;

    public SqliteDialect(string connectionString)
    {
        this.connectionString = new SqliteConnectionStringBuilder(connectionString)
        {
            DefaultTimeout = 1,
            ForeignKeys = false,
        }.ToString();
        pool = new PreparedPool(this.connectionString);
    }

    /// <summary>The engine on a file, whose folder is made if it is not there.</summary>
    public static SqliteDialect At(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        builder.DataSource = Path.GetFullPath(builder.DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(builder.DataSource)!);
        return new SqliteDialect(builder.ToString());
    }

    public IDatabaseFile File => new SqliteFile(connectionString);

    public string Name => "sqlite";

    public string CountMigrationTable =>
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";

    public string CreateMigrationTable =>
        "CREATE TABLE schema_migrations (name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL, CONSTRAINT pk_schema_migrations PRIMARY KEY (name))";

    public bool OneWriter => true;
    public string? NowSql => null;

    public string ColumnsSql =>
        "SELECT t.name AS table_name, c.name AS column_name, c.type AS type, c.pk AS key_place FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY t.name, c.cid";

    public string LastNumbersSql => "SELECT name AS table_name, seq AS last_number FROM sqlite_sequence ORDER BY name";

    public string ContinueNumbers(string table, long last, bool isEmpty) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"DELETE FROM sqlite_sequence WHERE name = '{table}'; INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last})"
        );

    public string Day(string dates) => dates;

    public string Month(string dates) => $"SUBSTR({dates}, 1, 7)";

    public string CityMonth(string instants) => $"STRFTIME('%Y-%m', {instants}, '+8 hours')";

    public string Days(string from, string to) => $"CAST(JULIANDAY({to}) - JULIANDAY({from}) AS INTEGER)";

    /// <summary>More pragmas for every connection: with them tests fill the disk, or make the file read-only.</summary>
    public string MorePragmas { get; set; } = "";

    public async Task Greet(DbConnection connection, TimeSpan patience)
    {
        var greeted = (PreparedConnection)connection;

        // The engine waits for locks itself; the driver, which would go on trying every 150 ms, is held short by the connection string.
        raw.sqlite3_busy_timeout(greeted.Handle!, (int)patience.TotalMilliseconds);
        var more = MorePragmas;
        if (greeted.Told == more)
            return;

        // Plans do not depend on the values that are bound, so none is made anew because a limit has another value.
        raw.sqlite3_db_config(greeted.Handle!, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        await connection.ExecuteAsync($"{Pragmas}{(greeted.HasWholeCache ? LargeCache : SmallCache)}{more}");
        greeted.Told = more;
    }

    // What is committed is brought into the file in the background (Database.Checkpoint), not by whoever commits: only where that cannot keep up, after 32768 pages (128 MiB).
    private const string Pragmas =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 32768; ";

    // In KiB.
    private const string LargeCache = "PRAGMA cache_size = -16000; ",
        SmallCache = "PRAGMA cache_size = -1000; ";

    public DbConnection Connect() => pool.Take();

    public void ReleaseMemory()
    {
        pool.CloseIdle();
        NativeMemory.Trim();
    }

    /// <summary>Closes the connections that are kept open.</summary>
    public void Dispose() => pool.Dispose();

    public string Render(string sql) => sql.Replace("{page}", "LIMIT @limit", StringComparison.Ordinal);

    /// <summary>Write transactions begin IMMEDIATE: whoever has one is alone.</summary>
    public ValueTask<DbTransaction> BeginWrite(DbConnection connection) =>
        new(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false));

    public string? LockSql => null;
    public string? SnapshotSql => null;
    public bool SendsBatches => false;

    public Task AddRows(
        DbConnection connection,
        DbTransaction transaction,
        BulkTable table,
        IReadOnlyList<object?[]> rows
    )
    {
        ((PreparedConnection)connection).Repeat(table.Insert, table.Sorted(rows));
        return Task.CompletedTask;
    }

    IDatabaseFile? IDialect.File => File;

    public bool IsDuplicateKey(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 or 2579 };

    public bool IsTransient(DbException error) => error is SqliteException { SqliteErrorCode: 5 or 6 or 10 or 14 };

    // Busy, locked, read-only, I/O, damaged, full, cannot open, no database.
    public bool IsAway(DbException error) =>
        error is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 };
}
