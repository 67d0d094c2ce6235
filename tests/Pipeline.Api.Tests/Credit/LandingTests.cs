using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Credit;

/// <summary>From the signing on a coordinator corrects the landing place, which moves no first talk (R43); what counted is reversed and written anew (R45).</summary>
public sealed class LandingTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    /// <summary>A project of 20亿 that Nanhu reported and signed on 4 May.</summary>
    private async Task<string> Signed()
    {
        var body = Given.Another(2);
        body["totalInvestment"] = new { amount = 2_000_000_000m, currency = "CNY" };
        var project = (string)(await Nanhu.Reports(body)).Is(201)["projectId"]!;
        var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04", 2_000_000_000m))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    private Task<Answer> Corrects(string project, Actor to, string reason = "厂房在平湖") =>
        Centre.Act($"projects/{project}", "landing", new { jurisdictionId = to.UnitId, reason });

    private async Task<Dictionary<string, (decimal, decimal)>> Units(string period) =>
        (await Centre.Get($"credit/summary?by=unit&indicator=projects-signed&period={period}"))
            .Is(200)["items"]
            .AsArray()
            .ToDictionary(item => (string)item!["unit"]!["id"]!, item => Figure(item!));

    private static (decimal Count, decimal Yi) Figure(JsonNode node) =>
        ((decimal)node["count"]!, (decimal)node["amount"]!["cny"]! / 100_000_000m);

    [Test]
    public async Task R43_a_correction_after_the_signing_moves_the_landing_and_no_first_talk()
    {
        var project = await Signed();
        (await Units("2026-05")).ShouldBe(new Dictionary<string, (decimal, decimal)> { [Nanhu.UnitId] = (1m, 20m) });
        var before = (await Centre.Get($"projects/{project}/landing")).Is(200);
        ((string)before["unit"]["id"]!, (bool)before["corrected"]!).ShouldBe((Nanhu.UnitId, false));

        App.Time.Advance(TimeSpan.FromDays(30)); // 3 June
        var corrected = (await Corrects(project, Pinghu)).Is(200);
        ((string)corrected["unit"]["id"]!, (bool)corrected["corrected"]!).ShouldBe((Pinghu.UnitId, true));
        var told = (await Centre.Get($"projects/{project}")).Is(200);
        ((string)told["owner"]["id"]!, (string)told["firstTalk"]["id"]!).ShouldBe((Nanhu.UnitId, Nanhu.UnitId));

        // May stays: +20 for Nanhu. June: −20 of Nanhu's, +20 for Nanhu as first talk and +20 for Pinghu as landing, in full each.
        (await Units("2026-05"))[Nanhu.UnitId].ShouldBe((1m, 20m));
        var june = await Units("2026-06");
        june[Nanhu.UnitId].ShouldBe((0m, 0m));
        june[Pinghu.UnitId].ShouldBe((1m, 20m));
        var rows = (await Centre.Get($"credit?projectId={project}&indicator=projects-signed&period=2026")).Is(200);
        rows["items"]
            .AsArray()
            .Select(row =>
                (
                    (string)row!["unit"]!["id"]!,
                    (string)row["role"]!,
                    (decimal)row["credited"]!["amount"]!["cny"]! / 100_000_000m,
                    (string?)row["belongsTo"],
                    (string)row["cause"]!["kind"]!,
                    (bool)row["reversed"]!
                )
            )
            .ShouldBe([
                (Nanhu.UnitId, "first-talk", 20m, "2026-05", "landing", false),
                (Pinghu.UnitId, "landing", 20m, "2026-05", "landing", false),
                (Nanhu.UnitId, "landing", -20m, "2026-05", "landing", false),
                (Nanhu.UnitId, "landing", 20m, null, "move", true),
            ]);

        // The city: 20 once; Σ units 40, counted twice 20 of 1.
        Figure(rows["totals"]["city"]!).ShouldBe((1m, 20m));
        Figure(rows["totals"]["doubleCounted"]!).ShouldBe((1m, 20m));

        // What comes later lands there too; the correction is told on the timeline and to both units.
        var move = (
            await Nanhu.Submits(
                project,
                new
                {
                    to = "registered",
                    occurredOn = "2026-06-03",
                    evidence = new { filingCode = "F-1", filedOn = "2026-06-03" },
                }
            )
        ).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        var registered = (await Centre.Get($"credit?projectId={project}&period=2026&role=landing")).Is(200);
        registered["items"].AsArray().Select(row => (string)row!["unit"]!["id"]!).ShouldBe([Pinghu.UnitId]);
        var entry = (await Nanhu.Get($"projects/{project}/timeline"))
            .Is(200)["items"]
            .AsArray()
            .Single(each => (string)each!["kind"]! == "landing-corrected")!;
        ((string)entry["note"]!, (string)entry["before"]!["landing"]!, (string)entry["after"]!["landing"]!).ShouldBe(
            ("厂房在平湖", "南湖区", "平湖市")
        );
        foreach (var unit in new[] { Nanhu, Pinghu })
            (await unit.Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .Count(notice => (string)notice!["kind"]! == "landing-corrected")
                .ShouldBe(1);
        (await App.As("haining").Get("notices"))["items"].AsArray().ShouldBeEmpty();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R43_the_owner_takes_a_correction_back_and_only_the_centre_corrects()
    {
        var project = await Signed();
        (await Corrects(project, Pinghu)).Is(200);
        (await Corrects(project, Pinghu))
            .IsProblem(422, "landing-unfit")
            .Codes("jurisdictionId")
            .ShouldBe(["other-reporting-unit"]);
        ((bool)(await Corrects(project, Nanhu, "查证属南湖")).Is(200)["corrected"]!).ShouldBeFalse();
        (await Units("2026")).ShouldContainKeyAndValue(Nanhu.UnitId, (1m, 20m));
        Figure((await Centre.Get("credit/summary?by=unit&indicator=projects-signed&period=2026"))["totals"]["units"]!)
            .ShouldBe((1m, 20m));
        foreach (var other in new[] { "nanhu", "leader", "admin", "auditor" })
            (
                await App.As(other)
                    .Post(
                        $"projects/{project}/landing",
                        new { jurisdictionId = Pinghu.UnitId, reason = "x" },
                        ("If-Match", "*")
                    )
            ).Is(403);
        (
            await Centre.Act($"projects/{project}", "landing", new { jurisdictionId = SampleCity.NoId, reason = "x" })
        ).IsProblem(422, "landing-unfit");
        (await Centre.Act($"projects/{project}", "landing", new { jurisdictionId = Pinghu.UnitId })).IsProblem(
            400,
            "validation-failed"
        );
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R43_in_talks_a_project_is_transferred_and_one_that_ended_is_left()
    {
        var talks = (string)(await Nanhu.Reports(Given.Another(7))).Is(201)["projectId"]!;
        (await Corrects(talks, Pinghu)).IsProblem(409, "landing-not-correctable");
        (await Centre.Get($"projects/{talks}/landing")).Is(200)["allowedActions"].AsArray().ShouldBeEmpty();
        var signed = await Signed();
        (
            await Centre.Submits(
                signed,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                    note = "市场变化",
                }
            )
        ).Is(201);
        (await Corrects(signed, Pinghu)).IsProblem(409, "landing-not-correctable");
    }

    [Test]
    public async Task R43_of_a_secret_project_the_correction_is_told_to_its_owner_alone()
    {
        var project = await Signed();
        (await Centre.Patch($"projects/{project}", new { secret = true }, "*")).Is(200);
        (await Corrects(project, Pinghu)).Is(200);
        (await Pinghu.Get("notices"))["items"].AsArray().ShouldBeEmpty();
        (await Pinghu.Get($"projects/{project}/landing")).Is(404);
        (await Pinghu.Get($"projects/{project}")).Is(404);
        (await Nanhu.Get("notices"))["items"]
            .AsArray()
            .Count(notice => (string)notice!["kind"]! == "landing-corrected")
            .ShouldBe(1);
    }
}
