using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Scores;

/// <summary>A group of a model, by name.</summary>
public sealed record ScoreGroupView(string Id, string Name, string? NameEn);

/// <summary>The scores of a period.</summary>
public sealed record ScorePage
{
    /// <summary>Absent where no model was published for the year.</summary>
    public ScoreModelRef? Model { get; init; }

    /// <summary>Which of its year's models it is, from 1.</summary>
    public long? ModelVersion { get; init; }
    public required string Period { get; init; }

    /// <summary>How many months of the year are over, up to the end of the period.</summary>
    public required int MonthsOver { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required IReadOnlyList<ScoreGroupView> Groups { get; init; }

    /// <summary>The marks that all items together can give.</summary>
    public required decimal FullMark { get; init; }

    /// <summary>Group by group, in each by rank.</summary>
    public required IReadOnlyList<ScoreView> Items { get; init; }

    /// <summary>Secret projects that are not open to the caller are not counted.</summary>
    public required bool WithoutSecret { get; init; }

    /// <summary>Facts of an older library are still being taken up, so that scores are not complete.</summary>
    public required bool Incomplete { get; init; }
}

/// <summary>What a request for scores names.</summary>
internal sealed record ScoreQuery(string? Model, string? Period)
{
    public static ScoreQuery Read(QueryReader query)
    {
        var (model, period) = (query.Text("model", 32), query.Text("period", 7));
        if (period is not null && Periods.Months(period) is null)
            query.Refuse("period", "period");
        return new ScoreQuery(model, period);
    }

    /// <summary>The model and the period that are asked for. Without a model the one in force for the year; without a period the model's year, or the last that has one.</summary>
    public async Task<Result<(ScoreModelRow? Row, FigurePeriod Period)>> Complete(Session session)
    {
        var row = Model is null ? null : await ScoreModelRow.ById(session, Model);
        if (Model is not null && row is not { At: ScoreModelStatus.Published })
            return Refusal.Invalid(new FieldError("model", "score-model"));
        var year = row?.Year
            ?? (
                Period is null
                    ? await ScoreModelRow.LastYear(session, session.Today.Year) ?? session.Today.Year
                    : int.Parse(Period.AsSpan(0, 4), CultureInfo.InvariantCulture)
            );
        var text = Period ?? year.ToString(CultureInfo.InvariantCulture);
        var period = new FigurePeriod(text, session.Today, ByOccurrence: false);
        return period.Year != year
            ? Refusal.Invalid(new FieldError("period", "period-of-model", year))
            : (row ?? await ScoreModelRow.InForce(session, year), period);
    }
}

/// <summary>Reads scores (R111–R116). A unit reads its own, without a rank: that would tell what others have (R20).</summary>
public static class ReadScores
{
    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks, FigureSums sums)
    {
        var query = new QueryReader(call.Request);
        var asked = ScoreQuery.Read(query);
        var group = query.Text("group", 40);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var completed = await asked.Complete(session);
            if (completed.Refusal is { } invalid)
                return (Reply)invalid;
            var (row, period) = completed.Value;
            var withoutSecret = Permissions.ReadsCity(call.Caller) && !Permissions.ReadsSecret(call.Caller);
            if (row is null)
                return Reply.Plain(
                    new ScorePage
                    {
                        Period = period.Text,
                        MonthsOver = period.MonthsOver,
                        MadeAt = session.Now,
                        Groups = [],
                        FullMark = 0,
                        Items = [],
                        WithoutSecret = withoutSecret,
                        Incomplete = false,
                    }
                );
            var model = row.Model;
            if (group is not null && model.Groups.All(one => one.Id != group))
                return (Reply)Refusal.Invalid(new FieldError("group", "score-group"));
            var sheet = await ScoreSheet.Load(session, call.Caller, ruleBooks, sums, model, row.Id, period);
            var units = (await JurisdictionRow.All(session)).ToDictionary(unit => unit.Id, StringComparer.Ordinal);
            var telling = new ScoreTelling(sheet, units, row.Id);
            var talks = await ReminderTalks(session, call.Caller, ruleBooks, sums, sheet);
            return Reply.Plain(
                new ScorePage
                {
                    Model = ScoreModelRef.Of(row, model),
                    ModelVersion = row.Number,
                    Period = period.Text,
                    MonthsOver = period.MonthsOver,
                    MadeAt = session.Now,
                    Groups = [.. model.Groups.Select(one => new ScoreGroupView(one.Id, one.Name, one.NameEn))],
                    FullMark = model.SumWeights(),
                    Items =
                    [
                        .. InOrder(model, sheet.Scores)
                            .Where(score => group is null || score.GroupId == group)
                            .Select(score => telling.Of(score, talks?.GetValueOrDefault(score.UnitId))),
                    ],
                    WithoutSecret = withoutSecret,
                    Incomplete = sheet.Figures.IsBeingBuilt,
                }
            );
        });
    }

    /// <summary>Group by group, the best first, and who has no rank after the others.</summary>
    private static IEnumerable<UnitScore> InOrder(ScoreModel model, IReadOnlyList<UnitScore> scores) =>
        model.Groups.SelectMany(group =>
            scores
                .Where(score => score.GroupId == group.Id)
                .OrderBy(score => score.Rank ?? int.MaxValue)
                .ThenByDescending(score => score.Total ?? -1)
        );

    /// <summary>Who is on the list of reminder talks after a year that is over (R115), by unit; null where the year before has no model, or the reader cannot compare units.</summary>
    private static async Task<Dictionary<string, bool?>?> ReminderTalks(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        FigureSums sums,
        ScoreSheet sheet
    )
    {
        var period = sheet.Figures.Period;
        if (!Permissions.ReadsCity(caller) || period.Text.Length != 4 || period.MonthsOver < 12)
            return null;
        if (await ScoreModelRow.InForce(session, period.Year - 1) is not { } row)
            return null;
        var before = await ScoreSheet.Load(
            session,
            caller,
            ruleBooks,
            sums,
            row.Model,
            row.Id,
            new FigurePeriod(
                (period.Year - 1).ToString(CultureInfo.InvariantCulture),
                session.Today,
                ByOccurrence: false
            )
        );
        var standings = Bars.StandingsOf(period.Year - 1, before.Scores)
            .Concat(Bars.StandingsOf(period.Year, sheet.Scores))
            .ToLookup(one => one.UnitId, one => one.Standing);
        return sheet.Scores.ToDictionary(
            score => score.UnitId,
            score => Talk([.. standings[score.UnitId]]),
            StringComparer.Ordinal
        );

        // Where a year's completion is not known, only the places can tell.
        bool? Talk(List<YearStanding> years) =>
            years.Count < 2 ? null
            : Bars.CallsForTalk(years, period.Year) ? true
            : years.Any(year => year.Overall is null) ? null
            : false;
    }
}
