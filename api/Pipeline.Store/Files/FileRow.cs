using Pipeline.Data;

namespace Pipeline.Store.Files;

/// <summary>What is known of a file beside its content.</summary>
public sealed class FileRow
{
    public required string Id { get; init; }
    public string? ProjectId { get; init; }
    public string? ClaimId { get; init; }
    public string? DisputeId { get; init; }
    public string? ProblemId { get; init; }
    public string? JurisdictionId { get; init; }
    public required string Name { get; init; }
    public required string ContentType { get; init; }
    public long Size { get; init; }
    public required string Sha256 { get; init; }
    public required string UploadedBy { get; init; }
    public required string UploadedByName { get; init; }
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>Whether a caller may open it; earlier units' files stay theirs (R17a).</summary>
    public async Task<bool> IsOpenTo(Session session, Caller caller)
    {
        if (UploadedBy == caller.UserId && JurisdictionId == caller.JurisdictionId)
            return true;
        if (ProblemId is { } problemId && await ProblemRow.For(session, caller, problemId) is not null)
            return true;
        if (ProjectId is { } projectId)
        {
            var project = await LoadProject.ById(session, projectId, caller.JurisdictionId);
            var relation = project!.RelationOf(caller);
            return relation == Relations.City
                || (
                    relation is Relations.Own or Relations.Former or Relations.Partner
                    && JurisdictionId == caller.JurisdictionId
                );
        }

        if (DisputeId is { } disputeId)
            return await DisputeRow.For(session, caller, disputeId) is { } dispute
                && (dispute.RelationOf(caller) == Relations.City || JurisdictionId == caller.JurisdictionId);
        return ClaimId is { } claimId && await LoadClaim.For(session, caller, claimId) is not null;
    }

    public static Task<FileRow?> ById(Session session, string id) => session.One<FileRow>(Select, new { id });

    public static Task<List<FileRow>> OfProject(Session session, string projectId) =>
        session.Query<FileRow>(SelectOfProject, new { id = projectId });

    private const string Columns =
        "SELECT id, project_id, claim_id, dispute_id, problem_id, jurisdiction_id, name, content_type, size, sha256, uploaded_by, uploaded_by_name, uploaded_at FROM files";
    private const string Select = $"{Columns} WHERE id = @id";
    private const string SelectOfProject = $"{Columns} WHERE project_id = @id ORDER BY seq";
}
