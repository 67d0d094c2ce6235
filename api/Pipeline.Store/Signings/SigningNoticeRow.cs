using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Signings;

namespace Pipeline.Store.Signings;

/// <summary>That the centre lets a signing be without the time that a notice should leave (R33).</summary>
public sealed record Waiver(string Reason, DateTimeOffset At, PersonRef By);

/// <summary>A signing notice (签约备案), for the unit that filed it and those who read the whole city.</summary>
public sealed record SigningNoticeView
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; init; }
    public required string ProjectCode { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public required NoticeStatus Status { get; init; }
    public required DateOnly FiledOn { get; init; }
    public required PersonRef FiledBy { get; init; }
    public required DateOnly PlannedSigningOn { get; init; }

    /// <summary>The day on which the project was signed.</summary>
    public DateOnly? SignedOn { get; init; }
    public required string Parties { get; init; }
    public required Money AgreedAmount { get; init; }
    public string? Place { get; init; }
    public string? EventId { get; init; }
    public IReadOnlyList<string>? LeadersWanted { get; init; }

    /// <summary>Days from the filing to the signing, or as long as that is to come to the planned day.</summary>
    public required int DaysAhead { get; init; }

    /// <summary>Whether that is as many as the rule set wants (R30).</summary>
    public required bool Timely { get; init; }
    public Waiver? Waived { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }
    public required string RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A signing notice as it is stored, with the names that belong to its ids.</summary>
public sealed class SigningNoticeRow
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
    public DateOnly FiledOn { get; init; }
    public DateTimeOffset FiledAt { get; init; }
    public required string FiledBy { get; init; }
    public required string FiledByName { get; init; }
    public DateOnly PlannedOn { get; init; }
    public required string Parties { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Place { get; init; }
    public string? EventId { get; init; }
    public string? LeadersWanted { get; init; }
    public DateOnly? SignedOn { get; init; }
    public bool Timely { get; init; }
    public string? WaivedBy { get; init; }
    public string? WaivedByName { get; init; }
    public DateTimeOffset? WaivedAt { get; init; }
    public string? WaiveReason { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }
    public required string RuleSetId { get; init; }
    public long Version { get; init; }

    public NoticeStatus At => Slug.To<NoticeStatus>(Status);

    public FiledNotice Filed => new(FiledOn, PlannedOn, WaivedAt is not null);

    /// <summary>How a caller stands to it: a unit sees what was filed for it, no other's (R20).</summary>
    public Relations RelationOf(Caller caller) => Permissions.RelationTo(caller, JurisdictionId, ProjectId, Secret);

    public SigningNoticeView View(Caller caller)
    {
        var relation = RelationOf(caller);
        var actions = new List<string>();
        if (At == NoticeStatus.Open)
        {
            if (Permissions.Allows(caller, Act.FileSigningNotice, relation))
                actions.AddRange(["edit", "cancel"]);
            if (WaivedAt is null && Permissions.Allows(caller, Act.WaiveSigningNotice, relation))
                actions.Add("waive");
        }

        return new SigningNoticeView
        {
            Id = Id,
            ProjectId = ProjectId,
            ProjectName = ProjectName,
            ProjectCode = ProjectCode,
            Jurisdiction = new UnitRef(JurisdictionId, JurisdictionName),
            Status = At,
            FiledOn = FiledOn,
            FiledBy = new PersonRef(FiledBy, FiledByName),
            PlannedSigningOn = PlannedOn,
            SignedOn = SignedOn,
            Parties = Parties,
            AgreedAmount = Money.FromHundredths(Amount, Currency),
            Place = Place,
            EventId = EventId,
            LeadersWanted = LeadersWanted is null ? null : Json.Read<List<string>>(LeadersWanted),
            DaysAhead = SigningNotices.DaysAhead(FiledOn, SignedOn ?? PlannedOn),
            Timely = Timely,
            Waived = WaivedAt is { } at ? new Waiver(WaiveReason!, at, new PersonRef(WaivedBy!, WaivedByName!)) : null,
            EndedAt = EndedAt,
            EndReason = EndReason,
            RuleSetId = RuleSetId,
            AllowedActions = actions,
            Version = Version,
        };
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "signing-notice", Id, ProjectId);

    /// <summary>The notice, or null when it does not exist for this caller.</summary>
    public static async Task<SigningNoticeRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<SigningNoticeRow>($"{Select} WHERE n.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadSigningNotices, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(row.SecretRead());
        await NameAsKnown(session, caller, [row]);
        return row;
    }

    /// <summary>Has notices of projects that are another's by now tell the name that the caller knows them by (R17a).</summary>
    public static async Task NameAsKnown(Session session, Caller caller, IReadOnlyList<SigningNoticeRow> rows)
    {
        if (caller.Unit is not { } unit)
            return;
        var left = rows.Where(row => row.OwnerId != unit).ToList();
        var names = await FormerNames.Of(session, unit, left.Select(row => row.ProjectId));
        foreach (var row in left)
            row.ProjectName = names.GetValueOrDefault(row.ProjectId, row.ProjectCode);
    }

    public static Task<SigningNoticeRow?> OpenOn(Session session, string projectId) =>
        session.One<SigningNoticeRow>(
            $"{Select} WHERE n.project_id = @projectId AND n.status = 'open'",
            new { projectId }
        );

    public const string From =
        "FROM signing_notices n JOIN projects p ON p.id = n.project_id JOIN jurisdictions j ON j.id = n.jurisdiction_id";

    public const string Select = $"""
        SELECT n.seq, n.id, n.project_id, p.name AS project_name, p.code AS project_code, p.owner_id, p.secret, n.jurisdiction_id, j.name AS jurisdiction_name, n.status, n.filed_on, n.filed_at,
          n.filed_by, n.filed_by_name, n.planned_on, n.parties, n.amount, n.currency, n.place, n.event_id, n.leaders_wanted, n.signed_on, n.timely, n.waived_by, n.waived_by_name, n.waived_at,
          n.waive_reason, n.ended_at, n.end_reason, n.rule_set_id, n.version
        {From}
        """;
}
