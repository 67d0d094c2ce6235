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

    /// <summary>Tells the centre, once each, of the removals that nobody contested in time: they wait for it.</summary>
    public static async Task TellOfWaiting(Database database)
    {
        var (waiting, now) = await database.Read(async session =>
            (await session.Query<Waiting>(SelectWaiting, new { now = session.Now, limit = 100 }), session.Now)
        );
        if (waiting.Count == 0 || !database.Clock.MaySettle(now))
            return;
        foreach (var one in waiting)
            await database.Write(async session =>
            {
                await session.Lock(LockName.Project(one.ProjectId));
                if (await session.Execute(MarkTold, new { id = one.Id, now = session.Now }) == 0)
                    return;
                var row = (await RemovalRow.ById(session, one.Id))!;
                await Notice.Tell(
                    session,
                    NoticeKind.RemovalWaiting,
                    Audience.Coordinators,
                    row.Id,
                    new NoticeFacts
                    {
                        Name = row.ProjectName,
                        Secret = row.Secret,
                        Unit = row.JurisdictionName,
                    },
                    projectId: row.ProjectId
                );
                session.Note(
                    new AuditEntry("removal-waiting-told")
                    {
                        SubjectKind = "removal",
                        SubjectId = row.Id,
                        ProjectId = row.ProjectId,
                    }
                );
            });
    }

    private sealed class Waiting
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
    }

    private const string SelectWaiting =
        "SELECT r.id, r.project_id FROM removals r WHERE r.status = 'proposed' AND r.contest_until < @now AND r.waiting_told_at IS NULL ORDER BY r.contest_until, r.seq {page}";
    private const string MarkTold =
        "UPDATE removals SET waiting_told_at = @now WHERE id = @id AND status = 'proposed' AND waiting_told_at IS NULL";
}
