using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Problems;

/// <summary>Problems of projects (R70–R73), in the week of 2026-05-04: 05-04 and 05-05 are off, Saturday 05-09 is worked.</summary>
public sealed class ProblemTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    /// <summary>The bureau of commerce, as a department with one account.</summary>
    private Actor Commerce
    {
        get
        {
            App.Sql(connection =>
                connection.Execute(
                    "UPDATE users SET role = 'department', jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'commerce') WHERE username = 'beijing-office'"
                )
            );
            return App.As("beijing-office");
        }
    }

    private string CommerceId =>
        App.Sql(connection => connection.QuerySingle<string>("SELECT id FROM jurisdictions WHERE code = 'commerce'"));

    private async Task<string> Held(int number = 1, bool secret = false)
    {
        var project = Given.Another(number);
        project["secret"] = secret;
        return (string)(await Nanhu.Reports(project)).Is(201)["projectId"]!;
    }

    private static Task<Answer> Raises(Actor who, string project, object problem) =>
        who.Post($"projects/{project}/problems", problem);

    private async Task<string> Raised(string project, object? problem = null, Actor? by = null) =>
        (string)
            (await Raises(by ?? Nanhu, project, problem ?? new { title = "用地指标未落实", kind = "land" })).Is(201)[
                "id"
            ]!;

    private async Task<string> Assigned(string project)
    {
        var id = await Raised(project);
        (await Centre.Act($"problems/{id}", "assign", new { departmentId = CommerceId })).Is(200);
        return id;
    }

    private static string[] Actions(Answer answer) =>
        [.. answer["allowedActions"].AsArray().Select(action => (string)action!)];

    private static string Status(Answer answer) => (string)answer["status"]!;

    private Task Round() => App.Services.GetRequiredService<NoticeRound>().Run();

    private static async Task<string[]> Kinds(Actor who) =>
        [.. (await who.Get("notices")).Is(200)["items"].AsArray().Select(notice => (string)notice!["kind"]!)];

    [Test]
    public async Task R70_two_fields_raise_a_problem_and_its_raiser_closes_it_once_it_is_answered()
    {
        var commerce = Commerce;
        var project = await Held();
        var raised = (await Raises(Nanhu, project, new { title = "用地指标未落实", kind = "land" })).Is(201);
        Status(raised).ShouldBe("open");

        // Ten working days after 05-04: 6, 7, 8, 9, 11, 12, 13, 14, 15, 18 May.
        ((string)raised["dueOn"]!).ShouldBe("2026-05-18");
        Actions(raised).ShouldBeEmpty();
        var id = (string)raised["id"]!;
        Actions((await Centre.Get($"problems/{id}")).Is(200)).ShouldBe(["assign", "answer", "due"]);
        (await commerce.Get($"problems/{id}")).IsProblem(404, "not-found");
        (await Centre.Act($"problems/{id}", "assign", new { departmentId = CommerceId })).Is(200);

        // Regime §13: the department learns name, investors and amount, and may answer.
        var seen = (await commerce.Get($"problems/{id}")).Is(200);
        Actions(seen).ShouldBe(["answer"]);
        seen["project"].AsObject().Select(member => member.Key).ShouldBe(["name", "investors", "totalInvestment"]);
        (seen.Body!["jurisdiction"], seen.Body["raisedBy"]).ShouldBe((null, null));
        (await commerce.Get($"projects/{project}")).IsProblem(404, "not-found");
        (await commerce.Get($"projects/{project}/problems")).IsProblem(404, "not-found");

        (await Nanhu.Act($"problems/{id}", "close", new { outcome = "已解决" })).IsProblem(409, "problem-not-answered");
        var file = await commerce.Uploads("批复.pdf");
        (await commerce.Act($"problems/{id}", "answer", new { text = "指标已下达", files = new[] { file } })).Is(200);
        var answered = (await Nanhu.Get($"problems/{id}")).Is(200);
        ((string)answered["answer"]["text"]!, (string)answered["answer"]["files"]![0]!["name"]!).ShouldBe(
            ("指标已下达", "批复.pdf")
        );
        Actions(answered).ShouldBe(["close", "reopen"]);
        (await Nanhu.Get($"files/{file}")).Status.ShouldBe(200);
        (await App.As("xiuzhou").Get($"files/{file}")).Status.ShouldBe(404);

        App.Time.Advance(TimeSpan.FromDays(2)); // Wednesday 05-06: the first working day after 05-04
        var closed = (await Nanhu.Act($"problems/{id}", "close", new { outcome = "已供地" })).Is(200);
        (Status(closed), (int)closed["closedIn"]!, (bool)closed["inTime"]!).ShouldBe(("closed", 1, true));
        var kinds = (await Nanhu.Get($"projects/{project}/timeline"))
            .Is(200)["items"]
            .AsArray()
            .Select(entry => (string)entry!["kind"]!)
            .Where(kind => kind.StartsWith("problem-", StringComparison.Ordinal));
        kinds.ShouldBe(["problem-raised", "problem-assigned", "problem-answered", "problem-closed"]);
        (await Kinds(commerce)).ShouldBe(["problem-closed", "problem-assigned"]);
        (await Kinds(Nanhu)).ShouldContain("problem-answered");
    }

    [Test]
    public async Task R70_reopened_it_keeps_its_due_date_and_can_be_answered_again()
    {
        var commerce = Commerce;
        var id = await Assigned(await Held());
        (await commerce.Act($"problems/{id}", "answer", new { text = "正在办理" })).Is(200);
        (await commerce.Act($"problems/{id}", "answer", new { text = "再答" })).IsProblem(409, "problem-answered");
        var reopened = (await Nanhu.Act($"problems/{id}", "reopen", new { reason = "仍未供地" })).Is(200);
        (Status(reopened), (string)reopened["dueOn"]!, (int)reopened["reopened"]!).ShouldBe(
            ("reopened", "2026-05-18", 1)
        );
        (await commerce.Act($"problems/{id}", "answer", new { text = "已供地" })).Is(200);
        (await Nanhu.Act($"problems/{id}", "close", new { outcome = "已供地" })).Is(200);
        (await Nanhu.Act($"problems/{id}", "reopen", new { reason = "又停了" })).Is(200);
        ((await Nanhu.Get($"problems/{id}")).Body!["closedIn"]).ShouldBeNull();
    }

    [Test]
    public async Task R70_the_centre_closes_only_after_five_working_days_without_contest()
    {
        var commerce = Commerce;
        var id = await Assigned(await Held());
        (await commerce.Act($"problems/{id}", "answer", new { text = "已办" })).Is(200);

        // Answered on 05-04; 6, 7, 8, 9, 11 May are the five working days.
        (await Centre.Act($"problems/{id}", "close", new { outcome = "办结" })).IsProblem(409, "answer-contestable");
        App.Time.Advance(TimeSpan.FromDays(7)); // still 05-11
        (await Centre.Act($"problems/{id}", "close", new { outcome = "办结" })).IsProblem(409, "answer-contestable");
        App.Time.Advance(TimeSpan.FromDays(1));
        (await Centre.Act($"problems/{id}", "close", new { outcome = "办结" })).Is(200);
    }

    [Test]
    public async Task R70_what_the_centre_raised_it_closes_itself_and_the_unit_does_not()
    {
        var id = await Raised(await Held(), by: Centre);
        (await Centre.Act($"problems/{id}", "answer", new { text = "已协调" })).Is(200);
        (await Nanhu.Act($"problems/{id}", "close", new { outcome = "好" })).IsProblem(403, "forbidden");
        (await Centre.Act($"problems/{id}", "close", new { outcome = "好" })).Is(200);
    }

    [Test]
    public async Task R71_a_new_due_date_is_the_centres_with_a_reason_and_counted()
    {
        var project = await Held();
        var urgent = (
            await Raises(
                Nanhu,
                project,
                new
                {
                    title = "停电",
                    kind = "utilities",
                    urgent = true,
                }
            )
        ).Is(201);
        ((string)urgent["dueOn"]!).ShouldBe("2026-05-08"); // 6, 7, 8 May

        // A unit gives itself less time, not more.
        (
            await Raises(
                Nanhu,
                project,
                new
                {
                    title = "停水",
                    kind = "utilities",
                    dueOn = "2026-05-19",
                }
            )
        ).IsProblem(422, "date-order").Codes("dueOn").ShouldBe(["due-by-rule"]);
        (
            await Raises(
                Nanhu,
                project,
                new
                {
                    title = "停水",
                    kind = "utilities",
                    dueOn = "2026-05-03",
                }
            )
        ).IsProblem(422, "date-order").Codes("dueOn").ShouldBe(["past"]);
        var id = (string)urgent["id"]!;
        (await Nanhu.Act($"problems/{id}", "due", new { dueOn = "2026-05-20", reason = "设备到货晚" })).IsProblem(
            403,
            "forbidden"
        );
        var later = (await Centre.Act($"problems/{id}", "due", new { dueOn = "2026-05-20", reason = "设备到货晚" })).Is(
            200
        );
        ((string)later["dueOn"]!, (int)later["dueChanges"]!).ShouldBe(("2026-05-20", 1));
        (await Centre.Act($"problems/{id}", "due", new { dueOn = "2026-05-03", reason = "x" })).IsProblem(
            422,
            "date-order"
        );
    }

    [Test]
    public async Task R71_what_stays_unresolved_is_taken_further_once_a_level_however_late_somebody_looks()
    {
        var commerce = Commerce;
        var leader = App.As("leader");
        var project = await Held();
        App.Sql(connection =>
            connection.Execute(
                "INSERT INTO project_leaders (project_id, user_id) SELECT @project, id FROM users WHERE username = 'leader'",
                new { project }
            )
        );
        var id = await Assigned(project); // due 05-18; +1 = 05-19, +5 = 05-25, +10 = 06-01

        async Task<(int, string?, bool)> At(string day)
        {
            App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());
            await Round();
            await Round();
            var seen = (await Centre.Get($"problems/{id}")).Is(200);
            return ((int)seen["level"]!, (string?)seen.Body!["escalatesOn"], (bool)seen["overdue"]!);
        }

        async Task<int> Told(Actor who) => (await Kinds(who)).Count(kind => kind == "problem-escalated");

        (await At("2026-05-18")).ShouldBe((0, "2026-05-19", false));
        (await Told(commerce)).ShouldBe(0);
        (await At("2026-05-19")).ShouldBe((1, "2026-05-25", true));
        (await Told(commerce), await Told(Nanhu), await Told(Centre), await Told(leader)).ShouldBe((1, 1, 1, 0));
        (await At("2026-05-24")).ShouldBe((1, "2026-05-25", true));
        (await At("2026-06-01")).ShouldBe((3, null, true));
        (await Told(commerce), await Told(Nanhu), await Told(Centre), await Told(leader)).ShouldBe((2, 2, 2, 1));

        // Another due date is another occasion.
        (await Centre.Act($"problems/{id}", "due", new { dueOn = "2026-06-02", reason = "重排" })).Is(200);
        (await At("2026-06-03")).ShouldBe((1, "2026-06-09", true));
        (await Told(commerce)).ShouldBe(3);
    }

    [Test]
    public async Task R71_a_list_by_level_is_what_the_rule_says_of_each()
    {
        var project = await Held();
        foreach (var dueOn in new[] { "2026-05-06", "2026-05-07", "2026-05-11", "2026-05-15", "2026-05-18" })
            await Raised(
                project,
                new
                {
                    title = $"至{dueOn}",
                    kind = "other",
                    dueOn,
                }
            );
        for (var day = 0; day < 40; day++)
        {
            var all = (await Centre.Get("problems")).Is(200)["items"].AsArray();
            foreach (var level in new[] { 0, 1, 2, 3 })
                (await Centre.Get($"problems?level={level}"))
                    .Is(200)["items"]
                    .AsArray()
                    .Select(problem => (string)problem!["id"]!)
                    .ShouldBe(
                        all.Where(problem => (int)problem!["level"]! == level)
                            .Select(problem => (string)problem!["id"]!)
                    );
            (await Centre.Get("problems?overdue=true&count=true"))
                .Is(200)["total"]
                .GetValue<int>()
                .ShouldBe(all.Count(problem => (bool)problem!["overdue"]!));
            App.Time.Advance(TimeSpan.FromDays(1));
        }
    }

    [Test]
    public async Task R72_an_unresolved_problem_keeps_the_project_from_the_stage_until_the_centre_lets_it_through()
    {
        var project = await Held();
        var id = await Raised(
            project,
            new
            {
                title = "环评未批",
                kind = "emission",
                blocks = "signed",
            }
        );
        (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).IsProblem(409, "blocked-by-problem");
        (await Nanhu.Act($"problems/{id}", "override", new { reason = "x" })).IsProblem(403, "forbidden");
        var through = (await Centre.Act($"problems/{id}", "override", new { reason = "容缺受理" })).Is(200);
        ((string)through["overridden"]["reason"]!).ShouldBe("容缺受理");
        (await Centre.Act($"problems/{id}", "override", new { reason = "x" })).IsProblem(409, "not-blocking");
        var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).Is(201);

        // One raised while the move waits holds up its verification.
        var later = await Raised(
            project,
            new
            {
                title = "能评未批",
                kind = "energy",
                blocks = "signed",
            }
        );
        (await Centre.Post($"moves/{move["id"]}/verify")).IsProblem(409, "blocked-by-problem");
        (await Centre.Act($"problems/{later}", "answer", new { text = "已批" })).Is(200);
        (await Nanhu.Act($"problems/{later}", "close", new { outcome = "已批" })).Is(200);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        (
            await Raises(
                Nanhu,
                project,
                new
                {
                    title = "x",
                    kind = "other",
                    blocks = "signed",
                }
            )
        ).IsProblem(422, "date-order").Codes("blocks").ShouldBe(["stage-reached"]);
    }

    [Test]
    public async Task R73_time_to_close_is_told_by_department_and_kind()
    {
        _ = Commerce;
        var project = await Held();
        async Task Closes(object problem, int days)
        {
            var id = await Raised(project, problem);
            App.Time.Advance(TimeSpan.FromDays(days));
            (await Centre.Act($"problems/{id}", "answer", new { text = "已办" })).Is(200);
            (await Nanhu.Act($"problems/{id}", "close", new { outcome = "已办" })).Is(200);
        }

        // Raised 05-04, due 05-08 (urgent), closed 05-06: one working day, in time.
        await Closes(
            new
            {
                title = "甲",
                kind = "land",
                urgent = true,
                departmentId = CommerceId,
            },
            2
        );

        // Raised 05-06, due 05-09 (7, 8, 9); closed 05-12: 7, 8, 9, 11, 12 are five, late.
        await Closes(
            new
            {
                title = "乙",
                kind = "land",
                urgent = true,
                departmentId = CommerceId,
            },
            6
        );

        // Raised 05-12, due 05-26, closed 05-14: two, in time; no department had it.
        await Closes(new { title = "丙", kind = "energy" }, 2);
        await Raised(project, new { title = "丁", kind = "energy" });
        var byDepartment = (await Centre.Get("problems/statistics?by=department&period=2026-05")).Is(200);
        var commerce = byDepartment["items"].AsArray().Single(row => row!["department"] is not null)!;
        ((int)commerce["closed"]!, (decimal)commerce["medianDays"]!, (string)commerce["inTime"]!).ShouldBe(
            (2, 3m, "0.5")
        );
        var total = byDepartment["total"];
        ((int)total["closed"]!, (decimal)total["medianDays"]!, (string)total["inTime"]!, (int)total["late"]!).ShouldBe(
            (3, 2m, "0.666667", 1)
        );
        ((int)total["unresolved"]!, (int)total["overdue"]!).ShouldBe((1, 0));
        var byKind = (await Nanhu.Get("problems/statistics?by=kind&period=2026-Q2")).Is(200)["items"].AsArray();
        byKind.Select(row => (string)row!["kind"]!).ShouldBe(["energy", "land"]);
        var never = (await Centre.Get("problems/statistics?period=2025")).Is(200)["total"];
        ((int)never["closed"]!, never["medianDays"], never["inTime"]).ShouldBe((0, null, null));
        (await App.As("xiuzhou").Get("problems/statistics")).Is(200)["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_secret_projects_problem_is_the_centres_to_answer_and_no_departments()
    {
        var commerce = Commerce;
        var secret = await Held(2, secret: true);
        (
            await Raises(
                Nanhu,
                secret,
                new
                {
                    title = "x",
                    kind = "land",
                    departmentId = CommerceId,
                }
            )
        ).IsProblem(422, "secret-project");
        var id = await Raised(secret);
        (await Centre.Act($"problems/{id}", "assign", new { departmentId = CommerceId })).IsProblem(
            422,
            "secret-project"
        );
        (await App.As("leader").Get($"problems/{id}")).IsProblem(404, "not-found");

        // One that becomes secret leaves the department's sight.
        var project = await Held(3);
        var assigned = await Assigned(project);
        (await commerce.Get($"problems/{assigned}")).Is(200);
        var etag = (await Centre.Get($"projects/{project}")).ETag;
        (await Centre.Patch($"projects/{project}", new { secret = true }, etag)).Is(200);
        (await commerce.Get($"problems/{assigned}")).IsProblem(404, "not-found");
        (await commerce.Get("problems")).Is(200)["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_problem_goes_with_its_project_and_the_unit_that_lost_it_sees_it_no_more()
    {
        var project = await Held();
        var id = await Raised(project);
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
        (await pinghu.Get($"problems/{id}")).IsProblem(404, "not-found");
        (await Centre.Act($"transfers/{transfer["id"]}", "approve", new { })).Is(200);
        var seen = (await pinghu.Get($"problems/{id}")).Is(200);
        seen.Body!["raisedBy"].ShouldBeNull("earlier units' people stay theirs (R17a)");
        (await Nanhu.Get($"problems/{id}")).IsProblem(404, "not-found");
        (await Raises(Nanhu, project, new { title = "x", kind = "land" })).IsProblem(409, "claim-held-by-another");
        (await Centre.Act($"problems/{id}", "answer", new { text = "已办" })).Is(200);
        (await pinghu.Act($"problems/{id}", "close", new { outcome = "好" })).Is(200);
    }

    [Test]
    public async Task A_rule_set_keeps_the_times_of_problems()
    {
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "五日",
                        effectiveFrom = "2026-05-04",
                        problems = new
                        {
                            due = "P5D",
                            urgent = "P1D",
                            escalate = new[] { "P1D", "P2D", "P3D" },
                            contest = "P5D",
                        },
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        var raised = (await Raises(Nanhu, await Held(), new { title = "x", kind = "land" })).Is(201);
        ((string)raised["dueOn"]!, (string)raised["escalatesOn"]!).ShouldBe(("2026-05-11", "2026-05-12"));
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "坏",
                        effectiveFrom = "2026-06-01",
                        problems = new
                        {
                            due = "P1M",
                            urgent = "P1D",
                            escalate = new[] { "P1D", "P2D", "P3D" },
                        },
                    }
                )
        ).IsProblem(400, "validation-failed").Codes("problems.due").ShouldBe(["workdays"]);
    }
}
