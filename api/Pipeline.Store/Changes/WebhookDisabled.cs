using Pipeline.Domain;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Store.Changes;

/// <summary>Nothing more is sent to an address: it said that it is gone, or did nothing but fail.</summary>
/// <param name="Host">The host of the address.</param>
/// <param name="UnitId">The unit that its key acts for.</param>
public sealed record WebhookDisabled(
    string WebhookId,
    string Host,
    string KeyName,
    string? UnitId,
    DisabledReason Reason,
    long Version
) : IDomainEvent;
