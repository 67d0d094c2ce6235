using System.Data;

namespace Pipeline.Data;

/// <summary>A table into which many rows go at once, each with a value for every column.</summary>
public sealed class BulkTable(string table, params string[] columns)
{
    /// <summary>Its rows lie in the order of their first column, a text: many are added in that order, so that neighbours meet on one page.</summary>
    public bool InOrder { get; init; }

    /// <summary>Its rows bring the numbers that the database would give them.</summary>
    public bool KeepsNumbers { get; init; }

    public string Table => table;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>The statement that adds one row, its values by position: <c>@p0</c>, <c>@p1</c> …</summary>
    public string Insert { get; } =
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))})";

    /// <summary>A row of a statement's values: each column's is the parameter of its name, <c>owner_id</c> of <c>ownerId</c>.</summary>
    public object?[] Row(Parameters values) => [.. columns.Select(column => values[ParameterOf(column)])];

    /// <summary>The parameter that bears a column's value.</summary>
    public static string ParameterOf(string column) =>
        string.Concat(
            column
                .Split('_')
                .Select((word, at) => at == 0 ? word : string.Concat(char.ToUpperInvariant(word[0]), word[1..]))
        );

    /// <summary>Rows in the order in which they are added.</summary>
    internal IReadOnlyList<object?[]> Sorted(IReadOnlyList<object?[]> rows) =>
        InOrder && rows.Count > FewRows ? [.. rows.OrderBy(row => (string)row[0]!, StringComparer.Ordinal)] : rows;

    private const int FewRows = 200;

    /// <summary>The rows as a bulk copy reads them: instants as UTC, dates as midnight.</summary>
    public DataTable Data(IReadOnlyList<object?[]> rows)
    {
        var data = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        for (var at = 0; at < columns.Length; at++)
            data.Columns.Add(
                columns[at],
                rows.Select(row => InSqlServer(row[at])).FirstOrDefault(value => value is not DBNull)?.GetType()
                    ?? typeof(string)
            );
        foreach (var row in rows)
            data.Rows.Add([.. row.Select(InSqlServer)]);
        return data;
    }

    private static object InSqlServer(object? value) =>
        value switch
        {
            null => DBNull.Value,
            DateTimeOffset instant => instant.UtcDateTime,
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            bool flag => flag ? 1 : 0,
            _ => value,
        };
}
