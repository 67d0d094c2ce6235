using System.Net.Http.Headers;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Registers as they are sent in, and what came of them.</summary>
internal static class Registers
{
    public static byte[] Demo => File.ReadAllBytes(Path.Combine(Root(), "db", "seed", "register.csv"));

    public static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines));

    /// <summary>Posts a register; the answer at once.</summary>
    public static Task<Answer> SendsIn(
        this Actor actor,
        byte[] content,
        string name = "台账.csv",
        string query = "",
        params (string Name, string Value)[] fields
    )
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var form = new MultipartFormDataContent { { file, "file", name } };
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        return actor.Post($"imports{query}", form);
    }

    /// <summary>Posts a register and waits until it has been run.</summary>
    public static async Task<Answer> Imports(
        this Actor actor,
        byte[] content,
        string name = "台账.csv",
        string query = "",
        params (string Name, string Value)[] fields
    )
    {
        var posted = (await actor.SendsIn(content, name, query, fields)).Is(202);
        return await actor.AwaitsImport((string)posted["id"]!);
    }

    /// <summary>Sends a sheet of records; what became of its rows.</summary>
    public static Task<Answer> SendsSheet(
        this Actor actor,
        string kind,
        byte[] content,
        string name = "表.csv",
        string query = "",
        params (string Name, string Value)[] headers
    ) =>
        actor.Post(
            $"record-imports?kind={kind}{query}",
            new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } },
            headers
        );

    public static async Task<Answer> AwaitsImport(this Actor actor, string id)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < deadline; await Task.Delay(25))
        {
            var import = (await actor.Get($"imports/{id}")).Is(200);
            if ((string)import["status"]! is "completed" or "failed")
                return import;
        }

        throw new AssertionException($"Import {id} did not end.");
    }

    public static async Task<List<System.Text.Json.Nodes.JsonNode>> RowsOf(
        this Actor actor,
        Answer import,
        string query = ""
    )
    {
        var rows = new List<System.Text.Json.Nodes.JsonNode>();
        string? cursor = null;
        do
        {
            var page = (
                await actor.Get(
                    $"imports/{import["id"]}/rows?limit=200{query}{(cursor is null ? "" : $"&cursor={cursor}")}"
                )
            ).Is(200);
            rows.AddRange(page["items"].AsArray().Select(row => row!.DeepClone()));
            cursor = (string?)page.Body!["nextCursor"];
        } while (cursor is not null);
        return rows;
    }

    public static IReadOnlyList<string> CodesOf(System.Text.Json.Nodes.JsonNode row) =>
        [.. row["issues"]!.AsArray().Select(issue => (string)issue!["code"]!)];

    /// <summary>A workbook of one sheet: text, numbers, days (as a spreadsheet keeps them: a number and a format), merges.</summary>
    public static byte[] Workbook(object?[][] rows, params string[] merges) => Workbook([("台账", rows)], merges);

    /// <summary>A workbook of several sheets; the merges are those of each.</summary>
    public static byte[] Workbook((string Name, object?[][] Rows)[] sheets, params string[] merges)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            var styles = book.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = new Stylesheet(
                new Fonts(new Font()),
                new Fills(new Fill()),
                new Borders(new Border()),
                new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true })
            );
            var list = new Sheets();
            foreach (var (name, rows) in sheets)
            {
                var sheet = book.AddNewPart<WorksheetPart>();
                var data = new SheetData();
                for (var r = 0; r < rows.Length; r++)
                    data.Append(RowOf(rows[r], r + 1));
                sheet.Worksheet = new Worksheet(data);
                if (merges.Length > 0)
                    sheet.Worksheet.Append(new MergeCells(merges.Select(range => new MergeCell { Reference = range })));
                list.Append(
                    new Sheet
                    {
                        Name = name,
                        SheetId = (uint)(list.ChildElements.Count + 1),
                        Id = book.GetIdOfPart(sheet),
                    }
                );
            }

            book.Workbook.Append(list);
        }

        return stream.ToArray();
    }

    private static Row RowOf(object?[] cells, int number)
    {
        var row = new Row { RowIndex = (uint)number };
        for (var c = 0; c < cells.Length; c++)
        {
            var at = $"{(char)('A' + c)}{number}";
            row.Append(
                cells[c] switch
                {
                    null => new Cell { CellReference = at },
                    string text => new Cell
                    {
                        CellReference = at,
                        DataType = CellValues.InlineString,
                        InlineString = new InlineString(new Text(text)),
                    },
                    DateOnly day => new Cell
                    {
                        CellReference = at,
                        StyleIndex = 1,
                        CellValue = new CellValue(day.DayNumber - new DateOnly(1899, 12, 30).DayNumber),
                    },
                    var value => new Cell { CellReference = at, CellValue = new CellValue(Convert.ToDecimal(value)) },
                }
            );
        }

        return row;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The repository's root was not found.");
    }
}
