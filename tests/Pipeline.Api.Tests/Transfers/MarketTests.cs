using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Transfers;

/// <summary>The blind market of transfers (§15.9): needs alone, fits for the centre, names only after acceptance.</summary>
public sealed class MarketTests(string engine) : OnEachEngine(engine)
{
    // Words by which the project could be known; none of them may reach the receiver, or the centre's market.
    private static readonly string[] Identity = ["麒麟项目", "麒麟控股", "\"3832\"", ":2200000000"];

    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    private static Dictionary<string, object?> Kirin() =>
        new(Given.Another(1))
        {
            ["name"] = "麒麟项目",
            ["investors"] = new[] { Given.Investor("麒麟控股有限公司") },
            ["industryCode"] = "3832",
            ["landMu"] = 100,
            ["energyTce"] = 6000,
        };

    private async Task<(string Project, string Offer)> Offered()
    {
        var project = (string)(await Nanhu.Reports(Kirin())).Is(201)["projectId"]!;
        return (project, (string)(await Nanhu.Post("market-offers", new { projectId = project })).Is(201)["id"]!);
    }

    private async Task Landed(string unit, int number, string industry, decimal land, decimal energy)
    {
        var body = new Dictionary<string, object?>(Given.Another(number))
        {
            ["industryCode"] = industry,
            ["landMu"] = land,
            ["energyTce"] = energy,
        };
        var project = (string)(await App.As(unit).Reports(body)).Is(201)["projectId"]!;
        var move = (await App.As(unit).Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
    }

    private static void KnowsNothing(Answer answer)
    {
        foreach (var word in Identity)
            answer.Text.ShouldNotContain(word);
    }

    [Test]
    public async Task The_centre_sees_needs_and_fits_and_the_receiver_a_name_only_once_it_has_accepted()
    {
        await Landed("pinghu", 2, "3899", 120m, 9000m);
        await Landed("haiyan", 3, "3511", 20m, 100m);
        var (project, offer) = await Offered();
        var seen = (await Centre.Get($"market-offers/{offer}")).Is(200);
        KnowsNothing(seen);
        seen.Text.ShouldNotContain(project);
        (
            (string)seen["needs"]["division"]!,
            (decimal)seen["needs"]["landMu"]!,
            (decimal)seen["needs"]["energyTce"]!
        ).ShouldBe(("38", 100m, 6000m));
        var fits = seen["fits"].AsArray();

        // Pinghu: one of class 38, 120 ≥ 100 mu, 9000 ≥ 6000 tce. Haiyan: none of 38, 20 < 100, 100 < 6000.
        ((string)fits[0]!["unit"]!["id"]!).ShouldBe(Pinghu.UnitId);
        fits[0]!["for"]!.AsArray().Select(reason => (string)reason!["by"]!).ShouldBe(["class", "land", "energy"]);
        fits.Single(fit => (string)fit!["unit"]!["id"]! == App.As("haiyan").UnitId)!["against"]!
            .AsArray()
            .Select(reason => (string)reason!["by"]!)
            .ShouldBe(["class", "land", "energy"]);
        fits.ShouldAllBe(fit => (string)fit!["unit"]!["id"]! != Nanhu.UnitId);

        (
            await Centre.Act(
                $"market-offers/{offer}",
                "propose",
                new { toJurisdictionId = Pinghu.UnitId, reason = "同类项目集聚" }
            )
        ).Is(200);

        // Pinghu: needs alone, in the transfer, in lists, in the bell.
        var transfer = (await Pinghu.Get("transfers")).Is(200)["items"].AsArray().ShouldHaveSingleItem()!;
        var id = (string)transfer["id"]!;
        foreach (var path in new[] { "transfers", $"transfers/{id}", "notices", "projects", "credit" })
        {
            var told = await Pinghu.Get(path);
            KnowsNothing(told);
            told.Text.ShouldNotContain(project);
        }

        transfer["project"]!.AsObject().Select(member => member.Key).ShouldBe(["industryCode", "landMu", "energyTce"]);
        ((string)transfer["project"]!["industryCode"]!, (bool)transfer["blind"]!).ShouldBe(("38", true));
        transfer["from"].ShouldBeNull();
        (await Pinghu.Get("notices"))["items"]
            .AsArray()
            .Count(notice => (string)notice!["kind"]! == "transfer-proposed")
            .ShouldBe(1);
        (await App.As("haiyan").Get($"transfers/{id}")).Is(404);

        // It accepts, and then knows (R43a); it does not own it yet.
        var accepted = (await Pinghu.Act($"transfers/{id}", "accept", new { })).Is(200);
        ((string)accepted["project"]["name"]!, (string)accepted["from"]["id"]!).ShouldBe(("麒麟项目", Nanhu.UnitId));
        (await Pinghu.Get($"projects/{project}")).Is(404);
        (await Centre.Act($"transfers/{id}", "approve", new { })).Is(200);
        ((string)(await Pinghu.Get($"projects/{project}")).Is(200)["owner"]["id"]!).ShouldBe(Pinghu.UnitId);
        ((string)(await Nanhu.Get($"market-offers/{offer}")).Is(200)["status"]!).ShouldBe("transferred");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Who_declines_or_lets_it_lapse_never_learns_what_it_was_and_the_offer_is_open_again()
    {
        var (_, offer) = await Offered();
        async Task<string> Proposed()
        {
            (
                await Centre.Act(
                    $"market-offers/{offer}",
                    "propose",
                    new { toJurisdictionId = Pinghu.UnitId, reason = "同类项目集聚" }
                )
            ).Is(200);
            return (string)(await Pinghu.Get("transfers?status=proposed")).Is(200)["items"][0]!["id"]!;
        }

        var declined = await Proposed();
        ((string)(await Nanhu.Get($"market-offers/{offer}")).Is(200)["status"]!).ShouldBe("proposed");
        (
            await Centre.Act(
                $"market-offers/{offer}",
                "propose",
                new { toJurisdictionId = Pinghu.UnitId, reason = "x" }
            )
        ).IsProblem(409, "offer-ended");
        (await Pinghu.Act($"transfers/{declined}", "decline", new { reason = "用地不足" })).Is(200);
        KnowsNothing(await Pinghu.Get($"transfers/{declined}"));
        ((string)(await Nanhu.Get($"market-offers/{offer}")).Is(200)["status"]!).ShouldBe("open");
        var lapsed = await Proposed();
        App.Time.Advance(TimeSpan.FromDays(10));
        ((string)(await Pinghu.Get($"transfers/{lapsed}")).Is(200)["status"]!).ShouldBe("lapsed");
        KnowsNothing(await Pinghu.Get($"transfers/{lapsed}"));
        KnowsNothing(await Pinghu.Get("transfers"));
        KnowsNothing(await Pinghu.Get("notices"));
        ((string)(await Centre.Get($"market-offers/{offer}")).Is(200)["status"]!).ShouldBe("open");
    }

    [Test]
    public async Task Nobody_but_its_unit_and_the_centre_finds_an_offer()
    {
        var (project, offer) = await Offered();
        ((string)(await Nanhu.Get("market-offers")).Is(200)["items"][0]!["project"]!["id"]!).ShouldBe(project);
        (await Pinghu.Get("market-offers")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Pinghu.Get($"market-offers/{offer}")).Is(404);
        (await App.As("leader").Get("market-offers")).Is(403);
        (await Pinghu.Post("market-offers", new { projectId = project })).Is(404);
        KnowsNothing(await Centre.Get("market-offers"));

        // Of its unit alone the fits are not told: they say what others have.
        (await Nanhu.Get($"market-offers/{offer}")).Body!["fits"].ShouldBeNull();
    }

    [Test]
    public async Task An_offer_is_withdrawn_and_made_again_and_ends_with_the_talks()
    {
        var (project, offer) = await Offered();
        (await Nanhu.Post("market-offers", new { projectId = project }))
            .IsProblem(409, "transfer-not-allowed")
            .Codes("projectId")
            .ShouldBe(["offered"]);
        ((string)(await Nanhu.Act($"market-offers/{offer}", "withdraw", new { })).Is(200)["status"]!).ShouldBe(
            "withdrawn"
        );
        (await Centre.Get("market-offers")).Is(200)["items"].AsArray().ShouldBeEmpty();
        var again = (await Nanhu.Post("market-offers", new { projectId = project })).Is(201);
        var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        ((string)(await Centre.Get($"market-offers/{again["id"]}")).Is(200)["status"]!).ShouldBe("ended");
        (
            await Centre.Act(
                $"market-offers/{again["id"]}",
                "propose",
                new { toJurisdictionId = Pinghu.UnitId, reason = "x" }
            )
        ).IsProblem(409, "offer-ended");
        (await Nanhu.Post("market-offers", new { projectId = project })).IsProblem(409, "transfer-not-allowed");
        JsonNode entries = (await Nanhu.Get($"projects/{project}/timeline")).Is(200)["items"];
        entries.AsArray().Count(entry => (string)entry!["kind"]! is "market-offered" or "market-withdrawn").ShouldBe(3);
    }
}
