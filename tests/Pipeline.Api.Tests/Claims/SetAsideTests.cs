using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>A record that cannot be opened is set aside, and stops nothing else (R17).</summary>
public sealed class SetAsideTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task One_project_that_cannot_be_settled_keeps_nine_others_from_nothing()
    {
        var claims = new List<(string First, string Second, string Project)>();
        for (var number = 0; number < 10; number++)
        {
            var first = (await App.As("nanhu").Reports(Given.Another(number))).Is(201);
            var second = (await App.As("xiuzhou").Reports(Given.Another(number))).Is(201);
            claims.Add(((string)first["id"]!, (string)second["id"]!, (string)first["projectId"]!));
        }

        var (poisonedFirst, poisonedSecond, poisoned) = claims[4];
        Seal(poisoned, "sealed:own:", "sealed:gone:");
        App.Time.Advance(TimeSpan.FromDays(32));

        foreach (var who in new[] { "nanhu", "xiuzhou", "jiashan", "centre", "leader", "auditor" })
        {
            foreach (var path in new[] { "me", "projects", "lists/in-talks", "claims", "summary?by=stage" })
                (await App.As(who).Get(path)).Is(200);
        }

        foreach (var (first, second, project) in claims.Where(claim => claim.Project != poisoned))
        {
            ((string)(await App.As("nanhu").Get($"claims/{first}")).Is(200)["status"]!).ShouldBe("expired");
            ((string)(await App.As("xiuzhou").Get($"claims/{second}")).Is(200)["status"]!).ShouldBe("active");
            (await App.As("xiuzhou").Get($"projects/{project}")).Is(200);
        }

        (await App.As("nanhu").Get($"projects/{poisoned}")).IsProblem(503, "record-unreadable");
        (
            await App.As("nanhu")
                .Post(
                    $"projects/{poisoned}/progress",
                    new
                    {
                        occurredOn = "2026-06-01",
                        kind = "visit",
                        note = "再次拜访",
                    }
                )
        ).IsProblem(503, "record-unreadable");
        (await App.As("nanhu").Reports(Given.Another(20))).Is(201);
        (await App.As("auditor").Get("audit?action=settlement-failed"))["items"]!
            .AsArray()
            .Count(entry => (string?)entry!["subject"]?["id"] == poisoned)
            .ShouldBe(1);

        // Once it can be opened again it is settled, at the instants that were due.
        Seal(poisoned, "sealed:gone:", "sealed:own:");
        App.Time.Advance(TimeSpan.FromHours(1));
        await App.Services.GetRequiredService<SettleClaims>().WhatIsDue();
        ((string)(await App.As("nanhu").Get($"claims/{poisonedFirst}")).Is(200)["endedAt"]!).ShouldBe(
            "2026-06-04T15:59:59.999Z"
        );
        ((string)(await App.As("xiuzhou").Get($"claims/{poisonedSecond}")).Is(200)["activatedAt"]!).ShouldBe(
            "2026-06-04T16:00:00.000Z"
        );
        (await App.As("xiuzhou").Get($"projects/{poisoned}")).Is(200);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task One_claim_whose_contacts_cannot_be_opened_is_told_with_the_others()
    {
        var first = (await App.As("nanhu").Reports(Given.Another(1))).Is(201);
        (await App.As("nanhu").Reports(Given.Another(2))).Is(201);
        App.Sql(connection =>
            connection.Execute(
                "UPDATE claims SET contacts = REPLACE(contacts, 'sealed:own:', 'sealed:gone:') WHERE id = @id",
                new { id = (string)first["id"]! }
            )
        );
        var items = (await App.As("nanhu").Get("claims")).Is(200)["items"]!.AsArray();
        items.Select(item => (bool?)item!["unreadable"]).Order().ShouldBe([null, true]);
        (await App.As("nanhu").Get($"claims/{first["id"]}")).IsProblem(503, "record-unreadable");
    }

    [Test]
    public async Task A_project_that_was_set_aside_does_not_exist_for_whom_it_did_not_before()
    {
        var (claim, _, project) = await Poisoned();
        var move = App.Sql(connection =>
            connection.ExecuteScalar<string>("SELECT id FROM moves WHERE project_id = @project", new { project })
        );
        foreach (var (who, status) in new[] { ("haining", 404), ("nanhu", 503) })
        {
            var caller = App.As(who);
            foreach (
                var answer in new[]
                {
                    await caller.Get($"projects/{project}"),
                    await caller.Patch($"projects/{project}", new { chain = "氢能" }, "\"1\""),
                    await caller.Post(
                        $"projects/{project}/progress",
                        new
                        {
                            occurredOn = "2026-06-01",
                            kind = "visit",
                            note = "再次拜访",
                        }
                    ),
                    await caller.Post($"projects/{project}/moves", Given.Signing("2026-06-01"), ("If-Match", "\"1\"")),
                    await caller.Post($"moves/{move}/withdraw"),
                    await caller.Post($"claims/{claim}/release", new { reason = "放弃" }),
                    await caller.Post($"claims/{claim}/withdraw", new { reason = "放弃" }),
                    await caller.Post($"claims/{claim}/disputes", new { grounds = "我们先到" }),
                }
            )
                answer.IsProblem(status, status == 404 ? "not-found" : "record-unreadable");
        }
    }

    [TestCase("rowwise")]
    [TestCase("atomic")]
    public async Task A_row_of_a_units_register_is_taken_even_when_it_matches_what_was_set_aside(string mode)
    {
        var (_, _, project) = await Poisoned();
        var body = Given.Another(4);
        var investor = JsonSerializer.SerializeToNode(body["investors"])![0]!["name"];
        var import = await App.As("haining")
            .Imports(
                Registers.Csv(
                    "项目名称,投资方,国别,总投资(亿元),行业代码,阶段,接洽方式,接洽日期,接洽说明",
                    $"{body["name"]},{investor},中国,106,{body["industryCode"]},在谈,来访,2026-06-01,来访"
                ),
                query: $"?mode={mode}"
            );
        var row = (await App.As("haining").RowsOf(import)).Single();
        ((string)row["outcome"]!).ShouldBe("accepted", row.ToJsonString());
        var claim = (await App.As("haining").Get($"claims/{row["claimId"]}")).Is(200);
        ((string)claim["status"]!).ShouldBe("under-review");
        (await App.As("centre").Get($"claims/{row["claimId"]}/candidates"))
            .Is(200)["items"]
            .AsArray()
            .Select(match => (string?)match!["id"])
            .ShouldContain(project);
    }

    /// <summary>A project whose holder's window ended, and which cannot be handed to the next.</summary>
    private async Task<(string First, string Second, string Project)> Poisoned()
    {
        var first = (await App.As("nanhu").Reports(Given.Another(4))).Is(201);
        var second = (await App.As("xiuzhou").Reports(Given.Another(4))).Is(201);
        var project = (string)first["projectId"]!;
        var move = (await App.As("nanhu").Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "材料不全" })).Is(200);
        Seal(project, "sealed:own:", "sealed:gone:");
        App.Time.Advance(TimeSpan.FromDays(32));
        (await App.As("centre").Get("claims")).Is(200);
        return ((string)first["id"]!, (string)second["id"]!, project);
    }

    private void Seal(string project, string from, string to) =>
        App.Sql(connection =>
            connection.Execute(
                "UPDATE projects SET contacts = REPLACE(contacts, @from, @to) WHERE id = @project",
                new
                {
                    from,
                    to,
                    project,
                }
            )
        );
}
