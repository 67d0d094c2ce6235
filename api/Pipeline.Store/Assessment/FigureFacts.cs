using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Assessment;

/// <summary>All that figures of a period are made from, as far as a caller may count it. The ledger is read as a stretch of an index, whatever the library's size.</summary>
public sealed class FigureFacts
{
    public required FigurePeriod Period { get; init; }

    /// <summary>The rows that may count, from the beginning of the year before on; of indicators that are summed none.</summary>
    public IReadOnlyList<LedgerRow> Rows => Ledger.Rows;

    private LedgerCount Ledger { get; }

    /// <summary>What was stated in the year and the year before, as it stands.</summary>
    public required IReadOnlyList<StatedRow> Stated { get; init; }
    public required IReadOnlyList<Target> Targets { get; init; }
    public RuleBook Book { get; }
    public IReadOnlyDictionary<string, AgreedShares> Agreements { get; }

    /// <summary>The units that report, in the order of their codes; of a unit that counts for itself only it.</summary>
    public required IReadOnlyList<JurisdictionRow> Units { get; init; }

    /// <summary>Whether facts of an older library are still being written into the ledger, so that figures are not complete.</summary>
    public required bool IsBeingBuilt { get; init; }

    /// <summary>What indicators come to that are told from sums; null: all are counted row by row.</summary>
    private SummedFacts? Sums { get; init; }

    /// <summary>The figures of a closed period, which are read and not made (R108); null: they are made from the ledger.</summary>
    public ClosedFigures? Closed { get; init; }

    /// <summary>What places have moved against (R116): the last closed month of the year before the period; null where there is none.</summary>
    public ClosedFigures? LastClosed { get; init; }

    private FigureFacts(LedgerCount ledger, RuleBook book, IReadOnlyDictionary<string, AgreedShares> agreements) =>
        (Ledger, Book, Agreements) = (ledger, book, agreements);

    private FigureFacts(
        IReadOnlyList<LedgerRow> rows,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
        : this(new LedgerCount(rows, book, agreements), book, agreements) { }

    /// <summary>Reads what some indicators need.</summary>
    /// <param name="knownAt">What was recorded, stated or published later is left out (R110); null: all.</param>
    /// <param name="upTo">The last row of the ledger that counts, where a period is being closed.</param>
    /// <param name="sums">Where the figures alone are wanted, not the rows behind them: the sums that they are told from.</param>
    public static async Task<FigureFacts> Load(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        IReadOnlyCollection<IndicatorDefinition> definitions,
        FigurePeriod period,
        DateTimeOffset? knownAt = null,
        long? upTo = null,
        FigureSums? sums = null
    )
    {
        var book = await ruleBooks.Load(session);
        List<IndicatorDefinition> summed =
            sums is null || period.ByOccurrence || knownAt is not null || upTo is not null
                ? []
                : [.. definitions.Where(definition => definition is { IsStated: false, View: RatioView.Period })];
        var facts = summed.Count == 0 ? null : await SummedFacts.Load(sums!, session, caller, summed, period, book);
        var wanted = new WantedRows(definitions.Except(summed), period);
        var rows =
            wanted.Kinds.Count == 0
                ? []
                : await VisibleLedger.Read(
                    session,
                    caller,
                    wanted.Kinds,
                    wanted.First,
                    wanted.Last,
                    knownAt: knownAt,
                    upTo: upTo
                );
        if (wanted.LateNotices)
            rows = await MarkLate(session, rows, knownAt);
        var mine = Permissions.ReadsCity(caller) ? null : caller.Unit ?? "";
        return new FigureFacts(rows, book, await AgreementRow.Named(session, [.. rows, .. facts?.Besides ?? []]))
        {
            Period = period,
            Stated = await StatedRow.Standing(session, period.Year, knownAt),
            Targets = await TargetRow.InForce(session, period.Year, knownAt),
            Sums = facts,
            Units =
            [
                .. (await JurisdictionRow.All(session)).Where(unit =>
                    unit is { Reports: true, Active: true } && (mine is null || unit.Id == mine)
                ),
            ],
            IsBeingBuilt = await KeepLedger.IsBeingBuilt(session),
            LastClosed = mine is null && upTo is null ? await ClosedBefore(session, caller, period) : null,
        };
    }

    /// <summary>A closed period as its snapshot tells it.</summary>
    /// <param name="withRows">Whether the facts behind the figures are read too.</param>
    public static async Task<FigureFacts> Of(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        ClosedFigures closed,
        FigurePeriod period,
        bool withRows
    ) =>
        new(
            withRows ? await closed.Rows(session, caller, period) : [],
            await ruleBooks.Load(session),
            closed.Agreements
        )
        {
            Period = period,
            Stated = withRows ? await StatedRow.Standing(session, period.Year, closed.Snapshot.MadeAt) : [],
            Targets = [],
            Units =
            [
                .. closed.Units.Select(unit => new JurisdictionRow
                {
                    Id = unit.Id,
                    Code = unit.Code,
                    Name = unit.Name,
                    Kind = Slug.Of(unit.Kind),
                    Aliases = "",
                }),
            ],
            IsBeingBuilt = false,
            Closed = closed,
            LastClosed = await ClosedBefore(session, caller, period),
        };

    private static async Task<ClosedFigures?> ClosedBefore(Session session, Caller caller, FigurePeriod period) =>
        !period.ByOccurrence
        && await SnapshotRow.LastBefore(session, period.ToDate.First, period.Own.Last) is { } before
            ? await ClosedFigures.Load(session, caller, before, before.Period)
            : null;

    /// <summary>The same from some of the rows.</summary>
    public FigureFacts Where(Func<LedgerRow, bool> counts) =>
        new([.. Rows.Where(counts)], Book, Agreements)
        {
            Period = Period,
            Stated = Stated,
            Targets = Targets,
            Units = Units,
            IsBeingBuilt = IsBeingBuilt,
        };

    /// <summary>The same with what has come into the ledger since, and what is stated and aimed at by now: what was counted is not counted again.</summary>
    /// <param name="since">All rows of the ledger behind the last that was read.</param>
    public async Task<FigureFacts> With(
        Session session,
        RuleBooks ruleBooks,
        IReadOnlyCollection<IndicatorDefinition> definitions,
        IReadOnlyList<LedgerRow> since
    )
    {
        var wanted = new WantedRows(definitions, Period);
        var more = since.Where(wanted.Takes).ToList();
        if (wanted.LateNotices)
            more = await MarkLate(session, more, null);
        var agreements = new Dictionary<string, AgreedShares>(Agreements, StringComparer.Ordinal);
        foreach (var (id, shares) in await AgreementRow.Named(session, more))
            agreements[id] = shares;
        var book = await ruleBooks.Load(session);
        return new FigureFacts(Ledger.With(more, book, agreements), book, agreements)
        {
            Period = Period,
            Stated = await StatedRow.Standing(session, Period.Year),
            Targets = await TargetRow.InForce(session, Period.Year),
            Units = Units,
            IsBeingBuilt = IsBeingBuilt,
        };
    }

    /// <summary>The rows by which some indicators are counted in a period.</summary>
    private sealed class WantedRows
    {
        public WantedRows(IEnumerable<IndicatorDefinition> definitions, FigurePeriod period)
        {
            var counted = definitions.Where(definition => !definition.IsStated).ToList();
            Kinds = [.. counted.SelectMany(definition => definition.Compile().Kinds).Distinct()];
            First = period.YearBefore.First[..4] + "-01";

            // What occurred in a period may be booked later, and a cohort may land later.
            var isOpen = period.ByOccurrence || counted.Any(definition => definition.View == RatioView.Cohort);
            Last = isOpen ? null : period.Own.Last;
            LateNotices = counted.Any(definition => definition.CountsLateNotices);
        }

        public IReadOnlyList<FactKind> Kinds { get; }

        /// <summary>The first month.</summary>
        public string First { get; }

        /// <summary>The last month; null: all from the first on.</summary>
        public string? Last { get; }

        /// <summary>Whether it matters which signings were notified late.</summary>
        public bool LateNotices { get; }

        public bool Takes(LedgerRow row) =>
            Kinds.Contains(row.Fact.Kind)
            && string.CompareOrdinal(row.Period, First) >= 0
            && (Last is null || string.CompareOrdinal(row.Period, Last) <= 0);
    }

    /// <summary>The figures of an indicator.</summary>
    public FigureTable TableOf(IndicatorDefinition definition) =>
        Closed?.TableOf(definition.Id) ?? TableOf(definition, Period);

    /// <summary>The figures of an indicator at another time within what was read.</summary>
    public FigureTable TableOf(IndicatorDefinition definition, FigurePeriod period) =>
        definition.IsStated
            ? FigureTable.FromStated(
                definition,
                period,
                StatedRow.Values(Stated),
                Units.Select(unit => unit.Id),
                Targets
            )
        : Sums?.Has(definition) == true ? FromSums(Sums, definition.Compile(), period)
        : FigureTable.FromLedger(definition.Compile(), period, Ledger, Units.Select(unit => unit.Id), Targets);

    private FigureTable FromSums(SummedFacts sums, CountingIndicator indicator, FigurePeriod period) =>
        FigureTable.FromTallies(
            indicator,
            period,
            (bracket, span, adjusting) => sums.Count(indicator, bracket, span, adjusting, Book, Agreements),
            Units.Select(unit => unit.Id),
            Targets
        );

    /// <summary>The rows with those of signings marked whose notice was late or missing (R32): as the projects' flags say by now, or as they were known at an instant (R110). One statement, however many there are.</summary>
    private static async Task<List<LedgerRow>> MarkLate(Session session, List<LedgerRow> rows, DateTimeOffset? knownAt)
    {
        var signed = rows.Where(row => row.Fact.Kind == FactKind.Signed).Select(row => row.Period).ToList();
        if (signed.Count == 0)
            return rows;
        var (first, last) = (signed.Min(StringComparer.Ordinal), signed.Max(StringComparer.Ordinal));
        var late = knownAt is { } at
            ? await LateAt(session, first!, last!, at)
            : (await session.Query<string>(SelectLate, new { first, last })).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rows.Select(row =>
                row.Fact.Kind == FactKind.Signed && late.Contains(row.ProjectId) ? row with { LateNotice = true } : row
            ),
        ];
    }

    /// <summary>The projects whose flag had been set by an instant and not been lifted by then; the timeline keeps both.</summary>
    private static async Task<HashSet<string>> LateAt(Session session, string first, string last, DateTimeOffset at) =>
        [.. (
                await session.Query<Flagging>(
                    SelectFlaggings,
                    new
                    {
                        first,
                        last,
                        at,
                    }
                )
            ).GroupBy(entry => entry.ProjectId).Where(entries => entries.Last().Kind == FlagSet).Select(entries => entries.Key)];

    private sealed class Flagging
    {
        public required string ProjectId { get; init; }
        public required string Kind { get; init; }
    }

    private static readonly string FlagSet = Slug.Of(EntryKind.SigningFlagged);

    private const string SelectFlaggings = """
        SELECT t.project_id, t.kind FROM timeline t
        WHERE t.project_id IN (SELECT l.project_id FROM ledger l WHERE l.kind = 'signed' AND l.period >= @first AND l.period <= @last)
          AND t.kind IN ('signing-flagged', 'flag-lifted') AND t.at <= @at
        ORDER BY t.seq
        """;
    private const string SelectLate = """
        SELECT DISTINCT l.project_id FROM projects p JOIN ledger l ON l.project_id = p.id
        WHERE p.late_notice = 1 AND l.kind = 'signed' AND l.period >= @first AND l.period <= @last
        """;
}
