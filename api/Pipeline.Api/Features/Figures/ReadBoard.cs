using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Figures;

/// <summary>Reads a league table (晾晒, R116, R118): the indicators that have targets or values, the units in the order of one of them; ties share a place. A unit reads its own row alone, of closed periods all as totals (§13).</summary>
public static class ReadBoard
{
    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks, FigureSums sums)
    {
        var query = new QueryReader(call.Request);
        var asked = FigureQuery.Read(query, clocks: false);
        var group = query.Choice<UnitGroup>("group");
        var chosen = query.Text("indicator", 40);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var found = await asked.Find(session, call.Caller);
            if (found.Refusal is { } unfound)
                return (Reply)unfound;
            var source = found.Value;
            var inUse = await source.Indicators(session);
            if (chosen is not null && inUse.All(one => one.Id != chosen))
                return (Reply)Refusal.Invalid(new FieldError("indicator", "indicator"));
            var period = source.Period;
            var facts = await source.Facts(session, call.Caller, ruleBooks, inUse, sums: sums);
            var reader = new FigureReader(call.Caller, asked, source);
            var city = reader.ShowsAll;
            var listed = ReadFigures.UnitsOf(facts, group);
            var shown = inUse
                .Select(facts.TableOf)
                .Where(table => table.Definition.Id == chosen || HasSomething(table, city))
                .OrderBy(table => StandingOf(table, city))
                .ToList();
            var order = shown.FirstOrDefault(table => table.Definition.Id == chosen)
                ?? shown.FirstOrDefault(table => table.Units.Values.Any(cell => cell.Completion > 0))
                ?? shown.FirstOrDefault(table => table.Units.Values.Any(cell => cell.Completion is not null))
                ?? shown.FirstOrDefault();
            var figures = shown.ToDictionary(
                table => table.Definition.Id,
                table =>
                    ReadFigures
                        .ByUnit(facts, table, listed, null, reader)
                        .ToDictionary(figure => figure.Unit!.Id, StringComparer.Ordinal)
            );
            return Reply.Plain(
                new BoardView
                {
                    Period = period.Text,
                    MonthsOver = period.MonthsOver,
                    MadeAt = source.Closed?.Snapshot.MadeAt ?? session.Now,
                    Group = group,
                    Indicator = order?.Definition.Id,
                    Indicators = [.. shown.Select(table => FigureIndicator.Of(table.Definition))],
                    Items =
                    [
                        .. listed
                            .Select(unit => RowOf(unit, shown, order, figures))
                            .OrderBy(row => row.Rank ?? int.MaxValue)
                            .ThenByDescending(row => ValueOf(row, shown, order)),
                    ],
                    City = city
                        ? new BoardRow
                        {
                            Figures = [.. shown.Select(table => ReadFigures.CityOf(table, facts, reader))],
                        }
                        : null,
                    DoubleCounted = city ? ReadFigures.DoubleCountsOf(shown) : null,
                    SnapshotId = source.Closed?.Snapshot.Id,
                    WithoutSecret = source.WithoutSecret(call.Caller),
                    Incomplete = facts.IsBeingBuilt,
                    Proof = source.Closed is null ? await ProofView.Last(session, call.Caller) : null,
                }
            );
        });
    }

    /// <summary>What is on the way to a target comes first, then what has one, then the rest.</summary>
    private static int StandingOf(FigureTable table, bool city)
    {
        List<FigureCell> cells = [.. table.Units.Values, .. city ? [table.City] : Array.Empty<FigureCell>()];
        return cells.Any(cell => cell.Completion > 0) ? 0
            : cells.Any(cell => cell.Target is not null) ? 1
            : 2;
    }

    /// <summary>Whether a table tells anything: a target, or a value other than 0.</summary>
    private static bool HasSomething(FigureTable table, bool city) =>
        table
            .Units.Values.Concat(city ? [table.City] : [])
            .Any(cell =>
                cell.Target is not null || cell.Cumulative is not (null or 0) || cell.Undecided + cell.Unknown > 0
            );

    private static BoardRow RowOf(
        JurisdictionRow unit,
        List<FigureTable> shown,
        FigureTable? order,
        Dictionary<string, Dictionary<string, FigureView>> figures
    )
    {
        var leading = order is null ? null : figures[order.Definition.Id][unit.Id];
        return new BoardRow
        {
            Unit = new UnitRef(unit.Id, unit.Name),
            Rank = leading?.Rank,
            Movement = leading?.Movement,
            Figures = [.. shown.Select(table => figures[table.Definition.Id][unit.Id])],
        };
    }

    private static decimal ValueOf(BoardRow row, List<FigureTable> shown, FigureTable? order) =>
        order is null ? 0 : row.Figures[shown.IndexOf(order)].Cumulative ?? decimal.MinValue;
}
