using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>A rule set waits for its second person; one was made (C13). Told to those who may publish.</summary>
public static class RuleSetNotices
{
    public static Task Drafted(Session session, RuleSetDrafted happened) =>
        Tell(
            session,
            NoticeKind.RuleSetDrafted,
            happened.Draft.Id,
            new NoticeFacts { Name = happened.Name },
            happened.Actor
        );

    public static Task Published(Session session, RuleSetPublished happened) =>
        Tell(
            session,
            NoticeKind.RuleSetPublished,
            happened.RuleSetId,
            new NoticeFacts { Name = happened.Name, On = happened.From },
            happened.Actor
        );

    private static async Task Tell(Session session, NoticeKind kind, string occasion, NoticeFacts facts, Caller by)
    {
        await Notice.Tell(session, kind, Audience.Coordinators, occasion, facts, by: by);
        await Notice.Tell(session, kind, Audience.Administrators, occasion, facts, by: by);
    }
}
