using System.Globalization;
using Pipeline.Api.Features.RuleSets;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells the administrators, who keep the rates, what rates are missing: a currency without one, a year without any.</summary>
public static class RateNotices
{
    /// <summary>Tells once a rule set that an amount came in whose currency has no rate (R10). Whose amount it is stays unsaid.</summary>
    public static async Task Missing(Session session, RuleSet rules, Money? total)
    {
        if (total is { } money && !rules.HasRate(money.Currency))
            await Notice.Tell(
                session,
                NoticeKind.RateMissing,
                Audience.Administrators,
                $"{money.Currency}:{rules.Id}",
                new NoticeFacts { Name = money.Currency }
            );
    }

    /// <summary>Tells once a rule set that the year has begun without rates of its own.</summary>
    public static async Task YearDue(Database database, RuleBooks ruleBooks)
    {
        var (rules, year, told) = await database.Read(async session =>
        {
            var current = await ruleBooks.Current(session);
            var of = session.Today.Year;
            return (current, of, current.HasRatesOf(of) || await IsTold(session, current, of));
        });
        if (!told)
            await database.Write(session =>
                Notice.Tell(
                    session,
                    NoticeKind.YearWithoutRates,
                    Audience.Administrators,
                    Occasion(rules, year),
                    new NoticeFacts { Name = year.ToString(CultureInfo.InvariantCulture) }
                )
            );
    }

    private static async Task<bool> IsTold(Session session, RuleSet rules, int year) =>
        await session.One<string>(
            Told,
            new { key = Notice.Key(NoticeKind.YearWithoutRates, Occasion(rules, year), Audience.Administrators) }
        )
            is not null;

    private static string Occasion(RuleSet rules, int year) =>
        string.Create(CultureInfo.InvariantCulture, $"{year}:{rules.Id}");

    private const string Told = "SELECT id FROM notices WHERE notice_key = @key";
}
