using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Signings;

/// <summary>Where a signing notice (签约备案) stands (R31).</summary>
public enum NoticeStatus
{
    Open,
    Superseded,
    Cancelled,
    Used,
}

/// <summary>A signing notice as far as its rules go.</summary>
/// <param name="FiledOn">The city's date on which it was filed.</param>
/// <param name="Waived">Whether the centre waived its time.</param>
public sealed record FiledNotice(DateOnly FiledOn, DateOnly PlannedOn, bool Waived);

/// <summary>Notice of a signing to the centre (R30–R33).</summary>
public static class SigningNotices
{
    /// <summary>The flag of a signing whose notice came too late.</summary>
    public const string Late = "late-notice";

    /// <summary>The flag of a signing without one.</summary>
    public const string Missing = "no-notice";

    /// <summary>Whole days from the filing to a date.</summary>
    public static int DaysAhead(DateOnly filedOn, DateOnly on) => on.DayNumber - filedOn.DayNumber;

    /// <summary>Whether a notice filed on one day is in time for another.</summary>
    public static bool IsTimely(DateOnly filedOn, DateOnly on, RuleSet rules) =>
        rules.NoticePeriod.After(filedOn) <= on;

    /// <summary>The last day on which a notice would be in time for a signing planned on a day; null where none is planned, or the project is below the threshold.</summary>
    public static DateOnly? FileBy(DateOnly? plannedOn, Money? total, RuleSet rules)
    {
        if (plannedOn is not { } planned || total is not { } amount || !rules.NeedsNotice(amount, planned.Year))
            return null;

        // A month before the end of a month is not the only day a month before it.
        var day = rules.NoticePeriod.Before(planned);
        while (!IsTimely(day, planned, rules))
            day = day.AddDays(-1);
        while (IsTimely(day.AddDays(1), planned, rules))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The flag of a formal signing (R32): the day of the signing is judged, not the planned one; null where all is well, or the project is below the threshold.</summary>
    public static string? FlagOf(FiledNotice? notice, Money? total, DateOnly signedOn, RuleSet rules)
    {
        if (total is not { } amount || !rules.NeedsNotice(amount, signedOn.Year))
            return null;
        if (notice is null)
            return Missing;
        return notice.Waived || IsTimely(notice.FiledOn, signedOn, rules) ? null : Late;
    }

    /// <summary>Whether the signing is refused (R33): where the rule set says <c>block</c>, without a notice whose planned day is far enough from its filing and that nobody waived.</summary>
    public static bool Blocks(FiledNotice? notice, Money? total, DateOnly today, RuleSet rules) =>
        rules.NoticeEnforcement == Enforcement.Block
        && total is { } amount
        && rules.NeedsNotice(amount, today.Year)
        && !(notice is { Waived: true } || (notice is not null && IsTimely(notice.FiledOn, notice.PlannedOn, rules)));

    /// <summary>The day of filing after the planned day was changed: put off it stays, brought forward it is filed anew, today (R31).</summary>
    public static DateOnly FiledOnAfter(FiledNotice notice, DateOnly plannedOn, DateOnly today) =>
        plannedOn < notice.PlannedOn ? today : notice.FiledOn;
}
