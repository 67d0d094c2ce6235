using Pipeline.Api.Tests.Support;
using Pipeline.Data;

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
    public void What_waits_goes_in_one_command_before_what_is_asked_and_the_answer_is_of_that_alone()
    {
        var (text, parameters) = Batch.Of(
            [
                new PendingWrite(
                    Table,
                    [
                        ["a", new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.FromHours(8)), null, 7L, "氢"],
                        ["b", null, new DateOnly(2026, 2, 28), 8L, null],
                    ],
                    null,
                    null
                ),
                new PendingWrite(
                    null,
                    [],
                    "UPDATE others SET id = @id WHERE idle = @idle",
                    new Parameters { { "id", "c" }, { "idle", 3L } }
                ),
            ],
            "SELECT id FROM things WHERE id = @id",
            new Parameters { { "id", "d" } }
        );
        text.ShouldBe(
            """
            SET NOCOUNT ON;
            INSERT INTO things (id, happened_at, on_day, many, note) VALUES (@_0, @_1, @_2, @_3, @_4), (@_5, @_6, @_7, @_8, @_9);
            UPDATE others SET id = @id_1 WHERE idle = @idle_1;
            SET NOCOUNT OFF;
            SELECT id FROM things WHERE id = @id
            """.ReplaceLineEndings("\n")
        );
        var values = parameters.ToDictionary(pair => pair.Key, pair => pair.Value);
        (values["_0"], values["_4"], values["_9"], values["id_1"], values["idle_1"], values["id"]).ShouldBe(
            ("a", "氢", null, "c", 3L, "d")
        );
        StatementRules.Faults(text, parameters).ShouldBeEmpty();
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
