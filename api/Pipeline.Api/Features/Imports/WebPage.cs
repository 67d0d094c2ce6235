using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The tables of a web page, which many systems write and call .xls. They come as one sheet, one below the other.</summary>
internal static partial class WebPage
{
    // The parser takes long over elements that stand deep within each other, and much room for many.
    private const int Deepest = 200,
        MostElements = 600_000,
        MostBytes = 16 << 20;

    /// <summary>With fewer cells a row that holds a table only puts it in its place.</summary>
    private const int FewestCells = 3;

    /// <summary>Whether a file begins like markup; the first hundred bytes are enough.</summary>
    public static bool Is(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, 512)];
        var text = (
            start switch
            {
                [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(start),
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(start),
                _ => Encoding.UTF8.GetString(start),
            }
        ).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return Beginning().IsMatch(text);
    }

    /// <exception cref="UnreadableSheetException">There is no table in it, or more than can be taken.</exception>
    public static RegisterSheet Read(byte[] content)
    {
        if (content.Length > MostBytes)
            throw new UnreadableSheetException("register-save-as");
        using var page = Parse(content);
        var (taken, texts, down) = (new TakenRows(), new TextsOnce(), new MergesDown());
        var merges = new List<MergedCells>();
        var spans = new Dictionary<int, int>();
        var number = 0;
        foreach (var row in page.QuerySelectorAll("tr").OfType<IHtmlTableRowElement>().Where(IsRow))
        {
            number++;
            var above = down.At(number);
            var cells = new List<RawCell>();
            foreach (var cell in row.Cells)
            {
                while (spans.GetValueOrDefault(cells.Count) >= number)
                    cells.Add(new RawCell(""));
                var (first, last) = (cells.Count, number + Math.Clamp(cell.RowSpan, 1, TakenRows.MostRows) - 1);
                var width = Math.Clamp(cell.ColumnSpan, 1, TakenRows.MostColumns);
                cells.Add(texts.Once(new RawCell(Shown(cell))));
                if (last > number || width > 1)
                    merges.Add(new MergedCells(number, last, first, first + width - 1));
                if (last > number)
                    down.Open(first, last, cells[first].Text);
                for (var column = first; column < first + width && last > number; column++)
                    spans[column] = last;
                while (cells.Count < first + width)
                    cells.Add(new RawCell(""));
            }

            taken.Add(
                new SheetRow(number, cells, above) { IsHidden = IsHidden(row) },
                number.ToString(CultureInfo.InvariantCulture)
            );
        }

        return number > 0
            ? new RegisterSheet("", taken.Rows) { Merges = merges }
            : throw new UnreadableSheetException("register-save-as");
    }

    private static IHtmlDocument Parse(byte[] content)
    {
        var elements = 0;
        IElement? before = null;
        var parser = new HtmlParser(
            new HtmlParserOptions
            {
                OnCreated = (element, _) =>
                {
                    // An element has its place only when the next one comes.
                    if (++elements > MostElements || IsTooDeep(before))
                        throw new UnreadableSheetException("register-save-as");
                    before = element;
                },
            }
        );
        return parser.ParseDocument(new MemoryStream(content, writable: false));
    }

    private static bool IsTooDeep(IElement? element)
    {
        var depth = 0;
        for (INode? node = element; node is not null; node = node.Parent)
            depth++;
        return depth > Deepest;
    }

    /// <summary>Whether a row is one of a table of data, and not one that puts tables in their places, or stands in a cell of another.</summary>
    private static bool IsRow(IHtmlTableRowElement row)
    {
        if (row.Cells.Length < FewestCells && row.QuerySelector("table") is not null)
            return false;
        for (var outer = row.ParentElement; outer is not null; outer = outer.ParentElement)
            if (outer is IHtmlTableRowElement { Cells.Length: >= FewestCells })
                return false;
        return true;
    }

    private static bool IsHidden(IElement? row) =>
        row is not null && (row.HasAttribute("hidden") || NotShown().IsMatch(row.GetAttribute("style") ?? ""));

    /// <summary>The text of a cell as a browser shows it: white space is one space, a break a new line.</summary>
    private static string Shown(INode cell)
    {
        var text = new StringBuilder();
        Append(cell);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.Trim())).Trim();

        void Append(INode node)
        {
            foreach (var child in node.ChildNodes)
            {
                if (child is IText words)
                    text.Append(Blank().Replace(words.Data, " "));
                else if (child is IHtmlBreakRowElement or IHtmlParagraphElement { PreviousSibling: not null })
                    text.Append('\n');
                if (child is IElement element and not (IHtmlScriptElement or IHtmlStyleElement) && !IsHidden(element))
                    Append(child);
            }
        }
    }

    [GeneratedRegex(@"^<[a-z!?]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"display\s*:\s*none", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotShown();

    [GeneratedRegex(@"[\s\u00A0]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
