namespace Pipeline.Domain.Assessment;

/// <summary>A binding indicator of a unit's year.</summary>
/// <param name="Completion">Null: it has no target, so that it says nothing.</param>
public readonly record struct BindingResult(decimal Weight, decimal? Completion);

/// <summary>How a unit stands to the bars (R115).</summary>
/// <param name="Overall">Σ w·min(c, 1) ÷ Σ w, exact; null where nothing is binding.</param>
/// <param name="NotExcellent">It is barred from "excellent".</param>
/// <param name="Warnings">The indicators, by their place, that are below the bar by themselves.</param>
public sealed record BarStanding(decimal? Overall, bool NotExcellent, IReadOnlyList<int> Warnings);

/// <summary>One year of a unit, for the list of reminder talks.</summary>
public readonly record struct YearStanding(int Year, bool LastOfGroup, decimal? Overall);

/// <summary>The bars of the year (R115). They are held against exact values: 0.699 96 shows as 70.00 % and is below.</summary>
public static class Bars
{
    /// <summary>Below this share of the binding targets nobody is excellent.</summary>
    public const decimal Excellent = 0.70m;

    public static BarStanding Of(IReadOnlyList<BindingResult> results)
    {
        var known = results.Where(result => result.Completion is not null).ToList();
        var weights = known.Sum(result => result.Weight);
        decimal? overall =
            weights == 0 ? null : known.Sum(result => result.Weight * Math.Min(result.Completion!.Value, 1)) / weights;
        return new BarStanding(
            overall,
            overall < Excellent,
            [.. results.Index().Where(result => result.Item.Completion < Excellent).Select(result => result.Index)]
        );
    }

    /// <summary>How the units of a year stood that have a rank: last is who has the last place of several.</summary>
    public static IEnumerable<(string UnitId, YearStanding Standing)> StandingsOf(
        int year,
        IReadOnlyCollection<UnitScore> scores
    ) =>
        scores
            .Where(score => score.Rank is not null)
            .GroupBy(score => score.GroupId)
            .SelectMany(group =>
                group.Select(score =>
                    (
                        score.UnitId,
                        new YearStanding(
                            year,
                            score.Rank > 1 && score.Rank == group.Max(one => one.Rank),
                            score.Bars?.Overall
                        )
                    )
                )
            );

    /// <summary>Whether a unit is on the list of reminder talks after a year: last of its group, or short of the year's targets, in it and in the year before.</summary>
    public static bool CallsForTalk(IReadOnlyCollection<YearStanding> years, int year)
    {
        var two = years.Where(one => one.Year == year || one.Year == year - 1).ToList();
        return two.Count == 2 && (two.All(one => one.LastOfGroup) || two.All(one => one.Overall < 1));
    }
}
