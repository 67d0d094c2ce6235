using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>Text of a cell as the readers look at it: full-width forms folded, lower case, white space evened out. What stood there stays as it was.</summary>
public static partial class Written
{
    /// <summary>Folded, trimmed, runs of white space made one blank, line breaks included.</summary>
    public static string Plain(string text) => Spaces().Replace(Normalised.Folded(text), " ").Trim();

    /// <summary>Folded, without any space, punctuation or symbol.</summary>
    public static string Bare(string text) => Normalised.Bare(Normalised.Folded(text), null);

    /// <summary>Whether a cell says in a usual way that it says nothing: blank, a dash, 无, 暂无, n/a.</summary>
    public static bool IsBlank(string plain) => plain.Length == 0 || Nothing().IsMatch(plain);

    /// <summary>A typed text as it is kept in a record: trimmed, white space evened out, without what cannot be seen; nothing else changed.</summary>
    public static string Tidy(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var rune in Spaces().Replace(text, " ").EnumerateRunes())
        {
            if (
                Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)
                && rune != Rune.ReplacementChar
            )
                seen.Append(rune.ToString());
        }

        return seen.ToString().Trim();
    }

    /// <summary>The beginning of a text, cut between characters.</summary>
    public static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    [GeneratedRegex(@"[\s\u3000\u200b\ufeff]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?:[-—–_/\\*.]+|无|暂无|没有|空|n/?a|none|null|nil)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Nothing();
}
