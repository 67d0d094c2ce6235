using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Claims;

/// <summary>What may be decided about a claim as it stands. Each function is asked by the act itself and by those who tell which acts are open; who may do it is another question (R19).</summary>
public static class ClaimDecisions
{
    private static readonly Refusal NotActive = new(RefusalKind.Conflict, "claim-not-active"),
        Decided = new(RefusalKind.Conflict, "claim-decided"),
        Returned = new(RefusalKind.Conflict, "claim-returned"),
        NotReturned = new(RefusalKind.Conflict, "claim-not-returned");

    /// <summary>Whether a claim may end so by decision (R18): the active one is released or revoked, one that waits is withdrawn.</summary>
    /// <returns>Why not; null when it may.</returns>
    public static Refusal? RefuseEnd(ClaimStatus status, ClaimStatus end) =>
        (status, end) switch
        {
            (ClaimStatus.Active, ClaimStatus.Released or ClaimStatus.Revoked) => null,
            (ClaimStatus.Queued or ClaimStatus.UnderReview, ClaimStatus.Withdrawn) => null,
            _ => NotActive,
        };

    /// <summary>Whether the window of a claim may be lengthened (R21): while it runs or stands still, and as often as the rule set allows under which it is active.</summary>
    /// <param name="extensions">How often it was lengthened before.</param>
    /// <returns>Why not; null when it may.</returns>
    public static Refusal? RefuseExtension(
        ClaimStatus status,
        DateTimeOffset? expiresAt,
        DateTimeOffset? suspendedAt,
        int extensions,
        RuleSet pinned,
        DateTimeOffset now
    ) =>
        status != ClaimStatus.Active || (suspendedAt is null && expiresAt < now) ? NotActive
        : extensions >= pinned.ExtensionsMax
            ? new Refusal(RefusalKind.Conflict, "extension-limit", pinned.ExtensionsMax)
        : null;

    /// <summary>The last instant of a window that is lengthened (R21).</summary>
    public static DateTimeOffset Extended(DateTimeOffset expiresAt, RuleSet pinned) =>
        CalendarWindow.End(expiresAt, pinned.Extension);

    /// <summary>Whether the centre may find the report to be of a project that is there (R14a): while it is under review.</summary>
    /// <returns>Why not; null when it may.</returns>
    public static Refusal? RefuseSame(ClaimStatus status) => status == ClaimStatus.UnderReview ? null : Decided;

    /// <summary>Whether the centre may find the report to be of a project of its own (R14a): under review, or queued behind one that it is not.</summary>
    /// <returns>Why not; null when it may.</returns>
    public static Refusal? RefuseDistinct(ClaimStatus status) =>
        status is ClaimStatus.UnderReview or ClaimStatus.Queued ? null : Decided;

    /// <summary>Whether the centre may return the report for completion (R14b): while it waits, and was not returned already.</summary>
    /// <param name="returnedUntil">Until when it is to be completed, where it is returned.</param>
    /// <returns>Why not; null when it may.</returns>
    public static Refusal? RefuseReturn(ClaimStatus status, DateTimeOffset? returnedUntil) =>
        RefuseDistinct(status) ?? (returnedUntil is null ? null : Returned);

    /// <summary>Whether the report may be completed (R14b): while it waits and is returned, up to and including the last instant.</summary>
    /// <returns>Why not; null when it may.</returns>
    public static Refusal? RefuseCompletion(ClaimStatus status, DateTimeOffset? returnedUntil, DateTimeOffset now) =>
        RefuseDistinct(status) ?? (returnedUntil is null || returnedUntil < now ? NotReturned : null);
}
