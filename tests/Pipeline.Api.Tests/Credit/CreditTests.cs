using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Credit;

/// <summary>Credit over HTTP (R42–R47).</summary>
public sealed class CreditTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    private async Task<string> Landed(string unit, int number, decimal amount, string? goesTo = null)
    {
        var body = Given.Another(number);
        body["totalInvestment"] = new { amount, currency = "CNY" };
        var small = amount < 1_000_000_000m;
        var project = small
            ? (string)(await App.As(unit).Post("projects", body)).Is(201)["id"]!
            : (string)(await App.As(unit).Reports(body)).Is(201)["projectId"]!;
        if (goesTo is not null)
        {
            var transfer = (
                await App.As(unit)
                    .Post(
                        "transfers",
                        new
                        {
                            projectId = project,
                            toJurisdictionId = App.As(goesTo).UnitId,
                            reason = "更适合",
                        }
                    )
            ).Is(201);
            (await App.As(goesTo).Act($"transfers/{transfer["id"]}", "accept", new { })).Is(200);
            (await Centre.Act($"transfers/{transfer["id"]}", "approve", new { })).Is(200);
        }

        var move = (
            await App.As(goesTo ?? unit)
                .Submits(
                    project,
                    new
                    {
                        to = "registered",
                        occurredOn = "2026-05-04",
                        evidence = new
                        {
                            agreementKind = "formal",
                            parties = "甲、乙",
                            agreedAmount = new { amount, currency = "CNY" },
                            signedOn = "2026-05-04",
                            filingCode = "F-1",
                            filedOn = "2026-05-04",
                        },
                    }
                )
        ).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    /// <summary>A 12亿 owned and landed by Nanhu; B 20亿 first-talk Nanhu, landed Pinghu; C 8亿 Pinghu.</summary>
    private async Task<string> Abc()
    {
        await Landed("nanhu", 1, 1_200_000_000m);
        var b = await Landed("nanhu", 2, 2_000_000_000m, "pinghu");
        await Landed("pinghu", 3, 800_000_000m);
        return b;
    }

    private static (decimal Count, decimal Yi) Figure(JsonNode node) =>
        ((decimal)node["count"]!, (decimal)node["amount"]!["cny"]! / 100_000_000m);

    private static Dictionary<string, (decimal, decimal)> Units(Answer summary) =>
        summary["items"].AsArray().ToDictionary(item => (string)item!["unit"]!["id"]!, item => Figure(item!));

    [Test]
    public async Task R44_both_in_full_with_what_is_counted_twice()
    {
        var b = await Abc();
        var summary = (await Centre.Get("credit/summary?by=unit&period=2026")).Is(200);
        var units = Units(summary);
        units[Nanhu.UnitId].ShouldBe((2m, 32m));
        units[Pinghu.UnitId].ShouldBe((2m, 28m));
        Figure(summary["totals"]["units"]!).ShouldBe((4m, 60m));
        Figure(summary["totals"]["city"]!).ShouldBe((3m, 40m));
        Figure(summary["totals"]["doubleCounted"]!).ShouldBe((1m, 20m));
        ((string)summary["modes"][0]!["mode"]!).ShouldBe("both-full");
        var projects = (await Centre.Get("credit/summary?by=project&period=2026")).Is(200)["items"].AsArray();
        projects
            .Where(item => item!["doubleCounted"] is not null)
            .Select(item => (string)item!["project"]!["id"]!)
            .ShouldBe([b]);

        // Every row explains itself, in both languages.
        var row = (await Centre.Get($"credit?period=2026-05&projectId={b}&role=first-talk"))
            .Is(200)["items"]
            .AsArray()
            .Single()!;
        ((string)row["explanation"]!).ShouldContain("南湖区为首谈地，按“同等赋分”计 100%");
        row = (await Centre.Get($"credit?period=2026-05&projectId={b}&role=landing", ("Accept-Language", "en")))[
            "items"
        ][0]!;
        ((string)row["explanation"]!).ShouldContain("which is credited 100 % (both in full");
        ((string)row["cause"]!["kind"]!, (int)row["shareBp"]!).ShouldBe(("move", 10_000));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R44_a_split_by_the_rule_set_in_force_and_the_past_keeps_its_own()
    {
        await Landed("nanhu", 5, 3_000_000_000m, "pinghu");
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "各半",
                        effectiveFrom = "2026-05-04",
                        credit = new object[]
                        {
                            new
                            {
                                indicator = "*",
                                mode = "split",
                                shares = new { firstTalk = 5000, landing = 5000 },
                            },
                        },
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        await Abc();
        var units = Units((await Centre.Get("credit/summary?period=2026-05")).Is(200));

        // 22 and 18 of A, B and C under the split; 30 each of the one before, in full.
        units[Nanhu.UnitId].ShouldBe((2.5m, 52m));
        units[Pinghu.UnitId].ShouldBe((2.5m, 48m));
    }

    [Test]
    public async Task R44_shares_that_are_no_whole_are_refused()
    {
        async Task<Answer> Posts(object credit) =>
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "x",
                        effectiveFrom = "2027-01-01",
                        credit,
                    }
                );
        (
            await Posts(
                new[]
                {
                    new
                    {
                        indicator = "*",
                        mode = "split",
                        shares = new { firstTalk = 5000, landing = 4000 },
                    },
                }
            )
        ).IsProblem(400, "validation-failed").Codes("credit[0].shares").ShouldBe(["shares-sum"]);
        (await Posts(new[] { new { indicator = "nothing", mode = "landing" } }))
            .IsProblem(400, "validation-failed")
            .Codes("credit[0].indicator")
            .ShouldBe(["indicator"]);
    }

    [Test]
    public async Task R46_an_agreement_goes_before_the_mode_from_its_approval_on()
    {
        var project = await Landed("nanhu", 2, 2_000_000_000m, "pinghu");
        object Agreed(int nanhu, int pinghu, string file) =>
            new
            {
                shares = new object[]
                {
                    new { jurisdictionId = Nanhu.UnitId, bp = nanhu },
                    new { jurisdictionId = Pinghu.UnitId, bp = pinghu },
                },
                years = 2,
                fileId = file,
            };
        (
            await Pinghu.Post($"projects/{project}/credit-agreements", Agreed(3000, 6000, await Pinghu.Uploads()))
        ).IsProblem(422, "shares-not-whole");
        (await Pinghu.Post($"projects/{project}/credit-agreements", Agreed(3000, 7000, SampleCity.NoId))).IsProblem(
            422,
            "evidence-missing"
        );
        var agreement = (
            await Pinghu.Post($"projects/{project}/credit-agreements", Agreed(3000, 7000, await Pinghu.Uploads()))
        ).Is(201);
        (await Nanhu.Get($"credit-agreements/{agreement["id"]}")).Is(200);
        (await App.As("haining").Get($"credit-agreements/{agreement["id"]}")).Is(404);
        (await Centre.Act($"credit-agreements/{agreement["id"]}", "approve", new { })).Is(200);
        var another = (
            await Pinghu.Post($"projects/{project}/credit-agreements", Agreed(5000, 5000, await Pinghu.Uploads()))
        ).Is(201);
        (await Centre.Act($"credit-agreements/{another["id"]}", "approve", new { })).IsProblem(
            409,
            "agreement-in-force"
        );

        // What counted before stays as it was credited; what comes now is divided as agreed.
        var start = (
            await Pinghu.Submits(
                project,
                new
                {
                    to = "started",
                    occurredOn = "2026-05-04",
                    evidence = new
                    {
                        permitNo = "P-1",
                        permittedOn = "2026-05-04",
                        photoOn = "2026-05-04",
                        files = new[] { await Pinghu.Uploads("site.pdf") },
                    },
                }
            )
        ).Is(201);
        (await Centre.Post($"moves/{start["id"]}/verify")).Is(200);
        var registered = Units((await Centre.Get("credit/summary?indicator=projects-registered")).Is(200));
        registered[Nanhu.UnitId].ShouldBe((1m, 20m));
        var started = Units((await Centre.Get("credit/summary?indicator=projects-started")).Is(200));
        (started[Nanhu.UnitId], started[Pinghu.UnitId]).ShouldBe(((0.3m, 6m), (0.7m, 14m)));
        var until = (await Pinghu.Get($"projects/{project}/credit-agreements")).Is(200)["items"].AsArray().Last()!;
        ((string)until["until"]!).ShouldBe("2028-05-03");
        (await Centre.Act($"credit-agreements/{agreement["id"]}", "end", new { reason = "到期" })).Is(200);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_unit_reads_its_own_rows_and_nothing_of_the_city()
    {
        await Abc();
        var mine = (await Pinghu.Get("credit?period=2026")).Is(200);
        mine["items"].AsArray().ShouldAllBe(row => (string)row!["unit"]!["id"]! == Pinghu.UnitId);
        mine["totals"].AsObject().Select(member => member.Key).ShouldBe(["units"]);
        Figure(mine["totals"]["units"]!).ShouldBe((2m, 28m));
        var summary = (await Pinghu.Get("credit/summary?by=unit")).Is(200);
        Units(summary).Keys.ShouldBe([Pinghu.UnitId]);
        (await App.As("haining").Get("credit/summary?by=project")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Pinghu.Get($"credit?jurisdictionId={Nanhu.UnitId}")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Pinghu.Get("credit?indicator=nothing")).Is(400).Codes("indicator").ShouldBe(["indicator"]);
        (await Pinghu.Get("credit?period=2026-14")).Is(400).Codes("period").ShouldBe(["period"]);
    }

    [Test]
    public async Task Pages_join_without_a_gap()
    {
        await Abc();
        var all = (await Centre.Get("credit")).Is(200)["items"].AsArray().Select(row => row!.ToJsonString()).ToList();
        var seen = new List<string>();
        for (var path = "credit?limit=1"; ; )
        {
            var page = (await Centre.Get(path)).Is(200);
            seen.AddRange(page["items"].AsArray().Select(row => row!.ToJsonString()));
            if (page.Body!["nextCursor"] is not { } next)
                break;
            path = $"credit?limit=1&cursor={next}";
        }

        seen.ShouldBe(all);
        all.Count.ShouldBe(4);
    }

    [Test]
    public async Task Rehearsing_a_draft_shows_what_it_would_change_of_a_years_credit()
    {
        var b = await Abc();
        var draft = (
            await Centre.Post(
                "rule-set-drafts",
                new
                {
                    name = "各半",
                    effectiveFrom = "2026-06-01",
                    exclusivity = "P20D",
                    creditMode = "split",
                }
            )
        ).Is(201);
        var path = $"rule-set-drafts/{draft["id"]}/rehearsal";
        var rehearsal = (await App.As("centre2").Get($"{path}?year=2026")).Is(200);

        // In full: Nanhu 12 + 20 = 32 of 2, Pinghu 20 + 8 = 28 of 2. In halves: 12 + 10 = 22 of 1.5, 10 + 8 = 18 of 1.5.
        var registered = rehearsal["indicators"]
            .AsArray()
            .Single(indicator => (string)indicator!["indicator"]! == "projects-registered")!;
        ((bool)registered["differs"]!).ShouldBeTrue();
        ((string)registered["modes"]!["inForce"]!, (string)registered["modes"]!["draft"]!).ShouldBe(
            ("both-full", "split")
        );
        Dictionary<string, (decimal, decimal)> By(string side) =>
            registered["units"]!
                .AsArray()
                .ToDictionary(unit => (string)unit!["unit"]!["id"]!, unit => Figure(unit!["figures"]![side]!));
        By("inForce")[Nanhu.UnitId].ShouldBe((2m, 32m));
        By("draft")[Nanhu.UnitId].ShouldBe((1.5m, 22m));
        By("difference")[Nanhu.UnitId].ShouldBe((-0.5m, -10m));
        By("inForce")[Pinghu.UnitId].ShouldBe((2m, 28m));
        By("draft")[Pinghu.UnitId].ShouldBe((1.5m, 18m));

        // The city counts each once by either: 40 of 3; what is counted twice goes from 20 of 1 to nothing.
        Figure(registered["city"]!["inForce"]!).ShouldBe((3m, 40m));
        Figure(registered["city"]!["draft"]!).ShouldBe((3m, 40m));
        Figure(registered["doubleCounted"]!["inForce"]!).ShouldBe((1m, 20m));
        Figure(registered["doubleCounted"]!["draft"]!).ShouldBe((0m, 0m));

        // Money has none, so nothing differs there; the shorter window is no matter of credit, and that is said.
        ((bool)Of("capital-paid-in")["differs"]!).ShouldBeFalse();
        rehearsal["notRehearsed"].AsArray().Select(member => (string)member!).ShouldBe(["exclusivity"]);
        JsonNode Of(string indicator) =>
            rehearsal["indicators"].AsArray().Single(each => (string)each!["indicator"]! == indicator)!;

        // The difference of Nanhu opens to B, of which it has 20 by the one and 10 by the other.
        var row = (
            await Centre.Get($"{path}/rows?year=2026&indicator=projects-registered&jurisdictionId={Nanhu.UnitId}")
        )
            .Is(200)["items"]
            .AsArray()
            .ShouldHaveSingleItem()!;
        ((string)row["project"]!["id"]!).ShouldBe(b);
        (
            (int)row["inForce"]!["shareBp"]!,
            (decimal)row["inForce"]!["credited"]!["amount"]!["cny"]!,
            (int)row["draft"]!["shareBp"]!,
            (decimal)row["draft"]!["credited"]!["amount"]!["cny"]!
        ).ShouldBe((10_000, 2_000_000_000m, 5_000, 1_000_000_000m));

        // Without a year it is the last one that is over: nothing was there. Who has no projects to read sees none of it; what counts is as it was.
        ((int)(await Centre.Get(path)).Is(200)["year"]!).ShouldBe(2025);
        (await App.As("admin").Get(path)).Is(403);
        (await Nanhu.Get(path)).Is(403);
        (await Nanhu.Get($"rule-set-drafts/{draft["id"]}")).Is(403);
        (await Centre.Get($"rule-set-drafts/{SampleCity.NoId}/rehearsal")).Is(404);
        Units((await Centre.Get("credit/summary?by=unit&period=2026")).Is(200))[Nanhu.UnitId].ShouldBe((2m, 32m));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Rehearsed_rows_page_without_a_gap_and_leaders_see_no_secret_of_them()
    {
        await Abc();
        var draft = (
            await Centre.Post(
                "rule-set-drafts",
                new
                {
                    name = "各半",
                    effectiveFrom = "2026-06-01",
                    creditMode = "split",
                }
            )
        ).Is(201);
        var rows = $"rule-set-drafts/{draft["id"]}/rehearsal/rows?year=2026";
        await Landed("nanhu", 6, 3_000_000_000m, "pinghu");
        var all = (await Centre.Get(rows)).Is(200)["items"].AsArray().Select(row => row!.ToJsonString()).ToList();
        all.Count.ShouldBe(4); // two projects, each for both units
        var seen = new List<string>();
        for (var path = $"{rows}&limit=1"; ; )
        {
            var page = (await Centre.Get(path)).Is(200);
            seen.AddRange(page["items"].AsArray().Select(row => row!.ToJsonString()));
            if (page.Body!["nextCursor"] is not { } next)
                break;
            path = $"{rows}&limit=1&cursor={next}";
        }

        seen.ShouldBe(all);
        var secret = (string)(await Centre.Get(rows))["items"][0]!["project"]!["id"]!;
        (await Centre.Patch($"projects/{secret}", new { secret = true }, "*")).Is(200);
        (await App.As("leader").Get(rows)).Is(200)["items"].AsArray().Count.ShouldBe(2);
        (await Centre.Get(rows)).Is(200)["items"].AsArray().Count.ShouldBeGreaterThanOrEqualTo(4);
    }
}
