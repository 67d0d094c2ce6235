using Pipeline.Data;
using Pipeline.Domain.Referrers;

namespace Pipeline.Store.Referrers;

/// <summary>How far the referrer of a project was confirmed (R136), as it is stored; who it is stands sealed in the project.</summary>
public sealed class ReferrerRow
{
    public required string ProjectId { get; init; }
    public required string Kind { get; init; }
    public required string Status { get; init; }
    public required string NamedBy { get; init; }
    public required string NamedByName { get; init; }
    public DateTimeOffset NamedAt { get; init; }
    public string? StatementFile { get; init; }
    public DateTimeOffset? InvestorAt { get; init; }
    public string? UnitBy { get; init; }
    public string? UnitByName { get; init; }
    public DateTimeOffset? UnitAt { get; init; }
    public string? CentreBy { get; init; }
    public string? CentreByName { get; init; }
    public DateTimeOffset? CentreAt { get; init; }
    public long Version { get; init; }

    public ReferrerStatus At => Slug.To<ReferrerStatus>(Status);

    public static Task<ReferrerRow?> Of(Session session, string projectId) =>
        session.One<ReferrerRow>(Select, new { projectId });

    private const string Select = """
        SELECT project_id, kind, status, named_by, named_by_name, named_at, statement_file, investor_at, unit_by, unit_by_name, unit_at, centre_by, centre_by_name, centre_at, version
        FROM referrers WHERE project_id = @projectId
        """;
}
