using System.Buffers;
using System.Globalization;

namespace Pipeline.Api.Features.Exports;

/// <summary>A table that is written cell by cell into a stream; null or empty: an empty cell.</summary>
public interface ITable
{
    void Text(string? text);

    void Number(decimal? number);

    void Day(DateOnly? day);

    void Instant(DateTimeOffset? instant);

    ValueTask EndRow();

    /// <summary>Hands on what was written so far.</summary>
    ValueTask Flush();

    /// <summary>Writes what makes the file complete.</summary>
    ValueTask End();
}

/// <summary>Texts that a spreadsheet program must not take for formulas.</summary>
public static class Formulas
{
    private static readonly SearchValues<char> Openers = SearchValues.Create("=+-@＝＋－＠");

    /// <summary>Whether a text would open a formula, in a program that overlooks blanks and what cannot be seen before it.</summary>
    public static bool Opens(string text)
    {
        foreach (var c in text)
        {
            // What begins with a letter or digit, as nearly every text does, is told at once.
            if (c is >= '一' and <= '鿿' or >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9')
                return false;
            if (Openers.Contains(c) || c is '\t' or '\r' or '\n')
                return true;
            if (!IsOverlooked(c))
                return false;
        }

        return false;
    }

    private static bool IsOverlooked(char c) =>
        char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control
        || c is '\u115F' or '\u1160' or '\u2800' or '\u3164' or '\uFFA0';

    /// <summary>The text with an apostrophe before what would open a formula.</summary>
    public static string Neutralised(string text) => Opens(text) ? "'" + text : text;
}
