using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Pipeline.Api.Tests.Support;

/// <summary>The engines that the suite runs on: SQLite always, SQL Server when PIPELINE_TEST_SQLSERVER names one.</summary>
public static class Engines
{
    public const string Variable = "PIPELINE_TEST_SQLSERVER";

    public static string? SqlServer =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connection ? connection : null;

    public static IEnumerable<string> AtHand => SqlServer is null ? ["sqlite"] : ["sqlite", "sqlserver"];
}

/// <summary>A database of a test's own, empty at first. On a server those of earlier tests are emptied and used again: making one takes seconds.</summary>
public sealed partial class TestDatabase : IDisposable
{
    private static readonly ConcurrentBag<string> Free = [];
    private static readonly ConcurrentBag<string> Made = [];

    private readonly string folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;
    private readonly string? serverDatabase;

    /// <param name="fresh">Whether not even the schema may be there.</param>
    public TestDatabase(string engine, bool fresh = false)
    {
        Engine = engine;
        if (engine == "sqlite")
        {
            ConnectionString = $"Data Source={Path.Combine(folder, "pipeline.db")}";
            return;
        }

        serverDatabase = !fresh && Free.TryTake(out var used) ? used : Make();
        ConnectionString = Of(serverDatabase);
    }

    public string Engine { get; }

    public string ConnectionString { get; }

    /// <summary>The database's file; on SQLite only.</summary>
    public string File => Path.Combine(folder, "pipeline.db");

    /// <summary>Where anchors are kept.</summary>
    public string AnchorFile => Path.Combine(folder, "pipeline.anchors.jsonl");

    public void Dispose()
    {
        if (serverDatabase is null)
        {
            SqliteConnection.ClearAllPools();
        }
        else
        {
            Empty(ConnectionString);
            Free.Add(serverDatabase);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Drops the databases of this run.</summary>
    public static void DropAll()
    {
        if (Made.IsEmpty)
            return;
        SqlConnection.ClearAllPools();
        using var server = new SqlConnection(Engines.SqlServer);
        while (Made.TryTake(out var name))
            server.Execute($"DROP DATABASE {name};");
    }

    private static string Make()
    {
        var name = $"pipeline_test_{Guid.NewGuid():N}";
        using var server = new SqlConnection(Engines.SqlServer);
        server.Execute($"CREATE DATABASE {name};");
        Made.Add(name);
        return name;
    }

    private static string Of(string database) =>
        new SqlConnectionStringBuilder(Engines.SqlServer) { InitialCatalog = database }.ConnectionString;

    /// <summary>Leaves a database as its migrations made it: the rows that they put in are put in again.</summary>
    private static void Empty(string connectionString)
    {
        using var connection = new SqlConnection(connectionString);
        foreach (
            var table in connection.Query<string>(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME <> 'schema_migrations'"
            )
        )
            connection.Execute($"TRUNCATE TABLE {table};");
        foreach (var insert in Inserted.Value)
            connection.Execute(insert);
    }

    private static readonly Lazy<IReadOnlyList<string>> Inserted = new(() =>
        [
            .. Directory
                .GetFiles(Path.Combine(Layout.Find().Migrations, "sqlserver"), "*.sql")
                .Order(StringComparer.Ordinal)
                .SelectMany(script => InsertedRow().Matches(System.IO.File.ReadAllText(script)))
                .Select(match => match.Value),
        ]
    );

    [GeneratedRegex(@"^INSERT INTO \w+ \([^)]*\) VALUES [^;]*;", RegexOptions.Multiline)]
    private static partial Regex InsertedRow();
}

/// <summary>Says in the results that SQL Server was left out, and why.</summary>
public sealed class SqlServerAtHand
{
    [Test]
    public void The_suite_runs_on_SQL_Server_too()
    {
        if (Engines.SqlServer is null)
            Assert.Ignore(
                $"{Engines.Variable} is not set: the tests ran on SQLite alone. Set it to a connection string of a login that may create databases."
            );
        using var server = new SqlConnection(Engines.SqlServer);
        server.ExecuteScalar<int>("SELECT 1").ShouldBe(1);
    }
}
