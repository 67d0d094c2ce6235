using Pipeline.Data;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Disputes;

/// <summary>From where a caller sees a dispute.</summary>
public enum DisputeSide
{
    /// <summary>The unit that contests.</summary>
    Contestant,

    /// <summary>The unit whose claim is contested.</summary>
    Respondent,

    /// <summary>The centre, leaders, auditors.</summary>
    City,
}

/// <summary>A dispute (R23). Neither side learns who the other is, unless they are to negotiate together, nor reads its files; the respondent reads the grounds, the centre everything.</summary>
public sealed record DisputeView
{
    public required string Id { get; init; }
    public required DisputeSide Side { get; init; }
    public required DisputeStatus Status { get; init; }

    /// <summary>What the project is called in the caller's own report, or in the library.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The claim whose outcome is contested; for its unit and the city.</summary>
    public string? ClaimId { get; init; }

    /// <summary>The active claim it is about; for its unit and the city.</summary>
    public string? RespondentClaimId { get; init; }
    public string? ProjectId { get; init; }
    public UnitRef? Contestant { get; init; }
    public UnitRef? Respondent { get; init; }

    /// <summary>When what is contested came about.</summary>
    public DateTimeOffset? OutcomeAt { get; init; }
    public required string Grounds { get; init; }
    public IReadOnlyList<FileRef>? Files { get; init; }
    public required DateTimeOffset FiledAt { get; init; }
    public PersonRef? FiledBy { get; init; }

    /// <summary>Null where there is no other side.</summary>
    public DateTimeOffset? AnswerDue { get; init; }
    public string? Answer { get; init; }
    public IReadOnlyList<FileRef>? AnswerFiles { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public PersonRef? AnsweredBy { get; init; }
    public required DateTimeOffset DecisionDue { get; init; }

    /// <summary>The centre is late with its decision.</summary>
    public required bool Overdue { get; init; }
    public DisputeOutcome? Outcome { get; init; }
    public string? Reason { get; init; }

    /// <summary>The contested report was proven false: its unit is barred from the project.</summary>
    public bool? FalseReport { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public PersonRef? DecidedBy { get; init; }
    public DateTimeOffset? AppealDue { get; init; }

    /// <summary>Which of the deadlines are provisional, because they run through a year without a work calendar; absent where none is.</summary>
    public IReadOnlyList<string>? Provisional { get; init; }

    /// <summary>Who appealed.</summary>
    public DisputeSide? Appellant { get; init; }
    public string? AppealGrounds { get; init; }
    public DateTimeOffset? AppealedAt { get; init; }
    public DisputeOutcome? FinalOutcome { get; init; }
    public string? FinalReason { get; init; }
    public DateTimeOffset? FinalAt { get; init; }
    public PersonRef? FinalBy { get; init; }

    /// <summary>Since when the contested claim's window stands still.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Seal of the evidence as it stood at filing.</summary>
    public required string EvidenceHash { get; init; }
    public required string RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A dispute as it is stored, with the names that belong to its ids.</summary>
public sealed class DisputeRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ClaimId { get; init; }
    public string? ProjectId { get; init; }
    public required string ContestantId { get; init; }
    public required string ContestantName { get; init; }
    public string? RespondentId { get; init; }
    public string? RespondentName { get; init; }
    public string? RespondentClaimId { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset OutcomeAt { get; init; }
    public required string Grounds { get; init; }
    public required string Files { get; init; }
    public required string FiledBy { get; init; }
    public required string FiledByName { get; init; }
    public DateTimeOffset FiledAt { get; init; }
    public DateTimeOffset? AnswerDue { get; init; }
    public string? Answer { get; init; }
    public string? AnswerFiles { get; init; }
    public string? AnsweredBy { get; init; }
    public string? AnsweredByName { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset DecisionDue { get; init; }
    public string? Outcome { get; init; }
    public string? Reason { get; init; }
    public bool FalseReport { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedByName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public DateTimeOffset? AppealDue { get; init; }
    public string? AppellantId { get; init; }
    public string? AppealGrounds { get; init; }
    public DateTimeOffset? AppealedAt { get; init; }
    public string? FinalOutcome { get; init; }
    public string? FinalReason { get; init; }
    public string? FinalBy { get; init; }
    public string? FinalByName { get; init; }
    public DateTimeOffset? FinalAt { get; init; }
    public required string RuleSetId { get; init; }
    public required string EvidenceHash { get; init; }
    public long Version { get; init; }
    public required string ReportName { get; init; }
    public string? RespondentReportName { get; init; }
    public required string Report { get; init; }
    public string? ProjectName { get; init; }
    public bool Secret { get; init; }
    public string? RespondentStatus { get; init; }
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Whether the contestant negotiates beside the holder now.</summary>
    public bool Paired { get; init; }

    public bool IsSecret => Secret || Json.Read<ProjectBody>(Report).Secret;

    /// <summary>What the audit trail keeps of it when it is read and secret.</summary>
    public AuditEntry SecretRead() => SecretReads.Of("read-secret-claim", "dispute", Id, ProjectId);

    public DisputeOutcome? Decided => Outcome is null ? null : Slug.To<DisputeOutcome>(Outcome);

    public DisputeStatus At(DateTimeOffset now) =>
        Domain.Claims.Disputes.StatusAt(Slug.To<DisputeStatus>(Status), AnswerDue, AppealDue, now);

    /// <summary>How a caller stands to it: its two sides own it, the city reads it.</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is { } unit)
            return unit == ContestantId || unit == RespondentId ? Relations.Own : Relations.None;
        if (!Permissions.ReadsCity(caller))
            return Relations.None;
        return
            IsSecret
            && !Permissions.ReadsSecret(caller)
            && !(ProjectId is { } project && caller.NamedOn.Contains(project))
            ? Relations.None
            : Relations.City;
    }

    public DisputeSide SideOf(Caller caller) =>
        caller.Unit is not { } unit ? DisputeSide.City
        : unit == ContestantId ? DisputeSide.Contestant
        : DisputeSide.Respondent;

    /// <summary>What the project is called in the side's own report, or in the library.</summary>
    public string NameFor(DisputeSide side) =>
        side switch
        {
            DisputeSide.Contestant => ReportName,
            DisputeSide.Respondent => RespondentReportName ?? ReportName,
            _ => ProjectName ?? ReportName,
        };

    /// <summary>Makes the representation for a caller who may read it.</summary>
    public DisputeView View(Caller caller, DateTimeOffset now, Domain.WorkCalendar calendar)
    {
        var side = SideOf(caller);
        var status = At(now);
        var city = side == DisputeSide.City;

        // Who are to negotiate side by side have to know each other.
        var together = (FinalOutcome ?? Outcome) == Slug.Of(DisputeOutcome.CoNegotiate);
        var contestant = city || side == DisputeSide.Contestant;
        var respondent = city || side == DisputeSide.Respondent;
        var appellant =
            AppellantId is null ? (DisputeSide?)null
            : AppellantId == ContestantId ? DisputeSide.Contestant
            : DisputeSide.Respondent;
        PersonRef? Person(bool known, string? id, string? name) =>
            known && id is not null ? new PersonRef(id, name!) : null;
        return new DisputeView
        {
            Id = Id,
            Side = side,
            Status = status,
            ProjectName = NameFor(side),
            ClaimId = contestant ? ClaimId : null,
            RespondentClaimId = respondent ? RespondentClaimId : null,
            ProjectId = respondent || (together && Paired) ? ProjectId : null,
            Contestant = contestant || together ? new UnitRef(ContestantId, ContestantName) : null,
            Respondent =
                (respondent || together) && RespondentId is { } other ? new UnitRef(other, RespondentName!) : null,
            OutcomeAt = contestant ? OutcomeAt : null,
            Grounds = Grounds,
            Files = contestant ? Json.Read<List<FileRef>>(Files) : null,
            FiledAt = FiledAt,
            FiledBy = Person(contestant, FiledBy, FiledByName),
            AnswerDue = AnswerDue,
            Answer = respondent ? Answer : null,
            AnswerFiles = respondent && AnswerFiles is { } files ? Json.Read<List<FileRef>>(files) : null,
            AnsweredAt = AnsweredAt,
            AnsweredBy = Person(respondent, AnsweredBy, AnsweredByName),
            DecisionDue = DecisionDue,
            Overdue = status is DisputeStatus.AwaitingDecision or DisputeStatus.Appealed && now > DecisionDue,
            Outcome = Decided,
            Reason = Reason,
            FalseReport = FalseReport ? true : null,
            DecidedAt = DecidedAt,
            DecidedBy = Person(city, DecidedBy, DecidedByName),
            AppealDue = AppealDue,
            Provisional = Provisional(calendar),
            Appellant = appellant,
            AppealGrounds = city || appellant == side ? AppealGrounds : null,
            AppealedAt = AppealedAt,
            FinalOutcome = FinalOutcome is null ? null : Slug.To<DisputeOutcome>(FinalOutcome),
            FinalReason = FinalReason,
            FinalAt = FinalAt,
            FinalBy = Person(city, FinalBy, FinalByName),
            SuspendedAt = respondent ? SuspendedAt : null,
            EvidenceHash = EvidenceHash,
            RuleSetId = RuleSetId,
            AllowedActions = Actions(caller, side, status),
            Version = Version,
        };
    }

    private List<string>? Provisional(Domain.WorkCalendar calendar)
    {
        (string Name, DateTimeOffset From, DateTimeOffset? Due)[] deadlines =
        [
            ("answerDue", FiledAt, AnswerDue),
            ("decisionDue", AppealedAt ?? FiledAt, DecisionDue),
            ("appealDue", DecidedAt ?? FiledAt, AppealDue),
        ];
        var provisional = deadlines
            .Where(deadline => deadline.Due is { } due && calendar.IsProvisional(deadline.From, due))
            .Select(deadline => deadline.Name)
            .ToList();
        return provisional.Count == 0 ? null : provisional;
    }

    private List<string> Actions(Caller caller, DisputeSide side, DisputeStatus status)
    {
        var actions = new List<string>();
        var relation = RelationOf(caller);
        void Offer(string action, Act act, bool possible)
        {
            if (possible && Permissions.Allows(caller, act, relation))
                actions.Add(action);
        }

        var open = status is DisputeStatus.AwaitingAnswer or DisputeStatus.AwaitingDecision;
        Offer("answer", Act.AnswerDispute, side == DisputeSide.Respondent && open && AnsweredAt is null);
        Offer("withdraw", Act.FileDispute, side == DisputeSide.Contestant && open);
        Offer("appeal", Act.AppealDispute, status == DisputeStatus.Decided);
        Offer(
            "decide",
            Act.DecideDispute,
            status == DisputeStatus.AwaitingDecision || (status == DisputeStatus.Appealed && caller.UserId != DecidedBy)
        );
        var live = RespondentStatus == Slug.Of(ClaimStatus.Active) && (open || status == DisputeStatus.Appealed);
        Offer("suspend", Act.DecideDispute, live && SuspendedAt is null);
        Offer("resume", Act.DecideDispute, live && SuspendedAt is not null);
        Offer("read-evidence", Act.ReadDisputeEvidence, true);
        return actions;
    }

    public const string From = """
        FROM disputes d
        JOIN claims c ON c.id = d.claim_id
        JOIN jurisdictions a ON a.id = d.contestant_id
        LEFT JOIN jurisdictions b ON b.id = d.respondent_id
        LEFT JOIN claims r ON r.id = d.respondent_claim_id
        LEFT JOIN projects p ON p.id = d.project_id
        """;

    public const string Select = $"""
        SELECT d.seq, d.id, d.claim_id, d.project_id, d.contestant_id, a.name AS contestant_name, d.respondent_id, b.name AS respondent_name, d.respondent_claim_id, d.status, d.outcome_at,
          d.grounds, d.files, d.filed_by, d.filed_by_name, d.filed_at, d.answer_due, d.answer, d.answer_files, d.answered_by, d.answered_by_name, d.answered_at, d.decision_due,
          d.outcome, d.reason, d.false_report, d.decided_by, d.decided_by_name, d.decided_at, d.appeal_due, d.appellant_id, d.appeal_grounds, d.appealed_at,
          d.final_outcome, d.final_reason, d.final_by, d.final_by_name, d.final_at, d.rule_set_id, d.evidence_hash, d.version,
          {ClaimRow.NameSql} AS report_name, {ClaimRow.ReportSql} AS report, p.name AS project_name, COALESCE(p.secret, 0) AS secret, r.status AS respondent_status, r.suspended_at,
          COALESCE(r.completed_name, r.name) AS respondent_report_name,
          CASE WHEN EXISTS (SELECT 1 FROM co_negotiators cn JOIN claims h ON h.id = cn.claim_id AND h.status = 'active' WHERE cn.project_id = d.project_id AND cn.jurisdiction_id = d.contestant_id) THEN 1 ELSE 0 END AS paired
        {From}
        """;

    /// <summary>The dispute, or null when it does not exist for this caller.</summary>
    public static async Task<DisputeRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<DisputeRow>($"{Select} WHERE d.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadDisputes, row.RelationOf(caller)))
            return null;
        if (row.IsSecret)
            session.Note(row.SecretRead());
        return row;
    }
}
