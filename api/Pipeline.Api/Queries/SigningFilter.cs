using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Signings;

namespace Pipeline.Api.Queries;

/// <summary>Which signing notices a list or an export is of, among those that the caller may read.</summary>
public static class SigningFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<NoticeStatus>("status", "Only notices that stand so.").OrSeveral(),
        Query.Date("from", "Only signings planned for this day or later."),
        Query.Date("to", "Only signings planned for this day or earlier."),
        Query.Unit,
        Query.Flag("timely", "Only notices in time, or only late ones."),
    ];

    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = Visible(caller);
        where.AddAny("n.status", "status", query.Choices<NoticeStatus>("status"));
        if (query.Date("from") is { } from)
            where.Add("n.planned_on >= @from", "from", from);
        if (query.Date("to") is { } to)
            where.Add("n.planned_on <= @to", "to", to);
        where.Add("n.jurisdiction_id = @unit", "unit", query.Text("jurisdictionId", 32));
        if (query.FlagOrNull("timely") is { } timely)
            where.Add("n.timely = @timely", "timely", timely ? 1 : 0);
        return where;
    }

    /// <summary>Which notices (<c>n</c>, of projects <c>p</c>) a caller may read.</summary>
    public static Conditions Visible(Caller caller)
    {
        var where = new Conditions();
        if (!Permissions.ReadsCity(caller))
            where.Add("n.jurisdiction_id = @mine", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        return where;
    }
}
