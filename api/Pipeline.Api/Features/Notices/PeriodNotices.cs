using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>A period was closed or opened again, which the centre and all units that report are told; opening again waits for a coordinator (R105, R109).</summary>
public static class PeriodNotices
{
    public static Task Closed(Session session, PeriodClosed happened) =>
        TellAll(session, NoticeKind.PeriodClosed, happened.Period, null, happened.Actor);

    public static Task ReopenAsked(Session session, PeriodReopenAsked happened) =>
        Tell(
            session,
            NoticeKind.PeriodReopenAsked,
            Audience.Coordinators,
            happened.Period,
            happened.Reason,
            happened.Actor
        );

    public static Task Reopened(Session session, PeriodReopened happened) =>
        TellAll(session, NoticeKind.PeriodReopened, happened.Period, happened.Reason, happened.Actor);

    private static async Task TellAll(Session session, NoticeKind kind, string period, string? reason, Caller by)
    {
        await Tell(session, kind, Audience.Coordinators, period, reason, by);
        await Tell(session, kind, Audience.Administrators, period, reason, by);
        foreach (
            var unit in (await JurisdictionRow.All(session)).Where(unit => unit is { Reports: true, Active: true })
        )
            await Tell(session, kind, Audience.Unit(unit.Id), period, reason, by);
    }

    private static Task Tell(
        Session session,
        NoticeKind kind,
        Audience audience,
        string period,
        string? reason,
        Caller by
    ) =>
        Notice.Tell(
            session,
            kind,
            audience,
            $"{period}:{Slug.Stamp(session.Now)}",
            new NoticeFacts { Name = period, Reason = reason },
            by: by
        );
}
