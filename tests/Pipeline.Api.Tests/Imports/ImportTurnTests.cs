using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pipeline.Api.Features.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Imports end, whatever becomes of them, and none keeps another unit from its own.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.AtHand))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ImportTurnTests(string engine)
{
    private PipelineApp app = null!;

    /// <summary>Nothing runs by itself here: the test is the process that takes imports up.</summary>
    [SetUp]
    public void StartWithoutWorkers() => app = With();

    [TearDown]
    public void Stop() => app.Dispose();

    private PipelineApp With(params (string Key, string? Value)[] settings) =>
        new(
            engine,
            settings: settings.Length == 0
                ? null
                : settings.ToDictionary(setting => setting.Key, setting => setting.Value),
            services: services =>
                services
                    .Where(service =>
                        service.ServiceType == typeof(IHostedService)
                        && service.ImplementationType == typeof(RunImportsInTheBackground)
                    )
                    .ToList()
                    .ForEach(service => services.Remove(service))
        );

    private ImportTurns Turns => app.Services.GetRequiredService<ImportTurns>();

    private RunImport Runs => app.Services.GetRequiredService<RunImport>();

    private async Task<string> Posts(string who, string name = "甲厂") =>
        (string)
            (await app.As(who).SendsIn(Registers.Csv("项目名称,投资方,总投资", $"{name},乙公司,3亿元"))).Is(202)["id"]!;

    private async Task<Answer> Import(string id) => (await app.As("auditor").Get($"imports/{id}")).Is(200);

    [Test]
    public async Task Units_take_turns_and_none_has_two_at_once()
    {
        var nanhu = new List<string>();
        for (var n = 0; n < 3; n++)
            nanhu.Add(await Posts("nanhu", $"甲{n}"));
        var xiuzhou = await Posts("xiuzhou");
        var jiashan = await Posts("jiashan");

        var first = (await Turns.Take((await Turns.Next())!))!;
        first.Id.ShouldBe(nanhu[0]);
        var second = (await Turns.Take((await Turns.Next())!))!; // nanhu has one running: the next unit's turn
        second.Id.ShouldBe(xiuzhou);
        (await Turns.OthersWait(first)).ShouldBeTrue();
        await Turns.LetGo(first); // its time is up
        (await Turns.Next()).ShouldBe(jiashan);
        (await Turns.Take(jiashan)).ShouldNotBeNull();
        (await Turns.Next()).ShouldBe(nanhu[0]); // it goes on before nanhu's others
        (await Turns.Take(nanhu[0])).ShouldNotBeNull();
        (await Turns.Next()).ShouldBeNull();
        (await Turns.OthersWait(second)).ShouldBeFalse(); // nanhu's others wait for nanhu alone
    }

    [Test]
    public async Task A_lease_that_is_kept_is_nobody_elses_and_one_that_is_not_is_taken_over()
    {
        var id = await Posts("nanhu");
        var turn = (await Turns.Take(id))!;
        app.Time.Advance(TimeSpan.FromSeconds(50));
        (await Turns.Renew(turn)).ShouldBeTrue();
        app.Time.Advance(TimeSpan.FromSeconds(50));
        (await Turns.Take(id)).ShouldBeNull();
        (await Turns.Next()).ShouldBeNull();
        app.Time.Advance(TimeSpan.FromSeconds(11));
        (await Turns.Next()).ShouldBe(id);
        (await Turns.Take(id))!.Attempts.ShouldBe(2);
        (await Turns.Renew(turn)).ShouldBeFalse(); // whoever was too slow must stop
    }

    [Test]
    public async Task What_brings_the_process_down_each_time_is_given_up()
    {
        var id = await Posts("nanhu");
        for (var attempt = 1; attempt <= RunImport.MostAttempts; attempt++)
        {
            (await Turns.Take(id))!.Attempts.ShouldBe(attempt);
            app.Time.Advance(ImportTurns.Lease + TimeSpan.FromSeconds(1)); // killed while it read the file
        }

        await Runs.Run(id);
        var import = await Import(id);
        ((string)import["status"]!).ShouldBe("failed");
        ((string)import["errorCode"]!).ShouldBe("import-given-up");
        ((string)import["error"]!).ShouldContain("3");
        (await app.As("nanhu").Get("projects"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Rows_that_were_taken_and_a_process_that_let_go_begin_the_count_anew()
    {
        var id = await Posts("nanhu");
        for (var restart = 0; restart < 5; restart++)
            await Turns.LetGo((await Turns.Take(id))!);
        (await Turns.Take(id))!.Attempts.ShouldBe(1);
        app.Time.Advance(ImportTurns.Lease + TimeSpan.FromSeconds(1));
        await Runs.Run(id);
        ((string)(await Import(id))["status"]!).ShouldBe("completed");
        app.Sql(connection => connection.QuerySingle<long>("SELECT attempts FROM imports WHERE id = @id", new { id }))
            .ShouldBe(0);
    }

    [Test]
    public async Task A_file_that_cannot_be_taken_fails_with_what_and_where_in_the_readers_language()
    {
        var book = SheetBoundTests.Book(["<row r=\"2147483647\"><c r=\"A2147483647\"><v>1</v></c></row>"]);
        var id = (string)(await app.As("nanhu").SendsIn(book, "台账.xlsx")).Is(202)["id"]!;
        var other = await Posts("xiuzhou");
        while (await Runs.Next()) { }

        var import = (await app.As("nanhu").Get($"imports/{id}", ("Accept-Language", "en"))).Is(200);
        ((string)import["status"]!).ShouldBe("failed");
        ((string)import["errorCode"]!).ShouldBe("sheet-row-number");
        ((string)import["error"]!).ShouldBe("names a row that no spreadsheet has: sheet1.xml!2147483647");
        ((string)(await Import(id))["error"]!).ShouldBe("含有表格中不存在的行号：sheet1.xml!2147483647");
        ((string)(await Import(other))["status"]!).ShouldBe("completed");
    }

    [Test]
    public async Task One_that_waits_is_cancelled_and_never_runs()
    {
        var id = await Posts("nanhu");
        (await app.As("xiuzhou").Post($"imports/{id}/cancel")).IsProblem(404, "not-found");
        (await app.As("auditor").Post($"imports/{id}/cancel")).IsProblem(403, "forbidden");
        var cancelled = (await app.As("nanhu").Post($"imports/{id}/cancel")).Is(200);
        ((string)cancelled["status"]!).ShouldBe("cancelled");
        cancelled["finishedAt"].ShouldNotBeNull();
        (await Runs.Next()).ShouldBeFalse();
        await Runs.Run(id);
        ((string)(await Import(id))["status"]!).ShouldBe("cancelled");
        (await app.As("nanhu").Post($"imports/{id}/cancel")).IsProblem(409, "import-ended");
        var entry = (await app.As("auditor").Get("audit?action=cancel-import")).Is(200)["items"].AsArray();
        entry.Count(each => (string)each!["outcome"]! == "done").ShouldBe(1);
    }

    [Test]
    public async Task One_that_runs_is_cancelled_by_its_unit_or_the_centre_and_its_process_stops()
    {
        var id = await Posts("nanhu");
        var turn = (await Turns.Take(id))!;
        ((string)(await app.As("centre").Post($"imports/{id}/cancel")).Is(200)["status"]!).ShouldBe("cancelled");
        (await Turns.Renew(turn)).ShouldBeFalse();
        await Turns.LetGo(turn); // too late: it stays cancelled
        ((string)(await Import(id))["status"]!).ShouldBe("cancelled");
        (await Turns.Next()).ShouldBeNull();
    }

    [Test]
    public async Task A_unit_may_have_so_many_that_wait_or_run()
    {
        app.Dispose();
        app = With(("Quota:OpenImports", "2"));
        var first = await Posts("nanhu", "甲");
        await Posts("nanhu", "乙");
        var full = (await app.As("nanhu").SendsIn(Registers.Csv("项目名称", "丙"))).IsProblem(409, "too-many-imports");
        ((string)full["detail"]!).ShouldContain("2");
        await Posts("xiuzhou");
        await Posts("centre");
        (await app.As("nanhu").Post($"imports/{first}/cancel")).Is(200);
        await Posts("nanhu", "丙");
        while (await Runs.Next()) { }
        await Posts("nanhu", "丁");
    }

    [TestCase("nanhu", RunImport.Chunk)]
    [TestCase("centre", RunImport.BackfillChunk)]
    public async Task No_transaction_takes_more_rows_than_others_can_wait_for(string who, int most)
    {
        if (engine != "sqlite")
            Assert.Ignore("A trigger of SQLite watches.");
        var rows = Enumerable.Range(0, (most * 2) + 5).Select(n => $"项目{n:0000}园,第{n:0000}公司,3亿元").ToArray();
        app.Sql(connection =>
            connection.Execute(
                "CREATE TABLE watched (done INTEGER); CREATE TRIGGER watch AFTER UPDATE OF rows_done ON imports BEGIN INSERT INTO watched VALUES (NEW.rows_done); END"
            )
        );
        var id = (string)(await app.As(who).SendsIn(Registers.Csv(["项目名称,投资方,总投资", .. rows]))).Is(202)["id"]!;
        await Runs.Run(id);
        ((string)(await Import(id))["status"]!).ShouldBe("completed");
        var counts = app.Sql(connection => connection.Query<long>("SELECT done FROM watched ORDER BY rowid").ToList());
        counts[^1].ShouldBe(rows.Length);
        counts.Zip(counts.Prepend(0), (after, before) => after - before).ShouldAllBe(taken => taken <= most);

        // What is all or nothing is one transaction, and so can have no more rows.
        var atomic = (string)
            (
                await app.As(who)
                    .SendsIn(Registers.Csv(["项目名称,投资方,总投资", .. rows[..(most + 1)]]), query: "?mode=atomic")
            ).Is(202)["id"]!;
        await Runs.Run(atomic);
        var import = await Import(atomic);
        ((string)import["errorCode"]!).ShouldBe("too-many-rows");
        ((string)import["error"]!).ShouldContain($"{most}");
    }

    [TestCase("nanhu")]
    [TestCase("centre")]
    public async Task All_or_nothing_is_judged_before_anything_is_written(string who)
    {
        if (engine != "sqlite")
            Assert.Ignore("A trigger of SQLite watches.");
        app.Sql(connection =>
            connection.Execute(
                "CREATE TRIGGER watch BEFORE INSERT ON projects BEGIN SELECT RAISE(ABORT, 'a row was written'); END"
            )
        );
        var id = (string)
            (
                await app.As(who)
                    .SendsIn(
                        Registers.Csv(
                            "项目名称,投资方,总投资,国民经济行业代码",
                            "甲园,甲公司,3亿元,3411",
                            ",乙公司,3亿元,3411",
                            "丙园,丙公司,3亿元,3411"
                        ),
                        query: "?mode=atomic"
                    )
            ).Is(202)["id"]!;
        await Runs.Run(id);
        var import = await Import(id);
        ((string)import["status"]!).ShouldBe("completed");
        ((int)import["rowsAccepted"]!).ShouldBe(0);
        var rows = await app.As("auditor").RowsOf(import);
        rows.Select(Registers.CodesOf)
            .Select(codes => (codes.Contains("atomic-rollback"), codes.Contains("name-missing")))
            .ShouldBe([(true, false), (false, true), (true, false)]);
    }
}
