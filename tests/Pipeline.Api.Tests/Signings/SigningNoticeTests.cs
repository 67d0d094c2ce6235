using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Signings;

/// <summary>Signing notices (R30–R33).</summary>
public sealed class SigningNoticeTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    private async Task<string> Held(int number = 1) =>
        (string)(await Nanhu.Reports(Given.Another(number))).Is(201)["projectId"]!;

    private static object Notice(string planned) =>
        new
        {
            plannedSigningOn = planned,
            parties = "区政府、企业",
            agreedAmount = new { amount = 1_500_000_000, currency = "CNY" },
            place = "市会展中心",
            leadersWanted = new[] { "分管市领导" },
        };

    private async Task<Answer> Files(string project, string planned, Actor? by = null) =>
        (await (by ?? Nanhu).Post($"projects/{project}/signing-notices", Notice(planned))).Is(201);

    private async Task<Answer> Signs(string project, string on)
    {
        var move = (await Nanhu.Submits(project, Given.Signing(on))).Is(201);
        return (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
    }

    private static string[] Flags(Answer answer) => [.. answer["flags"].AsArray().Select(flag => (string)flag!)];

    [Test]
    public async Task R32_a_signing_in_time_is_clean_and_uses_the_notice_up()
    {
        var project = await Held();
        var notice = await Files(project, "2026-05-11");
        ((int)notice["daysAhead"]!, (bool)notice["timely"]!, (string)notice["filedOn"]!).ShouldBe(
            (7, true, "2026-05-04")
        );
        App.Time.Advance(TimeSpan.FromDays(8));
        Flags(await Signs(project, "2026-05-11")).ShouldBeEmpty();
        Flags((await Nanhu.Get($"projects/{project}")).Is(200)).ShouldBeEmpty();
        var used = (await Nanhu.Get($"signing-notices/{notice["id"]}")).Is(200);
        ((string)used["status"]!, (string)used["signedOn"]!).ShouldBe(("used", "2026-05-11"));
    }

    [Test]
    public async Task R32_the_actual_day_is_judged_and_the_flag_stands_on_move_and_project()
    {
        var project = await Held();
        await Files(project, "2026-05-11");
        App.Time.Advance(TimeSpan.FromDays(6));
        var move = await Signs(project, "2026-05-10");
        Flags(move).ShouldBe(["late-notice"]);
        Flags((await Nanhu.Get($"projects/{project}")).Is(200)).ShouldBe(["late-notice"]);
        (await Nanhu.Get("notices")).Text.ShouldContain("signing-flagged");

        // R32: a coordinator may lift it, with a reason; both stay on the timeline.
        (await Nanhu.Post($"moves/{move["id"]}/lift-flag", new { reason = "特殊情况" })).IsProblem(403, "forbidden");
        Flags((await Centre.Post($"moves/{move["id"]}/lift-flag", new { reason = "特殊情况" })).Is(200))
            .ShouldBeEmpty();
        Flags((await Nanhu.Get($"projects/{project}")).Is(200)).ShouldBeEmpty();
        (await Centre.Post($"moves/{move["id"]}/lift-flag", new { reason = "再次" })).IsProblem(409, "flag-not-set");
        var timeline = (await Nanhu.Get($"projects/{project}/timeline")).Is(200).Text;
        timeline.ShouldContain("signing-flagged");
        timeline.ShouldContain("flag-lifted");
    }

    [Test]
    public async Task R32_without_a_notice_the_signing_is_marked_and_below_the_threshold_it_is_not()
    {
        Flags(await Signs(await Held(), "2026-05-04")).ShouldBe(["no-notice"]);
        var small = (string)
            (await Nanhu.Post("projects", Given.Project("小厂", "小厂公司", 50_000_000m))).Is(201)["id"]!;
        Flags(await Signs(small, "2026-05-04")).ShouldBeEmpty();
    }

    [Test]
    public async Task R31_putting_off_keeps_the_filing_and_bringing_forward_files_anew()
    {
        var project = await Held();
        var id = (string)(await Files(project, "2026-05-20"))["id"]!;
        App.Time.Advance(TimeSpan.FromDays(3));
        async Task<Answer> Moves(string day) =>
            (
                await Nanhu.Patch(
                    $"signing-notices/{id}",
                    new { plannedSigningOn = day },
                    (await Nanhu.Get($"signing-notices/{id}")).ETag
                )
            ).Is(200);
        ((string)(await Moves("2026-05-30"))["filedOn"]!).ShouldBe("2026-05-04");
        var forward = await Moves("2026-05-12");
        ((string)forward["filedOn"]!, (int)forward["daysAhead"]!, (bool)forward["timely"]!).ShouldBe(
            ("2026-05-07", 5, false)
        );
    }

    [Test]
    public async Task R31_a_new_notice_supersedes_the_open_one()
    {
        var project = await Held();
        var first = await Files(project, "2026-05-20");
        await Files(project, "2026-05-25");
        ((string)(await Nanhu.Get($"signing-notices/{first["id"]}")).Is(200)["status"]!).ShouldBe("superseded");
        (await Nanhu.Get($"projects/{project}/signing-notices"))["items"].AsArray().Count.ShouldBe(2);
        (await Nanhu.Post($"signing-notices/{first["id"]}/cancel", new { reason = "x" }, ("If-Match", "*"))).IsProblem(
            409,
            "notice-ended"
        );
    }

    [Test]
    public async Task R33_block_refuses_a_signing_until_the_centre_waives()
    {
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "严格备案",
                        effectiveFrom = "2026-05-04",
                        noticeEnforcement = "block",
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        var project = await Held();
        (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).IsProblem(422, "notice-required");
        var notice = await Files(project, "2026-05-06");
        (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).IsProblem(422, "notice-required");
        var path = $"signing-notices/{notice["id"]}";
        (await Nanhu.Act(path, "waive", new { reason = "急" })).IsProblem(403, "forbidden");
        var waived = (await Centre.Act(path, "waive", new { reason = "重大活动集中签约" })).Is(200);
        ((string)waived["waived"]["reason"]!).ShouldBe("重大活动集中签约");
        Flags(await Signs(project, "2026-05-04")).ShouldBeEmpty();
    }

    [Test]
    public async Task R33_a_transfer_a_termination_and_another_owner_cancel_the_notice()
    {
        var (ended, released) = (await Held(), await Held(2));
        var first = await Files(ended, "2026-05-20");
        (
            await Nanhu.Submits(
                ended,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                }
            )
        ).Is(201);
        ((string)(await Nanhu.Get($"signing-notices/{first["id"]}")).Is(200)["status"]!).ShouldBe("cancelled");

        var second = await Files(released, "2026-05-20");
        (await App.As("xiuzhou").Reports(Given.Another(2))).Is(201);
        var claim = (string)(await Nanhu.Get($"projects/{released}"))["claim"]["id"]!;
        (await Nanhu.Act($"claims/{claim}", "release", new { reason = "放弃" })).Is(200);
        ((string)(await Nanhu.Get($"signing-notices/{second["id"]}")).Is(200)["status"]!).ShouldBe("cancelled");

        // R20: the new owner learns nothing of it.
        (await App.As("xiuzhou").Get($"projects/{released}/signing-notices"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get($"signing-notices/{second["id"]}")).Is(404);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R31_the_calendar_is_in_order_and_a_unit_sees_its_own()
    {
        await Files(await Held(1), "2026-05-20");
        await Files(await Held(2), "2026-05-06");
        var other = (string)(await App.As("pinghu").Reports(Given.Another(3))).Is(201)["projectId"]!;
        await Files(other, "2026-05-12", App.As("pinghu"));
        async Task<string[]> Days(string who, string query = "") =>
            [
                .. (await App.As(who).Get($"signing-notices{query}"))
                    .Is(200)["items"]
                    .AsArray()
                    .Select(notice => (string)notice!["plannedSigningOn"]!),
            ];
        (await Days("centre")).ShouldBe(["2026-05-06", "2026-05-12", "2026-05-20"]);
        (await Days("leader", "?from=2026-05-10&status=open")).ShouldBe(["2026-05-12", "2026-05-20"]);
        (await Days("centre", "?timely=false")).ShouldBe(["2026-05-06"]);
        (await Days("nanhu")).ShouldBe(["2026-05-06", "2026-05-20"]);
        (await Days("pinghu")).ShouldBe(["2026-05-12"]);
        (await Days("haining")).ShouldBeEmpty();
        var page = (await App.As("centre").Get("signing-notices?limit=2")).Is(200);
        (await App.As("centre").Get($"signing-notices?limit=2&cursor={page["nextCursor"]}"))["items"]
            .AsArray()
            .Count.ShouldBe(1);
    }

    [Test]
    public async Task R19_only_the_owner_or_the_centre_for_it_files_and_never_for_a_day_that_is_over()
    {
        var project = await Held();
        (await App.As("xiuzhou").Post($"projects/{project}/signing-notices", Notice("2026-05-20"))).Is(404);

        // The page offers it to whom it is open.
        foreach (var who in new[] { Nanhu, Centre })
            (await who.Get($"projects/{project}"))["allowedActions"]
                .AsArray()
                .Select(action => (string)action!)
                .ShouldContain("file-notice");
        var byCentre = await Files(project, "2026-05-20", Centre);
        ((string)byCentre["jurisdiction"]["id"]!).ShouldBe(Nanhu.UnitId);
        (await Nanhu.Post($"projects/{project}/signing-notices", Notice("2026-05-03")))
            .IsProblem(422, "date-order")
            .Codes("plannedSigningOn")
            .ShouldBe(["past"]);
        await Signs(project, "2026-05-04");
        (await Nanhu.Post($"projects/{project}/signing-notices", Notice("2026-05-20"))).IsProblem(409, "illegal-move");
    }
}
