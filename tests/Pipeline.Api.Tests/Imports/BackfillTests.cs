using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>The centre's import (R50, R51, R53, R54).</summary>
public sealed class BackfillTests(string engine) : OnEachEngine(engine)
{
    private long Projects => App.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM projects"));

    [Test]
    public async Task The_demo_register_goes_in_once_and_the_second_time_adds_nothing()
    {
        var centre = App.As("centre");
        var first = await centre.Imports(Registers.Demo);
        ((string)first["status"]!).ShouldBe("completed");
        ((int)first["rowsTotal"]!).ShouldBe(241);
        ((int)first["rowsAccepted"]!).ShouldBe(240);
        ((int)first["rowsRejected"]!).ShouldBe(1);
        // Row 59 tells of the project of row 58 again: one investor, one class, 7.14 against 7 (亿港元).
        ((int)first["duplicates"]!).ShouldBe(1);
        Projects.ShouldBe(239);

        var again = await centre.Imports(Registers.Demo);
        ((int)again["rowsAccepted"]!).ShouldBe(240);
        ((int)again["duplicates"]!).ShouldBe(240);
        Projects.ShouldBe(239);
        (await centre.RowsOf(again)).ShouldAllBe(row => (string)row["action"]! != "create");
    }

    [Test]
    public async Task A_dry_run_shows_everything_and_stores_no_project()
    {
        var import = await App.As("centre").Imports(Registers.Demo, fields: ("dryRun", "true"));
        ((int)import["rowsAccepted"]!).ShouldBe(240);
        ((string)import["matching"]!).ShouldBe("run");
        Projects.ShouldBe(0);
        (await App.As("centre").RowsOf(import)).ShouldAllBe(row => row["projectId"] == null);
    }

    [Test]
    public async Task A_backfilled_project_has_its_stage_and_dates_and_says_where_it_came_from()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(
            Registers.Csv(
                "项目名称,投资方,国别地区,总投资,落户地,阶段,首报日期,签约日期,注册日期,开工日期,备注",
                "电池工厂,甲电池有限公司,德国,约30亿元,嘉善县姚庄镇,开工,2025-01-02,2025-03-01,2025-02-20,2025-06-01,原文备注"
            )
        );
        var row = (await centre.RowsOf(import)).Single();
        Registers.CodesOf(row).ShouldBe(["approximate", "registered-before-signed"]);
        var project = (await centre.Get($"projects/{row["projectId"]}")).Is(200);
        ((string)project["stage"]!).ShouldBe("started");
        ((string)project["owner"]["name"]!).ShouldBe("嘉善县");
        ((string)project["stageDates"]["signed"]!).ShouldBe("2025-03-01");
        ((string)project["stageDates"]["registered"]!).ShouldBe("2025-02-20");
        ((decimal)project["totalInvestment"]["amount"]!).ShouldBe(3_000_000_000m);
        project["flags"]
            .AsArray()
            .Select(flag => (string)flag!)
            .ShouldBe(["backfilled", "registered-before-signed"], ignoreOrder: true);
        ((bool)project["provincialZone"]!).ShouldBeTrue();
        ((string)project["landingPlace"]["text"]!).ShouldBe("嘉善县姚庄镇");
        var entry = (await centre.Get($"projects/{row["projectId"]}/timeline"))["items"].AsArray().Single()!;
        ((string)entry["kind"]!).ShouldBe("imported");
        ((string)entry["note"]!).ShouldBe("原文备注");
    }

    [Test]
    public async Task A_large_project_in_talks_is_taken_without_a_claim()
    {
        var import = await App.As("centre")
            .Imports(Registers.Csv("项目名称,总投资,落户地,阶段", "大项目,50亿元,平湖市,在谈"));
        var row = (await App.As("centre").RowsOf(import)).Single();
        var project = (await App.As("centre").Get($"projects/{row["projectId"]}")).Is(200);
        ((bool)project["reportRequired"]!).ShouldBeFalse();
        project.Body!["claim"].ShouldBeNull();
        // It is Pinghu's own, which can claim it (R14).
        (await App.As("pinghu").Get($"projects/{row["projectId"]}")).Is(200);
    }

    [Test]
    public async Task An_unknown_place_belongs_to_the_centre_and_an_empty_stage_is_in_talks()
    {
        var import = await App.As("centre").Imports(Registers.Csv("项目名称,落户地,阶段", "无处项目,嘉兴市,"));
        var row = (await App.As("centre").RowsOf(import)).Single();
        Registers.CodesOf(row).ShouldBe(["owner-unknown", "stage-unknown"]);
        var project = (await App.As("centre").Get($"projects/{row["projectId"]}")).Is(200);
        ((string)project["owner"]["id"]!).ShouldBe(App.As("centre").UnitId);
        ((string)project["stage"]!).ShouldBe("in-talks");
        project["flags"]
            .AsArray()
            .Select(flag => (string)flag!)
            .ShouldBe(["backfilled", "owner-unknown", "stage-unknown"], ignoreOrder: true);
    }

    [Test]
    public async Task A_changed_row_is_proposed_and_nothing_is_applied()
    {
        var centre = App.As("centre");
        const string header = "序号,项目名称,总投资,落户地,阶段";
        var first = (
            await centre.RowsOf(
                await centre.Imports(Registers.Csv(header, "1,甲厂,3亿元,平湖市,签约", "2,乙厂,3亿元,平湖市,签约"))
            )
        ).First();
        var changed = await centre.Imports(
            Registers.Csv(header, "7,乙厂,3亿元,平湖市,签约", "8,甲厂,4亿元,平湖市,开工")
        );
        var rows = await centre.RowsOf(changed);
        ((string)rows[0]["action"]!).ShouldBe("none");
        ((string)rows[1]["action"]!).ShouldBe("update-proposed");
        ((string)rows[1]["projectId"]!).ShouldBe((string)first["projectId"]!);
        rows[1]["changes"]!
            .AsObject()
            .Select(change => change.Key)
            .ShouldBe(["totalInvestment", "stage"], ignoreOrder: true);
        ((decimal)rows[1]["changes"]!["totalInvestment"]!["to"]!["amount"]!).ShouldBe(400_000_000m);
        ((decimal)(await centre.Get($"projects/{first["projectId"]}"))["totalInvestment"]["amount"]!).ShouldBe(
            300_000_000m
        );
        Projects.ShouldBe(2);
    }

    [Test]
    public async Task Rows_match_each_other_and_the_library_with_level_and_reasons()
    {
        var centre = App.As("centre");
        const string header = "项目名称,投资方,国别,总投资,行业代码,落户地,阶段";
        await centre.Imports(Registers.Csv(header, "动力电池项目,浙江冠宇电池有限公司,中国,9亿元,3841,海盐县,开工"));
        var import = await centre.Imports(
            Registers.Csv(
                header,
                "储能电芯基地,浙江冠宇电池有限公司,中国,40亿元,3841,海盐县,开工",
                "储能电芯基地二厂,浙江冠宇电池有限公司,中国,41亿元,3841,海宁市,签约"
            )
        );
        var rows = await centre.RowsOf(import);
        ((string)rows[0]["action"]!).ShouldBe("create");
        Registers.CodesOf(rows[0]).ShouldBe(["possible-duplicate"]);
        var match = rows[0]["matches"]!.AsArray().Single()!;
        ((string)match["level"]!).ShouldBe("l2");
        ((string)match["projectName"]!).ShouldBe("动力电池项目");
        match["reasons"]!.AsArray().Select(reason => (string)reason!).ShouldBe(["same-investor"]);
        // 40 and 41 (亿元), one investor and class: the same project, in whatever county.
        ((string)rows[1]["action"]!).ShouldBe("update-proposed");
        ((string)rows[1]["projectId"]!).ShouldBe((string)rows[0]["projectId"]!);
        ((int)rows[1]["matches"]![0]!["rowNumber"]!).ShouldBe(2);
    }

    [Test]
    public async Task All_or_nothing_stores_nothing_when_one_row_is_refused_and_all_when_none_is()
    {
        var centre = App.As("centre");
        var refused = await centre.Imports(
            Registers.Csv("项目名称,落户地,阶段", "甲厂,平湖市,签约", ",平湖市,签约"),
            fields: ("mode", "atomic")
        );
        ((int)refused["rowsAccepted"]!).ShouldBe(0);
        ((int)refused["rowsRejected"]!).ShouldBe(2);
        (await centre.RowsOf(refused))
            .Select(row => Registers.CodesOf(row).Last())
            .ShouldBe(["atomic-rollback", "name-missing"]);
        Projects.ShouldBe(0);
        var taken = await centre.Imports(
            Registers.Csv("项目名称,落户地,阶段", "甲厂,平湖市,签约", "乙厂,平湖市,签约"),
            query: "?mode=atomic"
        );
        ((int)taken["rowsAccepted"]!).ShouldBe(2);
        Projects.ShouldBe(2);
    }

    [Test]
    public async Task Two_processes_do_not_run_one_import_twice()
    {
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        var posted = (await App.As("centre").SendsIn(Registers.Demo)).Is(202);
        var id = (string)posted["id"]!;
        await Task.WhenAll(
            other.Services.GetRequiredService<RunImport>().Run(id),
            App.Services.GetRequiredService<RunImport>().Run(id),
            other.Services.GetRequiredService<RunImport>().Run(id)
        );
        var import = await App.As("centre").AwaitsImport(id);
        ((int)import["rowsDone"]!).ShouldBe(241);
        Projects.ShouldBe(239);
        App.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM import_rows")).ShouldBe(241);
    }

    [Test]
    public async Task An_import_that_a_process_left_goes_on_where_it_stopped()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(
            Registers.Csv("项目名称,落户地,阶段", "甲厂,平湖市,签约", "乙厂,平湖市,签约", "丙厂,平湖市,签约")
        );
        var id = (string)import["id"]!;
        // As a process leaves it that dies after the second row: the row, its project and the count were one transaction.
        App.Sql(connection =>
        {
            connection.Execute("DELETE FROM projects WHERE name = '丙厂'");
            connection.Execute("DELETE FROM import_rows WHERE import_id = @id AND row_number = 4", new { id });
            return connection.Execute(
                "UPDATE imports SET status = 'running', lease = 'gone', leased_until = @past, rows_done = 2, rows_accepted = 2 WHERE id = @id",
                new { id, past = App.Time.GetUtcNow().AddMinutes(-5) }
            );
        });
        await App.Services.GetRequiredService<RunImport>().Next();
        import = await centre.AwaitsImport(id);
        ((int)import["rowsDone"]!).ShouldBe(3);
        ((int)import["rowsAccepted"]!).ShouldBe(3);
        Projects.ShouldBe(3);
    }

    [Test]
    public async Task An_import_that_is_told_to_stop_waits_for_the_next_process()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(Registers.Csv("项目名称,落户地,阶段", "甲厂,平湖市,签约"));
        var id = (string)import["id"]!;
        App.Sql(connection => connection.Execute("UPDATE imports SET status = 'queued' WHERE id = @id", new { id }));
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        var stopped = App.Services.GetRequiredService<RunImport>().Run(id, stopping.Token);
        await Should.ThrowAsync<OperationCanceledException>(stopped);
        App.Sql(connection => connection.ExecuteScalar<string>("SELECT status FROM imports WHERE id = @id", new { id }))
            .ShouldBe("queued");
    }

    [Test]
    public async Task A_disabled_account_takes_nothing_in()
    {
        var posted = (await App.As("centre").SendsIn(Registers.Csv("项目名称", "甲厂"))).Is(202);
        var id = (string)posted["id"]!;
        await App.As("centre").AwaitsImport(id);
        App.Sql(connection =>
        {
            connection.Execute("UPDATE users SET active = 0 WHERE username = 'centre'");
            connection.Execute("DELETE FROM import_rows WHERE import_id = @id", new { id });
            return connection.Execute("UPDATE imports SET status = 'queued' WHERE id = @id", new { id });
        });
        await App.Services.GetRequiredService<RunImport>().Next();
        var import = await App.As("centre2").AwaitsImport(id);
        ((string)import["status"]!).ShouldBe("failed");
        ((string)import["errorCode"]!).ShouldBe("importer-gone");
    }
}
