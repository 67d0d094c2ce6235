using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Indicators;

/// <summary>Indicators as data (R100): drafted by one coordinator, published by another, tried before either.</summary>
public sealed class IndicatorTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");
    private Actor Nanhu => App.As("nanhu");

    private async Task<string> Signed(int number)
    {
        var project = (string)(await Nanhu.Reports(Given.Another(number))).Is(201)["projectId"]!;
        var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    private async Task<HashSet<string>> Ids(Actor who) =>
        [.. (await who.Get("indicators")).Is(200)["items"].AsArray().Select(one => (string)one!["id"]!)];

    private static string[] Actions(Answer answer) =>
        [.. answer["allowedActions"].AsArray().Select(action => (string)action!)];

    [Test]
    public async Task R100_the_built_in_ones_are_there_for_whoever_is_judged_by_them()
    {
        var ids = await Ids(Nanhu);
        ids.Count.ShouldBe(23);
        ids.ShouldContain("manufacturing-share");
        var share = (await Nanhu.Get("indicators/manufacturing-share")).Is(200);
        ((string)share["filter"]!, (string)share["part"]!, (bool)share["stated"]!).ShouldBe(
            ("kind = capital", "manufacturing", false)
        );
        ((bool)(await Nanhu.Get("indicators/road-shows")).Is(200)["stated"]!).ShouldBeTrue();
        (await Centre.Patch("indicators/road-shows", new { name = "其他" }, "*")).Is(404);
    }

    [Test]
    public async Task C13_a_second_person_publishes_and_then_the_definition_is_fixed()
    {
        var draft = (await Centre.Post("indicators", Given.Indicator("large-manufacturing"))).Is(201);
        var path = "indicators/large-manufacturing";
        ((string)draft["status"]!).ShouldBe("draft");
        Actions(draft).ShouldBe(["edit", "retire"]);
        (await Ids(Nanhu)).ShouldNotContain("large-manufacturing");
        (await Nanhu.Get(path)).Is(404);

        (await Centre.Act(path, "publish", new { })).IsProblem(403, "second-person-required");
        (await Second.Patch(path, new { name = "改名" }, "*")).IsProblem(403, "forbidden");
        var edited = (await Centre.Patch(path, new { name = "制造业大项目" }, "*")).Is(200);
        ((string)edited["name"]!).ShouldBe("制造业大项目");
        (await Centre.Patch(path, new { id = "other" }, "*")).Is(400);

        Actions((await Second.Get(path)).Is(200)).ShouldBe(["publish", "retire"]);
        (await Second.Act(path, "publish", new { })).Is(200);
        (await Ids(Nanhu)).ShouldContain("large-manufacturing");
        (await Centre.Patch(path, new { name = "再改" }, "*")).IsProblem(409, "draft-decided");
        (await Centre.Post("indicators", Given.Indicator("large-manufacturing"))).IsProblem(409, "indicator-exists");
        (await Centre.Post("indicators", Given.Indicator("projects-1b"))).IsProblem(409, "indicator-exists");

        (await Centre.Act(path, "retire", new { reason = "不再使用" })).Is(200);
        (await Centre.Get("figures?indicators=large-manufacturing")).Is(400);
    }

    [Test]
    public async Task R100_a_definition_that_cannot_be_counted_is_refused_with_its_place()
    {
        var refused = (
            await Centre.Post("indicators", Given.Indicator("odd", "kind = signed and amount >= viele"))
        ).IsProblem(422, "expression-invalid");
        var error = refused["errors"]!["filter"]![0]!;
        ((string)error["code"]!).ShouldBe("filter-number");

        // "kind = signed and amount >= " has 28 characters.
        ((string)error["message"]!).ShouldContain("29");
        (await Centre.Post("indicators", Given.Indicator("odd", "manufacturing"))).IsProblem(422, "expression-invalid");
        (await Centre.Post("indicators", Given.Indicator("Not An Id"))).Is(400);

        // Tried, it stands in a member of the request, and so do its mistakes.
        (await Centre.Post("indicators/try", new { definition = Given.Indicator("odd", "manufacturing") }))
            .IsProblem(422, "expression-invalid")
            .Codes("definition.filter")
            .ShouldBe(["filter-kinds"]);
        (await Centre.Post("indicators/try", new { definition = Given.Indicator("Not An Id") }))
            .IsProblem(400, "validation-failed")
            .Codes("definition.id")
            .ShouldBe(["indicator-id"]);
    }

    [Test]
    public async Task R100_a_definition_is_tried_before_it_is_stored()
    {
        var project = await Signed(1);
        var tried = (
            await Centre.Post(
                "indicators/try",
                new { definition = Given.Indicator("tried", "kind = signed and amount >= 1亿"), period = "2026-05" }
            )
        ).Is(200);
        ((decimal)tried["city"]!["value"]!).ShouldBe(1);
        ((string)tried["projects"][0]!["id"]!).ShouldBe(project);
        tried["units"].AsArray().Single(unit => (decimal)unit!["value"]! > 0)!["unit"]!["id"]!
            .GetValue<string>()
            .ShouldBe(Nanhu.UnitId);
        (await Ids(Centre)).ShouldNotContain("tried");
        (await Centre.Post("indicators/try", new { definition = Given.Indicator("tried", "kind = ") })).IsProblem(
            422,
            "expression-invalid"
        );
    }

    [Test]
    public async Task R100_an_indicator_of_the_centre_counts_like_a_built_in_one()
    {
        await Signed(1);
        (await Centre.Post("indicators", Given.Indicator("signed-1e", "kind = signed and amount >= 1亿"))).Is(201);
        (await Second.Act("indicators/signed-1e", "publish", new { })).Is(200);
        var figures = (await Centre.Get("figures?period=2026&indicators=signed-1e,projects-signed")).Is(200);
        figures["city"].AsArray().Select(cell => (decimal)cell!["value"]!).ShouldBe([1, 1]);
    }

    [Test]
    public async Task What_is_stated_has_versions_and_what_is_made_from_the_ledger_cannot_be_stated()
    {
        var path = $"indicators/road-shows/values/2026-04/{Nanhu.UnitId}";
        var nothing = (await Centre.Get(path)).Is(200);
        nothing.Body!["value"].ShouldBeNull();
        ((int)nothing["version"]!).ShouldBe(0);
        (await Centre.Put(path, new { value = 3, source = "月报" }, nothing.ETag!)).Is(200);
        (await Centre.Put(path, new { value = 4, source = "更正" }, nothing.ETag!)).Is(412);
        var second = (await Centre.Put(path, new { value = 4.5, source = "更正" }, "*")).Is(200);
        second["versions"].AsArray().Select(version => (decimal)version!["value"]!).ShouldBe([3, 4.5m]);
        (await Centre.Put(path, new { value = 0.0000001, source = "更正" }, "*")).Is(400);
        (await Centre.Put("indicators/road-shows/values/2026-12/city", new { value = 1, source = "月报" }, "*")).Is(
            400
        );
        (await Centre.Get($"indicators/projects-signed/values/2026-04/{Nanhu.UnitId}")).Is(404);

        (
            (decimal)(await Nanhu.Get("figures?period=2026-04&indicators=road-shows")).Is(200)["items"][0]!["value"]!
        ).ShouldBe(4.5m);

        // Taken back, nothing is known: null, and no 0.
        (await Centre.Put(path, new { value = (decimal?)null, source = "撤回" }, "*")).Is(200);
        var cell = (await Nanhu.Get("figures?period=2026-04&indicators=road-shows")).Is(200)["items"][0]!.AsObject();
        cell.ContainsKey("value").ShouldBeTrue();
        cell["value"].ShouldBeNull();
    }
}
