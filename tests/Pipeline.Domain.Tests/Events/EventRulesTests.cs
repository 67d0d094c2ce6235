using Pipeline.Domain.Events;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Events;

/// <summary>Events and what comes of them (R134).</summary>
public sealed class EventRulesTests
{
    // Monday 2026-05-04, weeks only: ten working days later is Monday 05-18.
    [Test]
    public void R134_a_result_is_assigned_within_ten_working_days() =>
        EventRules.AssignBy(new DateOnly(2026, 5, 4), WorkCalendar.WeeksOnly).ShouldBe(new DateOnly(2026, 5, 18));

    [TestCase("2026-05-19", false, EventStatus.Planned)]
    [TestCase("2026-05-20", false, EventStatus.Held)]
    [TestCase("2026-05-21", true, EventStatus.Cancelled)]
    public void R134_an_event_is_held_from_its_last_day_on(string today, bool cancelled, EventStatus status) =>
        EventRules.StatusOn(DateOnly.Parse(today), new DateOnly(2026, 5, 20), cancelled).ShouldBe(status);

    [Test]
    public void R134_a_result_goes_as_its_project_goes_and_by_hand_without_one()
    {
        EventRules.OutcomeOf(Stage.InTalks, false, null).ShouldBe(ResultOutcome.Open);
        EventRules.OutcomeOf(Stage.Registered, true, null).ShouldBe(ResultOutcome.Landed);
        EventRules.OutcomeOf(Stage.Terminated, false, null).ShouldBe(ResultOutcome.Dropped);
        EventRules.OutcomeOf(null, null, ResultOutcome.Landed).ShouldBe(ResultOutcome.Landed);
        EventRules.MayClose(ResultOutcome.Open, hasProject: false).ShouldBeNull();
        EventRules.MayClose(ResultOutcome.Open, hasProject: true)!.Slug.ShouldBe("result-follows-project");
        EventRules.MayClose(ResultOutcome.Dropped, hasProject: false)!.Slug.ShouldBe("result-closed");
    }
}
