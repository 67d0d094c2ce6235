using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Totals;

namespace Pipeline.Store.Totals;

/// <summary>Projects whose stage or owner may have changed, before the commit.</summary>
public sealed record ProjectsCounted(IReadOnlyCollection<string> ProjectIds) : IDomainEvent;

/// <summary>Keeps what flows in and out of each unit's work (R95), in the transaction that makes it flow: how a project counts now is held against how it counted last.</summary>
public sealed class LibraryFlowSubscriber(RuleBooks ruleBooks) : IEventSubscriber
{
    /// <summary>How many projects one statement reads.</summary>
    private const int Most = 400;

    public async Task On(Session session, IDomainEvent happened)
    {
        if (happened is not ProjectsCounted counted)
            return;
        var landsAt = (await ruleBooks.Current(session)).CreditStage;
        var month = Periods.MonthOf(session.Today);
        foreach (var ids in counted.ProjectIds.Chunk(Most))
        {
            var last = (await session.Query<Last>(SelectLast, new { ids })).ToDictionary(
                row => row.ProjectId,
                row => row.Delta > 0 ? row.JurisdictionId : null,
                StringComparer.Ordinal
            );
            foreach (var project in await session.Query<Row>(SelectProjects, new { ids }))
            foreach (
                var flow in MonthlyIdentity.Between(
                    last.GetValueOrDefault(project.Id),
                    project.OwnerId,
                    Slug.To<Stage>(project.Stage),
                    landsAt,
                    month
                )
            )
                LibraryFlows.Add(session, project.Id, flow);
        }
    }

    private sealed class Last
    {
        public required string ProjectId { get; init; }
        public required string JurisdictionId { get; init; }
        public int Delta { get; init; }
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string OwnerId { get; init; }
        public required string Stage { get; init; }
    }

    private const string SelectLast = """
        SELECT f.project_id, f.jurisdiction_id, f.delta FROM library_flows f
        WHERE f.project_id IN @ids AND f.seq = (SELECT MAX(l.seq) FROM library_flows l WHERE l.project_id = f.project_id)
        """;
    private const string SelectProjects = "SELECT id, owner_id, stage FROM projects WHERE id IN @ids ORDER BY seq";
}

/// <summary>Flows summed by unit, month and kind.</summary>
public static class LibraryFlows
{
    private static readonly BulkTable Table = new(
        "library_flows",
        "project_id",
        "jurisdiction_id",
        "kind",
        "delta",
        "period",
        "recorded_at"
    );

    /// <summary>Writes what flows when a project is added.</summary>
    public static void Enter(Session session, string projectId, string owner, Stage stage, RuleSet rules)
    {
        var month = Periods.MonthOf(session.Today);
        foreach (var flow in MonthlyIdentity.Between(null, owner, stage, rules.CreditStage, month))
            Add(session, projectId, flow);
    }

    internal static void Add(Session session, string projectId, LibraryFlow flow) =>
        session.Add(
            Table,
            [
                [projectId, flow.Unit, Slug.Of(flow.Kind), flow.Delta, flow.Period, session.Now],
            ]
        );

    /// <summary>The identity of a period by unit id: of one unit, or of all (null).</summary>
    /// <param name="past">What the months that are over come to.</param>
    public static async Task<IReadOnlyDictionary<string, IdentityRow>> Of(
        Session session,
        PastFlows past,
        string first,
        string last,
        string? unit
    )
    {
        var one = unit is null ? "" : " AND f.jurisdiction_id = @unit";
        var opening = await past.Before(session, first, unit);
        var within = new Parameters { { "first", first }, { "last", last } };
        if (unit is not null)
            within.Add("unit", unit);
        var flows = await session.Query<Sum>(
            $"SELECT f.jurisdiction_id AS unit_id, f.kind, COUNT(*) AS count FROM library_flows f WHERE f.period >= @first AND f.period <= @last{one} GROUP BY f.jurisdiction_id, f.kind",
            within
        );
        return opening
            .Keys.Union(flows.Select(row => row.UnitId))
            .ToDictionary(
                id => id,
                id =>
                {
                    long Of(FlowKind kind) =>
                        flows.Where(row => row.UnitId == id && row.Kind == Slug.Of(kind)).Sum(row => row.Count);
                    return new IdentityRow(
                        opening.GetValueOrDefault(id),
                        Of(FlowKind.Entered),
                        Of(FlowKind.TransferredIn),
                        Of(FlowKind.TransferredOut),
                        Of(FlowKind.Landed),
                        Of(FlowKind.Removed)
                    );
                },
                StringComparer.Ordinal
            );
    }

    internal sealed class Sum
    {
        public required string UnitId { get; init; }
        public required string Kind { get; init; }
        public long Count { get; init; }
    }

    /// <summary>Projects that do not count for who has them, in SQL: what is in talks counts for its owner, what has ended for nobody, and nothing twice. A check of the whole library.</summary>
    public const string OutOfBalance = """
        SELECT p.id FROM projects p LEFT JOIN library_flows f ON f.project_id = p.id AND f.seq = (SELECT MAX(l.seq) FROM library_flows l WHERE l.project_id = p.id)
        WHERE (p.stage = 'in-talks' AND (f.delta IS NULL OR f.delta <> 1)) OR (p.stage IN ('in-production', 'terminated') AND f.delta = 1) OR (f.delta = 1 AND f.jurisdiction_id <> p.owner_id)
          OR COALESCE((SELECT SUM(s.delta) FROM library_flows s WHERE s.project_id = p.id), 0) NOT IN (0, 1)
        """;
}

/// <summary>Keeps what flowed in the months that are over, in the memory of the process: a flow is of the month in which it is recorded, so that they do not change any more. What opens a month is then a sum of a few numbers, however many projects there are.</summary>
public sealed class PastFlows
{
    private sealed class Month
    {
        public required string Period { get; init; }
        public required string UnitId { get; init; }
        public long Delta { get; init; }
    }

    /// <summary>The sums of the months before one.</summary>
    private sealed record Kept(string Before, IReadOnlyList<Month> Months);

    private Kept kept = new("", []);

    /// <summary>By unit what was there before a month: of one unit, or of all (null).</summary>
    internal async Task<IReadOnlyDictionary<string, long>> Before(Session session, string first, string? unit)
    {
        // A transaction that began in a month may end in the next: a month is kept once it has been over for a month.
        var over = Periods.MonthOf(session.Today.AddMonths(-1));
        var known = kept;
        if (known.Before != over)
            kept = known = new Kept(over, await session.Query<Month>(SelectMonths, new { from = "", before = over }));
        var since = await session.Query<Month>(SelectMonths, new { from = over, before = first });
        return known
            .Months.Where(month => string.CompareOrdinal(month.Period, first) < 0)
            .Concat(since)
            .Where(month => unit is null || month.UnitId == unit)
            .GroupBy(month => month.UnitId, StringComparer.Ordinal)
            .ToDictionary(of => of.Key, of => of.Sum(month => month.Delta), StringComparer.Ordinal);
    }

    private const string SelectMonths =
        "SELECT f.period, f.jurisdiction_id AS unit_id, SUM(f.delta) AS delta FROM library_flows f WHERE f.period >= @from AND f.period < @before GROUP BY f.period, f.jurisdiction_id";
}
