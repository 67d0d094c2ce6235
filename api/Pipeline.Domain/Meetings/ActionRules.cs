using Pipeline.Domain.Problems;

namespace Pipeline.Domain.Meetings;

/// <summary>Where a meeting's decision stands that somebody is to carry out.</summary>
public enum ActionStatus
{
    Open,
    Done,

    /// <summary>Taken back before its meeting was closed.</summary>
    Withdrawn,
}

/// <summary>What may be done with it.</summary>
public enum ActionStep
{
    Done,

    /// <summary>Another due date.</summary>
    Due,

    /// <summary>It was not done after all: the clock goes on as before.</summary>
    Reopen,
    Withdraw,
}

/// <summary>A decision with an owner and a due date, tracked as a problem is (R74, R70).</summary>
/// <param name="MeetingOpen">Whether the meeting that decided it is not closed yet.</param>
public sealed record MeetingAction(ActionStatus Status, bool MeetingOpen);

public static class ActionRules
{
    /// <summary>Whether a step may be taken by who owns the action, or by a coordinator: the refusal, or null.</summary>
    /// <remarks><c>action-done</c>: it is over; <c>action-open</c>: there is nothing to open again; <c>meeting-ended</c>: minutes that are closed stay as they are.</remarks>
    public static Refusal? MayTake(ActionStep step, MeetingAction action, bool isOwner, bool isCentre)
    {
        if (!(isCentre || (isOwner && step == ActionStep.Done)))
            return Refusal.Forbidden;
        return (step, action.Status) switch
        {
            (ActionStep.Reopen, ActionStatus.Done) => null,
            (ActionStep.Reopen, _) => new Refusal(RefusalKind.Conflict, "action-open"),
            (_, not ActionStatus.Open) => new Refusal(RefusalKind.Conflict, "action-done"),
            (ActionStep.Withdraw, _) when !action.MeetingOpen => new Refusal(RefusalKind.Conflict, "meeting-ended"),
            _ => null,
        };
    }

    /// <summary>How far an action past its due date has been taken, as a problem would be (R71); 0 once it is over.</summary>
    public static int LevelOn(
        ActionStatus status,
        DateOnly dueOn,
        DateOnly day,
        ProblemTimes times,
        WorkCalendar calendar
    ) => status == ActionStatus.Open ? Escalation.LevelOn(dueOn, day, times, calendar) : 0;
}
