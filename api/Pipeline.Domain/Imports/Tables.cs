using System.Text.RegularExpressions;

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
public static class Tables
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

    /// <summary>Reads one sheet from top to bottom.</summary>
    private sealed class OneSheet(
        RegisterSheet sheet,
        List<HeaderRows> headers,
        IReadOnlyDictionary<string, string> mapping,
        NumberHabit numbers,
        bool several,
        int counted,
        List<Doubt> notes
    )
    {
        private readonly Sections sections = new();
        private int hidden,
            projects;

        public void AddTo(List<TableRow> rows)
        {
            if (headers[0].First > 0)
                notes.Add(
                    new Doubt(ImportCodes.RowsAbove, sheet.Name, headers[0].First, sheet.Rows[headers[0].First].Number)
                );
            foreach (
                var title in sheet.Rows.Take(headers[0].First).SelectMany(row => row.Cells).Where(cell => !cell.IsEmpty)
            )
                sections.Title(title.Text);
            for (var at = 0; at < headers.Count; at++)
            {
                var end = at + 1 < headers.Count ? headers[at + 1].First : sheet.Rows.Count;
                if (at > 0)
                    for (var row = headers[at].First; row <= headers[at].Last; row++)
                        rows.Add(Row(sheet.Rows[row], rows[^1].Table) with { Refusal = new(ImportCodes.HeaderRow) });
                Table(headers[at], at == 0 ? 0 : headers[at - 1].Last + 1, end, rows);
            }
            if (hidden > 0)
                notes.Add(new Doubt(ImportCodes.RowsHidden, sheet.Name, hidden, projects));
        }

        private void Table(HeaderRows header, int titlesFrom, int end, List<TableRow> rows)
        {
            var data = sheet.Rows.Skip(header.Last + 1).Take(end - header.Last - 1).ToList();
            var headerTexts = Named(header.Texts, data.Count == 0 ? 0 : data.Max(row => row.Cells.Count));
            var map = Columns.Map(headerTexts, mapping);
            // Of two headers of one kind a second one that nothing comes from is said once for the file.
            notes.AddRange(
                map.Doubts.Select(doubt => new Doubt(ImportCodes.SecondColumn, doubt.Args[0], doubt.Args[1]))
            );
            map = Columns.WithUnits(map, TitlesOf(titlesFrom, header.First));
            if (OwnExport.IsOne(data, map))
                (data, map) = OwnExport.Read(data, map);
            var staged =
                map.IndexOf(ImportFields.Stage) < 0 && Stages.Parse(sheet.Name) is { Value: not null, Doubts.Count: 0 };
            var table = new RegisterTable(sheet.Name, several ? WithSheet(map, staged) : map)
            {
                Numbers = numbers,
                Days1904 = sheet.Days1904,
            };
            if (!(several && staged) && sheet.Name.Length > 0)
                sections.Sheet(sheet.Name);
            var kinds = RowKinds.Classify(data, map, sheet.Merges, row => AmountOf(row, map, numbers));
            sections.NextTable();
            var ditto = new Dittos(map);
            var written = header.Texts.Count;
            var (read, said) = (new List<SheetRow>(), (SheetRow?)null);
            for (var at = 0; at < data.Count; at++)
            {
                var (row, kind) = (data[at], kinds[at]);
                if (kind.Kind == RowKind.Heading)
                    sections.Begin(kind);
                if (kind.Kind == RowKind.Total)
                    said = row;
                hidden += row.IsHidden ? 1 : 0;
                projects++;
                var placed = Row(Merged(row, map), table) with { Refusal = RefusalOf(row, kind.Kind, written) };
                if (placed.Refusal is not null)
                {
                    rows.Add(placed);
                    continue;
                }

                read.Add(row);
                sections.Close();
                var below = at + 1;
                while (below < data.Count && kinds[below].Kind is RowKind.Part or RowKind.Continuation)
                    below++;
                List<SheetRow> continued =
                [
                    .. data.Skip(at + 1)
                        .Take(below - at - 1)
                        .Where((_, next) => kinds[at + 1 + next].Kind == RowKind.Continuation),
                ];
                var cells = ditto.Read(placed.Cells);
                var investors = MoreInvestors.Below(cells, continued, map);
                rows.Add(
                    placed with
                    {
                        Cells = MoreInvestors.Added(cells, investors, map),
                        Lent = sections.Lent,
                        Doubts =
                        [
                            .. DoubtsOf(row, [.. continued.Except(investors.Select(each => each.Row))]),
                            .. investors.Select(each => new Doubt(
                                ImportCodes.InvestorBelow,
                                counted + each.Row.Number,
                                each.Name
                            )),
                        ],
                    }
                );
            }
            if (said is not null)
                CheckTotal(said, read, map);
        }

        private IEnumerable<string> TitlesOf(int from, int to) =>
            sheet
                .Rows.Take(headers[0].First)
                .Concat(sheet.Rows.Skip(from).Take(to - from).TakeLast(3))
                .SelectMany(row => row.Cells)
                .Select(cell => cell.Text);

        private Doubt? RefusalOf(SheetRow row, RowKind kind, int width) =>
            kind switch
            {
                RowKind.Header => new(ImportCodes.HeaderRow),
                RowKind.Heading => new(ImportCodes.HeadingRow),
                RowKind.Total => new(ImportCodes.TotalRow),
                RowKind.Subtotal => new(ImportCodes.SubtotalRow),
                RowKind.Part => new(ImportCodes.PartRow),
                RowKind.Continuation => new(ImportCodes.ContinuationRow),
                RowKind.Note => new(ImportCodes.NoteRow),
                // A comma in a cell of a text file moves all that follows: what stands under which heading can't be told.
                _ => sheet.Separator is not null && row.Cells.Skip(width).Any(cell => !cell.IsEmpty)
                    ? new(ImportCodes.TooManyCells, row.Cells.Count, width)
                    : null,
            };

        private List<Doubt> DoubtsOf(SheetRow row, List<SheetRow> continued)
        {
            if (!row.IsHidden && !row.HasStrayQuote && continued.Count == 0)
                return [];
            var doubts = new List<Doubt>();
            if (row.IsHidden)
                doubts.Add(new(ImportCodes.RowHidden));
            if (row.HasStrayQuote)
                doubts.Add(new(ImportCodes.StrayQuote));
            if (continued.Count > 0)
                doubts.Add(
                    new(ImportCodes.ContinuedBelow, string.Join("、", continued.Select(each => counted + each.Number)))
                );
            return doubts;
        }

        /// <summary>The register's own total against the sum of the rows that are read.</summary>
        private void CheckTotal(SheetRow total, List<SheetRow> read, ColumnMap map)
        {
            if (AmountOf(total, map, numbers) is not { } said)
                return;
            var sums = read.Select(row => AmountOf(row, map, numbers)).OfType<Money>().ToList();
            if (sums.Any(sum => sum.Currency != said.Currency))
                return;
            var sum = sums.Sum(each => each.Amount);
            if (Math.Abs(sum - said.Amount) > said.Amount * 0.0005m)
                notes.Add(
                    new Doubt(
                        ImportCodes.TotalDiffers,
                        counted + total.Number,
                        said.Amount / 1.000000000000m,
                        sum / 1.000000000000m
                    )
                );
        }

        private TableRow Row(SheetRow row, RegisterTable table)
        {
            if (!several)
                return new TableRow(row.Number, row.Cells, table);
            var width = table.Columns.Columns.Count - 2;
            return new TableRow(
                counted + row.Number,
                [
                    .. Enumerable.Range(0, width).Select(at => at < row.Cells.Count ? row.Cells[at] : new RawCell("")),
                    new RawCell(sheet.Name),
                    new RawCell(row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ],
                table
            )
            {
                InSheet = row.Number,
                Width = width,
            };
        }

        private static ColumnMap WithSheet(ColumnMap map, bool staged) =>
            new(
                [
                    .. map.Columns,
                    new Column(staged ? StageSheetHeader : SheetHeader, staged ? ImportFields.Stage : null, null),
                    new Column(SheetRowHeader, null, null),
                ],
                map.Doubts
            );
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

    /// <summary>The headings above the row that comes next.</summary>
    private sealed class Sections
    {
        private readonly List<(int Level, string? Stage, string? Chain, string Heading)> open = [];
        private readonly List<string> titles = [];
        private (string? Stage, string Text)? sheet,
            title;
        private int closed;

        public LentByHeading? Lent { get; private set; }

        /// <summary>A sheet called 在谈 gives its rows that stage.</summary>
        public void Sheet(string name)
        {
            sheet = (StageOf(name), name);
            Settle();
        }

        /// <summary>A title above the first table; a numbered one counts for that table alone.</summary>
        public void Title(string text)
        {
            titles.Add(text.Trim());
            if (RowKinds.NumberedTitle(text) is { } heading)
                Begin(heading);
            else if (StageOf(RowKinds.TitleOf(text)) is { } stage)
                title = (stage, text.Trim());
            Settle();
        }

        public void Begin(KindOfRow kind)
        {
            open.RemoveAll(each => each.Level >= kind.Level);
            closed = Math.Min(closed, open.Count);
            open.Add((kind.Level, StageOf(kind.Title), ChainOf(kind.Title), kind.Title));
            Settle();
        }

        /// <summary>A project stands below the headings so far: they are of this table.</summary>
        public void Close() => closed = open.Count;

        /// <summary>A new table begins: of the headings only those count that stand directly above it.</summary>
        public void NextTable()
        {
            open.RemoveRange(0, closed);
            closed = 0;
            Settle();
        }

        private void Settle()
        {
            var stage = open.FindLast(each => each.Stage is not null);
            var chain = open.FindLast(each => each.Chain is not null);
            var above = title ?? sheet;
            var lent = stage.Stage ?? above?.Stage;
            List<string> texts =
            [
                .. Enumerable.Reverse(open).Select(each => each.Heading),
                .. Enumerable.Reverse(titles),
                .. sheet is { Text: var name } ? [name] : Array.Empty<string>(),
            ];
            Lent =
                lent is null && chain.Chain is null && texts.Count == 0
                    ? null
                    : new LentByHeading(
                        lent,
                        chain.Chain,
                        stage.Heading ?? (above?.Stage is null ? null : above.Value.Text) ?? chain.Heading ?? ""
                    )
                    {
                        Texts = texts,
                    };
        }

        // Only what names one stage beyond doubt: 当年签约、当年开工 names two, 推进签约 none that was reached.
        private static string? StageOf(string text) =>
            text.Length > 0
            && Stages.Parse(text) is { Value: { } stage, Doubts: var doubts }
            && doubts.All(doubt => doubt.Code == ImportCodes.StageAssumed)
                ? stage
                : null;

        private static string? ChainOf(string text) =>
            StageOf(text) is null && text.Length is > 1 and <= 20 && IndustryWords.IsMatch(text) ? text : null;

        private static readonly Regex IndustryWords = new(
            "(?:产业|产业链|行业|制造业?|材料|装备|器件|能源|医药|电子|信息|化工|汽车|零部件|食品|物流|服务业|经济|科技|软件|设备|健康|航空|航天|纺织|家电|半导体|光伏|电池|芯片|智能|医疗|生物|农业|旅游|文化)(?:类|项目|领域|板块)?$",
            RegexOptions.CultureInvariant
        );
    }
}

/// <summary>Marks that say: the same as above.</summary>
public static partial class Ditto
{
    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create(
        "同〃″\"＂“”„〞々↑'′dDsSiI"
    );

    public static bool Is(string? text) =>
        text is { Length: > 0 and <= 20 } && text.AsSpan().IndexOfAny(Letters) >= 0 && Mark().IsMatch(text.Trim());

    /// <summary>同左 says the same as on the left, which is another field.</summary>
    public static bool OfAbove(string text) => Is(text) && !Sideways().IsMatch(text);

    [GeneratedRegex(
        @"^(?:[〃″""＂“”„〞々↑]|''|′′|''''|""""|[(（]?同(?:上(?:行|栏|格|一行|述|项)?|前|左|右|下)[)）]?|ditto|do\.|same as above|idem)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Mark();

    [GeneratedRegex("[左右下]", RegexOptions.CultureInvariant)]
    private static partial Regex Sideways();
}
