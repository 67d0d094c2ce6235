using Pipeline.Data;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Transfers;

namespace Pipeline.Store.Transfers;

/// <summary>Makes an approved transfer true (R41): owner, claim and window, in one transaction.</summary>
public static class ApproveTransfer
{
    /// <summary>The caller holds the locks of the intake and of the project, and has judged that it may be.</summary>
    public static async Task Of(
        Session session,
        SettleClaims settle,
        RuleBook book,
        TransferRow row,
        ProjectRow project,
        Caller centre
    )
    {
        await CloseMove.PendingAsReturned(session, project.Id, centre, row.Reason);
        await EndTransfer.As(session, row, TransferStatus.Approved, session.Now, centre);
        if (project.ClaimId is null)
        {
            // Where there never was a claim, none arises (R43).
            await settle.HandOver(session, project.Id, row.ToId, session.Now);
            await StoreProject.Touch(session, project.Id, publicly: false);
        }
        else
        {
            var standing = await SettleClaims.Standing(session, project.Id);
            var receiver = new Caller(
                row.AcceptedBy!,
                "",
                row.AcceptedByName!,
                Role.Officer,
                row.ToId,
                null,
                row.ToName
            );
            var claim = standing.Queue.FirstOrDefault(waiting => waiting.JurisdictionId == row.ToId)
                ?? await ReportProject.OfTransfer(session, receiver, project.Body(), project.Id, book.At(session.Now));
            await settle.Apply(session, project.Id, standing.Transfer(claim, session.Now, book), centre, row.Reason);
            await session.Execute(SetClaim, new { id = row.Id, claimId = claim.Id });
        }

        await session.Raise(new ProjectTransferred(project.Id));
    }

    private const string SetClaim = "UPDATE transfers SET claim_id = @claimId WHERE id = @id";
}
