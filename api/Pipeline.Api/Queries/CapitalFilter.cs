using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Queries;

/// <summary>Which entries of capital a list or an export is of, among those that the caller may read.</summary>
public static class CapitalFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<CapitalStatus>("status", "Only entries that stand so.").OrSeveral(),
        Query.Text("period", "Only what counts in this month, quarter or year."),
        Query.Unit,
        Query.Choice<CapitalKind>("kind", "Only capital of this kind.").OrSeveral(),
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = new Conditions();
        if (!Permissions.ReadsCity(caller))
            where.Add("e.jurisdiction_id = @mine", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        where.AddAny("e.status", "status", query.Choices<CapitalStatus>("status"));
        where.AddAny("e.kind", "kind", query.Choices<CapitalKind>("kind"));
        if (query.Text("period", 7) is { } period)
        {
            if (Periods.Booked(period) is { } months)
            {
                where.Add("e.period >= @first", "first", months.First);
                where.Add("e.period <= @last", "last", months.Last);
            }
            else
            {
                query.Refuse("period", "period");
            }
        }

        where.Add("e.jurisdiction_id = @unit", "unit", query.Text("jurisdictionId", 32));
        return where;
    }
}
