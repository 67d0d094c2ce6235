using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Drawing;
using PdfSharp.Events;
using PdfSharp.Pdf;

namespace Pipeline.Api.Documents;

/// <summary>An official document as pages (.pdf), with the letters in it.</summary>
public sealed partial class PdfPages : IDisposable
{
    public const string ContentType = "application/pdf";

    // Points, 72 an inch: A4, and the margins of the standard (37, 35, 28 and 26 mm); a line is 28 points high.
    private const double PageWidth = 595.28,
        PageHeight = 841.89,
        Top = 104.9,
        Bottom = PageHeight - 99.2,
        Left = 79.4,
        Right = PageWidth - 73.7,
        Width = Right - Left,
        LineHeight = 28,
        CellPadding = 4;

    private readonly PdfDocument file = new();
    private readonly Dictionary<(Face, decimal), XFont> fonts = [];
    private readonly XGraphics ruler = XGraphics.CreateMeasureContext(
        new XSize(PageWidth, PageHeight),
        XGraphicsUnit.Point,
        XPageDirection.Downwards
    );
    private XGraphics? page;
    private double at;

    private PdfPages() { }

    /// <summary>The document as a file: the same content makes the same one.</summary>
    /// <param name="title">What viewers show as its name.</param>
    /// <param name="language">As in <c>zh-CN</c>.</param>
    /// <param name="madeAt">When what it says was made.</param>
    public static byte[] Write(OfficialDocument document, string title, string language, DateTimeOffset madeAt)
    {
        using var pages = new PdfPages();
        pages.file.Info.Title = title;
        pages.file.Language = language;
        pages.file.Info.CreationDate = pages.file.Info.ModificationDate = madeAt.UtcDateTime;
        pages.file.RenderEvents.RenderTextEvent += SayWhatIsMissing;
        pages.Turn();
        foreach (var (at, block) in document.Blocks.Index())
            pages.Append(block, at + 1 < document.Blocks.Count ? document.Blocks[at + 1] : null);
        return pages.Close();
    }

    /// <summary>A character that the letters lack stands as 〓, the printers' mark for one, instead of an empty box.</summary>
    private static void SayWhatIsMissing(object sender, RenderTextEventArgs text)
    {
        foreach (ref var pair in text.CodePointGlyphIndexPairs.AsSpan())
        {
            if (pair.GlyphIndex != 0)
                continue;
            pair.CodePoint = '〓';
            text.ReevaluateGlyphIndices = true;
        }
    }

    private void Append(Block block, Block? next)
    {
        switch (block)
        {
            case TextBlock text:
                Append(text, text.KeepNext && next is not null ? HeadOf(next) : 0);
                break;
            case TableBlock table:
                Append(table);
                break;
            case BarsBlock bars:
                Append(bars);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block));
        }
    }

    /// <summary>How much of a block must stand on the page of the heading before it.</summary>
    private double HeadOf(Block block) =>
        block switch
        {
            TableBlock table => HeightOf(table, table.Headings, Face.Black)
                + (table.Rows.Count > 0 ? HeightOf(table, table.Rows[0], Face.Text) : 0),
            _ => LineHeight * 2,
        };

    private void Append(TextBlock block, double keep)
    {
        var indent = block.IsIndented ? 2 * (double)block.Size : 0;
        var text = string.Concat(block.Runs.Select(run => run.Text));
        var lines = LineBreaks.LinesOf(text, Width - indent, Width, part =>
            Measure(part, block.Runs[^1].Face, block.Size)
        );
        var height = Math.Max(LineHeight, (double)block.Size * 1.4);
        if (keep > 0 && at + (lines.Count * height) + keep > Bottom)
            Turn();
        var done = 0;
        foreach (var (number, line) in lines.Index())
        {
            Room(height);
            var isFull = number < lines.Count - 1;
            var left = Left + (number == 0 ? indent : 0);
            var wide = Measure(line, block.Runs[^1].Face, block.Size);
            var free = Right - left - wide;
            var start = block.Align switch
            {
                Align.Centre => left + (free / 2),
                Align.Right => left + free,
                _ => left,
            };
            var gap = block.Align == Align.Both && isFull ? free : 0;
            Draw(block, line, text.IndexOf(line, done, StringComparison.Ordinal), start, gap);
            done = text.IndexOf(line, done, StringComparison.Ordinal) + line.Length;
            at += height;
        }

        at += block.After;
    }

    /// <summary>Draws a line of a block: each of its runs in its letters, what is left free shared out between the pieces.</summary>
    private void Draw(TextBlock block, string line, int from, double x, double free)
    {
        var baseline = at + (LineHeight * 0.72);
        var pieces = free > 0 ? LineBreaks.PiecesOf(line) : [line];
        var gap = pieces.Count > 1 ? free / (pieces.Count - 1) : 0;
        foreach (var piece in pieces)
        {
            // A piece may reach over the end of a run.
            var rest = piece;
            while (rest.Length > 0)
            {
                var (face, length) = RunAt(block, from);
                var part = rest[..Math.Min(rest.Length, length)];
                page!.DrawString(part, FontOf(face, block.Size), XBrushes.Black, x, baseline);
                x += Measure(part, face, block.Size);
                from += part.Length;
                rest = rest[part.Length..];
            }

            x += gap;
        }
    }

    /// <summary>The letters at a place of a block's text, and for how long they go on.</summary>
    private static (Face Face, int Length) RunAt(TextBlock block, int place)
    {
        foreach (var (text, face) in block.Runs)
        {
            if (place < text.Length)
                return (face, text.Length - place);
            place -= text.Length;
        }

        return (block.Runs[^1].Face, int.MaxValue);
    }

    private void Append(TableBlock table)
    {
        var head = HeightOf(table, table.Headings, Face.Black);
        if (at + HeadOf(table) > Bottom)
            Turn();
        Row(table, table.Headings, Face.Black, head);
        foreach (var row in table.Rows)
        {
            var height = HeightOf(table, row, Face.Text);
            if (at + height > Bottom)
            {
                Turn();
                Row(table, table.Headings, Face.Black, head);
            }

            Row(table, row, Face.Text, height);
        }

        at += (double)OfficialDocument.SmallFour;
    }

    private static decimal SizeOf(TableBlock table) =>
        table.IsDense ? OfficialDocument.SizeFive : OfficialDocument.SmallFour;

    private static double LineOf(TableBlock table) => (double)SizeOf(table) * 1.5;

    private double HeightOf(TableBlock table, IReadOnlyList<string> cells, Face face) =>
        (Cells(table, cells, face).Max(cell => cell.Lines.Count) * LineOf(table)) + (2 * CellPadding);

    private IEnumerable<(double Left, double Width, IReadOnlyList<string> Lines)> Cells(
        TableBlock table,
        IReadOnlyList<string> cells,
        Face face
    )
    {
        var all = table.Widths.Sum();
        var left = Left;
        foreach (var (cell, share) in cells.Zip(table.Widths))
        {
            var width = Width * share / all;
            var inner = width - (2 * CellPadding);
            yield return (
                left,
                width,
                LineBreaks.LinesOf(cell, inner, inner, part => Measure(part, face, SizeOf(table)))
            );
            left += width;
        }
    }

    private void Row(TableBlock table, IReadOnlyList<string> cells, Face face, double height)
    {
        var line = LineOf(table);
        foreach (var (left, width, lines) in Cells(table, cells, face))
        {
            page!.DrawRectangle(new XPen(XColors.Black, 0.6), left, at, width, height);
            var y = at + ((height - (lines.Count * line)) / 2);
            foreach (var text in lines)
            {
                var x =
                    table.IsDense || face == Face.Black
                        ? left + ((width - Measure(text, face, SizeOf(table))) / 2)
                        : left + CellPadding;
                page.DrawString(text, FontOf(face, SizeOf(table)), XBrushes.Black, x, y + (line * 0.75));
                y += line;
            }
        }

        at += height;
    }

    private void Append(BarsBlock block)
    {
        const double bar = 20;
        const decimal size = OfficialDocument.SizeFive;
        var label = block.Bars.Max(one => Measure(one.Label, Face.Text, size)) + 8;
        var value = block.Bars.Max(one => Measure(Percent(one.Ratio), Face.Text, size)) + 8;
        var most = block.Bars.Max(one => one.Ratio);
        if (at + LineHeight + (2 * bar) > Bottom)
            Turn();
        Append(new TextBlock([(block.Title, Face.Black)], OfficialDocument.SmallFour) { Align = Align.Centre }, 0);
        foreach (var (name, ratio) in block.Bars)
        {
            Room(bar);
            var length = most > 0 && ratio > 0 ? (Width - label - value) * (double)(ratio / most) : 0;
            var baseline = at + (bar * 0.72);
            page!.DrawString(name, FontOf(Face.Text, size), XBrushes.Black, Left, baseline);
            page.DrawRectangle(XBrushes.SteelBlue, Left + label, at + 4, length, bar - 8);
            page.DrawString(
                Percent(ratio),
                FontOf(Face.Text, size),
                XBrushes.Black,
                Left + label + length + 6,
                baseline
            );
            at += bar;
        }

        at += (double)size;
    }

    private static string Percent(decimal ratio) => ratio.ToString("0.00%", CultureInfo.InvariantCulture);

    private void Room(double height)
    {
        if (at + height > Bottom)
            Turn();
    }

    /// <summary>Begins a page.</summary>
    private void Turn()
    {
        page?.Dispose();
        var sheet = file.AddPage();
        sheet.Size = PdfSharp.PageSize.A4;
        page = XGraphics.FromPdfPage(sheet);
        at = Top;
    }

    /// <summary>Writes the pages' numbers, which are known to be whole only now, and the file.</summary>
    private byte[] Close()
    {
        page!.Dispose();
        foreach (var (number, sheet) in file.Pages.Cast<PdfPage>().Index())
        {
            using var foot = XGraphics.FromPdfPage(sheet);
            foot.DrawString(
                $"— {DocumentWords.Number(number + 1)} —",
                FontOf(Face.Text, OfficialDocument.SizeFour),
                XBrushes.Black,
                new XPoint(PageWidth / 2, PageHeight - 70),
                XStringFormats.BaseLineCenter
            );
        }

        using var stream = new MemoryStream();
        file.Save(stream);
        return Settled(stream.ToArray());
    }

    /// <summary>The file with what PDFsharp draws at random made of its content, so that the same content makes the same file: ids, and the marks of the letters' subsets. Lengths stay, so that places in it hold.</summary>
    private static byte[] Settled(byte[] bytes)
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = SubsetMark()
            .Replace(Encoding.Latin1.GetString(bytes), match =>
                marks.TryGetValue(match.Value, out var known)
                    ? known
                    : marks[match.Value] = $"PAGES{(char)('A' + marks.Count)}"
            );
        text = Drawn().Replace(text, match => new string('0', match.Length));
        var id = Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(text)));
        return Encoding.Latin1.GetBytes(Drawn().Replace(text, match => id[..match.Length]));
    }

    [GeneratedRegex("(?<=/(?:FontName|BaseFont)/)[A-Z]{6}(?=\\+)")]
    private static partial Regex SubsetMark();

    [GeneratedRegex("(?<=/ID\\[<)[0-9A-F]{32}|(?<=/ID\\[<[0-9A-F]{32}><)[0-9A-F]{32}|(?<=uuid:)[0-9a-f-]{36}")]
    private static partial Regex Drawn();

    public void Dispose()
    {
        page?.Dispose();
        ruler.Dispose();
        file.Dispose();
    }

    private double Measure(string text, Face face, decimal size) => ruler.MeasureString(text, FontOf(face, size)).Width;

    private XFont FontOf(Face face, decimal size) =>
        fonts.TryGetValue((face, size), out var font)
            ? font
            : fonts[(face, size)] = new XFont(PdfFonts.FamilyOf(face), (double)size);
}
