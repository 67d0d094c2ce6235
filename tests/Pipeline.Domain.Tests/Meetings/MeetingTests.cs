using FsCheck.Fluent;
using Pipeline.Domain.Meetings;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Tests.Rules;

namespace Pipeline.Domain.Tests.Meetings;

/// <summary>Meetings, their agendas and decisions (R74).</summary>
public sealed class MeetingTests
{
    private static RuleSet Rules =>
        Given.Rules("2024") with
        {
            Coordination = [new Money(100_000_000m, "USD"), new Money(5_000_000_000m, "CNY")],
            Rates = [new YearlyRate(2024, "USD", 7.1217m), new YearlyRate(2024, "EUR", 7.7m)],
        };

    private static DateOnly D(string date) => DateOnly.Parse(date);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant);

    // R74's test, at the rates of 2024: EUR 93 000 000 × 7.7 ÷ 7.1217 = 100 551 834.5338…, EUR 92 000 000 → 99 470 632.0121….
    [TestCase(100_000_000, "USD", true, 100_000_000, "USD")]
    [TestCase(99_999_999.99, "USD", false, 99_999_999.99, "USD")]
    [TestCase(5_000_000_000d, "CNY", true, 5_000_000_000d, "CNY")]
    [TestCase(4_999_999_999.99, "CNY", false, 4_999_999_999.99, "CNY")]
    [TestCase(93_000_000, "EUR", true, 100_551_834.53, "USD")]
    [TestCase(92_000_000, "EUR", false, 99_470_632.01, "USD")]
    public void R74_projects_from_the_coordination_threshold_on_are_on_the_agenda(
        decimal amount,
        string currency,
        bool reaches,
        decimal measured,
        string measuredIn
    )
    {
        var total = new Money(amount, currency);
        Agenda.SizeOf(total, Rules, 2024).ShouldBe(new CoordinationSize(reaches, new Money(measured, measuredIn)));
        Agenda.Lists(Stage.Signed, total, Rules, 2024).ShouldBe(reaches);
    }

    [Test]
    public void R74_what_has_no_rate_cannot_be_held_below_the_threshold()
    {
        Agenda.SizeOf(new Money(1, "JPY"), Rules, 2024).ShouldBe(new CoordinationSize(true, null));
        var yuanAlone = Rules with { Coordination = [new Money(5_000_000_000m, "CNY")] };
        Agenda.SizeOf(new Money(1, "JPY"), yuanAlone, 2024).ShouldBe(new CoordinationSize(false, null));
    }

    [TestCase(Stage.InTalks, true)]
    [TestCase(Stage.Started, true)]
    [TestCase(Stage.InProduction, false, Description = "on none of the four lists any more")]
    [TestCase(Stage.Terminated, false)]
    [TestCase(null, false, Description = "not there yet at the cut-off")]
    public void R74_projects_are_on_the_agenda_by_list(Stage? stage, bool listed)
    {
        Agenda.Lists(stage, new Money(100_000_000m, "USD"), Rules, 2024).ShouldBe(listed);
        Agenda.Lists(stage, null, Rules, 2024).ShouldBeFalse();
    }

    [Property]
    public FsCheck.Property R74_the_least_total_by_currency_leaves_nothing_out_that_the_size_lets_in() =>
        Prop.ForAll(
            Gen.Choose(0, 2_000_000_000)
                .Select(hundredths => hundredths * 10m / 100m)
                .Zip(Gen.Elements("USD", "CNY", "EUR", "JPY"))
                .ToArbitrary(),
            drawn =>
                !Agenda.SizeOf(new Money(drawn.Item1, drawn.Item2), Rules, 2024).Reaches
                || Agenda.LeastIn(drawn.Item2, Rules, 2024) is not { } least
                || Math.Floor(least) <= drawn.Item1
        );

    // Due Wed 2024-10-09: five working days later is Tue 10-15 (Sat 10-12 is worked).
    [TestCase(ProblemStatus.Assigned, "2024-10-14", false)]
    [TestCase(ProblemStatus.Assigned, "2024-10-15", true)]
    [TestCase(ProblemStatus.Answered, "2024-10-30", true)]
    [TestCase(ProblemStatus.Closed, "2024-10-30", false)]
    public void R74_problems_five_working_days_past_due_are_on_the_agenda(
        ProblemStatus status,
        string day,
        bool listed
    ) =>
        Agenda
            .Lists(
                status,
                D("2024-10-09"),
                D(day),
                ProblemTimes.Default,
                new WorkCalendar([], [new DateOnly(2024, 10, 12)], [2024])
            )
            .ShouldBe(listed);

    [TestCase("2024-06-30T08:00:00Z", null, true)]
    [TestCase("2024-06-30T12:00:00Z", null, true, Description = "decided at the cut-off itself")]
    [TestCase("2024-06-30T12:00:01Z", null, false)]
    [TestCase("2024-06-01T08:00:00Z", "2024-06-30T12:00:00Z", false)]
    [TestCase("2024-06-01T08:00:00Z", "2024-06-30T12:00:01Z", true, Description = "done only afterwards")]
    public void R74_decisions_that_were_not_done_by_the_cut_off_are_on_the_agenda(
        string decidedAt,
        string? endedAt,
        bool listed
    ) => Agenda.Lists(At(decidedAt), endedAt is null ? null : At(endedAt), At("2024-06-30T12:00:00Z")).ShouldBe(listed);

    [Test]
    public void R74_facts_stand_as_they_stood_at_the_cut_off()
    {
        (DateTimeOffset, int)[] changes =
        [
            (At("2024-06-10T00:00:00Z"), 1),
            (At("2024-07-01T00:00:00Z"), 2),
            (At("2024-07-05T00:00:00Z"), 3),
        ];
        History.AsOf(4, changes, At("2024-06-01T00:00:00Z")).ShouldBe(1);
        History.AsOf(4, changes, At("2024-06-30T00:00:00Z")).ShouldBe(2);
        History.AsOf(4, changes, At("2024-07-01T00:00:00Z")).ShouldBe(3); // changed at the very instant: changed by then
        History.AsOf(4, changes, At("2024-07-05T00:00:00Z")).ShouldBe(4);
    }

    [Test]
    public void R74_months_without_a_meeting_and_more_than_a_fortnight_between_are_shown()
    {
        (MeetingKind, DateOnly)[] held =
        [
            (MeetingKind.Monthly, D("2024-03-20")),
            (MeetingKind.Monthly, D("2024-01-05")),
            (MeetingKind.Fortnightly, D("2024-04-01")),
            (MeetingKind.Fortnightly, D("2024-04-15")), // 14 days: in time
            (MeetingKind.Fortnightly, D("2024-04-30")), // 15 days
            (MeetingKind.Quarterly, D("2023-01-01")),
        ];
        MeetingRhythm
            .Gaps(held, D("2024-05-14"))
            .ShouldBe([
                new MeetingGap(MeetingKind.Monthly, D("2024-02-01"), D("2024-02-29")),
                new MeetingGap(MeetingKind.Monthly, D("2024-04-01"), D("2024-04-30")),
                new MeetingGap(MeetingKind.Fortnightly, D("2024-04-15"), D("2024-04-30")),
            ]);

        // A day later 15 days have gone by since the last one; May is not over yet.
        MeetingRhythm
            .Gaps(held, D("2024-05-15"))[^1]
            .ShouldBe(new MeetingGap(MeetingKind.Fortnightly, D("2024-04-30"), D("2024-05-15")));
        MeetingRhythm.Gaps(held, D("2024-05-31")).Count(gap => gap.Kind == MeetingKind.Monthly).ShouldBe(2);
        MeetingRhythm.Gaps(held, D("2024-06-01")).Count(gap => gap.Kind == MeetingKind.Monthly).ShouldBe(3);
        MeetingRhythm.Gaps([], D("2024-05-15")).ShouldBeEmpty();
    }

    [TestCase(MeetingStep.Edit, MeetingStatus.Planned, null)]
    [TestCase(MeetingStep.Edit, MeetingStatus.Issued, "agenda-issued")]
    [TestCase(MeetingStep.Edit, MeetingStatus.Minuted, "agenda-issued")]
    [TestCase(MeetingStep.Issue, MeetingStatus.Planned, null)]
    [TestCase(MeetingStep.Issue, MeetingStatus.Issued, "agenda-issued")]
    [TestCase(MeetingStep.Cancel, MeetingStatus.Issued, "agenda-issued")]
    [TestCase(MeetingStep.Minute, MeetingStatus.Planned, "agenda-not-issued")]
    [TestCase(MeetingStep.Minute, MeetingStatus.Issued, null)]
    [TestCase(MeetingStep.Minute, MeetingStatus.Minuted, null)]
    [TestCase(MeetingStep.Close, MeetingStatus.Planned, "agenda-not-issued")]
    [TestCase(MeetingStep.Close, MeetingStatus.Minuted, null)]
    [TestCase(MeetingStep.Minute, MeetingStatus.Closed, "meeting-ended")]
    [TestCase(MeetingStep.Edit, MeetingStatus.Cancelled, "meeting-ended")]
    public void R74_an_agenda_is_frozen_when_it_is_issued_and_minutes_follow(
        MeetingStep step,
        MeetingStatus status,
        string? refusal
    ) =>
        (MeetingRules.MayTake(step, status, At("2024-06-30T12:00:00Z"), At("2024-06-30T12:00:00Z"))?.Slug).ShouldBe(
            refusal
        );

    [Test]
    public void R74_an_agenda_is_not_issued_before_its_cut_off() =>
        MeetingRules
            .MayTake(
                MeetingStep.Issue,
                MeetingStatus.Planned,
                At("2024-06-30T12:00:00.001Z"),
                At("2024-06-30T12:00:00Z")
            )!
            .Slug.ShouldBe("cut-off-ahead");

    // Owner, then centre.
    [TestCase(ActionStep.Done, ActionStatus.Open, true, null, null)]
    [TestCase(ActionStep.Done, ActionStatus.Done, true, "action-done", "action-done")]
    [TestCase(ActionStep.Due, ActionStatus.Open, true, "forbidden", null)]
    [TestCase(ActionStep.Reopen, ActionStatus.Done, false, "forbidden", null)]
    [TestCase(ActionStep.Reopen, ActionStatus.Open, false, "forbidden", "action-open")]
    [TestCase(ActionStep.Reopen, ActionStatus.Withdrawn, true, "forbidden", "action-open")]
    [TestCase(ActionStep.Withdraw, ActionStatus.Open, true, "forbidden", null)]
    [TestCase(ActionStep.Withdraw, ActionStatus.Open, false, "forbidden", "meeting-ended")]
    public void R74_an_action_is_done_by_its_owner_and_the_rest_is_the_centres(
        ActionStep step,
        ActionStatus status,
        bool meetingOpen,
        string? owner,
        string? centre
    )
    {
        var action = new MeetingAction(status, meetingOpen);
        (ActionRules.MayTake(step, action, isOwner: true, isCentre: false)?.Slug).ShouldBe(owner);
        (ActionRules.MayTake(step, action, isOwner: false, isCentre: true)?.Slug).ShouldBe(centre);
        ActionRules.MayTake(step, action, isOwner: false, isCentre: false)!.Slug.ShouldBe("forbidden");
    }
}
