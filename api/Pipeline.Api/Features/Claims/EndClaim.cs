using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Claims;

/// <summary>Ends of a claim by decision (R18): released by its holder, withdrawn by its reporter, revoked by the centre. The queue moves up at that instant.</summary>
public static class EndClaim
{
    public static Task<IResult> Release(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Handle(id, call, settle, ruleBooks, Act.ReleaseClaim, ClaimStatus.Released);

    public static Task<IResult> Withdraw(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Handle(id, call, settle, ruleBooks, Act.WithdrawClaim, ClaimStatus.Withdrawn);

    public static Task<IResult> Revoke(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Handle(id, call, settle, ruleBooks, Act.RevokeClaim, ClaimStatus.Revoked);

    private static async Task<IResult> Handle(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        Act act,
        ClaimStatus end
    )
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await AnswerClaim.ForWrite(session, settle, call, id, act);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var claim = loaded.Value;
            if (ClaimDecisions.RefuseEnd(claim.At, end) is { } notNow)
                return notNow;
            var reason = body.Value!.Reason!.Trim();
            var book = await ruleBooks.Load(session);
            await EndReport.By(session, settle, book, claim, end, call.Caller, reason);
            var row = (await LoadClaim.For(session, call.Caller, id))!;
            return AnswerClaim.With(session, call.Caller, row, book);
        });
    }
}

/// <summary>Lengthens the window of an active claim before it ends (R21), as often as its rule set allows.</summary>
public static class ExtendClaim
{
    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await AnswerClaim.ForWrite(session, settle, call, id, Act.ExtendClaim);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var claim = loaded.Value;
            var book = await ruleBooks.Load(session);
            if (claim.RefuseExtension(book, session.Now) is { } notNow)
                return notNow;
            var until = ClaimDecisions.Extended(claim.ExpiresAt!.Value, book.ById(claim.RuleSetId));
            await session.ExecuteOnOne(
                Extend,
                new
                {
                    id,
                    until,
                    now = session.Now,
                }
            );
            Timeline.Add(
                session,
                claim.ProjectId!,
                EntryKind.ClaimExtended,
                call.Caller,
                claim.JurisdictionId,
                note: body.Value!.Reason,
                before: new { claim.ExpiresAt },
                after: new { claimId = id, expiresAt = until }
            );
            await StoreProject.Touch(session, claim.ProjectId!, publicly: false);
            var row = (await LoadClaim.For(session, call.Caller, id))!;
            return AnswerClaim.With(session, call.Caller, row, book);
        });
    }

    private const string Extend =
        "UPDATE claims SET expires_at = @until, extensions = extensions + 1, version = version + 1, updated_at = @now WHERE id = @id AND status = 'active'";
}
