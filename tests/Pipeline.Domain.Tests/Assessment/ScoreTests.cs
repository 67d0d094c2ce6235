using Pipeline.Domain.Assessment;
using static Pipeline.Domain.Assessment.ScoreMethods;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>Methods of scoring, by the published examples (R111–R113).</summary>
public sealed class ScoreTests
{
    private const decimal Half = 0.5m;

    // Test 1, published [S8]: six items of half a mark each.
    [Test]
    public void R111_test_1_two_units_score_as_published()
    {
        decimal[] first =
        [
            Linear(Half, 0.96m),
            Linear(Half, 1.2m, 1.2m),
            Mixed(Half, 0.5m, 28m / 27m, 177.7m / 54m),
            Shortfall(Half, 0.1m, [0]),
            Points(Half, [(0, 0.2m), (1, 0.2m), (1, 0.1m)]),
            Deduct(Half, [(1, 0.1m)]),
        ];
        first.ShouldBe([0.48m, 0.60m, 0.50m, 0.50m, 0.30m, 0.40m]);

        // (1.0370… + 3.2907…) ÷ 2 = 2.1639, above the cap of 1.
        Math.Round(Mixed(1, 0.5m, 28m / 27m, 177.7m / 54m, 9), 4).ShouldBe(2.1639m);
        decimal[] second = [0.45m, 0.60m, 0.50m, 0.50m, 0.50m, 0.40m];
        (Total(first), Total(second)).ShouldBe((2.78m, 2.95m));
        Ranking.Of([Total(first), Total(second)]).ShouldBe([2, 1]);
    }

    // Test 2: (320 − 200) ÷ 300 · 40 + 60 = 76.
    [Test]
    public void R111_test_2_efficacy_within_the_group()
    {
        decimal[] group = [500, 320, 200];
        group.Select(value => Efficacy(30, value, group)).ShouldBe([30.00m, 22.80m, 18.00m]);
        decimal[] equal = [7, 7, 7];
        equal.Select(value => Efficacy(30, value, equal)).ShouldBe([30m, 30m, 30m]);

        // Where little is good the least has the full mark.
        Efficacy(30, 200, group, Direction.Down).ShouldBe(30m);
    }

    // Test 3 [S10], in 亿: 0.7 ÷ 12 = 5.83 %, 2.0 ÷ 55 = 3.64 %, 3.0 ÷ 60 = 5.00 %.
    [Test]
    public void R112_test_3_a_project_earns_its_highest_bracket_if_enough_was_invested()
    {
        var bonus = new ProjectBonus([(10, 4), (50, 8)], 0.05m, 10);
        (bonus.Of(12, 0.7m), bonus.Of(55, 2.0m), bonus.Of(60, 3.0m)).ShouldBe((4m, 0m, 8m));
        bonus.OfAll([(12, 0.7m), (55, 2.0m), (60, 3.0m)]).ShouldBe(10m);
        (bonus.Of(9.99m, 5), bonus.Of(10, 0.5m), bonus.Of(0, 0)).ShouldBe((0m, 4m, 0m));
    }

    // Test 4 [S10]. Five sixths have no end in decimals: marks are held as they are shown, to two.
    [Test]
    public void R111_test_4_shares_of_the_weight()
    {
        Math.Round(Linear(30, 5m / 6m), 2).ShouldBe(25m);
        Linear(20, 4.2m / 6.0m).ShouldBe(14m);
        Linear(20, 4m / 5m).ShouldBe(16m);
        Mixed(1, 0.7m, 90, 80, 100).ShouldBe(87m);
    }

    // Test 5: 45 of the best 60; steps of [S32].
    [Test]
    public void R111_test_5_relative_and_steps()
    {
        Relative(20, 45, [60, 45, 10]).ShouldBe(15.00m);
        Relative(20, 0, [0, 0]).ShouldBe(0m);
        (decimal, decimal)[] steps = [(1m, 1m), (0.8m, 0.75m), (0.5m, 0.5m)];
        (Steps(10, 0.83m, steps), Steps(10, 0.499m, steps), Steps(10, 1.2m, steps), Steps(10, 0.5m, steps)).ShouldBe(
            (7.50m, 0m, 10m, 5m)
        );
    }

    [Test]
    public void R111_nothing_falls_below_zero()
    {
        Shortfall(1, 0.6m, [1, 1]).ShouldBe(0m);
        Deduct(1, [(3, 0.5m)]).ShouldBe(0m);
        Total([1m], 0, 2).ShouldBe(0m);
    }

    [Test]
    public void R113_a_score_counts_in_outer_assessments_by_its_weight()
    {
        Outer(92.40m, 0.15m).ShouldBe(13.86m);
        Outer(92.40m, 0.10m).ShouldBe(9.24m);
    }
}
