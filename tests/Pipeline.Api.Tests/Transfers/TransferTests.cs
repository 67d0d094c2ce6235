using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Transfers;

/// <summary>Transfers of a project in talks to the unit where it fits (R40–R43a).</summary>
public sealed class TransferTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    private async Task<string> Held(int number = 1) =>
        (string)(await Nanhu.Reports(Given.Another(number))).Is(201)["projectId"]!;

    private Task<Answer> Proposes(Actor who, string project, string to = "pinghu") =>
        who.Post(
            "transfers",
            new
            {
                projectId = project,
                toJurisdictionId = App.As(to).UnitId,
                reason = "用地指标不足",
            }
        );

    private async Task<string> Proposed(string project, Actor? by = null) =>
        (string)(await Proposes(by ?? Nanhu, project)).Is(201)["id"]!;

    private static Task<Answer> Takes(Actor who, string transfer, string step, string? reason = null) =>
        who.Act($"transfers/{transfer}", step, reason is null ? new { } : new { reason });

    private async Task<string> Accepted(string project)
    {
        var id = await Proposed(project);
        (await Takes(Pinghu, id, "accept")).Is(200);
        return id;
    }

    private static string[] Actions(Answer answer) =>
        [.. answer["allowedActions"].AsArray().Select(action => (string)action!)];

    private static string Status(Answer answer) => (string)answer["status"]!;

    [Test]
    public async Task R40_a_project_goes_to_the_receiver_with_a_fresh_window_and_the_first_talk_stays()
    {
        var project = await Held();
        var held = (await Nanhu.Get("claims?status=active"))["items"][0]!;
        var offered = (await Proposes(Nanhu, project)).Is(201);
        Status(offered).ShouldBe("proposed");
        Actions(offered).ShouldBe(["cancel"]);
        var id = (string)offered["id"]!;

        // After 05-04: 05-06, 07, 08, the worked Saturday 09, and 11, for 05-05 is a holiday.
        ((string)offered["acceptUntil"]!).ShouldBe("2026-05-11T15:59:59.999Z");
        Actions((await Pinghu.Get($"transfers/{id}")).Is(200)).ShouldBe(["accept", "decline"]);
        App.Time.Advance(TimeSpan.FromDays(2));
        var accepted = (await Takes(Pinghu, id, "accept")).Is(200);
        Status(accepted).ShouldBe("accepted");
        ((string)accepted["decideUntil"]!).ShouldBe("2026-05-09T15:59:59.999Z");
        Actions((await Centre.Get($"transfers/{id}")).Is(200)).ShouldBe(["approve", "reject"]);
        var approved = (await Takes(Centre, id, "approve")).Is(200);
        Status(approved).ShouldBe("approved");

        var after = (await Pinghu.Get($"projects/{project}")).Is(200);
        ((string)after["owner"]["id"]!).ShouldBe(Pinghu.UnitId);
        ((string)after["firstTalk"]["id"]!).ShouldBe(Nanhu.UnitId);
        ((string)after["claim"]["status"]!).ShouldBe("active");

        // One month from the approval, 05-06.
        ((string)after["claim"]["expiresAt"]!).ShouldBe("2026-06-06T15:59:59.999Z");
        ((string)(await Nanhu.Get($"claims/{held["id"]}")).Is(200)["status"]!).ShouldBe("transferred");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R41_the_first_talk_stays_frozen_whoever_holds_the_project_later()
    {
        var project = await Held();
        await App.As("haining").Reports(Given.Another(1));
        (await Takes(Centre, await Accepted(project), "approve")).Is(200);
        App.Time.Advance(TimeSpan.FromDays(40));
        var now = (await App.As("haining").Get($"projects/{project}")).Is(200);
        ((string)now["owner"]["id"]!).ShouldBe(App.As("haining").UnitId);
        ((string)now["firstTalk"]["id"]!).ShouldBe(Nanhu.UnitId);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R41_the_queue_is_told_nothing_and_keeps_its_order()
    {
        var project = await Held();
        var waiting = new List<(string Unit, string Claim)>();
        foreach (var unit in new[] { "haining", "jiashan" })
            waiting.Add((unit, (string)(await App.As(unit).Reports(Given.Another(1))).Is(201)["id"]!));
        var before = new List<string>();
        foreach (var (unit, claim) in waiting)
            before.Add((await App.As(unit).Get($"claims/{claim}")).Is(200).Text);
        (await Takes(Centre, await Accepted(project), "approve")).Is(200);
        for (var at = 0; at < waiting.Count; at++)
        {
            var (unit, claim) = waiting[at];
            (await App.As(unit).Get($"claims/{claim}")).Is(200).Text.ShouldBe(before[at]);
            (await App.As(unit).Get("transfers?count=true"))["total"]!.GetValue<long>().ShouldBe(0);
            (await App.As(unit).Get("notices"))["items"].AsArray().ShouldBeEmpty();
        }
    }

    [Test]
    public async Task R41_a_receiver_that_waited_itself_gets_the_claim_it_waited_with()
    {
        var project = await Held();
        var own = (await Pinghu.Reports(Given.Another(1))).Is(201);
        (await Takes(Centre, await Accepted(project), "approve")).Is(200);
        ((string)(await Pinghu.Get($"claims/{own["id"]}")).Is(200)["status"]!).ShouldBe("active");
        (await Pinghu.Get("claims"))["items"].AsArray().Count.ShouldBe(1);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R41_one_transfer_a_project_is_all()
    {
        var project = await Held();
        (await Takes(Centre, await Accepted(project), "approve")).Is(200);
        (await Proposes(Pinghu, project, "haiyan"))
            .IsProblem(409, "transfer-not-allowed")
            .Codes("projectId")
            .ShouldBe(["transfers-used"]);
    }

    [Test]
    public async Task R43_below_the_threshold_no_claim_arises()
    {
        var project = (string)
            (await Nanhu.Post("projects", Given.Project("小厂房", "小厂有限公司", 50_000_000m))).Is(201)["id"]!;
        var id = await Accepted(project);
        (await Takes(Centre, id, "approve")).Is(200);
        var after = (await Pinghu.Get($"projects/{project}")).Is(200);
        after.Body!["claim"].ShouldBeNull();
        ((string)after["firstTalk"]["id"]!).ShouldBe(Nanhu.UnitId);
        (await Pinghu.Get("claims"))["items"].AsArray().ShouldBeEmpty();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R43_what_waits_for_the_centre_or_is_another_receivers_is_refused()
    {
        var project = await Held();
        (await Proposes(Nanhu, project, "nanhu"))
            .IsProblem(409, "transfer-not-allowed")
            .Codes("toJurisdictionId")
            .ShouldBe(["receiver"]);
        var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await Proposes(Nanhu, project))
            .IsProblem(409, "transfer-not-allowed")
            .Codes("projectId")
            .ShouldBe(["move-pending"]);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        (await Proposes(Nanhu, project))
            .IsProblem(409, "transfer-not-allowed")
            .Codes("projectId")
            .ShouldBe(["not-in-talks"]);
        (await Proposes(Pinghu, project)).Is(403);
        (await Proposes(App.As("leader"), project)).IsProblem(403, "forbidden");

        var free = await Held(2);
        Actions((await Nanhu.Get($"projects/{free}")).Is(200)).ShouldContain("propose-transfer");
        await Proposed(free);
        Actions((await Nanhu.Get($"projects/{free}")).Is(200)).ShouldNotContain("propose-transfer");
        (await Proposes(Nanhu, free, "haiyan"))
            .IsProblem(409, "transfer-not-allowed")
            .Codes("projectId")
            .ShouldBe(["transfer-open"]);
        (await Proposes(Pinghu, free)).Is(404);
    }

    [Test]
    public async Task R43_that_a_project_is_like_anothers_is_for_the_centre_to_know_when_it_decides()
    {
        (await App.As("haining").Post("projects", Given.Project("光缆厂一期", "永和光缆有限公司", 50_000_000m))).Is(
            201
        );
        var project = (string)
            (await Nanhu.Post("projects", Given.Project("光缆厂一期", "永和光缆有限公司", 51_000_000m))).Is(201)["id"]!;
        var id = await Accepted(project);
        (await Takes(Centre, id, "approve"))
            .IsProblem(409, "transfer-not-allowed")
            .Codes("projectId")
            .ShouldBe(["under-review"]);
        (await Takes(Centre, id, "reject", "先核查")).Is(200);
    }

    [Test]
    public async Task R43a_before_the_approval_the_receiver_sees_what_is_offered_and_nobody_else_anything()
    {
        var project = await Held();
        var id = await Proposed(project);
        var seen = (await Pinghu.Get($"transfers/{id}")).Is(200);
        seen["project"]
            .AsObject()
            .Select(member => member.Key)
            .ShouldBe(["name", "investors", "totalInvestment", "industryCode"]);
        (await Pinghu.Get($"projects/{project}")).Is(404);
        (await Pinghu.Get($"transfers?projectId={project}&count=true"))["total"]!.GetValue<long>().ShouldBe(0);
        foreach (var other in new[] { "haining", "jiashan" })
        {
            (await App.As(other).Get($"transfers/{id}")).Is(404);
            (await App.As(other).Post($"transfers/{id}/accept", null, ("If-Match", "*"))).Is(404);
        }

        // What is edited later is not told: the offer stands as it was made.
        var etag = seen.ETag;
        (await Nanhu.Patch($"projects/{project}", new { name = "改名后的项目" }, "*")).Is(200);
        (await Pinghu.Get($"transfers/{id}")).Is(200).ETag.ShouldBe(etag);
    }

    [Test]
    public async Task R43a_nobody_has_to_look_for_a_transfer_to_lapse()
    {
        var project = await Held();
        var id = await Proposed(project);
        var etag = (await Pinghu.Get($"transfers/{id}")).Is(200).ETag!;
        App.Time.Advance(TimeSpan.FromDays(8));
        var lapsed = (await Nanhu.Get($"transfers/{id}")).Is(200);
        (Status(lapsed), (string)lapsed["endReason"]!, (string)lapsed["endedAt"]!).ShouldBe(
            ("lapsed", "not-answered", "2026-05-11T15:59:59.999Z")
        );
        (await Pinghu.Post($"transfers/{id}/accept", null, ("If-Match", "*"))).IsProblem(409, "transfer-ended");
        (await Nanhu.Get("transfers?status=lapsed&count=true"))["total"]!.GetValue<long>().ShouldBe(1);
        (await Nanhu.Get("transfers?status=proposed&count=true"))["total"]!.GetValue<long>().ShouldBe(0);

        // Stored by whoever comes next, it is the same.
        await App.Services.GetRequiredService<Pipeline.Store.Transfers.SettleTransfers>().WhatIsDue();
        var stored = (await Nanhu.Get($"transfers/{id}")).Is(200);
        ((string)stored["endedAt"]!).ShouldBe("2026-05-11T15:59:59.999Z");
        (await Pinghu.Post($"transfers/{id}/accept", null, ("If-Match", etag))).IsProblem(412, "precondition-failed");
        await Proposed(project);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R43a_a_transfer_lapses_when_the_owner_changes_meanwhile()
    {
        var project = await Held();
        var waits = (await App.As("haining").Reports(Given.Another(1))).Is(201);
        var id = await Accepted(project);
        var claim = (string)(await Nanhu.Get("claims?status=active"))["items"][0]!["id"]!;
        (await Nanhu.Act($"claims/{claim}", "release", new { reason = "放弃" })).Is(200);
        ((string)(await App.As("haining").Get($"claims/{waits["id"]}")).Is(200)["status"]!).ShouldBe("active");
        var lapsed = (await Nanhu.Get($"transfers/{id}")).Is(200);
        (Status(lapsed), (string)lapsed["endReason"]!).ShouldBe(("lapsed", "owner-changed"));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R43a_a_transfer_lapses_when_the_project_is_signed_and_its_approval_returns_a_pending_signing()
    {
        var (signed, returned) = (await Held(), await Held(2));
        var (first, second) = (await Accepted(signed), await Accepted(returned));
        var move = (await Nanhu.Submits(signed, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        var lapsed = (await Nanhu.Get($"transfers/{first}")).Is(200);
        (Status(lapsed), (string)lapsed["endReason"]!).ShouldBe(("lapsed", "project-moved"));

        move = (await Nanhu.Submits(returned, Given.Signing("2026-05-04"))).Is(201);
        (await Takes(Centre, second, "approve")).Is(200);
        ((string)(await Nanhu.Get($"moves/{move["id"]}")).Is(200)["status"]!).ShouldBe("returned");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R40_the_centre_may_propose_and_the_proposer_takes_back()
    {
        var project = await Held();
        var id = await Proposed(project, Centre);
        (await Takes(Nanhu, id, "cancel")).IsProblem(403, "forbidden");
        (await Takes(Centre, id, "cancel")).Is(200);
        id = await Proposed(project);
        (await Takes(Pinghu, id, "decline", "无指标")).Is(200);
        var declined = (await Nanhu.Get($"transfers/{id}")).Is(200);
        (Status(declined), (string)declined["endNote"]!).ShouldBe(("declined", "无指标"));
        id = await Accepted(project);
        (await Takes(Centre, id, "reject", "不妥")).Is(200);
        (await Takes(Centre, id, "approve")).IsProblem(409, "transfer-ended");
        (await Nanhu.Get($"projects/{project}/timeline")).Is(200).Text.ShouldContain("transfer-rejected");
    }

    [Test]
    public async Task R17a_the_former_holder_keeps_the_facts_and_the_receiver_gets_nobodys_people()
    {
        var report = Given.Another(1);
        report["contacts"] = new[] { new { name = "王经理", phone = "0573-1" } };
        var project = (string)(await Nanhu.Reports(report)).Is(201)["projectId"]!;
        (await Takes(Centre, await Accepted(project), "approve")).Is(200);
        (await Pinghu.Get($"projects/{project}")).Is(200).Text.ShouldNotContain("王经理");
        var kept = (await Nanhu.Get($"projects/{project}")).Is(200);
        kept.Text.ShouldContain("王经理");
        kept.Body!["asOf"].ShouldNotBeNull();
        (
            await Nanhu.Post(
                $"projects/{project}/progress",
                new
                {
                    occurredOn = "2026-05-04",
                    kind = "call",
                    note = "x",
                }
            )
        ).IsProblem(409, "claim-held-by-another");
    }

    [Test]
    public async Task The_two_units_and_the_centre_are_told()
    {
        var project = await Held();
        var id = await Accepted(project);
        (await Takes(Centre, id, "approve")).Is(200);
        async Task<string[]> Kinds(Actor who) =>
            [.. (await who.Get("notices"))["items"].AsArray().Select(notice => (string)notice!["kind"]!).Order()];
        (await Kinds(Nanhu)).ShouldBe(["claim-decided", "transfer-accepted", "transfer-ended"]);
        (await Kinds(Pinghu)).ShouldBe(["claim-decided", "transfer-ended", "transfer-proposed"]);
        (await Kinds(Centre)).ShouldBe(["transfer-accepted"]);
        ((string?)(await Pinghu.Get("notices"))["items"].AsArray()[^1]!["transferId"]).ShouldBe(id);
    }

    // Accept against cancel against approve against reject against the holder's own signing, release and the clock: one outcome, whoever comes first.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task R40_of_many_at_once_one_decides(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 4; round++)
        {
            var project = await Held((seed * 4) + round);
            (await App.As("haining").Reports(Given.Another((seed * 4) + round))).Is(201);
            var claim = (string)(await Nanhu.Get($"projects/{project}")).Is(200)["claim"]["id"]!;
            var id = random.Next(2) == 0 ? await Proposed(project) : await Accepted(project);
            var calls = new List<Func<Task<Answer>>>();
            for (var at = 0; at < 4; at++)
            {
                calls.Add(() => Pinghu.Post($"transfers/{id}/accept", null, ("If-Match", "*")));
                calls.Add(() => Pinghu.Post($"transfers/{id}/decline", new { reason = "无指标" }, ("If-Match", "*")));
                calls.Add(() => Nanhu.Post($"transfers/{id}/cancel", null, ("If-Match", "*")));
                calls.Add(() => Centre.Post($"transfers/{id}/approve", null, ("If-Match", "*")));
                calls.Add(() => Centre.Post($"transfers/{id}/reject", new { reason = "不妥" }, ("If-Match", "*")));
                calls.Add(() => Nanhu.Post($"claims/{claim}/release", new { reason = "放弃" }, ("If-Match", "*")));
                calls.Add(() =>
                    Nanhu.Post($"projects/{project}/moves", Given.Signing("2026-05-04"), ("If-Match", "*"))
                );
            }

            var order = calls.ToArray();
            random.Shuffle(order);
            var answers = await Task.WhenAll(order.Select(call => Task.Run(call)));
            answers.ShouldAllBe(answer => answer.Status < 500);
            var ended = App.Sql(connection =>
                    connection.Query<string>(
                        "SELECT kind FROM timeline WHERE project_id = @project AND kind IN ('transfer-approved', 'transfer-declined', 'transfer-rejected', 'transfer-cancelled', 'transfer-lapsed')",
                        new { project }
                    )
                )
                .ToList();
            ended.Count.ShouldBe(1, string.Join(", ", ended));
            Status((await Centre.Get($"transfers/{id}")).Is(200)).ShouldBe(ended[0]["transfer-".Length..]);
        }

        (await Violations()).ShouldBeEmpty();
    }
}
