using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>What a column can be mapped to.</summary>
/// <param name="Key">The field's name in mappings and in <c>parsed</c>.</param>
public sealed record ImportField(string Key, string Zh, string En, bool Required, IReadOnlyList<string> Aliases);

/// <summary>One column of a register: its header as written, the field it means, and the unit its header gives.</summary>
/// <param name="Also">The field it feeds where the first column of that field is empty.</param>
public sealed record Column(string Header, string? Field, string? Unit, string? Also = null)
{
    /// <summary>The field it feeds, as the first of its columns or as a further one.</summary>
    public string? Feeds => Field ?? Also;
}

/// <summary>The columns of a register understood, and what is doubtful about them.</summary>
public sealed record ColumnMap(IReadOnlyList<Column> Columns, IReadOnlyList<Doubt> Doubts)
{
    /// <summary>The position of a field's column, or -1.</summary>
    public int IndexOf(string field)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Field == field)
                return i;
        }
        return -1;
    }

    /// <summary>The positions of all columns that feed a field, the first one first.</summary>
    public IReadOnlyList<int> AllOf(string field) => positions.GetValueOrDefault(field) ?? [];

    private readonly Dictionary<string, List<int>> positions = Columns
        .Select((column, at) => (column, at))
        .Where(each => each.column.Feeds is not null)
        .OrderBy(each => each.column.Field is null)
        .GroupBy(each => each.column.Feeds!)
        .ToDictionary(group => group.Key, group => group.Select(each => each.at).ToList(), StringComparer.Ordinal);

    /// <summary>How many fields have a column.</summary>
    public int Known => Columns.Count(c => c.Field is not null);
}

/// <summary>The fields of a register and the headers that mean them, Chinese and English.</summary>
public static class ImportFields
{
    public const string Name = "name",
        Investor = "investor",
        Uscc = "uscc",
        Country = "country",
        TotalInvestment = "totalInvestment",
        Currency = "currency",
        Chain = "chain",
        IndustryCode = "industryCode",
        Industry = "industry",
        Place = "place",
        Jurisdiction = "jurisdiction",
        Stage = "stage",
        ReportedOn = "reportedOn",
        SignedOn = "signedOn",
        RegisteredOn = "registeredOn",
        StartedOn = "startedOn",
        InProductionOn = "inProductionOn",
        LandMu = "landMu",
        Note = "note",
        Source = "source",
        NationalCode = "nationalCode",
        Number = "number",
        ContactKind = "contactKind",
        ContactOn = "contactOn",
        ContactNote = "contactNote",
        ProjectCode = "code",
        FixedInvestment = "fixedInvestment",
        FixedInvestmentCurrency = "fixedInvestmentCurrency",
        ForeignCapital = "foreignCapital",
        ForeignCapitalCurrency = "foreignCapitalCurrency",
        PlannedSigningOn = "plannedSigningOn",
        PlannedStartOn = "plannedStartOn",
        PlannedProductionOn = "plannedProductionOn";

    public static readonly IReadOnlyList<ImportField> All =
    [
        new(ProjectCode, "项目编号", "Code", false, ["项目编号", "code"]),
        new(Number, "序号", "No.", false, ["序号", "编号", "序", "no", "number", "serialno", "index", "#"]),
        new(
            Name,
            "项目名称",
            "Project name",
            true,
            [
                "项目名称",
                "项目",
                "名称",
                "项目名",
                "工程名称",
                "建设项目名称",
                "招商项目名称",
                "签约项目名称",
                "拟签约项目",
                "projectname",
                "project",
                "name",
                "projecttitle",
                "title",
                "nameofproject",
            ]
        ),
        new(
            NationalCode,
            "项目代码",
            "National project code",
            false,
            [
                "项目代码",
                "国家代码",
                "统一项目代码",
                "赋码",
                "项目统一代码",
                "在线审批代码",
                "投资项目代码",
                "审批监管平台代码",
                "nationalcode",
                "nationalprojectcode",
                "projectcode",
            ]
        ),
        new(
            Investor,
            "投资方",
            "Investor",
            false,
            [
                "投资方",
                "投资方全称",
                "投资企业名称",
                "投资主体名称",
                "投资单位名称",
                "投资商名称",
                "项目投资方",
                "项目投资主体",
                "主要投资方",
                "投资建设单位",
                "引进企业",
                "签约企业",
                "签约单位",
                "客商单位",
                "investorcompany",
                "投资方名称",
                "投资主体",
                "投资企业",
                "投资单位",
                "投资商",
                "投资者",
                "投资人",
                "企业名称",
                "企业",
                "公司名称",
                "单位名称",
                "业主",
                "业主单位",
                "建设单位",
                "项目业主",
                "项目单位",
                "项目主体",
                "承建主体",
                "实施主体",
                "投资公司",
                "客商",
                "客商名称",
                "来访企业",
                "investor",
                "investors",
                "investorname",
                "investingcompany",
                "company",
                "companyname",
                "enterprise",
                "client",
            ]
        ),
        new(
            Uscc,
            "统一社会信用代码",
            "Unified social credit code",
            false,
            [
                "统一社会信用代码",
                "主要投资方统一社会信用代码",
                "企业统一社会信用代码",
                "统一社会信用代码证号",
                "primaryinvestorscreditcode",
                "primaryinvestorscreditcodeuscc",
                "社会信用代码",
                "信用代码",
                "统一信用代码",
                "uscc",
                "creditcode",
                "unifiedsocialcreditcode",
                "usci",
            ]
        ),
        new(
            Country,
            "国别地区",
            "Country or region",
            false,
            [
                "国别地区",
                "国别",
                "国家",
                "主要投资方国别",
                "投资方国别地区",
                "投资国别",
                "国别区域",
                "外资国别",
                "primaryinvestorscountry",
                "investorscountry",
                "investorcountry",
                "countryoforigin",
                "国家地区",
                "国别及地区",
                "国家或地区",
                "来源地",
                "来源地区",
                "投资来源地",
                "资金来源地",
                "投资方国别",
                "投资来源",
                "外资来源地",
                "country",
                "countryregion",
                "countryorregion",
                "region",
                "origin",
                "nationality",
            ]
        ),
        new(
            TotalInvestment,
            "总投资",
            "Total investment",
            false,
            [
                "总投资",
                "协议投资",
                "合同投资",
                "合同投资额",
                "合同总投资",
                "协议总投资额",
                "估算总投资",
                "估算投资",
                "项目投资额",
                "项目总投资额",
                "总投资金额",
                "预计总投资额",
                "意向投资",
                "拟投资总额",
                "签约金额",
                "签约投资额",
                "协议金额",
                "investmentvalue",
                "projectinvestment",
                "investmentsize",
                "总投资额",
                "投资总额",
                "投资额",
                "计划总投资",
                "计划总投资额",
                "项目总投资",
                "拟投资额",
                "拟总投资",
                "计划投资",
                "计划投资额",
                "预计总投资",
                "预计投资额",
                "投资金额",
                "投资规模",
                "总投资规模",
                "协议总投资",
                "协议投资额",
                "意向投资额",
                "金额",
                "totalinvestment",
                "investment",
                "investmentamount",
                "amount",
                "totalamount",
                "capex",
                "plannedinvestment",
            ]
        ),
        new(
            FixedInvestment,
            "固定资产投资",
            "Fixed-asset investment",
            false,
            ["固定资产投资", "固定资产投资额", "固投", "其中固定资产投资", "fixedassetinvestment", "fixedinvestment"]
        ),
        new(
            FixedInvestmentCurrency,
            "固定资产投资币种",
            "Currency of fixed-asset investment",
            false,
            ["固定资产投资币种", "currencyoffixedassetinvestment"]
        ),
        new(
            ForeignCapital,
            "计划外资",
            "Planned foreign capital",
            false,
            [
                "计划外资",
                "拟利用外资",
                "计划利用外资",
                "合同外资",
                "协议外资",
                "plannedforeigncapital",
                "foreigncapital",
            ]
        ),
        new(
            ForeignCapitalCurrency,
            "计划外资币种",
            "Currency of foreign capital",
            false,
            ["计划外资币种", "currencyofforeigncapital"]
        ),
        new(
            PlannedSigningOn,
            "计划签约日期",
            "Planned signing",
            false,
            [
                "计划签约日期",
                "计划签约时间",
                "拟签约时间",
                "拟签约日期",
                "预计签约时间",
                "预计签约日期",
                "plannedsigning",
            ]
        ),
        new(
            PlannedStartOn,
            "计划开工日期",
            "Planned start",
            false,
            ["计划开工日期", "计划开工时间", "拟开工时间", "拟开工日期", "预计开工时间", "预计开工日期", "plannedstart"]
        ),
        new(
            PlannedProductionOn,
            "计划投产日期",
            "Planned production",
            false,
            [
                "计划投产日期",
                "计划投产时间",
                "拟投产时间",
                "预计投产时间",
                "预计投产日期",
                "计划竣工投产时间",
                "plannedproduction",
            ]
        ),
        new(Currency, "币种", "Currency", false, ["币种", "货币", "币别", "货币单位", "currency"]),
        new(
            Chain,
            "产业链",
            "Industry chain",
            false,
            [
                "产业",
                "产业链",
                "所属产业",
                "产业类别",
                "产业类型",
                "产业方向",
                "产业分类",
                "所属产业链",
                "所属产业类别",
                "产业领域",
                "主导产业",
                "所属产业领域",
                "重点产业链",
                "项目类别",
                "chain",
                "industrychain",
                "sector",
            ]
        ),
        new(
            Industry,
            "行业",
            "Industry",
            false,
            [
                "行业",
                "所属行业",
                "国民经济行业分类",
                "国民经济行业类别",
                "国民经济分类",
                "所属国民经济行业",
                "行业门类",
                "行业类别",
                "行业名称",
                "行业分类",
                "行业领域",
                "国民经济行业",
                "industry",
                "industryname",
            ]
        ),
        new(
            IndustryCode,
            "行业代码",
            "Industry code",
            false,
            [
                "行业代码",
                "国民经济行业代码",
                "国民经济行业分类代码",
                "industryclass",
                "行业小类代码",
                "行业编码",
                "industrycode",
                "gbt4754",
                "gbt4754code",
                "classcode",
            ]
        ),
        new(
            Place,
            "落户地",
            "Landing place",
            false,
            [
                "落户地",
                "落户镇街",
                "落户乡镇",
                "落户镇街道",
                "落地镇街",
                "落户地址",
                "建设地址",
                "项目地址",
                "项目落户地",
                "项目选址",
                "所在镇街",
                "所在乡镇",
                "镇街",
                "镇街道",
                "乡镇街道",
                "拟落户区域",
                "sitelocation",
                "落户地点",
                "落地",
                "落地地点",
                "落地区域",
                "落户区域",
                "落户园区",
                "所在地",
                "建设地点",
                "项目地点",
                "项目所在地",
                "地点",
                "选址",
                "拟选址",
                "意向落户地",
                "拟落户地",
                "园区",
                "所在园区",
                "平台",
                "落地平台",
                "place",
                "location",
                "site",
                "landingplace",
            ]
        ),
        new(
            Jurisdiction,
            "申报单位",
            "Reporting unit",
            false,
            [
                "申报单位",
                "上报单位",
                "报送单位",
                "填报单位",
                "属地",
                "县市区",
                "所属区县",
                "所属县区",
                "所属区",
                "所属市县",
                "所属单位",
                "所属板块",
                "归属单位",
                "归属地",
                "引进单位",
                "招商单位",
                "牵头单位",
                "招商责任单位",
                "责任县市区",
                "区市县",
                "citycounty",
                "countycity",
                "countydistrict",
                "cityorcounty",
                "owningunit",
                "县市区开发区",
                "县区",
                "区县",
                "所属县市区",
                "所属地区",
                "地区",
                "责任单位",
                "责任主体",
                "招引单位",
                "首谈单位",
                "首报单位",
                "jurisdiction",
                "unit",
                "county",
                "district",
                "reportingunit",
                "owner",
            ]
        ),
        new(
            Stage,
            "阶段",
            "Stage",
            false,
            [
                "阶段",
                "项目进展情况",
                "项目进展情况说明",
                "项目推进情况",
                "项目推进进度",
                "工作进展",
                "进展状态",
                "建设进展",
                "形象进度",
                "当前进展情况",
                "目前进展情况",
                "最新进展情况",
                "项目目前进展",
                "projectstage",
                "projectstatus",
                "currentstage",
                "currentstatus",
                "项目阶段",
                "状态",
                "项目状态",
                "进展",
                "项目进展",
                "进展情况",
                "目前进展",
                "当前进展",
                "最新进展",
                "进展阶段",
                "目前状态",
                "当前状态",
                "推进情况",
                "当前阶段",
                "目前阶段",
                "进度",
                "项目进度",
                "推进阶段",
                "所处阶段",
                "stage",
                "status",
                "phase",
                "progress",
            ]
        ),
        new(
            ReportedOn,
            "首报日期",
            "First reported on",
            false,
            [
                "首报日期",
                "在谈日期",
                "在谈时间",
                "intalkson",
                "首报时间",
                "首报",
                "报送日期",
                "报送时间",
                "上报日期",
                "上报时间",
                "首次接洽",
                "首次接洽日期",
                "首次接洽时间",
                "首谈日期",
                "首谈时间",
                "入库日期",
                "入库时间",
                "登记日期",
                "登记时间",
                "填报日期",
                "填报时间",
                "reportedon",
                "reportdate",
                "firstreported",
                "firstreportedon",
                "firstcontact",
                "datereported",
            ]
        ),
        new(
            SignedOn,
            "签约日期",
            "Signed on",
            false,
            [
                "签约日期",
                "实际签约日期",
                "实际签约时间",
                "协议签订时间",
                "合同签订时间",
                "正式签约日期",
                "正式签约时间",
                "签约年月",
                "签约时间",
                "签约",
                "签订日期",
                "签订时间",
                "协议签订日期",
                "合同签订日期",
                "signedon",
                "signingdate",
                "signdate",
                "datesigned",
                "signed",
            ]
        ),
        new(
            RegisteredOn,
            "注册日期",
            "Registered on",
            false,
            [
                "注册日期",
                "实际注册日期",
                "实际注册时间",
                "公司注册时间",
                "公司注册日期",
                "企业注册时间",
                "注册登记时间",
                "注册时间",
                "注册",
                "备案日期",
                "备案时间",
                "备案",
                "注册备案日期",
                "注册备案时间",
                "工商注册日期",
                "工商注册时间",
                "成立日期",
                "成立时间",
                "registeredon",
                "registrationdate",
                "dateregistered",
                "filingdate",
            ]
        ),
        new(
            StartedOn,
            "开工日期",
            "Started on",
            false,
            [
                "开工日期",
                "开工时间",
                "开工",
                "实际开工日期",
                "正式开工时间",
                "正式开工日期",
                "开建时间",
                "开建日期",
                "实际开工时间",
                "动工日期",
                "动工时间",
                "开工年月",
                "startedon",
                "startdate",
                "constructionstart",
                "datestarted",
                "groundbreaking",
            ]
        ),
        new(
            InProductionOn,
            "投产日期",
            "In production on",
            false,
            [
                "投产日期",
                "实际投产日期",
                "实际投产时间",
                "建成投产时间",
                "正式投产时间",
                "投产时间",
                "投产",
                "竣工投产日期",
                "竣工投产时间",
                "达产日期",
                "inproductionon",
                "productiondate",
                "productionstart",
                "dateinproduction",
            ]
        ),
        new(
            LandMu,
            "用地(亩)",
            "Land (mu)",
            false,
            [
                "用地",
                "用地需求亩",
                "项目用地",
                "项目用地面积",
                "拟供地面积",
                "拟用地亩",
                "landareamu",
                "用地面积",
                "用地亩",
                "占地",
                "占地面积",
                "土地面积",
                "用地需求",
                "土地需求",
                "用地规模",
                "拟用地",
                "拟用地面积",
                "供地面积",
                "亩数",
                "land",
                "landarea",
                "landmu",
                "area",
                "siteArea",
            ]
        ),
        new(
            ContactKind,
            "接洽方式",
            "Contact kind",
            false,
            [
                "接洽方式",
                "联系方式类别",
                "接触方式",
                "洽谈方式",
                "对接方式",
                "接洽形式",
                "洽谈形式",
                "contactkind",
                "contacttype",
                "kindofcontact",
            ]
        ),
        new(
            ContactOn,
            "接洽日期",
            "Contact date",
            false,
            [
                "接洽日期",
                "接洽时间",
                "最近接洽日期",
                "最近接洽时间",
                "洽谈日期",
                "洽谈时间",
                "对接日期",
                "对接时间",
                "contacton",
                "contactdate",
                "lastcontact",
                "dateofcontact",
            ]
        ),
        new(
            ContactNote,
            "接洽说明",
            "Contact note",
            false,
            [
                "接洽说明",
                "接洽情况",
                "接洽内容",
                "洽谈情况",
                "洽谈内容",
                "对接情况",
                "对接内容",
                "contactnote",
                "contactnotes",
                "contactdetails",
            ]
        ),
        new(
            Note,
            "备注",
            "Note",
            false,
            [
                "备注",
                "说明",
                "备注说明",
                "其他",
                "其它",
                "建设内容",
                "项目内容",
                "项目概况",
                "项目简介",
                "主要建设内容",
                "建设规模及内容",
                "note",
                "notes",
                "remark",
                "remarks",
                "comment",
                "comments",
                "description",
            ]
        ),
        new(
            Source,
            "来源",
            "Source",
            false,
            [
                "来源",
                "信息来源",
                "线索来源",
                "出处",
                "数据来源",
                "来源链接",
                "链接",
                "source",
                "url",
                "link",
                "reference",
            ]
        ),
    ];

    /// <summary>Whether there is such a field.</summary>
    public static bool Exists(string key) => All.Any(f => f.Key == key);
}

/// <summary>Finds the header row of a register and what its columns mean.</summary>
public static partial class Columns
{
    private const int SearchedRows = 30;

    private static readonly Dictionary<string, string> ByAlias = ImportFields
        .All.SelectMany(
            f => f.Aliases.Append(f.Zh).Append(f.En).Append(f.Key),
            (f, alias) => (Alias: Key(alias), f.Key)
        )
        .Where(a => a.Alias.Length > 0)
        .DistinctBy(a => a.Alias)
        .ToDictionary(a => a.Alias, a => a.Key, StringComparer.Ordinal);

    /// <summary>The row, of the first thirty, in which most columns are known; title rows may stand above it. -1 when none has a name column.</summary>
    public static int FindHeader(
        IReadOnlyList<IReadOnlyList<string>> rows,
        IReadOnlyDictionary<string, string>? mapping = null
    )
    {
        var (best, found) = (0, -1);
        for (var i = 0; i < rows.Count && i < SearchedRows; i++)
        {
            var map = Map(rows[i], mapping);
            if (map.IndexOf(ImportFields.Name) >= 0 && map.Known > best)
                (best, found) = (map.Known, i);
        }
        return found;
    }

    /// <summary>What each column means; an explicit mapping (header → field, "" = ignore) goes before the aliases. Of two columns for one field the first wins.</summary>
    public static ColumnMap Map(IReadOnlyList<string> headers, IReadOnlyDictionary<string, string>? mapping = null)
    {
        var explicitly = (mapping ?? new Dictionary<string, string>())
            .GroupBy(m => Written.Plain(m.Key))
            .ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        var fields = new string?[headers.Count];
        for (var i = 0; i < headers.Count; i++)
        {
            if (explicitly.TryGetValue(Written.Plain(headers[i]), out var field))
                fields[i] = field;
        }
        var doubts = new List<Doubt>();
        var also = new string?[headers.Count];
        void Second(int at, string field)
        {
            doubts.Add(new(ImportCodes.SecondColumn, Written.Tidy(headers[at]), field));
            also[at] = field;
        }
        // Who talked first is not whose it is, where both are said.
        var owned = headers.Any(header => Key(header) is "归属单位" or "owner");
        for (var i = 0; i < headers.Count; i++)
        {
            if (owned && fields[i] is null && Key(headers[i]) is "首谈单位" or "首报单位")
                continue;
            if (fields[i] is null && Meaning(headers[i]) is { } meant)
            {
                if (!fields.Contains(meant))
                    fields[i] = meant;
                else
                    Second(i, meant);
            }
        }
        for (var i = 0; i < headers.Count; i++)
        {
            if (fields[i] is not { Length: > 0 } || Array.IndexOf(fields, fields[i]) == i)
                continue;
            Second(i, fields[i]!);
            fields[i] = null;
        }
        return new ColumnMap(
            [.. headers.Select((h, i) => new Column(h, fields[i] is { Length: > 0 } f ? f : null, Unit(h), also[i]))],
            doubts
        );
    }

    /// <summary>The headers of a header of two rows (时间 over 签约, 开工), or null when the row below is none: it must add a meaning, and bring no name of a project.</summary>
    public static IReadOnlyList<string>? Combine(IReadOnlyList<string> upper, IReadOnlyList<string> lower)
    {
        var combined = new List<string>();
        var (group, added) = ("", 0);
        for (var i = 0; i < Math.Max(upper.Count, lower.Count); i++)
        {
            var (above, below) = (i < upper.Count ? upper[i].Trim() : "", i < lower.Count ? lower[i].Trim() : "");
            group = above.Length > 0 ? above : group;
            if (below.Length == 0 || below == above)
            {
                combined.Add(above);
                continue;
            }

            // 万元 below 总投资 is its unit; 签约 below 时间 says more together than alone; anything else below a known header is a value.
            if (Meaning(above) is not null && !IsUnitOf(below) && !IsPartByCurrency(below) && !IsOnlyHeading(below))
                return null;
            var meant = UnderOrNull(group, below);
            added += meant is null ? 0 : 1;
            combined.Add(meant ?? group + below);
        }

        return added > 0 ? combined : null;
    }

    /// <summary>What a column is called whose header stands in two rows: 时间 over 签约, 总投资 over 万元 or 外资(万美元).</summary>
    internal static string Under(string group, string below) =>
        UnderOrNull(group, below) ?? (Meaning(group) is null ? below : $"{group}:{below}");

    private static string? UnderOrNull(string group, string below)
    {
        if (IsUnitOf(below))
            return Meaning(group) is null ? null : $"{group}({below})";
        // A part of it, 其中:外资, is not what the group means.
        if (Part().IsMatch(Written.Plain(below)))
            return Meaning(below) is null ? null : below;
        if (Meaning(group) is not null && IsPartByCurrency(below))
            return $"{group}({Unit(below)})";
        if (Meaning(group) is not null && Whole().IsMatch(Written.Bare(WithoutUnit(below))))
            return Unit(below) is { } own ? $"{group}({own})" : group;
        return new[] { below + group, group + below, below }.FirstOrDefault(text => Meaning(text) is not null);
    }

    private static bool IsUnitOf(string below) =>
        Amounts.Unit(below) is not null || IsUnit().IsMatch(Written.Plain(below));

    // 内资(亿元), 外资(万美元): the same sum in two columns, by currency.
    private static bool IsPartByCurrency(string below) =>
        Unit(below) is not null && KindOfMoney().IsMatch(WithoutUnit(below));

    // 阶段 below 进展 goes on with the header; 签约 below 阶段 is a value, though it heads a column elsewhere.
    internal static bool IsOnlyHeading(string text) => Meaning(text) is not null && Stages.Parse(text).Value is null;

    private static string WithoutUnit(string header)
    {
        var bare = Bracketed().Replace(Written.Plain(header), "");
        return UnitAtEnd().Match(bare) is { Success: true, Index: > 0 } unit ? bare[..unit.Index] : bare;
    }

    /// <summary>The map with the unit that a title above the table gives (单位：亿元) to the columns whose header gives none.</summary>
    public static ColumnMap WithUnits(ColumnMap map, IEnumerable<string> titles)
    {
        var units = titles
            .SelectMany(title => UnitOfTitle().Matches(Written.Plain(title)))
            .SelectMany(match =>
                match.Groups["unit"].Value.Split(['、', ',', ';', '/', ' '], StringSplitOptions.RemoveEmptyEntries)
            )
            .ToList();
        var money = units.FirstOrDefault(unit => Amounts.Unit(unit) is not null);
        var land = units.FirstOrDefault(unit => IsUnit().IsMatch(unit));
        return map with
        {
            Columns =
            [
                .. map.Columns.Select(column =>
                    column.Unit is not null
                        ? column
                        : column.Field switch
                        {
                            ImportFields.TotalInvestment => column with { Unit = money },
                            ImportFields.LandMu => column with { Unit = land },
                            _ => column,
                        }
                ),
            ],
        };
    }

    /// <summary>The field that a header means, or null.</summary>
    internal static string? Meaning(string header)
    {
        var plain = HanFolding.Fold(Written.Plain(header));
        // When a row was entered or changed in the product is no fact of the project.
        if (OwnClock().IsMatch(plain))
            return null;
        foreach (
            var candidate in (string[])
                [plain, Bracketed().Replace(plain, ""), UnitAtEnd().Replace(Bracketed().Replace(plain, ""), "")]
        )
        {
            if (ByAlias.TryGetValue(Key(candidate), out var field))
                return field;
        }
        return null;
    }

    /// <summary>The unit in a header's bracket or at its end: 总投资(亿元), 投资额:万美元, 用地面积(平方米).</summary>
    internal static string? Unit(string header)
    {
        var plain = HanFolding.Fold(Written.Plain(header));
        foreach (System.Text.RegularExpressions.Match bracket in Bracketed().Matches(plain))
        {
            var inside = bracket.Value.Trim('(', ')', '[', ']', '【', '】', ' ');
            inside = inside.StartsWith("单位", StringComparison.Ordinal) ? inside[2..].Trim(':', ' ') : inside;
            if (IsUnit().IsMatch(inside) || Amounts.Unit(inside) is not null)
                return inside;
        }
        var end = UnitAtEnd().Match(Bracketed().Replace(plain, ""));
        return end.Success && end.Index > 0 ? end.Groups["unit"].Value : null;
    }

    private static string Key(string text) => Written.Bare(text);

    [GeneratedRegex(@"[(\[【][^()\[\]【】]*[)\]】]", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"单位\s?:\s?(?<unit>[^\s()]+(?:\s?[、,;/]\s?[^\s()]+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex UnitOfTitle();

    [GeneratedRegex(@"\((?:北京时间|shanghai time)\)", RegexOptions.CultureInvariant)]
    private static partial Regex OwnClock();

    [GeneratedRegex(@"^其中|^(?:of which|including)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(
        @"^(?:内资|外资|人民币|外币|本币|中方|外方|美元|民资|国资)(?:部分|金额)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex KindOfMoney();

    [GeneratedRegex(@"^(?:合计|总计|小计|总额|金额|数额|总数|总量|total|amount)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(?:亩|mu|万?平方米|万?平米|万?m2|公顷|hectares?|ha)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsUnit();

    [GeneratedRegex(
        @"[\s:,/_-]*(?:单位[:：]?)?(?<unit>(?:百万|千万|亿|万|千)?(?:人民币|美元|美金|港元|港币|欧元|日元|韩元|元)|亿|亩|万?平方米|公顷|(?:million|billion) ?(?:usd|cny|rmb|yuan|us dollars|dollars|eur|euros)|(?:usd|cny|rmb|eur) ?(?:million|billion|mn|bn)|usd|cny|rmb|mu)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex UnitAtEnd();
}
