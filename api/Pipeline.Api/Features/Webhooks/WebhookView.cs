using System.Text.Json.Nodes;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>An address to which changes are sent.</summary>
public sealed record WebhookView
{
    public required string Id { get; init; }
    public required string Url { get; init; }
    public required IReadOnlyList<string> Types { get; init; }
    public string? Description { get; init; }
    public required DeliveryOrder Ordering { get; init; }
    public required WebhookStatus Status { get; init; }
    public DisabledReason? DisabledReason { get; init; }

    /// <summary>Since when every try has failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when the secret before a rotation still signs, too.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>The key that made it and whose rights it has.</summary>
    public required WebhookKey Key { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }

    /// <summary>Once, on creation and rotation.</summary>
    public string? Secret { get; init; }
}

/// <summary>The key of a webhook, and the unit it acts for.</summary>
public sealed record WebhookKey(string Id, string Name, UnitRef? Jurisdiction);

/// <summary>One change on its way to one address.</summary>
public sealed record DeliveryView
{
    public required string Id { get; init; }

    /// <summary>The change's id, as in the feed and in every try.</summary>
    public required string EventId { get; init; }
    public required string Type { get; init; }

    /// <summary>What it is about: a path below `/api/v1`.</summary>
    public required string Subject { get; init; }
    public required DeliveryStatus Status { get; init; }
    public required int Tries { get; init; }

    /// <summary>When it is tried next, if it waits.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Every try; of a single delivery only.</summary>
    public IReadOnlyList<TryView>? Attempts { get; init; }
}

/// <summary>One try: what was sent, and what came of it.</summary>
public sealed record TryView
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The status that was answered; absent where there was no answer.</summary>
    public int? Status { get; init; }
    public required int Milliseconds { get; init; }

    /// <summary>Why there was no answer: `refused`, `time-out`, `address`, `tls`, `unreachable`, `too-large`.</summary>
    public string? Error { get; init; }

    /// <summary>The first 2 KiB of the answer's body.</summary>
    public string? Answer { get; init; }
    public required WebhookRequest Request { get; init; }
}

/// <summary>What was sent; the signature is left out, as it could be used again.</summary>
public sealed record WebhookRequest(string Url, IReadOnlyDictionary<string, string> Headers, JsonNode? Body);
