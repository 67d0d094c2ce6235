using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Assessment;

/// <summary>What an auditor looks at first (regime §15.11).</summary>
public enum PatternKind
{
    /// <summary>One voucher stands behind several entries of capital.</summary>
    VoucherTwice,

    /// <summary>A unit's facts of one kind bunch in December.</summary>
    YearEnd,

    /// <summary>Amounts crowd just over a threshold, with few just below it.</summary>
    JustOver,

    /// <summary>Facts were recorded long after they occurred.</summary>
    LateEntry,
}

/// <summary>Facts that look unusual together. It says nothing of why: there may be good reasons.</summary>
/// <param name="UnitId">Null: of the city as a whole.</param>
/// <param name="FactKind">The kind of fact, where it is of one.</param>
/// <param name="Threshold">What the amounts are just over.</param>
/// <param name="ComparedWith">What the number of facts was held against: the mean of the months before December, or the number just below the threshold.</param>
public sealed record UnusualPattern(
    PatternKind Kind,
    string? UnitId,
    FactKind? FactKind,
    Threshold? Threshold,
    decimal? ComparedWith,
    IReadOnlyList<LedgerRow> Rows
);

/// <summary>Finds unusual patterns in the facts of a year that stand. The limits are the same for every unit and are told with the findings.</summary>
public static class UnusualPatterns
{
    /// <summary>A fact that was recorded more than so many days after it occurred is late.</summary>
    public const int LateAfterDays = 90;

    /// <summary>How far over, or below, a threshold an amount is near it: a part of the threshold.</summary>
    public const decimal NearThreshold = 0.05m;

    /// <summary>Fewer facts than these make no pattern.</summary>
    public const int LeastFacts = 5;

    /// <summary>How many times what is usual is unusual.</summary>
    public const int Times = 3;

    /// <summary>December's facts of one kind and unit that are at least <see cref="LeastFacts"/> and <see cref="Times"/> the mean of the eleven months before.</summary>
    /// <param name="standing">Rows that were not reversed.</param>
    public static IEnumerable<UnusualPattern> BunchedAtYearsEnd(IEnumerable<LedgerRow> standing, int year) =>
        from row in standing
        where row.IsOfProject && row.Fact.OccurredOn.Year == year && row.Fact.Kind != FactKind.FixedInvestment
        group row by (row.Fact.LandingId, row.Fact.Kind) into facts
        let december = facts.Where(row => row.Fact.OccurredOn.Month == 12).ToList()
        let usual = (facts.Count() - december.Count) / 11m
        where december.Count >= LeastFacts && december.Count >= Times * usual
        select new UnusualPattern(
            PatternKind.YearEnd,
            facts.Key.LandingId,
            facts.Key.Kind,
            null,
            decimal.Round(usual, 2),
            december
        );

    /// <summary>Signings whose amounts, in a threshold's own currency, are just over it: at least <see cref="LeastFacts"/>, and <see cref="Times"/> those just below; by unit, and of the city.</summary>
    /// <param name="standing">Rows that were not reversed.</param>
    public static IEnumerable<UnusualPattern> JustOver(
        IEnumerable<LedgerRow> standing,
        IEnumerable<Threshold> thresholds
    )
    {
        var signed = standing.Where(row => row.Fact is { Kind: FactKind.Signed, Amount: not null }).ToList();
        foreach (var threshold in thresholds.Distinct())
        {
            var near = signed
                .Select(row => (Row: row, Side: SideOf(row.Fact.Amount!.Value, threshold)))
                .Where(one => one.Side != 0)
                .ToList();
            foreach (
                var (unit, facts) in near.GroupBy(one => one.Row.Fact.LandingId)
                    .Select(unit => ((string?)unit.Key, unit.ToList()))
                    .Append((null, near))
            )
            {
                var over = facts.Where(one => one.Side > 0).Select(one => one.Row).ToList();
                var below = facts.Count - over.Count;
                if (over.Count >= LeastFacts && over.Count >= Times * below)
                    yield return new UnusualPattern(
                        PatternKind.JustOver,
                        unit,
                        FactKind.Signed,
                        threshold,
                        below,
                        over
                    );
            }
        }
    }

    /// <summary>1 just over the threshold, −1 just below, 0 elsewhere or in another currency.</summary>
    private static int SideOf(Money amount, Threshold threshold)
    {
        if (amount.Currency != threshold.Currency)
            return 0;
        var (value, limit) = (amount.Amount, threshold.Amount);
        var reaches = threshold.Comparator == Comparator.Gt ? value > limit : value >= limit;
        return Math.Abs(value - limit) > limit * NearThreshold ? 0
            : reaches ? 1
            : -1;
    }

    /// <summary>By unit the facts that were first recorded more than <see cref="LateAfterDays"/> days after they occurred, the latest first.</summary>
    /// <param name="first">The first row of each fact. Imported ones are left out by whoever asks: a register brings old facts by its nature.</param>
    public static IEnumerable<UnusualPattern> RecordedLate(IEnumerable<LedgerRow> first) =>
        from row in first
        where row.IsOfProject && row.Fact.Kind != FactKind.FixedInvestment
        let days = Shanghai.DateOf(row.RecordedAt).DayNumber - row.Fact.OccurredOn.DayNumber
        where days > LateAfterDays
        orderby days descending
        group row by row.Fact.LandingId into facts
        select new UnusualPattern(PatternKind.LateEntry, facts.Key, null, null, null, [.. facts]);
}
