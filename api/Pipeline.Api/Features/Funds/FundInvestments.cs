using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Features.Funds;

/// <summary>Submits, verifies and returns what funds have invested (R131); only what a second person verified counts.</summary>
public static class FundInvestments
{
    public sealed record Request
    {
        public string? Company { get; init; }
        public string? Uscc { get; init; }

        /// <summary>Whether the company is of the city, has moved to it, or is elsewhere and counts not as returned.</summary>
        public InvestedIn? InvestedIn { get; init; }
        public DateOnly? InvestedOn { get; init; }
        public Money? Amount { get; init; }

        /// <summary>The papers that show it: agreement, bank slip and their numbers.</summary>
        public string? Evidence { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Company).Required().Line(200);
            RuleFor(request => request.Uscc).Line(30);
            RuleFor(request => request.InvestedIn).Required();
            RuleFor(request => request.InvestedOn).Required();
            RuleFor(request => request.InvestedOn).PastDay();
            RuleFor(request => request.Amount)
                .NotNull()
                .Coded("required")
                .Amount()
                .Must(amount => amount!.Value.Amount > 0)
                .Coded("amount-positive");
            RuleFor(request => request.Evidence).Required().Line(200);
        }
    }

    public static Task<IResult> List(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await LibraryRow.For(session, call.Caller, Library.Funds, id) is not { } fund)
                return (Reply)Refusal.NotFound;
            if (!Permissions.Allows(call.Caller, Act.ReadFundInvestments, fund.RelationOf(call.Caller)))
                return (Reply)Refusal.Forbidden;
            return Reply.Plain(
                new Page<FundInvestmentView>
                {
                    Items =
                    [
                        .. (await FundInvestmentRow.OfFund(session, id)).Select(row => row.View(call.Caller, fund)),
                    ],
                }
            );
        });

    public static async Task<IResult> Submit(string id, Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            await session.Lock(LockName.Library);
            if (await LibraryRow.For(session, caller, Library.Funds, id) is not { } fund)
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, Act.SubmitFundInvestment, fund.RelationOf(caller)))
                return Refusal.Forbidden;
            if (body.Refusal is { } malformed)
                return malformed;
            if (fund.IsRetired)
                return new Refusal(RefusalKind.Conflict, "entry-retired");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var investment = Ids.New();
            await Store(session, caller, investment, id, body.Value!);
            var row = (await FundInvestmentRow.ById(session, investment))!;
            return Reply.Plain(row.View(caller, fund), 201) with { Location = $"/api/v1/funds/{id}/investments" };
        });
    }

    /// <summary>Stores an investment that was checked. The caller holds the lock.</summary>
    internal static async Task Store(Session session, Caller by, string id, string fundId, Request request)
    {
        await session.Execute(
            Insert,
            new
            {
                id,
                fundId,
                company = request.Company!.Trim(),
                uscc = Texts.Trimmed(request.Uscc),
                investedIn = Slug.Of(request.InvestedIn!.Value),
                investedOn = request.InvestedOn!.Value,
                amount = request.Amount!.Value.Hundredths,
                currency = request.Amount.Value.Currency,
                evidence = request.Evidence!.Trim(),
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        session.Note(Entry("fund-investment-submitted", id));
    }

    public static Task<IResult> Verify(string id, Call call) =>
        call.Write(session => Decide(session, call, id, InvestmentStatus.Verified, null));

    public static async Task<IResult> Return(string id, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(session => Decide(session, call, id, InvestmentStatus.Returned, body));
    }

    private static async Task<Reply> Decide(
        Session session,
        Call call,
        string id,
        InvestmentStatus to,
        Parsed<ReasonRequest>? body
    )
    {
        var caller = call.Caller;
        await session.Lock(LockName.Library);
        if (
            await FundInvestmentRow.ById(session, id) is not { } row
            || await LibraryRow.For(session, caller, Library.Funds, row.FundId) is not { } fund
        )
            return Refusal.NotFound;
        if (!Permissions.Allows(caller, Act.DecideFundInvestment, fund.RelationOf(caller)))
            return Refusal.Forbidden;
        if (body?.Refusal is { } malformed)
            return malformed;
        if (to == InvestmentStatus.Verified && row.SubmittedBy == caller.UserId)
            return new Refusal(RefusalKind.Forbidden, "self-verification");
        if (row.At != InvestmentStatus.Pending)
            return new Refusal(RefusalKind.Conflict, "investment-decided");
        if (call.ValidateOnly)
            return Reply.NothingStored;
        await Store(session, caller, id, to, body?.Value?.Reason?.Trim());
        return Reply.Plain((await FundInvestmentRow.ById(session, id))!.View(caller, fund));
    }

    /// <summary>Stores a decision that was checked. The caller holds the lock.</summary>
    internal static async Task Store(Session session, Caller by, string id, InvestmentStatus to, string? reason)
    {
        await session.ExecuteOnOne(
            SetDecided,
            new
            {
                id,
                status = Slug.Of(to),
                reason,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        session.Note(
            Entry(to == InvestmentStatus.Verified ? "fund-investment-verified" : "fund-investment-returned", id) with
            {
                Reason = reason,
            }
        );
        if (to == InvestmentStatus.Verified)
            await session.Raise(new FundInvestmentVerified(id));
    }

    private static AuditEntry Entry(string action, string id) =>
        new(action) { SubjectKind = "fund-investment", SubjectId = id };

    private const string Insert = """
        INSERT INTO fund_investments (id, fund_id, company, uscc, invested_in, invested_on, amount, currency, evidence, status, submitted_by, submitted_by_name, submitted_at, version)
        VALUES (@id, @fundId, @company, @uscc, @investedIn, @investedOn, @amount, @currency, @evidence, 'pending', @by, @byName, @now, 1)
        """;
    private const string SetDecided = """
        UPDATE fund_investments SET status = @status, reason = @reason, decided_by = @by, decided_by_name = @byName, decided_at = @now, version = version + 1
        WHERE id = @id AND status = 'pending'
        """;
}

/// <summary>How much of what the city put into a fund has come back as investment (返投, R131).</summary>
public static class ReadReturn
{
    /// <param name="CityPaidIn">What the city has paid in; absent: not known.</param>
    /// <param name="Multiple">How many times that has to come back, by contract; absent: not known.</param>
    /// <param name="Due">Multiple × paid in; absent: one of them is not known.</param>
    /// <param name="Returned">Verified money into local or relocated companies, in the currency of what the city paid in.</param>
    /// <param name="Share">Returned ÷ due, of up to six places; absent where nothing is due or nobody knows what.</param>
    /// <param name="Pending">Investments that wait for a second person.</param>
    /// <param name="WithoutRate">Verified investments in a currency without a rate; they are not in the sum.</param>
    public sealed record Response(
        Money? CityPaidIn,
        decimal? Multiple,
        Money? Due,
        Money Returned,
        string? Share,
        int Pending,
        int WithoutRate
    );

    public static Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (await LibraryRow.For(session, call.Caller, Library.Funds, id) is not { } fund)
                return (Reply)Refusal.NotFound;
            if (!Permissions.Allows(call.Caller, Act.ReadFundInvestments, fund.RelationOf(call.Caller)))
                return (Reply)Refusal.Forbidden;
            var details = Json.Read<FundDetails>(fund.Details);
            var rules = await ruleBooks.Current(session);
            var rows = await FundInvestmentRow.OfFund(session, id);
            var currency = details.CityPaidIn?.Currency ?? details.Size?.Currency ?? "CNY";
            var values = rows.Where(row => row.CountsAsReturned)
                .Select(row => rules.In(currency, row.Money, row.InvestedOn))
                .ToList();
            var result = ReturnInvestment.Of(
                details.CityPaidIn?.Amount,
                details.Multiple,
                values.Sum(value => value ?? 0m)
            );
            Money Told(decimal amount) => new(Math.Round(amount, 2, MidpointRounding.AwayFromZero), currency);
            return Reply.Plain(
                new Response(
                    details.CityPaidIn,
                    details.Multiple,
                    result.Due is { } due ? Told(due) : null,
                    Told(result.Returned),
                    Ratios.Text(result.Share),
                    rows.Count(row => row.At == InvestmentStatus.Pending),
                    values.Count(value => value is null)
                )
            );
        });
}
