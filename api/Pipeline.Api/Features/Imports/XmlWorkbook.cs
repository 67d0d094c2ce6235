using System.Globalization;
using System.Text;
using System.Xml;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The XML tables of Excel 2002 and 2003 (SpreadsheetML), which systems still write and call .xls or .xml.</summary>
internal sealed class XmlWorkbook
{
    private const string Namespace = "urn:schemas-microsoft-com:office:spreadsheet";
    private const int LastRow = 1_048_576,
        LastColumn = 16_384;

    private readonly XmlReader reader;
    private readonly CancellationToken cancel;
    private readonly Dictionary<string, string> formats = new(StringComparer.Ordinal);
    private readonly TakenRows taken = new();
    private readonly TextsOnce texts = new();
    private bool days1904;

    private XmlWorkbook(XmlReader reader, CancellationToken cancel) => (this.reader, this.cancel) = (reader, cancel);

    public static bool Is(byte[] content)
    {
        if (!WebPage.Is(content))
            return false;
        try
        {
            using var reader = Open(content);
            return reader.MoveToContent() == XmlNodeType.Element
                && reader is { LocalName: "Workbook", NamespaceURI: Namespace };
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <exception cref="UnreadableSheetException">It is broken, or holds more than can be taken.</exception>
    public static IReadOnlyList<RegisterSheet> Read(byte[] content, CancellationToken cancel)
    {
        try
        {
            using var reader = Open(content);
            return new XmlWorkbook(reader, cancel).Sheets();
        }
        catch (Exception error) when (error is XmlException or FormatException or OverflowException)
        {
            throw new UnreadableSheetException("sheet-broken");
        }
    }

    private static XmlReader Open(byte[] content) =>
        XmlReader.Create(
            new MemoryStream(content, writable: false),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
            }
        );

    private List<RegisterSheet> Sheets()
    {
        var sheets = new List<RegisterSheet>();
        var style = "";
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            switch (reader.LocalName)
            {
                case "Date1904":
                    days1904 = true;
                    break;
                case "Style":
                    style = Attribute("ID") ?? "";
                    if (Attribute("Parent") is { } parent && formats.TryGetValue(parent, out var inherited))
                        formats[style] = inherited;
                    break;
                case "NumberFormat" when Attribute("Format") is { } format:
                    formats[style] = Written(format);
                    break;
                case "Worksheet":
                    sheets.Add(Sheet(Attribute("Name") ?? ""));
                    taken.NextSheet();
                    break;
            }
        }

        return sheets;
    }

    private RegisterSheet Sheet(string name)
    {
        var (row, hidden) = (0, false);
        var merges = new List<MergedCells>();
        var down = new MergesDown();
        using var sheet = reader.ReadSubtree();
        while (sheet.Read())
        {
            if (sheet.NodeType != XmlNodeType.Element)
                continue;
            if (sheet.LocalName == "Row")
            {
                row = Number("Index", row + 1, LastRow);
                var span = Number("Span", 0, LastRow);
                Row(sheet, name, row, merges, down);
                row += span;
            }
            else if (sheet.LocalName == "Visible")
            {
                hidden = sheet.ReadElementContentAsString() is "SheetHidden" or "SheetVeryHidden";
            }
        }

        return hidden
            ? new RegisterSheet(name, []) { IsHidden = true }
            : new RegisterSheet(name, taken.Rows) { Merges = merges, Days1904 = days1904 };
    }

    private void Row(XmlReader sheet, string name, int number, List<MergedCells> merges, MergesDown down)
    {
        cancel.ThrowIfCancellationRequested();
        var where = $"{name}!{number.ToString(CultureInfo.InvariantCulture)}";
        var isHidden = Attribute("Hidden") == "1";
        var cells = new List<RawCell>();
        var above = down.At(number);
        var column = 0;
        using var row = sheet.ReadSubtree();
        row.Read();
        while (row.Read())
        {
            if (row is not { NodeType: XmlNodeType.Element, LocalName: "Cell" })
                continue;
            column = Number("Index", column + 1, LastColumn) - 1;
            if (column >= TakenRows.MostColumns)
                throw new UnreadableSheetException("sheet-too-large", where);
            var (across, below) = (Number("MergeAcross", 0, LastColumn), Number("MergeDown", 0, LastRow));
            while (cells.Count < column)
                cells.Add(new RawCell(""));
            cells.Add(texts.Once(Cell(row)));
            if (across > 0 || below > 0)
                merges.Add(new MergedCells(number, number + below, column, column + across));
            if (below > 0)
                down.Open(column, number + below, cells[column].Text);
            column += across + 1;
        }

        taken.Add(new SheetRow(number, cells, above) { IsHidden = isHidden }, where);
    }

    private RawCell Cell(XmlReader row)
    {
        var (format, formula) = (formats.GetValueOrDefault(Attribute("StyleID") ?? ""), Attribute("Formula"));
        string? type = null;
        var text = new StringBuilder();
        using var cell = row.ReadSubtree();
        while (cell.Read())
        {
            if (cell is not { NodeType: XmlNodeType.Element, LocalName: "Data" })
                continue;
            type = Attribute("Type");
            // Formatted text has elements of its own within.
            using var data = cell.ReadSubtree();
            while (data.Read())
                if (data.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                    text.Append(data.Value);
        }

        var value = text.ToString();
        return type switch
        {
            null when formula is not null => WorkbookSheets.Troubled(formula, ImportCodes.NotCalculated),
            null => new RawCell(""),
            "Error" => WorkbookSheets.Troubled(value, ImportCodes.CellError),
            "Boolean" => new RawCell(value == "1" ? "True" : "False"),
            "Number" => ShownCell.Number(double.Parse(value, CultureInfo.InvariantCulture), format),
            "DateTime" => ShownCell.Day(DateTime.Parse(value, CultureInfo.InvariantCulture), format),
            _ => new RawCell(value),
        };
    }

    private string? Attribute(string name) => reader.GetAttribute(name, Namespace);

    private int Number(string attribute, int otherwise, int most) =>
        Attribute(attribute) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : throw new UnreadableSheetException("sheet-broken");

    /// <summary>The format that a name of Excel 2003 stands for.</summary>
    private static string Written(string format) =>
        format switch
        {
            "General Number" => "General",
            "General Date" => "yyyy/m/d h:mm",
            "Long Date" or "Medium Date" or "Short Date" => "yyyy/m/d",
            "Long Time" or "Medium Time" or "Short Time" => "h:mm",
            "Currency" or "Euro Currency" or "Standard" => "#,##0.00",
            "Fixed" => "0.00",
            "Percent" => "0.00%",
            "Scientific" => "0.00E+00",
            "Yes/No" or "True/False" or "On/Off" => "General",
            _ => format,
        };
}
