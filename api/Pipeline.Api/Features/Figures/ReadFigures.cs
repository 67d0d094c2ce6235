using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Figures;

/// <summary>What a request for figures names.</summary>
internal sealed record FigureQuery(string? Period, DateOnly? AsOf, DateTimeOffset? KnownAt, string? Snapshot)
{
    public static FigureQuery Read(QueryReader query, bool clocks = true)
    {
        var period = query.Text("period", 7);
        if (period is not null && Periods.Booked(period) is null)
            query.Refuse("period", "period");
        var snapshot = query.Text("snapshot", 32);
        return clocks
            ? new FigureQuery(period, query.Date("asOf"), query.Instant("knownAt"), snapshot)
            : new FigureQuery(period, null, null, snapshot);
    }

    /// <summary>A snapshot stands for an instant, so it takes no other (R110).</summary>
    public Refusal? Refusal =>
        Snapshot is not null && (AsOf is not null || KnownAt is not null)
            ? new Refusal(RefusalKind.Invalid, "snapshot-with-instant")
            : null;

    /// <summary>Where the figures asked for are found: in the snapshot that was named, or in that of a closed period; else they are made.</summary>
    public async Task<Result<FigureSource>> Find(Session session, Caller caller)
    {
        var named = Snapshot is null ? null : await SnapshotRow.ById(session, Snapshot);
        if (Snapshot is not null && named is null)
            return Domain.Refusal.Invalid(new FieldError("snapshot", "snapshot"));
        var period = named is null ? await Complete(session) : FigurePeriod.Over(Period ?? named.Period);
        if (period.ByOccurrence)
            return new FigureSource(period, null);
        if ((named ?? await SnapshotRow.Telling(session, period.Text)) is not { } snapshot)
            return new FigureSource(period, null);
        var closed = await ClosedFigures.Load(session, caller, snapshot, period.Text);
        return closed is not null ? new FigureSource(FigurePeriod.Over(period.Text), closed)
            : named is not null ? Domain.Refusal.Invalid(new FieldError("period", "snapshot-period"))
            : new FigureSource(period, null);
    }

    /// <summary>The period that is asked for: without one the last year that has targets, else the current one.</summary>
    public async Task<FigurePeriod> Complete(Session session) =>
        new(
            Period
                ?? (await TargetRow.LastYearWithTargets(session, session.Today.Year) ?? session.Today.Year).ToString(
                    CultureInfo.InvariantCulture
                ),
            AsOf ?? session.Today,
            AsOf is not null || KnownAt is not null
        );
}

/// <summary>A period, and the snapshot that tells its figures; null: they are made from the ledger.</summary>
internal sealed record FigureSource(FigurePeriod Period, ClosedFigures? Closed)
{
    /// <summary>The indicators that there are figures of: those in use, or that were when the period was closed.</summary>
    public async Task<IReadOnlyList<IndicatorDefinition>> Indicators(Session session) =>
        Closed is null ? await IndicatorRow.InUse(session) : [.. Closed.Tables.Select(table => table.Definition)];

    /// <summary>What the figures of some indicators are told from.</summary>
    /// <param name="withRows">Whether the facts behind the figures are wanted too.</param>
    /// <param name="sums">What figures without their facts are told from.</param>
    public Task<FigureFacts> Facts(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        IReadOnlyCollection<IndicatorDefinition> definitions,
        DateTimeOffset? knownAt = null,
        bool withRows = false,
        FigureSums? sums = null
    ) =>
        Closed is null
            ? FigureFacts.Load(session, caller, ruleBooks, definitions, Period, knownAt, sums: withRows ? null : sums)
            : FigureFacts.Of(session, caller, ruleBooks, Closed, Period, withRows);

    /// <summary>Whether the caller reads the figures of all units and the city: who reads the city, and of closed periods every unit (§13).</summary>
    public bool ShowsAll(Caller caller) => Permissions.ReadsCity(caller) || Closed is not null;

    /// <summary>Whether secret projects that are not open to the caller are left out.</summary>
    public bool WithoutSecret(Caller caller) => ShowsAll(caller) && !Permissions.ReadsSecret(caller);
}

/// <summary>Who reads figures, as asked, from where.</summary>
internal sealed record FigureReader(Caller Caller, FigureQuery Asked, FigureSource Source)
{
    public bool ShowsAll => Source.ShowsAll(Caller);

    /// <summary>Where a figure opens to what it is made of; null for a unit where it is not its own.</summary>
    /// <param name="unit">Null: the city.</param>
    public string? LinkOf(string indicator, string period, string? unit)
    {
        if (!Permissions.ReadsCity(Caller) && (unit is null || unit != Caller.Unit))
            return null;
        var link =
            $"/api/v1/figures/explain?indicator={indicator}&period={period}&jurisdictionId={unit ?? TargetRow.City}";
        if (Asked.AsOf is { } day)
            link += $"&asOf={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        if (Source.Closed is { } closed)
            link += $"&snapshot={closed.Snapshot.Id}";
        return Asked.KnownAt is { } at ? $"{link}&knownAt={Uri.EscapeDataString(Slug.Stamp(at))}" : link;
    }
}

/// <summary>Reads figures (R100–R103): pure functions of the ledger, of what was stated and of the targets.</summary>
public static class ReadFigures
{
    private const int MostIndicators = 100;

    /// <summary>What figures are told apart by.</summary>
    public enum By
    {
        Unit,
        Month,
        Industry,
        Chain,
    }

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks, FigureSums sums)
    {
        var query = new QueryReader(call.Request);
        var asked = FigureQuery.Read(query);
        var ids = query.Text("indicators", 4000)?.Split(',', StringSplitOptions.TrimEntries);
        var by = query.Choice<By>("by") ?? By.Unit;
        var group = query.Choice<UnitGroup>("group");
        var unit = query.Text("jurisdictionId", 32);
        if (ids is { Length: > MostIndicators })
            query.Refuse("indicators", "count", 1, MostIndicators);
        if ((query.Refusal() ?? asked.Refusal) is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var found = await asked.Find(session, call.Caller);
            if (found.Refusal is { } unfound)
                return (Reply)unfound;
            var source = found.Value;
            var inUse = await source.Indicators(session);
            var definitions = ids is null ? inUse : [.. inUse.Where(one => ids.Contains(one.Id))];
            if (ids?.FirstOrDefault(id => inUse.All(one => one.Id != id)) is { } unknown)
                return (Reply)Refusal.Invalid(new FieldError("indicators", "indicator", unknown));
            var period = source.Period;
            var facts = await source.Facts(
                session,
                call.Caller,
                ruleBooks,
                definitions,
                asked.KnownAt,
                withRows: by != By.Unit,
                sums
            );
            var reader = new FigureReader(call.Caller, asked, source);
            var city = Permissions.ReadsCity(call.Caller);
            var listed = UnitsOf(facts, group);
            var tables = definitions.Select(facts.TableOf).ToList();
            List<FigureView> items =
                by == By.Unit
                    ? [.. tables.SelectMany(table => ByUnit(facts, table, listed, unit, reader))]
                    : await ByOther(session, call.Caller, facts, definitions, by, city ? unit : call.Caller.Unit ?? "");
            return Reply.Plain(
                new FigurePage
                {
                    Period = period.Text,
                    MonthsOver = period.MonthsOver,
                    Indicators = [.. definitions.Select(FigureIndicator.Of)],
                    Items = items,
                    City = reader.ShowsAll ? [.. tables.Select(table => CityOf(table, facts, reader))] : null,
                    DoubleCounted = reader.ShowsAll ? DoubleCountsOf(tables) : null,
                    SnapshotId = source.Closed?.Snapshot.Id,
                    WithoutSecret = source.WithoutSecret(call.Caller),
                    Incomplete = facts.IsBeingBuilt,
                    Proof = source.Closed is null ? await ProofView.Last(session, call.Caller) : null,
                }
            );
        });
    }

    /// <summary>The units of a group, in the order of their codes.</summary>
    internal static List<JurisdictionRow> UnitsOf(FigureFacts facts, UnitGroup? group) =>
        [
            .. facts.Units.Where(unit =>
                Slug.To<JurisdictionKind>(unit.Kind) switch
                {
                    JurisdictionKind.County or JurisdictionKind.District or JurisdictionKind.City => group
                        is null
                            or UnitGroup.Counties,
                    JurisdictionKind.Zone => group is null or UnitGroup.Zones,
                    JurisdictionKind.Office => group is null or UnitGroup.Offices,
                    _ => group is null,
                }
            ),
        ];

    internal static FigureView CityOf(FigureTable table, FigureFacts facts, FigureReader reader) =>
        FigureView.From(table.City, table.Definition.Id, facts.Period.Text) with
        {
            Brackets =
                table.Brackets.Count == 0
                    ? null
                    : [.. table.Brackets.Select(bracket => bracket.Tallies.City.Whole.Count)],
            Explain = reader.LinkOf(table.Definition.Id, facts.Period.Text, null),
        };

    internal static IReadOnlyList<DoubleCount> DoubleCountsOf(IEnumerable<FigureTable> tables) =>
        [
            .. tables
                .Where(table => table.DoubleCounted is not (null or 0))
                .Select(table => new DoubleCount(table.Definition.Id, Millionths.Told(table.DoubleCounted)!.Value)),
        ];

    /// <summary>The figures of units under an indicator; others than those of the group come last and have no rank, so that the sum can be checked.</summary>
    internal static IEnumerable<FigureView> ByUnit(
        FigureFacts facts,
        FigureTable table,
        IReadOnlyList<JurisdictionRow> listed,
        string? only,
        FigureReader reader
    )
    {
        var definition = table.Definition;
        List<string> group = [.. listed.Select(unit => unit.Id)];
        var now = reader.ShowsAll ? table.RanksOf(group) : null;
        var before =
            !reader.ShowsAll ? null
            : facts.LastClosed is { } closed ? closed.TableOf(definition.Id)?.RanksOf(group)
            : facts.Closed is null && MonthBefore(facts.Period) is { } then
                ? facts.TableOf(definition, then).RanksOf(group)
            : null;
        return listed
            .Where(unit => only is null || unit.Id == only)
            .Select(unit =>
                FigureView.From(table.Units[unit.Id], definition.Id, facts.Period.Text) with
                {
                    Unit = new UnitRef(unit.Id, unit.Name),
                    Rank = now?[unit.Id],
                    Movement = Ranking.Movement(before?[unit.Id], now?[unit.Id]),
                    Brackets =
                        table.Brackets.Count == 0
                            ? null
                            : [.. table.Brackets.Select(bracket => bracket.Tallies.Of(unit.Id).Whole.Count)],
                    Explain = reader.LinkOf(definition.Id, facts.Period.Text, unit.Id),
                }
            );
    }

    /// <summary>The same at the end of the month before the last one that is over: what places moved against while no month of the year is closed; null at the beginning of the year.</summary>
    private static FigurePeriod? MonthBefore(FigurePeriod period)
    {
        if (period.ByOccurrence || period.MonthsOver < 1)
            return null;

        // While a month runs, places have moved since the end of the one before.
        var running = period.AsOf < period.LastDay && period.AsOf.AddDays(1).Month == period.AsOf.Month;
        var month = running ? period.MonthsOver : period.MonthsOver - 1;
        return month < 1
            ? null
            : new FigurePeriod(
                $"{period.Year:0000}-{month:00}",
                new DateOnly(period.Year, month, DateTime.DaysInMonth(period.Year, month)),
                ByOccurrence: false
            );
    }

    /// <summary>The figures of the city, or of one unit, told apart by month, industry or chain; those that are stated have only months.</summary>
    private static async Task<List<FigureView>> ByOther(
        Session session,
        Caller caller,
        FigureFacts facts,
        IReadOnlyList<IndicatorDefinition> definitions,
        By by,
        string? unit
    )
    {
        var own = facts.Rows.Where(facts.Period.Own.Takes).ToList();
        var chains = by == By.Chain ? await Chains(session, caller, own.Select(row => row.ProjectId)) : null;
        string KeyOf(LedgerRow row) =>
            by switch
            {
                By.Month => facts.Period.ByOccurrence ? Periods.MonthOf(row.Fact.OccurredOn) : row.Period,
                By.Industry => row.Fact.IndustryCode is { Length: >= 2 } code ? code[..2] : "",
                _ => chains!.GetValueOrDefault(row.ProjectId, ""),
            };
        var parts = own.ToLookup(KeyOf);
        var keys =
            by == By.Month
                ?
                [
                    .. facts.Period.Own.Months.Where(month => IsBegun(month, facts.Period)),
                    // The 13th period, where anything is booked in it (R106).
                    .. parts.Select(part => part.Key).Where(Periods.IsThirteenth).Distinct(),
                ]
                : parts.Select(part => part.Key).Order(StringComparer.Ordinal).ToList();
        var items = new List<FigureView>();
        foreach (var definition in definitions)
        {
            foreach (var key in keys)
            {
                decimal? value;
                if (!definition.IsStated)
                {
                    var tallies = Tallies.Count(
                        definition.Compile(),
                        parts[key],
                        facts.Rows,
                        facts.Book,
                        facts.Agreements
                    );
                    var tally = unit is null ? tallies.City : tallies.Of(unit);
                    if (tally == Tally.Nothing && by != By.Month)
                        continue;
                    value = tally.ValueOf(definition);
                }
                else if (by == By.Month)
                {
                    var table = facts.TableOf(definition, facts.Period with { Text = key });
                    value = unit is null ? table.City.Value : table.Units.GetValueOrDefault(unit)?.Value;
                }
                else
                {
                    continue;
                }

                items.Add(
                    new FigureView
                    {
                        Of = key.Length == 0 ? null : key,
                        Indicator = definition.Id,
                        Period = by == By.Month ? key : facts.Period.Text,
                        Value = Millionths.Told(value),
                    }
                );
            }
        }

        return items;
    }

    private static bool IsBegun(string month, FigurePeriod period) =>
        string.CompareOrdinal(month, Periods.MonthOf(period.AsOf)) <= 0;

    /// <summary>The chains of projects, as they are now; those of projects without one are absent, and to a unit those of others' projects. That secret ones were read is noted.</summary>
    private static async Task<Dictionary<string, string>> Chains(
        Session session,
        Caller caller,
        IEnumerable<string> projects
    )
    {
        var chains = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ids in projects.Distinct().Chunk(400))
        {
            foreach (var row in await session.Query<ChainRow>(SelectChains, new { ids }))
            {
                if (!Permissions.ReadsCity(caller) && row.OwnerId != caller.Unit)
                    continue;
                chains[row.Id] = row.Chain;
                if (row.Secret)
                    session.Note(SecretReads.OfProject(row.Id));
            }
        }

        return chains;
    }

    private sealed class ChainRow
    {
        public required string Id { get; init; }
        public required string Chain { get; init; }
        public required string OwnerId { get; init; }
        public bool Secret { get; init; }
    }

    private const string SelectChains =
        "SELECT id, chain_key AS chain, owner_id, secret FROM projects WHERE id IN @ids AND chain_key IS NOT NULL";
}
