using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain.Webhooks;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>A delivery as it is stored.</summary>
internal sealed class DeliveryRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string WebhookId { get; init; }
    public long ChangeSeq { get; init; }
    public long Number { get; init; }
    public int Round { get; init; }
    public required string Type { get; init; }
    public required string Subject { get; init; }
    public required string Status { get; init; }
    public int Tries { get; init; }

    /// <summary>How often it had been tried when somebody had it sent once more.</summary>
    public int TriesBefore { get; init; }

    /// <summary>How often it was tried since.</summary>
    public int TriesOfRound => Tries - TriesBefore;
    public DateTimeOffset DueAt { get; init; }
    public long Lease { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    public DeliveryView View(Vault vault) =>
        new()
        {
            Id = Id,
            EventId = ChangeIds.Of(vault, ChangeSeq),
            Type = Type,
            Subject = Subject,
            Status = Slug.To<DeliveryStatus>(Status),
            Tries = Tries,
            DueAt = Status == Slug.Of(DeliveryStatus.Waiting) ? DueAt : null,
            CreatedAt = CreatedAt,
            EndedAt = EndedAt,
        };

    public static Task<DeliveryRow?> ById(Session session, string id) =>
        session.One<DeliveryRow>($"{Select} WHERE d.id = @id", new { id });

    public const string Select =
        "SELECT d.seq, d.id, d.webhook_id, d.change_seq, d.number, d.round, d.type, d.subject, d.status, d.tries, d.tries_before, d.due_at, d.lease, d.created_at, d.ended_at FROM webhook_deliveries d";

    public static readonly BulkTable Table = new(
        "webhook_deliveries",
        "id",
        "webhook_id",
        "change_seq",
        "round",
        "number",
        "type",
        "subject",
        "status",
        "tries",
        "tries_before",
        "due_at",
        "lease",
        "created_at"
    );

    /// <summary>A row of what is to be sent.</summary>
    public static object?[] New(
        string webhookId,
        long changeSeq,
        int round,
        long number,
        string type,
        string subject,
        DateTimeOffset now
    ) =>
        [
            Ids.New(),
            webhookId,
            changeSeq,
            round,
            number,
            type,
            subject,
            Slug.Of(DeliveryStatus.Waiting),
            0,
            0,
            now,
            0L,
            now,
        ];
}

/// <summary>The tries of a delivery.</summary>
internal static class Tries
{
    private const int MostOfError = 500;

    public static TryView View(DateTimeOffset at, Posted posted, string url, string eventId, string body) =>
        new()
        {
            At = at,
            Status = posted.Status,
            Milliseconds = (int)posted.Took.TotalMilliseconds,
            Error = posted.Error,
            Answer = posted.Answer,
            Request = new WebhookRequest(url, Post.HeadersOf(eventId, at.ToUnixTimeSeconds()), JsonNode.Parse(body)),
        };

    public static async Task<List<TryView>> Of(Session session, string deliveryId) =>
        [
            .. (await session.Query<Row>(Select, new { deliveryId })).Select(row => new TryView
            {
                At = row.At,
                Status = row.Status,
                Milliseconds = row.Milliseconds,
                Error = row.Error,
                Answer = row.Answer,
                Request = Json.Read<WebhookRequest>(row.Request),
            }),
        ];

    public static Task Add(Session session, string deliveryId, int number, TryView tried) =>
        session.Execute(
            Insert,
            new
            {
                deliveryId,
                number,
                at = tried.At,
                status = tried.Status,
                milliseconds = tried.Milliseconds,
                error = tried.Error is { Length: > MostOfError } error ? error[..MostOfError] : tried.Error,
                answer = tried.Answer,
                request = Json.Write(tried.Request),
            }
        );

    private sealed class Row
    {
        public DateTimeOffset At { get; init; }
        public int? Status { get; init; }
        public int Milliseconds { get; init; }
        public string? Error { get; init; }
        public string? Answer { get; init; }
        public required string Request { get; init; }
    }

    private const string Select =
        "SELECT at, status, milliseconds, error, answer, request FROM webhook_tries WHERE delivery_id = @deliveryId ORDER BY number";
    private const string Insert =
        "INSERT INTO webhook_tries (delivery_id, number, at, status, milliseconds, error, answer, request) VALUES (@deliveryId, @number, @at, @status, @milliseconds, @error, @answer, @request)";
}
