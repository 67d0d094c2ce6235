using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>One firm under two names is reviewed, never active twice (R13); what the centre knows of names is used.</summary>
public sealed class SpellingTests(string engine) : OnEachEngine(engine)
{
    [TestCase("瑞泰(浙江)精密制造有限公司", "浙江瑞泰精密制造有限公司", "under-review")]
    [TestCase("華碩電腦股份有限公司", "华硕电脑股份有限公司", "under-review")]
    [TestCase("臺灣聯發科技電子股份有限公司", "台湾联发科技电子股份有限公司", "under-review")]
    [TestCase("中瑞新材集团有限公司", "中瑞新材(嘉兴)有限公司", "under-review")]
    [TestCase("杭州海润软件股份有限公司", "海润软件", "under-review")]
    [TestCase("恒力泰半导体有限公司", "恒立泰半导体有限公司", "under-review")]
    [TestCase("Northwind Optics (诺丰光学)", "诺丰光学有限公司", "under-review")]
    [TestCase("浙江华昌储能有限公司", "浙江华昌储能有限责任公司", "queued")]
    [TestCase("瑞丰（上海）精密制造有限公司", "瑞丰(上海)精密制造有限公司", "queued")]
    [TestCase("嘉兴好牛食品有限公司", "嘉兴一鸣食品有限公司", "active")]
    public async Task A_second_report_of_one_firm_written_otherwise_is_never_active_too(
        string a,
        string b,
        string status
    )
    {
        var first = await App.As("nanhu").Reports(Project("晶圆项目", a, 1_500_000_000m));
        ((string)first.Is(201)["status"]!).ShouldBe("active");
        var second = await App.As("jiashan").Reports(Project("南部工厂", b, 1_530_000_000m));
        ((string)second.Is(201)["status"]!).ShouldBe(status);
    }

    [Test]
    public async Task An_alias_that_the_centre_keeps_leads_to_review_until_it_is_taken_away()
    {
        const string Latin = "Robert Muster GmbH",
            Chinese = "罗伯特穆斯特(中国)投资有限公司";
        var kept = (await App.As("centre").Post("firm-aliases", new { name = Latin, otherName = Chinese })).Is(201);
        ((string)kept["source"]!).ShouldBe("kept");
        (await App.As("centre").Post("firm-aliases", new { name = Chinese, otherName = Latin })).IsProblem(
            409,
            "alias-known"
        );
        (await App.As("centre").Post("firm-aliases", new { name = Latin, otherName = "ROBERT MUSTER" }))
            .IsProblem(400, "validation-failed")
            .Codes("otherName")
            .ShouldBe(["same-name"]);
        (await App.As("centre").Post("firm-aliases", new { name = Latin, otherName = "某企业" }))
            .IsProblem(400, "validation-failed")
            .Codes("otherName")
            .ShouldBe(["investor-generic"]);
        foreach (var who in new[] { "nanhu", "leader", "auditor", "admin" })
            (await App.As(who).Get("firm-aliases")).IsProblem(403, "forbidden");

        await App.As("nanhu").Reports(Project("晶圆项目", Latin, 1_500_000_000m));
        var second = (await App.As("jiashan").Reports(Project("南部工厂", Chinese, 1_530_000_000m))).Is(201);
        ((string)second["status"]!).ShouldBe("under-review");
        var candidate = (await App.As("centre").Get($"claims/{second["id"]}/candidates"))["items"]
            .AsArray()
            .ShouldHaveSingleItem()!;
        candidate["reasons"]!.AsArray().Select(reason => (string)reason!).ShouldBe(["alias"]);

        (await App.As("centre").Send(HttpMethod.Delete, $"firm-aliases/{kept["id"]}", null, ("If-Match", "*"))).Is(204);
        (await App.As("centre").Get("firm-aliases"))["items"].AsArray().ShouldBeEmpty();
        var third = await App.As("haiyan").Reports(Project("北方车间", "罗伯特穆斯特投资有限公司", 3_000_000_000m));
        var reasons = (await App.As("centre").Get($"claims/{third["id"]}/candidates"))["items"].AsArray();
        reasons
            .SelectMany(item => item!["reasons"]!.AsArray().Select(reason => (string)reason!))
            .ShouldNotContain("alias");
    }

    [Test]
    public async Task What_the_centre_decides_to_be_one_is_kept_as_an_alias()
    {
        await App.As("nanhu").Reports(Project("高性能晶圆制造工厂", "Robert Muster GmbH", 1_500_000_000m));
        var second = await App.As("jiashan")
            .Reports(Project("高性能晶圆制造车间", "罗伯特穆斯特投资有限公司", 1_530_000_000m));
        ((string)second["status"]!).ShouldBe("under-review"); // the names of the projects are similar (L3)
        (
            await App.As("centre").Act($"claims/{second["id"]}", "resolve", new { decision = "same", reason = "同一" })
        ).Is(200);
        var alias = (await App.As("centre").Get("firm-aliases"))["items"].AsArray().ShouldHaveSingleItem()!;
        ((string)alias["source"]!).ShouldBe("decision");
        ((string)alias["claimId"]!).ShouldBe((string)second["id"]!);
        ((string)alias["name"]!).ShouldBe("罗伯特穆斯特投资有限公司");
        ((string)alias["otherName"]!).ShouldBe("Robert Muster GmbH");
        (await App.As("auditor").Get("audit?action=firm-alias-kept"))["items"].AsArray().Count.ShouldBe(1);

        var third = await App.As("haiyan")
            .Reports(Project("冷链园", "罗伯特穆斯特投资(浙江)有限公司", 3_000_000_000m, "5960"));
        ((string)third["status"]!).ShouldBe("under-review");
    }

    [Test]
    public async Task Pairs_decided_distinct_do_not_come_back()
    {
        var first = await App.As("nanhu").Reports(Project("晶圆项目", "恒力泰半导体有限公司", 1_500_000_000m));
        var second = await App.As("jiashan").Reports(Project("南部工厂", "恒立泰半导体有限公司", 3_000_000_000m));
        ((string)second["status"]!).ShouldBe("under-review");
        var resolved = (
            await App.As("centre")
                .Act($"claims/{second["id"]}", "resolve", new { decision = "distinct", reason = "两家企业" })
        ).Is(200);
        ((string)resolved["status"]!).ShouldBe("active");

        // An edit of either is matched again (R10a), and neither finds the other any more.
        foreach (var (who, id) in new[] { ("jiashan", resolved["projectId"]), ("nanhu", first["projectId"]) })
        {
            (await App.As(who).Patch($"projects/{id}", new { name = $"{who}车间" }, "*")).Is(200);
            (await App.As("centre").Get($"projects/{id}/matches")).Is(200)["items"].AsArray().ShouldBeEmpty();
        }

        // Nor does a report of the one for certain find the other.
        (await App.As("jiashan").Act($"claims/{second["id"]}", "release", new { reason = "暂缓" })).Is(200);
        var again = await App.As("haiyan").Reports(Project("jiashan车间", "恒立泰半导体有限公司", 3_000_000_000m));
        again.Is(201);
        (await App.As("centre").Get($"claims/{again["id"]}/candidates"))["items"]
            .AsArray()
            .Select(item => (string)item!["id"]!)
            .ShouldBe([(string)resolved["projectId"]!]);
    }

    [Test]
    public async Task Projects_from_before_are_made_findable_by_other_spellings_after_a_stop_too()
    {
        foreach (var number in Enumerable.Range(1, 60))
            (
                await App.As("nanhu")
                    .Post("projects", Project($"轴承{number}", $"{number}号公司", 10_000_000m + (number * 2_000_000m)))
            ).Is(201);
        (await App.As("nanhu").Post("projects", Project("园区甲", "綠洲機械股份有限公司", 400_000_000m))).Is(201);
        (await App.As("nanhu").Post("projects", Project("綠能電池", "華碩電腦股份有限公司", 500_000_000m))).Is(201);
        (
            await App.As("nanhu")
                .Post("projects", Given.Project("年产10万吨硅基气凝胶毡项目", "甲乙公司", 90_000_000m, "USD"))
        ).Is(201);
        App.Sql(connection =>
        {
            connection.Execute("DELETE FROM investor_spellings");
            connection.Execute("DELETE FROM project_spellings");
            connection.Execute(
                "INSERT INTO settings (name, value) SELECT 'spellings-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM projects"
            );
            return 0;
        });
        (await Matches("jiashan", "绿洲机械", "南部工厂")).ShouldBe("active");

        // It goes on after a stop: what was done is done again without harm.
        await App.Services.GetRequiredService<IndexSpellings>().Run();
        App.Sql(connection => connection.Execute("UPDATE settings SET value = '40' WHERE name = 'spellings-below'"));
        await App.Services.GetRequiredService<IndexSpellings>().Run();
        (await Matches("haiyan", "华硕电脑股份公司", "冷链园")).ShouldBe("under-review");
        (await Matches("pinghu", "湛新树脂", "硅基气凝胶毡生产线")).ShouldBe("under-review");
        (await App.As("nanhu").Get($"projects?q={Uri.EscapeDataString("绿能")}"))["items"].AsArray().Count.ShouldBe(1);
    }

    private async Task<string> Matches(string unit, string investor, string name, decimal amount = 4_000_000_000m)
    {
        var claim = await App.As(unit).Reports(Project(name, investor, amount));
        return (string)claim.Is(201)["status"]!;
    }

    private static Dictionary<string, object?> Project(
        string name,
        string investor,
        decimal amount,
        string industry = "3841"
    ) => Given.Project(name, investor, amount, industry: industry);
}
