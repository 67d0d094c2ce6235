using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Problems;

/// <summary>What who reads a problem learns of its project; a department the name, the investors and the amount alone (regime §13).</summary>
public sealed record ProblemProject
{
    /// <summary>Only for who may open it.</summary>
    public string? Id { get; init; }
    public string? Code { get; init; }
    public Stage? Stage { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Investors { get; init; }
    public Money? TotalInvestment { get; init; }
}

/// <summary>What was answered, and by whom.</summary>
public sealed record ProblemAnswer(string Text, IReadOnlyList<FileRef> Files, DateTimeOffset At, PersonRef By);

/// <summary>That a coordinator lets the project move although the problem is unresolved (R72).</summary>
public sealed record ProblemOverride(string Reason, DateTimeOffset At, PersonRef By);

/// <summary>A problem (问题) of a project, for its unit, the department that is to answer, and those who read the whole city.</summary>
public sealed record ProblemView
{
    public required string Id { get; init; }
    public required ProblemProject Project { get; init; }

    /// <summary>The unit that has the project; not told to a department.</summary>
    public UnitRef? Jurisdiction { get; init; }
    public required string Title { get; init; }
    public required ProblemKind Kind { get; init; }
    public required bool Urgent { get; init; }

    /// <summary>The stage that the project does not reach while the problem is unresolved (R72).</summary>
    public Stage? Blocks { get; init; }
    public ProblemOverride? Overridden { get; init; }
    public required ProblemStatus Status { get; init; }

    /// <summary>The department that is to answer.</summary>
    public UnitRef? Department { get; init; }
    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>Whether the centre raised it.</summary>
    public required bool ByCentre { get; init; }

    /// <summary>Who raised it; for its own unit and the city.</summary>
    public PersonRef? RaisedBy { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The last day on which it is in time.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The day is provisional: the working days to it run through a year without a work calendar.</summary>
    public bool? DueOnProvisional { get; init; }

    /// <summary>How often the due date was changed (R71).</summary>
    public required int DueChanges { get; init; }

    /// <summary>Whether it is unresolved after its due date.</summary>
    public required bool Overdue { get; init; }

    /// <summary>How far it has been taken: 0 nowhere, 1 department and centre, 2 the next meeting, 3 the linked leader (R71).</summary>
    public required int Level { get; init; }

    /// <summary>The day on which it is taken further.</summary>
    public DateOnly? EscalatesOn { get; init; }
    public ProblemAnswer? Answer { get; init; }

    /// <summary>Until when an answer may be contested; afterwards the centre may close (R70).</summary>
    public DateTimeOffset? ContestUntil { get; init; }

    /// <summary>How often it was reopened, and why the last time.</summary>
    public required int Reopened { get; init; }
    public string? ReopenReason { get; init; }
    public string? Outcome { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public PersonRef? ClosedBy { get; init; }

    /// <summary>How many working days it took, after the day on which it was raised (R73).</summary>
    public int? ClosedIn { get; init; }

    /// <summary>Of a closed one: whether it was closed on its due date or before.</summary>
    public bool? InTime { get; init; }
    public required string RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A problem as it is stored, with the names that belong to its ids.</summary>
public sealed class ProblemRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; init; }
    public required string ProjectCode { get; init; }
    public required string ProjectStage { get; init; }
    public required string OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public bool Secret { get; init; }
    public required string Facts { get; init; }
    public required string Title { get; init; }
    public required string Kind { get; init; }
    public bool Urgent { get; init; }
    public string? Blocks { get; init; }
    public required string Status { get; init; }
    public bool ByCentre { get; init; }
    public required string RaisedBy { get; init; }
    public required string RaisedByName { get; init; }
    public string? RaisedUnit { get; init; }
    public DateTimeOffset RaisedAt { get; init; }
    public DateOnly DueOn { get; init; }
    public int DueChanges { get; init; }
    public int ToldLevel { get; init; }
    public string? DepartmentId { get; init; }
    public string? DepartmentName { get; init; }
    public DateTimeOffset? AssignedAt { get; init; }
    public string? Answer { get; init; }
    public string? AnswerFiles { get; init; }
    public string? AnsweredBy { get; init; }
    public string? AnsweredByName { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public int Reopened { get; init; }
    public string? ReopenReason { get; init; }
    public string? Outcome { get; init; }
    public string? ClosedBy { get; init; }
    public string? ClosedByName { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public int? ClosedIn { get; init; }
    public string? OverrideReason { get; init; }
    public string? OverriddenBy { get; init; }
    public string? OverriddenByName { get; init; }
    public DateTimeOffset? OverriddenAt { get; init; }
    public required string RuleSetId { get; init; }
    public long Version { get; init; }

    public ProblemStatus At => Slug.To<ProblemStatus>(Status);

    public ProjectProblem Judged =>
        new(
            At,
            At == ProblemStatus.Reopened ? null : AnsweredAt,
            Blocks is null ? null : Slug.To<Stage>(Blocks),
            OverriddenAt is not null
        );

    /// <summary>How a caller stands to it: the unit that has the project and the department that is to answer own it, the city reads it; a secret project's is for owner, centre, auditor and the leaders named on it alone.</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is { } unit)
            return unit == OwnerId ? Relations.Own : Relations.None;
        if (caller.Role == Role.Department)
            return !Secret && DepartmentId is not null && DepartmentId == caller.JurisdictionId
                ? Relations.Own
                : Relations.None;
        if (!Permissions.ReadsCity(caller))
            return Relations.None;
        return Secret && !Permissions.ReadsSecret(caller) && !caller.NamedOn.Contains(ProjectId)
            ? Relations.None
            : Relations.City;
    }

    public ProblemSide SideOf(Caller caller)
    {
        var centre = caller.Role == Role.Coordinator;
        return new ProblemSide(
            ByCentre ? centre : caller.Unit == OwnerId,
            caller.Role == Role.Department && DepartmentId == caller.JurisdictionId,
            centre
        );
    }

    /// <summary>The right that a step needs.</summary>
    public static Act ActOf(ProblemStep step) =>
        step switch
        {
            ProblemStep.Answer => Act.AnswerProblem,
            ProblemStep.Close or ProblemStep.Reopen => Act.CloseProblem,
            _ => Act.CoordinateProblem,
        };

    /// <summary>Makes the representation for a caller who may read it.</summary>
    public ProblemView View(Caller caller, DateTimeOffset now, RuleBook book, WorkCalendar calendar)
    {
        var times = book.ById(RuleSetId).Problems;
        var today = Shanghai.DateOf(now);
        var side = SideOf(caller);
        var department = caller.Role == Role.Department;
        var closed = At == ProblemStatus.Closed;
        var facts = Json.Read<ProjectBody>(Facts);

        // Earlier units' people stay theirs (R17a).
        var knowsRaiser = !department && (caller.Unit is null || RaisedUnit == caller.Unit);
        var until =
            At == ProblemStatus.Answered
                ? ProblemRules.ContestUntil(AnsweredAt!.Value, times, calendar)
                : (DateTimeOffset?)null;
        return new ProblemView
        {
            Id = Id,
            Project = new ProblemProject
            {
                Id = department ? null : ProjectId,
                Code = department ? null : ProjectCode,
                Stage = department ? null : Slug.To<Stage>(ProjectStage),
                Name = ProjectName,
                Investors = [.. (facts.Investors ?? []).Select(investor => investor.Name!)],
                TotalInvestment = facts.TotalInvestment,
            },
            Jurisdiction = department ? null : new UnitRef(OwnerId, OwnerName),
            Title = Title,
            Kind = Slug.To<ProblemKind>(Kind),
            Urgent = Urgent,
            Blocks = Judged.Blocks,
            Overridden = OverriddenAt is { } at
                ? new ProblemOverride(OverrideReason!, at, new PersonRef(OverriddenBy!, OverriddenByName!))
                : null,
            Status = At,
            Department = DepartmentId is null ? null : new UnitRef(DepartmentId, DepartmentName!),
            AssignedAt = AssignedAt,
            ByCentre = ByCentre,
            RaisedBy = knowsRaiser ? new PersonRef(RaisedBy, RaisedByName) : null,
            RaisedAt = RaisedAt,
            DueOn = DueOn,
            DueOnProvisional = calendar.IsProvisional(RaisedAt, Shanghai.EndOf(DueOn)) ? true : null,
            DueChanges = DueChanges,
            Overdue = !closed && today > DueOn,
            Level = closed ? 0 : Escalation.LevelOn(DueOn, today, times, calendar),
            EscalatesOn = closed ? null : Escalation.NextOn(DueOn, today, times, calendar),
            Answer = AnsweredAt is { } answeredAt
                ? new ProblemAnswer(
                    Answer!,
                    Json.Read<List<FileRef>>(AnswerFiles!),
                    answeredAt,
                    new PersonRef(AnsweredBy!, AnsweredByName!)
                )
                : null,
            ContestUntil = until,
            Reopened = Reopened,
            ReopenReason = ReopenReason,
            Outcome = Outcome,
            ClosedAt = ClosedAt,
            ClosedBy = ClosedAt is not null && !department ? new PersonRef(ClosedBy!, ClosedByName!) : null,
            ClosedIn = ClosedIn,
            InTime = ClosedOn is { } on ? on <= DueOn : null,
            RuleSetId = RuleSetId,
            AllowedActions =
            [
                .. Enum.GetValues<ProblemStep>()
                    .Where(step =>
                        Permissions.Allows(caller, ActOf(step), RelationOf(caller))
                        && ProblemRules.MayTake(step, Judged, side, now, times, calendar) is null
                    )
                    .Select(Slug.Of),
            ],
            Version = Version,
        };
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "problem", Id, ProjectId);

    /// <summary>The problem, or null when it does not exist for this caller.</summary>
    public static async Task<ProblemRow?> For(Session session, Caller caller, string id)
    {
        var row = await ById(session, id);
        if (row is null || !Permissions.Allows(caller, Act.ReadProblems, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(row.SecretRead());
        return row;
    }

    public static Task<ProblemRow?> ById(Session session, string id) =>
        session.One<ProblemRow>($"{Select} WHERE b.id = @id", new { id });

    /// <summary>The first problem that keeps a project from one of some stages (R72); null: none does.</summary>
    public static async Task<ProblemRow?> Blocking(Session session, string projectId, IEnumerable<Stage> stages) =>
        (
            await session.Query<ProblemRow>(
                $"{Select} WHERE b.project_id = @projectId AND b.blocks IS NOT NULL AND b.status <> 'closed' ORDER BY b.seq",
                new { projectId }
            )
        ).FirstOrDefault(row => stages.Any(stage => ProblemRules.HoldsUp(row.Judged, stage)));

    public const string From =
        "FROM problems b JOIN projects p ON p.id = b.project_id JOIN jurisdictions o ON o.id = p.owner_id LEFT JOIN jurisdictions d ON d.id = b.department_id";

    public const string Select = $"""
        SELECT b.seq, b.id, b.project_id, p.name AS project_name, p.code AS project_code, p.stage AS project_stage, p.owner_id, o.name AS owner_name, p.secret, p.facts, b.title, b.kind, b.urgent,
          b.blocks, b.status, b.by_centre, b.raised_by, b.raised_by_name, b.raised_unit, b.raised_at, b.due_on, b.due_changes, b.told_level, b.department_id, d.name AS department_name,
          b.assigned_at, b.answer, b.answer_files, b.answered_by, b.answered_by_name, b.answered_at, b.reopened, b.reopen_reason, b.outcome, b.closed_by, b.closed_by_name, b.closed_at,
          b.closed_on, b.closed_in, b.override_reason, b.overridden_by, b.overridden_by_name, b.overridden_at, b.rule_set_id, b.version
        {From}
        """;
}
