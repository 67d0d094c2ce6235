using Pipeline.Api.Queries;
using Pipeline.Data;

namespace Pipeline.Api.Features.Capital;

/// <summary>The capital that waits for the centre, since it was submitted (R61).</summary>
public sealed class CapitalDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.DecideCapital))
            return [];
        var where = new Conditions();
        where.Add("e.status = 'pending'");
        return (await window.ByInstant<DueRow>(session, Select, where, "e.submitted_at", "e.seq")).Select(row =>
            row.Item(DueKind.CapitalToVerify, "capital", "/desk?tab=capital", window, waits: true)
        );
    }

    private const string Select = """
        SELECT e.seq, e.id, e.submitted_at AS at_instant, e.project_id, p.code AS project_code, p.name AS project_name, p.secret, e.jurisdiction_id AS unit_id, j.name AS unit_name
        FROM capital_entries e JOIN projects p ON p.id = e.project_id JOIN jurisdictions j ON j.id = e.jurisdiction_id
        """;
}
