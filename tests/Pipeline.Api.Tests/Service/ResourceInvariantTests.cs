using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Service;

/// <summary>The command <c>check</c> finds whatever was touched of libraries and resources behind the service's back.</summary>
public sealed class ResourceInvariantTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    // Each breaks what those before it left; where two touch one row, the first leaves alone what the second is about.
    private static readonly (string Statement, string What)[] Breaks =
    [
        ("UPDATE library_entries SET uscc_key = 'X' WHERE library = 'institutions'", "that the city knows twice"),
        (
            "UPDATE library_entries SET retire_reason = 'x' WHERE library = 'funds'",
            "whose retirement and reason disagree"
        ),
        ("UPDATE library_entries SET keeper_id = 'x' WHERE library = 'institutions'", "that nobody keeps"),
        ("UPDATE fund_investments SET decided_by = submitted_by", "investment of a fund whose state and decision"),
        ("UPDATE fund_investments SET fund_id = 'x'", "investment of no fund"),
        ("UPDATE referrers SET investor_at = NULL", "referrer whom the centre confirmed before"),
        ("UPDATE referrers SET project_id = 'x'", "referrer of no project"),
        ("UPDATE foreign_facts SET enterprise_id = 'x'", "fact of no foreign enterprise"),
        ("UPDATE foreign_visits SET enterprise_id = 'x'", "visit to no foreign enterprise"),
        ("UPDATE parcels SET jurisdiction_id = 'x'", "parcel that is negotiated for a project that has ended"),
        ("UPDATE parcels SET public_status = 'negotiating'", "parcel that is told otherwise"),
        ("UPDATE parcels SET project_id = NULL", "parcel whose state and project disagree"),
        ("UPDATE chain_reviews SET held_on = '2099-01-01'", "review that its chain does not know"),
        ("UPDATE chain_projects SET node_id = 'x'", "project on no node"),
        ("UPDATE chain_nodes SET chain_id = 'x'", "node of no chain"),
        ("UPDATE events SET ends_on = '2000-01-01'", "event that ends before it starts"),
        ("UPDATE event_results SET carrier = NULL", "result that is assigned in part"),
        ("UPDATE event_results SET unit_id = 'x'", "result of a project that its owner does not have"),
        ("UPDATE event_results SET event_id = 'x'", "result of no event"),
        ("UPDATE financing_needs SET unit_id = 'x'", "need of a project that its owner does not have"),
        ("UPDATE matches SET financed_on = NULL WHERE state = 'financed'", "match whose state and money disagree"),
        ("DELETE FROM match_steps", "match whose last step led elsewhere"),
        ("UPDATE matches SET state = 'proposed'", "two open matches of a need with one party"),
        ("UPDATE matches SET need_id = 'x'", "match of no need"),
        ("DELETE FROM office_lead_steps", "lead of an office whose last step led elsewhere"),
        ("UPDATE office_leads SET due_on = '2026-05-04'", "lead of an office whose state and last day disagree"),
        ("UPDATE office_leads SET unit_id = NULL", "lead of an office whose state and unit disagree"),
        ("UPDATE office_leads SET project_id = NULL", "lead of an office whose state and project disagree"),
        ("UPDATE office_leads SET office_id = 'x'", "lead of no office"),
    ];

    [Test]
    public async Task What_was_touched_of_libraries_and_resources_is_found()
    {
        await Everything();
        var known = await Violations();
        known.ShouldBeEmpty();
        foreach (var (statement, what) in Breaks)
        {
            known.ShouldNotContain(violation => violation.Contains(what, StringComparison.Ordinal), what);
            App.Sql(connection => connection.Execute(statement));
            known = await Violations();
            known.ShouldContain(violation => violation.Contains(what, StringComparison.Ordinal), statement);
        }
    }

    /// <summary>One of each, as far along as the service takes it.</summary>
    private async Task Everything()
    {
        async Task<string> Made(Actor by, string path, object body) =>
            (string)(await by.Post(path, body)).Is(201)["id"]!;
        var party = await Made(Centre, "institutions", new { name = "嘉禾创业投资有限公司" });
        await Made(Centre, "institutions", new { name = "南湖银行" });
        var fund = await Made(Nanhu, "funds", new { name = "南湖产业引导基金" });
        var investment = await Made(
            Nanhu,
            $"funds/{fund}/investments",
            new
            {
                company = "甲公司",
                investedIn = "local",
                investedOn = "2026-04-01",
                amount = new { amount = 1_000_000, currency = "CNY" },
                evidence = "投资协议",
            }
        );
        (await Centre.Post($"fund-investments/{investment}/verify")).Is(200);
        var foreign = await Made(
            Nanhu,
            "foreign-enterprises",
            new
            {
                name = "德贝科技（嘉兴）有限公司",
                details = new
                {
                    registeredOn = "2025-03-04",
                    contracted = new { amount = 50_000_000, currency = "USD" },
                    paidIn = new { amount = 9_000_000, currency = "USD" },
                },
            }
        );
        (
            await Nanhu.Post(
                $"foreign-enterprise-lists/paid-in/{foreign}/visits",
                new { visitedOn = "2026-05-04", note = "承诺年内到资" }
            )
        ).Is(201);
        var project = await Made(
            Nanhu,
            "projects",
            Given.Project("储能电池基地", "上海储电科技有限公司", 500_000_000m)
        );
        (
            await Nanhu.Post(
                $"projects/{project}/referrer",
                new
                {
                    name = "赵先生",
                    kind = "person",
                    declared = true,
                }
            )
        ).Is(201);
        var file = await Nanhu.Uploads("statement.pdf");
        (await Nanhu.Act($"projects/{project}/referrer", "confirm", new { fileId = file })).Is(200);
        (await Nanhu.Act($"projects/{project}/referrer", "confirm", new { })).Is(200);
        (await Centre.Act($"projects/{project}/referrer", "confirm", new { })).Is(200);
        var parcel = await Made(Nanhu, "parcels", new { place = "科技城3-12地块", areaM2 = 68_507.52 });
        (await Nanhu.Act($"parcels/{parcel}", "offer", new { })).Is(200);
        (await Nanhu.Act($"parcels/{parcel}", "negotiate", new { projectId = project })).Is(200);
        var chain = await Made(Centre, "chains", new { name = "新型储能" });
        var node = (string)
            (
                await Centre.Put(
                    $"chains/{chain}/nodes",
                    new
                    {
                        nodes = new[]
                        {
                            new
                            {
                                position = "mid",
                                name = "电芯",
                                state = "missing",
                            },
                        },
                    },
                    "*"
                )
            ).Is(200)["items"][0]!["id"]!;
        (await Nanhu.Post($"projects/{project}/chain-nodes", new { nodeId = node })).Is(201);
        (await Centre.Post($"chains/{chain}/reviews", new { note = "季度评估" })).Is(201);
        var show = await Made(
            Centre,
            "events",
            new
            {
                kind = "road-show",
                name = "储能路演",
                startsOn = "2026-05-04",
            }
        );
        await Made(
            Nanhu,
            $"events/{show}/results",
            new
            {
                kind = "project",
                title = "储能电芯",
                projectId = project,
                carrier = "嘉兴科技城",
                person = "王专员",
            }
        );
        var need = await Made(
            Nanhu,
            "financing-needs",
            new
            {
                projectId = project,
                kind = "equity",
                amount = new { amount = 50_000_000, currency = "CNY" },
            }
        );
        for (var times = 0; times < 2; times++)
        {
            var match = await Made(
                Nanhu,
                "matches",
                new
                {
                    needId = need,
                    partyId = party,
                    note = "推荐",
                }
            );
            foreach (var to in new[] { "met", "diligence", "terms" })
                (await Nanhu.Act($"matches/{match}", "advance", new { to, note = to })).Is(200);
            (
                await Nanhu.Act(
                    $"matches/{match}",
                    "advance",
                    new
                    {
                        to = "financed",
                        note = "到位",
                        amount = new { amount = 10_000_000, currency = "CNY" },
                    }
                )
            ).Is(200);
        }

        var lead = await Made(App.As("shanghai-office"), "office-leads", Given.Lead());
        foreach (
            var (step, body) in new (string, object)[]
            {
                ("answer", new { }),
                ("judge", new { verdict = "valid" }),
                ("assign", new { jurisdictionId = Nanhu.UnitId }),
                (
                    "close",
                    new
                    {
                        outcome = "project",
                        projectId = project,
                        reason = "已立项",
                    }
                ),
            }
        )
            (await Centre.Act($"office-leads/{lead}", step, body)).Is(200);
    }
}
