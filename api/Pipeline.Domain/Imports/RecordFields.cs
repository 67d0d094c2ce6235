namespace Pipeline.Domain.Imports;

/// <summary>What the rows of a sheet of records are.</summary>
public enum RecordKind
{
    /// <summary>Capital paid in (R60).</summary>
    Capital,

    /// <summary>Notices of signings (R31).</summary>
    SigningNotices,

    /// <summary>Fixed-asset investment by project and year, from statistics (R65).</summary>
    FixedInvestment,

    /// <summary>Targets by year, unit and indicator (R102).</summary>
    Targets,

    /// <summary>What is stated of indicators by period and unit (R100).</summary>
    IndicatorValues,

    /// <summary>Entries of the libraries (R130).</summary>
    LibraryEntries,

    /// <summary>Parcels of land (R132).</summary>
    Parcels,

    /// <summary>Nodes of chains (R133).</summary>
    ChainNodes,

    /// <summary>Events (R134).</summary>
    Events,

    /// <summary>Needs of financing (R135).</summary>
    FinancingNeeds,
}

/// <summary>A column of a sheet of records: exported under its heading, and recognised by it, or by another, when it is imported.</summary>
/// <param name="Key">The member of the record, as the contract names it.</param>
/// <param name="Width">In a workbook, in characters.</param>
/// <param name="IsRead">Whether an import reads it; else it tells what the system says.</param>
/// <param name="IsRequired">Whether an import needs the column.</param>
public sealed record RecordField(
    string Key,
    string Zh,
    string En,
    int Width,
    bool IsRead = false,
    bool IsRequired = false,
    params string[] Aliases
);

/// <summary>The columns of the sheets of records, in their order.</summary>
public static partial class RecordFields
{
    public const string Code = "code",
        Amount = "amount",
        Currency = "currency";

    private static readonly RecordField ProjectCode = new(
        Code,
        "项目编号",
        "Code",
        14,
        IsRead: true,
        IsRequired: true,
        "项目代号",
        "projectcode"
    );
    private static RecordField ProjectName => new("projectName", "项目名称", "Project", 30);
    private static RecordField Unit => new("jurisdiction", "单位", "Unit", 16);
    private static RecordField MoneyCurrency => new(Currency, "币种", "Currency", 8, IsRead: true);
    private static RecordField Status => new("status", "状态", "Status", 12);
    private static RecordField Reason => new("reason", "原因", "Reason", 30);

    public static readonly IReadOnlyList<RecordField> Capital =
    [
        ProjectCode,
        ProjectName,
        Unit,
        new("occurredOn", "到账日期", "Date of value", 12, IsRead: true, IsRequired: true, "日期", "到位日期", "date"),
        new(Amount, "金额", "Amount", 18, IsRead: true, IsRequired: true, "到位金额", "到位资金"),
        MoneyCurrency,
        new("kind", "出资方式", "Kind", 14, IsRead: true, IsRequired: true, "方式"),
        new("payer", "出资方", "Paid by", 24, IsRead: true, IsRequired: false, "付款方", "payer"),
        new("voucherKind", "凭证种类", "Kind of voucher", 18, IsRead: true, IsRequired: true, "凭证类型"),
        new(
            "voucherNo",
            "凭证编号",
            "Number of the voucher",
            20,
            IsRead: true,
            IsRequired: true,
            "凭证号",
            "voucherno"
        ),
        new("files", "凭证文件", "Files", 24, IsRead: true),
        new("foreign", "外资", "Foreign", 8),
        new("usd", "折合美元", "In USD", 18),
        Status,
        new("period", "计入月份", "Counts in", 10),
        new("belongsTo", "所属月份", "Belongs to", 10),
        new("submittedAt", "填报时间", "Submitted", 18),
        new("decidedAt", "认定时间", "Decided", 18),
        Reason,
        new("doubts", "疑点", "Doubts", 20),
    ];

    public static readonly IReadOnlyList<RecordField> SigningNotices =
    [
        ProjectCode,
        ProjectName,
        Unit,
        new("plannedSigningOn", "计划签约日期", "Planned signing", 12, IsRead: true, IsRequired: true, "签约日期"),
        new("parties", "签约各方", "Parties", 30, IsRead: true, IsRequired: true, "签约方"),
        new("agreedAmount", "协议金额", "Agreed amount", 18, IsRead: true, IsRequired: true),
        MoneyCurrency,
        new("place", "签约地点", "Place", 20, IsRead: true, IsRequired: false, "地点"),
        new("leadersWanted", "拟请领导", "Leaders wanted", 20, IsRead: true),
        new("filedOn", "备案日期", "Filed", 12),
        new("signedOn", "实际签约日期", "Signed", 12),
        new("daysAhead", "提前天数", "Days ahead", 10),
        new("timely", "按期", "In time", 8),
        new("waived", "豁免", "Waived", 20),
        Status,
        Reason,
    ];

    public static readonly IReadOnlyList<RecordField> FixedInvestment =
    [
        ProjectCode,
        new("year", "年度", "Year", 8, IsRead: true, IsRequired: true, "年份"),
        new(
            Amount,
            "固定资产投资",
            "Fixed investment",
            18,
            IsRead: true,
            IsRequired: true,
            "金额",
            "固定资产投资额",
            "amount"
        ),
        MoneyCurrency,
        new("source", "来源", "Source", 30, IsRead: true, IsRequired: false, "数据来源"),
    ];

    private static readonly RecordField AnyUnit = new(
        "jurisdiction",
        "单位",
        "Unit",
        16,
        IsRead: true,
        IsRequired: true,
        "属地",
        "县市区",
        "jurisdiction"
    );
    private static readonly RecordField IndicatorName = new(
        "indicator",
        "指标",
        "Indicator",
        28,
        IsRead: true,
        IsRequired: true,
        "指标名称",
        "考核指标",
        "indicator"
    );

    public static readonly IReadOnlyList<RecordField> Targets =
    [
        new("year", "年度", "Year", 8, IsRead: true, IsRequired: true, "年份"),
        AnyUnit,
        IndicatorName,
        new("value", "目标", "Target", 18, IsRead: true, IsRequired: true, "目标值", "target"),
        new("binding", "约束性", "Binding", 8, IsRead: true),
        new("reason", "依据", "Reason", 36, IsRead: true, IsRequired: false, "文件依据", "原因"),
        new("version", "版本", "Version", 8),
        new("published", "已发布", "Published", 8),
    ];

    public static readonly IReadOnlyList<RecordField> IndicatorValues =
    [
        new("period", "期间", "Period", 10, IsRead: true, IsRequired: true, "月份", "季度", "年度", "period"),
        AnyUnit,
        IndicatorName,
        new("value", "数值", "Value", 18, IsRead: true, IsRequired: true, "实绩", "完成数", "actual"),
        new("source", "来源", "Source", 36, IsRead: true, IsRequired: false, "数据来源"),
    ];

    /// <summary>Problems (R70) as they are exported; no import reads them.</summary>
    public static readonly IReadOnlyList<RecordField> Problems =
    [
        ProjectCode,
        ProjectName,
        Unit,
        new("title", "问题", "Problem", 30),
        new("kind", "类别", "Kind", 12),
        new("urgent", "紧急", "Urgent", 8),
        new("blocks", "制约环节", "Holds up", 12),
        Status,
        new("department", "责任部门", "Department", 18),
        new("raisedAt", "提出时间", "Raised", 18),
        new("dueOn", "办理期限", "Due", 12),
        new("overdue", "超期", "Overdue", 8),
        new("level", "升级层级", "Level", 8),
        new("dueChanges", "改期次数", "Due date changed", 10),
        new("answer", "答复", "Answer", 30),
        new("outcome", "办理结果", "Outcome", 30),
        new("closedAt", "销号时间", "Closed", 18),
        new("closedIn", "办理工作日", "Working days", 10),
        new("inTime", "按期", "In time", 8),
    ];

    /// <summary>Removals (R94) as they are exported.</summary>
    public static readonly IReadOnlyList<RecordField> Removals =
    [
        ProjectCode,
        ProjectName,
        Unit,
        Status,
        new("idleSince", "最近实质进展", "Idle since", 12),
        new("dueOn", "拟出库日期", "Due", 12),
        new("proposedAt", "提出时间", "Proposed", 18),
        new("contestUntil", "申辩截止", "Contest until", 18),
        new("endedAt", "结束时间", "Ended", 18),
        Reason,
    ];

    /// <summary>The audit trail as it is exported.</summary>
    public static readonly IReadOnlyList<RecordField> Audit =
    [
        new("seq", "序号", "Entry", 10),
        new("at", "时间", "At", 18),
        new("actor", "操作人", "Who", 18),
        new("actorKind", "操作者类型", "Kind of actor", 10),
        new("actorRole", "角色", "Role", 14),
        new("onBehalfOf", "代表单位", "On behalf of", 14),
        new("action", "操作", "Action", 24),
        new("outcome", "结果", "Outcome", 10),
        new("subjectKind", "对象类型", "Kind of record", 14),
        new("subjectId", "对象编号", "Record", 34),
        new("subject", "对象名称", "Name of record", 20),
        ProjectCode,
        ProjectName,
        Reason,
        new("changes", "变更内容", "Changes", 40),
        new("address", "来源地址", "Address", 16),
        new("client", "客户端", "Client", 24),
        new("request", "请求", "Request", 30),
        new("requestId", "请求编号", "Request id", 34),
        new("ruleSetId", "政策规则", "Rule set", 20),
        new("hash", "校验值", "Hash", 66),
        new("previousHash", "上一条校验值", "Previous hash", 66),
    ];

    /// <summary>Leader links (R80) as they are exported.</summary>
    public static readonly IReadOnlyList<RecordField> LeaderLinks =
    [
        ProjectCode,
        ProjectName,
        Unit,
        new("leader", "挂联领导", "Leader", 16),
        new("role", "方式", "Role", 10),
        new("stage", "阶段", "Stage", 10),
        new(Amount, "总投资", "Total investment", 18),
        MoneyCurrency,
        new("batch", "批次", "Batch", 8),
        new("since", "挂联日期", "Since", 12),
        new("lastContactOn", "领导最近接洽", "Leader’s last contact", 14),
        new("noContact", "久无接洽", "No contact", 10),
        Status,
        new("endBatch", "销号批次", "Closed by batch", 10),
        new("endedOn", "销号日期", "Closed", 12),
        Reason,
    ];

    public static IReadOnlyList<RecordField> Of(RecordKind kind) =>
        kind switch
        {
            RecordKind.Capital => Capital,
            RecordKind.SigningNotices => SigningNotices,
            RecordKind.Targets => Targets,
            RecordKind.IndicatorValues => IndicatorValues,
            RecordKind.LibraryEntries => LibraryEntries,
            RecordKind.Parcels => Parcels,
            RecordKind.ChainNodes => ChainNodes,
            RecordKind.Events => Events,
            RecordKind.FinancingNeeds => FinancingNeeds,
            _ => FixedInvestment,
        };

    /// <summary>The field that each heading names; null where it names none. A field is read from the first of its columns alone.</summary>
    public static IReadOnlyList<RecordField?> Map(RecordKind kind, IEnumerable<string> headings)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. headings.Select(heading =>
                Of(kind).FirstOrDefault(field => Names(field, heading)) is { } field && taken.Add(field.Key)
                    ? field
                    : null
            ),
        ];
    }

    /// <summary>The unit that a heading gives in brackets: 金额（万元）, 投资强度（万元/亩）; null where it gives none.</summary>
    public static AmountUnit? UnitOf(string heading)
    {
        var open = heading.IndexOfAny(Brackets);
        return open < 0 ? null : Amounts.Unit(heading[(open + 1)..].TrimEnd(')', '）', ']', ' ').Split('/')[0]);
    }

    private static readonly char[] Brackets = ['(', '（', '['];

    /// <summary>Whether a heading means a field, whatever unit it gives after it: 金额（万元）.</summary>
    private static bool Names(RecordField field, string heading)
    {
        var plain = Written.Bare(heading);
        var open = heading.IndexOfAny(Brackets);
        var before = open > 0 ? Written.Bare(heading[..open]) : plain;
        return new[] { field.Zh, field.En, field.Key }
            .Concat(field.Aliases)
            .Select(Written.Bare)
            .Any(name => name == plain || name == before);
    }
}
