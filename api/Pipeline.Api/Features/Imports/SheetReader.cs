using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>A file that cannot be read as a table; <see cref="Code"/> says why, the arguments where.</summary>
public sealed class UnreadableSheetException(string code, params object[] args) : Exception
{
    public string Code => code;

    /// <summary>What its message needs; the place comes first: a sheet and a cell, a row, a part of the file.</summary>
    public IReadOnlyList<object> Args => args;

    /// <summary>What looks like its columns where nothing says which of them holds the names.</summary>
    public IReadOnlyList<ColumnView> Columns { get; init; } = [];
}

/// <summary>Reads registers: comma, semicolon or tab separated text in UTF-8, UTF-16 or GB18030, and spreadsheets (.xlsx).</summary>
public static class SheetReader
{
    public const int MostRows = 200_000;
    private const int MostColumns = 300,
        LongestCell = 32_767,
        MostLineBreaks = 200,
        MostSeparators = 10_000,
        LastRow = 1_048_576;

    // Two hundred thousand rows of three hundred characters. One long text can stand in every cell and take its room in the file once.
    private const long MostText = 60_000_000;

    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Why a file can't be read, told by its content more than by its name; null when it may be read.</summary>
    public static string? KindRefused(Stream content, string fileName)
    {
        Span<byte> start = stackalloc byte[512];
        start = start[..content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (
            Path.GetExtension(fileName).ToLowerInvariant()
            is not (".xlsx" or ".xlsm" or ".xls" or ".et" or ".csv" or ".txt" or ".tsv" or ".htm" or ".html" or ".xml")
        )
            return "register-kind";
        // The first letter of the text, behind its byte order mark.
        var text = Encoding.UTF8.GetString(start).TrimStart('\uFEFF').TrimStart();
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) || IsMarkup(text))
            return "register-save-as";
        if (IsZip(start))
            return null;
        return Path.GetExtension(fileName).Equals(".xlsx", StringComparison.OrdinalIgnoreCase) ? "register-kind" : null;
    }

    private static readonly string[] BeginningsOfMarkup =
    [
        "<html",
        "<!doctype",
        "<?xml",
        "<table",
        "<head",
        "<meta",
        "<workbook",
        "<style",
    ];

    private static bool IsMarkup(string text) =>
        BeginningsOfMarkup.Any(tag => text.StartsWith(tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sheets of a file that hold anything, blank rows left out; of hidden ones the names.</summary>
    /// <exception cref="UnreadableSheetException">The file is no table, broken, empty, or too large.</exception>
    public static IReadOnlyList<RegisterSheet> Read(byte[] content, CancellationToken cancel = default)
    {
        if (!IsZip(content))
            return [Text(content, cancel)];
        var book = WorkbookBounds.Check(content, cancel);
        if (book.NeedsMending)
            content = MendedWorkbook.Of(content, cancel);
        var sheets = Sheets(content, book, cancel).Where(sheet => sheet.IsHidden || sheet.Rows.Count > 0).ToList();
        return sheets.Any(sheet => !sheet.IsHidden) ? sheets : throw new UnreadableSheetException("sheet-empty");
    }

    private static bool IsZip(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 0x03, 0x04]);

    private static RegisterSheet Text(byte[] content, CancellationToken cancel)
    {
        var text = Decode(content);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new UnreadableSheetException("register-kind");
        var delimiter = Delimiter(text);
        RefuseEndlessLines(text, delimiter[0]);
        using var parser = new CsvParser(
            new StringReader(StrayQuotes.SetAside(text, delimiter[0])),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = delimiter,
                IgnoreBlankLines = false,
                BadDataFound = null,
                MaxFieldSize = 0,
            }
        );
        var taken = new Taken();
        var texts = new Texts();
        for (var number = 1; parser.Read(); number++)
        {
            cancel.ThrowIfCancellationRequested();
            var where = number.ToString(CultureInfo.InvariantCulture);
            if (number > LastRow || parser.Count > MostColumns)
                throw new UnreadableSheetException("sheet-too-large", where);
            var record = parser.Record ?? [];
            var stray = record.Any(cell => cell.Contains(StrayQuotes.Letter, StringComparison.Ordinal));
            var cells = record
                .Select(cell => texts.Once(new RawCell(stray ? cell.Replace(StrayQuotes.Letter, '"') : cell)))
                .ToList();
            taken.Add(new SheetRow(number, cells) { HasStrayQuote = stray }, where);
        }

        return taken.Rows.Count > 0
            ? new RegisterSheet("", taken.Rows) { Separator = delimiter[0] }
            : throw new UnreadableSheetException("sheet-empty");
    }

    /// <summary>A line of a million commas would be a million cells before anybody could count them.</summary>
    private static void RefuseEndlessLines(string text, char delimiter)
    {
        var (separators, line) = (0, 1);
        foreach (var c in text)
        {
            if (c == '\n')
                (separators, line) = (0, line + 1);
            else if (c == delimiter && ++separators > MostSeparators)
                throw new UnreadableSheetException("sheet-too-large", line.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The rows of a file so far, which may be so many and hold so much text, whatever sheets they are on.</summary>
    private sealed class Taken
    {
        private int rows;
        private long text;

        /// <summary>Those of the present sheet.</summary>
        public List<SheetRow> Rows { get; private set; } = [];

        public void NextSheet() => Rows = [];

        public void Add(SheetRow row, string where)
        {
            foreach (var cell in row.Cells)
            {
                if (cell.Text.Length > LongestCell || cell.Text.AsSpan().Count('\n') > MostLineBreaks)
                    throw new UnreadableSheetException("sheet-broken", where);
                text += cell.Text.Length;
            }

            if (text > MostText)
                throw new UnreadableSheetException("sheet-too-much-text", where);
            if (row.IsBlank)
                return;
            if (++rows > MostRows)
                throw new UnreadableSheetException("sheet-too-large", where);
            Rows.Add(row);
        }
    }

    private static string Decode(byte[] content)
    {
        if (content.AsSpan().StartsWith(Encoding.UTF8.Preamble))
            return Strict(new UTF8Encoding(false, true), content.AsSpan(3))
                ?? throw new UnreadableSheetException("sheet-broken");
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Strict(new UnicodeEncoding(false, false, true), content.AsSpan(2))
                ?? throw new UnreadableSheetException("sheet-broken");
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Strict(new UnicodeEncoding(true, false, true), content.AsSpan(2))
                ?? throw new UnreadableSheetException("sheet-broken");
        return Strict(new UTF8Encoding(false, true), content)
            ?? Strict(
                Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
                content
            )
            ?? throw new UnreadableSheetException("sheet-encoding");
    }

    private static string? Strict(Encoding encoding, ReadOnlySpan<byte> content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Of comma, semicolon and tab the one that most lines at the top agree on, quoted ones not counted.</summary>
    private static string Delimiter(string text)
    {
        var counts = new Dictionary<char, List<int>>
        {
            [','] = [0],
            ['\t'] = [0],
            [';'] = [0],
        };
        var (quoted, lines) = (false, 0);
        foreach (var c in text)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == '\n' && !quoted)
            {
                if (++lines == 30)
                    break;
                foreach (var list in counts.Values)
                    list.Add(0);
            }
            else if (!quoted && counts.TryGetValue(c, out var list))
                list[^1]++;
        }

        return counts
            .MaxBy(pair =>
                pair.Value.Where(count => count > 0)
                    .GroupBy(count => count)
                    .Select(group => group.Key * group.Count())
                    .DefaultIfEmpty(0)
                    .Max()
            )
            .Key.ToString();
    }

    private static List<RegisterSheet> Sheets(byte[] content, WorkbookBounds book, CancellationToken cancel)
    {
        try
        {
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content, writable: false));
            var sheets = new List<RegisterSheet>();
            var taken = new Taken();
            do
            {
                if (reader.VisibleState != "visible")
                {
                    sheets.Add(new RegisterSheet(reader.Name, []) { IsHidden = true });
                    continue;
                }

                Rows(reader, taken, cancel);
                sheets.Add(
                    new RegisterSheet(reader.Name, taken.Rows)
                    {
                        Days1904 = book.Days1904,
                        Merges =
                        [
                            .. (reader.MergeCells ?? []).Select(range => new MergedCells(
                                range.FromRow + 1,
                                range.ToRow + 1,
                                range.FromColumn,
                                range.ToColumn
                            )),
                        ],
                    }
                );
                taken.NextSheet();
            } while (reader.NextResult());
            return sheets;
        }
        catch (Exception error)
            when (error is not (UnreadableSheetException or OutOfMemoryException or OperationCanceledException))
        {
            // The reader has no exception of its own for the many ways in which a workbook can be broken.
            throw new UnreadableSheetException("sheet-broken");
        }
    }

    private static void Rows(IExcelDataReader reader, Taken taken, CancellationToken cancel)
    {
        var merges = new Merges(reader.MergeCells ?? []);
        var texts = new Texts();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var last = reader.FieldCount - 1;
            while (last >= 0 && reader.GetValue(last) is null)
                last--;
            if (last < 0)
                continue;
            var where = $"{reader.Name}!{(reader.Depth + 1).ToString(CultureInfo.InvariantCulture)}";
            if (last >= MostColumns)
                throw new UnreadableSheetException("sheet-too-large", where);
            var cells = Enumerable
                .Range(0, Math.Min(reader.FieldCount, MostColumns))
                .Select(i => texts.Once(Cell(reader, i)))
                .ToList();
            taken.Add(
                new SheetRow(reader.Depth + 1, cells, merges.At(reader.Depth, cells))
                {
                    IsHidden = reader.RowHeight == 0,
                },
                where
            );
        }
    }

    /// <summary>The merged cells of a sheet, passed once from top to bottom with its rows.</summary>
    private sealed class Merges(CellRange[] ranges)
    {
        private readonly CellRange[] byStart =
        [
            .. ranges
                .Where(range => range.FromColumn < MostColumns && range.ToRow > range.FromRow)
                .OrderBy(range => range.FromRow),
        ];
        private readonly Dictionary<int, (int Last, string Text)> open = [];
        private int next;

        /// <summary>Texts that stand in a row because a cell is merged with one above, by column; null when there are none.</summary>
        public Dictionary<int, string>? At(int row, IReadOnlyList<RawCell> cells)
        {
            Dictionary<int, string>? merged = null;
            foreach (var (column, above) in open)
            {
                if (above.Last < row)
                    open.Remove(column);
                else
                    (merged ??= [])[column] = above.Text;
            }

            for (; next < byStart.Length && byStart[next].FromRow <= row; next++)
            {
                if (byStart[next] is var range && range.FromRow == row && range.FromColumn < cells.Count)
                    open[range.FromColumn] = (range.ToRow, cells[range.FromColumn].Text);
            }

            return merged;
        }
    }

    /// <summary>Units, stages, classes and days stand in a register thousands of times: short texts are kept once.</summary>
    private sealed class Texts
    {
        private const int Longest = 16,
            Most = 20_000;

        private readonly HashSet<string> known = new(StringComparer.Ordinal);

        public RawCell Once(RawCell cell)
        {
            if (cell.Text.Length > Longest)
                return cell;
            if (known.TryGetValue(cell.Text, out var same))
                return cell with { Text = same };
            if (known.Count < Most)
                known.Add(cell.Text);
            return cell;
        }
    }

    private static RawCell Cell(IExcelDataReader reader, int column)
    {
        return reader.GetValue(column) switch
        {
            null => new RawCell(""),
            string text => MendedWorkbook.Cell(text),
            DateTime day => ShownCell.Day(day, reader.GetNumberFormatString(column)),
            double number => ShownCell.Number(number, reader.GetNumberFormatString(column)),
            IFormattable value => new RawCell(value.ToString(null, CultureInfo.InvariantCulture), value is int or long),
            var other => new RawCell(other.ToString() ?? ""),
        };
    }
}
