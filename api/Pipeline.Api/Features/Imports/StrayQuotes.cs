using System.Text;

namespace Pipeline.Api.Features.Imports;

/// <summary>
/// Finds quotation marks at the beginning of a cell that quote nothing: the mark never closes, or not before a separator, or only by swallowing lines that are rows of their own.
/// Such a mark is a letter like any other; it is put aside while the text is taken apart.
/// </summary>
internal static class StrayQuotes
{
    /// <summary>Stands for a quotation mark that is a letter.</summary>
    public const char Letter = '\uE0F2';

    /// <summary>The text with such marks put aside.</summary>
    public static string SetAside(string text, char separator)
    {
        if (!text.Contains('"', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        var perLine = SeparatorsOfFirstLine(text, separator);
        var starts = true;
        for (var at = 0; at < text.Length; )
        {
            var c = text[at];
            if (starts && c == '"')
            {
                if (EndOf(text, at, separator, perLine) is { } end)
                {
                    result.Append(text, at, end - at);
                    at = end;
                    starts = false;
                    continue;
                }

                // To the end of the line no mark quotes.
                var line = LineEnd(text, at);
                result.Append(text[at..line].Replace('"', Letter));
                at = line;
                starts = false;
                continue;
            }

            starts = c == separator || c == '\n' || c == '\r';
            result.Append(c);
            at++;
        }

        return result.ToString();
    }

    /// <summary>Where the quoted cell that begins here ends, behind its closing mark; null when it is none.</summary>
    private static int? EndOf(string text, int start, char separator, int perLine)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] != '"')
                continue;
            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                at++;
                continue;
            }

            var closes = at + 1 == text.Length || text[at + 1] == separator || text[at + 1] is '\r' or '\n';
            return closes && !Swallows(text.AsSpan(start + 1, at - start - 1), separator, perLine) ? at + 1 : null;
        }

        return null;
    }

    /// <summary>Whether a quoted text holds the end of a row and the beginning of the next one: a line break with as many separators around it as a line has.</summary>
    private static bool Swallows(ReadOnlySpan<char> quoted, char separator, int perLine)
    {
        var first = quoted.IndexOf('\n');
        if (first < 0 || perLine == 0)
            return false;
        return quoted.Count(separator) >= perLine;
    }

    private static int SeparatorsOfFirstLine(string text, char separator) =>
        text.Split('\n', 40)
            .Take(39)
            .Select(line => line.AsSpan().Count(separator))
            .Where(count => count > 0)
            .GroupBy(count => count)
            .OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Key)
            .Select(group => group.Key)
            .FirstOrDefault();

    private static int LineEnd(string text, int at)
    {
        var end = text.IndexOfAny(['\r', '\n'], at);
        return end < 0 ? text.Length : end;
    }
}
