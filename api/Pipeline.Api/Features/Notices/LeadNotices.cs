using Pipeline.Data;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells of leads of out-posted offices (R137): the centre that one came, the unit that it has one, the office what became of its own.</summary>
public static class LeadNotices
{
    public static async Task Proceeded(Session session, LeadProceeded happened)
    {
        if (happened.To == OfficeLeadStatus.Submitted)
        {
            await Tell(session, NoticeKind.LeadSubmitted, Audience.Coordinators, happened);
            return;
        }

        if (happened is { Step: OfficeLeadStep.Assign, UnitId: { } unit })
            await Tell(session, NoticeKind.LeadAssigned, Audience.Unit(unit), happened);
        if (happened.Step != OfficeLeadStep.Report)
            await Tell(session, NoticeKind.LeadProceeded, Audience.Unit(happened.OfficeId), happened);
    }

    private static Task<bool> Tell(Session session, NoticeKind kind, Audience audience, LeadProceeded happened) =>
        Notice.Tell(
            session,
            kind,
            audience,
            $"{happened.LeadId}:{Slug.Of(happened.To)}",
            new NoticeFacts
            {
                Name = happened.Title,
                OfficeLeadId = happened.LeadId,
                Lead = happened.To,
            },
            by: happened.Actor
        );
}
