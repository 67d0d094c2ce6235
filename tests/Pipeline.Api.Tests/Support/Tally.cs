using Dapper;

namespace Pipeline.Api.Tests.Support;

/// <summary>How many rows each table has, and the sum of their versions: what a refusal must not change.</summary>
public sealed class Tally(PipelineApp app)
{
    /// <summary>Tables whose purpose is to count or to log, refusals included.</summary>
    private static readonly string[] Aside =
    [
        "sign_in_failures",
        "clock",
        "idempotency_keys",
        "audit",
        "audit_head",
        "kept_figures",
    ];

    private const string Columns =
        "SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'dbo'";
    private const string SqliteColumns =
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";

    private readonly string statement = Statement([
        .. app.Sql(connection =>
            connection.Query<(string Table, string Column)>(app.Database.Engine == "sqlite" ? SqliteColumns : Columns)
        ),
    ]);

    public IReadOnlyDictionary<string, long> Take() =>
        app.Sql(connection => connection.Query<(string Table, long Sum)>(statement))
            .ToDictionary(row => row.Table, row => row.Sum);

    /// <summary>What differs between two tallies, in words.</summary>
    public static IEnumerable<string> Changes(
        IReadOnlyDictionary<string, long> before,
        IReadOnlyDictionary<string, long> after
    ) =>
        after
            .Where(table => before[table.Key] != table.Value)
            .Select(table => $"{table.Key}: {before[table.Key]} → {table.Value}");

    private static string Statement(IReadOnlyList<(string Table, string Column)> columns)
    {
        var tables = columns.GroupBy(column => column.Table).Where(table => !Aside.Contains(table.Key)).ToList();
        tables.Count.ShouldBeGreaterThan(15);
        return string.Join(
            " UNION ALL ",
            tables.Select(table =>
                $"SELECT '{table.Key}' AS t, CAST(COUNT(*) AS bigint){(table.Any(column => column.Column == "version") ? " * 1000003 + COALESCE(SUM(version), 0)" : "")} AS n FROM {table.Key}"
            )
        );
    }
}
