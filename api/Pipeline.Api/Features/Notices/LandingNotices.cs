using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>The centre corrected where a project landed, and with it who is credited (R43, R45).</summary>
public static class LandingNotices
{
    /// <summary>Tells the owner, and the units that it landed in before and now; of a secret project the owner alone, since no other knows it.</summary>
    public static async Task Corrected(Session session, LandingCorrected happened)
    {
        string[] units = happened.Secret ? [happened.OwnerId] : [happened.OwnerId, happened.FromId, happened.ToId];
        foreach (var unit in units.Distinct())
            await Notice.Tell(
                session,
                NoticeKind.LandingCorrected,
                Audience.Unit(unit),
                happened.EntryId,
                new NoticeFacts { Name = happened.Name, Secret = happened.Secret },
                projectId: happened.ProjectId,
                by: happened.Actor
            );
    }
}
