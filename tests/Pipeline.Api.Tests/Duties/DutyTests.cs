using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Duties;

/// <summary>Duties of units (R117), the people of a unit, and the elements of a project (R139), as of Monday 2026-05-04.</summary>
public sealed class DutyTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Nanhu => App.As("nanhu");

    private static readonly string[] Kinds =
    [
        "lead-usd100m",
        "lead5b",
        "posted-out",
        "tenure",
        "land-to-zones",
        "energy-to-zones",
        "emission-to-zones",
        "major-projects-to-zones",
        "foreign-enterprises",
    ];

    private string LeaderId =>
        App.Sql(connection => connection.QuerySingle<string>("SELECT id FROM users WHERE username = 'leader'"));

    private string PeopleOf(Actor unit) => $"jurisdictions/{unit.UnitId}/posted-people";

    private static async Task<JsonArray> DutiesOf(Actor reader, Actor unit, string query = "year=2026") =>
        (await reader.Get($"duties?{query}"))
            .Is(200)["items"]
            .AsArray()
            .Single(item => (string)item!["unit"]!["id"]! == unit.UnitId)!["duties"]!.AsArray();

    private static JsonNode Duty(JsonArray duties, string kind) =>
        duties.Single(duty => (string)duty!["kind"]! == kind)!;

    private static string State(JsonArray duties, string kind) => (string)Duty(duties, kind)["state"]!;

    private static string[] Missing(JsonArray duties, string kind) =>
        [.. Duty(duties, kind)["missing"]!.AsArray().Select(gap => (string)gap!)];

    private static object Officer(int number, string? from, string? postedTo = null, string? to = null) =>
        new
        {
            name = $"专员{number}",
            from,
            postedTo,
            to,
        };

    private async Task<string> Project(
        int number,
        decimal amount = 1_200_000_000m,
        bool zone = false,
        bool secret = false
    )
    {
        var body = Given.Another(number, amount);
        body["provincialZone"] = zone;
        body["secret"] = secret;
        return (string)(await Nanhu.Reports(body)).Is(201)["projectId"]!;
    }

    private Task<Answer> Grants(Actor who, string project, params object[] grants) =>
        who.Put($"projects/{project}/elements", new { grants }, "*");

    private static object Land(decimal amount, bool? zone) =>
        new
        {
            kind = "land",
            amount,
            grantedOn = "2026-03-02",
            provincialZone = zone,
            paper = "嘉土合〔2026〕3号",
        };

    [Test]
    public async Task R117_what_nobody_stated_is_unknown_and_says_what_is_missing()
    {
        var duties = await DutiesOf(Centre, Nanhu);
        duties.Select(duty => (string)duty!["kind"]!).ShouldBe(Kinds);
        duties.ShouldAllBe(duty => (string)duty!["state"]! == "unknown" && duty["part"] == null);
        duties
            .Select(duty => (string)duty!["missing"]![0]!)
            .ShouldBe([
                "no-head",
                "no-head",
                "no-people",
                "no-people",
                "nothing-granted",
                "nothing-granted",
                "nothing-granted",
                "no-major-projects",
                "no-library",
            ]);
        ((string)Duty(duties, "tenure")["limitShare"]!, (int)Duty(duties, "posted-out")["limit"]!).ShouldBe(
            ("0.5", 30)
        );
    }

    [Test]
    public async Task R117_people_are_stated_in_versions_and_judged_as_of_the_day()
    {
        var path = PeopleOf(Nanhu);
        ((int)(await Nanhu.Get(path)).Is(200)["version"]!).ShouldBe(0);

        // 30 posted out, one of whom left on the first of May; 15 of 30 that are there have two years, which is a half.
        object[] officers =
        [
            .. Enumerable.Range(1, 15).Select(number => Officer(number, "2024-05-04", "上海")),
            .. Enumerable.Range(16, 15).Select(number => Officer(number, "2024-05-05", "深圳")),
            Officer(31, "2020-01-01", "东京", "2026-05-01"),
        ];
        (await Nanhu.Put(path, new { officers }, null)).Is(428);
        var stated = (await Nanhu.Put(path, new { officers }, "*")).Is(200);
        ((int)stated["version"]!, stated["officers"].AsArray().Count).ShouldBe((1, 31));
        var duties = await DutiesOf(Nanhu, Nanhu);
        (State(duties, "posted-out"), (int)Duty(duties, "posted-out")["part"]!).ShouldBe(("green", 30));
        (State(duties, "tenure"), (string)Duty(duties, "tenure")["share"]!).ShouldBe(("green", "0.5"));
        Missing(duties, "lead5b").ShouldBe(["no-head"]);

        // One fewer, and neither holds. The year before ends before most of them began.
        (await Nanhu.Put(path, new { officers = officers[1..] }, "\"0\"")).Is(412);
        (await Centre.Put(path, new { officers = officers[1..] }, stated.ETag)).Is(200);
        duties = await DutiesOf(Centre, Nanhu);
        (State(duties, "posted-out"), State(duties, "tenure")).ShouldBe(("red", "red"));
        ((int)Duty(await DutiesOf(Centre, Nanhu, "year=2023"), "posted-out")["part"]!).ShouldBe(1);
        App.Sql(connection => connection.QuerySingle<long>("SELECT COUNT(*) FROM posted_people")).ShouldBe(2);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R117_the_people_of_a_unit_are_its_own_and_wrong_ones_are_refused_field_by_field()
    {
        var path = PeopleOf(Nanhu);
        (await App.As("xiuzhou").Get(path)).Is(404);
        (await App.As("xiuzhou").Put(path, new { officers = Array.Empty<object>() }, "*")).Is(404);
        (await App.As("auditor").Put(path, new { officers = Array.Empty<object>() }, "*")).Is(403);
        (await App.As("leader").Get(path)).Is(200)["allowedActions"].AsArray().ShouldBeEmpty();
        (await Nanhu.Put(path, new { }, "*"))
            .IsProblem(400, "validation-failed")
            .Codes("officers")
            .ShouldBe(["required"]);
        var refused = (
            await Nanhu.Put(
                path,
                new
                {
                    heads = new[]
                    {
                        new
                        {
                            leaderId = LeaderId,
                            from = "2026-02-01",
                            to = "2026-01-01",
                        },
                    },
                    officers = new[] { Officer(1, "2027-01-01") },
                },
                "*"
            )
        ).IsProblem(400, "validation-failed");
        refused.Codes("heads[0].to").ShouldBe(["before-from"]);
        refused.Codes("officers[0].from").ShouldBe(["future"]);
        (await Nanhu.Put(path, new { officers = new[] { new { name = "" } } }, "*"))
            .IsProblem(400, "validation-failed")
            .Codes("officers[0].name")
            .ShouldBe(["required"]);
        (
            await Nanhu.Put(
                path,
                new
                {
                    heads = new[] { new { leaderId = SampleCity.NoId, from = "2026-02-01" } },
                    officers = Array.Empty<object>(),
                },
                "*"
            )
        )
            .IsProblem(400, "validation-failed")
            .Codes("heads[0].leaderId")
            .ShouldBe(["no-such-leader"]);
        (await Centre.Get("duties?year=2027")).IsProblem(400, "validation-failed").Codes("year").ShouldBe(["future"]);

        // A unit reads its own duties and no other's.
        (await App.As("xiuzhou").Get($"duties?jurisdictionId={Nanhu.UnitId}"))
            .Is(200)["items"]
            .AsArray()
            .ShouldBeEmpty();
    }

    [Test]
    public async Task R117_the_head_leads_the_units_own_large_projects_while_heading_it()
    {
        // 8亿 at 7 yuan is USD 114 m: over 100 m; 50亿 counts for both.
        var projects = new[] { await Project(1, 800_000_000m + 700_000_000m), await Project(2, 5_000_000_000m) };
        var draft = (
            await Centre.Post(
                "leader-batches",
                new
                {
                    links = projects.Select(projectId => new
                    {
                        leaderId = LeaderId,
                        projectId,
                        role = "lead",
                    }),
                }
            )
        ).Is(201);
        (await Centre.Act($"leader-batches/{draft["id"]}", "issue", new { })).Is(200);
        (
            await Nanhu.Put(
                PeopleOf(Nanhu),
                new
                {
                    heads = new[] { new { leaderId = LeaderId, from = "2026-01-01" } },
                    officers = Array.Empty<object>(),
                },
                "*"
            )
        ).Is(200);
        var duties = await DutiesOf(Nanhu, Nanhu);
        (State(duties, "lead-usd100m"), State(duties, "lead5b")).ShouldBe(("green", "red"));
        ((int)Duty(duties, "lead5b")["part"]!).ShouldBe(1);

        // Who headed it before the links stands for none of them, and a year without a head is unknown.
        var people = (await Nanhu.Get(PeopleOf(Nanhu))).Is(200);
        (
            await Nanhu.Put(
                PeopleOf(Nanhu),
                new
                {
                    heads = new[]
                    {
                        new
                        {
                            leaderId = LeaderId,
                            from = "2026-01-01",
                            to = "2026-05-03",
                        },
                    },
                    officers = Array.Empty<object>(),
                },
                people.ETag
            )
        ).Is(200);
        State(await DutiesOf(Nanhu, Nanhu), "lead-usd100m").ShouldBe("red");
        State(await DutiesOf(Nanhu, Nanhu, "year=2025"), "lead-usd100m").ShouldBe("unknown");
    }

    // 690 and 700 of 1 000 mu: 460 000 and 466 666.67 of 666 666.67 m².
    [TestCase(460_000, 206_666.67, "red", "0.69")]
    [TestCase(466_666.67, 200_000, "green", "0.7")]
    public async Task R117_R139_seventy_per_cent_of_the_land_granted_is_in_provincial_zones(
        decimal inside,
        decimal outside,
        string state,
        string share
    )
    {
        var (one, two) = (await Project(1, zone: true), await Project(2));
        (await Grants(Nanhu, one, Land(inside, true))).Is(200);
        (await Grants(Centre, two, Land(outside, false))).Is(200);
        var duty = Duty(await DutiesOf(Nanhu, Nanhu), "land-to-zones");
        ((string)duty["state"]!, ((string)duty["share"]!)[..share.Length]).ShouldBe((state, share));

        // Of another year nothing was granted.
        State(await DutiesOf(Nanhu, Nanhu, "year=2025"), "land-to-zones").ShouldBe("unknown");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R139_a_projects_needs_are_its_facts_and_its_grants_are_replaced_as_a_whole()
    {
        var project = await Project(1);
        (await Nanhu.Patch($"projects/{project}", new { landMu = 150, energyTce = 12_000.5 }, "*")).Is(200);
        var path = $"projects/{project}/elements";
        var none = (await Nanhu.Get(path)).Is(200);
        (
            (int)none["version"]!,
            (decimal)none["elements"][0]!["need"]!,
            (decimal)none["elements"][0]!["granted"]!
        ).ShouldBe((0, 100_000m, 0m));
        ((decimal)none["elements"][1]!["need"]!).ShouldBe(12_000.5m);
        none["elements"][2]!["need"].ShouldBeNull();
        var recorded = (
            await Nanhu.Put(
                path,
                new { emissionNeed = 1.5, grants = new[] { Land(60_000, true), Land(20_000, null) } },
                "*"
            )
        ).Is(200);
        var land = recorded["elements"][0]!;
        ((decimal)land["granted"]!, (decimal)land["inZones"]!, (decimal)land["zoneUnknown"]!).ShouldBe(
            (80_000m, 60_000m, 20_000m)
        );
        ((decimal)recorded["elements"][2]!["need"]!).ShouldBe(1.5m);
        (await Nanhu.Put(path, new { grants = Array.Empty<object>() }, none.ETag)).Is(412);
        (
            (decimal)
                (await Nanhu.Put(path, new { grants = new[] { Land(1, false) } }, recorded.ETag)).Is(200)["elements"][
                    0
                ]!["granted"]!
        ).ShouldBe(1m);
        var told = (await Nanhu.Get($"projects/{project}/timeline"))
            .Is(200)["items"]
            .AsArray()
            .Where(entry => (string)entry!["kind"]! == "elements-recorded")
            .ToList();
        told.Count.ShouldBe(2);

        var refused = (
            await Nanhu.Put(
                path,
                new { emissionNeed = 0, grants = new object[] { new { kind = "land", amount = 0.0001 } } },
                "*"
            )
        ).IsProblem(400, "validation-failed");
        refused.Codes("emissionNeed").ShouldBe(["element-amount"]);
        refused.Codes("grants[0].amount").ShouldBe(["element-amount"]);
        refused.Codes("grants[0].grantedOn").ShouldBe(["required"]);
        refused.Codes("grants[0].paper").ShouldBe(["required"]);

        // Another unit does not know what a project in talks was granted.
        (await App.As("xiuzhou").Get(path)).Is(404);
    }

    [Test]
    public async Task R117_leaders_count_what_is_open_to_them()
    {
        var (open, secret) = (await Project(1), await Project(2, secret: true));
        (await Grants(Nanhu, open, Land(100, true))).Is(200);
        (await Grants(Nanhu, secret, Land(900, false))).Is(200);
        (
            State(await DutiesOf(Centre, Nanhu), "land-to-zones"),
            State(await DutiesOf(Nanhu, Nanhu), "land-to-zones")
        ).ShouldBe(("red", "red"));
        var page = (await App.As("leader").Get("duties?year=2026")).Is(200);
        ((bool)page["withoutSecret"]!).ShouldBeTrue();
        State(await DutiesOf(App.As("leader"), Nanhu), "land-to-zones").ShouldBe("green");
    }
}
