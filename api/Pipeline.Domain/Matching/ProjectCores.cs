using System.Text.RegularExpressions;

namespace Pipeline.Domain.Matching;

/// <summary>What is left of a project's name without capacity, units, places, phases and the words that frame it (R13): 30万立方米/年硅基纳米气凝胶复合材料项目 and 硅基纳米气凝胶复合材料项目 are one.</summary>
public static partial class ProjectCores
{
    /// <summary>How much a core must tell before it counts when it is equal to, or contained in, another (<see cref="WordList.WeightOf"/>).</summary>
    private const double LeastWeight = 4;
    private const int Longest = 60;

    /// <summary>From this length on a core may differ in one character: each of its halves is still found.</summary>
    internal const int LongEnoughForASlip = 8;

    /// <summary>The core of a name, in simplified script.</summary>
    public static string Of(string name)
    {
        var text = HanFolding.Fold(Normalised.Folded(name));
        text = Numerals.Equate(Company().Replace(Phases().Replace(text, " "), " "));
        var core = Joined(Capacity().Replace(text, " "));
        // 年产80万吨PTA项目: where little is left without the capacity, the capacity is what tells.
        return IsTelling(core) ? core : Joined(text);
    }

    private static string Joined(string text)
    {
        var core = Unframed(
            string.Concat(
                Separators()
                    .Split(text)
                    .Select(part => Unframed(Normalised.Bare(part, null)))
                    .Where(part => part.Length > 0)
            )
        );
        return Cut(core);
    }

    /// <summary>The text, not longer than is kept, cut between characters.</summary>
    internal static string Cut(string text) =>
        text.Length <= Longest ? text
        : char.IsHighSurrogate(text[Longest - 1]) ? text[..(Longest - 1)]
        : text[..Longest];

    /// <summary>Whether two cores may be one project: equal, or the shorter contained in the other, in a long one but for one character; and it tells enough.</summary>
    public static bool AreAlike(string a, string b)
    {
        if (a.Length > b.Length)
            (a, b) = (b, a);
        return IsTelling(a)
            && (b.Contains(a, StringComparison.Ordinal) || (a.Length >= LongEnoughForASlip && IsWithinButForOne(a, b)));
    }

    /// <summary>Whether a core tells enough to be compared with others.</summary>
    public static bool IsTelling(string core) => WordList.WeightOf(core) >= LeastWeight;

    /// <summary>Whether an investor's form is named in another project's core: at its beginning, or a longer one anywhere.</summary>
    public static bool Names(string core, string form) =>
        core.StartsWith(form, StringComparison.Ordinal)
            ? WordList.OwnCharacters(form) >= 2
            : InvestorSpellings.MayBeContained(form) && core.Contains(form, StringComparison.Ordinal);

    /// <summary>Whether the inner text stands in the outer one with one character replaced.</summary>
    private static bool IsWithinButForOne(string inner, string outer)
    {
        for (var start = 0; start + inner.Length <= outer.Length; start++)
        {
            var differing = 0;
            for (var at = 0; at < inner.Length && differing < 2; at++)
                differing += inner[at] == outer[start + at] ? 0 : 1;
            if (differing < 2)
                return true;
        }

        return false;
    }

    private static string Unframed(string text)
    {
        text = WordList.WithoutLeadingPlaces(text);
        while (Frame().Match(text) is { Success: true } frame && frame.Length < text.Length)
            text = text.Remove(frame.Index, frame.Length);
        return WordList.IsPlace(text) ? "" : text;
    }

    // A run of numerals is one number: to part it in every way would take for ever.
    [GeneratedRegex(
        @"(?:第?(?:首|(?<![一二三四五六七八九十])[一二三四五六七八九十]+|(?<![0-9])[0-9]+|(?<![a-z])(?:iv|ix|v?i{1,3}|v|x))[、,/和与及~\-]?)+期(?!间|限|货|刊|望)(?:工程|项目)?|\bphase\s*(?:[0-9]{1,2}|[ivx]{1,4}|one|two|three)\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Phases();

    // A number with its unit, and 年产 before or /年 behind it.
    [GeneratedRegex(
        @"(?:年|日|月)?(?:新增|新建|增加)?(?:产能?|加工|处理|组装|生产|供应?)?(?:约|超|达)?[0-9]+(?:\.[0-9]+)?\s*(?:万|亿)?\s*(?:(?:立方|平方)?[米尺]|m[23]|㎡|公里|吨|千克|公斤|克|升|台套|台|套|辆|只|件|片|块|支|根|箱|瓶|颗|个|人|亩|户|座|条|头|mm|cm|nm|km|kg|gwh?|mwh?|kwh?|兆瓦时?|吉瓦时?|千瓦时?|伏安|kva|mva|安时|瓦时?|t)?(?:\s*/\s*(?:年|a|天|日))?(?:以上)?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Capacity();

    [GeneratedRegex(@"股份有限公司|有限责任公司|有限公司|(?<![分子])公司|集团股份|集团", RegexOptions.CultureInvariant)]
    private static partial Regex Company();

    [GeneratedRegex(@"[\s()\[\]“”""'‘’《》·、,.;:—\-/+]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(
        @"\A(?:关于|新建|扩建|改建|改扩建|迁建|年产|建设)|(?:项目|工程|建设|生产线|新建|扩建|改建|改扩建|迁建|技改|技术改造|改造|生产|投资|产业化|基地|project)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Frame();
}
