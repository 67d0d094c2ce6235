using Pipeline.Data;

namespace Pipeline.Store.Signings;

/// <summary>Ends an open notice of a signing (R31). The caller holds the lock of the project.</summary>
public static class EndNotice
{
    /// <summary>Cancels it and tells of it on the timeline.</summary>
    public static async Task Cancel(Session session, Caller caller, SigningNoticeRow row, string reason)
    {
        await session.ExecuteOnOne(
            SetCancelled,
            new
            {
                id = row.Id,
                reason,
                now = session.Now,
            }
        );
        Timeline.Add(
            session,
            row.ProjectId,
            EntryKind.NoticeCancelled,
            caller,
            row.JurisdictionId,
            note: reason,
            after: new { noticeId = row.Id }
        );
    }

    /// <summary>Takes an open notice back as one that never was: the one that it superseded is open again, as it was filed.</summary>
    public static async Task TakeBack(
        Session session,
        Caller caller,
        SigningNoticeRow row,
        string? superseded,
        string reason
    )
    {
        await Cancel(session, caller, row, reason);
        if (superseded is null)
            return;
        await session.ExecuteOnOne(SetOpen, new { id = superseded, now = session.Now });
        var open = (await SigningNoticeRow.OpenOn(session, row.ProjectId))!;
        Timeline.Add(
            session,
            row.ProjectId,
            EntryKind.NoticeChanged,
            caller,
            row.JurisdictionId,
            before: new { plannedSigningOn = row.PlannedOn, filedOn = row.FiledOn },
            after: new
            {
                noticeId = open.Id,
                plannedSigningOn = open.PlannedOn,
                filedOn = open.FiledOn,
            }
        );
    }

    private const string SetCancelled =
        "UPDATE signing_notices SET status = 'cancelled', ended_at = @now, end_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND status = 'open'";
    private const string SetOpen =
        "UPDATE signing_notices SET status = 'open', ended_at = NULL, version = version + 1, updated_at = @now WHERE id = @id AND status = 'superseded'";
}
