namespace Pipeline.Domain.Assessment;

/// <summary>How an item of a score model is scored (R111); the weight is the full mark. Marks are exact; whoever shows them rounds.</summary>
public static class ScoreMethods
{
    /// <summary>w · min(c, cap).</summary>
    public static decimal Linear(decimal weight, decimal completion, decimal cap = 1) =>
        weight * Math.Min(completion, cap);

    /// <summary>w · min(a·c₁ + (1 − a)·c₂, cap).</summary>
    /// <param name="first">The part of the first completion, 0 to 1.</param>
    public static decimal Mixed(
        decimal weight,
        decimal first,
        decimal completion1,
        decimal completion2,
        decimal cap = 1
    ) => weight * Math.Min((first * completion1) + ((1 - first) * completion2), cap);

    /// <summary>Efficacy coefficient (功效系数法) within the group: w · [(x − min) ÷ (max − min) · 40 + 60] ÷ 100; where all are equal, w.</summary>
    /// <param name="group">The values of the whole group, <paramref name="value"/> among them.</param>
    public static decimal Efficacy(
        decimal weight,
        decimal value,
        IReadOnlyCollection<decimal> group,
        Direction direction = Direction.Up
    )
    {
        var (least, most) = (group.Min(), group.Max());
        if (least == most)
            return weight;
        var way = direction == Direction.Up ? value - least : most - value;
        return weight * ((way / (most - least) * 40) + 60) / 100;
    }

    /// <summary>w · x ÷ the best of the group; 0 where the best is 0.</summary>
    public static decimal Relative(decimal weight, decimal value, IReadOnlyCollection<decimal> group) =>
        group.Max() is var most and > 0 ? weight * value / most : 0;

    /// <summary>max(0, w − d · Σ missing).</summary>
    /// <param name="each">What is taken off for each that is missing.</param>
    public static decimal Shortfall(decimal weight, decimal each, IEnumerable<decimal> missing) =>
        Math.Max(0, weight - (each * missing.Sum()));

    /// <summary>max(0, w − Σ nᵢ·dᵢ).</summary>
    /// <param name="faults">How often, and what each time takes off.</param>
    public static decimal Deduct(decimal weight, IEnumerable<(decimal Times, decimal Each)> faults) =>
        Math.Max(0, weight - faults.Sum(fault => fault.Times * fault.Each));

    /// <summary>Σ nᵢ·mᵢ, at most w: so many marks for each that was reached.</summary>
    public static decimal Points(decimal weight, IEnumerable<(decimal Number, decimal Each)> reached) =>
        Math.Min(weight, reached.Sum(one => one.Number * one.Each));

    /// <summary>The share of w of the highest step that is reached; 0 below the lowest.</summary>
    /// <param name="steps">From which completion on, and the share it earns.</param>
    public static decimal Steps(decimal weight, decimal completion, IEnumerable<(decimal From, decimal Share)> steps) =>
        weight * steps.Where(step => completion >= step.From).Select(step => step.Share).DefaultIfEmpty(0).Max();

    /// <summary>The total of a model: items, bonuses and deductions, not below zero (R112).</summary>
    public static decimal Total(IEnumerable<decimal> items, decimal bonuses = 0, decimal deductions = 0) =>
        Math.Max(0, items.Sum() + bonuses - deductions);

    /// <summary>What a score gives in an outer assessment that takes it at a weight (R113).</summary>
    public static decimal Outer(decimal score, decimal weight) => score * weight;
}

/// <summary>Bonus for large projects (R112): each earns its highest bracket only, if the year's fixed investment is large enough, and all together no more than the cap.</summary>
/// <param name="Brackets">From which total on, and its points.</param>
/// <param name="LeastInvested">The least share of the total that the year's fixed investment must be.</param>
public sealed record ProjectBonus(
    IReadOnlyList<(decimal From, decimal Points)> Brackets,
    decimal LeastInvested,
    decimal Cap
)
{
    /// <summary>What one project earns.</summary>
    /// <param name="invested">The year's fixed investment, in the currency of the total.</param>
    public decimal Of(decimal total, decimal invested) =>
        total > 0 && invested / total >= LeastInvested
            ? Brackets.Where(bracket => total >= bracket.From).Select(bracket => bracket.Points).DefaultIfEmpty(0).Max()
            : 0;

    /// <summary>What several earn together.</summary>
    public decimal OfAll(IEnumerable<(decimal Total, decimal Invested)> projects) =>
        Math.Min(Cap, projects.Sum(project => Of(project.Total, project.Invested)));
}
