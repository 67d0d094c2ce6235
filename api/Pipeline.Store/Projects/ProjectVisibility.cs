namespace Pipeline.Store.Projects;

/// <summary>Which projects (<c>p</c>) who may see, in SQL; <see cref="Permissions.ToProject"/> says the same of one.</summary>
public static class ProjectVisibility
{
    /// <summary>Its public summary is open to everybody who reads summaries.</summary>
    public const string Published =
        "p.secret = 0 AND (p.stage IN ('signed', 'registered', 'started', 'in-production') OR (p.stage = 'terminated' AND p.signed_on IS NOT NULL))";

    /// <summary>The caller (<c>@me</c>) is a leader named on it.</summary>
    public const string Named =
        "EXISTS (SELECT 1 FROM project_leaders named WHERE named.project_id = p.id AND named.user_id = @me)";
}
