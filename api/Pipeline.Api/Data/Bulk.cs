using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Pipeline.Api.Data;

/// <summary>A table into which many rows go at once: as a bulk copy on SQL Server, through one prepared statement on SQLite.</summary>
public sealed class BulkTable(string table, params string[] columns)
{
    private readonly string[] names = [.. columns.Select((_, at) => $"@p{at}")];

    public string Table => table;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>The statement that adds one row, its values by position: <c>@p0</c>, <c>@p1</c> …</summary>
    public string Insert { get; } = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))})";

    /// <summary>Adds the rows, each with a value for every column, in the caller's transaction.</summary>
    public Task Add(DbConnection connection, DbTransaction transaction, IReadOnlyList<object?[]> rows) => connection is SqlConnection server
        ? Copy(server, (SqlTransaction)transaction, rows)
        : Repeat(connection, transaction, rows);

    private async Task Repeat(DbConnection connection, DbTransaction transaction, IReadOnlyList<object?[]> rows)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Insert;
        command.Transaction = transaction;
        var parameters = names.Select(name => new SqliteParameter { ParameterName = name }).ToArray();
        command.Parameters.AddRange(parameters);
        foreach (var row in rows)
        {
            for (var at = 0; at < parameters.Length; at++)
                parameters[at].Value = TypeHandlers.InSqlite(row[at]);
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task Copy(SqlConnection connection, SqlTransaction transaction, IReadOnlyList<object?[]> rows)
    {
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = $"dbo.{table}" };
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
            data.Columns.Add(columns[at], rows.Select(row => InSqlServer(row[at])).FirstOrDefault(value => value is not DBNull)?.GetType() ?? typeof(string));
        foreach (var row in rows)
            data.Rows.Add([.. row.Select(InSqlServer)]);
        return data;
    }

    private static object InSqlServer(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.UtcDateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        bool flag => flag ? 1 : 0,
        _ => value,
    };
}
