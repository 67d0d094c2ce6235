namespace Pipeline.Domain;

/// <summary>Which dates can be meant at all: an empty field that some clients send as the year 1, or a year 9999 for "never", cannot.</summary>
public static class SensibleDates
{
    public static readonly DateOnly Earliest = new(1949, 1, 1);

    private const int YearsAhead = 50;

    /// <summary>The last date that can be meant on a day.</summary>
    public static DateOnly Latest(DateOnly today) => today.AddYears(YearsAhead);

    /// <summary>Whether a date lies from 1949 to fifty years from today, both included.</summary>
    public static bool Include(DateOnly date, DateOnly today) => date >= Earliest && date <= Latest(today);
}
