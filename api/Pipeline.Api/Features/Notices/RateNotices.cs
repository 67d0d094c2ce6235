using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells the administrators, who keep the rates, that a currency has none.</summary>
public static class RateNotices
{
    /// <summary>Tells once a currency and rule set. Whose amount it is stays unsaid.</summary>
    public static Task Missing(Session session, AmountWithoutRate happened) =>
        Notice.Tell(
            session,
            NoticeKind.RateMissing,
            Audience.Administrators,
            $"{happened.Currency}:{happened.RuleSetId}",
            new NoticeFacts { Name = happened.Currency }
        );
}
