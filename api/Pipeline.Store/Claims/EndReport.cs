using Pipeline.Data;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Claims;

/// <summary>Ends a report by somebody's act (R18): released, withdrawn, revoked or rejected. The queue moves up at that instant.</summary>
public static class EndReport
{
    /// <summary>The caller holds the locks of the report, and has judged that it may end so.</summary>
    public static async Task By(
        Session session,
        SettleClaims settle,
        RuleBook book,
        ClaimRow claim,
        ClaimStatus end,
        Caller actor,
        string reason
    )
    {
        if (claim.ProjectId is not { } projectId)
        {
            await UnderReview(session, claim, end, actor, reason);
            return;
        }

        if (claim.At == ClaimStatus.Active)
            await CloseMove.PendingAsReturned(session, projectId, actor, reason);
        var standing = await SettleClaims.Standing(session, projectId);
        await settle.Apply(session, projectId, standing.End(claim.Id, end, session.Now, book), actor, reason);
    }

    /// <summary>Ends a report that is under review, which has no project yet.</summary>
    public static async Task UnderReview(Session session, ClaimRow claim, ClaimStatus end, Caller actor, string reason)
    {
        await session.ExecuteOnOne(
            EndReviewed,
            new
            {
                id = claim.Id,
                status = Slug.Of(end),
                reason,
                now = session.Now,
            }
        );
        await session.Raise(new ReportEnded(claim.Id, claim.JurisdictionId, end, actor, reason));
    }

    private const string EndReviewed =
        "UPDATE claims SET status = @status, ended_at = @now, end_reason = @reason, returned_until = NULL, version = version + 1, updated_at = @now WHERE id = @id AND status = 'under-review'";
}
