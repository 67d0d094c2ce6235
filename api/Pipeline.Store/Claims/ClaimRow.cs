using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Claims;

/// <summary>The seal of a receipt: its hash, and that of the receipt before it.</summary>
public sealed record Seal(string Hash, string PreviousHash);

/// <summary>A claim, for its reporter and for those who read the whole city.</summary>
public sealed record ClaimView
{
    public required string Id { get; init; }
    public required long Sequence { get; init; }
    public required ClaimStatus Status { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public required PersonRef ReportedBy { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ActivatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }

    /// <summary>Since when its window stands still (R23).</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>That the centre returned it for completion, the last time it did (R14b). It is open while <c>status</c> is one that waits and there is no <c>completedAt</c>; it keeps its place meanwhile.</summary>
    public ReportReturn? Returned { get; init; }

    /// <summary>Until when its outcome may be contested; in single claims only.</summary>
    public DateTimeOffset? ContestUntil { get; init; }

    /// <summary>The day is provisional: it lies in, or the days to it run through, a year without a work calendar.</summary>
    public bool? ContestUntilProvisional { get; init; }

    /// <summary>Its place among the waiting claims, from 1.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Only where the project is the caller's to see.</summary>
    public string? ProjectId { get; init; }

    /// <summary>What was reported, without personal data in lists.</summary>
    public required ProjectBody Report { get; init; }
    public required IReadOnlyList<ReportContact> Contacts { get; init; }
    public required Seal Receipt { get; init; }
    public required string RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }

    /// <summary>In lists: what is sealed of this claim cannot be opened, and is left out.</summary>
    public bool? Unreadable { get; init; }
    public required long Version { get; init; }
}

/// <summary>A report that was returned for completion (R14b).</summary>
public sealed record ReportReturn
{
    public required DateTimeOffset At { get; init; }
    public required string Reason { get; init; }

    /// <summary>What is lacking, point by point.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The last instant to complete it; after it the report is withdrawn.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it was completed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>A claim as it is stored, with the names that belong to its ids.</summary>
public sealed class ClaimRow
{
    public long Sequence { get; init; }
    public required string Id { get; init; }
    public string? ProjectId { get; init; }
    public required string JurisdictionId { get; init; }
    public required string JurisdictionName { get; init; }
    public required string ReportedBy { get; init; }
    public required string ReportedByName { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ActivatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }
    public required string RuleSetId { get; init; }
    public int Extensions { get; init; }
    public required string Report { get; init; }
    public required string Contacts { get; init; }
    public string? OwnProjectId { get; init; }
    public required string Canonical { get; init; }
    public required string Salt { get; init; }
    public required string ReceiptHash { get; init; }
    public required string PreviousHash { get; init; }
    public long Version { get; init; }
    public string? OwnerId { get; init; }
    public string? ProjectStage { get; init; }
    public DateOnly? SignedOn { get; init; }
    public bool Secret { get; init; }
    public bool FormerOwner { get; init; }
    public bool Partner { get; init; }
    public DateTimeOffset? SuspendedAt { get; init; }
    public int Ahead { get; init; }

    /// <summary>The open return ends then (R14b); null: none is open.</summary>
    public DateTimeOffset? ReturnedUntil { get; init; }

    /// <summary>How often it was returned, and the last time.</summary>
    public int Returns { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public string? ReturnReason { get; init; }
    public string? Missing { get; init; }
    public DateTimeOffset? CompleteUntil { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The report with the people it names, once it was opened.</summary>
    public ProjectBody ReportWithPeople() =>
        Json.Read<ProjectBody>(Report) with
        {
            Contacts = People.People,
            Referrer = People.Referrer,
            Channel = People.Channel,
            FirstContactOn = People.FirstContactOn,
        };

    public ClaimStatus At => Slug.To<ClaimStatus>(Status);

    public bool IsSecret => Secret || Json.Read<ProjectBody>(Report).Secret;

    /// <summary>What of the report is about people; there once the row was opened.</summary>
    public ClaimPeople People { get; private set; } = new();

    /// <summary>Unseals what is about people.</summary>
    /// <exception cref="UnreadableRecordException">It cannot be opened.</exception>
    public ClaimRow Opened(Session session)
    {
        People = Json.Read<ClaimPeople>(session.Vault.Open(Contacts));
        return this;
    }

    /// <summary>Unseals what is about people; what cannot be opened is left out, so that the others of a list are told.</summary>
    public ClaimRow OpenedIfPossible(Session session)
    {
        if (session.Vault.TryOpen(Contacts, out var people))
            People = Json.Read<ClaimPeople>(people);
        else
            isUnreadable = true;
        return this;
    }

    private bool isUnreadable;

    /// <summary>How a caller stands to it. Nobody else's claim exists for a unit; a secret one not even for a leader who is not named.</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is { } unit)
            return unit == JurisdictionId ? Relations.Own : Relations.None;
        if (!Permissions.ReadsCity(caller))
            return Relations.None;
        return
            IsSecret
            && !Permissions.ReadsSecret(caller)
            && !(ProjectId is { } project && caller.NamedOn.Contains(project))
            ? Relations.None
            : Relations.City;
    }

    /// <summary>Makes the representation for a caller who may read it.</summary>
    public ClaimView View(Caller caller, Domain.Rules.RuleBook rules, DateTimeOffset now, bool single)
    {
        var people = People;
        var relation = RelationOf(caller);
        var seesProject =
            ProjectId is not null
            && Permissions.Allows(
                caller,
                Act.ReadProjects,
                Permissions.ToProject(
                    caller,
                    ProjectId,
                    OwnerId!,
                    Secret,
                    Slug.To<Domain.Projects.Stage>(ProjectStage!),
                    SignedOn,
                    FormerOwner,
                    Partner
                )
            );
        return new ClaimView
        {
            Id = Id,
            Sequence = Sequence,
            Status = At,
            Jurisdiction = new UnitRef(JurisdictionId, JurisdictionName),
            ReportedBy = new PersonRef(ReportedBy, ReportedByName),
            ReceivedAt = ReceivedAt,
            ActivatedAt = ActivatedAt,
            ExpiresAt = ExpiresAt,
            EndedAt = EndedAt,
            EndReason = EndReason,
            SuspendedAt = SuspendedAt,
            Returned = ReturnedAt is { } returnedAt
                ? new ReportReturn
                {
                    At = returnedAt,
                    Reason = ReturnReason!,
                    Missing = Json.Read<List<string>>(Missing!),
                    Until = CompleteUntil!.Value,
                    CompletedAt = CompletedAt,
                }
                : null,
            QueuePosition = At == ClaimStatus.Queued ? Ahead + 1 : null,
            ProjectId = seesProject ? ProjectId : null,
            Report = Json.Read<ProjectBody>(Report) with
            {
                Contacts = single && people.People.Count > 0 ? people.People : null,
                Referrer = single ? people.Referrer : null,
                Channel = people.Channel,
                FirstContactOn = people.FirstContactOn,
            },
            Contacts = people.Contacts,
            Receipt = new Seal(ReceiptHash, PreviousHash),
            RuleSetId = RuleSetId,
            AllowedActions = Actions(caller, relation, rules, now),
            Unreadable = isUnreadable ? true : null,
            Version = Version,
        };
    }

    private List<string> Actions(Caller caller, Relations relation, Domain.Rules.RuleBook rules, DateTimeOffset now)
    {
        var actions = new List<string>();
        void Offer(string action, Act act, Refusal? refusal)
        {
            if (refusal is null && Permissions.Allows(caller, act, relation))
                actions.Add(action);
        }

        Offer("release", Act.ReleaseClaim, ClaimDecisions.RefuseEnd(At, ClaimStatus.Released));
        Offer("withdraw", Act.WithdrawClaim, ClaimDecisions.RefuseEnd(At, ClaimStatus.Withdrawn));
        Offer("revoke", Act.RevokeClaim, ClaimDecisions.RefuseEnd(At, ClaimStatus.Revoked));
        Offer("extend", Act.ExtendClaim, RefuseExtension(rules, now));
        Offer("resolve", Act.ResolveClaim, ClaimDecisions.RefuseDistinct(At));
        Offer("return", Act.ReturnClaim, ClaimDecisions.RefuseReturn(At, ReturnedUntil));
        Offer("resubmit", Act.CompleteClaim, ClaimDecisions.RefuseCompletion(At, ReturnedUntil, now));
        return actions;
    }

    /// <summary>Why its window may not be lengthened now (R21); null when it may.</summary>
    public Refusal? RefuseExtension(Domain.Rules.RuleBook rules, DateTimeOffset now) =>
        At == ClaimStatus.Active
            ? ClaimDecisions.RefuseExtension(At, ExpiresAt, SuspendedAt, Extensions, rules.ById(RuleSetId), now)
            : ClaimDecisions.RefuseEnd(At, ClaimStatus.Released);

    /// <summary>The facts of a claim (<c>c</c>), and the name among them, in SQL: as they were completed, else as they were received (R14b).</summary>
    public const string ReportSql = "COALESCE(c.completed_report, c.report)",
        NameSql = "COALESCE(c.completed_name, c.name)";

    /// <summary>Whether a claim (<c>c</c>), or its project (<c>p</c>), is secret, in SQL.</summary>
    public const string SecretSql = $"COALESCE(p.secret, 0) = 1 OR {ReportSql} LIKE '%\"secret\":true%'";

    /// <summary>The claim (<c>c</c>, its project <c>p</c>) is not of a secret project, or of one that the leader (<c>@me</c>) is named on.</summary>
    public const string OpenToLeaderSql = $"(NOT ({SecretSql}) OR {ProjectVisibility.Named})";

    public const string Select = $"""
        SELECT c.sequence, c.id, c.project_id, c.jurisdiction_id, j.name AS jurisdiction_name, c.reported_by, c.reported_by_name, c.status, c.received_at, c.activated_at, c.expires_at,
          c.ended_at, c.end_reason, c.rule_set_id, c.extensions, {ReportSql} AS report, c.contacts, c.own_project_id, c.canonical, c.salt, c.receipt_hash, c.previous_hash, c.suspended_at, c.version,
          c.returned_until, c.returns, r.returned_at, r.reason AS return_reason, r.missing, r.until_at AS complete_until, r.completed_at,
          p.owner_id, p.stage AS project_stage, p.signed_on, COALESCE(p.secret, 0) AS secret,
          CASE WHEN c.status = 'queued' THEN (SELECT COUNT(*) FROM claims q WHERE q.project_id = c.project_id AND q.status = 'queued' AND q.sequence < c.sequence) ELSE 0 END AS ahead,
          CASE WHEN EXISTS (SELECT 1 FROM former_owners fo WHERE fo.project_id = c.project_id AND fo.jurisdiction_id = c.jurisdiction_id) THEN 1 ELSE 0 END AS former_owner,
          CASE WHEN EXISTS (SELECT 1 FROM co_negotiators cn JOIN claims h ON h.id = cn.claim_id AND h.status = 'active' WHERE cn.project_id = c.project_id AND cn.jurisdiction_id = c.jurisdiction_id) THEN 1 ELSE 0 END AS partner
        FROM claims c
        JOIN jurisdictions j ON j.id = c.jurisdiction_id
        LEFT JOIN projects p ON p.id = c.project_id
        LEFT JOIN claim_returns r ON r.claim_id = c.id AND r.number = c.returns
        """;
}
