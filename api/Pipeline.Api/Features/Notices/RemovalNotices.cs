using Pipeline.Data;
using Pipeline.Domain.Removals;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells the owner that its project is proposed for removal, and what became of that; the centre what it may decide (R94).</summary>
public static class RemovalNotices
{
    public static async Task Proceeded(Session session, RemovalProceeded happened)
    {
        var (row, actor) = happened;
        var facts = new NoticeFacts
        {
            Name = row.ProjectName,
            Secret = row.Secret,
            Until = row.ContestUntil,
            Removal = row.At,
            Reason = row.EndReason,
        };
        var proposed = row.At == RemovalStatus.Proposed;
        await Notice.Tell(
            session,
            proposed ? NoticeKind.RemovalProposed : NoticeKind.RemovalEnded,
            Audience.Unit(row.JurisdictionId),
            $"{row.Id}:{row.Status}",
            facts,
            // Who has lost it meanwhile knows it no more than it was.
            projectId: row.OwnerId == row.JurisdictionId ? row.ProjectId : null,
            by: actor
        );
    }
}
