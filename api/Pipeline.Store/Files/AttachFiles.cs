using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Files;

/// <summary>Binds uploaded files to what they prove.</summary>
public static class AttachFiles
{
    /// <summary>An error for each file id that is neither the caller's own unattached upload, nor a file that its unit (the centre: any unit) added to the project: earlier units' files prove nothing of a new owner's (R17a).</summary>
    public static async Task<List<FieldError>> Unknown(
        Session session,
        Caller caller,
        IEnumerable<(IReadOnlyList<string> Ids, string Path)> groups,
        string? projectId = null
    )
    {
        var errors = new List<FieldError>();
        foreach (var (ids, path) in groups)
        {
            for (var index = 0; index < ids.Count; index++)
            {
                if (
                    await session.One<string>(
                        Usable,
                        new
                        {
                            id = ids[index],
                            by = caller.UserId,
                            unit = caller.JurisdictionId ?? "",
                            city = Permissions.ReadsCity(caller) ? 1 : 0,
                            projectId = projectId ?? "",
                        }
                    )
                    is null
                )
                    errors.Add(new FieldError($"{path}[{index}]", "unknown-file"));
            }
        }

        return errors;
    }

    public static async Task To(Session session, IEnumerable<string> ids, string? projectId, string? claimId)
    {
        foreach (var id in ids.Distinct())
            await session.Execute(
                Attach,
                new
                {
                    id,
                    projectId,
                    claimId,
                }
            );
    }

    /// <summary>What a side gives in a dispute is its own and the centre's to read.</summary>
    public static async Task ToDispute(Session session, IEnumerable<string> ids, string disputeId)
    {
        foreach (var id in ids.Distinct())
            await session.Execute(AttachToDispute, new { id, disputeId });
    }

    /// <summary>What a problem is answered with is for those who read the problem.</summary>
    public static async Task ToProblem(Session session, IEnumerable<string> ids, string problemId)
    {
        foreach (var id in ids.Distinct())
            await session.Execute(AttachToProblem, new { id, problemId });
    }

    /// <summary>The files of a report that was under review follow it to its project.</summary>
    public static Task OfClaim(Session session, string claimId, string projectId) =>
        session.Execute(Follow, new { claimId, projectId });

    public static async Task<List<FileRef>> Refs(Session session, IReadOnlyList<string> ids) =>
        ids.Count == 0
            ? []
            : await session.Query<FileRef>(
                "SELECT id AS Id, name AS Name FROM files WHERE id IN @ids ORDER BY seq",
                new { ids }
            );

    private const string Usable = """
        SELECT id FROM files WHERE id = @id
          AND ((project_id IS NULL AND claim_id IS NULL AND dispute_id IS NULL AND problem_id IS NULL AND uploaded_by = @by AND COALESCE(jurisdiction_id, '') = @unit)
            OR (project_id = @projectId AND (@city = 1 OR jurisdiction_id = @unit)))
        """;
    private const string Attach =
        "UPDATE files SET project_id = COALESCE(project_id, @projectId), claim_id = COALESCE(claim_id, @claimId) WHERE id = @id";
    private const string AttachToDispute = "UPDATE files SET dispute_id = @disputeId WHERE id = @id";
    private const string AttachToProblem =
        "UPDATE files SET problem_id = COALESCE(problem_id, @problemId) WHERE id = @id";
    private const string Follow = "UPDATE files SET project_id = @projectId WHERE claim_id = @claimId";
}
