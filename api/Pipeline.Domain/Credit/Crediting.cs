using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Credit;

/// <summary>What one unit is credited for one row of the ledger under one indicator.</summary>
/// <param name="Amount">Hundredths of the indicator's currency; null where the amount is not known.</param>
public sealed record CreditRow(LedgerRow Row, Indicator Indicator, UnitShare Share, CreditMode? Mode, long? Amount)
{
    /// <summary>Projects, in parts of a whole.</summary>
    public decimal Count => (decimal)Row.Counted * Share.Bp / CreditShares.Whole;
}

/// <summary>A count and an amount, and how many facts are left out of the amount because theirs is not known.</summary>
public sealed record Figure(decimal Count, long Amount, int Unknown)
{
    public static readonly Figure Zero = new(0, 0, 0);

    public Figure Plus(decimal count, long? amount, int sign) =>
        amount is { } known
            ? this with
            {
                Count = Count + count,
                Amount = Amount + known,
            }
            : this with
            {
                Count = Count + count,
                Unknown = Unknown + sign,
            };

    public Figure Minus(Figure other) => new(Count - other.Count, Amount - other.Amount, 0);
}

/// <summary>The credit of a period under one indicator (R42–R47).</summary>
/// <param name="Units">By unit.</param>
/// <param name="Projects">By project: what its units are credited, and what it is once.</param>
/// <param name="Undecided">Rows of which nobody can say whether they count.</param>
public sealed record CreditTable(
    IReadOnlyDictionary<string, Figure> Units,
    IReadOnlyDictionary<string, (Figure Credited, Figure Once)> Projects,
    Figure SumOfUnits,
    Figure City,
    int Undecided
)
{
    /// <summary>By how much the units together exceed the city, which counts each project once (R47).</summary>
    public Figure DoubleCounted => SumOfUnits.Minus(City);

    /// <summary>The projects that make it up.</summary>
    public IReadOnlyList<string> CountedTwice =>
        [
            .. Projects
                .Where(project =>
                    project.Value.Credited.Count != project.Value.Once.Count
                    || project.Value.Credited.Amount != project.Value.Once.Amount
                )
                .Select(project => project.Key)
                .Order(StringComparer.Ordinal),
        ];
}

/// <summary>Credit as a pure function of the ledger and the rule sets that its rows are pinned to.</summary>
public static class Crediting
{
    /// <summary>What a row is worth to whom under an indicator; nothing where it does not count.</summary>
    public static IReadOnlyList<CreditRow> Of(
        LedgerRow row,
        Indicator indicator,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
    {
        var rules = book.ById(row.RuleSetId);
        if (indicator.Takes(row, rules) != Counts.Yes)
            return [];
        var shares = SharesOf(row, indicator, rules, agreements);
        CreditMode? mode =
            shares.Any(share => share.Role == CreditRole.Agreement) ? null
            : indicator.ToLandingAlone ? CreditMode.Landing
            : rules.CreditFor(indicator.Id).Mode;
        var parts = indicator.Value(row.Fact, rules) is { } value ? CreditShares.Parts(row.Sign * value, shares) : null;
        return [.. shares.Select((share, at) => new CreditRow(row, indicator, share, mode, parts?[at]))];
    }

    /// <summary>Who has a part in a row under an indicator, whether or not it counts.</summary>
    public static IReadOnlyList<UnitShare> SharesOf(
        LedgerRow row,
        Indicator indicator,
        RuleSet rules,
        IReadOnlyDictionary<string, AgreedShares> agreements
    ) =>
        indicator.ToLandingAlone
            ? [new UnitShare(row.Fact.LandingId, CreditRole.Landing, CreditShares.Whole)]
            : CreditShares.Of(
                row.Fact,
                indicator.Id,
                rules,
                row.AgreementId is { } id ? agreements.GetValueOrDefault(id) : null
            );

    /// <summary>The table of some rows under an indicator.</summary>
    public static CreditTable Table(
        IEnumerable<LedgerRow> rows,
        Indicator indicator,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
    {
        var units = new Dictionary<string, Figure>(StringComparer.Ordinal);
        var projects = new Dictionary<string, (Figure Credited, Figure Once)>(StringComparer.Ordinal);
        var (sum, city, undecided) = (Figure.Zero, Figure.Zero, 0);
        foreach (var row in rows)
        {
            var rules = book.ById(row.RuleSetId);
            switch (indicator.Takes(row, rules))
            {
                case Counts.Unknown:
                    undecided += row.Sign;
                    continue;
                case Counts.No:
                    continue;
            }

            var value = indicator.Value(row.Fact, rules);
            var whole = value is { } known ? row.Sign * known : (long?)null;
            var (credited, once) = projects.GetValueOrDefault(row.ProjectId, (Figure.Zero, Figure.Zero));
            once = once.Plus(row.Counted, whole, row.Sign);
            city = city.Plus(row.Counted, whole, row.Sign);
            foreach (var credit in Of(row, indicator, book, agreements))
            {
                var unit = credit.Share.UnitId;
                units[unit] = units.GetValueOrDefault(unit, Figure.Zero).Plus(credit.Count, credit.Amount, row.Sign);
                credited = credited.Plus(credit.Count, credit.Amount, row.Sign);
                sum = sum.Plus(credit.Count, credit.Amount, row.Sign);
            }

            projects[row.ProjectId] = (credited, once);
        }

        return new CreditTable(units, projects, sum, city, undecided);
    }

    /// <summary>Σ manufacturing ÷ Σ all of capital paid in (R63), unrounded; null where nothing was paid in.</summary>
    public static decimal? ManufacturingShare(IEnumerable<LedgerRow> rows, RuleBook book)
    {
        var (manufacturing, all) = (0L, 0L);
        var indicator = Indicator.All["capital-paid-in"];
        foreach (var row in rows.Where(row => row.Fact.Kind == FactKind.Capital))
        {
            if (indicator.Value(row.Fact, book.ById(row.RuleSetId)) is not { } value)
                continue;
            all += row.Sign * value;
            manufacturing += row.Fact.Manufacturing ? row.Sign * value : 0;
        }

        return all == 0 ? null : (decimal)manufacturing / all;
    }
}
