using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Domain;

/// <summary>The city's calendar: Asia/Shanghai, UTC+8 all year (no daylight saving since 1991).</summary>
public static class Shanghai
{
    /// <summary>The offset of the city's clock.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The calendar date in the city at <paramref name="instant"/>.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The first instant of <paramref name="date"/> in the city, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly date) =>
        new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>The last millisecond of <paramref name="date"/> in the city, in UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly date) =>
        new DateTimeOffset(date.ToDateTime(new TimeOnly(23, 59, 59, 999)), Offset).ToUniversalTime();
}

/// <summary>An ISO 8601 duration, kept as written: years, months, weeks and days of the calendar, then a time part.</summary>
public readonly partial record struct IsoDuration
{
    private IsoDuration(string text, int months, int days, TimeSpan time, bool hasTime)
    {
        Text = text;
        Months = months;
        Days = days;
        Time = time;
        HasTime = hasTime;
    }

    /// <summary>The duration as it was written.</summary>
    public string Text { get; }

    /// <summary>Calendar months, years included.</summary>
    public int Months { get; }

    /// <summary>Calendar days, weeks included.</summary>
    public int Days { get; }

    /// <summary>The part after T.</summary>
    public TimeSpan Time { get; }

    /// <summary>Whether a time part was written: such lengths end exactly, unrounded (R15).</summary>
    public bool HasTime { get; }

    /// <summary>Reads <c>P1M</c>, <c>P90D</c>, <c>P1Y2M</c>, <c>P2W</c>, <c>PT2S</c>, <c>P1DT12H</c> …; at least one part, no negatives, at most 100 years.</summary>
    public static bool TryParse(string? text, out IsoDuration duration)
    {
        duration = default;
        var match = text is null ? Match.Empty : Pattern().Match(text);
        if (!match.Success || text!.EndsWith('P') || text.EndsWith('T'))
            return false;
        int Part(string name) =>
            match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var months = (Part("y") * 12) + Part("mo");
        var days = (Part("w") * 7) + Part("d");
        var seconds = match.Groups["s"].Success
            ? decimal.Parse(match.Groups["s"].ValueSpan, CultureInfo.InvariantCulture)
            : 0m;
        var milliseconds = (Part("h") * 3_600_000m) + (Part("mi") * 60_000m) + (seconds * 1000m);
        if (
            months > 1200
            || days > 36525
            || milliseconds > 3_155_760_000_000m
            || milliseconds != decimal.Truncate(milliseconds)
        )
            return false;
        duration = new IsoDuration(
            text,
            months,
            days,
            TimeSpan.FromMilliseconds((double)milliseconds),
            text.Contains('T', StringComparison.Ordinal)
        );
        return true;
    }

    /// <summary>Reads a duration that is known to be one; a bad text is a bug.</summary>
    public static IsoDuration Parse(string text) =>
        TryParse(text, out var duration) ? duration : throw new FormatException($"No ISO 8601 duration: {text}");

    /// <summary>The date this duration after <paramref name="date"/>, day clamped to the month's length (31 Jan + P1M = 28/29 Feb).</summary>
    public DateOnly After(DateOnly date) => date.AddMonths(Months).AddDays(Days);

    /// <summary>The date this duration before <paramref name="date"/>, day clamped to the month's length.</summary>
    public DateOnly Before(DateOnly date) => date.AddMonths(-Months).AddDays(-Days);

    public override string ToString() => Text;

    [GeneratedRegex(
        @"^P(?:(?<y>\d{1,4})Y)?(?:(?<mo>\d{1,4})M)?(?:(?<w>\d{1,4})W)?(?:(?<d>\d{1,5})D)?(?:T(?:(?<h>\d{1,7})H)?(?:(?<mi>\d{1,8})M)?(?:(?<s>\d{1,9}(?:\.\d{1,3})?)S)?)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}

/// <summary>How long a right lasts (R15).</summary>
public static class CalendarWindow
{
    /// <summary>The last instant of a window that opened at <paramref name="from"/>: active iff from ≤ now ≤ the answer.</summary>
    /// <remarks>Calendar lengths end with the day, 23:59:59.999 in the city; lengths with a time part end exactly then.</remarks>
    public static DateTimeOffset End(DateTimeOffset from, IsoDuration length)
    {
        if (!length.HasTime)
            return Shanghai.EndOf(length.After(Shanghai.DateOf(from)));
        var local = from.ToOffset(Shanghai.Offset);
        return local.AddMonths(length.Months).AddDays(length.Days).Add(length.Time).ToUniversalTime();
    }

    /// <summary>The first instant after a window that ended at <paramref name="end"/>.</summary>
    public static DateTimeOffset Next(DateTimeOffset end) => end.AddMilliseconds(1);
}
