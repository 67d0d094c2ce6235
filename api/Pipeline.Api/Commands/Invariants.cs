using Pipeline.Api.Features.Audit;
using Pipeline.Data;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Commands;

/// <summary>What must hold in every database of the city, whatever happened to it.</summary>
public static class Invariants
{
    /// <summary>What does not hold, in words; empty when all does.</summary>
    public static async Task<IReadOnlyList<string>> Violations(Session session, Anchors anchors, RuleBooks ruleBooks)
    {
        // The whole library is read.
        session.TimeLimit = 0;
        var found = new List<string>();
        foreach (var (what, sql) in Checks.Concat(ResourceInvariants.Checks))
            found.AddRange((await session.Query<string>(sql)).Select(id => $"{what}: {id}"));

        found.AddRange(
            (await StageTotals.Violations(session)).Select(stage =>
                $"totals that are not the sum of the projects: {stage}"
            )
        );
        found.AddRange(await CheckLedger.Violations(session));
        found.AddRange(await ProveBooks.UnbalancedFigures(session, ruleBooks));
        found.AddRange(
            (await ProjectStanding.Violations(session)).Select(id =>
                $"project that is open to others than the change feed told of: {id}"
            )
        );
        found.AddRange(await AgendaSeal.Violations(session));
        found.AddRange(await SnapshotSeal.Violations(session));
        found.AddRange(await BulletinSeal.Violations(session));
        var receipts = await Receipts.Verify(session, 1, long.MaxValue);
        if (receipts.FirstBroken is { } receipt)
            found.Add($"receipts: {receipt.Reason} at {receipt.Sequence}");
        var audit = await VerifyAudit.Verify(session, anchors, null);
        if (audit.FirstBroken is { } entry)
            found.Add($"audit trail: {entry.Reason} at {entry.Seq}");
        await foreach (var dispute in session.Stream<Frozen>(FrozenEvidence, new { }))
        {
            if (Pipeline.Data.Canonical.Hash(dispute.Evidence) != dispute.EvidenceHash)
                found.Add($"dispute whose evidence was touched: {dispute.Id}");
        }

        found.AddRange(Overlaps(await session.Query<Interval>(Intervals)));
        return found;
    }

    /// <summary>Active intervals of one project that overlap (R16).</summary>
    private static IEnumerable<string> Overlaps(List<Interval> intervals)
    {
        foreach (var project in intervals.GroupBy(interval => interval.ProjectId))
        {
            var last = (Interval?)null;
            foreach (
                var interval in project.OrderBy(interval => interval.ActivatedAt).ThenBy(interval => interval.Sequence)
            )
            {
                if (last is not null && (last.Until is not { } until || interval.ActivatedAt < until))
                    yield return $"two claims active at once on project {project.Key}: {last.Sequence} and {interval.Sequence}";
                last = last?.Until > interval.Until ? last : interval;
            }
        }
    }

    private sealed class Frozen
    {
        public required string Id { get; init; }
        public required string Evidence { get; init; }
        public required string EvidenceHash { get; init; }
    }

    private sealed class Interval
    {
        public required string ProjectId { get; init; }
        public long Sequence { get; init; }
        public DateTimeOffset ActivatedAt { get; init; }
        public DateTimeOffset? Until { get; init; }
    }

    private const string Intervals =
        "SELECT project_id, sequence, activated_at, ended_at AS until FROM claims WHERE activated_at IS NOT NULL AND project_id IS NOT NULL";
    private const string FrozenEvidence = "SELECT id, evidence, evidence_hash FROM disputes ORDER BY seq";
    private const string SuspendedEnded = "SELECT id FROM claims WHERE suspended_at IS NOT NULL AND status <> 'active'";
    private const string ReturnedNotWaiting =
        "SELECT id FROM claims WHERE returned_until IS NOT NULL AND status NOT IN ('queued', 'under-review')";
    private const string TwoActive =
        "SELECT project_id FROM claims WHERE status = 'active' GROUP BY project_id HAVING COUNT(*) > 1";
    private const string ActiveElsewhere =
        "SELECT c.id FROM claims c LEFT JOIN projects p ON p.id = c.project_id WHERE c.status = 'active' AND (p.id IS NULL OR p.claim_id IS NULL OR p.claim_id <> c.id OR p.owner_id <> c.jurisdiction_id OR p.stage <> 'in-talks')";
    private const string WaitingForNobody =
        "SELECT c.id FROM claims c WHERE c.status = 'queued' AND NOT EXISTS (SELECT 1 FROM claims a WHERE a.project_id = c.project_id AND a.status = 'active')";
    private const string ReviewedOnProject =
        "SELECT id FROM claims WHERE status = 'under-review' AND project_id IS NOT NULL";
    private const string EndedWithoutInstant =
        "SELECT id FROM claims WHERE (status IN ('active', 'queued', 'under-review') AND ended_at IS NOT NULL) OR (status NOT IN ('active', 'queued', 'under-review') AND ended_at IS NULL)";
    private const string OutOfOrder =
        "SELECT c.id FROM claims c JOIN claims b ON b.sequence = c.sequence - 1 WHERE c.received_at < b.received_at";
    private const string TwoPending =
        "SELECT project_id FROM moves WHERE status = 'pending' GROUP BY project_id HAVING COUNT(*) > 1";
    private const string SpanNotStage =
        "SELECT p.id FROM projects p LEFT JOIN stage_spans s ON s.project_id = p.id AND s.left_on IS NULL WHERE s.stage IS NULL OR s.stage <> p.stage";
    private const string TwoOpenSpans =
        "SELECT project_id FROM stage_spans WHERE left_on IS NULL GROUP BY project_id HAVING COUNT(*) > 1";
    private const string NoOwner =
        "SELECT p.id FROM projects p LEFT JOIN jurisdictions j ON j.id = p.owner_id WHERE j.id IS NULL";
    private const string FileWithoutContent =
        "SELECT f.id FROM files f LEFT JOIN file_contents c ON c.file_id = f.id WHERE c.file_id IS NULL";

    private const string TransferOfNoOwner =
        "SELECT t.id FROM transfers t JOIN projects p ON p.id = t.project_id WHERE t.ended_at IS NULL AND (p.owner_id <> t.from_id OR p.stage <> 'in-talks')";
    private const string TransferEndedWithoutInstant =
        "SELECT id FROM transfers WHERE (status IN ('proposed', 'accepted') AND ended_at IS NOT NULL) OR (status NOT IN ('proposed', 'accepted') AND ended_at IS NULL)";
    private const string NoticeOfNoTalks =
        "SELECT n.id FROM signing_notices n JOIN projects p ON p.id = n.project_id WHERE n.status = 'open' AND (p.owner_id <> n.jurisdiction_id OR p.stage <> 'in-talks')";
    private const string RemovalOfNoTalks =
        "SELECT r.id FROM removals r JOIN projects p ON p.id = r.project_id WHERE r.status = 'proposed' AND (p.owner_id <> r.jurisdiction_id OR p.stage <> 'in-talks')";
    private const string MemberOfNoOwner =
        "SELECT m.id FROM team_members m JOIN projects p ON p.id = m.project_id WHERE m.end_reason IS NULL AND m.to_on IS NULL AND p.owner_id <> m.jurisdiction_id";
    private const string BatchGap =
        "SELECT b.id FROM leader_batches b WHERE b.number > 1 AND NOT EXISTS (SELECT 1 FROM leader_batches a WHERE a.number = b.number - 1)";
    private const string LinkOfNoBatch =
        "SELECT k.id FROM leader_links k WHERE NOT EXISTS (SELECT 1 FROM leader_batches b WHERE b.number = k.batch) OR (k.end_batch IS NOT NULL AND NOT EXISTS (SELECT 1 FROM leader_batches b WHERE b.number = k.end_batch))";
    private const string ToldToNobodyKnown =
        "SELECT r.notice_id FROM notice_recipients r LEFT JOIN notices n ON n.id = r.notice_id LEFT JOIN users u ON u.id = r.user_id WHERE n.id IS NULL OR u.id IS NULL";
    private const string PlaceWithProject =
        "SELECT id FROM notices WHERE kind = 'queue-moved' AND project_id IS NOT NULL";

    private const string ChangeUnaudited =
        "SELECT CAST(c.seq AS varchar(20)) FROM changes c WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.seq = c.audit_seq)";

    // The oldest are forgotten after their time, so the first that is left need not be 1.
    private const string ChangesWithGap = """
        SELECT CAST(h.change_seq AS varchar(20)) FROM audit_head h
        CROSS JOIN (SELECT COUNT(*) AS many, COALESCE(MIN(seq), 1) AS first_seq, COALESCE(MAX(seq), 0) AS last_seq FROM changes) c
        WHERE c.many > 0 AND (c.last_seq <> h.change_seq OR c.many <> c.last_seq - c.first_seq + 1)
        """;

    private const string ReaderOfNoChange =
        "SELECT r.reader FROM change_readers r WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.seq = r.seq)";

    private static readonly (string What, string Sql)[] Checks =
    [
        ("two active claims on project", TwoActive),
        ("active claim that its project does not know", ActiveElsewhere),
        ("claim that waits behind nobody", WaitingForNobody),
        ("claim under review that has a project", ReviewedOnProject),
        ("claim whose end and status disagree", EndedWithoutInstant),
        ("claim received before its predecessor", OutOfOrder),
        ("two pending moves on project", TwoPending),
        ("project whose history ends in another stage", SpanNotStage),
        ("project in two stages at once", TwoOpenSpans),
        ("project without owner", NoOwner),
        ("file without content", FileWithoutContent),
        ("claim whose window stands still though it has ended", SuspendedEnded),
        ("claim to be completed though it does not wait", ReturnedNotWaiting),
        ("transfer that goes on though its project is another's or has moved", TransferOfNoOwner),
        ("transfer whose end and status disagree", TransferEndedWithoutInstant),
        ("signing notice that goes on though its project is another's or has moved", NoticeOfNoTalks),
        ("project that does not count for who has it in the monthly identity", LibraryFlows.OutOfBalance),
        ("batch of leader links after a gap in the numbers", BatchGap),
        ("leader link of no batch", LinkOfNoBatch),
        ("removal that goes on though its project is another's or has moved", RemovalOfNoTalks),
        ("member of the team of a unit whose project it no longer is", MemberOfNoOwner),
        ("change of which the audit trail does not tell", ChangeUnaudited),
        ("change feed whose numbers have a gap, or end before", ChangesWithGap),
        ("reader of a change that is not there", ReaderOfNoChange),
        ("notice to nobody known", ToldToNobodyKnown),
        ("notice of a place in the queue that names the project", PlaceWithProject),
    ];
}
