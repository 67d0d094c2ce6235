using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The rejected and doubtful rows as a workbook: the original columns as they stood, the reasons behind them, ready to be corrected and imported again.</summary>
public static class CorrectionsWorkbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static Task<IResult> Handle(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await ReadImports.Load(session, call.Caller, id) is not { } import)
                return (Reply)Refusal.NotFound;
            if (new QueryReader(call.Request).Refusal() is { } refusal)
                return (Reply)refusal;
            if (import.RowsRemoved is { } removed)
                return (Reply)removed.Refuse("import-rows-removed");
            var rows = await session.Query<StoredRow>(
                $"{StoredRow.Select} WHERE r.import_id = @id AND (r.outcome = 'rejected' OR r.doubtful = 1) ORDER BY r.row_number",
                new { id }
            );
            await ReadImports.Trace(session, rows);
            var corrections = (await StoredCorrection.Of(session, id)).ToLookup(each => each.RowNumber);
            var name = Path.GetFileNameWithoutExtension(import.FileName);
            call.Context.Response.Headers.CacheControl = "private, no-cache";
            return TypedResults.File(
                Write(Json.Read<List<ColumnView>>(import.Headers), rows, corrections, Messages.Language(call.Request)),
                ContentType,
                $"{name}-corrections.xlsx"
            );
        });

    private static byte[] Write(
        IReadOnlyList<ColumnView> columns,
        IReadOnlyList<StoredRow> rows,
        ILookup<int, StoredCorrection> corrections,
        string language
    )
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            using (var writer = OpenXmlWriter.Create(sheet))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                WriteRow(
                    writer,
                    [
                        .. columns.Select(column => column.Header),
                        Messages.Text(language, "import.column.row"),
                        Messages.Text(language, "import.column.outcome"),
                        Messages.Text(language, "import.column.issues"),
                    ]
                );
                foreach (var row in rows)
                {
                    var original = Json.Read<Dictionary<string, string>>(row.Original);
                    // What was corrected in the page is not to be corrected once more.
                    foreach (var correction in corrections[row.RowNumber].Where(each => each.NewText is not null))
                        original[correction.Header] = correction.NewText!;
                    var issues = row.IssuesIn(language)
                        .OrderByDescending(issue => issue.Severity)
                        .Select(issue => issue.Column is null ? issue.Message : $"{issue.Column}: {issue.Message}");
                    WriteRow(
                        writer,
                        [
                            .. columns.Select(column => original.GetValueOrDefault(column.Header, "")),
                            row.RowNumber.ToString(System.Globalization.CultureInfo.InvariantCulture),
                            Messages.Text(
                                language,
                                $"import.outcome.{(row.Outcome == "rejected" ? "rejected" : "doubtful")}"
                            ),
                            string.Join("\n", issues.Distinct()),
                        ]
                    );
                }

                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            using var book = OpenXmlWriter.Create(workbook);
            book.WriteStartElement(new Workbook());
            book.WriteStartElement(new Sheets());
            book.WriteElement(
                new Sheet
                {
                    Name = "Corrections",
                    SheetId = 1,
                    Id = workbook.GetIdOfPart(sheet),
                }
            );
            book.WriteEndElement();
            book.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteRow(OpenXmlWriter writer, IEnumerable<string> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
        {
            // Inline text is never taken for a formula, whatever it begins with.
            writer.WriteElement(
                new Cell
                {
                    DataType = CellValues.InlineString,
                    InlineString = new InlineString(
                        new Text(Writable(cell)) { Space = SpaceProcessingModeValues.Preserve }
                    ),
                }
            );
        }

        writer.WriteEndElement();
    }

    private static string Writable(string text)
    {
        var kept = string.Concat(
            text.EnumerateRunes()
                .Where(rune =>
                    System.Xml.XmlConvert.IsXmlChar((char)Math.Min(rune.Value, 0xFFFD)) || rune.Value > 0xFFFF
                )
                .Select(rune => rune.ToString())
        );
        return kept.Length <= 32_767 ? kept : kept[..32_767];
    }
}
