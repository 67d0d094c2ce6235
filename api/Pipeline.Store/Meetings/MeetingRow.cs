using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Meetings;

/// <summary>A problem on an agenda, as it stood at the cut-off.</summary>
/// <param name="OverdueFor">Working days past the due date.</param>
public sealed record AgendaProblem(
    string? Id,
    string Title,
    ProblemKind Kind,
    DateOnly DueOn,
    int Level,
    int OverdueFor,
    UnitRef? Department
);

/// <summary>An undone decision on an agenda.</summary>
/// <param name="Carried">On how many issued agendas it stands, this one included.</param>
public sealed record AgendaAction(
    string? Id,
    string Text,
    UnitRef Owner,
    DateOnly DecidedOn,
    DateOnly DueOn,
    bool Overdue,
    int Carried
);

/// <summary>That the centre put something on an agenda, or took it off, and why.</summary>
public sealed record AgendaChange(string Reason, DateTimeOffset At, PersonRef By);

/// <summary>An item of an agenda, as it is sent.</summary>
public sealed record AgendaItem
{
    /// <summary>The id of the project, problem or action it is about; of what the centre added, one of its own.</summary>
    public required string Id { get; init; }
    public required AgendaItemKind Kind { get; init; }
    public MeetingProject? Project { get; init; }
    public AgendaProblem? Problem { get; init; }
    public AgendaAction? Action { get; init; }

    /// <summary>What the centre added.</summary>
    public string? Title { get; init; }
    public string? Note { get; init; }
    public AgendaChange? Added { get; init; }

    /// <summary>That it is not on the agenda, though the facts or the centre had put it there.</summary>
    public AgendaChange? Dropped { get; init; }
}

/// <summary>A meeting: its agenda, item by item as the reader may know them, and what was decided.</summary>
public sealed record MeetingView
{
    public required string Id { get; init; }
    public required MeetingKind Kind { get; init; }
    public required MeetingStatus Status { get; init; }
    public required DateOnly HeldOn { get; init; }

    /// <summary>The city's clock, hh:mm.</summary>
    public string? StartsAt { get; init; }
    public string? Place { get; init; }
    public required string Chair { get; init; }

    /// <summary>The leader who chairs it, where that is a user.</summary>
    public string? ChairId { get; init; }
    public IReadOnlyList<string>? Attendees { get; init; }
    public string? Summary { get; init; }

    /// <summary>The instant as of which the agenda is made.</summary>
    public required DateTimeOffset CutOffAt { get; init; }

    /// <summary>Of an agenda that is still made from the facts: its cut-off has not come, so it may change.</summary>
    public bool? Provisional { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public PersonRef? IssuedBy { get; init; }

    /// <summary>SHA-256 over the issued agenda, which is in the audit chain as well; for who reads all of it.</summary>
    public string? AgendaHash { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? CancelReason { get; init; }
    public required string RuleSetId { get; init; }

    /// <summary>Only of a single meeting.</summary>
    public IReadOnlyList<AgendaItem>? Items { get; init; }

    /// <summary>Only of a single meeting.</summary>
    public IReadOnlyList<ActionView>? Decisions { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }

    /// <summary>Only for who may change it.</summary>
    public long? Version { get; init; }
}

/// <summary>A meeting as it is stored.</summary>
public sealed class MeetingRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Status { get; init; }
    public DateOnly HeldOn { get; init; }
    public string? StartsAt { get; init; }
    public string? Place { get; init; }
    public required string Chair { get; init; }
    public string? ChairId { get; init; }
    public string? Attendees { get; init; }
    public string? Summary { get; init; }
    public DateTimeOffset CutOffAt { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public string? IssuedBy { get; init; }
    public string? IssuedByName { get; init; }
    public string? AgendaHash { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? CancelReason { get; init; }
    public required string RuleSetId { get; init; }
    public long Version { get; init; }

    public MeetingStatus At => Slug.To<MeetingStatus>(Status);

    public IReadOnlyList<string>? AttendeeList => Attendees is null ? null : Json.Read<List<string>>(Attendees);

    /// <summary>Whether participants have its agenda.</summary>
    public bool IsIssued => At is MeetingStatus.Issued or MeetingStatus.Minuted or MeetingStatus.Closed;

    /// <summary>The version that a caller is told: none to whom changes of other units' items would show.</summary>
    public long? VersionFor(Caller caller) => Permissions.Allows(caller, Act.ManageMeetings) ? Version : null;

    public MeetingView View(Caller caller, DateTimeOffset now) =>
        new()
        {
            Id = Id,
            Kind = Slug.To<MeetingKind>(Kind),
            Status = At,
            HeldOn = HeldOn,
            StartsAt = StartsAt,
            Place = Place,
            Chair = Chair,
            ChairId = ChairId,
            Attendees = Permissions.ReadsCity(caller) ? AttendeeList : null,
            Summary = Permissions.ReadsCity(caller) ? Summary : null,
            CutOffAt = CutOffAt,
            Provisional = At == MeetingStatus.Planned && now < CutOffAt ? true : null,
            IssuedAt = IssuedAt,
            IssuedBy =
                IssuedAt is not null && Permissions.ReadsCity(caller) ? new PersonRef(IssuedBy!, IssuedByName!) : null,
            AgendaHash = Permissions.ReadsSecret(caller) ? AgendaHash : null,
            ClosedAt = ClosedAt,
            CancelReason = CancelReason,
            RuleSetId = RuleSetId,
            AllowedActions = Permissions.Allows(caller, Act.ManageMeetings, Relations.City)
                ?
                [
                    .. Enum.GetValues<MeetingStep>()
                        .Where(step => MeetingRules.MayTake(step, At, CutOffAt, now) is null)
                        .Select(Slug.Of),
                ]
                : [],
            Version = VersionFor(caller),
        };

    /// <summary>The meeting, or null when it does not exist for this caller: who reads the city sees those that are issued, the centre, auditors and who chairs it also what is planned; a unit those that have something of its own.</summary>
    public static async Task<MeetingRow?> For(Session session, Caller caller, string id)
    {
        if (!Permissions.Allows(caller, Act.ReadMeetings))
            return null;
        return await session.One<MeetingRow>(
            $"{Select} WHERE m.id = @id AND {VisibleTo(caller)}",
            new
            {
                id,
                mine = MineOf(caller),
                me = caller.UserId,
            }
        );
    }

    /// <summary>The unit or department that a caller reads for.</summary>
    public static string MineOf(Caller caller) => caller.JurisdictionId ?? "";

    /// <summary>Which meetings (<c>m</c>) a caller may read, with <c>@mine</c> and <c>@me</c>.</summary>
    public static string VisibleTo(Caller caller) =>
        caller.Role switch
        {
            Role.Coordinator or Role.Auditor => "1 = 1",
            Role.Leader => $"({Issued} OR m.chair_id = @me)",
            Role.Department => $"{Issued} AND ({HasItem(ItemOfDepartment)} OR {HasDecision(ActionRow.OfDepartment)})",
            _ => $"{Issued} AND ({HasItem(ItemOfUnit)} OR {HasDecision(ActionRow.OfUnit)})",
        };

    private const string Issued = "m.status IN ('issued', 'minuted', 'closed')";

    private const string ItemOfDepartment = "a.owner_id = @mine AND (i.project_id IS NULL OR p.secret = 0)";
    private const string ItemOfUnit =
        "(p.owner_id = @mine OR (a.owner_id = @mine AND (i.project_id IS NULL OR p.secret = 0)))";

    private static string HasItem(string which) =>
        $"EXISTS (SELECT 1 {MeetingItemRow.From} WHERE i.meeting_id = m.id AND i.state <> 'dropped' AND {which})";

    private static string HasDecision(string which) =>
        $"EXISTS (SELECT 1 FROM actions a LEFT JOIN projects p ON p.id = a.project_id WHERE a.meeting_id = m.id AND {which})";

    public static Task<MeetingRow?> ById(Session session, string id) =>
        session.One<MeetingRow>($"{Select} WHERE m.id = @id", new { id });

    public const string Select = """
        SELECT m.seq, m.id, m.kind, m.status, m.held_on, m.starts_at, m.place, m.chair, m.chair_id, m.attendees, m.summary, m.cut_off_at, m.issued_at, m.issued_by, m.issued_by_name,
          m.agenda_hash, m.closed_at, m.cancel_reason, m.rule_set_id, m.version
        FROM meetings m
        """;
}

/// <summary>An item as it is stored: what the centre changed on an agenda in the making, or all that was issued.</summary>
public sealed class MeetingItemRow
{
    public required string ItemId { get; init; }
    public required string Kind { get; init; }
    public required string State { get; init; }
    public string? ProjectId { get; init; }
    public string? Title { get; init; }
    public string? Note { get; init; }
    public string? Reason { get; init; }
    public string? ChangedBy { get; init; }
    public string? ChangedByName { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public string? Content { get; init; }

    /// <summary>How project and action stand now: they say who may read the item.</summary>
    public string? ProjectOwner { get; init; }
    public bool? Secret { get; init; }
    public string? ActionOwner { get; init; }

    public bool IsDropped => State == "dropped";

    public AgendaChange? Change =>
        Reason is null ? null : new AgendaChange(Reason, ChangedAt!.Value, new PersonRef(ChangedBy!, ChangedByName!));

    /// <summary>The issued item as a caller may know it; null: not at all.</summary>
    public AgendaItem? For(Caller caller)
    {
        var item = Json.Read<AgendaItem>(Content!);
        var secret = Secret == true;
        if (Permissions.ReadsCity(caller))
            return secret && !Permissions.ReadsSecret(caller) && !caller.NamedOn.Contains(ProjectId!) ? null : item;
        if (IsDropped)
            return null;
        if (caller.Unit is { } unit && ProjectOwner == unit)
            return item with { Added = null };
        if (secret || ActionOwner is null || ActionOwner != caller.JurisdictionId)
            return null;

        // Whoever is to do something learns of its project what he learns of the action.
        return item with
        {
            Added = null,
            Project =
                caller.Role == Role.Department && item.Project is { } told
                    ? new MeetingProject
                    {
                        Name = told.Name,
                        Investors = told.Investors,
                        TotalInvestment = told.TotalInvestment,
                    }
                    : null,
        };
    }

    /// <summary>All of a meeting, in the order of the agenda.</summary>
    public static Task<List<MeetingItemRow>> Of(Session session, string meetingId) =>
        session.Query<MeetingItemRow>(
            $"{Select} WHERE i.meeting_id = @meetingId ORDER BY i.place, i.seq",
            new { meetingId }
        );

    public const string From =
        "FROM meeting_items i LEFT JOIN projects p ON p.id = i.project_id LEFT JOIN actions a ON a.id = i.item_id";
    private const string Select = $"""
        SELECT i.item_id, i.kind, i.state, i.project_id, i.title, i.note, i.reason, i.changed_by, i.changed_by_name, i.changed_at, i.content, p.owner_id AS project_owner, p.secret,
          a.owner_id AS action_owner
        {From}
        """;
}

/// <summary>What an issued agenda is held against.</summary>
public static class AgendaSeal
{
    /// <summary>SHA-256 over the meeting's head and the contents of all items in their order.</summary>
    public static string Of(MeetingRow meeting, IEnumerable<string> contents) =>
        Canonical.Hash(
            string.Join(
                '\n',
                [
                    Canonical.Text(
                        ("id", meeting.Id),
                        ("kind", meeting.Kind),
                        (
                            "heldOn",
                            meeting.HeldOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
                        ),
                        ("cutOffAt", Iso.Text(meeting.CutOffAt)),
                        ("ruleSetId", meeting.RuleSetId)
                    ),
                    .. contents,
                ]
            )
        );

    /// <summary>The issued agendas that are no longer what was issued, or whose hash is not in the audit trail.</summary>
    public static async Task<IReadOnlyList<string>> Violations(Session session)
    {
        var found = new List<string>();
        foreach (var meeting in await session.Query<MeetingRow>($"{MeetingRow.Select} WHERE m.agenda_hash IS NOT NULL"))
        {
            var items = await MeetingItemRow.Of(session, meeting.Id);
            if (Of(meeting, items.Select(item => item.Content ?? "")) != meeting.AgendaHash)
                found.Add($"agenda that was touched: {meeting.Id}");
            else if (
                !(await session.Query<string>(Recorded, new { id = meeting.Id })).Any(changes =>
                    changes.Contains(meeting.AgendaHash!, StringComparison.Ordinal)
                )
            )
                found.Add($"agenda whose hash is not in the audit trail: {meeting.Id}");
        }

        return found;
    }

    private const string Recorded =
        "SELECT changes FROM audit WHERE subject_kind = 'meeting' AND subject_id = @id AND action = 'agenda-issued'";
}
