using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Assessment;

/// <summary>Whether what the units have, less what is counted twice, is what the city has (R47, regime §15.2). Each is counted on its own: the units from their figures, what is counted twice from the shares of every row, the city project by project.</summary>
/// <param name="Told">What the table tells of the city.</param>
public sealed record BooksBalance(string IndicatorId, decimal Units, decimal DoubleCounted, decimal City, decimal Told)
{
    public bool Holds => Units - DoubleCounted == City && City == Told;

    /// <summary>Counts again what a table says of its own period.</summary>
    /// <param name="rows">The rows that the table was made of.</param>
    /// <exception cref="ArgumentException">The indicator is a ratio: nothing adds up.</exception>
    public static BooksBalance Recount(
        FigureTable table,
        FigurePeriod period,
        IEnumerable<LedgerRow> rows,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
    {
        var definition = table.Definition;
        if (!definition.Adds)
            throw new ArgumentException($"Ratios do not add up: {definition.Id}", nameof(table));
        var indicator = definition.Compile().Whole;
        var isCount = definition.Aggregate == IndicatorAggregate.Count;
        var projects = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var twice = 0m;
        foreach (var row in rows.Where(period.Own.Takes))
        {
            var rules = book.ById(row.RuleSetId);
            if (indicator.Takes(row, rules) != Counts.Yes)
                continue;
            var worth =
                isCount ? row.Counted
                : indicator.Value(row.Fact, rules) is { } hundredths ? row.Sign * hundredths / 100m
                : 0m;
            projects[row.ProjectId] = projects.GetValueOrDefault(row.ProjectId) + worth;
            var shares = Crediting.SharesOf(row, indicator, rules, agreements).Sum(share => share.Bp);
            twice += worth * (shares - CreditShares.Whole) / CreditShares.Whole;
        }

        return new BooksBalance(
            definition.Id,
            table.Units.Values.Sum(cell => cell.Value ?? 0),
            twice,
            projects.Values.Sum(),
            table.City.Value ?? 0
        );
    }
}
