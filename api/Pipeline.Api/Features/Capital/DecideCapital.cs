using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Capital;

/// <summary>Verifies, returns and reverses capital paid in (R61, R64): what was verified counts, and is never changed but by a reversal of the whole.</summary>
public static class DecideCapital
{
    public sealed record BatchRequest
    {
        public IReadOnlyList<string>? Ids { get; init; }

        public sealed class Validator : AbstractValidator<BatchRequest>
        {
            public Validator() => RuleFor(request => request.Ids).Required().RecordIds(200);
        }
    }

    /// <summary>What became of one entry of a batch.</summary>
    public sealed record BatchItem
    {
        public required string Id { get; init; }
        public required int Status { get; init; }

        /// <summary>Why it was not verified.</summary>
        public string? Problem { get; init; }
    }

    public sealed record BatchResponse
    {
        public required IReadOnlyList<BatchItem> Items { get; init; }
        public required int Verified { get; init; }
        public required int Refused { get; init; }
    }

    public static Task<IResult> Verify(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id, checksVersion: true);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (MayVerify(loaded.Value, call.Caller) is { } refused)
                return refused;
            await Take(session, await ruleBooks.Load(session), loaded.Value, call.Caller);
            return await Answer(session, call, ruleBooks, id);
        });

    /// <summary>Verifies many, each for itself; those that cannot be are told of, and stop no other.</summary>
    public static async Task<IResult> VerifyBatch(Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<BatchRequest.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;

            // Several projects at once are guarded under the lock of the intake alone.
            await session.Lock(LockName.Intake);
            var items = new List<BatchItem>();
            foreach (var id in body.Value!.Ids!.Distinct())
            {
                var loaded = await ForWrite(session, settle, call, id, checksVersion: false);
                var refused = loaded.Refusal ?? MayVerify(loaded.Value, call.Caller);
                if (refused is null)
                    await Take(session, await ruleBooks.Load(session), loaded.Value, call.Caller);
                items.Add(
                    new BatchItem
                    {
                        Id = id,
                        Status = refused is null ? 200 : Http.Problems.Statuses[refused.Slug],
                        Problem = refused?.Slug,
                    }
                );
            }

            var verified = items.Count(item => item.Problem is null);
            return Reply.Plain(
                new BatchResponse
                {
                    Items = items,
                    Verified = verified,
                    Refused = items.Count - verified,
                },
                207
            );
        });
    }

    public static Task<IResult> Return(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        WithReason(id, call, settle, ruleBooks, CapitalStatus.Pending, EndCapital.Return);

    public static Task<IResult> Reverse(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        WithReason(id, call, settle, ruleBooks, CapitalStatus.Verified, EndCapital.Reverse);

    private static async Task<IResult> WithReason(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        CapitalStatus from,
        Func<Session, Caller, CapitalRow, string, Task> step
    )
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id, checksVersion: true);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var row = loaded.Value;
            if (row.At != from)
                return Decided(row);
            await step(session, call.Caller, row, body.Value!.Reason!.Trim());
            return await Answer(session, call, ruleBooks, id);
        });
    }

    /// <summary>Nobody verifies what the same person submitted (R3), and nothing is decided twice.</summary>
    private static Refusal? MayVerify(CapitalRow row, Caller caller) =>
        row.At != CapitalStatus.Pending ? Decided(row)
        : row.SubmittedBy == caller.UserId ? new Refusal(RefusalKind.Forbidden, "self-verification")
        : null;

    private static Refusal Decided(CapitalRow row) =>
        row.At == CapitalStatus.Reversed
            ? new Refusal(RefusalKind.Conflict, "entry-reversed")
            : new Refusal(RefusalKind.Conflict, "entry-decided");

    private static async Task Take(Session session, RuleBook book, CapitalRow row, Caller caller)
    {
        var rules = book.At(session.Now);
        var booking = Periods.OfCapital(
            row.OccurredOn,
            Shanghai.DateOf(row.SubmittedAt),
            session.Today,
            rules.Capital.CutoffDay,
            (await ClosedBooks.Load(session)).Includes
        );
        await session.ExecuteOnOne(
            SetVerified,
            new
            {
                id = row.Id,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
                period = booking.Period,
                belongsTo = booking.BelongsTo,
                ruleSetId = rules.Id,
            }
        );
        await EndCapital.Tell(session, caller, row, EntryKind.CapitalVerified, null);
    }

    /// <summary>The entry for a decision: its project settled first, then 404, 403, 428, 412.</summary>
    private static async Task<Result<CapitalRow>> ForWrite(
        Session session,
        SettleClaims settle,
        Call call,
        string id,
        bool checksVersion
    )
    {
        if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
            return Refusal.NotFound;
        await settle.Project(session, projectId);
        if (await CapitalRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.DecideCapital, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        return checksVersion && ETags.Check(call.Request, row.Version) is { } stale ? stale : row;
    }

    private static async Task<Reply> Answer(Session session, Call call, RuleBooks ruleBooks, string id)
    {
        var row = (await CapitalRow.For(session, call.Caller, id))!;
        return Reply.Resource(
            row.View(call.Caller, await ruleBooks.Load(session)),
            row.Version,
            projectId: row.ProjectId
        );
    }

    private const string ProjectOf = "SELECT project_id FROM capital_entries WHERE id = @id";
    private const string SetVerified = """
        UPDATE capital_entries SET status = 'verified', decided_by = @by, decided_by_name = @byName, decided_at = @now, period = @period, belongs_to = @belongsTo, rule_set_id = @ruleSetId,
          version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'pending'
        """;
}
