using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Assessment;

/// <summary>What the rows of the ledger come to under one indicator, summed by the month in which they are booked, the one to which they belong, and the one in which they occurred: figures of a year then read some hundred sums instead of all its rows.</summary>
/// <remarks>Only rows that say the same for ever are summed: not those under an agreement (its end depends on the start of works), and all as if no notice was late. Ratios by cohort have no sums.</remarks>
public sealed class LedgerSums(CountingIndicator indicator)
{
    // The days last asked for are kept: today's, and the same of the year before.
    private const int MostCuts = 6;

    private static readonly Dictionary<string, AgreedShares> NoAgreements = [];
    private readonly Dictionary<SumKey, Cell> cells = [];
    private readonly List<(DateOnly Until, Dictionary<SumKey, Cell> Cells)> cuts = [];

    /// <summary>Adds a row.</summary>
    public void Add(LedgerRow row, RuleBook book)
    {
        Add(cells, row, book);
        foreach (var cut in cuts.Where(cut => Splits(cut.Until, row)))
            Add(cut.Cells, row, book);
    }

    /// <summary>Whether a span ends within a month of which later facts are known, so that its first days have to be counted (<see cref="Cut"/>).</summary>
    public bool Lacks(FigureSpan span) =>
        cuts.All(cut => cut.Until != span.Until)
        && cells.Any(cell => span.Includes(cell.Key.Booked) && cell.Value.IsSplitBy(cell.Key, span.Until));

    /// <summary>Counts the days of a month up to one.</summary>
    /// <param name="rows">All rows that occurred in the month up to then, or more.</param>
    public void Cut(DateOnly until, IEnumerable<LedgerRow> rows, RuleBook book)
    {
        var days = new Dictionary<SumKey, Cell>();
        foreach (var row in rows.Where(row => Splits(until, row)))
            Add(days, row, book);
        cuts.Add((until, days));
        if (cuts.Count > MostCuts)
            cuts.RemoveAt(0);
    }

    /// <summary>The sums as they stand now; later rows do not change them.</summary>
    public SummedLedger Stand() =>
        new(
            [.. cells.Select(cell => cell.Value.Told(cell.Key))],
            cuts.ToDictionary(
                cut => cut.Until,
                cut => (IReadOnlyList<LedgerSum>)[.. cut.Cells.Select(cell => cell.Value.Told(cell.Key))]
            )
        );

    private void Add(Dictionary<SumKey, Cell> into, LedgerRow row, RuleBook book)
    {
        var day = DayOf(row);
        var key = new SumKey(row.Period, row.BelongsTo ?? row.Period, Periods.MonthOf(day));
        if (into.TryGetValue(key, out var cell))
            cell.Add(indicator, row, day, book);
        else if (new Cell() is var fresh && fresh.Add(indicator, row, day, book))
            into.Add(key, fresh);
    }

    private static bool Splits(DateOnly until, LedgerRow row) =>
        DayOf(row) is var day && day <= until && day.Month == until.Month && day.Year == until.Year;

    /// <summary>The day from which a row may count. Fixed investment is of its whole year.</summary>
    private static DateOnly DayOf(LedgerRow row) =>
        row.Fact.Kind == FactKind.FixedInvestment ? new DateOnly(row.Fact.OccurredOn.Year, 1, 1) : row.Fact.OccurredOn;

    private sealed class Cell
    {
        private readonly TallyCount count = new();
        private LedgerSum? told;
        private DateOnly last;

        public bool Add(CountingIndicator indicator, LedgerRow row, DateOnly day, RuleBook book)
        {
            if (!count.Add(indicator, row with { LateNotice = false }, book, NoAgreements))
                return false;
            (last, told) = (day > last ? day : last, null);
            return true;
        }

        public bool IsSplitBy(SumKey key, DateOnly until) => LedgerSum.IsSplitBy(key, last, until);

        public LedgerSum Told(SumKey key) => told ??= new LedgerSum(key, last, count.Told());
    }
}

/// <summary>By which months rows are summed.</summary>
public readonly record struct SumKey(string Booked, string BelongsTo, string Occurred);

/// <summary>What the rows of some months come to.</summary>
/// <param name="Last">The last day on which one of them occurred.</param>
public sealed record LedgerSum(SumKey Key, DateOnly Last, Tallies Tallies)
{
    /// <summary>Whether a day is in the month in which they occurred, and some occurred after it.</summary>
    public static bool IsSplitBy(SumKey key, DateOnly last, DateOnly until) =>
        key.Occurred == Periods.MonthOf(until) && last > until;
}

/// <summary>Sums of the ledger at one moment.</summary>
public sealed class SummedLedger(
    IReadOnlyList<LedgerSum> months,
    IReadOnlyDictionary<DateOnly, IReadOnlyList<LedgerSum>> cuts
)
{
    /// <summary>What comes to a span by the books; of adjustments alone or not (R107).</summary>
    /// <exception cref="InvalidOperationException">The first days of its last month were not counted.</exception>
    public Tallies Of(FigureSpan span, bool adjusting)
    {
        if (span.ByOccurrence)
            throw new InvalidOperationException("Sums are by the books.");
        bool Takes(LedgerSum sum) => span.Includes(sum.Key.Booked) && (!adjusting || !span.Includes(sum.Key.BelongsTo));
        var (until, count) = (Periods.MonthOf(span.Until), new TallyCount());
        var isSplit = false;
        foreach (var sum in months.Where(sum => Takes(sum) && string.CompareOrdinal(sum.Key.Occurred, until) <= 0))
        {
            if (LedgerSum.IsSplitBy(sum.Key, sum.Last, span.Until))
                isSplit = true;
            else
                count.Add(sum.Tallies);
        }

        if (!isSplit)
            return count.Told();
        if (!cuts.TryGetValue(span.Until, out var days))
            throw new InvalidOperationException($"The days up to {span.Until} were not counted.");

        // The months that the day does not split are whole, and already counted.
        var whole = months
            .Where(sum => !LedgerSum.IsSplitBy(sum.Key, sum.Last, span.Until))
            .Select(sum => sum.Key)
            .ToHashSet();
        foreach (var sum in days.Where(sum => Takes(sum) && !whole.Contains(sum.Key)))
            count.Add(sum.Tallies);
        return count.Told();
    }
}
