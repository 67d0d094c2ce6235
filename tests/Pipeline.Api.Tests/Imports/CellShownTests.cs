using System.IO.Compression;
using System.Text;
using Pipeline.Api.Features.Imports;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Tests.Imports;

/// <summary>What a person sees in a cell is what is read (R50), or it is said that it is not.</summary>
public sealed class CellShownTests
{
    // Expected: what Excel shows (Microsoft's number format codes); the exact digits where the format only rounds.
    [TestCase(1500000, "0!.0,\"万元\"", "150.0万元")]
    [TestCase(350000000, "0\\.00,,\"亿元\"", "3.50亿元")]
    [TestCase(1500000, "0\\!.0,\"万元\"", "1500!.0万元")]
    [TestCase(5, "0\"亿!\"", "5亿!")]
    [TestCase(12.345, "0.0\"亿元\"", "12.345亿元")]
    [TestCase(12.345, "0.0", "12.345")]
    [TestCase(1234567.5, "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "1234567.5")]
    [TestCase(1250, "#,##0.00,", "1.25")]
    [TestCase(1250000, "0.00,,", "1.25")]
    [TestCase(0.125, "0.0%", "12.5%")]
    [TestCase(5, "\"约\"0\"亿元\"", "约5亿元")]
    [TestCase(5, "0亿元", "5亿元")]
    [TestCase(5, "[$$-409]#,##0.00", "5")]
    [TestCase(91330400, "00000000", "91330400")]
    [TestCase(3, "0.00E+00", "3")]
    public void A_number(double number, string format, string shown) =>
        ShownCell.Number(number, format).Original.ShouldBe(shown);

    [TestCase("yyyy\"年\"m\"月\"", "2024年3月")]
    [TestCase("[$-804]yyyy\"年\"m\"月\";@", "2024年3月")]
    [TestCase("yyyy/m", "2024-03")]
    [TestCase("mmm\\-yy", "2024-03")]
    [TestCase("yyyy\"年\"", "2024年")]
    [TestCase("yyyy", "2024年")]
    [TestCase("m\"月\"d\"日\"", "3月5日")]
    [TestCase("m/d", "03-05")]
    [TestCase("yyyy/m/d", "2024-03-05")]
    [TestCase("mm-dd-yy", "2024-03-05")]
    [TestCase("yyyy\\-mm\\-dd\\ hh:mm:ss", "2024-03-05")]
    [TestCase("[$-409]d\\-mmm\\-yyyy", "2024-03-05")]
    [TestCase("\"签约日:\"yyyy\\-m\\-d", "2024-03-05")]
    public void A_day(string format, string shown) =>
        ShownCell.Day(new DateTime(2024, 3, 5), format).Text.ShouldBe(shown);

    /// <summary>A workbook of one table, its cells given as XML.</summary>
    private static ReadFile Book(string cells, string workbook = "<workbookPr/>")
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string content)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open(), new UTF8Encoding(false));
                writer.Write(content);
            }

            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                Package = "http://schemas.openxmlformats.org/package/2006/relationships";
            Part(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            );
            Part(
                "_rels/.rels",
                $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            );
            Part(
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>"
            );
            Part(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\">{workbook}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            );
            Part(
                "xl/styles.xml",
                $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            );
            Part(
                "xl/worksheets/sheet1.xml",
                $"<worksheet xmlns=\"{Main}\"><sheetData>{Row(1, "项目名称", "投资方", "总投资(亿元)", "签约日期", "统一社会信用代码", "阶段", "落户地")}<row r=\"2\">{cells}</row></sheetData></worksheet>"
            );
        }

        return ReadFile.Of(stream.ToArray());
    }

    private static string Row(int number, params string[] texts) =>
        $"<row r=\"{number}\">{string.Concat(texts.Select((text, at) => Text($"{(char)('A' + at)}{number}", text)))}</row>";

    private static string Text(string at, string text) => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    [Test]
    public void An_error_value_is_a_doubt_with_its_text_and_no_value()
    {
        var file = Book(
            Text("A2", "轴承项目")
                + "<c r=\"B2\" t=\"e\"><v>#REF!</v></c><c r=\"C2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
                + Text("F2", "签约")
                + Text("G2", "嘉善县")
        );
        var row = file.Rows.Single();
        row.Investors.ShouldBeEmpty();
        row.TotalInvestment.ShouldBeNull();
        row.Issues.Select(issue => (issue.Field, issue.Code, issue.Original))
            .ShouldBe([("investor", "cell-error", "#REF!"), ("totalInvestment", "cell-error", "#DIV/0!")]);
    }

    [Test]
    public void A_formula_that_was_never_calculated_gives_no_value()
    {
        var file = Book(
            Text("A2", "轴承项目")
                + Text("B2", "甲轴承有限公司")
                + "<c r=\"C2\"><f>SUM(A1:A2)</f></c><c r=\"D2\" s=\"1\"><f>TODAY()</f><v>46000</v></c>"
                + Text("F2", "签约")
                + Text("G2", "嘉善县")
        );
        var row = file.Rows.Single();
        row.TotalInvestment.ShouldBeNull();
        row.Issues.Select(issue => (issue.Field, issue.Code, issue.Original))
            .ShouldBe([("totalInvestment", "not-calculated", "=SUM(A1:A2)")]);
        row.SignedOn.ShouldBe(new DateOnly(2025, 12, 9));
    }

    // 44197 counts from 1904-01-01: 2025-01-02.
    [TestCase(" s=\"1\"")]
    [TestCase("")]
    public void Days_count_from_1904_where_the_workbook_says_so(string style)
    {
        var file = Book(
            Text("A2", "轴承项目") + Text("B2", "甲轴承有限公司") + $"<c r=\"D2\"{style}><v>44197</v></c>",
            "<workbookPr date1904=\"1\"/>"
        );
        file.Rows.Single().SignedOn.ShouldBe(new DateOnly(2025, 1, 2));
    }

    [Test]
    public void A_code_that_became_a_number_is_no_code()
    {
        var file = Book(
            Text("A2", "轴承项目")
                + Text("B2", "甲轴承有限公司")
                + "<c r=\"E2\"><v>9.1330400123456789E+17</v></c>"
                + Text("F2", "签约")
                + Text("G2", "嘉善县")
        );
        file.Rows.Single().Uscc.ShouldBeNull();
        file.Codes(2).ShouldBe("code-as-number");
        ReadFile
            .OfCsv("项目名称,投资方,统一社会信用代码,阶段,落户地", "轴承项目,甲轴承有限公司,9.1330E+17,签约,嘉善县")
            .Codes(2)
            .ShouldBe("code-as-number");
        ReadFile
            .OfCsv("项目名称,投资方,项目代码,阶段,落户地", "轴承项目,甲轴承有限公司,2.31133E+23,签约,嘉善县")
            .Codes(2)
            .ShouldBe("code-as-number");
    }

    [Test]
    public void A_day_kept_as_text_is_one_in_an_ordinary_workbook_too()
    {
        var file = Book(
            Text("A2", "轴承项目")
                + Text("B2", "甲轴承有限公司")
                + "<c r=\"D2\" t=\"d\"><v>2026-03-05T00:00:00</v></c>"
                + Text("F2", "签约")
                + Text("G2", "嘉善县")
        );
        file.Rows.Single().SignedOn.ShouldBe(new DateOnly(2026, 3, 5));
    }
}

/// <summary>Text files: quotes, commas, moments.</summary>
public sealed class TextFileTests
{
    [TestCase("\"智慧谷\"项目", "\"智慧谷\"项目")]
    [TestCase("\"智慧谷项目", "\"智慧谷项目")]
    [TestCase("\"\"智慧谷\"\"项目", "\"\"智慧谷\"\"项目")]
    [TestCase("智慧\"谷项目", "智慧\"谷项目")]
    public void A_quote_that_quotes_nothing_is_a_letter(string written, string name)
    {
        var file = ReadFile.OfCsv(
            "序号,项目名称,投资方,总投资(亿元),落户地,阶段",
            "1,轴承项目,甲轴承有限公司,3,嘉善县,签约",
            $"2,{written},乙有限公司,4,嘉善县,签约",
            "3,\"阀门,龙头项目\",丙有限公司,5,嘉善县,签约",
            "4,\"水泵\n项目\",丁有限公司,6,嘉善县,签约"
        );
        file.Projects.Select(row => row.Name).ShouldBe(["轴承项目", name, "阀门,龙头项目", "水泵 项目"]);
        file.Sum.ShouldBe(18);
    }

    [Test]
    public void Two_stray_quotes_swallow_nothing_between_them()
    {
        var file = ReadFile.OfCsv(
            "项目名称,投资方,总投资(亿元)",
            "\"甲谷项目,甲有限公司,3",
            "乙项目,乙有限公司,4",
            "丙项目,\"丙有限公司,5",
            "丁项目,丁有限公司,\"6\""
        );
        file.Projects.Select(row => row.TotalInvestment!.Value.Amount / 100_000_000).ShouldBe([3, 4, 5, 6]);
        file.Projects.Select(row => row.Name).ShouldBe(["\"甲谷项目", "乙项目", "丙项目", "丁项目"]);
    }

    [TestCase(',', "3", 300_000_000d, "")]
    [TestCase(',', "\"1,234\"", 123_400_000_000d, "implausible")]
    [TestCase(';', "1,234", null, "amount-ambiguous")]
    [TestCase(';', "1.234,5", 123_450_000_000d, "implausible")]
    [TestCase(';', "12,5", 1_250_000_000d, "")]
    [TestCase(',', "\"12,5\"", null, "amount-unreadable")]
    [TestCase(',', "\"1,23,456\"", null, "amount-unreadable")]
    [TestCase('\t', "12,34,5", null, "amount-unreadable")]
    public void A_comma_parts_thousands_only_where_it_can(char separator, string written, double? amount, string codes)
    {
        var file = ReadFile.OfCsv(
            string.Join(separator, "项目名称", "投资方", "总投资(亿元)", "落户地", "阶段"),
            string.Join(separator, "轴承项目", "甲轴承有限公司", written, "嘉善县", "签约")
        );
        ((double?)file.Rows.Single().TotalInvestment?.Amount).ShouldBe(amount);
        file.Codes(2).ShouldBe(codes);
    }

    [Test]
    public void The_rest_of_the_file_says_what_a_comma_is()
    {
        var file = ReadFile.OfCsv(
            "项目名称\t投资方\t总投资(百万欧元)",
            "甲项目\t甲有限公司\t48,5",
            "乙项目\t乙有限公司\t1,234",
            "丙项目\t丙有限公司\t12,25"
        );
        file.Rows.Select(row => row.TotalInvestment)
            .ShouldBe([new Money(48_500_000, "EUR"), null, new Money(12_250_000, "EUR")]);
        file.Row(3)
            .Issues.Where(issue => issue.Field == "totalInvestment")
            .Select(issue => issue.Code)
            .ShouldBe(["amount-ambiguous"]);
    }

    [TestCase("2026-03-05T20:00:00Z", 6)]
    [TestCase("2026-03-05T15:59:59Z", 5)]
    [TestCase("2026-03-05 23:00:00 -05:00", 6)]
    [TestCase("2026-03-05T01:00:00+0800", 5)]
    [TestCase("2026-03-05T01:00:00+09:00", 5)]
    [TestCase("2026-03-05T00:30:00+09:00", 4)]
    [TestCase("2026-03-05 20:00:00", 5)]
    public void A_moment_is_a_day_in_the_city(string written, int day) =>
        Dates.Parse(written).Value.ShouldBe(new DateOnly(2026, 3, day));

    [Test]
    public void A_line_with_blank_cells_too_many_is_read()
    {
        var file = ReadFile.OfCsv("项目名称,投资方,总投资(亿元)", "甲项目,甲有限公司,3,,", "乙项目,乙有限公司,4,5,");
        file.Projects.Single().Name.ShouldBe("甲项目");
        file.Codes(3).ShouldBe("too-many-cells");
    }
}
