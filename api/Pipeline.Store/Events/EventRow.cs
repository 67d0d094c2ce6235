using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Events;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Chains;

namespace Pipeline.Store.Events;

/// <summary>An event was put on record, changed or called off.</summary>
public sealed record EventKept(string Id) : IDomainEvent;

/// <summary>An event (R134). What came of it is told by its results, to who may know them.</summary>
public sealed record EventView
{
    public required string Id { get; init; }
    public required EventKind Kind { get; init; }

    /// <summary>Whether it is about technology: such events are counted of their own.</summary>
    public required bool Technology { get; init; }
    public required string Name { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required DateOnly EndsOn { get; init; }
    public string? Place { get; init; }

    /// <summary>The unit that holds it; absent: the centre.</summary>
    public UnitRef? Organiser { get; init; }
    public required IReadOnlyList<string> Participants { get; init; }
    public string? Note { get; init; }
    public required EventStatus Status { get; init; }
    public string? CancelReason { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>An event as it is stored, with the name of who holds it.</summary>
public sealed class EventRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public string? OrganiserId { get; init; }
    public string? OrganiserName { get; init; }
    public required string Kind { get; init; }
    public bool Technology { get; init; }
    public required string Name { get; init; }
    public DateOnly StartsOn { get; init; }
    public DateOnly EndsOn { get; init; }
    public string? Place { get; init; }
    public string? Participants { get; init; }
    public string? Note { get; init; }
    public string? CancelReason { get; init; }
    public long Version { get; init; }

    public IReadOnlyList<string> ParticipantList => Participants is null ? [] : Json.Read<List<string>>(Participants);

    public EventStatus StatusOn(DateOnly today) => EventRules.StatusOn(today, EndsOn, CancelReason is not null);

    /// <summary>How a caller stands to it: everybody who works with projects sees it, who holds it changes it.</summary>
    public Relations RelationOf(Caller caller) =>
        caller.Unit is { } unit && unit == OrganiserId ? Relations.Own
        : Permissions.ReadsCity(caller) ? Relations.City
        : Relations.Summary;

    public EventView View(Caller caller, DateOnly today)
    {
        var actions = new List<string>();
        if (CancelReason is null && Permissions.Allows(caller, Act.ManageEvents, RelationOf(caller)))
            actions.AddRange(["edit", "cancel"]);
        if (CancelReason is null && Permissions.Allows(caller, Act.RecordResults))
            actions.Add("add-result");
        return new EventView
        {
            Id = Id,
            Kind = Slug.To<EventKind>(Kind),
            Technology = Technology,
            Name = Name,
            StartsOn = StartsOn,
            EndsOn = EndsOn,
            Place = Place,
            Organiser = OrganiserId is null ? null : new UnitRef(OrganiserId, OrganiserName!),
            Participants = ParticipantList,
            Note = Note,
            Status = StatusOn(today),
            CancelReason = CancelReason,
            AllowedActions = actions,
            Version = Version,
        };
    }

    public static async Task<EventRow?> ById(Session session, string id) =>
        Ids.IsWellFormed(id) ? await session.One<EventRow>($"{Select} WHERE e.id = @id", new { id }) : null;

    public const string Select = """
        SELECT e.seq, e.id, e.organiser_id, j.name AS organiser_name, e.kind, e.technology, e.name, e.starts_on, e.ends_on, e.place, e.participants, e.note, e.cancel_reason, e.version
        FROM events e LEFT JOIN jurisdictions j ON j.id = e.organiser_id
        """;
}

/// <summary>What came of an event, followed until it landed or was dropped; for the unit that has it and who reads the city.</summary>
public sealed record EventResultView
{
    public required string Id { get; init; }
    public required string EventId { get; init; }
    public required string EventName { get; init; }
    public required ResultKind Kind { get; init; }
    public required string Title { get; init; }
    public ChainProject? Project { get; init; }

    /// <summary>The unit that has it; of a result with a project its owner.</summary>
    public UnitRef? Unit { get; init; }

    /// <summary>The park or company that takes it (承接载体).</summary>
    public string? Carrier { get; init; }
    public string? Person { get; init; }
    public required DateOnly RecordedOn { get; init; }

    /// <summary>The last day to give it unit, carrier and person.</summary>
    public required DateOnly AssignBy { get; init; }
    public DateOnly? AssignedOn { get; init; }

    /// <summary>Whether it lacks one of them after that day.</summary>
    public required bool Overdue { get; init; }
    public required ResultOutcome Outcome { get; init; }
    public string? OutcomeNote { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A result as it is stored, with the names that belong to its ids.</summary>
public sealed class EventResultRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string EventId { get; init; }
    public required string EventName { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public string? ProjectId { get; init; }
    public string? ProjectCode { get; init; }
    public string? ProjectName { get; init; }
    public string? Stage { get; init; }
    public bool? Secret { get; init; }
    public string? UnitId { get; init; }
    public string? UnitName { get; init; }
    public string? Carrier { get; init; }
    public string? PersonName { get; init; }
    public string? PersonId { get; init; }
    public DateOnly RecordedOn { get; init; }
    public DateOnly AssignByOn { get; init; }
    public DateOnly? AssignedOn { get; init; }
    public string? Outcome { get; init; }
    public string? OutcomeNote { get; init; }
    public long Version { get; init; }

    public Stage? At => Stage is null ? null : Slug.To<Stage>(Stage);

    public Relations RelationOf(Caller caller) =>
        Permissions.RelationTo(caller, UnitId ?? "", ProjectId ?? "", Secret == true);

    public ResultOutcome OutcomeBy(RuleSet rules) =>
        EventRules.OutcomeOf(
            At,
            At is { } stage ? ChainNodes.HasLanded(stage, rules) : null,
            Outcome is null ? null : Slug.To<ResultOutcome>(Outcome)
        );

    public bool IsAssigned => UnitId is not null && Carrier is not null && PersonName is not null;

    public EventResultView View(Caller caller, RuleSet rules, DateOnly today)
    {
        var outcome = OutcomeBy(rules);
        var actions = new List<string>();
        if (outcome == ResultOutcome.Open && Permissions.Allows(caller, Act.RecordResults, RelationOf(caller)))
        {
            actions.Add("edit");
            if (EventRules.MayClose(outcome, ProjectId is not null) is null)
                actions.Add("close");
        }

        return new EventResultView
        {
            Id = Id,
            EventId = EventId,
            EventName = EventName,
            Kind = Slug.To<ResultKind>(Kind),
            Title = Title,
            Project = ProjectId is null
                ? null
                : new ChainProject(
                    ProjectId,
                    ProjectCode!,
                    ProjectName!,
                    new UnitRef(UnitId!, UnitName!),
                    At!.Value,
                    ChainNodes.HasLanded(At.Value, rules)
                ),
            Unit = UnitId is null ? null : new UnitRef(UnitId, UnitName!),
            Carrier = Carrier,
            Person = PersonName,
            RecordedOn = RecordedOn,
            AssignBy = AssignByOn,
            AssignedOn = AssignedOn,
            Overdue = outcome == ResultOutcome.Open && !IsAssigned && today > AssignByOn,
            Outcome = outcome,
            OutcomeNote = OutcomeNote,
            AllowedActions = actions,
            Version = Version,
        };
    }

    /// <summary>The result, or null when it does not exist for this caller.</summary>
    public static async Task<EventResultRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<EventResultRow>($"{Select} WHERE r.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadResults, row.RelationOf(caller)))
            return null;
        if (row.Secret == true)
            session.Note(row.SecretRead());
        return row;
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "event-result", Id, ProjectId);

    /// <summary>To whom a result (<c>r</c>) belongs; of a project's its owner, which <see cref="Projects.FollowOwners"/> keeps.</summary>
    public const string Owner = "r.unit_id";

    /// <summary>Which results a caller may know, with <c>@mine</c> or <c>@me</c>.</summary>
    public static string VisibleTo(Caller caller) =>
        !Permissions.ReadsCity(caller) ? $"{Owner} = @mine"
        : Permissions.ReadsSecret(caller) ? "1 = 1"
        : $"(p.id IS NULL OR p.secret = 0 OR {ProjectVisibility.Named})";

    /// <summary>That a result (<c>r</c>, its project <c>p</c>) is open still: neither closed by hand, nor landed or ended with its project.</summary>
    public static string Unended(RuleSet rules) =>
        $"((p.id IS NULL AND r.outcome IS NULL) OR (p.id IS NOT NULL AND p.stage <> 'terminated' AND p.stage NOT IN ({LandedStages(rules)})))";

    /// <summary>The stages at which a result has landed with its project.</summary>
    public static string LandedStages(RuleSet rules) =>
        string.Join(
            ", ",
            Enum.GetValues<Stage>()
                .Where(stage => ChainNodes.HasLanded(stage, rules))
                .Select(stage => $"'{Slug.Of(stage)}'")
        );

    public const string From = $"""
        FROM event_results r JOIN events e ON e.id = r.event_id LEFT JOIN projects p ON p.id = r.project_id LEFT JOIN jurisdictions j ON j.id = {Owner}
        """;
    public const string Select = $"""
        SELECT r.seq, r.id, r.event_id, e.name AS event_name, r.kind, r.title, r.project_id, p.code AS project_code, p.name AS project_name, p.stage, p.secret, {Owner} AS unit_id, j.name AS unit_name,
          r.carrier, r.person_name, r.person_id, r.recorded_on, r.assign_by_on, r.assigned_on, r.outcome, r.outcome_note, r.version
        {From}
        """;
}
