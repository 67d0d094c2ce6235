using Pipeline.Domain.Assessment;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>Completion, pace, landing rates, ranks and bars, by the figures that were published (R101–R104, R115, R116).</summary>
public sealed class AchievementTests
{
    /// <summary>A ratio as a table shows it: percent with two decimals, half away from zero.</summary>
    private static decimal? Percent(decimal? ratio, int decimals = 2) =>
        ratio is { } value ? Math.Round(value * 100, decimals, MidpointRounding.AwayFromZero) : null;

    // [S7], October: ten of twelve months are over. 1 005 136 ÷ 800 000 = 1.25642; − 0.83333… = 0.423087.
    [TestCase(1_005_136, 800_000, 125.64, 42.31)]
    [TestCase(176_031, 250_000, 70.41, -12.92)]
    [TestCase(412_678, 83_253, 495.69, 412.36)]
    public void R103_completion_and_pace_are_those_published(
        decimal actual,
        decimal target,
        decimal completion,
        decimal pace
    )
    {
        var c = Achievement.Completion(actual, target);
        Percent(c).ShouldBe(completion);
        Percent(Achievement.Pace(c, 10)).ShouldBe(pace);
    }

    // [S26] and Jiaxing 2024.
    [TestCase(40, 45, 88.9, 1)]
    [TestCase(99.68, 145, 68.7, 1)]
    [TestCase(26, 25, 104.00, 2)]
    [TestCase(51, 50, 102.00, 2)]
    [TestCase(101, 80, 126.25, 2)]
    [TestCase(21, 15, 140.00, 2)]
    public void R103_completions_of_other_cities_and_of_jiaxing(
        decimal actual,
        decimal target,
        decimal completion,
        int decimals
    ) => Percent(Achievement.Completion(actual, target), decimals).ShouldBe(completion);

    // [S7]: parts of 1 005 136; the third is what is left, 416 427.
    [Test]
    public void R103_shares_make_a_whole()
    {
        decimal[] parts = [412_678, 176_031, 1_005_136 - 412_678 - 176_031];
        decimal?[] shares = [.. parts.Select(part => Percent(Achievement.Share(part, 1_005_136)))];
        shares.ShouldBe([41.06m, 17.51m, 41.43m]);
        shares.Sum().ShouldBe(100m);
        (113 + 79 + 230).ShouldBe(422);
    }

    [Test]
    public void R103_without_a_target_nothing_is_told()
    {
        Achievement.Completion(5, null).ShouldBeNull();
        Achievement.Completion(5, 0).ShouldBeNull();
        Achievement.Completion(null, 5).ShouldBeNull();
        Achievement.Completion(0, 5).ShouldBe(0);
        Achievement.Pace(null, 10).ShouldBeNull();
        Achievement.YearOnYear(5, 0).ShouldBeNull();
        Achievement.YearOnYear(5, null).ShouldBeNull();
        Achievement.YearOnYear(12, 10).ShouldBe(0.2m);
        Achievement.YearOnYear(8, 10).ShouldBe(-0.2m);
    }

    [Test]
    public void R103_what_should_be_little_completes_the_other_way_round()
    {
        Achievement.Completion(8, 10, Direction.Down).ShouldBe(1.25m);
        Achievement.Completion(0, 10, Direction.Down).ShouldBeNull();
    }

    // [Z]: 500 in all, 400 in parks, 300 in incubators, none outside both.
    [Test]
    public void R101_parts_overlap_and_no_sum_is_made_of_them()
    {
        Achievement.InBoth(500, 400, 300).ShouldBe(200);
        Achievement.InBoth(500, 100, 300).ShouldBeNull(); // some are in neither: nobody knows
        Achievement.InBoth(500, 600, 300).ShouldBeNull();
    }

    // [S18]: 103 signed in the year, 75 of them landed by its end; over two years 85 signed and 77 landed.
    [Test]
    public void R104_a_cohort_and_a_period_are_two_views()
    {
        List<Landing> projects =
        [
            .. Enumerable
                .Range(0, 103)
                .Select(n => new Landing(
                    new DateOnly(2023, 6, 1),
                    n < 75 ? new DateOnly(2023, 12, 31)
                        : n < 80 ? new DateOnly(2024, 3, 1)
                        : null
                )),
        ];
        Percent(LandingRates.OfCohort(projects, 2023, new DateOnly(2023, 12, 31)), 1).ShouldBe(72.8m);
        Percent(LandingRates.OfPeriod(projects, 2023), 1).ShouldBe(72.8m);

        // Five more landed in the next year: the cohort's rate grows, the period's of 2024 has no signing to stand on.
        Percent(LandingRates.OfCohort(projects, 2023, new DateOnly(2024, 12, 31)), 1).ShouldBe(77.7m);
        LandingRates.OfPeriod(projects, 2024).ShouldBeNull();
        List<Landing> twoYears =
        [
            .. Enumerable
                .Range(0, 85)
                .Select(n => new Landing(new DateOnly(2022, 6, 1), n < 77 ? new DateOnly(2023, 12, 1) : null)),
        ];
        Percent(LandingRates.OfCohort(twoYears, 2022, new DateOnly(2023, 12, 31)), 1).ShouldBe(90.6m);
        LandingRates.OfCohort([], 2022, new DateOnly(2023, 12, 31)).ShouldBeNull();
    }

    [Test]
    public void R116_equal_values_share_a_place_and_the_next_comes_after_them()
    {
        Ranking.Of([90m, 92.4m, null, 88m, 90m]).ShouldBe([2, 1, null, 4, 2]);
        Ranking.Of([3m, 1m, 2m], Direction.Down).ShouldBe([3, 1, 2]);
        Ranking.Movement(4, 2).ShouldBe(2);
        Ranking.Movement(null, 2).ShouldBeNull();
    }

    // Weights 50/30/20: 0.31 + 0.24 + 0.20 = 0.75.
    [Test]
    public void R115_the_overall_completion_bars_and_a_single_one_warns()
    {
        var standing = Bars.Of([new(50, 0.62m), new(30, 0.80m), new(20, 1.30m)]);
        (standing.Overall, standing.NotExcellent).ShouldBe((0.75m, false));
        standing.Warnings.ShouldBe([0]);
        var barely = Bars.Of([new(100, 0.69996m)]);
        Percent(barely.Overall).ShouldBe(70.00m);
        barely.NotExcellent.ShouldBeTrue();
        Bars.Of([new(100, 0.70m)]).NotExcellent.ShouldBeFalse();
        Bars.Of([new(100, null)]).Overall.ShouldBeNull();
    }

    [Test]
    public void R115_two_years_running_call_for_a_talk()
    {
        YearStanding[] last = [new(2023, true, 1.1m), new(2024, true, 1.1m), new(2025, false, 0.9m)];
        Bars.CallsForTalk(last, 2024).ShouldBeTrue();
        Bars.CallsForTalk(last, 2025).ShouldBeFalse();
        Bars.CallsForTalk(last, 2023).ShouldBeFalse(); // nothing is known of the year before
        Bars.CallsForTalk([new(2023, false, 0.99m), new(2024, false, 0.5m)], 2024).ShouldBeTrue();
        Bars.CallsForTalk([new(2023, false, null), new(2024, false, 0.5m)], 2024).ShouldBeFalse();
    }
}
