namespace Pipeline.Domain.Imports;

/// <summary>A row as it stands in a file.</summary>
/// <param name="Number">Its number as a spreadsheet shows it, from 1.</param>
/// <param name="Merged">Text of a cell merged with the one above, by column: what a person sees standing there.</param>
public sealed record SheetRow(int Number, IReadOnlyList<RawCell> Cells, IReadOnlyDictionary<int, string>? Merged = null)
{
    /// <summary>Whether the file hides the row: filtered out, or folded away.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether a quotation mark in the line was taken as a letter, since it quotes nothing.</summary>
    public bool HasStrayQuote { get; init; }

    public bool IsBlank => Cells.All(cell => string.IsNullOrWhiteSpace(cell.Text));
}

/// <summary>Cells merged into one: row numbers as <see cref="SheetRow.Number"/>, columns from 0.</summary>
public readonly record struct MergedCells(int FirstRow, int LastRow, int FirstColumn, int LastColumn)
{
    public int Width => LastColumn - FirstColumn + 1;
}

/// <summary>One sheet of a file, blank rows left out; text files have one without a name.</summary>
public sealed record RegisterSheet(string Name, IReadOnlyList<SheetRow> Rows)
{
    public IReadOnlyList<MergedCells> Merges { get; init; } = [];

    /// <summary>Whether the file hides the sheet; its rows are not read then.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The separator of a text file; null for a sheet of a workbook.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether numbers that stand for days count from 1904.</summary>
    public bool Days1904 { get; init; }
}
