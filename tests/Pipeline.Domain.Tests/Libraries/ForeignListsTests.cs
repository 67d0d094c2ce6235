using Pipeline.Domain.Libraries;

namespace Pipeline.Domain.Tests.Libraries;

/// <summary>R131 and R138, by the worked examples of the rules.</summary>
public sealed class ForeignListsTests
{
    private static readonly DateOnly Day = new(2026, 5, 31);

    private static ForeignFacts Facts(
        int monthsAgo,
        decimal? total = null,
        decimal? contracted = null,
        decimal? paid = null,
        decimal? profit = null
    ) => new(Day.AddMonths(-monthsAgo), total, contracted, paid, profit);

    // Contract 50 m, 14 months, paid 9 m = 18 % → on; + 5 m = 28 % → off, reason met.
    [Test]
    public void R138_what_is_not_paid_in_after_twelve_months_is_listed_until_a_quarter_is()
    {
        var (before, now) = (
            Facts(14, contracted: 50_000_000m, paid: 9_000_000m),
            Facts(14, contracted: 50_000_000m, paid: 14_000_000m)
        );
        ForeignLists.PaidInShare(before).ShouldBe(0.18m);
        ForeignLists.Judge(ForeignList.PaidIn, before, Day).ShouldBe(ListStanding.On);
        ForeignLists.PaidInShare(now).ShouldBe(0.28m);
        ForeignLists.Judge(ForeignList.PaidIn, now, Day).ShouldBe(ListStanding.Off);
        ForeignLists.WhyLeft(ForeignList.PaidIn, before, now, Day).ShouldBe(LeftList.Met);
    }

    // 25 % exactly is not below 25 %; eleven months are not twelve; what is not known is neither.
    [TestCase(14, 12_500_000, ListStanding.Off)]
    [TestCase(11, 0, ListStanding.Off)]
    [TestCase(12, 0, ListStanding.On)]
    public void R138_limits(int months, decimal paid, ListStanding expected) =>
        ForeignLists
            .Judge(ForeignList.PaidIn, Facts(months, contracted: 50_000_000m, paid: paid), Day)
            .ShouldBe(expected);

    [Test]
    public void R138_what_nobody_knows_puts_nobody_on_a_list_nor_off_it()
    {
        ForeignLists.Judge(ForeignList.PaidIn, Facts(14, contracted: 1m), Day).ShouldBe(ListStanding.Unknown);
        ForeignLists
            .Judge(ForeignList.PaidIn, Facts(3), Day)
            .ShouldBe(ListStanding.Off, "it is too young whatever was paid");
        ForeignLists.Judge(ForeignList.Profit, Facts(3), Day).ShouldBe(ListStanding.Unknown);
        ForeignLists.Judge(ForeignList.New, Facts(3), Day).ShouldBe(ListStanding.Unknown);
        ForeignLists
            .Judge(ForeignList.New, new ForeignFacts(null, 29_999_999.99m, null, null, null), Day)
            .ShouldBe(ListStanding.Off, "it is too small whenever it was registered");
    }

    [TestCase(24, 30_000_000, ListStanding.On)]
    [TestCase(25, 30_000_000, ListStanding.Off)]
    [TestCase(1, 29_999_999, ListStanding.Off)]
    public void R138_new_ones_of_thirty_million_stay_two_years(int months, decimal total, ListStanding expected) =>
        ForeignLists.Judge(ForeignList.New, Facts(months, total), Day).ShouldBe(expected);

    [TestCase(5_000_000, ListStanding.On)]
    [TestCase(4_999_999, ListStanding.Off)]
    public void R138_undistributed_profit_of_five_million(decimal profit, ListStanding expected) =>
        ForeignLists.Judge(ForeignList.Profit, Facts(1, profit: profit), Day).ShouldBe(expected);

    // R131: city 2.0亿, k 1.5 → 3.0 due; 2.4 → 80.00 %.
    [Test]
    public void R131_return_investment_is_held_against_the_multiple_of_what_the_city_paid_in()
    {
        ReturnInvestment
            .Of(200_000_000m, 1.5m, 240_000_000m)
            .ShouldBe(new ReturnInvestment(300_000_000m, 240_000_000m, 0.8m));
        ReturnInvestment.Of(null, 1.5m, 1m).Share.ShouldBeNull();
        ReturnInvestment.Of(0m, 1.5m, 1m).Share.ShouldBeNull("nothing is due");
    }
}
