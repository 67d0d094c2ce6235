using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;

namespace Pipeline.Store.Libraries;

/// <summary>How an investment of a fund stands.</summary>
public enum InvestmentStatus
{
    Pending,
    Verified,
    Returned,
}

/// <summary>A second person verified what a fund invested (R131).</summary>
public sealed record FundInvestmentVerified(string Id) : IDomainEvent;

/// <summary>Money that a fund put into a company (R131), for the fund's keeper and who reads the city.</summary>
public sealed record FundInvestmentView
{
    public required string Id { get; init; }
    public required string FundId { get; init; }
    public required string Company { get; init; }
    public string? Uscc { get; init; }
    public required InvestedIn InvestedIn { get; init; }
    public required DateOnly InvestedOn { get; init; }
    public required Money Amount { get; init; }
    public required string Evidence { get; init; }
    public required InvestmentStatus Status { get; init; }
    public required PersonRef SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public PersonRef? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was returned.</summary>
    public string? Reason { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
}

/// <summary>An investment as it is stored.</summary>
public sealed class FundInvestmentRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string FundId { get; init; }
    public required string Company { get; init; }
    public string? Uscc { get; init; }
    public required string InvestedIn { get; init; }
    public DateOnly InvestedOn { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public required string Evidence { get; init; }
    public required string Status { get; init; }
    public required string SubmittedBy { get; init; }
    public required string SubmittedByName { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedByName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Reason { get; init; }

    public Money Money => Domain.Money.FromHundredths(Amount, Currency);

    public InvestmentStatus At => Slug.To<InvestmentStatus>(Status);

    /// <summary>Whether it counts as brought back.</summary>
    public bool CountsAsReturned =>
        At == InvestmentStatus.Verified && Slug.To<InvestedIn>(InvestedIn) != Domain.Libraries.InvestedIn.Elsewhere;

    public FundInvestmentView View(Caller caller, LibraryRow fund) =>
        new()
        {
            Id = Id,
            FundId = FundId,
            Company = Company,
            Uscc = Uscc,
            InvestedIn = Slug.To<InvestedIn>(InvestedIn),
            InvestedOn = InvestedOn,
            Amount = Money,
            Evidence = Evidence,
            Status = At,
            SubmittedBy = new PersonRef(SubmittedBy, SubmittedByName),
            SubmittedAt = SubmittedAt,
            DecidedBy = DecidedBy is null ? null : new PersonRef(DecidedBy, DecidedByName!),
            DecidedAt = DecidedAt,
            Reason = Reason,
            AllowedActions =
                At == InvestmentStatus.Pending
                && Permissions.Allows(caller, Act.DecideFundInvestment, fund.RelationOf(caller))
                    ? SubmittedBy == caller.UserId
                        ? ["return"]
                        : ["verify", "return"]
                    : [],
        };

    /// <summary>The investments of a fund, the newest first.</summary>
    public static Task<List<FundInvestmentRow>> OfFund(Session session, string fundId) =>
        session.Query<FundInvestmentRow>($"{Select} WHERE i.fund_id = @fundId ORDER BY i.seq DESC", new { fundId });

    public static Task<FundInvestmentRow?> ById(Session session, string id) =>
        session.One<FundInvestmentRow>($"{Select} WHERE i.id = @id", new { id });

    private const string Select = """
        SELECT i.seq, i.id, i.fund_id, i.company, i.uscc, i.invested_in, i.invested_on, i.amount, i.currency, i.evidence, i.status, i.submitted_by, i.submitted_by_name, i.submitted_at,
          i.decided_by, i.decided_by_name, i.decided_at, i.reason
        FROM fund_investments i
        """;
}
