using Pipeline.Domain;

namespace Pipeline.Store.Transfers;

/// <summary>A transfer was proposed, accepted, or ended (R40).</summary>
/// <param name="Transfer">As it stands now.</param>
/// <param name="Actor">Who did it; null: the rules alone.</param>
public sealed record TransferProceeded(TransferRow Transfer, Caller? Actor) : IDomainEvent;

/// <summary>A project has become another unit's by a transfer that the centre approved.</summary>
public sealed record ProjectTransferred(string ProjectId) : IDomainEvent;
