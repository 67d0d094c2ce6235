using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Store.Claims;

/// <summary>Claims of a project changed: by time, by a decision, or because of another claim (R17).</summary>
/// <param name="Actor">Who decided; null: the rules alone.</param>
public sealed record ClaimsSettled(string ProjectId, Settlement Settlement, Caller? Actor, string? Reason)
    : IDomainEvent;

/// <summary>A claim left the queue, so that others moved up.</summary>
public sealed record QueueMovedUp(IReadOnlyList<Claim> Before, IReadOnlyList<Claim> After) : IDomainEvent;

/// <summary>A report under review ended without a project.</summary>
/// <param name="Actor">Who decided; null: the time to complete it ended (R14b).</param>
/// <param name="At">When time alone ended it; null: now.</param>
public sealed record ReportEnded(
    string ClaimId,
    string UnitId,
    ClaimStatus Status,
    Caller? Actor,
    string? Reason,
    DateTimeOffset? At = null
) : IDomainEvent;

/// <summary>The centre returned a report for completion (R14b).</summary>
/// <param name="Status">How its claim stands: under review, or queued.</param>
public sealed record ReportReturned(
    string ClaimId,
    string UnitId,
    ClaimStatus Status,
    Caller Actor,
    string Reason,
    DateTimeOffset Until
) : IDomainEvent;

/// <summary>A returned report was completed, and waits for the centre again (R14b).</summary>
public sealed record ReportCompleted(string ClaimId, string UnitId, ClaimStatus Status, Caller Actor) : IDomainEvent;

/// <summary>A report waits for the centre's decision (R14).</summary>
public sealed record ReportUnderReview(string ClaimId) : IDomainEvent;

/// <summary>A report was received (R11).</summary>
/// <param name="Status">What its claim is now: active, queued or under review.</param>
/// <param name="ProjectId">The project it is a claim on; null while it is under review.</param>
public sealed record ReportReceived(string ClaimId, ClaimStatus Status, string UnitId, string? ProjectId, bool Secret)
    : IDomainEvent;

/// <summary>The window of a claim ends in so many days (R17).</summary>
public sealed record ClaimEnding(string ClaimId, string UnitId, string ProjectId, DateTimeOffset ExpiresAt, int Days)
    : IDomainEvent;
