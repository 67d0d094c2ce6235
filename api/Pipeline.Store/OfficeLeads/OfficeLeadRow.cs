using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.OfficeLeads;

/// <summary>A lead was submitted, or went a step (R137).</summary>
/// <param name="Step">Null: it was submitted.</param>
/// <param name="UnitId">The unit that has it then.</param>
public sealed record LeadProceeded(
    string LeadId,
    string Title,
    string OfficeId,
    OfficeLeadStep? Step,
    OfficeLeadStatus To,
    string? UnitId,
    Caller Actor
) : IDomainEvent;

/// <summary>A unit made a project of a lead: its office brought it (R44).</summary>
public sealed record LeadBecameProject(string LeadId, string ProjectId) : IDomainEvent;

/// <summary>What was done with a lead, and what was noted.</summary>
public sealed record OfficeLeadTrace(
    OfficeLeadStep Step,
    OfficeLeadStatus To,
    string? Note,
    PersonRef By,
    DateTimeOffset At
);

/// <summary>A lead of an out-posted office (R137), for that office, the centre, auditors, and the unit that it was assigned to.</summary>
public sealed record OfficeLeadView
{
    public required string Id { get; init; }
    public required UnitRef Office { get; init; }
    public required string Title { get; init; }
    public string? Investor { get; init; }

    /// <summary>What is to be invested in.</summary>
    public string? Content { get; init; }

    /// <summary>How large it is to be, in words.</summary>
    public string? Scale { get; init; }

    /// <summary>Personal data; only of a single lead.</summary>
    public IReadOnlyList<PersonBody>? Contacts { get; init; }

    /// <summary>What it still has to name to be valid.</summary>
    public required IReadOnlyList<OfficeLeadPart> Missing { get; init; }
    public required OfficeLeadStatus Status { get; init; }

    /// <summary>The unit that it was assigned to.</summary>
    public UnitRef? Jurisdiction { get; init; }

    /// <summary>Why it is invalid or was declined, or how it ended.</summary>
    public string? Reason { get; init; }

    /// <summary>The project that it became; not told to the office.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The last day for what is due next; absent: nothing is.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Whether that day is past.</summary>
    public required bool Overdue { get; init; }
    public required DateOnly SubmittedOn { get; init; }
    public required PersonRef SubmittedBy { get; init; }

    /// <summary>Only of a single lead.</summary>
    public IReadOnlyList<OfficeLeadTrace>? Steps { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A lead as it is stored, with the names that belong to its ids.</summary>
public sealed class OfficeLeadRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string OfficeId { get; init; }
    public required string OfficeName { get; init; }
    public required string Title { get; init; }
    public string? Investor { get; init; }
    public string? Content { get; init; }
    public string? Scale { get; init; }
    public required string Contacts { get; init; }
    public required string Status { get; init; }
    public string? UnitId { get; init; }
    public string? UnitName { get; init; }
    public string? Reason { get; init; }
    public string? ProjectId { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly SubmittedOn { get; init; }
    public required string SubmittedBy { get; init; }
    public required string SubmittedByName { get; init; }
    public long Version { get; init; }

    public OfficeLeadStatus At => Slug.To<OfficeLeadStatus>(Status);

    /// <summary>How a caller stands to it: the office and the unit that has it own it, who reads the city reads it, for others it is not there.</summary>
    public Relations RelationOf(Caller caller) =>
        caller.Unit is { } unit
            ? unit == OfficeId || unit == UnitId
                ? Relations.Own
                : Relations.None
            : Permissions.ReadsCity(caller)
                ? Relations.City
                : Relations.None;

    /// <summary>Whether a step is the caller's: the centre's all, the reports and the end also those of the unit that has it.</summary>
    public bool IsFor(Caller caller, OfficeLeadStep step)
    {
        var act = step is OfficeLeadStep.Report or OfficeLeadStep.Close ? Act.ReportOnLeads : Act.DecideOfficeLeads;
        return Permissions.Allows(caller, act, RelationOf(caller)) && (caller.Unit is null || caller.Unit == UnitId);
    }

    public IReadOnlyList<OfficeLeadPart> Missing(Session session) =>
        OfficeLeadRules.Missing(
            Investor,
            Content,
            Scale,
            PersonalFacts.Open(session, Contacts).Contacts.Any(person => !string.IsNullOrWhiteSpace(person.Name))
        );

    public OfficeLeadView View(Session session, Caller caller, IReadOnlyList<OfficeLeadTrace>? steps = null) =>
        new()
        {
            Id = Id,
            Office = new UnitRef(OfficeId, OfficeName),
            Title = Title,
            Investor = Investor,
            Content = Content,
            Scale = Scale,
            Contacts = steps is null ? null : PersonalFacts.Open(session, Contacts).Contacts,
            Missing = Missing(session),
            Status = At,
            Jurisdiction = UnitId is null ? null : new UnitRef(UnitId, UnitName!),
            Reason = Reason,
            ProjectId = caller.Unit == OfficeId ? null : ProjectId,
            DueOn = DueOn,
            Overdue = OfficeLeadRules.IsOverdue(DueOn, session.Today),
            SubmittedOn = SubmittedOn,
            SubmittedBy = new PersonRef(SubmittedBy, SubmittedByName),
            Steps = steps,
            AllowedActions =
            [
                .. OfficeLeadRules.Next(At).Where(step => IsFor(caller, step)).Select(step => Slug.Of(step)),
            ],
            Version = Version,
        };

    /// <summary>The lead, or null when it does not exist for this caller.</summary>
    public static async Task<OfficeLeadRow?> For(Session session, Caller caller, string id) =>
        await session.One<OfficeLeadRow>($"{Select} WHERE l.id = @id", new { id }) is { } row
        && Permissions.Allows(caller, Act.ReadOfficeLeads, row.RelationOf(caller))
            ? row
            : null;

    public static async Task<IReadOnlyList<OfficeLeadTrace>> Steps(Session session, string id) =>
        [
            .. (await session.Query<StepRow>(SelectSteps, new { id })).Select(row => new OfficeLeadTrace(
                Slug.To<OfficeLeadStep>(row.Step),
                Slug.To<OfficeLeadStatus>(row.ToStatus),
                row.Note,
                new PersonRef(row.SteppedBy, row.SteppedByName),
                row.SteppedAt
            )),
        ];

    /// <summary>Erases a person from a lead. The caller holds the lock.</summary>
    /// <param name="left">The contacts without the person.</param>
    public static async Task ErasePerson(Session session, string id, Func<PersonalFacts, PersonalFacts> left)
    {
        var contacts = left(PersonalFacts.Open(session, (await session.One<string>(SelectContacts, new { id }))!));
        await session.Execute(
            SetContacts,
            new
            {
                id,
                contacts = contacts.Seal(session),
                now = session.Now,
            }
        );
        PersonMarks.Set(session, PersonMarks.OfficeLead, id, contacts.Contacts, null);
    }

    /// <summary>Which leads a caller may know, with <c>@mine</c>.</summary>
    public static string VisibleTo(Caller caller) =>
        Permissions.ReadsCity(caller) ? "1 = 1" : "(l.office_id = @mine OR l.unit_id = @mine)";

    private sealed class StepRow
    {
        public required string Step { get; init; }
        public required string ToStatus { get; init; }
        public string? Note { get; init; }
        public required string SteppedBy { get; init; }
        public required string SteppedByName { get; init; }
        public DateTimeOffset SteppedAt { get; init; }
    }

    private const string SelectSteps =
        "SELECT step, to_status, note, stepped_by, stepped_by_name, stepped_at FROM office_lead_steps WHERE lead_id = @id ORDER BY seq";
    private const string SelectContacts = "SELECT contacts FROM office_leads WHERE id = @id";
    private const string SetContacts =
        "UPDATE office_leads SET contacts = @contacts, version = version + 1, updated_at = @now WHERE id = @id";

    public const string From =
        "FROM office_leads l JOIN jurisdictions o ON o.id = l.office_id LEFT JOIN jurisdictions j ON j.id = l.unit_id";
    public const string Select = $"""
        SELECT l.seq, l.id, l.office_id, o.name AS office_name, l.title, l.investor, l.content, l.scale, l.contacts, l.status, l.unit_id, j.name AS unit_name, l.reason, l.project_id, l.due_on,
          l.submitted_on, l.submitted_by, l.submitted_by_name, l.version
        {From}
        """;
}
