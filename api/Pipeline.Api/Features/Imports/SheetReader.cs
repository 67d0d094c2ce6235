using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
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
}

/// <summary>A row as it stands in the file.</summary>
/// <param name="Number">Its number as a spreadsheet shows it, from 1.</param>
/// <param name="Merged">Text of a cell merged with the one above, by column: what a person sees standing there.</param>
public sealed record SheetRow(int Number, IReadOnlyList<RawCell> Cells, IReadOnlyDictionary<int, string>? Merged = null)
{
    public bool IsBlank => Cells.All(cell => string.IsNullOrWhiteSpace(cell.Text));
}

/// <summary>One table of a file; text files have one without a name.</summary>
public sealed record RegisterSheet(string Name, IReadOnlyList<SheetRow> Rows);

/// <summary>Reads registers: comma, semicolon or tab separated text in UTF-8, UTF-16 or GB18030, and spreadsheets (.xlsx).</summary>
public static partial class SheetReader
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

    /// <summary>Whether the content looks like something that can be read at all.</summary>
    public static bool IsKnown(Stream content, string fileName)
    {
        Span<byte> start = stackalloc byte[4];
        var isZip = IsZip(start[..content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        return Path.GetExtension(fileName).ToLowerInvariant() switch
        {
            ".xlsx" => isZip,
            ".csv" or ".txt" or ".tsv" => !isZip,
            _ => false,
        };
    }

    /// <summary>The visible sheets of a file that hold anything, blank rows left out.</summary>
    /// <exception cref="UnreadableSheetException">The file is no table, broken, empty, or too large.</exception>
    public static IReadOnlyList<RegisterSheet> Read(byte[] content, CancellationToken cancel = default)
    {
        if (!IsZip(content))
            return [new RegisterSheet("", Text(content, cancel))];
        WorkbookBounds.Check(content, cancel);
        var sheets = Sheets(content, cancel).Where(sheet => sheet.Rows.Count > 0).ToList();
        return sheets.Count > 0 ? sheets : throw new UnreadableSheetException("sheet-empty");
    }

    private static bool IsZip(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 0x03, 0x04]);

    private static List<SheetRow> Text(byte[] content, CancellationToken cancel)
    {
        var text = Decode(content);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new UnreadableSheetException("register-kind");
        var delimiter = Delimiter(text);
        RefuseEndlessLines(text, delimiter[0]);
        using var parser = new CsvParser(
            new StringReader(text),
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
            var cells = (parser.Record ?? []).Select(cell => texts.Once(new RawCell(cell))).ToList();
            taken.Add(new SheetRow(number, cells), where);
        }

        return taken.Rows.Count > 0 ? taken.Rows : throw new UnreadableSheetException("sheet-empty");
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

    private static List<RegisterSheet> Sheets(byte[] content, CancellationToken cancel)
    {
        try
        {
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content, writable: false));
            var sheets = new List<RegisterSheet>();
            var taken = new Taken();
            do
            {
                if (reader.VisibleState != "visible")
                    continue;
                Rows(reader, taken, cancel);
                sheets.Add(new RegisterSheet(reader.Name, taken.Rows));
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
            taken.Add(new SheetRow(reader.Depth + 1, cells, merges.At(reader.Depth, cells)), where);
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
            string text => new RawCell(text),
            DateTime day => new RawCell(
                day.ToString(
                    day.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss",
                    CultureInfo.InvariantCulture
                )
            ),
            double number => Number(number, reader.GetNumberFormatString(column)),
            IFormattable value => new RawCell(value.ToString(null, CultureInfo.InvariantCulture), value is int or long),
            var other => new RawCell(other.ToString() ?? ""),
        };
    }

    /// <summary>A number with the fifteen digits a spreadsheet keeps, and the unit that its format writes behind it (0.0"亿元").</summary>
    private static RawCell Number(double number, string? format)
    {
        var text =
            Math.Abs(number) < 1e15
                ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
                : number.ToString("R", CultureInfo.InvariantCulture);
        var unit = format is null
            ? ""
            : string.Concat(WrittenUnit().Matches(format.Split(';')[0]).Select(match => match.Groups["unit"].Value));
        return unit.Length == 0 ? new RawCell(text, Numeric: true) : new RawCell(text + unit);
    }

    [GeneratedRegex("\"(?<unit>[^\"]*[亿万元亩米][^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex WrittenUnit();
}
