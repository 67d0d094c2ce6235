using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using ExcelNumberFormat;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>A cell as a person sees it: its number by its format, its day only as fine as the format shows it.</summary>
internal static partial class ShownCell
{
    private const int Remembered = 500;

    private static readonly ConcurrentDictionary<string, NumberFace> Faces = new(StringComparer.Ordinal);

    /// <summary>What a format makes of a number.</summary>
    /// <param name="Before">Written before the digits.</param>
    /// <param name="After">Written behind them: 亿元.</param>
    /// <param name="Format">The whole format, where the digits themselves are another number's: divided, or with a point set into them.</param>
    /// <param name="IsKnown">Whether it can be told what is shown.</param>
    private sealed record NumberFace(string Before, string After, NumberFormat? Format, bool IsKnown);

    /// <summary>A number with the fifteen digits a spreadsheet keeps, and with all that its format adds to it.</summary>
    public static RawCell Number(double number, string? format)
    {
        var exact =
            Math.Abs(number) < 1e15
                ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
                : number.ToString("R", CultureInfo.InvariantCulture);
        if (format is null or "General" or "@" or "0" or "0.00" or "#,##0" or "#,##0.00")
            return new RawCell(exact, Numeric: true);
        var face = Faces.Count > Remembered ? FaceOf(format) : Faces.GetOrAdd(format, FaceOf);
        if (!face.IsKnown)
            return new RawCell(exact, Numeric: true, new CellMark(exact, ImportCodes.FormatUnknown));
        if (face.Format is { } whole)
            return Try(() => whole.Format(number, CultureInfo.InvariantCulture).Trim()) is { } shown
                ? new RawCell(shown)
                : new RawCell(exact, Numeric: true, new CellMark(exact, ImportCodes.FormatUnknown));
        return face.Before.Length == 0 && face.After.Length == 0
            ? new RawCell(exact, Numeric: true)
            : new RawCell(face.Before + exact + face.After);
    }

    private static NumberFace FaceOf(string format)
    {
        // Chinese guides write 0!.0 for a point set into the digits; it is the backslash of others.
        var written = Escaped().Replace(format, found => found.Value[0] == '!' ? "\\" + found.Value[1] : found.Value);
        var plain = Colour().Replace(Section(written), "");
        if (Simple().Match(plain) is { Success: true } simple)
            return new NumberFace(
                Literal(simple.Groups["before"].Value),
                Literal(simple.Groups["after"].Value),
                null,
                IsKnown: true
            );
        var parsed = Try(() => new NumberFormat(written));
        if (parsed is not { IsValid: true })
            return new NumberFace("", "", null, IsKnown: false);
        // Exponents, fractions and digits asked for one by one show the same number, only less of it.
        return Exponent().IsMatch(plain)
            ? new NumberFace("", "", null, IsKnown: true)
            : new NumberFace("", "", parsed, IsKnown: true);
    }

    /// <summary>The part of a format that is for positive numbers.</summary>
    private static string Section(string format)
    {
        var quoted = false;
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] == '\\')
                at++;
            else if (format[at] == '"')
                quoted = !quoted;
            else if (format[at] == ';' && !quoted)
                return format[..at];
        }

        return format;
    }

    private static string Literal(string text) =>
        Padding()
            .Replace(text, "")
            .Replace("\"", "", StringComparison.Ordinal)
            .Replace("\\", "", StringComparison.Ordinal)
            .Trim();

    /// <summary>A day, only as fine as its format shows it: 2024年3月, 2025年, 5月6日; a moment with its time.</summary>
    public static RawCell Day(DateTime day, string? format)
    {
        var shown = Quoted().Replace(Brackets().Replace(format ?? "", ""), "\u0001${text}\u0002");
        var parts = Outside(shown);
        var (year, month, date) = (parts.Contains('y') || parts.Contains('e'), ShowsMonth(parts), parts.Contains('d'));
        string Text(string pattern) => day.ToString(pattern, CultureInfo.InvariantCulture);
        var chinese = shown.Contains('年', StringComparison.Ordinal) || shown.Contains('月', StringComparison.Ordinal);
        if ((year && month && date) || (!year && !month && !date))
            return new RawCell(Text(day.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss"));
        return new RawCell(
            (year, month) switch
            {
                (true, true) => Text(chinese ? "yyyy年M月" : "yyyy-MM"),
                (true, false) => Text("yyyy年"),
                (false, true) => Text(date ? (chinese ? "M月d日" : "MM-dd") : "M月"),
                _ => Text("d日"),
            }
        );
    }

    // m is a month unless it stands beside hours or seconds.
    private static bool ShowsMonth(string parts) => Month().IsMatch(Minutes().Replace(parts, ""));

    /// <summary>The letters of a format that are no literal text.</summary>
    private static string Outside(string format)
    {
        var outside = new System.Text.StringBuilder();
        var literal = false;
        foreach (var c in format.ToLowerInvariant())
        {
            if (c is '\u0001' or '\u0002')
                literal = c == '\u0001';
            else if (!literal)
                outside.Append(c);
        }

        return outside.ToString();
    }

    private static T? Try<T>(Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The library has no exception of its own for formats that it does not understand.
            return null;
        }
    }

    [GeneratedRegex("""(?:"[^"]*")|\\.|!.""", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"\[(?:[A-Za-z]+[0-9]*|\$[^\]]*)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Colour();

    // A literal, digits with or without groups, a literal: the digits are the number's own.
    [GeneratedRegex(
        """^(?<before>(?:"[^"]*"|\\.|_.|\*.|[\s$¥€£()+-])*)(?:#,##)?[#0?]+(?:\.[#0?]+)?(?<after>(?:"[^"]*"|\\.|_.|\*.|[\s()+\-$¥€£]|[\u4e00-\u9fff])*)$""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Simple();

    [GeneratedRegex("[Ee][+-]|/|General", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();

    [GeneratedRegex(@"_.|\*.", RegexOptions.CultureInvariant)]
    private static partial Regex Padding();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    [GeneratedRegex("""(?:"(?<text>[^"]*)"|[\\!](?<text>.))""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex("m", RegexOptions.CultureInvariant)]
    private static partial Regex Month();

    [GeneratedRegex("h+[^a-z]*m+|m+[^a-z]*s", RegexOptions.CultureInvariant)]
    private static partial Regex Minutes();
}
