using Microsoft.Extensions.Logging;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Transfers;

namespace Pipeline.Store.Transfers;

/// <summary>Ends a transfer, by somebody's step or by itself; a conditional update decides who comes first (R40).</summary>
public static class EndTransfer
{
    /// <summary>Ends it under the lock of its project.</summary>
    /// <param name="at">The instant at which it ended, which may be over.</param>
    public static async Task As(
        Session session,
        TransferRow row,
        TransferStatus status,
        DateTimeOffset at,
        Caller? actor,
        TransferEnd? reason = null,
        string? note = null
    )
    {
        await session.ExecuteOnOne(
            Update,
            new
            {
                id = row.Id,
                before = row.Status,
                status = Slug.Of(status),
                by = actor?.UserId,
                byName = actor?.DisplayName,
                at,
                reason = reason is { } why ? Slug.Of(why) : null,
                note,
                now = session.Now,
            }
        );
        Timeline.Add(
            session,
            row.ProjectId,
            Entry(status),
            // Who of the receiving unit answered is that unit's own.
            actor?.Unit == row.ToId
                ? null
                : actor,
            row.FromId,
            at: at,
            note: note,
            before: new { status = row.Stored },
            after: new
            {
                transferId = row.Id,
                status,
                receiver = row.ToName,
                endReason = reason,
            }
        );
        await session.Raise(new TransferProceeded((await TransferRow.ById(session, row.Id))!, actor));
    }

    private static EntryKind Entry(TransferStatus status) =>
        status switch
        {
            TransferStatus.Approved => EntryKind.TransferApproved,
            TransferStatus.Declined => EntryKind.TransferDeclined,
            TransferStatus.Rejected => EntryKind.TransferRejected,
            TransferStatus.Cancelled => EntryKind.TransferCancelled,
            _ => EntryKind.TransferLapsed,
        };

    private const string Update = """
        UPDATE transfers SET status = @status, ended_by = @by, ended_by_name = @byName, ended_at = @at, end_reason = @reason, end_note = @note, version = version + 1, updated_at = @now
        WHERE id = @id AND status = @before AND ended_at IS NULL
        """;
}

/// <summary>Makes true of transfers what time and the project have brought about: nobody has to look (R43a).</summary>
public sealed class SettleTransfers(Database database, ILogger<SettleTransfers> log)
{
    private const int Batch = 100;

    /// <summary>Persists every lapse that is due, each in its own transaction: one that fails keeps nobody else from theirs.</summary>
    public async Task WhatIsDue()
    {
        var (due, now) = await database.Read(async session =>
            (await session.Query<string>(Due, new { now = session.Now, limit = Batch }), session.Now)
        );
        if (!database.Clock.MaySettle(now))
            return;
        foreach (var projectId in due)
        {
            try
            {
                await database.Write(async session =>
                {
                    await session.Lock(LockName.Project(projectId));
                    await OfProject(session, projectId);
                });
            }
            catch (Exception error) when (SettlementFailures.IsOfTheProject(error))
            {
                log.LogError(error, "The transfer of project {ProjectId} could not be settled", projectId);
            }
        }
    }

    /// <summary>Ends a project's transfer that nobody answered in time. The caller holds the project's lock.</summary>
    public static async Task OfProject(Session session, string projectId)
    {
        if (
            await TransferRow.OpenOn(session, projectId) is { } open
            && Domain.Transfers.TransferRules.StatusAt(open.Facts, session.Now) == TransferStatus.Lapsed
        )
            await Lapse(session, open, TransferEnd.NotAnswered, open.AcceptUntil);
    }

    internal static Task Lapse(Session session, TransferRow row, TransferEnd reason, DateTimeOffset at) =>
        EndTransfer.As(session, row, TransferStatus.Lapsed, at, null, reason);

    private const string Due =
        "SELECT project_id FROM transfers WHERE status = 'proposed' AND accept_until < @now AND ended_at IS NULL ORDER BY accept_until {page}";
}

/// <summary>A transfer lapses when the project becomes another unit's, or leaves the talks (R43a).</summary>
public sealed class TransferSubscriber : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        var (projectId, at) = happened switch
        {
            ClaimsSettled settled => (settled.ProjectId, FirstPromotion(settled) ?? session.Now),
            MoveTookEffect taken => (taken.Move.ProjectId, session.Now),
            _ => (null, session.Now),
        };
        if (projectId is null || await TransferRow.OpenOn(session, projectId) is not { } open)
            return;
        var project = (await LoadProject.ById(session, projectId))!;
        if (open.AcceptUntil < at && open.Stored == TransferStatus.Proposed)
            await SettleTransfers.Lapse(session, open, TransferEnd.NotAnswered, open.AcceptUntil);
        else if (project.OwnerId != open.FromId)
            await SettleTransfers.Lapse(session, open, TransferEnd.OwnerChanged, at);
        else if (project.At != Domain.Projects.Stage.InTalks)
            await SettleTransfers.Lapse(session, open, TransferEnd.ProjectMoved, at);
    }

    /// <summary>When the project first became another's in a settlement that may come late.</summary>
    private static DateTimeOffset? FirstPromotion(ClaimsSettled settled) =>
        settled
            .Settlement.Changes.Where(change => change.After.Status == Domain.Claims.ClaimStatus.Active)
            .Select(change => (DateTimeOffset?)change.At)
            .FirstOrDefault();
}
