using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Claims;
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
