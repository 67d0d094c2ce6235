using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Transfers;

namespace Pipeline.Api.Features.Transfers;

/// <summary>What the receiver, the proposer and the centre do with a transfer (R40): whoever comes first under the project's lock has decided.</summary>
public static class StepTransfer
{
    public static Task<IResult> Accept(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(id, call, settle, ruleBooks, TransferStep.Accept, null);

    public static Task<IResult> Cancel(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(id, call, settle, ruleBooks, TransferStep.Cancel, null);

    public static Task<IResult> Approve(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(id, call, settle, ruleBooks, TransferStep.Approve, null);

    public static async Task<IResult> Decline(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        await Take(id, call, settle, ruleBooks, TransferStep.Decline, await Reason(call));

    public static async Task<IResult> Reject(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        await Take(id, call, settle, ruleBooks, TransferStep.Reject, await Reason(call));

    private static Task<Parsed<ReasonRequest>> Reason(Call call) => call.Body(Validation.Of<ReasonRequest.Validator>());

    private static Task<IResult> Take(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        TransferStep step,
        Parsed<ReasonRequest>? body
    ) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id, step);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body?.Refusal is { } malformed)
                return malformed;
            var (row, caller) = (loaded.Value, call.Caller);
            if (
                Domain.Transfers.TransferRules.MayTake(step, row.Facts, row.SideOf(caller), session.Now) is
                { } impossible
            )
                return impossible;
            var book = await ruleBooks.Load(session);
            if (await Do(session, settle, book, row, step, caller, body?.Value?.Reason?.Trim()) is { } refused)
                return refused;
            var after = (await TransferRow.For(session, caller, id))!;
            return Reply.Resource(
                after.View(caller, session.Now, await WorkCalendars.Load(session)),
                after.Version,
                projectId: row.SideOf(caller).Receiving ? null : row.ProjectId
            );
        });

    private static async Task<Refusal?> Do(
        Session session,
        SettleClaims settle,
        RuleBook book,
        TransferRow row,
        TransferStep step,
        Caller caller,
        string? reason
    )
    {
        switch (step)
        {
            case TransferStep.Accept:
                await AcceptOffer(session, book, row, caller);
                return null;
            case TransferStep.Approve:
                var project = (await LoadProject.ById(session, row.ProjectId))!;
                var judged = project.Transferable(caller) with { OpenTransfer = false, PendingMove = false };
                if (Domain.Transfers.TransferRules.MayPropose(judged, book.ById(row.RuleSetId)) is { } impossible)
                    return impossible;
                await ApproveTransfer.Of(session, settle, book, row, project, caller);
                return null;
            default:
                var end = step switch
                {
                    TransferStep.Decline => TransferStatus.Declined,
                    TransferStep.Cancel => TransferStatus.Cancelled,
                    _ => TransferStatus.Rejected,
                };
                await EndTransfer.As(session, row, end, session.Now, caller, note: reason);
                await StoreProject.Touch(session, row.ProjectId, publicly: false);
                return null;
        }
    }

    /// <summary>The receiver agrees; from now on the centre has its days to decide (R43a).</summary>
    private static async Task AcceptOffer(Session session, RuleBook book, TransferRow row, Caller caller)
    {
        var calendar = await WorkCalendars.Load(session);
        await session.ExecuteOnOne(
            SetAccepted,
            new
            {
                id = row.Id,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
                until = calendar.Deadline(session.Now, book.ById(row.RuleSetId).TransferDecision),
            }
        );
        Timeline.Add(
            session,
            row.ProjectId,
            EntryKind.TransferAccepted,
            null,
            row.FromId,
            before: new { status = TransferStatus.Proposed },
            after: new
            {
                transferId = row.Id,
                status = TransferStatus.Accepted,
                receiver = row.ToName,
            }
        );
        await StoreProject.Touch(session, row.ProjectId, publicly: false);
        await session.Raise(new TransferProceeded((await TransferRow.ById(session, row.Id))!, caller));
    }

    /// <summary>The transfer for a step: project and transfer settled first, then 404, 403, 428, 412.</summary>
    private static async Task<Result<TransferRow>> ForWrite(
        Session session,
        SettleClaims settle,
        Call call,
        string id,
        TransferStep step
    )
    {
        if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
            return Refusal.NotFound;

        // The receiver's claim gets a receipt of its own.
        if (step == TransferStep.Approve)
            await session.Lock(LockName.Intake);
        await settle.Project(session, projectId);
        await SettleTransfers.OfProject(session, projectId);
        if (await TransferRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (
            !Permissions.Allows(call.Caller, TransferRow.ActOf(step), row.RelationOf(call.Caller))
            || Domain.Transfers.TransferRules.MayTake(step, row.Facts, row.SideOf(call.Caller), session.Now)
                is { Kind: RefusalKind.Forbidden }
        )
            return Refusal.Forbidden;
        return ETags.Check(call.Request, row.Version) is { } stale ? stale : row;
    }

    private const string ProjectOf = "SELECT project_id FROM transfers WHERE id = @id";
    private const string SetAccepted = """
        UPDATE transfers SET status = 'accepted', accepted_by = @by, accepted_by_name = @byName, accepted_at = @now, decide_until = @until, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'proposed' AND accept_until >= @now
        """;
}
