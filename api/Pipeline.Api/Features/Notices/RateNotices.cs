using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells the administrators, who keep the rates, that a currency has none.</summary>
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
}
