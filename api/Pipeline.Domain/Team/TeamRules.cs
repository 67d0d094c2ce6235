namespace Pipeline.Domain.Team;

/// <summary>What somebody does on the team of a project (R83a).</summary>
public enum TeamRole
{
    /// <summary>牵头人.</summary>
    Lead,

    /// <summary>洽谈人员.</summary>
    Negotiator,

    /// <summary>服务专员.</summary>
    Service,

    /// <summary>专业支撑: land, law, finance, the trade.</summary>
    Specialist,
}

/// <summary>Why a membership ended.</summary>
public enum MembershipEnd
{
    /// <summary>The unit ended it.</summary>
    Left,

    /// <summary>The project became another unit's.</summary>
    OwnerChanged,
}

/// <summary>Named people on a project, with role and from–to; the team is the owner's and ends when the project becomes another unit's (R83a).</summary>
public static class TeamRules
{
    /// <summary>Whether somebody who is on the team from a day to another, both included, is on it on <paramref name="day"/>.</summary>
    /// <param name="to">The last day; null: none is known.</param>
    public static bool IsOn(DateOnly from, DateOnly? to, DateOnly day) => from <= day && (to is null || day <= to);

    /// <summary>Whether two memberships of the same person in the same role are the same one: a day is in both.</summary>
    public static bool Overlap(DateOnly from, DateOnly? to, DateOnly otherFrom, DateOnly? otherTo) =>
        from <= (otherTo ?? DateOnly.MaxValue) && otherFrom <= (to ?? DateOnly.MaxValue);

    /// <summary>The last day of a member when the project becomes another unit's on <paramref name="day"/>; null: it was over before, and stays as it is.</summary>
    public static DateOnly? LastDayAt(DateOnly? to, DateOnly day) => to < day ? null : day;
}
