using System.Globalization;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Sheets of land (R132), nodes of chains (R133), events (R134) and needs of financing (R135): each row is accounted for (R50), and what was exported comes back unchanged (R53).</summary>
public sealed class ResourceSheetTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    private static string[] Outcomes(Answer import) =>
        [.. import["rows"].AsArray().Select(row => (string)row!["outcome"]!)];

    private static string[] Codes(Answer import, int row) =>
        [.. import["rows"][row]!["issues"]!.AsArray().Select(issue => (string)issue!["code"]!)];

    /// <summary>What becomes of each row of an export that is sent back: its outcome, or what is wrong with it.</summary>
    private static async Task<string[]> SentBack(Actor by, string kind, string path)
    {
        var import = (await by.SendsSheet(kind, await by.Downloads($"exports/{path}"))).Is(201);
        return
        [
            .. Outcomes(import).Select((outcome, row) => string.Join(' ', Codes(import, row).DefaultIfEmpty(outcome))),
        ];
    }

    [Test]
    public async Task Land_is_taken_in_by_square_metres_or_mu_and_comes_back_unchanged()
    {
        var sheet = Registers.Csv(
            "地块位置,园区级别,面积（平方米）,面积（亩）,净地,用途,准入行业,投资强度（万元/亩）,可供时间,状态",
            "科技城3-12地块,省级平台,68507.52,,是,工业,38、39,400,2026-09-01,供出",
            "科技城3-13地块,,,100,否,,,,,", // 100 mu × 2000 ÷ 3 = 66 666.67 m²
            "科技城3-14地块,,1000,20,,,,,,", // 1 000 m² are 1.5 mu
            "科技城 3-12 地块,,1,,,,,,,", // the first again
            ",,5,,,,,,,",
            "科技城3-15地块,,很大,,也许,,3,,,"
        );
        var trial = (await Nanhu.SendsSheet("parcels", sheet, query: "&dryRun=true")).Is(200);
        var import = (await Nanhu.SendsSheet("parcels", sheet)).Is(201);
        Outcomes(import).ShouldBe(["accepted", "accepted", "rejected", "rejected", "rejected", "rejected"]);
        Outcomes(trial).ShouldBe(Outcomes(import));
        Codes(import, 2).ShouldBe(["area-differs"]);
        Codes(import, 3).ShouldBe(["record-differs"]);
        Codes(trial, 3).ShouldBe(["row-repeated"]);
        Codes(import, 4).ShouldBe(["required"]);
        Codes(import, 5).ShouldBe(["number", "yes-or-no"], ignoreOrder: true);

        var first = (await Nanhu.Get($"parcels/{import["rows"][0]!["recordId"]}")).Is(200);
        (
            (string)first["status"]!,
            (decimal)first["areaM2"]!,
            (decimal)first["minIntensity"]!["amount"]!,
            (bool)first["cleared"]!,
            (string)first["from"]!
        ).ShouldBe(("offered", 68507.52m, 4_000_000m, true, "2026-09-01"));
        ((decimal)(await Nanhu.Get($"parcels/{import["rows"][1]!["recordId"]}")).Is(200)["areaM2"]!).ShouldBe(
            66666.67m
        );
        (await SentBack(Nanhu, "parcels", "parcels.xlsx")).ShouldBe(["unchanged", "unchanged"]);
        (await SentBack(Nanhu, "parcels", "parcels.csv?headers=keys")).ShouldBe(["unchanged", "unchanged"]);
        (await Violations()).ShouldBeEmpty();

        // The centre says whose it is; a unit's sheet cannot enter another's.
        Codes((await Centre.SendsSheet("parcels", Registers.Csv("地块位置,面积（亩）", "北侧,10"))).Is(201), 0)
            .ShouldBe(["required"]);
        Codes(
                (await Nanhu.SendsSheet("parcels", Registers.Csv("单位,地块位置,面积（亩）", "平湖市,北侧,10"))).Is(
                    201
                ),
                0
            )
            .ShouldBe(["own-unit"]);
        (await App.As("leader").SendsSheet("parcels", sheet)).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task Nodes_are_put_at_the_end_of_their_chain_by_who_tends_it()
    {
        var chain = (string)(await Centre.Post("chains", new { name = "新能源" })).Is(201)["id"]!;
        var sheet = Registers.Csv(
            "产业链,位置,环节,强弱,行业",
            "新能源,上游,硅料,弱链,3031",
            "新能源,中游,电池片,strong,3825、3829",
            "新能源,中游,电池片,缺链,",
            "氢能,上游,制氢,强链,",
            "新能源,旁边,支架,强链,x"
        );
        var import = (await Centre.SendsSheet("chain-nodes", sheet)).Is(201);
        Outcomes(import).ShouldBe(["accepted", "accepted", "rejected", "rejected", "rejected"]);
        Enumerable
            .Range(2, 3)
            .Select(row => string.Join(' ', Codes(import, row)))
            .ShouldBe(["record-differs", "chain-not-yours", "choice"]);
        var nodes = (await Centre.Get($"chains/{chain}/nodes")).Is(200);
        nodes["items"].AsArray().Select(node => (string)node!["name"]!).ShouldBe(["硅料", "电池片"]);
        ((long)nodes["version"]!).ShouldBe(2); // one change of the chain, however many nodes
        nodes["items"]![1]!["industryClasses"]!.AsArray().Select(code => (string)code!).ShouldBe(["3825", "3829"]);
        (await SentBack(Centre, "chain-nodes", "chain-nodes.xlsx")).ShouldBe(["unchanged", "unchanged"]);
        Exports.Files.ReadCsv(await Nanhu.Downloads($"exports/chain-nodes.csv?chainId={chain}")).Count.ShouldBe(2);
        (await Nanhu.SendsSheet("chain-nodes", sheet)).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task Events_are_taken_in_and_come_back_unchanged()
    {
        var sheet = Registers.Csv(
            "类别,活动,开始日期,结束日期,地点,参加单位,科技活动",
            "路演,秋季项目路演,2026-10-12,,上海,甲公司、乙基金,是",
            "路演,秋季项目路演,2026-10-12,2026-10-13,,,否",
            "promotion,深圳推介会,2026-11-01,2026-10-30,,,",
            "talks,对接会,2026-11-02,,,,"
        );
        var import = (await Nanhu.SendsSheet("events", sheet)).Is(201);
        Outcomes(import).ShouldBe(["accepted", "rejected", "rejected", "accepted"]);
        (Codes(import, 1).Single(), Codes(import, 2).Single()).ShouldBe(("record-differs", "before-start"));
        var held = (await Nanhu.Get($"events/{import["rows"][0]!["recordId"]}")).Is(200);
        held["participants"]!.AsArray().Select(who => (string)who!).ShouldBe(["甲公司", "乙基金"]);
        ((bool)held["technology"]!).ShouldBeTrue();
        (await SentBack(Nanhu, "events", "events.csv?kind=road-show")).ShouldBe(["unchanged"]);
        (await SentBack(Nanhu, "events", "events.xlsx")).ShouldBe(["unchanged", "unchanged"]);

        // Without a unit the centre holds it itself.
        var own = (
            await Centre.SendsSheet("events", Registers.Csv("类别,活动,开始日期", "大赛,创业大赛,2026-10-20"))
        ).Is(201);
        (await Centre.Get($"events/{own["rows"][0]!["recordId"]}")).Is(200).Body!["organiser"].ShouldBeNull();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Needs_name_a_project_of_ones_own_or_an_enterprise()
    {
        var project = (string)(await Nanhu.Reports(Given.Another(1))).Is(201)["projectId"]!;
        var code = (string)(await Nanhu.Get($"projects/{project}")).Is(200)["code"]!;
        var theirs = (string)(await App.As("pinghu").Reports(Given.Another(2))).Is(201)["projectId"]!;
        var hidden = (string)(await App.As("pinghu").Get($"projects/{theirs}")).Is(200)["code"]!;
        var sheet = Registers.Csv(
            "项目编号,企业,融资方式,融资金额（万元）,融资阶段,有效期至",
            $"{code},,股权,3000,成长期,2026-12-31",
            ",微澜传感科技有限公司,贷款,500,,",
            $"{code},微澜传感科技有限公司,贷款,500,,",
            $"{hidden},,股权,100,,",
            "2026-000000,,股权,100,,",
            ",微澜传感科技有限公司,贷款,约500,,"
        );
        var import = (await Nanhu.SendsSheet("financing-needs", sheet)).Is(201);
        Outcomes(import).ShouldBe(["accepted", "accepted", "rejected", "rejected", "rejected", "rejected"]);
        Enumerable
            .Range(2, 4)
            .Select(row => string.Join(' ', Codes(import, row)))
            .ShouldBe(["project-or-enterprise", "project-unknown", "project-unknown", "approximate"]);

        // Another's project and none at all cannot be told apart (R20).
        import["rows"][3]!["issues"]!.ToJsonString().ShouldBe(import["rows"][4]!["issues"]!.ToJsonString());
        var need = (await Nanhu.Get($"financing-needs/{import["rows"][0]!["recordId"]}")).Is(200);
        ((decimal)need["amount"]!["amount"]!).ToString(CultureInfo.InvariantCulture).ShouldBe("30000000");
        (await SentBack(Nanhu, "financing-needs", "financing-needs.xlsx")).ShouldBe(["unchanged", "unchanged"]);
        (await Violations()).ShouldBeEmpty();
    }
}
