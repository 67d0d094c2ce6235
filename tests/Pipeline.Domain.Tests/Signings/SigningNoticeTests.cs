using Pipeline.Domain.Rules;
using Pipeline.Domain.Signings;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Signings;

/// <summary>Signing notices (R30–R33), by the rules' own examples.</summary>
public sealed class SigningNoticeTests
{
    private static readonly Money AtThreshold = new(1_000_000_000m, "CNY");

    private static FiledNotice Filed(string at, string planned = "2024-05-13", bool waived = false) =>
        new(Shanghai.DateOf(DateTimeOffset.Parse(at)), DateOnly.Parse(planned), waived);

    [TestCase("2024-05-06T23:30:00+08:00", "2024-05-13", null)]
    [TestCase("2024-05-06T16:30:00Z", "2024-05-13", "late-notice")] // 05-07 00:30 in the city: six days
    [TestCase("2024-05-06T10:00:00+08:00", "2024-05-12", "late-notice")] // signed before the planned day
    public void R32_the_day_of_the_signing_is_judged(string filedAt, string signedOn, string? flag) =>
        SigningNotices.FlagOf(Filed(filedAt), AtThreshold, DateOnly.Parse(signedOn), Given.Rules()).ShouldBe(flag);

    [Test]
    public void R32_without_a_notice_the_signing_is_marked_unless_it_is_below_the_threshold()
    {
        var on = new DateOnly(2024, 5, 13);
        SigningNotices.FlagOf(null, AtThreshold, on, Given.Rules()).ShouldBe("no-notice");
        SigningNotices.FlagOf(null, new Money(999_999_999.99m, "CNY"), on, Given.Rules()).ShouldBeNull();
        SigningNotices.FlagOf(null, null, on, Given.Rules()).ShouldBeNull();
        SigningNotices
            .FlagOf(Filed("2024-05-12T00:00:00Z", waived: true), AtThreshold, on, Given.Rules())
            .ShouldBeNull();
    }

    [TestCase(Comparator.Gte, "no-notice")]
    [TestCase(Comparator.Gt, null)]
    public void C18_a_threshold_says_on_which_side_its_own_value_falls(Comparator comparator, string? flag) =>
        SigningNotices
            .FlagOf(
                null,
                AtThreshold,
                new DateOnly(2024, 5, 13),
                Given.Rules() with
                {
                    NoticeThresholds = [new Threshold(1_000_000_000m, "CNY", comparator)],
                }
            )
            .ShouldBe(flag);

    [Test]
    public void R33_block_refuses_a_signing_without_a_notice_in_time()
    {
        var rules = Given.Rules() with { NoticeEnforcement = Enforcement.Block };
        var today = new DateOnly(2024, 5, 13);
        SigningNotices.Blocks(null, AtThreshold, today, rules).ShouldBeTrue();
        SigningNotices.Blocks(Filed("2024-05-06T02:00:00Z"), AtThreshold, today, rules).ShouldBeFalse();
        SigningNotices.Blocks(Filed("2024-05-07T02:00:00Z"), AtThreshold, today, rules).ShouldBeTrue();
        SigningNotices.Blocks(Filed("2024-05-07T02:00:00Z", waived: true), AtThreshold, today, rules).ShouldBeFalse();
        SigningNotices.Blocks(null, new Money(1m, "CNY"), today, rules).ShouldBeFalse();
        SigningNotices.Blocks(null, AtThreshold, today, Given.Rules()).ShouldBeFalse();
    }

    // Seven calendar days: filed 05-06 for 05-13 is in time, for 05-12 it is not.
    [TestCase("2024-05-13", true)]
    [TestCase("2024-05-12", false)]
    [TestCase("2024-06-06", true)]
    public void R30_a_notice_is_in_time_seven_days_ahead(string planned, bool timely) =>
        SigningNotices.IsTimely(new DateOnly(2024, 5, 6), DateOnly.Parse(planned), Given.Rules()).ShouldBe(timely);

    [TestCase("1000000000", "CNY", true)]
    [TestCase("999999999.99", "CNY", false)]
    [TestCase("100000000", "USD", true)]
    [TestCase("99999999.99", "USD", false)]
    public void R30_it_is_due_from_the_report_threshold_on(string amount, string currency, bool due) =>
        Given
            .Rules()
            .NeedsNotice(
                new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency),
                2024
            )
            .ShouldBe(due);

    [Test]
    public void R31_putting_off_keeps_the_day_of_filing_and_bringing_forward_files_anew()
    {
        var notice = new FiledNotice(new DateOnly(2024, 5, 1), new DateOnly(2024, 5, 20), false);
        var today = new DateOnly(2024, 5, 10);
        SigningNotices.FiledOnAfter(notice, new DateOnly(2024, 5, 30), today).ShouldBe(notice.FiledOn);
        SigningNotices.FiledOnAfter(notice, notice.PlannedOn, today).ShouldBe(notice.FiledOn);
        SigningNotices.FiledOnAfter(notice, new DateOnly(2024, 5, 19), today).ShouldBe(today);
    }
}
