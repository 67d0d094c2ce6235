using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;

namespace Pipeline.Api.Tests.Data;

/// <summary>A city is upgraded while it works: the program of before and the new one serve one database, and what cannot be so is refused before anything is done.</summary>
public sealed class UpgradeTests
{
    private static readonly Layout Real = Layout.Find();
    private static readonly Dictionary<string, string?> Same = [];

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("pipeline-upgrade-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    private static List<(string Name, string Text)> Scripts =>
        [
            .. Directory
                .GetFiles(Path.Combine(Real.Migrations, "sqlite"), "*.sql")
                .Order(StringComparer.Ordinal)
                .Select(path => (Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))),
        ];

    /// <summary>The number of the last migration of the last release, before its commit; a release raises both.</summary>
    private static string Released => File.ReadAllText(Path.Combine(Real.Migrations, "released")).Split(' ')[0];

    [Test]
    public void Migrations_after_the_last_release_only_add_or_say_what_they_need()
    {
        Scripts.Select(script => Migrator.NumberOf(script.Name)).ShouldContain(Released);
        TakenAway(Scripts, Released).ShouldBeEmpty();
    }

    [TestCase("ALTER TABLE users DROP COLUMN display_name;", "users.display_name")]
    [TestCase("ALTER TABLE projects RENAME COLUMN name TO title;", "projects.name")]
    [TestCase("DROP TABLE saved_views;", "saved_views.id")]
    [TestCase("ALTER TABLE saved_views RENAME TO kept_views;", "saved_views.id")]
    [TestCase("CREATE UNIQUE INDEX ux_projects_name ON projects (name);", "ux_projects_name")]
    [TestCase("ALTER TABLE projects ADD COLUMN mood TEXT NOT NULL DEFAULT '';", null)]
    [TestCase("ALTER TABLE projects ADD COLUMN mood TEXT NULL;", null)]
    [TestCase("CREATE TABLE moods (id TEXT NOT NULL); CREATE UNIQUE INDEX ux_moods_id ON moods (id);", null)]
    [TestCase("-- contracts 9001\nDROP TABLE saved_views;", null)]
    public void What_a_program_of_before_could_not_bear_is_found(string script, string? what)
    {
        var found = TakenAway([.. Scripts, ("9001_more", script)], Released);
        if (what is null)
            found.ShouldBeEmpty();
        else
            found.ShouldContain(line => line.Contains(what, StringComparison.Ordinal));
    }

    /// <summary>The scripts are applied in one transaction: broken off after any statement, the schema and what is in it are as before, and the next start does all of it.</summary>
    [Test]
    public async Task Broken_off_after_any_statement_of_any_migration_nothing_is_lost()
    {
        using var database = new TestDatabase("sqlite");
        var scripts = Directory.CreateDirectory(Path.Combine(folder, "sqlite")).FullName;
        using var dialect = new SqliteDialect(database.ConnectionString);
        using var subject = new Database(
            dialect,
            new Clock(TimeProvider.System),
            new Vault([], new byte[32], new byte[32])
        );
        var (before, breaks) = ("", 0);
        foreach (var (name, text) in Scripts)
        {
            var path = Path.Combine(scripts, name + ".sql");
            var statements = Statements(text);
            for (var done = 1; done <= statements.Count; done++)
            {
                await File.WriteAllTextAsync(path, string.Concat(statements.Take(done)) + "\nSELECT power_cut();");
                await Should.ThrowAsync<SqliteException>(() => Migrator.Migrate(subject, folder));
                State(database).ShouldBe(before, $"{name}, after statement {done}");
                breaks++;
            }

            await File.WriteAllTextAsync(path, text);
            (await Migrator.Migrate(subject, folder)).ShouldBe([name]);
            before = State(database);
        }

        breaks.ShouldBeGreaterThan(300);
        using var straight = new TestDatabase("sqlite");
        using (var other = new SqliteDialect(straight.ConnectionString))
        using (
            var whole = new Database(other, new Clock(TimeProvider.System), new Vault([], new byte[32], new byte[32]))
        )
            await Migrator.Migrate(whole, Real.Migrations);
        before.ShouldBe(State(straight));
    }

    [Test]
    public async Task The_program_of_before_and_the_new_one_work_on_one_database_and_see_each_others_writes()
    {
        using var database = new TestDatabase("sqlite");
        var newer = With(
            "9001_adds",
            "ALTER TABLE projects ADD COLUMN mood TEXT NULL; CREATE TABLE moods (id TEXT NOT NULL, weight INTEGER NOT NULL DEFAULT 0, CONSTRAINT pk_moods PRIMARY KEY (id));"
        );
        using var old = Start(database, Real);
        var first = (await old.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        using (var head = Start(database, newer))
        {
            head.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(mood) FROM projects")).ShouldBe(0);
            var second = (await head.As("nanhu").Reports(Given.Another(2))).Is(201);
            var third = (await old.As("xiuzhou").Reports(Given.Another(3))).Is(201);
            (await old.As("nanhu").Get($"projects/{second["projectId"]}")).Is(200);
            (await head.As("nanhu").Get($"projects/{first["id"]}")).Is(200);
            (await head.As("xiuzhou").Get($"claims/{third["id"]}")).Is(200);
            head.Services.GetRequiredService<Presence>().Count.ShouldBe(2);
        }

        // It may even be started again: nothing was taken away.
        using var again = Start(database, Real);
        (await again.As("nanhu").Get($"projects/{first["id"]}")).Is(200);
    }

    [Test]
    public async Task What_takes_away_waits_for_the_programs_of_before_to_end_and_turns_them_away_from_then_on()
    {
        using var database = new TestDatabase("sqlite");
        var newer = With("9002_takes", "-- contracts 9001\nDROP TABLE saved_views;");
        var old = Start(database, Real);
        var presence = old.Services.GetRequiredService<Presence>();
        Should.Throw<InvalidOperationException>(() => Start(database, newer)).Message.ShouldContain("9002_takes");
        (await old.As("nanhu").Get("views")).Is(200); // nothing was changed
        old.Dispose();
        SqliteConnection.ClearAllPools();
        Start(database, newer).Dispose();
        Should
            .Throw<InvalidOperationException>(() => Start(database, Real))
            .Message.ShouldContain("start the newer program");

        // One that started just before hears of it when it next says that it is there.
        using var dialect = new SqliteDialect(database.ConnectionString);
        using var subject = new Database(
            dialect,
            new Clock(TimeProvider.System),
            new Vault([], new byte[32], new byte[32])
        );
        (await new Presence(subject, "old", presence.Knows).Tell()).ShouldBeFalse();
        (await new Presence(subject, "new", "9001").Tell()).ShouldBeTrue();
    }

    [Test]
    public async Task A_database_of_another_line_of_programs_is_refused()
    {
        using var database = new TestDatabase("sqlite");
        Start(database, With("0099_elsewhere", "CREATE TABLE moods (id TEXT NOT NULL);")).Dispose();
        Should.Throw<InvalidOperationException>(() => Start(database, Real)).Message.ShouldContain("0099_elsewhere");
        await Task.CompletedTask;
    }

    /// <summary>Statements that name their columns do not care for those that are added.</summary>
    [Test]
    public void No_statement_depends_on_how_many_columns_a_table_has() =>
        ProductAssemblies
            .All.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type =>
                type.GetFields(
                        System.Reflection.BindingFlags.Static
                            | System.Reflection.BindingFlags.NonPublic
                            | System.Reflection.BindingFlags.Public
                            | System.Reflection.BindingFlags.DeclaredOnly
                    )
                    .Where(field => field.IsLiteral && field.FieldType == typeof(string))
                    .Select(field => (type.FullName, field.Name, Text: (string)field.GetRawConstantValue()!))
            )
            .Where(field =>
                field.Text.Contains("SELECT * FROM", StringComparison.Ordinal)
                || System.Text.RegularExpressions.Regex.IsMatch(
                    field.Text,
                    @"INSERT INTO \w+\s+(VALUES|SELECT)\b",
                    System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(5)
                )
            )
            .Select(field => $"{field.FullName}.{field.Name}")
            .ShouldBeEmpty();

    private static PipelineApp Start(TestDatabase database, Layout layout) =>
        new("sqlite", database: database, settings: Same, services: services =>
            services.Replace(ServiceDescriptor.Singleton(layout))
        );

    /// <summary>The program with one migration more, as the next release would have it.</summary>
    private Layout With(string name, string script)
    {
        var root = Path.Combine(folder, name);
        foreach (var file in Directory.GetFiles(Real.Migrations, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(root, "db", Path.GetRelativePath(Real.Migrations, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(root, "db", "sqlite", name + ".sql"), script);
        return Real with { Root = root };
    }

    /// <summary>What scripts after a release take away from a program of that release without saying so.</summary>
    private static List<string> TakenAway(IEnumerable<(string Name, string Text)> scripts, string released)
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        var found = new List<string>();
        foreach (var (name, text) in scripts)
        {
            var (columns, uniques) = (Columns(database), Uniques(database));
            database.Execute(text);
            if (
                string.CompareOrdinal(Migrator.NumberOf(name), released) <= 0
                || Migrator.NeedsProgram(text) is { } needed && string.CompareOrdinal(needed, released) > 0
            )
                continue;
            var (columnsNow, uniquesNow) = (Columns(database), Uniques(database));
            found.AddRange(columns.Keys.Except(columnsNow.Keys).Select(column => $"{name} takes {column} away"));
            found.AddRange(
                columnsNow
                    .Where(column =>
                        column.Value.Demands
                        && (
                            columns.TryGetValue(column.Key, out var before)
                                ? !before.Demands
                                : columns.Keys.Any(known =>
                                    known.StartsWith(column.Key.Split('.')[0] + ".", StringComparison.Ordinal)
                                )
                        )
                    )
                    .Select(column => $"{name} demands {column.Key} of who does not know it")
            );
            var tables = columns.Keys.Select(column => column.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
            found.AddRange(
                uniquesNow
                    .Where(index => !uniques.Contains(index) && tables.Contains(index.Table))
                    .Select(index => $"{name} forbids what was allowed: {index.Name}")
            );
        }

        return found;
    }

    private static Dictionary<string, (bool Demands, string Type)> Columns(SqliteConnection database) =>
        database
            .Query<(string Table, string Column, string Type, long NotNull, string? Default)>(
                "SELECT t.name, c.name, c.type, c.\"notnull\", c.dflt_value FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
            )
            .ToDictionary(
                row => $"{row.Table}.{row.Column}",
                row => (row.NotNull == 1 && row.Default is null, row.Type),
                StringComparer.Ordinal
            );

    private static HashSet<(string Table, string Name)> Uniques(SqliteConnection database) =>
        [
            .. database.Query<(string Table, string Name)>(
                "SELECT t.name, i.name FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.\"unique\" = 1 AND i.origin = 'c'"
            ),
        ];

    /// <summary>The statements of a script; each ends its line.</summary>
    private static List<string> Statements(string script)
    {
        var statements = new List<string> { "" };
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n'))
        {
            statements[^1] += line + "\n";
            if (line.TrimEnd().EndsWith(';'))
                statements.Add("");
        }

        return [.. statements.Where(statement => statement.Contains(';', StringComparison.Ordinal))];
    }

    /// <summary>The schema, and how many rows the tables have that migrations write to.</summary>
    private static string State(TestDatabase database)
    {
        using var connection = new SqliteConnection($"Data Source={database.File};Pooling=false");
        connection.Open();
        var schema = connection
            .Query<string>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
            .ToList();
        if (schema.Count == 0)
            return "";
        var rows = new[] { "schema_migrations", "settings", "audit_head", "ledger_head", "counters" }
            .Where(table => schema.Exists(sql => sql.StartsWith($"CREATE TABLE {table} ", StringComparison.Ordinal)))
            .Select(table => $"{table}: {connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}")}");
        return string.Join('\n', schema.Concat(rows));
    }
}
