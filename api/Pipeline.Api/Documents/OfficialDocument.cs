using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Pipeline.Api.Documents;

/// <summary>A text document in the layout of Chinese official documents (GB/T 9704-2012): A4, title in size two, text in size three of 仿宋 on a fixed grid, numbering 一、（一）1., page numbers between dashes.</summary>
/// <remarks>Fonts are named as offices have them; where one is missing, the document itself names what stands for it (宋体, 仿宋, 黑体, 楷体).</remarks>
public sealed class OfficialDocument
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Half-points: size two (二号) is 22 pt, size three (三号) 16 pt, size four (四号) 14 pt, small four (小四) 12 pt.
    private const string SizeTwo = "44",
        SizeThree = "32",
        SizeFour = "28",
        SmallFour = "24",
        SizeFive = "21";

    // Twentieths of a point; the standard's margins are 37, 35, 28 and 26 mm, a line is 28 pt.
    private const int Top = 2098,
        Bottom = 1984,
        Left = 1588,
        Right = 1474,
        Line = 560;

    /// <summary>The width of the text, in twentieths of a point: A4 less the margins.</summary>
    private const int Width = 11906 - Left - Right;

    private static readonly Font Heading = new("方正小标宋简体", "宋体"),
        Black = new("黑体", "黑体"),
        Script = new("楷体_GB2312", "楷体"),
        Text = new("仿宋_GB2312", "仿宋"),
        Song = new("宋体", "宋体");

    private sealed record Font(string Name, string Fallback);

    private readonly Body body = new();
    private readonly List<string> charts = [];

    /// <summary>The title, centred.</summary>
    public OfficialDocument Title(string text)
    {
        body.Append(Paragraph(text, Heading, SizeTwo, JustificationValues.Center, indent: false, after: 280));
        return this;
    }

    /// <summary>A line in the middle, such as the number of a document or the caption of a table.</summary>
    public OfficialDocument Centred(string text)
    {
        body.Append(Paragraph(text, Text, SizeThree, JustificationValues.Center, indent: false, keepNext: true));
        return this;
    }

    /// <summary>A line at the right, such as the issuing office and the date.</summary>
    public OfficialDocument Signature(string text)
    {
        body.Append(Paragraph(text, Text, SizeThree, JustificationValues.Right, indent: false));
        return this;
    }

    /// <summary>A chart of bars that lie, the first at the top: ratios as percentages.</summary>
    public OfficialDocument Bars(string title, IReadOnlyList<(string Label, decimal Ratio)> bars)
    {
        charts.Add(BarChart.Of(title, bars));
        body.Append(
            new Paragraph(
                new ParagraphProperties(new Justification { Val = JustificationValues.Center }),
                new Run(BarChart.Drawing($"chart{charts.Count}", title, charts.Count, bars.Count))
            )
        );
        return this;
    }

    /// <summary>What stands before the text: a word and what it is (时间：…), the word in black.</summary>
    public OfficialDocument Fact(string label, string text)
    {
        var paragraph = new Paragraph(Properties(JustificationValues.Left, indent: true, 0));
        paragraph.Append(Run(label, Black, SizeThree), Run(text, Text, SizeThree));
        body.Append(paragraph);
        return this;
    }

    /// <summary>一、 in black.</summary>
    public OfficialDocument First(int number, string text)
    {
        body.Append(Paragraph($"{Numeral(number)}、{text}", Black, SizeThree, keepNext: true));
        return this;
    }

    /// <summary>（一） in script.</summary>
    public OfficialDocument Second(int number, string text)
    {
        body.Append(Paragraph($"（{Numeral(number)}）{text}", Script, SizeThree, keepNext: true));
        return this;
    }

    /// <summary>1. as the text.</summary>
    public OfficialDocument Third(int number, string text) =>
        Plain($"{number.ToString(CultureInfo.InvariantCulture)}. {text}");

    /// <summary>A paragraph of the text; line breaks begin a new one.</summary>
    public OfficialDocument Plain(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            body.Append(Paragraph(line, Text, SizeThree));
        return this;
    }

    /// <summary>A table whose headings are repeated on every page; no row is torn by one.</summary>
    /// <param name="widths">Shares of the width of the text.</param>
    /// <param name="isDense">Whether it has so many columns that the text is in size five and stands in the middle.</param>
    public OfficialDocument Table(
        IReadOnlyList<string> headings,
        IReadOnlyList<int> widths,
        IEnumerable<IReadOnlyList<string>> rows,
        bool isDense = false
    )
    {
        var all = widths.Sum();
        List<int> columns = [.. widths.Select(width => Width * width / all)];
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 6 },
                    new LeftBorder { Val = BorderValues.Single, Size = 6 },
                    new BottomBorder { Val = BorderValues.Single, Size = 6 },
                    new RightBorder { Val = BorderValues.Single, Size = 6 },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }
                ),
                new TableLayout { Type = TableLayoutValues.Fixed }
            ),
            new TableGrid(columns.Select(width => new GridColumn { Width = Number(width) }))
        );
        table.Append(Row(headings, columns, Black, isHeading: true, isDense));
        foreach (var row in rows)
            table.Append(Row(row, columns, Text, isHeading: false, isDense));
        body.Append(table);
        body.Append(Paragraph("", Text, SmallFour, indent: false));
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            // The same content makes the same file: nothing in it is drawn at random.
            var main = file.AddNewPart<MainDocumentPart>(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "rId1"
            );
            var fonts = main.AddNewPart<FontTablePart>("rId1");
            fonts.Fonts = new Fonts(
                new[] { Heading, Black, Script, Text, Song }.Select(
                    font => new DocumentFormat.OpenXml.Wordprocessing.Font(new AltName { Val = font.Fallback })
                    {
                        Name = font.Name,
                    }
                )
            );
            var styles = main.AddNewPart<StyleDefinitionsPart>("rId2");
            styles.Styles = new Styles(
                new DocDefaults(
                    new RunPropertiesDefault(
                        new RunPropertiesBaseStyle(
                            Fonts(Text),
                            new FontSize { Val = SizeThree },
                            new Languages { Val = "en-US", EastAsia = "zh-CN" }
                        )
                    )
                )
            );
            var footer = main.AddNewPart<FooterPart>("rId3");
            footer.Footer = new Footer(
                new Paragraph(
                    new ParagraphProperties(new Justification { Val = JustificationValues.Center }),
                    Run("— ", Song, SizeFour),
                    new SimpleField(Run("1", Song, SizeFour)) { Instruction = "PAGE" },
                    Run(" —", Song, SizeFour)
                )
            );
            foreach (var (at, chart) in charts.Index())
            {
                using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(chart));
                main.AddNewPart<ChartPart>($"chart{at + 1}").FeedData(content);
            }

            body.Append(
                new SectionProperties(
                    new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) },
                    new PageSize { Width = 11906, Height = 16838 },
                    new PageMargin
                    {
                        Top = Top,
                        Bottom = Bottom,
                        Left = Left,
                        Right = Right,
                        Header = 851,
                        Footer = 1400,
                        Gutter = 0,
                    }
                )
            );
            main.Document = new Document(body);
        }

        return stream.ToArray();
    }

    /// <summary>A number in Chinese numerals: 一, 十, 十一, 二十.</summary>
    public static string Numeral(int number)
    {
        const string digits = "零一二三四五六七八九";
        if (number is < 1 or > 99)
            return number.ToString(CultureInfo.InvariantCulture);
        var (tens, ones) = (number / 10, number % 10);
        return (
                tens switch
                {
                    0 => "",
                    1 => "十",
                    _ => $"{digits[tens]}十",
                }
            ) + (ones == 0 ? "" : $"{digits[ones]}");
    }

    private static TableRow Row(
        IReadOnlyList<string> cells,
        IReadOnlyList<int> columns,
        Font font,
        bool isHeading,
        bool isDense
    )
    {
        var properties = new TableRowProperties(new CantSplit());
        if (isHeading)
            properties.Append(new TableHeader());
        var row = new TableRow(properties);
        foreach (var (cell, width) in cells.Zip(columns))
        {
            row.Append(
                new TableCell(
                    new TableCellProperties(
                        new TableCellWidth { Width = Number(width), Type = TableWidthUnitValues.Dxa },
                        new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }
                    ),
                    new Paragraph(
                        new ParagraphProperties(
                            new SpacingBetweenLines { Line = "360", LineRule = LineSpacingRuleValues.Exact },
                            new Justification
                            {
                                Val = isHeading || isDense ? JustificationValues.Center : JustificationValues.Left,
                            }
                        ),
                        Run(cell, font, isDense ? SizeFive : SmallFour)
                    )
                )
            );
        }

        return row;
    }

    private static Paragraph Paragraph(
        string text,
        Font font,
        string size,
        JustificationValues? justify = null,
        bool indent = true,
        int after = 0,
        bool keepNext = false
    ) => new(Properties(justify ?? JustificationValues.Both, indent, after, keepNext), Run(text, font, size));

    private static ParagraphProperties Properties(
        JustificationValues justify,
        bool indent,
        int after,
        bool keepNext = false
    )
    {
        var properties = new ParagraphProperties();
        if (keepNext)
            properties.Append(new KeepNext());
        properties.Append(
            new SpacingBetweenLines
            {
                Line = Number(Line),
                LineRule = LineSpacingRuleValues.Exact,
                After = Number(after),
            }
        );

        // Two characters.
        if (indent)
            properties.Append(new Indentation { FirstLineChars = 200, FirstLine = "640" });
        properties.Append(new Justification { Val = justify });
        return properties;
    }

    private static Run Run(string text, Font font, string size) =>
        new(
            new RunProperties(Fonts(font), new FontSize { Val = size }, new FontSizeComplexScript { Val = size }),
            new DocumentFormat.OpenXml.Wordprocessing.Text(text) { Space = SpaceProcessingModeValues.Preserve }
        );

    private static RunFonts Fonts(Font font) =>
        new()
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = font.Name,
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
