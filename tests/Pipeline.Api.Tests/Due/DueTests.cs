using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Due;

/// <summary>What comes due within days (regime §15.3), from Monday 2026-05-04 on: 05-04 and 05-05 are off, Saturday 05-09 is worked.</summary>
public sealed class DueTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");
    private Actor Centre => App.As("centre");

    private void On(string day, string time = "01:00:00") =>
        App.Time.Advance(DateTimeOffset.Parse($"{day}T{time}Z") - App.Time.GetUtcNow());

    private Task Round() => App.Services.GetRequiredService<NoticeRound>().Run();

    private static async Task<JsonArray> Items(Actor who, string within = "P7D") =>
        (await who.Get($"due?within={within}")).Is(200)["items"].AsArray();

    /// <summary>Kind and day of everything that is told.</summary>
    private static async Task<string[]> Told(Actor who, string within = "P7D") =>
        [.. (await Items(who, within)).Select(item => $"{item!["kind"]} {item["on"]}")];

    private async Task<string> Held(int number, Action<Dictionary<string, object?>>? change = null, Actor? by = null)
    {
        var project = Given.Another(number);
        change?.Invoke(project);
        return (string)(await (by ?? Nanhu).Reports(project)).Is(201)["projectId"]!;
    }

    private async Task<string> Small(int number, string? plannedStart = null)
    {
        var project = Given.Project($"第{number}号小厂", $"第{number}号小厂公司", 100_000_000m + number);
        project["plannedStartOn"] = plannedStart;
        return (string)(await Nanhu.Post("projects", project)).Is(201)["id"]!;
    }

    [Test]
    public async Task S15_3_a_window_that_ends_is_told_to_its_holder_and_to_the_city_who_waits_learns_no_day()
    {
        await Held(1); // from 05-04 to the end of 06-04
        On("2026-05-27");
        (await Told(Nanhu)).ShouldBeEmpty();
        On("2026-05-28");
        var ends = (await Items(Nanhu)).ShouldHaveSingleItem()!;
        ((string)ends["kind"]!, (string)ends["at"]!, (bool)ends["overdue"]!).ShouldBe(
            ("claim-ends", "2026-06-04T15:59:59.999Z", false)
        );
        ((string)ends["subject"]!["kind"]!).ShouldBe("claim");
        ((string)ends["link"]!).ShouldBe($"/claims/{ends["subject"]!["id"]}");

        // Another unit waits: the city sees that the window passes on; who waits sees nothing (R20).
        (await Xiuzhou.Reports(Given.Another(1))).Is(201);
        (await Told(Nanhu)).ShouldBe(["claim-ends 2026-06-04"]);
        (await Told(Centre)).ShouldBe(["claim-passes-on 2026-06-04"]);
        (await Told(Xiuzhou, "P3M")).ShouldBeEmpty();
        On("2026-06-05");
        (await Told(Nanhu, "P3M")).ShouldNotContain("claim-ends 2026-06-04");
        // Two months after 05-04 without a contact it turns yellow.
        (await Told(Xiuzhou, "P1M")).ShouldBe(["light-turns 2026-07-04", "claim-ends 2026-07-05"]);
    }

    [Test]
    public async Task S15_3_a_notice_is_to_be_filed_by_the_seventh_day_before_the_planned_signing()
    {
        var project = await Held(1, body => body["plannedSigningOn"] = "2026-05-18");
        await Held(2, body => body["plannedSigningOn"] = "2026-05-19");
        await Small(3); // below the threshold none is needed
        // 05-18 less seven days is 05-11, the seventh day from 05-04; 05-19 would be 05-12.
        (await Told(Nanhu)).ShouldBe(["notice-to-file 2026-05-11"]);
        (await Told(Nanhu, "P6D")).ShouldBeEmpty();
        ((string)(await Items(Nanhu))[0]!["plannedOn"]!).ShouldBe("2026-05-18");

        // Not filed by then it is overdue; filed on 05-12, six days before, the signing would be late.
        On("2026-05-12");
        var late = (await Items(Nanhu))[0]!;
        ((string)late["kind"]!, (string)late["on"]!, (bool)late["overdue"]!).ShouldBe(
            ("notice-to-file", "2026-05-11", true)
        );
        (
            await Nanhu.Post(
                $"projects/{project}/signing-notices",
                new
                {
                    plannedSigningOn = "2026-05-18",
                    parties = "南湖区",
                    agreedAmount = new { amount = 1_500_000_000m, currency = "CNY" },
                }
            )
        ).Is(201);
        (await Told(Centre)).ShouldBe(["notice-to-file 2026-05-12", "signing-late 2026-05-18"]);
        (await Told(Xiuzhou)).ShouldBeEmpty();
    }

    [Test]
    public async Task S15_3_lights_that_turn_and_not_those_that_have_turned()
    {
        await Small(1, "2026-05-10"); // yellow the day after its planned start
        await Small(2, "2026-05-11");
        (await Told(Nanhu)).ShouldBe(["light-turns 2026-05-11"]);
        ((string)(await Items(Nanhu))[0]!["light"]!).ShouldBe("yellow");
        (await Told(Nanhu, "P8D")).ShouldBe(["light-turns 2026-05-11", "light-turns 2026-05-12"]);
        On("2026-05-11");
        (await Told(Nanhu)).ShouldBe(["light-turns 2026-05-12"]);
    }

    [Test]
    public async Task S15_3_removals_until_when_to_contest_and_then_for_the_centre()
    {
        await Small(1);
        On("2026-11-04"); // six months after 05-04; ten working days later it is 11-18
        await Round();
        (await Told(Nanhu, "P13D")).ShouldBeEmpty();
        (await Told(Nanhu, "P14D")).ShouldBe(["removal-to-contest 2026-11-18"]);
        (await Told(Centre, "P14D")).ShouldBe(["removal-to-decide 2026-11-18"]);
        (await Told(Xiuzhou, "P14D")).ShouldBeEmpty();

        // The centre is told once, when nobody has contested it in time.
        async Task<int> Waiting() =>
            (await Centre.Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .Count(notice => (string)notice!["kind"]! == "removal-waiting");
        On("2026-11-18", "15:00:00");
        await Round();
        (await Waiting()).ShouldBe(0);
        On("2026-11-18", "16:00:00");
        await Round();
        await Round();
        (await Waiting()).ShouldBe(1);
        (await Nanhu.Get("notices")).Text.ShouldNotContain("removal-waiting");
    }

    [Test]
    public async Task S15_3_problems_with_their_escalation_to_the_unit_the_centre_and_the_department()
    {
        App.Sql(connection =>
            connection.Execute(
                "UPDATE users SET role = 'department', jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'commerce') WHERE username = 'beijing-office'"
            )
        );
        var commerce = App.As("beijing-office");
        var commerceId = App.Sql(connection =>
            connection.QuerySingle<string>("SELECT id FROM jurisdictions WHERE code = 'commerce'")
        );
        var project = await Held(1);
        var problem = (
            await Nanhu.Post(
                $"projects/{project}/problems",
                new
                {
                    title = "用地指标",
                    kind = "land",
                    urgent = true,
                }
            )
        ).Is(201);
        // Urgent: three working days after 05-04 are 6, 7, 8 May.
        (await Told(commerce)).ShouldBeEmpty();
        (await Centre.Act($"problems/{problem["id"]}", "assign", new { departmentId = commerceId })).Is(200);
        foreach (var who in new[] { Nanhu, Centre, commerce })
            (await Told(who)).ShouldBe(["problem-due 2026-05-08"]);
        (await Told(Xiuzhou)).ShouldBeEmpty();
        (await Told(Nanhu, "P3D")).ShouldBeEmpty();

        // The department learns the name and nothing that leads to the project.
        var theirs = (await Items(commerce))[0]!;
        theirs["project"]!.AsObject().Select(member => member.Key).ShouldBe(["name"]);
        theirs["jurisdiction"].ShouldBeNull();
        ((string)theirs["link"]!).ShouldBe($"/problems?problem={problem["id"]}");

        // On 05-09 (a worked Saturday) it is one working day late; five after 05-08 are 9, 11, 12, 13, 14.
        On("2026-05-09");
        var late = (await Items(Nanhu))[0]!;
        ((bool)late["overdue"]!, (int)late["level"]!, (string)late["escalatesOn"]!).ShouldBe((true, 1, "2026-05-14"));

        // Answered it is the raiser's to close, and no longer the department's.
        (await commerce.Act($"problems/{problem["id"]}", "answer", new { text = "已落实" })).Is(200);
        (await Told(commerce)).ShouldBeEmpty();
        (await Told(Nanhu)).ShouldBe(["problem-to-close 2026-05-08"]);
    }

    [Test]
    public async Task S15_3_disputes_to_answer_to_decide_and_until_when_to_appeal()
    {
        // nanhu holds the project, xiuzhou waits and contests: three working days to answer (6, 7, 8 May), five more to decide (9, 11, 12, 13, 14).
        await Held(1);
        var claim = (await Xiuzhou.Reports(Given.Another(1))).Is(201);
        var dispute = (await Xiuzhou.Post($"claims/{claim["id"]}/disputes", new { grounds = "我们先到" })).Is(201);
        (await Told(Nanhu)).ShouldBe(["dispute-to-answer 2026-05-08"]);
        (await Told(Nanhu, "P3D")).ShouldBeEmpty();
        (await Told(Xiuzhou)).ShouldBeEmpty(); // it waits, and has nothing to do
        (await Told(Centre)).ShouldBeEmpty();
        (await Told(Centre, "P10D")).ShouldBe(["dispute-to-decide 2026-05-14"]);
        (await Told(App.As("jiashan"), "P14D")).ShouldBeEmpty();
        var answer = (await Items(Nanhu))[0]!;
        ((string)answer["link"]!, (string)answer["at"]!).ShouldBe(
            ($"/disputes/{dispute["id"]}", "2026-05-08T15:59:59.999Z")
        );
        answer.ToJsonString().ShouldNotContain("秀洲"); // who contests is not told

        // Not answered in time it is overdue, and may still be answered; from the answer on the centre has five days at most.
        On("2026-05-09");
        ((bool)(await Items(Nanhu))[0]!["overdue"]!).ShouldBeTrue();
        (await Nanhu.Post($"disputes/{dispute["id"]}/answer", new { answer = "材料齐全" })).Is(200);
        (await Told(Nanhu)).ShouldBeEmpty();
        (await Told(Centre)).ShouldBe(["dispute-to-decide 2026-05-14"]);
        ((string)(await Items(Centre))[0]!["jurisdiction"]!["name"]!).ShouldContain("秀洲");
        On("2026-05-15");
        ((bool)(await Items(Centre))[0]!["overdue"]!).ShouldBeTrue();

        // Decided on Friday 05-15 it becomes final after five working days (18 to 22 May), for both sides.
        (await Centre.Post($"disputes/{dispute["id"]}/decide", new { outcome = "uphold", reason = "经核查" })).Is(200);
        (await Told(Centre)).ShouldBeEmpty();
        foreach (var side in new[] { Nanhu, Xiuzhou })
            (await Told(side)).ShouldBe(["dispute-to-appeal 2026-05-22"]);
        ((await Items(Xiuzhou))[0]!["project"]!["id"]).ShouldBeNull(); // who waits does not see the project
        On("2026-05-22", "16:00:00");
        foreach (var side in new[] { Nanhu, Xiuzhou })
            (await Told(side)).ShouldBeEmpty();
    }

    [Test]
    public async Task S15_3_the_next_planned_step_to_the_unit_until_the_centre_decides_on_it()
    {
        var project = Given.Project("小厂", "小厂公司", 100_000_000m);
        project["plannedSigningOn"] = "2026-05-11";
        project["plannedStartOn"] = "2026-08-01"; // not the next step, and far
        var id = (string)(await Nanhu.Post("projects", project)).Is(201)["id"]!;
        (await Told(Nanhu)).ShouldBe(["step-planned 2026-05-11"]);
        (await Told(Nanhu, "P6D")).ShouldBeEmpty();
        ((string)(await Items(Nanhu))[0]!["stage"]!).ShouldBe("signed");
        (await Told(Centre)).ShouldBeEmpty(); // a plan is the unit's matter
        (await Told(Xiuzhou)).ShouldBeEmpty();

        // Passed it is overdue, and after a change of the plan it is not.
        On("2026-05-12");
        ((bool)(await Items(Nanhu))[0]!["overdue"]!).ShouldBeTrue();
        async Task Plan(string on) =>
            (
                await Nanhu.Send(
                    HttpMethod.Patch,
                    $"projects/{id}",
                    new { plannedSigningOn = on },
                    ("If-Match", (await Nanhu.Get($"projects/{id}")).ETag!)
                )
            ).Is(200);
        await Plan("2026-05-15");
        (await Told(Nanhu)).ShouldBe(["step-planned 2026-05-15"]);

        // Submitted it waits for the centre, who learns that; signed there is no plan for the registration.
        var move = (await Nanhu.Submits(id, Given.Signing("2026-05-12"))).Is(201);
        (await Told(Nanhu)).ShouldNotContain("step-planned 2026-05-15");
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        (await Told(Nanhu)).ShouldNotContain("step-planned 2026-05-15");

        // Where a notice is needed, or was given, that is told in its place.
        await Held(1, body => body["plannedSigningOn"] = "2026-05-18");
        (await Told(Nanhu, "P14D")).Count(told => told.StartsWith("step-planned")).ShouldBe(0);
    }

    [Test]
    public async Task S15_3_a_project_that_is_to_be_reported_waits_since_it_entered_the_talks()
    {
        var id = await Small(1);
        (await Told(Nanhu)).ShouldBeEmpty();
        (
            await Nanhu.Send(
                HttpMethod.Patch,
                $"projects/{id}",
                new { totalInvestment = new { amount = 1_000_000_000m, currency = "CNY" } },
                ("If-Match", (await Nanhu.Get($"projects/{id}")).ETag!)
            )
        ).Is(200);
        (await Told(Nanhu)).ShouldBe(["report-to-file 2026-05-04"]);
        var waiting = (await Items(Nanhu))[0]!;
        ((bool)waiting["waits"]!, (bool)waiting["overdue"]!).ShouldBe((true, false));
        (await Told(Centre)).ShouldBeEmpty();
    }

    [Test]
    public async Task S15_3_what_a_meeting_gave_to_do_to_whom_it_was_given_and_the_centre()
    {
        var project = await Held(1);
        var meeting = (
            await Centre.Post(
                "meetings",
                new
                {
                    kind = "monthly",
                    heldOn = "2026-05-06",
                    cutOffAt = "2026-05-04T01:00:00Z",
                    chair = "王主任",
                }
            )
        ).Is(201);
        (await Centre.Act($"meetings/{meeting["id"]}", "issue", new { })).Is(200);
        var minutes = (
            await Centre.Act(
                $"meetings/{meeting["id"]}",
                "minutes",
                new
                {
                    decisions = new object[]
                    {
                        new
                        {
                            projectId = project,
                            text = "落实用地",
                            ownerId = Nanhu.UnitId,
                            dueOn = "2026-05-08",
                        },
                        new
                        {
                            text = "报送季度小结",
                            ownerId = Nanhu.UnitId,
                            dueOn = "2026-05-09",
                        },
                    },
                }
            )
        ).Is(200);
        foreach (var who in new[] { Nanhu, Centre })
            (await Told(who)).ShouldBe(["action-due 2026-05-08", "action-due 2026-05-09"]);
        (await Told(Xiuzhou)).ShouldBeEmpty();
        var items = await Items(Nanhu);
        ((string)items[0]!["project"]!["id"]!, (string)items[0]!["title"]!).ShouldBe((project, "落实用地"));
        items[1]!["project"]!.AsObject().ShouldBeEmpty();
        ((string)items[1]!["link"]!).ShouldBe($"/actions?action={minutes["decisions"][1]!["id"]}");

        // One working day after 05-08, Saturday 05-09 being worked, it is taken to owner and centre.
        On("2026-05-09");
        var late = (await Items(Nanhu))[0]!;
        ((bool)late["overdue"]!, (int)late["level"]!).ShouldBe((true, 1));
        (await Nanhu.Act($"actions/{minutes["decisions"][0]!["id"]}", "done", new { note = "已落实" })).Is(200);
        (await Told(Nanhu)).ShouldBe(["action-due 2026-05-09"]);
    }

    [Test]
    public async Task S15_3_transfers_moves_and_capital_wait_for_whom_they_wait_for()
    {
        var pinghu = App.As("pinghu");
        var offered = await Held(1);
        var transfer = (
            await Nanhu.Post(
                "transfers",
                new
                {
                    projectId = offered,
                    toJurisdictionId = pinghu.UnitId,
                    reason = "用地",
                }
            )
        ).Is(201);
        // Five working days after 05-04: 6, 7, 8, 9, 11 May.
        (await Told(pinghu)).ShouldBe(["transfer-to-answer 2026-05-11"]);
        (await Told(Centre)).ShouldBeEmpty();
        (await pinghu.Act($"transfers/{transfer["id"]}", "accept", new { })).Is(200);
        (await Told(pinghu)).ShouldBeEmpty();
        // Three working days after 05-04: 6, 7, 8 May.
        (await Told(Centre)).ShouldBe(["transfer-to-decide 2026-05-08"]);

        var signing = await Held(2);
        (await Nanhu.Submits(signing, Given.Signing("2026-05-04", 1_500_000_000m))).Is(201);
        var waits = (await Items(Centre))[0]!;
        ((string)waits["kind"]!, (string)waits["on"]!, (bool)waits["waits"]!, (bool)waits["overdue"]!).ShouldBe(
            ("move-to-verify", "2026-05-04", true, false)
        );
        (await Told(Nanhu)).ShouldBeEmpty();
    }

    [Test]
    public async Task S15_3_page_by_page_everything_is_told_once_and_in_order()
    {
        for (var n = 1; n <= 4; n++)
            await Small(n, n % 2 == 0 ? "2026-05-09" : "2026-05-08");
        var project = await Held(1, body => body["plannedSigningOn"] = "2026-05-16"); // notice by 05-09
        await Held(2, body => body["plannedSigningOn"] = "2026-05-17"); // notice by 05-10
        (
            await Nanhu.Post(
                $"projects/{project}/problems",
                new
                {
                    title = "用地",
                    kind = "land",
                    dueOn = "2026-05-09",
                }
            )
        ).Is(201);
        var all = (await Items(Nanhu))
            .Select(item => $"{item!["kind"]} {item["on"]} {item["subject"]!["id"]}")
            .ToList();
        all.Count.ShouldBe(7);
        foreach (var size in new[] { 1, 2, 3 })
        {
            var paged = new List<string>();
            string? cursor = null;
            do
            {
                var page = (await Nanhu.Get($"due?limit={size}{(cursor is null ? "" : $"&cursor={cursor}")}")).Is(200);
                paged.AddRange(
                    page["items"].AsArray().Select(item => $"{item!["kind"]} {item["on"]} {item["subject"]!["id"]}")
                );
                cursor = (string?)page.Body!["nextCursor"];
            } while (cursor is not null);
            paged.ShouldBe(all);
        }

        all.Select(item => item.Split(' ')[1]).ShouldBeInOrder();
    }

    [TestCase("7")]
    [TestCase("PT5H")]
    [TestCase("P4M")]
    [TestCase("P1Y")]
    public async Task A_length_that_cannot_be_is_told_where_it_stands(string within) =>
        (await Nanhu.Get($"due?within={within}"))
            .IsProblem(400, "validation-failed")
            .Codes("within")
            .ShouldBe(["days-ahead"]);

    [Test]
    public async Task S15_3_a_secret_project_is_due_to_its_owner_the_centre_and_the_leaders_named_on_it_alone()
    {
        await Held(1, body => body["secret"] = true);
        On("2026-05-28");
        (await Told(Nanhu)).ShouldBe(["claim-ends 2026-06-04"]);
        (await Told(Centre)).ShouldBe(["claim-ends 2026-06-04"]);
        (await Told(App.As("leader"))).ShouldBeEmpty();
        (await App.As("admin").Get("due")).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task S15_3_on_monday_morning_each_is_told_what_the_week_brings_once()
    {
        await Round(); // begins in the week of 05-04
        await Small(1, "2026-05-12"); // turns on 05-13
        await Small(2, "2026-05-18"); // turns on 05-19, behind the week from 05-11
        await Held(1, body => body["plannedSigningOn"] = "2026-05-20"); // notice by 05-13
        async Task<string[]> Week(Actor who) =>
            [
                .. (await who.Get("notices"))
                    .Is(200)["items"]
                    .AsArray()
                    .Where(notice => (string)notice!["kind"]! == "due-week")
                    .Select(notice => (string)notice!["text"]!),
            ];
        On("2026-05-10", "22:59:00"); // 06:59 on Monday in the city
        await Round();
        (await Week(Nanhu)).ShouldBeEmpty();
        On("2026-05-10", "23:00:00");
        await Round();
        await Round();
        (await Week(Nanhu)).ShouldBe(["未来七天：须提交签约备案 1 项；转灯 1 项"]);
        (await Week(Centre)).ShouldBe(["未来七天：须提交签约备案 1 项；转灯 1 项"]);
        (await Week(Xiuzhou)).ShouldBeEmpty();
        On("2026-05-13");
        await Round();
        (await Week(Nanhu)).Length.ShouldBe(1);
    }
}
