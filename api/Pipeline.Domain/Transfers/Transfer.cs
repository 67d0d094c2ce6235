using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Transfers;

/// <summary>Where a transfer (流转) stands (R40). The first two are open.</summary>
public enum TransferStatus
{
    /// <summary>The receiver may accept or decline.</summary>
    Proposed,

    /// <summary>The centre decides.</summary>
    Accepted,
    Approved,
    Declined,
    Rejected,
    Cancelled,
    Lapsed,
}

/// <summary>Why a transfer ended by itself.</summary>
public enum TransferEnd
{
    NotAnswered,
    OwnerChanged,

    /// <summary>The project left the talks.</summary>
    ProjectMoved,
}

/// <summary>What may be done with a transfer.</summary>
public enum TransferStep
{
    Accept,
    Decline,
    Cancel,
    Approve,
    Reject,
}

/// <summary>How somebody stands to a transfer.</summary>
/// <param name="Giving">An officer of the unit that has the project.</param>
/// <param name="Receiving">An officer of the unit that is to get it.</param>
/// <param name="Centre">A coordinator.</param>
public readonly record struct TransferSide(bool Giving, bool Receiving, bool Centre);

/// <summary>A transfer as far as its rules go.</summary>
/// <param name="ByCentre">Whether the centre proposed it.</param>
/// <param name="AcceptUntil">The last instant of acceptance, fixed when it was proposed (R43a).</param>
public sealed record Transfer(TransferStatus Status, bool ByCentre, DateTimeOffset AcceptUntil);

/// <summary>A project as far as a transfer of it goes.</summary>
/// <param name="UnderReview">Judged for the centre alone: a unit must not find out by proposing (R10a, R20).</param>
/// <param name="Approved">How many transfers of it were approved.</param>
public sealed record TransferableProject(
    Stage Stage,
    bool PendingMove,
    bool InDispute,
    bool UnderReview,
    bool ReportRequired,
    bool OpenTransfer,
    int Approved
);

/// <summary>Transfers of a project in talks to the unit where it fits (R40–R43a).</summary>
public static class TransferRules
{
    /// <summary>Where it stands by now: one that nobody answered in time has lapsed, whether or not anybody looked.</summary>
    public static TransferStatus StatusAt(Transfer transfer, DateTimeOffset now) =>
        transfer.Status == TransferStatus.Proposed && now > transfer.AcceptUntil
            ? TransferStatus.Lapsed
            : transfer.Status;

    /// <summary>Whether a project may be transferred now (R43); a refusal is <c>transfer-not-allowed</c> and says why.</summary>
    public static Refusal? MayPropose(TransferableProject project, RuleSet rules)
    {
        var why =
            project.Stage != Stage.InTalks ? "not-in-talks"
            : project.PendingMove ? "move-pending"
            : project.InDispute ? "in-dispute"
            : project.UnderReview ? "under-review"
            : project.ReportRequired ? "report-required"
            : project.OpenTransfer ? "transfer-open"
            : project.Approved >= rules.MaxTransfers ? "transfers-used"
            : null;
        return why is null ? null : NotAllowed("projectId", why);
    }

    public static Refusal NotAllowed(string field, string why) =>
        new(RefusalKind.Conflict, "transfer-not-allowed", [new FieldError(field, why)]);

    /// <summary>Whether a step may be taken now by who stands so to it: the refusal, or null. <c>transfer-ended</c>: it is over; <c>transfer-not-accepted</c>: the receiver has not accepted.</summary>
    public static Refusal? MayTake(TransferStep step, Transfer transfer, TransferSide side, DateTimeOffset now)
    {
        var mine = step switch
        {
            TransferStep.Accept or TransferStep.Decline => side.Receiving,
            TransferStep.Cancel => transfer.ByCentre ? side.Centre : side.Giving,
            _ => side.Centre,
        };
        if (!mine)
            return Refusal.Forbidden;
        var status = StatusAt(transfer, now);
        if (status is not (TransferStatus.Proposed or TransferStatus.Accepted))
            return new Refusal(RefusalKind.Conflict, "transfer-ended", status);
        return step switch
        {
            TransferStep.Accept or TransferStep.Decline when status == TransferStatus.Accepted => new Refusal(
                RefusalKind.Conflict,
                "transfer-ended",
                status
            ),
            TransferStep.Approve or TransferStep.Reject when status == TransferStatus.Proposed => new Refusal(
                RefusalKind.Conflict,
                "transfer-not-accepted"
            ),
            _ => null,
        };
    }
}
