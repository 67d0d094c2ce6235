using System.Globalization;
using System.Text;
using System.Xml;
using Pipeline.Domain;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Pipeline.Api.Features.Exports;

/// <summary>A workbook that is written while it is sent. A full sheet is followed by another with the same headers.</summary>
public sealed class Workbook : ITable, IAsyncDisposable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The rows of a sheet, as far as Excel goes.</summary>
    public const int MostRows = 1_048_576;

    // The first day on which Excel's count of days is right: it believes in 29 February 1900.
    private static readonly DateTime FirstCounted = new(1900, 3, 1);

    private readonly Spreadsheet spreadsheet;
    private readonly string name;
    private readonly IReadOnlyList<int> widths;
    private readonly int rowsPerSheet;
    private readonly StyleId header,
        number,
        day,
        instant;
    private readonly List<StyledCell> row = [];
    private StyledCell[]? headers;
    private int sheets;
    private int rows;

    private Workbook(Spreadsheet spreadsheet, string name, IReadOnlyList<int> widths, int rowsPerSheet)
    {
        (this.spreadsheet, this.name, this.widths, this.rowsPerSheet) = (spreadsheet, name, widths, rowsPerSheet);
        header = spreadsheet.AddStyle(new Style { Font = { Bold = true } });
        number = Formatted(NumberFormat.Standard(StandardNumberFormat.ThousandsSeparatorTwoDecimalPlaces));
        day = Formatted(NumberFormat.Custom(@"yyyy\-mm\-dd"));
        instant = Formatted(NumberFormat.Custom(@"yyyy\-mm\-dd\ hh:mm"));
    }

    /// <summary>Begins a workbook.</summary>
    /// <param name="name">What its sheets are called.</param>
    /// <param name="widths">The width of each column, in characters.</param>
    public static async ValueTask<Workbook> Begin(
        Stream stream,
        string name,
        IReadOnlyList<int> widths,
        int rowsPerSheet = MostRows
    ) =>
        new(
            await Spreadsheet.CreateNewAsync(
                stream,
                new SpreadCheetahOptions
                {
                    CompressionLevel = SpreadCheetahCompressionLevel.Fastest,
                    // The same rows make the same file: nothing tells when it was made.
                    DocumentProperties = null,
                }
            ),
            name,
            widths,
            rowsPerSheet
        );

    public void Text(string? text) =>
        row.Add(
            string.IsNullOrEmpty(text)
                ? new StyledCell((string?)null, null)
                // A cell of this type is no formula; but what is saved as CSV or pasted elsewhere from here loses its type.
                : new StyledCell(Writable(Formulas.Neutralised(text)), headers is null ? header : null)
        );

    public void Number(decimal? number) =>
        row.Add(
            number is { } value
                ? new StyledCell(Math.Round(value, 2, MidpointRounding.AwayFromZero), this.number)
                : new StyledCell((string?)null, null)
        );

    public void Day(DateOnly? day) => Moment(day?.ToDateTime(TimeOnly.MinValue), this.day, "yyyy-MM-dd");

    public void Instant(DateTimeOffset? instant) =>
        Moment(
            instant is { } moment ? Seconds(moment.ToOffset(Shanghai.Offset).DateTime) : null,
            this.instant,
            "yyyy-MM-dd HH:mm"
        );

    /// <summary>Ends a row; the first is the header.</summary>
    public async ValueTask EndRow()
    {
        if (headers is null)
        {
            headers = [.. row];
            await BeginSheet();
        }
        else
        {
            if (rows == rowsPerSheet)
                await BeginSheet();
            await spreadsheet.AddRowAsync(row);
            rows++;
        }

        row.Clear();
    }

    // What is written goes on when the library's buffer is full.
    public ValueTask Flush() => ValueTask.CompletedTask;

    public async ValueTask End()
    {
        await spreadsheet.FinishAsync();
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => spreadsheet.DisposeAsync();

    private StyleId Formatted(NumberFormat format) => spreadsheet.AddStyle(new Style { Format = format });

    private async ValueTask BeginSheet()
    {
        sheets++;
        rows = 1;
        var options = new WorksheetOptions
        {
            FrozenRows = 1,
            AutoFilter = new AutoFilterOptions($"A1:{Letters(widths.Count - 1)}{rowsPerSheet}"),
        };
        for (var column = 0; column < widths.Count; column++)
            options.Column(column + 1).Width = widths[column];
        await spreadsheet.StartWorksheetAsync(sheets == 1 ? name : $"{name} {sheets}", options);
        await spreadsheet.AddRowAsync(headers!);
    }

    private void Moment(DateTime? moment, StyleId style, string format) =>
        row.Add(
            moment is not { } given ? new StyledCell((string?)null, null)
            : given < FirstCounted ? new StyledCell(given.ToString(format, CultureInfo.InvariantCulture), null)
            : new StyledCell(given, style)
        );

    private static DateTime Seconds(DateTime moment) => new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>The text without what XML cannot hold; a carriage return, which XML would take for a line feed, and what Excel would take for an escape, as Excel escapes them.</summary>
    private static string Writable(string text)
    {
        if (text.All(XmlConvert.IsXmlChar) && !text.Contains('\r') && !text.Contains("_x", StringComparison.Ordinal))
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
            else if (text[index] == '\r')
                kept.Append("_x000D_");
            else if (XmlConvert.IsXmlChar(text[index]))
                kept.Append(text[index]);
        }

        return kept.ToString();
    }

    private static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}
