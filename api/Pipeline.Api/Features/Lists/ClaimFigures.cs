using Dapper;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Claims;
using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Lists;

/// <summary>What became of first reports, month by month: to a unit of its own only (R20).</summary>
public static class ClaimFigures
{
    /// <param name="Active">Claims active when the month ended, or now in the present one.</param>
    public sealed record Month(string Name, long Received, long Activated, long Converted, long Expired, long Released, long Revoked, long Active);

    public sealed record Response(IReadOnlyList<Month> Months);

    public static async Task<IResult> Handle(Call call)
    {
        var query = new QueryReader(call.Request);
        var (from, to) = (query.Month("from"), query.Month("to"));
        var unit = query.Text("jurisdictionId", 32);
        var refusal = query.Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (refusal is not null)
                return (Reply)refusal;
            var asked = Months.Between(from, to, session.Today);
            if (asked.Refusal is { } wrong)
                return (Reply)wrong;
            var received = await Count(session, call.Caller, unit, "'received'", "c.received_at", "1 = 1");
            var activated = await Count(session, call.Caller, unit, "'activated'", "c.activated_at", "c.activated_at IS NOT NULL");
            var ended = await Count(session, call.Caller, unit, "c.status", "c.ended_at", "c.activated_at IS NOT NULL AND c.ended_at IS NOT NULL");
            return Reply.Plain(new Response([.. asked.Value.Names.Select(name =>
            {
                long In(List<Counted> counts, string status) => counts.Where(row => row.Month == name && row.Status == status).Sum(row => row.Count);
                long UpTo(List<Counted> counts) => counts.Where(row => string.CompareOrdinal(row.Month, name) <= 0).Sum(row => row.Count);
                return new Month(
                    name, In(received, "received"), In(activated, "activated"), In(ended, "converted"), In(ended, "expired"), In(ended, "released"), In(ended, "revoked"), UpTo(activated) - UpTo(ended));
            })]));
        });
    }

    private static async Task<List<Counted>> Count(Session session, Caller caller, string? unit, string status, string instant, string which)
    {
        var parameters = new DynamicParameters();
        var mine = "1 = 1";
        if (!Permissions.ReadsCity(caller))
        {
            mine = "c.jurisdiction_id = @mine";
            parameters.Add("mine", caller.Unit ?? "");
        }
        else if (!Permissions.ReadsSecret(caller))
        {
            mine = ListClaims.OpenToLeader;
            parameters.Add("me", caller.UserId);
        }

        if (unit is not null)
        {
            mine += " AND c.jurisdiction_id = @unit";
            parameters.Add("unit", unit);
        }

        return await session.Query<Counted>(
            $"""
            SELECT l.status, l.month, COUNT(*) AS count
            FROM (SELECT {status} AS status, {session.Dialect.CityMonth(instant)} AS month FROM claims c LEFT JOIN projects p ON p.id = c.project_id WHERE {which} AND {mine}) l
            GROUP BY l.status, l.month
            """,
            parameters);
    }

    private sealed class Counted
    {
        public required string Status { get; init; }
        public required string Month { get; init; }
        public long Count { get; init; }
    }
}
