using System.Data.Common;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Notices;

/// <summary>What the steps of a dispute mean for its sides and the centre (R23): each side is told of it by its own report, never who the other is.</summary>
public static class DisputeNotices
{
    /// <summary>Tells the side that did not take the step, and the centre; of a decision both sides.</summary>
    public static async Task Proceeded(Session session, DisputeProceeded happened)
    {
        var (disputeId, step, by, reason, until) = happened;
        var kind = KindOf(step);
        var dispute = (await session.One<Row>(Select, new { disputeId }))!;
        var occasion = $"{disputeId}:{Slug.Stamp(session.Now)}";
        var contested = await ClaimNotices.About(session, dispute.ClaimId);
        foreach (
            var (unit, claim) in new[]
            {
                (dispute.ContestantId, dispute.ClaimId),
                (dispute.RespondentId, dispute.RespondentClaimId),
            }
        )
        {
            if (unit is null || claim is null || unit == by?.Unit || !Concerns(kind, unit == dispute.ContestantId))
                continue;
            var own = await ClaimNotices.About(session, claim);
            await Notice.Tell(
                session,
                kind,
                Audience.Unit(unit),
                occasion,
                own with
                {
                    Unit = null,
                    Until = until,
                    Reason = reason,
                },
                claim,
                disputeId: disputeId,
                by: by
            );
        }

        if (kind is not (NoticeKind.ClaimSuspended or NoticeKind.ClaimResumed))
            await Notice.Tell(
                session,
                kind,
                Audience.Coordinators,
                occasion,
                contested with
                {
                    Until = until,
                },
                dispute.ClaimId,
                dispute.ProjectId,
                disputeId,
                by
            );
    }

    /// <summary>Reminds, once, who has the last day before it: the other side of its answer, the centre of its decision.</summary>
    public static async Task Due(Database database)
    {
        var (due, now) = await database.Read(async session =>
            (
                await session.Query<Waiting>(
                    EndsToday,
                    new { now = session.Now, until = Shanghai.EndOf(session.Today) }
                ),
                session.Now
            )
        );
        if (due.Count == 0 || !database.Clock.MaySettle(now))
            return;
        foreach (var dispute in due)
        {
            try
            {
                await database.Write(session => Remind(session, dispute));
            }
            catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
            {
                // Another instance told it at this very moment.
            }
        }
    }

    private static async Task Remind(Session session, Waiting dispute)
    {
        var answer = dispute.Status == "awaiting-answer";
        var claim = answer ? dispute.RespondentClaimId! : dispute.ClaimId;
        var facts = await ClaimNotices.About(session, claim) with { Until = dispute.Due };
        var told = answer
            ? await Notice.Tell(
                session,
                NoticeKind.DisputeAnswerDue,
                Audience.Unit(dispute.RespondentId!),
                Occasion(dispute),
                facts with
                {
                    Unit = null,
                },
                claim,
                disputeId: dispute.Id
            )
            : await Notice.Tell(
                session,
                NoticeKind.DisputeDecisionDue,
                Audience.Coordinators,
                Occasion(dispute),
                facts,
                claim,
                disputeId: dispute.Id
            );
        if (told)
            session.Note(new AuditEntry("dispute-due-told") { SubjectKind = "dispute", SubjectId = dispute.Id });
    }

    private static string Occasion(Waiting dispute) => $"{dispute.Id}:{Slug.Stamp(dispute.Due)}";

    private static NoticeKind KindOf(DisputeStep step) =>
        step switch
        {
            DisputeStep.Filed => NoticeKind.DisputeFiled,
            DisputeStep.Answered => NoticeKind.DisputeAnswered,
            DisputeStep.Decided => NoticeKind.DisputeDecided,
            DisputeStep.Appealed => NoticeKind.DisputeAppealed,
            DisputeStep.Withdrawn => NoticeKind.DisputeWithdrawn,
            DisputeStep.Suspended => NoticeKind.ClaimSuspended,
            DisputeStep.Resumed => NoticeKind.ClaimResumed,
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
        };

    /// <summary>Who contested is told what becomes of it; the other side what it has to know or do.</summary>
    private static bool Concerns(NoticeKind kind, bool contestant) =>
        kind switch
        {
            NoticeKind.DisputeAnswered => false,
            NoticeKind.DisputeDecided or NoticeKind.DisputeAppealed => true,
            _ => !contestant,
        };

    private sealed class Row
    {
        public required string ClaimId { get; init; }
        public string? ProjectId { get; init; }
        public required string ContestantId { get; init; }
        public string? RespondentId { get; init; }
        public string? RespondentClaimId { get; init; }
    }

    private sealed class Waiting
    {
        public required string Id { get; init; }
        public required string Status { get; init; }
        public required string ClaimId { get; init; }
        public string? RespondentId { get; init; }
        public string? RespondentClaimId { get; init; }
        public DateTimeOffset Due { get; init; }
    }

    private const string Select =
        "SELECT claim_id, project_id, contestant_id, respondent_id, respondent_claim_id FROM disputes WHERE id = @disputeId";

    // What was told has a notice of its kind since the day began; an unanswered dispute is the centre's once the answer's time is over.
    private const string EndsToday = """
        SELECT d.id, 'awaiting-answer' AS status, d.claim_id, d.respondent_id, d.respondent_claim_id, d.answer_due AS due FROM disputes d
        WHERE d.status = 'awaiting-answer' AND d.answer_due >= @now AND d.answer_due <= @until
          AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.dispute_id = d.id AND n.kind = 'dispute-answer-due')
        UNION ALL
        SELECT d.id, 'awaiting-decision' AS status, d.claim_id, d.respondent_id, d.respondent_claim_id, d.decision_due AS due FROM disputes d
        WHERE (d.status = 'awaiting-decision' OR d.status = 'appealed' OR (d.status = 'awaiting-answer' AND d.answer_due < @now)) AND d.decision_due >= @now AND d.decision_due <= @until
          AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.dispute_id = d.id AND n.kind = 'dispute-decision-due' AND (d.appealed_at IS NULL OR n.at > d.appealed_at))
        """;
}
