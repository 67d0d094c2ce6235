namespace Pipeline.Api.Tests.Imports;

/// <summary>Marks of repetition take what the project above says, as merged cells do.</summary>
public sealed class DittoTests
{
    [Test]
    public void A_mark_looks_past_headings_parts_and_notes_to_the_project_above()
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地,阶段,国别",
            "1,轴承项目,甲轴承有限公司,3,嘉善县,签约,德国",
            "一,第二部分（1个）,,,,,",
            "2,齿轮项目,同上,4,〃,″,ditto"
        );
        var row = file.Row(4);
        (row.Investors.Single().Name, row.OwnerId, row.Stage, row.Country).ShouldBe(
            ("甲轴承有限公司", "jiashan", "signed", "DE")
        );
        row.Issues.ShouldBeEmpty();
    }

    [Test]
    public void A_mark_in_the_first_row_or_below_a_blank_repeats_nothing()
    {
        var file = ReadFile.OfCsv(
            "项目名称,投资方,总投资(亿元),落户地,阶段,产业",
            "轴承项目,同上,3,嘉善县,签约,",
            "齿轮项目,乙齿轮有限公司,〃,嘉善县,签约,同上"
        );
        file.Row(2).Investors.ShouldBeEmpty();
        file.Codes(2).ShouldBe("ditto-unclear");
        file.Row(3).Chain.ShouldBeNull();
        file.Row(3).TotalInvestment.ShouldBeNull();
        file.Codes(3).ShouldBe("ditto-unclear");
    }

    [Test]
    public void A_name_is_never_repeated()
    {
        var file = ReadFile.OfCsv("项目名称,投资方,总投资(亿元)", "轴承项目,甲轴承有限公司,3", "同上,乙齿轮有限公司,4");
        file.Rows[1].IsRefused.ShouldBeTrue();
        file.Codes(3).ShouldContain("name-missing");
    }

    [Test]
    public void Merged_cells_of_a_workbook_say_the_same_in_each_row()
    {
        var file = ReadFile.Of(
            Registers.Workbook(
                [
                    ["项目名称", "投资方", "总投资(亿元)", "落户地", "阶段", "签约日期"],
                    ["轴承项目", "甲轴承有限公司", 3, "嘉善县", "签约", new DateOnly(2026, 3, 1)],
                    ["齿轮项目", null, null, null, null, null],
                    ["阀门项目", "乙阀门有限公司", 4, null, "同上", null],
                ],
                "B2:B3",
                "C2:C3",
                "D2:D4",
                "E2:E3",
                "F2:F4"
            )
        );
        file.Rows.Select(row => (row.Investors.Single().Name, row.OwnerId, row.Stage, row.SignedOn))
            .ShouldBe([
                ("甲轴承有限公司", "jiashan", "signed", new DateOnly(2026, 3, 1)),
                ("甲轴承有限公司", "jiashan", "signed", new DateOnly(2026, 3, 1)),
                ("乙阀门有限公司", "jiashan", "signed", new DateOnly(2026, 3, 1)),
            ]);
        file.Rows[1].TotalInvestment.ShouldBeNull();
    }
}
