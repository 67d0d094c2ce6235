using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

/// <summary>Rows that are likely no investment project at all: roads, schools, parks, waterways.</summary>
public static partial class PublicWorks
{
    /// <summary>Whether a name, or what stands beside it, speaks of public works. A hint for a person, never a refusal.</summary>
    public static bool IsLikely(string name, params IEnumerable<string> beside) =>
        Works().IsMatch(Written.Plain(name)) || beside.Any(b => Said().IsMatch(Written.Plain(b)));

    [GeneratedRegex(
        @"[路道街]\s?\([^()]*[路道街桥][^()]*\)|(?:新建|改建|扩建|拓宽|延伸)[\p{IsCJKUnifiedIdeographs}]{0,8}[路街](?:项目|工程|\z)|公路|高速\S{0,8}(?:改建|扩建|工程|段)|桥梁|大桥工程|桥\z|联络线|航道|轨道交通|有轨电车|铁路|地铁|隧道|交通工程|综合管廊|管网|供气专线|管线工程|污水|排水|供水|水库|水源|河道|河湖|拓浚|防洪|水利|运河\S{0,8}(?:治理|整治)|综合(?:保护与)?治理|生态修复|绿化|公园\z|公园(?:项目|工程)|蓝环|小学|中学|学校|幼儿园|教学楼|运动场|安置房|保障房|棚户区|老旧小区|人民医院|卫生院|养老院|公墓|垃圾",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Works();

    [GeneratedRegex(
        "非产业|政府性项目|政府投资项目|基础设施类|互联互通类|民生实事|生态环保类|综合交通",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Said();
}
