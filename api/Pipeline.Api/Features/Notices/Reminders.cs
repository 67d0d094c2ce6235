using System.Data.Common;
using Pipeline.Data;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Notices;

/// <summary>Reminds holders and coordinators that a window ends (R17): whatever is due by now and was not told yet, so that no outage loses it and no second instance doubles it.</summary>
public sealed class Reminders(Database database)
{
    public async Task Tell()
    {
        var (due, now) = await database.Read(async session =>
        {
            var window = new { now = session.Now, until = session.Now.AddDays(Reminder.Days.Max() + 1) };
            var told = (await session.Query<string>(SelectTold, window)).ToHashSet(StringComparer.Ordinal);
            return (
                (await session.Query<Row>(SelectRunning, window))
                    .Where(claim => claim.Due(session.Now) is { } days && !told.Contains(claim.Key(days)))
                    .ToList(),
                session.Now
            );
        });
        if (due.Count == 0 || !database.Clock.MaySettle(now))
            return;
        foreach (var claim in due)
        {
            try
            {
                await database.Write(session => Tell(session, claim));
            }
            catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
            {
                // Another instance told it at this very moment.
            }
        }
    }

    private static async Task Tell(Session session, Row claim)
    {
        if (
            claim.Due(session.Now) is not { } days
            || await session.One<string>(StillRunning, new { id = claim.Id, expiresAt = claim.ExpiresAt }) is null
        )
            return;
        var facts = await ClaimNotices.About(session, claim.Id) with { Until = claim.ExpiresAt };
        var told = await Notice.Tell(
            session,
            NoticeKind.ClaimExpiring,
            claim.Holder,
            claim.Occasion(days),
            facts with
            {
                Unit = null,
            },
            claim.Id,
            claim.ProjectId
        );
        if (!told)
            return;
        await Notice.Tell(
            session,
            NoticeKind.ClaimExpiring,
            Audience.Coordinators,
            claim.Occasion(days),
            facts,
            claim.Id,
            claim.ProjectId
        );
        await session.Raise(new ClaimEnding(claim.Id, claim.JurisdictionId, claim.ProjectId, claim.ExpiresAt, days));
        session.Note(
            new AuditEntry("claim-expiring-told")
            {
                SubjectKind = "claim",
                SubjectId = claim.Id,
                ProjectId = claim.ProjectId,
            }
        );
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public required string JurisdictionId { get; init; }
        public DateTimeOffset ActivatedAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }

        public Audience Holder => Audience.Unit(JurisdictionId);

        public int? Due(DateTimeOffset now) => Reminder.Due(ActivatedAt, ExpiresAt, now);

        // An extension (R21) makes it another occasion.
        public string Occasion(int days) => $"{Id}:{Slug.Stamp(ExpiresAt)}:{days}";

        public string Key(int days) => Notice.Key(NoticeKind.ClaimExpiring, Occasion(days), Holder);
    }

    // A window that a pending signing holds open (R18a) or a dispute suspends (R23) does not end: there is nothing to remind of.
    private const string SelectRunning = $"""
        SELECT c.id, c.project_id, c.jurisdiction_id, c.activated_at, c.expires_at FROM claims c
        WHERE {DueClaims.Running} AND c.expires_at >= @now AND c.expires_at < @until ORDER BY c.expires_at
        """;

    private const string SelectTold = """
        SELECT n.notice_key FROM claims c JOIN notices n ON n.claim_id = c.id AND n.kind = 'claim-expiring'
        WHERE c.status = 'active' AND c.expires_at >= @now AND c.expires_at < @until
        """;

    private const string StillRunning =
        $"SELECT c.id FROM claims c WHERE c.id = @id AND c.expires_at = @expiresAt AND {DueClaims.Running}";
}
