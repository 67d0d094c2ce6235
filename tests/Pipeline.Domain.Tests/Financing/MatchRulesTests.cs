using Pipeline.Domain.Financing;
using Pipeline.Domain.Libraries;

namespace Pipeline.Domain.Tests.Financing;

/// <summary>Needs of financing and matches (R135).</summary>
public sealed class MatchRulesTests
{
    // The worked test of R135: 20 needs of 5.00亿, 6 got 1.35 → 30.00 % and 27.00 %.
    [Test]
    public void R135_rates_by_count_and_by_money()
    {
        var rates = new FinancingRates(20, 500_000_000m, 6, 135_000_000m);
        rates.ByCount.ShouldBe(0.30m);
        rates.ByMoney.ShouldBe(0.27m);
        new FinancingRates(0, 0, 0, 0).ByCount.ShouldBeNull();
        new FinancingRates(0, 0, 0, 0).ByMoney.ShouldBeNull();
    }

    [Test]
    public void R135_a_match_goes_step_by_step_to_money_or_out()
    {
        MatchRules.Next(MatchState.Proposed).ShouldBe([MatchState.Met, MatchState.Dropped]);
        MatchRules.Next(MatchState.Terms).ShouldBe([MatchState.Financed, MatchState.Dropped]);
        MatchRules.Next(MatchState.Financed).ShouldBeEmpty();
        MatchRules.MayAdvance(MatchState.Met, MatchState.Terms)!.Slug.ShouldBe("match-order");
        MatchRules.MayAdvance(MatchState.Met, MatchState.Proposed)!.Slug.ShouldBe("match-order");
        MatchRules.MayAdvance(MatchState.Dropped, MatchState.Met)!.Slug.ShouldBe("match-ended");
        MatchRules.MayAdvance(MatchState.Diligence, MatchState.Terms).ShouldBeNull();
    }

    // The last step on 05-04: 29 days later green, 30 yellow, 59 yellow, 60 red.
    [TestCase(MatchState.Met, "2026-06-02", Silence.Green)]
    [TestCase(MatchState.Met, "2026-06-03", Silence.Yellow)]
    [TestCase(MatchState.Met, "2026-07-02", Silence.Yellow)]
    [TestCase(MatchState.Met, "2026-07-03", Silence.Red)]
    [TestCase(MatchState.Financed, "2027-07-03", Silence.Green)]
    public void R135_silence_is_yellow_after_30_days_and_red_after_60(MatchState state, string today, Silence light) =>
        MatchRules.SilenceOn(state, new DateOnly(2026, 5, 4), DateOnly.Parse(today)).ShouldBe(light);

    [Test]
    public void R135_who_suits_a_need_is_told_with_reasons_and_what_is_unknown_is_neither()
    {
        var fund = Suitability.Of(FundStage.Growth, "氢能", 50_000_000m, [FundStage.Growth], "氢能", 100_000_000m);
        fund.Suits.ShouldBeTrue();
        fund.For.ShouldBe([SuitedBy.Stage, SuitedBy.Chain, SuitedBy.Size]);
        var small = Suitability.Of(FundStage.Growth, "氢能", 50_000_000m, [FundStage.Seed], "医药", 10_000_000m);
        small.Suits.ShouldBeFalse();
        small.Against.ShouldBe([SuitedBy.Stage, SuitedBy.Size]);
        small.Unknown.ShouldBe([SuitedBy.Chain]);
        Suitability.Of(null, null, null, [], null, null).Unknown.Count.ShouldBe(3);
    }
}
