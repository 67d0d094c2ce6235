using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Bulletins;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>A bulletin that another is held against.</summary>
public sealed record BulletinRef(string Id, string Period, int? Year, int? Number);

/// <summary>Why a bulletin differs from an earlier one of its year (regime §15.5): figures of the year so far, by indicator and unit.</summary>
public sealed record BulletinDifferenceView
{
    public required BulletinRef Bulletin { get; init; }

    /// <summary>Absent where no bulletin of the kind was issued before in the year: then there is nothing to compare.</summary>
    public BulletinRef? Against { get; init; }

    /// <summary>Only what differs, the city's figure of an indicator after those of the units.</summary>
    public required IReadOnlyList<DifferenceItem> Items { get; init; }
}

/// <summary>A figure that differs.</summary>
public sealed record DifferenceItem
{
    public required string Indicator { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required IndicatorUnit IndicatorUnit { get; init; }

    /// <summary>Absent: the city.</summary>
    public UnitRef? Unit { get; init; }

    /// <summary>The year so far, then and now; absent where it is not known.</summary>
    public decimal? Before { get; init; }
    public decimal? After { get; init; }
    public decimal? Change { get; init; }

    /// <summary>What of the change facts of the time since make; these four are absent of stated values and ratios, which facts do not add up to.</summary>
    public decimal? New { get; init; }

    /// <summary>What facts make that were booked later than the time they belong to.</summary>
    public decimal? Adjusting { get; init; }

    /// <summary>What was taken back; below 0.</summary>
    public decimal? Reversed { get; init; }

    /// <summary>What no fact explains: a definition, a division between units or what is counted at all changed.</summary>
    public decimal? Rule { get; init; }

    /// <summary>How many facts make it, and the last of them as far as the reader may know: a unit those of its own projects, who reads the city all.</summary>
    public int? FactCount { get; init; }
    public IReadOnlyList<DifferenceFact>? Facts { get; init; }
}

/// <summary>A fact that makes a difference.</summary>
/// <param name="Period">Where it is booked, and where it belongs if that is another.</param>
/// <param name="Value">What it adds to the figure; absent where its amount is not known.</param>
public sealed record DifferenceFact(
    DifferenceCause Cause,
    FactKind Kind,
    string ProjectId,
    string ProjectName,
    DateOnly OccurredOn,
    string Period,
    string? BelongsTo,
    decimal? Value
);

/// <summary>Reads the difference sheet of two bulletins.</summary>
public static class ReadDifference
{
    private const int MostFacts = 20;

    public static async Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var other = query.Text("against", 32);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            if (await BulletinRow.For(session, call.Caller, id) is not { } row)
                return (Reply)Refusal.NotFound;
            var against = other is null
                ? await BulletinRow.LastBefore(session, row)
                : await BulletinRow.For(session, call.Caller, other);
            if (other is not null && against is null)
                return (Reply)Refusal.Invalid(new FieldError("against", "bulletin"));
            if (against is not null && against.Period[..4] != row.Period[..4])
                return (Reply)Refusal.Invalid(new FieldError("against", "bulletin-year"));
            return Reply.Plain(
                new BulletinDifferenceView
                {
                    Bulletin = Named(row),
                    Against = against is null ? null : Named(against),
                    Items = against is null ? [] : await Compare(session, call.Caller, ruleBooks, against, row),
                }
            );
        });
    }

    private static BulletinRef Named(BulletinRow row) => new(row.Id, row.Period, row.IssueYear, row.Number);

    /// <summary>A side of the comparison: what it told, and which facts it counted.</summary>
    private sealed record Side(ClosedFigures Figures, FigurePeriod Period, HashSet<string> Secret)
    {
        public static async Task<Side> Load(Session session, BulletinRow row)
        {
            var snapshot = (await SnapshotRow.ById(session, row.SnapshotId))!;
            return new Side(
                (await ClosedFigures.LoadOpen(session, snapshot, row.Period))!,
                FigurePeriod.Over(row.Period),
                [.. snapshot.MadeFrom.Secret]
            );
        }

        public bool Counts(LedgerRow row) =>
            row.Seq <= Figures.Snapshot.LedgerSeq && Period.ToDate.Takes(row) && !Secret.Contains(row.ProjectId);
    }

    private static async Task<IReadOnlyList<DifferenceItem>> Compare(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        BulletinRow against,
        BulletinRow row
    )
    {
        var (before, after) = (await Side.Load(session, against), await Side.Load(session, row));
        var book = await ruleBooks.Load(session);
        var kinds = after
            .Figures.Tables.Where(table => AddsUp(table.Definition))
            .SelectMany(table => table.Definition.Compile().Kinds)
            .Distinct()
            .ToList();
        var last = string.CompareOrdinal(before.Period.Own.Last, after.Period.Own.Last) > 0 ? before : after;
        var rows =
            kinds.Count == 0
                ? []
                : await VisibleLedger.ReadAll(
                    session,
                    kinds,
                    after.Period.ToDate.First,
                    last.Period.Own.Last,
                    Math.Max(before.Figures.Snapshot.LedgerSeq, after.Figures.Snapshot.LedgerSeq)
                );
        List<LedgerRow> between = [.. rows.Where(one => after.Counts(one) && !before.Counts(one))];
        var items = new List<(DifferenceItem Item, List<(LedgerRow Row, decimal? Value)> Facts)>();
        foreach (var table in after.Figures.Tables)
        {
            var definition = table.Definition;
            var then = before.Figures.TableOf(definition.Id);
            var counted = AddsUp(definition)
                ? between
                    .GroupBy(one => FigureDifference.CauseOf(one, before.Period.Own.Last))
                    .ToDictionary(
                        cause => cause.Key,
                        cause => Tallies.Count(definition.Compile(), cause, [], book, after.Figures.Agreements)
                    )
                : null;
            var each = counted is null
                ? []
                : between
                    .OrderByDescending(one => one.Seq)
                    .Select(one =>
                        (Row: one, Sums: Tallies.Count(definition.Compile(), [one], [], book, after.Figures.Agreements))
                    )
                    .Where(one => one.Sums.City != Tally.Nothing || one.Sums.Units.Count > 0)
                    .ToList();
            foreach (var unit in after.Figures.Units.Cast<SnapshotUnit?>().Append(null))
            {
                var difference = FigureDifference.Of(
                    unit is null ? then?.City : then?.Units.GetValueOrDefault(unit.Id),
                    unit is null ? table.City : table.Units.GetValueOrDefault(unit.Id),
                    counted?.ToDictionary(
                        cause => cause.Key,
                        cause => (unit is null ? cause.Value.City : cause.Value.Of(unit.Id)).ValueOf(definition) ?? 0
                    )
                );
                List<(LedgerRow, decimal?)> facts =
                [
                    .. each.Select(one => (one.Row, Tally: unit is null ? one.Sums.City : one.Sums.Of(unit.Id)))
                        .Where(one => one.Tally != Tally.Nothing)
                        .Select(one => (one.Row, one.Tally.ValueOf(definition))),
                ];
                if (difference.Change is 0 && facts.Count == 0)
                    continue;
                if (difference is { Before: null, After: null })
                    continue;
                items.Add((Item(definition, unit, difference, facts.Count), facts));
            }
        }

        return await WithFacts(session, caller, items, before.Period.Own.Last);
    }

    /// <summary>Whether facts add up to an indicator's figures.</summary>
    private static bool AddsUp(IndicatorDefinition definition) => definition is { IsStated: false, Adds: true };

    private static DifferenceItem Item(
        IndicatorDefinition definition,
        SnapshotUnit? unit,
        FigureDifference difference,
        int facts
    )
    {
        decimal? Of(DifferenceCause cause) =>
            AddsUp(definition) ? Millionths.Told(difference.ByCause.GetValueOrDefault(cause)) : null;
        return new DifferenceItem
        {
            Indicator = definition.Id,
            Name = definition.Name,
            NameEn = definition.NameEn,
            IndicatorUnit = definition.Unit,
            Unit = unit is null ? null : new UnitRef(unit.Id, unit.Name),
            Before = Millionths.Told(difference.Before),
            After = Millionths.Told(difference.After),
            Change = Millionths.Told(difference.Change),
            New = Of(DifferenceCause.New),
            Adjusting = Of(DifferenceCause.Adjusting),
            Reversed = Of(DifferenceCause.Reversed),
            Rule = Millionths.Told(difference.Rule),
            FactCount = AddsUp(definition) ? facts : null,
        };
    }

    /// <summary>The items with their last facts, as far as the caller may know the projects.</summary>
    private static async Task<IReadOnlyList<DifferenceItem>> WithFacts(
        Session session,
        Caller caller,
        List<(DifferenceItem Item, List<(LedgerRow Row, decimal? Value)> Facts)> items,
        string last
    )
    {
        var projects = new Dictionary<string, ProjectRow>(StringComparer.Ordinal);
        foreach (
            var ids in items.SelectMany(item => item.Facts).Select(fact => fact.Row.ProjectId).Distinct().Chunk(400)
        )
        {
            foreach (var project in await session.Query<ProjectRow>(SelectProjects, new { ids }))
            {
                if (Permissions.RelationTo(caller, project.OwnerId, project.Id, project.Secret) != Relations.None)
                    projects[project.Id] = project;
            }
        }

        var told = new List<DifferenceItem>();
        var secret = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, facts) in items)
        {
            var known = facts.Where(fact => projects.ContainsKey(fact.Row.ProjectId)).Take(MostFacts).ToList();
            secret.UnionWith(known.Select(fact => fact.Row.ProjectId).Where(project => projects[project].Secret));
            told.Add(
                item with
                {
                    Facts =
                        known.Count == 0
                            ? null
                            :
                            [
                                .. known.Select(fact => new DifferenceFact(
                                    FigureDifference.CauseOf(fact.Row, last),
                                    fact.Row.Fact.Kind,
                                    fact.Row.ProjectId,
                                    projects[fact.Row.ProjectId].Name,
                                    fact.Row.Fact.OccurredOn,
                                    fact.Row.Period,
                                    fact.Row.BelongsTo,
                                    Millionths.Told(fact.Value)
                                )),
                            ],
                }
            );
        }

        foreach (var project in secret)
            session.Note(SecretReads.OfProject(project));
        return told;
    }

    private sealed class ProjectRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string OwnerId { get; init; }
        public bool Secret { get; init; }
    }

    private const string SelectProjects = "SELECT id, name, owner_id, secret FROM projects WHERE id IN @ids";
}
