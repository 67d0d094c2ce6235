using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Lists;

/// <summary>What became of first reports, month by month: to a unit of its own only (R20).</summary>
public static class ClaimFigures
{
    /// <param name="Active">Claims active when the month ended, or now in the present one.</param>
    public sealed record Month(
        string Name,
        long Received,
        long Activated,
        long Converted,
        long Expired,
        long Released,
        long Revoked,
        long Active
    );

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
            var sums = await StageTotals.Visible(session, call.Caller, SumsBy.Claims, null, unit);
            return Reply.Plain(
                new Response([
                    .. asked.Value.Names.Select(name =>
                    {
                        long In(string what) =>
                            sums.Where(sum => sum.Item == name && sum.Stage == what).Sum(sum => sum.Count);
                        var until = sums.Where(sum => string.CompareOrdinal(sum.Item, name) <= 0).ToList();
                        var active = until.Sum(sum =>
                            sum.Stage switch
                            {
                                "received" => 0,
                                "activated" => sum.Count,
                                _ => -sum.Count,
                            }
                        );
                        return new Month(
                            name,
                            In("received"),
                            In("activated"),
                            In("converted"),
                            In("expired"),
                            In("released"),
                            In("revoked"),
                            active
                        );
                    }),
                ])
            );
        });
    }
}
