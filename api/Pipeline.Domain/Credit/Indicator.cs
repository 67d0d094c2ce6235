using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Credit;

/// <summary>What an indicator adds up.</summary>
public enum Measure
{
    /// <summary>Projects, and what they are worth in yuan.</summary>
    Projects,

    /// <summary>Money in yuan.</summary>
    Cny,

    /// <summary>Money in dollars.</summary>
    Usd,
}

/// <summary>Whether a row of the ledger counts for an indicator.</summary>
public enum Counts
{
    No,
    Yes,

    /// <summary>Its amount, or the rate of its currency, is not known, so nobody can say.</summary>
    Unknown,
}

/// <summary>A built-in indicator that units are credited by (R100): which rows of the ledger it takes, and what of them it adds.</summary>
public sealed record Indicator
{
    private Indicator(string id, Measure measure) => (Id, Measure) = (id, measure);

    public string Id { get; }
    public Measure Measure { get; }

    /// <summary>The kind of its rows; null: the stage at which projects are credited, by the rule set of each row (R42, C16).</summary>
    public FactKind? Kind { get; private init; }

    /// <summary>The total investment from which a project counts; brackets nest (C6).</summary>
    public Money? From { get; private init; }
    private bool fortune500;
    private bool foreign;

    /// <summary>The indicators, by their ids.</summary>
    public static readonly IReadOnlyDictionary<string, Indicator> All = new[]
    {
        new Indicator("projects-signed", Measure.Projects) { Kind = FactKind.Signed },
        new Indicator("projects-registered", Measure.Projects) { Kind = FactKind.Registered },
        new Indicator("projects-started", Measure.Projects) { Kind = FactKind.Started },
        new Indicator("projects-in-production", Measure.Projects) { Kind = FactKind.InProduction },
        new Indicator("projects-usd-100m", Measure.Projects) { From = new Money(100_000_000m, "USD") },
        new Indicator("projects-1b", Measure.Projects) { From = new Money(1_000_000_000m, "CNY") },
        new Indicator("projects-5b", Measure.Projects) { From = new Money(5_000_000_000m, "CNY") },
        new Indicator("projects-10b", Measure.Projects) { From = new Money(10_000_000_000m, "CNY") },
        new Indicator("projects-fortune-500", Measure.Projects) { fortune500 = true },
        new Indicator("capital-paid-in", Measure.Cny) { Kind = FactKind.Capital },
        new Indicator("foreign-capital-used", Measure.Usd) { Kind = FactKind.Capital, foreign = true },
    }.ToDictionary(indicator => indicator.Id, StringComparer.Ordinal);

    /// <summary>The kinds of rows that may count for it.</summary>
    public IReadOnlyList<FactKind> Kinds =>
        Kind is { } one ? [one] : [FactKind.Signed, FactKind.Registered, FactKind.Started];

    /// <summary>Whether a row counts for it, under the rule set that the row is pinned to.</summary>
    public Counts Takes(CountedFact fact, RuleSet rules)
    {
        if (fact.Kind != (Kind ?? LedgerRow.KindOf(rules.CreditStage)))
            return Counts.No;
        if (fortune500 && !fact.InvestorFlags.Split(' ').Contains(nameof(fortune500)))
            return Counts.No;
        if (foreign && !fact.Foreign)
            return Counts.No;
        if (From is not { } limit)
            return Counts.Yes;
        return fact.Amount is not { } amount || rules.In(limit.Currency, amount, fact.OccurredOn) is not { } value
                ? Counts.Unknown
            : value >= limit.Amount ? Counts.Yes
            : Counts.No;
    }

    /// <summary>The amount of a row as the indicator adds it, in hundredths and unsigned; null where it is not known.</summary>
    public long? Value(CountedFact fact, RuleSet rules)
    {
        var currency = Measure == Measure.Usd ? "USD" : "CNY";
        return fact.Amount is { } amount && rules.In(currency, amount, fact.OccurredOn) is { } value
            ? new Money(Math.Round(value, 2, MidpointRounding.AwayFromZero), currency).Hundredths
            : null;
    }
}
