using Pipeline.Api.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>Rows as they go into a bulk copy.</summary>
public sealed class BulkTableTests
{
    private static readonly BulkTable Table = new("things", "id", "happened_at", "on_day", "many", "note");

    [Test]
    public void Adds_a_row_by_position() =>
        Table.Insert.ShouldBe(
            "INSERT INTO things (id, happened_at, on_day, many, note) VALUES (@p0, @p1, @p2, @p3, @p4)"
        );

    [Test]
    public void Few_rows_of_several_tables_go_in_one_command()
    {
        using var connection = new Microsoft.Data.SqlClient.SqlConnection();
        using var command = BulkTable.Together(
            connection,
            null,
            [
                (
                    Table,
                    [
                        ["a", new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8)), null, 7L, "氢"],
                        ["b", null, new DateOnly(2026, 2, 28), 8L, null],
                    ]
                ),
                (
                    new BulkTable("others", "id"),
                    [
                        ["c"],
                    ]
                ),
            ]
        );
        command
            .CommandText.ReplaceLineEndings("\n")
            .ShouldBe(
                "INSERT INTO things (id, happened_at, on_day, many, note) VALUES (@p0, @p1, @p2, @p3, @p4), (@p5, @p6, @p7, @p8, @p9);\nINSERT INTO others (id) VALUES (@p10);\n"
            );
        command.Parameters["@p1"].Value.ShouldBe(new DateTime(2026, 5, 4, 1, 0, 0, DateTimeKind.Utc));
        command.Parameters["@p1"].DbType.ShouldBe(System.Data.DbType.DateTime2);
        command.Parameters["@p2"].Value.ShouldBe(DBNull.Value);
        command.Parameters["@p7"].Value.ShouldBe(new DateTime(2026, 2, 28));
        command.Parameters["@p10"].Value.ShouldBe("c");
    }

    [Test]
    public void Instants_go_as_utc_dates_as_midnight_and_nothing_as_null()
    {
        using var data = Table.Data([
            ["a", new DateTimeOffset(2026, 5, 4, 9, 0, 0, 5, TimeSpan.FromHours(8)), null, 7L, null],
            ["b", DateTimeOffset.UnixEpoch, new DateOnly(2026, 2, 28), null, null],
        ]);
        data.Rows[0]
            .ItemArray.ShouldBe([
                "a",
                new DateTime(2026, 5, 4, 1, 0, 0, 5, DateTimeKind.Utc),
                DBNull.Value,
                7L,
                DBNull.Value,
            ]);
        data.Rows[1]["on_day"].ShouldBe(new DateTime(2026, 2, 28));
        data.Columns["happened_at"]!.DataType.ShouldBe(typeof(DateTime));
        data.Columns["on_day"]!.DataType.ShouldBe(typeof(DateTime));
        data.Columns["many"]!.DataType.ShouldBe(typeof(long));
        data.Columns["note"]!.DataType.ShouldBe(typeof(string));
    }
}
