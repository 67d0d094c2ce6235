using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Figures;

/// <summary>Figures, what they are made of, and league tables (R100–R103, R110, R116).</summary>
public sealed class FigureApiTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Leader => App.As("leader");

    private async Task<string> Signed(Actor unit, int number, bool secret = false)
    {
        var body = Given.Another(number);
        if (secret)
            body["secret"] = true;
        var project = (string)(await unit.Reports(body)).Is(201)["projectId"]!;
        var move = (await unit.Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    private async Task Targets(string indicator, params (string Unit, decimal Value)[] targets)
    {
        foreach (var (unit, value) in targets)
            (await Centre.Put($"targets/2026/{unit}/{indicator}", new { value, reason = "责任书" }, "*")).Is(200);
        (await Second.Post("targets/publish", new { year = 2026 })).Is(200);
    }

    private static JsonNode Of(Answer figures, Actor unit, string members = "items") =>
        figures[members].AsArray().Single(item => (string?)item!["unit"]?["id"] == unit.UnitId)!;

    [Test]
    public async Task R103_a_figure_is_held_against_its_target_and_the_calendar()
    {
        await Signed(Nanhu, 1);
        await Signed(Nanhu, 2);
        await Signed(Pinghu, 3);
        await Targets("projects-signed", (Nanhu.UnitId, 4), (Pinghu.UnitId, 1), ("city", 10));
        var figures = (await Centre.Get("figures?period=2026&indicators=projects-signed")).Is(200);

        // The city's clock stands in May: four months are over. Nanhu 2 of 4 = 50 %, 50 − 33.33 = +16.67; Pinghu 1 of 1; the city 3 of 10.
        ((int)figures["monthsOver"]!).ShouldBe(4);
        var nanhu = Of(figures, Nanhu);
        ((decimal)nanhu["value"]!, (string)nanhu["completion"]!, (string)nanhu["pace"]!).ShouldBe(
            (2m, "0.5", "0.166667")
        );
        ((int)nanhu["rank"]!, (int)Of(figures, Pinghu)["rank"]!).ShouldBe((2, 1));
        ((string)figures["city"][0]!["completion"]!).ShouldBe("0.3");

        // Others have no target: no completion and no rank.
        var haining = Of(figures, App.As("haining")).AsObject();
        ((decimal)haining["value"]!).ShouldBe(0);
        haining.ContainsKey("completion").ShouldBeFalse();
        haining.ContainsKey("rank").ShouldBeFalse();
    }

    [Test]
    public async Task A_figure_opens_to_the_facts_that_make_it()
    {
        var project = await Signed(Nanhu, 1);
        await Targets("projects-signed", (Nanhu.UnitId, 4));
        var figure = Of((await Centre.Get("figures?period=2026&indicators=projects-signed")).Is(200), Nanhu);
        var opened = (await Centre.Get(((string)figure["explain"]!)["/api/v1/".Length..])).Is(200);
        ((int)opened["facts"]!, (int)opened["projects"]!).ShouldBe((1, 1));
        ((string)opened["items"][0]!["project"]!["id"]!).ShouldBe(project);
        ((string)opened["items"][0]!["counts"]!).ShouldBe("yes");
        ((int)opened["items"][0]!["shareBp"]!).ShouldBe(10_000);
        ((string)opened["filter"]!).ShouldBe("kind = signed");
        opened["formula"]
            .AsArray()
            .Select(line => (string)line!)
            .ShouldContain("完成率 = 本年累计 1 ÷ 目标 4 = 25.00%");

        // The sum of what the rows add is the figure.
        opened["items"].AsArray().Sum(row => (decimal)row!["count"]!).ShouldBe((decimal)figure["value"]!);
    }

    [Test]
    public async Task S13_a_unit_reads_its_own_figures_alone()
    {
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await Targets("projects-signed", (Nanhu.UnitId, 4), (Pinghu.UnitId, 1));
        var figures = (await Nanhu.Get("figures?period=2026&indicators=projects-signed")).Is(200);
        figures["items"].AsArray().Count.ShouldBe(1);
        figures.Body!.AsObject().ContainsKey("city").ShouldBeFalse();
        figures.Body.AsObject().ContainsKey("doubleCounted").ShouldBeFalse();
        var own = Of(figures, Nanhu).AsObject();
        ((decimal)own["value"]!).ShouldBe(1);
        own.ContainsKey("rank").ShouldBeFalse("a rank would tell what the others have");
        (await Nanhu.Get($"figures/explain?indicator=projects-signed&period=2026&jurisdictionId={Pinghu.UnitId}")).Is(
            404
        );
        (await Nanhu.Get("figures/explain?indicator=projects-signed&period=2026&jurisdictionId=city")).Is(404);
        (await Nanhu.Get("boards?period=2026")).Is(200)["items"].AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task What_one_may_not_count_is_left_out_and_said()
    {
        await Signed(Nanhu, 1);
        await Signed(Nanhu, 2, secret: true);
        decimal Value(Answer figures) => (decimal)Of(figures, Nanhu)["value"]!;
        const string Path = "figures?period=2026&indicators=projects-signed";
        var centre = (await Centre.Get(Path)).Is(200);
        (Value(centre), (bool)centre["withoutSecret"]!).ShouldBe((2m, false));
        var leader = (await Leader.Get(Path)).Is(200);
        (Value(leader), (bool)leader["withoutSecret"]!).ShouldBe((1m, true));
        Value((await Nanhu.Get(Path)).Is(200)).ShouldBe(2, "its own");
        var opened = (await Leader.Get("figures/explain?indicator=projects-signed&period=2026")).Is(200);
        ((int)opened["facts"]!).ShouldBe(1);
    }

    [Test]
    public async Task R110_what_was_not_known_at_an_instant_is_not_in_the_figure_of_that_instant()
    {
        await Signed(Nanhu, 1);
        var before = App.Time.GetUtcNow().AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        async Task<decimal> City(string query) =>
            (decimal)
                (await Centre.Get($"figures?period=2026-05&indicators=projects-signed&{query}")).Is(200)["city"][0]![
                    "value"
                ]!;
        (await City($"knownAt={before}")).ShouldBe(0);
        (await City("asOf=2026-05-03")).ShouldBe(0);
        (await City("asOf=2026-05-04")).ShouldBe(1);
    }

    [Test]
    public async Task Figures_are_told_apart_by_month_industry_and_chain()
    {
        await Signed(Nanhu, 1);
        async Task<List<(string? Of, decimal Value)>> By(string by) =>
            [
                .. (await Centre.Get($"figures?period=2026&indicators=projects-signed&by={by}"))
                    .Is(200)["items"]
                    .AsArray()
                    .Select(item => ((string?)item!["of"], (decimal)item["value"]!)),
            ];
        (await By("month")).ShouldBe([("2026-01", 0), ("2026-02", 0), ("2026-03", 0), ("2026-04", 0), ("2026-05", 1)]);
        (await By("industry")).ShouldHaveSingleItem().Value.ShouldBe(1);
        (await By("chain")).ShouldHaveSingleItem().Value.ShouldBe(1);
    }

    [Test]
    public async Task R116_a_league_table_shares_places_and_keeps_to_its_group()
    {
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        var haining = App.As("haining");
        await Signed(haining, 3);
        await Signed(haining, 4);
        await Targets("projects-signed", (Nanhu.UnitId, 4), (Pinghu.UnitId, 4), (haining.UnitId, 4));

        // haining 2/4, nanhu and pinghu 1/4: 1, 2, 2.
        var board = (await Centre.Get("boards?period=2026&group=counties")).Is(200);
        ((string)board["indicator"]!).ShouldBe("projects-signed");
        var rows = board["items"].AsArray();
        ((string)rows[0]!["unit"]!["id"]!, (int)rows[0]!["rank"]!).ShouldBe((haining.UnitId, 1));
        rows.Where(row => row!["rank"] is not null).Select(row => (int)row!["rank"]!).ShouldBe([1, 2, 2]);
        rows.Select(row => row!["figures"]!.AsArray().Count).Distinct().ShouldBe([board["indicators"].AsArray().Count]);
        (await Centre.Get("boards?period=2026&group=zones"))
            .Is(200)["items"]
            .AsArray()
            .ShouldNotContain(row => (string)row!["unit"]!["id"]! == haining.UnitId);
        (await App.As("leader").Get("boards?period=nonsense")).Is(400);
        (await Centre.Get("boards?indicator=nonsense")).Is(400);
    }

    [Test]
    public async Task Without_a_period_the_last_year_with_targets_is_shown()
    {
        ((string)(await Centre.Get("boards")).Is(200)["period"]!).ShouldBe("2026");
        (await Centre.Put("targets/2024/city/projects-signed", new { value = 80, reason = "公开目标" }, "*")).Is(200);
        (await Second.Post("targets/publish", new { year = 2024 })).Is(200);
        ((string)(await Centre.Get("boards")).Is(200)["period"]!).ShouldBe("2024");
    }

    [Test]
    public async Task R32_late_notices_count_for_the_unit_where_the_project_landed()
    {
        // At the threshold and signed without a notice.
        await Signed(Nanhu, 1);
        var opened = (
            await Centre.Get($"figures/explain?indicator=late-notices&period=2026&jurisdictionId={Nanhu.UnitId}")
        ).Is(200);
        ((decimal)opened["figure"]!["value"]!).ShouldBe(1);
    }

    // Flagged 2026-05-04 and lifted a day later: known in between it counts, known before the signing or by now it does not.
    [Test]
    public async Task R110_late_notices_are_read_as_they_were_known()
    {
        var before = Uri.EscapeDataString($"{App.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}");
        App.Time.Advance(TimeSpan.FromMinutes(1));
        var project = await Signed(Nanhu, 1);
        App.Time.Advance(TimeSpan.FromHours(1));
        var between = Uri.EscapeDataString($"{App.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}");
        App.Time.Advance(TimeSpan.FromDays(1));
        var move = (string)(await Centre.Get($"moves?projectId={project}")).Is(200)["items"][0]!["id"]!;
        (await Centre.Post($"moves/{move}/lift-flag", new { reason = "节假日，已补备案" })).Is(200);
        async Task<decimal> Late(string query) =>
            (decimal)
                (await Centre.Get($"figures?period=2026&indicators=late-notices{query}")).Is(200)["city"][0]!["value"]!;
        (await Late("")).ShouldBe(0);
        (await Late($"&knownAt={between}")).ShouldBe(1);
        (await Late($"&knownAt={before}")).ShouldBe(0);
    }
}
