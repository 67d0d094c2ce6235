using System.Diagnostics.Metrics;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain.Webhooks;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>Sends changes to whom they were asked for. The feed is the outbox: each webhook has read it up to a number, and what its key may see from there on becomes deliveries, in the same transaction as the number.</summary>
/// <remarks>
/// Who sends takes a lease of a minute, numbered: what comes back under an older number counts for nothing. Whether the key may see the change is asked once more when it is sent.
/// A process that dies between the receiver's answer and its own commit leads to a second sending, with the same id: at least once.
/// </remarks>
public sealed class DeliverWebhooks(
    Database database,
    VisibleChanges changes,
    Cursors cursors,
    Post post,
    ILogger<DeliverWebhooks> log
)
{
    private const int Batch = 100,
        AtOnce = 8;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private static readonly Counter<long> Deliveries = Telemetry.Meter.CreateCounter<long>(
        "pipeline.webhook.tries",
        description: "Calls of webhooks, by what came of them."
    );

    /// <summary>Sends until nothing is due.</summary>
    public async Task Run(CancellationToken cancel = default)
    {
        var more = true;
        while (more && !cancel.IsCancellationRequested)
            more = await PlanAll() | await SendDue(cancel);
    }

    private async Task<bool> PlanAll()
    {
        var behind = await database.Read(async session =>
        {
            var working = new List<string>();
            foreach (var one in await session.Query<Behind>(SelectBehind))
            {
                if (await KeyOf(session, one.KeyId) is not null)
                    working.Add(one.Id);
            }

            return working;
        });
        var more = false;
        foreach (var id in behind)
        {
            try
            {
                more |= await database.Write(session => Plan(session, id));
            }
            catch (UnreadableRecordException error)
            {
                log.LogError(error, "What webhook {Webhook} is to be sent cannot be read; it waits", id);
            }
        }

        return more;
    }

    /// <summary>Makes deliveries of what one key sees of the changes since it was looked at last; whether there may be more.</summary>
    private async Task<bool> Plan(Session session, string id)
    {
        if (
            await WebhookRow.ById(session, id) is not { } row
            || row.Status != Slug.Of(WebhookStatus.Enabled)
            || await KeyOf(session, row.KeyId) is not { } caller
        )
            return false;
        session.Origin = Origin.System with { Doer = caller.Doer() };
        var told = await changes.After(session, caller, row.Position, Batch, row.Sent);
        var number = row.Numbered;
        session.Add(
            DeliveryRow.Table,
            told.Items.Select(change =>
                DeliveryRow.New(
                    id,
                    change.Row.Seq,
                    0,
                    ++number,
                    change.Type,
                    $"{change.Row.SubjectKind}/{change.Row.SubjectId}",
                    session.Now
                )
            )
        );
        await session.ExecuteOnOne(
            Advance,
            new
            {
                id,
                position = told.UpTo,
                number,
                before = row.Position,
            }
        );
        return !told.CaughtUp;
    }

    /// <summary>The key as of now; null when it works no more, or manages no webhooks.</summary>
    private static async Task<Caller?> KeyOf(Session session, string keyId) =>
        await Callers.Key(session, keyId) is { } caller && Permissions.Allows(caller, Act.ManageWebhooks)
            ? caller
            : null;

    private async Task<bool> SendDue(CancellationToken cancel)
    {
        var due = await database.Read(
            session => session.Query<string>(SelectDue, new { now = session.Now, limit = AtOnce }),
            cancel
        );
        await Task.WhenAll(due.Select(id => Send(id, cancel)));
        return due.Count > 0;
    }

    private async Task Send(string id, CancellationToken cancel)
    {
        if (await database.Write(session => Take(session, id)) is not { } parcel)
            return;
        var posted = await post.Send(parcel.Url, parcel.EventId, parcel.At, parcel.Body, parcel.Secrets, cancel);
        Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", posted.Succeeded ? "delivered" : "failed"));
        await database.Write(session => Settle(session, parcel, posted));
    }

    /// <summary>Takes the lease of a delivery, and makes what is sent; null when somebody else was faster, or it is not to be sent any more.</summary>
    private async Task<Parcel?> Take(Session session, string id)
    {
        if (
            await DeliveryRow.ById(session, id) is not { } row
            || await WebhookRow.ById(session, row.WebhookId) is not { } webhook
            || await session.Execute(
                TakeLease,
                new
                {
                    id,
                    before = row.Lease,
                    now = session.Now,
                    until = session.Now + Lease,
                }
            ) == 0
        )
            return null;
        var caller = await KeyOf(session, webhook.KeyId);
        if (caller is null || await changes.One(session, caller, row.ChangeSeq) is not { } change)
        {
            await End(session, id, DeliveryStatus.Withdrawn);
            return null;
        }

        session.Origin = Origin.System with { Doer = caller.Doer() };
        return new Parcel(
            row,
            row.Lease + 1,
            webhook.Url,
            ChangeIds.Of(session.Vault, row.ChangeSeq),
            WebhookEvent.OfChange(session.Vault, cursors, caller, change, row.Number),
            [.. webhook.Secrets(session.Vault, session.Now)],
            session.Now
        );
    }

    /// <summary>Records a try, and what follows from it.</summary>
    private static async Task Settle(Session session, Parcel parcel, Posted posted)
    {
        // Whose lease is over counts for nothing: another sends it now, or has.
        var tries = parcel.Row.Tries + 1;
        if (
            await session.Execute(
                SetTried,
                new
                {
                    id = parcel.Row.Id,
                    lease = parcel.Lease,
                    tries,
                }
            ) == 0
        )
            return;
        await Tries.Add(
            session,
            parcel.Row.Id,
            tries,
            Tries.View(parcel.At, posted, parcel.Url, parcel.EventId, parcel.Body)
        );
        var webhookId = parcel.Row.WebhookId;
        if (posted.Succeeded)
        {
            await End(session, parcel.Row.Id, DeliveryStatus.Delivered);
            await session.Execute(SetWell, new { webhookId });
            return;
        }

        var pause = RetrySchedule.After(parcel.Row.TriesOfRound + 1, Random.Shared.NextDouble(), posted.PutOff);
        if (posted.Status == StatusCodes.Status410Gone)
            await Disable(session, webhookId, DisabledReason.Gone);
        else if (pause is { } wait)
            await session.Execute(SetDue, new { id = parcel.Row.Id, due = session.Now + wait });
        else
            await End(session, parcel.Row.Id, DeliveryStatus.Dead);
        await session.Execute(SetFailing, new { webhookId, now = session.Now });
        var webhook = (await WebhookRow.ById(session, webhookId))!;
        if (
            webhook.Status == Slug.Of(WebhookStatus.Enabled)
            && session.Now - webhook.FailingSince >= RetrySchedule.Patience
        )
            await Disable(session, webhookId, DisabledReason.Failing);
    }

    /// <summary>Sends nothing more to an address, and tells its owner. What waited is dead, and can be replayed.</summary>
    private static async Task Disable(Session session, string webhookId, DisabledReason reason)
    {
        if (
            await session.Execute(
                SetDisabled,
                new
                {
                    webhookId,
                    reason = Slug.Of(reason),
                    now = session.Now,
                }
            ) == 0
        )
            return;
        await session.Execute(EndAll, new { webhookId, now = session.Now });
        var webhook = (await WebhookRow.ById(session, webhookId))!;
        session.Note(RegisterWebhook.Entry("webhook-disabled", webhookId) with { Reason = Slug.Of(reason) });
        await session.Raise(
            new WebhookDisabled(
                webhookId,
                new Uri(webhook.Url).Host,
                webhook.KeyName,
                webhook.UnitId,
                reason,
                webhook.Version
            )
        );
    }

    private static Task<int> End(Session session, string id, DeliveryStatus status) =>
        session.Execute(
            SetEnded,
            new
            {
                id,
                status = Slug.Of(status),
                now = session.Now,
            }
        );

    private sealed class Behind
    {
        public required string Id { get; init; }
        public required string KeyId { get; init; }
    }

    private sealed record Parcel(
        DeliveryRow Row,
        long Lease,
        string Url,
        string EventId,
        string Body,
        IReadOnlyList<string> Secrets,
        DateTimeOffset At
    );

    private const string SelectBehind =
        "SELECT w.id, w.key_id FROM webhooks w JOIN audit_head h ON h.id = 1 WHERE w.status = 'enabled' AND w.position < h.change_seq";
    private const string Advance =
        "UPDATE webhooks SET position = @position, numbered = @number WHERE id = @id AND position = @before";

    private const string SelectDue = """
        SELECT d.id FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
        WHERE d.status = 'waiting' AND d.due_at <= @now AND (d.leased_until IS NULL OR d.leased_until < @now) AND w.status = 'enabled'
          AND (w.ordering = 'none' OR NOT EXISTS (
            SELECT 1 FROM webhook_deliveries b WHERE b.status = 'waiting' AND b.webhook_id = d.webhook_id AND b.subject = d.subject AND b.seq < d.seq))
        ORDER BY d.due_at, d.seq {page}
        """;
    private const string TakeLease =
        "UPDATE webhook_deliveries SET lease = lease + 1, leased_until = @until WHERE id = @id AND lease = @before AND status = 'waiting' AND (leased_until IS NULL OR leased_until < @now)";
    private const string SetTried =
        "UPDATE webhook_deliveries SET tries = @tries, leased_until = NULL WHERE id = @id AND lease = @lease AND status = 'waiting'";
    private const string SetDue = "UPDATE webhook_deliveries SET due_at = @due WHERE id = @id";
    private const string SetEnded =
        "UPDATE webhook_deliveries SET status = @status, ended_at = @now, leased_until = NULL WHERE id = @id";
    private const string EndAll =
        "UPDATE webhook_deliveries SET status = 'dead', ended_at = @now WHERE webhook_id = @webhookId AND status = 'waiting'";
    private const string SetWell =
        "UPDATE webhooks SET failing_since = NULL WHERE id = @webhookId AND failing_since IS NOT NULL";
    private const string SetFailing =
        "UPDATE webhooks SET failing_since = @now WHERE id = @webhookId AND failing_since IS NULL";
    private const string SetDisabled =
        "UPDATE webhooks SET status = 'disabled', disabled_reason = @reason, version = version + 1, updated_at = @now WHERE id = @webhookId AND status = 'enabled'";
}

/// <summary>Sends every second, and forgets once an hour what was sent a month ago.</summary>
public sealed class DeliverInTheBackground(DeliverWebhooks deliver, Database database, WorkerParts parts)
    : TimedWorker(TimeSpan.FromSeconds(1), parts)
{
    private const int Batch = 1000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private int hour = -1;

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        try
        {
            await deliver.Run(stopping);
            if (hour != Time.GetUtcNow().Hour)
            {
                await Forget(database, stopping);
                hour = Time.GetUtcNow().Hour;
            }
        }
        catch (ClockUnreliableException)
        {
            // Nothing is sent while the clock is distrusted (R24), which the program tells elsewhere.
        }

        return true;
    }

    public static async Task Forget(Database database, CancellationToken cancel = default)
    {
        await database.WorkThrough(Batch, Some, cancel);

        static async Task<bool> Some(Session session, int limit)
        {
            var ids = await session.Query<string>(SelectOld, new { before = session.Now - Kept, limit });
            if (ids.Count > 0)
            {
                await session.Execute(DeleteTries, new { ids });
                await session.Execute(DeleteDeliveries, new { ids });
            }

            return ids.Count == limit;
        }
    }

    private const string SelectOld =
        "SELECT id FROM webhook_deliveries WHERE ended_at < @before ORDER BY ended_at {page}";
    private const string DeleteTries = "DELETE FROM webhook_tries WHERE delivery_id IN @ids";
    private const string DeleteDeliveries = "DELETE FROM webhook_deliveries WHERE id IN @ids";
}
