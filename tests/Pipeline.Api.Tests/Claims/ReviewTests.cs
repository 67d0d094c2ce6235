using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Reports that the centre has to decide (R14, R14a).</summary>
public sealed class ReviewTests(string engine) : OnEachEngine(engine)
{
    private const string Investor = "上海远景氢动力装备有限公司";

    [Test]
    public async Task Similar_but_not_equal_is_under_review_and_distinct_becomes_a_project_of_its_own()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var other = (await App.As("xiuzhou").Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"))).Is(
            201
        );
        ((string)other["status"]!).ShouldBe("under-review");

        var candidates = (await App.As("centre").Get($"claims/{other["id"]}/candidates")).Is(200);
        var candidate = candidates["items"].AsArray().ShouldHaveSingleItem()!;
        ((string)candidate["id"]!).ShouldBe((string)first["projectId"]!);
        ((string)candidate["level"]!).ShouldBe("l2");
        candidate["reasons"]!.AsArray().Select(reason => (string)reason!).ShouldContain("same-investor");

        var resolved = (
            await App.As("centre")
                .Act($"claims/{other["id"]}", "resolve", new { decision = "distinct", reason = "不同产品" })
        ).Is(200);
        ((string)resolved["status"]!).ShouldBe("active");
        ((string)resolved["projectId"]!).ShouldNotBe((string)first["projectId"]!);
        (
            await App.As("centre").Act($"claims/{other["id"]}", "resolve", new { decision = "same", reason = "再想" })
        ).IsProblem(409, "claim-decided");
    }

    [Test]
    public async Task Same_never_displaces_an_active_claim()
    {
        await App.As("nanhu").Reports(Given.Project());
        var other = await App.As("xiuzhou").Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"));
        var resolved = (
            await App.As("centre")
                .Act($"claims/{other["id"]}", "resolve", new { decision = "same", reason = "同一投资" })
        ).Is(200);
        ((string)resolved["status"]!).ShouldBe("queued");
        ((int)resolved["queuePosition"]!).ShouldBe(1);
    }

    [Test]
    public async Task A_report_under_review_keeps_its_place_before_later_queued_ones()
    {
        await App.As("nanhu").Reports(Given.Project());
        var reviewed = await App.As("xiuzhou").Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"));
        var behind = (await App.As("jiashan").Reports(Given.Project("氢能装备制造基地"))).Is(201);
        ((string)behind["status"]!).ShouldBe("under-review"); // it matches the one under review too (R14a)

        (
            await App.As("centre").Act($"claims/{behind["id"]}", "resolve", new { decision = "same", reason = "同一" })
        ).IsProblem(409, "review-order");
        (
            await App.As("centre")
                .Act($"claims/{reviewed["id"]}", "resolve", new { decision = "same", reason = "同一" })
        ).Is(200);
        (
            await App.As("centre").Act($"claims/{behind["id"]}", "resolve", new { decision = "same", reason = "同一" })
        ).Is(200);
        ((int)(await App.As("xiuzhou").Get($"claims/{reviewed["id"]}"))["queuePosition"]!).ShouldBe(1);
        ((int)(await App.As("jiashan").Get($"claims/{behind["id"]}"))["queuePosition"]!).ShouldBe(2);
    }

    [Test]
    public async Task Same_with_a_project_signed_meanwhile_is_rejected()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var other = await App.As("xiuzhou").Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"));
        var move = await App.As("nanhu").Submits((string)first["projectId"]!, Given.Signing("2026-05-04"));
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        var resolved = (
            await App.As("centre").Act($"claims/{other["id"]}", "resolve", new { decision = "same", reason = "同一" })
        ).Is(200);
        ((string)resolved["status"]!).ShouldBe("rejected");
    }

    [Test]
    public async Task Two_projects_that_are_the_same_leave_the_choice_to_the_centre()
    {
        (await App.As("nanhu").Post("projects", Given.Project("氢能装备一厂", Investor, 960_000_000m))).Is(201);
        (await App.As("jiashan").Post("projects", Given.Project("氢能装备二厂", Investor, 960_000_000m))).Is(201);
        var report = (await App.As("xiuzhou").Reports(Given.Project("氢能装备工厂", Investor, 1_000_000_000m))).Is(201);
        ((string)report["status"]!).ShouldBe("under-review");

        (await App.As("centre").Act($"claims/{report["id"]}", "resolve", new { decision = "same", reason = "同一" }))
            .IsProblem(400, "validation-failed")
            .Codes("projectId")
            .ShouldBe(["project-choice-needed"]);
        var candidates = (await App.As("centre").Get($"claims/{report["id"]}/candidates"))["items"].AsArray();
        var chosen = (string)candidates[0]!["id"]!;
        var resolved = (
            await App.As("centre")
                .Act(
                    $"claims/{report["id"]}",
                    "resolve",
                    new
                    {
                        decision = "same",
                        projectId = chosen,
                        reason = "同一",
                    }
                )
        ).Is(200);
        ((string)resolved["status"]!).ShouldBe("active"); // nobody held it
        ((string)resolved["projectId"]!).ShouldBe(chosen);
    }

    [Test]
    public async Task A_queued_claim_may_be_resolved_as_distinct_too()
    {
        await App.As("nanhu").Reports(Given.Project());
        var queued = await App.As("xiuzhou").Reports(Given.Project());
        var resolved = (
            await App.As("centre")
                .Act($"claims/{queued["id"]}", "resolve", new { decision = "distinct", reason = "两处投资" })
        ).Is(200);
        ((string)resolved["status"]!).ShouldBe("active");
        (await App.As("xiuzhou").Get($"projects/{resolved["projectId"]}")).Is(200);
    }

    [Test]
    public async Task Only_the_centre_sees_candidates_and_decides()
    {
        await App.As("nanhu").Reports(Given.Project());
        var other = await App.As("xiuzhou").Reports(Given.Project("储能系统研发中心", Investor, industry: "3849"));
        foreach (var who in new[] { "xiuzhou", "nanhu", "leader", "auditor", "admin" })
            (await App.As(who).Get($"claims/{other["id"]}/candidates")).IsProblem(403, "forbidden");
    }
}
