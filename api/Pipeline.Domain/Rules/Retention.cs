namespace Pipeline.Domain.Rules;

/// <summary>How long what no rule needs for ever is kept; what is absent is kept for ever.</summary>
public sealed record Retention
{
    /// <summary>Fewer days than this are no time to look anything up again.</summary>
    public const int LeastDays = 180;

    /// <summary>Read notices for a year; what came in by imports for ever (R50).</summary>
    public static readonly Retention Default = new() { ReadNotices = IsoDuration.Parse("P1Y") };

    /// <summary>Notices, after each reader read them.</summary>
    public IsoDuration? ReadNotices { get; init; }

    /// <summary>The text of an import's rows, after the import ended; what became of each row stays.</summary>
    public IsoDuration? ImportRows { get; init; }

    /// <summary>An import's file, after everything that was read from it ended.</summary>
    public IsoDuration? ImportFiles { get; init; }

    /// <summary>Whether a length may be given: calendar months and days, 180 days at least.</summary>
    public static bool IsLength(IsoDuration length) =>
        length is { Text: not null, HasTime: false } && (length.Months * 30) + length.Days >= LeastDays;

    /// <summary>The instant before which something has been kept long enough: the beginning of a day of the city.</summary>
    public static DateTimeOffset Before(IsoDuration length, DateTimeOffset now) =>
        Shanghai.StartOf(length.Before(Shanghai.DateOf(now)));
}
