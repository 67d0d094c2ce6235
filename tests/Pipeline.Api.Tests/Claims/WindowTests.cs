using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>What happens to claims in time (R15–R19), seen through HTTP.</summary>
public sealed class WindowTests(string engine) : OnEachEngine(engine)
{
    private static readonly DateTimeOffset End = new(2026, 6, 4, 15, 59, 59, 999, TimeSpan.Zero);

    [Test]
    public async Task A_queued_claim_becomes_active_the_instant_the_one_before_expires()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());

        App.Time.AdvanceTo(End);
        ((string)(await App.As("nanhu").Get($"claims/{first["id"]}"))["status"]!).ShouldBe("active");
        App.Time.Advance(TimeSpan.FromDays(3)); // nobody looked for three days

        var expired = await App.As("nanhu").Get($"claims/{first["id"]}");
        ((string)expired["status"]!).ShouldBe("expired");
        ((string)expired["endedAt"]!).ShouldBe("2026-06-04T15:59:59.999Z");
        var active = await App.As("xiuzhou").Get($"claims/{second["id"]}");
        ((string)active["status"]!).ShouldBe("active");
        ((string)active["activatedAt"]!).ShouldBe("2026-06-04T16:00:00.000Z"); // 5 June, 00:00 in Shanghai
        ((string)active["expiresAt"]!).ShouldBe("2026-07-05T15:59:59.999Z");
    }

    [Test]
    public async Task Settling_late_goes_down_the_whole_queue()
    {
        await App.As("nanhu").Reports(Given.Project());
        await App.As("xiuzhou").Reports(Given.Project());
        var third = await App.As("jiashan").Reports(Given.Project());
        App.Time.AdvanceTo(new DateTimeOffset(2026, 7, 20, 0, 0, 0, TimeSpan.Zero));

        var active = await App.As("jiashan").Get($"claims/{third["id"]}");
        ((string)active["status"]!).ShouldBe("active");
        ((string)active["activatedAt"]!).ShouldBe("2026-07-05T16:00:00.000Z");
        ((string)active["expiresAt"]!).ShouldBe("2026-08-06T15:59:59.999Z");
    }

    [Test]
    public async Task The_new_owner_sees_the_facts_but_not_the_former_units_people_and_entries()
    {
        var project = Given.Project();
        project["contacts"] = new[] { new { name = "张三", phone = "13800000000" } };
        var first = await App.As("nanhu").Reports(project);
        var path = $"projects/{first["projectId"]}";
        await App.As("nanhu")
            .Post(
                $"{path}/progress",
                new
                {
                    kind = "visit",
                    occurredOn = "2026-05-04",
                    note = "南湖的秘密进展",
                }
            );
        await App.As("xiuzhou").Reports(Given.Project());
        App.Time.AdvanceTo(End.AddMilliseconds(1));

        var owned = (await App.As("xiuzhou").Get(path)).Is(200);
        ((string)owned["owner"]["id"]!).ShouldBe(App.As("xiuzhou").UnitId);
        owned.Text.ShouldNotContain("张三");
        (await App.As("xiuzhou").Get($"{path}/timeline")).Text.ShouldNotContain("秘密进展");

        var former = (await App.As("nanhu").Get(path)).Is(200);
        former.Text.ShouldContain("张三");
        ((string)former["owner"]["id"]!).ShouldBe(App.As("nanhu").UnitId); // as it stood
        ((string)former["asOf"]!).ShouldBe("2026-06-04T16:00:00.000Z");
        (await App.As("nanhu").Get($"{path}/timeline")).Text.ShouldContain("秘密进展");
        (
            await App.As("nanhu")
                .Post(
                    $"{path}/progress",
                    new
                    {
                        kind = "visit",
                        occurredOn = "2026-05-04",
                        note = "x",
                    }
                )
        ).IsProblem(409, "claim-held-by-another");
        (await App.As("nanhu").Submits((string)first["projectId"]!, Given.Signing("2026-06-04"))).IsProblem(
            409,
            "claim-held-by-another"
        );
    }

    [Test]
    public async Task A_former_owner_sees_nothing_of_what_is_edited_after_it()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        await App.As("xiuzhou").Reports(Given.Project());
        App.Time.AdvanceTo(End.AddMilliseconds(1));
        var path = $"projects/{first["projectId"]}";
        var before = await App.As("nanhu").Get(path);
        var owned = await App.As("xiuzhou").Get(path);
        (await App.As("xiuzhou").Patch(path, new { chain = "氢能" }, owned.ETag)).Is(200);

        var after = await App.As("nanhu").Get(path);
        after.ETag.ShouldBe(before.ETag);
        after.Text.ShouldBe(before.Text);
    }

    [Test]
    public async Task Released_and_revoked_claims_hand_over_at_that_instant()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());
        var third = await App.As("jiashan").Reports(Given.Project());
        App.Time.Advance(TimeSpan.FromHours(5));
        (await App.As("nanhu").Act($"claims/{first["id"]}", "release", new { reason = "投资方转向" })).Is(200);
        var active = await App.As("xiuzhou").Get($"claims/{second["id"]}");
        ((string)active["status"]!).ShouldBe("active");
        ((string)active["activatedAt"]!).ShouldBe("2026-05-04T06:00:00.000Z");

        App.Time.Advance(TimeSpan.FromHours(1));
        (await App.As("centre").Act($"claims/{second["id"]}", "revoke", new { reason = "材料不实" })).Is(200);
        ((string)(await App.As("jiashan").Get($"claims/{third["id"]}"))["activatedAt"]!).ShouldBe(
            "2026-05-04T07:00:00.000Z"
        );
        ((string)(await App.As("xiuzhou").Get($"claims/{second["id"]}"))["status"]!).ShouldBe("revoked");
    }

    [Test]
    public async Task A_waiting_claim_can_be_withdrawn_and_an_active_one_cannot()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());
        (await App.As("xiuzhou").Act($"claims/{second["id"]}", "withdraw", new { reason = "放弃" })).Is(200);
        (await App.As("nanhu").Act($"claims/{first["id"]}", "withdraw", new { reason = "放弃" })).IsProblem(
            409,
            "claim-not-active"
        );
        (await App.As("xiuzhou").Act($"claims/{second["id"]}", "release", new { reason = "放弃" })).IsProblem(
            409,
            "claim-not-active"
        );
    }

    [Test]
    public async Task After_a_window_without_a_queue_the_former_holder_needs_a_later_contact_and_others_do_not()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        App.Time.AdvanceTo(new DateTimeOffset(2026, 6, 10, 0, 0, 0, TimeSpan.Zero));

        (await App.As("nanhu").Reports(Given.Project(), Given.Contacts("2026-06-04")))
            .IsProblem(422, "report-incomplete")
            .Codes("contacts")
            .ShouldBe(["contact-after-window"]);
        var again = (await App.As("nanhu").Reports(Given.Project(), Given.Contacts("2026-06-05"))).Is(201);
        ((string)again["status"]!).ShouldBe("active");
        ((string)again["projectId"]!).ShouldBe((string)first["projectId"]!);
    }

    [Test]
    public async Task After_a_window_without_a_queue_another_unit_becomes_the_owner()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        App.Time.AdvanceTo(new DateTimeOffset(2026, 6, 10, 0, 0, 0, TimeSpan.Zero));
        var second = (await App.As("xiuzhou").Reports(Given.Project(), Given.Contacts("2026-06-01"))).Is(201);
        ((string)second["status"]!).ShouldBe("active");
        ((string)second["projectId"]!).ShouldBe((string)first["projectId"]!);
    }

    [Test]
    public async Task A_pending_signing_submitted_in_time_keeps_the_claim_until_it_is_decided()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());
        var move = (await App.As("nanhu").Submits((string)first["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        App.Time.AdvanceTo(End.AddDays(2));

        ((string)(await App.As("nanhu").Get($"claims/{first["id"]}"))["status"]!).ShouldBe("active");
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "协议缺页" })).Is(200);
        var expired = await App.As("nanhu").Get($"claims/{first["id"]}");
        ((string)expired["status"]!).ShouldBe("expired");
        ((string)expired["endedAt"]!).ShouldBe("2026-06-06T15:59:59.999Z");
        ((string)(await App.As("xiuzhou").Get($"claims/{second["id"]}"))["activatedAt"]!).ShouldBe(
            "2026-06-06T15:59:59.999Z"
        );
    }

    [Test]
    public async Task A_pending_signing_verified_after_the_window_converts_the_claim_and_closes_the_queue()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());
        var move = (await App.As("nanhu").Submits((string)first["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        App.Time.AdvanceTo(End.AddDays(2));
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);

        ((string)(await App.As("nanhu").Get($"claims/{first["id"]}"))["status"]!).ShouldBe("converted");
        ((string)(await App.As("xiuzhou").Get($"claims/{second["id"]}"))["status"]!).ShouldBe("rejected");
    }

    [Test]
    public async Task Release_closes_a_pending_move_as_returned()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var move = (await App.As("nanhu").Submits((string)first["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("nanhu").Act($"claims/{first["id"]}", "release", new { reason = "放弃" })).Is(200);
        ((string)(await App.As("nanhu").Get($"moves/{move["id"]}"))["status"]!).ShouldBe("returned");
    }

    [Test]
    public async Task The_default_rules_allow_no_extension_and_a_rule_set_may()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        (await App.As("centre").Act($"claims/{first["id"]}", "extend", new { reason = "谈判中" })).IsProblem(
            409,
            "extension-limit"
        );

        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "可延期",
                        effectiveFrom = "2026-05-04",
                        extensionsMax = 1,
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromMinutes(1));
        var other = (await App.As("nanhu").Reports(Given.Another(4))).Is(201);
        var extended = (await App.As("centre").Act($"claims/{other["id"]}", "extend", new { reason = "谈判中" })).Is(
            200
        );
        ((string)extended["expiresAt"]!).ShouldBe("2026-07-04T15:59:59.999Z");
        (await App.As("centre").Act($"claims/{other["id"]}", "extend", new { reason = "谈判中" })).IsProblem(
            409,
            "extension-limit"
        );
        (await App.As("centre").Act($"claims/{first["id"]}", "extend", new { reason = "谈判中" })).IsProblem(
            409,
            "extension-limit"
        ); // pinned (R15)
    }

    [Test]
    public async Task A_rehearsal_rule_set_of_seconds_ends_exactly()
    {
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "演练",
                        effectiveFrom = "2026-05-04",
                        exclusivity = "PT2S",
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());
        ((string)first["expiresAt"]!).ShouldBe("2026-05-04T01:00:03.000Z");
        App.Time.AdvanceTo(new DateTimeOffset(2026, 5, 4, 1, 0, 3, 1, TimeSpan.Zero));
        var active = await App.As("xiuzhou").Get($"claims/{second["id"]}");
        ((string)active["activatedAt"]!).ShouldBe("2026-05-04T01:00:03.001Z");
        ((string)active["expiresAt"]!).ShouldBe("2026-05-04T01:00:05.001Z");
    }

    [Test]
    public async Task An_officers_termination_while_others_wait_is_a_release()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());
        (
            await App.As("nanhu")
                .Submits(
                    (string)first["projectId"]!,
                    new
                    {
                        to = "terminated",
                        occurredOn = "2026-05-04",
                        reasonCode = "investor-withdrew",
                        note = "不谈了",
                    }
                )
        ).Is(201);
        ((string)(await App.As("nanhu").Get($"claims/{first["id"]}"))["status"]!).ShouldBe("released");
        ((string)(await App.As("xiuzhou").Get($"claims/{second["id"]}"))["status"]!).ShouldBe("active");
        ((string)(await App.As("xiuzhou").Get($"projects/{first["projectId"]}"))["stage"]!).ShouldBe("in-talks");
    }

    [Test]
    public async Task The_centres_termination_closes_the_queue()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = await App.As("xiuzhou").Reports(Given.Project());
        (
            await App.As("centre")
                .Submits(
                    (string)first["projectId"]!,
                    new
                    {
                        to = "terminated",
                        occurredOn = "2026-05-04",
                        reasonCode = "policy",
                    }
                )
        ).Is(201);
        ((string)(await App.As("xiuzhou").Get($"claims/{second["id"]}"))["status"]!).ShouldBe("rejected");
        ((string)(await App.As("nanhu").Get($"projects/{first["projectId"]}"))["stage"]!).ShouldBe("terminated");
    }
}
