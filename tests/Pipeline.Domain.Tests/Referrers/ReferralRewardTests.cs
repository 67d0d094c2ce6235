using Pipeline.Domain.Claims;
using Pipeline.Domain.Referrers;

namespace Pipeline.Domain.Tests.Referrers;

/// <summary>The rewards of R136, by the worked examples of the rule.</summary>
public sealed class ReferralRewardTests
{
    private static ReferralScheme Scheme(
        BandMode mode,
        decimal? cap,
        params (decimal? UpTo, decimal PerMille)[] bands
    ) =>
        new(
            RewardBase.FixedInvestment,
            mode,
            [.. bands.Select(band => new RewardBand(band.UpTo, band.PerMille))],
            cap,
            IsoDuration.Parse("P1Y")
        );

    private static readonly ReferralScheme Marginal = Scheme(
            BandMode.Marginal,
            1_000_000m,
            (10_000_000m, 3m),
            (100_000_000m, 4m),
            (null, 5m)
        ),
        Whole = Scheme(BandMode.Whole, null, (10_000_000m, 3m), (20_000_000m, 3.2m), (30_000_000m, 3.6m), (null, 4m)),
        Flat = Scheme(BandMode.Marginal, 3_000_000m, (null, 7m));

    // 150 m: 10 m · 3 ‰ = 30 000, 90 m · 4 ‰ = 360 000, 50 m · 5 ‰ = 250 000; in all 640 000.
    [Test]
    public void Marginal_bands_take_each_part_at_its_own_rate()
    {
        var reward = ReferralReward.Of(Marginal, 150_000_000m);
        reward.Steps.Select(step => step.Reward).ShouldBe([30_000m, 360_000m, 250_000m]);
        (reward.Reward, reward.Capped).ShouldBe((640_000m, false));
    }

    // 300 m: 30 000 + 360 000 + 200 m · 5 ‰ = 1 390 000, cut to 1 000 000.
    [Test]
    public void A_cap_is_the_most_that_one_project_brings()
    {
        var reward = ReferralReward.Of(Marginal, 300_000_000m);
        (reward.BeforeCap, reward.Reward, reward.Capped).ShouldBe((1_390_000m, 1_000_000m, true));
    }

    // 25 m is in the band up to 30 m: 3.6 ‰ = 90 000. 20 000 001 · 3.6 ‰ = 72 000.0036 → 72 000.00. 20 000 000 is still 3.2 ‰ = 64 000.
    [TestCase(25_000_000, 90_000)]
    [TestCase(20_000_001, 72_000)]
    [TestCase(20_000_000, 64_000)]
    [TestCase(40_000_000, 160_000)]
    public void Whole_bands_take_all_of_it_at_the_rate_of_the_band(decimal amount, decimal expected)
    {
        var reward = ReferralReward.Of(Whole, amount);
        reward.Reward.ShouldBe(expected);
        reward.Steps.Count.ShouldBe(1);
    }

    // 0.7 % of 500 m = 3 500 000, cut to 3 000 000; of 100 m 700 000.
    [TestCase(500_000_000, 3_000_000)]
    [TestCase(100_000_000, 700_000)]
    [TestCase(0, 0)]
    public void A_flat_rate_is_one_band(decimal amount, decimal expected) =>
        ReferralReward.Of(Flat, amount).Reward.ShouldBe(expected);

    [Test]
    public void A_scheme_needs_ascending_bands_of_which_the_last_is_open()
    {
        Marginal.Fault().ShouldBeNull();
        Scheme(BandMode.Whole, null).Fault().ShouldBe("bands");
        Scheme(BandMode.Whole, null, (10m, 3m)).Fault().ShouldBe("bands-open");
        Scheme(BandMode.Whole, null, (10m, 3m), (5m, 4m), (null, 5m)).Fault().ShouldBe("bands-ascending");
        Scheme(BandMode.Whole, null, (null, 1001m)).Fault().ShouldBe("per-mille");
        Scheme(BandMode.Whole, 0m, (null, 1m)).Fault().ShouldBe("amount-positive");
    }

    [TestCase("宁波极光电池有限公司", true)]
    [TestCase("宁波极光电池股份有限公司", true)]
    [TestCase("赵先生", false)]
    public void An_investor_is_no_referrer(string name, bool isInvestor) =>
        ReferrerRules.IsInvestor(name, ["宁波极光电池有限公司"]).ShouldBe(isInvestor);
}
