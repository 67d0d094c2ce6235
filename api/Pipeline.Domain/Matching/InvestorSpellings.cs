using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.Domain.Matching;

/// <summary>The weaker keys of an investor's name (R13): the same firm written otherwise. They lead to review, never to a refusal nor to L1.</summary>
public static partial class InvestorSpellings
{
    /// <summary>The shortest name that counts when it is contained in another.</summary>
    private const int ShortestContained = 4;
    private const int ShortestContainedLatin = 5;

    /// <summary>The longest and shortest names that count when they are one edit apart.</summary>
    private const int LongestEdited = 8;
    private const int ShortestEdited = 3;
    private const int ShortestEditedLatin = 5;

    /// <summary>The forms of a name that are compared, in simplified script without legal suffixes: all of it, without branch and brackets, without places, and what stands in brackets.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var plain = HanFolding.Fold(Normalised.Folded(name));
        var forms = new List<string> { Normalised.InvestorName(plain) };
        var outer = Brackets().Replace(plain, " ");
        foreach (
            var part in Brackets()
                .Matches(plain)
                .Select(bracket => bracket.Groups["in"].Value)
                .Where(IsName)
                .Prepend(outer)
        )
        {
            var whole = WithoutBranch(Normalised.InvestorName(part));
            forms.Add(whole);
            var core = WordList.WithoutLeadingPlaces(whole);
            // A place outside brackets may also stand at the end: 西门子中国.
            core = WordList.WithoutTrailingPlaces(core);
            if (WordList.OwnCharacters(core) >= 2)
                forms.Add(core);
        }

        return
        [
            .. forms
                .Select(ProjectCores.Cut)
                .Where(form => form.Length > 1 && !InvestorIdentity.IsGeneric(form))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether two forms may be one firm: equal, one edit apart in short names, or one contained in the other.</summary>
    public static bool AreAlike(string a, string b)
    {
        if (a == b)
            return true;
        var (x, y) = (Similarity.CodePoints(a), Similarity.CodePoints(b));
        return IsOneEdit(x, y) || (x.Length < y.Length ? IsWithin(a, x.Length, b) : IsWithin(b, y.Length, a));
    }

    /// <summary>Whether any form of the one may be the same firm as any of the other.</summary>
    public static bool AreAlike(IReadOnlyList<string> a, IReadOnlyList<string> b) =>
        a.Any(x => b.Any(y => AreAlike(x, y)));

    /// <summary>Whether a form counts when it is contained in another: long enough, and more than places and words that many names share.</summary>
    internal static bool MayBeContained(string form) => MayBeContained(form, Similarity.CodePoints(form).Length);

    /// <summary>Whether a form counts when it is one edit apart from another.</summary>
    internal static bool MayBeEdited(string form) =>
        Similarity.CodePoints(form) is var runes
        && runes.Length <= LongestEdited
        && runes.Length >= ShortestEditedOf(runes);

    private static int ShortestEditedOf(int[] runes) =>
        runes.All(rune => rune < 128) ? ShortestEditedLatin : ShortestEdited;

    private static bool MayBeContained(string form, int length) =>
        length >= ShortestOf(form, ShortestContained, ShortestContainedLatin) && WordList.OwnCharacters(form) >= 2;

    private static bool IsWithin(string inner, int length, string outer) =>
        MayBeContained(inner, length) && outer.Contains(inner, StringComparison.Ordinal);

    private static int ShortestOf(string form, int shortest, int latin) => form.All(char.IsAscii) ? latin : shortest;

    /// <summary>One character replaced, added or left out. Numbers, points of the compass and single letters tell firms apart: those are no slips.</summary>
    private static bool IsOneEdit(int[] a, int[] b)
    {
        if (a.Length > b.Length)
            (a, b) = (b, a);
        if (b.Length > LongestEdited || b.Length - a.Length > 1)
            return false;
        if (a.Length < ShortestEditedOf(a) || b.Length < ShortestEditedOf(b))
            return false;
        var from = 0;
        while (from < a.Length && a[from] == b[from])
            from++;
        var left = b.Length == a.Length ? from + 1 : from;
        return a.AsSpan(left).SequenceEqual(b.AsSpan(from + 1))
            && !IsTelling(b, from)
            && (b.Length > a.Length || !IsTelling(a, from));
    }

    private static bool IsTelling(int[] text, int at) =>
        text[at] is >= '0' and <= '9'
        || (text[at] < 128 && text.Count(rune => rune < 128) < ShortestEditedLatin)
        || "东南西北中甲乙丙丁戊己庚辛壬癸子丑寅卯".Contains((char)text[at], StringComparison.Ordinal);

    private static string WithoutBranch(string name)
    {
        var branch = Branch().Match(name);
        return branch is { Success: true, Index: > 1 }
            ? Normalised.InvestorName(WordList.WithoutTrailingPlaces(name[..branch.Index]))
            : name;
    }

    /// <summary>Whether what stands in brackets is a name: no place, no kind of firm, no remark.</summary>
    private static bool IsName(string text)
    {
        var bare = Normalised.Bare(text, null);
        return Similarity.CodePoints(bare).Length >= 2
            && !WordList.IsPlace(bare)
            && !Remark().IsMatch(bare)
            && WordList.OwnCharacters(Normalised.InvestorName(text)) >= 2;
    }

    [GeneratedRegex(@"[(\[〔【「](?<in>[^()\[\]〔〕【】「」]*)[)\]〕】」]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    [GeneratedRegex(
        @"(?:分公司|支公司|子公司|分行|支行|办事处|代表处|营业部|分部|分厂|branch)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Branch();

    [GeneratedRegex(
        @"合伙|筹|暂定|拟|原名|曾用名|子公司|控股|参股|上市|强|央企|国企|民企|外资|独资|合资|注册|简称|以下|代码|备案",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Remark();
}
