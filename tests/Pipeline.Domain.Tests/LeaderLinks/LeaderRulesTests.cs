using Pipeline.Domain.LeaderLinks;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Signings;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.LeaderLinks;

/// <summary>Leader links (R80–R83): from 5亿 on, before production.</summary>
public sealed class LeaderRulesTests
{
    private static LinkableProject Project(decimal amount, Stage stage = Stage.InTalks, bool landed = false) =>
        new(stage, new Money(amount, "CNY"), landed);

    [TestCase(499_999_999.99, Stage.InTalks, false)]
    [TestCase(500_000_000, Stage.InTalks, true)]
    [TestCase(500_000_000, Stage.Started, true)]
    [TestCase(500_000_000, Stage.InProduction, false)]
    [TestCase(500_000_000, Stage.Terminated, false)]
    public void R80_eligible_from_the_threshold_on_and_before_production(decimal amount, Stage stage, bool eligible) =>
        LeaderRules.IsEligible(Project(amount, stage), Given.Rules(), 2024).ShouldBe(eligible);

    [Test]
    public void R80_what_is_not_known_is_not_eligible() =>
        LeaderRules.IsEligible(new LinkableProject(Stage.Signed, null, false), Given.Rules(), 2024).ShouldBeFalse();

    [TestCase(2_000_000_000, "city")]
    [TestCase(1_999_999_999.99, "county")]
    [TestCase(500_000_000, "county")]
    [TestCase(499_999_999.99, null)]
    public void R80_the_tier_says_whose_it_is(decimal amount, string? level) =>
        LeaderRules.LevelOf(new Money(amount, "CNY"), Given.Rules(), 2024).ShouldBe(level);

    [TestCase("2024-05-31", "2024-05-31", "2024-06-01")]
    [TestCase("2024-05-01", "2024-05-31", "2024-06-01")]
    [TestCase("2024-12-31", "2024-12-31", "2025-01-01")]
    [TestCase("2024-05-31", "2024-06-01", null)]
    [TestCase("2023-05-31", "2024-05-01", null)]
    [TestCase(null, "2024-05-01", null)]
    public void R81_at_most_one_batch_a_month(string? last, string today, string? from) =>
        LeaderRules
            .NextIssueOn(last is null ? null : DateOnly.Parse(last), DateOnly.Parse(today))
            .ShouldBe(from is null ? null : DateOnly.Parse(from));

    [Test]
    public void R82_what_facts_say_must_be_so()
    {
        bool May(LinkEnd reason, LinkableProject project) => LeaderRules.MayClose(reason, project, Given.Rules(), 2024);
        May(LinkEnd.Landed, Project(600_000_000m)).ShouldBeFalse();
        May(LinkEnd.Landed, Project(600_000_000m, Stage.Registered, landed: true)).ShouldBeTrue();
        May(LinkEnd.Terminated, Project(600_000_000m)).ShouldBeFalse();
        May(LinkEnd.Terminated, Project(600_000_000m, Stage.Terminated)).ShouldBeTrue();
        May(LinkEnd.BelowThreshold, Project(500_000_000m)).ShouldBeFalse();
        May(LinkEnd.BelowThreshold, Project(499_999_999.99m)).ShouldBeTrue();
        May(LinkEnd.BelowThreshold, new LinkableProject(Stage.InTalks, null, false)).ShouldBeFalse();
        May(LinkEnd.WeakIntent, Project(600_000_000m)).ShouldBeTrue();
        May(LinkEnd.LeaderLeft, Project(600_000_000m)).ShouldBeTrue();
        May(LinkEnd.Replaced, Project(600_000_000m)).ShouldBeFalse();
    }

    [Test]
    public void R82_landing_rate_40_ever_linked_15_landed_is_37_50_percent()
    {
        LeaderRules.LandingRate(15, 40).ShouldBe(0.375m);
        LeaderRules.LandingRate(0, 0).ShouldBeNull();
    }

    [TestCase("2024-05-31", null, "2024-07-31")]
    [TestCase("2024-12-31", null, "2025-02-28")]
    [TestCase("2024-05-31", "2024-06-10", "2024-08-10")]
    [TestCase("2024-05-31", "2024-05-01", "2024-07-31")] // a contact before the link is none of the link's
    public void R83_two_months_after_the_last_contact_or_the_link(string since, string? contact, string due) =>
        LeaderRules
            .ContactDueOn(DateOnly.Parse(since), contact is null ? null : DateOnly.Parse(contact), Given.Rules())
            .ShouldBe(DateOnly.Parse(due));

    [TestCase("2026-05-18", "2026-05-11")]
    [TestCase("2026-03-01", "2026-02-22")]
    public void R30_the_last_day_to_file_is_the_seventh_before_the_planned_one(string planned, string by)
    {
        var rules = Given.Rules();
        var day = SigningNotices.FileBy(DateOnly.Parse(planned), new Money(1_000_000_000m, "CNY"), rules);
        day.ShouldBe(DateOnly.Parse(by));
        SigningNotices.IsTimely(day!.Value, DateOnly.Parse(planned), rules).ShouldBeTrue();
        SigningNotices.IsTimely(day.Value.AddDays(1), DateOnly.Parse(planned), rules).ShouldBeFalse();
        SigningNotices
            .FileBy(DateOnly.Parse(planned), new Money(999_999_999.99m, "CNY"), rules)
            .ShouldBeNull("below the threshold none is needed");
    }

    [Test]
    public void R30_a_period_of_months_ends_on_the_last_day_that_is_in_time()
    {
        // 2026-01-31 + 1 month = 02-28, as are 01-28, 29 and 30: the last of them is the last day.
        var rules = Given.Rules() with { NoticePeriod = IsoDuration.Parse("P1M") };
        SigningNotices
            .FileBy(new DateOnly(2026, 2, 28), new Money(1_000_000_000m, "CNY"), rules)
            .ShouldBe(new DateOnly(2026, 1, 31));
    }
}
