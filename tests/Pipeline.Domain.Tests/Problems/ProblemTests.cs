using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Problems;

/// <summary>Problems of projects (R70–R73), by the rules' own examples.</summary>
public sealed class ProblemTests
{
    // Sun 2024-09-29 and Sat 10-12 are worked, 10-01 to 10-07 are off.
    private static readonly WorkCalendar Calendar = new(
        Enumerable.Range(1, 7).Select(day => new DateOnly(2024, 10, day)),
        [new DateOnly(2024, 9, 29), new DateOnly(2024, 10, 12)],
        [2024]
    );
    private static readonly ProblemTimes Times = ProblemTimes.Default;

    private static DateOnly D(string date) => DateOnly.Parse(date);

    // R71's test: due Wed 2024-10-09. 10-10 is +1; 10, 11, 12 (Sat, worked), 14, 15 make +5; 16, 17, 18, 21, 22 make +10.
    [TestCase("2024-10-08", 0, "2024-10-10")]
    [TestCase("2024-10-09", 0, "2024-10-10", Description = "the due date is in time")]
    [TestCase("2024-10-10", 1, "2024-10-15")]
    [TestCase("2024-10-14", 1, "2024-10-15")]
    [TestCase("2024-10-15", 2, "2024-10-22")]
    [TestCase("2024-10-21", 2, "2024-10-22")]
    [TestCase("2024-10-22", 3, null)]
    [TestCase("2025-10-22", 3, null)]
    public void R71_an_unresolved_problem_is_taken_further_on_these_days(string today, int level, string? next)
    {
        Escalation.LevelOn(D("2024-10-09"), D(today), Times, Calendar).ShouldBe(level);
        Escalation.NextOn(D("2024-10-09"), D(today), Times, Calendar).ShouldBe(next is null ? null : D(next));
    }

    // R73's test: raised Thu 2024-09-26. 27, 29 (Sun, worked), 30 September, 8, 9 October are five working days; 10-10 is the sixth.
    [Test]
    public void R73_time_to_close_counts_working_days_after_the_day_of_raising()
    {
        var fiveDays = Times with { Due = IsoDuration.Parse("P5D") };
        var due = ProblemRules.DueOn(D("2024-09-26"), false, fiveDays, Calendar);
        due.ShouldBe(D("2024-10-09"));
        ProblemRules.ClosedIn(D("2024-09-26"), D("2024-10-10"), Calendar).ShouldBe(6);
        var times = ClosingTimes.Of([(6, D("2024-10-10") <= due), (5, true)]);
        times.ShouldBe(new ClosingTimes(2, 5.5m, 1));
        times.ShareInTime.ShouldBe(0.5m);
    }

    [Test]
    public void R70_a_problem_is_due_in_ten_working_days_and_an_urgent_one_in_three()
    {
        // After 09-26: 27, 29, 30, then 8, 9, 10, 11, 12, 14, 15.
        ProblemRules.DueOn(D("2024-09-26"), false, Times, Calendar).ShouldBe(D("2024-10-15"));
        ProblemRules.DueOn(D("2024-09-26"), true, Times, Calendar).ShouldBe(D("2024-09-30"));
    }

    [Test]
    public void R73_without_anything_closed_there_is_no_median_and_no_share()
    {
        var none = ClosingTimes.Of([]);
        none.ShouldBe(new ClosingTimes(0, null, 0));
        none.ShareInTime.ShouldBeNull();
        ClosingTimes.Of([(9, false), (1, true), (2, true)]).MedianDays.ShouldBe(2m);
    }

    private static readonly DateTimeOffset Answered = DateTimeOffset.Parse("2024-09-27T02:00:00Z");

    // Contested until the end of the fifth working day after 09-27: 29, 30, 8, 9, 10.
    private static readonly DateTimeOffset Until = DateTimeOffset.Parse("2024-10-10T15:59:59.999Z");

    private static string? Take(
        ProblemStep step,
        ProblemStatus status,
        string who,
        DateTimeOffset? now = null,
        Stage? blocks = null,
        bool overridden = false
    ) =>
        ProblemRules
            .MayTake(
                step,
                new ProjectProblem(
                    status,
                    status is ProblemStatus.Answered or ProblemStatus.Closed ? Answered : null,
                    blocks,
                    overridden
                ),
                new ProblemSide(who == "raiser", who == "department", who == "centre"),
                now ?? Answered,
                Times,
                Calendar
            )
            ?.Slug;

    [TestCase(ProblemStep.Assign, ProblemStatus.Open, "centre", null)]
    [TestCase(ProblemStep.Assign, ProblemStatus.Open, "raiser", "forbidden")]
    [TestCase(ProblemStep.Assign, ProblemStatus.Closed, "centre", "problem-closed")]
    [TestCase(ProblemStep.Answer, ProblemStatus.Assigned, "department", null)]
    [TestCase(ProblemStep.Answer, ProblemStatus.Open, "centre", null)]
    [TestCase(ProblemStep.Answer, ProblemStatus.Reopened, "department", null)]
    [TestCase(ProblemStep.Answer, ProblemStatus.Answered, "department", "problem-answered")]
    [TestCase(ProblemStep.Answer, ProblemStatus.Assigned, "raiser", "forbidden")]
    [TestCase(ProblemStep.Close, ProblemStatus.Answered, "raiser", null)]
    [TestCase(ProblemStep.Close, ProblemStatus.Assigned, "raiser", "problem-not-answered")]
    [TestCase(ProblemStep.Close, ProblemStatus.Reopened, "raiser", "problem-not-answered")]
    [TestCase(ProblemStep.Close, ProblemStatus.Answered, "department", "forbidden")]
    [TestCase(ProblemStep.Close, ProblemStatus.Answered, "centre", "answer-contestable")]
    [TestCase(ProblemStep.Reopen, ProblemStatus.Closed, "raiser", null)]
    [TestCase(ProblemStep.Reopen, ProblemStatus.Answered, "centre", null)]
    [TestCase(ProblemStep.Reopen, ProblemStatus.Assigned, "raiser", "problem-not-answered")]
    [TestCase(ProblemStep.Due, ProblemStatus.Assigned, "department", "forbidden")]
    [TestCase(ProblemStep.Due, ProblemStatus.Assigned, "centre", null)]
    [TestCase(ProblemStep.Override, ProblemStatus.Assigned, "centre", "not-blocking")]
    public void R70_each_step_is_for_its_side_and_state(
        ProblemStep step,
        ProblemStatus status,
        string who,
        string? refusal
    ) => Take(step, status, who).ShouldBe(refusal);

    [Test]
    public void R70_the_centre_closes_once_nobody_contested_the_answer_for_five_working_days()
    {
        Take(ProblemStep.Close, ProblemStatus.Answered, "centre", Until).ShouldBe("answer-contestable");
        Take(ProblemStep.Close, ProblemStatus.Answered, "centre", Until.AddMilliseconds(1)).ShouldBeNull();
    }

    [TestCase(ProblemStatus.Open, Stage.Registered, false, Stage.Registered, true)]
    [TestCase(ProblemStatus.Answered, Stage.Registered, false, Stage.Registered, true)]
    [TestCase(ProblemStatus.Closed, Stage.Registered, false, Stage.Registered, false)]
    [TestCase(ProblemStatus.Open, Stage.Registered, true, Stage.Registered, false)]
    [TestCase(ProblemStatus.Open, Stage.Registered, false, Stage.Started, false)]
    public void R72_an_unresolved_problem_holds_up_the_stage_it_blocks(
        ProblemStatus status,
        Stage blocks,
        bool overridden,
        Stage to,
        bool held
    ) => ProblemRules.HoldsUp(new ProjectProblem(status, null, blocks, overridden), to).ShouldBe(held);

    /// <summary>What SQL asks for (due on or before a day) is what the function says, whatever the day.</summary>
    [Property]
    public void R71_the_latest_due_date_of_a_level_divides_those_that_reached_it(int dueIn, int days)
    {
        var today = new DateOnly(2024, 9, 1).AddDays(Math.Abs(days % 60));
        var due = today.AddDays(-Math.Abs(dueIn % 40) + 5);
        for (var level = 1; level <= Escalation.Levels; level++)
        {
            var latest = Escalation.LatestDue(level, today, Times, Calendar);
            (due <= latest).ShouldBe(Escalation.LevelOn(due, today, Times, Calendar) >= level);
        }
    }

    [TestCase("P10D", true)]
    [TestCase("P1M", false)]
    [TestCase("PT8H", false)]
    [TestCase("P0D", false)]
    public void The_times_of_problems_are_whole_working_days(string due, bool right) =>
        ProblemTimes.IsWorkdays(IsoDuration.Parse(due)).ShouldBe(right);

    [Test]
    public void Each_step_of_escalation_comes_after_the_one_before() =>
        (Times with { Escalate = [IsoDuration.Parse("P5D"), IsoDuration.Parse("P5D"), IsoDuration.Parse("P10D")] })
            .EscalatesInSteps()
            .ShouldBeFalse();
}
