using System.Globalization;

namespace Pipeline.Domain.Credit;

/// <summary>The month in which something counts, and the one it belongs to where that is another (R107).</summary>
public sealed record Booking(string Period, string? BelongsTo);

/// <summary>Periods of the books: months <c>YYYY-MM</c>, quarters <c>YYYY-Qn</c>, years <c>YYYY</c>, and the 13th period <c>YYYY-13</c> for late facts of a year (R106).</summary>
public static class Periods
{
    public static string MonthOf(DateOnly date) => date.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The first and the last month of a period; null where it is none.</summary>
    public static (string First, string Last)? Months(string period)
    {
        if (period.Length == 4 && Year(period) is not null)
            return ($"{period}-01", $"{period}-12");
        if (period.Length != 7 || period[4] != '-' || Year(period[..4]) is null)
            return null;
        if (period[5] == 'Q')
            return period[6] is >= '1' and <= '4'
                ? ($"{period[..5]}{((period[6] - '1') * 3) + 1:00}", $"{period[..5]}{((period[6] - '1') * 3) + 3:00}")
                : null;
        return
            int.TryParse(period.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            && month is >= 1 and <= 12
            ? (period, period)
            : null;
    }

    /// <summary>The first and the last period in which facts of a period are booked: a year has its 13th one (R106); null where it is none.</summary>
    public static (string First, string Last)? Booked(string period) =>
        IsThirteenth(period) ? (period, period)
        : Months(period) is not { } months ? null
        : period.Length == 4 ? (months.First, Thirteenth(period))
        : months;

    /// <summary>Whether it is the 13th period of a year.</summary>
    public static bool IsThirteenth(string period) =>
        period.Length == 7 && period.EndsWith("-13", StringComparison.Ordinal) && Year(period[..4]) is not null;

    /// <summary>The month of the calendar that a period of the books lies in: December for a 13th one.</summary>
    public static string CalendarMonth(string period) => IsThirteenth(period) ? $"{period[..4]}-12" : period;

    private static string Thirteenth(string month) => $"{month[..4]}-13";

    /// <summary>Where something late counts: in the month that runs; in January in the 13th period of the year before, once that year's books are in use and until that period is closed (R106).</summary>
    private static string OpenFor(string own, DateOnly today, Func<string, bool> isClosed) =>
        today.Month == 1 && today.Year == Year(own[..4]) + 1 && isClosed($"{own[..4]}-01") && !isClosed(Thirteenth(own))
            ? Thirteenth(own)
            : MonthOf(today);

    /// <summary>Where a fact counts: in its own month, unless that is closed; then in the open one, belonging to its own (R107).</summary>
    /// <param name="isClosed">Whether a month is closed.</param>
    public static Booking Of(DateOnly occurredOn, DateOnly today, Func<string, bool> isClosed)
    {
        var own = MonthOf(occurredOn);
        return isClosed(own) ? new Booking(OpenFor(own, today, isClosed), own) : new Booking(own, null);
    }

    /// <summary>Where a change of what counted before counts: in the month in which it was made (R4, R45).</summary>
    public static Booking OfChange(string belongsTo, DateOnly today)
    {
        var month = MonthOf(today);
        return new Booking(month, month == belongsTo ? null : belongsTo);
    }

    /// <summary>Where it is taken back that something counted which should never have been in the books: where it counted, unless that is closed; then in the open month, belonging to its own (R107).</summary>
    public static Booking OfUndone(Booking counted, DateOnly today, Func<string, bool> isClosed)
    {
        var own = counted.BelongsTo ?? counted.Period;
        return isClosed(counted.Period) ? new Booking(OpenFor(own, today, isClosed), own) : counted;
    }

    /// <summary>Where verified capital counts (R61): in the month of its value date if it was submitted by the cut-off day of the next month and that month is still open; else in the open one.</summary>
    public static Booking OfCapital(
        DateOnly valueOn,
        DateOnly submittedOn,
        DateOnly verifiedOn,
        int cutOffDay,
        Func<string, bool> isClosed
    )
    {
        var own = MonthOf(valueOn);
        var nextMonth = new DateOnly(valueOn.Year, valueOn.Month, 1).AddMonths(1);
        var cutOff = nextMonth.AddDays(Math.Min(cutOffDay, DateTime.DaysInMonth(nextMonth.Year, nextMonth.Month)) - 1);
        if (submittedOn <= cutOff && !isClosed(own))
            return new Booking(own, null);
        var open = OpenFor(own, verifiedOn, isClosed);
        return new Booking(open, open == own ? null : own);
    }

    private static int? Year(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1980 and <= 2200
            ? year
            : null;
}
