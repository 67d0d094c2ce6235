using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

/// <summary>A group of a model, by name.</summary>
public sealed record ScoreGroupView(string Id, string Name, string? NameEn);

/// <summary>What a unit comes to in a closed period, as all may read it.</summary>
public sealed record ScoreTotal
{
    public required UnitRef Unit { get; init; }
    public required string Group { get; init; }
    public decimal? Total { get; init; }
    public required decimal OutOf { get; init; }
    public required bool Complete { get; init; }
    public int? Rank { get; init; }

    /// <summary>How many places it went up or, below 0, down since the last closed month.</summary>
    public int? Movement { get; init; }
}

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

    /// <summary>To a unit, of a closed period: what every unit comes to, without the projects that were secret when it was closed (§13). Absent of an open one, and to who reads the whole city.</summary>
    public IReadOnlyList<ScoreTotal>? Comparison { get; init; }

    /// <summary>Secret projects that are not open to the caller are not counted.</summary>
    public required bool WithoutSecret { get; init; }

    /// <summary>Facts of an older library are still being taken up, so that scores are not complete.</summary>
    public required bool Incomplete { get; init; }
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
            var before = await sheet.RanksBefore(session, call.Caller, ruleBooks, sums, row.Id);
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
                        .. sheet
                            .InOrder()
                            .Where(score => group is null || score.GroupId == group)
                            .Select(score =>
                                telling.Of(score, talks?.GetValueOrDefault(score.UnitId)) with
                                {
                                    Movement = Ranking.Movement(before?.GetValueOrDefault(score.UnitId), score.Rank),
                                }
                            ),
                    ],
                    Comparison = await Compare(session, call.Caller, ruleBooks, sums, sheet, row.Id, group, telling),
                    WithoutSecret = withoutSecret,
                    Incomplete = sheet.Figures.IsBeingBuilt,
                }
            );
        });
    }

    /// <summary>The totals of all units in a closed period, for a unit; null where the period is open, or the reader reads the city.</summary>
    private static async Task<List<ScoreTotal>?> Compare(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        FigureSums sums,
        ScoreSheet own,
        string modelId,
        string? group,
        ScoreTelling telling
    )
    {
        if (Permissions.ReadsCity(caller) || own.Figures.Closed is null)
            return null;
        var all = Caller.OfOpenCity;
        var sheet = await ScoreSheet.Load(session, all, ruleBooks, sums, own.Model, modelId, own.Figures.Period);
        var before = await sheet.RanksBefore(session, all, ruleBooks, sums, modelId);
        return
        [
            .. sheet
                .InOrder()
                .Where(score => group is null || score.GroupId == group)
                .Select(score => new ScoreTotal
                {
                    Unit = telling.UnitOf(score.UnitId),
                    Group = score.GroupId,
                    Total = Millionths.Told(score.Total),
                    OutOf = score.OutOf,
                    Complete = score.Complete,
                    Rank = score.Rank,
                    Movement = Ranking.Movement(before?.GetValueOrDefault(score.UnitId), score.Rank),
                }),
        ];
    }

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
