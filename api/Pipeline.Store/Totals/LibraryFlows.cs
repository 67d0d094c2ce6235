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
    public static async Task<IReadOnlyDictionary<string, IdentityRow>> Of(
        Session session,
        string first,
        string last,
        string? unit
    )
    {
        var one = unit is null ? "" : " AND f.jurisdiction_id = @unit";
        var values = new Parameters { { "first", first } };
        if (unit is not null)
            values.Add("unit", unit);
        var opening = (
            await session.Query<Sum>(
                $"SELECT f.jurisdiction_id AS unit_id, '' AS kind, SUM(f.delta) AS count FROM library_flows f WHERE f.period < @first{one} GROUP BY f.period, f.jurisdiction_id",
                values
            )
        )
            .GroupBy(row => row.UnitId)
            .ToDictionary(unit => unit.Key, unit => unit.Sum(row => row.Count), StringComparer.Ordinal);
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

    private sealed class Sum
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
