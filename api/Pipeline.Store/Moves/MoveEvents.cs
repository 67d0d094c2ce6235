using Pipeline.Domain;

namespace Pipeline.Store.Moves;

/// <summary>A move waits for the centre (R3).</summary>
public sealed record MoveSubmitted(MoveRow Move, Caller Actor) : IDomainEvent;

/// <summary>A move has taken effect: the project stands where it leads.</summary>
public sealed record MoveTookEffect(MoveRow Move, Caller Actor) : IDomainEvent;

/// <summary>A move was verified, returned or withdrawn.</summary>
/// <param name="Move">As it stood before.</param>
/// <param name="Actor">Who decided; null: it was returned because the project went to another unit.</param>
public sealed record MoveDecided(MoveRow Move, MoveStatus Decision, Caller? Actor, string? Reason) : IDomainEvent;
