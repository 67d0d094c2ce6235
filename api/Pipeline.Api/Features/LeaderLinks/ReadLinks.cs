using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.LeaderLinks;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.LeaderLinks;

/// <summary>The links that a caller may read, the newest first.</summary>
public static class ListLinks
{
    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var where = LeaderLinkFilter.Read(query, call.Caller);
        var noContact = query.FlagOrNull("noContact");
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            if (noContact is { } none)
                where.Add(
                    none
                        ? "k.ended_on IS NULL AND k.contact_due_on <= @today"
                        : "(k.ended_on IS NOT NULL OR k.contact_due_on > @today)",
                    "today",
                    session.Today
                );
            var total = await page.Total(
                session,
                $"SELECT COUNT(*) {LeaderLinkRow.From} WHERE {where.Sql}",
                where.Values
            );
            var filter = where.Sql;
            var behind = page.Behind("k.seq", where.Values, descending: true);
            var rows = await session.Query<LeaderLinkRow>(
                $"{LeaderLinkRow.Select} WHERE {filter}{behind} ORDER BY k.seq DESC {{page}}",
                where.Values
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret))
                session.Note(row.SecretRead());
            var rules = await ruleBooks.Current(session);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(session.Today, rules), total));
        });
    }
}

/// <summary>A project that could be linked to a leader and is not (R80): no error, a list.</summary>
public sealed record EligibleProjectView
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Stage Stage { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public Money? TotalInvestment { get; init; }

    /// <summary>The total in yuan, at the rate it is kept by.</summary>
    public required decimal Cny { get; init; }

    /// <summary>The level whose leaders it is for, where a tier says.</summary>
    public string? Level { get; init; }
    public required bool Secret { get; init; }
}

/// <summary>Eligible, not linked (R80): by the size in yuan that is kept with each project.</summary>
public static class ListEligible
{
    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var unit = query.Text("jurisdictionId", 32);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rules = await ruleBooks.Current(session);
            if (rules.ToCny(rules.LeaderLink.From, session.Today.Year) is not { } from)
                return Reply.Plain(new Page<EligibleProjectView> { Items = [] });
            var where = new Conditions();
            where.Add("p.amount_order >= @from", "from", new Money(from, "CNY").Hundredths);
            where.Add("p.stage IN ('in-talks', 'signed', 'registered', 'started')");
            where.Add("NOT EXISTS (SELECT 1 FROM leader_links k WHERE k.project_id = p.id AND k.ended_on IS NULL)");
            where.Add("p.owner_id = @unit", "unit", unit);
            var total = await page.Total(session, $"SELECT COUNT(*) FROM projects p WHERE {where.Sql}", where.Values);
            if (page.After is { } last)
            {
                where.Add("(p.amount_order < @key OR (p.amount_order = @key AND p.seq < @seq))");
                where.Values.Add("key", long.Parse(last.Key!, CultureInfo.InvariantCulture));
                where.Values.Add("seq", last.Seq);
            }

            where.Values.Add("limit", page.Limit + 1);
            var rows = await session.Query<Row>(
                $"{Select} WHERE {where.Sql} ORDER BY p.amount_order DESC, p.seq DESC {{page}}",
                where.Values
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret))
                session.Note(SecretReads.OfProject(row.Id));
            return Reply.Plain(
                page.Of(
                    rows,
                    row => new Cursor(row.AmountOrder.ToString(CultureInfo.InvariantCulture), row.Seq),
                    row =>
                    {
                        Money? money = row.Amount is { } amount ? Money.FromHundredths(amount, row.Currency!) : null;
                        return new EligibleProjectView
                        {
                            Id = row.Id,
                            Code = row.Code,
                            Name = row.Name,
                            Stage = Slug.To<Stage>(row.Stage),
                            Jurisdiction = new UnitRef(row.OwnerId, row.OwnerName),
                            TotalInvestment = money,
                            Cny = Money.FromHundredths(row.AmountOrder, "CNY").Amount,
                            Level = LeaderRules.LevelOf(money, rules, session.Today.Year),
                            Secret = row.Secret,
                        };
                    },
                    total
                )
            );
        });
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Stage { get; init; }
        public required string OwnerId { get; init; }
        public required string OwnerName { get; init; }
        public bool Secret { get; init; }
        public long? Amount { get; init; }
        public string? Currency { get; init; }
        public long AmountOrder { get; init; }
    }

    private const string Select =
        "SELECT p.seq, p.id, p.code, p.name, p.stage, p.owner_id, o.name AS owner_name, p.secret, p.amount, p.currency, p.amount_order FROM projects p JOIN jurisdictions o ON o.id = p.owner_id";
}

/// <summary>How the links of the city stand (R82).</summary>
public sealed record LinkSummary
{
    /// <summary>Projects that were ever linked, and those of them that were closed as landed.</summary>
    public required long EverLinked { get; init; }
    public required long Landed { get; init; }

    /// <summary>Landed ÷ ever linked, up to six places; absent where none was ever linked.</summary>
    public string? LandingRate { get; init; }

    /// <summary>Links that stand, and those of them without a contact of the leader for long (R83).</summary>
    public required long Active { get; init; }
    public required long NoContact { get; init; }
}

/// <summary>Landing rate = landed ÷ all ever linked (R82); a project counts once, however many leaders it had.</summary>
public static class SumUpLinks
{
    public static async Task<IResult> Handle(Call call)
    {
        if (new QueryReader(call.Request).Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var row = (await session.One<Row>(Select, new { today = session.Today }))!;
            return Reply.Plain(
                new LinkSummary
                {
                    EverLinked = row.EverLinked,
                    Landed = row.Landed,
                    LandingRate = LeaderRules
                        .LandingRate(row.Landed, row.EverLinked)
                        ?.ToString("0.000000", CultureInfo.InvariantCulture),
                    Active = row.Active,
                    NoContact = row.NoContact,
                }
            );
        });
    }

    private sealed class Row
    {
        public long EverLinked { get; init; }
        public long Landed { get; init; }
        public long Active { get; init; }
        public long NoContact { get; init; }
    }

    private const string Select = """
        SELECT COUNT(DISTINCT k.project_id) AS ever_linked, COUNT(DISTINCT CASE WHEN k.end_reason = 'landed' THEN k.project_id END) AS landed,
          COALESCE(SUM(CASE WHEN k.ended_on IS NULL THEN 1 ELSE 0 END), 0) AS active,
          COALESCE(SUM(CASE WHEN k.ended_on IS NULL AND k.contact_due_on <= @today THEN 1 ELSE 0 END), 0) AS no_contact
        FROM leader_links k
        """;
}
