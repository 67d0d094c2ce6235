using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;
using Pipeline.Data.SqlServer;
using Pipeline.TSql;

namespace Pipeline.Api.Tests.Data;

/// <summary>Two engines, one schema, one SQL.</summary>
public sealed partial class SchemaTests
{
    private static readonly string Migrations = Layout.Find().Migrations;

    [Test]
    public void The_twin_folders_have_the_same_scripts()
    {
        static IEnumerable<string?> Names(string engine) =>
            Directory.GetFiles(Path.Combine(Migrations, engine), "*.sql").Select(Path.GetFileName).Order();
        Names("sqlite").ShouldBe(Names("sqlserver"));
        Names("sqlite").ShouldNotBeEmpty();
    }

    [Test]
    public void The_twins_make_the_same_tables_columns_nullability_and_unique_indexes()
    {
        var twin = Twin();
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        foreach (
            var script in Directory.GetFiles(Path.Combine(Migrations, "sqlite"), "*.sql").Order(StringComparer.Ordinal)
        )
            database.Execute(File.ReadAllText(script));

        var columns = database
            .Query<(string Table, string Column, long NotNull)>(
                "SELECT t.name, c.name, c.\"notnull\" FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
            )
            .Select(row => $"{row.Table}.{row.Column} {(row.NotNull == 1 ? "NOT NULL" : "NULL")}");
        columns.Order().ShouldBe(twin.Columns.Order());

        var indexes = database
            .Query<(string Table, string Name, long Unique, long Partial)>(
                "SELECT t.name, i.name, i.\"unique\", i.partial FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c'"
            )
            .Select(row =>
                $"{row.Table}({string.Join(",", database.Query<string>("SELECT name FROM pragma_index_info(@Name)", new { row.Name }))}){(row.Unique == 1 ? " UNIQUE" : "")}{(row.Partial == 1 ? " WHERE" : "")}"
            );
        indexes.Order().ShouldBe(twin.Indexes.Order());
    }

    [Test]
    public void Every_migration_for_SQL_Server_parses()
    {
        foreach (var script in Directory.GetFiles(Path.Combine(Migrations, "sqlserver"), "*.sql"))
            TSqlSyntax.Errors(File.ReadAllText(script)).ShouldBeEmpty(Path.GetFileName(script));
    }

    [Test]
    public void Every_statement_in_the_sources_parses_as_TSQL()
    {
        var dialect = new SqlServerDialect("");
        var statements = Written();
        statements.Count.ShouldBeGreaterThan(100);
        statements
            .Select(statement =>
                (statement.Name, Errors: TSqlSyntax.Errors(Parameterised(dialect.Render(statement.Text))))
            )
            .Where(result => result.Errors.Count > 0)
            .Select(result => $"{result.Name}: {result.Errors[0]}")
            .ShouldBeEmpty();
        statements
            .Where(statement => NotPortable().IsMatch(statement.Text))
            .Select(statement => statement.Name)
            .ShouldBeEmpty();
    }

    [Test]
    public void Days_and_months_are_texts_without_blanks_on_SQL_Server()
    {
        var dialect = new SqlServerDialect("");
        foreach (
            var text in new[]
            {
                dialect.Day("p.signed_on"),
                dialect.Month("p.signed_on"),
                dialect.CityMonth("c.received_at"),
            }
        )
        {
            TSqlSyntax.Errors($"SELECT {text}").ShouldBeEmpty();
            TSqlSyntax.FilledUp($"SELECT {text}").ShouldBeEmpty(text);
        }

        TSqlSyntax
            .FilledUp("SELECT CONVERT(char(7), signed_on, 23), CAST(1 AS nchar(4)), CAST(1 AS varchar(4))")
            .Count.ShouldBe(2);
    }

    [Test]
    public void Every_table_and_column_that_a_statement_names_exists()
    {
        var dialect = new SqlServerDialect("");
        var schema = Twin();
        Written()
            .Where(statement => !statement.Name.StartsWith(typeof(Migrator).FullName!, StringComparison.Ordinal))
            .SelectMany(statement =>
                TSqlNames
                    .Unknown(Parameterised(dialect.Render(statement.Text)), schema)
                    .Select(name => $"{statement.Name}: {name}")
            )
            .ShouldBeEmpty();
    }

    [TestCase("SELECT p.id, p.nome FROM projects p", "projects.nome")]
    [TestCase("SELECT id FROM project", "project")]
    [TestCase("UPDATE claims SET state = 'active' WHERE id = @id", "state")]
    [TestCase("INSERT INTO audit (seq, hasch) VALUES (@seq, @hash)", "hasch")]
    [TestCase(
        "SELECT c.id FROM claims c WHERE EXISTS (SELECT 1 FROM projects p WHERE p.id = c.projectid)",
        "claims.projectid"
    )]
    [TestCase("DELETE FROM sessions WHERE users_id = @id", "users_id")]
    [TestCase("SELECT x.id FROM claims c", "x.id")]
    public void A_name_that_does_not_exist_is_found(string sql, string name) =>
        TSqlNames.Unknown(sql, Twin()).ShouldContain(name);

    internal static TSqlSchema Twin() =>
        TSqlSchema.Of(
            Directory
                .GetFiles(Path.Combine(Migrations, "sqlserver"), "*.sql")
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );

    [Test]
    public void The_login_of_the_service_may_do_all_that_it_does_and_cannot_change_what_was_recorded()
    {
        var rights = TSqlRights.Of(File.ReadAllText(Path.Combine(Migrations, "roles", "sqlserver-api-login.sql")));
        var dialect = new SqlServerDialect("");
        var writes = Written()
            .Where(statement =>
                !statement.Name.StartsWith(typeof(Migrator).FullName!, StringComparison.Ordinal)
                && !statement.Name.StartsWith(
                    typeof(Pipeline.Data.Moving.LibraryMove).FullName!,
                    StringComparison.Ordinal
                )
            )
            .SelectMany(statement =>
                TSqlRights
                    .Writes(Parameterised(dialect.Render(statement.Text)))
                    .Select(write => (statement.Name, Write: write))
            )
            .ToList();
        writes.Count.ShouldBeGreaterThan(80);
        writes
            .Where(write => !rights.Allow(write.Write))
            .Select(write =>
                $"{write.Name}: {write.Write.Verb} {write.Write.Table} ({string.Join(", ", write.Write.Columns)})"
            )
            .ShouldBeEmpty();

        foreach (
            var (verb, table) in new[]
            {
                ("UPDATE", "audit"),
                ("DELETE", "audit"),
                ("DELETE", "audit_head"),
                ("DELETE", "claims"),
                ("UPDATE", "timeline"),
                ("DELETE", "timeline"),
                ("DELETE", "moves"),
                ("DELETE", "projects"),
            }
        )
            rights.Deny(verb, table).ShouldBeTrue($"{verb} {table}");
        foreach (
            var column in new[]
            {
                "sequence",
                "id",
                "jurisdiction_id",
                "received_at",
                "report",
                "salt",
                "canonical",
                "receipt_hash",
                "previous_hash",
            }
        )
            rights.Deny("UPDATE", "claims", column).ShouldBeTrue(column);
    }

    private static List<(string Name, string Text)> Written() =>
        ProductAssemblies
            .All.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type =>
                type.GetFields(
                        BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly
                    )
                    .Where(field => field.IsLiteral && field.FieldType == typeof(string))
                    .Select(field =>
                        (Name: $"{type.FullName}.{field.Name}", Text: (string)field.GetRawConstantValue()!)
                    )
            )
            .Where(field =>
                Statement().IsMatch(field.Text) && !field.Name.Contains("OnSqlite", StringComparison.Ordinal)
            )
            .ToList();

    [Test]
    public async Task A_migrated_database_stays_as_it_is()
    {
        foreach (var engine in Engines.AtHand)
        {
            using var database = new TestDatabase(engine, fresh: true);
            IDialect dialect =
                engine == "sqlite"
                    ? new SqliteDialect(database.ConnectionString)
                    : new SqlServerDialect(database.ConnectionString);
            var subject = new Database(
                dialect,
                new Clock(TimeProvider.System),
                new Vault([], new byte[32], new byte[32])
            );
            (await Migrator.Migrate(subject, Migrations)).ShouldNotBeEmpty();
            (await Migrator.Migrate(subject, Migrations)).ShouldBeEmpty();
        }
    }

    [Test]
    public async Task A_changed_migration_is_refused()
    {
        using var database = new TestDatabase("sqlite");
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(database.File)!, "db", "sqlite"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "0001_first.sql"), "CREATE TABLE a (b TEXT NULL);");
        var subject = new Database(
            new SqliteDialect(database.ConnectionString),
            new Clock(TimeProvider.System),
            new Vault([], new byte[32], new byte[32])
        );
        (await Migrator.Migrate(subject, folder.Parent!.FullName)).ShouldBe(["0001_first"]);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "0001_first.sql"), "CREATE TABLE a (c TEXT NULL);");
        (
            await Should.ThrowAsync<InvalidOperationException>(() => Migrator.Migrate(subject, folder.Parent!.FullName))
        ).Message.ShouldContain("0001_first");
    }

    [Test]
    public async Task Processes_that_start_together_migrate_once()
    {
        using var database = new TestDatabase("sqlite");
        var applied = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                        Migrator.Migrate(
                            new Database(
                                new SqliteDialect(database.ConnectionString),
                                new Clock(TimeProvider.System),
                                new Vault([], new byte[32], new byte[32])
                            ),
                            Migrations
                        )
                    )
                )
        );
        applied.Count(names => names.Count > 0).ShouldBe(1);
    }

    /// <summary>Dapper writes a list where a parameter stands after IN.</summary>
    internal static string Parameterised(string sql) => InList().Replace(sql, "IN ($1)");

    [GeneratedRegex(@"^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s", RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\bIN\s+(@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex InList();

    [GeneratedRegex(
        @"\b(TOP|MERGE|GETUTCDATE|ISNULL|IFNULL|LIMIT|RETURNING)\b|ON CONFLICT|\|\|",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NotPortable();
}

/// <summary>Every statement that runs, those composed at run time included, is T-SQL too. Each app of the suite holds its own by <see cref="StatementRules"/>; here a tour makes sure that there are many.</summary>
public sealed class ExecutedStatements
{
    [Test]
    public async Task Every_statement_that_a_tour_of_the_API_runs_is_TSQL_and_names_what_exists()
    {
        using var app = new PipelineApp("sqlite");
        var log = await StatementLog.Of(app, () => Tour(app));
        var dialect = new SqlServerDialect("");
        var seen = log.Statements.Distinct().ToList();
        seen.Count.ShouldBeGreaterThan(60);
        seen.SelectMany(sql => TSqlSyntax.Errors(SchemaTests.Parameterised(dialect.Render(sql)))).ShouldBeEmpty();
        var schema = SchemaTests.Twin();
        seen.SelectMany(sql =>
                TSqlNames
                    .Unknown(SchemaTests.Parameterised(dialect.Render(sql)), schema)
                    .Select(name => $"{name} in {sql}")
            )
            .ShouldBeEmpty();
    }

    [TestCase("SELECT TOP 1 id FROM projects", "TOP")]
    [TestCase("MERGE projects USING claims ON 1 = 1 WHEN MATCHED THEN DELETE;", "MERGE")]
    [TestCase("SELECT ISNULL(name, '') AS name FROM projects", "ISNULL")]
    [TestCase("SELECT id FROM projects WHERE name = '氢能'", "without N")]
    [TestCase("SELECT COUNT(*) AS n FROM (SELECT id + 1 FROM projects) x", "without a name")]
    [TestCase("SELECT x.id FROM (SELECT a.id, b.id FROM a JOIN b ON a.id = b.id) x", "two columns of one name")]
    [TestCase("SELECT DISTINCT id FROM projects ORDER BY name", "SELECT DISTINCT")]
    [TestCase("SELECT SUM((SELECT 1)) AS n FROM projects", "aggregate over a subquery")]
    [TestCase("WITH x AS (SELECT id FROM projects) UPDATE x SET id = 1", "common table expression")]
    [TestCase("ALTER TABLE projects ADD a int NULL, b int NULL", "several columns")]
    [TestCase("ALTER TABLE projects ALTER COLUMN a int NOT NULL", "ALTER COLUMN")]
    public void What_parses_and_is_refused_all_the_same_is_found(string sql, string what)
    {
        TSqlSyntax.Errors(sql).ShouldBeEmpty();
        TSqlSyntax.Refused(sql).ShouldContain(found => found.Contains(what));
    }

    [Test]
    public void A_page_without_an_order_is_found() =>
        StatementRules
            .Faults("SELECT id FROM projects WHERE id <> @id {page}", new Parameters { { "id", "x" }, { "limit", 5 } })
            .ShouldNotBeEmpty();

    [Test]
    public void No_migration_uses_what_an_engine_refuses()
    {
        foreach (var script in Directory.GetFiles(Path.Combine(Layout.Find().Migrations, "sqlserver"), "*.sql"))
            TSqlSyntax.Refused(File.ReadAllText(script)).ShouldBeEmpty(Path.GetFileName(script));
    }

    private static async Task Tour(PipelineApp app)
    {
        var claim = (await app.As("nanhu").Reports(Given.Project())).Is(201);
        foreach (var who in new[] { "nanhu", "centre", "leader", "auditor" })
        {
            foreach (var sort in new[] { "createdAt", "-updatedAt", "totalInvestment", "-name", "code" })
            {
                (
                    await app.As(who)
                        .Get(
                            $"projects?limit=1&sort={sort}&count=true&stage=in-talks&industry=34&chain=x&currency=CNY&minAmount=1&maxAmount=9e12&q=氢能&idle=green&updatedSince=2020-01-01T00:00:00Z&jurisdictionId=x"
                        )
                ).Is(200);
                (await app.As(who).Get($"lists/in-talks?month=2026-04&sort={sort}")).Is(200);
                (await app.As(who).Get($"exports/projects.csv?sort={sort}")).Is(200);
                (
                    await app.As(who)
                        .Get(
                            $"exports/projects.csv?sort={sort}&stage=in-talks&industry=34&chain=x&currency=CNY&minAmount=1&maxAmount=9e12&q=氢能&idle=green&updatedSince=2020-01-01T00:00:00Z&jurisdictionId=x"
                        )
                ).Is(200);
            }

            foreach (var by in new[] { "stage", "jurisdiction", "industry", "month" })
                (await app.As(who).Get($"summary?by={by}")).Is(200);
            (
                await app.As(who)
                    .Get(
                        "claims?status=active&sort=expiresAt&count=true&jurisdictionId=x&expiresBefore=2030-01-01T00:00:00Z"
                    )
            ).Is(200);
            (
                await app.As(who)
                    .Get(
                        $"moves?status=pending&count=true&projectId={claim["projectId"]}&jurisdictionId=x&sort=-submittedAt"
                    )
            ).Is(200);
        }
    }
}
