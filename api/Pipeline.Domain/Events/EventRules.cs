using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Events;

/// <summary>What kind of event it is (R134).</summary>
public enum EventKind
{
    /// <summary>Promotion of the city (推介).</summary>
    Promotion,

    /// <summary>Road-show (路演).</summary>
    RoadShow,

    /// <summary>Collective signing.</summary>
    Signing,

    /// <summary>Contest of projects (大赛).</summary>
    Contest,

    /// <summary>Talks between enterprises and the city or investors (对接).</summary>
    Talks,
}

/// <summary>Where an event stands by the day.</summary>
public enum EventStatus
{
    Planned,
    Held,
    Cancelled,
}

/// <summary>What came of an event.</summary>
public enum ResultKind
{
    Project,
    Signing,
    Prize,
}

/// <summary>How a result stands: followed until it landed or was dropped.</summary>
public enum ResultOutcome
{
    Open,
    Landed,
    Dropped,
}

/// <summary>Events and what comes of them (R134).</summary>
public static class EventRules
{
    /// <summary>Within so many working days each result gets unit, carrier and person *(design)*.</summary>
    public const int AssignWithin = 10;

    /// <summary>Held from its last day on.</summary>
    public static EventStatus StatusOn(DateOnly today, DateOnly endsOn, bool cancelled) =>
        cancelled ? EventStatus.Cancelled
        : endsOn <= today ? EventStatus.Held
        : EventStatus.Planned;

    /// <summary>The last day on which a result is assigned in time.</summary>
    public static DateOnly AssignBy(DateOnly recordedOn, WorkCalendar calendar) =>
        calendar.WorkdaysAfter(recordedOn, AssignWithin);

    /// <summary>How a result stands: by its project where it has one, else as it was told.</summary>
    /// <param name="landed">Whether the project reached the stage at which credit is given; null: there is no project.</param>
    public static ResultOutcome OutcomeOf(Stage? stage, bool? landed, ResultOutcome? told) =>
        stage == Stage.Terminated ? ResultOutcome.Dropped
        : landed == true ? ResultOutcome.Landed
        : told ?? ResultOutcome.Open;

    /// <summary>Whether a result can be closed by hand: while it is open, and no project tells how it goes.</summary>
    public static Refusal? MayClose(ResultOutcome outcome, bool hasProject) =>
        outcome != ResultOutcome.Open ? new Refusal(RefusalKind.Conflict, "result-closed", outcome)
        : hasProject ? new Refusal(RefusalKind.Conflict, "result-follows-project")
        : null;
}
