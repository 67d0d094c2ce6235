using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.RuleSets;

/// <summary>A coordinator drafts, another coordinator or the administrator publishes, and nobody publishes the own draft (C13).</summary>
public sealed class RuleSetDraftTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");
    private Actor Admin => App.As("admin");

    private static object Stricter(string from = "2026-06-01") =>
        new
        {
            name = "更严",
            effectiveFrom = from,
            exclusivity = "P20D",
        };

    private async Task<string> Drafts(object draft) =>
        (string)(await Centre.Post("rule-set-drafts", draft)).Is(201)["id"]!;

    private async Task<List<string>> Names() =>
        [.. (await Centre.Get("rule-sets")).Is(200)["items"].AsArray().Select(set => (string)set!["name"]!)];

    [Test]
    public async Task C13_a_second_person_publishes_and_the_drafter_does_not()
    {
        var before = await Names();
        var draft = (await Centre.Post("rule-set-drafts", Stricter())).Is(201);
        ((string)draft["status"]!).ShouldBe("draft");
        ((string)draft["rules"]["extension"]!).ShouldBe("P1M"); // what is not said is taken from the one before
        draft["changed"].AsArray().Select(member => (string)member!).ShouldBe(["effectiveFrom", "exclusivity", "name"]);
        draft["allowedActions"].AsArray().Select(action => (string)action!).ShouldBe(["edit", "withdraw"]);
        (await Names()).ShouldBe(before); // a draft is in force for nothing

        var path = $"rule-set-drafts/{draft["id"]}";
        (await Centre.Act(path, "publish", new { })).IsProblem(403, "second-person-required");
        foreach (var other in new[] { "nanhu", "leader", "auditor" })
            (await App.As(other).Post($"{path}/publish", new { }, ("If-Match", draft.ETag!))).Is(403);
        (await Second.Get(path))
            .Is(200)["allowedActions"]
            .AsArray()
            .Select(action => (string)action!)
            .ShouldBe(["withdraw", "publish"]);
        var published = (await Second.Act(path, "publish", new { })).Is(200);
        ((string)published["status"]!).ShouldBe("published");
        var set = (await App.As("nanhu").Get($"rule-sets/{published["ruleSetId"]}")).Is(200);
        ((string)set["exclusivity"]!, (string)set["effectiveFrom"]!).ShouldBe(("P20D", "2026-06-01"));
        (await Names()).ShouldBe([.. before, "更严"]);

        // What two persons made is not one person's to change, and nothing is published twice.
        (await Admin.Patch($"rule-sets/{published["ruleSetId"]}", new { extensionsMax = 3 }, "*")).IsProblem(
            409,
            "rule-set-published"
        );
        (await Admin.Act(path, "publish", new { })).IsProblem(409, "draft-decided");
        (await Centre.Patch(path, new { extensionsMax = 3 }, "*")).IsProblem(409, "draft-decided");
    }

    [Test]
    public async Task C13_where_there_is_one_coordinator_the_administrator_publishes()
    {
        var id = await Drafts(Stricter());
        (await Admin.Post("rule-set-drafts", Stricter())).Is(403); // the administrator drafts none
        ((string)(await Admin.Act($"rule-set-drafts/{id}", "publish", new { })).Is(200)["status"]!).ShouldBe(
            "published"
        );
    }

    [Test]
    public async Task Only_who_drafted_it_changes_it_so_that_who_publishes_has_written_none_of_it()
    {
        var id = await Drafts(Stricter());
        (await Second.Patch($"rule-set-drafts/{id}", new { extensionsMax = 3 }, "*")).Is(403);
        var changed = (await Centre.Patch($"rule-set-drafts/{id}", new { extensionsMax = 3 }, "*")).Is(200);
        ((int)changed["rules"]["extensionsMax"]!).ShouldBe(3);

        // Who looked at it before it was changed does not publish what it is now.
        (await Second.Post($"rule-set-drafts/{id}/publish", new { }, ("If-Match", "\"1-x\""))).IsProblem(
            412,
            "precondition-failed"
        );
    }

    [Test]
    public async Task A_draft_is_outdated_once_another_rule_set_stands_before_it()
    {
        var id = await Drafts(Stricter());
        (await Admin.Post("rule-sets", new { name = "先行", effectiveFrom = "2026-05-20" })).Is(201);
        ((bool)(await Second.Get($"rule-set-drafts/{id}")).Is(200)["outdated"]!).ShouldBeTrue();
        (await Second.Act($"rule-set-drafts/{id}", "publish", new { })).IsProblem(409, "draft-outdated");
        (await Centre.Patch($"rule-set-drafts/{id}", new { }, "*")).Is(200);
        (await Second.Act($"rule-set-drafts/{id}", "publish", new { })).Is(200);
        (await Names()).TakeLast(2).ShouldBe(["先行", "更严"]);
    }

    [Test]
    public async Task A_draft_whose_day_is_past_or_taken_is_refused()
    {
        (await Centre.Post("rule-set-drafts", Stricter("2026-05-03")))
            .IsProblem(422, "rule-set-overlap")
            .Codes("effectiveFrom")
            .ShouldBe(["past"]);
        var late = await Drafts(Stricter("2026-05-05"));
        App.Time.Advance(TimeSpan.FromDays(2));
        (await Second.Act($"rule-set-drafts/{late}", "publish", new { }))
            .IsProblem(422, "rule-set-overlap")
            .Codes("effectiveFrom")
            .ShouldBe(["past"]);
        var (one, other) = (await Drafts(Stricter("2026-07-01")), await Drafts(Stricter("2026-07-01")));
        (await Second.Act($"rule-set-drafts/{one}", "publish", new { })).Is(200);
        (await Second.Act($"rule-set-drafts/{other}", "publish", new { }))
            .IsProblem(422, "rule-set-overlap")
            .Codes("effectiveFrom")
            .ShouldBe(["period-taken"]);
    }

    [Test]
    public async Task A_draft_is_withdrawn_with_a_reason()
    {
        var id = await Drafts(Stricter());
        (await Second.Act($"rule-set-drafts/{id}", "withdraw", new { })).IsProblem(400, "validation-failed");
        var withdrawn = (await Second.Act($"rule-set-drafts/{id}", "withdraw", new { reason = "另议" })).Is(200);
        ((string)withdrawn["status"]!, (string)withdrawn["reason"]!).ShouldBe(("withdrawn", "另议"));
        (await Admin.Act($"rule-set-drafts/{id}", "publish", new { })).IsProblem(409, "draft-decided");
    }

    [Test]
    public async Task Those_who_may_publish_are_told_of_the_draft_and_of_its_publication()
    {
        var id = await Drafts(Stricter());
        static List<string> Told(Answer notices) =>
            [
                .. notices["items"]
                    .AsArray()
                    .Where(notice => ((string)notice!["kind"]!).StartsWith("rule-set-", StringComparison.Ordinal))
                    .Select(notice => (string)notice!["text"]!),
            ];
        Told(await Second.Get("notices")).ShouldBe(["政策规则“更严”已起草，待第二人发布"]);
        Told(await Admin.Get("notices")).ShouldBe(["政策规则“更严”已起草，待第二人发布"]);
        Told(await Centre.Get("notices")).ShouldBeEmpty(); // it was hers
        (await Second.Act($"rule-set-drafts/{id}", "publish", new { })).Is(200);
        Told(await Centre.Get("notices")).ShouldBe(["政策规则“更严”已发布，自 2026-06-01 起施行"]);
        Told(await App.As("nanhu").Get("notices")).ShouldBeEmpty();
    }

    [Test]
    public async Task Every_number_of_paragraph_6_is_refused_at_its_own_member()
    {
        async Task Refused(string field, string code, object members)
        {
            var draft = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(members))!.AsObject();
            draft["name"] = "x";
            draft["effectiveFrom"] = "2026-06-01";
            (await Centre.Post("rule-set-drafts", draft))
                .IsProblem(400, "validation-failed")
                .Codes(field)
                .ShouldBe([code], field);
        }

        var usd = new { amount = 1, currency = "USD" };
        await Refused("noticeThresholds", "one-per-currency", new { noticeThresholds = new[] { usd, usd } });
        await Refused(
            "noticeThresholds[0]",
            "amount",
            new { noticeThresholds = new[] { new { amount = 0, currency = "USD" } } }
        );
        var rule = new { indicator = "projects-1b", mode = "landing" };
        await Refused("credit", "one-per-indicator", new { credit = new[] { rule, rule } });
        await Refused("credit[0].indicator", "indicator", new { credit = new[] { new { mode = "landing" } } });
        await Refused(
            "credit[1].shares",
            "shares-sum",
            new
            {
                credit = new object[]
                {
                    rule,
                    new
                    {
                        indicator = "*",
                        mode = "split",
                        shares = new { firstTalk = 1, landing = 2 },
                    },
                },
            }
        );
        object Capital(int cutoffDay, string[] kinds, object[] minima) =>
            new
            {
                capital = new
                {
                    foreignKinds = new[] { "foreign-cash" },
                    cutoffDay,
                    kinds,
                    minima,
                },
            };
        await Refused("capital.cutoffDay", "range", Capital(29, ["foreign-cash"], []));
        await Refused("capital.kinds", "required", Capital(5, [], []));
        await Refused("capital.minima", "one-per-currency", Capital(5, ["foreign-cash"], [usd, usd]));
        await Refused(
            "capital.minima[0]",
            "amount",
            Capital(5, ["foreign-cash"], [new { amount = -1, currency = "USD" }])
        );
        object Rates(params object[] usdRates) => new { usdRates };
        var rate = new
        {
            month = "2026-05",
            currency = "EUR",
            usd = 1.1,
        };
        await Refused("usdRates", "one-per-month", Rates(rate, rate));
        await Refused("usdRates[0].month", "month", Rates(rate with { month = "2026" }));
        await Refused("usdRates[0].currency", "currency", Rates(rate with { currency = "XXX" }));
        await Refused("usdRates[0].usd", "rate", Rates(rate with { usd = 0 }));
    }

    [Test]
    public async Task The_numbers_of_rule_sets_in_force_are_as_they_were()
    {
        // As a library was left by the version before drafts: no members of §7 at all.
        var current = (await Centre.Get("rule-sets/current")).Is(200);
        current["capital"]
            .ToJsonString()
            .ShouldBe(
                """{"foreignKinds":["foreign-cash","reinvested-profit"],"cutoffDay":5,"kinds":["domestic-cash","foreign-cash","equipment","reinvested-profit","shareholder-loan","intangible"],"minima":[]}"""
            );
        current["credit"].AsArray().ShouldBeEmpty();
        current["usdRates"].AsArray().ShouldBeEmpty();
        current["noticeThresholds"].AsArray().ShouldBeEmpty();
    }
}
