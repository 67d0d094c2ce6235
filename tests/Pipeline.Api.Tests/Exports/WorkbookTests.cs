using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Pipeline.Api.Features.Exports;

namespace Pipeline.Api.Tests.Exports;

/// <summary>Workbooks beyond what a test could fill through the API.</summary>
public sealed class WorkbookTests
{
    [Test]
    public async Task A_full_sheet_is_followed_by_another_with_the_same_headers()
    {
        var file = await Written(3, ["名称"], ["一"], ["二"], ["三"], ["四"], ["五"]);
        Files
            .ReadWorkbook(file)
            .Select(sheet => (sheet.Name, string.Concat(sheet.Rows.Select(row => row["名称"]))))
            .ShouldBe([("清单", "一二"), ("清单 2", "三四"), ("清单 3", "五")]);
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        new OpenXmlValidator().Validate(document).Select(error => error.Description).ShouldBeEmpty();
    }

    [Test]
    public async Task A_sheet_that_is_just_full_has_none_after_it() =>
        Files.ReadWorkbook(await Written(3, ["名称"], ["一"], ["二"])).ShouldHaveSingleItem().Rows.Count.ShouldBe(2);

    [Test]
    public async Task What_XML_cannot_hold_is_dropped() =>
        Files
            .ReadWorkbook(await Written(9, ["名称"], ["甲\u0000乙\u0001丙\uFFFE丁\uD800戊𠮷"]))
            .Single()
            .Rows.Single()["名称"]
            .ShouldBe("甲乙丙丁戊𠮷");

    [Test]
    public async Task A_day_that_Excel_counts_wrongly_is_a_text()
    {
        var rows = Files
            .ReadWorkbook(await Written(9, ["日期"], [new DateOnly(1900, 3, 1)], [new DateOnly(1900, 2, 28)]))
            .Single()
            .Rows;
        rows.Select(row => row["日期"]).ShouldBe([new DateTime(1900, 3, 1), "1900-02-28"]);
    }

    [Test]
    public async Task Cells_beyond_the_twenty_sixth_column_are_where_they_belong()
    {
        var headers = Enumerable.Range(1, 60).Select(number => (object?)$"列{number}").ToArray();
        var row = Files
            .ReadWorkbook(
                await Written(9, headers, [.. headers.Select((_, at) => at % 2 == 0 ? (object?)(decimal)at : null)])
            )
            .Single()
            .Rows.Single();
        row["列27"].ShouldBe(26.0);
        row["列28"].ShouldBeNull();
        row["列53"].ShouldBe(52.0);
    }

    private static async Task<byte[]> Written(int rowsPerSheet, params object?[][] rows)
    {
        using var stream = new MemoryStream();
        var workbook = await Workbook.Begin(stream, "清单", [.. rows[0].Select(_ => 10)], rowsPerSheet);
        foreach (var row in rows)
        {
            foreach (var cell in row)
            {
                if (cell is decimal number)
                    workbook.Number(number);
                else if (cell is DateOnly day)
                    workbook.Day(day);
                else
                    workbook.Text((string?)cell);
            }

            await workbook.EndRow();
        }

        await workbook.End();
        return stream.ToArray();
    }
}
