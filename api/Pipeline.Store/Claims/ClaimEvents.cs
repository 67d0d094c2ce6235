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
public sealed record ReportEnded(string ClaimId, string UnitId, ClaimStatus Status, Caller Actor, string Reason)
    : IDomainEvent;

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
