using Pipeline.Api.Http;
using Pipeline.Domain.LeaderLinks;

namespace Pipeline.Api.Queries;

/// <summary>Which links a list or an export is of, among those that the caller may read: a unit those of its projects, a leader the own, the centre and auditors all.</summary>
public static class LeaderLinkFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Text("leaderId", "Only links of this leader."),
        Query.Whole("batch", "Only links that this batch made."),
        Query.Choice<LinkStatus>("status", "Only links that stand so."),
        Query.Project,
        Query.Unit,
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = Visible(caller);
        where.Add("k.leader_id = @leader", "leader", query.Text("leaderId", 32));
        where.Add("k.batch = @batch", "batch", query.Whole("batch", 1, int.MaxValue));
        if (query.Choice<LinkStatus>("status") is { } status)
            where.Add(status == LinkStatus.Active ? "k.ended_on IS NULL" : "k.ended_on IS NOT NULL");
        where.Add("k.project_id = @projectId", "projectId", query.Text("projectId", 32));
        where.Add("CASE WHEN p.owner_id = @unit THEN 1 ELSE 0 END = 1", "unit", query.Text("jurisdictionId", 32));
        return where;
    }

    /// <summary>Which links (<c>k</c>, of projects <c>p</c>) a caller may read.</summary>
    public static Conditions Visible(Caller caller)
    {
        var where = new Conditions();
        if (caller.Role == Role.Leader)
            where.Add($"k.leader_id = @me AND (p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        else if (!Permissions.ReadsCity(caller))
            where.Add("CASE WHEN p.owner_id = @mine THEN 1 ELSE 0 END = 1", "mine", caller.Unit ?? ""); // a CASE for the reason of ProblemFilter
        return where;
    }
}
