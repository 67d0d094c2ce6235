using System.Globalization;

namespace Pipeline.Domain.Credit;

/// <summary>The months that are closed (R105): one run, from the January of the year in which the books were first closed.</summary>
/// <param name="From">Its first month; null: nothing was closed yet.</param>
/// <param name="Through">Its last one, or a 13th period <c>YYYY-13</c> (R106).</param>
public sealed record ClosedMonths(string? From, string? Through)
{
    public static readonly ClosedMonths None = new(null, null);

    /// <summary>What is closed when a period is the last one that is, and one the first that ever was.</summary>
    public static ClosedMonths Of(string? first, string? last) =>
        first is null || last is null ? None : new ClosedMonths($"{first[..4]}-01", last);

    /// <summary>Whether a month or a 13th period is closed.</summary>
    public bool Includes(string period) =>
        From is not null && string.CompareOrdinal(From, period) <= 0 && string.CompareOrdinal(period, Through) <= 0;

    /// <summary>The period that is closed next; null where any may be the first.</summary>
    public string? Next =>
        Through is not { } last ? null
        : last.EndsWith("-13", StringComparison.Ordinal) ? $"{Year(last) + 1:0000}-01"
        : $"{last[..5]}{int.Parse(last.AsSpan(5), CultureInfo.InvariantCulture) + 1:00}";

    /// <summary>Why a period cannot be closed on a day; null when it can. Periods are closed in their order and when they are over; the 13th one follows December and need not wait for the end of January.</summary>
    public Refusal? MayClose(string period, DateOnly today)
    {
        if (Includes(period))
            return new Refusal(RefusalKind.Conflict, "period-closed");
        if (Next is { } next ? next != period : Periods.IsThirteenth(period))
            return new Refusal(RefusalKind.Conflict, "period-order");
        return string.CompareOrdinal(Periods.CalendarMonth(period), Periods.MonthOf(today)) >= 0
            ? new Refusal(RefusalKind.Conflict, "period-not-over")
            : null;
    }

    /// <summary>Why a period cannot be opened again; null when it can: only the last one that is closed, so that no later snapshot rests on it (R109).</summary>
    public Refusal? MayReopen(string period) =>
        period == Through ? null : new Refusal(RefusalKind.Conflict, "period-order");

    private static int Year(string period) => int.Parse(period.AsSpan(0, 4), CultureInfo.InvariantCulture);
}
