using System.Text.RegularExpressions;

namespace Pipeline.Domain.Matching;

/// <summary>Whether a name identifies an investor at all (R12): "某企业", "日本投资方" or somebody's team does not.</summary>
public static partial class InvestorIdentity
{
    /// <summary>Whether the name is empty, a placeholder, or only says what kind of investor it is.</summary>
    public static bool IsGeneric(string name) => Judged.Of(name);

    private static readonly Remembered<bool> Judged = new(Judge);

    private static bool Judge(string name)
    {
        var folded = Normalised.Folded(name).Trim();
        var bare = Normalised.Bare(folded, null);
        return bare.Length == 0
            || Hidden().IsMatch(folded)
            || Kind().IsMatch(bare)
            || Placeholder().IsMatch(bare)
            || Team().IsMatch(bare)
            || EnglishKind().IsMatch(folded);
    }

    // x between Latin letters is spelling (Exxon), apart from them it hides a name; 某 is no part of a registered name.
    [GeneratedRegex(@"某|(?<![a-z0-9])x{2,}(?![a-z0-9])|[×✕✖\*○●□■◯]{2,}|_{2,}|\?{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"(?:团队|團隊|课题组|专家组|创业者|科研人员|team)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Team();

    [GeneratedRegex(
        @"^(?:无|暂无|没有|待定|未定|待确定|未确定|待明确|未明确|待确认|待补充|不详|不明|未知|未披露|未公开|未提供|未填|保密|匿名|暂不公开|暂不便透露|不便透露|洽谈中|拟引进|空|甲方|乙方|甲|乙|丙|丁|x|企业名称|公司名称|投资方名称|请填写|tbd|tbc|na|none|null|nil|unknown|undisclosed|confidential|anonymous|unnamed|tobedetermined|tobeconfirmed)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Placeholder();

    // An industry before 集团 or 公司 may well be a registered name (上海汽车集团), before 企业 or 客商 it is none.
    private const string Status =
        "(?:一|两|二|三|多|数|几|1|2|3)?(?:家|个|位|名)|的|等|省属|市属|区属|县属|省级|市级|国内|国外|境内|境外|海外|外地|本地|当地|外省|省外|市外|域外|大型|中型|小型|知名|著名|头部|龙头|领军|行业|重点|优质|优秀|实力|拟上市|上市|独角兽|全球|世界|财富|[0-9]+强|五百强|国有|国资|民营|私营|民间|社会|外资|外商|内资|台资|港资|日资|韩资|德资|美资|法资|英资|欧资|合资|独资|央属|中央";
    private const string Abroad =
        "日本|韩国|德国|美国|法国|英国|意大利|荷兰|瑞士|瑞典|丹麦|挪威|芬兰|比利时|奥地利|西班牙|俄罗斯|新加坡|马来西亚|泰国|越南|印度尼西亚|印尼|印度|以色列|澳大利亚|加拿大|巴西|阿联酋|沙特|香港|澳门|台湾|港澳台|欧洲|欧美|北美|亚洲|东南亚|中东";
    private const string AtHome =
        "中国|浙江|江苏|上海|北京|天津|重庆|广东|山东|福建|安徽|江西|湖南|湖北|河南|河北|四川|深圳|广州|杭州|宁波|温州|苏州|嘉兴|南京|武汉|成都|长三角|珠三角|省|市";
    private const string Industry =
        "新能源|半导体|集成电路|芯片|汽车零部件|汽车|生物医药|医药|医疗器械|化工|新材料|食品|物流|光伏|储能|电池|装备|高新技术|高科技|科技|互联网|电子|服装|纺织|机械";

    [GeneratedRegex(
        "^(?:(?:"
            + Status
            + "|"
            + Abroad
            + "|"
            + AtHome
            + "|"
            + Industry
            + ")*"
            + "(?:投资方|投资人|投资者|投资商|投资主体|投资企业|客商|外商|企业|国企|央企|民企|外企|私企|台商|港商|日商|韩商|侨商|浙商|外资|国资|内资|民资|业主|业主单位|项目方|合作方|意向方|相关方|有关方面|个人|自然人|老板|华侨|企业家|[0-9]+强|五百强)"
            + "|(?:"
            + Status
            + "|"
            + Abroad
            + ")*(?:公司|集团|集团公司|厂商|厂家|工厂|财团|机构|基金|资本|投资公司|投资机构|投资集团)"
            + "|(?:"
            + AtHome
            + ")公司)"
            + "(?:[a-z甲乙丙丁]|[0-9]{1,2})?\\z|^[a-z甲乙丙丁](?:公司|企业|集团|投资方|客商|方)\\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Kind();

    [GeneratedRegex(
        """
            ^(?:(?:an?|the|some|one|certain|unnamed|undisclosed|anonymous|unknown|foreign|domestic|overseas|local|international|leading|large|major|private|listed|
                state-?owned|well-known|fortune|global|500|japanese|korean|german|american|us|french|british|uk|italian|dutch|swiss|swedish|chinese|taiwanese|
                singaporean|european|hong\ kong)\s+)*
            (?:investors?|compan(?:y|ies)|enterprises?|firms?|groups?|corporations?|part(?:y|ies)|clients?|funds?|persons?|individuals?|businesse?s?|manufacturers?)
            (?:\s+[a-z0-9])?\z
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex EnglishKind();
}
