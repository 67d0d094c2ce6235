using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Tests.Claims;

/// <summary>What the database calls due is what the rule calls due (R17, R18a, R23), to the millisecond.</summary>
public sealed class DueClaimsTests(string engine) : OnEachEngine(engine)
{
    private sealed class Standing
    {
        public required string Id { get; init; }
        public required string Status { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? SuspendedAt { get; init; }
        public DateTimeOffset? SubmittedAt { get; init; }
    }

    [Test]
    public async Task A_claim_is_due_by_the_database_exactly_when_it_is_by_the_rule()
    {
        var unit = App.As("jiashan");
        for (var number = 0; number < 6; number++)
        {
            var claim = (await unit.Reports(Given.Another(number))).Is(201);
            if (number % 2 == 0)
                (await unit.Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        }

        var database = App.Services.GetRequiredService<Database>();
        var random = new Random(17);
        var end = DateTimeOffset.Parse("2026-06-04T15:59:59.999Z");
        int[] steps = [-2, -1, 0, 1, 2];
        for (var round = 0; round < 40; round++)
        {
            var ids = await database.Read(session => session.Query<string>("SELECT id FROM claims ORDER BY sequence"));
            var now = end.AddMilliseconds(steps[random.Next(steps.Length)]);
            var (due, all) = (new List<string>(), new List<Standing>());
            // Nothing of it stays: such claims cannot come about.
            await database.Write(
                async session =>
                {
                    await session.Lock(LockName.Intake);
                    foreach (var id in ids)
                    {
                        await session.Execute(
                            "UPDATE claims SET status = @status, expires_at = @expiresAt, suspended_at = @suspendedAt WHERE id = @id",
                            new
                            {
                                id,
                                status = random.Next(4) == 0 ? "released" : "active",
                                expiresAt = (DateTimeOffset?)end,
                                suspendedAt = random.Next(4) == 0 ? (DateTimeOffset?)end.AddDays(-1) : null,
                            }
                        );
                        await session.Execute(
                            "UPDATE moves SET status = @status, submitted_at = @submittedAt WHERE project_id = (SELECT project_id FROM claims WHERE id = @id)",
                            new
                            {
                                id,
                                status = random.Next(4) == 0 ? "returned" : "pending",
                                submittedAt = end.AddMilliseconds(steps[random.Next(steps.Length)]),
                            }
                        );
                    }
                    due = await session.Query<string>($"SELECT c.id FROM claims c WHERE {DueClaims.Due}", new { now });
                    all = await session.Query<Standing>(
                        "SELECT c.id, c.status, c.expires_at, c.suspended_at, m.submitted_at FROM claims c LEFT JOIN moves m ON m.project_id = c.project_id AND m.status = 'pending'"
                    );
                    return true;
                },
                _ => false
            );
            all.Count.ShouldBe(6);
            due.Order()
                .ShouldBe(
                    all.Where(row =>
                            new Claim(
                                row.Id,
                                1,
                                "u",
                                Slug.To<ClaimStatus>(row.Status),
                                end,
                                end,
                                row.ExpiresAt,
                                null,
                                "r",
                                row.SuspendedAt
                            ).IsDue(now, row.SubmittedAt)
                        )
                        .Select(row => row.Id)
                        .Order()
                );
        }
    }
}
