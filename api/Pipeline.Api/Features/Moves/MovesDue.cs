using Pipeline.Api.Queries;
using Pipeline.Data;

namespace Pipeline.Api.Features.Moves;

/// <summary>The moves that wait for the centre, since they were submitted (R3).</summary>
public sealed class MovesDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.DecideMove))
            return [];
        var where = new Conditions();
        where.Add("m.status = 'pending'");
        return (await window.ByInstant<DueRow>(session, Select, where, "m.submitted_at", "m.seq")).Select(row =>
            row.Item(DueKind.MoveToVerify, "move", $"/desk?move={row.Id}", window, waits: true)
        );
    }

    private const string Select = """
        SELECT m.seq, m.id, m.submitted_at AS at_instant, m.project_id, p.code AS project_code, p.name AS project_name, p.secret, m.jurisdiction_id AS unit_id, j.name AS unit_name
        FROM moves m JOIN projects p ON p.id = m.project_id JOIN jurisdictions j ON j.id = m.jurisdiction_id
        """;
}
