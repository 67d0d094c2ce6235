namespace Pipeline.Domain.Imports;

/// <summary>What stands in the columns of a register, a few values each: from them a person tells what a column means.</summary>
public static class ColumnSamples
{
    private const int Each = 3,
        Longest = 60,
        SearchedRows = 2000,
        TopRows = 30;

    /// <summary>Different values of each column, by its header.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(RegisterTables register)
    {
        var samples = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var row in register.Rows.Where(row => row.Refusal is null).Take(SearchedRows))
        {
            for (var at = 0; at < row.Cells.Count && at < row.Table.Columns.Columns.Count; at++)
                Add(samples, row.Table.Columns.Columns[at].Header, row.Cells[at]);
        }

        return Read(samples);
    }

    /// <summary>Of a file in which no row names the names of projects: the columns under what looks most like a header, so that a person can say what they mean.</summary>
    public static IReadOnlyList<(string Header, IReadOnlyList<string> Samples)> Likely(
        IReadOnlyList<RegisterSheet> sheets
    )
    {
        var sheet = sheets.Where(sheet => !sheet.IsHidden).MaxBy(sheet => sheet.Rows.Count);
        if (sheet is null || sheet.Rows.Count == 0)
            return [];
        var at = Enumerable.Range(0, Math.Min(TopRows, sheet.Rows.Count)).MaxBy(row => Texts(sheet.Rows[row]));
        if (Texts(sheet.Rows[at]) == 0)
            return [];
        var headers = Tables.Named([.. sheet.Rows[at].Cells.Select(cell => cell.Text)], sheet.Rows[at].Cells.Count);
        var samples = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var row in sheet.Rows.Skip(at + 1).Take(SearchedRows))
        {
            for (var column = 0; column < row.Cells.Count && column < headers.Count; column++)
                Add(samples, headers[column], row.Cells[column]);
        }

        var read = Read(samples);
        return [.. headers.Select(header => (header, read.GetValueOrDefault(header, [])))];
    }

    private static int Texts(SheetRow row) =>
        row.Cells.Where(cell => !cell.IsEmpty && !cell.Numeric).Select(cell => cell.Text.Trim()).Distinct().Count();

    private static void Add(Dictionary<string, List<string>> samples, string header, RawCell cell)
    {
        if (cell.IsEmpty)
            return;
        if (!samples.TryGetValue(header, out var known))
            samples[header] = known = [];
        if (known.Count == Each)
            return;
        var text = cell.Original.Trim();
        if (text.Length > Longest)
            text = string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest), "…");
        if (!known.Contains(text))
            known.Add(text);
    }

    private static Dictionary<string, IReadOnlyList<string>> Read(Dictionary<string, List<string>> samples) =>
        samples.ToDictionary(
            column => column.Key,
            column => (IReadOnlyList<string>)column.Value,
            StringComparer.Ordinal
        );
}
