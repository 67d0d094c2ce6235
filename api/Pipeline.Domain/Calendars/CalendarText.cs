using System.Globalization;
using System.Text;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Calendars;

/// <summary>Something that a calendar tells, as it stands.</summary>
/// <param name="Uid">The same for as long as it is the same thing (RFC 5545, 3.8.4.7).</param>
/// <param name="Title">Code and kind, nothing else.</param>
/// <param name="On">The day, of what has one.</param>
/// <param name="At">The instant, of what has one.</param>
public sealed record CalendarItem(string Uid, string Title, DateOnly? On, DateTimeOffset? At, string? ProjectId)
{
    /// <summary>Whether it is past at an instant.</summary>
    public bool IsOver(DateTimeOffset now) => At is { } at ? at < now : Shanghai.EndOf(On!.Value) < now;
}

/// <summary>An item as it was told last.</summary>
/// <param name="Sequence">How often it was changed (RFC 5545, 3.8.7.4).</param>
/// <param name="Cancelled">Whether it is told as cancelled.</param>
public sealed record ToldItem(CalendarItem Item, int Sequence, DateTimeOffset ChangedAt, bool Cancelled);

/// <summary>What changed in a calendar since it was told last.</summary>
/// <param name="Told">All that is told now, in the order of time.</param>
/// <param name="Changed">Those of them that are new or otherwise than they were.</param>
/// <param name="Dropped">The uids of what is told no longer.</param>
public sealed record CalendarChange(
    IReadOnlyList<ToldItem> Told,
    IReadOnlyList<ToldItem> Changed,
    IReadOnlyList<string> Dropped
)
{
    public bool IsNothing => Changed.Count + Dropped.Count == 0;
}

/// <summary>How a calendar goes on from what it told last.</summary>
public static class CalendarChanges
{
    /// <summary>How long what is gone is told as cancelled, and what is past is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Holds what there is against what was told.</summary>
    /// <param name="before">What was told last.</param>
    /// <param name="items">What there is now.</param>
    /// <param name="upTo">The instant up to which <paramref name="items"/> are all there are; null: they are all. What was told of later stays as it is.</param>
    /// <param name="hidden">The projects of which nothing may be told any more, not even that it is cancelled.</param>
    public static CalendarChange Between(
        IReadOnlyList<ToldItem> before,
        IReadOnlyList<CalendarItem> items,
        DateTimeOffset? upTo,
        IReadOnlySet<string> hidden,
        DateTimeOffset now
    )
    {
        var known = before.ToDictionary(told => told.Item.Uid, StringComparer.Ordinal);
        var told = new List<ToldItem>();
        var changed = new List<ToldItem>();
        var dropped = new List<string>();
        foreach (var item in items)
        {
            if (!known.Remove(item.Uid, out var last))
                Change(new ToldItem(item, 0, now, false));
            else if (last.Cancelled || last.Item != item)
                Change(new ToldItem(item, last.Sequence + 1, now, false));
            else
                told.Add(last);
        }

        foreach (var (uid, last) in known)
        {
            if (last.Item.ProjectId is { } project && hidden.Contains(project))
                dropped.Add(uid);
            else if (last.Cancelled ? last.ChangedAt + Kept < now : LastInstantOf(last.Item) + Kept < now)
                dropped.Add(uid);
            else if (last.Cancelled || last.Item.IsOver(now) || LastInstantOf(last.Item) > upTo)
                told.Add(last);
            else
                Change(last with { Sequence = last.Sequence + 1, ChangedAt = now, Cancelled = true });
        }

        return new CalendarChange(
            [.. told.OrderBy(one => LastInstantOf(one.Item)).ThenBy(one => one.Item.Uid, StringComparer.Ordinal)],
            changed,
            dropped
        );

        void Change(ToldItem one)
        {
            told.Add(one);
            changed.Add(one);
        }
    }

    private static DateTimeOffset LastInstantOf(CalendarItem item) => item.At ?? Shanghai.EndOf(item.On!.Value);
}

/// <summary>Writes a calendar as RFC 5545 has it.</summary>
public static class CalendarText
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <summary>How many octets a line may have, without its end (RFC 5545, 3.1).</summary>
    private const int MostOctets = 75;

    /// <param name="name">What the calendar is called.</param>
    /// <param name="alarm">How long before it reminds; null: it does not.</param>
    public static string Write(string name, IEnumerable<ToldItem> told, IsoDuration? alarm)
    {
        var text = new StringBuilder();
        void Line(string property, string value) => Fold(text, $"{property}:{value}");
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Pipeline//Calendar//EN");
        Line("CALSCALE", "GREGORIAN");
        Line("METHOD", "PUBLISH");
        Line("X-WR-CALNAME", Escaped(name));
        Line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        Line("X-PUBLISHED-TTL", "PT1H");
        foreach (var one in told)
        {
            var item = one.Item;
            Line("BEGIN", "VEVENT");
            Line("UID", item.Uid);
            Line("DTSTAMP", Instant(one.ChangedAt));
            Line("LAST-MODIFIED", Instant(one.ChangedAt));
            Line("SEQUENCE", one.Sequence.ToString(CultureInfo.InvariantCulture));
            if (item.At is { } at)
                Line("DTSTART", Instant(at));
            else
            {
                Line("DTSTART;VALUE=DATE", Day(item.On!.Value));
                Line("DTEND;VALUE=DATE", Day(item.On.Value.AddDays(1)));
            }

            Line("SUMMARY", Escaped(item.Title));
            Line("STATUS", one.Cancelled ? "CANCELLED" : "CONFIRMED");
            Line("TRANSP", "TRANSPARENT");
            if (alarm is { } before && !one.Cancelled)
            {
                Line("BEGIN", "VALARM");
                Line("ACTION", "DISPLAY");
                Line("DESCRIPTION", Escaped(item.Title));
                Line("TRIGGER", $"-{Duration(LengthOf(before))}");
                Line("END", "VALARM");
            }

            Line("END", "VEVENT");
        }

        Line("END", "VCALENDAR");
        return text.ToString();
    }

    /// <summary>How long an alarm's length is; without months, which have none.</summary>
    public static TimeSpan LengthOf(IsoDuration alarm) => TimeSpan.FromDays(alarm.Days) + alarm.Time;

    /// <summary>Whole days, or minutes: what RFC 5545 takes of ISO 8601.</summary>
    private static string Duration(TimeSpan length) =>
        length.Ticks % TimeSpan.TicksPerDay == 0
            ? string.Create(CultureInfo.InvariantCulture, $"P{length.Days}D")
            : string.Create(CultureInfo.InvariantCulture, $"PT{(long)length.TotalMinutes}M");

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\r\n", "\\n", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\n", StringComparison.Ordinal);

    /// <summary>Adds a line of at most 75 octets, the rest on lines of their own behind a blank; no character is split.</summary>
    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
