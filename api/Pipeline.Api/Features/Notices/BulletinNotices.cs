using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>A bulletin waits for a second person; one was issued or superseded, which the centre, all units that report and the departments are told (R118).</summary>
public static class BulletinNotices
{
    public static Task Drafted(Session session, BulletinDrafted happened) =>
        Tell(session, NoticeKind.BulletinDrafted, Audience.Coordinators, happened.Bulletin, happened.Actor);

    public static Task Issued(Session session, BulletinIssued happened) =>
        TellAll(session, NoticeKind.BulletinIssued, happened.Bulletin, happened.Actor);

    public static Task Superseded(Session session, BulletinSuperseded happened) =>
        TellAll(session, NoticeKind.BulletinSuperseded, happened.Bulletin, happened.Actor);

    private static async Task TellAll(Session session, NoticeKind kind, BulletinRow bulletin, Caller by)
    {
        await Tell(session, kind, Audience.Coordinators, bulletin, by);
        foreach (
            var unit in (await JurisdictionRow.All(session)).Where(unit =>
                unit.Active && (unit.Reports || Slug.To<JurisdictionKind>(unit.Kind) == JurisdictionKind.Department)
            )
        )
            await Tell(session, kind, Audience.Unit(unit.Id), bulletin, by);
    }

    private static Task Tell(Session session, NoticeKind kind, Audience audience, BulletinRow bulletin, Caller by) =>
        Notice.Tell(
            session,
            kind,
            audience,
            bulletin.Id,
            new NoticeFacts { Name = bulletin.Period, BulletinId = bulletin.Id },
            by: by
        );
}
