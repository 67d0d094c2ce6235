using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Assessment;

/// <summary>Rows of the ledger as indicators count them. When more come, only those are counted: the rest is known.</summary>
public sealed class LedgerCount
{
    private readonly RuleBook book;
    private readonly IReadOnlyDictionary<string, AgreedShares> agreements;
    private readonly LedgerCount? earlier;
    private readonly IReadOnlyList<LedgerRow> added;
    private readonly Dictionary<(string Indicator, int? Bracket, FigureSpan Span, bool Adjusting), Tallies> known = [];

    /// <param name="rows">All rows that may count, from the beginning of the year before on.</param>
    public LedgerCount(
        IReadOnlyList<LedgerRow> rows,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
        : this(rows, book, agreements, null, rows) { }

    private LedgerCount(
        IReadOnlyList<LedgerRow> rows,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements,
        LedgerCount? earlier,
        IReadOnlyList<LedgerRow> added
    ) => (Rows, this.book, this.agreements, this.earlier, this.added) = (rows, book, agreements, earlier, added);

    public IReadOnlyList<LedgerRow> Rows { get; }

    /// <summary>The same with rows that have come since.</summary>
    /// <param name="rules">The rule sets, and <paramref name="agreed"/>, the agreements, by which they count.</param>
    public LedgerCount With(
        IReadOnlyList<LedgerRow> more,
        RuleBook rules,
        IReadOnlyDictionary<string, AgreedShares> agreed
    ) => new([.. Rows, .. more], rules, agreed, this, more);

    /// <summary>What comes to an indicator (no bracket), or to one of its brackets, in a span; of adjustments alone or not.</summary>
    /// <param name="cohort">Of a ratio by cohort all rows by which its projects may have come to the part, whenever.</param>
    public Tallies Of(
        CountingIndicator indicator,
        int? bracket,
        FigureSpan span,
        bool adjusting,
        IEnumerable<LedgerRow> cohort
    )
    {
        // A project of a cohort comes to the part by rows of any time, so that all are counted each time.
        if (indicator.Definition.View == RatioView.Cohort)
            return Count(Rows);
        var key = (indicator.Definition.Id, bracket, span, adjusting);
        if (known.TryGetValue(key, out var tallies))
            return tallies;
        tallies = Count(added);
        if (earlier is not null)
        {
            var both = new TallyCount();
            both.Add(earlier.Of(indicator, bracket, span, adjusting, cohort));
            both.Add(tallies);
            tallies = both.Told();
        }

        known.Add(key, tallies);
        return tallies;

        Tallies Count(IEnumerable<LedgerRow> rows) =>
            Tallies.Count(
                bracket is { } at ? indicator.OfBracket(at) : indicator,
                rows.Where(row => span.Takes(row) && (!adjusting || span.IsAdjusting(row))),
                cohort,
                book,
                agreements
            );
    }
}
