namespace Pipeline.Domain.Assessment;

/// <summary>What a unit still lacks in one indicator.</summary>
/// <param name="Missing">In the indicator's unit.</param>
/// <param name="Gain">The marks that it would bring to reach the target; null where the score cannot tell.</param>
/// <param name="Binding">Whether the target is binding.</param>
public sealed record IndicatorGap(string Indicator, ScoreFigure Figure, decimal Missing, decimal? Gain, bool Binding);

/// <summary>What a unit lacks to the bar (R115).</summary>
/// <param name="Missing">Of the overall completion; 0 where the bar is reached, null where that is not known.</param>
/// <param name="Ways">By indicator how much of it alone would do; only where it would.</param>
public sealed record BarGap(decimal? Overall, decimal? Missing, IReadOnlyList<(string Indicator, decimal Amount)> Ways);

/// <summary>What a unit lacks to a place of its group.</summary>
/// <param name="Needed">The total of who has the place, or the lowest above it; null where nobody has.</param>
/// <param name="Missing">In marks; 0 where the place is reached. Equal totals share a place.</param>
public sealed record RankGap(int Place, decimal? Needed, decimal? Missing);

/// <summary>What is missing to the targets, the bar or a place (§15.2).</summary>
public static class ScoreGaps
{
    /// <summary>The indicators of the model whose targets a unit has not reached, those that bring most first.</summary>
    public static IReadOnlyList<IndicatorGap> ToTargets(ScoreModel model, ScoreFacts facts, string unit)
    {
        var now = TotalOf(model, facts, unit);
        return
        [
            .. model
                .ListIndicators()
                .Order(StringComparer.Ordinal)
                .Select(indicator => (Id: indicator, Figure: facts.Figures.GetValueOrDefault((unit, indicator))))
                .Where(one => one.Figure?.Missing > 0)
                .Select(one => new IndicatorGap(
                    one.Id,
                    one.Figure!,
                    one.Figure!.Missing!.Value,
                    TotalOf(model, Reaching(facts, unit, one.Id, one.Figure), unit) - now,
                    one.Figure.Binding
                ))
                .OrderByDescending(gap => gap.Gain ?? 0),
        ];
    }

    public static BarGap ToBar(ScoreModel model, ScoreFacts facts, string unit)
    {
        var overall = Scoring.Score(model, facts, [unit]).Single().Bars?.Overall;
        if (overall is not { } reached)
            return new BarGap(null, null, []);
        var missing = Math.Max(0, Bars.Excellent - reached);
        var bound = model
            .Binding.Select(binding => (binding, Figure: facts.Figures.GetValueOrDefault((unit, binding.Indicator))))
            .Where(one => one.Figure is { Binding: true, HasTarget: true })
            .ToList();
        var weights = bound.Sum(one => one.binding.Weight);
        return new BarGap(
            reached,
            missing,
            [
                .. bound
                    .Where(one => missing > 0 && one.Figure!.Direction == Direction.Up && one.Figure.Value is not null)
                    .Select(one =>
                        (
                            one.binding.Indicator,
                            Completion: one.Figure!.Completion!.Value + (missing * weights / one.binding.Weight),
                            one.Figure
                        )
                    )
                    .Where(one => one.Completion <= 1)
                    .Select(one =>
                        (one.Indicator, (one.Completion * one.Figure.Target!.Value) - one.Figure.Value!.Value)
                    ),
            ]
        );
    }

    /// <param name="group">The scores of the unit's group.</param>
    public static RankGap ToRank(IReadOnlyCollection<UnitScore> group, string unit, int place)
    {
        var own = group.Single(one => one.UnitId == unit);
        var needed = group.Where(one => one.Rank <= place).Min(one => one.Total);
        return new RankGap(
            place,
            needed,
            own.Rank is null ? null
                : own.Rank <= place ? 0
                : needed - own.Total
        );
    }

    private static decimal? TotalOf(ScoreModel model, ScoreFacts facts, string unit) =>
        Scoring.Score(model, facts, [unit]).Single().Total;

    private static ScoreFacts Reaching(ScoreFacts facts, string unit, string indicator, ScoreFigure figure) =>
        facts with
        {
            Figures = new Dictionary<(string, string), ScoreFigure>(facts.Figures)
            {
                [(unit, indicator)] = figure with { Value = figure.Target },
            },
        };
}
