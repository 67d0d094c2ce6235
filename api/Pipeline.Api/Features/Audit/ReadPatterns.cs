using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Audit;

/// <summary>Reads the unusual patterns in the facts of a year (§15.11), from the ledger as it stands now.</summary>
public static class ReadPatterns
{
    // What is listed of one pattern, and of all patterns of one kind; how many more there are is told.
    private const int MostFacts = 50,
        MostPatterns = 100,
        Batch = 400;

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = (int?)query.Whole("year", TargetRow.FirstYear, TargetRow.LastYear);
        var kind = query.Choice<PatternKind>("kind");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var year = asked ?? session.Today.Year;
            var standing = await session.Rows(
                SelectStanding,
                LedgerRows.Read,
                new
                {
                    kinds = Slug.All<FactKind>().ToList(),
                    first = $"{year:0000}-01",
                    last = $"{year:0000}-12",
                }
            );
            var found = new List<(UnusualPattern Pattern, string? VoucherNo)>();
            void Add(IEnumerable<UnusualPattern> patterns) =>
                found.AddRange(patterns.Select(pattern => (pattern, (string?)null)));
            if (kind is null or PatternKind.VoucherTwice)
                found.AddRange(await SameVouchers(session, standing));
            if (kind is null or PatternKind.YearEnd)
                Add(UnusualPatterns.BunchedAtYearsEnd(standing, year));
            if (kind is null or PatternKind.JustOver)
                Add(UnusualPatterns.JustOver(standing, await Thresholds(session, await ruleBooks.Current(session))));
            if (kind is null or PatternKind.LateEntry)
                Add(UnusualPatterns.RecordedLate(await FirstRows(session, standing)));

            var listed = found
                .GroupBy(one => one.Pattern.Kind)
                .OrderBy(patterns => patterns.Key)
                .SelectMany(patterns => patterns.OrderByDescending(one => one.Pattern.Rows.Count).Take(MostPatterns))
                .ToList();
            return Reply.Plain(
                new PatternsPage
                {
                    Year = year,
                    Limits = new PatternLimits(
                        UnusualPatterns.LateAfterDays,
                        UnusualPatterns.NearThreshold,
                        UnusualPatterns.LeastFacts,
                        UnusualPatterns.Times
                    ),
                    DecemberBegun = session.Today >= new DateOnly(year, 12, 1),
                    Items = await Views(session, call.Caller, listed),
                    Left = found.Count - listed.Count,
                }
            );
        });
    }

    /// <summary>The thresholds that decide over something: of the rule set in force, and of the indicators in use.</summary>
    private static async Task<IReadOnlyList<Threshold>> Thresholds(Session session, RuleSet rules)
    {
        static Threshold From(Money money) => new(money.Amount, money.Currency);
        return
        [
            .. rules
                .ReportThresholds.Select(From)
                .Concat(rules.NoticeThresholds ?? [])
                .Concat(rules.Coordination.Select(From))
                .Append(From(rules.LeaderLink.From))
                .Concat(
                    (await IndicatorRow.InUse(session))
                        .Where(indicator => !indicator.IsStated)
                        .SelectMany(indicator =>
                            FactFilter.Known(indicator.Filter!).Thresholds.Concat(indicator.Brackets?.Limits ?? [])
                        )
                )
                .Distinct(),
        ];
    }

    /// <summary>Entries of capital of the year whose voucher stands behind another entry too, of whatever year.</summary>
    private static async Task<List<(UnusualPattern, string? VoucherNo)>> SameVouchers(
        Session session,
        List<LedgerRow> standing
    )
    {
        var vouchers = new HashSet<(string Kind, string Key)>();
        foreach (
            var ids in standing
                .Where(row => row.Fact.Kind == FactKind.Capital)
                .Select(row => row.Fact.Subject)
                .Chunk(Batch)
        )
            vouchers.UnionWith(
                (await session.Query<Voucher>(SelectShared, new { ids })).Select(one =>
                    (one.VoucherKind, one.VoucherKey)
                )
            );

        var entries = new List<Voucher>();
        foreach (var keys in vouchers.Select(voucher => voucher.Key).Distinct().Chunk(Batch))
            entries.AddRange(await session.Query<Voucher>(SelectBehind, new { keys }));
        var rows = new Dictionary<string, LedgerRow>(StringComparer.Ordinal);
        foreach (var projects in entries.Select(entry => entry.ProjectId).Distinct().Chunk(Batch))
        {
            var of = Ledgers.Standing(await LedgerRows.OfProjects(session, [.. projects]));
            foreach (var row in of.Where(row => row.Fact.Kind == FactKind.Capital))
                rows[row.Fact.Subject] = row;
        }

        return
        [
            .. entries
                .Where(entry => vouchers.Contains((entry.VoucherKind, entry.VoucherKey)) && rows.ContainsKey(entry.Id))
                .GroupBy(entry => (entry.VoucherKind, entry.VoucherKey))
                .Select(voucher =>
                    (
                        new UnusualPattern(
                            PatternKind.VoucherTwice,
                            null,
                            FactKind.Capital,
                            null,
                            null,
                            [.. voucher.Select(entry => rows[entry.Id])]
                        ),
                        (string?)voucher.First().VoucherNo
                    )
                ),
        ];
    }

    /// <summary>The first row of each fact that may be late, imported ones left out.</summary>
    private static async Task<List<LedgerRow>> FirstRows(Session session, List<LedgerRow> standing)
    {
        // What was recorded soon enough as it stands was so from the first.
        var late = standing
            .Where(row => Shanghai.DateOf(row.RecordedAt) > row.Fact.OccurredOn.AddDays(UnusualPatterns.LateAfterDays))
            .ToList();
        var first = new List<LedgerRow>();
        foreach (var projects in late.Select(row => row.ProjectId).Distinct().Chunk(Batch))
        {
            var rows = (await LedgerRows.OfProjects(session, [.. projects])).ToLookup(row =>
                (row.ProjectId, row.Fact.Kind, row.Fact.Subject)
            );
            first.AddRange(
                late.Where(row => projects.Contains(row.ProjectId))
                    .Select(row => rows[(row.ProjectId, row.Fact.Kind, row.Fact.Subject)].First())
                    .Where(row => row.CauseKind != "import")
            );
        }

        return first;
    }

    private static async Task<IReadOnlyList<PatternView>> Views(
        Session session,
        Caller caller,
        List<(UnusualPattern Pattern, string? VoucherNo)> found
    )
    {
        var names = await ProjectNames.Of(
            session,
            caller,
            found.SelectMany(one => one.Pattern.Rows.Take(MostFacts)).Select(row => row.ProjectId)
        );
        var units = (await JurisdictionRow.All(session)).ToDictionary(unit => unit.Id, StringComparer.Ordinal);
        UnitRef Unit(string id) => new(id, units[id].Name);
        return
        [
            .. found.Select(one => new PatternView
            {
                Kind = one.Pattern.Kind,
                Unit = one.Pattern.UnitId is { } unit ? Unit(unit) : null,
                FactKind = one.Pattern.FactKind,
                Threshold = one.Pattern.Threshold,
                VoucherNo = one.VoucherNo,
                Count = one.Pattern.Rows.Count,
                ComparedWith = one.Pattern.ComparedWith,
                Facts =
                [
                    .. one
                        .Pattern.Rows.Take(MostFacts)
                        .Select(row => new PatternFact(
                            new AuditProject(row.ProjectId, names[row.ProjectId].Code, names[row.ProjectId].Name),
                            Unit(row.Fact.LandingId),
                            row.Fact.Kind,
                            row.Fact.OccurredOn,
                            Shanghai.DateOf(row.RecordedAt),
                            row.Fact.Amount,
                            row.Fact.Kind == FactKind.Capital ? row.Fact.Subject : null
                        )),
                ],
            }),
        ];
    }

    private sealed class Voucher
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public required string VoucherKind { get; init; }
        public required string VoucherKey { get; init; }
        public required string VoucherNo { get; init; }
    }

    private const string SelectStanding =
        $"SELECT {LedgerRows.Columns} FROM ledger l WHERE l.kind IN @kinds AND l.period >= @first AND l.period <= @last AND l.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses = l.seq) ORDER BY l.seq";
    private const string VoucherColumns =
        "SELECT e.id, e.project_id, e.voucher_kind, e.voucher_key, e.voucher_no FROM capital_entries e";
    private const string SelectShared =
        $"{VoucherColumns} WHERE e.id IN @ids AND EXISTS (SELECT 1 FROM capital_entries d WHERE d.voucher_key = e.voucher_key AND d.voucher_kind = e.voucher_kind AND d.id <> e.id AND d.status = 'verified')";
    private const string SelectBehind =
        $"{VoucherColumns} WHERE e.voucher_key IN @keys AND e.status = 'verified' ORDER BY e.seq";
}

/// <summary>By which limits patterns are found: the same for every unit.</summary>
public sealed record PatternLimits(int LateAfterDays, decimal NearThreshold, int LeastFacts, int Times);

/// <summary>A fact of a pattern.</summary>
/// <param name="RecordedOn">The day on which it was recorded.</param>
/// <param name="CapitalId">The entry of capital, where it is one.</param>
public sealed record PatternFact(
    AuditProject Project,
    UnitRef Unit,
    FactKind Kind,
    DateOnly OccurredOn,
    DateOnly RecordedOn,
    Money? Amount,
    string? CapitalId
);

/// <summary>Facts that look unusual together.</summary>
public sealed record PatternView
{
    public required PatternKind Kind { get; init; }

    /// <summary>Absent: of the city as a whole, or of several units.</summary>
    public UnitRef? Unit { get; init; }

    /// <summary>The kind of its facts, where they are of one.</summary>
    public FactKind? FactKind { get; init; }
    public Threshold? Threshold { get; init; }

    /// <summary>The number of the voucher that stands behind several entries.</summary>
    public string? VoucherNo { get; init; }
    public required int Count { get; init; }

    /// <summary>What the number was held against: the mean of the months before December, the number just below the threshold.</summary>
    public decimal? ComparedWith { get; init; }

    /// <summary>At most 50 of its facts.</summary>
    public required IReadOnlyList<PatternFact> Facts { get; init; }
}

/// <summary>What looks unusual in the facts of a year.</summary>
public sealed record PatternsPage
{
    public required int Year { get; init; }
    public required PatternLimits Limits { get; init; }

    /// <summary>Whether December has begun, so that facts could bunch in it.</summary>
    public required bool DecemberBegun { get; init; }
    public required IReadOnlyList<PatternView> Items { get; init; }

    /// <summary>Patterns that are not listed, as there are more than 100 of their kind.</summary>
    public required int Left { get; init; }
}
