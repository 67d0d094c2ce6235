using Pipeline.Api.Queries;
using Pipeline.Data;

namespace Pipeline.Api.Features.LeaderLinks;

/// <summary>The links whose leader is to have a contact, lest they count among those without one for long (R83).</summary>
public sealed class LeadersDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadLeaderLinks))
            return [];
        var where = LeaderLinkFilter.Visible(caller);
        where.Add("k.ended_on IS NULL AND p.stage <> 'terminated'");
        return (await window.ByDay<DueRow>(session, Select, where, "k.contact_due_on", "k.seq")).Select(row =>
            row.Item(DueKind.LeaderContact, "leader-link", $"/projects/{row.ProjectId}", window)
        );
    }

    private const string Select = """
        SELECT k.seq, k.id, k.contact_due_on AS on_day, k.project_id, p.code AS project_code, p.name AS project_name, p.secret, p.owner_id AS unit_id, o.name AS unit_name
        FROM leader_links k JOIN projects p ON p.id = k.project_id JOIN jurisdictions o ON o.id = p.owner_id
        """;
}
