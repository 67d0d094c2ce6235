using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Referrers;

/// <summary>Referrers are named before registration, confirmed by investor, unit and centre, and rewarded on paper alone (R136).</summary>
public sealed class ReferrerTests(string engine) : OnEachEngine(engine)
{
    private static readonly object Zhao = new
    {
        name = "赵先生",
        kind = "person",
        declared = true,
    };

    private async Task<string> Project() =>
        (string)(await App.As("nanhu").Reports(Given.Project())).Is(201)["projectId"]!;

    [Test]
    public async Task Investor_unit_and_centre_confirm_in_turn()
    {
        var (nanhu, centre) = (App.As("nanhu"), App.As("centre"));
        var path = $"projects/{await Project()}/referrer";
        (await nanhu.Get(path)).IsProblem(404, "not-found");
        var named = (await nanhu.Post(path, Zhao)).Is(201);
        ((string)named["status"]!).ShouldBe("named");
        (await nanhu.Post(path, Zhao)).IsProblem(409, "referrer-named");
        (await centre.Act(path, "confirm", new { })).IsProblem(403, "forbidden");
        (await nanhu.Act(path, "confirm", new { })).IsProblem(422, "evidence-missing");
        var file = await nanhu.Uploads("statement.pdf");
        (await nanhu.Act(path, "confirm", new { fileId = file })).Is(200);
        ((string)(await nanhu.Act(path, "confirm", new { })).Is(200)["status"]!).ShouldBe("unit-confirmed");
        (await nanhu.Act(path, "confirm", new { })).IsProblem(403, "forbidden");
        ((string)(await centre.Act(path, "confirm", new { })).Is(200)["status"]!).ShouldBe("confirmed");
        (await centre.Act(path, "confirm", new { })).IsProblem(409, "referrer-confirmed");
        (await App.As("xiuzhou").Get(path)).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Whether_somebody_was_named_is_told_with_the_project_to_those_who_may_ask()
    {
        var (nanhu, centre) = (App.As("nanhu"), App.As("centre"));
        var id = await Project();
        (await nanhu.Patch($"projects/{id}", new { referrer = "赵先生" }, "*")).Is(200);
        var before = (await nanhu.Get($"projects/{id}")).Is(200);
        Actions(before).ShouldNotContain("read-referrer", "a name alone is nobody declared");

        (await nanhu.Post($"projects/{id}/referrer", Zhao)).Is(201);
        var after = (await nanhu.Get($"projects/{id}")).Is(200);
        Actions(after).ShouldContain("read-referrer");
        after.ETag.ShouldNotBe(before.ETag, "what the project says changed");
        Actions((await centre.Get($"projects/{id}")).Is(200)).ShouldContain("read-referrer");
        (await App.As("xiuzhou").Get($"projects/{id}")).IsProblem(404, "not-found");
    }

    private static IEnumerable<string> Actions(Answer project) =>
        project["allowedActions"].AsArray().Select(action => (string)action!);

    [Test]
    public async Task Who_was_named_stands_in_one_place_and_is_not_exchanged()
    {
        var nanhu = App.As("nanhu");
        var id = await Project();
        (await nanhu.Post($"projects/{id}/referrer", Zhao)).Is(201);
        var project = (await nanhu.Get($"projects/{id}")).Is(200);
        ((string)project["referrer"]!).ShouldBe("赵先生");
        (await nanhu.Patch($"projects/{id}", new { referrer = "钱先生" }, "*")).IsProblem(409, "referrer-named");
        (await App.As("centre").Post("personal-data/erase", new { value = "赵先生", reason = "本人要求" })).Is(200);
        (await nanhu.Get($"projects/{id}/referrer")).Is(200).Body!.AsObject().ContainsKey("name").ShouldBeFalse();
    }

    [Test]
    public async Task Investors_are_no_referrers_and_nobody_is_without_a_declaration()
    {
        var nanhu = App.As("nanhu");
        var id = await Project();
        var investor = (string)(await nanhu.Get($"projects/{id}")).Is(200)["investors"]![0]!["name"]!;
        (
            await nanhu.Post(
                $"projects/{id}/referrer",
                new
                {
                    name = investor,
                    kind = "person",
                    declared = true,
                }
            )
        ).IsProblem(422, "referrer-barred").Codes("name").ShouldBe(["is-investor"]);
        (await nanhu.Post($"projects/{id}/referrer", new { name = "赵先生", kind = "person" }))
            .IsProblem(422, "referrer-barred")
            .Codes("declared")
            .ShouldBe(["required"]);
    }

    // Marginal 3/4/5 ‰ at 10 m and 100 m: 150 m of fixed investment → 30 000 + 360 000 + 250 000 = 640 000.
    [Test]
    public async Task The_reward_is_computed_step_by_step_by_the_scheme_of_the_rule_set()
    {
        var (nanhu, centre) = (App.As("nanhu"), App.As("centre"));
        var id = await Project();
        (await nanhu.Post($"projects/{id}/referrer", Zhao)).Is(201);
        var none = (await nanhu.Get($"projects/{id}/referrer/reward")).Is(200);
        none["obstacles"]!.AsArray().Select(each => (string)each!).ShouldContain("no-scheme");
        none.Body!.AsObject().ContainsKey("reward").ShouldBeFalse();
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "引荐奖励",
                        effectiveFrom = "2026-05-05",
                        referral = new
                        {
                            @base = "fixed-investment",
                            mode = "marginal",
                            bands = new object[]
                            {
                                new { upTo = 10_000_000, perMille = 3 },
                                new { upTo = 100_000_000, perMille = 4 },
                                new { perMille = 5 },
                            },
                            cap = 1_000_000,
                            claimWithin = "P1Y",
                        },
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromDays(1));
        (
            await centre.Put(
                $"projects/{id}/fixed-investment/2026",
                new { amount = new { amount = 150_000_000, currency = "CNY" }, source = "统计" },
                "*"
            )
        ).Is(200);
        var told = (await nanhu.Get($"projects/{id}/referrer/reward")).Is(200);
        ((decimal)told["amount"]!).ShouldBe(150_000_000m);
        ((decimal)told["reward"]!).ShouldBe(640_000m);
        told["steps"]!.AsArray().Select(step => (decimal)step!["reward"]!).ShouldBe([30_000m, 360_000m, 250_000m]);
        told["obstacles"]!.AsArray().Select(each => (string)each!).ShouldBe(["not-confirmed", "not-in-production"]);

        // A rule set that leaves the scheme out keeps it; one with a scheme without bands ends it.
        var admin = App.As("admin");
        (await admin.Post("rule-sets", new { name = "另改", effectiveFrom = "2026-05-06" }))
            .Is(201)
            .Body!.AsObject()
            .ContainsKey("referral")
            .ShouldBeTrue();
        var ended = new
        {
            name = "不再奖励",
            effectiveFrom = "2026-05-07",
            referral = new
            {
                @base = "fixed-investment",
                mode = "marginal",
                bands = Array.Empty<object>(),
                claimWithin = "P1Y",
            },
        };
        (await admin.Post("rule-sets", ended)).Is(201).Body!.AsObject().ContainsKey("referral").ShouldBeFalse();
    }
}
