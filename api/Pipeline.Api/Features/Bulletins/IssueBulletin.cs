using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Bulletins;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>Issues a bulletin that another person drafted: what it says is frozen, its hash joins the audit chain; or supersedes one (R118).</summary>
public static class IssueBulletin
{
    public static Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            var taken = await Take(call, session, id, BulletinStep.Issue, () => null);
            if (taken.Refusal is { } refusal)
                return refusal;
            var row = taken.Value;
            var content = Json.Write((await ReadBulletins.Content(session, call.Caller, ruleBooks, row))!);
            var number = await BulletinRow.NextNumber(session);
            var hash = BulletinSeal.Of(row, session.Today.Year, number, content);
            await BulletinRow.Issue(session, call.Caller, row, number, content, hash);
            session.Note(
                new AuditEntry("bulletin-issued")
                {
                    SubjectKind = "bulletin",
                    SubjectId = id,
                    Changes = AuditEntry.Between(
                        null,
                        new JsonObject
                        {
                            ["period"] = row.Period,
                            ["number"] = number,
                            ["hash"] = hash,
                        }
                    ),
                }
            );
            var issued = (await BulletinRow.ById(session, id))!;
            await session.Raise(new BulletinIssued(issued, call.Caller));
            return await ReadBulletins.Told(session, call.Caller, ruleBooks, issued);
        });

    public static async Task<IResult> Supersede(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var taken = await Take(call, session, id, BulletinStep.Supersede, () => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            await BulletinRow.Supersede(session, call.Caller, taken.Value, body.Value!.Reason!.Trim());
            return await ReadBulletins.Told(session, call.Caller, ruleBooks, (await BulletinRow.ById(session, id))!);
        });
    }

    /// <summary>The bulletin, if this caller may take the step now; the checks in the order of the contract.</summary>
    private static async Task<Result<BulletinRow>> Take(
        Call call,
        Session session,
        string id,
        BulletinStep step,
        Func<Refusal?> malformed
    )
    {
        await session.Lock(LockName.Assessment);
        if (await BulletinRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (ETags.Check(call.Request, row.Version) is { } stale)
            return stale;
        if (malformed() is { } wrong)
            return wrong;
        return BulletinRules.MayTake(step, row.At, row.DraftedBy == call.Caller.UserId) is { } refused ? refused : row;
    }
}
