using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Domain.Matching;

/// <summary>Phase marks in a project's name: 一期, 第2期, 首期, Ⅱ期, phase 1, second phase (R13: a phase is not its whole).</summary>
public static partial class PhaseMarks
{
    private static readonly string[] Roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];
    private static readonly string[] Cardinals = ["one", "two", "three", "four", "five"];

    /// <summary>The numbers of the phases a name speaks of, ascending; empty when it speaks of none. 首期 is phase 1.</summary>
    public static IReadOnlyList<int> Of(string name) => Known.Of(name);

    /// <summary>Whether the two names are marked as different phases, or one as a phase and the other not.</summary>
    public static bool Differ(string a, string b) => !Of(a).SequenceEqual(Of(b));

    private static readonly Remembered<IReadOnlyList<int>> Known = new(Find);

    private static IReadOnlyList<int> Find(string name)
    {
        var text = Normalised.Folded(name);
        var phases = new SortedSet<int>();
        foreach (System.Text.RegularExpressions.Match mark in Chinese().Matches(text))
        {
            foreach (Capture number in mark.Groups["n"].Captures)
                phases.UnionWith(Numbers(number.Value));
        }
        foreach (System.Text.RegularExpressions.Match mark in English().Matches(text))
            phases.UnionWith(Numbers(mark.Groups["n"].Value));
        return [.. phases];
    }

    private static IEnumerable<int> Numbers(string text)
    {
        if (text is "首" or "1st")
            return [1];
        if (text is "2nd" or "3rd")
            return [text[0] - '0'];
        foreach (var words in (string[][])[Roman, Ordinals, Cardinals])
        {
            if (Array.IndexOf(words, text) is var at and >= 0)
                return [at + 1];
        }
        // 一二期 is both phases, not the twelfth.
        var arabic = Numerals.Equate(text);
        return text.Length == 2 && !char.IsAsciiDigit(text[0]) && !text.Contains('十', StringComparison.Ordinal)
                ? arabic.Where(char.IsAsciiDigit).Select(c => c - '0')
            : int.TryParse(arabic, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 100
                ? [number]
            : [];
    }

    // A run of numerals is one number: to part it in every way would take for ever.
    [GeneratedRegex(
        @"(?:(?<n>首|(?<![一二三四五六七八九十])[一二三四五六七八九十]+|(?<![0-9.])[0-9]{1,2}|(?<![a-z])(?:iv|ix|v?i{1,3}|v|x))\s*(?:[、,/和与及~\-]|期[、,/和与及~\-])?)+期(?!间|限|货|刊|望)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Chinese();

    [GeneratedRegex(
        @"\bphase\s*(?<n>[0-9]{1,2}|iv|ix|v?i{1,3}|v|x|one|two|three|four|five)\b|\b(?<n>1st|2nd|3rd|first|second|third|fourth|fifth)\s+phase\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex English();
}
