using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

/// <summary>A mark as it was given once.</summary>
public sealed record MarkVersion
{
    public required long Version { get; init; }

    /// <summary>Absent: it was taken back.</summary>
    public decimal? Mark { get; init; }
    public required string Reason { get; init; }
    public required PersonRef GivenBy { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
}

/// <summary>The mark of a unit in an item, a bonus or a deduction that persons mark.</summary>
public sealed record MarkView
{
    public required UnitRef Unit { get; init; }
    public required string Item { get; init; }

    /// <summary>The most that can be given.</summary>
    public required decimal Most { get; init; }

    /// <summary>Absent: none stands.</summary>
    public decimal? Mark { get; init; }

    /// <summary>0 as long as none was ever given.</summary>
    public required long Version { get; init; }
    public required IReadOnlyList<MarkVersion> Versions { get; init; }
}

/// <summary>Gives a mark by hand, with a reason (R111). Nothing is overwritten: each is a version of its own.</summary>
public static class GiveMark
{
    public sealed record Request
    {
        /// <summary>From 0 to the item's full mark, at most six places; null takes back what was given.</summary>
        public decimal? Mark { get; init; }
        public string? Reason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Mark)
                .Must(mark => mark is null || (Millionths.CanStore(mark.Value) && mark <= ScoreModel.MostMarks))
                .Coded("mark", ScoreModel.MostMarks);
            RuleFor(request => request.Reason).Required().Line(500);
        }
    }

    public static Task<IResult> Read(string id, string unitId, string item, Call call) =>
        call.Read<IResult>(async session =>
            await Find(session, id, unitId, item) is { } found ? await Answer(session, found) : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Handle(string id, string unitId, string item, Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Assessment);
            if (await Find(session, id, unitId, item) is not { } found)
                return Refusal.NotFound;
            var version = (await VersionsOf(session, found)).LastOrDefault()?.Version ?? 0;
            if (ETags.Check(call.Request, version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var (mark, reason) = (body.Value!.Mark, body.Value.Reason!.Trim());
            if (mark > found.Most)
                return Refusal.Invalid(new FieldError("mark", "mark", found.Most));
            await ScoreMarkRow.Add(session, call.Caller, found.Model.Id, unitId, item, version + 1, mark, reason);
            session.Note(
                new AuditEntry("score-mark-given")
                {
                    SubjectKind = "score-mark",
                    SubjectId = $"{found.Model.Id}/{unitId}/{item}",
                    Reason = reason,
                    Changes = AuditEntry.Between(null, Json.Node(new { mark })),
                }
            );
            return await Answer(session, found);
        });
    }

    private sealed record Found(ScoreModelRow Model, UnitRef Unit, string Item, decimal Most);

    /// <summary>What the path names; null where that is no published model, none of its units, or nothing that persons mark.</summary>
    private static async Task<Found?> Find(Session session, string id, string unit, string item) =>
        await ScoreModelRow.ById(session, id) is { At: ScoreModelStatus.Published } row
        && row.Model is var model
        && model.GroupOf(unit) is not null
        && model.MostByHand(item) is { } most
            ? new Found(
                row,
                new UnitRef(unit, (await JurisdictionRow.All(session)).First(one => one.Id == unit).Name),
                item,
                most
            )
            : null;

    private static Task<List<ScoreMarkRow>> VersionsOf(Session session, Found found) =>
        ScoreMarkRow.Versions(session, found.Model.Id, found.Unit.Id, found.Item);

    private static async Task<Reply> Answer(Session session, Found found)
    {
        var versions = await VersionsOf(session, found);
        var last = versions.LastOrDefault();
        return Reply.Resource(
            new MarkView
            {
                Unit = found.Unit,
                Item = found.Item,
                Most = found.Most,
                Mark = last?.Number,
                Version = last?.Version ?? 0,
                Versions =
                [
                    .. versions.Select(row => new MarkVersion
                    {
                        Version = row.Version,
                        Mark = row.Number,
                        Reason = row.Reason,
                        GivenBy = new PersonRef(row.GivenBy, row.GivenByName),
                        GivenAt = row.GivenAt,
                    }),
                ],
            },
            last?.Version ?? 0
        );
    }
}
