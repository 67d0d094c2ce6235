using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>One investor read from a cell.</summary>
/// <param name="Name">The name as written, without a bracketed second name.</param>
/// <param name="Alias">A second name in brackets behind it, often the Latin one.</param>
/// <param name="GroupParent">The parent that a bracket names (X全资子公司).</param>
/// <param name="Generic">Whether the name identifies nobody (R12).</param>
public sealed record InvestorReading(string Name, string? Alias, string? GroupParent, bool Generic);

/// <summary>Reads the investors of one cell, the first being the primary one. Cuts only where it is certain that two stand there.</summary>
public static partial class Investors
{
    /// <summary>Reads one cell.</summary>
    /// <param name="text">The cell as it stands.</param>
    /// <param name="known">Normalised names of investors known otherwise: by them 采埃孚和北汽福田 is known to be two.</param>
    public static Cell<IReadOnlyList<InvestorReading>> Split(string text, IReadOnlySet<string>? known = null)
    {
        var plain = Written.Plain(text);
        if (Written.IsBlank(plain))
            return new(text, [], []);
        var doubts = new List<Doubt>();
        var readings = new List<InvestorReading>();
        foreach (var part in Parts(Written.Tidy(text)).SelectMany(p => Joined(p, known, doubts)))
        {
            var reading = Read(part, doubts);
            if (reading.Name.Length > 0 && readings.All(r => r.Name != reading.Name))
                readings.Add(reading);
        }
        foreach (var generic in readings.Where(r => r.Generic))
            doubts.Add(new(ImportCodes.InvestorGeneric, generic.Name));
        return new(text, readings, [.. doubts.DistinctBy(d => (d.Code, string.Join('|', d.Args)))]);
    }

    /// <summary>The normalised names that stand alone in a cell or between 、: what <see cref="Split"/> may know of the other cells.</summary>
    public static IEnumerable<string> CertainNames(string text) =>
        Parts(Written.Tidy(text))
            .Where(p => !Joiner().IsMatch(p))
            .Select(p => Read(p, []))
            .Where(r => !r.Generic && r.Name.Length > 1)
            .Select(r => Normalised.InvestorName(r.Name))
            .Where(n => n.Length > 1);

    private static IEnumerable<string> Parts(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '(' or '（' or '《' or '“')
                depth++;
            else if (text[i] is ')' or '）' or '》' or '”')
                depth = Math.Max(0, depth - 1);
            else if (depth == 0 && IsSeparator(text, i))
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }
        yield return text[start..].Trim();
    }

    private static bool IsSeparator(string text, int at) =>
        text[at] switch
        {
            '、' or '；' or ';' or '\n' or '，' => true,
            // Co., Ltd and A/S are one name.
            ',' => !LegalTail().IsMatch(text[(at + 1)..]),
            '/' or '／' or '|' or '｜' or '+' or '＋' => !(
                at > 0 && at + 1 < text.Length && char.IsAsciiLetter(text[at - 1]) && char.IsAsciiLetter(text[at + 1])
            ),
            _ => false,
        };

    /// <summary>Cuts at 和, 与, 及 or "and" where both sides are names beyond doubt; else keeps the whole and says so.</summary>
    private static IEnumerable<string> Joined(string part, IReadOnlySet<string>? known, List<Doubt> doubts)
    {
        if (known?.Contains(Normalised.InvestorName(part)) == true)
            return [part];
        foreach (System.Text.RegularExpressions.Match joint in Joiner().Matches(part))
        {
            var (left, right) = (part[..joint.Index].Trim(), part[(joint.Index + joint.Length)..].Trim());
            if (left.Length == 0 || right.Length == 0 || Depth(left) != 0)
                continue;
            if (
                IsName(left, known)
                && right.Length > 1
                && (IsName(right, known) || (EndsLegally(left) && Joiner().IsMatch(right)))
                && !IsWord(left, joint.Value, right)
            )
                return [left, .. Joined(right, known, doubts)];
        }
        if (Joiner().Matches(part).Any(j => MaybeTwo(part, j)))
            doubts.Add(new(ImportCodes.InvestorsMaybeSeveral, part));
        return [part];
    }

    private static bool IsName(string text, IReadOnlySet<string>? known) =>
        known?.Contains(Normalised.InvestorName(text)) == true
        || EndsLegally(text)
        || (text.Length >= 4 && ShortForm().IsMatch(text));

    private static bool EndsLegally(string text) => LegalEnd().IsMatch(text);

    // 中和, 协和, 和谐: the letter belongs to a word, unless a whole registered name stands before it.
    private static bool IsWord(string left, string joint, string right) =>
        joint == "和"
        && !RegisteredEnd().IsMatch(left)
        && (WordWithHe().IsMatch(left + joint) || WordFromHe().IsMatch(joint + right));

    private static bool MaybeTwo(string part, System.Text.RegularExpressions.Match joint)
    {
        var (left, right) = (part[..joint.Index].Trim(), part[(joint.Index + joint.Length)..].Trim());
        // 浙江和心纺织有限公司 is one name: a place, or a single letter, invests nothing.
        return left.Length > 1
            && right.Length > 1
            && Depth(left) == 0
            && !PlaceOnly().IsMatch(left)
            && !WordWithHe().IsMatch(left + joint.Value)
            && !WordFromHe().IsMatch(joint.Value + right);
    }

    private static int Depth(string text) => text.Count(c => c is '(' or '（') - text.Count(c => c is ')' or '）');

    private static InvestorReading Read(string part, List<Doubt> doubts)
    {
        var name = part;
        if (AndOthers().Match(name) is { Success: true, Index: > 0 } others)
        {
            name = name[..others.Index].Trim();
            doubts.Add(new(ImportCodes.InvestorsMaybeSeveral, part));
        }
        string? alias = null,
            parent = null;
        if (TrailingBracket().Match(name) is { Success: true, Index: > 0 } bracket)
        {
            var inside = bracket.Groups["in"].Value.Trim();
            if (Subsidiary().Match(inside) is { Success: true } owned)
            {
                parent = owned.Groups["of"].Value;
                name = name[..bracket.Index].Trim();
            }
            else if (inside.Length > 1 && !PartOfName().IsMatch(Written.Bare(inside)))
            {
                alias = inside;
                name = name[..bracket.Index].Trim();
                doubts.Add(new(ImportCodes.InvestorAlias, name, alias));
            }
        }
        return new InvestorReading(name, alias, parent, InvestorIdentity.IsGeneric(name));
    }

    [GeneratedRegex(@"以及|和|与|與|及(?!其)|\s+and\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Joiner();

    [GeneratedRegex(
        @"^\s*(?:ltd|limited|inc|llc|llp|corp|co\b|s\.?a\.?\b|plc|gmbh|pte|pty|b\.?v|n\.?v)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex LegalTail();

    [GeneratedRegex(
        @"(?:公司|集团|集團|股份|合作社|合伙企业|合伙\)|研究院|研究所|研究中心|大学|学院|医院|银行|株式会社|工厂|总厂|厂|ltd\.?|limited|inc\.?|corp\.?|corporation|company|gmbh|llc|plc|\bag|b\.?v\.?|n\.?v\.?|s\.?a\.?|group)[)）]?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex LegalEnd();

    [GeneratedRegex(
        @"(?:公司|集团|集團|合作社|厂|ltd\.?|inc\.?|gmbh|llc)[)）]?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex RegisteredEnd();

    [GeneratedRegex(
        @"(?:科技|电子|化学|化工|石化|化纤|钴业|矿业|锂业|硅业|铝业|钢铁|汽车|新能源|能源|电池|控股|医药|制药|生物|半导体|光电|光伏|材料|新材|食品|纺织|机械|电器|电气|智能|装备|通信|移动|联通|电信|速运|速递|快递|物流|保险|证券|资本|投资|置业|地产|航天|航空|实业|国际|重工|精机|电产|股份)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex ShortForm();

    [GeneratedRegex(
        @"(?:中|协|共|平|饱|温|亲|人|祥|永|义|三|元|太|泰|德|仁|信|万|广|同|嘉|天|大|正|总|融|谐|缓|调|柔|瑞|顺|兴|新|金)和\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex WordWithHe();

    [GeneratedRegex(
        @"^和(?:谐|平|兴|信|记|泰|美|心|利|辉|黄|润|气|合|顺|光|达|盛|风|硕|林|田|县|顿|睦|善|悦|元|义|而|众|丰|昌|成|正|舟|玺|仁|佳)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex WordFromHe();

    [GeneratedRegex(
        @"^(?:[\p{L}]{2,8}(?:省|市|县|区|镇|乡)|浙江|江苏|上海|北京|天津|重庆|广东|山东|福建|安徽|江西|湖南|湖北|河南|河北|四川|深圳|广州|杭州|宁波|温州|苏州|嘉兴|南京|武汉|成都|无锡|常州|绍兴|湖州|海宁|桐乡|平湖|嘉善|海盐|秀洲|南湖|中国|香港|台湾|日本|韩国|德国|美国|法国|英国)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PlaceOnly();

    [GeneratedRegex(
        @"\s*等(?:[0-9一二两三四五六七八九十多数几]*[家个]?(?:企业|公司|单位|投资方)?)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex AndOthers();

    [GeneratedRegex(@"\s*[(（](?<in>[^()（）]+)[)）]\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingBracket();

    [GeneratedRegex(
        @"^(?:系|为|是)?(?<of>.{2,}?)(?:的)?(?:全资|控股|下属|旗下)(?:子|孙)?公司\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Subsidiary();

    [GeneratedRegex(
        @"^(?:有限合伙|普通合伙|特殊普通合伙|集团|中国|国际|控股|筹|上海|北京|天津|重庆|浙江|江苏|广东|深圳|广州|杭州|宁波|苏州|嘉兴|平湖|海宁|桐乡|嘉善|海盐|南湖|秀洲|香港|澳门|台湾|亚洲|亚太|华东|南京|无锡|湖州|绍兴|温州)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PartOfName();
}
