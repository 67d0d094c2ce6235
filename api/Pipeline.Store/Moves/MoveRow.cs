using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Moves;

/// <summary>Where a move stands; one that needs no verification is verified at once.</summary>
public enum MoveStatus
{
    Pending,
    Verified,
    Returned,
    Withdrawn,
}

/// <summary>A stage and the day a move reaches it.</summary>
public sealed record Reach(Stage Stage, DateOnly On);

/// <summary>A move as the owner and the centre see it.</summary>
public sealed record MoveView
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; init; }
    public required string ProjectCode { get; init; }
    public required MoveKind Kind { get; init; }
    public required Stage From { get; init; }
    public required Stage To { get; init; }
    public required DateOnly OccurredOn { get; init; }
    public required Evidence Evidence { get; init; }
    public ReasonCode? ReasonCode { get; init; }
    public string? Note { get; init; }
    public required MoveStatus Status { get; init; }
    public required IReadOnlyList<string> Flags { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public required PersonRef SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public PersonRef? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? ReturnReason { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A move as it is stored, with what is needed of its project.</summary>
public sealed class MoveRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; init; }
    public required string ProjectCode { get; init; }
    public required string OwnerId { get; init; }
    public required string ProjectStage { get; init; }
    public DateOnly? SignedOn { get; init; }
    public bool Secret { get; init; }
    public bool UnderReview { get; init; }
    public required string Kind { get; init; }
    public required string FromStage { get; init; }
    public required string ToStage { get; init; }
    public DateOnly OccurredOn { get; init; }
    public required string Reaches { get; init; }
    public required string Evidence { get; init; }
    public string? ReasonCode { get; init; }
    public string? Note { get; init; }
    public required string Status { get; init; }
    public required string Flags { get; init; }
    public required string JurisdictionId { get; init; }
    public required string JurisdictionName { get; init; }
    public required string SubmittedBy { get; init; }
    public required string SubmittedByName { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedByName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? ReturnReason { get; init; }
    public required string RuleSetId { get; init; }
    public long Version { get; init; }

    public MoveStatus At => Slug.To<MoveStatus>(Status);

    public MoveKind What => Slug.To<MoveKind>(Kind);

    /// <summary>What the project was called when it was the reader's, who does not own it any more.</summary>
    private string? formerName;

    /// <summary>A unit sees the moves of the time in which the project was its own, and none of units before or after it (R17a); the centre, leaders and auditors all.</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is { } unit)
            return unit == JurisdictionId ? Relations.Own : Relations.None;
        return Permissions.ToProject(
                caller,
                ProjectId,
                OwnerId,
                Secret,
                Slug.To<Stage>(ProjectStage),
                SignedOn,
                formerOwner: false
            ) & Relations.City;
    }

    public MoveView View(Caller caller)
    {
        var relation = RelationOf(caller);
        var actions = new List<string>();
        if (At == MoveStatus.Pending)
        {
            if (Permissions.Allows(caller, Act.DecideMove, relation) && caller.UserId != SubmittedBy)
                actions.Add("verify");
            if (Permissions.Allows(caller, Act.DecideMove, relation))
                actions.Add("return");
            if (caller.UserId == SubmittedBy)
                actions.Add("withdraw");
        }

        return new MoveView
        {
            Id = Id,
            ProjectId = ProjectId,
            ProjectName = formerName ?? ProjectName,
            ProjectCode = ProjectCode,
            Kind = What,
            From = Slug.To<Stage>(FromStage),
            To = Slug.To<Stage>(ToStage),
            OccurredOn = OccurredOn,
            Evidence = Json.Read<Evidence>(Evidence),
            ReasonCode = ReasonCode is null ? null : Slug.To<ReasonCode>(ReasonCode),
            Note = Note,
            Status = At,
            Flags = FlagsFor(relation),
            Jurisdiction = new UnitRef(JurisdictionId, JurisdictionName),
            SubmittedBy = new PersonRef(SubmittedBy, SubmittedByName),
            SubmittedAt = SubmittedAt,
            DecidedBy = DecidedBy is null ? null : new PersonRef(DecidedBy, DecidedByName!),
            DecidedAt = DecidedAt,
            ReturnReason = ReturnReason,
            AllowedActions = actions,
            Version = Version,
        };
    }

    /// <summary>That the project matches another unit's is for the centre's eyes, before it verifies (R10a, R52).</summary>
    private List<string> FlagsFor(Relations relation)
    {
        var flags = Json.Read<List<string>>(Flags);
        if (relation == Relations.City && UnderReview && At == MoveStatus.Pending)
            flags.Add("under-centre-review");
        return flags;
    }

    public const string Select = """
        SELECT m.seq, m.id, m.project_id, p.name AS project_name, p.code AS project_code, p.owner_id, p.stage AS project_stage, p.signed_on, p.secret, p.under_review, m.kind, m.from_stage, m.to_stage,
          m.occurred_on, m.reaches, m.evidence, m.reason_code, m.note, m.status, m.flags, m.jurisdiction_id, j.name AS jurisdiction_name, m.submitted_by, m.submitted_by_name,
          m.submitted_at, m.decided_by, m.decided_by_name, m.decided_at, m.return_reason, m.rule_set_id, m.version
        FROM moves m JOIN projects p ON p.id = m.project_id JOIN jurisdictions j ON j.id = m.jurisdiction_id
        """;

    /// <summary>The move of a project that waits to be decided, if one does.</summary>
    public static Task<MoveRow?> PendingOn(Session session, string projectId) =>
        session.One<MoveRow>($"{Select} WHERE m.project_id = @projectId AND m.status = 'pending'", new { projectId });

    /// <summary>The move, or null when it does not exist for this caller.</summary>
    public static async Task<MoveRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<MoveRow>($"{Select} WHERE m.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadMoves, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(SecretReads.OfProject(row.ProjectId));
        await NameAsKnown(session, caller, [row]);
        return row;
    }

    /// <summary>Has moves of projects that are another's by now tell the name that the caller knows them by.</summary>
    public static async Task NameAsKnown(Session session, Caller caller, IReadOnlyList<MoveRow> rows)
    {
        if (caller.Unit is not { } unit)
            return;
        var left = rows.Where(row => row.OwnerId != unit).ToList();
        var names = await FormerNames.Of(session, unit, left.Select(row => row.ProjectId));
        foreach (var row in left)
            row.formerName = names.GetValueOrDefault(row.ProjectId, row.ProjectCode);
    }
}
