using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>A file that cannot be read as a table; <see cref="Code"/> says why.</summary>
public sealed class UnreadableSheetException(string code) : Exception
{
    public string Code => code;
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
        MostLineBreaks = 200;
    private const int MostEntries = 5_000;
    private const long MostBytes = 300L << 20;

    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Whether the content looks like something that can be read at all.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> content, string fileName) =>
        Path.GetExtension(fileName).ToLowerInvariant() switch
        {
            ".xlsx" => IsZip(content),
            ".csv" or ".txt" or ".tsv" => !IsZip(content),
            _ => false,
        };

    /// <summary>The visible sheets of a file that hold anything, blank rows left out.</summary>
    /// <exception cref="UnreadableSheetException">The file is no table, broken, empty, or too large.</exception>
    public static IReadOnlyList<RegisterSheet> Read(byte[] content)
    {
        if (!IsZip(content))
            return [new RegisterSheet("", Text(content))];
        Unpack(content);
        var sheets = Sheets(content).Where(sheet => sheet.Rows.Count > 0).ToList();
        return sheets.Count > 0 ? sheets : throw new UnreadableSheetException("sheet-empty");
    }

    private static bool IsZip(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 0x03, 0x04]);

    private static List<SheetRow> Text(byte[] content)
    {
        var text = Decode(content);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new UnreadableSheetException("register-kind");
        using var parser = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = Delimiter(text),
                IgnoreBlankLines = false,
                BadDataFound = null,
                MaxFieldSize = 0,
            }
        );
        var rows = new List<SheetRow>();
        var texts = new Texts();
        for (var number = 1; parser.Read(); number++)
        {
            var cells = (parser.Record ?? []).Select(cell => texts.Once(new RawCell(cell))).ToList();
            Add(rows, new SheetRow(number, cells));
        }

        return rows.Count > 0 ? rows : throw new UnreadableSheetException("sheet-empty");
    }

    private static void Add(List<SheetRow> rows, SheetRow row)
    {
        if (
            row.Cells.Count > MostColumns
            || row.Cells.Any(cell => cell.Text.Length > LongestCell || cell.Text.Count(c => c == '\n') > MostLineBreaks)
        )
            throw new UnreadableSheetException(row.Cells.Count > MostColumns ? "sheet-too-large" : "sheet-broken");
        if (row.IsBlank)
            return;
        if (rows.Count >= MostRows)
            throw new UnreadableSheetException("sheet-too-large");
        rows.Add(row);
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

    /// <summary>Unpacks everything once, counting: what an archive says of its own sizes proves nothing.</summary>
    private static void Unpack(byte[] content)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                throw new UnreadableSheetException("sheet-too-large");
            if (archive.GetEntry("[Content_Types].xml") is null)
                throw new UnreadableSheetException("register-kind");
            var buffer = new byte[1 << 16];
            long total = 0;
            foreach (var entry in archive.Entries)
            {
                using var stream = entry.Open();
                for (int read; (read = stream.Read(buffer)) > 0; )
                {
                    if ((total += read) > MostBytes)
                        throw new UnreadableSheetException("sheet-too-large");
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new UnreadableSheetException("sheet-broken");
        }
    }

    private static List<RegisterSheet> Sheets(byte[] content)
    {
        try
        {
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content, writable: false));
            var sheets = new List<RegisterSheet>();
            do
            {
                if (reader.VisibleState == "visible")
                    sheets.Add(new RegisterSheet(reader.Name, Rows(reader)));
            } while (reader.NextResult());
            return sheets;
        }
        catch (Exception error) when (error is not (UnreadableSheetException or OutOfMemoryException))
        {
            // The reader has no exception of its own for the many ways in which a workbook can be broken.
            throw new UnreadableSheetException("sheet-broken");
        }
    }

    private static List<SheetRow> Rows(IExcelDataReader reader)
    {
        var rows = new List<SheetRow>();
        var above = new Dictionary<int, string>();
        var texts = new Texts();
        while (reader.Read())
        {
            if (
                reader.FieldCount > MostColumns
                && Enumerable
                    .Range(MostColumns, reader.FieldCount - MostColumns)
                    .Any(i => reader.GetValue(i) is not null)
            )
                throw new UnreadableSheetException("sheet-too-large");
            var cells = Enumerable
                .Range(0, Math.Min(reader.FieldCount, MostColumns))
                .Select(i => texts.Once(Cell(reader, i)))
                .ToList();
            var merged = new Dictionary<int, string>();
            foreach (var range in reader.MergeCells ?? [])
            {
                if (range.FromRow == reader.Depth && range.FromColumn < cells.Count)
                    above[range.FromColumn] = cells[range.FromColumn].Text;
                else if (
                    range.FromRow < reader.Depth
                    && reader.Depth <= range.ToRow
                    && above.TryGetValue(range.FromColumn, out var text)
                )
                    merged[range.FromColumn] = text;
            }

            Add(rows, new SheetRow(reader.Depth + 1, cells, merged.Count == 0 ? null : merged));
        }

        return rows;
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
