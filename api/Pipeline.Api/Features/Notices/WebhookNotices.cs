using Pipeline.Data;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells the unit of the key and those who administer the service that changes are sent to an address no longer.</summary>
public static class WebhookNotices
{
    public static async Task Disabled(Session session, WebhookDisabled happened)
    {
        var audiences = new List<Audience> { Audience.Administrators };
        if (happened.UnitId is { } unit)
            audiences.Add(Audience.Unit(unit));
        foreach (var audience in audiences)
            await Notice.Tell(
                session,
                NoticeKind.WebhookEnded,
                audience,
                $"{happened.WebhookId}:{happened.Version}",
                new NoticeFacts { Name = happened.KeyName, Title = happened.Host }
            );
    }
}
