using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>A unit's import (R52, R20).</summary>
public sealed class UnitImportTests(string engine) : OnEachEngine(engine)
{
    private const string Header =
        "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,签约日期,接洽方式,接洽日期,接洽说明";

    [Test]
    public async Task Small_projects_in_talks_are_registered()
    {
        var nanhu = App.As("nanhu");
        var row = (
            await nanhu.RowsOf(
                await nanhu.Imports(Registers.Csv(Header, "小项目,甲科技有限公司,中国,3,3841,余新镇,在谈,,,,"))
            )
        ).Single();
        Registers.CodesOf(row).ShouldBeEmpty();
        var project = (await nanhu.Get($"projects/{row["projectId"]}")).Is(200);
        ((string)project["owner"]["id"]!).ShouldBe(nanhu.UnitId);
        project.Body!["claim"].ShouldBeNull();
    }

    [Test]
    public async Task Large_ones_are_reported_when_a_contact_is_there_else_refused()
    {
        var nanhu = App.As("nanhu");
        var rows = await nanhu.RowsOf(
            await nanhu.Imports(
                Registers.Csv(
                    Header,
                    "氢能装备制造基地,上海远景氢动力装备有限公司,中国,30,3411,南湖区,在谈,,来访,2026-04-20,总经理来访",
                    "卫星总装工厂,北京天梯卫星技术有限公司,中国,60,3742,南湖区,在谈,,电话,2026-04-20,打过电话",
                    "疫苗中试线,杭州百令疫苗有限公司,中国,20,2761,南湖区,在谈,,,,"
                )
            )
        );
        ((string)rows[0]["outcome"]!).ShouldBe("accepted");
        var claim = (await nanhu.Get($"claims/{rows[0]["claimId"]}")).Is(200);
        ((string)claim["status"]!).ShouldBe("active");
        ((string)claim["projectId"]!).ShouldBe((string)rows[0]["projectId"]!);
        foreach (var refused in rows.Skip(1))
        {
            ((string)refused["outcome"]!).ShouldBe("rejected");
            Registers.CodesOf(refused).ShouldBe(["report-incomplete"]);
        }
    }

    [Test]
    public async Task A_later_stage_is_a_project_in_talks_with_one_move_that_the_centre_verifies()
    {
        var nanhu = App.As("nanhu");
        var row = (
            await nanhu.RowsOf(
                await nanhu.Imports(
                    Registers.Csv(Header, "签约项目,甲科技有限公司,中国,30,3841,南湖区,签约,2026-03-01,,,")
                )
            )
        ).Single();
        var project = (await nanhu.Get($"projects/{row["projectId"]}")).Is(200);
        ((string)project["stage"]!).ShouldBe("in-talks");
        ((string)project["pendingMove"]["to"]!).ShouldBe("signed");
        (await App.As("centre").Post($"moves/{project["pendingMove"]["id"]}/verify")).Is(200);
        project = (await nanhu.Get($"projects/{row["projectId"]}")).Is(200);
        ((string)project["stage"]!).ShouldBe("signed");
        ((string)project["stageDates"]["signed"]!).ShouldBe("2026-03-01");
    }

    [Test]
    public async Task Other_units_rows_and_ended_projects_and_incomplete_ones_are_refused()
    {
        var nanhu = App.As("nanhu");
        var rows = await nanhu.RowsOf(
            await nanhu.Imports(
                Registers.Csv(
                    Header,
                    "别人的,甲科技有限公司,中国,3,3841,平湖市,在谈,,,,",
                    "终止的,乙科技有限公司,中国,3,3841,南湖区,终止,,,,",
                    "缺的,,,,,,在谈,,,,"
                )
            )
        );
        rows.Select(row => string.Join(',', Registers.CodesOf(row)))
            .ShouldBe([
                "other-jurisdiction",
                "stage-not-importable",
                "investor-missing,amount-missing,industry-missing",
            ]);
        rows.ShouldAllBe(row => (string)row["outcome"]! == "rejected");
    }

    [Test]
    public async Task An_import_tells_a_unit_nothing_of_what_others_negotiate()
    {
        const string line = "氢能装备制造基地,上海远景氢动力装备有限公司,中国,30,3411,,在谈,,来访,2026-04-20,来访";
        await App.As("nanhu").Imports(Registers.Csv(Header, line));
        var xiuzhou = App.As("xiuzhou");
        var dry = await xiuzhou.Imports(Registers.Csv(Header, line), fields: ("dryRun", "true"));
        ((string)dry["matching"]!).ShouldBe("not-run");
        var row = (await xiuzhou.RowsOf(dry)).Single();
        ((string)row["action"]!).ShouldBe("create");
        row["matches"]!.AsArray().ShouldBeEmpty();

        row = (await xiuzhou.RowsOf(await xiuzhou.Imports(Registers.Csv(Header, line)))).Single();
        var claim = (await xiuzhou.Get($"claims/{row["claimId"]}")).Is(200);
        ((string)claim["status"]!).ShouldBe("queued");
        row["projectId"].ShouldBeNull();
        row["matches"]!.AsArray().ShouldBeEmpty();
        row.ToJsonString().ShouldNotContain("南湖");
    }

    [Test]
    public async Task The_same_file_twice_adds_no_claim()
    {
        const string line = "氢能装备制造基地,上海远景氢动力装备有限公司,中国,30,3411,,在谈,,来访,2026-04-20,来访";
        var nanhu = App.As("nanhu");
        var first = (await nanhu.RowsOf(await nanhu.Imports(Registers.Csv(Header, line)))).Single();
        var second = (await nanhu.RowsOf(await nanhu.Imports(Registers.Csv(Header, line)))).Single();
        ((string)second["action"]!).ShouldBe("none");
        ((string)second["claimId"]!).ShouldBe((string)first["claimId"]!);
        (await nanhu.Get("claims"))["items"].AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task Its_own_project_that_a_backfill_brought_is_claimed_and_not_doubled()
    {
        const string line =
            "氢能装备制造基地,上海远景氢动力装备有限公司,中国,30,3411,南湖区,在谈,,来访,2026-04-20,来访";
        var backfilled = (
            await App.As("centre").RowsOf(await App.As("centre").Imports(Registers.Csv(Header, line)))
        ).Single();
        var nanhu = App.As("nanhu");
        var row = (await nanhu.RowsOf(await nanhu.Imports(Registers.Csv(Header, line)))).Single();
        ((string)row["projectId"]!).ShouldBe((string)backfilled["projectId"]!);
        ((string)(await nanhu.Get($"claims/{row["claimId"]}")).Is(200)["status"]!).ShouldBe("active");

        var again = (
            await nanhu.RowsOf(await nanhu.Imports(Registers.Csv(Header, line.Replace("30,", "31,"))))
        ).Single();
        ((string)again["action"]!).ShouldBe("update-proposed");
        ((string)again["projectId"]!).ShouldBe((string)backfilled["projectId"]!);
    }

    [Test]
    public async Task A_unit_sees_its_own_imports_only()
    {
        var import = await App.As("nanhu")
            .Imports(Registers.Csv(Header, "小项目,甲科技有限公司,中国,3,3841,,在谈,,,,"));
        (await App.As("xiuzhou").Get($"imports/{import["id"]}")).IsProblem(404, "not-found");
        (await App.As("xiuzhou").Get($"imports/{import["id"]}/rows")).IsProblem(404, "not-found");
        (await App.As("xiuzhou").Get($"imports/{import["id"]}/corrections.xlsx")).IsProblem(404, "not-found");
        (await App.As("xiuzhou").Get("imports"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("centre").Get($"imports/{import["id"]}")).Is(200);
        (await App.As("auditor").Get($"imports/{import["id"]}/rows")).Is(200);
        (await App.As("leader").Get("imports")).IsProblem(403, "forbidden");
    }
}
