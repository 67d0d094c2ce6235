using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Exports;

/// <summary>A workbook (ECMA-376) written straight into a zip stream. A full sheet is followed by another with the same headers.</summary>
/// <remarks>The package library keeps every part in memory until it is closed, so the parts are written here.</remarks>
public sealed class Workbook : ITable, IDisposable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The rows of a sheet, as far as Excel goes.</summary>
    public const int MostRows = 1_048_576;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string PackageTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Declared = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    // The first day on which Excel's count of days is right: it believes in 29 February 1900.
    private static readonly DateTime FirstCounted = new(1900, 3, 1);

    private readonly ZipArchive zip;
    private readonly string name;
    private readonly IReadOnlyList<int> widths;
    private readonly string[] letters;
    private readonly int rowsPerSheet;
    private readonly List<object?> row = [];
    private IReadOnlyList<object?>? headers;
    private XmlWriter? sheet;
    private int sheets;
    private int rows;

    public Workbook(Stream stream, string name, IReadOnlyList<int> widths, int rowsPerSheet = MostRows)
    {
        zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        this.name = name;
        this.widths = widths;
        this.rowsPerSheet = rowsPerSheet;
        letters = [.. Enumerable.Range(0, widths.Count).Select(Letters)];
    }

    private enum Style
    {
        Text,
        Header,
        Number,
        Day,
        Instant,
    }

    /// <summary>Adds a row of texts, decimals, days, instants, or null for nothing; the first is the header.</summary>
    public void Add(IReadOnlyList<object?> cells)
    {
        if (headers is null)
        {
            headers = cells;
            BeginSheet();
            return;
        }

        if (rows == rowsPerSheet)
        {
            EndSheet();
            BeginSheet();
        }

        Row(cells, Style.Text);
    }

    public void Text(string? text) => row.Add(text);

    public void Number(decimal? number) => row.Add(number);

    public void Day(DateOnly? day) => row.Add(day);

    public void Instant(DateTimeOffset? instant) => row.Add(instant);

    public void EndRow()
    {
        Add(headers is null ? [.. row] : row);
        row.Clear();
    }

    public void Flush() => sheet?.Flush();

    public void End()
    {
        EndSheet();
        WriteStyles();
        WriteBook();
        WritePackage();
        Dispose();
    }

    public void Dispose() => zip.Dispose();

    private void BeginSheet()
    {
        sheets++;
        rows = 0;
        sheet = Part($"xl/worksheets/sheet{sheets}.xml");
        sheet.WriteStartElement("worksheet", Main);
        Open("sheetViews");
        Open("sheetView", ("workbookViewId", "0"));
        Leaf("pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        Open("cols");
        for (var column = 0; column < widths.Count; column++)
            Leaf(
                "col",
                ("min", Text(column + 1)),
                ("max", Text(column + 1)),
                ("width", Text(widths[column])),
                ("customWidth", "1")
            );
        sheet.WriteEndElement();
        Open("sheetData");
        Row(headers!, Style.Header);
    }

    private void EndSheet()
    {
        sheet!.WriteEndElement();
        Leaf("autoFilter", ("ref", $"A1:{letters[^1]}{rows}"));
        sheet.WriteEndElement();
        sheet.Dispose();
    }

    private void Row(IReadOnlyList<object?> cells, Style words)
    {
        rows++;
        var number = Text(rows);
        Open("row", ("r", number));
        for (var column = 0; column < cells.Count; column++)
        {
            switch (cells[column])
            {
                case null or "":
                    break;
                case string text:
                    Words(letters[column] + number, text, words);
                    break;
                case decimal amount:
                    Number(
                        letters[column] + number,
                        amount.ToString("0.##", CultureInfo.InvariantCulture),
                        Style.Number
                    );
                    break;
                case DateOnly day:
                    Moment(letters[column] + number, day.ToDateTime(TimeOnly.MinValue), Style.Day, "yyyy-MM-dd");
                    break;
                case DateTimeOffset instant:
                    Moment(
                        letters[column] + number,
                        instant.ToOffset(Shanghai.Offset).DateTime,
                        Style.Instant,
                        "yyyy-MM-dd HH:mm"
                    );
                    break;
            }
        }

        sheet!.WriteEndElement();
    }

    private void Moment(string at, DateTime moment, Style style, string format)
    {
        if (moment < FirstCounted)
            Words(at, moment.ToString(format, CultureInfo.InvariantCulture), Style.Text);
        else
            Number(
                at,
                new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond))
                    .ToOADate()
                    .ToString("R", CultureInfo.InvariantCulture),
                style
            );
    }

    private void Number(string at, string value, Style style)
    {
        Open("c", ("r", at), ("s", Text((int)style)));
        sheet!.WriteElementString("v", Main, value);
        sheet.WriteEndElement();
    }

    private void Words(string at, string text, Style style)
    {
        Open("c", ("r", at), ("s", Text((int)style)), ("t", "inlineStr"));
        sheet!.WriteStartElement("is", Main);
        sheet.WriteStartElement("t", Main);
        sheet.WriteAttributeString("xml", "space", null, "preserve");

        // A cell of this type is no formula; but what is saved as CSV or pasted elsewhere from here loses its type.
        sheet.WriteString(Writable(Formulas.Neutralised(text)));
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.WriteEndElement();
    }

    /// <summary>The text without what XML cannot hold, and with what Excel would take for an escape escaped.</summary>
    private static string Writable(string text)
    {
        if (text.All(XmlConvert.IsXmlChar) && !text.Contains("_x", StringComparison.Ordinal))
            return text;
        var kept = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
                kept.Append(text, index++, 2);
            else if (
                text[index] == '_'
                && index + 6 < text.Length
                && text[index + 1] == 'x'
                && text[index + 6] == '_'
                && text.AsSpan(index + 2, 4).ToArray().All(char.IsAsciiHexDigit)
            )
                kept.Append("_x005F_");
            else if (XmlConvert.IsXmlChar(text[index]))
                kept.Append(text[index]);
        }

        return kept.ToString();
    }

    private void WriteStyles() =>
        Write(
            "xl/styles.xml",
            $"""
            <styleSheet xmlns="{Main}">
              <numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>
              <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
              <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
              <borders count="1"><border/></borders>
              <cellStyleXfs count="1"><xf/></cellStyleXfs>
              <cellXfs count="5">
                <xf xfId="0"/>
                <xf fontId="1" applyFont="1" xfId="0"/>
                <xf numFmtId="4" applyNumberFormat="1" xfId="0"/>
                <xf numFmtId="164" applyNumberFormat="1" xfId="0"/>
                <xf numFmtId="165" applyNumberFormat="1" xfId="0"/>
              </cellXfs>
            </styleSheet>
            """
        );

    private void WriteBook()
    {
        var numbers = Enumerable.Range(1, sheets).ToList();
        Write(
            "xl/workbook.xml",
            $"""
            <workbook xmlns="{Main}" xmlns:r="{Relationships}"><sheets>{string.Concat(
                numbers.Select(number =>
                    $"""<sheet name="{(number == 1 ? name : $"{name} {number}")}" sheetId="{number}" r:id="rId{number}"/>"""
                )
            )}</sheets></workbook>
            """
        );
        Write(
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{PackageRelationships}">{string.Concat(
                numbers.Select(number =>
                    $"""<Relationship Id="rId{number}" Type="{Relationships}/worksheet" Target="worksheets/sheet{number}.xml"/>"""
                )
            )}<Relationship Id="rIdStyles" Type="{Relationships}/styles" Target="styles.xml"/></Relationships>
            """
        );
    }

    private void WritePackage()
    {
        Write(
            "_rels/.rels",
            $"""
            <Relationships xmlns="{PackageRelationships}"><Relationship Id="rId1" Type="{Relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """
        );
        Write(
            "[Content_Types].xml",
            $"""
            <Types xmlns="{PackageTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Declared}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Declared}.styles+xml"/>{string.Concat(
                Enumerable.Range(1, sheets).Select(number =>
                    $"""<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{Declared}.worksheet+xml"/>"""
                )
            )}</Types>
            """
        );
    }

    private XmlWriter Part(string path) =>
        XmlWriter.Create(
            zip.CreateEntry(path, CompressionLevel.Fastest).Open(),
            new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(false),
                CheckCharacters = false,
                NewLineHandling = NewLineHandling.Entitize,
                CloseOutput = true,
            }
        );

    private void Write(string path, string xml)
    {
        using var part = new StreamWriter(
            zip.CreateEntry(path, CompressionLevel.Fastest).Open(),
            new UTF8Encoding(false)
        );
        part.Write("""<?xml version="1.0" encoding="utf-8"?>""" + xml);
    }

    private void Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        sheet!.WriteStartElement(element, Main);
        foreach (var (attribute, value) in attributes)
            sheet.WriteAttributeString(attribute, value);
    }

    private void Leaf(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(element, attributes);
        sheet!.WriteEndElement();
    }

    private static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
