using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pipeline.Api.Data;

/// <summary>Everything the two engines disagree on. Statements themselves are portable; <c>{page}</c> stands for the page clause.</summary>
public interface IDialect
{
    /// <summary>The folder of its migrations below <c>db</c>.</summary>
    string Name { get; }

    /// <summary>How many tables there are of the migrations' name: none or one.</summary>
    string CountMigrationTable { get; }

    string CreateMigrationTable { get; }

    DbConnection Connect();

    /// <summary>Tells a connection what it must know before its first statement.</summary>
    /// <param name="patience">How long its statements may wait for another's lock.</param>
    Task Greet(DbConnection connection, TimeSpan patience);

    /// <summary>A statement as this engine wants it.</summary>
    string Render(string sql);

    /// <summary>Whether writers of this engine queue inside the process before they queue at the database.</summary>
    bool OneWriter { get; }

    /// <summary>Begins the transaction of a write.</summary>
    ValueTask<DbTransaction> BeginWrite(DbConnection connection);

    /// <summary>Takes the lock <c>@lockName</c>, which ends with the transaction, within <c>@patience</c> milliseconds; answers <c>outcome</c> (below 0: not had) and <c>now</c>. Null where whoever writes is alone.</summary>
    string? LockSql { get; }

    /// <summary>Asks whether readers see the last committed version instead of waiting for writers; null where they always do.</summary>
    string? SnapshotSql { get; }

    /// <summary>Whether a command of many statements saves round trips.</summary>
    bool SendsBatches { get; }

    /// <summary>Adds many rows to a table, each with a value for every column.</summary>
    Task AddRows(DbConnection connection, DbTransaction transaction, BulkTable table, IReadOnlyList<object?[]> rows);

    /// <summary>The database's own clock (R24); null: the host's.</summary>
    string? NowSql { get; }

    /// <summary>The days of a column of dates, as texts (<c>YYYY-MM-DD</c>).</summary>
    string Day(string dates);

    /// <summary>The month (<c>YYYY-MM</c>) of a column of dates.</summary>
    string Month(string dates);

    /// <summary>The month (<c>YYYY-MM</c>) in the city of a column of instants.</summary>
    string CityMonth(string instants);

    /// <summary>The days from one date to another.</summary>
    string Days(string from, string to);

    bool IsDuplicateKey(DbException error);

    /// <summary>Whether the same statement may succeed a moment later.</summary>
    bool IsTransient(DbException error);

    /// <summary>Whether it is the database that failed, not the statement: away, busy, full, read-only or damaged.</summary>
    bool IsAway(DbException error);
}

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

    /// <summary>The file of the database.</summary>
    public string File => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    public string Name => "sqlite";

    public string CountMigrationTable =>
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";

    public string CreateMigrationTable =>
        "CREATE TABLE schema_migrations (name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL, CONSTRAINT pk_schema_migrations PRIMARY KEY (name))";

    public bool OneWriter => true;
    public string? NowSql => null;

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
        await connection.ExecuteAsync($"{Pragmas}{more}");
        greeted.Told = more;
    }

    private const string Pragmas =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; ";

    public DbConnection Connect() => pool.Take();

    /// <summary>Closes the connections that are kept open.</summary>
    public void Dispose() => pool.Dispose();

    /// <summary>A connection that ends when it is closed.</summary>
    public SqliteConnection Unpooled() =>
        new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());

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

    public bool IsDuplicateKey(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 or 2579 };

    public bool IsTransient(DbException error) => error is SqliteException { SqliteErrorCode: 5 or 6 or 10 or 14 };

    // Busy, locked, read-only, I/O, damaged, full, cannot open, no database.
    public bool IsAway(DbException error) =>
        error is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 };
}

/// <summary>SQL Server 2019 and later, Azure SQL, and engines that speak its protocol.</summary>
public sealed class SqlServerDialect(string connectionString) : IDialect
{
    /// <summary>Errors after which the same statement may succeed a moment later: deadlocks, lost connections, servers that start, recover, fail over or are busy.</summary>
    private static readonly HashSet<int> Transient =
    [
        -2,
        2,
        53,
        64,
        121,
        233,
        258,
        596,
        921,
        922,
        927,
        942,
        945,
        976,
        983,
        1204,
        1205,
        1222,
        4060,
        4221,
        6005,
        10053,
        10054,
        10060,
        10061,
        10928,
        10929,
        11001,
        17142,
        18401,
        18456,
        40143,
        40197,
        40501,
        40540,
        40613,
        42108,
        42109,
        49918,
        49919,
        49920,
    ];

    /// <summary>Errors of a server that cannot do its work for longer: full, read-only, out of memory, damaged.</summary>
    private static readonly HashSet<int> Unable = [701, 802, 823, 824, 825, 1105, 3906, 9002];

    /// <summary>From this class on the connection is lost. On Linux the driver gives many of these errors no number of their own.</summary>
    private const byte ConnectionLost = 20;

    private readonly string connectionString = Hurried(connectionString);

    public string Name => "sqlserver";

    public string CountMigrationTable =>
        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'schema_migrations'";

    public string CreateMigrationTable =>
        "CREATE TABLE schema_migrations (name varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL, checksum varchar(64) NOT NULL, applied_at datetime2(3) NOT NULL, CONSTRAINT pk_schema_migrations PRIMARY KEY (name))";

    public bool OneWriter => false;
    public string? NowSql => "SELECT SYSUTCDATETIME()";

    // Style 23 is the ISO date, of which varchar(7) keeps the month. Of fixed length, a month would be filled up with blanks where it stands under days.
    public string Day(string dates) => $"CONVERT(varchar(10), {dates}, 23)";

    public string Month(string dates) => $"CONVERT(varchar(7), {dates}, 23)";

    public string CityMonth(string instants) => $"CONVERT(varchar(7), DATEADD(hour, 8, {instants}), 23)";

    public string Days(string from, string to) => $"DATEDIFF(day, {from}, {to})";

    /// <summary>Row locks are waited for no longer than anything else.</summary>
    public Task Greet(DbConnection connection, TimeSpan patience) =>
        connection.ExecuteAsync(
            string.Create(CultureInfo.InvariantCulture, $"SET LOCK_TIMEOUT {(int)patience.TotalMilliseconds}")
        );

    public ValueTask<DbTransaction> BeginWrite(DbConnection connection) =>
        connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);

    public DbConnection Connect() => new SqlConnection(connectionString);

    /// <summary>A connection that takes no longer to open than callers are kept waiting, unless it was configured to.</summary>
    private static string Hurried(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Connect Timeout"))
            builder.ConnectTimeout = (int)Database.Patience.TotalSeconds;
        return builder.ToString();
    }

    public string Render(string sql) =>
        sql.Replace("{page}", "OFFSET 0 ROWS FETCH NEXT @limit ROWS ONLY", StringComparison.Ordinal);

    public string LockSql => TakeLock;

    public string SnapshotSql =>
        "SELECT CASE WHEN is_read_committed_snapshot_on = 1 THEN 1 ELSE 0 END AS is_on FROM sys.databases WHERE name = DB_NAME()";

    public bool SendsBatches => true;

    public async Task AddRows(
        DbConnection connection,
        DbTransaction transaction,
        BulkTable table,
        IReadOnlyList<object?[]> rows
    )
    {
        using var copy = new SqlBulkCopy(
            (SqlConnection)connection,
            SqlBulkCopyOptions.CheckConstraints,
            (SqlTransaction)transaction
        )
        {
            DestinationTableName = $"dbo.{table.Table}",
        };
        foreach (var column in table.Columns)
            copy.ColumnMappings.Add(column, column);
        using var data = table.Data(rows);
        await copy.WriteToServerAsync(data);
    }

    private const string TakeLock = """
        DECLARE @outcome int;
        EXEC @outcome = sp_getapplock @Resource = @lockName, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = @patience;
        SELECT @outcome AS outcome, SYSUTCDATETIME() AS now
        """;

    public bool IsDuplicateKey(DbException error) => Numbers(error).Any(number => number is 2601 or 2627);

    public bool IsTransient(DbException error) =>
        error is SqlException { Class: >= ConnectionLost } || Numbers(error).Any(Transient.Contains);

    public bool IsAway(DbException error) => IsTransient(error) || Numbers(error).Any(Unable.Contains);

    private static IEnumerable<int> Numbers(DbException error) =>
        error is SqlException sql ? sql.Errors.Cast<SqlError>().Select(one => one.Number) : [];
}
