using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Credit;

/// <summary>For what a unit is credited (R44).</summary>
public enum CreditRole
{
    FirstTalk,
    Landing,
    Finder,

    /// <summary>By an agreement for one project (R46).</summary>
    Agreement,
}

/// <summary>A unit's share of a fact, in basis points of the whole.</summary>
public sealed record UnitShare(string UnitId, CreditRole Role, int Bp);

/// <summary>An agreement of units for one project (R46), as far as credit goes.</summary>
/// <param name="Indicators">The indicators it is for; empty: all.</param>
/// <param name="Until">The last day on which it divides; null: works have not started, so its years have not begun.</param>
public sealed record AgreedShares(
    string Id,
    IReadOnlyList<(string UnitId, int Bp)> Shares,
    IReadOnlyList<string> Indicators,
    DateOnly? Until
);

/// <summary>Who is credited with which share of a fact (R42, R44, R46).</summary>
public static class CreditShares
{
    public const int Whole = 10_000;

    /// <summary>The shares of a fact for an indicator: its agreement's where one holds, else by the mode of the rule set it is pinned to. Nobody appears twice.</summary>
    public static IReadOnlyList<UnitShare> Of(
        CountedFact fact,
        string indicator,
        RuleSet rules,
        AgreedShares? agreement
    )
    {
        if (agreement is not null && (agreement.Indicators.Count == 0 || agreement.Indicators.Contains(indicator)))
            return agreement.Until is { } until && fact.OccurredOn > until
                ? [new UnitShare(fact.LandingId, CreditRole.Landing, Whole)]
                : [.. agreement.Shares.Select(share => new UnitShare(share.UnitId, CreditRole.Agreement, share.Bp))];

        var (mode, shares) = rules.CreditFor(indicator);
        var first = fact.FirstTalkId is { } talked && talked != fact.LandingId ? talked : null;
        var finder = fact.FinderId is { } found && found != fact.LandingId && found != fact.FirstTalkId ? found : null;
        switch (mode)
        {
            case CreditMode.FirstTalk:
                return first is null
                    ? [new UnitShare(fact.LandingId, CreditRole.Landing, Whole)]
                    : [new UnitShare(first, CreditRole.FirstTalk, Whole)];
            case CreditMode.Landing:
                return [new UnitShare(fact.LandingId, CreditRole.Landing, Whole)];
            case CreditMode.BothFull:
                var full = new List<UnitShare>();
                if (first is not null)
                    full.Add(new UnitShare(first, CreditRole.FirstTalk, Whole));
                full.Add(new UnitShare(fact.LandingId, CreditRole.Landing, Whole));

                // On top of both, not out of either.
                if (finder is not null)
                    full.Add(new UnitShare(finder, CreditRole.Finder, shares.Finder ?? Whole));
                return [.. full.Where(share => share.Bp > 0)];
            default:
                var found_ = finder is null ? 0 : shares.Finder ?? 0;
                var divided = new List<UnitShare>();
                if (first is null)
                {
                    divided.Add(new UnitShare(fact.LandingId, CreditRole.Landing, Whole - found_));
                }
                else
                {
                    divided.Add(new UnitShare(first, CreditRole.FirstTalk, shares.FirstTalk - found_));
                    divided.Add(new UnitShare(fact.LandingId, CreditRole.Landing, shares.Landing));
                }

                if (finder is not null)
                    divided.Add(new UnitShare(finder, CreditRole.Finder, found_));
                return [.. divided.Where(share => share.Bp > 0)];
        }
    }

    /// <summary>The parts of an amount in hundredths, in the order of the shares: each rounded down to a hundredth, the rest by largest remainder, a tie to the landing unit (R45). Shares that are no parts of one whole are taken each by itself.</summary>
    public static IReadOnlyList<long> Parts(long hundredths, IReadOnlyList<UnitShare> shares)
    {
        var sign = Math.Sign(hundredths);
        var amount = Int128.Abs(hundredths);
        var parts = shares.Select(share => (long)(amount * share.Bp / Whole)).ToArray();
        if (shares.Sum(share => share.Bp) == Whole)
        {
            var left = (long)amount - parts.Sum();
            foreach (
                var at in Enumerable
                    .Range(0, shares.Count)
                    .OrderByDescending(at => (long)(amount * shares[at].Bp % Whole))
                    .ThenByDescending(at => shares[at].Role == CreditRole.Landing)
                    .Take((int)left)
            )
                parts[at]++;
        }

        return [.. parts.Select(part => sign * part)];
    }
}
