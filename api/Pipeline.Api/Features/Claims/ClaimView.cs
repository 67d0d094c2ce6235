using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Claims;

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

    /// <summary>The claim as this caller gets it after an act on it.</summary>
    public static Reply Answer(
        Session session,
        Caller caller,
        ClaimRow row,
        Domain.Rules.RuleBook book,
        int status = 200,
        string? location = null
    )
    {
        var view = row.View(caller, book, session.Now, single: true);
        return Reply.Resource(view, row.Version, status, location, view.ProjectId);
    }

    /// <summary>The claim for a write: its project settled first, then 404, 403, 428, 412.</summary>
    public static async Task<Domain.Result<ClaimRow>> ForWrite(
        Session session,
        SettleClaims settle,
        Call call,
        string id,
        Act act
    )
    {
        // Claims of a project are guarded by its lock, those under review by that of the intake.
        var projectId = await session.One<string>(ProjectOf, new { id });
        if (projectId is null)
        {
            await session.Lock(LockName.Intake);
            projectId = await session.One<string>(ProjectOf, new { id });
        }

        if (projectId is not null)
            await settle.Project(session, projectId);
        var row = await For(session, call.Caller, id);
        if (row is not null && row.ProjectId != projectId)
            throw new WriteConflictException($"Claim {id} went to another project meanwhile.");
        if (row is null)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, act, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        return ETags.Check(call.Request, row.Version) is { } stale ? stale : row;
    }

    private const string ById = $"{ClaimRow.Select} WHERE c.id = @id";
    private const string ProjectOf = "SELECT project_id FROM claims WHERE id = @id AND project_id IS NOT NULL";
}
