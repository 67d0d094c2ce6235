using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Ledger;

/// <summary>An investment of a fund that counts (R131): a second person verified it, and the company is of the city or has moved to it. A decision on it is final.</summary>
internal sealed class CountedInvestment
{
    /// <summary>What its row names as its cause.</summary>
    public const string Cause = "fund-investment";

    /// <summary>The landing of what no unit brought: it is the city's alone.</summary>
    private const string TheCity = "city";

    public long Seq { get; init; }
    public required string Id { get; init; }

    /// <summary>The unit that keeps the fund by now; null: the centre does.</summary>
    public string? KeeperId { get; init; }
    public DateOnly InvestedOn { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>What counts of it. A fund that changes hands later leaves what it brought with the unit that kept it.</summary>
    public IReadOnlyList<CountedFact> Now(IReadOnlyList<LedgerRow> known) =>
        [
            new CountedFact
            {
                Kind = FactKind.FundInvestment,
                Subject = Id,
                OccurredOn = InvestedOn,
                Counted = 0,
                Amount = Money.FromHundredths(Amount, Currency),
                LandingId = Ledgers.Standing(known) is [var told, ..] ? told.Fact.LandingId : KeeperId ?? TheCity,
            },
        ];

    /// <summary>Some of them by their ids.</summary>
    public static Task<List<CountedInvestment>> Load(Session session, IReadOnlyList<string> ids) =>
        session.Query<CountedInvestment>(SelectByIds, new { ids });

    /// <summary>The next ones in the order of their numbers.</summary>
    public static Task<List<CountedInvestment>> After(Session session, long seq, int limit) =>
        session.Query<CountedInvestment>(SelectAfter, new { seq, limit });

    /// <summary>The next ones from a number down.</summary>
    public static Task<List<CountedInvestment>> Below(Session session, long seq, int limit) =>
        session.Query<CountedInvestment>(SelectBelow, new { seq, limit });

    private const string Columns = """
        SELECT i.seq, i.id, e.keeper_id, i.invested_on, i.amount, i.currency, i.decided_at
        FROM fund_investments i JOIN library_entries e ON e.id = i.fund_id
        WHERE i.status = 'verified' AND i.invested_in <> 'elsewhere'
        """;
    private const string SelectByIds = $"{Columns} AND i.id IN @ids ORDER BY i.seq";
    private const string SelectAfter = $"{Columns} AND i.seq > @seq ORDER BY i.seq {{page}}";
    private const string SelectBelow = $"{Columns} AND i.seq < @seq ORDER BY i.seq DESC {{page}}";
}
