using System.Data.Common;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Notices;

/// <summary>What the steps of a settlement mean for the units concerned, each told of its own claim only (R17, R20).</summary>
public static class ClaimNotices
{
    /// <summary>Tells of expiries, promotions, ends by decision, and better places in the queue; nothing where somebody merely came first, or last.</summary>
    public static async Task Settled(Session session, ClaimsSettled happened)
    {
        var (projectId, settlement, actor, reason) = happened;
        var vacated = settlement.Changes.Any(change =>
            change.Before.Status == ClaimStatus.Active && change.After.Status != ClaimStatus.Active
        );
        foreach (var change in settlement.Changes)
        {
            var (before, after) = (change.Before, change.After);
            if (before.Status is ClaimStatus.UnderReview or ClaimStatus.Queued && after.Status != before.Status)
                await Reviewed(session, after.Id);
            if (after.Status == ClaimStatus.Withdrawn && before.ReturnedUntil == change.At && actor is null)
            {
                await NotCompleted(session, after.Id, after.JurisdictionId, change.At);
                continue;
            }

            NoticeKind? kind = after.Status switch
            {
                ClaimStatus.Expired => NoticeKind.ClaimExpired,
                ClaimStatus.Active when before.Status == ClaimStatus.Queued => vacated
                    ? NoticeKind.ClaimActivated
                    : null,
                ClaimStatus.Queued when before.Status == ClaimStatus.Queued => null,
                ClaimStatus.Converted => null, // said by the verified move
                _ => NoticeKind.ClaimDecided,
            };
            if (kind is { } told)
                await Tell(session, told, after, projectId, change.At, actor, SettleClaims.Told(change, actor, reason));
        }

        var first = settlement
            .Changes.GroupBy(change => change.Before.Id)
            .ToDictionary(steps => steps.Key, steps => steps.First().Before);
        var was = settlement
            .Claims.Select(claim => first.GetValueOrDefault(claim.Id) ?? claim)
            .Where(claim => claim.Status == ClaimStatus.Queued)
            .OrderBy(claim => claim.Sequence);
        await MovedUp(session, new QueueMovedUp([.. was], [.. settlement.Queue]));
    }

    /// <summary>Tells each unit whose place in the queue became better, and nothing but the place.</summary>
    public static async Task MovedUp(Session session, QueueMovedUp happened)
    {
        var (was, now) = happened;
        var places = was.Select((claim, index) => (claim.Id, Place: index + 1))
            .ToDictionary(place => place.Id, place => place.Place);
        foreach (
            var (claim, place) in now.Select((claim, index) => (claim, index + 1))
                .Where(next => places.GetValueOrDefault(next.claim.Id) > next.Item2)
        )
        {
            var facts = await About(session, claim.Id);
            await Notice.Tell(
                session,
                NoticeKind.QueueMoved,
                Audience.Unit(claim.JurisdictionId),
                $"{claim.Id}:{Slug.Stamp(session.Now)}:{place}",
                facts with
                {
                    Unit = null,
                    Place = place,
                },
                claim.Id
            );
        }
    }

    /// <summary>Tells the unit that reported what became of a report under review that ends without a project.</summary>
    public static async Task Ended(Session session, ReportEnded happened)
    {
        await Reviewed(session, happened.ClaimId);
        await NoLongerReturned(session, happened.ClaimId);
        if (happened.Actor is null)
        {
            await NotCompleted(session, happened.ClaimId, happened.UnitId, happened.At ?? session.Now);
            return;
        }

        await Notice.Tell(
            session,
            NoticeKind.ClaimDecided,
            Audience.Unit(happened.UnitId),
            $"{happened.ClaimId}:{Slug.Stamp(happened.At ?? session.Now)}:{Slug.Of(happened.Status)}",
            await About(session, happened.ClaimId) with
            {
                Unit = null,
                Claim = happened.Status,
                Reason = happened.Reason,
            },
            happened.ClaimId,
            by: happened.Actor
        );
    }

    /// <summary>Tells the unit, and the centre, that a returned report was withdrawn since nobody completed it in time (R14b).</summary>
    private static async Task NotCompleted(Session session, string claimId, string unitId, DateTimeOffset until)
    {
        var facts = await About(session, claimId) with { Until = until };
        foreach (var audience in new[] { Audience.Unit(unitId), Audience.Coordinators })
            await Notice.Tell(
                session,
                NoticeKind.ClaimNotCompleted,
                audience,
                $"{claimId}:{Slug.Stamp(until)}",
                audience == Audience.Coordinators ? facts : facts with { Unit = null },
                claimId
            );
    }

    /// <summary>A report that waited for the centre was decided, or ended: that it waits need not be read any more.</summary>
    private static async Task Reviewed(Session session, string claimId)
    {
        await Notice.Done(session, NoticeKind.ReviewWaiting, Audience.Coordinators, claimId);
        await Notice.DoneOfClaim(session, claimId, NoticeKind.ClaimCompleted);
    }

    /// <summary>A returned report was completed, or ended: its unit need not read any more that it was returned.</summary>
    private static async Task NoLongerReturned(Session session, string claimId)
    {
        await Notice.DoneOfClaim(session, claimId, NoticeKind.ClaimReturned);
        await Notice.DoneOfClaim(session, claimId, NoticeKind.ClaimCompletionDue);
    }

    /// <summary>Tells the unit that its report was returned for completion, why, and until when (R14b).</summary>
    public static async Task Returned(Session session, ReportReturned happened)
    {
        await Reviewed(session, happened.ClaimId);
        await Notice.Tell(
            session,
            NoticeKind.ClaimReturned,
            Audience.Unit(happened.UnitId),
            $"{happened.ClaimId}:{Slug.Stamp(session.Now)}",
            await About(session, happened.ClaimId) with
            {
                Unit = null,
                Until = happened.Until,
                Reason = happened.Reason,
            },
            happened.ClaimId,
            by: happened.Actor
        );
    }

    /// <summary>Tells the coordinators that a report was completed and waits for them again (R14b).</summary>
    public static async Task Completed(Session session, ReportCompleted happened)
    {
        await NoLongerReturned(session, happened.ClaimId);
        await Notice.Tell(
            session,
            NoticeKind.ClaimCompleted,
            Audience.Coordinators,
            $"{happened.ClaimId}:{Slug.Stamp(session.Now)}",
            await About(session, happened.ClaimId),
            happened.ClaimId
        );
    }

    /// <summary>Reminds the unit, once, that a returned report is to be completed on the day that runs (R14b).</summary>
    public static async Task Due(Database database)
    {
        var (due, now) = await database.Read(async session =>
            (
                await session.Query<Returning>(
                    EndsToday,
                    new { now = session.Now, until = Shanghai.EndOf(session.Today) }
                ),
                session.Now
            )
        );
        if (due.Count == 0 || !database.Clock.MaySettle(now))
            return;
        foreach (var claim in due)
        {
            try
            {
                await database.Write(session => Remind(session, claim));
            }
            catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
            {
                // Another instance told it at this very moment.
            }
        }
    }

    private static async Task Remind(Session session, Returning claim)
    {
        if (await session.One<string>(StillReturned, new { id = claim.Id, until = claim.ReturnedUntil }) is null)
            return;
        var told = await Notice.Tell(
            session,
            NoticeKind.ClaimCompletionDue,
            Audience.Unit(claim.JurisdictionId),
            $"{claim.Id}:{Slug.Stamp(claim.ReturnedUntil)}",
            await About(session, claim.Id) with
            {
                Unit = null,
                Until = claim.ReturnedUntil,
            },
            claim.Id
        );
        if (told)
            session.Note(new AuditEntry("claim-completion-told") { SubjectKind = "claim", SubjectId = claim.Id });
    }

    private sealed class Returning
    {
        public required string Id { get; init; }
        public required string JurisdictionId { get; init; }
        public DateTimeOffset ReturnedUntil { get; init; }
    }

    private const string EndsToday = """
        SELECT c.id, c.jurisdiction_id, c.returned_until FROM claims c WHERE c.returned_until >= @now AND c.returned_until <= @until
          AND NOT EXISTS (SELECT 1 FROM claim_returns r JOIN notices n ON n.claim_id = r.claim_id AND n.kind = 'claim-completion-due' AND n.at > r.returned_at
                          WHERE r.claim_id = c.id AND r.until_at = c.returned_until AND r.completed_at IS NULL)
        ORDER BY c.returned_until
        """;
    private const string StillReturned = "SELECT id FROM claims WHERE id = @id AND returned_until = @until";

    /// <summary>Tells the coordinators that a report waits for their decision (R14).</summary>
    public static async Task ReviewWaiting(Session session, string claimId) =>
        await Notice.Tell(
            session,
            NoticeKind.ReviewWaiting,
            Audience.Coordinators,
            claimId,
            await About(session, claimId),
            claimId
        );

    /// <summary>Tells the coordinators that a project is like another unit's, as registered or edited (R10a).</summary>
    public static async Task ReviewWaiting(Session session, string projectId, ProjectBody body) =>
        await Notice.Tell(
            session,
            NoticeKind.ReviewWaiting,
            Audience.Coordinators,
            $"{projectId}:{Slug.Stamp(session.Now)}",
            new NoticeFacts { Name = body.Name, Secret = body.Secret },
            projectId: projectId
        );

    /// <summary>What is said of a claim: the name under which its own unit reported it, and for the centre the unit.</summary>
    public static async Task<NoticeFacts> About(Session session, string claimId)
    {
        var row = (await session.One<Row>(Select, new { claimId }))!;
        return new NoticeFacts
        {
            Name = row.Name,
            Unit = row.Unit,
            Secret = row.Secret || Json.Read<ProjectBody>(row.Report).Secret,
        };
    }

    private static async Task Tell(
        Session session,
        NoticeKind kind,
        Claim claim,
        string projectId,
        DateTimeOffset at,
        Caller? actor,
        string? reason
    )
    {
        var occasion = $"{claim.Id}:{Slug.Stamp(at)}:{Slug.Of(claim.Status)}";
        var facts = await About(session, claim.Id) with
        {
            Until = claim.ExpiresAt,
            Claim = claim.Status,
            Reason = reason,
        };

        // A unit that never held the project does not learn which one it is.
        var visible = claim.ActivatedAt is null ? null : projectId;
        await Notice.Tell(
            session,
            kind,
            Audience.Unit(claim.JurisdictionId),
            occasion,
            facts with
            {
                Unit = null,
            },
            claim.Id,
            visible,
            by: actor
        );
        if (kind == NoticeKind.ClaimExpired)
            await Notice.Tell(session, kind, Audience.Coordinators, occasion, facts, claim.Id, projectId);
    }

    private sealed class Row
    {
        public required string Name { get; init; }
        public required string Unit { get; init; }
        public required string Report { get; init; }
        public bool Secret { get; init; }
    }

    private const string Select = $"""
        SELECT {ClaimRow.NameSql} AS name, j.name AS unit, {ClaimRow.ReportSql} AS report, COALESCE(p.secret, 0) AS secret
        FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id LEFT JOIN projects p ON p.id = c.project_id
        WHERE c.id = @claimId
        """;
}
