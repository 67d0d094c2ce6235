using Pipeline.Data;
using Pipeline.Domain.Team;

namespace Pipeline.Store.Team;

/// <summary>Somebody on the team of a project (R83a), for the unit whose team it is and those who read the whole city.</summary>
public sealed record TeamMemberView
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }

    /// <summary>The unit whose team it is.</summary>
    public required UnitRef Jurisdiction { get; init; }
    public required string Name { get; init; }
    public required TeamRole Role { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day; absent as long as none is known.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether he or she is on the team today.</summary>
    public required bool Active { get; init; }

    /// <summary>Why it ended before its day, or at all.</summary>
    public MembershipEnd? EndReason { get; init; }
    public string? EndNote { get; init; }
    public required PersonRef AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A member as it is stored, with the names that belong to its ids.</summary>
public sealed class TeamMemberRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public bool Secret { get; init; }
    public required string OwnerId { get; init; }
    public required string JurisdictionId { get; init; }
    public required string JurisdictionName { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public DateOnly FromOn { get; init; }
    public DateOnly? ToOn { get; init; }
    public string? EndReason { get; init; }
    public string? EndNote { get; init; }
    public required string AddedBy { get; init; }
    public required string AddedByName { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public long Version { get; init; }

    public TeamRole As => Slug.To<TeamRole>(Role);

    /// <summary>Whether the last day is past.</summary>
    public bool IsOver(DateOnly today) => ToOn < today || EndReason is not null;

    /// <summary>How a caller stands to it: a unit sees its own people, not who was on another's team (R20).</summary>
    public Relations RelationOf(Caller caller) => Permissions.RelationTo(caller, JurisdictionId, ProjectId, Secret);

    public TeamMemberView View(Caller caller, DateOnly today) =>
        new()
        {
            Id = Id,
            ProjectId = ProjectId,
            Jurisdiction = new UnitRef(JurisdictionId, JurisdictionName),
            Name = Name,
            Role = As,
            From = FromOn,
            To = ToOn,
            Active = TeamRules.IsOn(FromOn, ToOn, today),
            EndReason = EndReason is null ? null : Slug.To<MembershipEnd>(EndReason),
            EndNote = EndNote,
            AddedBy = new PersonRef(AddedBy, AddedByName),
            AddedAt = AddedAt,
            AllowedActions =
                !IsOver(today) && Permissions.Allows(caller, Act.ManageTeam, RelationOf(caller)) ? ["end"] : [],
            Version = Version,
        };

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "team-member", Id, ProjectId);

    /// <summary>The member, or null when it does not exist for this caller.</summary>
    public static async Task<TeamMemberRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<TeamMemberRow>($"{Select} WHERE m.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadTeam, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(row.SecretRead());
        return row;
    }

    /// <summary>Everybody who is or was on a project, in the order in which they were named.</summary>
    public static Task<List<TeamMemberRow>> OfProject(Session session, string projectId) =>
        session.Query<TeamMemberRow>($"{Select} WHERE m.project_id = @projectId ORDER BY m.seq", new { projectId });

    public const string Select = """
        SELECT m.seq, m.id, m.project_id, p.secret, p.owner_id, m.jurisdiction_id, j.name AS jurisdiction_name, m.name, m.role, m.from_on, m.to_on, m.end_reason, m.end_note,
          m.added_by, m.added_by_name, m.added_at, m.version
        FROM team_members m JOIN projects p ON p.id = m.project_id JOIN jurisdictions j ON j.id = m.jurisdiction_id
        """;
}
