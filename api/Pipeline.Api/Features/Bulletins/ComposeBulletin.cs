using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Bulletins;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>Makes what a bulletin says from its snapshot and, for what no snapshot has, from the facts as they are (R118).</summary>
/// <remarks>It is one text for all who read it: secret projects are in no part of it, what is in talks only as one figure of the city (R20).</remarks>
public static class ComposeBulletin
{
    private static readonly Stage[] Lit = [Stage.Signed, Stage.Registered, Stage.Started];

    /// <param name="caller">Who reads every project of the city.</param>
    public static async Task<BulletinContent> Of(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        BulletinRow row,
        SnapshotRow snapshot
    )
    {
        var parts = BulletinRules.PartsOf(Slug.To<BulletinTemplate>(row.Template));
        var period = FigurePeriod.Over(row.Period);
        var figures = (await ClosedFigures.LoadOpen(session, snapshot, row.Period))!;
        var signed =
            parts.Contains(BulletinPart.Projects) || parts.Contains(BulletinPart.LateNotices)
                ? await Signed(session, snapshot, period)
                : [];
        return new BulletinContent
        {
            Parts = parts,
            MonthsOver = period.MonthsOver,
            Through = period.LastDay,
            On = session.Today,
            Tables = parts.Contains(BulletinPart.Figures)
                ? Tables(
                    figures,
                    await Before(session, period),
                    parts.Contains(BulletinPart.Honours) ? row.Places : null,
                    BulletinRules.NamesTheLast(Slug.To<BulletinKind>(row.Kind))
                )
                : null,
            Model = parts.Contains(BulletinPart.Figures) ? await Model(session, period.Year) : null,
            Projects = parts.Contains(BulletinPart.Projects)
                ? await Projects(session, caller, await ruleBooks.Load(session), signed, period)
                : null,
            LateNotices = parts.Contains(BulletinPart.LateNotices)
                ? await Late(session, signed, [.. snapshot.MadeFrom.Late])
                : null,
            Lights = parts.Contains(BulletinPart.Lights) ? await Lights(session, caller, figures) : null,
            Problems = parts.Contains(BulletinPart.Problems) ? await Problems(session) : null,
        };
    }

    private static async Task<BulletinModel?> Model(Session session, int year) =>
        await ScoreModelRow.InForce(session, year) is { } row && row.Model is var model
            ? new BulletinModel(row.Id, model.Name, model.NameEn, row.Number)
            : null;

    /// <summary>The last closed month before the period, against which places have moved (R116).</summary>
    private static async Task<ClosedFigures?> Before(Session session, FigurePeriod period) =>
        await SnapshotRow.LastBefore(session, period.ToDate.First, period.Own.Last) is { } before
            ? await ClosedFigures.LoadOpen(session, before, before.Period)
            : null;

    /// <summary>The tables of the indicators that have targets or values; those with targets first.</summary>
    private static List<BulletinTable> Tables(
        ClosedFigures figures,
        ClosedFigures? before,
        int? places,
        bool namesTheLast
    )
    {
        var groups = figures
            .Units.GroupBy(unit => MakeSnapshot.RankedWith(unit.Kind))
            .OrderBy(group => group.Key)
            .ToList();
        return
        [
            .. figures
                .Tables.Where(HasSomething)
                .OrderBy(table => table.Units.Values.Append(table.City).Any(cell => cell.Target is not null) ? 0 : 1)
                .Select(table => Table(table, before?.TableOf(table.Definition.Id), groups, places, namesTheLast)),
        ];
    }

    private static bool HasSomething(FigureTable table) =>
        table
            .Units.Values.Append(table.City)
            .Any(cell =>
                cell.Target is not null || cell.Cumulative is not (null or 0) || cell.Undecided + cell.Unknown > 0
            );

    private static BulletinTable Table(
        FigureTable table,
        FigureTable? before,
        List<IGrouping<JurisdictionKind, SnapshotUnit>> groups,
        int? places,
        bool namesTheLast
    )
    {
        var rows = new List<BulletinFigure>();
        var honours = new List<BulletinHonours>();
        foreach (var group in groups)
        {
            List<string> ids = [.. group.Select(unit => unit.Id)];
            var units = group.ToDictionary(unit => unit.Id, unit => new UnitRef(unit.Id, unit.Name));
            var (now, then) = (table.RanksOf(ids), before?.RanksOf(ids));
            rows.AddRange(
                group
                    .Select(unit =>
                        Figure(table.Units[unit.Id]) with
                        {
                            Unit = units[unit.Id],
                            Group = group.Key,
                            Rank = now[unit.Id],
                            Movement = Ranking.Movement(then?[unit.Id], now[unit.Id]),
                        }
                    )
                    .OrderBy(figure => figure.Rank ?? int.MaxValue)
                    .ThenByDescending(figure => figure.Cumulative)
            );
            if (places is null)
                continue;
            var lists = HonourLists.Of([.. ids.Select(id => (id, table.Units[id].Completion))], places.Value);
            if (lists.Red.Count > 0)
                honours.Add(
                    new BulletinHonours(
                        group.Key,
                        [.. lists.Red.Select(id => units[id])],
                        namesTheLast ? [.. lists.Black.Select(id => units[id])] : []
                    )
                );
        }

        var definition = table.Definition;
        return new BulletinTable
        {
            Indicator = definition.Id,
            Name = definition.Name,
            NameEn = definition.NameEn,
            Unit = definition.Unit,
            Direction = definition.Direction,
            Rows = rows,
            City = Figure(table.City),
            DoubleCounted = table.DoubleCounted is 0 ? null : Millionths.Told(table.DoubleCounted),
            Honours = honours.Count == 0 ? null : honours,
        };
    }

    private static BulletinFigure Figure(FigureCell cell) =>
        new()
        {
            Target = cell.Target?.Value,
            Value = Millionths.Told(cell.Value),
            Cumulative = Millionths.Told(cell.Cumulative),
            Adjusting = cell.Adjusting is 0 ? null : Millionths.Told(cell.Adjusting),
            Completion = Ratios.Text(cell.Completion),
            Pace = Ratios.Text(cell.Pace),
            YearOnYear = Ratios.Text(cell.YearOnYear),
            Unknown = cell.Unknown + cell.Undecided == 0 ? null : cell.Unknown + cell.Undecided,
        };

    /// <summary>The signings that stand in the period as its snapshot knows it, secret projects left out.</summary>
    private static async Task<List<LedgerRow>> Signed(Session session, SnapshotRow snapshot, FigurePeriod period)
    {
        var secret = snapshot.MadeFrom.Secret.ToHashSet(StringComparer.Ordinal);
        var rows = await VisibleLedger.ReadAll(
            session,
            [FactKind.Signed],
            period.Own.First,
            period.Own.Last,
            snapshot.LedgerSeq
        );
        return
        [
            .. Ledgers
                .Standing(rows)
                .Where(row => !secret.Contains(row.ProjectId))
                .OrderBy(row => row.Fact.OccurredOn)
                .ThenBy(row => row.Seq),
        ];
    }

    private static async Task<BulletinProjects> Projects(
        Session session,
        Caller caller,
        RuleBook book,
        List<LedgerRow> signed,
        FigurePeriod period
    )
    {
        bool? Reaches(LedgerRow row)
        {
            var (rules, year) = (book.ById(row.RuleSetId), row.Fact.OccurredOn.Year);
            return row.Fact.Amount is not { } total ? null
                : rules.ReportThresholds.All(limit => limit.Currency != total.Currency)
                && rules.RateToCny(total.Currency, year) is null
                    ? null
                : rules.MustBeReported(total, year);
        }

        var counted = signed.Where(row => row.Fact.Counted > 0).ToList();
        var talks = await StageTotals.Visible(session, caller, SumsBy.Stage, period.LastDay, null);
        var unmeasured = counted.Count(row => Reaches(row) is null);
        return new BulletinProjects(
            await Named(session, [.. counted.Where(row => Reaches(row) == true)]),
            counted.Count,
            unmeasured == 0 ? null : unmeasured,
            talks.Where(sum => sum.Stage == Slug.Of(Stage.InTalks) && sum.Kind != "s").Sum(sum => sum.Count)
        );
    }

    private static Task<List<BulletinProject>> Late(Session session, List<LedgerRow> signed, HashSet<long> late) =>
        Named(session, [.. signed.Where(row => late.Contains(row.Seq))]);

    /// <summary>The projects of some signings by name: none that became secret since, or went back into talks.</summary>
    private static async Task<List<BulletinProject>> Named(Session session, List<LedgerRow> signings)
    {
        var found = new Dictionary<string, ProjectRow>(StringComparer.Ordinal);
        foreach (var ids in signings.Select(row => row.ProjectId).Distinct().Chunk(400))
        {
            foreach (var project in await session.Query<ProjectRow>(SelectProjects, new { ids }))
                found[project.Id] = project;
        }

        return
        [
            .. signings
                .Where(row => found.ContainsKey(row.ProjectId))
                .Select(row =>
                {
                    var project = found[row.ProjectId];
                    var body = Json.Read<ProjectBody>(project.Facts);
                    return new BulletinProject
                    {
                        Id = project.Id,
                        Code = project.Code,
                        Name = project.Name,
                        Unit = new UnitRef(project.OwnerId, project.OwnerName),
                        Investors = [.. (body.Investors ?? []).Select(investor => investor.Name!)],
                        TotalInvestment = row.Fact.Amount,
                        SignedOn = row.Fact.OccurredOn,
                    };
                }),
        ];
    }

    /// <summary>From the totals that are kept: what is published, so neither secret nor in talks.</summary>
    private static async Task<List<BulletinLights>> Lights(Session session, Caller caller, ClosedFigures figures)
    {
        var stages = Lit.Select(Slug.Of).ToHashSet(StringComparer.Ordinal);
        var lights = new List<BulletinLights>();
        foreach (var unit in figures.Units)
        {
            var all = await StageTotals.Visible(session, caller, SumsBy.Stage, null, unit.Id);
            var lit = await StageTotals.Visible(session, caller, SumsBy.Light, session.Today, unit.Id);
            long Of(IEnumerable<StageSum> sums, Light? light = null) =>
                sums.Where(sum =>
                        sum.Kind == "p"
                        && stages.Contains(sum.Stage)
                        && (light is null || sum.Item == Slug.Of(light.Value))
                    )
                    .Sum(sum => sum.Count);
            if (Of(all) is > 0 and var count)
                lights.Add(
                    new BulletinLights(
                        new UnitRef(unit.Id, unit.Name),
                        count - Of(lit),
                        Of(lit, Light.Yellow),
                        Of(lit, Light.Red)
                    )
                );
        }

        return lights;
    }

    private static async Task<BulletinProblems> Problems(Session session)
    {
        var calendar = await WorkCalendars.Load(session);
        var rows = await session.Query<ProblemRow>(
            $"{ProblemRow.Select} WHERE b.status IN ('open', 'assigned', 'answered', 'reopened') AND b.due_on < @today AND p.secret = 0 ORDER BY b.due_on, b.seq",
            new { today = session.Today }
        );
        var told = rows.Where(row => Slug.To<Stage>(row.ProjectStage) is not (Stage.InTalks or Stage.Terminated))
            .ToList();
        var talks = rows.Count(row => Slug.To<Stage>(row.ProjectStage) == Stage.InTalks);
        return new BulletinProblems(
            [
                .. told.Select(row => new BulletinProblem(
                    row.ProjectId,
                    row.ProjectName,
                    new UnitRef(row.OwnerId, row.OwnerName),
                    Slug.To<ProblemKind>(row.Kind),
                    row.DepartmentId is null ? null : new UnitRef(row.DepartmentId, row.DepartmentName!),
                    row.DueOn,
                    calendar.WorkdaysBetween(row.DueOn, session.Today)
                )),
            ],
            talks == 0 ? null : talks
        );
    }

    private sealed class ProjectRow
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string OwnerId { get; init; }
        public required string OwnerName { get; init; }
        public required string Facts { get; init; }
    }

    private const string SelectProjects = """
        SELECT p.id, p.code, p.name, p.owner_id, o.name AS owner_name, p.facts
        FROM projects p JOIN jurisdictions o ON o.id = p.owner_id
        WHERE p.id IN @ids AND p.secret = 0 AND p.stage <> 'in-talks'
        """;
}
