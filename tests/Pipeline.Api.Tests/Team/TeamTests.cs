using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Team;

/// <summary>The team of a project (R83a), from Monday 2026-05-04 on.</summary>
public sealed class TeamTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    private async Task<string> Held(int number = 1, Actor? by = null) =>
        (string)(await (by ?? Nanhu).Reports(Given.Another(number))).Is(201)["projectId"]!;

    private static Task<Answer> Names(
        Actor who,
        string project,
        string name,
        string role = "lead",
        string? from = null,
        string? to = null
    ) =>
        who.Post(
            $"projects/{project}/team",
            new
            {
                name,
                role,
                from,
                to,
            }
        );

    /// <summary>Name, role and days of everybody who is told.</summary>
    private static async Task<string[]> Told(Actor who, string project) =>
        [
            .. (await who.Get($"projects/{project}/team"))
                .Is(200)["items"]
                .AsArray()
                .Select(member =>
                    $"{member!["name"]} {member["role"]} {member["from"]}–{member["to"]} {member["endReason"]}".TrimEnd()
                ),
        ];

    private static async Task<JsonNode?> Last(Actor who, string project, string kind) =>
        (await who.Get($"projects/{project}/timeline"))
            .Is(200)["items"]
            .AsArray()
            .FirstOrDefault(entry => (string)entry!["kind"]! == kind);

    [Test]
    public async Task R83a_named_people_with_role_and_from_to()
    {
        var project = await Held();
        foreach (var (who, may) in new[] { (Nanhu, true), (Centre, true), (App.As("leader"), false) })
            (await who.Get($"projects/{project}"))
                .Is(200)["allowedActions"]
                .AsArray()
                .Any(action => (string)action! == "add-team-member")
                .ShouldBe(may);
        var member = (await Names(Nanhu, project, " 王专员 ")).Is(201);
        ((string)member["name"]!, (string)member["from"]!, (bool)member["active"]!).ShouldBe(
            ("王专员", "2026-05-04", true)
        );
        ((string)member["jurisdiction"]!["id"]!).ShouldBe(Nanhu.UnitId);
        (await Names(Centre, project, "李律师", "specialist", "2026-05-01", "2026-12-31")).Is(201);
        (await Names(Nanhu, project, "赵工", "service", "2026-03-01", "2026-04-30")).Is(201);
        (await Told(Nanhu, project)).ShouldBe([
            "王专员 lead 2026-05-04–",
            "李律师 specialist 2026-05-01–2026-12-31",
            "赵工 service 2026-03-01–2026-04-30",
        ]);
        var told = (await Centre.Get($"projects/{project}/team")).Is(200)["items"].AsArray();
        told.Select(each => (bool)each!["active"]!).ShouldBe([true, true, false]);
        var timeline = (await Nanhu.Get($"projects/{project}/timeline")).Is(200)["items"].AsArray();
        timeline
            .Where(entry => (string)entry!["kind"]! == "team-member-added")
            .Select(entry => (string)entry!["after"]!["memberName"]!)
            .ShouldBe(["王专员", "李律师", "赵工"], ignoreOrder: true);

        // Who left is not ended once more, and the version must be the one that was read.
        told[2]!["allowedActions"]!.AsArray().ShouldBeEmpty();
        (await Nanhu.Act($"team-members/{told[2]!["id"]}", "end", new { })).IsProblem(409, "membership-over");
        (await Nanhu.Post($"team-members/{member["id"]}/end", new { })).Status.ShouldBe(428);
        App.Time.Advance(TimeSpan.FromDays(3));
        var ended = (await Nanhu.Act($"team-members/{member["id"]}", "end", new { reason = "调离" })).Is(200);
        ((string)ended["to"]!, (string)ended["endReason"]!, (string)ended["endNote"]!).ShouldBe(
            ("2026-05-07", "left", "调离")
        );
        ((bool)ended["active"]!).ShouldBeTrue(); // the last day is one
        ended["allowedActions"].AsArray().ShouldBeEmpty();
        var entry = (await Last(Nanhu, project, "team-member-left"))!;
        ((string)entry["note"]!, (string)entry["after"]!["lastDay"]!).ShouldBe(("调离", "2026-05-07"));
    }

    [Test]
    public async Task R83a_what_cannot_be_is_refused_with_what_and_where()
    {
        var project = await Held();
        (await Nanhu.Post($"projects/{project}/team", new { role = "lead" }))
            .IsProblem(400, "validation-failed")
            .Codes("name")
            .ShouldBe(["required"]);
        (await Names(Nanhu, project, "王专员", from: "2026-05-05"))
            .IsProblem(422, "date-order")
            .Codes("from")
            .ShouldBe(["future"]);
        (await Names(Nanhu, project, "王专员", from: "2026-05-04", to: "2026-05-03"))
            .IsProblem(422, "date-order")
            .Codes("to")
            .ShouldBe(["before-from"]);
        var member = (await Names(Nanhu, project, "王专员", from: "2026-05-02")).Is(201);
        (await Names(Nanhu, project, "王专员")).IsProblem(409, "on-team");
        (await Names(Nanhu, project, "王专员", "service")).Is(201); // another role is another matter
        (await Names(Nanhu, project, "王专员", from: "2026-04-01", to: "2026-05-01")).Is(201); // and so are other days
        foreach (var (day, code) in new[] { ("2026-05-05", "future"), ("2026-05-01", "before-from") })
            (await Nanhu.Act($"team-members/{member["id"]}", "end", new { to = day }))
                .IsProblem(422, "date-order")
                .Codes("to")
                .ShouldBe([code]);
        (
            await Nanhu.Submits(
                project,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                    note = "暂缓",
                }
            )
        ).Is(201);
        (await Names(Nanhu, project, "陈专员")).IsProblem(409, "illegal-move");
    }

    [Test]
    public async Task R83a_it_ends_with_the_transfer_and_the_receiver_learns_nothing_of_it()
    {
        var project = await Held();
        (await Names(Nanhu, project, "王专员", from: "2026-05-01")).Is(201);
        (await Names(Nanhu, project, "李律师", "specialist", "2026-05-01", "2026-12-31")).Is(201);
        (await Names(Nanhu, project, "赵工", "service", "2026-03-01", "2026-04-30")).Is(201);
        var transfer = (
            await Nanhu.Post(
                "transfers",
                new
                {
                    projectId = project,
                    toJurisdictionId = Pinghu.UnitId,
                    reason = "用地指标不足",
                }
            )
        ).Is(201)["id"];
        App.Time.Advance(TimeSpan.FromDays(2));
        (await Pinghu.Act($"transfers/{transfer}", "accept", new { })).Is(200);
        (await Told(Centre, project)).ShouldContain("王专员 lead 2026-05-01–");
        (await Centre.Act($"transfers/{transfer}", "approve", new { })).Is(200);

        // 05-06 is the day of the approval; who had left keeps the day.
        (await Told(Centre, project)).ShouldBe([
            "王专员 lead 2026-05-01–2026-05-06 owner-changed",
            "李律师 specialist 2026-05-01–2026-05-06 owner-changed",
            "赵工 service 2026-03-01–2026-04-30",
        ]);
        (await Told(Pinghu, project)).ShouldBeEmpty();
        (await Pinghu.Get($"projects/{project}/timeline")).Text.ShouldNotContain("王专员");
        ((string)(await Last(Centre, project, "team-member-left"))!["after"]!["endReason"]!).ShouldBe("owner-changed");
        (await Nanhu.Get($"projects/{project}/team")).IsProblem(404, "not-found");
        (await Names(Nanhu, project, "陈专员")).IsProblem(409, "claim-held-by-another");

        // The receiver has a team of its own.
        (await Names(Pinghu, project, "王专员")).Is(201);
        (await Told(Pinghu, project)).ShouldBe(["王专员 lead 2026-05-06–"]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R83a_it_ends_too_where_the_project_passes_on_to_who_waited()
    {
        var project = await Held();
        (await Names(Nanhu, project, "王专员")).Is(201);
        (await Pinghu.Reports(Given.Another(1))).Is(201);
        var claim = (await Nanhu.Get("claims?status=active")).Is(200)["items"][0]!;
        (await Nanhu.Act($"claims/{claim["id"]}", "release", new { reason = "企业放弃" })).Is(200);
        ((string)(await Centre.Get($"projects/{project}")).Is(200)["owner"]!["id"]!).ShouldBe(Pinghu.UnitId);
        (await Told(Centre, project)).ShouldBe(["王专员 lead 2026-05-04–2026-05-04 owner-changed"]);
        (await Told(Pinghu, project)).ShouldBeEmpty();
        (await Violations()).ShouldBeEmpty();
    }
}
