using System.Text.RegularExpressions;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Indicators;

/// <summary>An indicator, built in or defined by the centre (R100).</summary>
public sealed record IndicatorView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required IndicatorUnit Unit { get; init; }
    public required IndicatorSource Source { get; init; }

    /// <summary>Which facts count; absent where values are stated.</summary>
    public string? Filter { get; init; }
    public required IndicatorAggregate Aggregate { get; init; }
    public string? Part { get; init; }
    public IndicatorAggregate? PartBy { get; init; }
    public required RatioView View { get; init; }
    public required Direction Direction { get; init; }
    public BracketsBody? Brackets { get; init; }

    /// <summary>Whether values are stated by month, quarter or year, and not made from the ledger.</summary>
    public required bool Stated { get; init; }
    public required bool BuiltIn { get; init; }

    /// <summary>Of a built-in one that is stated: what the city posts to have it counted from the ledger instead, by two persons as any other.</summary>
    public IndicatorBody? CountedForm { get; init; }
    public required IndicatorStatus Status { get; init; }
    public PersonRef? DraftedBy { get; init; }
    public DateTimeOffset? DraftedAt { get; init; }
    public PersonRef? PublishedBy { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public string? RetireReason { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }

    /// <summary>0 of a built-in one.</summary>
    public required long Version { get; init; }
}

/// <summary>Indicators as data (R100): one coordinator drafts, another publishes, and then the definition is fixed. Only who drafted it changes it, so that who publishes has written none of it (C13).</summary>
public static partial class DefineIndicator
{
    /// <summary>How many indicators the centre may have in use, so that a table of them stays bounded.</summary>
    private const int Most = 100;

    public sealed partial class Validator : AbstractValidator<IndicatorBody>
    {
        public Validator()
        {
            RuleFor(body => body.Id).Required().Must(id => id is null || Named().IsMatch(id)).Coded("indicator-id");
            RuleFor(body => body.Name).Required().Line(60);
            RuleFor(body => body.NameEn).Line(100);
            RuleFor(body => body.Unit).NotNull().Coded("required");
            RuleFor(body => body.Source).NotNull().Coded("required");
            RuleFor(body => body.Filter).Line(FactFilter.MostCharacters);
            RuleFor(body => body.Part).Line(FactFilter.MostCharacters);
            RuleFor(body => body.Brackets)
                .Must(brackets => brackets is null || brackets.Limits is { Count: > 0 })
                .Coded("required");
            RuleForEach(body => body.Brackets!.Limits)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .Must(limit =>
                    limit is null
                    || (
                        Validation.Currencies.Contains(limit.Currency ?? "")
                        && limit.Amount > 0
                        && new Money(limit.Amount, limit.Currency!).IsStorable
                    )
                )
                .Coded("amount")
                .When(body => body.Brackets?.Limits is not null);
        }

        [GeneratedRegex(@"^[a-z][a-z0-9-]{1,38}[a-z0-9]\z", RegexOptions.CultureInvariant)]
        private static partial Regex Named();
    }

    public static async Task<IResult> All(Call call)
    {
        if (new QueryReader(call.Request).Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rows = (await IndicatorRow.All(session)).Where(row => IsVisible(row, call.Caller)).ToList();
            var counted = rows.Where(row => row.At == IndicatorStatus.Published).Select(row => row.Id).ToHashSet();
            return Reply.Plain(
                new Page<IndicatorView>
                {
                    Items =
                    [
                        .. IndicatorDefinition
                            .BuiltIn.Where(builtIn => !counted.Contains(builtIn.Id))
                            .Select(builtIn => ViewOfBuiltIn(builtIn, rows)),
                        .. rows.Select(row => View(row, call.Caller)),
                    ],
                }
            );
        });
    }

    public static Task<IResult> Single(string indicator, Call call) =>
        call.Read<IResult>(async session =>
            await IndicatorRow.ById(session, indicator) is { } row && IsVisible(row, call.Caller)
                ? Reply.Resource(View(row, call.Caller), row.Version)
            : IndicatorDefinition.BuiltIn.FirstOrDefault(one => one.Id == indicator) is { } builtIn
                ? Reply.Resource(ViewOfBuiltIn(builtIn, []), 0)
            : (Reply)Refusal.NotFound
        );

    /// <summary>Drafts are for those who draft and publish, and for auditors. That a built-in one was counted once and is stated again stands in the trail.</summary>
    private static bool IsVisible(IndicatorRow row, Caller caller) =>
        row.At switch
        {
            IndicatorStatus.Draft => caller.Role is Role.Coordinator or Role.Auditor,
            IndicatorStatus.Retired => !row.CountsBuiltIn,
            _ => true,
        };

    public static async Task<IResult> Draft(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Assessment);
            var definition = body.Value!.Definition();
            if (Faulty(definition) is { } faulty)
                return faulty;
            var all = await IndicatorRow.All(session);
            var known = all.FirstOrDefault(row => row.Id == definition.Id);
            if (IndicatorDefinition.CountedForms.TryGetValue(definition.Id, out var counted))
            {
                if (known is not null and not { At: IndicatorStatus.Retired })
                    return new Refusal(RefusalKind.Conflict, "indicator-exists");
                if (definition != counted)
                    return new Refusal(
                        RefusalKind.Rule,
                        "expression-invalid",
                        [new FieldError("filter", "counted-form", counted.Filter!)]
                    );
            }
            else if (known is not null || IndicatorDefinition.BuiltIn.Any(one => one.Id == definition.Id))
            {
                return new Refusal(RefusalKind.Conflict, "indicator-exists");
            }

            if (all.Count(row => row.At != IndicatorStatus.Retired) >= Most)
                return new Refusal(RefusalKind.Conflict, "indicators-full", Most);
            await session.Execute(
                known is null ? Insert : DraftAgain,
                new
                {
                    id = definition.Id,
                    body = Json.Write(IndicatorBody.Of(definition)),
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                }
            );
            Note(session, "indicator-drafted", definition.Id, null, definition);
            await session.Raise(new IndicatorDrafted(definition.Id, definition.Name, call.Caller));
            return await Answer(session, call.Caller, definition.Id, 201);
        });
    }

    public static async Task<IResult> Edit(string indicator, Call call)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, indicator);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            var patched = new Draft(row.DraftedBy, row.Version).Patched(
                call,
                IndicatorBody.Of(row.Definition),
                patch,
                Validation.Of<Validator>(),
                session.Today
            );
            if (patched.Refusal is { } invalid)
                return invalid;
            if (patched.Value.Id != indicator)
                return Refusal.Invalid(new FieldError("id", "fixed"));
            if (row.At != IndicatorStatus.Draft)
                return Decided;
            var definition = patched.Value.Definition();
            if (row.CountsBuiltIn && definition != row.Definition)
                return Refusal.Invalid(new FieldError("id", "counted-form", row.Definition.Filter!));
            if (Faulty(definition) is { } faulty)
                return faulty;
            await session.ExecuteOnOne(
                Update,
                new
                {
                    id = indicator,
                    body = Json.Write(IndicatorBody.Of(definition)),
                    now = session.Now,
                    version = row.Version,
                }
            );
            Note(session, "indicator-edited", indicator, row.Definition, definition);
            return await Answer(session, call.Caller, indicator);
        });
    }

    public static Task<IResult> Publish(string indicator, Call call) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, indicator);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (new Draft(row.DraftedBy, row.Version).WhyNotPublished(call) is { } unpublished)
                return unpublished;
            if (row.At != IndicatorStatus.Draft)
                return Decided;
            await session.ExecuteOnOne(SetPublished, By(session, call.Caller, row, null));
            Note(session, "indicator-published", indicator, null, null);
            return await Answer(session, call.Caller, indicator);
        });

    public static async Task<IResult> Retire(string indicator, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, indicator);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (row.At == IndicatorStatus.Retired)
                return Decided;
            var reason = body.Value!.Reason!.Trim();
            await session.ExecuteOnOne(SetRetired, By(session, call.Caller, row, reason));
            Note(session, "indicator-retired", indicator, null, null, reason);
            return await Answer(session, call.Caller, indicator);
        });
    }

    private static Refusal Decided => new(RefusalKind.Conflict, "draft-decided");

    /// <summary>What is wrong with a definition, as the answer to it.</summary>
    /// <summary>Why it cannot be counted; null when it can.</summary>
    /// <param name="at">What its members are called by in the request: <c>definition.</c>.</param>
    internal static Refusal? Faulty(IndicatorDefinition definition, string at = "") =>
        definition.Faults() is { Count: > 0 } faults
            ? new Refusal(
                RefusalKind.Rule,
                "expression-invalid",
                [.. faults.Select(fault => fault with { Field = at + fault.Field })]
            )
            : null;

    private static async Task<Result<IndicatorRow>> ForWrite(Session session, string id)
    {
        await session.Lock(LockName.Assessment);
        return await IndicatorRow.ById(session, id) is { } row ? row : Refusal.NotFound;
    }

    private static object By(Session session, Caller by, IndicatorRow row, string? reason) =>
        new
        {
            id = row.Id,
            by = by.UserId,
            byName = by.DisplayName,
            now = session.Now,
            reason,
            version = row.Version,
        };

    private static void Note(
        Session session,
        string action,
        string id,
        IndicatorDefinition? before,
        IndicatorDefinition? after,
        string? reason = null
    ) =>
        session.Note(
            new AuditEntry(action)
            {
                SubjectKind = "indicator",
                SubjectId = id,
                Reason = reason,
                Changes = after is null
                    ? []
                    : AuditEntry.Between(
                        before is null ? null : Json.Node(IndicatorBody.Of(before)),
                        Json.Node(IndicatorBody.Of(after))
                    ),
            }
        );

    private static async Task<Reply> Answer(Session session, Caller caller, string id, int status = 200)
    {
        var row = (await IndicatorRow.ById(session, id))!;
        return Reply.Resource(
            View(row, caller),
            row.Version,
            status,
            status == 201 ? $"/api/v1/indicators/{row.Id}" : null
        );
    }

    /// <param name="rows">Those that are told beside it: one that is to have it counted already is not posted again.</param>
    private static IndicatorView ViewOfBuiltIn(IndicatorDefinition definition, IReadOnlyList<IndicatorRow> rows) =>
        ViewOf(definition, IndicatorStatus.Published, [], 0) with
        {
            BuiltIn = true,
            CountedForm =
                IndicatorDefinition.CountedForms.TryGetValue(definition.Id, out var counted)
                && rows.All(row => row.Id != definition.Id)
                    ? IndicatorBody.Of(counted)
                    : null,
        };

    private static IndicatorView View(IndicatorRow row, Caller caller)
    {
        var actions = new List<string>();
        if (Permissions.Allows(caller, Act.DraftIndicator))
        {
            if (row.At == IndicatorStatus.Draft && row.DraftedBy != caller.UserId)
                actions.Add("publish");
            else if (row.At == IndicatorStatus.Draft && !row.CountsBuiltIn)
                actions.Add("edit");
            if (row.At != IndicatorStatus.Retired)
                actions.Add("retire");
        }

        return ViewOf(row.Definition, row.At, actions, row.Version) with
        {
            DraftedBy = new PersonRef(row.DraftedBy, row.DraftedByName),
            DraftedAt = row.DraftedAt,
            PublishedBy = row.PublishedBy is null ? null : new PersonRef(row.PublishedBy, row.PublishedByName!),
            PublishedAt = row.PublishedAt,
            RetiredAt = row.RetiredAt,
            RetireReason = row.RetireReason,
            BuiltIn = row.CountsBuiltIn,
        };
    }

    private static IndicatorView ViewOf(
        IndicatorDefinition definition,
        IndicatorStatus status,
        IReadOnlyList<string> actions,
        long version
    ) =>
        new()
        {
            Id = definition.Id,
            Name = definition.Name,
            NameEn = definition.NameEn,
            Unit = definition.Unit,
            Source = definition.Source,
            Filter = definition.Filter,
            Aggregate = definition.Aggregate,
            Part = definition.Part,
            PartBy = definition.Part is null ? null : definition.PartBy,
            View = definition.View,
            Direction = definition.Direction,
            Brackets = IndicatorBody.Of(definition).Brackets,
            Stated = definition.IsStated,
            BuiltIn = false,
            Status = status,
            AllowedActions = actions,
            Version = version,
        };

    private const string Insert = """
        INSERT INTO indicators (id, status, body, drafted_by, drafted_by_name, drafted_at, version, updated_at)
        VALUES (@id, 'draft', @body, @by, @byName, @now, 1, @now)
        """;
    private const string DraftAgain = """
        UPDATE indicators SET status = 'draft', body = @body, drafted_by = @by, drafted_by_name = @byName, drafted_at = @now, published_by = NULL, published_by_name = NULL, published_at = NULL,
          retired_by = NULL, retired_by_name = NULL, retired_at = NULL, retire_reason = NULL, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'retired'
        """;
    private const string Update =
        "UPDATE indicators SET body = @body, version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft' AND version = @version";
    private const string SetPublished =
        "UPDATE indicators SET status = 'published', published_by = @by, published_by_name = @byName, published_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft' AND version = @version";
    private const string SetRetired =
        "UPDATE indicators SET status = 'retired', retired_by = @by, retired_by_name = @byName, retired_at = @now, retire_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND status <> 'retired' AND version = @version";
}
