using Pipeline.Api.Http;
using Pipeline.Domain.Removals;

namespace Pipeline.Api.Queries;

/// <summary>Which removals a list or an export is of, among those that the caller may read.</summary>
public static class RemovalFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<RemovalStatus>("status", "Only removals that stand so.").OrSeveral(),
        Query.Unit,
        Query.Project,
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = new Conditions();
        if (!Permissions.ReadsCity(caller))
            where.Add("r.jurisdiction_id = @mine", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        where.AddAny("r.status", "status", query.Choices<RemovalStatus>("status"));
        where.Add("r.jurisdiction_id = @unit", "unit", query.Text("jurisdictionId", 32));
        where.Add("r.project_id = @projectId", "projectId", query.Text("projectId", 32));
        return where;
    }
}
