using System.Globalization;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Assessment;

/// <summary>A period of figures: a month, a quarter, a year or its 13th period, and the day up to which it is told.</summary>
/// <param name="Text"><c>YYYY-MM</c>, <c>YYYY-Qn</c>, <c>YYYY</c> or <c>YYYY-13</c>.</param>
/// <param name="AsOf">What occurred after this day is left out (R110).</param>
/// <param name="ByOccurrence">Whether facts are taken by the day on which they occurred, as between two clocks; else by the month in which they are booked (R107).</param>
public sealed record FigurePeriod(string Text, DateOnly AsOf, bool ByOccurrence)
{
    private (string First, string Last) Bounds { get; } =
        Periods.Booked(Text) ?? throw new ArgumentException($"No period: {Text}", nameof(Text));

    public int Year => int.Parse(Text.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <summary>The period itself.</summary>
    public FigureSpan Own => new(Bounds.First, Bounds.Last, AsOf, ByOccurrence);

    /// <summary>From the beginning of the year to the end of the period.</summary>
    public FigureSpan ToDate => Own with { First = $"{Text[..4]}-01" };

    /// <summary>The same part of the year before: up to the same day where the period is not over.</summary>
    public FigureSpan YearBefore
    {
        get
        {
            var end = EndOf(Bounds.Last);
            var (first, last) = (Before(Bounds.First), Before(Bounds.Last));
            return new FigureSpan(first, last, AsOf >= end ? EndOf(last) : AsOf.AddYears(-1), ByOccurrence);
        }
    }

    /// <summary>The months of the year that are over, up to the end of the period: what pace is held against (R103).</summary>
    public int MonthsOver
    {
        get
        {
            var last = LastDay.Month;
            if (AsOf.Year != Year)
                return AsOf.Year > Year ? last : 0;
            var over = AsOf.AddDays(1).Month == AsOf.Month ? AsOf.Month - 1 : AsOf.Month;
            return Math.Min(last, over);
        }
    }

    /// <summary>Its last day by the calendar.</summary>
    public DateOnly LastDay => EndOf(Bounds.Last);

    /// <summary>A period as it stands when its last day is over, by the books: what is closed.</summary>
    public static FigurePeriod Over(string text)
    {
        var open = new FigurePeriod(text, DateOnly.MinValue, ByOccurrence: false);
        return open with { AsOf = open.LastDay };
    }

    private static string Before(string month) =>
        $"{int.Parse(month.AsSpan(0, 4), CultureInfo.InvariantCulture) - 1:0000}{month[4..]}";

    private static DateOnly EndOf(string month) =>
        DateOnly
            .ParseExact($"{Periods.CalendarMonth(month)}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .AddMonths(1)
            .AddDays(-1);
}

/// <summary>A run of months, up to a day.</summary>
public sealed record FigureSpan(string First, string Last, DateOnly Until, bool ByOccurrence)
{
    /// <summary>The months of it by the calendar, in their order; a 13th period has none.</summary>
    public IEnumerable<string> Months
    {
        get
        {
            if (Periods.IsThirteenth(First))
                yield break;
            for (
                var month = DateOnly.ParseExact($"{First}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
                string.CompareOrdinal(Periods.MonthOf(month), Last) <= 0;
                month = month.AddMonths(1)
            )
                yield return Periods.MonthOf(month);
        }
    }

    /// <summary>Whether a row falls into it. Fixed investment is of its whole year.</summary>
    public bool Takes(LedgerRow row) =>
        Includes(ByOccurrence ? Periods.MonthOf(row.Fact.OccurredOn) : row.Period)
        && (
            row.Fact.Kind == FactKind.FixedInvestment
                ? row.Fact.OccurredOn.Year <= Until.Year
                : row.Fact.OccurredOn <= Until
        );

    /// <summary>Whether a row that falls into it belongs to a time outside (R107).</summary>
    public bool IsAdjusting(LedgerRow row) =>
        !ByOccurrence && row.BelongsTo is { } month && Includes(row.Period) && !Includes(month);

    /// <summary>Whether what is booked in a month falls into it.</summary>
    internal bool Includes(string month) =>
        string.CompareOrdinal(First, month) <= 0 && string.CompareOrdinal(month, Last) <= 0;
}

/// <summary>A value that was stated of a unit or the city, for a period.</summary>
/// <param name="UnitId">Null: the city.</param>
public sealed record StatedValue(string IndicatorId, string? UnitId, string Period, decimal Value);

/// <summary>A target in force (R102).</summary>
/// <param name="UnitId">Null: the city.</param>
public sealed record Target(string IndicatorId, string? UnitId, decimal Value, bool Binding, long Version);

/// <summary>One figure: of a unit, or of the city, in a period. What is not known is null, never 0.</summary>
/// <param name="Value">What the period comes to, adjustments included.</param>
/// <param name="Cumulative">The year to the end of the period; completion is held against it.</param>
/// <param name="Adjusting">What of the value belongs to another period (R107).</param>
/// <param name="Unknown">Facts left out of an amount as theirs is not known; months that nobody stated.</param>
/// <param name="Undecided">Facts of which nobody can say whether they count.</param>
public sealed record FigureCell(
    decimal? Value,
    decimal? Cumulative,
    Target? Target,
    decimal? Completion,
    decimal? Pace,
    decimal? Previous,
    decimal? YearOnYear,
    decimal? Adjusting,
    int Unknown,
    int Undecided
)
{
    /// <summary>The same of the year to the end of the period: what is left out or undecided, or was not stated.</summary>
    public int UncertainToDate { get; init; }
}

/// <summary>The figures of an indicator in a period.</summary>
/// <param name="DoubleCounted">By how much the units together exceed the city; null of ratios, and where either is not known.</param>
public sealed record FigureTable(
    IndicatorDefinition Definition,
    IReadOnlyDictionary<string, FigureCell> Units,
    FigureCell City,
    decimal? DoubleCounted
)
{
    /// <summary>Beside the whole, by its brackets, what the period comes to; never added (R101).</summary>
    public IReadOnlyList<(Threshold Limit, Tallies Tallies)> Brackets { get; init; } = [];

    /// <summary>The figures of units and city from the ledger.</summary>
    /// <param name="units">The units that are to have a figure; others have one where they are credited with something.</param>
    public static FigureTable FromLedger(
        CountingIndicator indicator,
        FigurePeriod period,
        LedgerCount ledger,
        IEnumerable<string> units,
        IReadOnlyCollection<Target> targets
    )
    {
        var cohort = ledger.Rows.Where(row => row.Fact.OccurredOn <= period.AsOf);
        return FromTallies(
            indicator,
            period,
            (bracket, span, adjusting) => ledger.Of(indicator, bracket, span, adjusting, cohort),
            units,
            targets
        );
    }

    /// <summary>The figures of units and city from what their facts come to.</summary>
    /// <param name="count">What comes to the indicator (null), or to one of its brackets, in a span; of adjustments alone or not.</param>
    public static FigureTable FromTallies(
        CountingIndicator indicator,
        FigurePeriod period,
        Func<int?, FigureSpan, bool, Tallies> count,
        IEnumerable<string> units,
        IReadOnlyCollection<Target> targets
    )
    {
        var definition = indicator.Definition;
        Tallies Count(FigureSpan span) => count(null, span, false);
        var (own, toDate, before) = (Count(period.Own), Count(period.ToDate), Count(period.YearBefore));
        var adjusting = definition.Adds ? count(null, period.Own, true) : null;
        FigureCell Cell(string? unit, Func<Tallies, Tally> of) =>
            CellOf(
                definition,
                period,
                of(own).ValueOf(definition),
                of(toDate).ValueOf(definition),
                of(before).ValueOf(definition),
                adjusting is null ? null : of(adjusting).ValueOf(definition),
                of(own).Unknown,
                of(own).Undecided,
                TargetOf(targets, definition.Id, unit)
            ) with
            {
                UncertainToDate = of(toDate).Unknown + of(toDate).Undecided,
            };
        return new FigureTable(
            definition,
            units
                .Concat(own.Units.Keys)
                .Concat(toDate.Units.Keys)
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(unit => unit, unit => Cell(unit, tallies => tallies.Of(unit)), StringComparer.Ordinal),
            Cell(null, tallies => tallies.City),
            definition.Adds ? own.SumOfUnits.ValueOf(definition) - own.City.ValueOf(definition) : null
        )
        {
            Brackets = [.. indicator.Brackets.Select((bracket, at) => (bracket.Limit, count(at, period.Own, false)))],
        };
    }

    /// <summary>The figures of units and city from what was stated: of the period itself, else of its months together.</summary>
    public static FigureTable FromStated(
        IndicatorDefinition definition,
        FigurePeriod period,
        IReadOnlyCollection<StatedValue> stated,
        IEnumerable<string> units,
        IReadOnlyCollection<Target> targets
    )
    {
        var ofIndicator = stated.Where(value => value.IndicatorId == definition.Id).ToList();
        var listed = units
            .Concat(ofIndicator.Select(value => value.UnitId).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .ToList();

        // Something is expected of who has a target, or stated anything; of the city also where it is of a unit.
        bool IsExpected(string? unit) =>
            ofIndicator.Any(value => value.UnitId == unit) || TargetOf(targets, definition.Id, unit) is not null;
        var expected = listed.Where(IsExpected).ToList();

        // The city's own where it was stated, else what the units come to.
        (decimal? Value, int Unstated) Of(string? unit, FigureSpan span, string? text)
        {
            var known = StatedIn(definition, ofIndicator, unit, span, text);
            if (unit is not null || known.Value is not null || !definition.Adds)
                return known;
            var each = expected.Select(one => StatedIn(definition, ofIndicator, one, span, text)).ToList();
            return each.Count == 0
                ? known
                : (
                    each.All(one => one.Value is null) ? null : each.Sum(one => one.Value ?? 0),
                    each.Sum(one => one.Unstated)
                );
        }

        FigureCell Cell(string? unit)
        {
            var own = Of(unit, period.Own, period.Text);
            var toDate = period.Text.Length == 4 || !definition.Adds ? own : Of(unit, period.ToDate, null);
            return CellOf(
                definition,
                period,
                own.Value,
                toDate.Value,
                Of(unit, period.YearBefore, BeforeText(period)).Value,
                null,
                IsExpected(unit) || (unit is null && expected.Count > 0) ? own.Unstated : 0,
                0,
                TargetOf(targets, definition.Id, unit)
            ) with
            {
                UncertainToDate = unit is null || expected.Contains(unit) ? toDate.Unstated : 0,
            };
        }

        var cells = listed.ToDictionary(unit => unit, unit => Cell(unit), StringComparer.Ordinal);
        var city = Cell(null);
        return new FigureTable(
            definition,
            cells,
            city,
            definition.Adds && cells.Values.Any(cell => cell.Value is not null)
                ? cells.Values.Sum(cell => cell.Value ?? 0) - city.Value
                : null
        );
    }

    /// <summary>The places of some units by completion (R116); who has no target has none (R103).</summary>
    public IReadOnlyDictionary<string, int?> RanksOf(IReadOnlyList<string> group) =>
        group
            .Zip(Ranking.Of([.. group.Select(unit => Units.GetValueOrDefault(unit)?.Completion)]))
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    private static string BeforeText(FigurePeriod period) => $"{period.Year - 1:0000}{period.Text[4..]}";

    private static (decimal? Value, int Unstated) StatedIn(
        IndicatorDefinition definition,
        List<StatedValue> stated,
        string? unit,
        FigureSpan span,
        string? text
    )
    {
        var own = stated.Where(value => value.UnitId == unit).ToList();
        if (text is not null && own.FirstOrDefault(value => value.Period == text) is { } exact)
            return (exact.Value, 0);
        if (!definition.Adds)
            return (null, 0);
        var months = span
            .Months.Where(month => string.CompareOrdinal(month, Periods.MonthOf(span.Until)) <= 0)
            .ToList();
        var known = own.Where(value => months.Contains(value.Period)).ToList();
        return (known.Count == 0 ? null : known.Sum(value => value.Value), months.Count - known.Count);
    }

    private static Target? TargetOf(IReadOnlyCollection<Target> targets, string indicator, string? unit) =>
        targets.FirstOrDefault(target => target.IndicatorId == indicator && target.UnitId == unit);

    private static FigureCell CellOf(
        IndicatorDefinition definition,
        FigurePeriod period,
        decimal? value,
        decimal? cumulative,
        decimal? previous,
        decimal? adjusting,
        int unknown,
        int undecided,
        Target? target
    )
    {
        var completion = Achievement.Completion(cumulative, target?.Value, definition.Direction);
        return new FigureCell(
            value,
            cumulative,
            target,
            completion,
            Achievement.Pace(completion, period.MonthsOver),
            previous,
            Achievement.YearOnYear(value, previous),
            adjusting,
            unknown,
            undecided
        );
    }
}
