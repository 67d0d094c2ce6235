using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Webhooks;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>Registers an address to which changes are sent from now on, once it has answered a signed ping.</summary>
public static class RegisterWebhook
{
    public static async Task<IResult> Handle(Call call, Post post, Database database)
    {
        var body = await call.Body(Validation.Of<WebhookBody.Validator>());
        var (id, secret) = (Ids.New(), body.Value?.Secret ?? WebhookSignature.NewSecret());
        return await call.Write<WebhookBody>(
            async () =>
                body.Refusal is { } malformed ? malformed
                : await Consent(call, post, database, body.Value!.Url!, id, [secret]) is { } refused ? refused
                : body.Value!,
            async (session, webhook) =>
            {
                await session.Execute(
                    Insert,
                    new
                    {
                        id,
                        keyId = call.Caller.UserId,
                        url = webhook.Url,
                        types = Json.Write(webhook.Types),
                        description = webhook.Description,
                        ordering = Slug.Of(webhook.Ordering ?? DeliveryOrder.Subject),
                        secret = session.Vault.Seal(secret),
                        position = await ChangeReader.Head(session),
                        now = session.Now,
                    }
                );
                session.Note(Entry("webhook-created", id, null, webhook));
                return await Answer(session, id, secret, 201, $"/api/v1/webhooks/{id}");
            }
        );
    }

    /// <summary>Asks an address whether it wants to be called: it has to be one that may be, and to answer a signed ping with 2xx. Nothing is asked where nothing is to be stored.</summary>
    internal static async Task<Refusal?> Consent(
        Call call,
        Post post,
        Database database,
        string url,
        string webhookId,
        IReadOnlyList<string> secrets
    )
    {
        if (!post.Takes(url))
            return Refused("webhook-target-refused");
        if (call.ValidateOnly)
            return null;
        var (id, now) = (Ids.New(), database.Clock.HostNow);
        var posted = await post.Send(
            url,
            id,
            now,
            WebhookEvent.Ping(id, webhookId, now),
            secrets,
            call.Context.RequestAborted
        );
        return posted.Succeeded ? null
            : posted.Error == "address" ? Refused("webhook-target-refused")
            : Refused("webhook-consent-missing");

        static Refusal Refused(string slug) => new(RefusalKind.Rule, slug, [new FieldError("url", slug)]);
    }

    internal static AuditEntry Entry(string action, string id, WebhookBody? before = null, WebhookBody? after = null) =>
        new(action)
        {
            SubjectKind = "webhook",
            SubjectId = id,
            Changes =
                after is null && before is null
                    ? null
                    : AuditEntry.Between(
                        Json.Node(before is null ? null : before with { Secret = null }),
                        Json.Node(after is null ? null : after with { Secret = null })
                    ),
        };

    /// <summary>A replay comes without the secret.</summary>
    internal static async Task<Reply> Answer(
        Session session,
        string id,
        string? secret = null,
        int status = 200,
        string? location = null
    )
    {
        var row = (await WebhookRow.ById(session, id))!;
        var kept = Reply.Resource(row.View(session.Now), row.Version, status, location);
        return secret is null
            ? kept
            : Reply.Resource(row.View(session.Now, secret), row.Version, status, location) with
            {
                KeptBody = kept.Body,
            };
    }

    private const string Insert = """
        INSERT INTO webhooks (id, key_id, url, types, description, ordering, secret, status, position, numbered, created_at, updated_at, version)
        VALUES (@id, @keyId, @url, @types, @description, @ordering, @secret, 'enabled', @position, 0, @now, @now, 1)
        """;
}
