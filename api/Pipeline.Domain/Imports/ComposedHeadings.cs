using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

/// <summary>Headings that no list has whole, but that offices put together of the same few words: 项目拟落地区县, 计划投资总额, 预计签约日期. The lists (<see cref="ImportFields"/>) are asked first.</summary>
internal static partial class ComposedHeadings
{
    private const string Counties = "(?:区县|县区|县市区|市县区|区市县|市县|县市|市区|区|县|市)",
        Towns =
            "(?:镇街|镇街道|乡镇|乡镇街道|乡镇园区|街道|镇|园区|开发区|高新区|产业园|产业园区|功能区|平台|载体|片区|区块|地块)",
        Planned = "(?:拟|计划|预计|预期|预|意向|目标)",
        Day = "(?:日期|时间|日|年月|年月日|月份)",
        EnglishPlanned = "(?:expected|planned|target|estimated|projected|anticipated|proposed)",
        EnglishDay = "(?:date|day|time|on)?";

    private static readonly (string Field, Regex Pattern)[] All =
    [
        (ImportFields.Place, LandingPlace()),
        (ImportFields.Jurisdiction, Unit()),
        (ImportFields.TotalInvestment, Sum()),
        (ImportFields.Investor, Investor()),
        (ImportFields.Stage, Stage()),
        (ImportFields.Chain, Chain()),
        (PlannedSigning, PlannedSigned()),
        (PlannedStart, PlannedStarted()),
        (PlannedProduction, PlannedInProduction()),
        (ImportFields.SignedOn, Signed()),
        (ImportFields.RegisteredOn, Registered()),
        (ImportFields.StartedOn, Started()),
        (ImportFields.InProductionOn, InProduction()),
    ];

    private const string PlannedSigning = "plannedSigningOn",
        PlannedStart = "plannedStartOn",
        PlannedProduction = "plannedProductionOn";

    /// <summary>The field that a heading means, or null.</summary>
    /// <param name="heading">Its letters and digits, in lower case.</param>
    public static string? Meaning(string heading) =>
        All.FirstOrDefault(each => each.Pattern.IsMatch(heading)) is { Field: { } field } ? field : null;

    [GeneratedRegex(
        $@"^(?:项目)?(?:拟|意向|计划|预计)?(?:(?:落地|落户|承接|建设|实施|所在|选址|布局|入驻)(?:{Counties}|{Towns}|地|地点|地址|地区|位置|区域|板块)|(?:所属|属地){Towns})\z|^(?:host|landing|target)(?:county|district|city|zone|park|place|location|site)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex LandingPlace();

    [GeneratedRegex(
        $@"^(?:项目)?(?:所属|归属|责任|申报|报送|上报|填报|牵头|引进|招引|引资|招商|承办|首谈|首报|签约|推荐)(?:{Counties}|地区|区域|板块|属地)(?:开发区)?\z|^(?:district|county|city|zone)(?:or)?(?:district|county|city|zone)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Unit();

    // 投资 alone heads a group of columns as often as a sum.
    [GeneratedRegex(
        @"^(?!投资\z)(?:项目)?(?:计划|预计|拟|协议|合同|估算|概算|预估|意向|签约|约定|总)*投资(?:总)?(?:额|额度|金额|总额|规模|概算|估算|数额)?\z|^(?:签约|合同|协议|意向)总?(?:金额|额)\z|^(?:total|planned|estimated|proposed|contract(?:ed)?|agreed|project|capital)*(?:investment|capex|dealvalue|dealsize|contractvalue)(?:amount|value|size|sum)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Sum();

    [GeneratedRegex(
        @"^(?:项目)?(?:拟|意向|主要|目标|外方|中方|外商|引进|签约|牵头|实际)*投资(?:方|商|者|人|主体|企业|单位|公司|机构)(?:全称|名称|单位|企业|公司)?\z|^(?:意向|引进|引入|签约|目标)(?:企业|客商|公司)(?:全称|名称)?\z|^(?:lead|main|primary|foreign)?invest(?:or|ors|ing(?:company|party|entity))(?:name)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Investor();

    // 签约阶段 and 建设阶段 are what stands in a cell; 项目情况 is what it is about.
    [GeneratedRegex(
        @"^(?:项目)?(?:目前|当前|现|最新|截至目前)?(?:(?:项目)?(?:所处|所在)?(?:阶段|状态)|(?:推进|进展|建设|洽谈|工作|签约|实施)?(?:进度|进展|状态)(?:情况|说明|状况)?|推进(?:阶段|情况))\z|^(?:目前|当前|最新)(?:情况|动态|状况)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Stage();

    [GeneratedRegex(
        @"^(?:项目)?(?:所属|重点|主导)?(?:产业|产业链|赛道)(?:链条|赛道|集群|门类|类别|类型|方向|领域|大类)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Chain();

    [GeneratedRegex(
        $@"^(?:项目)?{Planned}(?:正式)?(?:签约|签订|签署)(?:协议|合同)?{Day}\z|^{EnglishPlanned}(?:contract)?sign(?:ing|ature|ed)?{EnglishDay}\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PlannedSigned();

    [GeneratedRegex(
        $@"^(?:项目)?{Planned}(?:开工|动工|开建)(?:建设)?{Day}\z|^{EnglishPlanned}(?:construction(?:start|commencement)?|groundbreaking|startofconstruction){EnglishDay}\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PlannedStarted();

    [GeneratedRegex(
        $@"^(?:项目)?{Planned}(?:建成|竣工)?(?:投产|投运|投用|试产){Day}\z|^{EnglishPlanned}(?:production(?:start)?|startofproduction|operation){EnglishDay}\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PlannedInProduction();

    [GeneratedRegex(
        $@"^(?:项目)?(?:实际|正式|协议|合同)?(?:签约|签订|签署)(?:协议|合同)?{Day}\z|^(?:actual)?(?:dateof)?(?:contract|agreement)?sign(?:ing|ature|ed)(?:date|on)\z|^dateofsign(?:ing|ature)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Signed();

    [GeneratedRegex(
        $@"^(?:项目)?(?:实际)?(?:公司|企业|工商|项目公司)?(?:登记注册|注册登记|注册){Day}\z|^(?:dateof(?:company|business)?(?:registration|incorporation)|(?:company|business)?(?:registration|incorporation|registered)(?:date|on))\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Registered();

    [GeneratedRegex(
        $@"^(?:项目)?(?:实际|正式)?(?:开工|动工|开建|奠基)(?:建设)?{Day}\z|^(?:actual)?(?:(?:construction(?:start|started|commencement|commenced)|groundbreaking){EnglishDay}|(?:startof|dateof)construction)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Started();

    [GeneratedRegex(
        $@"^(?:项目)?(?:实际|正式)?(?:建成|竣工)?(?:投产|投运|投用|试产){Day}\z|^(?:actual)?(?:(?:production|operation)s?(?:start|started|commencement){EnglishDay}|startof(?:production|operations?))\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex InProduction();
}
