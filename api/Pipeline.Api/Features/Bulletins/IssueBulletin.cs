using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Bulletins;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>Issues a bulletin that another person drafted: what it says is frozen, its hash joins the audit chain; or supersedes one (R118).</summary>
/// <remarks>What it says is composed before the transaction, so that nobody waits while that lasts; within it is seen whether that may still be told.</remarks>
public static class IssueBulletin
{
    public static Task<IResult> Handle(string id, Call call, Database database, RuleBooks ruleBooks) =>
        call.Write<BulletinContent?>(
            async () =>
                await database.Read(session => Compose(session, call, id, ruleBooks), call.Context.RequestAborted),
            async (session, composed) =>
            {
                var taken = await Take(call, session, id, BulletinStep.Issue, () => null);
                if (taken.Refusal is { } refusal)
                    return refusal;
                var row = taken.Value;
                var content =
                    composed is not null && await StillMayBeTold(session, composed)
                        ? composed
                        : (await ReadBulletins.Content(session, call.Caller, ruleBooks, row))!;
                var text = Json.Write(content);
                var number = await BulletinRow.NextNumber(session);
                var hash = BulletinSeal.Of(row, session.Today.Year, number, text);
                await BulletinRow.Issue(session, call.Caller, row, number, text, hash);
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
                return ReadBulletins.Told(issued, call.Caller, content);
            }
        );

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

    /// <summary>What it will say; null where it cannot be issued, which the transaction then refuses.</summary>
    private static async Task<BulletinContent?> Compose(Session session, Call call, string id, RuleBooks ruleBooks) =>
        await BulletinRow.For(session, call.Caller, id) is { } row
        && ETags.Check(call.Request, row.Version) is null
        && BulletinRules.MayTake(BulletinStep.Issue, row.At, row.DraftedBy == call.Caller.UserId) is null
            ? await ReadBulletins.Content(session, call.Caller, ruleBooks, row)
            : null;

    /// <summary>Whether none of the projects that it names has become secret or gone back into talks since it was composed (R20), and it is still the same day.</summary>
    private static async Task<bool> StillMayBeTold(Session session, BulletinContent content)
    {
        foreach (var ids in content.ProjectIds().Chunk(400))
        {
            if (await session.One<long>(CountHidden, new { ids }) > 0)
                return false;
        }

        return content.On == session.Today;
    }

    private const string CountHidden =
        "SELECT COUNT(*) FROM projects WHERE id IN @ids AND (secret = 1 OR stage = 'in-talks')";
}
