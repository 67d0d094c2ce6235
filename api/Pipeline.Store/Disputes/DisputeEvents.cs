using Pipeline.Domain;

namespace Pipeline.Store.Disputes;

/// <summary>What happens in a dispute (R23).</summary>
public enum DisputeStep
{
    Filed,
    Answered,
    Decided,
    Appealed,
    Withdrawn,

    /// <summary>The contested window stands still.</summary>
    Suspended,

    /// <summary>It runs again.</summary>
    Resumed,
}

/// <summary>A dispute took a step.</summary>
/// <param name="Until">By when somebody has to do something about it, or until when the window runs.</param>
public sealed record DisputeProceeded(
    string DisputeId,
    DisputeStep Step,
    Caller? Actor,
    string? Reason = null,
    DateTimeOffset? Until = null
) : IDomainEvent;
