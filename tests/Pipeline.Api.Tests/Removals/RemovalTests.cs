using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Removals;

/// <summary>Removal of projects in talks that stand still (R94): in talks since 2026-05-04, six months later it is 2026-11-04, a Wednesday; ten working days after it 11-18.</summary>
public sealed class RemovalTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    private async Task<string> Small(int number = 1) =>
        (string)
            (
                await Nanhu.Post(
                    "projects",
                    Given.Project($"第{number}号小厂", $"第{number}号小厂公司", 100_000_000m + number)
                )
            ).Is(201)["id"]!;

    private async Task On(string day)
    {
        App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());
        await App.Services.GetRequiredService<NoticeRound>().Run();
    }

    private async Task<System.Text.Json.Nodes.JsonArray> Proposed(Actor who, string query = "") =>
        (await who.Get($"removals?{query}")).Is(200)["items"].AsArray();

    private async Task<string> OnlyOne() =>
        (string)(await Proposed(Centre, "status=proposed")).ShouldHaveSingleItem()!["id"]!;

    private static string[] Actions(Answer answer) =>
        [.. answer["allowedActions"].AsArray().Select(action => (string)action!)];

    private async Task Visits(string project, string on) =>
        (
            await Nanhu.Post(
                $"projects/{project}/progress",
                new
                {
                    occurredOn = on,
                    kind = "visit",
                    note = "走访",
                }
            )
        ).Is(201);

    [Test]
    public async Task R94_the_facts_propose_it_and_a_contact_cancels_it()
    {
        var project = await Small();
        await On("2026-11-03");
        (await Proposed(Centre)).ShouldBeEmpty();
        await On("2026-11-04");
        var id = await OnlyOne();
        var told = (await Nanhu.Get($"removals/{id}")).Is(200);
        ((string)told["idleSince"]!, (string)told["dueOn"]!, (string)told["contestUntil"]!).ShouldBe(
            ("2026-05-04", "2026-11-04", "2026-11-18T15:59:59.999Z")
        );
        Actions(told).ShouldBeEmpty();
        (await Nanhu.Get("notices")).Text.ShouldContain("removal-proposed");
        (await App.As("xiuzhou").Get($"removals/{id}")).IsProblem(404, "not-found");
        (await Proposed(App.As("xiuzhou"))).ShouldBeEmpty();

        // A call is none; what is proposed is proposed once.
        (
            await Nanhu.Post(
                $"projects/{project}/progress",
                new
                {
                    occurredOn = "2026-11-04",
                    kind = "call",
                    note = "电话",
                }
            )
        ).Is(201);
        await On("2026-11-05");
        (await OnlyOne()).ShouldBe(id);
        await Visits(project, "2026-11-05");
        ((string)(await Nanhu.Get($"removals/{id}")).Is(200)["status"]!).ShouldBe("cancelled");
        (await Centre.Act($"removals/{id}", "keep", new { reason = "x" })).IsProblem(409, "removal-decided");
        await On("2026-12-01");
        (await Proposed(Centre, "status=proposed")).ShouldBeEmpty();
        (await Nanhu.Get($"projects/{project}/timeline")).Text.ShouldContain("removal-cancelled");
    }

    [Test]
    public async Task R94_the_centre_confirms_after_ten_working_days_and_the_project_ends_as_idle()
    {
        var project = await Small();
        await On("2026-11-04");
        var id = await OnlyOne();
        await On("2026-11-18"); // the tenth working day is still the owner's
        (await Centre.Act($"removals/{id}", "confirm", new { reason = "长期无进展" })).IsProblem(
            409,
            "removal-contestable"
        );
        await On("2026-11-19");
        (await Nanhu.Act($"removals/{id}", "confirm", new { reason = "x" })).IsProblem(403, "forbidden");
        Actions((await Centre.Get($"removals/{id}")).Is(200)).ShouldBe(["confirm", "keep"]);
        var confirmed = (await Centre.Act($"removals/{id}", "confirm", new { reason = "长期无进展" })).Is(200);
        ((string)confirmed["status"]!, (string)confirmed["endReason"]!).ShouldBe(("confirmed", "长期无进展"));
        var ended = (await Nanhu.Get($"projects/{project}")).Is(200);
        ((string)ended["stage"]!, (string)ended["terminatedOn"]!).ShouldBe(("terminated", "2026-11-19"));
        var move = (await Nanhu.Get($"moves?projectId={project}")).Is(200)["items"][0]!;
        ((string)move["reasonCode"]!, (string)move["status"]!).ShouldBe(("idle", "verified"));
        (await Nanhu.Get("notices")).Text.ShouldContain("removal-ended");

        // Re-entry (R5): the centre brings it back, and it counts anew.
        (
            await Centre.Submits(
                project,
                new
                {
                    to = "in-talks",
                    occurredOn = "2026-11-19",
                    note = "重新洽谈",
                }
            )
        ).Is(201);
        ((string)(await Nanhu.Get($"projects/{project}/light")).Is(200)["removalOn"]!).ShouldBe("2027-05-19");
        await On("2026-11-20");
        (await Proposed(Centre, "status=proposed")).ShouldBeEmpty();
    }

    [Test]
    public async Task R94_kept_its_idleness_counts_anew()
    {
        var project = await Small();
        await On("2026-11-04");
        var id = await OnlyOne();
        (await Nanhu.Act($"removals/{id}", "keep", new { reason = "x" })).IsProblem(403, "forbidden");
        (await Centre.Act($"removals/{id}", "keep", new { reason = "" })).IsProblem(400, "validation-failed");
        var kept = (await Centre.Act($"removals/{id}", "keep", new { reason = "外资审批中" })).Is(200);
        ((string)kept["status"]!, (string)kept["endReason"]!).ShouldBe(("kept", "外资审批中"));
        var light = (await Nanhu.Get($"projects/{project}/light")).Is(200);
        ((string)light["light"]!, (string)light["removalOn"]!).ShouldBe(("green", "2027-05-04"));
        await On("2026-11-30");
        (await Proposed(Centre, "status=proposed")).ShouldBeEmpty();
    }

    [Test]
    public async Task R94_what_waits_to_be_verified_is_not_removed()
    {
        var project = await Small();
        await On("2026-11-04");
        var id = await OnlyOne();
        await On("2026-11-19");
        var move = (await Nanhu.Submits(project, Given.Signing("2026-11-19", 100_000_001m))).Is(201);
        (await Centre.Act($"removals/{id}", "confirm", new { reason = "x" })).IsProblem(409, "move-pending");
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        ((string)(await Centre.Get($"removals/{id}")).Is(200)["status"]!).ShouldBe("cancelled");
    }

    [Test]
    public async Task R94_another_unit_gets_its_own_days()
    {
        var project = await Small();
        await On("2026-11-04");
        var id = await OnlyOne();
        var pinghu = App.As("pinghu");
        var transfer = (
            await Nanhu.Post(
                "transfers",
                new
                {
                    projectId = project,
                    toJurisdictionId = pinghu.UnitId,
                    reason = "用地",
                }
            )
        ).Is(201);
        (await pinghu.Act($"transfers/{transfer["id"]}", "accept", new { })).Is(200);
        (await Centre.Act($"transfers/{transfer["id"]}", "approve", new { })).Is(200);
        ((string)(await Nanhu.Get($"removals/{id}")).Is(200)["status"]!).ShouldBe("cancelled");
        await On("2026-11-09");
        var anew = (await Proposed(pinghu, "status=proposed")).ShouldHaveSingleItem()!;

        // Told on Monday 11-09: 10, 11, 12, 13, 16, 17, 18, 19, 20, 23.
        ((string)anew["contestUntil"]!).ShouldBe("2026-11-23T15:59:59.999Z");
        (await Proposed(Nanhu, "status=proposed")).ShouldBeEmpty();
    }
}
