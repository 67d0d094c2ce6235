using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.Domain.Matching;

/// <summary>The forms in which R13 compares names, codes and classes. An empty form never matches anything.</summary>
/// <remarks>Traditional and simplified script are not equated here: other spellings lead to review only (<see cref="InvestorSpellings"/>).</remarks>
public static partial class Normalised
{
    // Written as they stand once spaces and punctuation are gone. 集团 counts as a legal suffix (R13), so does its English twin.
    private static readonly string[] ChineseSuffixes =
    [
        "股份有限公司",
        "有限责任公司",
        "有限責任公司",
        "私人有限公司",
        "股份公司",
        "有限公司",
        "总公司",
        "總公司",
        "公司",
        "集团",
        "集團",
        "股份",
        "有限合伙",
        "普通合伙",
        "合伙企业",
        "株式会社",
        "株式會社",
        "有限会社",
        "合同会社",
        "주식회사",
        "유한회사",
    ];

    private static readonly string[] LatinSuffixes =
    [
        "incorporated",
        "corporation",
        "limited",
        "company",
        "private",
        "berhad",
        "group",
        "sdnbhd",
        "coltd",
        "kgaa",
        "gmbh",
        "sarl",
        "corp",
        "ltda",
        "pvt",
        "pte",
        "pty",
        "plc",
        "llc",
        "llp",
        "inc",
        "ltd",
        "spa",
        "srl",
        "sas",
        "asa",
        "bhd",
        "sdn",
        "co",
        "ag",
        "sa",
        "bv",
        "nv",
        "kk",
        "kg",
        "ab",
        "as",
        "oy",
        "se",
        "lp",
    ];

    private static readonly (string Text, bool Latin)[] Suffixes =
    [
        .. ChineseSuffixes
            .Select(s => (s, false))
            .Concat(LatinSuffixes.Select(s => (s, true)))
            .OrderByDescending(s => s.Item1.Length),
    ];

    /// <summary>An investor's name as R13 compares it: numerals equated, NFKC, case, spaces, punctuation and legal suffixes gone, never to nothing.</summary>
    public static string InvestorName(string name) => Names.Of(name);

    /// <summary>A project's name as R13 compares it; the rule normalises both kinds of name alike.</summary>
    public static string ProjectName(string name) => Names.Of(name);

    private static readonly Remembered<string> Names = new(Name);

    /// <summary>A unified social credit code in the form it is compared in, or null when it is missing or not well formed (GB 32100).</summary>
    public static string? Uscc(string? code)
    {
        if (code is null)
            return null;
        var plain = Bare(Folded(code), null).ToUpperInvariant();
        return Matching.Uscc.IsWellFormed(plain) ? plain : null;
    }

    /// <summary>A national project code in the form it is compared in, or null when it is missing or not well formed.</summary>
    public static string? NationalCode(string? code)
    {
        if (code is null)
            return null;
        var plain = string.Concat(
            Folded(code)
                .Where(c => !char.IsWhiteSpace(c))
                .Select(c => char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation ? '-' : c)
        );
        return Matching.NationalCode.IsWellFormed(plain) ? plain : null;
    }

    /// <summary>Whether a text is a well-formed national project code once full-width forms are folded.</summary>
    public static bool IsNationalCode(string? code) => NationalCode(code) is not null;

    /// <summary>What "same class" compares: the first three digits of a GB/T 4754 code (all of a shorter one), or null when there is none.</summary>
    public static string? IndustryClass(string? code)
    {
        if (code is null)
            return null;
        var digits = string.Concat(Folded(code).Where(char.IsAsciiDigit).Take(3));
        return digits.Length >= 2 ? digits : null;
    }

    private static string Name(string name)
    {
        var wordStarts = new HashSet<int>();
        var text = Bare(Numerals.Equate(Folded(name)), wordStarts);
        while (SuffixOf(text, wordStarts) is > 0 and var length)
            text = text[..^length];
        return text;
    }

    /// <summary>How long the suffix is that the text ends with; 0 where there is none, or nothing else.</summary>
    private static int SuffixOf(string text, HashSet<int> wordStarts)
    {
        var found = 0;
        foreach (var (suffix, latin) in Suffixes)
        {
            // 有限公司 alone is cut to nothing, so not at all: not even its own 公司.
            if (text == suffix)
                return 0;
            if (found == 0 && Ends(text, suffix, latin, wordStarts))
                found = suffix.Length;
        }

        return found;
    }

    private static bool Ends(string text, string suffix, bool latin, HashSet<int> wordStarts)
    {
        var start = text.Length - suffix.Length;
        if (start <= 0 || !text.EndsWith(suffix, StringComparison.Ordinal))
            return false;
        // "sa" ends a name only where it stood as a word: Visa is no Vi, and 嘉兴分公司 is no 嘉兴分.
        return latin ? wordStarts.Contains(start) : suffix != "公司" || text[start - 1] is not ('分' or '子' or '支');
    }

    /// <summary>Compatibility forms folded, lower case; whatever is no valid text becomes U+FFFD, which is a symbol and falls out.</summary>
    internal static string Folded(string text)
    {
        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Append(valid, rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        var folded = new StringBuilder(valid.Length);
        foreach (var rune in valid.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
            Append(folded, Rune.ToLowerInvariant(rune));
        return folded.ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        Span<char> letters = stackalloc char[2];
        text.Append(letters[..rune.EncodeToUtf16(letters)]);
    }

    /// <summary>The text without spaces, punctuation, symbols and invisible characters; notes where a Latin word began.</summary>
    internal static string Bare(string folded, HashSet<int>? wordStarts)
    {
        var bare = new StringBuilder(folded.Length);
        var boundary = true;
        foreach (var rune in folded.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (IsDropped(rune, category))
            {
                boundary = true;
                continue;
            }
            if (boundary)
                wordStarts?.Add(bare.Length);
            Append(bare, rune);
            boundary = category == UnicodeCategory.OtherLetter;
        }
        return bare.ToString();
    }

    private static bool IsDropped(Rune rune, UnicodeCategory category) =>
        category switch
        {
            UnicodeCategory.ConnectorPunctuation
            or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation => true,
            UnicodeCategory.MathSymbol
            or UnicodeCategory.CurrencySymbol
            or UnicodeCategory.ModifierSymbol
            or UnicodeCategory.OtherSymbol => true,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
                true,
            UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.Surrogate => true,
            // Variation selectors are as invisible as the format characters.
            UnicodeCategory.NonSpacingMark => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF),
            _ => false,
        };
}

/// <summary>The unified social credit code of GB 32100: 18 characters, the last a check digit (MOD 31-3).</summary>
public static partial class Uscc
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Whether the shape is right: 18 characters of the standard's alphabet (no I, O, S, V, Z), six digits of region.</summary>
    public static bool IsWellFormed(string code) => Shape().IsMatch(code);

    /// <summary>Whether the last character is the check digit of the first 17. Real codes exist that fail: a warning, never a refusal.</summary>
    public static bool CheckDigitHolds(string code)
    {
        if (!IsWellFormed(code))
            return false;
        int sum = 0,
            weight = 1;
        foreach (var character in code.AsSpan(0, 17))
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - (sum % 31)) % 31] == code[17];
    }

    [GeneratedRegex(@"^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

/// <summary>The project code of the national approval platform (在线审批监管平台), 24 characters.</summary>
public static partial class NationalCode
{
    /// <summary>Whether the shape is right: four, six, two, two and six digits with hyphens between.</summary>
    public static bool IsWellFormed(string code) => Shape().IsMatch(code);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
