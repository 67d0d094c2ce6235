namespace Pipeline.Domain.Meetings;

/// <summary>The regular meetings of the regime (R74).</summary>
public enum MeetingKind
{
    /// <summary>Monthly coordination under the deputy mayor.</summary>
    Monthly,

    /// <summary>双周例会.</summary>
    Fortnightly,

    /// <summary>The leading group's quarterly report.</summary>
    Quarterly,
}

/// <summary>Where a meeting stands.</summary>
public enum MeetingStatus
{
    /// <summary>Its agenda is still made from the facts.</summary>
    Planned,

    /// <summary>Its agenda is frozen and with the participants.</summary>
    Issued,

    /// <summary>Decisions were recorded.</summary>
    Minuted,
    Closed,
    Cancelled,
}

/// <summary>What may be done with a meeting.</summary>
public enum MeetingStep
{
    /// <summary>Change day, place, chair, or what is on the agenda.</summary>
    Edit,
    Issue,
    Minute,
    Close,
    Cancel,
}

/// <summary>From meeting to meeting: planning, agenda, minutes (R74).</summary>
public static class MeetingRules
{
    /// <summary>Whether a step may be taken now: the refusal, or null.</summary>
    /// <remarks>
    /// <c>agenda-issued</c>: what participants have is changed no more; <c>agenda-not-issued</c>: there is nothing to record decisions on; <c>cut-off-ahead</c>: the agenda is that of an
    /// instant which has not come; <c>meeting-ended</c>: it is closed or cancelled.
    /// </remarks>
    public static Refusal? MayTake(MeetingStep step, MeetingStatus status, DateTimeOffset cutOffAt, DateTimeOffset now)
    {
        if (status is MeetingStatus.Closed or MeetingStatus.Cancelled)
            return Conflict("meeting-ended");
        var planned = status == MeetingStatus.Planned;
        return step switch
        {
            MeetingStep.Edit or MeetingStep.Cancel or MeetingStep.Issue when !planned => Conflict("agenda-issued"),
            MeetingStep.Issue when now < cutOffAt => new Refusal(RefusalKind.Conflict, "cut-off-ahead", cutOffAt),
            MeetingStep.Minute or MeetingStep.Close when planned => Conflict("agenda-not-issued"),
            _ => null,
        };
    }

    private static Refusal Conflict(string slug) => new(RefusalKind.Conflict, slug);
}

/// <summary>A time without the meeting that should have been in it (R74).</summary>
/// <param name="From">Of a month its first day; else the day of the meeting before.</param>
/// <param name="Until">Of a month its last day; else the day of the next meeting, or today.</param>
public sealed record MeetingGap(MeetingKind Kind, DateOnly From, DateOnly Until)
{
    /// <summary>How many days lie between.</summary>
    public int Days => Until.DayNumber - From.DayNumber;
}

/// <summary>Whether meetings were held as often as they should be.</summary>
public static class MeetingRhythm
{
    /// <summary>The most days between two fortnightly meetings.</summary>
    public const int Fortnight = 14;

    /// <summary>Months that ended without a monthly meeting, and more than a fortnight between fortnightly ones, up to today. Time before the first meeting of a kind is no gap: nobody knows of it.</summary>
    /// <param name="held">The meetings that were held, in any order.</param>
    public static IReadOnlyList<MeetingGap> Gaps(
        IReadOnlyCollection<(MeetingKind Kind, DateOnly HeldOn)> held,
        DateOnly today
    )
    {
        return [.. Months(Of(MeetingKind.Monthly), today), .. Fortnights(Of(MeetingKind.Fortnightly), today)];

        List<DateOnly> Of(MeetingKind kind) =>
            [.. held.Where(one => one.Kind == kind && one.HeldOn <= today).Select(one => one.HeldOn).Order()];
    }

    private static IEnumerable<MeetingGap> Months(IReadOnlyList<DateOnly> days, DateOnly today)
    {
        if (days.Count == 0)
            yield break;
        var months = days.Select(FirstOf).ToHashSet();
        for (var month = FirstOf(days[0]).AddMonths(1); month.AddMonths(1) <= today; month = month.AddMonths(1))
        {
            if (!months.Contains(month))
                yield return new MeetingGap(MeetingKind.Monthly, month, month.AddMonths(1).AddDays(-1));
        }
    }

    private static IEnumerable<MeetingGap> Fortnights(IReadOnlyList<DateOnly> days, DateOnly today) =>
        days.Zip(days.Skip(1).Append(today))
            .Where(pair => pair.Second.DayNumber - pair.First.DayNumber > Fortnight)
            .Select(pair => new MeetingGap(MeetingKind.Fortnightly, pair.First, pair.Second));

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
