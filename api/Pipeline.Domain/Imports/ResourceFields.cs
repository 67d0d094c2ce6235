namespace Pipeline.Domain.Imports;

/// <summary>The columns of what is exported of land, events, needs and leads.</summary>
public static partial class RecordFields
{
    /// <summary>Parcels (R132) as they are exported; areas in m² and mu, money in yuan.</summary>
    public static readonly IReadOnlyList<RecordField> Parcels =
    [
        new("jurisdiction", "单位", "Unit", 16),
        new("place", "地块位置", "Place", 30),
        new("zone", "园区级别", "Zone’s rank", 12),
        new("zoneName", "所在园区", "Zone", 18),
        new("areaM2", "面积（平方米）", "Area (m²)", 14),
        new("mu", "面积（亩）", "Area (mu)", 12),
        new("contiguousGroup", "连片地块", "In one piece with", 16),
        new("contiguousMu", "连片面积（亩）", "In one piece (mu)", 14),
        new("cleared", "净地", "Cleared", 8),
        new("use", "用途", "Use", 10),
        new("industryClasses", "准入行业", "Industries admitted", 18),
        new("minIntensity", "投资强度（元/亩）", "Investment per mu (CNY)", 18),
        new("minOutput", "亩均产出（元）", "Output per mu (CNY)", 16),
        new("minTax", "亩均税收（元）", "Tax per mu (CNY)", 16),
        new("from", "可供时间", "Available from", 12),
        new("pricePerMu", "价格（元/亩）", "Price per mu (CNY)", 16),
        new("status", "状态", "Status", 12),
        new("lists", "所在清单", "Lists", 14),
        new("project", "意向项目", "Project", 30),
        new("reason", "撤回理由", "Withdrawn because", 24),
        new("note", "备注", "Note", 30),
    ];

    /// <summary>What came of events (R134) as it is exported.</summary>
    public static readonly IReadOnlyList<RecordField> EventResults =
    [
        new("eventName", "活动", "Event", 30),
        new("kind", "成果类别", "Kind", 10),
        new("title", "成果", "Result", 30),
        new(Code, "项目编号", "Code", 14),
        new("projectName", "项目名称", "Project", 30),
        new("jurisdiction", "单位", "Unit", 16),
        new("carrier", "承接载体", "Carrier", 18),
        new("person", "责任人", "Person", 12),
        new("recordedOn", "登记日期", "Recorded", 12),
        new("assignBy", "落实期限", "To be assigned by", 12),
        new("assignedOn", "落实日期", "Assigned", 12),
        new("overdue", "超期", "Overdue", 8),
        new("outcome", "结果", "Outcome", 10),
        new("outcomeNote", "结果说明", "Of the outcome", 30),
    ];

    /// <summary>Needs of financing (R135) as they are exported.</summary>
    public static readonly IReadOnlyList<RecordField> FinancingNeeds =
    [
        new(Code, "项目编号", "Code", 14),
        new("projectName", "项目名称", "Project", 30),
        new("enterprise", "企业", "Enterprise", 26),
        new("jurisdiction", "单位", "Unit", 16),
        new("kind", "融资方式", "Kind", 10),
        new("stage", "融资阶段", "Stage", 12),
        new("chain", "产业链", "Chain", 14),
        new(Amount, "融资金额", "Amount", 16),
        new(Currency, "币种", "Currency", 8),
        new("validUntil", "有效期至", "Valid until", 12),
        new("expired", "已过期", "Expired", 8),
        new("addedOn", "登记日期", "Added", 12),
        new("matches", "对接次数", "Matches", 8),
        new("financed", "融到次数", "Financed", 8),
        new("reason", "停用理由", "Retired because", 24),
        new("note", "备注", "Note", 30),
    ];

    /// <summary>Leads of out-posted offices (R137) as they are exported; contacts are in none.</summary>
    public static readonly IReadOnlyList<RecordField> OfficeLeads =
    [
        new("office", "驻外机构", "Office", 22),
        new("title", "线索", "Lead", 30),
        new("investor", "投资方", "Investor", 24),
        new("content", "投资内容", "Content", 30),
        new("scale", "投资规模", "Scale", 16),
        new("status", "状态", "Status", 12),
        new("jurisdiction", "单位", "Unit", 16),
        new("submittedOn", "报送日期", "Submitted", 12),
        new("dueOn", "办理期限", "Due", 12),
        new("overdue", "超期", "Overdue", 8),
        new("reason", "理由", "Reason", 30),
    ];
}
