using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Commands;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Service;

/// <summary>Copies of the embedded database: taken while it works, trusted only when whole, put back without losing what was there.</summary>
public sealed class BackupTests
{
    [Test]
    public async Task A_copy_taken_at_work_is_restored_and_checked()
    {
        using var database = new TestDatabase("sqlite");
        var copy = Path.Combine(Path.GetDirectoryName(database.File)!, "copies", "monday.db");
        string kept;
        using (var app = new PipelineApp("sqlite", database: database, settings: Empty))
        {
            (await app.As("nanhu").Reports(Given.Project())).Is(201);
            Of(database).CopyTo(copy);
            (await app.As("xiuzhou").Reports(Given.Another(4))).Is(201); // after the copy
            Should.Throw<InvalidOperationException>(() => Of(database).CopyTo(copy)).Message.ShouldContain("exists");
            Should
                .Throw<InvalidOperationException>(() => Of(database).ReplaceBy(copy, PipelineApp.Start))
                .Message.ShouldContain("in use");
        }

        SqliteConnection.ClearAllPools();
        kept = Of(database).ReplaceBy(copy, PipelineApp.Start)!;
        Of(database).FindDamage(kept).ShouldBeNull();
        using (var app = new PipelineApp("sqlite", database: database, settings: Empty))
        {
            (await app.As("auditor").Get("claims"))["items"].AsArray().Count.ShouldBe(1);
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
        }
    }

    [Test]
    public void A_damaged_copy_is_not_put_back()
    {
        using var database = new TestDatabase("sqlite");
        using (new PipelineApp("sqlite", database: database, settings: Empty))
            Of(database).CopyTo(database.File + ".copy");

        // Whoever leaves last puts the log into the file: that must not be what is taken for a change.
        using (var last = new SqliteConnection($"Data Source={database.File};Pooling=false"))
            last.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var before = File.ReadAllBytes(database.File);
        var bytes = File.ReadAllBytes(database.File + ".copy");
        Array.Fill(bytes, (byte)0xAA, bytes.Length / 2, 8192);
        File.WriteAllBytes(database.File + ".copy", bytes);
        Should
            .Throw<InvalidOperationException>(() => Of(database).ReplaceBy(database.File + ".copy", PipelineApp.Start))
            .Message.ShouldContain("damaged");
        File.WriteAllText(
            database.File + ".copy",
            "not a database at all, but long enough to be taken for one by its size alone"
        );
        Should
            .Throw<InvalidOperationException>(() => Of(database).ReplaceBy(database.File + ".copy", PipelineApp.Start))
            .Message.ShouldContain("damaged");
        File.ReadAllBytes(database.File).ShouldBe(before);
    }

    [Test]
    public void Some_other_database_is_not_put_back()
    {
        using var database = new TestDatabase("sqlite");
        var other = database.File + ".other";
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=false"))
            connection.Execute("CREATE TABLE shopping (item TEXT)");
        Should
            .Throw<InvalidOperationException>(() => Of(database).ReplaceBy(other, PipelineApp.Start))
            .Message.ShouldContain("no database of this system");
        File.Exists(database.File).ShouldBeFalse();
    }

    [Test]
    public void The_key_beside_the_database_travels_with_the_copy()
    {
        using var database = new TestDatabase("sqlite");
        using (
            new PipelineApp(
                "sqlite",
                database: database,
                settings: new Dictionary<string, string?> { ["Auth:SigningKey"] = null }
            )
        )
            Of(database).CopyTo(database.File + ".copy");
        File.ReadAllBytes(Path.ChangeExtension(database.File + ".copy", ".key"))
            .ShouldBe(File.ReadAllBytes(Path.ChangeExtension(database.File, ".key")));
    }

    private static readonly Dictionary<string, string?> Empty = [];

    private static IDatabaseFile Of(TestDatabase database) =>
        DatabaseEngines.Choose("sqlite", database.ConnectionString).File!;
}
