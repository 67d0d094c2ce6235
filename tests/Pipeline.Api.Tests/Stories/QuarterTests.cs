using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Lights;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Stories;

/// <summary>
/// A quarter of one city, told as it happens: what comes up by itself at each meeting, what is decided and carried, which leader is told, which lights turn, what is removed, how the books balance (R70–R74, R80–R83, R90–R95).
/// Every figure is worked out by hand beside it.
/// </summary>
/// <remarks>
/// May 2026 in the city: 05-01 to 05-05 are off, Saturday 05-09 is worked. 06-19 is off. The limits of the library are short here: in talks yellow after one month, red after two, removal after three.
/// </remarks>
public sealed class QuarterTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Jiashan => App.As("jiashan");
    private Actor Centre => App.As("centre");
    private Actor Leader => App.As("leader");
    private Actor Commerce => App.As("beijing-office");

    private string commerceId = "";

    /// <summary>A morning at nine in the city; what falls due by itself is done.</summary>
    private async Task Morning(string day)
    {
        App.Time.AdvanceTo(DateTimeOffset.Parse($"{day}T01:00:00Z"));
        await App.Services.GetRequiredService<JudgeLights>().Run();
        await App.Services.GetRequiredService<NoticeRound>().Run();
    }

    /// <summary>A meeting on a day, with the facts of the evening before.</summary>
    private async Task<Answer> Meets(string kind, string heldOn)
    {
        await Morning(heldOn);
        var before = DateOnly.Parse(heldOn).AddDays(-1);
        var planned = (
            await Centre.Post(
                "meetings",
                new
                {
                    kind,
                    heldOn,
                    cutOffAt = $"{before:yyyy-MM-dd}T10:00:00Z",
                    chair = kind == "fortnightly" ? "王主任" : "王副市长",
                }
            )
        ).Is(201);
        return (await Centre.Act($"meetings/{planned["id"]}", "issue", new { })).Is(200);
    }

    private async Task<string> Decides(
        Answer meeting,
        string text,
        string ownerId,
        string dueOn,
        string? projectId = null
    )
    {
        var minuted = (
            await Centre.Act(
                $"meetings/{meeting["id"]}",
                "minutes",
                new
                {
                    decisions = new[]
                    {
                        new
                        {
                            projectId,
                            text,
                            ownerId,
                            dueOn,
                        },
                    },
                }
            )
        ).Is(200);
        return (string)minuted["decisions"].AsArray()[^1]!["id"]!;
    }

    /// <summary>An agenda in words: each item with what counts of it.</summary>
    private static string[] Agenda(Answer meeting) =>
        [
            .. meeting["items"]
                .AsArray()
                .Select(item =>
                    (string)item!["kind"]! switch
                    {
                        "project" => $"{item["project"]!["stage"]} {item["project"]!["name"]}",
                        "problem" =>
                            $"problem {item["problem"]!["title"]}, level {item["problem"]!["level"]}, {item["problem"]!["overdueFor"]} working days over",
                        "action" =>
                            $"undone {item["action"]!["text"]}, carried {item["action"]!["carried"]}{((bool)item["action"]!["overdue"]! ? ", overdue" : "")}",
                        _ => $"other {item["title"]}",
                    }
                ),
        ];

    private async Task<string> LightOf(string project) =>
        (string)(await Centre.Get($"projects/{project}/light")).Is(200)["light"]!;

    [Test]
    public async Task A_city_over_a_quarter()
    {
        // ---- The people and the rules.
        App.Sql(connection =>
            connection.Execute(
                "UPDATE users SET role = 'department', jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'commerce') WHERE username = 'beijing-office'"
            )
        );
        commerceId = App.Sql(connection =>
            connection.QuerySingle<string>("SELECT id FROM jurisdictions WHERE code = 'commerce'")
        );
        object Limits(string yellow, string red, string? removal = null) =>
            new
            {
                yellow,
                red,
                removal,
            };
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "短期限",
                        effectiveFrom = "2026-05-04",
                        lights = new
                        {
                            inTalks = Limits("P1M", "P2M", "P3M"),
                            signed = Limits("P3M", "P6M"),
                            registered = Limits("P3M", "P12M"),
                        },
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromMinutes(1));

        // ---- Monday 05-04. Nanhu reports a large project (60亿, above the coordination threshold of 50亿) and a middling one; jiashan registers a small one and forgets it.
        var large = Given.Another(1, 6_000_000_000m);
        large["name"] = "光电产业园";
        var middling = Given.Another(2);
        middling["name"] = "氢能装备";
        var park = (string)(await Nanhu.Reports(large)).Is(201)["projectId"]!;
        var hydrogen = (string)(await Nanhu.Reports(middling)).Is(201)["projectId"]!;
        var forgotten = (string)
            (await Jiashan.Post("projects", Given.Project("小五金厂", "永康小五金厂", 100_000_000m))).Is(201)["id"]!;
        var problem = (string)
            (
                await Nanhu.Post(
                    $"projects/{hydrogen}/problems",
                    new
                    {
                        title = "用地未落实",
                        kind = "land",
                        dueOn = "2026-05-06",
                        departmentId = commerceId,
                    }
                )
            ).Is(201)["id"]!;

        // ---- Friday 05-08, first fortnightly meeting. The problem is due 05-06 and one working day over by the cut-off (05-07): not yet for a meeting.
        var first = await Meets("fortnightly", "2026-05-08");
        Agenda(first).ShouldBe(["in-talks 光电产业园"]);
        var land = await Decides(first, "下达用地指标", commerceId, "2026-05-15", park);
        var sign = await Decides(first, "签订投资协议", Nanhu.UnitId, "2026-05-29", park);
        (await Centre.Act($"meetings/{first["id"]}", "close", new { })).Is(200);

        // ---- The same day the first batch of leader links: both of nanhu's are from 5亿 on, the small one of 1亿 is not eligible. A second one in May is too soon.
        var leader = App.Sql(connection =>
            connection.QuerySingle<string>("SELECT id FROM users WHERE username = 'leader'")
        );
        object Lead(string project) =>
            new
            {
                leaderId = leader,
                projectId = project,
                role = "lead",
            };
        (await Eligible()).ShouldBe(["光电产业园", "氢能装备"], ignoreOrder: true);
        var batch = (await Centre.Post("leader-batches", new { links = new[] { Lead(park), Lead(hydrogen) } })).Is(201);
        ((int)(await Centre.Act($"leader-batches/{batch["id"]}", "issue", new { })).Is(200)["number"]!).ShouldBe(1);
        (await Eligible()).ShouldBeEmpty();
        var links = (await Leader.Get("leader-links")).Is(200)["items"].AsArray();
        links.Count.ShouldBe(2);
        var closing = (
            await Centre.Post(
                "leader-batches",
                new
                {
                    closeOuts = new[]
                    {
                        new
                        {
                            linkId = (string)links.Single(link => (string)link!["project"]!["id"]! == hydrogen)!["id"]!,
                            reason = "weak-intent",
                        },
                    },
                }
            )
        ).Is(201);
        (await Centre.Act($"leader-batches/{closing["id"]}", "issue", new { })).IsProblem(409, "batch-too-soon");

        // ---- The department does its part in time.
        await Morning("2026-05-14");
        (
            (bool)(await Commerce.Act($"actions/{land}", "done", new { note = "指标已下达" })).Is(200)["inTime"]!
        ).ShouldBeTrue();

        // ---- Friday 05-22, a fortnight later. By 05-21 the problem is 12 working days over: 7, 8, 9, 11, 12, 13, 14, 15, 18, 19, 20, 21; ten were on 05-19: level 3. The signing is not done, and not due.
        var second = await Meets("fortnightly", "2026-05-22");
        Agenda(second)
            .ShouldBe([
                "in-talks 光电产业园",
                "problem 用地未落实, level 3, 12 working days over",
                "undone 签订投资协议, carried 1",
            ]);

        // Level 3 goes to the linked leader, once.
        (await Kinds(Leader)).Count(kind => kind == "problem-escalated").ShouldBe(1);

        // Each reads his own of it: nanhu all three, jiashan is not concerned.
        (await Nanhu.Get($"meetings/{second["id"]}")).Is(200)["items"].AsArray().Count.ShouldBe(3);
        (await Jiashan.Get($"meetings/{second["id"]}")).IsProblem(404, "not-found");

        // ---- Monday 05-25: answered and closed. Working days after 05-04: 6, 7, 8, 9, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 25: 15, and late.
        await Morning("2026-05-25");
        (await Commerce.Act($"problems/{problem}", "answer", new { text = "已供地" })).Is(200);
        var closed = (await Nanhu.Act($"problems/{problem}", "close", new { outcome = "已供地" })).Is(200);
        ((int)closed["closedIn"]!, (bool)closed["inTime"]!).ShouldBe((15, false));

        // ---- Wednesday 05-27: the park is signed; the day after nanhu says so.
        await Morning("2026-05-27");
        var move = (await Nanhu.Submits(park, Given.Signing("2026-05-27", 6_000_000_000m))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        await Morning("2026-05-28");
        (await Nanhu.Act($"actions/{sign}", "done", new { note = "已签约" })).Is(200);

        // ---- 06-01 nanhu visits the hydrogen firm; on 06-04 jiashan's forgotten one turns yellow (05-04 + one month), the visited one would on 07-01.
        await Morning("2026-06-01");
        (
            await Nanhu.Post(
                $"projects/{hydrogen}/progress",
                new
                {
                    occurredOn = "2026-06-01",
                    kind = "visit",
                    note = "赴企业洽谈",
                }
            )
        ).Is(201);
        await Morning("2026-06-03");
        (await LightOf(forgotten)).ShouldBe("green");
        await Morning("2026-06-04");
        (await LightOf(forgotten), await LightOf(hydrogen), await LightOf(park)).ShouldBe(("yellow", "green", "green"));

        // ---- Wednesday 06-10, the deputy mayor's meeting: the park stands among the signed, nothing is left over. Jiashan is to report on what it forgot.
        var monthly = await Meets("monthly", "2026-06-10");
        Agenda(monthly).ShouldBe(["signed 光电产业园"]);
        var report = await Decides(monthly, "书面报告小五金厂进展", Jiashan.UnitId, "2026-06-30", forgotten);

        // ---- Friday 06-12: the fortnightly meeting comes 21 days after the last one.
        var third = await Meets("fortnightly", "2026-06-12");
        Agenda(third).ShouldBe(["signed 光电产业园", "undone 书面报告小五金厂进展, carried 1"]);
        (await Jiashan.Get($"meetings/{third["id"]}")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        Agenda(await Meets("fortnightly", "2026-06-26"))
            .ShouldBe(["signed 光电产业园", "undone 书面报告小五金厂进展, carried 2"]);

        // ---- 06-30 the hydrogen project is signed as well: 15亿, below the threshold, on no agenda.
        await Morning("2026-06-30");
        move = (await Nanhu.Submits(hydrogen, Given.Signing("2026-06-30", 1_500_000_000m))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);

        // ---- 07-04 the forgotten one turns red (two months).
        await Morning("2026-07-04");
        (await LightOf(forgotten)).ShouldBe("red");
        Agenda(await Meets("fortnightly", "2026-07-10"))
            .ShouldBe(["signed 光电产业园", "undone 书面报告小五金厂进展, carried 3, overdue"]);

        // Linked on 05-08, and no leader had a contact: two months were over on 07-08. The visit of 06-01 named none.
        (await Leader.Get("leader-links?noContact=true")).Is(200)["items"].AsArray().Count.ShouldBe(2);

        // The month allows another batch: the second one takes the hydrogen project off.
        ((int)(await Centre.Act($"leader-batches/{closing["id"]}", "issue", new { })).Is(200)["number"]!).ShouldBe(2);
        (await Leader.Get("leader-links?status=active")).Is(200)["items"].AsArray().Count.ShouldBe(1);

        // ---- Wednesday 07-15, the leading group. Due 06-30: one working day over on 07-01, five on 07-07, ten on 07-14 (1, 2, 3, 6, 7, 8, 9, 10, 13, 14): level 3 at its cut-off.
        var quarterly = await Meets("quarterly", "2026-07-15");
        Agenda(quarterly).ShouldBe(["signed 光电产业园", "undone 书面报告小五金厂进展, carried 4, overdue"]);
        var late = (await Jiashan.Get($"actions/{report}")).Is(200);
        ((int)late["carried"]!, (int)late["level"]!).ShouldBe((4, 3));
        (await Kinds(Jiashan)).Count(kind => kind == "action-escalated").ShouldBe(3);
        await Morning("2026-07-16");
        (
            (bool)(await Jiashan.Act($"actions/{report}", "done", new { note = "企业已搁置" })).Is(200)["inTime"]!
        ).ShouldBeFalse();
        Agenda(await Meets("monthly", "2026-07-22")).ShouldBe(["signed 光电产业园"]);
        await Meets("fortnightly", "2026-07-24");

        // ---- 08-04, three months: the library proposes to remove the forgotten one. Ten working days: 5, 6, 7, 10, 11, 12, 13, 14, 17, 18 August.
        await Morning("2026-08-03");
        (await Removals()).ShouldBeEmpty();
        await Morning("2026-08-04");
        var removal = (await Removals()).ShouldHaveSingleItem();
        ((string)removal["projectId"]!, (string)removal["idleSince"]!).ShouldBe((forgotten, "2026-05-04"));
        ((string)removal["contestUntil"]!).ShouldBe("2026-08-18T15:59:59.999Z");
        await Meets("fortnightly", "2026-08-07");
        await Morning("2026-08-18");
        var path = $"removals/{removal["id"]}";
        (await Centre.Act(path, "confirm", new { reason = "企业搁置" })).IsProblem(409, "removal-contestable");
        await Morning("2026-08-19");
        (await Centre.Act(path, "confirm", new { reason = "企业搁置" })).Is(200);
        ((string)(await Jiashan.Get($"projects/{forgotten}")).Is(200)["stage"]!).ShouldBe("terminated");

        // ---- The books (opening, entered, in, out, landed, removed, closing): two of nanhu's and one of jiashan's came in May, nothing moved in June and July, one was removed in August.
        (await Books("2026-05")).ShouldBe(["嘉善县 0 1 0 0 0 0 1", "南湖区 0 2 0 0 0 0 2", "city 0 3 0 0 0 0 3"]);
        (await Books("2026-06")).ShouldBe(["嘉善县 1 0 0 0 0 0 1", "南湖区 2 0 0 0 0 0 2", "city 3 0 0 0 0 0 3"]);
        (await Books("2026-08")).ShouldBe(["嘉善县 1 0 0 0 0 1 0", "南湖区 2 0 0 0 0 0 2", "city 3 0 0 0 0 1 2"]);

        // ---- What the quarter leaves: one gap between fortnightly meetings, every month since the first with a monthly one; one problem, 15 working days, none in time; three decisions, all done, one late.
        (await Centre.Get("meetings/gaps"))
            .Is(200)["items"]
            .AsArray()
            .Select(gap => $"{gap!["kind"]} {gap["from"]} {gap["until"]} {gap["days"]}")
            .ShouldBe(["fortnightly 2026-05-22 2026-06-12 21"]);
        var problems = (await Centre.Get("problems/statistics?period=2026-Q2")).Is(200)["total"];
        ((int)problems["closed"]!, (decimal)problems["medianDays"]!, (string)problems["inTime"]!).ShouldBe(
            (1, 15m, "0")
        );
        (await Centre.Get("actions"))["items"]
            .AsArray()
            .Select(action => $"{action!["text"]} {action["status"]} {action["inTime"]} {action["carried"]}")
            .ShouldBe(["下达用地指标 done true 0", "签订投资协议 done true 1", "书面报告小五金厂进展 done false 4"]);

        // Signed 05-27 and 06-30 with three months' time: the park turns yellow on 08-27, the hydrogen project on 09-30.
        (await LightOf(park), await LightOf(hydrogen)).ShouldBe(("green", "green"));
        await Morning("2026-08-27");
        (await LightOf(park), await LightOf(hydrogen)).ShouldBe(("yellow", "green"));
        (await Violations()).ShouldBeEmpty();
    }

    private async Task<string[]> Eligible() =>
        [
            .. (await Centre.Get("leader-links/eligible"))
                .Is(200)["items"]
                .AsArray()
                .Select(project => (string)project!["name"]!),
        ];

    private async Task<string[]> Books(string period)
    {
        static string Row(string who, JsonNode row) =>
            $"{who} {row["opening"]} {row["entered"]} {row["transferredIn"]} {row["transferredOut"]} {row["landed"]} {row["removed"]} {row["closing"]}";
        var books = (await Centre.Get($"summary/identity?period={period}")).Is(200);
        return
        [
            .. books["items"].AsArray().Select(row => Row((string)row!["unit"]!["name"]!, row)),
            Row("city", books["city"]!),
        ];
    }

    private async Task<IReadOnlyList<JsonNode>> Removals() =>
        [.. (await Jiashan.Get("removals?status=proposed")).Is(200)["items"].AsArray().Select(removal => removal!)];

    private static async Task<string[]> Kinds(Actor who) =>
        [.. (await who.Get("notices")).Is(200)["items"].AsArray().Select(notice => (string)notice!["kind"]!)];
}
