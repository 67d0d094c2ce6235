using System.Text;
using Pipeline.Api.Features.Imports;
using Pipeline.Domain;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Registers in the formats of old programs and of systems that write web pages: the files of Cases/old were saved so by a spreadsheet program.</summary>
public sealed class OldFormatTests
{
    private static string Everything(ReadFile file) =>
        Json.Write(file.Rows)
        + string.Join(',', file.Notes)
        + string.Join('|', file.Register.Rows.Select(row => string.Join(',', row.Cells.Select(cell => cell.Text))));

    [TestCase("01-section-rows")]
    [TestCase("02-four-lists-own-columns")]
    [TestCase("03-two-tables-in-one-sheet")]
    [TestCase("04-two-row-header-merged-down")]
    [TestCase("09-dates-shown-to-the-month")]
    [TestCase("33-hidden-rows-and-sheet")]
    public void A_workbook_saved_in_the_old_format_says_the_same(string name) =>
        Everything(ReadFile.OfCase($"old/{name}.xls")).ShouldBe(Everything(ReadFile.OfCase($"{name}.xlsx")));

    [TestCase("01-section-rows")]
    [TestCase("04-two-row-header-merged-down")]
    [TestCase("09-dates-shown-to-the-month")]
    public void A_workbook_saved_as_a_web_page_gives_the_same_projects(string name)
    {
        static string Projects(ReadFile file) =>
            Json.Write(
                file.Projects.Select(row => new
                {
                    row.RowNumber,
                    row.Name,
                    row.Stage,
                    row.OwnerId,
                    row.TotalInvestment,
                    row.SignedOn,
                    row.StartedOn,
                    row.Investors,
                })
            );
        Projects(ReadFile.OfCase($"old/{name}.html")).ShouldBe(Projects(ReadFile.OfCase($"{name}.xlsx")));
    }

    [Test]
    public void Errors_in_an_old_workbook_are_doubts_with_their_text()
    {
        var file = ReadFile.OfCase("old/errors.xls");
        file.Rows.Select(row => row.TotalInvestment?.Amount).ShouldBe([null, null, 700_000_000m]);
        file.Row(2).Issues.Select(issue => (issue.Code, issue.Original)).ShouldContain(("cell-error", "#DIV/0!"));
        file.Row(3).Issues.Select(issue => (issue.Code, issue.Original)).ShouldContain(("cell-error", "#N/A"));
    }

    [Test]
    public void Days_of_an_old_workbook_may_count_from_1904() =>
        ReadFile.OfCase("old/1904.xls").Rows.Single().SignedOn.ShouldBe(new DateOnly(2026, 3, 5));

    [Test]
    public void A_form_of_one_project_in_the_old_format_is_told_from_a_register() =>
        Should
            .Throw<UnreadableSheetException>(() => ReadFile.OfCase("old/41-one-project-form.xls"))
            .Code.ShouldBe("sheet-form");

    [TestCase("EncryptedPackage", "sheet-protected")]
    [TestCase("WordDocument", "register-save-as")]
    public void What_is_no_workbook_to_be_read_says_what_to_do(string stream, string code)
    {
        var content = ReadFile.Case("old/41-one-project-form.xls");
        var at = content.AsSpan().IndexOf(Encoding.Unicode.GetBytes("Workbook"));
        Encoding.Unicode.GetBytes(stream).CopyTo(content, at);
        content[at + 64] = (byte)(stream.Length * 2 + 2);
        Should.Throw<UnreadableSheetException>(() => SheetReader.Read(content)).Code.ShouldBe(code);
    }

    [Test]
    public void A_broken_old_workbook_is_refused_and_holds_nobody_up()
    {
        var whole = ReadFile.Case("old/02-four-lists-own-columns.xls");
        var random = new Random(20261128);
        for (var turn = 0; turn < 400; turn++)
        {
            var broken = whole.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                broken[random.Next(8, broken.Length)] = (byte)random.Next(256);
            if (turn % 4 == 0)
                broken = broken[..random.Next(4, broken.Length)];
            try
            {
                SheetReader.Read(broken).ShouldNotBeEmpty();
            }
            catch (UnreadableSheetException refused)
            {
                refused.Code.ShouldBeOneOf(
                    "sheet-broken",
                    "sheet-empty",
                    "sheet-too-large",
                    "sheet-protected",
                    "register-save-as"
                );
            }
        }
    }

    [Test]
    public void Xml_tables_of_excel_2003_are_read_with_their_formats_merges_and_states()
    {
        const string xml = """
            <?xml version="1.0"?>
            <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
             <Styles><Style ss:ID="m"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style><Style ss:ID="w"><NumberFormat ss:Format="0&quot;万元&quot;"/></Style></Styles>
             <Worksheet ss:Name="签约"><Table>
              <Row><Cell ss:MergeDown="1"><Data ss:Type="String">项目名称</Data></Cell><Cell ss:MergeDown="1"><Data ss:Type="String">投资方</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">投资情况</Data></Cell><Cell><Data ss:Type="String">签约时间</Data></Cell></Row>
              <Row><Cell ss:Index="3"><Data ss:Type="String">总投资</Data></Cell><Cell><Data ss:Type="String">注册资本</Data></Cell></Row>
              <Row ss:Index="5"><Cell><Data ss:Type="String">薄膜<B xmlns="http://www.w3.org/TR/REC-html40">项目</B></Data></Cell><Cell ss:MergeDown="1"><Data ss:Type="String">戊德薄膜有限公司</Data></Cell><Cell ss:StyleID="w"><Data ss:Type="Number">90000</Data></Cell><Cell ss:Index="5" ss:StyleID="m"><Data ss:Type="DateTime">2026-03-01T00:00:00.000</Data></Cell></Row>
              <Row><Cell><Data ss:Type="String">薄膜二厂项目</Data></Cell><Cell ss:Index="3"><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Index="5" ss:Formula="=NOW()"/></Row>
             </Table></Worksheet>
             <Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
            </Workbook>
            """;
        var file = ReadFile.Of(Encoding.UTF8.GetBytes(xml));
        file.Projects.Select(row => (row.RowNumber, row.Name)).ShouldBe([(5, "薄膜项目"), (6, "薄膜二厂项目")]);
        file.Row(5).TotalInvestment.ShouldBe(new Money(900_000_000m, "CNY"));
        file.Row(5).SignedOn.ShouldBeNull();
        file.Row(6).Investors.Single().Name.ShouldBe("戊德薄膜有限公司");
        file.Row(6).TotalInvestment.ShouldBeNull();
        file.Row(6)
            .Issues.Select(issue => issue.Code)
            .ShouldBe(["cell-error", "not-calculated", "owner-unknown", "stage-from-heading"], ignoreOrder: true);
        file.Notes.ShouldContain("sheet-hidden");
    }

    [Test]
    public void Tables_of_a_web_page_are_read_past_its_layout_with_spans_breaks_and_hidden_rows()
    {
        const string html = """
            <html><head><meta charset="gb2312"><style>td{}</style></head><body>
            <table><tr><td>招商系统</td><td>首页</td></tr><tr><td><table>
            <thead><tr><th rowspan=2>项目名称<th rowspan=2>投资方<th colspan=2>投资<th rowspan=2>所属<br>县市区<th rowspan=2>阶段</tr>
            <tr><th>总投资(亿元)<th>注册资本(万元)</tr></thead>
            <tr><td>薄膜&amp;材料项目</td><td rowspan=2>戊德薄膜&nbsp;有限公司</td><td>9</td><td></td><td>嘉善县</td><td>签约</td></tr>
            <tr><td>薄膜二厂
              项目</td><td>3.5</td><td></td><td>海宁市</td><td>在谈<script>x()</script></td></tr>
            <tr style="display: none"><td>藏起项目</td><td>庚德铜箔有限公司</td><td>1</td><td></td><td>海宁市</td><td>在谈</td></tr>
            </table></td></tr></table></body></html>
            """;
        var file = ReadFile.Of(Encoding.GetEncoding("GB18030").GetBytes(html));
        file.Projects.Select(row => (row.Name, row.Investors.Single().Name, row.TotalInvestment?.Amount, row.OwnerId))
            .ShouldBe([
                ("薄膜&材料项目", "戊德薄膜 有限公司", 900_000_000m, "jiashan"),
                ("薄膜二厂 项目", "戊德薄膜 有限公司", 350_000_000m, "haining"),
                ("藏起项目", "庚德铜箔有限公司", 100_000_000m, "haining"),
            ]);
        file.Rows[^1].Issues.Select(issue => issue.Code).ShouldBe(["row-hidden"]);
    }

    [TestCase("<html><frameset><frame src='sheet001.htm'></frameset></html>")]
    [TestCase("<p>项目名称,投资方</p>")]
    public void A_page_without_a_table_says_what_to_do(string html) =>
        Should
            .Throw<UnreadableSheetException>(() => SheetReader.Read(Encoding.UTF8.GetBytes(html)))
            .Code.ShouldBe("register-save-as");

    [Test]
    public void A_page_of_elements_within_each_other_is_refused_before_it_takes_long() =>
        Should
            .Throw<UnreadableSheetException>(() =>
                SheetReader.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 2_000_000))))
            )
            .Code.ShouldBe("register-save-as");
}
