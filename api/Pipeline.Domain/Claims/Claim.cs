namespace Pipeline.Domain.Claims;

/// <summary>Where a claim stands (R14, R18). The first three are live.</summary>
public enum ClaimStatus
{
    Active,
    Queued,
    UnderReview,
    Converted,
    Expired,
    Released,
    Revoked,
    Transferred,
    Withdrawn,
    Rejected,
}

/// <summary>A unit's first-report claim on one project, as far as settlement is concerned.</summary>
/// <param name="Sequence">Its place in the order of receipt (R11).</param>
/// <param name="ActivatedAt">Null unless it was ever active.</param>
/// <param name="ExpiresAt">Last instant of its window (R15).</param>
/// <param name="EndedAt">When a live claim ended; at expiry the window's last instant.</param>
/// <param name="RuleSetId">The rule set it is decided under: from receipt, then pinned at activation.</param>
/// <param name="SuspendedAt">Since when its window stands still while a dispute is decided (R23); null: it runs.</param>
/// <param name="ReturnedUntil">Last instant to complete a report that was returned (R14b); null: it is not returned, or was completed.</param>
public sealed record Claim(
    string Id,
    long Sequence,
    string JurisdictionId,
    ClaimStatus Status,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? ActivatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? EndedAt,
    string RuleSetId,
    DateTimeOffset? SuspendedAt = null,
    DateTimeOffset? ReturnedUntil = null
)
{
    /// <summary>Whether its window has ended (R17): its last instant is past, no dispute lets it stand still (R23), and no move to signed that came in time is pending (R18a).</summary>
    /// <param name="signingPendingSince">When the pending move to signed was submitted; null when none is.</param>
    public bool IsDue(DateTimeOffset now, DateTimeOffset? signingPendingSince) =>
        Status == ClaimStatus.Active && ExpiresAt < now && SuspendedAt is null && !(signingPendingSince <= ExpiresAt);

    /// <summary>Whether it waits, was returned, and was not completed in time: then it is withdrawn (R14b).</summary>
    public bool IsForfeit(DateTimeOffset now) =>
        Status is ClaimStatus.Queued or ClaimStatus.UnderReview && ReturnedUntil < now;
}

/// <summary>What settling changed: one claim, from before to after, at the instant it was due.</summary>
public sealed record ClaimChange(Claim Before, Claim After, DateTimeOffset At);
