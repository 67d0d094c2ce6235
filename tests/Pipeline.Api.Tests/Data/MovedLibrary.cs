using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Tests.Support;
using Pipeline.Data.Moving;

namespace Pipeline.Api.Tests.Data;

/// <summary>A library that is moved, and how to compare it with its copy.</summary>
public abstract class MovedLibrary
{
    protected TestDatabase City { get; private set; } = null!;

    /// <summary>A city in which everything happened; the file is closed.</summary>
    [OneTimeSetUp]
    public async Task MakeTheCity()
    {
        City = new TestDatabase("sqlite");
        using (var app = new PipelineApp("sqlite", database: City, settings: new Dictionary<string, string?>()))
            await SampleCity.Build(app, SampleCity.Situations);
        SqliteConnection.ClearAllPools();

        // All of it is in the file, so that tests can copy that.
        using var last = new SqliteConnection($"Data Source={City.File};Pooling=false");
        last.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    [OneTimeTearDown]
    public void Forget() => City.Dispose();

    /// <summary>Every row of every table as a text, behind the program's back.</summary>
    protected static Dictionary<string, List<string>> Dump(TestDatabase database)
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
}
