using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Store.Integration;

namespace Pipeline.Api.Http;

/// <summary>What an item of a batch asks for.</summary>
public enum BatchOp
{
    Create,
    Update,
}

/// <summary>What became of an item of a batch.</summary>
public enum BatchOutcome
{
    Created,
    Updated,

    /// <summary>The same was pushed under its reference before: nothing was done.</summary>
    Unchanged,

    /// <summary>It would have succeeded; nothing was stored (<c>validateOnly</c>).</summary>
    Valid,

    Refused,

    /// <summary>It would have succeeded; another item of an atomic batch was refused.</summary>
    RolledBack,
}

/// <summary>How the items of a batch stand to one another.</summary>
public enum BatchMode
{
    /// <summary>Each for itself: one that fails stops no other.</summary>
    Itemwise,

    /// <summary>All or nothing.</summary>
    Atomic,
}

/// <summary>One thing that a batch sends.</summary>
public sealed record BatchItem
{
    /// <summary>The sender's name for the item within the batch.</summary>
    public string? Key { get; init; }
    public BatchOp? Op { get; init; }

    /// <summary>Of an update: the record.</summary>
    public string? Id { get; init; }

    /// <summary>The sender's own reference to the record. Of a create it is kept, of an update it may stand in place of the id.</summary>
    public ExternalRef? ExternalRef { get; init; }

    /// <summary>Of an update: the `ETag` of the version that is to be changed, or `*` for whichever it is.</summary>
    public string? IfMatch { get; init; }

    /// <summary>The body that the single call takes: a merge patch for an update.</summary>
    public JsonObject? Body { get; init; }
}

/// <summary>Several things sent at once.</summary>
public sealed record BatchRequest
{
    public const int Most = 200,
        MostAtomic = 50;

    public IReadOnlyList<BatchItem>? Items { get; init; }

    /// <summary>What must be right of the whole; what is wrong with a body is told of its item.</summary>
    public sealed class Validator : AbstractValidator<BatchRequest>
    {
        public Validator()
        {
            RuleFor(batch => batch.Items).Required().AtMost(Most);
            RuleForEach(batch => batch.Items)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(item =>
                {
                    item.RuleFor(each => each.Key).Required().Line(100);
                    item.RuleFor(each => each.Op).Required();
                    item.RuleFor(each => each.Id).RecordId();
                    item.RuleFor(each => each.Body).NotNull().Coded("required");
                    item.RuleFor(each => each.IfMatch).Line(200);
                    item.RuleFor(each => each.ExternalRef!)
                        .ChildRules(reference =>
                        {
                            reference
                                .RuleFor(each => each.System)
                                .Required()
                                .Line(50)
                                .Must(Trimmed)
                                .Coded("characters");
                            reference.RuleFor(each => each.Id).Required().Line(200).Must(Trimmed).Coded("characters");
                        });
                    item.RuleFor(each => each.Id)
                        .Must((each, id) => id is null || each.Op != BatchOp.Create)
                        .Coded("not-of-create")
                        .Must((each, id) => id is not null || each.ExternalRef is not null || each.Op != BatchOp.Update)
                        .Coded("required");
                });
            RuleFor(batch => batch.Items)
                .Must(items =>
                    items is null
                    || items.Select(item => item?.Key).Distinct(StringComparer.Ordinal).Count() == items.Count
                )
                .Coded("one-per-key");
        }

        /// <summary>No blanks at the ends: engines disagree on whether they count.</summary>
        private static bool Trimmed(string? text) => text is null || text.Trim().Length == text.Length;
    }
}

/// <summary>What became of one thing that a batch sent.</summary>
public sealed record BatchResult
{
    public required string Key { get; init; }

    /// <summary>The status that the single call would have answered.</summary>
    public required int Status { get; init; }
    public required BatchOutcome Outcome { get; init; }
    public string? Id { get; init; }
    public string? Etag { get; init; }

    /// <summary>Why it was refused.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>How many items came to what.</summary>
public sealed record BatchCounts
{
    public required int Created { get; init; }
    public required int Updated { get; init; }
    public required int Unchanged { get; init; }
    public required int Valid { get; init; }
    public required int Refused { get; init; }
    public required int RolledBack { get; init; }
}

/// <summary>What became of a batch, in the order sent.</summary>
public sealed record BatchResponse
{
    public required IReadOnlyList<BatchResult> Items { get; init; }
    public required BatchCounts Counts { get; init; }
}

/// <summary>Takes batches: each item with the checks, rules and permissions of the single call, in a transaction of its own or all in one.</summary>
public static class BatchPush
{
    public static readonly QueryParameter Mode = Query.Choice<BatchMode>(
        "mode",
        "`itemwise`, which is the standard: one item that fails stops no other. `atomic`: all or nothing, at most 50 items; where one is refused the answer is 422 with the same list."
    );

    /// <param name="take">Does what an item asks for, as far as the last check where nothing is to be stored.</param>
    public static async Task<IResult> Handle(Call call, Func<Session, BatchItem, Task<Reply>> take)
    {
        var body = await call.Body(Validation.Of<BatchRequest.Validator>());
        var query = new QueryReader(call.Request);
        var mode = query.Choice<BatchMode>("mode") ?? BatchMode.Itemwise;
        if ((body.Refusal ?? call.UnknownParameters() ?? query.Refusal()) is { } malformed)
            return (Reply)malformed;
        var items = body.Value!.Items!;
        if (mode == BatchMode.Itemwise)
        {
            var results = new List<BatchResult>(items.Count);
            var fresh = false;
            foreach (var item in items)
            {
                var reply = await call.WriteItem(item.Key!, Json.Write(item), session => Take(session, item, take));
                fresh |= reply is { Refusal: null, Replayed: false };
                results.Add(Told(call, item, reply));
            }

            var replayed = !fresh && results.Any(result => result.Problem is null);
            return call.ValidateOnly ? Dry(results) : Reply.Plain(Whole(results), 207) with { Replayed = replayed };
        }

        if (items.Count > BatchRequest.MostAtomic)
            return (Reply)Refusal.Invalid(new FieldError("items", "count", BatchRequest.MostAtomic));
        IReadOnlyList<BatchResult> told = [];
        var answer = await call.Write(async session =>
        {
            var results = new List<BatchResult>(items.Count);
            told = results;
            foreach (var item in items)
                results.Add(Told(call, item, await Take(session, item, take)));
            if (results.All(result => result.Problem is null))
                return Reply.Plain(Whole(results), 207);
            return Reply.Plain(
                Whole([.. results.Select(result => result.Problem is null ? RolledBack(result) : result)]),
                422
            ) with
            {
                IsUndone = true,
            };
        });
        return call.ValidateOnly && told.Count > 0 ? Dry(told) : answer;
    }

    private static Reply Dry(IReadOnlyList<BatchResult> results) =>
        Reply.Only(new DryRun(results.All(result => result.Problem is null), Matching.NotRun) { Items = results });

    /// <summary>Under the lock of the intake: of two pushes of one reference the second sees the first.</summary>
    private static async Task<Reply> Take(Session session, BatchItem item, Func<Session, BatchItem, Task<Reply>> take)
    {
        await session.Lock(LockName.Intake);
        return await take(session, item);
    }

    private static BatchResult Told(Call call, BatchItem item, Reply reply)
    {
        var problem = reply.Refusal is { } refusal ? Problems.Of(call.Context, refusal) : null;
        var isDry = call.ValidateOnly && problem is null && !reply.ChangesNothing;
        return new BatchResult
        {
            Key = item.Key!,
            Status = problem?.Status ?? (isDry ? 200 : reply.Status),
            Outcome =
                problem is not null ? BatchOutcome.Refused
                : isDry ? BatchOutcome.Valid
                : reply.ChangesNothing ? BatchOutcome.Unchanged
                : reply.Status == 201 ? BatchOutcome.Created
                : BatchOutcome.Updated,
            Id = isDry ? null : reply.Location?.Split('/')[^1],
            Etag = isDry ? null : reply.ETag,
            Problem = problem,
        };
    }

    private static BatchResult RolledBack(BatchResult result) =>
        result with
        {
            Status = StatusCodes.Status424FailedDependency,
            Outcome = BatchOutcome.RolledBack,
            Id = result.Outcome == BatchOutcome.Created ? null : result.Id,
            Etag = null,
        };

    private static BatchResponse Whole(IReadOnlyList<BatchResult> results)
    {
        int Count(BatchOutcome outcome) => results.Count(result => result.Outcome == outcome);
        return new BatchResponse
        {
            Items = results,
            Counts = new BatchCounts
            {
                Created = Count(BatchOutcome.Created),
                Updated = Count(BatchOutcome.Updated),
                Unchanged = Count(BatchOutcome.Unchanged),
                Valid = Count(BatchOutcome.Valid),
                Refused = Count(BatchOutcome.Refused),
                RolledBack = Count(BatchOutcome.RolledBack),
            },
        };
    }
}
