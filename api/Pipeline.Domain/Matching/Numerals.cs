using System.Globalization;
using System.Text;

namespace Pipeline.Domain.Matching;

/// <summary>Writes Chinese and Arabic numerals alike (R13): 十万 = 10万 = 100000, 二期 = 2期, 1.5亿 = 150000000.</summary>
/// <remarks>
/// 一, 十 or 三 that are part of a name cannot be told from numerals, so 三一重工 becomes 31重工: harmless, because both sides of a
/// comparison go through the same mapping. A unit without a number before it (万科, 百联, 亿纬) stays; 十 alone is ten. A digit that
/// follows a unit above ten without a unit of its own begins a new number: 10万二期 is 100000 and phase 2.
/// </remarks>
public static class Numerals
{
    // A longer literal is a serial number; multiplied by 万亿 it would also leave the exact range of decimal.
    private const int LongestLiteral = 12;

    /// <summary>The same text with every numeral in Arabic digits, thousands separators gone. Expects full-width forms already folded (NFKC).</summary>
    public static string Equate(string text)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var end = Read(text, at, out var number);
            if (end == at)
                result.Append(text[at++]);
            else
            {
                result.Append(number);
                at = end;
            }
        }
        return result.ToString();
    }

    /// <summary>Reads the number that begins at <paramref name="start"/>; answers where it ends, or <paramref name="start"/> when none begins there.</summary>
    /// <param name="number">The number in Arabic digits with a decimal point where it needs one; empty when none begins there.</param>
    public static int Read(string text, int start, out string number)
    {
        number = "";
        var digits = ReadDigits(text, start, out var current);
        if (digits == start && !IsTen(text, start))
            return start;
        if (current.Length > LongestLiteral + 1)
        {
            number = current;
            return digits;
        }

        decimal above = 0,
            section = 0; // above: what 亿 and 万 have already closed
        decimal? open =
            digits == start
                ? null
                : decimal.Parse(current, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var lastSmall = 10_000m; // 千, 百 and 十 go down within a section
        bool hadWan = false,
            hadYi = false,
            units = false;
        var at = digits;
        while (true)
        {
            var next = open is null ? at : SkipSpaces(text, at);
            var unit = UnitAt(text, next);
            if (
                unit is 10 or 100 or 1000
                && unit < lastSmall
                && (open is not null || (unit == 10 && lastSmall == 10_000m))
            )
            {
                section += (open ?? 1) * unit;
                (open, lastSmall) = (null, unit);
            }
            else if (unit == 10_000m && !hadWan && (open is not null || section > 0))
            {
                above += (section + (open ?? 0)) * unit;
                (section, open, lastSmall, hadWan) = (0, null, 10_000m, true);
            }
            else if (unit == 100_000_000m && !hadYi && (open is not null || section > 0 || hadWan))
            {
                above = (above + section + (open ?? 0)) * unit;
                (section, open, lastSmall, hadWan, hadYi) = (0, null, 10_000m, false, true);
            }
            else
                break;
            units = true;
            at = next + 1;

            var zero = at < text.Length && text[at] is '零' or '〇';
            var end = ReadDigits(text, zero ? at + 1 : at, out current);
            if (end == (zero ? at + 1 : at) || current.Length > LongestLiteral)
                continue;
            // 十二, 一百零二 and 三千五百 go on; 10万 二期 does not.
            var followed = UnitAt(text, SkipSpaces(text, end));
            if (followed == 0 && lastSmall != 10 && !zero)
                break;
            if (followed >= lastSmall && followed < 10_000m)
                break;
            open = decimal.Parse(current, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            at = end;
        }
        number = units
            ? (above + section + (open ?? 0)).ToString("0.############", CultureInfo.InvariantCulture)
            : current;
        return at;
    }

    private static int SkipSpaces(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    /// <summary>A literal: 400,000 or 1.5 in Arabic digits, or Chinese digits one after another (二〇二三).</summary>
    private static int ReadDigits(string text, int start, out string digits)
    {
        digits = "";
        var at = start;
        if (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            var read = text[start..at];
            if (read.Length <= 3)
            {
                while (
                    at + 3 < text.Length
                    && text[at] == ','
                    && AllDigits(text, at + 1, 3)
                    && !(at + 4 < text.Length && char.IsAsciiDigit(text[at + 4]))
                )
                {
                    read += text.Substring(at + 1, 3);
                    at += 4;
                }
            }
            if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
            {
                var point = at++;
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                    at++;
                read += text[point..at];
            }
            digits = read;
            return at;
        }
        var chinese = new StringBuilder();
        while (at < text.Length && DigitAt(text, at) is var digit and >= 0)
        {
            chinese.Append((char)('0' + digit));
            at++;
        }
        digits = chinese.ToString();
        return at;
    }

    private static bool AllDigits(string text, int at, int count)
    {
        for (var i = at; i < at + count; i++)
        {
            if (i >= text.Length || !char.IsAsciiDigit(text[i]))
                return false;
        }
        return true;
    }

    private static int DigitAt(string text, int at) =>
        text[at] switch
        {
            '〇' or '零' => 0,
            '一' or '壹' => 1,
            '二' or '贰' or '貳' => 2,
            '三' or '叁' => 3,
            '四' or '肆' => 4,
            '五' or '伍' => 5,
            '六' or '陆' or '陸' => 6,
            '七' or '柒' => 7,
            '八' or '捌' => 8,
            '九' or '玖' => 9,
            '两' or '兩' when UnitAt(text, at + 1) >= 100 => 2,
            _ => -1,
        };

    private static bool IsTen(string text, int at) => UnitAt(text, at) == 10;

    private static decimal UnitAt(string text, int at) =>
        at >= text.Length
            ? 0
            : text[at] switch
            {
                '十' or '拾' => 10,
                '百' or '佰' => 100,
                '千' or '仟' => 1000,
                '万' or '萬' => 10_000,
                '亿' or '億' => 100_000_000,
                _ => 0,
            };
}
