using System.Globalization;
using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>An indicator or a score model waits for its second person; targets or a score model were published, which each unit concerned is told (C13, R102, R111).</summary>
public static class AssessmentNotices
{
    public static Task Drafted(Session session, IndicatorDrafted happened) =>
        Notice.Tell(
            session,
            NoticeKind.IndicatorDrafted,
            Audience.Coordinators,
            happened.IndicatorId,
            new NoticeFacts { Name = happened.Name },
            by: happened.Actor
        );

    public static async Task Published(Session session, TargetsPublished happened)
    {
        var year = happened.Year.ToString(CultureInfo.InvariantCulture);
        foreach (var (unit, count) in happened.ByUnit.Where(unit => unit.Key.Length > 0))
            await Notice.Tell(
                session,
                NoticeKind.TargetsPublished,
                Audience.Unit(unit),
                $"{year}:{Slug.Stamp(session.Now)}",
                new NoticeFacts { Name = year, Targets = count },
                by: happened.Actor
            );
    }

    public static Task Drafted(Session session, ScoreModelDrafted happened) =>
        Notice.Tell(
            session,
            NoticeKind.ScoreModelDrafted,
            Audience.Coordinators,
            happened.ModelId,
            new NoticeFacts { Name = happened.Name },
            by: happened.Actor
        );

    public static async Task Published(Session session, ScoreModelPublished happened)
    {
        foreach (var unit in happened.Units)
            await Notice.Tell(
                session,
                NoticeKind.ScoreModelPublished,
                Audience.Unit(unit),
                happened.ModelId,
                new NoticeFacts { Name = happened.Name },
                by: happened.Actor
            );
    }
}
