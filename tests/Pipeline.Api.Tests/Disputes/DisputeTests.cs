using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Disputes;

/// <summary>Disputes (R23) through HTTP. The tests begin on 4 May 2026, in the Labour Day holiday: the working days that follow are 6, 7, 8, 9 (a Saturday made up), 11, 12, 13, 14, 15 May.</summary>
public sealed class DisputeTests(string engine) : OnEachEngine(engine)
{
    private static readonly object Grounds = new { grounds = "我们先于对方与投资方签订了备忘录" };
    private static readonly object Answering = new { answer = "我方首报材料齐全" };

    [Test]
    public async Task A_queued_unit_contests_the_other_side_answers_and_the_centre_upholds()
    {
        var (first, second, _) = await Rivals();
        var filed = (await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201);
        var path = $"disputes/{filed["id"]}";
        ((string)filed["status"]!).ShouldBe("awaiting-answer");
        ((string)filed["answerDue"]!).ShouldBe("2026-05-08T15:59:59.999Z");
        ((string)filed["decisionDue"]!).ShouldBe("2026-05-14T15:59:59.999Z");

        (await App.As("centre").Post($"{path}/decide", Decision("uphold"))).IsProblem(409, "answer-awaited");
        App.Time.Advance(TimeSpan.FromDays(2));
        var answered = (await App.As("nanhu").Post($"{path}/answer", Answering)).Is(200);
        ((string)answered["status"]!).ShouldBe("awaiting-decision");
        ((string)answered["decisionDue"]!).ShouldBe("2026-05-12T15:59:59.999Z"); // 7, 8, 9, 11, 12 May
        (await App.As("nanhu").Post($"{path}/answer", Answering)).IsProblem(409, "dispute-decided");
        var decided = (await App.As("centre").Post($"{path}/decide", Decision("uphold"))).Is(200);
        ((string)decided["status"]!).ShouldBe("decided");
        ((string)decided["appealDue"]!).ShouldBe("2026-05-12T15:59:59.999Z");
        (await Status("nanhu", first), await Status("xiuzhou", second)).ShouldBe(("active", "queued"));
        App.Time.AdvanceTo(Instant("2026-05-12T16:00:00Z"));
        ((string)(await App.As("centre").Get(path))["status"]!).ShouldBe("final");
        (await App.As("xiuzhou").Post($"{path}/appeal", Grounds)).IsProblem(409, "contest-period-over");
    }

    [Test]
    public async Task A_deadline_through_a_year_without_a_work_calendar_is_provisional_and_says_so()
    {
        var (_, second, _) = await Rivals();
        var filed = (await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201);
        filed.Text.ShouldNotContain("provisional");

        App.Sql(connection => connection.Execute("DELETE FROM work_calendars WHERE year = 2026"));
        var path = $"disputes/{filed["id"]}";
        (await App.As("xiuzhou").Get(path))["provisional"]!
            .AsArray()
            .Select(due => (string)due!)
            .ShouldBe(["answerDue", "decisionDue"]);
        (await App.As("centre").Get("disputes"))["items"][0]!["provisional"]!.AsArray().Count.ShouldBe(2);
        var third = (await App.As("jiashan").Reports(Given.Project())).Is(201);
        var claim = (await App.As("jiashan").Get($"claims/{third["id"]}")).Is(200);
        ((bool)claim["contestUntilProvisional"]!).ShouldBeTrue();

        (
            await App.As("admin")
                .Send(
                    HttpMethod.Put,
                    "work-calendars/2026",
                    System.Net.Http.Json.JsonContent.Create(
                        new { holidays = new[] { "2026-05-04", "2026-05-05" }, workdays = new[] { "2026-05-09" } }
                    ),
                    ("If-Match", "*")
                )
        ).Is(200);
        (await App.As("xiuzhou").Get(path)).Text.ShouldNotContain("provisional");
        (await App.As("jiashan").Get($"claims/{third["id"]}")).Text.ShouldNotContain("rovisional");
    }

    [Test]
    public async Task An_outcome_can_be_contested_for_five_working_days_and_once()
    {
        var (_, second, _) = await Rivals();
        App.Time.AdvanceTo(Instant("2026-05-11T15:59:59.999Z")); // 6, 7, 8, 9, 11 May
        var offered = (await App.As("xiuzhou").Get($"claims/{second}")).Is(200);
        offered["allowedActions"]!.AsArray().Select(action => (string)action!).ShouldContain("contest");
        ((string)offered["contestUntil"]!).ShouldBe("2026-05-11T15:59:59.999Z");
        App.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await App.As("xiuzhou").Get($"claims/{second}"))["allowedActions"]!
            .AsArray()
            .Select(action => (string)action!)
            .ShouldNotContain("contest");
        (await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).IsProblem(409, "contest-period-over");
    }

    [Test]
    public async Task What_went_ones_way_or_is_not_decided_cannot_be_contested()
    {
        var (first, second, _) = await Rivals();
        (await App.As("nanhu").Post($"claims/{first}/disputes", Grounds)).IsProblem(409, "not-contestable");
        (await App.As("nanhu").Post($"claims/{second}/disputes", Grounds)).IsProblem(404, "not-found");
        (await App.As("centre").Post($"claims/{second}/disputes", Grounds)).IsProblem(403, "forbidden");
        (await App.As("xiuzhou").Post($"claims/{second}/disputes", new { })).Codes("grounds").ShouldBe(["required"]);
        (await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201);
        (await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).IsProblem(409, "dispute-open");

        // Like a secret project, so the centre has to decide first.
        (await App.As("nanhu").Reports(Given.Project("保密项目甲", "保密投资有限公司", secret: true))).Is(201);
        var reviewed = (await App.As("xiuzhou").Reports(Given.Project("保密项目甲", "保密投资有限公司"))).Is(201);
        ((string)reviewed["status"]!).ShouldBe("under-review");
        (await App.As("xiuzhou").Post($"claims/{reviewed["id"]}/disputes", Grounds)).IsProblem(409, "not-contestable");
    }

    [Test]
    public async Task Neither_side_learns_who_the_other_is_and_the_answer_is_for_the_centre()
    {
        var (first, second, project) = await Rivals();
        var file = await App.As("xiuzhou").Uploads("xiuzhou-memo.pdf");
        var id = (string)
            (
                await App.As("xiuzhou")
                    .Post($"claims/{second}/disputes", new { grounds = "我们先到", files = new[] { file } })
            ).Is(201)["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);

        var holder = (await App.As("nanhu").Get($"disputes/{id}")).Is(200);
        ((string)holder["side"]!).ShouldBe("respondent");
        ((string)holder["grounds"]!).ShouldBe("我们先到");
        foreach (var word in new[] { "秀洲", App.As("xiuzhou").UnitId, second, file, "xiuzhou-memo" })
            holder.Text.ShouldNotContain(word);
        var contestant = (await App.As("xiuzhou").Get($"disputes/{id}")).Is(200);
        foreach (var word in new[] { "南湖", App.As("nanhu").UnitId, first, project, "材料齐全" })
            contestant.Text.ShouldNotContain(word);
        (await App.As("jiashan").Get($"disputes/{id}")).IsProblem(404, "not-found");
        (await App.As("nanhu").Get($"files/{file}")).IsProblem(404, "not-found");
        (await App.As("xiuzhou").Downloads($"files/{file}")).Length.ShouldBeGreaterThan(0);
        (await App.As("centre").Downloads($"files/{file}")).Length.ShouldBeGreaterThan(0);
        var centre = (await App.As("centre").Get($"disputes/{id}")).Is(200);
        ((string)centre["contestant"]["id"]!, (string)centre["respondent"]["id"]!, (string)centre["answer"]!).ShouldBe(
            (App.As("xiuzhou").UnitId, App.As("nanhu").UnitId, "我方首报材料齐全")
        );

        // What a side does not know it cannot ask for.
        (await App.As("nanhu").Get($"disputes?claimId={second}"))["items"]!.AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get($"disputes?projectId={project}"))["items"]!.AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get("disputes?status=awaiting-decision&count=true"))["total"]!
            .GetValue<int>()
            .ShouldBe(1);
        (await App.As("nanhu").Get($"projects/{project}/timeline")).Text.ShouldContain("dispute-filed");
        (await App.As("nanhu").Get($"projects/{project}/timeline")).Text.ShouldNotContain("我们先到");
    }

    [Test]
    public async Task Reassigning_makes_the_contestant_the_holder_at_that_instant_past_the_queue()
    {
        var (first, second, project) = await Rivals("jiashan");
        var third = (string)(await App.As("xiuzhou").Reports(Given.Project())).Is(201)["id"]!;
        (await App.As("nanhu").Submits(project, Given.Signing("2026-05-04"))).Is(201);
        var id = (string)(await App.As("xiuzhou").Post($"claims/{third}/disputes", Grounds)).Is(201)["id"]!;
        App.Time.AdvanceTo(Instant("2026-05-08T16:00:00Z")); // nobody answered in time
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("reassign"))).Is(200);

        (await Status("nanhu", first), await Status("jiashan", second), await Status("xiuzhou", third)).ShouldBe(
            ("revoked", "queued", "active")
        );
        var held = await App.As("xiuzhou").Get($"claims/{third}");
        ((string)held["activatedAt"]!, (string)held["expiresAt"]!).ShouldBe(
            ("2026-05-08T16:00:00.000Z", "2026-06-09T15:59:59.999Z")
        ); // 9 May to 9 June in the city
        ((string)(await App.As("xiuzhou").Get($"projects/{project}")).Is(200)["owner"]["id"]!).ShouldBe(
            App.As("xiuzhou").UnitId
        );
        (await App.As("nanhu").Get("moves?status=pending"))["items"]!.AsArray().ShouldBeEmpty();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task An_appeal_is_decided_by_another_coordinator_for_good_and_gives_back_what_was_taken()
    {
        var (first, second, project) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("reassign"))).Is(200);
        (await App.As("nanhu").Post($"disputes/{id}/appeal", new { grounds = "认定有误" })).Is(200);
        (await App.As("xiuzhou").Post($"disputes/{id}/appeal", Grounds)).IsProblem(409, "dispute-decided");
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("uphold"))).IsProblem(403, "own-decision");
        var final = (await App.As("centre2").Post($"disputes/{id}/decide", Decision("uphold"))).Is(200);
        ((string)final["status"]!, (string)final["outcome"]!, (string)final["finalOutcome"]!).ShouldBe(
            ("final", "reassign", "uphold")
        );
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("revoke"))).IsProblem(409, "dispute-decided");
        (await App.As("xiuzhou").Post($"disputes/{id}/appeal", Grounds)).IsProblem(409, "dispute-decided");

        // What had ended is received anew, with a number and a receipt of its own; nothing that was recorded changes.
        (await Status("nanhu", first), await Status("xiuzhou", second)).ShouldBe(("revoked", "revoked"));
        var anew = (await App.As("nanhu").Get("claims?status=active"))["items"]!.AsArray().Single()!;
        ((long)anew["sequence"]!, (string)anew["projectId"]!).ShouldBe((3, project));
        ((bool)(await App.As("auditor").Get("receipts/verify"))["valid"]!).ShouldBeTrue();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_proven_false_report_is_revoked_the_queue_moves_up_and_its_unit_is_barred_for_ninety_days()
    {
        var (first, second, project) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);
        (
            await App.As("centre")
                .Post(
                    $"disputes/{id}/decide",
                    new
                    {
                        outcome = "uphold",
                        reason = "x",
                        falseReport = true,
                    }
                )
        ).Codes("falseReport").ShouldBe(["choice"]);
        (
            await App.As("centre")
                .Post(
                    $"disputes/{id}/decide",
                    new
                    {
                        outcome = "revoke",
                        reason = "走访记录不实",
                        falseReport = true,
                    }
                )
        ).Is(200);
        (await Status("nanhu", first), await Status("xiuzhou", second)).ShouldBe(("revoked", "active"));
        (await App.As("xiuzhou").Act($"claims/{second}", "release", new { reason = "放弃" })).Is(200);

        (await App.As("nanhu").Reports(Given.Project())).IsProblem(409, "unit-barred");
        App.Time.AdvanceTo(Instant("2026-08-02T15:59:59.999Z")); // 4 May + 90 days
        (await App.As("nanhu").Reports(Given.Project(), Given.Contacts("2026-08-01"))).IsProblem(409, "unit-barred");
        App.Time.Advance(TimeSpan.FromMilliseconds(1));
        (
            (string)(await App.As("nanhu").Reports(Given.Project(), Given.Contacts("2026-08-01"))).Is(201)["status"]!
        ).ShouldBe("active");
        (await App.As("jiashan").Reports(Given.Project(), Given.Contacts("2026-08-01"))).Is(201);
    }

    [Test]
    public async Task A_barred_unit_that_still_owns_the_project_cannot_move_it()
    {
        var (_, second, project) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        (await App.As("xiuzhou").Act($"claims/{second}", "withdraw", new { reason = "放弃" })).Is(200);
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);
        (
            await App.As("centre")
                .Post(
                    $"disputes/{id}/decide",
                    new
                    {
                        outcome = "revoke",
                        reason = "不实",
                        falseReport = true,
                    }
                )
        ).Is(200);
        (
            await App.As("nanhu")
                .Post(
                    $"projects/{project}/progress",
                    new
                    {
                        kind = "visit",
                        occurredOn = "2026-05-04",
                        note = "x",
                    }
                )
        ).IsProblem(409, "unit-barred");
        (await App.As("nanhu").Get($"projects/{project}")).Is(200);
    }

    [Test]
    public async Task Who_may_negotiate_beside_the_holder_reads_the_facts_and_records_progress_until_it_is_signed()
    {
        var body = Given.Project();
        body["contacts"] = new[] { new { name = "张三", phone = "13800000000" } };
        var reported = (await App.As("nanhu").Reports(body)).Is(201);
        var project = (string)reported["projectId"]!;
        var second = (string)(await App.As("xiuzhou").Reports(Given.Project())).Is(201)["id"]!;
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);
        (await App.As("xiuzhou").Get($"projects/{project}")).IsProblem(404, "not-found");
        var decided = (await App.As("centre").Post($"disputes/{id}/decide", Decision("co-negotiate"))).Is(200);

        var partner = App.As("xiuzhou");
        var seen = (await partner.Get($"projects/{project}")).Is(200);
        seen.Text.ShouldNotContain("张三");
        ((decimal)seen["totalInvestment"]["amount"]!).ShouldBe(1_200_000_000m);
        seen["allowedActions"]!.AsArray().Select(action => (string)action!).ShouldBe(["record-progress", "add-file"]);
        (
            await partner.Post(
                $"projects/{project}/progress",
                new
                {
                    kind = "meeting",
                    occurredOn = "2026-05-04",
                    note = "联合洽谈",
                }
            )
        ).Is(201);
        (await partner.Patch($"projects/{project}", new { name = "改名" }, seen.ETag)).IsProblem(403, "forbidden");
        (await partner.Submits(project, Given.Signing("2026-05-04"))).IsProblem(403, "forbidden");
        ((string)(await partner.Get($"disputes/{id}"))["respondent"]["id"]!).ShouldBe(App.As("nanhu").UnitId);
        ((string)(await partner.Get($"claims/{second}"))["projectId"]!).ShouldBe(project);
        await Status("xiuzhou", second);

        var move = (await App.As("nanhu").Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        ((bool)(await partner.Get($"projects/{project}")).Is(200)["summary"]!).ShouldBeTrue();
        ((string)decided["outcome"]!).ShouldBe("co-negotiate");
    }

    [TestCase("released")]
    [TestCase("revoked")]
    [TestCase("expired")]
    public async Task Who_negotiates_beside_the_holder_does_so_as_long_as_that_holders_claim(string end)
    {
        var (first, _, project) = await Rivals("jiashan");
        var third = (string)(await App.As("xiuzhou").Reports(Given.Project())).Is(201)["id"]!;
        var id = (string)(await App.As("xiuzhou").Post($"claims/{third}/disputes", Grounds)).Is(201)["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("co-negotiate"))).Is(200);
        var partner = App.As("xiuzhou");
        (await partner.Get($"projects/{project}")).Is(200);
        (await Progress("联合洽谈")).Is(201);
        var file = await Uploads(partner);
        file.Is(201);

        if (end == "released")
            (await App.As("nanhu").Act($"claims/{first}", "release", new { reason = "放弃" })).Is(200);
        else if (end == "revoked")
            (await App.As("centre").Act($"claims/{first}", "revoke", new { reason = "材料不实" })).Is(200);
        else
            App.Time.AdvanceTo(Instant("2026-06-05T01:00:00Z"));
        (await Status("nanhu", first)).ShouldBe(end);

        // jiashan, who waited first, was no party to it.
        var next = App.As("jiashan");
        (
            await next.Patch(
                $"projects/{project}",
                new { name = "新业主改的名" },
                (await next.Get($"projects/{project}")).Is(200).ETag
            )
        ).Is(200);
        (await partner.Get($"projects/{project}")).IsProblem(404, "not-found");
        (await partner.Get($"projects/{project}/timeline")).IsProblem(404, "not-found");
        (await partner.Get($"projects/{project}/files")).IsProblem(404, "not-found");
        (await Progress("不该有的")).IsProblem(404, "not-found");
        (await Uploads(partner)).IsProblem(404, "not-found");
        (await partner.Get($"claims/{third}")).Body!.AsObject().ContainsKey("projectId").ShouldBeFalse();
        (await partner.Get($"disputes/{id}")).Body!.AsObject().ContainsKey("projectId").ShouldBeFalse();
        (await partner.Get($"disputes/{id}")).Text.ShouldNotContain("新业主改的名");
        var timeline = (await next.Get($"projects/{project}/timeline")).Is(200).Text;
        timeline.ShouldNotContain("联合洽谈");
        timeline.ShouldNotContain((string)file["id"]!);
        (await Violations()).ShouldBeEmpty();

        Task<Answer> Progress(string note) =>
            partner.Post(
                $"projects/{project}/progress",
                new
                {
                    kind = "meeting",
                    occurredOn = "2026-05-04",
                    note,
                }
            );
        Task<Answer> Uploads(Actor actor) =>
            actor.Post(
                $"projects/{project}/files",
                new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4"u8.ToArray()), "file", "a.pdf" } }
            );
    }

    [Test]
    public async Task Co_negotiation_is_not_decided_against_a_holder_who_is_no_side_of_the_dispute()
    {
        var (first, _, project) = await Rivals("jiashan");
        var third = (string)(await App.As("xiuzhou").Reports(Given.Project())).Is(201)["id"]!;
        var id = (string)(await App.As("xiuzhou").Post($"claims/{third}/disputes", Grounds)).Is(201)["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);
        (await App.As("nanhu").Act($"claims/{first}", "release", new { reason = "放弃" })).Is(200);
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("co-negotiate"))).IsProblem(
            409,
            "claim-not-active"
        );
        (await App.As("xiuzhou").Get($"projects/{project}")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task A_contestant_cannot_tell_that_the_contested_window_was_suspended()
    {
        var (_, second, _) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        var before = (await App.As("xiuzhou").Get($"disputes/{id}")).Is(200);
        (await App.As("centre").Post($"disputes/{id}/suspend", new { reason = "调查取证" })).Is(200);
        var after = (await App.As("xiuzhou").Get($"disputes/{id}")).Is(200);
        (after.Text, after.ETag).ShouldBe((before.Text, before.ETag));
        (await App.As("centre").Post($"disputes/{id}/resume", new { reason = "调查结束" })).Is(200);
        after = (await App.As("xiuzhou").Get($"disputes/{id}")).Is(200);
        (after.Text, after.ETag).ShouldBe((before.Text, before.ETag));
    }

    [Test]
    public async Task A_suspended_window_stands_still_and_gets_its_days_back_with_the_decision()
    {
        var (first, second, _) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        App.Time.AdvanceTo(Instant("2026-05-20T02:00:00Z"));
        (await App.As("centre").Post($"disputes/{id}/suspend", new { reason = "调查取证" })).Is(200);
        (await App.As("centre").Post($"disputes/{id}/suspend", new { reason = "调查取证" })).IsProblem(
            409,
            "claim-not-active"
        );
        App.Time.AdvanceTo(Instant("2026-06-10T02:00:00Z")); // past 4 June
        var held = (await App.As("nanhu").Get($"claims/{first}")).Is(200);
        ((string)held["status"]!, (string)held["suspendedAt"]!).ShouldBe(("active", "2026-05-20T02:00:00.000Z"));
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("uphold"))).Is(200);
        var after = await App.As("nanhu").Get($"claims/{first}");
        ((string)after["expiresAt"]!).ShouldBe("2026-06-25T15:59:59.999Z"); // 4 June and 21 days
        after.Body!["suspendedAt"].ShouldBeNull();
        App.Time.AdvanceTo(Instant("2026-06-25T16:00:00Z"));
        (await Status("nanhu", first), await Status("xiuzhou", second)).ShouldBe(("expired", "active"));
    }

    [Test]
    public async Task The_evidence_is_frozen_as_it_stood_and_its_seal_tells_when_somebody_touches_it()
    {
        var (first, second, project) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        var project1 = await App.As("nanhu").Get($"projects/{project}");
        (await App.As("nanhu").Patch($"projects/{project}", new { chain = "事后修改" }, project1.ETag)).Is(200);

        var evidence = (await App.As("auditor").Get($"disputes/{id}/evidence")).Is(200);
        ((bool)evidence["intact"]!).ShouldBeTrue();
        evidence.Text.ShouldNotContain("事后修改");
        evidence["evidence"]["claims"]!.AsArray().Select(claim => (string)claim!["id"]!).ShouldBe([first, second]);
        ((string)evidence["evidence"]["claims"]![0]!["receiptHash"]!).ShouldBe(
            (string)(await App.As("nanhu").Get($"claims/{first}/receipt"))["hash"]!
        );
        ((string)evidence["hash"]!).ShouldBe((string)(await App.As("xiuzhou").Get($"disputes/{id}"))["evidenceHash"]!);
        (await App.As("nanhu").Get($"disputes/{id}/evidence")).IsProblem(403, "forbidden");
        (await App.As("leader").Get($"disputes/{id}/evidence")).IsProblem(403, "forbidden");

        App.Sql(connection =>
            connection.Execute("UPDATE disputes SET evidence = REPLACE(evidence, '1200000000', '1300000000')")
        );
        ((bool)(await App.As("auditor").Get($"disputes/{id}/evidence"))["intact"]!).ShouldBeFalse();
        (await Violations()).ShouldContain($"dispute whose evidence was touched: {id}");
    }

    [Test]
    public async Task Who_filed_may_withdraw_until_it_is_decided()
    {
        var (first, second, _) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        (await App.As("nanhu").Post($"disputes/{id}/withdraw", new { reason = "x" })).IsProblem(403, "forbidden");
        (
            (string)
                (await App.As("xiuzhou").Post($"disputes/{id}/withdraw", new { reason = "已协商" })).Is(200)["status"]!
        ).ShouldBe("withdrawn");
        (await App.As("centre").Post($"disputes/{id}/decide", Decision("revoke"))).IsProblem(409, "dispute-decided");
        (await Status("nanhu", first), await Status("xiuzhou", second)).ShouldBe(("active", "queued"));
    }

    [Test]
    public async Task A_unit_whose_window_ended_may_be_given_it_back_with_a_new_receipt()
    {
        var first = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await App.As("centre").Act($"claims/{first["id"]}", "revoke", new { reason = "材料存疑" })).Is(200);
        var id = (string)(await App.As("nanhu").Post($"claims/{first["id"]}/disputes", Grounds)).Is(201)["id"]!;
        var anew = (await App.As("centre").Post($"disputes/{id}/decide", Decision("reassign"))).Is(200);
        ((string)anew["status"]!).ShouldBe("decided");
        var claim = (await App.As("nanhu").Get("claims?status=active"))["items"]!.AsArray().Single()!;
        ((long)claim["sequence"]!, (string)claim["activatedAt"]!).ShouldBe((2, "2026-05-04T01:00:00.000Z"));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Each_step_is_told_to_who_has_to_know_and_by_no_name()
    {
        var (_, second, _) = await Rivals();
        var id = (string)(await App.As("xiuzhou").Post($"claims/{second}/disputes", Grounds)).Is(201)["id"]!;
        (await Told("nanhu")).ShouldContain(
            "有单位对本单位“氢能装备制造基地项目”的首报提出异议，请于 2026-05-08 23:59 前答复"
        );
        (await Told("centre")).ShouldContain("秀洲区：有单位对“氢能装备制造基地项目”的首报结果提出异议");
        (await App.As("nanhu").Get("notices")).Text.ShouldNotContain("秀洲");

        // On the last day, once, however often it is looked.
        App.Time.AdvanceTo(Instant("2026-05-07T16:00:00Z"));
        await Round();
        await Round();
        (await Told("nanhu"))
            .Count(text => text == "“氢能装备制造基地项目”的异议须于今天（2026-05-08 23:59）前答复")
            .ShouldBe(1);
        (await App.As("nanhu").Post($"disputes/{id}/answer", Answering)).Is(200);
        (await Told("centre")).ShouldContain("秀洲区：“氢能装备制造基地项目”的异议已答复，等待中心决定");
        App.Time.AdvanceTo(Instant("2026-05-13T16:00:00Z")); // 9, 11, 12, 13, 14 May: the 14th is the last day
        await Round();
        (await Told("centre")).ShouldContain("秀洲区：“氢能装备制造基地项目”的异议须于今天（2026-05-14 23:59）前决定");

        (await App.As("centre").Post($"disputes/{id}/decide", Decision("uphold"))).Is(200);
        (await Told("nanhu")).ShouldContain("“氢能装备制造基地项目”的异议已有决定");
        (await Told("xiuzhou")).ShouldContain("“氢能装备制造基地项目”的异议已有决定");
        (await App.As("xiuzhou").Post($"disputes/{id}/appeal", Grounds)).Is(200);
        (await Told("nanhu")).ShouldContain("“氢能装备制造基地项目”的异议决定被申诉，将由另一位中心工作人员终审");
        (await Told("centre2")).ShouldContain(
            "秀洲区：“氢能装备制造基地项目”的异议决定被申诉，将由另一位中心工作人员终审"
        );
        (await App.As("xiuzhou").Get("notices")).Text.ShouldNotContain("南湖");
    }

    private async Task<List<string>> Told(string who) =>
        [.. (await App.As(who).Get("notices")).Is(200)["items"]!.AsArray().Select(notice => (string)notice!["text"]!)];

    private Task Round() => App.Services.GetRequiredService<NoticeRound>().Run();

    /// <summary>nanhu holds the claim, another waits; their claims and the project.</summary>
    private async Task<(string First, string Second, string Project)> Rivals(string second = "xiuzhou")
    {
        var held = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        return (
            (string)held["id"]!,
            (string)(await App.As(second).Reports(Given.Project())).Is(201)["id"]!,
            (string)held["projectId"]!
        );
    }

    private async Task<string> Status(string unit, string claim) =>
        (string)(await App.As(unit).Get($"claims/{claim}")).Is(200)["status"]!;

    private static object Decision(string outcome) => new { outcome, reason = "经核查双方材料" };

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
