namespace Pipeline.Domain.Imports;

/// <summary>Tables that the product exported: their rows bear its codes, their amounts are in whole units of the currency beside them.</summary>
internal static class OwnExport
{
    private const int Looked = 20;

    public static bool IsOne(IReadOnlyList<SheetRow> rows, ColumnMap columns) =>
        columns.IndexOf(ImportFields.ProjectCode) is var code and >= 0
        && rows.Take(Looked).Select(row => code < row.Cells.Count ? row.Cells[code].Text.Trim() : "").ToList()
            is { Count: > 0 } codes
        && codes.TrueForAll(RowReader.OwnCode().IsMatch);

    public static (List<SheetRow> Rows, ColumnMap Columns) Read(IReadOnlyList<SheetRow> rows, ColumnMap columns) =>
        (
            [
                .. rows.Select(row =>
                    row.Cells.Any(IsGuarded) ? row with { Cells = [.. row.Cells.Select(Unguarded)] } : row
                ),
            ],
            columns with
            {
                Columns =
                [
                    .. columns.Columns.Select(column =>
                        column is { Unit: null, Field: { } field } && Columns.IsAmount(field)
                            ? column with
                            {
                                Unit = "元",
                            }
                            : column
                    ),
                ],
            }
        );

    // The apostrophe that keeps a spreadsheet from taking a text for a formula.
    private static bool IsGuarded(RawCell cell) => cell.Text is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..];

    private static RawCell Unguarded(RawCell cell) => IsGuarded(cell) ? cell with { Text = cell.Text[1..] } : cell;
}
