using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Meetings;

/// <summary>What who reads an agenda or an action learns of its project; a department the name, the investors and the amount alone (regime §13).</summary>
public sealed record MeetingProject
{
    /// <summary>Only for who may open it.</summary>
    public string? Id { get; init; }
    public string? Code { get; init; }

    /// <summary>The list on which it stands; in an agenda, on which it stood at the cut-off.</summary>
    public Stage? Stage { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Investors { get; init; }

    /// <summary>The unit that has it.</summary>
    public UnitRef? Jurisdiction { get; init; }
    public Money? TotalInvestment { get; init; }

    /// <summary>The total in the currency of the coordination threshold, where that is another.</summary>
    public Money? Measured { get; init; }
}

/// <summary>A meeting's decision that somebody is to carry out (R74), for its owner, the unit that has the project, and those who read the whole city.</summary>
public sealed record ActionView
{
    public required string Id { get; init; }
    public required string MeetingId { get; init; }
    public required MeetingKind MeetingKind { get; init; }

    /// <summary>The day of the meeting that decided it.</summary>
    public required DateOnly MeetingOn { get; init; }

    /// <summary>The project it is about, as far as the reader may know it.</summary>
    public MeetingProject? Project { get; init; }

    /// <summary>What is to be done.</summary>
    public required string Text { get; init; }

    /// <summary>The unit or department that is to do it.</summary>
    public required UnitRef Owner { get; init; }
    public required ActionStatus Status { get; init; }

    /// <summary>The last day on which it is in time.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>How often the due date was changed.</summary>
    public required int DueChanges { get; init; }

    /// <summary>Whether it is open after its due date.</summary>
    public required bool Overdue { get; init; }

    /// <summary>How far it has been taken: 0 nowhere, 1 owner and centre, 2 the next meeting, 3 the linked leader (R71).</summary>
    public required int Level { get; init; }

    /// <summary>The day on which it is taken further.</summary>
    public DateOnly? EscalatesOn { get; init; }

    /// <summary>On how many issued agendas it stood as undone since it was decided.</summary>
    public required int Carried { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
    public string? DoneNote { get; init; }
    public PersonRef? DoneBy { get; init; }

    /// <summary>When it was done, or taken back.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of one that is done: whether it was by its due date.</summary>
    public bool? InTime { get; init; }

    /// <summary>How often it was opened again.</summary>
    public required int Reopened { get; init; }

    /// <summary>Why its due date was changed, it was opened again or taken back, the last time.</summary>
    public string? Reason { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>An action as it is stored, with the names that belong to its ids.</summary>
public sealed class ActionRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string MeetingId { get; init; }
    public required string MeetingKind { get; init; }
    public required string MeetingStatus { get; init; }
    public DateOnly MeetingOn { get; init; }
    public string? ProjectId { get; init; }
    public string? ProjectCode { get; init; }
    public string? ProjectName { get; init; }
    public string? ProjectStage { get; init; }
    public string? ProjectOwner { get; init; }
    public string? ProjectOwnerName { get; init; }
    public DateOnly? SignedOn { get; init; }
    public bool? Secret { get; init; }
    public string? Facts { get; init; }
    public required string Text { get; init; }
    public required string OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string OwnerKind { get; init; }
    public required string Status { get; init; }
    public DateOnly DueOn { get; init; }
    public int DueChanges { get; init; }
    public int ToldLevel { get; init; }
    public int Carried { get; init; }
    public DateTimeOffset DecidedAt { get; init; }
    public string? DoneNote { get; init; }
    public string? DoneBy { get; init; }
    public string? DoneByName { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int Reopened { get; init; }
    public string? Reason { get; init; }
    public required string RuleSetId { get; init; }
    public long Version { get; init; }

    public ActionStatus At => Slug.To<ActionStatus>(Status);

    public bool IsSecret => Secret == true;

    public MeetingAction Judged =>
        new(At, Slug.To<MeetingStatus>(MeetingStatus) != Domain.Meetings.MeetingStatus.Closed);

    /// <summary>Whether the caller is of the unit or department that is to do it.</summary>
    public bool IsOwner(Caller caller) =>
        OwnerId == (caller.Role == Role.Department ? caller.JurisdictionId : caller.Unit);

    /// <summary>How a caller stands to it: who is to do it and the unit that has the project own it, the city reads it; what is about a secret project is for owner, centre, auditor and the leaders named on it alone.</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is not null || caller.Role == Role.Department)
            return (caller.Unit is not null && ProjectOwner == caller.Unit) || (IsOwner(caller) && !IsSecret)
                ? Relations.Own
                : Relations.None;
        return
            Permissions.ReadsCity(caller)
            && (!IsSecret || Permissions.ReadsSecret(caller) || caller.NamedOn.Contains(ProjectId!))
            ? Relations.City
            : Relations.None;
    }

    /// <summary>The right that a step needs.</summary>
    public static Act ActOf(ActionStep step) => step == ActionStep.Done ? Act.CompleteAction : Act.CoordinateAction;

    /// <summary>Makes the representation for a caller who may read it.</summary>
    public ActionView View(Caller caller, DateTimeOffset now, RuleBook book, WorkCalendar calendar)
    {
        var times = book.ById(RuleSetId).Problems;
        var today = Shanghai.DateOf(now);
        var isOwner = IsOwner(caller);
        var city = Permissions.ReadsCity(caller);
        return new ActionView
        {
            Id = Id,
            MeetingId = MeetingId,
            MeetingKind = Slug.To<MeetingKind>(MeetingKind),
            MeetingOn = MeetingOn,
            Project = ProjectId is null ? null : ProjectFor(caller),
            Text = Text,
            Owner = new UnitRef(OwnerId, OwnerName),
            Status = At,
            DueOn = DueOn,
            DueChanges = DueChanges,
            Overdue = At == ActionStatus.Open && today > DueOn,
            Level = ActionRules.LevelOn(At, DueOn, today, times, calendar),
            EscalatesOn =
                At == ActionStatus.Open ? Domain.Problems.Escalation.NextOn(DueOn, today, times, calendar) : null,
            Carried = Carried,
            DecidedAt = DecidedAt,
            DoneNote = DoneNote,
            DoneBy = At == ActionStatus.Done && (isOwner || city) ? new PersonRef(DoneBy!, DoneByName!) : null,
            EndedAt = EndedAt,
            InTime = At == ActionStatus.Done ? Shanghai.DateOf(EndedAt!.Value) <= DueOn : null,
            Reopened = Reopened,
            Reason = Reason,
            AllowedActions =
            [
                .. Enum.GetValues<ActionStep>()
                    .Where(step =>
                        Permissions.Allows(caller, ActOf(step), RelationOf(caller))
                        && ActionRules.MayTake(step, Judged, isOwner, caller.Role == Role.Coordinator) is null
                    )
                    .Select(Slug.Of),
            ],
            Version = Version,
        };
    }

    /// <summary>The project as far as the caller may know it; null where that is nothing: a unit that is to do something is not told a project that became another's in talks.</summary>
    private MeetingProject? ProjectFor(Caller caller)
    {
        var body = Json.Read<ProjectBody>(Facts!);
        var told = new MeetingProject
        {
            Name = ProjectName!,
            Investors = [.. (body.Investors ?? []).Select(investor => investor.Name!)],
            TotalInvestment = body.TotalInvestment,
        };
        if (caller.Role == Role.Department)
            return told;
        var stage = Slug.To<Stage>(ProjectStage!);
        return
            Permissions.ToProject(caller, ProjectId!, ProjectOwner!, IsSecret, stage, SignedOn, formerOwner: false)
            == Relations.None
            ? null
            : told with
            {
                Id = ProjectId,
                Code = ProjectCode,
                Stage = stage,
                Jurisdiction = new UnitRef(ProjectOwner!, ProjectOwnerName!),
            };
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "action", Id, ProjectId!);

    /// <summary>The action, or null when it does not exist for this caller.</summary>
    public static async Task<ActionRow?> For(Session session, Caller caller, string id)
    {
        var row = await ById(session, id);
        if (row is null || !Permissions.Allows(caller, Act.ReadActions, row.RelationOf(caller)))
            return null;
        if (row.IsSecret)
            session.Note(row.SecretRead());
        return row;
    }

    public static Task<ActionRow?> ById(Session session, string id) =>
        session.One<ActionRow>($"{Select} WHERE a.id = @id", new { id });

    /// <summary>Which actions (<c>a</c>, of projects <c>p</c>) the callers of a unit or department may read; <see cref="RelationOf"/> says the same of one.</summary>
    public const string OfUnit =
        "(p.owner_id = @mine OR (a.owner_id = @mine AND (a.project_id IS NULL OR p.secret = 0)))";
    public const string OfDepartment = "a.owner_id = @mine AND (a.project_id IS NULL OR p.secret = 0)";

    public const string From = """
        FROM actions a JOIN meetings m ON m.id = a.meeting_id JOIN jurisdictions j ON j.id = a.owner_id LEFT JOIN projects p ON p.id = a.project_id
          LEFT JOIN jurisdictions o ON o.id = p.owner_id
        """;

    public const string Select = $"""
        SELECT a.seq, a.id, a.meeting_id, m.kind AS meeting_kind, m.status AS meeting_status, m.held_on AS meeting_on, a.project_id, p.code AS project_code, p.name AS project_name,
          p.stage AS project_stage, p.owner_id AS project_owner, o.name AS project_owner_name, p.signed_on, p.secret, p.facts, a.text, a.owner_id, j.name AS owner_name, j.kind AS owner_kind,
          a.status, a.due_on, a.due_changes, a.told_level, a.carried, a.decided_at, a.done_note, a.done_by, a.done_by_name, a.ended_at, a.reopened, a.reason, a.rule_set_id, a.version
        {From}
        """;
}
