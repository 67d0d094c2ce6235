namespace Pipeline.Domain;

/// <summary>Which days are worked: Monday to Friday, but for public holidays, and with the weekends that make up for them (调休). As announced for each year by the State Council's general office.</summary>
/// <param name="holidays">Days off that the week alone would not give; a weekend among them does no harm.</param>
/// <param name="workdays">Saturdays and Sundays that are worked.</param>
/// <param name="years">The years whose days off are known; of others the week alone is.</param>
public sealed class WorkCalendar(
    IEnumerable<DateOnly> holidays,
    IEnumerable<DateOnly> workdays,
    IEnumerable<int>? years = null
)
{
    private readonly HashSet<int> known = [.. years ?? []];
    private readonly HashSet<DateOnly> off = [.. holidays];
    private readonly HashSet<DateOnly> on = [.. workdays];

    /// <summary>Weeks alone, for years of which nothing is known.</summary>
    public static readonly WorkCalendar WeeksOnly = new([], []);

    /// <summary>Whether <paramref name="date"/> is worked.</summary>
    public bool IsWorkday(DateOnly date) =>
        on.Contains(date) || (!off.Contains(date) && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>Whether a deadline is provisional: some year that it runs through has no calendar yet, so that days off may be missing in it.</summary>
    public bool IsProvisional(DateTimeOffset from, DateTimeOffset deadline)
    {
        var (first, last) = (Shanghai.DateOf(from).Year, Shanghai.DateOf(deadline).Year);
        return Enumerable.Range(first, Math.Max(1, last - first + 1)).Any(year => !known.Contains(year));
    }

    /// <summary>The end, in the city, of the last of <paramref name="workdays"/> working days after the day of <paramref name="from"/>, which is not counted.</summary>
    public DateTimeOffset Deadline(DateTimeOffset from, int workdays) =>
        Shanghai.EndOf(WorkdaysAfter(Shanghai.DateOf(from), workdays));

    /// <summary>The last of <paramref name="workdays"/> working days after <paramref name="date"/>, which is not counted; the date itself for none.</summary>
    public DateOnly WorkdaysAfter(DateOnly date, int workdays)
    {
        for (var left = workdays; left > 0; )
        {
            date = date.AddDays(1);
            if (IsWorkday(date))
                left--;
        }

        return date;
    }

    /// <summary>How many working days lie after <paramref name="date"/>, which is not counted, up to <paramref name="until"/>, which is.</summary>
    public int WorkdaysBetween(DateOnly date, DateOnly until)
    {
        var days = 0;
        for (var day = date.AddDays(1); day <= until; day = day.AddDays(1))
        {
            if (IsWorkday(day))
                days++;
        }

        return days;
    }

    /// <summary>The end of a length that is given in days and means working days; one with a time part ends exactly then (R43a).</summary>
    public DateTimeOffset Deadline(DateTimeOffset from, IsoDuration length) =>
        length.HasTime || length.Months > 0 ? CalendarWindow.End(from, length) : Deadline(from, length.Days);
}
