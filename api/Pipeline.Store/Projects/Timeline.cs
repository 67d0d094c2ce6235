using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipeline.Data;

namespace Pipeline.Store.Projects;

/// <summary>What a timeline entry tells of (R6).</summary>
public enum EntryKind
{
    Registered,
    Reported,
    Edited,
    Progress,
    AgreementRecorded,
    MoveSubmitted,
    MoveVerified,
    MoveReturned,
    MoveWithdrawn,
    MovedBack,
    Terminated,
    Reactivated,
    ClaimActivated,
    ClaimQueued,
    ClaimUnderReview,
    ClaimConverted,
    ClaimExpired,
    ClaimReleased,
    ClaimRevoked,
    ClaimTransferred,
    ClaimWithdrawn,
    ClaimRejected,
    ClaimExtended,
    ClaimSuspended,
    ClaimResumed,
    ClaimReturned,
    ClaimCompleted,
    DisputeFiled,
    DisputeAnswered,
    DisputeDecided,
    DisputeAppealed,
    DisputeWithdrawn,
    OwnerChanged,
    TransferProposed,
    TransferAccepted,
    TransferApproved,
    TransferDeclined,
    TransferRejected,
    TransferCancelled,
    TransferLapsed,
    MarketOffered,
    MarketWithdrawn,
    NoticeFiled,
    NoticeChanged,
    NoticeCancelled,
    NoticeWaived,
    SigningFlagged,
    FlagLifted,
    CapitalSubmitted,
    CapitalVerified,
    CapitalReturned,
    CapitalReversed,
    InvestmentRecorded,
    ElementsRecorded,
    RemovalProposed,
    RemovalConfirmed,
    RemovalKept,
    RemovalCancelled,
    ProblemRaised,
    ProblemAssigned,
    ProblemAnswered,
    ProblemClosed,
    ProblemReopened,
    ProblemDueChanged,
    ProblemOverridden,
    DecisionMade,
    ActionDone,
    ActionDueChanged,
    ActionReopened,
    ActionWithdrawn,
    LandingCorrected,
    LeaderLinked,
    LeaderUnlinked,
    TolerancePaperAttached,
    TeamMemberAdded,
    TeamMemberLeft,
    AgreementProposed,
    AgreementApproved,
    AgreementEnded,
    LandNegotiated,
    LandSold,
    LandReleased,
    ChainJoined,
    ChainLeft,
    FileAdded,
    Imported,
    ImportUndone,
}

/// <summary>The project's timeline: every move, claim and decision, with who, when, before and after. Entries are only ever added (R6).</summary>
public static class Timeline
{
    /// <summary>Adds an entry.</summary>
    /// <param name="unitId">The unit it concerns: it and the centre see it, other units only when it is public.</param>
    public static void Add(
        Session session,
        string projectId,
        EntryKind kind,
        Caller? actor,
        string? unitId,
        DateTimeOffset? at = null,
        DateOnly? occurredOn = null,
        string? note = null,
        object? before = null,
        object? after = null,
        IReadOnlyList<FileRef>? files = null,
        bool isPublic = false,
        string? id = null
    )
    {
        session.Note(
            new AuditEntry(Slug.Of(kind))
            {
                SubjectKind = "project",
                SubjectId = projectId,
                ProjectId = projectId,
                Reason = note,
                Changes = AuditEntry.Between(Json.Node(before), Json.Node(after)),
                Origin =
                    session.Origin == Origin.System && actor is not null
                        ? Origin.System with
                        {
                            Doer = actor.Doer(),
                        }
                        : null,
            }
        );
        session.Add(
            Table,
            [
                id ?? Ids.New(),
                projectId,
                at ?? session.Now,
                occurredOn,
                Slug.Of(kind),
                actor?.UserId,
                actor?.DisplayName,
                actor?.JurisdictionName,
                unitId,
                note,
                before is null ? null : Json.Write(before),
                after is null ? null : Json.Write(after),
                files is { Count: > 0 } ? Json.Write(files) : null,
                isPublic ? 1 : 0,
            ]
        );
    }

    private static readonly BulkTable Table = new(
        "timeline",
        "id",
        "project_id",
        "at",
        "occurred_on",
        "kind",
        "actor_id",
        "actor_name",
        "actor_unit",
        "jurisdiction_id",
        "note",
        "before_json",
        "after_json",
        "files",
        "is_public"
    );
}

/// <summary>A file by id and name.</summary>
public sealed record FileRef(string Id, string Name);
