using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Removals;

namespace Pipeline.Store.Removals;

/// <summary>A removal was proposed, or ended.</summary>
/// <param name="Actor">Who did it; null: the facts alone.</param>
public sealed record RemovalProceeded(RemovalRow Removal, Caller? Actor) : IDomainEvent;

/// <summary>The removal (出库) of a project in talks that stands still, for its unit and those who read the whole city.</summary>
public sealed record RemovalView
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; init; }
    public required string ProjectCode { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public required RemovalStatus Status { get; init; }

    /// <summary>Since when nothing substantive happened.</summary>
    public required DateOnly IdleSince { get; init; }

    /// <summary>The day from which on the facts propose it.</summary>
    public required DateOnly DueOn { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Until when a substantive contact of the owner cancels it; afterwards the centre may confirm.</summary>
    public required DateTimeOffset ContestUntil { get; init; }

    /// <summary>The day is provisional: the working days to it run through a year without a work calendar.</summary>
    public bool? ContestUntilProvisional { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public PersonRef? EndedBy { get; init; }
    public string? EndReason { get; init; }
    public required string RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A removal as it is stored, with the names that belong to its ids.</summary>
public sealed class RemovalRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; set; }
    public required string ProjectCode { get; init; }
    public required string OwnerId { get; init; }
    public bool Secret { get; init; }
    public required string JurisdictionId { get; init; }
    public required string JurisdictionName { get; init; }
    public required string Status { get; init; }
    public DateOnly IdleSince { get; init; }
    public DateOnly DueOn { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public DateTimeOffset ContestUntil { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndedBy { get; init; }
    public string? EndedByName { get; init; }
    public string? EndReason { get; init; }
    public required string RuleSetId { get; init; }
    public long Version { get; init; }

    public RemovalStatus At => Slug.To<RemovalStatus>(Status);

    /// <summary>How a caller stands to it: a unit sees what was proposed of its own, no other's (R20).</summary>
    public Relations RelationOf(Caller caller) => Permissions.RelationTo(caller, JurisdictionId, ProjectId, Secret);

    public RemovalView View(Caller caller, DateTimeOffset now, WorkCalendar calendar) =>
        new()
        {
            Id = Id,
            ProjectId = ProjectId,
            ProjectName = ProjectName,
            ProjectCode = ProjectCode,
            Jurisdiction = new UnitRef(JurisdictionId, JurisdictionName),
            Status = At,
            IdleSince = IdleSince,
            DueOn = DueOn,
            ProposedAt = ProposedAt,
            ContestUntil = ContestUntil,
            ContestUntilProvisional = calendar.IsProvisional(ProposedAt, ContestUntil) ? true : null,
            EndedAt = EndedAt,
            EndedBy = EndedBy is null ? null : new PersonRef(EndedBy, EndedByName!),
            EndReason = EndReason,
            RuleSetId = RuleSetId,
            AllowedActions = Permissions.Allows(caller, Act.DecideRemoval, RelationOf(caller))
                ?
                [
                    .. Enum.GetValues<RemovalStep>()
                        .Where(step => RemovalRules.MayTake(step, At, ContestUntil, now) is null)
                        .Select(Slug.Of),
                ]
                : [],
            Version = Version,
        };

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "removal", Id, ProjectId);

    /// <summary>The removal, or null when it does not exist for this caller.</summary>
    public static async Task<RemovalRow?> For(Session session, Caller caller, string id)
    {
        var row = await ById(session, id);
        if (row is null || !Permissions.Allows(caller, Act.ReadRemovals, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(row.SecretRead());
        await NameAsKnown(session, caller, [row]);
        return row;
    }

    /// <summary>Has removals of projects that are another's by now tell the name that the caller knows them by (R17a).</summary>
    public static async Task NameAsKnown(Session session, Caller caller, IReadOnlyList<RemovalRow> rows)
    {
        if (caller.Unit is not { } unit)
            return;
        var left = rows.Where(row => row.OwnerId != unit).ToList();
        var names = await FormerNames.Of(session, unit, left.Select(row => row.ProjectId));
        foreach (var row in left)
            row.ProjectName = names.GetValueOrDefault(row.ProjectId, row.ProjectCode);
    }

    public static Task<RemovalRow?> ById(Session session, string id) =>
        session.One<RemovalRow>($"{Select} WHERE r.id = @id", new { id });

    public static Task<RemovalRow?> OpenOn(Session session, string projectId) =>
        session.One<RemovalRow>(
            $"{Select} WHERE r.project_id = @projectId AND r.status = 'proposed'",
            new { projectId }
        );

    public const string From =
        "FROM removals r JOIN projects p ON p.id = r.project_id JOIN jurisdictions j ON j.id = r.jurisdiction_id";

    public const string Select = $"""
        SELECT r.seq, r.id, r.project_id, p.name AS project_name, p.code AS project_code, p.owner_id, p.secret, r.jurisdiction_id, j.name AS jurisdiction_name, r.status, r.idle_since, r.due_on,
          r.proposed_at, r.contest_until, r.ended_at, r.ended_by, r.ended_by_name, r.end_reason, r.rule_set_id, r.version
        {From}
        """;
}
