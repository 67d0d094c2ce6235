using Pipeline.Domain.Imports;
using ImportFields = Pipeline.Domain.Imports.ImportFields;

namespace Pipeline.Api.Features.Imports;

/// <summary>Finds in the sheets of a file where the register stands: its header, of one row or two, and the rows below it.</summary>
public static class RegisterLayout
{
    /// <summary>The register of a file: one sheet, or several with one header (the four lists, say), whose rows go on counting and name their sheet.</summary>
    public static (ColumnMap Columns, List<SheetRow> Rows) Of(
        IReadOnlyList<RegisterSheet> sheets,
        IReadOnlyDictionary<string, string> mapping
    )
    {
        var registers = sheets
            .Select(sheet => (Sheet: sheet, HeaderAt: HeaderOf(sheet.Rows, mapping)))
            .Where(sheet => sheet.HeaderAt >= 0)
            .ToList();
        if (registers.Count == 0)
            throw new UnreadableSheetException("no-name-column");
        var (headers, _) = HeadersOf(registers[0].Sheet.Rows, registers[0].HeaderAt);
        if (registers.Skip(1).Any(other => !HeadersOf(other.Sheet.Rows, other.HeaderAt).Headers.SequenceEqual(headers)))
            throw new UnreadableSheetException("several-registers");
        // Sheets called 在谈, 签约 … say the stage where no column does.
        var named = registers.Count > 1;
        var staged =
            named
            && Domain.Imports.Columns.Map(headers, mapping).IndexOf(ImportFields.Stage) < 0
            && registers.All(register => Stages.Parse(register.Sheet.Name).Value is not null);
        if (named)
            headers = [.. headers, staged ? "阶段(工作表)" : "工作表"];

        var titles = registers
            .SelectMany(register => register.Sheet.Rows.Take(register.HeaderAt))
            .SelectMany(row => row.Cells)
            .Select(cell => cell.Text);
        var columns = Domain.Imports.Columns.WithUnits(Domain.Imports.Columns.Map(headers, mapping), titles);
        var rows = new List<SheetRow>();
        var counted = 0;
        foreach (var (sheet, headerAt) in registers)
        {
            foreach (var row in sheet.Rows.Skip(HeadersOf(sheet.Rows, headerAt).FirstAt))
            {
                var filled = Filled(row, columns);
                rows.Add(
                    !named
                        ? filled
                        : filled with
                        {
                            Number = counted + row.Number,
                            Cells =
                            [
                                .. Enumerable
                                    .Range(0, headers.Count - 1)
                                    .Select(at => at < filled.Cells.Count ? filled.Cells[at] : new RawCell("")),
                                new RawCell(sheet.Name),
                            ],
                        }
                );
            }

            counted += sheet.Rows[^1].Number;
        }

        return rows.Count switch
        {
            0 => throw new UnreadableSheetException("sheet-empty"),
            > SheetReader.MostRows => throw new UnreadableSheetException("sheet-too-large"),
            _ => (columns, rows),
        };
    }

    private static int HeaderOf(IReadOnlyList<SheetRow> rows, IReadOnlyDictionary<string, string> mapping) =>
        Domain.Imports.Columns.FindHeader(
            [.. rows.Take(30).Select(row => (IReadOnlyList<string>)[.. row.Cells.Select(cell => cell.Text)])],
            mapping
        );

    /// <summary>The headers, of two rows where a second one goes on with the first, and where the data begin.</summary>
    private static (List<string> Headers, int FirstAt) HeadersOf(IReadOnlyList<SheetRow> sheet, int headerAt)
    {
        IReadOnlyList<string> upper = [.. sheet[headerAt].Cells.Select(cell => cell.Text)];
        var second =
            headerAt + 1 < sheet.Count && sheet[headerAt + 1].Cells.All(cell => !cell.Numeric)
                ? Domain.Imports.Columns.Combine(upper, [.. sheet[headerAt + 1].Cells.Select(cell => cell.Text)])
                : null;
        return second is null ? (Named(upper), headerAt + 1) : (Named(second), headerAt + 2);
    }

    /// <summary>The headers, each under a name of its own: a blank one by its position, a second of the same name numbered.</summary>
    private static List<string> Named(IReadOnlyList<string> headers)
    {
        var names = new List<string>();
        for (var at = 0; at < headers.Count; at++)
        {
            var name = headers[at].Trim() is { Length: > 0 } text ? text : $"列{at + 1}";
            var own = name;
            for (var again = 2; names.Contains(own); again++)
                own = $"{name} ({again})";
            names.Add(own);
        }

        return names;
    }

    /// <summary>Cells merged with the one above say the same, except where saying it twice would count it twice: amounts and areas.</summary>
    private static SheetRow Filled(SheetRow row, ColumnMap columns)
    {
        if (row.Merged is null)
            return row;
        string[] repeated =
        [
            ImportFields.Place,
            ImportFields.Jurisdiction,
            ImportFields.Stage,
            ImportFields.Chain,
            ImportFields.Industry,
            ImportFields.IndustryCode,
            ImportFields.Investor,
            ImportFields.Country,
            ImportFields.SignedOn,
            ImportFields.Source,
        ];
        return row with
        {
            Cells =
            [
                .. row.Cells.Select(
                    (cell, at) =>
                        cell.Text.Length == 0
                        && row.Merged.TryGetValue(at, out var above)
                        && at < columns.Columns.Count
                        && repeated.Contains(columns.Columns[at].Field)
                            ? new RawCell(above)
                            : cell
                ),
            ],
        };
    }
}
