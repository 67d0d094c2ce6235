namespace Pipeline.Domain.Imports;

/// <summary>One table of a file: the rows below one header, read under it.</summary>
/// <param name="Sheet">The sheet's name; empty for a text file.</param>
public sealed record RegisterTable(string Sheet, ColumnMap Columns)
{
    /// <summary>How the file writes its numbers.</summary>
    public NumberHabit Numbers { get; init; }

    /// <summary>Whether numbers that stand for days count from 1904.</summary>
    public bool Days1904 { get; init; }
}

/// <summary>What a heading above a row says of it: used where its own cells say nothing, and doubted.</summary>
public sealed record LentByHeading(string? Stage, string? Chain, string Heading)
{
    /// <summary>What the headings, titles and the sheet above it are called, the nearest first: one of them may name a unit, 南湖区（2个）.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}

/// <summary>A row of a table, and what it is.</summary>
/// <param name="Number">Its number in the file: that of its sheet, which goes on counting from sheet to sheet.</param>
public sealed record TableRow(int Number, IReadOnlyList<RawCell> Cells, RegisterTable Table)
{
    /// <summary>Its number in its sheet.</summary>
    public int InSheet { get; init; } = Number;

    /// <summary>How many of its table's columns are its sheet's own.</summary>
    public int Width { get; init; } = Table.Columns.Columns.Count;

    /// <summary>Why it is no project; null for a project.</summary>
    public Doubt? Refusal { get; init; }
    public LentByHeading? Lent { get; init; }

    /// <summary>What is doubtful about the row before any cell is read.</summary>
    public IReadOnlyList<Doubt> Doubts { get; init; } = [];
}

/// <summary>The register of a file: the rows of all its tables, and what was left out or is odd about the file as a whole.</summary>
public sealed record RegisterTables(IReadOnlyList<TableRow> Rows, IReadOnlyList<Doubt> Notes)
{
    /// <summary>The columns of all tables, each once.</summary>
    public ColumnMap Columns { get; } =
        new(
            [
                .. Rows.Select(row => row.Table)
                    .Distinct(ReferenceEqualityComparer.Instance)
                    .OfType<RegisterTable>()
                    .SelectMany(table => table.Columns.Columns)
                    .DistinctBy(column => column.Header),
            ],
            []
        );

    /// <summary>Why a file is no register; null when it is one.</summary>
    public Doubt? Failure { get; init; }
}

/// <summary>Finds in the sheets of a file where the tables are, and what each of their rows is (R50: every row of the file is accounted for).</summary>
public static partial class Tables
{
    private const int SearchedRows = 30,
        LongestLent = 100;

    /// <summary>The register of a file.</summary>
    public static RegisterTables Of(IReadOnlyList<RegisterSheet> sheets, IReadOnlyDictionary<string, string> mapping)
    {
        var notes = new List<Doubt>();
        notes.AddRange(
            sheets.Where(sheet => sheet.IsHidden).Select(sheet => new Doubt(ImportCodes.SheetHidden, sheet.Name))
        );
        var shown = sheets.Where(sheet => !sheet.IsHidden).ToList();
        var found = shown.Select(sheet => (Sheet: sheet, Headers: HeadersOf(sheet, mapping))).ToList();
        var registers = found.Where(each => each.Headers.Count > 0).ToList();
        RegisterTables Failed(string code, params object[] args) => new([], notes) { Failure = new Doubt(code, args) };
        if (registers.Count == 0)
            return Failed("no-name-column");
        var lists = registers.Where(each => !IsForm(each.Sheet, each.Headers, mapping)).ToList();
        if (lists.Count == 0)
            return Failed("sheet-form");
        notes.AddRange(shown.Except(lists.Select(each => each.Sheet)).Select(LeftOut));

        var numbers = NumberHabits.Of(shown);
        var rows = new List<TableRow>();
        var (counted, saidLittle) = (0, false);
        foreach (var (sheet, headers) in lists)
        {
            var before = rows.Count;
            new OneSheet(sheet, headers, mapping, numbers, lists.Count > 1, counted, notes).AddTo(rows);
            counted += sheet.Rows[^1].Number;
            if (rows.Count == before || !rows.Skip(before).All(SaysLittle))
                continue;
            // Where no row says two things there is nothing to import: a list of one column says all it can.
            saidLittle = true;
            rows.RemoveRange(before, rows.Count - before);
            notes.Add(LeftOut(sheet));
        }

        return rows.Count > 0 ? new RegisterTables(rows, notes) : Failed(saidLittle ? "no-register" : "sheet-empty");
    }

    private static Doubt LeftOut(RegisterSheet sheet) => new(ImportCodes.SheetLeftOut, sheet.Name, sheet.Rows.Count);

    private static bool SaysLittle(TableRow row)
    {
        var own = FirstAdded(row);
        return own > 1 && row.Cells.Take(own).Count(cell => !cell.IsEmpty) < 2;
    }

    private static int FirstAdded(TableRow row) =>
        row
            .Table.Columns.Columns.TakeWhile(column =>
                column.Header != SheetHeader && column.Header != StageSheetHeader
            )
            .Count();

    /// <summary>The columns that say from which sheet a row is, and from which row of it.</summary>
    public const string SheetHeader = "工作表",
        StageSheetHeader = "阶段(工作表)",
        SheetRowHeader = "行(工作表)";

    /// <summary>The headers of a sheet from top to bottom: each names the names and two columns more; where there is none, the best of the first rows.</summary>
    private static List<HeaderRows> HeadersOf(RegisterSheet sheet, IReadOnlyDictionary<string, string> mapping)
    {
        var found = new List<HeaderRows>();
        for (var at = 0; at < sheet.Rows.Count; at++)
        {
            if (Headers.At(sheet, at, 3, mapping, found.Count == 0 ? 0 : found[^1].Last + 1) is { } header)
            {
                found.Add(header);
                at = header.Last;
            }
        }
        if (found.Count > 0)
            return found;
        var best = Columns.FindHeader(
            [
                .. sheet
                    .Rows.Take(SearchedRows)
                    .Select(row => (IReadOnlyList<string>)[.. row.Cells.Select(cell => cell.Text)]),
            ],
            mapping
        );
        return best >= 0 && Headers.At(sheet, best, 1, mapping) is { } only ? [only] : [];
    }

    /// <summary>Whether a sheet is a form of one project: names and values side by side, in this row and in those below.</summary>
    private static bool IsForm(
        RegisterSheet sheet,
        List<HeaderRows> headers,
        IReadOnlyDictionary<string, string> mapping
    )
    {
        if (headers.Count != 1 || mapping.Count > 0)
            return false;
        var header = headers[0];
        var below = sheet.Rows.Skip(header.Last + 1).Take(SearchedRows).ToList();
        var labelled = below.Count(row =>
            row.Cells.Any(cell =>
                !cell.IsEmpty
                && !cell.Numeric
                && Stages.Parse(cell.Text).Value is null
                && Columns.Meaning(cell.Text) is not null
            )
        );
        var (filled, known) = (
            header.Texts.Count(text => text.Trim().Length > 0),
            header.Texts.Count(text => Columns.Meaning(text) is not null)
        );
        return below.Count > 0 && 2 * labelled >= below.Count && 2 * known <= filled;
    }

    /// <summary>The headers, each under a name of its own: a blank one, and one that only rows have, by its position; a second of the same name numbered.</summary>
    internal static List<string> Named(IReadOnlyList<string> headers, int width)
    {
        var names = new List<string>();
        for (var at = 0; at < Math.Max(headers.Count, width); at++)
        {
            var name = at < headers.Count && headers[at].Trim() is { Length: > 0 } text ? text : $"列{at + 1}";
            var own = name;
            for (var again = 2; names.Contains(own); again++)
                own = $"{name} ({again})";
            names.Add(own);
        }

        return names;
    }

    /// <summary>The amount of a row, to compare sums.</summary>
    private static Money? AmountOf(SheetRow row, ColumnMap map, NumberHabit numbers)
    {
        foreach (var at in map.AllOf(ImportFields.TotalInvestment))
        {
            if (at >= row.Cells.Count || row.Cells[at].IsEmpty)
                continue;
            // Sums without a unit compare as well as others.
            var unit = map.Columns[at].Unit is { } header ? Amounts.Unit(header) : new AmountUnit(1, "CNY");
            if (Amounts.Parse(row.Cells[at].Text, unit, numbers).Value is { } sum)
                return sum;
        }
        return null;
    }

    // What several rows share; an amount or an area said twice would count twice.
    private static readonly HashSet<string> Repeated =
    [
        ImportFields.Place,
        ImportFields.Jurisdiction,
        ImportFields.Stage,
        ImportFields.Chain,
        ImportFields.Industry,
        ImportFields.IndustryCode,
        ImportFields.Investor,
        ImportFields.Country,
        ImportFields.Uscc,
        ImportFields.ReportedOn,
        ImportFields.SignedOn,
        ImportFields.RegisteredOn,
        ImportFields.StartedOn,
        ImportFields.InProductionOn,
        ImportFields.Currency,
        ImportFields.ContactKind,
        ImportFields.ContactOn,
        ImportFields.Note,
        ImportFields.Source,
    ];

    /// <summary>Cells merged with the one above say the same, except where saying it twice would count it twice.</summary>
    private static SheetRow Merged(SheetRow row, ColumnMap columns) =>
        row.Merged is null
            ? row
            : row with
            {
                Cells =
                [
                    .. row.Cells.Select(
                        (cell, at) =>
                            cell.IsEmpty
                            && row.Merged.TryGetValue(at, out var above)
                            && at < columns.Columns.Count
                            && columns.Columns[at].Feeds is { } field
                            && Repeated.Contains(field)
                                ? new RawCell(above)
                                : cell
                    ),
                ],
            };

    /// <summary>Puts what stands above in the place of 同上, before any field sees it.</summary>
    private sealed class Dittos(ColumnMap columns)
    {
        private IReadOnlyList<RawCell> above = [];

        public IReadOnlyList<RawCell> Read(IReadOnlyList<RawCell> cells)
        {
            if (cells.Any(cell => Ditto.Is(cell.Text)))
                cells = [.. cells.Select(Read)];
            return above = cells;
        }

        private RawCell Read(RawCell cell, int at)
        {
            if (!Ditto.Is(cell.Text))
                return cell;
            var repeats =
                Ditto.OfAbove(cell.Text)
                && at < columns.Columns.Count
                && columns.Columns[at].Feeds is { } field
                && Repeated.Contains(field)
                && at < above.Count
                && !above[at].IsEmpty
                && above[at].Mark?.Trouble is null;
            return repeats
                ? above[at] with
                {
                    Mark = new CellMark(cell.Original, null),
                }
                : cell with
                {
                    Mark = new CellMark(cell.Original, ImportCodes.DittoUnclear),
                };
        }
    }
}
