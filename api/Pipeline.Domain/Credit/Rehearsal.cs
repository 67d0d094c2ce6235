using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Credit;

/// <summary>A figure by the rule set in force and by a draft.</summary>
public sealed record Rehearsed(Figure InForce, Figure Draft)
{
    /// <summary>What the draft would add to it, or take away.</summary>
    public Figure Difference => Draft.Minus(InForce);

    public bool Differs => InForce != Draft;
}

/// <summary>What one unit is credited for one row of the ledger by each of two rule sets; null where it is credited nothing.</summary>
public sealed record RehearsedRow(LedgerRow Row, string UnitId, CreditRow? InForce, CreditRow? Draft)
{
    /// <summary>Whether the two give the unit other figures for it, whatever they call its part.</summary>
    public bool Differs => (InForce?.Count, InForce?.Amount) != (Draft?.Count, Draft?.Amount);
}

/// <summary>What a draft would change of the credit under one indicator.</summary>
/// <param name="Units">Every unit that is credited with something by either.</param>
/// <param name="Undecided">Rows of which nobody can say whether they count, by each.</param>
public sealed record RehearsedIndicator(
    Indicator Indicator,
    CreditMode InForceMode,
    CreditMode DraftMode,
    IReadOnlyDictionary<string, Rehearsed> Units,
    Rehearsed SumOfUnits,
    Rehearsed City,
    Rehearsed DoubleCounted,
    (int InForce, int Draft) Undecided
)
{
    public bool Differs =>
        City.Differs || Undecided.InForce != Undecided.Draft || Units.Values.Any(unit => unit.Differs);
}

/// <summary>The rehearsal of a draft: the same facts, credited by the rule set in force and by the draft, whatever rule set they were credited by when they came about (§15.8). Nothing of it is kept.</summary>
public static class Rehearsal
{
    /// <summary>The figures of an indicator by both.</summary>
    /// <param name="rows">The rows of the ledger that count in the period.</param>
    public static RehearsedIndicator Of(
        IReadOnlyCollection<LedgerRow> rows,
        Indicator indicator,
        RuleSet inForce,
        RuleSet draft,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
    {
        var (now, then) = (Table(rows, indicator, inForce, agreements), Table(rows, indicator, draft, agreements));
        return new RehearsedIndicator(
            indicator,
            inForce.CreditFor(indicator.Id).Mode,
            draft.CreditFor(indicator.Id).Mode,
            now.Units.Keys.Union(then.Units.Keys)
                .ToDictionary(
                    unit => unit,
                    unit => new Rehearsed(
                        now.Units.GetValueOrDefault(unit, Figure.Zero),
                        then.Units.GetValueOrDefault(unit, Figure.Zero)
                    ),
                    StringComparer.Ordinal
                ),
            new Rehearsed(now.SumOfUnits, then.SumOfUnits),
            new Rehearsed(now.City, then.City),
            new Rehearsed(now.DoubleCounted, then.DoubleCounted),
            (now.Undecided, then.Undecided)
        );
    }

    /// <summary>The rows that make up the differences of an indicator, by unit, in the order of the ledger.</summary>
    public static IEnumerable<RehearsedRow> Rows(
        IEnumerable<LedgerRow> rows,
        Indicator indicator,
        RuleSet inForce,
        RuleSet draft,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
    {
        var (now, then) = (new RuleBook([inForce]), new RuleBook([draft]));
        foreach (var row in rows)
        {
            var before = Crediting.Of(Under(row, inForce), indicator, now, agreements);
            var after = Crediting.Of(Under(row, draft), indicator, then, agreements);
            foreach (
                var unit in before.Concat(after).Select(credit => credit.Share.UnitId).Distinct(StringComparer.Ordinal)
            )
            {
                var rehearsed = new RehearsedRow(
                    row,
                    unit,
                    before.FirstOrDefault(credit => credit.Share.UnitId == unit),
                    after.FirstOrDefault(credit => credit.Share.UnitId == unit)
                );
                if (rehearsed.Differs)
                    yield return rehearsed;
            }
        }
    }

    private static CreditTable Table(
        IEnumerable<LedgerRow> rows,
        Indicator indicator,
        RuleSet rules,
        IReadOnlyDictionary<string, AgreedShares> agreements
    ) => Crediting.Table(rows.Select(row => Under(row, rules)), indicator, new RuleBook([rules]), agreements);

    private static LedgerRow Under(LedgerRow row, RuleSet rules) => row with { RuleSetId = rules.Id };
}
