using Pipeline.Api.Http;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Queries;

/// <summary>Which problems a list or an export is of, among those that the caller may read.</summary>
public static class ProblemFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<ProblemStatus>("status", "Only problems that stand so.").OrSeveral(),
        Query.Text("departmentId", "Only problems that this department is to answer."),
        Query.Choice<ProblemKind>("kind", "Only problems of this kind.").OrSeveral(),
        Query.Unit,
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = Visible(caller);
        where.AddAny("b.status", "status", query.Choices<ProblemStatus>("status"));
        where.Add("b.department_id = @department", "department", query.Text("departmentId", 32));
        where.Add(OfUnit("unit"), "unit", query.Text("jurisdictionId", 32));
        where.AddAny("b.kind", "kind", query.Choices<ProblemKind>("kind"));
        return where;
    }

    /// <summary>Of a unit's projects. A `CASE` on purpose: as a comparison the engine began with all projects of the unit, a hundred thousand in a large city, and sought the problems of each.</summary>
    private static string OfUnit(string parameter) => $"CASE WHEN p.owner_id = @{parameter} THEN 1 ELSE 0 END = 1";

    /// <summary>Which problems (<c>b</c>, of projects <c>p</c>) a caller may read; <see cref="ProblemRow.RelationOf"/> says the same of one.</summary>
    public static Conditions Visible(Caller caller)
    {
        var where = new Conditions();
        if (caller.Role == Role.Department)
            where.Add("b.department_id = @mine AND p.secret = 0", "mine", caller.JurisdictionId ?? "");
        else if (!Permissions.ReadsCity(caller))
            where.Add(OfUnit("mine"), "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        return where;
    }
}
