using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;
using Pipeline.Data.Sqlite.Fast;
using SQLitePCL;

namespace Pipeline.Api.Tests.Data;

/// <summary>Connections that keep what they compiled behave as those that compile anew.</summary>
public sealed class PreparedTests
{
    private const string Insert = "INSERT INTO things (id, note) VALUES (@id, @note)";
    private const string ById = "SELECT note FROM things WHERE id = @id";

    private TestDatabase database = null!;
    private PreparedPool pool = null!;

    [SetUp]
    public void Open()
    {
        database = new TestDatabase("sqlite");
        pool = new PreparedPool(database.ConnectionString);
        using var connection = Take();
        connection.Execute("CREATE TABLE things (id INTEGER PRIMARY KEY, note TEXT)");
        connection.Execute(Insert, new[] { new { id = 1, note = "one" }, new { id = 2, note = "two" } });
    }

    [TearDown]
    public void Close()
    {
        pool.Dispose();
        database.Dispose();
    }

    [Test]
    public void A_connection_given_back_is_the_one_taken_next_and_knows_its_statements()
    {
        PreparedConnection first;
        using (first = Take())
            first.QuerySingle<string>(ById, new { id = 1 }).ShouldBe("one");
        using var again = Take();
        again.ShouldBeSameAs(first);
        var known = again.Kept;
        again.QuerySingle<string>(ById, new { id = 2 }).ShouldBe("two");
        again.Kept.ShouldBe(known);
        using var other = Take();
        other.ShouldNotBeSameAs(first);
    }

    [Test]
    public async Task What_a_session_reads_is_compiled_once_however_it_reads_it()
    {
        using var library = await EmptyLibrary.Make();
        var source = new { name = "none" };
        string Text(int number) => $"SELECT name FROM settings WHERE name = @name AND {number} = {number}";
        Func<Session, string, Task>[] ways =
        [
            (session, sql) => session.One<string>(sql, source),
            (session, sql) => session.Query<string>(sql, source),
            (session, sql) => session.First(sql, row => row.Text(0), source),
            (session, sql) => session.Rows(sql, row => row.Text(0), source),
            (session, sql) => session.Each(sql, _ => { }, source),
            async (session, sql) =>
            {
                await foreach (var _ in session.Stream<string>(sql, source)) { }
            },
            async (session, sql) =>
            {
                using var answers = await session.Answers(sql, source);
                await answers.ReadAsync<string>();
            },
            (session, sql) => session.Execute(sql, source),
        ];
        await library.Database.Read(async session =>
        {
            var connection = (PreparedConnection)session.Connection;
            for (var way = 0; way < ways.Length; way++)
            {
                var known = connection.Kept;
                await ways[way](session, Text(way));
                connection.Kept.ShouldBe(known + 1, $"way {way}");
                await ways[way](session, Text(way));
                connection.Kept.ShouldBe(known + 1, $"way {way}, again");
            }

            return true;
        });
    }

    [Test]
    public void The_connection_opened_first_is_taken_first_whoever_gave_back_last()
    {
        using var first = Take();
        using (var second = Take())
        {
            first.Dispose();
            second.Number.ShouldBeGreaterThan(first.Number);
        }

        using var next = Take();
        next.ShouldBeSameAs(first);
    }

    [Test]
    public void What_was_opened_in_a_rush_keeps_what_it_compiled_and_ends_after_it()
    {
        var rush = Enumerable.Range(0, 40).Select(_ => Take()).ToList();
        rush.Select(each => each.Number).ShouldBe(Enumerable.Range(1, 40));
        rush.Count(each => each.HasWholeCache).ShouldBe(16);
        rush.ForEach(each => each.QuerySingle<string>(ById, new { id = 1 }));
        foreach (var each in Enumerable.Reverse(rush))
            each.Dispose();

        // The rush goes on: the same are taken again, whoever was given back last.
        var next = Enumerable.Range(0, 40).Select(_ => Take()).ToList();
        next.ShouldBe(rush);
        next.ShouldAllBe(each => each.Kept > 0);
        var last = next[^1];
        next.ForEach(each =>
        {
            if (each != last)
                each.Dispose();
        });

        // It is over, for all but one.
        pool.CloseIdle();
        rush.Where(each => each.State == System.Data.ConnectionState.Open)
            .Select(each => each.Number)
            .ShouldBe([.. Enumerable.Range(1, 16), 40]);
        last.QuerySingle<string>(ById, new { id = 2 }).ShouldBe("two");
        last.Dispose();
        pool.CloseIdle();
        last.State.ShouldBe(System.Data.ConnectionState.Closed);

        // Their places are free.
        next = [.. Enumerable.Range(0, 18).Select(_ => Take())];
        next.Take(16).ShouldBe(rush.Take(16));
        next.Skip(16).Select(each => each.Number).ShouldBe([17, 18]);
        next.ForEach(each => each.Dispose());
    }

    [Test]
    public void Many_rows_go_through_one_statement_with_values_of_every_kind()
    {
        const string echo = "INSERT INTO things (id, note) VALUES (@p0, typeof(@p1) || ':' || COALESCE(@p1, ''))";
        var values = new object?[]
        {
            7L,
            "氢𠮷",
            null,
            true,
            0.5,
            new DateOnly(2026, 2, 28),
            new DateTimeOffset(2026, 2, 28, 8, 0, 0, 1, TimeSpan.FromHours(8)),
            "",
        };
        using var connection = Take();
        connection.Repeat(echo, [.. values.Select((value, at) => new[] { 10L + at, value })]);
        connection
            .Query<string>("SELECT note FROM things WHERE id >= 10 ORDER BY id")
            .ShouldBe([
                "integer:7",
                "text:氢𠮷",
                "null:",
                "integer:1",
                "real:0.5",
                "text:2026-02-28",
                "text:2026-02-28T00:00:00.001Z",
                "text:",
            ]);
        connection.Repeat(
            "INSERT INTO things (id, note) VALUES (@p0, @p1)",
            [
                [30L, new byte[] { 1, 2 }],
            ]
        );
        connection.QuerySingle<string>("SELECT HEX(note) FROM things WHERE id = 30").ShouldBe("0102");
    }

    [Test]
    public void A_row_that_does_not_fit_is_an_error_and_the_statement_goes_on_working()
    {
        const string insert = "INSERT INTO things (id, note) VALUES (@p0, @p1)";
        using var connection = Take();
        Should
            .Throw<SqliteException>(() =>
                connection.Repeat(
                    insert,
                    [
                        [40L, "a"],
                        [1L, "taken"],
                        [41L, "b"],
                    ]
                )
            )
            .SqliteExtendedErrorCode.ShouldBe(1555);
        connection.Repeat(
            insert,
            [
                [41L, "b"],
            ]
        );
        connection.Query<long>("SELECT id FROM things WHERE id >= 40 ORDER BY id").ShouldBe([40, 41]);
    }

    [Test]
    public async Task A_statement_with_a_limit_is_not_compiled_anew_for_each_value()
    {
        using var dialect = new SqliteDialect(database.ConnectionString);
        await using var connection = (PreparedConnection)dialect.Connect();
        await connection.OpenAsync();
        connection.Handle!.enable_sqlite3_next_stmt(true);
        await dialect.Greet(connection, TimeSpan.FromSeconds(1));
        for (var limit = 1; limit <= 3; limit++)
            connection
                .Query<long>("SELECT id FROM things ORDER BY id LIMIT @limit", new { limit })
                .Count()
                .ShouldBe(Math.Min(limit, 2));
        // SQLITE_STMTSTATUS_REPREPARE is 5.
        var compiledAnew = 0;
        for (
            var statement = raw.sqlite3_next_stmt(connection.Handle!, null);
            statement is not null;
            statement = raw.sqlite3_next_stmt(connection.Handle!, statement)
        )
            compiledAnew += raw.sqlite3_stmt_status(statement, 5, 0);
        compiledAnew.ShouldBe(0);
    }

    [Test]
    public void The_values_of_one_use_are_not_those_of_the_next()
    {
        using var connection = Take();
        const string echo = "SELECT typeof(@value) || ':' || COALESCE(@value, '') AS echo";
        connection.QuerySingle<string>(echo, new { value = 7L }).ShouldBe("integer:7");
        connection.QuerySingle<string>(echo, new { value = "seven" }).ShouldBe("text:seven");
        connection.QuerySingle<string>(echo, new { value = (string?)null }).ShouldBe("null:");
        connection.QuerySingle<string>(echo, new { value = 0.5 }).ShouldBe("real:0.5");
        Should
            .Throw<InvalidOperationException>(() => connection.QuerySingle<string>(echo))
            .Message.ShouldContain("value");
        connection.QuerySingle<string>(echo, new { value = "again" }).ShouldBe("text:again");
    }

    [Test]
    public void A_statement_that_is_being_read_can_be_used_again_beside()
    {
        using var connection = Take();
        const string all = "SELECT note FROM things ORDER BY id";
        var seen = new List<string>();
        foreach (var outer in connection.Query<string>(all, buffered: false))
            seen.AddRange(connection.Query<string>(all, buffered: false).Select(inner => $"{outer}-{inner}"));
        seen.ShouldBe(["one-one", "one-two", "two-one", "two-two"]);
        connection.Query<string>(all).ShouldBe(["one", "two"]);
    }

    [Test]
    public void A_read_that_was_left_half_way_begins_at_the_beginning_next_time_and_holds_no_lock()
    {
        using var connection = Take();
        const string all = "SELECT note FROM things ORDER BY id";
        connection.Query<string>(all, buffered: false).First().ShouldBe("one");
        connection.QueryFirst<string>(all).ShouldBe("one");
        connection.Execute("DROP TABLE things"); // refused while any statement still reads it
    }

    [Test]
    public void A_changed_schema_is_noticed()
    {
        using var connection = Take();
        const string everything = "SELECT * FROM things WHERE id = 1";
        ((IDictionary<string, object>)connection.QuerySingle(everything)).Keys.ShouldBe(["id", "note"]);
        using (var other = Take())
            other.Execute("ALTER TABLE things ADD COLUMN colour TEXT");
        using var reader = connection.ExecuteReader(everything);
        Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ShouldBe(["id", "note", "colour"]);
    }

    [Test]
    public void A_statement_goes_with_the_transaction_it_is_used_in()
    {
        using (var connection = Take())
        {
            connection.QuerySingle<string>(ById, new { id = 1 }).ShouldBe("one");
            using (var transaction = connection.BeginTransaction(deferred: false))
            {
                connection.Execute(Insert, new { id = 3, note = "three" }, transaction);
                connection.QuerySingle<string>(ById, new { id = 3 }, transaction).ShouldBe("three");
            }

            connection.QuerySingleOrDefault<string>(ById, new { id = 3 }).ShouldBeNull(); // rolled back
            connection.BeginTransaction(deferred: false);
            connection.Execute(Insert, new { id = 4, note = "four" });
        }

        using var next = Take(); // what was left open went with the connection's return
        next.QuerySingleOrDefault<string>(ById, new { id = 4 }).ShouldBeNull();
        using var other = Take();
        other.Execute(Insert, new { id = 4, note = "of another" });
    }

    [Test]
    public void A_statement_that_failed_can_be_used_again()
    {
        using var connection = Take();
        Should
            .Throw<SqliteException>(() => connection.Execute(Insert, new { id = 1, note = "twice" }))
            .SqliteErrorCode.ShouldBe(19);
        connection.Execute(Insert, new { id = 5, note = "five" });
        connection.QuerySingle<string>(ById, new { id = 5 }).ShouldBe("five");
        Should.Throw<SqliteException>(() => connection.Execute("no statement at all"));
        Should.Throw<SqliteException>(() => connection.Execute("no statement at all"));
    }

    [Test]
    public void Lists_of_any_length_leave_few_statements_behind()
    {
        using var connection = Take();
        var known = connection.Kept;
        for (var length = 0; length <= 40; length++)
        {
            var ids = Enumerable.Range(1, length).ToList();
            connection
                .Query<string>(
                    "SELECT note FROM things WHERE id >= @from AND id IN @ids AND id <= @to ORDER BY id",
                    new
                    {
                        from = 1,
                        ids,
                        to = 100,
                    }
                )
                .Count()
                .ShouldBe(Math.Min(length, 2));
        }

        (connection.Kept - known).ShouldBe(11); // as it is written, none, one to five, and four tens
    }

    [Test]
    public void No_more_than_two_hundred_statements_are_kept_and_those_used_last()
    {
        using var connection = Take();
        connection.QuerySingle<int>("SELECT 0").ShouldBe(0);
        for (var number = 1; number <= 300; number++)
        {
            connection.QuerySingle<int>($"SELECT {number}").ShouldBe(number);
            connection.QuerySingle<int>("SELECT 0").ShouldBe(0);
        }

        connection.Kept.ShouldBe(200);
        connection.QuerySingle<int>("SELECT 0").ShouldBe(0);
        connection.QuerySingle<int>("SELECT 300").ShouldBe(300);
        connection.Kept.ShouldBe(200); // both were known
    }

    [Test]
    public void Whoever_closes_the_pool_leaves_the_file_to_others()
    {
        using (var connection = Take())
            connection.Execute("PRAGMA journal_mode = WAL");
        var late = Take();
        late.Execute(Insert, new { id = 6, note = "six" });
        using (Take()) { }

        File.Exists(database.File + "-wal").ShouldBeTrue();
        pool.Dispose();
        late.Dispose();
        File.Exists(database.File + "-wal").ShouldBeFalse(); // the last to leave takes the log with it
    }

    private PreparedConnection Take()
    {
        var connection = pool.Take();
        connection.Open();
        return connection;
    }
}
