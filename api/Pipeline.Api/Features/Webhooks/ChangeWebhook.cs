using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Webhooks;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>Edits, deletes, tries and enables webhooks, and rotates their secrets.</summary>
public static class ChangeWebhook
{
    public sealed record RotateRequest
    {
        /// <summary>How long the present secret signs, too; a day without it.</summary>
        public IsoDuration? Overlap { get; init; }
    }

    private static readonly IsoDuration Day = IsoDuration.Parse("P1D");

    public static async Task<IResult> Edit(string id, Call call, Post post, Database database)
    {
        var patch = await call.Patch();

        // Another address is asked before anything is written: nobody waits for a receiver inside the transaction.
        return await call.Write<WebhookBody?>(
            async () =>
            {
                if (patch.Value is not { } members || !members.ContainsKey("url"))
                    return (Result<WebhookBody?>)(WebhookBody?)null;
                var read = await database.Read(async session =>
                    (
                        Row: await WebhookRow.For(session, call.Caller, id),
                        Secrets: (await WebhookRow.For(session, call.Caller, id))
                            ?.Secrets(session.Vault, session.Now)
                            .ToList()
                    )
                );
                if (read.Row is null || ETags.Check(call.Request, read.Row.Version) is not null)
                    return (Result<WebhookBody?>)(WebhookBody?)null;
                var merged = Merged(read.Row, patch, database.Clock.HostToday);
                if (merged.Refusal is not null || merged.Value!.Url == read.Row.Url)
                    return (Result<WebhookBody?>)(WebhookBody?)null;
                return
                    await RegisterWebhook.Consent(call, post, database, merged.Value.Url!, id, read.Secrets!)
                        is { } refused
                    ? refused
                    : merged.Value;
            },
            async (session, asked) =>
            {
                var (row, refused) = await WebhookRow.ForChange(session, call, id, patch.Refusal);
                if (refused is not null)
                    return refused;
                var merged = Merged(row, patch, session.Today);
                if (merged.Refusal is { } invalid)
                    return invalid;
                var webhook = merged.Value!;

                // It was changed between the question and now.
                if (webhook.Url != row.Url && webhook.Url != asked?.Url)
                    return new Refusal(RefusalKind.Conflict, "precondition-failed");
                await session.Execute(
                    Update,
                    new
                    {
                        id,
                        url = webhook.Url,
                        types = Json.Write(webhook.Types),
                        description = webhook.Description,
                        ordering = Slug.Of(webhook.Ordering ?? DeliveryOrder.Subject),
                        now = session.Now,
                    }
                );
                session.Note(RegisterWebhook.Entry("webhook-edited", id, row.Body(), webhook));
                return await RegisterWebhook.Answer(session, id);
            }
        );
    }

    private static Parsed<WebhookBody> Merged(
        WebhookRow row,
        Parsed<System.Text.Json.Nodes.JsonObject> patch,
        DateOnly today
    )
    {
        if (patch.Refusal is not null)
            return new Parsed<WebhookBody>(null, patch.Refusal);
        var merged = Call.Parse(
            Json.MergePatch(Json.Node(row.Body()), patch.Value)!,
            Validation.Of<WebhookBody.Validator>(),
            today
        );
        return merged.Value?.Secret is null
            ? merged
            : new Parsed<WebhookBody>(null, Refusal.Invalid(new FieldError("secret", "fixed")));
    }

    public static Task<IResult> Remove(string id, Call call) =>
        call.Write(async session =>
        {
            var (_, refused) = await WebhookRow.ForChange(session, call, id);
            if (refused is not null)
                return refused;
            await session.Execute(DeleteTries, new { id });
            await session.Execute(DeleteDeliveries, new { id });
            await session.Execute(Delete, new { id });
            session.Note(RegisterWebhook.Entry("webhook-deleted", id));
            return Reply.NoContent();
        });

    public static async Task<IResult> Rotate(string id, Call call)
    {
        var body = await call.Body<RotateRequest>();
        return await call.Write(async session =>
        {
            var (row, refused) = await WebhookRow.ForChange(session, call, id, body.Refusal);
            if (refused is not null)
                return refused;
            var secret = WebhookSignature.NewSecret();
            await session.Execute(
                SetSecret,
                new
                {
                    id,
                    secret = session.Vault.Seal(secret),
                    previous = row.Secret,
                    until = CalendarWindow.End(session.Now, body.Value!.Overlap ?? Day),
                    now = session.Now,
                }
            );
            session.Note(RegisterWebhook.Entry("webhook-secret-rotated", id));
            return await RegisterWebhook.Answer(session, id, secret);
        });
    }

    public static async Task<IResult> Enable(string id, Call call, Post post, Database database)
    {
        return await call.Write<bool>(
            async () =>
            {
                var (url, secrets) = await Target(database, call, id);
                return url is null ? false
                    : await RegisterWebhook.Consent(call, post, database, url, id, secrets) is { } refused ? refused
                    : true;
            },
            async (session, _) =>
            {
                var (row, refused) = await WebhookRow.ForChange(session, call, id);
                if (refused is not null)
                    return refused;

                // What came while it was off is replayed if it is wanted.
                if (row.Status != Slug.Of(WebhookStatus.Enabled))
                {
                    await session.Execute(
                        SetEnabled,
                        new
                        {
                            id,
                            position = await ChangeReader.Head(session),
                            now = session.Now,
                        }
                    );
                    session.Note(RegisterWebhook.Entry("webhook-enabled", id));
                }

                return await RegisterWebhook.Answer(session, id);
            }
        );
    }

    public static Task<IResult> Test(string id, Call call, Post post, Database database) =>
        call.Write<TryView?>(
            async () =>
            {
                var (url, secrets) = await Target(database, call, id);
                if (url is null || call.ValidateOnly)
                    return (Result<TryView?>)(TryView?)null;
                var (ping, now) = (Ids.New(), database.Clock.HostNow);
                var body = WebhookEvent.Ping(ping, id, now);
                var posted = await post.Send(url, ping, now, body, secrets, call.Context.RequestAborted);
                return Tries.View(now, posted, url, ping, body);
            },
            async (session, tried) =>
            {
                var (_, refused) = await WebhookRow.ForChange(session, call, id);
                if (refused is not null)
                    return refused;
                session.Note(RegisterWebhook.Entry("webhook-tested", id));
                return tried is null ? Reply.NothingStored : Reply.Plain(tried);
            }
        );

    /// <summary>Where to and signed by what, for who may change it and knows its version; else nothing is sent.</summary>
    private static Task<(string? Url, IReadOnlyList<string> Secrets)> Target(Database database, Call call, string id) =>
        database.Read(async session =>
            await WebhookRow.ForChange(session, call, id) is { Refusal: null } found
                ? ((string?)found.Row.Url, (IReadOnlyList<string>)[.. found.Row.Secrets(session.Vault, session.Now)])
                : (null, [])
        );

    private const string Update =
        "UPDATE webhooks SET url = @url, types = @types, description = @description, ordering = @ordering, version = version + 1, updated_at = @now WHERE id = @id";
    private const string SetSecret =
        "UPDATE webhooks SET secret = @secret, previous_secret = @previous, previous_until = @until, version = version + 1, updated_at = @now WHERE id = @id";
    private const string SetEnabled =
        "UPDATE webhooks SET status = 'enabled', disabled_reason = NULL, failing_since = NULL, position = @position, version = version + 1, updated_at = @now WHERE id = @id";
    private const string DeleteTries =
        "DELETE FROM webhook_tries WHERE delivery_id IN (SELECT d.id FROM webhook_deliveries d WHERE d.webhook_id = @id)";
    private const string DeleteDeliveries = "DELETE FROM webhook_deliveries WHERE webhook_id = @id";
    private const string Delete = "DELETE FROM webhooks WHERE id = @id";
}
