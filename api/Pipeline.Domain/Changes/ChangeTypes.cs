namespace Pipeline.Domain.Changes;

/// <summary>What the change feed tells of, by the names that the contract has for it.</summary>
public static class ChangeTypes
{
    public const string ProjectRegistered = "project.registered",
        ProjectChanged = "project.changed",
        ProjectMoved = "project.moved",
        ProjectAppeared = "project.appeared",
        ProjectGone = "project.gone",
        ProjectRedacted = "project.redacted",
        ClaimReceived = "claim.received",
        ClaimActivated = "claim.activated",
        ClaimQueued = "claim.queued",
        ClaimEnding = "claim.ending",
        ClaimEnded = "claim.ended",
        ClaimRedacted = "claim.redacted",
        ClaimReturned = "claim.returned",
        ClaimCompleted = "claim.completed",
        MoveSubmitted = "move.submitted",
        MoveVerified = "move.verified",
        MoveReturned = "move.returned",
        NoticeFiled = "notice.filed",
        NoticeLate = "notice.late",
        TransferProposed = "transfer.proposed",
        TransferAccepted = "transfer.accepted",
        TransferApproved = "transfer.approved",
        TransferEnded = "transfer.ended",
        CapitalVerified = "capital.verified",
        CapitalReversed = "capital.reversed",
        ProblemRaised = "problem.raised",
        ProblemAssigned = "problem.assigned",
        ProblemAnswered = "problem.answered",
        ProblemOverdue = "problem.overdue",
        ProblemClosed = "problem.closed",
        LightTurned = "light.turned",
        RemovalProposed = "removal.proposed",
        RemovalConfirmed = "removal.confirmed",
        MeetingIssued = "meeting.issued",
        LeaderBatchIssued = "leader_batch.issued",
        PeriodClosed = "period.closed",
        PeriodReopened = "period.reopened",
        BulletinIssued = "bulletin.issued",
        BulletinSuperseded = "bulletin.superseded",
        MatchAdvanced = "match.advanced",
        TargetChanged = "target.changed";

    /// <summary>Every type, in the order of the contract.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ProjectRegistered,
        ProjectChanged,
        ProjectMoved,
        ProjectAppeared,
        ProjectGone,
        ProjectRedacted,
        ClaimReceived,
        ClaimActivated,
        ClaimQueued,
        ClaimEnding,
        ClaimEnded,
        ClaimRedacted,
        ClaimReturned,
        ClaimCompleted,
        MoveSubmitted,
        MoveVerified,
        MoveReturned,
        NoticeFiled,
        NoticeLate,
        TransferProposed,
        TransferAccepted,
        TransferApproved,
        TransferEnded,
        CapitalVerified,
        CapitalReversed,
        ProblemRaised,
        ProblemAssigned,
        ProblemAnswered,
        ProblemOverdue,
        ProblemClosed,
        LightTurned,
        RemovalProposed,
        RemovalConfirmed,
        MeetingIssued,
        LeaderBatchIssued,
        PeriodClosed,
        PeriodReopened,
        BulletinIssued,
        BulletinSuperseded,
        MatchAdvanced,
        TargetChanged,
    ];

    /// <summary>The family of a type: what stands before its dot.</summary>
    public static string FamilyOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The types that a pattern names: a type, or all of a family (<c>project.*</c>); none when it names nothing.</summary>
    public static IReadOnlyList<string> Named(string pattern) =>
        pattern.EndsWith(".*", StringComparison.Ordinal)
            ? [.. All.Where(type => FamilyOf(type) == pattern[..^2])]
            : [.. All.Where(type => type == pattern)];
}
