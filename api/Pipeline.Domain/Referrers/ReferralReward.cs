using Pipeline.Domain.Claims;

namespace Pipeline.Domain.Referrers;

/// <summary>What the reward of a referrer is measured by.</summary>
public enum RewardBase
{
    FixedInvestment,
    PaidIn,
}

/// <summary>How the bands of a reward take the amount.</summary>
public enum BandMode
{
    /// <summary>Each part of the amount at the rate of its band.</summary>
    Marginal,

    /// <summary>The whole amount at the rate of the band it falls in.</summary>
    Whole,
}

/// <summary>A band of a reward: up to an amount, that included; the last one has no end.</summary>
/// <param name="UpTo">In yuan; null: without end.</param>
/// <param name="PerMille">Thousandths of the amount.</param>
public sealed record RewardBand(decimal? UpTo, decimal PerMille);

/// <summary>By what referrers are rewarded (R136): computed here, never paid here. A flat rate is one band without end.</summary>
/// <param name="Cap">The most that one project brings, in yuan; null: no limit.</param>
/// <param name="ClaimWithin">How long after production a reward may be claimed.</param>
public sealed record ReferralScheme(
    RewardBase Base,
    BandMode Mode,
    IReadOnlyList<RewardBand> Bands,
    decimal? Cap,
    IsoDuration ClaimWithin
)
{
    /// <summary>What is wrong with it; null: it can be computed by.</summary>
    public string? Fault() =>
        Bands is not { Count: > 0 and <= 10 } ? "bands"
        : Bands[^1].UpTo is not null || Bands.SkipLast(1).Any(band => band.UpTo is null or <= 0) ? "bands-open"
        : Bands.Zip(Bands.Skip(1)).Any(pair => pair.Second.UpTo <= pair.First.UpTo) ? "bands-ascending"
        : Bands.Any(band => band.PerMille is < 0 or > 1000) ? "per-mille"
        : Cap is <= 0 ? "amount-positive"
        : null;
}

/// <summary>One step of a computed reward: so much of the amount, at that rate.</summary>
/// <param name="Part">Of the amount, in yuan.</param>
/// <param name="Reward">Unrounded.</param>
public sealed record RewardStep(decimal From, decimal? UpTo, decimal Part, decimal PerMille, decimal Reward);

/// <summary>What a referrer is due, step by step.</summary>
/// <param name="BeforeCap">Unrounded.</param>
/// <param name="Capped">Whether the cap took something.</param>
/// <param name="Reward">In yuan, to the fen, half up.</param>
public sealed record ReferralReward(IReadOnlyList<RewardStep> Steps, decimal BeforeCap, bool Capped, decimal Reward)
{
    /// <summary>The reward for an amount, by a scheme without fault.</summary>
    public static ReferralReward Of(ReferralScheme scheme, decimal amount)
    {
        var steps = new List<RewardStep>();
        var from = 0m;
        foreach (var band in scheme.Bands)
        {
            var isIn = scheme.Mode == BandMode.Marginal ? amount > from : amount <= (band.UpTo ?? amount);
            if (isIn)
            {
                var part = scheme.Mode == BandMode.Whole ? amount : Math.Min(amount, band.UpTo ?? amount) - from;
                steps.Add(new RewardStep(from, band.UpTo, part, band.PerMille, part * band.PerMille / 1000m));
                if (scheme.Mode == BandMode.Whole)
                    break;
            }

            from = band.UpTo ?? from;
        }

        var sum = steps.Sum(step => step.Reward);
        var capped = scheme.Cap is { } cap && sum > cap;
        return new ReferralReward(
            steps,
            sum,
            capped,
            Math.Round(capped ? scheme.Cap!.Value : sum, 2, MidpointRounding.AwayFromZero)
        );
    }
}
