using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Projects;

/// <summary>A unit's projects in talks that are to be reported, since they entered the talks (R10).</summary>
public sealed class ReportsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReportProject) || caller.Unit is not { } unit)
            return [];
        var where = new Conditions();
        where.Add("p.owner_id = @mine", "mine", unit);
        where.Add("p.report_required = 1 AND p.stage = 'in-talks'");
        return (await window.ByDay<DueRow>(session, Select, where, "p.in_talks_on", "p.seq")).Select(row =>
            row.Item(DueKind.ReportToFile, "project", $"/projects/{row.Id}", window, waits: true)
        );
    }

    private const string Select = """
        SELECT p.seq, p.id, p.in_talks_on AS on_day, p.id AS project_id, p.code AS project_code, p.name AS project_name, p.secret
        FROM projects p
        """;
}

/// <summary>The steps for which a unit's projects have a planned day; not where the centre decides on one, nor signings with a notice, or that need one: those are told by it.</summary>
public sealed class PlansDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.SubmitMove) || caller.Unit is not { } unit)
            return [];
        var where = new Conditions();
        where.Add("p.owner_id = @mine", "mine", unit);
        where.Add(
            "p.plan_on IS NOT NULL AND p.notice_by IS NULL AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.project_id = p.id AND m.status = 'pending')"
        );
        where.Add("NOT EXISTS (SELECT 1 FROM signing_notices n WHERE n.project_id = p.id AND n.status = 'open')");
        return (await window.ByDay<Row>(session, Select, where, "p.plan_on", "p.seq")).Select(row =>
            row.Item(DueKind.StepPlanned, "project", $"/projects/{row.Id}", window) with
            {
                Stage = Slug.To<Stage>(row.Stage) switch
                {
                    Stage.InTalks => Stage.Signed,
                    Stage.Registered => Stage.Started,
                    _ => Stage.InProduction,
                },
            }
        );
    }

    private sealed class Row : DueRow
    {
        public required string Stage { get; init; }
    }

    private const string Select = """
        SELECT p.seq, p.id, p.plan_on AS on_day, p.id AS project_id, p.code AS project_code, p.name AS project_name, p.secret, p.stage
        FROM projects p
        """;
}
