using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Store.Claims;

/// <summary>Reads one claim as a caller may have it.</summary>
public static class LoadClaim
{
    /// <summary>The claim, or null when it does not exist for this caller.</summary>
    public static async Task<ClaimRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<ClaimRow>(ById, new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadClaims, row.RelationOf(caller)))
            return null;
        if (row.IsSecret)
            session.Note(SecretReads.OfClaim(row.Id, row.ProjectId));
        return row.Opened(session);
    }

    /// <summary>The claim for a write: its project settled first, then 404, 403.</summary>
    public static async Task<Domain.Result<ClaimRow>> ForWrite(
        Session session,
        SettleClaims settle,
        Caller caller,
        string id,
        Act act
    )
    {
        // Claims of a project are guarded by its lock, those under review by that of the intake.
        var projectId = await session.One<string>(ProjectOf, new { id });
        if (projectId is null)
        {
            await session.Lock(LockName.Intake);
            await SettleClaims.Reports(session);
            projectId = await session.One<string>(ProjectOf, new { id });
        }

        if (projectId is not null)
            await settle.Project(session, projectId);
        var row = await For(session, caller, id);
        if (row is not null && row.ProjectId != projectId)
            throw new WriteConflictException($"Claim {id} went to another project meanwhile.");
        if (row is null)
            return Refusal.NotFound;
        if (!Permissions.Allows(caller, act, row.RelationOf(caller)))
            return Refusal.Forbidden;
        return row;
    }

    private const string ById = $"{ClaimRow.Select} WHERE c.id = @id";
    private const string ProjectOf = "SELECT project_id FROM claims WHERE id = @id AND project_id IS NOT NULL";
}
