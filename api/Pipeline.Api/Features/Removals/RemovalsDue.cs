using Pipeline.Api.Queries;
using Pipeline.Data;

namespace Pipeline.Api.Features.Removals;

/// <summary>The removals that are proposed: until when their unit contests them, and from when on the centre decides (R94).</summary>
public sealed class RemovalsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadRemovals))
            return [];
        var where = DueItems.Concerning(caller, "r.jurisdiction_id");
        where.Add("r.status = 'proposed'");
        var city = Permissions.ReadsCity(caller);
        return (await window.ByInstant<DueRow>(session, Select, where, "r.contest_until", "r.seq")).Select(row =>
            city
                ? row.Item(DueKind.RemovalToDecide, "removal", "/removals", window)
                : row.Item(DueKind.RemovalToContest, "removal", $"/projects/{row.ProjectId}", window)
        );
    }

    private const string Select = """
        SELECT r.seq, r.id, r.contest_until AS at_instant, r.project_id, p.code AS project_code, p.name AS project_name, p.secret, r.jurisdiction_id AS unit_id, j.name AS unit_name
        FROM removals r JOIN projects p ON p.id = r.project_id JOIN jurisdictions j ON j.id = r.jurisdiction_id
        """;
}
