using Pipeline.Data;

namespace Pipeline.Store.Moves;

/// <summary>Closes a move that waits.</summary>
public static class CloseMove
{
    /// <summary>Closes a project's pending move as returned: what release, revocation, transfer and termination do to it (R18a).</summary>
    public static async Task PendingAsReturned(Session session, string projectId, Caller actor, string? reason)
    {
        if (await MoveRow.PendingOn(session, projectId) is not { } move)
            return;
        await As(session, move.Id, MoveStatus.Returned, actor, reason);
        await session.Raise(new MoveDecided(move, MoveStatus.Returned, actor, reason));
        Timeline.Add(
            session,
            projectId,
            EntryKind.MoveReturned,
            actor,
            move.JurisdictionId,
            note: reason,
            after: new { moveId = move.Id }
        );
    }

    public static Task As(Session session, string id, MoveStatus status, Caller actor, string? reason) =>
        session.ExecuteOnOne(
            Decide,
            new
            {
                id,
                status = Slug.Of(status),
                by = actor.UserId,
                byName = actor.DisplayName,
                now = session.Now,
                reason,
            }
        );

    private const string Decide = """
        UPDATE moves SET status = @status, decided_by = @by, decided_by_name = @byName, decided_at = @now, return_reason = @reason, version = version + 1
        WHERE id = @id AND status = 'pending'
        """;
}
