using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Moves;

/// <summary>Moves through the stages (R1–R6), seen through HTTP.</summary>
public sealed class MoveTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_project_goes_from_talks_to_started_with_the_centre_verifying_each_move()
    {
        var claim = await App.As("nanhu").Reports(Given.Project());
        var id = (string)claim["projectId"]!;
        await Verified(id, Given.Signing("2026-05-04"));
        ((string)(await App.As("nanhu").Get($"claims/{claim["id"]}"))["status"]!).ShouldBe("converted");
        App.Time.Advance(TimeSpan.FromDays(30));
        await Verified(
            id,
            new
            {
                to = "registered",
                occurredOn = "2026-06-01",
                evidence = new { uscc = "91330402MA2XXXXX0X", registeredOn = "2026-06-01" },
            }
        );
        App.Time.Advance(TimeSpan.FromDays(90));
        var photo = await App.As("nanhu").Uploads("site.pdf");
        await Verified(
            id,
            new
            {
                to = "started",
                occurredOn = "2026-08-20",
                evidence = new
                {
                    permitNo = "330402202608200101",
                    permittedOn = "2026-08-18",
                    files = new[] { photo },
                },
            }
        );

        var project = await App.As("nanhu").Get($"projects/{id}");
        ((string)project["stage"]!).ShouldBe("started");
        project["stageDates"]
            .ToJsonString()
            .ShouldBe(
                """{"inTalks":"2026-05-04","signed":"2026-05-04","registered":"2026-06-01","started":"2026-08-20"}"""
            );
        var production = (
            await App.As("nanhu")
                .Submits(
                    id,
                    new
                    {
                        to = "in-production",
                        occurredOn = "2026-08-25",
                        evidence = new { acceptedOn = "2026-08-25" },
                    }
                )
        ).Is(201);
        ((string)production["status"]!).ShouldBe("verified"); // not among the stages to verify
        var kinds = (await App.As("nanhu").Get($"projects/{id}/timeline"))["items"]
            .AsArray()
            .Select(entry => (string)entry!["kind"]!);
        kinds.ShouldBe([
            "reported",
            "claim-activated",
            "move-submitted",
            "move-verified",
            "signing-flagged",
            "claim-converted",
            "move-submitted",
            "move-verified",
            "move-submitted",
            "move-verified",
            "move-verified",
        ]);
    }

    [Test]
    public async Task What_is_missing_is_named_before_and_after()
    {
        var id = await InTalks();
        var project = await App.As("nanhu").Get($"projects/{id}");
        project["missing"]
            .AsArray()
            .Select(item => $"{item!["to"]}.{item["field"]}")
            .ShouldBe(["signed.agreementKind", "signed.parties", "signed.agreedAmount"]);
        project["allowedActions"].AsArray().Select(action => (string)action!).ShouldContain("move-to-signed");
        var refused = (
            await App.As("nanhu")
                .Submits(
                    id,
                    new
                    {
                        to = "signed",
                        occurredOn = "2026-05-04",
                        evidence = new { agreementKind = "formal" },
                    }
                )
        ).IsProblem(422, "evidence-missing");
        refused.Codes("evidence.parties").ShouldBe(["required"]);
        refused.Codes("evidence.agreedAmount").ShouldBe(["required"]);
    }

    [TestCase("registered")]
    [TestCase("started")]
    [TestCase("in-production")]
    public async Task Skipping_without_the_evidence_of_the_skipped_stages_is_illegal(string to) =>
        (
            await App.As("nanhu")
                .Submits(
                    await InTalks(),
                    new
                    {
                        to,
                        occurredOn = "2026-05-04",
                        evidence = new { uscc = "91330402MA2XXXXX0X", registeredOn = "2026-05-04" },
                    }
                )
        ).IsProblem(409, "illegal-move");

    [Test]
    public async Task Skipping_with_all_evidence_is_verified_by_the_centre()
    {
        var id = await InTalks();
        App.Time.Advance(TimeSpan.FromDays(2));
        var move = (
            await App.As("nanhu")
                .Submits(
                    id,
                    new
                    {
                        to = "registered",
                        occurredOn = "2026-05-06",
                        evidence = new
                        {
                            agreementKind = "formal",
                            parties = "双方",
                            agreedAmount = new { amount = 1.2e9, currency = "CNY" },
                            signedOn = "2026-05-05",
                            filingCode = "2605-330402-04-01-123456",
                            filedOn = "2026-05-06",
                        },
                    }
                )
        ).Is(201);
        ((string)move["status"]!).ShouldBe("pending");
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        (await App.As("nanhu").Get($"projects/{id}"))["stageDates"]
            .ToJsonString()
            .ShouldBe("""{"inTalks":"2026-05-04","signed":"2026-05-05","registered":"2026-05-06"}""");
    }

    [Test]
    public async Task A_move_is_not_in_the_future_nor_before_the_previous_stage()
    {
        var id = await InTalks();
        (await App.As("nanhu").Submits(id, Given.Signing("2026-05-05")))
            .IsProblem(422, "date-order")
            .Codes("occurredOn")
            .ShouldBe(["future"]);
        (await App.As("nanhu").Submits(id, Given.Signing("2026-05-03")))
            .IsProblem(422, "date-order")
            .Codes("occurredOn")
            .ShouldBe(["before-previous-stage"]);
    }

    [Test]
    public async Task Registered_before_signed_is_allowed_flagged_and_verified()
    {
        var id = await InTalks();
        App.Time.Advance(TimeSpan.FromDays(10));
        await Verified(id, Given.Signing("2026-05-12"));
        var move = (
            await App.As("nanhu")
                .Submits(
                    id,
                    new
                    {
                        to = "registered",
                        occurredOn = "2026-05-08",
                        evidence = new { uscc = "91330402MA2XXXXX0X", registeredOn = "2026-05-08" },
                    }
                )
        ).Is(201);
        ((string)move["status"]!).ShouldBe("pending");
        move["flags"].AsArray().Select(flag => (string)flag!).ShouldBe(["registered-before-signed"]);
    }

    [Test]
    public async Task A_framework_agreement_is_kept_and_moves_nothing()
    {
        var id = await InTalks();
        var move = (
            await App.As("nanhu")
                .Submits(
                    id,
                    new
                    {
                        to = "signed",
                        occurredOn = "2026-05-04",
                        evidence = new { agreementKind = "framework", parties = "双方" },
                    }
                )
        ).Is(201);
        ((string)move["kind"]!).ShouldBe("agreement");
        ((string)(await App.As("nanhu").Get($"projects/{id}"))["stage"]!).ShouldBe("in-talks");
        (await App.As("nanhu").Get($"projects/{id}/timeline"))["items"]
            .AsArray()
            .Select(entry => (string)entry!["kind"]!)
            .ShouldContain("agreement-recorded");
    }

    [Test]
    public async Task One_pending_move_at_a_time_and_one_decision_on_it()
    {
        var id = await InTalks();
        var move = (await App.As("nanhu").Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("nanhu").Submits(id, Given.Signing("2026-05-04"))).IsProblem(409, "move-pending");
        (await App.As("nanhu").Post($"moves/{move["id"]}/verify")).IsProblem(403, "forbidden");
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { }))
            .IsProblem(400, "validation-failed")
            .Codes("reason")
            .ShouldBe(["required"]);
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "缺页" })).Is(200);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).IsProblem(409, "move-decided");
        (await App.As("centre2").Post($"moves/{move["id"]}/return", new { reason = "缺页" })).IsProblem(
            409,
            "move-decided"
        );
    }

    [Test]
    public async Task Nobody_verifies_a_move_of_ones_own()
    {
        var id = await InTalks();
        await Verified(id, Given.Signing("2026-05-04"));
        var move = (
            await App.As("centre")
                .Submits(
                    id,
                    new
                    {
                        to = "registered",
                        occurredOn = "2026-05-04",
                        evidence = new { uscc = "91330402MA2XXXXX0X", registeredOn = "2026-05-04" },
                    }
                )
        ).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).IsProblem(403, "self-verification");
        (await App.As("centre2").Post($"moves/{move["id"]}/verify")).Is(200);
    }

    [Test]
    public async Task Only_its_submitter_withdraws_a_pending_move()
    {
        var id = await InTalks();
        var move = (await App.As("nanhu").Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/withdraw")).IsProblem(403, "forbidden");
        (await App.As("nanhu").Post($"moves/{move["id"]}/withdraw")).Is(200);
        (await App.As("nanhu").Submits(id, Given.Signing("2026-05-04"))).Is(201);
    }

    [Test]
    public async Task Going_back_is_for_the_centre_with_a_reason_one_stage_at_once()
    {
        var id = await InTalks();
        await Verified(id, Given.Signing("2026-05-04"));
        (
            await App.As("nanhu")
                .Submits(
                    id,
                    new
                    {
                        to = "in-talks",
                        occurredOn = "2026-05-04",
                        note = "撤",
                    }
                )
        ).IsProblem(403, "forbidden");
        (await App.As("centre").Submits(id, new { to = "in-talks", occurredOn = "2026-05-04" }))
            .IsProblem(422, "evidence-missing")
            .Codes("note")
            .ShouldBe(["required"]);
        var back = (
            await App.As("centre")
                .Submits(
                    id,
                    new
                    {
                        to = "in-talks",
                        occurredOn = "2026-05-04",
                        note = "协议无效",
                    }
                )
        ).Is(201);
        ((string)back["status"]!).ShouldBe("verified");
        var project = await App.As("nanhu").Get($"projects/{id}");
        ((string)project["stage"]!).ShouldBe("in-talks");
        project["stageDates"]["signed"].ShouldBeNull();
        (await App.As("nanhu").Get($"projects/{id}/timeline")).Text.ShouldContain("2026-05-04");
    }

    [Test]
    public async Task From_signed_on_a_termination_is_verified_and_a_reactivation_is_the_centres()
    {
        var id = await InTalks();
        await Verified(id, Given.Signing("2026-05-04"));
        (await App.As("nanhu").Submits(id, new { to = "terminated", occurredOn = "2026-05-04" }))
            .IsProblem(422, "evidence-missing")
            .Codes("reasonCode")
            .ShouldBe(["required"]);
        await Verified(
            id,
            new
            {
                to = "terminated",
                occurredOn = "2026-05-04",
                reasonCode = "market",
            }
        );
        (await App.As("nanhu").Submits(id, new { to = "signed", occurredOn = "2026-05-04" })).IsProblem(
            403,
            "forbidden"
        );
        (await App.As("centre").Submits(id, new { to = "registered", occurredOn = "2026-05-04" })).IsProblem(
            409,
            "illegal-move"
        );
        (await App.As("centre").Submits(id, new { to = "signed", occurredOn = "2026-05-04" })).Is(201);
        ((string)(await App.As("nanhu").Get($"projects/{id}"))["stage"]!).ShouldBe("signed");
    }

    [Test]
    public async Task After_twelve_months_a_terminated_project_stays_terminated()
    {
        var id = await InTalks();
        (
            await App.As("nanhu")
                .Submits(
                    id,
                    new
                    {
                        to = "terminated",
                        occurredOn = "2026-05-04",
                        reasonCode = "other",
                    }
                )
        ).Is(201);
        App.Time.AdvanceTo(new DateTimeOffset(2027, 5, 5, 1, 0, 0, TimeSpan.Zero));
        (await App.As("centre").Submits(id, new { to = "in-talks", occurredOn = "2027-05-05" })).IsProblem(
            409,
            "illegal-move"
        );
    }

    [Test]
    public async Task During_exclusivity_only_the_holder_records_progress_and_moves_the_project()
    {
        var id = await InTalks();
        (
            await App.As("centre")
                .Post(
                    $"projects/{id}/progress",
                    new
                    {
                        kind = "visit",
                        occurredOn = "2026-05-04",
                        note = "x",
                    }
                )
        ).IsProblem(409, "claim-held-by-another");
        (await App.As("centre").Submits(id, Given.Signing("2026-05-04"))).IsProblem(409, "claim-held-by-another");
        (
            await App.As("xiuzhou").Post($"projects/{id}/moves", Given.Signing("2026-05-04"), ("If-Match", "*"))
        ).IsProblem(404, "not-found");
    }

    private async Task<string> InTalks() =>
        (string)(await App.As("nanhu").Reports(Given.Project())).Is(201)["projectId"]!;

    private async Task Verified(string projectId, object request)
    {
        var move = (await App.As("nanhu").Submits(projectId, request)).Is(201);
        ((string)move["status"]!).ShouldBe("pending");
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
    }
}
