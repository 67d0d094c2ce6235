using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Changes;

/// <summary>To whom a project is open, by the groups in which the change feed keeps its readers: a unit by its id, a leader by the user's id. The centre and auditors read everything and are in no group.</summary>
public static class ProjectAudience
{
    /// <summary>Everybody who reads the public summaries of projects, and what is for the whole city.</summary>
    public const string Everybody = "*";

    /// <summary>All leaders; of a secret project those named on it, each by the user's id.</summary>
    public const string Leaders = "leaders";

    /// <summary>The groups to which a project is open in this state; <c>Permissions.ToProject</c> says the same of one caller.</summary>
    /// <param name="partners">The units that negotiate beside the owner (R23).</param>
    /// <param name="named">The leaders named on it.</param>
    public static HashSet<string> Of(
        string ownerId,
        Stage stage,
        DateOnly? signedOn,
        bool secret,
        IEnumerable<string> partners,
        IEnumerable<string> named
    )
    {
        var groups = new HashSet<string>(StringComparer.Ordinal) { ownerId };
        if (stage == Stage.InTalks)
            groups.UnionWith(partners);
        if (secret)
        {
            groups.UnionWith(named);
            return groups;
        }

        groups.Add(Leaders);
        if (IsPublished(stage, signedOn))
            groups.Add(Everybody);
        return groups;
    }

    /// <summary>Whether the public summary of a project that is not secret is open to all units: from signed on, and of what ended after it was signed.</summary>
    public static bool IsPublished(Stage stage, DateOnly? signedOn) =>
        stage is not (Stage.InTalks or Stage.Terminated) || (stage == Stage.Terminated && signedOn is not null);
}
