using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Where the tables of a file are, and that nothing of it is left out unsaid.</summary>
public sealed class TableTests
{
    private static Money Yi(decimal amount) => new(amount * 100_000_000, "CNY");

    [Test]
    public void Three_tables_below_one_another_have_their_own_columns_and_units()
    {
        var file = ReadFile.OfCsv(
            "一、签约项目",
            "项目名称,投资方,总投资(亿元),签约日期",
            "轴承项目,甲轴承有限公司,3,2026-03-01",
            "",
            "二、开工项目",
            "单位：万元",
            "投资方,项目名称,总投资,开工日期,落户地",
            "乙齿轮有限公司,齿轮项目,40000,2026-04-01,嘉善县",
            "三、其他",
            "序号,项目名称,备注",
            "1,阀门项目,跟踪中"
        );
        file.Projects.Select(row => (row.RowNumber, row.Name, row.TotalInvestment, row.Stage))
            .ShouldBe([
                (3, "轴承项目", Yi(3), "signed"),
                (8, "齿轮项目", Yi(4), "started"),
                (11, "阀门项目", null, null),
            ]);
        file.Row(8).StartedOn.ShouldBe(new DateOnly(2026, 4, 1));
        file.Row(8).OwnerId.ShouldBe("jiashan");
        file.Row(11).Note.ShouldBe("跟踪中");
        // Row 1 and the header above the first table, and nothing else, are left out of the rows.
        file.Rows.Select(row => row.RowNumber).ShouldBe([3, 5, 6, 7, 8, 9, 10, 11]);
    }

    [Test]
    public void A_header_of_three_rows_is_one()
    {
        var file = ReadFile.Of(
            Registers.Workbook(
                [
                    ["序号", "项目情况", null, "投资", null, null, "时间", null],
                    [null, "项目名称", "投资方", "总投资", null, "用地", "签约", "开工"],
                    [null, null, null, "人民币(亿元)", "外币(万美元)", "(亩)", null, null],
                    [1, "轴承项目", "甲轴承有限公司", 3, null, 50, new DateOnly(2026, 3, 1), null],
                    [2, "齿轮项目", "乙齿轮有限公司", null, 5000, null, null, new DateOnly(2026, 4, 1)],
                ],
                "A1:A3",
                "B1:C1",
                "D1:F1",
                "G1:H1",
                "B2:B3",
                "C2:C3",
                "D2:E2",
                "G2:G3",
                "H2:H3"
            )
        );
        file.Projects.Select(row => row.TotalInvestment).ShouldBe([Yi(3), new Money(50_000_000, "USD")]);
        file.Rows[0].Plain.LandMu.ShouldBe(50);
        file.Rows[0].SignedOn.ShouldBe(new DateOnly(2026, 3, 1));
        file.Rows[1].StartedOn.ShouldBe(new DateOnly(2026, 4, 1));
        file.Rows.Count.ShouldBe(2);
    }

    [Test]
    public void A_header_whose_upper_row_names_more_columns_needs_no_merged_cells()
    {
        var file = ReadFile.OfCsv(
            "项目台账",
            "序号,基本情况,,所属县市区,投资情况,,阶段",
            ",项目名称,投资方,,总投资(亿元),其中:外资(万美元),",
            "1,轴承项目,甲轴承有限公司,嘉善县,3,200,签约"
        );
        var row = file.Rows.Single();
        (row.Name, row.OwnerId, row.TotalInvestment, row.Stage).ShouldBe(("轴承项目", "jiashan", Yi(3), "signed"));
    }

    [Test]
    public void A_unit_row_below_the_header_belongs_to_it()
    {
        var file = ReadFile.OfCsv(
            "项目名称,投资方,总投资,用地",
            ",,万元,平方米",
            "轴承项目,甲轴承有限公司,30000,66667"
        );
        file.Rows.Single().TotalInvestment.ShouldBe(Yi(3));
        file.Rows.Single().Plain.LandMu.ShouldNotBeNull();
    }

    [Test]
    public void Sheets_that_hold_no_register_are_named_and_the_others_united()
    {
        var file = ReadFile.Of(
            Registers.Workbook([
                (
                    "汇总",
                    [
                        ["县市区", "个数"],
                        ["嘉善县", 1],
                    ]
                ),
                (
                    "签约",
                    [
                        ["项目名称", "投资方", "总投资(亿元)", "县市区"],
                        ["轴承项目", "甲轴承有限公司", 3, "嘉善县"],
                        ["合计", null, 3, null],
                    ]
                ),
                (
                    "在建（开工）项目",
                    [
                        ["2026年"],
                        ["项目名称", "业主单位", "计划总投资(万元)", "建设地点", "阶段"],
                        ["齿轮项目", "乙齿轮有限公司", 40000, "平湖市", "开工"],
                        ["阀门项目", "丙阀门有限公司", 50000, "平湖市", null],
                    ]
                ),
            ])
        );
        file.Projects.Select(row => (row.Name, row.TotalInvestment, row.OwnerId, row.Stage))
            .ShouldBe([
                ("轴承项目", Yi(3), "jiashan", "signed"),
                ("齿轮项目", Yi(4), "pinghu", "started"),
                ("阀门项目", Yi(5), "pinghu", "started"),
            ]);
        file.Register.Notes.Select(note => (note.Code, note.Args[0]))
            .ShouldBe([("sheet-left-out", "汇总"), ("rows-above", "在建（开工）项目")]);
    }

    [Test]
    public void A_single_sheet_called_after_a_stage_gives_it_where_the_rows_say_none()
    {
        var file = ReadFile.Of(
            Registers.Workbook([
                (
                    "在谈",
                    [
                        ["项目名称", "投资方", "总投资(亿元)"],
                        ["轴承项目", "甲轴承有限公司", 3],
                    ]
                ),
            ])
        );
        file.Rows.Single().Stage.ShouldBe("in-talks");
        file.Codes(2).ShouldBe("owner-unknown,stage-from-heading");
    }

    [Test]
    public void A_form_and_a_list_of_headings_among_registers_are_left_out_by_name()
    {
        var file = ReadFile.Of(
            Registers.Workbook([
                (
                    "申报表",
                    [
                        ["项目名称", "半导体材料项目", "投资方", "甲戌材料有限公司"],
                        ["总投资", "12亿元", "落户地", "海宁市"],
                        ["阶段", "签约", "签约日期", "2026-03-05"],
                    ]
                ),
                (
                    "清单",
                    [
                        ["项目名称", "投资方", "总投资(亿元)"],
                        ["轴承项目", "甲轴承有限公司", 3],
                    ]
                ),
                (
                    "空表",
                    [
                        ["项目名称", "投资方", "总投资(亿元)"],
                        ["（待报）", null, null],
                    ]
                ),
            ])
        );
        file.Projects.Select(row => row.Name).ShouldBe(["轴承项目"]);
        file.Register.Notes.Select(note => string.Join(' ', note.Args.Prepend(note.Code)))
            .ShouldBe(["sheet-left-out 申报表 3", "sheet-left-out 空表 2"]);
    }
}
