using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Pipeline.Data.SqlServer;

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

    public IDatabaseFile? File => null;

    public string Name => "sqlserver";

    public string CountMigrationTable =>
        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'schema_migrations'";

    public string CreateMigrationTable =>
        "CREATE TABLE schema_migrations (name varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL, checksum varchar(64) NOT NULL, applied_at datetime2(3) NOT NULL, CONSTRAINT pk_schema_migrations PRIMARY KEY (name))";

    public bool OneWriter => false;
    public string? NowSql => "SELECT SYSUTCDATETIME()";

    public string ColumnsSql =>
        """
            SELECT c.TABLE_NAME AS table_name, c.COLUMN_NAME AS column_name, c.DATA_TYPE AS type, COALESCE(k.ORDINAL_POSITION, 0) AS key_place
            FROM INFORMATION_SCHEMA.TABLES t
            JOIN INFORMATION_SCHEMA.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
            LEFT JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS p ON p.TABLE_SCHEMA = t.TABLE_SCHEMA AND p.TABLE_NAME = t.TABLE_NAME AND p.CONSTRAINT_TYPE = 'PRIMARY KEY'
            LEFT JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE k ON k.CONSTRAINT_SCHEMA = p.CONSTRAINT_SCHEMA AND k.CONSTRAINT_NAME = p.CONSTRAINT_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
            WHERE t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_SCHEMA = 'dbo'
            ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION
            """;

    public string LastNumbersSql =>
        "SELECT OBJECT_NAME(object_id) AS table_name, CAST(last_value AS bigint) AS last_number FROM sys.identity_columns WHERE last_value IS NOT NULL ORDER BY OBJECT_NAME(object_id)";

    // A table that never had a row numbers its first one with the very number that it is given here.
    public string ContinueNumbers(string table, long last, bool isEmpty) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"DBCC CHECKIDENT ('dbo.{table}', RESEED, {(isEmpty ? last + 1 : last)}) WITH NO_INFOMSGS"
        );

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

    public void ReleaseMemory() { }

    public async Task AddRows(
        DbConnection connection,
        DbTransaction transaction,
        BulkTable table,
        IReadOnlyList<object?[]> rows
    )
    {
        using var copy = new SqlBulkCopy(
            (SqlConnection)connection,
            SqlBulkCopyOptions.CheckConstraints
                | (table.KeepsNumbers ? SqlBulkCopyOptions.KeepIdentity : SqlBulkCopyOptions.Default),
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
