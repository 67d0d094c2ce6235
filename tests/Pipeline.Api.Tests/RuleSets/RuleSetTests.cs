using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.RuleSets;

/// <summary>Rule sets have periods that neither overlap nor leave a gap; the past is never changed (domain §6).</summary>
public sealed class RuleSetTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task The_Jiaxing_values_hold_for_their_period_and_after_it()
    {
        var sets = (await App.As("nanhu").Get("rule-sets")).Is(200)["items"].AsArray();
        sets.Select(set => $"{set!["effectiveFrom"]}..{set["effectiveTo"]}")
            .ShouldBe(["2024-04-01..2025-12-31", "2026-01-01.."]);
        var current = await App.As("nanhu").Get("rule-sets/current");
        current["reportThresholds"]
            .ToJsonString()
            .ShouldBe("""[{"amount":1000000000,"currency":"CNY"},{"amount":100000000,"currency":"USD"}]""");
        ((string)current["exclusivity"]!).ShouldBe("P1M");
        ((int)current["extensionsMax"]!).ShouldBe(0);
        current["verification"].AsArray().Select(stage => (string)stage!).ShouldBe(["signed", "registered", "started"]);
        ((string)(await App.As("nanhu").Get("rule-sets/current?on=2025-06-01"))["id"]!).ShouldBe(
            (string)sets[0]!["id"]!
        );
    }

    [Test]
    public async Task A_successor_ends_the_one_in_force_the_day_before()
    {
        (await App.As("nanhu").Post("rule-sets", new { name = "x", effectiveFrom = "2026-06-01" })).IsProblem(
            403,
            "forbidden"
        );
        (await App.As("admin").Post("rule-sets", new { name = "更严", effectiveFrom = "2026-05-03" })).IsProblem(
            422,
            "rule-set-overlap"
        );
        var posted = (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "更严",
                        effectiveFrom = "2026-06-01",
                        exclusivity = "P20D",
                    }
                )
        ).Is(201);
        ((string)posted["extension"]!).ShouldBe("P1M"); // what is not said is taken from the one before
        var sets = (await App.As("nanhu").Get("rule-sets"))["items"].AsArray();
        ((string)sets[1]!["effectiveTo"]!).ShouldBe("2026-05-31");
        sets[2]!["effectiveTo"].ShouldBeNull();
        (await App.As("admin").Post("rule-sets", new { name = "又一个", effectiveFrom = "2026-06-01" })).IsProblem(
            422,
            "rule-set-overlap"
        );

        ((string)(await App.As("nanhu").Reports(Given.Project()))["expiresAt"]!).ShouldBe("2026-06-04T15:59:59.999Z");
        App.Time.AdvanceTo(new DateTimeOffset(2026, 5, 31, 16, 0, 0, TimeSpan.Zero)); // 1 June in Shanghai
        (
            (string)(await App.As("nanhu").Reports(Given.Another(4), Given.Contacts("2026-05-20")))["expiresAt"]!
        ).ShouldBe("2026-06-21T15:59:59.999Z");
    }

    [Test]
    public async Task Only_one_not_yet_in_force_can_be_changed()
    {
        var current = await App.As("admin").Get("rule-sets/current");
        (await App.As("admin").Patch($"rule-sets/{current["id"]}", new { extensionsMax = 3 }, current.ETag)).IsProblem(
            409,
            "rule-set-in-force"
        );
        var next = (await App.As("admin").Post("rule-sets", new { name = "下一版", effectiveFrom = "2026-07-01" })).Is(
            201
        );
        var changed = (await App.As("admin").Patch($"rule-sets/{next["id"]}", new { extensionsMax = 3 }, next.ETag)).Is(
            200
        );
        ((int)changed["extensionsMax"]!).ShouldBe(3);
        (await App.As("admin").Patch($"rule-sets/{next["id"]}", new { exclusivity = "a month" }, changed.ETag))
            .IsProblem(400, "validation-failed")
            .Codes("exclusivity")
            .ShouldNotBeEmpty();
    }

    [TestCase("2076-05-04", 200)]
    [TestCase("2076-05-05", 400)]
    [TestCase("9999-12-31", 400)]
    [TestCase("1949-01-01", 200)]
    [TestCase("1948-12-31", 400)]
    [TestCase("0001-01-01", 400)]
    public async Task The_rule_set_of_any_day_that_can_be_meant_can_be_asked_for(string on, int status) =>
        (await App.As("nanhu").Get($"rule-sets/current?on={on}")).Is(status);

    [Test]
    public async Task One_from_the_first_day_that_can_be_meant_is_in_the_past() =>
        (await App.As("admin").Post("rule-sets", new { effectiveFrom = "1949-01-01" }))
            .IsProblem(422, "rule-set-overlap")
            .Codes("effectiveFrom")
            .ShouldBe(["past"]);

    [Test]
    public async Task What_another_instance_has_read_before_does_not_keep_it_from_seeing_a_change()
    {
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        var project = $"projects/{(await App.As("nanhu").Reports(Given.Project())).Is(201)["projectId"]}";
        async Task<string> Light()
        {
            // What the other instance does every minute: it judges lights by the limits that it finds in force.
            await other.Services.GetRequiredService<Features.Lights.JudgeLights>().Run();
            return (string)(await other.As("nanhu").Get(project)).Is(200)["light"]!;
        }

        (await Light()).ShouldBe("green");
        var lights = new
        {
            inTalks = new { yellow = "P1D", red = "P2D" },
            signed = new { yellow = "P3M", red = "P6M" },
            registered = new { yellow = "P3M", red = "P12M" },
        };
        var next = (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "更严",
                        effectiveFrom = "2026-05-08",
                        lights,
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromDays(3));
        (await Light()).ShouldBe("green"); // 7 May: not in force yet
        (
            await App.As("admin")
                .Patch(
                    $"rule-sets/{next["id"]}",
                    new
                    {
                        lights = new
                        {
                            inTalks = new { yellow = "P1D", red = "P30D" },
                            lights.signed,
                            lights.registered,
                        },
                    },
                    next.ETag
                )
        ).Is(200);
        App.Time.Advance(TimeSpan.FromDays(1));
        (await Light()).ShouldBe("yellow");
    }

    [Test]
    public async Task Lights_without_lengths_are_refused() =>
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    """{"effectiveFrom":"2027-01-01","lights":{"inTalks":{"yellow":"P2M","red":"P3M"},"signed":{},"registered":{"yellow":"P3M","red":"P12M"}}}"""
                )
        )
            .IsProblem(400, "validation-failed")
            .Codes("lights")
            .ShouldBe(["required"]);

    private const string Limits =
        """ "inTalks":{"yellow":"P2M","red":"P3M"},"signed":{"yellow":"P3M","red":"P6M"},"registered":{"yellow":"P3M","red":"P12M"} """;

    [TestCase("""{"lights":{""" + Limits + ""","schedule":{"yellow":10,"red":200}}}""", "lights.schedule", "range")]
    [TestCase("""{"lights":{""" + Limits + ""","planned":{"yellow":"P1D"}}}""", "lights.planned", "required")]
    [TestCase("""{"lights":{""" + Limits + ""","removalContest":"P1M"}}""", "lights.removalContest", "workdays")]
    [TestCase("""{"problems":{"due":"P1M"}}""", "problems.due", "workdays")]
    [TestCase("""{"problems":{"escalate":["P1D","P10D","P5D"]}}""", "problems.escalate", "workdays-in-steps")]
    public async Task A_length_that_cannot_be_is_named(string rules, string field, string code) =>
        (await App.As("admin").Post("rule-sets", "{\"effectiveFrom\":\"2027-01-01\"," + rules[1..]))
            .IsProblem(400, "validation-failed")
            .Codes(field)
            .ShouldBe([code]);
}
