using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Lists;

/// <summary>The monthly identity (R95) as the city's acts make it, from 2026-05-04 on.</summary>
public sealed class IdentityTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    private async Task<string> Small(int number) =>
        (string)
            (
                await Nanhu.Post(
                    "projects",
                    Given.Project($"第{number}号小厂", $"第{number}号小厂公司", 100_000_000m + number)
                )
            ).Is(201)["id"]!;

    private void On(string day) => App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());

    /// <summary>opening entered in out landed removed closing.</summary>
    private static string Text(System.Text.Json.Nodes.JsonNode row) =>
        $"{row["opening"]} {row["entered"]} {row["transferredIn"]} {row["transferredOut"]} {row["landed"]} {row["removed"]} {row["closing"]}";

    private async Task<string> Of(Actor who, string period, Actor? unit = null)
    {
        var answer = (await who.Get($"summary/identity?period={period}")).Is(200);
        if (unit is null)
            return Text(answer["city"]!);
        var row = answer["items"].AsArray().SingleOrDefault(item => (string)item!["unit"]!["id"]! == unit.UnitId);
        return row is null ? "" : Text(row);
    }

    [Test]
    public async Task R95_a_month_of_two_units_balances_and_the_next_opens_where_it_closed()
    {
        var before = await Of(Centre, "2026-05");
        before.ShouldBe("0 0 0 0 0 0 0");
        var projects = new List<string>();
        for (var n = 1; n <= 4; n++)
            projects.Add(await Small(n));

        // One goes to Pinghu, one ends.
        var transfer = (
            await Nanhu.Post(
                "transfers",
                new
                {
                    projectId = projects[0],
                    toJurisdictionId = Pinghu.UnitId,
                    reason = "用地",
                }
            )
        ).Is(201);
        (await Pinghu.Act($"transfers/{transfer["id"]}", "accept", new { })).Is(200);
        (await Centre.Act($"transfers/{transfer["id"]}", "approve", new { })).Is(200);
        (
            await Nanhu.Submits(
                projects[1],
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                    note = "市场变化",
                }
            )
        ).Is(201);
        // Nanhu: 0 + 4 + 0 − 1 − 0 − 1 = 2; Pinghu: 0 + 0 + 1 = 1; the city: 0 + 4 + 1 − 1 − 0 − 1 = 3.
        (await Of(Nanhu, "2026-05", Nanhu)).ShouldBe("0 4 0 1 0 1 2");
        (await Of(Pinghu, "2026-05", Pinghu)).ShouldBe("0 0 1 0 0 0 1");
        (await Of(Centre, "2026-05")).ShouldBe("0 4 1 1 0 1 3");

        // In June one of Nanhu's is signed and registered: it lands; what ended comes back.
        On("2026-06-02");
        foreach (
            var move in new[]
            {
                Given.Signing("2026-06-01", 100_000_003m),
                new
                {
                    to = "registered",
                    occurredOn = "2026-06-02",
                    evidence = new { filingCode = "2606-330402-04-01-100001", filedOn = "2026-06-02" },
                },
            }
        )
        {
            var moved = (await Nanhu.Submits(projects[2], move)).Is(201);
            (await Centre.Post($"moves/{moved["id"]}/verify")).Is(200);
        }

        (
            await Centre.Submits(
                projects[1],
                new
                {
                    to = "in-talks",
                    occurredOn = "2026-06-02",
                    note = "重新洽谈",
                }
            )
        ).Is(201);
        // Nanhu: 2 + 1 − 1 landed = 2.
        (await Of(Centre, "2026-06", Nanhu)).ShouldBe("2 1 0 0 1 0 2");
        (await Of(Centre, "2026-06")).ShouldBe("3 1 0 0 1 0 3");
        (await Of(Centre, "2026-05")).ShouldBe("0 4 1 1 0 1 3", "a past month does not change");
        // The quarter: 0 + 5 + 1 − 1 − 1 − 1 = 3.
        (await Of(Centre, "2026-Q2")).ShouldBe("0 5 1 1 1 1 3");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R95_a_unit_reads_its_own_row_alone_and_leaders_none()
    {
        await Small(1);
        var own = (await Pinghu.Get("summary/identity")).Is(200);
        own.Text.ShouldNotContain(Nanhu.UnitId);
        own.Body!["city"].ShouldBeNull();
        (await Pinghu.Get($"summary/identity?jurisdictionId={Nanhu.UnitId}"))
            .Is(200)["items"]
            .AsArray()
            .ShouldBeEmpty();
        (await App.As("leader").Get("summary/identity")).IsProblem(403, "forbidden");
        (await Centre.Get("summary/identity?period=2026-13")).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task R95_a_project_of_which_the_books_are_wrong_is_found_by_check()
    {
        var project = await Small(1);
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(
                connection,
                "UPDATE library_flows SET delta = 2 WHERE project_id = @project",
                new { project }
            )
        );
        (await Violations()).ShouldContain(found => found.Contains(project) && found.Contains("monthly identity"));
    }

    [Test]
    public async Task R95_a_window_that_passes_to_another_unit_moves_its_project()
    {
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        (await Pinghu.Reports(Given.Another(1))).Is(201);
        On("2026-06-05"); // Nanhu's window ended with 06-04
        (await Nanhu.Get("claims")).Is(200);
        (await Of(Centre, "2026-06", Nanhu)).ShouldBe("1 0 0 1 0 0 0");
        (await Of(Centre, "2026-06", Pinghu)).ShouldBe("0 0 1 0 0 0 1");
        (await Violations()).ShouldBeEmpty();
    }
}
