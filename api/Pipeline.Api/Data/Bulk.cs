using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Pipeline.Api.Data;

/// <summary>A table into which many rows go at once: in one command or as a bulk copy on SQL Server, through one prepared statement on SQLite.</summary>
public sealed class BulkTable(string table, params string[] columns)
{
    /// <summary>Its rows lie in the order of their first column, a text: many are added in that order, so that neighbours meet on one page.</summary>
    public bool InOrder { get; init; }

    public string Table => table;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>The statement that adds one row, its values by position: <c>@p0</c>, <c>@p1</c> …</summary>
    public string Insert { get; } =
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))})";

    // What one command may have of parameters on SQL Server is 2100.
    private const int MostParameters = 2000;

    /// <summary>Adds rows to some tables, each with a value for every column, in the caller's transaction.</summary>
    public static async Task Add(
        DbConnection connection,
        DbTransaction transaction,
        IReadOnlyList<(BulkTable Table, IReadOnlyList<object?[]> Rows)> added
    )
    {
        if (connection is not SqlConnection server)
        {
            foreach (var (table, rows) in added)
                ((PreparedConnection)connection).Repeat(table.Insert, table.Sorted(rows));
        }
        else if (added.Sum(part => part.Rows.Count * part.Table.Columns.Count) <= MostParameters)
        {
            await using var command = Together(server, (SqlTransaction)transaction, added);
            await command.ExecuteNonQueryAsync();
        }
        else
        {
            foreach (var (table, rows) in added)
                await table.Copy(server, (SqlTransaction)transaction, rows);
        }
    }

    /// <summary>Few rows go in one round trip: a bulk copy takes two a table.</summary>
    public static SqlCommand Together(
        SqlConnection connection,
        SqlTransaction? transaction,
        IReadOnlyList<(BulkTable Table, IReadOnlyList<object?[]> Rows)> added
    )
    {
        var command = new SqlCommand { Connection = connection, Transaction = transaction };
        var text = new System.Text.StringBuilder();
        foreach (var (table, rows) in added)
        {
            text.Append($"INSERT INTO {table.Table} ({string.Join(", ", table.Columns)}) VALUES ");
            for (var row = 0; row < rows.Count; row++)
                text.Append(row == 0 ? "(" : ", (")
                    .AppendJoin(
                        ", ",
                        rows[row]
                            .Select(value =>
                                command.Parameters.Add(Parameter($"@p{command.Parameters.Count}", value)).ParameterName
                            )
                    )
                    .Append(')');
            text.AppendLine(";");
        }

        command.CommandText = text.ToString();
        return command;
    }

    private static SqlParameter Parameter(string name, object? value)
    {
        var parameter = new SqlParameter { ParameterName = name };
        TypeHandlers.Set(parameter, value is bool flag ? (flag ? 1 : 0) : value);
        return parameter;
    }

    private IReadOnlyList<object?[]> Sorted(IReadOnlyList<object?[]> rows) =>
        InOrder && rows.Count > FewRows ? [.. rows.OrderBy(row => (string)row[0]!, StringComparer.Ordinal)] : rows;

    private const int FewRows = 200;

    private async Task Copy(SqlConnection connection, SqlTransaction transaction, IReadOnlyList<object?[]> rows)
    {
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction)
        {
            DestinationTableName = $"dbo.{table}",
        };
        foreach (var column in columns)
            copy.ColumnMappings.Add(column, column);
        using var data = Data(rows);
        await copy.WriteToServerAsync(data);
    }

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
