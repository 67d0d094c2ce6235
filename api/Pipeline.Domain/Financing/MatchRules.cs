using Pipeline.Domain.Libraries;

namespace Pipeline.Domain.Financing;

/// <summary>What kind of money is needed (R135).</summary>
public enum NeedKind
{
    Equity,
    Loan,
    Bond,
    Lease,
    Other,
}

/// <summary>Where a match of a need and who may finance it stands (R135).</summary>
public enum MatchState
{
    Proposed,
    Met,
    Diligence,
    Terms,
    Financed,
    Dropped,
}

/// <summary>How long nothing was heard of a match.</summary>
public enum Silence
{
    Green,
    Yellow,
    Red,
}

/// <summary>Which library the other side of a match is in.</summary>
public enum PartyKind
{
    Institution,
    Fund,
}

/// <summary>What suggests an institution or a fund for a need.</summary>
public enum SuitedBy
{
    Stage,
    Chain,

    /// <summary>Of a fund: whether it is as large as the need.</summary>
    Size,
}

/// <summary>How a need and who may finance it suit, with reasons; it decides nothing.</summary>
/// <param name="Unknown">What nobody can say: neither for nor against.</param>
public sealed record Suitability(
    IReadOnlyList<SuitedBy> For,
    IReadOnlyList<SuitedBy> Against,
    IReadOnlyList<SuitedBy> Unknown
)
{
    public bool Suits => Against.Count == 0 && For.Count > 0;

    /// <param name="stages">At which stages it invests; empty: not stated.</param>
    /// <param name="size">Its size in yuan; null: not known.</param>
    public static Suitability Of(
        FundStage? needStage,
        string? needChain,
        decimal? needAmount,
        IReadOnlyList<FundStage> stages,
        string? chain,
        decimal? size
    )
    {
        var (good, bad, unknown) = (new List<SuitedBy>(), new List<SuitedBy>(), new List<SuitedBy>());
        void Judge(SuitedBy by, bool? holds) =>
            (
                holds is not { } known ? unknown
                : known ? good
                : bad
            ).Add(by);
        Judge(SuitedBy.Stage, needStage is not { } at || stages.Count == 0 ? null : stages.Contains(at));

        // Who names no chain, or another, may still finance it.
        Judge(
            SuitedBy.Chain,
            needChain is not null && string.Equals(needChain, chain, StringComparison.Ordinal) ? true : null
        );
        Judge(SuitedBy.Size, needAmount is null || size is null ? null : size >= needAmount);
        return new Suitability(good, bad, unknown);
    }
}

/// <summary>How many needs were financed, and how much (R135). A need that is financed twice counts once.</summary>
/// <param name="Amount">What was needed, in yuan.</param>
/// <param name="FinancedAmount">What was got, in yuan.</param>
public sealed record FinancingRates(int Needs, decimal Amount, int Financed, decimal FinancedAmount)
{
    /// <summary>Null: there is no need.</summary>
    public decimal? ByCount => Needs == 0 ? null : (decimal)Financed / Needs;

    /// <summary>Null: nothing was needed.</summary>
    public decimal? ByMoney => Amount == 0 ? null : FinancedAmount / Amount;
}

/// <summary>The way of a match from proposal to money (R135).</summary>
public static class MatchRules
{
    /// <summary>After so many days without a step it is yellow, then red *(design)*; the day itself counts.</summary>
    public const int YellowAfter = 30,
        RedAfter = 60;

    public static bool IsOpen(MatchState state) => state is not (MatchState.Financed or MatchState.Dropped);

    /// <summary>Where it can go: one step on, or out.</summary>
    public static IEnumerable<MatchState> Next(MatchState state) =>
        IsOpen(state) ? [state + 1, MatchState.Dropped] : [];

    /// <returns>Why it cannot go there; null when it can.</returns>
    public static Refusal? MayAdvance(MatchState from, MatchState to) =>
        Next(from).Contains(to) ? null
        : IsOpen(from) ? new Refusal(RefusalKind.Conflict, "match-order", from, to)
        : new Refusal(RefusalKind.Conflict, "match-ended", from);

    /// <summary>How long nothing was heard of it.</summary>
    public static Silence SilenceOn(MatchState state, DateOnly lastStep, DateOnly today)
    {
        var days = today.DayNumber - lastStep.DayNumber;
        return !IsOpen(state) || days < YellowAfter ? Silence.Green
            : days < RedAfter ? Silence.Yellow
            : Silence.Red;
    }
}
