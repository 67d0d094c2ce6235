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

/// <summary>A database of a test's own, made empty and dropped afterwards.</summary>
public sealed class TestDatabase : IDisposable
{
    private readonly string? folder;
    private readonly string? serverDatabase;

    public TestDatabase(string engine)
    {
        Engine = engine;
        if (engine == "sqlite")
        {
            folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;
            ConnectionString = $"Data Source={Path.Combine(folder, "pipeline.db")}";
            return;
        }

        serverDatabase = $"pipeline_test_{Guid.NewGuid():N}";
        using var server = new SqlConnection(Engines.SqlServer);
        server.Execute($"CREATE DATABASE {serverDatabase}");
        ConnectionString = new SqlConnectionStringBuilder(Engines.SqlServer)
        {
            InitialCatalog = serverDatabase,
        }.ConnectionString;
    }

    public string Engine { get; }

    public string ConnectionString { get; }

    /// <summary>The database's file; on SQLite only.</summary>
    public string File => Path.Combine(folder!, "pipeline.db");

    public void Dispose()
    {
        if (folder is not null)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return;
        }

        SqlConnection.ClearAllPools();
        using var server = new SqlConnection(Engines.SqlServer);
        server.Execute($"DROP DATABASE {serverDatabase}");
    }
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
