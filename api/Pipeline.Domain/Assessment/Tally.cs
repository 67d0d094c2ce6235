using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Assessment;

/// <summary>What rows of the ledger come to under an indicator, for one unit or the city.</summary>
/// <param name="Whole">What it counts; of a ratio what the part is held against.</param>
/// <param name="Part">Of a ratio the part.</param>
/// <param name="Undecided">Facts of which nobody can say whether they count.</param>
public sealed record Tally(Figure Whole, Figure Part, int Undecided)
{
    public static readonly Tally Nothing = new(Figure.Zero, Figure.Zero, 0);

    public bool IsNothing => this == Nothing;

    /// <summary>Facts that are left out of an amount because theirs, or a rate, is not known.</summary>
    public int Unknown => Whole.Unknown;

    /// <summary>The value; null where nothing is certain and something is not known, and of a ratio of nothing.</summary>
    public decimal? ValueOf(IndicatorDefinition definition) =>
        definition.Aggregate switch
        {
            IndicatorAggregate.Count => Whole.Count == 0 && Undecided > 0 ? null : Whole.Count,
            IndicatorAggregate.Sum => Whole.Amount == 0 && Undecided + Unknown > 0 ? null : Whole.Amount / 100m,
            _ => definition.PartBy == IndicatorAggregate.Sum
                ? Achievement.Share(Part.Amount, Whole.Amount)
                : Achievement.Share(Part.Count, Whole.Count),
        };
}

/// <summary>The tallies of some rows by unit, of the units together, and of the city, which has each project once (R47).</summary>
public sealed record Tallies(IReadOnlyDictionary<string, Tally> Units, Tally SumOfUnits, Tally City)
{
    public Tally Of(string unit) => Units.GetValueOrDefault(unit, Tally.Nothing);

    /// <summary>What one unit has of them, and nothing else.</summary>
    public Tallies Only(string unit) =>
        new(new Dictionary<string, Tally>(StringComparer.Ordinal) { [unit] = Of(unit) }, Of(unit), Of(unit));

    /// <summary>Counts rows under an indicator.</summary>
    /// <param name="rows">Those of the period.</param>
    /// <param name="cohort">Of a ratio by cohort all rows by which its projects may have come to the part, whenever.</param>
    public static Tallies Count(
        CountingIndicator indicator,
        IEnumerable<LedgerRow> rows,
        IEnumerable<LedgerRow> cohort,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
    {
        var arrived = indicator.Definition.View == RatioView.Cohort ? Arrived(indicator.Part!, cohort, book) : null;
        var count = new TallyCount();
        foreach (var row in rows)
            count.Add(indicator, row, book, agreements, arrived);
        return count.Told();
    }

    /// <summary>The projects that came to the part and did not go back.</summary>
    private static HashSet<string> Arrived(Indicator part, IEnumerable<LedgerRow> rows, RuleBook book) =>
        [
            .. rows.Where(row => part.Takes(row, book.ById(row.RuleSetId)) == Counts.Yes)
                .GroupBy(row => row.ProjectId)
                .Where(project => project.Sum(row => row.Sign) > 0)
                .Select(project => project.Key),
        ];
}

/// <summary>Tallies that are being counted.</summary>
public sealed class TallyCount
{
    private readonly Dictionary<string, Running> units = new(StringComparer.Ordinal);
    private readonly Running sum = new();
    private readonly Running city = new();

    /// <summary>What was counted so far; who was given nothing, or had all taken back, is left out.</summary>
    public Tallies Told()
    {
        var told = new Dictionary<string, Tally>(units.Count, StringComparer.Ordinal);
        foreach (var (unit, running) in units)
        {
            if (running.Told() is { IsNothing: false } tally)
                told.Add(unit, tally);
        }

        return new Tallies(told, sum.Told(), city.Told());
    }

    /// <summary>Counts what was counted elsewhere.</summary>
    public void Add(Tallies tallies)
    {
        foreach (var (unit, tally) in tallies.Units)
            Of(unit).Add(tally);
        sum.Add(tallies.SumOfUnits);
        city.Add(tallies.City);
    }

    /// <summary>Counts a row under an indicator; whether it may count.</summary>
    /// <param name="arrived">Of a ratio by cohort the projects that came to the part.</param>
    public bool Add(
        CountingIndicator indicator,
        LedgerRow row,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements,
        IReadOnlySet<string>? arrived = null
    )
    {
        var rules = book.ById(row.RuleSetId);
        var takes = indicator.Whole.Takes(row, rules);
        if (takes == Counts.No)
            return false;
        var shares = Crediting.SharesOf(row, indicator.Whole, rules, agreements);
        if (takes == Counts.Unknown)
        {
            foreach (var share in shares)
                Of(share.UnitId).Undecided += row.Sign;
            sum.Undecided += row.Sign * shares.Count;
            city.Undecided += row.Sign;
            return true;
        }

        var inPart =
            arrived is not null ? (arrived.Contains(row.ProjectId) ? Counts.Yes : Counts.No)
            : indicator.Part is { } part ? part.Takes(row, rules)
            : Counts.No;
        var value = indicator.Whole.Value(row.Fact, rules) is { } known ? row.Sign * known : (long?)null;
        var parts = value is { } amount ? CreditShares.Parts(amount, shares) : null;
        for (var at = 0; at < shares.Count; at++)
        {
            var count = (decimal)row.Counted * shares[at].Bp / CreditShares.Whole;
            Of(shares[at].UnitId).Add(count, parts?[at], row.Sign, inPart);
            sum.Add(count, parts?[at], row.Sign, inPart);
        }

        city.Add(row.Counted, value, row.Sign, inPart);
        return true;
    }

    private Running Of(string unit)
    {
        if (!units.TryGetValue(unit, out var running))
            units.Add(unit, running = new Running());
        return running;
    }

    /// <summary>A tally as it grows.</summary>
    private sealed class Running
    {
        private RunningFigure whole;
        private RunningFigure part;

        public int Undecided { get; set; }

        public void Add(decimal count, long? amount, int sign, Counts inPart)
        {
            whole.Add(count, amount, sign);
            if (inPart == Counts.Yes)
                part.Add(count, amount, sign);
            else if (inPart == Counts.Unknown)
                Undecided += sign;
        }

        public void Add(Tally tally)
        {
            whole.Add(tally.Whole);
            part.Add(tally.Part);
            Undecided += tally.Undecided;
        }

        public Tally Told() => new(whole.Told(), part.Told(), Undecided);
    }

    private struct RunningFigure
    {
        private decimal count;
        private long amount;
        private int unknown;

        public void Add(decimal count, long? amount, int sign)
        {
            this.count += count;
            if (amount is { } known)
                this.amount += known;
            else
                unknown += sign;
        }

        public void Add(Figure figure)
        {
            count += figure.Count;
            amount += figure.Amount;
            unknown += figure.Unknown;
        }

        public readonly Figure Told() =>
            count == 0 && amount == 0 && unknown == 0 ? Figure.Zero : new Figure(count, amount, unknown);
    }
}
