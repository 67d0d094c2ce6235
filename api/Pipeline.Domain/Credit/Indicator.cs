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

/// <summary>What units are credited by (R100): which rows of the ledger it takes, what of them it adds, and to whom.</summary>
/// <param name="Filter">The rows that count.</param>
public sealed record Indicator(string Id, Measure Measure, FactFilter Filter)
{
    /// <summary>Whether all goes to the unit where the project landed, whatever the credit mode.</summary>
    public bool ToLandingAlone { get; init; }

    /// <summary>The built-in indicators that have a credit mode of their own, by their ids.</summary>
    public static readonly IReadOnlyDictionary<string, Indicator> All = new[]
    {
        BuiltIn("projects-signed", Measure.Projects, "kind = signed"),
        BuiltIn("projects-registered", Measure.Projects, "kind = registered"),
        BuiltIn("projects-started", Measure.Projects, "kind = started"),
        BuiltIn("projects-in-production", Measure.Projects, "kind = in-production"),
        BuiltIn("projects-usd-100m", Measure.Projects, "kind = landed and amount >= 100000000 USD"),
        BuiltIn("projects-1b", Measure.Projects, "kind = landed and amount >= 10亿 CNY"),
        BuiltIn("projects-5b", Measure.Projects, "kind = landed and amount >= 50亿 CNY"),
        BuiltIn("projects-10b", Measure.Projects, "kind = landed and amount >= 100亿 CNY"),
        BuiltIn("projects-fortune-500", Measure.Projects, "kind = landed and fortune500"),
        BuiltIn("capital-paid-in", Measure.Cny, "kind = capital"),
        BuiltIn("foreign-capital-used", Measure.Usd, "kind = capital and foreign"),
    }.ToDictionary(indicator => indicator.Id, StringComparer.Ordinal);

    /// <summary>The kinds of rows that may count for it.</summary>
    public IReadOnlyList<FactKind> Kinds { get; } = Filter.Kinds;

    /// <summary>Whether a row counts for it, under the rule set that the row is pinned to.</summary>
    public Counts Takes(LedgerRow row, RuleSet rules) => Filter.Takes(row, rules);

    /// <summary>The currency in which its amounts are.</summary>
    public string Currency => Measure == Measure.Usd ? "USD" : "CNY";

    /// <summary>The amount of a row as the indicator adds it, in hundredths and unsigned; null where it is not known.</summary>
    public long? Value(CountedFact fact, RuleSet rules) =>
        fact.Amount is { } amount && rules.In(Currency, amount, fact.OccurredOn) is { } value
            ? new Money(Math.Round(value, 2, MidpointRounding.AwayFromZero), Currency).Hundredths
            : null;

    private static Indicator BuiltIn(string id, Measure measure, string filter) =>
        new(id, measure, FactFilter.Known(filter));
}
