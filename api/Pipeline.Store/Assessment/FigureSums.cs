using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Assessment;

/// <summary>Keeps what the ledger comes to under each indicator, by months, in the memory of the process: who asks for figures reads the rows that have come since, not those of two years. The ledger only grows, so that what was summed stays right; a process that starts sums anew.</summary>
public sealed class FigureSums : IDisposable
{
    private const int MostIndicators = 300;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, IReadOnlyList<LedgerSums>> kept = new(StringComparer.Ordinal);

    /// <summary>The last row that is summed, and the first month of which rows are.</summary>
    private long last;
    private string first = "";

    /// <summary>The sums of some indicators as the ledger stands, each with those of its brackets behind it.</summary>
    /// <param name="definitions">Indicators that are made from the ledger, none of them a ratio by cohort.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<SummedLedger>>> Stand(
        Session session,
        IReadOnlyCollection<IndicatorDefinition> definitions,
        FigurePeriod period,
        RuleBook book
    )
    {
        await turn.WaitAsync(session.Abandoned);
        try
        {
            var head = (await session.One<LedgerWriter.Head>(LedgerWriter.SelectHead))!.Seq;
            await CatchUp(session, head, period.YearBefore.First[..4] + "-01", book);
            await Begin(session, definitions, book);
            var asked = definitions.ToDictionary(
                definition => definition.Id,
                definition => kept[definition.CountingKey],
                StringComparer.Ordinal
            );
            foreach (var span in new[] { period.Own, period.ToDate, period.YearBefore })
                await Cut(
                    session,
                    [.. asked.Values.SelectMany(sums => sums).Where(sum => sum.Lacks(span))],
                    span,
                    book
                );
            return asked.ToDictionary(
                sums => sums.Key,
                sums => (IReadOnlyList<SummedLedger>)[.. sums.Value.Select(sum => sum.Stand())],
                StringComparer.Ordinal
            );
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Adds the rows that have come since; begins anew for months before the first, and for a ledger that is shorter, as a restored one is.</summary>
    private async Task CatchUp(Session session, long head, string from, RuleBook book)
    {
        if (head < last || first.Length == 0 || string.CompareOrdinal(from, first) < 0 || kept.Count > MostIndicators)
        {
            kept.Clear();
            first = first.Length == 0 || string.CompareOrdinal(from, first) < 0 ? from : first;
        }
        else if (head > last && kept.Count > 0)
        {
            // Read whole before any is added: who gives up in between leaves the sums as they were.
            foreach (var row in await session.Rows(SelectSince, LedgerRows.Read, new { last, head }))
                AddTo(kept.Values, row, book);
        }

        last = head;
    }

    /// <summary>Sums the indicators that are not summed yet, in one reading of the ledger.</summary>
    private async Task Begin(Session session, IReadOnlyCollection<IndicatorDefinition> definitions, RuleBook book)
    {
        var missing = definitions.Where(definition => !kept.ContainsKey(definition.CountingKey)).ToList();
        if (missing.Count == 0)
            return;
        var sums = missing.ToDictionary(
            definition => definition.CountingKey,
            definition =>
            {
                var indicator = definition.Compile();
                return (IReadOnlyList<LedgerSums>)
                    [
                        new LedgerSums(indicator),
                        .. indicator.Brackets.Select((_, at) => new LedgerSums(indicator.OfBracket(at))),
                    ];
            },
            StringComparer.Ordinal
        );
        await session.Each(
            SelectFrom,
            row => AddTo(sums.Values, LedgerRows.Read(row), book),
            new
            {
                kinds = Slug.All<FactKind>().ToList(),
                first,
                last,
            }
        );
        foreach (var (key, sum) in sums)
            kept.Add(key, sum);
    }

    private void AddTo(IEnumerable<IReadOnlyList<LedgerSums>> sums, LedgerRow row, RuleBook book)
    {
        if (string.CompareOrdinal(row.Period, first) < 0)
            return;
        foreach (var each in sums)
        foreach (var sum in each)
            sum.Add(row, book);
    }

    /// <summary>Counts the days of a month up to the end of a span, for the sums that lack them.</summary>
    private async Task Cut(Session session, IReadOnlyCollection<LedgerSums> lacking, FigureSpan span, RuleBook book)
    {
        if (lacking.Count == 0)
            return;
        var rows = await session.Rows(
            SelectDays,
            LedgerRows.Read,
            new
            {
                kinds = Slug.All<FactKind>().ToList(),
                first = Periods.MonthOf(span.Until),
                last,
                from = new DateOnly(span.Until.Year, span.Until.Month, 1),
                until = span.Until,
            }
        );
        foreach (var sum in lacking)
            sum.Cut(span.Until, rows, book);
    }

    private const string Summed = $"SELECT {LedgerRows.Columns} FROM ledger l WHERE l.agreement_id IS NULL";
    private const string SelectSince = $"{Summed} AND l.seq > @last AND l.seq <= @head ORDER BY l.seq";
    private const string SelectFrom =
        $"{Summed} AND l.kind IN @kinds AND l.period >= @first AND l.period <= '9999-12' AND l.seq <= @last ORDER BY l.seq";
    private const string SelectDays =
        $"{Summed} AND l.kind IN @kinds AND l.period >= @first AND l.period <= '9999-12' AND l.seq <= @last AND l.occurred_on >= @from AND l.occurred_on <= @until ORDER BY l.seq";
}

/// <summary>What the facts of a period come to for one reader: the sums of the ledger, less what is hidden from the reader, and with the rows that no sum has.</summary>
/// <param name="sums">By indicator, each with those of its brackets behind it.</param>
/// <param name="besides">Rows under agreements, and those that are hidden, taken back.</param>
/// <param name="late">Signings whose notice was late or missing, which are summed as if it was not.</param>
/// <param name="only">The unit that reads; null: who reads the city.</param>
public sealed class SummedFacts(
    IReadOnlyDictionary<string, IReadOnlyList<SummedLedger>> sums,
    IReadOnlyList<LedgerRow> besides,
    IReadOnlyList<LedgerRow> late,
    string? only
)
{
    /// <summary>Whether an indicator is summed.</summary>
    public bool Has(IndicatorDefinition definition) => sums.ContainsKey(definition.Id);

    /// <summary>What comes to an indicator (null), or to one of its brackets, in a span; of adjustments alone or not.</summary>
    public Tallies Count(
        CountingIndicator indicator,
        int? bracket,
        FigureSpan span,
        bool adjusting,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements
    )
    {
        var count = new TallyCount();
        count.Add(sums[indicator.Definition.Id][bracket is { } at ? at + 1 : 0].Of(span, adjusting));
        var counting = bracket is { } of ? indicator.OfBracket(of) : indicator;
        foreach (
            var row in (indicator.Definition.CountsLateNotices ? besides.Concat(Corrections) : besides).Where(row =>
                span.Takes(row) && (!adjusting || span.IsAdjusting(row))
            )
        )
            count.Add(counting, row, book, agreements);
        var told = count.Told();
        return only is null ? told : told.Only(only);
    }

    private IEnumerable<LedgerRow> Corrections =>
        late.Where(row => row.AgreementId is null)
            .SelectMany(row => new[] { row with { LateNotice = false, Sign = -row.Sign }, row });

    /// <summary>Reads what some indicators come to.</summary>
    public static async Task<SummedFacts> Load(
        FigureSums sums,
        Session session,
        Caller caller,
        IReadOnlyCollection<IndicatorDefinition> definitions,
        FigurePeriod period,
        RuleBook book
    )
    {
        var (first, end) = (period.YearBefore.First[..4] + "-01", period.Own.Last);
        var kinds = definitions.SelectMany(definition => definition.Compile().Kinds).Distinct().ToList();
        var late = definitions.Any(definition => definition.CountsLateNotices)
            ? await VisibleLedger.ReadLate(session, caller, first, end)
            : [];
        var isLate = late.Select(row => row.Seq).ToHashSet();
        var agreed =
            kinds.Count == 0 ? [] : await VisibleLedger.Read(session, caller, kinds, first, end, onlyAgreed: true);
        var hidden = kinds.Count == 0 ? [] : await VisibleLedger.ReadHidden(session, caller, kinds, first, end);
        return new SummedFacts(
            await sums.Stand(session, definitions, period, book),
            [
                .. agreed.Select(row => isLate.Contains(row.Seq) ? row with { LateNotice = true } : row),
                .. hidden.Where(row => row.AgreementId is null).Select(row => row with { Sign = -row.Sign }),
            ],
            late,
            Permissions.ReadsCity(caller) ? null : caller.Unit ?? ""
        );
    }

    /// <summary>The rows under agreements, of which the agreements have to be known.</summary>
    public IReadOnlyList<LedgerRow> Besides => besides;
}
