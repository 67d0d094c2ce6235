using System.Globalization;

namespace Pipeline.Api.Documents;

/// <summary>Where a line of Chinese text may end: between any two characters, but not within a word or number, before closing punctuation or after opening punctuation.</summary>
/// <remarks>The part of the Unicode line breaking rules (UAX #14) that official documents need.</remarks>
public static class LineBreaks
{
    private const string Closing = "，。、；：？！）》」』】〕〉”’…—·%‰℃,.;:?!)]}",
        Opening = "（《「『【〔〈“‘([{";

    /// <summary>The pieces of a text that no line tears, in order; together they are the text.</summary>
    public static IReadOnlyList<string> PiecesOf(string text)
    {
        var pieces = new List<string>();
        var before = "";
        foreach (var character in Characters(text))
        {
            if (pieces.Count > 0 && !MayBreak(before, character))
                pieces[^1] += character;
            else
                pieces.Add(character);
            before = character;
        }

        return pieces;
    }

    /// <summary>The lines that a text fills: as many pieces in each as it holds. A piece that is wider than a line is torn where it must be.</summary>
    /// <param name="first">The width of the first line.</param>
    /// <param name="width">That of the others.</param>
    /// <param name="measure">How wide a text is.</param>
    public static IReadOnlyList<string> LinesOf(string text, double first, double width, Func<string, double> measure)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var piece in PiecesOf(text))
        {
            double Room() => lines.Count == 0 ? first : width;
            if (measure((line + piece).TrimEnd()) <= Room())
            {
                line += piece;
                continue;
            }

            if (line.Trim().Length > 0)
                lines.Add(line.Trim());
            line = "";
            foreach (var character in Characters(piece.TrimStart()))
            {
                if (line.Length > 0 && measure(line + character) > Room())
                {
                    lines.Add(line);
                    line = "";
                }

                line += character;
            }
        }

        if (line.Trim().Length > 0 || lines.Count == 0)
            lines.Add(line.TrimEnd());
        return lines;
    }

    /// <summary>What a reader takes for one character: surrogates and marks stay with it.</summary>
    public static IEnumerable<string> Characters(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }

    private static bool MayBreak(string before, string after) =>
        !Closing.Contains(after[0], StringComparison.Ordinal)
        && !Opening.Contains(before[0], StringComparison.Ordinal)
        && after[0] != ' '
        && (before[0] == ' ' || IsWide(before) || IsWide(after));

    /// <summary>Whether it is as wide as it is high, as Chinese characters and their punctuation are.</summary>
    private static bool IsWide(string character) =>
        char.ConvertToUtf32(character, 0) is var code && code is (>= 0x2E80 and <= 0xFFEF) or >= 0x20000;
}
