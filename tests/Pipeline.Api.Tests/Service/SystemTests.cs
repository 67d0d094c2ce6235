using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Service;

/// <summary>What whoever runs the system is told of it.</summary>
public sealed class SystemTests
{
    [Test]
    public async Task The_page_of_the_system_tells_what_is_and_that_the_rest_is_unknown()
    {
        using var app = new PipelineApp("sqlite");
        var fresh = (await app.As("admin").Get("system")).Is(200);
        ((string)fresh["engine"]!).ShouldBe("sqlite");
        ((string)fresh["migrations"]!.AsArray()[0]!["name"]!).ShouldStartWith((string)fresh["schema"]!);
        ((bool)fresh["instances"]!.AsArray().ShouldHaveSingleItem()!["isThis"]!).ShouldBeTrue();
        fresh.Body!["lastBackup"].ShouldBeNull();
        fresh.Body!["lastAnchor"].ShouldBeNull();
        ((bool)fresh["sendsMail"]!).ShouldBeFalse();
        ((bool)fresh["clock"]!["trusted"]!).ShouldBeTrue();
        ((long)fresh["disk"]!["freeBytes"]!).ShouldBeGreaterThan(0);

        // Two report the same: one waits. An anchor holds everything until then, and no longer once an hour of entries has passed.
        (await app.As("nanhu").Reports(Given.Project())).Is(201);
        (await app.As("xiuzhou").Reports(Given.Project())).Is(201);
        await app.Services.GetRequiredService<Anchors>().Keep();
        app.Services.GetRequiredService<WorkerStates>().Failed("DeliverInTheBackground", PipelineApp.Start);
        var copy = app.Database.File + ".copy";
        DatabaseEngines.Choose("sqlite", app.Database.ConnectionString).File!.CopyTo(copy);
        var made = await Backups.Record(app.Services.GetRequiredService<Database>(), copy);
        var later = (await app.As("auditor").Get("system")).Is(200);
        Queue(later, "claims").ShouldBe(1);
        Queue(later, "webhooks").ShouldBe(0);
        ((long)later["lastAnchor"]!["auditSeq"]!).ShouldBeGreaterThan(0);
        later.Body!["anchorOverdueSeconds"].ShouldBeNull();
        ((string)later["lastBackup"]!["hash"]!).ShouldBe(made.Hash);
        ((long)later["lastBackup"]!["sizeBytes"]!).ShouldBe(new FileInfo(copy).Length);
        later["workers"]!.AsArray().Single(worker => (string)worker!["name"]! == "DeliverInTheBackground")!["failures"]!
            .GetValue<int>()
            .ShouldBe(1);

        // An administrator of accounts reads no project, nor how many wait.
        (await app.As("admin").Get("system")).Is(200)["queues"]!
            .AsArray()
            .Select(one => (string)one!["queue"]!)
            .ShouldBe(["imports", "mails", "webhooks"], ignoreOrder: true);
        (await app.As("pinghu").Reports(Given.Another(4))).Is(201);
        app.Time.Advance(TimeSpan.FromMinutes(90));
        ((long)(await app.As("admin").Get("system")).Is(200)["anchorOverdueSeconds"]!).ShouldBe(5400);
    }

    [Test]
    public async Task Readiness_names_what_is_amiss_and_nothing_more()
    {
        using var app = new PipelineApp("sqlite");
        using var client = app.Client();
        (await client.GetStringAsync("/health/ready")).ShouldBe("ready");
        var workers = app.Services.GetRequiredService<WorkerStates>();
        workers.Failed("DeliverMailTo10.0.0.7", PipelineApp.Start);
        (await client.GetStringAsync("/health/ready")).ShouldBe("ready\namiss: workers");
        app.Time.Jump(TimeSpan.FromDays(-3));
        (await app.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).IsProblem(503, "clock-unreliable");
        using var ready = await client.GetAsync("/health/ready");
        ((int)ready.StatusCode).ShouldBe(200); // reading goes on
        (await ready.Content.ReadAsStringAsync()).ShouldBe("ready\namiss: clock\namiss: workers");
    }

    [Test]
    public async Task A_backup_is_on_record_and_is_rehearsed()
    {
        using var database = new TestDatabase("sqlite");
        var folder = Path.GetDirectoryName(database.File)!;
        using (var app = new PipelineApp("sqlite", database: database, settings: new Dictionary<string, string?>()))
        {
            (await app.As("nanhu").Reports(Given.Project())).Is(201);
            await app.Services.GetRequiredService<Anchors>().Keep();
        }

        SqliteConnection.ClearAllPools();
        (string, string)[] settings =
        [
            ("ConnectionStrings__Pipeline", database.ConnectionString),
            ("Auth__SigningKey", "a signing key that only the tests know of"),
            ("Audit__AnchorFile", database.AnchorFile),
        ];
        var copy = Path.Combine(folder, "monday.db");
        var (code, said) = await ProgramProcess.Ends(folder, ["check"], settings);
        (code, said.Contains("No backup is on record", StringComparison.Ordinal)).ShouldBe((0, true), said);
        (code, said) = await ProgramProcess.Ends(folder, ["backup", copy], settings);
        code.ShouldBe(0, said);
        (code, said) = await ProgramProcess.Ends(folder, ["check"], settings);
        (code, said.Contains($"{copy}", StringComparison.Ordinal)).ShouldBe((0, true), said);
        (code, said) = await ProgramProcess.Ends(folder, ["rehearse", copy], settings);
        (code, said.Contains("everything holds", StringComparison.Ordinal)).ShouldBe((0, true), said);

        // A copy in which something was changed is found, and so is one that is none.
        using (var connection = new SqliteConnection($"Data Source={copy};Pooling=false"))
            connection.Execute("UPDATE audit SET action = 'another' WHERE seq = 2");
        (code, said) = await ProgramProcess.Ends(folder, ["rehearse", copy], settings);
        (code, said.Contains("audit trail", StringComparison.Ordinal)).ShouldBe((1, true), said);
        await File.WriteAllTextAsync(copy, "no database at all, but long enough to be taken for one by its size");
        (code, said) = await ProgramProcess.Ends(folder, ["rehearse", copy], settings);
        (code, said.Contains("damaged", StringComparison.Ordinal)).ShouldBe((1, true), said);
        (code, said) = await ProgramProcess.Ends(folder, ["record-backup", Path.Combine(folder, "none")], settings);
        (code, said.Contains("does not exist", StringComparison.Ordinal)).ShouldBe((1, true), said);
        Directory.GetDirectories(Path.GetTempPath(), "pipeline-rehearsal-*").ShouldBeEmpty();
    }

    private static long Queue(Answer system, string queue) =>
        (long)system["queues"]!.AsArray().Single(one => (string)one!["queue"]! == queue)!["waiting"]!;
}
