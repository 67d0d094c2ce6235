using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Changes;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>A webhook as it is stored, with the names of its key.</summary>
internal sealed class WebhookRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string KeyId { get; init; }
    public required string KeyName { get; init; }
    public string? UnitId { get; init; }
    public string? UnitName { get; init; }
    public required string Url { get; init; }
    public required string Types { get; init; }
    public string? Description { get; init; }
    public required string Ordering { get; init; }
    public required string Secret { get; init; }
    public string? PreviousSecret { get; init; }
    public DateTimeOffset? PreviousUntil { get; init; }
    public required string Status { get; init; }
    public string? DisabledReason { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public long Position { get; init; }
    public long Numbered { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public long Version { get; init; }

    public IReadOnlyList<string> Patterns => Json.Read<List<string>>(Types);

    /// <summary>The types that are sent.</summary>
    public IReadOnlySet<string> Sent => Patterns.SelectMany(ChangeTypes.Named).ToHashSet(StringComparer.Ordinal);

    /// <summary>The secrets that sign at an instant: the present one first.</summary>
    public IEnumerable<string> Secrets(Vault vault, DateTimeOffset now)
    {
        yield return vault.Open(Secret);
        if (PreviousSecret is not null && PreviousUntil > now)
            yield return vault.Open(PreviousSecret);
    }

    public WebhookBody Body() =>
        new()
        {
            Url = Url,
            Types = Patterns,
            Description = Description,
            Ordering = Slug.To<DeliveryOrder>(Ordering),
        };

    public WebhookView View(DateTimeOffset now, string? secret = null) =>
        new()
        {
            Id = Id,
            Url = Url,
            Types = Patterns,
            Description = Description,
            Ordering = Slug.To<DeliveryOrder>(Ordering),
            Status = Slug.To<WebhookStatus>(Status),
            DisabledReason = DisabledReason is null ? null : Slug.To<DisabledReason>(DisabledReason),
            FailingSince = FailingSince,
            PreviousUntil = PreviousUntil > now ? PreviousUntil : null,
            Key = new WebhookKey(KeyId, KeyName, UnitId is null ? null : new UnitRef(UnitId, UnitName!)),
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            Version = Version,
            Secret = secret,
        };

    public static Task<WebhookRow?> ById(Session session, string id) =>
        session.One<WebhookRow>($"{Select} WHERE w.id = @id", new { id });

    /// <summary>The webhook, or null when it does not exist for this caller: a key sees its own.</summary>
    public static async Task<WebhookRow?> For(Session session, Caller caller, string id) =>
        await ById(session, id) is { } row && (!caller.IsKey || row.KeyId == caller.UserId) ? row : null;

    /// <summary>The webhook for a change: 404, 428, 412, 400 in this order.</summary>
    public static async Task<(WebhookRow Row, Refusal? Refusal)> ForChange(
        Session session,
        Call call,
        string id,
        Refusal? malformed = null
    )
    {
        if (await For(session, call.Caller, id) is not { } row)
            return (null!, Refusal.NotFound);
        return (row, ETags.Check(call.Request, row.Version) ?? malformed);
    }

    public const string Select = """
        SELECT w.seq, w.id, w.key_id, k.name AS key_name, k.jurisdiction_id AS unit_id, j.name AS unit_name, w.url, w.types, w.description, w.ordering, w.secret, w.previous_secret,
          w.previous_until, w.status, w.disabled_reason, w.failing_since, w.position, w.numbered, w.created_at, w.updated_at, w.version
        FROM webhooks w JOIN api_keys k ON k.id = w.key_id LEFT JOIN jurisdictions j ON j.id = k.jurisdiction_id
        """;
}
