using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>Sends once more: one delivery, or what the key sees now of the changes of a span of time.</summary>
public static class Replay
{
    /// <summary>How many changes one call has sent again.</summary>
    private const int Most = 1000;

    public sealed record Request
    {
        /// <summary>From which instant on the changes were recorded.</summary>
        public DateTimeOffset? Since { get; init; }

        /// <summary>Up to which; until now without it.</summary>
        public DateTimeOffset? Until { get; init; }

        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Since).Required();
                RuleFor(request => request.Since).Instant();
                RuleFor(request => request.Until).Instant();
            }
        }
    }

    /// <param name="Deliveries">How many will be sent.</param>
    /// <param name="Until">Up to which instant; earlier than asked for where there were too many at once: go on from there.</param>
    public sealed record Response(int Deliveries, DateTimeOffset Until);

    public static async Task<IResult> Handle(string id, Call call, VisibleChanges changes)
    {
        var body = await call.Body(Validation.Of<Request.Validator>());
        return await call.Write(async session =>
        {
            if (await WebhookRow.For(session, call.Caller, id) is not { } row)
                return Refusal.NotFound;
            if (body.Refusal is { } malformed)
                return malformed;
            var until = body.Value!.Until ?? session.Now;
            if (
                await Callers.Key(session, row.KeyId) is not { } caller
                || await session.One<long?>(SelectFirst, new { since = body.Value.Since }) is not { } first
            )
                return Reply.Plain(new Response(0, until));
            var told = await changes.After(session, caller, first - 1, Most, row.Sent);
            var wanted = told.Items.Where(change => change.Row.RecordedAt <= until).ToList();
            var known = new Dictionary<long, Known>();
            foreach (var seqs in wanted.Select(change => change.Row.Seq).Chunk(MostLookedUp))
            {
                foreach (var one in await session.Query<Known>(SelectKnown, new { id, seqs }))
                    known[one.ChangeSeq] = one;
            }

            var number = row.Numbered;
            List<object?[]> rows =
            [
                .. wanted
                    .Where(change => known.GetValueOrDefault(change.Row.Seq)?.Waiting is not > 0)
                    .Select(change =>
                    {
                        var before = known.GetValueOrDefault(change.Row.Seq);
                        return DeliveryRow.New(
                            id,
                            change.Row.Seq,
                            (before?.Round ?? -1) + 1,
                            before?.Number ?? ++number,
                            change.Type,
                            $"{change.Row.SubjectKind}/{change.Row.SubjectId}",
                            session.Now
                        );
                    }),
            ];
            session.Add(DeliveryRow.Table, rows);
            await session.ExecuteOnOne(
                SetNumbered,
                new
                {
                    id,
                    number,
                    before = row.Numbered,
                }
            );
            session.Note(RegisterWebhook.Entry("webhook-replayed", id));
            return Reply.Plain(new Response(rows.Count, told.CaughtUp || told.UpToAt > until ? until : told.UpToAt));
        });
    }

    public static Task<IResult> Redeliver(string id, string deliveryId, Call call) =>
        call.Write(async session =>
        {
            if (
                await WebhookRow.For(session, call.Caller, id) is null
                || await DeliveryRow.ById(session, deliveryId) is not { } row
                || row.WebhookId != id
            )
                return Refusal.NotFound;
            if (row.EndedAt is null)
                await session.Execute(SetDue, new { deliveryId, now = session.Now });
            else
                await session.Execute(SetWaiting, new { deliveryId, now = session.Now });
            session.Note(RegisterWebhook.Entry("webhook-redelivered", id));
            return Reply.Plain((await DeliveryRow.ById(session, deliveryId))!.View(session.Vault));
        });

    private const int MostLookedUp = 400;

    private sealed class Known
    {
        public long ChangeSeq { get; init; }
        public int Round { get; init; }
        public long Number { get; init; }
        public int Waiting { get; init; }
    }

    private const string SelectFirst = "SELECT MIN(seq) FROM changes WHERE recorded_at >= @since";
    private const string SelectKnown = """
        SELECT change_seq, MAX(round) AS round, MIN(number) AS number, SUM(CASE WHEN status = 'waiting' THEN 1 ELSE 0 END) AS waiting
        FROM webhook_deliveries WHERE webhook_id = @id AND change_seq IN @seqs GROUP BY change_seq
        """;
    private const string SetNumbered = "UPDATE webhooks SET numbered = @number WHERE id = @id AND numbered = @before";

    // Tried at once, and from the beginning of the schedule.
    private const string SetDue =
        "UPDATE webhook_deliveries SET due_at = @now, tries_before = tries WHERE id = @deliveryId AND status = 'waiting'";
    private const string SetWaiting =
        "UPDATE webhook_deliveries SET status = 'waiting', due_at = @now, ended_at = NULL, tries_before = tries WHERE id = @deliveryId";
}
