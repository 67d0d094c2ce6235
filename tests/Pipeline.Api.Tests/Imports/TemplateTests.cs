using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>The register that is handed out to be filled in is read back as it was meant.</summary>
public sealed class TemplateTests(string engine) : OnEachEngine(engine)
{
    [TestCase("zh-CN", "在谈", "建设性质", "新建")]
    [TestCase("en", "in talks", "Kind of building", "New")]
    public async Task A_filled_template_is_read_without_a_doubt(
        string language,
        string stage,
        string choice,
        string chosen
    )
    {
        var bytes = await App.As("centre").Downloads("imports/template.xlsx", ("Accept-Language", language));
        using var stream = new MemoryStream();
        stream.Write(bytes);
        int columns;
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var part = document.WorkbookPart!;
            var register = part.Workbook!.Descendants<Sheet>().First();
            var sheet = ((WorksheetPart)part.GetPartById(register.Id!)).Worksheet!;
            var data = sheet.GetFirstChild<SheetData>()!;
            var heads = data.GetFirstChild<Row>()!.Elements<Cell>().Select(cell => cell.InnerText).ToList();
            columns = heads.Count;
            sheet.Descendants<DataValidation>().Count().ShouldBeGreaterThan(2);
            var values = new Dictionary<string, string>
            {
                [heads[1]] = "甲厂",
                [language == "en" ? "Country or region" : "国别地区"] = "中国",
                [language == "en" ? "Investor" : "投资方"] = "嘉兴甲乙科技有限公司",
                [language == "en" ? "Total investment" : "总投资"] = "3亿元",
                [language == "en" ? "Industry code" : "行业代码"] = "3841",
                [language == "en" ? "Stage" : "阶段"] = stage,
                [language == "en" ? "Reporting unit" : "申报单位"] = "南湖区",
                [choice] = chosen,
            };
            data.Append(
                new Row(
                    heads.Select(head => new Cell
                    {
                        DataType = CellValues.InlineString,
                        InlineString = new InlineString(new Text(values.GetValueOrDefault(head, ""))),
                    })
                )
            );
            values.Keys.Where(head => !heads.Contains(head)).ShouldBeEmpty();
        }

        columns.ShouldBeGreaterThan(20);
        var import = await App.As("centre").Imports(stream.ToArray(), "register.xlsx");
        ((int)import["rowsTotal"]!).ShouldBe(1);
        ((int)import["rowsAccepted"]!).ShouldBe(1);
        Registers.CodesOf((await App.As("centre").RowsOf(import)).Single()).ShouldBeEmpty();
        ((int)import["rowsDoubtful"]!).ShouldBe(0);
    }
}
