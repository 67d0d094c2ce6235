namespace Pipeline.Domain.Imports;

/// <summary>What a person writes in the place of a cell.</summary>
/// <param name="RowNumber">The row's number in the file (<see cref="TableRow.Number"/>).</param>
/// <param name="Place">The cell's place in the row, from 0.</param>
/// <param name="Header">The column's header, for who is told of it.</param>
public sealed record CellCorrection(int RowNumber, int Place, string Header, string Text);

/// <summary>Puts corrections into the sheets of a file before they are read again: all is judged anew, and what stood in the file is kept beside it (R50).</summary>
public static class Corrections
{
    /// <summary>The sheets with the corrections in them, and of those that found no cell a note each.</summary>
    /// <param name="rows">The rows of the register as the sheets give it without corrections.</param>
    public static (IReadOnlyList<RegisterSheet> Sheets, IReadOnlyList<Doubt> Lost) Apply(
        IReadOnlyList<RegisterSheet> sheets,
        IReadOnlyList<TableRow> rows,
        IReadOnlyList<CellCorrection> corrections
    )
    {
        if (corrections.Count == 0)
            return (sheets, []);
        var corrected = corrections.Select(correction => correction.RowNumber).ToHashSet();
        var places = rows.Where(row => corrected.Contains(row.Number))
            .ToDictionary(row => row.Number, row => (row.Table.Sheet, row.InSheet, row.Width));
        var (found, lost) = (new List<(string Sheet, int Row, CellCorrection Correction)>(), new List<Doubt>());
        foreach (var correction in corrections)
        {
            if (places.TryGetValue(correction.RowNumber, out var at) && correction.Place < at.Width)
                found.Add((at.Sheet, at.InSheet, correction));
            else
                lost.Add(
                    new Doubt(ImportCodes.CorrectionLost, correction.RowNumber, correction.Header, correction.Text)
                );
        }

        var bySheet = found.ToLookup(each => each.Sheet, StringComparer.Ordinal);
        return (
            [
                .. sheets.Select(sheet =>
                    sheet.IsHidden || !bySheet.Contains(sheet.Name) ? sheet : Corrected(sheet, bySheet[sheet.Name])
                ),
            ],
            lost
        );
    }

    private static RegisterSheet Corrected(
        RegisterSheet sheet,
        IEnumerable<(string Sheet, int Row, CellCorrection Correction)> corrections
    )
    {
        var byRow = corrections.ToLookup(each => each.Row, each => each.Correction);
        return sheet with
        {
            Rows = [.. sheet.Rows.Select(row => byRow.Contains(row.Number) ? Corrected(row, byRow[row.Number]) : row)],
        };
    }

    private static SheetRow Corrected(SheetRow row, IEnumerable<CellCorrection> corrections)
    {
        var cells = row.Cells.ToList();
        foreach (var correction in corrections)
        {
            while (cells.Count <= correction.Place)
                cells.Add(new RawCell(""));
            cells[correction.Place] = new RawCell(
                correction.Text,
                Mark: new CellMark(cells[correction.Place].Original, null)
            );
        }

        return row with
        {
            Cells = cells,
        };
    }
}
