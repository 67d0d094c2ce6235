using System.Globalization;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;

namespace Pipeline.Api.Features.Capital;

/// <summary>What was paid into one project: by kind and currency, foreign capital used, and how far that is of contract and plan (R63, R64).</summary>
public static class SumUpCapital
{
    /// <summary>What was paid in of one kind and currency.</summary>
    public sealed record PaidIn(CapitalKind Kind, Money Amount, int Count);

    public sealed record Response
    {
        public required IReadOnlyList<PaidIn> PaidIn { get; init; }

        /// <summary>All of it in yuan, as far as rates are known.</summary>
        public required Money Total { get; init; }

        /// <summary>How many entries are left out of it for want of a rate.</summary>
        public required int Unknown { get; init; }

        /// <summary>Foreign capital used, in dollars (R63), as far as rates are known.</summary>
        public required Money ForeignUsed { get; init; }
        public required int ForeignUnknown { get; init; }

        /// <summary>Of the contracted foreign capital, up to 6 places; absent where that is not known.</summary>
        public string? OnContract { get; init; }

        /// <summary>Of the total investment; absent where that is not known. Over 1 it is told uncapped.</summary>
        public string? OnPlan { get; init; }

        /// <summary><c>over-plan</c>.</summary>
        public required IReadOnlyList<string> Flags { get; init; }

        /// <summary>Entries that wait for the centre.</summary>
        public required int Pending { get; init; }
        public required IReadOnlyList<FixedInvestmentView> FixedInvestment { get; init; }
    }

    public static Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (!await ListCapital.Opens(session, call.Caller, id))
                return (Reply)Refusal.NotFound;
            var project = (await LoadProject.ById(session, id))!;
            var book = await ruleBooks.Load(session);
            var rows = await session.Query<CapitalRow>(
                $"{CapitalRow.Select} WHERE e.project_id = @id AND (@all = 1 OR e.jurisdiction_id = @unit) ORDER BY e.seq",
                new
                {
                    id,
                    all = Permissions.ReadsCity(call.Caller) ? 1 : 0,
                    unit = call.Caller.Unit ?? "",
                }
            );
            var verified = rows.Where(row => row.At == CapitalStatus.Verified).ToList();
            decimal? In(string currency, CapitalRow row) =>
                book.ById(row.RuleSetId).In(currency, row.Paid, row.OccurredOn);
            var total = verified.Sum(row => Rounded(In("CNY", row)));
            var foreign = verified.Where(row => row.IsForeign).ToList();
            var used = foreign.Sum(row => Rounded(In("USD", row)));
            var rules = book.At(session.Now);
            var body = project.Body();
            decimal? Planned(string currency, Money? money) =>
                money is { } planned ? rules.In(currency, planned, session.Today) : null;
            var unknown = verified.Count(row => In("CNY", row) is null);
            var foreignUnknown = foreign.Count(row => In("USD", row) is null);

            // A part of what was paid in must not pass for the whole.
            var onPlan = unknown > 0 ? null : CapitalEntries.Rate(total, Planned("CNY", body.TotalInvestment));
            var onContract = foreignUnknown > 0 ? null : CapitalEntries.Rate(used, Planned("USD", body.ForeignCapital));
            var own = (project.RelationOf(call.Caller) & (Relations.Own | Relations.City)) != Relations.None;
            return Reply.Plain(
                new Response
                {
                    PaidIn =
                    [
                        .. verified
                            .GroupBy(row => (row.Kind, row.Currency))
                            .OrderBy(group => Slug.To<CapitalKind>(group.Key.Kind))
                            .ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
                            .Select(group => new PaidIn(
                                Slug.To<CapitalKind>(group.Key.Kind),
                                Money.FromHundredths(group.Sum(row => row.Amount), group.Key.Currency),
                                group.Count()
                            )),
                    ],
                    Total = new Money(total, "CNY"),
                    Unknown = unknown,
                    ForeignUsed = new Money(used, "USD"),
                    ForeignUnknown = foreignUnknown,
                    OnContract = own ? Ratios.Text(onContract) : null,
                    OnPlan = own ? Ratios.Text(onPlan) : null,
                    Flags = own && onPlan > 1 ? ["over-plan"] : [],
                    Pending = rows.Count(row => row.At == CapitalStatus.Pending),
                    FixedInvestment = own
                        ? [.. (await FixedInvestmentRow.All(session, id)).Select(row => row.View())]
                        : [],
                }
            );
        });

    private static decimal Rounded(decimal? amount) => Math.Round(amount ?? 0m, 2, MidpointRounding.AwayFromZero);
}

/// <summary>Records a year's fixed-asset investment of a project as statistics have it (R65): never derived from entries.</summary>
public static class PutFixedInvestment
{
    public sealed record Request
    {
        public Money? Amount { get; init; }

        /// <summary>Whose statistics: a report, its number.</summary>
        public string? Source { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Amount).NotNull().Coded("required").Amount();
            RuleFor(request => request.Source).Required().Line(200);
        }
    }

    public static Task<IResult> Read(string id, string year, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (
                YearOf(year) is not { } known
                || await LoadProject.For(session, call.Caller, id) is not { } project
                || (project.RelationOf(call.Caller) & (Relations.Own | Relations.City)) == Relations.None
            )
                return (Reply)Refusal.NotFound;
            var view = await FixedInvestmentRow.Of(session, id, known);
            return Reply.Resource(view, view.Version);
        });

    public static async Task<IResult> Handle(
        string id,
        string year,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks
    )
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.RecordInvestment);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (YearOf(year) is not { } known)
                return Refusal.NotFound;
            var before = await FixedInvestmentRow.Of(session, id, known);
            if (ETags.Check(call.Request, before.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (known > session.Today.Year)
                return Refusal.Invalid(new FieldError("year", "future"));
            var rules = await ruleBooks.Current(session);
            await RecordInvestment.Store(
                session,
                call.Caller,
                loaded.Value,
                known,
                body.Value!.Amount!.Value,
                body.Value!.Source!.Trim(),
                before.Amount,
                rules.Id
            );
            var view = await FixedInvestmentRow.Of(session, id, known);
            return Reply.Resource(view, view.Version, projectId: id);
        });
    }

    private static int? YearOf(string year) =>
        int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
        && known is >= RecordInvestment.FirstYear and <= 2200
            ? known
            : null;
}
