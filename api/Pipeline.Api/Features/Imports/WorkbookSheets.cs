using System.Globalization;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The sheets of a workbook that a reader was opened for, new or old.</summary>
internal static class WorkbookSheets
{
    /// <exception cref="UnreadableSheetException">It is broken, protected, or holds more than can be taken.</exception>
    /// <param name="errors">Cells that hold an error where the reader has nothing, by sheet, row and column from 0.</param>
    public static List<RegisterSheet> Read(
        Func<IExcelDataReader> open,
        bool days1904,
        CancellationToken cancel,
        IReadOnlyDictionary<(int Sheet, int Row, int Column), string>? errors = null
    )
    {
        try
        {
            using var reader = open();
            var sheets = new List<RegisterSheet>();
            var taken = new TakenRows();
            var at = 0;
            do
            {
                if (reader.VisibleState != "visible")
                {
                    sheets.Add(new RegisterSheet(reader.Name, []) { IsHidden = true });
                    continue;
                }

                ReadRows(reader, taken, (row, column) => errors?.GetValueOrDefault((at, row, column)), cancel);
                sheets.Add(
                    new RegisterSheet(reader.Name, taken.Rows)
                    {
                        Days1904 = days1904,
                        Merges = [.. (reader.MergeCells ?? []).Select(Merged)],
                    }
                );
                taken.NextSheet();
            } while (reader.NextResult() && ++at > 0);
            return sheets;
        }
        catch (InvalidPasswordException)
        {
            throw new UnreadableSheetException("sheet-protected");
        }
        catch (Exception error)
            when (error is not (UnreadableSheetException or OutOfMemoryException or OperationCanceledException))
        {
            // The reader has no exception of its own for the many ways in which a workbook can be broken.
            throw new UnreadableSheetException("sheet-broken");
        }
    }

    private static MergedCells Merged(CellRange range) =>
        new(range.FromRow + 1, range.ToRow + 1, range.FromColumn, range.ToColumn);

    private static void ReadRows(
        IExcelDataReader reader,
        TakenRows taken,
        Func<int, int, string?> errorAt,
        CancellationToken cancel
    )
    {
        var starts = (reader.MergeCells ?? [])
            .Select(Merged)
            .Where(range => range.FirstColumn < TakenRows.MostColumns && range.LastRow > range.FirstRow)
            .ToLookup(range => range.FirstRow);
        var merges = new MergesDown();
        var texts = new TextsOnce();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var number = reader.Depth + 1;
            var last = reader.FieldCount - 1;
            while (last >= 0 && reader.GetValue(last) is null && errorAt(reader.Depth, last) is null)
                last--;
            if (last < 0)
                continue;
            var where = $"{reader.Name}!{number.ToString(CultureInfo.InvariantCulture)}";
            if (last >= TakenRows.MostColumns)
                throw new UnreadableSheetException("sheet-too-large", where);
            var cells = Enumerable
                .Range(0, Math.Min(reader.FieldCount, TakenRows.MostColumns))
                .Select(i => texts.Once(Cell(reader, i, errorAt(reader.Depth, i))))
                .ToList();
            var above = merges.At(number);
            foreach (var range in starts[number].Where(range => range.FirstColumn < cells.Count))
                merges.Open(range.FirstColumn, range.LastRow, cells[range.FirstColumn].Text);
            taken.Add(new SheetRow(number, cells, above) { IsHidden = reader.RowHeight == 0 }, where);
        }
    }

    private static RawCell Cell(IExcelDataReader reader, int column, string? error) =>
        error is not null
            ? Troubled(error, ImportCodes.CellError)
            : reader.GetValue(column) switch
            {
                null => new RawCell(""),
                string text => MendedWorkbook.Cell(text),
                DateTime day => ShownCell.Day(day, reader.GetNumberFormatString(column)),
                double number => ShownCell.Number(number, reader.GetNumberFormatString(column)),
                IFormattable value => new RawCell(
                    value.ToString(null, CultureInfo.InvariantCulture),
                    value is int or long
                ),
                var other => new RawCell(other.ToString() ?? ""),
            };

    /// <summary>A cell that gives no value, and why.</summary>
    public static RawCell Troubled(string text, string code) => new(text, Numeric: false, new CellMark(text, code));
}

/// <summary>Texts that stand in a row because a cell is merged with one above, while a sheet is passed from top to bottom.</summary>
internal sealed class MergesDown
{
    private readonly Dictionary<int, (int Last, string Text)> open = [];

    /// <summary>What stands in a row of what was opened above, by column; null when nothing does.</summary>
    public Dictionary<int, string>? At(int row)
    {
        Dictionary<int, string>? merged = null;
        foreach (var (column, above) in open)
        {
            if (above.Last < row)
                open.Remove(column);
            else
                (merged ??= [])[column] = above.Text;
        }

        return merged;
    }

    public void Open(int column, int lastRow, string text) => open[column] = (lastRow, text);
}
