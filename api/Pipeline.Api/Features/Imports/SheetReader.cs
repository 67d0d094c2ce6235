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
}

/// <summary>Reads registers, by their content whatever they are called: comma, semicolon or tab separated text in UTF-8, UTF-16 or GB18030, workbooks (.xlsx, and .xls or .et of old), tables of web pages, and the XML tables of Excel 2003.</summary>
public static class SheetReader
{
    private const int MostSeparators = 10_000,
        LastRow = 1_048_576;

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
        if (IsZip(start) || OldWorkbook.Is(start) || WebPage.Is(start))
            return null;
        return Path.GetExtension(fileName).Equals(".xlsx", StringComparison.OrdinalIgnoreCase) ? "register-kind" : null;
    }

    /// <summary>The sheets of a file that hold anything, blank rows left out; of hidden ones the names.</summary>
    /// <exception cref="UnreadableSheetException">The file is no table, broken, empty, or too large.</exception>
    public static IReadOnlyList<RegisterSheet> Read(byte[] content, CancellationToken cancel = default)
    {
        IReadOnlyList<RegisterSheet> sheets =
            IsZip(content) ? Workbook(content, cancel)
            : OldWorkbook.Is(content) ? OldWorkbook.Read(content, cancel)
            : XmlWorkbook.Is(content) ? XmlWorkbook.Read(content, cancel)
            : WebPage.Is(content) ? [WebPage.Read(content)]
            : [Text(content, cancel)];
        sheets = [.. sheets.Where(sheet => sheet.IsHidden || sheet.Rows.Count > 0)];
        return sheets.Any(sheet => !sheet.IsHidden) ? sheets : throw new UnreadableSheetException("sheet-empty");
    }

    private static List<RegisterSheet> Workbook(byte[] content, CancellationToken cancel)
    {
        var book = WorkbookBounds.Check(content, cancel);
        if (book.NeedsMending)
            content = MendedWorkbook.Of(content, cancel);
        return WorkbookSheets.Read(
            () => ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content, writable: false)),
            book.Days1904,
            cancel
        );
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
        var taken = new TakenRows();
        var texts = new TextsOnce();
        for (var number = 1; parser.Read(); number++)
        {
            cancel.ThrowIfCancellationRequested();
            var where = number.ToString(CultureInfo.InvariantCulture);
            if (number > LastRow || parser.Count > TakenRows.MostColumns)
                throw new UnreadableSheetException("sheet-too-large", where);
            var record = parser.Record ?? [];
            var stray = record.Any(cell => cell.Contains(StrayQuotes.Letter, StringComparison.Ordinal));
            var cells = record
                .Select(cell => texts.Once(new RawCell(stray ? cell.Replace(StrayQuotes.Letter, '"') : cell)))
                .ToList();
            taken.Add(new SheetRow(number, cells) { HasStrayQuote = stray }, where);
        }

        return new RegisterSheet("", taken.Rows) { Separator = delimiter[0] };
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
}
