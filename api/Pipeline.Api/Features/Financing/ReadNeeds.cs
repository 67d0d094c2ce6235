using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Financing;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.Rules;
using Pipeline.Store.Financing;
using Pipeline.Store.Libraries;

namespace Pipeline.Api.Features.Financing;

/// <summary>How many needs were financed, and how much (R135).</summary>
public sealed record RatesView
{
    public required int Needs { get; init; }

    /// <summary>What was needed, in yuan.</summary>
    public required Money Amount { get; init; }

    /// <summary>Needs that got money, each once.</summary>
    public required int Financed { get; init; }
    public required Money FinancedAmount { get; init; }

    /// <summary>Financed ÷ needs; absent where there is none.</summary>
    public string? ByCount { get; init; }

    /// <summary>What was got ÷ what was needed.</summary>
    public string? ByMoney { get; init; }

    /// <summary>Needs whose currency has no rate: in no amount.</summary>
    public required int WithoutRate { get; init; }
}

/// <summary>An institution or a fund as it suits a need.</summary>
public sealed record PartySuggestion
{
    public required MatchParty Party { get; init; }
    public string? Chain { get; init; }
    public required bool Suits { get; init; }
    public required IReadOnlyList<SuitedBy> For { get; init; }
    public required IReadOnlyList<SuitedBy> Against { get; init; }
    public required IReadOnlyList<SuitedBy> Unknown { get; init; }
}

/// <summary>Who may finance a need, the best first. Nobody is asked but by a person.</summary>
public sealed record SuggestionList
{
    public required IReadOnlyList<PartySuggestion> Items { get; init; }

    /// <summary>Whether there were more than were looked at.</summary>
    public required bool Incomplete { get; init; }
}

/// <summary>Needs of financing, for their units and who reads the city (R135, R20).</summary>
public static class ReadNeeds
{
    /// <summary>Of each library so many entries are looked at, the latest.</summary>
    private const int Most = 300;

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session => await Told(session, call.Caller, id));

    internal static async Task<Reply> Told(Session session, Caller caller, string id, int status = 200) =>
        await NeedRow.For(session, caller, id) is { } row
            ? Reply.Resource(
                row.View(caller, session.Today),
                row.Version,
                status,
                status == 201 ? $"/api/v1/financing-needs/{id}" : null,
                row.ProjectId
            )
            : Refusal.NotFound;

    public static async Task<IResult> List(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var caller = call.Caller;
        var where = NeedFilter.Read(query, caller);
        var suits = query.Text("suits", 32);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            if (suits is not null)
            {
                if (await PartyOf(session, caller, suits) is not { } party)
                    return (Reply)Refusal.NotFound;
                var rules = await ruleBooks.Current(session);
                var open = NeedFilter.Visible(caller);
                open.Values.Add("limit", Most);
                var candidates = await session.Query<NeedRow>(
                    $"{NeedRow.Select} WHERE {open.Sql} AND n.retire_reason IS NULL ORDER BY n.seq DESC {{page}}",
                    open.Values
                );
                List<string> ids =
                [
                    .. candidates.Where(need => Judge(need, party, rules, session.Today).Suits).Select(need => need.Id),
                ];
                if (ids.Count == 0)
                    where.Add("1 = 0");
                else
                    where.Add("n.id IN @ids", "ids", ids);
            }

            var filter = where.Sql;
            var total = await page.Total(session, $"SELECT COUNT(*) {NeedRow.From} WHERE {filter}", where.Values);
            var behind = page.Behind("n.seq", where.Values, descending: true);
            var rows = await session.Query<NeedRow>(
                $"{NeedRow.Select} WHERE {filter}{behind} ORDER BY n.seq DESC {{page}}",
                where.Values
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret == true))
                session.Note(row.SecretRead());
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(caller, session.Today), total));
        });
    }

    public static async Task<IResult> Rates(Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var from = query.Date("from");
        var until = query.Date("to");
        var unit = query.Text("jurisdictionId", 32);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var where = NeedFilter.Visible(call.Caller);
        where.Add("n.added_on >= @from", "from", from);
        where.Add("n.added_on <= @to", "to", until);
        where.Add($"{NeedRow.Owner} = @unit", "unit", unit);
        return await call.Read<IResult>(async session =>
        {
            var rules = await ruleBooks.Current(session);
            var needs = await session.Query<NeededRow>(NeededByDay(where.Sql), where.Values);
            var got = await session.Query<GotRow>(GotByDay(where.Sql), where.Values);
            decimal? Yuan(long amount, string currency, DateOnly on) =>
                rules.In("CNY", Money.FromHundredths(amount, currency), on);
            bool IsKnown(string currency, DateOnly on) => Yuan(0, currency, on) is not null;
            var known = needs.Where(sum => IsKnown(sum.Currency, sum.AddedOn)).ToList();
            var rates = new FinancingRates(
                (int)known.Sum(sum => sum.Needs),
                known.Sum(sum => Yuan(sum.Amount, sum.Currency, sum.AddedOn)!.Value),
                (int)known.Sum(sum => sum.Financed),
                got.Where(sum => IsKnown(sum.NeedCurrency, sum.AddedOn))
                    .Sum(sum => Yuan(sum.Amount, sum.Currency, sum.FinancedOn) ?? 0)
            );
            return Reply.Plain(
                new RatesView
                {
                    Needs = rates.Needs,
                    Amount = Rounded(rates.Amount),
                    Financed = rates.Financed,
                    FinancedAmount = Rounded(rates.FinancedAmount),
                    ByCount = Ratios.Text(rates.ByCount),
                    ByMoney = Ratios.Text(rates.ByMoney),
                    WithoutRate = (int)needs.Sum(sum => sum.Needs) - rates.Needs,
                }
            );
        });
    }

    private static Money Rounded(decimal yuan) => new(decimal.Round(yuan, 2, MidpointRounding.AwayFromZero), "CNY");

    public static Task<IResult> Suggestions(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (await NeedRow.For(session, call.Caller, id) is not { } need)
                return (Reply)Refusal.NotFound;
            var rules = await ruleBooks.Current(session);
            var found = new List<(LibraryRow Row, Suitability Fit)>();
            var incomplete = false;
            foreach (var library in Libraries)
            {
                var rows = await session.Query<LibraryRow>(
                    $"SELECT {LibraryRow.Columns} {LibraryRow.From} WHERE e.library = @library AND e.retired_at IS NULL ORDER BY e.seq DESC {{page}}",
                    new { library = Slug.Of(library), limit = Most + 1 }
                );
                incomplete |= rows.Count > Most;
                found.AddRange(
                    rows.Take(Most)
                        .Where(row => Permissions.Allows(call.Caller, Act.ReadLibraries, row.RelationOf(call.Caller)))
                        .Select(row => (row, Judge(need, row, rules, session.Today)))
                );
            }

            return Reply.Plain(
                new SuggestionList
                {
                    Items =
                    [
                        .. found
                            .OrderByDescending(one => one.Fit.For.Count - one.Fit.Against.Count)
                            .ThenBy(one => one.Row.Name, StringComparer.Ordinal)
                            .Select(one => new PartySuggestion
                            {
                                Party = new MatchParty(KindOf(one.Row.Of), one.Row.Id, one.Row.Name),
                                Chain = one.Row.Chain,
                                Suits = one.Fit.Suits,
                                For = one.Fit.For,
                                Against = one.Fit.Against,
                                Unknown = one.Fit.Unknown,
                            }),
                    ],
                    Incomplete = incomplete,
                }
            );
        });

    private static readonly Library[] Libraries = [Library.Institutions, Library.Funds];

    internal static PartyKind KindOf(Library library) =>
        library == Library.Funds ? PartyKind.Fund : PartyKind.Institution;

    /// <summary>The institution or fund, if the caller may know of it.</summary>
    internal static async Task<LibraryRow?> PartyOf(Session session, Caller caller, string id)
    {
        foreach (var library in Libraries)
        {
            if (await LibraryRow.For(session, caller, library, id) is { } row)
                return row;
        }

        return null;
    }

    private static Suitability Judge(NeedRow need, LibraryRow party, RuleSet rules, DateOnly today)
    {
        var (stages, size) =
            party.Of == Library.Funds
                ? Json.Read<FundDetails>(party.Details) is var fund
                    ? (fund.Stages, fund.Size)
                    : default
                : (Json.Read<InstitutionDetails>(party.Details).Stages, (Money?)null);
        return Suitability.Of(
            need.At,
            need.Chain,
            rules.In("CNY", need.Needed, today),
            stages ?? [],
            party.Chain,
            size is { } known ? rules.In("CNY", known, today) : null
        );
    }

    /// <summary>What was needed, summed by currency and day: amounts of one are turned into yuan by one rate.</summary>
    private static string NeededByDay(string filter) =>
        $"""
            SELECT d.currency, d.added_on, COUNT(*) AS needs, SUM(d.amount) AS amount, SUM(d.financed) AS financed
            FROM (
              SELECT n.currency, n.added_on, n.amount,
                CASE WHEN EXISTS (SELECT 1 FROM matches m WHERE m.need_id = n.id AND m.state = 'financed') THEN 1 ELSE 0 END AS financed
              {NeedRow.From} WHERE {filter}
            ) d
            GROUP BY d.currency, d.added_on
            """;

    /// <summary>What was got, by its own currency and day and those of the need.</summary>
    private static string GotByDay(string filter) =>
        $"""
            SELECT m.currency, m.financed_on, n.currency AS need_currency, n.added_on, SUM(m.amount) AS amount
            {NeedRow.From} JOIN matches m ON m.need_id = n.id WHERE {filter} AND m.state = 'financed'
            GROUP BY m.currency, m.financed_on, n.currency, n.added_on
            """;

    private sealed class NeededRow
    {
        public required string Currency { get; init; }
        public DateOnly AddedOn { get; init; }
        public long Needs { get; init; }
        public long Amount { get; init; }
        public long Financed { get; init; }
    }

    private sealed class GotRow
    {
        public required string Currency { get; init; }
        public DateOnly FinancedOn { get; init; }
        public required string NeedCurrency { get; init; }
        public DateOnly AddedOn { get; init; }
        public long Amount { get; init; }
    }
}
