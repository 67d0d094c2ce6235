using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>Reads webhooks: a key its own, the centre and administrators all.</summary>
public static class ReadWebhooks
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await WebhookRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(session.Now), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> All(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var values = new Parameters();
            var own = "";
            if (call.Caller.IsKey)
            {
                own = " AND w.key_id = @keyId";
                values.Add("keyId", call.Caller.UserId);
            }

            var total = await page.Total(session, $"SELECT COUNT(*) FROM webhooks w WHERE 1 = 1{own}", values);
            var rows = await session.Query<WebhookRow>(
                $"{WebhookRow.Select} WHERE 1 = 1{own}{page.Behind("w.seq", values)} ORDER BY w.seq {{page}}",
                values
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(session.Now), total));
        });
    }
}

/// <summary>Reads what was sent to an address, or waits to be.</summary>
public static class ReadDeliveries
{
    public static async Task<IResult> All(string id, Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var status = query.Choice<DeliveryStatus>("status");
        var since = query.Instant("since");
        var page = query.Page(cursors, counted: false);
        var malformed = query.Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (await WebhookRow.For(session, call.Caller, id) is null)
                return (Reply)Refusal.NotFound;
            if (malformed is not null)
                return (Reply)malformed;
            var values = Parameters.Of(new { id });
            var filter = "";
            if (status is { } one)
            {
                filter += " AND d.status = @status";
                values.Add("status", Slug.Of(one));
            }

            if (since is { } instant)
            {
                filter += " AND d.created_at >= @since";
                values.Add("since", instant);
            }

            var rows = await session.Query<DeliveryRow>(
                $"{DeliveryRow.Select} WHERE d.webhook_id = @id{filter}{page.Behind("d.seq", values, descending: true)} ORDER BY d.seq DESC {{page}}",
                values
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(session.Vault)));
        });
    }

    public static Task<IResult> Single(string id, string deliveryId, Call call) =>
        call.Read<IResult>(async session =>
            await WebhookRow.For(session, call.Caller, id) is not null
            && await DeliveryRow.ById(session, deliveryId) is { } row
            && row.WebhookId == id
                ? Reply.Plain(row.View(session.Vault) with { Attempts = await Tries.Of(session, deliveryId) })
                : (Reply)Refusal.NotFound
        );
}
