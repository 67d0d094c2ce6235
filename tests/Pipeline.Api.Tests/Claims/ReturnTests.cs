using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Reports that the centre returns for completion (R14b), from Monday 2026-05-04 on: 05-04 and 05-05 are off, Saturday 05-09 is worked. Five working days after 05-04 are 6, 7, 8, 9 and 11 May.</summary>
public sealed class ReturnTests(string engine) : OnEachEngine(engine)
{
    private const string Until = "2026-05-11T15:59:59.999Z";
    private const string Investor = "上海远景氢动力装备有限公司";

    private static readonly object Return = new
    {
        reason = "接洽材料不全",
        missing = new[] { "盖章的投资意向书", "统一社会信用代码" },
    };

    private static readonly object Completion = new
    {
        contacts = new[]
        {
            new
            {
                kind = "letter",
                occurredOn = "2026-05-04",
                note = "补充意向书",
            },
        },
    };

    private Actor Centre => App.As("centre");
    private Actor Xiuzhou => App.As("xiuzhou");

    private void On(DateTimeOffset at) => App.Time.Advance(at - App.Time.GetUtcNow());

    /// <summary>A report of xiuzhou that is like one of nanhu's: under review.</summary>
    private async Task<string> UnderReview()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var report = (await Xiuzhou.Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"))).Is(201);
        ((string)report["status"]!).ShouldBe("under-review");
        return (string)report["id"]!;
    }

    private async Task<string> Queued(string unit)
    {
        var report = (await App.As(unit).Reports(Given.Project())).Is(201);
        ((string)report["status"]!).ShouldBe("queued");
        return (string)report["id"]!;
    }

    private static string[] Kinds(Answer notices) =>
        [.. notices.Is(200)["items"].AsArray().Select(notice => (string)notice!["kind"]!)];

    [Test]
    public async Task R14b_a_returned_report_is_completed_in_time_and_waits_again_at_its_place()
    {
        var id = await UnderReview();
        var returned = (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        ((string)returned["status"]!).ShouldBe("under-review");
        ((string)returned["returned"]["until"]!).ShouldBe(Until);
        returned["allowedActions"].AsArray().Select(action => (string)action!).ShouldBe(["resolve"]);
        (await Centre.Act($"claims/{id}", "return", Return)).IsProblem(409, "claim-returned");

        // The unit learns why, what is lacking and until when, in its bell and among what is due; the centre waits.
        var own = (await Xiuzhou.Get($"claims/{id}")).Is(200);
        ((string)own["returned"]["reason"]!).ShouldBe("接洽材料不全");
        own["returned"]["missing"]!
            .AsArray()
            .Select(point => (string)point!)
            .ShouldBe(["盖章的投资意向书", "统一社会信用代码"]);
        own["allowedActions"].AsArray().Select(action => (string)action!).ShouldBe(["withdraw", "resubmit"]);
        Kinds(await Xiuzhou.Get("notices")).ShouldContain("claim-returned");
        var due = (await Xiuzhou.Get("due?within=P7D")).Is(200)["items"].AsArray().ShouldHaveSingleItem()!;
        ((string)due["kind"]!, (string)due["at"]!, (string)due["link"]!).ShouldBe(
            ("claim-to-complete", Until, $"/claims/{id}")
        );
        (await Centre.Get("due?within=P7D"))
            .Is(200)["items"]
            .AsArray()
            .Select(item => (string)item!["kind"]!)
            .ShouldBe(["claim-to-complete"]);
        (await App.As("nanhu").Get("due?within=P7D")).Is(200)["items"].AsArray().ShouldBeEmpty();

        // A report that comes meanwhile is judged as if it were under review (R14a).
        var behind = (
            await App.As("jiashan").Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"))
        ).Is(201);
        ((string)behind["status"]!).ShouldBe("under-review");
        (
            await Centre.Act($"claims/{behind["id"]}", "resolve", new { decision = "distinct", reason = "不同" })
        ).IsProblem(409, "review-order");

        // Completed at the very last instant.
        On(DateTimeOffset.Parse(Until));
        var completed = (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).Is(200);
        ((long)completed["sequence"]!, (string)completed["receivedAt"]!).ShouldBe(
            ((long)own["sequence"]!, (string)own["receivedAt"]!)
        );
        completed["contacts"].AsArray().Count.ShouldBe(2);
        completed["returned"]["completedAt"].ShouldNotBeNull();
        Kinds(await Centre.Get("notices")).ShouldContain("claim-completed");
        (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).IsProblem(409, "claim-not-returned");
        On(DateTimeOffset.Parse(Until).AddDays(3));
        ((string)(await Xiuzhou.Get($"claims/{id}"))["status"]!).ShouldBe("under-review");
        (await Centre.Act($"claims/{id}", "resolve", new { decision = "distinct", reason = "不同产品" })).Is(200);
        (await Centre.Act($"claims/{behind["id"]}", "resolve", new { decision = "distinct", reason = "不同" })).Is(200);

        // The course tells each step, who did it and why.
        var course = (await Xiuzhou.Get($"claims/{id}/course")).Is(200)["items"].AsArray();
        course
            .Select(step => (string)step!["kind"]!)
            .Take(3)
            .ShouldBe(["reported", "claim-returned", "claim-completed"]);
        ((string)course[1]!["note"]!).ShouldBe("接洽材料不全");
        course.Select(step => (string)step!["kind"]!).ShouldContain("claim-activated");
    }

    [Test]
    public async Task R14b_not_completed_in_time_it_is_withdrawn_at_that_instant_and_both_are_told()
    {
        var id = await UnderReview();
        (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        On(DateTimeOffset.Parse(Until).AddMilliseconds(1));
        var own = (await Xiuzhou.Get($"claims/{id}")).Is(200);
        ((string)own["status"]!, (string)own["endedAt"]!).ShouldBe(("withdrawn", Until));
        own["returned"]["completedAt"].ShouldBeNull();
        (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).IsProblem(409, "claim-decided");
        foreach (var who in new[] { Xiuzhou, Centre })
            Kinds(await who.Get("notices")).Count(kind => kind == "claim-not-completed").ShouldBe(1);
        (await Xiuzhou.Get("due?within=P7D")).Is(200)["items"].AsArray().ShouldBeEmpty();

        // It is no longer in anybody's way, and the unit may report anew.
        (await Xiuzhou.Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"))).Is(201);
        var types = (await App.As("auditor").Get("changes?since=start&types=claim.returned,claim.ended"))
            .Is(200)["items"]
            .AsArray()
            .Select(change => (string)change!["type"]!);
        types.ShouldBe(["claim.returned", "claim.ended"]);
    }

    [Test]
    public async Task R14b_in_a_queue_the_place_is_kept_and_lost_only_by_time()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var (second, third) = (await Queued("xiuzhou"), await Queued("jiashan"));
        (await Centre.Act($"claims/{second}", "return", Return)).Is(200);
        ((int)(await Xiuzhou.Get($"claims/{second}"))["queuePosition"]!).ShouldBe(1);
        ((int)(await App.As("jiashan").Get($"claims/{third}"))["queuePosition"]!).ShouldBe(2);
        (await App.As("jiashan").Get($"claims/{third}")).Body!.AsObject().ContainsKey("returned").ShouldBeFalse();
        On(DateTimeOffset.Parse(Until).AddMilliseconds(1));
        ((int)(await App.As("jiashan").Get($"claims/{third}"))["queuePosition"]!).ShouldBe(1);
        ((string)(await Xiuzhou.Get($"claims/{second}"))["endedAt"]!).ShouldBe(Until);
    }

    [Test]
    public async Task R14b_a_returned_report_whose_turn_comes_becomes_active()
    {
        var held = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var second = await Queued("xiuzhou");
        (await Centre.Act($"claims/{second}", "return", Return)).Is(200);
        (await App.As("nanhu").Act($"claims/{held["id"]}", "release", new { reason = "企业放弃" })).Is(200);
        On(DateTimeOffset.Parse(Until).AddDays(1));
        var active = (await Xiuzhou.Get($"claims/{second}")).Is(200);
        ((string)active["status"]!).ShouldBe("active");
        active["allowedActions"].AsArray().Select(action => (string)action!).ShouldNotContain("resubmit");
    }

    [Test]
    public async Task R14b_the_completion_has_a_receipt_of_its_own_and_the_first_stays_as_it_was_sealed()
    {
        var id = await UnderReview();
        var first = (await Xiuzhou.Get($"claims/{id}/receipt")).Is(200);
        (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        var project = Given.Project("储能系统研发中心二期", Investor, industry: "3849");
        var completed = (await Xiuzhou.Act($"claims/{id}", "resubmit", new { project })).Is(200);
        ((string)completed["report"]["name"]!).ShouldBe("储能系统研发中心二期");
        var receipt = (await Xiuzhou.Get($"claims/{id}/receipt")).Is(200);
        ((string)receipt["canonical"]!, (string)receipt["hash"]!).ShouldBe(
            ((string)first["canonical"]!, (string)first["hash"]!)
        );
        var own = receipt["completions"].AsArray().ShouldHaveSingleItem()!;
        ((string)own["previousHash"]!).ShouldBe((string)first["hash"]!);
        ((string)own["canonical"]!).ShouldContain("储能系统研发中心二期");
        Convert
            .ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(
                    System.Text.Encoding.UTF8.GetBytes((string)own["canonical"]!)
                )
            )
            .ShouldBe((string)own["hash"]!);
        ((bool)(await App.As("auditor").Get("receipts/verify"))["valid"]!).ShouldBeTrue();
        (await App.As("nanhu").Get($"/check/{own["hash"]}")).Text.ShouldContain("有效");
    }

    [TestCase("UPDATE claims SET completed_report = REPLACE(completed_report, '二期', '三期') WHERE returns = 1")]
    [TestCase("UPDATE claims SET report = REPLACE(report, '研发', '研究') WHERE returns = 1")]
    [TestCase("UPDATE claim_returns SET report_before = REPLACE(report_before, '研发中心', '研究中心')")]
    [TestCase("UPDATE claim_returns SET completed_at = until_at")]
    [TestCase("UPDATE claim_returns SET canonical = REPLACE(canonical, '二期', '三期')")]
    [TestCase("DELETE FROM claim_returns")]
    public async Task R14b_altering_or_deleting_a_completion_is_found(string tampering)
    {
        var id = await UnderReview();
        (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        var project = Given.Project("储能系统研发中心二期", Investor, industry: "3849");
        (await Xiuzhou.Act($"claims/{id}", "resubmit", new { project })).Is(200);
        App.Sql(connection => connection.Execute(tampering)).ShouldBe(1);
        ((bool)(await App.As("auditor").Get("receipts/verify"))["valid"]!).ShouldBeFalse();
    }

    [Test]
    public async Task R14b_what_is_completed_has_to_be_complete_and_the_contact_of_receipt_stays()
    {
        var id = await UnderReview();
        (await Centre.Act($"claims/{id}", "return", new { reason = "" })).IsProblem(400, "validation-failed");
        (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).IsProblem(409, "claim-not-returned");
        (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        (await Xiuzhou.Act($"claims/{id}", "resubmit", new { }))
            .IsProblem(400, "validation-failed")
            .Codes("project")
            .ShouldBe(["nothing-completed"]);
        (
            await Xiuzhou.Act(
                $"claims/{id}",
                "resubmit",
                new { project = Given.Project("小厂", Investor, 100_000_000m) }
            )
        ).IsProblem(422, "below-threshold");
        (
            await Xiuzhou.Act(
                $"claims/{id}",
                "resubmit",
                new { contacts = new[] { new { kind = "visit", occurredOn = "2026-05-05" } } }
            )
        )
            .IsProblem(422, "report-incomplete")
            .Codes("contacts")
            .ShouldBe(["future"]);
        foreach (var who in new[] { "nanhu", "centre", "leader" })
            (await App.As(who).Post($"claims/{id}/resubmit", Completion, ("If-Match", "*"))).Status.ShouldBeOneOf(
                403,
                404
            );
        (await Xiuzhou.Act($"claims/{id}", "return", Return)).IsProblem(403, "forbidden");
        (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).Is(200);
    }

    private Task Round() => App.Services.GetRequiredService<Features.Notices.NoticeRound>().Run();

    private static string[] Unread(Answer notices) => Kinds(notices);

    [Test]
    public async Task On_the_last_day_the_unit_is_reminded_once_and_not_after_it_completed()
    {
        var id = await UnderReview();
        (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        // Until the end of 05-11: on 05-10 there is nothing to say yet.
        On(DateTimeOffset.Parse("2026-05-10T15:59:59Z"));
        await Round();
        Kinds(await Xiuzhou.Get("notices")).ShouldNotContain("claim-completion-due");
        // From the first instant of 05-11 in Shanghai, 16:00 UTC of the day before.
        On(DateTimeOffset.Parse("2026-05-10T16:00:00Z"));
        await Round();
        await Round();
        Kinds(await Xiuzhou.Get("notices")).Count(kind => kind == "claim-completion-due").ShouldBe(1);
        Kinds(await App.As("nanhu").Get("notices")).ShouldNotContain("claim-completion-due");

        (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).Is(200);
        Unread(await Xiuzhou.Get("notices?unread=true")).ShouldNotContain("claim-completion-due");
        Unread(await Xiuzhou.Get("notices?unread=true")).ShouldNotContain("claim-returned");
        await Round();
        Kinds(await Xiuzhou.Get("notices")).Count(kind => kind == "claim-completion-due").ShouldBe(1);
    }

    [Test]
    public async Task A_completion_need_not_be_read_any_more_once_the_report_is_decided()
    {
        var id = await UnderReview();
        (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        // It waits for its unit, so for the centre there is nothing to do.
        Unread(await Centre.Get("notices?unread=true")).ShouldNotContain("review-waiting");
        ((int)(await Centre.Get("claims?status=under-review&returned=false&count=true"))["total"]!).ShouldBe(0);
        ((int)(await Centre.Get("claims?status=under-review&returned=true&count=true"))["total"]!).ShouldBe(1);

        (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).Is(200);
        Unread(await Centre.Get("notices?unread=true")).ShouldContain("claim-completed");
        ((int)(await Centre.Get("claims?status=under-review&returned=false&count=true"))["total"]!).ShouldBe(1);
        (await Centre.Act($"claims/{id}", "resolve", new { decision = "distinct", reason = "不同产品" })).Is(200);
        Unread(await Centre.Get("notices?unread=true")).ShouldNotContain("claim-completed");
    }

    [Test]
    public async Task Evidence_exports_and_the_course_of_a_dispute_have_the_completion_beside_the_report()
    {
        var id = await UnderReview();
        (await Centre.Act($"claims/{id}", "return", Return)).Is(200);
        (await Xiuzhou.Act($"claims/{id}", "resubmit", Completion)).Is(200);
        (
            await Centre.Act(
                $"claims/{id}",
                "resolve",
                new
                {
                    decision = "same",
                    projectId = (string)(await App.As("nanhu").Get("projects"))["items"].AsArray()[0]!["id"]!,
                    reason = "同一项目",
                }
            )
        ).Is(200);
        var receipt = (await Xiuzhou.Get($"claims/{id}/receipt")).Is(200);
        var completion = receipt["completions"].AsArray().ShouldHaveSingleItem()!;

        var dispute = (
            await Xiuzhou.Post($"claims/{id}/disputes", new { grounds = "不是同一项目", files = Array.Empty<string>() })
        ).Is(201);
        var evidence = (await Centre.Get($"disputes/{dispute["id"]}/evidence")).Is(200);
        ((bool)evidence["intact"]!).ShouldBeTrue();
        var sealed_ = evidence["evidence"]!["completions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)sealed_["claimId"]!).ShouldBe(id);
        ((string)sealed_["receiptHash"]!).ShouldBe((string)completion["hash"]!);
        ((string)sealed_["canonical"]!).ShouldBe((string)completion["canonical"]!);
        evidence["evidence"]!["claims"]!
            .AsArray()
            .Select(claim => (string)claim!["receiptHash"]!)
            .ShouldContain((string)receipt["hash"]!, "the report as received stays beside it");

        var course = (await Centre.Get($"disputes/{dispute["id"]}/course")).Is(200)["items"].AsArray();
        course.Select(step => (string)step!["kind"]!).ShouldBe(["dispute-filed"]);
        ((string)course[0]!["note"]!).ShouldBe("不是同一项目");
        (await App.As("jiashan").Get($"disputes/{dispute["id"]}/course")).Is(404);
        (await Xiuzhou.Post($"disputes/{dispute["id"]}/withdraw", new { reason = "已说明" })).Is(200);
        (await Centre.Get($"disputes/{dispute["id"]}/course"))
            .Is(200)["items"]
            .AsArray()
            .Select(step => (string)step!["kind"]!)
            .ShouldBe(["dispute-filed", "dispute-withdrawn"]);
        (await Xiuzhou.Get($"disputes/{dispute["id"]}/course"))
            .Is(200)["items"]
            .AsArray()
            .Select(step => (string?)step!["note"])
            .ShouldBe(["不是同一项目", "已说明"]);

        var lines = System
            .Text.Encoding.UTF8.GetString(await App.As("auditor").Downloads("receipts/export"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToList();
        lines.Count(line => line.Contains("\"completions\"")).ShouldBe(1);
        Features.Audit.VerifyReceiptFile.Verify(lines).Error.ShouldBeNull();
        var at = lines.FindIndex(line => line.Contains("\"completions\""));
        var broken = JsonNode.Parse(lines[at])!;
        broken["completions"]![0]!["canonical"] = ((string)broken["completions"]![0]!["canonical"]!).Replace(
            "2026-05-04",
            "2026-05-03"
        );
        lines[at] = broken.ToJsonString();
        Features.Audit.VerifyReceiptFile.Verify(lines).Error!.ShouldContain("altered");
    }
}
