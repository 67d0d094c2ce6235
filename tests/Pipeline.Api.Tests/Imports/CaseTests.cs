using Pipeline.Api.Features.Imports;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Files as offices keep them: each case lies in Cases, made after public reports and published registers, and must give what a person reads in it.</summary>
public sealed class CaseTests
{
    private static Money Yi(decimal amount, string currency = "CNY") => new(amount * 100_000_000, currency);

    private static decimal?[] Amounts(ReadFile file) => [.. file.Projects.Select(row => row.TotalInvestment?.Amount)];

    [Test]
    public void Section_rows_are_headings_and_the_sum_is_that_of_the_projects()
    {
        var file = ReadFile.OfCase("01-");
        file.Projects.Count.ShouldBe(6);
        file.Sum.ShouldBe(680);
        file.Rows.Where(row => row.IsRefused)
            .Select(row => (row.RowNumber, row.Issues.Single().Code))
            .ShouldBe([
                (5, "heading-row"),
                (9, "heading-row"),
                (11, "heading-row"),
                (12, "heading-row"),
                (14, "heading-row"),
                (16, "total-row"),
            ]);
        file.Projects.Select(row => row.Stage)
            .ShouldBe(["started", "started", "started", "signed", "in-talks", "in-talks"]);
        file.Row(13).Chain.ShouldBe("电池材料");
        file.Notes.ShouldBe(["rows-above"]);
    }

    [Test]
    public void Four_lists_with_columns_of_their_own_are_united()
    {
        var file = ReadFile.OfCase("02-");
        file.Rows.Select(row => row.Stage).ShouldBe(["in-talks", "signed", "registered", "started"]);
        Amounts(file).ShouldBe([1_500_000_000m, 2_000_000_000m, 1_100_000_000m, 3_000_000_000m]);
        file.Rows[1].SignedOn.ShouldBe(new DateOnly(2026, 3, 5));
        file.Rows[2].RegisteredOn.ShouldBe(new DateOnly(2026, 4, 12));
        file.Rows[2].Uscc.ShouldBe("91330400MA2CU7XK5T");
        file.Rows[3].StartedOn.ShouldBe(new DateOnly(2026, 5, 20));
        file.Rows[3].Plain.LandMu.ShouldBe(120);
        file.Rows.Select(row => row.OwnerId).ShouldBe(["jiashan", "haining", "nanhu", "tongxiang"]);
        file.Register.Rows.Select(row => row.Table.Sheet).ShouldBe(["在谈", "签约", "注册", "开工"]);
        file.Register.Rows.ShouldAllBe(row => row.Cells[row.Cells.Count - 1].Text == "2");
    }

    [Test]
    public void Two_tables_in_one_sheet_are_both_read()
    {
        var file = ReadFile.OfCase("03-");
        file.Projects.Select(row => (row.RowNumber, row.Name, row.OwnerId, row.Stage))
            .ShouldBe([
                (3, "激光雷达项目", "tongxiang", "in-talks"),
                (4, "数控系统项目", "xiuzhou", "in-talks"),
                (8, "薄膜基地项目", "haiyan", "signed"),
            ]);
        file.Row(8).Investors.Single().Name.ShouldBe("卯禾薄膜有限公司");
        file.Row(8).SignedOn.ShouldBe(new DateOnly(2026, 3, 1));
        Amounts(file).ShouldBe([800_000_000m, 600_000_000m, 900_000_000m]);
        file.Codes(6).ShouldBe("heading-row");
        file.Codes(7).ShouldBe("header-row");
        file.Rows.Count.ShouldBe(5);
    }

    [Test]
    public void A_header_inherits_downwards_and_across_merged_cells()
    {
        var file = ReadFile.OfCase("04-");
        file.Register.Columns.Columns.Select(column => column.Header)
            .ShouldBe([
                "序号",
                "项目名称",
                "投资方",
                "国别",
                "所属县市区",
                "总投资(亿元)",
                "其中:外资(万美元)",
                "阶段",
                "备注",
            ]);
        file.Projects.Select(row => (row.RowNumber, row.OwnerId, row.Stage, row.Note))
            .ShouldBe([(3, "jiashan", "signed", "已供地"), (4, "pinghu", "in-talks", null)]);
        file.Projects.Select(row => row.TotalInvestment).ShouldBe([Yi(18), Yi(12)]);
    }

    [Test]
    public void An_amount_split_by_currency_under_one_heading_is_read_from_either_column()
    {
        var file = ReadFile.OfCase("04b-");
        file.Projects.Select(row => row.TotalInvestment).ShouldBe([Yi(18), new Money(120_000_000, "USD")]);
        file.Projects.Select(row => row.SignedOn).ShouldBe([new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)]);
        file.Projects.Select(row => row.StartedOn).ShouldBe([new DateOnly(2026, 6, 1), null]);
        file.Rows.Count.ShouldBe(2);
    }

    [Test]
    public void Two_amount_columns_feed_one_field()
    {
        var file = ReadFile.OfCase("05-");
        file.Rows.Select(row => row.TotalInvestment).ShouldBe([Yi(18), new Money(120_000_000, "USD"), Yi(7.2m)]);
        var doubt = file.Row(4).Issues.Single();
        doubt.Code.ShouldBe("two-amounts");
        doubt.Args.ShouldBe(["100000000 USD"]);
        file.Notes.ShouldBe(["second-column"]);
    }

    [Test]
    public void A_decimal_comma_never_makes_ten_times_too_much()
    {
        var file = ReadFile.OfCase("06-");
        file.Row(2).TotalInvestment.ShouldBe(new Money(512_770_000, "EUR"));
        file.Row(3).TotalInvestment.ShouldBe(new Money(1_234_500_000, "EUR"));
        file.Row(4).TotalInvestment.ShouldBe(new Money(48_500_000, "EUR"));
        file.Row(5).TotalInvestment.ShouldBeNull();
        file.Codes(5).ShouldBe("amount-ambiguous");
    }

    [Test]
    public void A_quote_that_never_closes_swallows_no_line()
    {
        var file = ReadFile.OfCase("07-");
        file.Projects.Select(row => row.RowNumber).ShouldBe([2, 3, 4, 5, 6, 7]);
        file.Row(3).Name.ShouldBe("\"智慧谷项目");
        file.Codes(3).ShouldBe("stray-quote");
        file.Projects.Select(row => row.TotalInvestment!.Value.Amount / 100_000_000).ShouldBe([5, 6, 7, 8, 9, 10]);
    }

    [Test]
    public void A_line_with_more_cells_than_headings_is_refused_and_kept_whole()
    {
        var file = ReadFile.OfCase("07c-");
        file.Codes(2).ShouldBe("too-many-cells");
        file.Register.Rows[0]
            .Cells.Select(cell => cell.Original)
            .ShouldBe(["水泵", "阀门项目", "丙德水泵有限公司", "7", "嘉善县", "签约"]);
        file.Register.Rows[0].Table.Columns.Columns.Count.ShouldBe(6);
        file.Projects.Single().Name.ShouldBe("轴承项目");
    }

    [Test]
    public void A_number_is_what_its_format_shows()
    {
        var file = ReadFile.OfCase("08-");
        Amounts(file).ShouldBe([1_500_000m, 350_000_000m, 800_000m, 12_500_000m, 1_250_000_000m]);
        file.Register.Rows.Select(row => row.Cells[4].Original)
            .ShouldBe(["150.0万元", "3.50亿元", "80万元", "1250.0000万元", "12.5亿元"]);
    }

    [Test]
    public void A_day_is_only_as_fine_as_it_is_shown()
    {
        var file = ReadFile.OfCase("09-");
        file.Row(2).SignedOn.ShouldBeNull();
        file.Row(2)
            .Issues.Where(issue => issue.Field == "signedOn")
            .Select(issue => (issue.Code, issue.Original))
            .ShouldBe([("date-month-only", "2024年3月")]);
        file.Row(2)
            .Issues.Where(issue => issue.Field == "startedOn")
            .Select(issue => (issue.Code, issue.Original))
            .ShouldBe([("date-year-only", "2025年")]);
        file.Row(3).Issues.Select(issue => (issue.Code, issue.Original)).ShouldBe([("date-month-only", "2024-05")]);
        file.Row(4).Issues.Select(issue => (issue.Code, issue.Original)).ShouldBe([("date-no-year", "5月6日")]);
        file.Row(5).SignedOn.ShouldBe(new DateOnly(2024, 5, 7));
        file.Row(5).Issues.ShouldBeEmpty();
    }

    [Test]
    public void Strict_open_xml_is_read()
    {
        var row = ReadFile.OfCase("13-").Rows.Single();
        row.Name.ShouldBe("薄膜项目");
        row.SignedOn.ShouldBe(new DateOnly(2026, 3, 5));
        row.Issues.ShouldBeEmpty();
    }

    [TestCase("14-", "x.xls")]
    [TestCase("14b-", "x.xls")]
    [TestCase("14c-", "x.xls")]
    public void The_content_says_what_a_file_is(string name, string fileName)
    {
        SheetReader.KindRefused(new MemoryStream(ReadFile.Case(name)), fileName).ShouldBeNull();
        var row = ReadFile.OfCase(name).Rows.Single();
        row.Name.ShouldBe("薄膜项目");
        row.Investors.Single().Name.ShouldBe("戊德薄膜有限公司");
        row.TotalInvestment.ShouldBe(Yi(9));
    }

    [Test]
    public void Ditto_marks_take_what_stands_above()
    {
        var file = ReadFile.OfCase("16-");
        foreach (var number in (int[])[3, 4, 5])
        {
            var row = file.Row(number);
            row.Investors.Single().Name.ShouldBe("戊德薄膜有限公司");
            (row.Country, row.OwnerId, row.Stage, row.SignedOn, row.Chain).ShouldBe(
                ("DE", "jiashan", "signed", new DateOnly(2026, 3, 5), "新材料")
            );
            row.Issues.ShouldBeEmpty();
        }
        file.Register.Rows[1].Cells[2].Original.ShouldBe("同上");
        file.Row(6).Investors.ShouldBeEmpty();
        file.Codes(6).ShouldContain("ditto-unclear");
        file.Row(7).TotalInvestment.ShouldBeNull();
        file.Codes(7).ShouldContain("ditto-unclear");
        file.Row(7).Country.ShouldBeNull();
    }

    [Test]
    public void What_is_under_way_is_not_taken_as_done()
    {
        var file = ReadFile.OfCase("17-");
        string? StageOf(string name) => file.Rows.Single(row => row.Name == name).Stage;
        foreach (var name in (string[])["换热器项目", "铝型材项目", "铜材项目", "挖机项目"])
            StageOf(name).ShouldBeOneOf("in-production", "started", null);
        StageOf("纺织项目").ShouldNotBeOneOf("started", "in-production");
        StageOf("纺织二项目").ShouldBe("started");
        StageOf("纺织三项目").ShouldBeOneOf("started", null);
        foreach (var name in (string[])["三元前驱体项目", "轴承锻件项目", "收储项目"])
            StageOf(name).ShouldBeOneOf("in-talks", null);
        StageOf("模组项目").ShouldBeOneOf("in-talks", "signed", null);
        foreach (var row in file.Rows.Where(row => row.Stage is not null && row.Stage != "in-talks"))
            row.Issues.Select(issue => issue.Code).ShouldContain("stage-assumed");
    }

    [Test]
    public void Notes_below_the_table_are_no_projects()
    {
        var file = ReadFile.OfCase("18-");
        file.Projects.Single().Name.ShouldBe("智能穿戴整机项目");
        file.Rows.Skip(1).Select(row => row.Issues.Single().Code).ShouldBe(Enumerable.Repeat("note-row", 9));
    }

    [Test]
    public void Where_the_responsible_unit_is_none_the_landing_place_decides()
    {
        var file = ReadFile.OfCase("20-");
        file.Rows.Select(row => row.OwnerId).ShouldBe(["jiashan", "pinghu", "haining", "jiashan", "jxport"]);
        file.Codes(2).ShouldBe("owner-by-place");
        file.Codes(5).ShouldBe("owner-differs");
    }

    [Test]
    public void Hidden_rows_and_sheets_are_named()
    {
        var file = ReadFile.OfCase("33-");
        file.Projects.Count.ShouldBe(4);
        file.Codes(3).ShouldBe("row-hidden");
        file.Register.Notes.Select(note => (note.Code, string.Join(' ', note.Args)))
            .ShouldBe([("sheet-hidden", "旧表"), ("rows-hidden", "Sheet1 2 4")]);
    }

    [Test]
    public void A_form_of_one_project_is_no_register() =>
        Should.Throw<UnreadableSheetException>(() => ReadFile.OfCase("41-")).Code.ShouldBe("sheet-form");
}
