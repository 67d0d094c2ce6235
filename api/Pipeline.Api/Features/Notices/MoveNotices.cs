using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Notices;

/// <summary>A move waits for the centre; a move was verified or returned (R3).</summary>
public static class MoveNotices
{
    public static Task Submitted(Session session, MoveRow move, Caller by) =>
        Notice.Tell(
            session,
            NoticeKind.MoveSubmitted,
            Audience.Coordinators,
            move.Id,
            Of(move) with
            {
                Unit = move.JurisdictionName,
            },
            projectId: move.ProjectId,
            by: by
        );

    /// <summary>A move that its unit withdrew waits no more.</summary>
    public static Task Withdrawn(Session session, MoveRow move) =>
        Notice.Done(session, NoticeKind.MoveSubmitted, Audience.Coordinators, move.Id);

    /// <summary>Tells the unit whose move it was.</summary>
    public static async Task Decided(Session session, MoveRow move, MoveStatus decision, Caller? by, string? reason)
    {
        await Notice.Done(session, NoticeKind.MoveSubmitted, Audience.Coordinators, move.Id);
        await Notice.Tell(
            session,
            NoticeKind.MoveDecided,
            Audience.Unit(move.JurisdictionId),
            move.Id,
            Of(move) with
            {
                Move = decision,
                Reason = reason,
            },
            projectId: move.ProjectId,
            by: by
        );
    }

    private static NoticeFacts Of(MoveRow move) =>
        new()
        {
            Name = move.ProjectName,
            Secret = move.Secret,
            MoveId = move.Id,
            To = Slug.To<Stage>(move.ToStage),
        };
}
