namespace Pipeline.Domain.Removals;

/// <summary>Where the removal (出库) of a project in talks stands (R94).</summary>
public enum RemovalStatus
{
    /// <summary>Its owner may contest it by a contact; afterwards the centre may confirm.</summary>
    Proposed,

    /// <summary>The project was terminated as idle.</summary>
    Confirmed,

    /// <summary>The centre let it stay; its idleness counts anew.</summary>
    Kept,

    /// <summary>Something happened with the project, or it is another unit's.</summary>
    Cancelled,
}

/// <summary>What the centre does with a removal.</summary>
public enum RemovalStep
{
    Confirm,
    Keep,
}

/// <summary>Removal of projects in talks that stand still for long (R94).</summary>
public static class RemovalRules
{
    /// <summary>Until when a substantive contact cancels a removal of which the owner was told at <paramref name="toldAt"/>.</summary>
    public static DateTimeOffset ContestUntil(DateTimeOffset toldAt, IsoDuration contest, WorkCalendar calendar) =>
        calendar.Deadline(toldAt, contest.Days);

    /// <summary>Whether a step may be taken now: the refusal, or null. <c>removal-decided</c>: it is over; <c>removal-contestable</c>: the owner still has time.</summary>
    public static Refusal? MayTake(
        RemovalStep step,
        RemovalStatus status,
        DateTimeOffset contestUntil,
        DateTimeOffset now
    ) =>
        status != RemovalStatus.Proposed ? new Refusal(RefusalKind.Conflict, "removal-decided", status)
        : step == RemovalStep.Confirm && now <= contestUntil
            ? new Refusal(RefusalKind.Conflict, "removal-contestable", contestUntil)
        : null;
}
