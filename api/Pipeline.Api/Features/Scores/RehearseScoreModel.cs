using System.Globalization;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

/// <summary>Where a rehearsal stands.</summary>
public enum RehearsalStatus
{
    Completed,
}

/// <summary>A unit's score by the model that is rehearsed, and by the one in force for the year.</summary>
public sealed record RehearsedScore
{
    public required UnitRef Unit { get; init; }
    public required ScoreView Rehearsed { get; init; }

    /// <summary>Total and rank by the model in force; absent where there is none, or it does not score the unit.</summary>
    public decimal? TotalInForce { get; init; }
    public int? RankInForce { get; init; }

    /// <summary>What the rehearsed model adds or, below 0, takes away; absent where either is not known.</summary>
    public decimal? Difference { get; init; }
}

/// <summary>A rehearsal of a score model on the facts of a year. The scores are made when it is read, and never kept.</summary>
public sealed record ScoreRehearsal
{
    public required string Id { get; init; }
    public required string ModelId { get; init; }

    /// <summary>The version of the draft that is rehearsed; later changes of it do not matter.</summary>
    public required long Version { get; init; }
    public required int Year { get; init; }
    public required RehearsalStatus Status { get; init; }
    public required PersonRef AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The model in force for the year, against which it is held.</summary>
    public ScoreModelRef? InForce { get; init; }
    public required IReadOnlyList<ScoreGroupView> Groups { get; init; }
    public required decimal FullMark { get; init; }
    public required IReadOnlyList<RehearsedScore> Items { get; init; }

    /// <summary>Items that persons mark: a rehearsal has no marks of them.</summary>
    public required IReadOnlyList<string> WithoutMarks { get; init; }
}

/// <summary>Rehearses a score model (§15.8): the scores that the facts of a year would give by it, beside those of the model in force.</summary>
public static class RehearseScoreModel
{
    public sealed record Request
    {
        /// <summary>The year whose facts are taken; without it the one before the model's.</summary>
        public int? Year { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() =>
            RuleFor(request => request.Year)
                .Must(year => year is null or (>= ScoreModel.FirstYear and <= ScoreModel.LastYear))
                .Coded("range", ScoreModel.FirstYear, ScoreModel.LastYear);
    }

    public static async Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks, FigureSums sums)
    {
        var body = await call.Body(Validation.Of<Validator>());

        // The scores of a year are made before the transaction: nobody waits for them.
        return await call.Write(
            () =>
                call.Read<Result<(Row Row, ScoreRehearsal Told)>>(async session =>
                {
                    if (await ScoreModelRow.ById(session, id) is not { } model)
                        return Refusal.NotFound;
                    if (body.Refusal is { } malformed)
                        return malformed;
                    if (model.At == ScoreModelStatus.Withdrawn)
                        return new Refusal(RefusalKind.Conflict, "draft-decided");
                    var year = body.Value!.Year ?? model.Year - 1;
                    if (year > session.Today.Year)
                        return Refusal.Invalid(new FieldError("year", "future"));
                    var row = new Row
                    {
                        Id = Ids.New(),
                        ModelId = model.Id,
                        ModelVersion = model.Version,
                        Body = model.Body,
                        Year = year,
                        AskedBy = call.Caller.UserId,
                        AskedByName = call.Caller.DisplayName,
                        AskedAt = session.Now,
                    };
                    return (row, await View(session, call.Caller, ruleBooks, sums, row));
                }),
            async (session, made) =>
            {
                await session.Lock(LockName.Assessment);
                var (row, told) = made;
                await session.Execute(
                    Insert,
                    new
                    {
                        id = row.Id,
                        modelId = row.ModelId,
                        modelVersion = row.ModelVersion,
                        body = row.Body,
                        year = row.Year,
                        by = row.AskedBy,
                        byName = row.AskedByName,
                        now = session.Now,
                    }
                );
                session.Note(
                    new AuditEntry("score-model-rehearsed")
                    {
                        SubjectKind = "score-model",
                        SubjectId = row.ModelId,
                        Changes = AuditEntry.Between(null, Json.Node(new { year = row.Year })),
                    }
                );
                return Reply.Resource(
                    told with
                    {
                        AskedAt = session.Now,
                    },
                    1,
                    202,
                    $"/api/v1/score-models/{row.ModelId}/rehearsals/{row.Id}"
                );
            }
        );
    }

    public static Task<IResult> Read(string id, string rehearsalId, Call call, RuleBooks ruleBooks, FigureSums sums) =>
        call.Read<IResult>(async session =>
            await Load(session, id, rehearsalId) is { } row
                ? Reply.Resource(await View(session, call.Caller, ruleBooks, sums, row), 1)
                : (Reply)Refusal.NotFound
        );

    private static Task<Row?> Load(Session session, string modelId, string id) =>
        session.One<Row>(Select, new { modelId, id });

    private static async Task<ScoreRehearsal> View(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        FigureSums sums,
        Row row
    )
    {
        var period = new FigurePeriod(
            row.Year.ToString(CultureInfo.InvariantCulture),
            session.Today,
            ByOccurrence: false
        );
        var model = Json.Read<ScoreModel>(row.Body);
        var sheet = await ScoreSheet.Load(session, caller, ruleBooks, sums, model, null, period);
        var inForce = await ScoreModelRow.InForce(session, row.Year);
        var before = inForce is null
            ? []
            : (
                await ScoreSheet.Load(session, caller, ruleBooks, sums, inForce.Model, inForce.Id, period)
            ).Scores.ToDictionary(score => score.UnitId, StringComparer.Ordinal);
        var units = (await JurisdictionRow.All(session)).ToDictionary(unit => unit.Id, StringComparer.Ordinal);
        var telling = new ScoreTelling(sheet, units, row.ModelId);
        return new ScoreRehearsal
        {
            Id = row.Id,
            ModelId = row.ModelId,
            Version = row.ModelVersion,
            Year = row.Year,
            Status = RehearsalStatus.Completed,
            AskedBy = new PersonRef(row.AskedBy, row.AskedByName),
            AskedAt = row.AskedAt,
            InForce = inForce is null ? null : ScoreModelRef.Of(inForce, inForce.Model),
            Groups = [.. model.Groups.Select(one => new ScoreGroupView(one.Id, one.Name, one.NameEn))],
            FullMark = model.SumWeights(),
            Items =
            [
                .. sheet
                    .Scores.OrderBy(score => model.Groups.ToList().FindIndex(group => group.Id == score.GroupId))
                    .ThenBy(score => score.Rank ?? int.MaxValue)
                    .Select(score => new RehearsedScore
                    {
                        Unit = telling.UnitOf(score.UnitId),
                        Rehearsed = telling.Of(score),
                        TotalInForce = Millionths.Told(before.GetValueOrDefault(score.UnitId)?.Total),
                        RankInForce = before.GetValueOrDefault(score.UnitId)?.Rank,
                        Difference = Millionths.Told(score.Total - before.GetValueOrDefault(score.UnitId)?.Total),
                    }),
            ],
            WithoutMarks = [.. model.Items.Where(item => item.Method == ScoreMethod.Manual).Select(item => item.Id)],
        };
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string ModelId { get; init; }
        public long ModelVersion { get; init; }
        public required string Body { get; init; }
        public int Year { get; init; }
        public required string AskedBy { get; init; }
        public required string AskedByName { get; init; }
        public DateTimeOffset AskedAt { get; init; }
    }

    private const string Insert = """
        INSERT INTO score_rehearsals (id, model_id, model_version, body, year, asked_by, asked_by_name, asked_at)
        VALUES (@id, @modelId, @modelVersion, @body, @year, @by, @byName, @now)
        """;
    private const string Select = """
        SELECT id, model_id, model_version, body, year, asked_by, asked_by_name, asked_at
        FROM score_rehearsals
        WHERE model_id = @modelId AND id = @id
        """;
}
