using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Figures;

/// <summary>What a request for figures names.</summary>
internal sealed record FigureQuery(string? Period, DateOnly? AsOf, DateTimeOffset? KnownAt)
{
    public static FigureQuery Read(QueryReader query, bool clocks = true)
    {
        var period = query.Text("period", 7);
        if (period is not null && Periods.Months(period) is null)
            query.Refuse("period", "period");
        return clocks
            ? new FigureQuery(period, query.Date("asOf"), query.Instant("knownAt"))
            : new FigureQuery(period, null, null);
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

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = FigureQuery.Read(query);
        var ids = query.Text("indicators", 4000)?.Split(',', StringSplitOptions.TrimEntries);
        var by = query.Choice<By>("by") ?? By.Unit;
        var group = query.Choice<UnitGroup>("group");
        var unit = query.Text("jurisdictionId", 32);
        if (ids is { Length: > MostIndicators })
            query.Refuse("indicators", "count", 1, MostIndicators);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var inUse = await IndicatorRow.InUse(session);
            var definitions = ids is null ? inUse : [.. inUse.Where(one => ids.Contains(one.Id))];
            if (ids?.FirstOrDefault(id => inUse.All(one => one.Id != id)) is { } unknown)
                return (Reply)Refusal.Invalid(new FieldError("indicators", "indicator", unknown));
            var period = await asked.Complete(session);
            var facts = await FigureFacts.Load(session, call.Caller, ruleBooks, definitions, period, asked.KnownAt);
            var city = Permissions.ReadsCity(call.Caller);
            var listed = UnitsOf(facts, group);
            var tables = definitions.Select(facts.TableOf).ToList();
            List<FigureView> items =
                by == By.Unit
                    ? [.. tables.SelectMany(table => ByUnit(facts, table, listed, unit, city, asked))]
                    : await ByOther(session, call.Caller, facts, definitions, by, city ? unit : call.Caller.Unit ?? "");
            return Reply.Plain(
                new FigurePage
                {
                    Period = period.Text,
                    MonthsOver = period.MonthsOver,
                    Indicators = [.. definitions.Select(FigureIndicator.Of)],
                    Items = items,
                    City = city ? [.. tables.Select(table => CityOf(table, facts, asked))] : null,
                    DoubleCounted = city ? DoubleCountsOf(tables) : null,
                    WithoutSecret = city && !Permissions.ReadsSecret(call.Caller),
                    Incomplete = facts.IsBeingBuilt,
                    Proof = await ProofView.Last(session, call.Caller),
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

    internal static FigureView CityOf(FigureTable table, FigureFacts facts, FigureQuery asked) =>
        FigureView.From(table.City, table.Definition.Id, facts.Period.Text) with
        {
            Brackets =
                table.Brackets.Count == 0
                    ? null
                    : [.. table.Brackets.Select(bracket => bracket.Tallies.City.Whole.Count)],
            Explain = LinkOf(table.Definition.Id, facts.Period.Text, TargetRow.City, asked),
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
        bool ranked,
        FigureQuery asked
    )
    {
        var definition = table.Definition;
        List<string> group = [.. listed.Select(unit => unit.Id)];
        var now = ranked ? table.RanksOf(group) : null;
        var before =
            ranked && MonthBefore(facts.Period) is { } then ? facts.TableOf(definition, then).RanksOf(group) : null;
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
                    Explain = LinkOf(definition.Id, facts.Period.Text, unit.Id, asked),
                }
            );
    }

    /// <summary>The same at the end of the month before the last one that is over: what places moved against; null at the beginning of the year.</summary>
    private static FigurePeriod? MonthBefore(FigurePeriod period)
    {
        if (period.ByOccurrence || period.MonthsOver < 1)
            return null;

        // While a month runs, places have moved since the end of the one before.
        var running = period.AsOf < LastDay(period) && period.AsOf.AddDays(1).Month == period.AsOf.Month;
        var month = running ? period.MonthsOver : period.MonthsOver - 1;
        return month < 1
            ? null
            : new FigurePeriod(
                $"{period.Year:0000}-{month:00}",
                new DateOnly(period.Year, month, DateTime.DaysInMonth(period.Year, month)),
                ByOccurrence: false
            );
    }

    private static DateOnly LastDay(FigurePeriod period)
    {
        var (year, month) = (
            int.Parse(period.Own.Last.AsSpan(0, 4), CultureInfo.InvariantCulture),
            int.Parse(period.Own.Last.AsSpan(5), CultureInfo.InvariantCulture)
        );
        return new DateOnly(year, month, DateTime.DaysInMonth(year, month));
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
                ? [.. facts.Period.Own.Months.Where(month => IsBegun(month, facts.Period))]
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

    /// <summary>Where a figure opens to what it is made of.</summary>
    internal static string LinkOf(string indicator, string period, string unit, FigureQuery asked)
    {
        var link = $"/api/v1/figures/explain?indicator={indicator}&period={period}&jurisdictionId={unit}";
        if (asked.AsOf is { } day)
            link += $"&asOf={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        return asked.KnownAt is { } at ? $"{link}&knownAt={Uri.EscapeDataString(Slug.Stamp(at))}" : link;
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
