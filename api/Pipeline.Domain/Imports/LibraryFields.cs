namespace Pipeline.Domain.Imports;

/// <summary>The columns of a sheet of entries of libraries: what all have in common, then what some know of their own.</summary>
public static partial class RecordFields
{
    public const string LibraryColumn = "library",
        KeeperColumn = "keeper";

    private static RecordField Read(string key, string zh, string en, int width, params string[] aliases) =>
        new(key, zh, en, width, IsRead: true, IsRequired: false, aliases);

    /// <summary>What one library alone knows, by the member of its details.</summary>
    public static readonly IReadOnlyList<RecordField> LibraryDetails =
    [
        Read("kind", "类别", "Kind", 14, "类型"),
        Read("stages", "投资阶段", "Stages", 20, "阶段"),
        Read("managed", "管理规模", "Managed", 18),
        Read("size", "基金规模", "Size", 18, "规模"),
        Read("cityShare", "市级认缴", "City’s share", 18, "市级出资"),
        Read("cityPaidIn", "市级实缴", "Paid in by the city", 18),
        Read("manager", "管理人", "Manager", 24, "基金管理人"),
        Read("multiple", "返投倍数", "Multiple", 10),
        Read("employer", "工作单位", "Employer", 24, "单位名称"),
        Read("title", "职务职称", "Title", 14, "职务", "职称"),
        Read("field", "专业领域", "Field", 20, "领域"),
        Read("services", "服务内容", "Services", 24),
        Read("country", "国别", "Country", 8, "国家地区", "国家"),
        Read("state", "对接进展", "State", 12, "进展"),
        Read("products", "主要产品", "Products", 24, "产品"),
        Read("registeredOn", "注册日期", "Registered", 12, "登记日期"),
        Read("recognisedOn", "认定日期", "Recognised", 12),
        Read("evidence", "证明材料", "Evidence", 28, "证书编号"),
        Read("park", "所在园区", "Park", 18, "园区"),
        Read("incubator", "所在孵化器", "Incubator", 18, "孵化器"),
        Read("event", "来源活动", "Event", 20),
        Read("listedOn", "上市日期", "Listed", 12),
        Read("market", "上市地", "Market", 14, "上市板块"),
        Read("totalInvestment", "总投资", "Total investment", 18),
        Read("contracted", "合同外资", "Contracted", 18),
        Read("paidIn", "实到外资", "Paid in", 18, "到资"),
        Read("undistributedProfit", "未分配利润", "Undistributed profit", 18),
    ];

    public static readonly IReadOnlyList<RecordField> LibraryEntries =
    [
        new(LibraryColumn, "资源库", "Library", 12, IsRead: true, IsRequired: true, "库"),
        new("name", "名称", "Name", 30, IsRead: true, IsRequired: true, "企业名称", "机构名称", "基金名称", "姓名"),
        Read("uscc", "统一社会信用代码", "USCC", 20, "信用代码"),
        Read("tags", "标签", "Tags", 20),
        Read("chain", "产业链", "Chain", 14),
        Read(KeeperColumn, "维护单位", "Keeper", 16),
        Read("visibility", "可见范围", "Visible to", 10),
        .. LibraryDetails,
        Read("note", "备注", "Note", 30),
        new("verifiedOn", "最近核实", "Verified", 12),
        new("grey", "久未核实", "Grey", 8),
        new("status", "状态", "Status", 12),
    ];
}
