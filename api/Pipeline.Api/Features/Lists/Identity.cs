using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Totals;

namespace Pipeline.Api.Features.Lists;

/// <summary>What flowed in and out of each unit's work in a period (R95): it balances, row by row and as a whole.</summary>
public static class Identity
{
    /// <summary>opening + entered + transferredIn − transferredOut − landed − removed = closing.</summary>
    public sealed record Row
    {
        /// <summary>Absent of the city.</summary>
        public UnitRef? Unit { get; init; }
        public required long Opening { get; init; }
        public required long Entered { get; init; }
        public required long TransferredIn { get; init; }
        public required long TransferredOut { get; init; }
        public required long Landed { get; init; }
        public required long Removed { get; init; }
        public required long Closing { get; init; }

        public static Row Of(IdentityRow row, UnitRef? unit) =>
            new()
            {
                Unit = unit,
                Opening = row.Opening,
                Entered = row.Entered,
                TransferredIn = row.TransferredIn,
                TransferredOut = row.TransferredOut,
                Landed = row.Landed,
                Removed = row.Removed,
                Closing = row.Closing,
            };
    }

    public sealed record Response
    {
        public required string Period { get; init; }
        public required IReadOnlyList<Row> Items { get; init; }

        /// <summary>The sum of all units: what one gave to another stands in it as in and as out. For who reads the whole city.</summary>
        public Row? City { get; init; }

        /// <summary>What the daily proof that the books balance found last; absent: none yet.</summary>
        public ProofView? Proof { get; init; }
    }

    public static async Task<IResult> Handle(Call call)
    {
        var query = new QueryReader(call.Request);
        var asked = query.Text("period", 7);
        var unit = query.Text("jurisdictionId", 32);
        var months = asked is null ? null : Periods.Months(asked);
        if (asked is not null && months is null)
            query.Refuse("period", "period");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var city = Permissions.ReadsCity(call.Caller);
        return await call.Read<IResult>(async session =>
        {
            var period = asked ?? Periods.MonthOf(session.Today);
            var (first, last) = Periods.Months(period)!.Value;
            var mine = call.Caller.Unit ?? "";
            if (!city && unit is not null && unit != mine)
                return Reply.Plain(new Response { Period = period, Items = [] });
            var rows = await LibraryFlows.Of(session, first, last, city ? unit : mine);
            var names = (
                await session.Query<Named>(SelectNames, new { ids = rows.Keys.DefaultIfEmpty("").ToList() })
            ).ToDictionary(row => row.Id, StringComparer.Ordinal);
            return Reply.Plain(
                new Response
                {
                    Period = period,
                    Items =
                    [
                        .. rows.OrderBy(row => names[row.Key].Code, StringComparer.Ordinal)
                            .Select(row => Row.Of(row.Value, new UnitRef(row.Key, names[row.Key].Name))),
                    ],
                    City = city && unit is null ? Row.Of(MonthlyIdentity.Sum(rows.Values), null) : null,
                    Proof = await ProofView.Last(session, call.Caller),
                }
            );
        });
    }

    private sealed class Named
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
    }

    private const string SelectNames = "SELECT id, code, name FROM jurisdictions WHERE id IN @ids";
}
