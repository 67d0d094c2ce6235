using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Store;
using Pipeline.Store.Assessment;
using Pipeline.Store.People;
using Pipeline.Store.Rules;

namespace Pipeline.Api.Tests.Figures;

/// <summary>Figures that are told from sums are those that are counted row by row, for every reader and whatever has happened since.</summary>
public sealed class FigureSumsTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    /// <summary>What a reader is told of every indicator, by sums and by rows.</summary>
    private async Task<(string Sums, string Rows)> Told(Caller caller, string text)
    {
        var ruleBooks = App.Services.GetRequiredService<RuleBooks>();
        var sums = App.Services.GetRequiredService<FigureSums>();
        return await App
            .Services.GetRequiredService<Database>()
            .Read(async session =>
            {
                var definitions = await IndicatorRow.InUse(session);
                var period = new FigurePeriod(text, session.Today, ByOccurrence: false);
                var bySums = await FigureFacts.Load(session, caller, ruleBooks, definitions, period, sums: sums);
                var byRows = await FigureFacts.Load(session, caller, ruleBooks, definitions, period);
                bySums.Rows.ShouldBeEmpty("no ratio by cohort is in use");
                return (Text(bySums), Text(byRows));

                string Text(FigureFacts facts) =>
                    string.Join(
                        '\n',
                        definitions
                            .Select(facts.TableOf)
                            .SelectMany(table =>
                                facts
                                    .Units.Select(unit => $"{table.Definition.Id} {unit.Code} {table.Units[unit.Id]}")
                                    .Append(
                                        Permissions.ReadsCity(caller)
                                            ? $"{table.Definition.Id} city {table.City} {table.DoubleCounted}"
                                            : ""
                                    )
                            )
                    );
            });
    }

    private async Task Agree(string when)
    {
        Caller Of(Actor actor, Role role) =>
            new(Ids.New(), "", "", role, role == Role.Officer ? actor.UnitId : null, null, null);
        foreach (
            var caller in new[]
            {
                Of(Centre, Role.Coordinator),
                Of(App.As("leader"), Role.Leader),
                Of(Nanhu, Role.Officer),
                Of(App.As("jiashan"), Role.Officer),
            }
        )
        foreach (var period in new[] { "2026", "2026-05", "2026-Q2", "2027", "2026-13" })
        {
            var (sums, rows) = await Told(caller, period);
            sums.ShouldBe(rows, $"{caller.Role} {period} {when}");
        }
    }

    [Test]
    public async Task Whatever_happens_to_the_facts_sums_and_rows_agree()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        await Agree("at first");
        (await Told(new Caller("", "", "", Role.Auditor, null, null, null), "2026")).Rows.ShouldContain(
            "late-notices",
            customMessage: "signings without a notice are among the facts"
        );

        // More signings, whose notice is missing; one becomes secret, one is given to another unit, one ends.
        var projects = new List<string>();
        var moves = new List<string>();
        foreach (
            var (name, investor) in new[]
            {
                ("丝绸染整车间", "苏州丝路染整有限公司"),
                ("茶叶深加工园", "黄山云雾茶业有限公司"),
                ("竹木家具工坊", "安吉青竹家具有限公司"),
            }
        )
        {
            var project = (string)
                (await Nanhu.Reports(Given.Project(name, investor, 2_300_000_000m))).Is(201)["projectId"]!;
            var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).Is(201);
            (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
            projects.Add(project);
            moves.Add((string)move["id"]!);
        }

        await Agree("after signings");
        App.Sql(connection =>
            connection.Execute("UPDATE projects SET secret = 1 WHERE id = @id", new { id = projects[0] })
        );
        await Agree("after one became secret");
        (await Centre.Act($"moves/{moves[1]}", "lift-flag", new { reason = "节假日，已补备案" })).Is(200);
        await Agree("after a flag was lifted");
        (
            await Centre.Act(
                $"projects/{projects[2]}",
                "landing",
                new { jurisdictionId = App.As("jiashan").UnitId, reason = "登记有误" }
            )
        ).Is(200);
        await Agree("after the landing was corrected");
        App.Time.Advance(TimeSpan.FromDays(40));
        (
            await Centre.Submits(
                projects[0],
                new
                {
                    to = "terminated",
                    occurredOn = "2026-06-13",
                    reasonCode = "market",
                    note = "市场变化",
                }
            )
        ).Is(201);
        await Agree("after one ended in a later month");
        city.ShouldNotBeNull();
    }
}
