using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>What becomes of a unit's row never depends on what others have (R52, R20): the same registers, sent in where rivals hold what they match and where there are none.</summary>
public sealed partial class UnitImportSecrecyTests(string engine) : OnEachEngine(engine)
{
    private const string Header =
        "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,签约日期,接洽方式,接洽日期,接洽说明";

    private const string Hydrogen = "上海远景氢动力装备有限公司",
        Satellite = "北京天梯卫星技术有限公司",
        Vaccine = "杭州百令疫苗有限公司",
        Battery = "宁波极光电池有限公司";

    /// <summary>Registers, and whether a row of them is wrong by itself.</summary>
    private static readonly (string Name, string[] Rows)[] Files =
    [
        ("signed", [$"氢能装备制造基地,{Hydrogen},中国,30,3411,南湖区,签约,2026-03-01,,,"]),
        (
            "every stage",
            [
                $"氢能基地一,{Hydrogen},中国,30,3411,,签约,2026-03-01,,,",
                $"卫星工厂,{Satellite},中国,60,3742,,注册,2026-03-01,,,",
                $"疫苗中试线,{Vaccine},中国,20,2760,,开工,2026-03-01,,,",
                $"电池工厂,{Battery},中国,40,3841,,投产,2026-03-01,,,",
                $"小氢能,{Hydrogen},中国,3,3411,,在谈,,,,",
            ]
        ),
        (
            "a guess for each amount",
            [
                .. Enumerable
                    .Range(1, 12)
                    .Select(n => $"猜测{(char)('甲' + n)}项,{Satellite},中国,{n * 10},3742,,签约,2026-03-01,,,"),
            ]
        ),
        (
            "reported, twice in one file and once more with other words",
            [
                $"氢能装备制造基地,{Hydrogen},中国,30,3411,,在谈,,来访,2026-04-20,来访",
                $"氢能装备制造基地,{Hydrogen},中国,30,3411,,在谈,,来访,2026-04-20,来访",
                $"氢能装备制造基地,{Hydrogen},中国,31,3411,,在谈,,来访,2026-04-20,来访",
            ]
        ),
        (
            "like a rival's without being like each other",
            [
                $"甲一工程,{Battery},中国,40,3841,,在谈,,来访,2026-04-20,来访",
                $"丙三大厦,{Battery},中国,90,3841,,在谈,,来访,2026-04-20,来访",
                $"电池超级工厂,{Battery},中国,41,3841,,在谈,,来访,2026-04-20,来访",
            ]
        ),
    ];

    private const string Wrong = "缺的,,,,,,在谈,,,,";

    public static IEnumerable<TestCaseData> Cases =>
        from file in Files
        from mode in new[] { "rowwise", "atomic", "dryRun" }
        from wrong in new[] { false, true }
        select new TestCaseData(file.Name, mode, wrong);

    [TestCaseSource(nameof(Cases))]
    public async Task The_rows_of_a_unit_come_out_the_same_whatever_rivals_have(string file, string mode, bool wrong)
    {
        using var alone = new PipelineApp(Engine);
        string[] rows = [.. Files.Single(known => known.Name == file).Rows, .. wrong ? [Wrong] : Array.Empty<string>()];
        await Rivals(App);
        Same(await Told(App, rows, mode), await Told(alone, rows, mode), "at first");

        // Sent in once more, and once more changed a little.
        Same(await Told(App, rows, mode), await Told(alone, rows, mode), "the same again");
        Same(await Told(App, rows, "dryRun"), await Told(alone, rows, "dryRun"), "tried once more");
        string[] changed = [.. rows.Select(row => row.Replace(",中国,", ",美国,"))];
        Same(await Told(App, changed, "dryRun"), await Told(alone, changed, "dryRun"), "tried with a change");
        Same(await Told(App, changed, mode), await Told(alone, changed, mode), "changed");
    }

    [Test]
    public async Task A_later_stage_that_matches_a_rivals_claim_is_for_the_centre_to_see_and_to_verify()
    {
        await Rivals(App);
        var xiuzhou = App.As("xiuzhou");
        var row = (
            await xiuzhou.RowsOf(
                await xiuzhou.Imports(
                    Registers.Csv(Header, $"氢能装备制造基地,{Hydrogen},中国,30,3411,,签约,2026-03-01,,,")
                )
            )
        ).Single();
        ((string)row["outcome"]!, (string)row["action"]!).ShouldBe(("accepted", "create"));
        var id = (string)row["projectId"]!;
        (await xiuzhou.Get($"projects/{id}")).Is(200)["flags"].AsArray().ShouldBeEmpty();
        var pending = (await xiuzhou.Get($"moves?projectId={id}")).Is(200)["items"].AsArray().Single()!;
        ((string)pending["status"]!).ShouldBe("pending");
        pending["flags"]!.AsArray().Select(flag => (string)flag!).ShouldNotContain("under-centre-review");

        var centre = App.As("centre");
        Texts((await centre.Get($"projects/{id}")).Is(200)["flags"]).ShouldContain("under-centre-review");
        var seen = (await centre.Get($"moves?projectId={id}")).Is(200)["items"].AsArray().Single()!;
        Texts(seen["flags"]!).ShouldContain("under-centre-review");
        var match = (await centre.Get($"projects/{id}/matches")).Is(200)["items"].AsArray().First()!;
        ((string)match["level"]!, (string)match["jurisdiction"]!["id"]!).ShouldBe(("l1", App.As("nanhu").UnitId));
        (await centre.Get("notices"))
            .Is(200)["items"]
            .AsArray()
            .Count(notice => (string)notice!["kind"]! == "review-waiting" && (string?)notice["projectId"] == id)
            .ShouldBe(1);
        (await centre.Post($"moves/{pending["id"]}/verify")).Is(200);
        ((string)(await xiuzhou.Get($"projects/{id}"))["stage"]!).ShouldBe("signed");
    }

    [Test]
    public async Task A_report_in_a_register_that_would_be_refused_because_of_others_is_for_the_centre_to_decide()
    {
        // Of another unit, and signed: a report over HTTP is refused (R14), a row is not (R52).
        var reported = (await App.As("nanhu").Reports(Project("电池超级工厂", Battery, 40, "3841"))).Is(201);
        var move = (
            await App.As("nanhu").Submits((string)reported["projectId"]!, Given.Signing("2026-05-04", 4_000_000_000m))
        ).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        var xiuzhou = App.As("xiuzhou");
        (await xiuzhou.Reports(Project("电池超级工厂", Battery, 40, "3841"))).IsProblem(409, "project-already-signed");
        var row = (
            await xiuzhou.RowsOf(
                await xiuzhou.Imports(
                    Registers.Csv(Header, $"电池超级工厂,{Battery},中国,40,3841,,在谈,,来访,2026-04-20,来访"),
                    query: "?mode=atomic"
                )
            )
        ).Single();
        ((string)row["outcome"]!).ShouldBe("accepted");
        var claim = (await xiuzhou.Get($"claims/{row["claimId"]}")).Is(200);
        ((string)claim["status"]!).ShouldBe("under-review");
        (
            await App.As("centre").Act($"claims/{claim["id"]}", "resolve", new { decision = "same", reason = "已签约" })
        ).Is(200);
        ((string)(await xiuzhou.Get($"claims/{claim["id"]}"))["status"]!).ShouldBe("rejected");
    }

    [Test]
    public async Task What_an_import_matched_of_others_is_on_the_record_even_when_it_was_undone()
    {
        await Rivals(App);
        foreach (var mode in new[] { "atomic", "rowwise" })
        {
            var import = await App.As("xiuzhou")
                .Imports(
                    Registers.Csv(
                        Header,
                        $"氢能装备制造基地,{Hydrogen},中国,30,3411,,签约,2026-03-01,,,",
                        $"卫星工厂,{Satellite},中国,60,3742,,注册,2026-03-01,,,",
                        $"无人认识的,甲乙丙科技有限公司,中国,3,3841,,在谈,,,,",
                        Wrong
                    ),
                    query: $"?mode={mode}"
                );
            var entry = (await App.As("auditor").Get($"audit?action=import-matched&subjectId={import["id"]}"))
                .Is(200)["items"]
                .AsArray()
                .ShouldHaveSingleItem()!;
            ((string)entry["actor"]!["onBehalfOf"]!).ShouldBe("秀洲区");
            ((int)entry["changes"]!.AsArray().Single()!["after"]!).ShouldBe(2);
        }

        (await App.As("admin").Get("audit?action=import-matched")).Is(200)["items"].AsArray().ShouldBeEmpty();
    }

    /// <summary>nanhu and jiashan hold, openly and in secret, claim, register below the threshold, have signed and have ended what xiuzhou's registers tell of.</summary>
    private static async Task Rivals(PipelineApp app)
    {
        var (nanhu, jiashan) = (app.As("nanhu"), app.As("jiashan"));
        (await nanhu.Reports(Project("氢能装备制造基地", Hydrogen, 30, "3411"))).Is(201);
        var secret = Project("卫星工厂", Satellite, 60, "3742");
        secret["secret"] = true;
        (await nanhu.Reports(secret)).Is(201);
        var reported = (await jiashan.Reports(Project("电池超级工厂", Battery, 40, "3841"))).Is(201);
        var move = (
            await jiashan.Submits((string)reported["projectId"]!, Given.Signing("2026-05-04", 4_000_000_000m))
        ).Is(201);
        (await app.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        (await jiashan.Post("projects", Project("疫苗中试线", Vaccine, 2, "2760"))).Is(201);
    }

    private static Dictionary<string, object?> Project(string name, string investor, int yi, string industry) =>
        Given.Project(name, investor, yi * 100_000_000m, industry: industry);

    /// <summary>All that the unit is told of an import and its rows. That a claim is queued or under review and not active, and then of no project of its own, it may know (R14): its row has no project then.</summary>
    private static async Task<List<string>> Told(PipelineApp app, string[] rows, string mode)
    {
        var xiuzhou = app.As("xiuzhou");
        var import = await xiuzhou.Imports(
            Registers.Csv([Header, .. rows]),
            query: mode == "dryRun" ? "?dryRun=true" : $"?mode={mode}"
        );
        var told = new List<string> { Masked(import.Text) };
        foreach (var row in await xiuzhou.RowsOf(import))
        {
            foreach (var part in row["matches"]!.AsArray().Append(row))
            {
                foreach (var member in new[] { "projectId", "projectName", "projectCode", "claimId" })
                    part!.AsObject().Remove(member);
            }

            told.Add(Masked(row.ToJsonString()));
        }

        return told;
    }

    private static void Same(List<string> with, List<string> alone, string when)
    {
        foreach (var (one, other) in with.Zip(alone).Where(pair => pair.First != pair.Second))
        {
            var at = Math.Max(0, one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count() - 60);
            throw new AssertionException($"{when}:\nwith rivals: …{one[at..]}\nalone:       …{other[at..]}");
        }

        with.Count.ShouldBe(alone.Count, when);
    }

    private static IEnumerable<string> Texts(JsonNode texts) => texts.AsArray().Select(text => (string)text!);

    private static string Masked(string text) => Id().Replace(text, "*");

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();
}
