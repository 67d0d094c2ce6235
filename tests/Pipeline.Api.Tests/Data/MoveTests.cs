using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Commands;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Moving;
using Pipeline.Data.Sqlite;
using Pipeline.Data.SqlServer;
using Pipeline.TSql;

namespace Pipeline.Api.Tests.Data;

/// <summary>A library that is moved to another database is the same there, row by row, wherever the move was broken off.</summary>
public sealed class MoveTests
{
    private static readonly string Migrations = Layout.Find().Migrations;

    private TestDatabase city = null!;

    /// <summary>A city in which everything happened; the file is closed.</summary>
    [OneTimeSetUp]
    public async Task MakeTheCity()
    {
        city = new TestDatabase("sqlite");
        using (var app = new PipelineApp("sqlite", database: city, settings: new Dictionary<string, string?>()))
            await SampleCity.Build(app, SampleCity.Situations);
        SqliteConnection.ClearAllPools();

        // All of it is in the file, so that tests can copy that.
        using var last = new SqliteConnection($"Data Source={city.File};Pooling=false");
        last.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    [OneTimeTearDown]
    public void Forget() => city.Dispose();

    [TestCaseSource(typeof(Engines), nameof(Engines.AtHand))]
    public async Task Everything_is_there_afterwards_and_everything_holds(string engine)
    {
        using var there = new TestDatabase(engine, fresh: true);
        using (var move = Move.Of(city, there))
        {
            await move.Copy();
            await move.End();
        }

        using (var app = new PipelineApp(engine, database: there, settings: new Dictionary<string, string?>()))
        {
            (
                await app
                    .Services.GetRequiredService<Database>()
                    .Read(session =>
                        Invariants.Violations(
                            session,
                            app.Services.GetRequiredService<Anchors>(),
                            app.Services.GetRequiredService<RuleBooks>()
                        )
                    )
            ).ShouldBeEmpty();

            // People find what they knew, and contacts can be read.
            (await app.As("centre").Get("projects?count=true"))["items"].AsArray().ShouldNotBeEmpty();
        }

        // On a server the way back is part of it.
        using var back = new TestDatabase("sqlite");
        if (engine == "sqlite")
            return;
        using var second = Move.Of(there, back);
        await second.Copy();
    }

    [Test]
    public async Task Every_row_of_every_table_is_equal_and_so_is_how_rows_are_numbered()
    {
        using var there = new TestDatabase("sqlite");
        using (var move = Move.Of(city, there))
        {
            await move.Copy();
            await move.End();
        }

        var (source, copy) = (Dump(city), Dump(there));
        copy.Keys.Order().ShouldBe(source.Keys.Order());
        foreach (var table in source.Keys)
            copy[table].ShouldBe(source[table], table);
        source.Count(table => table.Value.Count > 0).ShouldBeGreaterThan(60); // or this would prove little
    }

    [Test]
    public async Task A_move_that_is_broken_off_anywhere_goes_on_from_there()
    {
        using var there = new TestDatabase("sqlite");
        var breaks = 0;
        for (var rounds = 0; ; rounds++)
        {
            // Each round is broken off some lines after the last one was: within tables, between them, while comparing.
            var lines = 0;
            using var move = Move.Of(city, there, mostRows: 7, say: _ =>
            {
                if (++lines > 5 + (rounds * 3))
                    throw new IOException("The power went");
            });
            try
            {
                await move.Copy();
                await move.End();
                break;
            }
            catch (IOException)
            {
                breaks++;
            }

            // Nobody takes a part for the whole.
            Should
                .Throw<InvalidOperationException>(() =>
                    new PipelineApp("sqlite", database: there, settings: new Dictionary<string, string?>())
                )
                .Message.ShouldBe(LibraryMove.Unfinished);
        }

        breaks.ShouldBeGreaterThan(10);
        var (source, copy) = (Dump(city), Dump(there));
        foreach (var table in source.Keys)
            copy[table].ShouldBe(source[table], table);
    }

    [Test]
    public async Task What_is_not_empty_is_not_moved_to()
    {
        using var there = new TestDatabase("sqlite");
        using (new PipelineApp("sqlite", database: there, settings: new Dictionary<string, string?>())) { }
        SqliteConnection.ClearAllPools();
        var before = Dump(there);
        using var move = Move.Of(city, there);
        (await Should.ThrowAsync<InvalidOperationException>(move.Copy)).Message.ShouldContain("is not empty");
        var after = Dump(there);
        foreach (var table in before.Keys)
            after[table].ShouldBe(before[table], table);
    }

    [Test]
    public async Task What_was_only_migrated_counts_as_empty()
    {
        using var there = new TestDatabase("sqlite");
        var (code, said) = await ProgramProcess.Ends(
            Path.GetDirectoryName(there.File)!,
            ["migrate"],
            ("ConnectionStrings__Pipeline", there.ConnectionString)
        );
        code.ShouldBe(0, said);
        Dump(there)
            .Where(table => table.Value.Count > 0 && table.Key is not "sqlite_sequence")
            .Select(table => table.Key)
            .Order()
            .ShouldBe(LibraryMove.Prepared);
        using var move = Move.Of(city, there);
        await move.Copy();
    }

    [Test]
    public async Task A_library_that_is_served_is_not_moved()
    {
        using var served = new TestDatabase("sqlite");
        using var there = new TestDatabase("sqlite");
        using var app = new PipelineApp("sqlite", database: served, settings: new Dictionary<string, string?>());
        using var move = Move.Of(served, there);
        (await Should.ThrowAsync<InvalidOperationException>(move.Copy)).Message.ShouldContain("stop the service");
    }

    [Test]
    public async Task A_library_that_was_changed_meanwhile_is_moved_anew()
    {
        using var own = new TestDatabase("sqlite");
        using var there = new TestDatabase("sqlite");
        File.Copy(city.File, own.File);
        using (var move = Move.Of(own, there, say: _ => throw new IOException("The power went")))
            await Should.ThrowAsync<IOException>(move.Copy);
        using (var connection = new SqliteConnection($"Data Source={own.File};Pooling=false"))
            connection.Execute("UPDATE audit_head SET hash = 'another'");
        using var again = Move.Of(own, there);
        (await Should.ThrowAsync<InvalidOperationException>(again.Copy)).Message.ShouldContain("changed since");
    }

    [Test]
    public async Task A_copy_that_differs_is_found_and_nobody_starts_on_it()
    {
        using var there = new TestDatabase("sqlite");
        using var move = Move.Of(city, there, say: line =>
        {
            if (!line.StartsWith("Comparing", StringComparison.Ordinal))
                return;
            using var connection = new SqliteConnection($"Data Source={there.File};Pooling=false");
            connection.Execute("UPDATE users SET display_name = display_name || ' ' WHERE username = 'centre'");
        });
        (await Should.ThrowAsync<InvalidOperationException>(move.Copy)).Message.ShouldContain("users: ");
    }

    [Test]
    public async Task The_command_moves_brings_the_key_and_says_what_it_needs()
    {
        using var here = new TestDatabase("sqlite");
        using var there = new TestDatabase("sqlite");
        File.Copy(city.File, here.File);
        var folder = Path.GetDirectoryName(here.File)!;
        (string, string)[] settings = [("ConnectionStrings__Pipeline", here.ConnectionString)];
        var key = Path.ChangeExtension(here.File, ".key");

        // The library's own key, which the configuration bears in the tests, as a file beside it.
        await File.WriteAllBytesAsync(
            key,
            System.Security.Cryptography.SHA256.HashData("a signing key that only the tests know of"u8)
        );
        var (code, said) = await ProgramProcess.Ends(folder, ["move-to"], settings);
        (code, said.Contains("move-to sqlite|sqlserver", StringComparison.Ordinal)).ShouldBe((1, true), said);
        (code, said) = await ProgramProcess.Ends(folder, ["move-to", "sqlserver", "Server=nowhere"], settings);
        (code, said.Contains("Auth__SigningKey=\"base64:", StringComparison.Ordinal)).ShouldBe((1, true), said);

        // The target may stand in a file.
        var file = Path.Combine(folder, "target");
        await File.WriteAllTextAsync(file, there.ConnectionString + "\n");
        (code, said) = await ProgramProcess.Ends(
            folder,
            ["move-to", "sqlite"],
            [.. settings, ("ConnectionStrings__Target__File", file)]
        );
        code.ShouldBe(0, said);
        said.ShouldContain("everything holds");
        (await File.ReadAllBytesAsync(Path.ChangeExtension(there.File, ".key"))).ShouldBe(
            await File.ReadAllBytesAsync(key)
        );

        // With the key in the configuration, as a server needs it, the copy is read alike.
        File.Delete(Path.ChangeExtension(there.File, ".key"));
        (code, said) = await ProgramProcess.Ends(
            folder,
            ["check"],
            ("ConnectionStrings__Pipeline", there.ConnectionString),
            ("Auth__SigningKey", $"base64:{Convert.ToBase64String(await File.ReadAllBytesAsync(key))}")
        );
        code.ShouldBe(0, said);
        (code, said) = await ProgramProcess.Ends(
            folder,
            ["check"],
            ("ConnectionStrings__Pipeline", there.ConnectionString),
            ("Auth__SigningKey", "base64:AAAA")
        );
        (code, said.Contains("Auth:SigningKey", StringComparison.Ordinal)).ShouldBe((1, true), said);
    }

    [Test]
    public async Task A_move_that_was_killed_goes_on_when_it_is_started_again()
    {
        using var here = new TestDatabase("sqlite");
        File.Copy(city.File, here.File);
        for (var attempts = 1; ; attempts++)
        {
            using var there = new TestDatabase("sqlite");
            (string, string)[] settings =
            [
                ("ConnectionStrings__Pipeline", here.ConnectionString),
                ("ConnectionStrings__Target", there.ConnectionString),
                ("Auth__SigningKey", "a signing key that only the tests know of"),
            ];
            string[] command = ["move-to", "sqlite"];
            var folder = Path.GetDirectoryName(here.File)!;

            // It is killed while it waits for this test, which writes to the target as well, in the middle of the tables.
            SqliteConnection? beside = null;
            await ProgramProcess.Killed(folder, command, () => (beside = InTheMiddle(there)) is not null, settings);
            if (beside is null)
            {
                attempts.ShouldBeLessThan(10, "the move was always through before it could be killed");
                continue;
            }

            await beside.DisposeAsync();
            var (code, said) = await ProgramProcess.Ends(
                Path.GetDirectoryName(there.File)!,
                [],
                ("ConnectionStrings__Pipeline", there.ConnectionString),
                ("Auth__SigningKey", "a signing key that only the tests know of")
            );
            (code, said.Trim()).ShouldBe((1, LibraryMove.Unfinished));
            (code, said) = await ProgramProcess.Ends(folder, command, settings);
            code.ShouldBe(0, said);
            said.ShouldContain("Going on where the move was broken off");
            var (source, copy) = (Dump(here), Dump(there));
            foreach (var table in source.Keys)
                copy[table].ShouldBe(source[table], table);
            return;
        }
    }

    /// <summary>Holds a database that is being moved to, so that nobody else writes to it; null while the move has not begun to copy, or is through.</summary>
    private static SqliteConnection? InTheMiddle(TestDatabase there)
    {
        if (!File.Exists(there.File))
            return null;
        var connection = new SqliteConnection($"Data Source={there.File};Pooling=false;Default Timeout=1");
        try
        {
            connection.Open();
            connection.Execute("BEGIN IMMEDIATE");
            if (
                connection.ExecuteScalar<long>(
                    "SELECT COUNT(*) FROM sqlite_master WHERE name = 'relocation' AND type = 'table'"
                ) == 1
                && connection.ExecuteScalar<long>("SELECT COUNT(*) FROM relocation WHERE ended = 1") > 3
                && connection.ExecuteScalar<long>("SELECT COUNT(*) FROM relocation WHERE ended = 0") > 3
            )
                return connection;
        }
        catch (SqliteException)
        {
            // Somebody else was at it.
        }

        connection.Dispose();
        return null;
    }

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

    /// <summary>Every row of every table as a text, behind the program's back.</summary>
    private static Dictionary<string, List<string>> Dump(TestDatabase database)
    {
        using var connection = new SqliteConnection($"Data Source={database.File};Pooling=false");
        connection.Open();
        return connection
            .Query<string>("SELECT name FROM sqlite_master WHERE type = 'table'")
            .Where(table => table is not "sqlite_stat1" && !LibraryMove.NotCopied.Contains(table))
            .ToDictionary(
                table => table,
                table =>
                    connection
                        .Query($"SELECT * FROM {table}")
                        .Select(row =>
                            string.Join(
                                '|',
                                ((IDictionary<string, object?>)row).Select(cell =>
                                    cell.Value switch
                                    {
                                        null => "∅",
                                        byte[] bytes => Convert.ToHexString(bytes),
                                        var value => $"{value.GetType().Name}:{value}",
                                    }
                                )
                            )
                        )
                        .Order(StringComparer.Ordinal)
                        .ToList(),
                StringComparer.Ordinal
            );
    }

    /// <summary>A move between two databases of tests.</summary>
    private sealed class Move : IDisposable
    {
        private readonly Database source;
        private readonly Database target;
        private readonly LibraryMove move;

        private Move(TestDatabase from, TestDatabase to, int mostRows, Action<string> say)
        {
            (source, target) = (Open(from), Open(to));
            move = new LibraryMove(source, target, Migrations, say) { MostRows = mostRows };
        }

        public static Move Of(TestDatabase from, TestDatabase to, int mostRows = 5000, Action<string>? say = null) =>
            new(from, to, mostRows, say ?? (_ => { }));

        public Task Copy() => move.Copy();

        public Task End() => move.End();

        public void Dispose()
        {
            foreach (var database in new[] { source, target })
            {
                database.Dispose();
                (database.Dialect as IDisposable)?.Dispose();
            }
        }

        private static Database Open(TestDatabase database) =>
            new(
                DatabaseEngines.Choose(database.Engine, database.ConnectionString),
                new Clock(TimeProvider.System),
                new Vault([], new byte[32], new byte[32])
            );
    }
}
