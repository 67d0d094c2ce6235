using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

/// <summary>A score model by name.</summary>
public sealed record ScoreModelRef
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required int Year { get; init; }

    /// <summary>Which of its year's models it is, from 1.</summary>
    public required long ModelVersion { get; init; }

    public static ScoreModelRef Of(ScoreModelRow row, ScoreModel model) =>
        new()
        {
            Id = row.Id,
            Name = model.Name,
            NameEn = model.NameEn,
            Year = row.Year,
            ModelVersion = row.Number,
        };
}

/// <summary>A score model (R111).</summary>
public sealed record ScoreModelView
{
    public required string Id { get; init; }
    public required int Year { get; init; }

    /// <summary>Which of its year's models it is, from 1.</summary>
    public required long ModelVersion { get; init; }
    public required ScoreModelStatus Status { get; init; }

    /// <summary>Whether the scores of its year are made by it: the last one that was published.</summary>
    public required bool InForce { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required IReadOnlyList<ScoreGroup> Groups { get; init; }
    public required IReadOnlyList<ScoreItem> Items { get; init; }
    public required IReadOnlyList<ScoreExtra> Bonuses { get; init; }
    public required IReadOnlyList<ScoreExtra> Deductions { get; init; }
    public required IReadOnlyList<OuterAssessment> Outer { get; init; }
    public required IReadOnlyList<BindingWeight> Binding { get; init; }

    /// <summary>The marks that all items together can give.</summary>
    public required decimal FullMark { get; init; }
    public required PersonRef DraftedBy { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public PersonRef? PublishedBy { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }

    public static ScoreModelView Of(ScoreModelRow row, bool inForce, Caller caller)
    {
        var model = row.Model;
        return new ScoreModelView
        {
            Id = row.Id,
            Year = row.Year,
            ModelVersion = row.Number,
            Status = row.At,
            InForce = inForce,
            Name = model.Name,
            NameEn = model.NameEn,
            Groups = model.Groups,
            Items = model.Items,
            Bonuses = model.Bonuses,
            Deductions = model.Deductions,
            Outer = model.Outer,
            Binding = model.Binding,
            FullMark = model.SumWeights(),
            DraftedBy = new PersonRef(row.DraftedBy, row.DraftedByName),
            DraftedAt = row.DraftedAt,
            PublishedBy = row.PublishedBy is null ? null : new PersonRef(row.PublishedBy, row.PublishedByName!),
            PublishedAt = row.PublishedAt,
            AllowedActions = ActionsOn(row, caller),
            Version = row.Version,
        };
    }

    private static List<string> ActionsOn(ScoreModelRow row, Caller caller)
    {
        var actions = new List<string>();
        var isDraft = row.At == ScoreModelStatus.Draft;
        var own = row.DraftedBy == caller.UserId;
        if (isDraft && own && Permissions.Allows(caller, Act.DraftScoreModel))
            actions.Add("edit");
        if (isDraft && !own && Permissions.Allows(caller, Act.PublishScoreModel))
            actions.Add("publish");
        if (isDraft && Permissions.Allows(caller, Act.DraftScoreModel))
            actions.Add("withdraw");
        if (row.At != ScoreModelStatus.Withdrawn && Permissions.Allows(caller, Act.RehearseScoreModel))
            actions.Add("rehearse");
        if (row.At == ScoreModelStatus.Published && Permissions.Allows(caller, Act.GiveMark))
            actions.Add("mark");
        return actions;
    }
}

/// <summary>Score models (R111): one coordinator drafts, another or the administrator publishes, and then the model is fixed. Only who drafted it changes it, so that who publishes has written none of it (C13).</summary>
public static class DraftScoreModel
{
    public static async Task<IResult> All(Call call)
    {
        var query = new QueryReader(call.Request);
        var year = query.Whole("year", ScoreModel.FirstYear, ScoreModel.LastYear);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var all = await ScoreModelRow.All(session);
            return Reply.Plain(
                new Page<ScoreModelView>
                {
                    Items =
                    [
                        .. all.Where(row => row.IsVisible(call.Caller) && (year is null || row.Year == year))
                            .Select(row => ScoreModelView.Of(row, IsInForce(row, all), call.Caller)),
                    ],
                }
            );
        });
    }

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await ScoreModelRow.ById(session, id) is { } row && row.IsVisible(call.Caller)
                ? await Answer(session, call.Caller, row)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Post(Call call)
    {
        var body = await call.Body<ScoreModel>();
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Assessment);
            var model = body.Value!;
            if (await Faulty(session, model) is { } faulty)
                return faulty;
            var id = await ScoreModelRow.Add(session, call.Caller, model);
            Note(session, "score-model-drafted", id, null, model);
            await session.Raise(new ScoreModelDrafted(id, model.Name, call.Caller));
            return await Answer(session, call.Caller, (await ScoreModelRow.ById(session, id))!, 201);
        });
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            var patched = new Draft(row.DraftedBy, row.Version).Patched(call, row.Model, patch, null, session.Today);
            if (patched.Refusal is { } invalid)
                return invalid;
            var model = patched.Value;
            if (model.Year != row.Year)
                return Refusal.Invalid(new FieldError("year", "fixed"));
            if (await Faulty(session, model) is { } faulty)
                return faulty;
            if (row.At != ScoreModelStatus.Draft)
                return Decided(row);
            await ScoreModelRow.Change(session, row, model);
            Note(session, "score-model-edited", id, row.Model, model);
            return await Answer(session, call.Caller, (await ScoreModelRow.ById(session, id))!);
        });
    }

    public static Task<IResult> Publish(string id, Call call) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (new Draft(row.DraftedBy, row.Version).WhyNotPublished(call) is { } unpublished)
                return unpublished;
            if (row.At != ScoreModelStatus.Draft)
                return Decided(row);

            // What it names may have gone out of use since it was drafted.
            var model = row.Model;
            if (await Faulty(session, model) is { } faulty)
                return new Refusal(RefusalKind.Rule, "expression-invalid", faulty.Errors ?? []);
            await ScoreModelRow.Publish(session, call.Caller, row);
            Note(session, "score-model-published", id, null, null);
            await session.Raise(
                new ScoreModelPublished(id, model.Name, [.. model.Groups.SelectMany(group => group.Units)], call.Caller)
            );
            return await Answer(session, call.Caller, (await ScoreModelRow.ById(session, id))!);
        });

    /// <summary>Gives a draft up, with a reason.</summary>
    public static async Task<IResult> Withdraw(string id, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (row.At != ScoreModelStatus.Draft)
                return Decided(row);
            await ScoreModelRow.Withdraw(session, row);
            session.Note(
                new AuditEntry("score-model-withdrawn")
                {
                    SubjectKind = "score-model",
                    SubjectId = id,
                    Reason = body.Value!.Reason!.Trim(),
                }
            );
            return await Answer(session, call.Caller, (await ScoreModelRow.ById(session, id))!);
        });
    }

    private static Refusal Decided(ScoreModelRow row) =>
        new(RefusalKind.Conflict, row.At == ScoreModelStatus.Published ? "model-published" : "draft-decided");

    /// <summary>Why nothing can be scored by it; null when it can.</summary>
    private static async Task<Refusal?> Faulty(Session session, ScoreModel model)
    {
        var inUse = await IndicatorRow.InUse(session);
        var units = (await JurisdictionRow.All(session)).Where(unit => unit is { Reports: true, Active: true });
        List<FieldError> faults =
        [
            .. model.Faults(
                inUse.Select(one => one.Id).ToHashSet(StringComparer.Ordinal),
                units.Select(unit => unit.Id).ToHashSet(StringComparer.Ordinal)
            ),
        ];
        foreach (var (at, bonus) in model.Bonuses.Index())
        {
            if (
                bonus is { Method: ExtraMethod.Projects, Sources: [{ } source] }
                && inUse.FirstOrDefault(one => one.Id == source.Indicator) is { } indicator
                && !ScoreSheet.CanEarnBonus(indicator)
            )
                faults.Add(new FieldError($"bonuses[{at}].sources[0].indicator", "indicator-of-projects"));
        }

        return faults.Count == 0 ? null : Refusal.Invalid([.. faults]);
    }

    private static async Task<Result<ScoreModelRow>> ForWrite(Session session, string id)
    {
        await session.Lock(LockName.Assessment);
        return await ScoreModelRow.ById(session, id) is { } row ? row : Refusal.NotFound;
    }

    private static bool IsInForce(ScoreModelRow row, IEnumerable<ScoreModelRow> all) =>
        row.At == ScoreModelStatus.Published
        && all.Where(one => one.Year == row.Year && one.At == ScoreModelStatus.Published).Max(one => one.Number)
            == row.Number;

    private static void Note(Session session, string action, string id, ScoreModel? before, ScoreModel? after) =>
        session.Note(
            new AuditEntry(action)
            {
                SubjectKind = "score-model",
                SubjectId = id,
                Changes = after is null
                    ? []
                    : AuditEntry.Between(before is null ? null : Json.Node(before), Json.Node(after)),
            }
        );

    private static async Task<Reply> Answer(Session session, Caller caller, ScoreModelRow row, int status = 200)
    {
        var inForce = await ScoreModelRow.InForce(session, row.Year);
        return Reply.Resource(
            ScoreModelView.Of(row, inForce?.Id == row.Id, caller),
            row.Version,
            status,
            status == 201 ? $"/api/v1/score-models/{row.Id}" : null
        );
    }
}
