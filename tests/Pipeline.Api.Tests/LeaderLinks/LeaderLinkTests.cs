using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.LeaderLinks;

/// <summary>Leaders linked to projects in numbered batches (R80–R83), from Monday 2026-05-04 on.</summary>
public sealed class LeaderLinkTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");
    private Actor Leader => App.As("leader");

    private string IdOf(string username) =>
        App.Sql(connection =>
            connection.QuerySingle<string>("SELECT id FROM users WHERE username = @username", new { username })
        );

    /// <summary>A second leader.</summary>
    private async Task<Actor> Other()
    {
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = "leader2",
                        displayName = "分管市领导",
                        role = "leader",
                    }
                )
        ).Is(201);
        return App.As("leader2");
    }

    private async Task<string> Held(int number, decimal amount = 1_500_000_000m, bool secret = false)
    {
        var project = Given.Another(number, amount);
        project["secret"] = secret;
        project["totalInvestment"] = new { amount, currency = "CNY" };
        return (string)(await Nanhu.Reports(project)).Is(201)["projectId"]!;
    }

    private void On(string day) => App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());

    private static object Link(string leader, string project, string role = "lead") =>
        new
        {
            leaderId = leader,
            projectId = project,
            role,
        };

    private async Task<Answer> Drafted(object batch) => (await Centre.Post("leader-batches", batch)).Is(201);

    private async Task<Answer> Issues(Answer draft) =>
        await Centre.Act($"leader-batches/{draft["id"]}", "issue", new { });

    private async Task<Answer> Issued(object batch) => (await Issues(await Drafted(batch))).Is(200);

    private static async Task<JsonArray> Links(Actor who, string query = "") =>
        (await who.Get($"leader-links?{query}")).Is(200)["items"].AsArray();

    [Test]
    public async Task R80_eligible_and_not_linked_is_a_list()
    {
        var large = await Held(1, 2_000_000_000m);
        await Held(2, 1_000_000_000m);
        (await Nanhu.Post("projects", Given.Project("小项目", "小项目公司", 499_999_999m))).Is(201);
        async Task<string[]> Eligible() =>
            [
                .. (await Centre.Get("leader-links/eligible"))
                    .Is(200)["items"]
                    .AsArray()
                    .Select(item => $"{item!["cny"]} {item["level"]}"),
            ];
        (await Eligible()).ShouldBe(["2000000000 city", "1000000000 county"]);
        await Issued(new { links = new[] { Link(IdOf("leader"), large) } });
        (await Eligible()).ShouldBe(["1000000000 county"]);
        (await Nanhu.Get("leader-links/eligible")).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task R81_batches_are_numbered_without_a_gap_and_at_most_one_a_month_is_issued()
    {
        var (first, second) = (await Held(1), await Held(2));
        var leader = IdOf("leader");
        var one = await Drafted(new { links = new[] { Link(leader, first) } });
        (await Links(Centre)).ShouldBeEmpty("a draft changes nothing");
        one.Body!["number"].ShouldBeNull();
        var issued = (await Issues(one)).Is(200);
        ((int)issued["number"]!, (string)issued["status"]!).ShouldBe((1, "issued"));
        (await Issues(issued)).IsProblem(409, "batch-issued");

        var two = await Drafted(new { links = new[] { Link(leader, second) } });
        ((string)two["issuableOn"]!).ShouldBe("2026-06-01");
        (await Issues(two)).IsProblem(409, "batch-too-soon");
        (await Links(Centre)).Count.ShouldBe(1);

        // A draft that is never issued takes no number.
        await Drafted(new { links = new[] { Link(leader, second, "co") } });
        On("2026-06-01");
        ((int)(await Issues(two)).Is(200)["number"]!).ShouldBe(2);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R81_a_draft_is_changed_by_who_saw_it_last_and_an_empty_one_is_not_issued()
    {
        var project = await Held(1);
        var draft = await Drafted(new { });
        (await Issues(draft)).IsProblem(409, "batch-empty");
        var changed = (
            await Centre.Put(
                $"leader-batches/{draft["id"]}",
                new { links = new[] { Link(IdOf("leader"), project) } },
                draft.ETag!
            )
        ).Is(200);
        changed["links"].AsArray().Count.ShouldBe(1);
        (await Centre.Put($"leader-batches/{draft["id"]}", new { }, draft.ETag!)).IsProblem(412, "precondition-failed");
    }

    [Test]
    public async Task R80_what_does_not_qualify_is_told_entry_by_entry()
    {
        var (project, secret) = (await Held(1), await Held(2, secret: true));
        var small = (string)
            (await Nanhu.Post("projects", Given.Project("小项目", "小项目公司", 499_999_999m))).Is(201)["id"]!;
        var (leader, officer) = (IdOf("leader"), IdOf("nanhu"));
        var refused = (
            await Centre.Post(
                "leader-batches",
                new
                {
                    links = new[]
                    {
                        Link(leader, small),
                        Link(officer, project),
                        Link(leader, secret),
                        Link(leader, project),
                        Link(leader, project, "co"),
                        Link(leader, SampleCity.NoId),
                    },
                    closeOuts = new[] { new { linkId = SampleCity.NoId, reason = "weak-intent" } },
                }
            )
        ).IsProblem(422, "not-eligible");
        refused.Codes("links.0.projectId").ShouldBe(["not-linkable"]);
        refused.Codes("links.1.leaderId").ShouldBe(["no-such-leader"]);
        refused.Codes("links.2.leaderId").ShouldBe(["leader-not-named"]);
        refused.Codes("links.3.leaderId").ShouldBeEmpty();
        refused.Codes("links.4.leaderId").ShouldBe(["already-linked"]);
        refused.Codes("links.5.projectId").ShouldBe(["no-such-project"]);
        refused.Codes("closeOuts.0.linkId").ShouldBe(["link-not-open"]);
    }

    [Test]
    public async Task R82_close_outs_and_replacements_only_through_a_batch_with_the_difference_told()
    {
        var other = await Other();
        var (leader, second) = (IdOf("leader"), IdOf("leader2"));
        var (a, b, c) = (await Held(1), await Held(2), await Held(3));
        await Issued(new { links = new[] { Link(leader, a), Link(leader, b) } });
        string LinkOf(JsonArray links, string project) =>
            (string)links.Single(link => (string)link!["project"]!["id"]! == project)!["id"]!;
        var standing = await Links(Centre);
        On("2026-06-02");

        // Not landed yet, it is not closed as landed.
        (
            await Centre.Post(
                "leader-batches",
                new { closeOuts = new[] { new { linkId = LinkOf(standing, a), reason = "landed" } } }
            )
        )
            .IsProblem(422, "not-eligible")
            .Codes("closeOuts.0.reason")
            .ShouldBe(["close-out-unfounded"]);
        await Issued(
            new
            {
                links = new[] { Link(second, c) },
                replacements = new[] { new { linkId = LinkOf(standing, b), leaderId = second } },
                closeOuts = new[] { new { linkId = LinkOf(standing, a), reason = "weak-intent" } },
            }
        );
        var difference = (await Centre.Get("leader-batches/2/difference")).Is(200);
        string Names(string member) =>
            string.Join(' ', difference[member].AsArray().Select(link => (string)link!["project"]!["id"]!));
        (Names("added"), Names("closedOut")).ShouldBe((c, a));
        var replaced = difference["replaced"].AsArray().ShouldHaveSingleItem()!;
        ((string)replaced["from"]!["leader"]!["id"]!, (string)replaced["to"]!["leader"]!["id"]!).ShouldBe(
            (leader, second)
        );
        // 2 stood; 1 added, 1 closed out, 1 replaced by another: 2 + 1 − 1 = 2.
        ((int)difference["before"]!, (int)difference["after"]!, (int)difference["against"]!).ShouldBe((2, 2, 1));
        (await Centre.Get("leader-batches/3/difference")).IsProblem(404, "not-found");

        // Each is told; the leader's own page has the own alone.
        (await Links(Leader, "status=active")).ShouldBeEmpty();
        (await Links(other, "status=active")).Count.ShouldBe(2);
        (await other.Get("notices")).Text.ShouldContain("第 2 批挂联已印发：新增 2 个，销号 0 个");
        (await Leader.Get("notices")).Text.ShouldContain("第 2 批挂联已印发：新增 0 个，销号 2 个");
        (await Nanhu.Get($"projects/{a}/timeline")).Text.ShouldContain("leader-unlinked");
        (await Nanhu.Get("notices")).Text.ShouldContain("leader-unlinked");
        (await Links(App.As("xiuzhou"))).ShouldBeEmpty();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R82_the_landing_rate_counts_projects_that_landed_among_those_ever_linked()
    {
        var leader = IdOf("leader");
        var projects = new List<string>();
        for (var n = 1; n <= 4; n++)
            projects.Add(await Held(n));
        await Issued(new { links = projects.Select(project => Link(leader, project)) });
        foreach (
            var move in new[]
            {
                Given.Signing("2026-05-04", 1_500_000_000m),
                new
                {
                    to = "registered",
                    occurredOn = "2026-05-04",
                    evidence = new { filingCode = "2605-330402-04-01-100001", filedOn = "2026-05-04" },
                },
            }
        )
        {
            var moved = (await Nanhu.Submits(projects[0], move)).Is(201);
            (await Centre.Post($"moves/{moved["id"]}/verify")).Is(200);
        }

        On("2026-06-02");
        var link = (string)(await Links(Centre, $"projectId={projects[0]}"))[0]!["id"]!;
        await Issued(new { closeOuts = new[] { new { linkId = link, reason = "landed" } } });

        // One of four: 25 %.
        var summary = (await Centre.Get("leader-links/summary")).Is(200);
        ((int)summary["everLinked"]!, (int)summary["landed"]!, (string)summary["landingRate"]!).ShouldBe(
            (4, 1, "0.250000")
        );
        ((int)summary["active"]!).ShouldBe(3);
    }

    [Test]
    public async Task R83_a_project_without_a_contact_of_its_leader_for_two_months_is_listed()
    {
        var leader = IdOf("leader");
        var project = await Held(1);
        await Issued(new { links = new[] { Link(leader, project) } });
        object Visit(string on, string? by) =>
            new
            {
                occurredOn = on,
                kind = "visit",
                note = "走访",
                leaderId = by,
            };
        (await Nanhu.Post($"projects/{project}/progress", Visit("2026-05-04", IdOf("nanhu"))))
            .IsProblem(422, "not-eligible")
            .Codes("leaderId")
            .ShouldBe(["leader-not-linked"]);
        On("2026-07-03");
        (await Links(Leader, "noContact=true")).ShouldBeEmpty();
        var due = (await Leader.Get("due")).Is(200)["items"].AsArray();
        due.Select(item => $"{item!["kind"]} {item["on"]}").ShouldContain("leader-contact 2026-07-04");
        On("2026-07-04");
        (await Links(Leader, "noContact=true")).Count.ShouldBe(1);

        // Progress that names nobody is no contact of the leader's.
        (await Nanhu.Post($"projects/{project}/progress", Visit("2026-07-04", null))).Is(201);
        (await Links(Leader, "noContact=true")).Count.ShouldBe(1);
        (await Nanhu.Post($"projects/{project}/progress", Visit("2026-07-04", leader))).Is(201);
        (await Links(Leader, "noContact=true")).ShouldBeEmpty();
        ((string)(await Links(Leader))[0]!["contactDueOn"]!).ShouldBe("2026-09-04");
    }

    [Test]
    public async Task R71_ten_working_days_late_a_problem_goes_to_the_linked_leader()
    {
        await Other();
        var (linked, unlinked) = (await Held(1), await Held(2));
        await Issued(new { links = new[] { Link(IdOf("leader"), linked) } });
        foreach (var project in new[] { linked, unlinked })
            (
                await Nanhu.Post(
                    $"projects/{project}/problems",
                    new
                    {
                        title = "用地",
                        kind = "land",
                        dueOn = "2026-05-08",
                    }
                )
            ).Is(201);
        async Task<int> Escalated(string who) =>
            (await App.As(who).Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .Count(notice => (string)notice!["kind"]! == "problem-escalated");
        // Ten working days after 05-08: 9 (worked), 11, 12, 13, 14, 15, 18, 19, 20, 21 May.
        On("2026-05-20");
        await App.Services.GetRequiredService<NoticeRound>().Run();
        (await Escalated("leader")).ShouldBe(0);
        On("2026-05-21");
        await App.Services.GetRequiredService<NoticeRound>().Run();
        (await Escalated("leader")).ShouldBe(1);
        (await Escalated("leader2")).ShouldBe(0);
    }

    [Test]
    public async Task R71_ten_working_days_late_what_a_meeting_gave_to_do_goes_to_the_linked_leader_too()
    {
        await Other();
        var linked = await Held(1);
        await Issued(new { links = new[] { Link(IdOf("leader"), linked) } });
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
        (
            await Centre.Act(
                $"meetings/{meeting["id"]}",
                "minutes",
                new
                {
                    decisions = new[]
                    {
                        new
                        {
                            projectId = linked,
                            text = "落实用地",
                            ownerId = Nanhu.UnitId,
                            dueOn = "2026-05-08",
                        },
                    },
                }
            )
        ).Is(200);
        async Task<int> Escalated(string who) =>
            (await App.As(who).Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .Count(notice => (string)notice!["kind"]! == "action-escalated");
        // Ten working days after 05-08: 9 (worked), 11, 12, 13, 14, 15, 18, 19, 20, 21 May.
        On("2026-05-20");
        await App.Services.GetRequiredService<NoticeRound>().Run();
        (await Escalated("leader")).ShouldBe(0);
        On("2026-05-21");
        await App.Services.GetRequiredService<NoticeRound>().Run();
        (await Escalated("leader")).ShouldBe(1);
        (await Escalated("leader2")).ShouldBe(0);
    }

    [Test]
    public async Task R80_a_secret_project_is_linked_to_a_leader_named_on_it_and_seen_by_no_other()
    {
        var other = await Other();
        var project = Given.Another(1);
        project["secret"] = true;
        project["leaders"] = new[] { IdOf("leader2") };
        var id = (string)(await Nanhu.Reports(project)).Is(201)["projectId"]!;
        await Issued(new { links = new[] { Link(IdOf("leader2"), id) } });
        (await Links(other)).Count.ShouldBe(1);
        (await Links(Leader)).ShouldBeEmpty();
        (await Links(App.As("auditor"))).Count.ShouldBe(1);
        var csv = Encoding.UTF8.GetString(await Nanhu.Downloads("exports/leader-links.csv"));
        csv.ShouldContain("分管市领导");
        Encoding.UTF8.GetString(await Leader.Downloads("exports/leader-links.csv")).ShouldNotContain("分管市领导");
    }

    [Test]
    public async Task Problems_and_removals_are_exported_as_their_lists_find_them()
    {
        var project = await Held(1);
        (await Nanhu.Post($"projects/{project}/problems", new { title = "用地指标未落实", kind = "land" })).Is(201);
        var own = Encoding.UTF8.GetString(await Nanhu.Downloads("exports/problems.csv?status=open"));
        own.ShouldContain("用地指标未落实");
        own.ShouldContain("2026-05-18");
        Encoding.UTF8.GetString(await App.As("xiuzhou").Downloads("exports/problems.csv")).ShouldNotContain("用地指标");
        (await Nanhu.Downloads("exports/problems.xlsx")).Length.ShouldBeGreaterThan(1000);
        App.Sql(connection =>
            connection.Execute("UPDATE projects SET removal_on = '2026-05-01' WHERE id = @project", new { project })
        );
        await App.Services.GetRequiredService<ProposeRemovals>().WhatIsDue();
        Encoding
            .UTF8.GetString(await Nanhu.Downloads("exports/removals.csv?status=proposed"))
            .Split('\n')
            .Length.ShouldBeGreaterThan(2);
        Encoding
            .UTF8.GetString(await App.As("xiuzhou").Downloads("exports/removals.csv"))
            .Trim()
            .Split('\n')
            .Length.ShouldBe(1);
    }
}
