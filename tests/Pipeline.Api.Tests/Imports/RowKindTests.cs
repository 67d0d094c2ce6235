using Pipeline.Api.Features.Imports;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Which rows are projects, and what the others are (R50), in registers of other offices' habits.</summary>
public sealed class RowKindTests
{
    /// <summary>The code of each row: "" for a project without one.</summary>
    private static string[] Kinds(ReadFile file) =>
        [
            .. file.Rows.Select(row =>
                row.IsRefused ? row.Issues.Single(issue => issue.Severity == Severity.Refusal).Code : ""
            ),
        ];

    private static ReadFile Sheet(object?[][] rows, params string[] merges) =>
        ReadFile.Of(Registers.Workbook(rows, merges));

    [Test]
    public void Roman_numerals_and_parts_of_a_register_are_headings()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地,阶段",
            "Ⅰ.,先进制造业,,,,",
            "1,轴承项目,甲轴承有限公司,3,嘉善县,签约",
            "2,齿轮项目,乙齿轮有限公司,4,嘉善县,签约",
            "II.,现代服务业,,,,",
            "3,仓储项目,丙仓储有限公司,5,平湖市,签约",
            "第三部分,续建项目（2项）,,11,,",
            "4,水泵项目,丁水泵有限公司,6,平湖市,开工",
            "5,风机项目,戊风机有限公司,5,平湖市,开工"
        );
        Kinds(file).ShouldBe(["heading-row", "", "", "heading-row", "", "heading-row", "", ""]);
        file.Row(3).Chain.ShouldBe("先进制造业");
        file.Row(6).Chain.ShouldBe("现代服务业");
        file.Codes(6).ShouldBe("chain-from-heading");
        file.Row(8).Chain.ShouldBeNull();
        file.Sum.ShouldBe(23);
    }

    [Test]
    public void A_heading_that_names_a_unit_lends_it_to_the_rows_that_name_none()
    {
        var file = ReadFile.OfCsv(
            "嘉兴市招商引资项目汇总表",
            "南湖区（1个）",
            "项目名称,投资方,总投资,落户地",
            "激光项目,甲激光有限公司,5亿元,",
            "秀洲区（2个）,,,",
            "风电项目,乙风电有限公司,6亿元,",
            "水泵项目,丙水泵有限公司,7亿元,平湖市", // its own place goes before
            "外资,,,"
        );
        file.Projects.Select(row => row.OwnerId).ShouldBe(["nanhu", "xiuzhou", "pinghu"]);
        file.Codes(4).ShouldContain("place-from-heading");
        file.Codes(6).ShouldContain("place-from-heading");
        file.Codes(7).ShouldNotContain("place-from-heading");
    }

    [Test]
    public void A_sheet_or_a_title_that_names_a_unit_lends_it()
    {
        string[] header = ["项目名称", "投资方", "总投资", "进展"];
        var file = ReadFile.Of(
            Registers.Workbook([
                ("嘉善", [header, ["传感器项目", "甲传感有限公司", "5亿元", "已签约"]]),
                (
                    "2026",
                    [
                        ["海盐县重点项目"],
                        header,
                        ["核电项目", "乙核电有限公司", "6亿元", "在谈"],
                    ]
                ),
                (
                    "汇总",
                    [
                        ["南湖区、秀洲区"],
                        header,
                        ["光伏项目", "丙光伏有限公司", "7亿元", "在谈"],
                    ]
                ),
            ])
        );
        file.Projects.Select(row => row.OwnerId).ShouldBe(["jiashan", "haiyan", null]);
    }

    [Test]
    public void Where_a_cell_names_no_stage_its_sheet_does()
    {
        string[] header = ["项目名称", "投资方", "总投资", "洽谈进展"];
        var file = ReadFile.Of(
            Registers.Workbook([
                ("在谈项目", [header, ["传感器项目", "甲传感有限公司", "5亿元", "已赴企业考察"]]),
                ("签约项目", [header, ["核电项目", "乙核电有限公司", "6亿元", "正在办理公司注册"]]),
            ])
        );
        file.Projects.Select(row => row.Stage).ShouldBe(["in-talks", "signed"]);
        file.Codes(2).ShouldContain("stage-from-heading");
    }

    [Test]
    public void Numerals_in_the_names_column_without_a_column_of_numbers_are_headings()
    {
        var file = ReadFile.OfCsv(
            "项目名称,投资方,总投资,落户地",
            "一、已签约项目,,,",
            "轴承项目,甲轴承有限公司,3亿元,嘉善县",
            "（一）外资,,,",
            "齿轮项目,乙齿轮有限公司,4亿元,嘉善县",
            "二、在谈项目(共1个),,4亿元,",
            "仓储项目,丙仓储有限公司,4亿元,平湖市"
        );
        Kinds(file).ShouldBe(["heading-row", "", "heading-row", "", "heading-row", ""]);
        file.Projects.Select(row => row.Stage).ShouldBe(["signed", "signed", "in-talks"]);
        file.Codes(3).ShouldBe("stage-from-heading");
        file.Codes(5).ShouldBe("stage-from-heading");
    }

    [Test]
    public void A_heading_merged_over_the_width_needs_no_number()
    {
        var file = Sheet(
            [
                ["序号", "项目名称", "投资方", "总投资(亿元)", "落户地"],
                ["开工项目"],
                [1, "轴承项目", "甲轴承有限公司", 3, "嘉善县"],
                ["长三角一体化合作"],
                [2, "齿轮项目", "乙齿轮有限公司", 4, "嘉善县"],
            ],
            "A2:E2",
            "A4:E4"
        );
        Kinds(file).ShouldBe(["heading-row", "", "heading-row", ""]);
        file.Row(3).Stage.ShouldBe("started");
        file.Row(5).Stage.ShouldBeNull();
    }

    [Test]
    public void Projects_that_are_numbered_like_headings_stay_projects()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地",
            "一,轴承项目,甲轴承有限公司,3,嘉善县",
            "二,齿轮项目,乙齿轮有限公司,4,嘉善县",
            "三,仓储项目,,5,"
        );
        Kinds(file).ShouldBe(["", "", ""]);
    }

    [Test]
    public void A_sum_of_the_rows_it_covers_is_a_heading_or_a_subtotal()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地",
            ",高端装备,,7,",
            "1,轴承项目,甲轴承有限公司,3,嘉善县",
            "2,齿轮项目,乙齿轮有限公司,4,嘉善县",
            "3,仓储项目,丙仓储有限公司,5,平湖市",
            "4,水泵项目,丁水泵有限公司,6,平湖市",
            ",平湖,,11,",
            ",全市总计（4个）,,18,"
        );
        Kinds(file).ShouldBe(["heading-row", "", "", "", "", "subtotal-row", "total-row"]);
        file.Sum.ShouldBe(18);
        file.Notes.ShouldBeEmpty();
    }

    [Test]
    public void A_project_that_says_little_stays_one_though_its_amount_happens_to_be_a_sum()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地",
            "1,轴承项目,甲轴承有限公司,3,嘉善县",
            "2,齿轮项目,乙齿轮有限公司,4,嘉善县",
            "3,仓储项目,,7,"
        );
        Kinds(file).ShouldBe(["", "", ""]);
    }

    [Test]
    public void A_total_that_differs_from_what_was_read_is_said()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地",
            "1,轴承项目,甲轴承有限公司,3,嘉善县",
            "2,齿轮项目,乙齿轮有限公司,约四亿,嘉善县",
            "3,阀门项目,丙阀门有限公司,面议,嘉善县",
            "合 计,,,9,"
        );
        var note = file.Register.Notes.Single();
        note.Code.ShouldBe("total-differs");
        string.Join(' ', note.Args).ShouldBe("5 900000000 700000000");
    }

    [TestCase("合计")]
    [TestCase("总　计")]
    [TestCase("合  计(2个)")]
    [TestCase("全县合计：2个项目")]
    [TestCase("嘉善县小计")]
    [TestCase("Grand total")]
    [TestCase("本页小计")]
    public void Words_of_a_total_are_one(string words) =>
        Kinds(
                ReadFile.OfCsv(
                    "序号,项目名称,投资方,总投资(亿元),落户地",
                    "1,轴承项目,甲轴承有限公司,3,嘉善县",
                    "2,齿轮项目,乙齿轮有限公司,4,嘉善县",
                    $",{words},,7,"
                )
            )
            .ShouldBe(["", "", "total-row"]);

    [TestCase("3,其中：一期工程,,2,")]
    [TestCase(",其中:设备投资,,2,")]
    [TestCase(",一期,,2,")]
    [TestCase(",二期项目（在建）,,2,")]
    [TestCase("2-1,主厂房,,2,")]
    [TestCase("2.1,主厂房,,2,嘉善县")]
    [TestCase("其中,主厂房,,2,")]
    public void A_part_of_the_row_above_is_not_counted_again(string line)
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地",
            "1,轴承项目,甲轴承有限公司,3,嘉善县",
            "2,齿轮项目,乙齿轮有限公司,4,嘉善县",
            line
        );
        Kinds(file).ShouldBe(["", "", "part-row"]);
        file.Sum.ShouldBe(7);
    }

    [Test]
    public void Numbers_of_two_levels_below_a_heading_are_projects()
    {
        Kinds(
                ReadFile.OfCsv(
                    "序号,项目名称,投资方,总投资(亿元),落户地",
                    "一,装备制造,,,",
                    "1-1,轴承项目,甲轴承有限公司,3,嘉善县",
                    "1-2,齿轮项目,乙齿轮有限公司,4,嘉善县"
                )
            )
            .ShouldBe(["heading-row", "", ""]);
    }

    [Test]
    public void A_second_investor_under_a_merged_name_goes_on_with_the_row_above()
    {
        var file = Sheet(
            [
                ["序号", "项目名称", "投资方", "总投资(亿元)", "落户地"],
                [1, "轴承项目", "甲轴承有限公司", 3, "嘉善县"],
                [null, null, "乙轴承有限公司", null, null],
                [2, "齿轮项目", "丙齿轮有限公司", 4, "嘉善县"],
            ],
            "A2:A3",
            "B2:B3",
            "D2:D3",
            "E2:E3"
        );
        Kinds(file).ShouldBe(["", "continuation-row", ""]);
        file.Codes(2).ShouldBe("investor-below,stage-unknown");
        file.Row(2).Investors.Select(investor => investor.Name).ShouldBe(["甲轴承有限公司", "乙轴承有限公司"]);
        file.Register.Rows[0].Cells[2].Original.ShouldBe("甲轴承有限公司");
        file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地",
            "1,轴承项目,甲轴承有限公司,3,嘉善县",
            ",,乙轴承有限公司,,",
            ",,丙轴承有限公司,,",
            "2,齿轮项目,丙齿轮有限公司,4,嘉善县"
        );
        Kinds(file).ShouldBe(["", "continuation-row", "continuation-row", ""]);
        file.Row(2).Investors.Count.ShouldBe(3);
        file.Row(5).Investors.Single().Name.ShouldBe("丙齿轮有限公司");
    }

    [Test]
    public void What_goes_on_with_more_than_an_investor_is_not_read_with_the_row_above()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地",
            "1,轴承项目,甲轴承有限公司,3,嘉善县",
            ",,乙轴承有限公司,1,",
            "2,齿轮项目,丙齿轮有限公司,4,嘉善县"
        );
        Kinds(file).ShouldBe(["", "continuation-row", ""]);
        file.Codes(2).ShouldContain("continued-below");
        file.Row(2).Investors.Single().Name.ShouldBe("甲轴承有限公司");
        file.Row(2).TotalInvestment!.Value.Amount.ShouldBe(300_000_000m);
    }

    [TestCase("备注：红色为新增项目")]
    [TestCase("制表：王某,,审核：李某,,2026年11月")]
    [TestCase("单位负责人签字：,,,填报日期：2026.11.3,")]
    [TestCase("截至2026年10月底")]
    [TestCase("（此页无正文）")]
    [TestCase("二〇二六年十一月三日")]
    [TestCase("联系人：王某 0573-0000000")]
    [TestCase(",*为省重大项目")]
    [TestCase(",,,,以下空白")]
    [TestCase("嘉善县商务局")]
    [TestCase("注1：含土地出让金")]
    [TestCase("Source: municipal bureau")]
    [TestCase("Page 1 of 3")]
    public void What_stands_below_a_table_is_no_project(string line) =>
        Kinds(
                ReadFile.OfCsv(
                    "序号,项目名称,投资方,总投资(亿元),落户地",
                    "1,注塑项目,甲轴承有限公司,3,嘉善县",
                    "2,附着力促进剂项目,乙齿轮有限公司,4,嘉善县",
                    line
                )
            )
            .ShouldBe(["", "", "note-row"]);

    [TestCase("注塑机项目")]
    [TestCase("说明书印刷基地")]
    [TestCase("总部大楼")]
    [TestCase("累计式流量计项目")]
    [TestCase("汇总数据中心项目")]
    [TestCase("一汽大众嘉兴基地")]
    [TestCase("三一重工产业园")]
    [TestCase("其中堂酒店项目")]
    [TestCase("一期")]
    public void Names_that_begin_like_something_else_are_names(string name) =>
        Kinds(
                ReadFile.OfCsv(
                    "序号,项目名称,投资方,总投资(亿元),落户地",
                    "1,轴承项目,甲轴承有限公司,3,嘉善县",
                    $"2,{name},乙齿轮有限公司,4,嘉善县"
                )
            )
            .ShouldBe(["", ""]);

    [Test]
    public void A_name_alone_is_enough_for_a_numbered_project()
    {
        Kinds(
                ReadFile.OfCsv(
                    "序号,项目名称,投资方,总投资(亿元),落户地",
                    "1,轴承项目,甲轴承有限公司,3,嘉善县",
                    "2,齿轮项目,,,",
                    "3,阀门厂,,,"
                )
            )
            .ShouldBe(["", "", ""]);
        // Without numbers a name alone may be one too, where it ends like one.
        Kinds(ReadFile.OfCsv("项目名称,投资方,总投资(亿元)", "轴承项目,甲轴承有限公司,3", "齿轮项目,,", "阀门,丙,4"))
            .ShouldBe(["", "", ""]);
    }

    [Test]
    public void A_repeated_header_is_one()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元)",
            "1,轴承项目,甲轴承有限公司,3",
            "序号,项目名称,投资方,总投资(亿元)",
            "2,齿轮项目,乙齿轮有限公司,4"
        );
        Kinds(file).ShouldBe(["", "header-row", ""]);
    }

    [Test]
    public void A_sheet_in_which_no_row_says_two_things_is_no_register()
    {
        Should
            .Throw<UnreadableSheetException>(() => ReadFile.OfCsv("项目名称,投资方,总投资", "甲,,", "乙,,"))
            .Code.ShouldBe("no-register");
        Should
            .Throw<UnreadableSheetException>(() =>
                ReadFile.OfCsv(
                    "项目申报表,",
                    "项目名称,半导体材料项目",
                    "投资方,甲戌材料有限公司",
                    "总投资,12亿元",
                    "落户地,海宁市"
                )
            )
            .Code.ShouldBe("sheet-form");
        Should
            .Throw<UnreadableSheetException>(() =>
                ReadFile.OfCsv(
                    "企业名称,甲戌材料有限公司,项目名称,半导体材料项目",
                    "总投资,12亿元,建设地点,海宁市",
                    "项目进展,已签约,签约时间,2026-03-05"
                )
            )
            .Code.ShouldBe("sheet-form");
        ReadFile.OfCsv("项目名称", "甲厂").Projects.Count.ShouldBe(1);
    }
}
