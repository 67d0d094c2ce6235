namespace Pipeline.Domain.Notices;

/// <summary>The hours at which a person wants mail, by the city's clock.</summary>
public static class MailHours
{
    /// <summary>The first digest after <paramref name="instant"/>.</summary>
    /// <param name="hour">The hour of the day, 0 to 23.</param>
    public static DateTimeOffset NextDigest(DateTimeOffset instant, int hour)
    {
        var today = At(Shanghai.DateOf(instant), new TimeOnly(hour, 0));
        return today > instant ? today : today.AddDays(1);
    }

    /// <summary>When the quiet hours that <paramref name="instant"/> falls into end; null when it falls into none. They may go over midnight.</summary>
    /// <param name="from">First minute of quiet.</param>
    /// <param name="to">First minute after it.</param>
    public static DateTimeOffset? QuietUntil(DateTimeOffset instant, TimeOnly from, TimeOnly to)
    {
        var time = TimeOnly.FromDateTime(instant.ToOffset(Shanghai.Offset).DateTime);
        if (!time.IsBetween(from, to))
            return null;
        var end = At(Shanghai.DateOf(instant), to);
        return end > instant ? end : end.AddDays(1);
    }

    private static DateTimeOffset At(DateOnly date, TimeOnly time) =>
        new DateTimeOffset(date.ToDateTime(time), Shanghai.Offset).ToUniversalTime();
}
