using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Moves;

/// <summary>Verifying (认定), returning and withdrawing a pending move (R3, R18a): once decided it is decided.</summary>
public static class DecideMove
{
    public static Task<IResult> Verify(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            var loaded = await ForDecision(session, settle, call.Caller, id, Act.DecideMove);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var move = loaded.Value;
            if (move.SubmittedBy == call.Caller.UserId)
                return new Refusal(RefusalKind.Forbidden, "self-verification");
            if (
                await ProblemRow.Blocking(
                    session,
                    move.ProjectId,
                    Json.Read<List<Reach>>(move.Reaches).Select(reach => reach.Stage)
                ) is
                { } problem
            )
                return new Refusal(RefusalKind.Conflict, "blocked-by-problem", problem.Title);
            await CloseMove.As(session, move.Id, MoveStatus.Verified, call.Caller, null);
            await session.Raise(new MoveDecided(move, MoveStatus.Verified, call.Caller, null));
            await TakeEffect.Of(session, settle, await ruleBooks.Load(session), move, call.Caller);
            return await Answer(session, call.Caller, id);
        });

    public static async Task<IResult> Return(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForDecision(session, settle, call.Caller, id, Act.DecideMove, body.Refusal);
            if (loaded.Refusal is { } refusal)
                return refusal;
            await Undo(
                session,
                settle,
                await ruleBooks.Load(session),
                loaded.Value,
                MoveStatus.Returned,
                call.Caller,
                body.Value!.Reason!.Trim()
            );
            return await Answer(session, call.Caller, id);
        });
    }

    public static Task<IResult> Withdraw(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            var loaded = await ForDecision(session, settle, call.Caller, id, Act.WithdrawMove);
            if (loaded.Refusal is { } refusal)
                return refusal;
            await Undo(
                session,
                settle,
                await ruleBooks.Load(session),
                loaded.Value,
                MoveStatus.Withdrawn,
                call.Caller,
                null
            );
            return await Answer(session, call.Caller, id);
        });

    /// <summary>The move is off; a claim that it held beyond its window expires at this instant (R18a).</summary>
    private static async Task Undo(
        Session session,
        SettleClaims settle,
        Domain.Rules.RuleBook book,
        MoveRow move,
        MoveStatus status,
        Caller actor,
        string? reason
    )
    {
        await CloseMove.As(session, move.Id, status, actor, reason);
        await session.Raise(new MoveDecided(move, status, actor, reason));
        var kind = status == MoveStatus.Returned ? EntryKind.MoveReturned : EntryKind.MoveWithdrawn;
        Timeline.Add(
            session,
            move.ProjectId,
            kind,
            actor,
            move.JurisdictionId,
            note: reason,
            before: new { to = move.ToStage },
            after: new { moveId = move.Id }
        );
        var standing = await SettleClaims.Standing(session, move.ProjectId);
        if (standing.Active is { } active && active.SuspendedAt is null && active.ExpiresAt < session.Now)
            await settle.Apply(
                session,
                move.ProjectId,
                standing.End(active.Id, ClaimStatus.Expired, session.Now, book),
                null,
                null
            );
        await StoreProject.Touch(session, move.ProjectId, publicly: false);
    }

    private static async Task<Result<MoveRow>> ForDecision(
        Session session,
        SettleClaims settle,
        Caller caller,
        string id,
        Act act,
        Refusal? malformed = null
    )
    {
        if (await session.One<string>("SELECT project_id FROM moves WHERE id = @id", new { id }) is { } projectId)
            await settle.Project(session, projectId);
        if (await MoveRow.For(session, caller, id) is not { } move)
            return Refusal.NotFound;
        if (!Permissions.Allows(caller, act, move.RelationOf(caller)))
            return Refusal.Forbidden;
        if (act == Act.WithdrawMove && move.SubmittedBy != caller.UserId)
            return Refusal.Forbidden;
        if (malformed is not null)
            return malformed;
        return move.At == MoveStatus.Pending ? move : new Refusal(RefusalKind.Conflict, "move-decided");
    }

    private static async Task<Reply> Answer(Session session, Caller caller, string id)
    {
        var move = (await MoveRow.For(session, caller, id))!;
        return Reply.Resource(move.View(caller), move.Version, projectId: move.ProjectId);
    }
}
