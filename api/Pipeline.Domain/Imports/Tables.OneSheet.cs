namespace Pipeline.Domain.Imports;

public static partial class Tables
{
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
}
