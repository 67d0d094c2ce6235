using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Notices;

/// <summary>Who is told what, when, and once (R17, R20).</summary>
public sealed class NoticeTests(string engine) : OnEachEngine(engine)
{
    /// <summary>What is reported at the start ends when 4 June ends in the city.</summary>
    private static readonly DateTimeOffset End = new(2026, 6, 4, 15, 59, 59, 999, TimeSpan.Zero);

    private static DateTimeOffset Day(int month, int day) =>
        new DateTimeOffset(2026, month, day, 0, 0, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    [Test]
    public async Task At_the_end_of_a_window_the_holder_and_the_centre_are_told_and_the_next_in_the_queue()
    {
        var first = (await App.As("nanhu").Reports(Given.Project("甲方的项目"))).Is(201);
        var second = (await App.As("xiuzhou").Reports(Given.Project("甲方的项目"))).Is(201);
        App.Time.AdvanceTo(End.AddMilliseconds(1));
        await Round();

        var ended = (await Of("nanhu")).Single();
        Kind(ended).ShouldBe("claim-expired");
        ((string)ended["claimId"]!).ShouldBe((string)first["id"]!);
        ((string)ended["text"]!).ShouldBe("“甲方的项目”的首谈资格已于 2026-06-04 23:59 到期");
        ended["readAt"].ShouldBeNull();

        var begun = (await Of("xiuzhou")).Single();
        Kind(begun).ShouldBe("claim-activated");
        ((string)begun["claimId"]!).ShouldBe((string)second["id"]!);
        ((string)begun["projectId"]!).ShouldBe((string)first["projectId"]!); // its own now (R17a)
        ((string)begun["text"]!).ShouldContain("2026-07-05 23:59");
        foreach (var coordinator in new[] { "centre", "centre2" })
            (await Kinds(coordinator)).ShouldBe(["claim-expired"]);
        foreach (var other in new[] { "jiashan", "leader", "auditor", "admin" })
            (await Of(other)).ShouldBeEmpty(other);
    }

    [Test]
    public async Task What_was_told_once_is_not_told_again_by_readers_rounds_or_another_instance()
    {
        await App.As("nanhu").Reports(Given.Project());
        await App.As("xiuzhou").Reports(Given.Project());
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        App.Time.AdvanceTo(Day(6, 3));
        await Task.WhenAll(Round(), Round(other), Round(), Round(other));
        (await Kinds("nanhu")).ShouldBe(["claim-expiring"]);
        (await Kinds("centre")).ShouldBe(["claim-expiring"]);

        App.Time.AdvanceTo(End.AddMilliseconds(1));
        await Task.WhenAll(App.As("nanhu").Get("claims"), other.As("xiuzhou").Get("claims"), Round(), Round(other));
        (await Kinds("nanhu")).ShouldBe(["claim-expired", "claim-expiring"]);
        (await Kinds("xiuzhou")).ShouldBe(["claim-activated"]);
        (await Kinds("centre")).ShouldBe(["claim-expired", "claim-expiring"]);
    }

    [Test]
    public async Task Seven_three_and_one_days_before_the_end_holder_and_centre_are_reminded()
    {
        await App.As("nanhu").Reports(Given.Project("甲方的项目"));
        await App.As("xiuzhou").Reports(Given.Project("甲方的项目"));
        var expected = 0;
        foreach (var day in new[] { Day(5, 28), Day(6, 1), Day(6, 3) })
        {
            App.Time.AdvanceTo(day.AddMilliseconds(-1));
            await Round();
            (await Of("nanhu")).Count.ShouldBe(expected, "not before its day");
            App.Time.AdvanceTo(day);
            await Round();
            (await Of("nanhu")).Count.ShouldBe(++expected, "on its day");
        }

        (await Kinds("nanhu")).ShouldBe(["claim-expiring", "claim-expiring", "claim-expiring"]);
        ((string)(await Of("nanhu"))[0]["text"]!).ShouldBe("“甲方的项目”的首谈资格将于 2026-06-04 23:59 到期");
        (await Of("centre")).Count.ShouldBe(3);
        ((string)(await Of("centre"))[0]["text"]!).ShouldBe("南湖区：“甲方的项目”的首谈资格将于 2026-06-04 23:59 到期");
        (await Of("xiuzhou")).ShouldBeEmpty(); // whoever waits learns no date (R20)
    }

    [Test]
    public async Task After_an_outage_only_the_nearest_reminder_is_given()
    {
        await App.As("nanhu").Reports(Given.Project());
        App.Time.AdvanceTo(Day(6, 2)); // the seventh and the third day passed unobserved
        await Round();
        (await Kinds("nanhu")).ShouldBe(["claim-expiring"]);
        App.Time.AdvanceTo(Day(6, 3));
        await Round();
        (await Of("nanhu")).Count.ShouldBe(2);
    }

    [Test]
    public async Task An_outage_over_the_end_of_the_window_leaves_the_end_to_be_told()
    {
        await App.As("nanhu").Reports(Given.Project());
        App.Time.AdvanceTo(Day(6, 20));
        await Round();
        (await Kinds("nanhu")).ShouldBe(["claim-expired"]);
    }

    [TestCase("PT2S", 0)]
    [TestCase("P1D", 0)]
    [TestCase("P3D", 1)]
    [TestCase("P5D", 2)]
    public async Task A_short_window_has_the_reminders_that_fit_into_it(string exclusivity, int reminders)
    {
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "演练",
                        effectiveFrom = "2026-05-04",
                        exclusivity,
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        await App.As("nanhu").Reports(Given.Project());
        for (var hour = 0; hour < 8 * 24; hour++)
        {
            await Round();
            App.Time.Advance(TimeSpan.FromHours(1));
        }

        (await Kinds("nanhu")).ShouldBe(["claim-expired", .. Enumerable.Repeat("claim-expiring", reminders)]);
    }

    [Test]
    public async Task An_extended_window_is_reminded_of_anew()
    {
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
        App.Time.Advance(TimeSpan.FromSeconds(1));
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        App.Time.AdvanceTo(Day(6, 3));
        await Round();
        (await App.As("centre").Act($"claims/{claim["id"]}", "extend", new { reason = "谈判中" })).Is(200);
        await Round();
        (await Of("nanhu")).Count.ShouldBe(1);
        App.Time.AdvanceTo(Day(7, 3)); // it now ends with 4 July
        await Round();
        var told = await Of("nanhu");
        told.Select(Kind).ShouldBe(["claim-expiring", "claim-expiring"]);
        ((string)told[0]["text"]!).ShouldContain("2026-07-04 23:59");
    }

    [Test]
    public async Task A_window_that_a_pending_signing_holds_open_is_not_reminded_of()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var move = (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        App.Time.AdvanceTo(Day(6, 2));
        await Round();
        (await Of("nanhu")).ShouldBeEmpty();
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "协议缺页" })).Is(200);
        await Round();
        (await Kinds("nanhu")).ShouldBe(["claim-expiring", "move-decided"]);
    }

    [Test]
    public async Task Whoever_moves_up_in_the_queue_is_told_the_place_and_nothing_else()
    {
        var holder = (await App.As("nanhu").Reports(Given.Project("甲方的项目"))).Is(201);
        var second = (await App.As("xiuzhou").Reports(Given.Project("甲方的项目"))).Is(201);
        await App.As("jiashan").Reports(Given.Project("甲方的项目"));
        var fourth = (await App.As("pinghu").Reports(Given.Project("甲方的项目"))).Is(201);
        (await App.As("xiuzhou").Act($"claims/{second["id"]}", "withdraw", new { reason = "不再跟进" })).Is(200);

        var moved = (await Of("jiashan")).Single();
        Kind(moved).ShouldBe("queue-moved");
        ((string)moved["text"]!).ShouldBe("首报“甲方的项目”的排队位次升至第 1 位");
        moved["projectId"].ShouldBeNull();
        moved.ToJsonString().ShouldNotContain((string)holder["projectId"]!);
        ((string)(await Of("pinghu")).Single()["text"]!).ShouldContain("第 2 位");
        (await Of("nanhu")).ShouldBeEmpty(); // the holder does not learn that anybody waits (R20)
        (await Of("xiuzhou")).ShouldBeEmpty(); // it did so itself

        (await App.As("nanhu").Act($"claims/{holder["id"]}", "release", new { reason = "投资方转向" })).Is(200);
        (await Kinds("jiashan")).ShouldBe(["claim-activated", "queue-moved"]);
        (await Kinds("pinghu")).ShouldBe(["queue-moved", "queue-moved"]);
        (
            await App.As("centre")
                .Act($"claims/{fourth["id"]}", "resolve", new { decision = "distinct", reason = "另一项目" })
        ).Is(200);
        (await Kinds("pinghu")).ShouldBe(["claim-decided", "queue-moved", "queue-moved"]);
    }

    [Test]
    public async Task A_queued_report_that_is_another_project_lets_those_behind_it_move_up()
    {
        await App.As("nanhu").Reports(Given.Project());
        var second = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        await App.As("jiashan").Reports(Given.Project());
        (
            await App.As("centre")
                .Act($"claims/{second["id"]}", "resolve", new { decision = "distinct", reason = "另一项目" })
        ).Is(200);
        (await Kinds("jiashan")).ShouldBe(["queue-moved"]);
        (await Kinds("xiuzhou")).ShouldBe(["claim-decided"]);
        (await Of("nanhu")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_revoked_claim_is_told_to_its_unit_with_the_reason()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        await App.As("xiuzhou").Reports(Given.Project());
        (await App.As("centre").Act($"claims/{claim["id"]}", "revoke", new { reason = "材料不实" })).Is(200);
        var told = (await Of("nanhu")).Single();
        ((string)told["text"]!).ShouldEndWith("已撤销");
        ((string)told["reason"]!).ShouldBe("材料不实");
        (await Kinds("xiuzhou")).ShouldBe(["claim-activated"]);
        (await Of("xiuzhou")).Single().ToJsonString().ShouldNotContain("材料不实");
    }

    [Test]
    public async Task When_the_project_is_signed_those_who_waited_are_told_that_it_is_over_and_not_why()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        await App.As("xiuzhou").Reports(Given.Project());
        var move = (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        (await Kinds("centre")).ShouldBe(["move-submitted"]);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        (await Kinds("nanhu")).ShouldBe(["signing-flagged", "move-decided"]);
        var told = (await Of("xiuzhou")).Single();
        Kind(told).ShouldBe("claim-decided");
        ((string)told["text"]!).ShouldEndWith("排队终止");
        told["projectId"].ShouldBeNull();
        told["reason"].ShouldBeNull();
    }

    [Test]
    public async Task A_report_under_review_is_told_to_the_centre_and_the_decision_to_the_unit()
    {
        await App.As("nanhu").Reports(Given.Project());
        var similar = (
            await App.As("xiuzhou")
                .Reports(Given.Project(name: "光伏组件扩产", amount: 3_000_000_000m, industry: "3825"))
        ).Is(201);
        ((string)similar["status"]!).ShouldBe("under-review");
        var waiting = (await Of("centre")).Single();
        Kind(waiting).ShouldBe("review-waiting");
        ((string)waiting["claimId"]!).ShouldBe((string)similar["id"]!);
        (await Of("nanhu")).ShouldBeEmpty();
        (
            await App.As("centre")
                .Act($"claims/{similar["id"]}", "resolve", new { decision = "same", reason = "同一项目" })
        ).Is(200);
        var decided = (await Of("xiuzhou")).Single();
        ((string)decided["text"]!).ShouldBe("首报“光伏组件扩产”：排队中");
        decided["projectId"].ShouldBeNull();
        (await Of("nanhu")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_returned_move_comes_back_with_its_reason_in_the_readers_language()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project("甲方的项目"))).Is(201);
        var move = (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "协议缺页" })).Is(200);
        var told = (await Of("nanhu")).Single();
        ((string)told["text"]!).ShouldBe("“甲方的项目”进入“签约”的申报被退回");
        ((string)told["reason"]!).ShouldBe("协议缺页");
        ((string)told["moveId"]!).ShouldBe((string)move["id"]!);
        var english = (await App.As("nanhu").Get("notices", ("Accept-Language", "en"))).Is(200);
        ((string)english["items"][0]!["text"]!).ShouldBe("The move of “甲方的项目” to “signed” was returned");
        (await Of("centre2")).Select(Kind).ShouldBe(["move-submitted"]);
    }

    [Test]
    public async Task What_the_centre_does_to_a_project_at_once_is_told_to_its_unit()
    {
        var small = (
            await App.As("xiuzhou")
                .Post("projects", Given.Project("小项目", "嘉兴某某食品股份公司", 10_000_000m, industry: "1411"))
        ).Is(201);
        (
            await App.As("centre")
                .Submits(
                    (string)small["id"]!,
                    new
                    {
                        to = "terminated",
                        occurredOn = "2026-05-04",
                        reasonCode = "policy",
                        note = "政策调整",
                    }
                )
        ).Is(201);
        var told = (await Of("xiuzhou")).Single();
        ((string)told["text"]!).ShouldBe("“小项目”进入“终止”已认定");
        ((string)told["reason"]!).ShouldBe("政策调整");
    }

    [Test]
    public async Task A_refused_or_only_checked_act_tells_nobody()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var etag = (await App.As("nanhu").Get($"projects/{claim["projectId"]}")).ETag!;
        (
            await App.As("nanhu")
                .Post(
                    $"projects/{claim["projectId"]}/moves?validateOnly=true",
                    Given.Signing("2026-05-04"),
                    ("If-Match", etag)
                )
        ).Is(200);
        (
            await App.As("nanhu")
                .Post($"projects/{claim["projectId"]}/moves?unheard=1", Given.Signing("2026-05-04"), ("If-Match", etag))
        ).Is(400);
        (await Of("centre")).ShouldBeEmpty();
    }

    [Test]
    public async Task Notices_are_counted_and_marked_as_read_each_person_for_himself()
    {
        for (var number = 0; number < 3; number++)
        {
            var claim = (await App.As("nanhu").Reports(Given.Another(number))).Is(201);
            (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04", 1m))).Is(201);
        }

        var all = (await App.As("centre").Get("notices?count=true&limit=2")).Is(200);
        ((int)all["total"]!).ShouldBe(3);
        var ids = all["items"].AsArray().Select(item => (string)item!["id"]!).ToList();
        var rest = (
            await App.As("centre").Get($"notices?limit=2&cursor={Uri.EscapeDataString((string)all["nextCursor"]!)}")
        ).Is(200);
        ids.Add((string)rest["items"].AsArray().Single()!["id"]!);
        ids.Distinct().Count().ShouldBe(3);

        (await App.As("centre").Post($"notices/{ids[0]}/read")).Is(204);
        (await Unread("centre")).ShouldBe([ids[1], ids[2]]);
        (await Unread("centre2")).ShouldBe(ids);
        (await App.As("nanhu").Post($"notices/{ids[0]}/read")).IsProblem(404, "not-found");
        (await App.As("centre").Post("notices/read", new { upTo = ids[1] })).Is(204);
        (await Unread("centre")).ShouldBeEmpty();
        (await App.As("centre2").Post("notices/read", new { upTo = ids[1] })).Is(204);
        (await Unread("centre2")).ShouldBe([ids[0]]); // what came after the last one seen stays unread
        (await App.As("nanhu").Post("notices/read", new { upTo = ids[1] })).IsProblem(404, "not-found");
        (await App.As("centre").Post("notices/read", new { })).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task Who_leaves_the_unit_reads_no_more_of_what_it_was_told()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var move = (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "协议缺页" })).Is(200);
        (await Of("nanhu")).Count.ShouldBe(1);
        App.Sql(connection =>
            connection.Execute(
                "UPDATE users SET jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'haining') WHERE username = 'nanhu'"
            )
        );
        (await Of("nanhu")).ShouldBeEmpty();
    }

    [Test]
    public async Task An_edit_that_makes_a_project_like_anothers_waits_for_the_centre_and_only_the_centre_knows()
    {
        await App.As("nanhu").Reports(Given.Project());
        var small = (
            await App.As("xiuzhou")
                .Post("projects", Given.Project("另一个小项目", "嘉兴某某食品股份公司", 10_000_000m, industry: "1411"))
        ).Is(201);
        (await Of("centre")).ShouldBeEmpty();
        var read = await App.As("xiuzhou").Get($"projects/{small["id"]}");
        (
            await App.As("xiuzhou")
                .Patch(
                    $"projects/{small["id"]}",
                    new { investors = new[] { Given.Investor("上海远景氢动力装备有限公司") } },
                    read.ETag
                )
        ).Is(200);
        ((string)(await Of("centre")).Single()["projectId"]!).ShouldBe((string)small["id"]!);
        (await Of("xiuzhou")).ShouldBeEmpty();
        (await Of("nanhu")).ShouldBeEmpty();
    }

    private Task Round(PipelineApp? app = null) => (app ?? App).Services.GetRequiredService<NoticeRound>().Run();

    /// <summary>What somebody was told of what happened; the week ahead has tests of its own.</summary>
    private async Task<List<JsonNode>> Of(string username) =>
        [
            .. (await App.As(username).Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .Select(item => item!)
                .Where(item => Kind(item) != "due-week"),
        ];

    private async Task<List<string>> Kinds(string username) => [.. (await Of(username)).Select(Kind)];

    private async Task<List<string>> Unread(string username) =>
        [
            .. (await App.As(username).Get("notices?unread=true"))
                .Is(200)["items"]
                .AsArray()
                .Select(item => (string)item!["id"]!),
        ];

    private static string Kind(JsonNode notice) => (string)notice["kind"]!;
}
