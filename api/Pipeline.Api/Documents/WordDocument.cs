using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Pipeline.Api.Documents;

/// <summary>An official document as Word has it (.docx).</summary>
/// <remarks>Fonts are named as offices have them; where one is missing, the document itself names what stands for it (宋体, 仿宋, 黑体, 楷体).</remarks>
public sealed class WordDocument
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const decimal SizeFour = OfficialDocument.SizeFour,
        SmallFour = OfficialDocument.SmallFour,
        SizeFive = OfficialDocument.SizeFive;

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

    private static readonly Dictionary<Face, Font> FontOf = new()
    {
        [Face.Title] = Heading,
        [Face.Black] = Black,
        [Face.Script] = Script,
        [Face.Text] = Text,
    };

    private readonly Body body = new();
    private readonly List<string> charts = [];

    /// <summary>The document as a file: the same content makes the same one.</summary>
    public static byte[] Write(OfficialDocument document)
    {
        var word = new WordDocument();
        foreach (var block in document.Blocks)
            word.Append(block);
        return word.Write();
    }

    private void Append(Block block)
    {
        switch (block)
        {
            case TextBlock text:
                body.Append(Paragraph(text));
                break;
            case TableBlock table:
                body.Append(Table(table));
                body.Append(Paragraph(new TextBlock([], SmallFour)));
                break;
            case BarsBlock bars:
                charts.Add(BarChart.Of(bars.Title, bars.Bars));
                body.Append(
                    new Paragraph(
                        new ParagraphProperties(new Justification { Val = JustificationValues.Center }),
                        new Run(BarChart.Drawing($"chart{charts.Count}", bars.Title, charts.Count, bars.Bars.Count))
                    )
                );
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block));
        }
    }

    private static Table Table(TableBlock block)
    {
        var all = block.Widths.Sum();
        List<int> columns = [.. block.Widths.Select(width => Width * width / all)];
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
        table.Append(Row(block.Headings, columns, Black, isHeading: true, block.IsDense));
        foreach (var row in block.Rows)
            table.Append(Row(row, columns, Text, isHeading: false, block.IsDense));
        return table;
    }

    private byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            // Nothing in it is drawn at random.
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
                            new FontSize { Val = HalfPoints(OfficialDocument.SizeThree) },
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

    private static Paragraph Paragraph(TextBlock block)
    {
        var properties = new ParagraphProperties();
        if (block.KeepNext)
            properties.Append(new KeepNext());
        properties.Append(
            new SpacingBetweenLines
            {
                Line = Number(Line),
                LineRule = LineSpacingRuleValues.Exact,
                After = Number(block.After * 20),
            }
        );

        // Two characters.
        if (block.IsIndented)
            properties.Append(new Indentation { FirstLineChars = 200, FirstLine = "640" });
        properties.Append(
            new Justification
            {
                Val = block.Align switch
                {
                    Align.Left => JustificationValues.Left,
                    Align.Centre => JustificationValues.Center,
                    Align.Right => JustificationValues.Right,
                    _ => JustificationValues.Both,
                },
            }
        );
        var paragraph = new Paragraph(properties);
        foreach (var (text, face) in block.Runs)
            paragraph.Append(Run(text, FontOf[face], block.Size));
        return paragraph;
    }

    private static Run Run(string text, Font font, decimal size) =>
        new(
            new RunProperties(
                Fonts(font),
                new FontSize { Val = HalfPoints(size) },
                new FontSizeComplexScript { Val = HalfPoints(size) }
            ),
            new DocumentFormat.OpenXml.Wordprocessing.Text(text) { Space = SpaceProcessingModeValues.Preserve }
        );

    private static string HalfPoints(decimal size) => Number((int)(size * 2));

    private static RunFonts Fonts(Font font) =>
        new()
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = font.Name,
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
