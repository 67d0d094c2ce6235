namespace Pipeline.Domain.Imports;

/// <summary>The columns of the sheets of land, chains, events, needs and leads.</summary>
public static partial class RecordFields
{
    /// <summary>Parcels (R132); areas in m² and mu, money in yuan. What projects do with them is told, not read.</summary>
    public static readonly IReadOnlyList<RecordField> Parcels =
    [
        Read("jurisdiction", "单位", "Unit", 16, "属地", "县市区"),
        new("place", "地块位置", "Place", 30, IsRead: true, IsRequired: true, "地块", "地块名称", "位置"),
        Read("zone", "园区级别", "Zone’s rank", 12),
        Read("zoneName", "所在园区", "Zone", 18, "园区"),
        Read("areaM2", "面积（平方米）", "Area (m²)", 14, "用地面积（平方米）"),
        Read("mu", "面积（亩）", "Area (mu)", 12, "用地面积（亩）", "亩数"),
        Read("contiguousGroup", "连片地块", "In one piece with", 16),
        new("contiguousMu", "连片面积（亩）", "In one piece (mu)", 14),
        Read("cleared", "净地", "Cleared", 8, "是否净地"),
        Read("use", "用途", "Use", 10, "土地用途"),
        Read("industryClasses", "准入行业", "Industries admitted", 18),
        Read("minIntensity", "投资强度（元/亩）", "Investment per mu (CNY)", 18, "投资强度"),
        Read("minOutput", "亩均产出（元）", "Output per mu (CNY)", 16, "亩均产出"),
        Read("minTax", "亩均税收（元）", "Tax per mu (CNY)", 16, "亩均税收"),
        Read("from", "可供时间", "Available from", 12),
        Read("pricePerMu", "价格（元/亩）", "Price per mu (CNY)", 16, "价格"),
        Read("status", "状态", "Status", 12),
        new("lists", "所在清单", "Lists", 14),
        new("project", "意向项目", "Project", 30),
        new("reason", "撤回理由", "Withdrawn because", 24),
        Read("note", "备注", "Note", 30),
    ];

    /// <summary>Nodes of chains (R133).</summary>
    public static readonly IReadOnlyList<RecordField> ChainNodes =
    [
        new("chain", "产业链", "Chain", 16, IsRead: true, IsRequired: true),
        new("position", "位置", "Position", 10, IsRead: true, IsRequired: true, "上中下游"),
        new("name", "环节", "Node", 20, IsRead: true, IsRequired: true, "环节名称"),
        new("state", "强弱", "State", 10, IsRead: true, IsRequired: true, "现状"),
        Read("industryClasses", "行业", "Industries", 18, "行业代码"),
        Read("note", "备注", "Note", 30),
    ];

    /// <summary>Events (R134); what came of them is a sheet of its own.</summary>
    public static readonly IReadOnlyList<RecordField> Events =
    [
        Read("organiser", "主办单位", "Held by", 16, "单位"),
        new("kind", "类别", "Kind", 10, IsRead: true, IsRequired: true, "活动类别"),
        Read("technology", "科技活动", "Technology", 10),
        new("name", "活动", "Event", 30, IsRead: true, IsRequired: true, "活动名称", "名称"),
        new("startsOn", "开始日期", "Starts", 12, IsRead: true, IsRequired: true, "日期", "时间"),
        Read("endsOn", "结束日期", "Ends", 12),
        Read("place", "地点", "Place", 20),
        Read("participants", "参加单位", "Participants", 36),
        Status,
        new("cancelReason", "取消理由", "Cancelled because", 24),
        Read("note", "备注", "Note", 30),
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

    /// <summary>Needs of financing (R135), each of a project or of an enterprise.</summary>
    public static readonly IReadOnlyList<RecordField> FinancingNeeds =
    [
        Read(Code, "项目编号", "Code", 14, "项目代号"),
        ProjectName,
        Read("enterprise", "企业", "Enterprise", 26, "企业名称"),
        Read("jurisdiction", "单位", "Unit", 16, "属地", "县市区"),
        new("kind", "融资方式", "Kind", 10, IsRead: true, IsRequired: true),
        Read("stage", "融资阶段", "Stage", 12),
        Read("chain", "产业链", "Chain", 14),
        new(Amount, "融资金额", "Amount", 16, IsRead: true, IsRequired: true, "金额"),
        MoneyCurrency,
        Read("validUntil", "有效期至", "Valid until", 12),
        new("expired", "已过期", "Expired", 8),
        new("addedOn", "登记日期", "Added", 12),
        new("matches", "对接次数", "Matches", 8),
        new("financed", "融到次数", "Financed", 8),
        new("reason", "停用理由", "Retired because", 24),
        Read("note", "备注", "Note", 30),
    ];

    /// <summary>Leads of out-posted offices (R137) as they are exported; none is read: each needs a contact, which no sheet carries, and starts clocks of its own.</summary>
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
