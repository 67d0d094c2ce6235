using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Problems;

/// <summary>What a problem (问题) of a project is about (R70).</summary>
public enum ProblemKind
{
    Land,
    Energy,
    Emission,
    Funding,
    Approval,
    Utilities,
    Talent,
    Other,
}

/// <summary>Where a problem stands (R70); all but the last are unresolved.</summary>
public enum ProblemStatus
{
    /// <summary>No department has it yet.</summary>
    Open,

    /// <summary>A department is to answer.</summary>
    Assigned,

    /// <summary>Whoever raised it closes it, or contests the answer.</summary>
    Answered,

    /// <summary>The answer did not hold; the clock goes on as before.</summary>
    Reopened,
    Closed,
}

/// <summary>What may be done with a problem.</summary>
public enum ProblemStep
{
    Assign,
    Answer,
    Close,
    Reopen,

    /// <summary>Another due date.</summary>
    Due,

    /// <summary>The move that it holds up may go on (R72).</summary>
    Override,
}

/// <summary>How somebody stands to a problem.</summary>
/// <param name="Raising">Of the unit that has the project, where the unit raised it; of the centre, where the centre did.</param>
/// <param name="Department">Of the department that is to answer.</param>
/// <param name="Centre">A coordinator.</param>
public readonly record struct ProblemSide(bool Raising, bool Department, bool Centre);

/// <summary>A problem as far as its rules go.</summary>
/// <param name="AnsweredAt">When it was answered last; null: not yet, or the answer was contested.</param>
/// <param name="Blocks">The stage that the project does not reach while the problem is unresolved; null: none.</param>
/// <param name="Overridden">Whether a coordinator lets the project move all the same.</param>
public sealed record ProjectProblem(ProblemStatus Status, DateTimeOffset? AnsweredAt, Stage? Blocks, bool Overridden);

/// <summary>The times of problems, in working days: lengths of whole days (R70, R71).</summary>
public sealed record ProblemTimes
{
    public static readonly ProblemTimes Default = new();

    /// <summary>Until when a problem is due.</summary>
    public IsoDuration Due { get; init; } = IsoDuration.Parse("P10D");

    /// <summary>Until when an urgent one is.</summary>
    public IsoDuration Urgent { get; init; } = IsoDuration.Parse("P3D");

    /// <summary>How long after the due date it is taken further: to department and centre, to the next meeting, to the linked leader.</summary>
    public IReadOnlyList<IsoDuration> Escalate { get; init; } =
    [IsoDuration.Parse("P1D"), IsoDuration.Parse("P5D"), IsoDuration.Parse("P10D")];

    /// <summary>How long an answer may be contested before the centre may close.</summary>
    public IsoDuration Contest { get; init; } = IsoDuration.Parse("P5D");

    /// <summary>Whether a length is one of whole working days, a year of them at the most.</summary>
    public static bool IsWorkdays(IsoDuration length) =>
        length is { Text: not null, Months: 0, HasTime: false, Days: >= 1 and <= 250 };

    /// <summary>Whether each level is reached on a later day than the one before.</summary>
    public bool EscalatesInSteps() =>
        Escalate is { Count: Escalation.Levels }
        && Escalate.All(IsWorkdays)
        && Escalate.Zip(Escalate.Skip(1)).All(pair => pair.First.Days < pair.Second.Days);
}

/// <summary>Problems of a project, from raising to closing (R70–R73).</summary>
public static class ProblemRules
{
    /// <summary>The day on which a problem raised on <paramref name="raisedOn"/> is due (R70).</summary>
    public static DateOnly DueOn(DateOnly raisedOn, bool isUrgent, ProblemTimes times, WorkCalendar calendar) =>
        calendar.WorkdaysAfter(raisedOn, (isUrgent ? times.Urgent : times.Due).Days);

    /// <summary>Until when an answer may be contested: afterwards the centre may close (R70).</summary>
    public static DateTimeOffset ContestUntil(DateTimeOffset answeredAt, ProblemTimes times, WorkCalendar calendar) =>
        calendar.Deadline(answeredAt, times.Contest.Days);

    /// <summary>Time to close: working days after the day on which it was raised (R73).</summary>
    public static int ClosedIn(DateOnly raisedOn, DateOnly closedOn, WorkCalendar calendar) =>
        calendar.WorkdaysBetween(raisedOn, closedOn);

    /// <summary>Whether it keeps the project from a stage (R72).</summary>
    public static bool HoldsUp(ProjectProblem problem, Stage stage) =>
        problem.Status != ProblemStatus.Closed && problem.Blocks == stage && !problem.Overridden;

    /// <summary>Whether a step may be taken now by who stands so to it: the refusal, or null.</summary>
    /// <remarks>
    /// <c>problem-closed</c>: it is over; <c>problem-not-answered</c>: nothing to close or to contest; <c>problem-answered</c>: it waits for who raised it; <c>answer-contestable</c>: whoever
    /// raised it still has time; <c>not-blocking</c>: it holds nothing up.
    /// </remarks>
    public static Refusal? MayTake(
        ProblemStep step,
        ProjectProblem problem,
        ProblemSide side,
        DateTimeOffset now,
        ProblemTimes times,
        WorkCalendar calendar
    )
    {
        var mine = step switch
        {
            ProblemStep.Answer => side.Department || side.Centre,
            ProblemStep.Close or ProblemStep.Reopen => side.Raising || side.Centre,
            _ => side.Centre,
        };
        if (!mine)
            return Refusal.Forbidden;
        if (problem.Status == ProblemStatus.Closed && step != ProblemStep.Reopen)
            return Conflict("problem-closed");
        return step switch
        {
            ProblemStep.Answer when problem.Status == ProblemStatus.Answered => Conflict("problem-answered"),
            ProblemStep.Close
            or ProblemStep.Reopen when problem.Status is not (ProblemStatus.Answered or ProblemStatus.Closed) =>
                Conflict("problem-not-answered"),
            ProblemStep.Close
                when !side.Raising
                    && ContestUntil(problem.AnsweredAt!.Value, times, calendar) is var until
                    && now <= until => new Refusal(RefusalKind.Conflict, "answer-contestable", until),
            ProblemStep.Override when problem.Blocks is null || problem.Overridden => Conflict("not-blocking"),
            _ => null,
        };
    }

    private static Refusal Conflict(string slug) => new(RefusalKind.Conflict, slug);
}

/// <summary>How far an unresolved problem past its due date has been taken: a function of due date and day (R71).</summary>
public static class Escalation
{
    /// <summary>How many levels there are: 1 department and centre, 2 the next meeting, 3 the linked leader; 0: not overdue by so much.</summary>
    public const int Levels = 3;

    /// <summary>The day on which a level is reached.</summary>
    public static DateOnly ReachedOn(DateOnly dueOn, int level, ProblemTimes times, WorkCalendar calendar) =>
        calendar.WorkdaysAfter(dueOn, times.Escalate[level - 1].Days);

    /// <summary>The level on a day.</summary>
    public static int LevelOn(DateOnly dueOn, DateOnly day, ProblemTimes times, WorkCalendar calendar) =>
        day <= dueOn
            ? 0
            : Enumerable.Range(1, Levels).LastOrDefault(level => ReachedOn(dueOn, level, times, calendar) <= day);

    /// <summary>The next day after <paramref name="day"/> on which it is taken further; null: it has gone all the way.</summary>
    public static DateOnly? NextOn(DateOnly dueOn, DateOnly day, ProblemTimes times, WorkCalendar calendar) =>
        LevelOn(dueOn, day, times, calendar) is < Levels and var level
            ? ReachedOn(dueOn, level + 1, times, calendar)
            : null;

    /// <summary>The latest due date whose level on <paramref name="day"/> is at least this one: what was due later has not come so far.</summary>
    public static DateOnly LatestDue(int level, DateOnly day, ProblemTimes times, WorkCalendar calendar)
    {
        var due = day;
        while (ReachedOn(due, level, times, calendar) > day)
            due = due.AddDays(-1);
        return due;
    }
}

/// <summary>Time to close, over many problems (R73).</summary>
/// <param name="Closed">How many were closed.</param>
/// <param name="MedianDays">The median of their times in working days; null where none was closed.</param>
/// <param name="InTime">How many were closed on their due date or before.</param>
public sealed record ClosingTimes(int Closed, decimal? MedianDays, int InTime)
{
    /// <param name="problems">Of each the working days it took, and whether it was in time.</param>
    public static ClosingTimes Of(IEnumerable<(int Days, bool InTime)> problems)
    {
        var all = problems.OrderBy(problem => problem.Days).ToList();
        var middle = all.Count / 2;
        decimal? median =
            all.Count == 0 ? null
            : all.Count % 2 == 1 ? all[middle].Days
            : (all[middle - 1].Days + all[middle].Days) / 2m;
        return new ClosingTimes(all.Count, median, all.Count(problem => problem.InTime));
    }

    /// <summary>The share closed in time; null where none was closed.</summary>
    public decimal? ShareInTime => Closed == 0 ? null : (decimal)InTime / Closed;
}
