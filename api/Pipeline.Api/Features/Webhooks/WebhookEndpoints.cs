using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Api.Features.Webhooks;

public static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks")
            .Tagged(
                "Webhooks",
                "Addresses to which changes are sent, by the key that made them; every delivery with its tries."
            );
        webhooks
            .MapPost("/", RegisterWebhook.Handle)
            .WithName("createWebhook")
            .WithSummary("Have changes sent to an address, which has to answer a signed ping first")
            .Allows(Act.RegisterWebhook)
            .Takes<WebhookBody>()
            .Answers<WebhookView>(201)
            .Refuses(400)
            .Refuses("webhook-consent-missing", "webhook-target-refused");
        webhooks
            .MapGet("/", ReadWebhooks.All)
            .WithName("listWebhooks")
            .WithSummary("List webhooks: a key its own, the centre and administrators all")
            .Allows(Act.ManageWebhooks)
            .Reads(Query.CountedPages)
            .Answers<Page<WebhookView>>();
        webhooks
            .MapGet("/{id}", ReadWebhooks.Single)
            .WithName("getWebhook")
            .WithSummary("Get a webhook")
            .Allows(Act.ManageWebhooks)
            .Answers<WebhookView>()
            .Refuses(404);
        webhooks
            .MapPatch("/{id}", ChangeWebhook.Edit)
            .WithName("editWebhook")
            .WithSummary("Change a webhook; another address has to answer a signed ping first")
            .Allows(Act.ManageWebhooks)
            .TakesPatchOf<WebhookBody>()
            .Answers<WebhookView>()
            .Refuses(400, 404)
            .Refuses("webhook-consent-missing");
        webhooks
            .MapDelete("/{id}", ChangeWebhook.Remove)
            .WithName("deleteWebhook")
            .WithSummary("Delete a webhook with its deliveries")
            .Allows(Act.ManageWebhooks)
            .NeedsIfMatch()
            .Produces(204)
            .Refuses(404);
        webhooks
            .MapPost("/{id}/rotate-secret", ChangeWebhook.Rotate)
            .WithName("rotateWebhookSecret")
            .WithSummary("Replace the secret; meanwhile both sign")
            .Allows(Act.ManageWebhooks)
            .Takes<ChangeWebhook.RotateRequest>()
            .NeedsIfMatch()
            .Answers<WebhookView>()
            .Refuses(400, 404);
        webhooks
            .MapPost("/{id}/enable", ChangeWebhook.Enable)
            .WithName("enableWebhook")
            .WithSummary("Send again, once the address has answered a signed ping")
            .Allows(Act.ManageWebhooks)
            .NeedsIfMatch()
            .Answers<WebhookView>()
            .Refuses(404)
            .Refuses("webhook-consent-missing");
        webhooks
            .MapPost("/{id}/test", ChangeWebhook.Test)
            .WithName("testWebhook")
            .WithSummary("Send a signed ping now, and tell what came of it")
            .Allows(Act.ManageWebhooks)
            .NeedsIfMatch()
            .Answers<TryView>()
            .Refuses(404);
        webhooks
            .MapPost("/{id}/replay", Replay.Handle)
            .WithName("replayWebhook")
            .WithSummary("Send once more what the key sees of the changes of a span of time")
            .Allows(Act.ManageWebhooks)
            .Takes<Replay.Request>()
            .Answers<Replay.Response>()
            .Refuses(400, 404);
        webhooks
            .MapGet("/{id}/deliveries", ReadDeliveries.All)
            .WithName("listWebhookDeliveries")
            .WithSummary("List what was sent or waits to be, the newest first")
            .Allows(Act.ManageWebhooks)
            .Reads([
                Query.Choice<DeliveryStatus>("status", "Only deliveries that stand so."),
                Query.Instant("since", "Only deliveries made at or after this instant."),
                .. Query.Pages,
            ])
            .Answers<Page<DeliveryView>>()
            .Refuses(404);
        webhooks
            .MapGet("/{id}/deliveries/{deliveryId}", ReadDeliveries.Single)
            .WithName("getWebhookDelivery")
            .WithSummary("Get a delivery with its tries: what was sent and what was answered")
            .Allows(Act.ManageWebhooks)
            .Answers<DeliveryView>()
            .Refuses(404);
        webhooks
            .MapPost("/{id}/deliveries/{deliveryId}/redeliver", Replay.Redeliver)
            .WithName("redeliverWebhookDelivery")
            .WithSummary("Send one delivery once more")
            .Allows(Act.ManageWebhooks)
            .Answers<DeliveryView>()
            .Refuses(404);
    }
}
