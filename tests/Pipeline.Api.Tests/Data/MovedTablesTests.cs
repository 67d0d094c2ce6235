using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Data;
using Pipeline.Data.Moving;
using Pipeline.Data.Sqlite;
using Pipeline.Data.SqlServer;
using Pipeline.TSql;

namespace Pipeline.Api.Tests.Data;

/// <summary>Which tables are moved, by which statements, and what becomes of their values on the way.</summary>
public sealed class MovedTablesTests
{
    private static readonly string Migrations = Layout.Find().Migrations;

    [Test]
    public void Every_statement_that_copies_a_table_is_TSQL()
    {
        var dialect = new SqlServerDialect("");
        foreach (var table in Tables())
        {
            foreach (
                var sql in new[]
                {
                    table.Count,
                    table.Select(isResumed: false),
                    table.Select(isResumed: true),
                    table.Bulk.Insert,
                    $"DELETE FROM {table.Name}",
                    dialect.ContinueNumbers(table.Name, 7, isEmpty: true),
                }
            )
                TSqlSyntax.Errors(sql).ShouldBeEmpty(sql);
            TSqlNames.Unknown(table.Select(isResumed: true), SchemaTests.Twin()).ShouldBeEmpty();
        }

        TSqlSyntax.Errors(dialect.ColumnsSql).ShouldBeEmpty();
        TSqlSyntax.Errors(dialect.LastNumbersSql).ShouldBeEmpty();
    }

    [Test]
    public void Every_table_is_copied_but_those_that_belong_to_the_database() =>
        Tables()
            .Select(table => table.Name)
            .Concat(LibraryMove.NotCopied)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                Server()
                    .Select(column => column.TableName)
                    .Append("schema_migrations")
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            );

    /// <summary>Values as SQLite holds them become those of SQL Server's columns, and come back as they were: of every table, whatever is added to the schema later.</summary>
    [Test]
    public void Every_column_of_every_table_survives_the_way_to_the_server_and_back()
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        foreach (
            var script in Directory.GetFiles(Path.Combine(Migrations, "sqlite"), "*.sql").Order(StringComparer.Ordinal)
        )
            database.Execute(File.ReadAllText(script));
        var types = Types();
        foreach (var table in Tables())
        {
            database.Execute($"DELETE FROM {table.Name}");
            for (var row = 1; row <= 3; row++)
            {
                using var insert = database.CreateCommand();
                insert.CommandText = table.Bulk.Insert;
                for (var at = 0; at < table.Columns.Count; at++)
                    insert.Parameters.AddWithValue(
                        $"@p{at.ToString(CultureInfo.InvariantCulture)}",
                        Value(types[$"{table.Name}.{table.Columns[at].Name}"], row)
                    );
                insert.ExecuteNonQuery();
            }

            var (sent, stored, returned) = (new List<object?[]>(), new TableSum(), new TableSum());
            using (var reader = database.ExecuteReader(table.Select(isResumed: false)))
            {
                while (reader.Read())
                    sent.Add(table.Read((DbDataReader)reader));
            }

            foreach (var row in sent)
                stored.Add(row);
            using var data = table.Bulk.Data(sent);
            for (var at = 0; at < table.Columns.Count; at++)
                data.Columns[at]
                    .DataType.ShouldBe(
                        types[$"{table.Name}.{table.Columns[at].Name}"] switch
                        {
                            "datetime2" or "date" => typeof(DateTime),
                            "bigint" or "int" => typeof(long),
                            "varbinary" => typeof(byte[]),
                            _ => typeof(string),
                        },
                        $"{table.Name}.{table.Columns[at].Name}"
                    );
            using (var reader = data.CreateDataReader())
            {
                while (reader.Read())
                    returned.Add(table.Read(reader));
            }

            returned.ShouldBe(stored, table.Name);
            stored.Rows.ShouldBe(3, table.Name);

            // And from the server into the file: what is written there is what was in the other.
            database.Execute($"CREATE TEMP TABLE before AS SELECT * FROM {table.Name}; DELETE FROM {table.Name}");
            foreach (var row in sent)
            {
                using var insert = database.CreateCommand();
                insert.CommandText = table.Bulk.Insert;
                for (var at = 0; at < row.Length; at++)
                    insert.Parameters.AddWithValue(
                        $"@p{at.ToString(CultureInfo.InvariantCulture)}",
                        row[at] switch
                        {
                            null => DBNull.Value,
                            DateTimeOffset instant => Iso.Text(instant),
                            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                            var value => value,
                        }
                    );
                insert.ExecuteNonQuery();
            }

            database
                .ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT * FROM before EXCEPT SELECT * FROM {table.Name})")
                .ShouldBe(0, table.Name);
            database.Execute("DROP TABLE before");
        }
    }

    /// <summary>A value of a column's type as SQLite keeps it.</summary>
    private static object Value(string type, int row) =>
        type switch
        {
            "datetime2" => string.Create(CultureInfo.InvariantCulture, $"2026-02-28T23:59:59.00{row}Z"),
            "date" => string.Create(CultureInfo.InvariantCulture, $"2026-02-0{row}"),
            "bigint" => long.MaxValue - row,
            "int" => row - 2L,
            "varbinary" => new byte[] { 0, (byte)row, 0xff },
            "char" => string.Create(CultureInfo.InvariantCulture, $"CN{row}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"氢能 🚀 {row} "),
        };

    private static IReadOnlyList<MovedTable> Tables()
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        foreach (
            var script in Directory.GetFiles(Path.Combine(Migrations, "sqlite"), "*.sql").Order(StringComparer.Ordinal)
        )
            database.Execute(File.ReadAllText(script));
        var here = database.Query<LibraryMove.Column>(new SqliteDialect("Data Source=:memory:").ColumnsSql);
        return LibraryMove.Tables(here, Server());
    }

    /// <summary>What the catalogue of a server would tell.</summary>
    private static List<LibraryMove.Column> Server()
    {
        var types = Types();
        return
        [
            .. SchemaTests
                .Twin()
                .Columns.Select(column => column.Split(' ')[0])
                .Select(column => new LibraryMove.Column
                {
                    TableName = column.Split('.')[0],
                    ColumnName = column.Split('.')[1],
                    Type = types[column],
                }),
        ];
    }

    private static IReadOnlyDictionary<string, string> Types() =>
        TSqlTypes.Of(
            Directory
                .GetFiles(Path.Combine(Migrations, "sqlserver"), "*.sql")
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );
}
