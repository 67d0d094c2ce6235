using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>A project as it is stored, with the names that belong to its ids.</summary>
public sealed class ProjectRow
{
    /// <summary>Reads <see cref="Columns"/>, which come first.</summary>
    [SetsRequiredMembers]
    public ProjectRow(AnswerRow row)
    {
        Seq = row.Number(0);
        Id = row.Text(1);
        Code = row.Text(2);
        Name = row.Text(3);
        OwnerId = row.Text(4);
        OwnerName = row.Text(5);
        FirstTalkId = row.TextOrNull(6);
        FirstTalkName = row.TextOrNull(7);
        At = Slug.To<Stage>(row.Text(8));
        Secret = row.Flag(9);
        Amount = row.NumberOrNull(10);
        Currency = row.TextOrNull(11);
        AmountCny = row.NumberOrNull(12);
        Facts = row.Utf8(13);
        Flags = row.Text(14);
        InTalksOn = row.DateOrNull(15);
        SignedOn = row.DateOrNull(16);
        RegisteredOn = row.DateOrNull(17);
        StartedOn = row.DateOrNull(18);
        InProductionOn = row.DateOrNull(19);
        TerminatedOn = row.DateOrNull(20);
        TerminatedFrom = row.TextOrNull(21);
        IdleSince = row.DateOrNull(22);
        ReportRequired = row.Flag(23);
        UnderReview = row.Flag(24);
        Version = row.Number(25);
        PublicVersion = row.Number(26);
        CreatedAt = row.Instant(27);
        UpdatedAt = row.Instant(28);
        PublicUpdatedAt = row.Instant(29);
        ClaimId = row.TextOrNull(30);
        ClaimStatus = row.TextOrNull(31);
        ClaimExpiresAt = row.InstantOrNull(32);
        ClaimUnit = row.TextOrNull(33);
        PendingMoveId = row.TextOrNull(34);
        PendingMoveTo = row.TextOrNull(35);
        Days = new LightDays(row.DateOrNull(36), row.DateOrNull(37), row.DateOrNull(38));
    }

    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public string? FirstTalkId { get; init; }
    public string? FirstTalkName { get; init; }
    public bool Secret { get; init; }
    public long? Amount { get; init; }
    public string? Currency { get; init; }
    public long? AmountCny { get; init; }

    /// <summary>The facts but the people, as JSON.</summary>
    public required byte[] Facts { get; init; }
    public required string Flags { get; init; }
    public DateOnly? InTalksOn { get; init; }
    public DateOnly? SignedOn { get; init; }
    public DateOnly? RegisteredOn { get; init; }
    public DateOnly? StartedOn { get; init; }
    public DateOnly? InProductionOn { get; init; }
    public DateOnly? TerminatedOn { get; init; }
    public string? TerminatedFrom { get; init; }
    public DateOnly? IdleSince { get; init; }

    /// <summary>The days on which its light turns.</summary>
    public LightDays Days { get; init; } = LightDays.None;
    public bool ReportRequired { get; init; }
    public bool UnderReview { get; init; }
    public long Version { get; init; }
    public long PublicVersion { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset PublicUpdatedAt { get; init; }
    public string? ClaimId { get; init; }
    public string? ClaimStatus { get; init; }
    public DateTimeOffset? ClaimExpiresAt { get; init; }
    public string? ClaimUnit { get; init; }
    public string? PendingMoveId { get; init; }
    public string? PendingMoveTo { get; init; }
    public string? NameKey { get; init; }
    public DateTimeOffset? SortInstant { get; init; }

    /// <summary>What a former owner keeps; there where the row was read for one.</summary>
    public string? Snapshot => snapshot ??= UnsealSnapshot?.Invoke();
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>Whether the unit it was read for negotiates beside the owner, and until when it is barred (R23).</summary>
    public bool Partner { get; init; }

    /// <summary>Its claims could not be settled, so what is stored of them may not be true any more.</summary>
    public bool SetAside { get; init; }
    public DateTimeOffset? BarredUntil { get; init; }

    /// <summary>Its transfers and disputes, where it was read alone (R43).</summary>
    public bool OpenTransfer { get; init; }

    /// <summary>Somebody was named as its referrer (R136).</summary>
    public bool HasReferrer { get; init; }
    public int ApprovedTransfers { get; init; }
    public bool InDispute { get; init; }

    /// <summary>What a transfer of it is judged by. That it is under review is for the centre alone to know (R10a).</summary>
    public Domain.Transfers.TransferableProject Transferable(Caller caller) =>
        new(
            At,
            PendingMoveId is not null,
            InDispute,
            UnderReview && Permissions.ReadsCity(caller),
            ReportRequired,
            OpenTransfer,
            ApprovedTransfers
        );

    public Stage At { get; init; }

    /// <summary>The total investment.</summary>
    public Money? Total => Amount is { } hundredths ? Money.FromHundredths(hundredths, Currency!) : null;

    public StageDates Dates => new(InTalksOn, SignedOn, RegisteredOn, StartedOn, InProductionOn);

    /// <summary>The people of the project; only a single record is read with them.</summary>
    /// <exception cref="UnreadableRecordException">They cannot be opened.</exception>
    public PersonalFacts? People => people ??= UnsealPeople?.Invoke();

    // Unsealed when asked for: whether the project exists for the caller is decided before.
    public Func<PersonalFacts>? UnsealPeople { get; init; }
    public Func<string>? UnsealSnapshot { get; init; }

    private PersonalFacts? people;
    private string? snapshot;

    /// <summary>The facts, with people where the row was read with them.</summary>
    public ProjectBody Body()
    {
        var facts = JsonSerializer.Deserialize<ProjectBody>(Facts, Json.Options)!;
        return facts with
        {
            Contacts = People?.Contacts ?? [],
            Referrer = People is null ? null : People.Referrer ?? facts.Referrer,
        };
    }

    /// <summary>What is asked before anything is done with it.</summary>
    public ActedOnProject Acted() =>
        new(
            At,
            TerminatedFrom is null ? At : Slug.To<Stage>(TerminatedFrom),
            TerminatedOn,
            ReportRequired,
            PendingMoveId is not null,
            ClaimStatus == "active" ? ClaimUnit : null,
            Flags.Contains($"\"{TakeBackProject.Undone}\"", StringComparison.Ordinal)
        );

    /// <summary>Who acts, as rules see a caller for whose unit it was read.</summary>
    public ActingUnit Acting(Caller caller) => new(caller.JurisdictionId, caller.Role == Role.Coordinator, Partner);

    /// <summary>How a caller stands to it.</summary>
    public Relations RelationOf(Caller caller) =>
        Permissions.ToProject(caller, Id, OwnerId, Secret, At, SignedOn, UnsealSnapshot is not null, Partner);

    /// <summary>How many <see cref="Columns"/> there are: what else is read follows them.</summary>
    public const int Width = 39;

    /// <summary>The columns every reading needs; <c>@unit</c> is the caller's unit.</summary>
    public const string Columns = """
        p.seq, p.id, p.code, p.name, p.owner_id, o.name AS owner_name, p.first_talk_id, f.name AS first_talk_name, p.stage, p.secret,
        p.amount, p.currency, p.amount_cny, p.facts, p.flags, p.in_talks_on, p.signed_on, p.registered_on, p.started_on, p.in_production_on,
        p.terminated_on, p.terminated_from, p.idle_since, p.report_required, p.under_review, p.version, p.public_version, p.created_at, p.updated_at,
        p.public_updated_at, p.claim_id, c.status AS claim_status, c.expires_at AS claim_expires_at, c.jurisdiction_id AS claim_unit,
        m.id AS pending_move_id, m.to_stage AS pending_move_to, p.yellow_on, p.red_on, p.removal_on
        """;

    public const string From = $"FROM projects p {Joins}";

    public const string Joins = """
        JOIN jurisdictions o ON o.id = p.owner_id
        LEFT JOIN jurisdictions f ON f.id = p.first_talk_id
        LEFT JOIN claims c ON c.id = p.claim_id
        LEFT JOIN moves m ON m.project_id = p.id AND m.status = 'pending'
        """;
}

/// <summary>What the audit trail keeps of it when somebody reads anything of a secret project, in whatever list or file it is told (T5).</summary>
public static class SecretReads
{
    public static AuditEntry OfProject(string id) => Of("read-secret-project", "project", id, id);

    /// <param name="kind">What it is of the project that was read: a claim, a dispute, a notice.</param>
    public static AuditEntry Of(string action, string kind, string id, string? projectId) =>
        new(action)
        {
            Outcome = AuditOutcome.Read,
            SubjectKind = kind,
            SubjectId = id,
            ProjectId = projectId,
        };

    public static AuditEntry OfClaim(string id, string? projectId) => Of("read-secret-claim", "claim", id, projectId);

    /// <summary>Notes which of some projects and claims are secret, where a list tells of them by their ids.</summary>
    public static async Task Note(Session session, IEnumerable<string> projects, IEnumerable<string> claims)
    {
        foreach (var ids in projects.Distinct().Chunk(Most))
        {
            foreach (var id in await session.Query<string>(SecretProjects, new { ids }))
                session.Note(OfProject(id));
        }

        foreach (var ids in claims.Distinct().Chunk(Most))
        {
            foreach (var claim in await session.Query<Claim>(SecretClaims, new { ids }))
                session.Note(OfClaim(claim.Id, claim.ProjectId));
        }
    }

    private const int Most = 500;

    private sealed class Claim
    {
        public required string Id { get; init; }
        public string? ProjectId { get; init; }
    }

    private const string SecretProjects = "SELECT id FROM projects WHERE id IN @ids AND secret = 1";
    private const string SecretClaims =
        $"SELECT c.id, c.project_id FROM claims c LEFT JOIN projects p ON p.id = c.project_id WHERE c.id IN @ids AND ({ClaimRow.SecretSql})";
}

/// <summary>What projects were called when a unit owned them, which it does not any more (R17a).</summary>
public static class FormerNames
{
    /// <summary>The names by project, of those among some projects that were the unit's once.</summary>
    public static async Task<Dictionary<string, string>> Of(
        Session session,
        string unitId,
        IEnumerable<string> projects
    )
    {
        var ids = projects.Distinct().ToList();
        return ids.Count == 0
            ? []
            : (await session.Query<Row>(Select, new { unitId, ids })).ToDictionary(
                row => row.ProjectId,
                row => (string)JsonNode.Parse(session.Vault.Open(row.Snapshot))!["name"]!,
                StringComparer.Ordinal
            );
    }

    private sealed class Row
    {
        public required string ProjectId { get; init; }
        public required string Snapshot { get; init; }
    }

    private const string Select =
        "SELECT project_id, snapshot FROM former_owners WHERE jurisdiction_id = @unitId AND project_id IN @ids";
}

/// <summary>Reads one project as a caller may have it.</summary>
public static class LoadProject
{
    /// <summary>The project, or null when it does not exist for this caller.</summary>
    public static async Task<ProjectRow?> For(Session session, Caller caller, string id)
    {
        var row = await ById(session, id, caller.JurisdictionId);
        if (row is null || !Permissions.Allows(caller, Act.ReadProjects, row.RelationOf(caller)))
            return null;
        if (row.SetAside)
            throw new UnreadableRecordException($"The claims of project {id} could not be settled.");
        if (row.Secret)
            session.Note(SecretRead(row));
        return row;
    }

    /// <summary>Whether the project exists for this caller; nothing of it is read.</summary>
    public static async Task<bool> Opens(Session session, Caller caller, string id) =>
        await ById(session, id, caller.JurisdictionId) is { } row
        && Permissions.Allows(caller, Act.ReadProjects, row.RelationOf(caller));

    /// <summary>What the audit trail keeps of a secret project's being read.</summary>
    public static AuditEntry SecretRead(ProjectRow row) => SecretReads.OfProject(row.Id);

    public static Task<ProjectRow?> ById(Session session, string id, string? unit = null) =>
        session.First(
            Select,
            row => new ProjectRow(row)
            {
                UnsealPeople = Unseal(row.Text(ProjectRow.Width), text => PersonalFacts.Open(session, text)),
                UnsealSnapshot = row.TextOrNull(ProjectRow.Width + 1) is { } snapshot
                    ? Unseal(snapshot, session.Vault.Open)
                    : null,
                LostAt = row.InstantOrNull(ProjectRow.Width + 2),
                BarredUntil = row.InstantOrNull(ProjectRow.Width + 3),
                Partner = row.Flag(ProjectRow.Width + 4),
                SetAside = row.Flag(ProjectRow.Width + 5),
                OpenTransfer = row.Flag(ProjectRow.Width + 6),
                ApprovedTransfers = (int)row.Number(ProjectRow.Width + 7),
                InDispute = row.Flag(ProjectRow.Width + 8),
                HasReferrer = row.Flag(ProjectRow.Width + 9),
            },
            new { id, unit = unit ?? "" }
        );

    private static Func<T> Unseal<T>(string text, Func<string, T> open) => () => open(text);

    /// <summary>The project for a write: settled first, then 404, 409 for a former owner (R17a), 403.</summary>
    public static async Task<Result<ProjectRow>> ForWrite(
        Session session,
        SettleClaims settle,
        Caller caller,
        string id,
        Act act
    )
    {
        await settle.Project(session, id);
        var row = await ById(session, id, caller.JurisdictionId);
        var relation = row?.RelationOf(caller) ?? Relations.None;
        if (relation == Relations.None)
            return Refusal.NotFound;
        if (relation == Relations.Former)
            return new Refusal(RefusalKind.Conflict, "claim-held-by-another");
        if (!Permissions.Allows(caller, act, relation))
            return Refusal.Forbidden;
        return caller.Unit is not null && session.Now <= row!.BarredUntil
            ? new Refusal(RefusalKind.Conflict, "unit-barred", row.BarredUntil!.Value)
            : row!;
    }

    private const string Select = $"""
        SELECT {ProjectRow.Columns}, p.contacts, fo.snapshot, fo.lost_at, rb.until_at AS barred_until, CASE WHEN cn.claim_id = c.id AND c.status = 'active' THEN 1 ELSE 0 END AS partner,
          CASE WHEN sf.project_id IS NULL THEN 0 ELSE 1 END AS set_aside,
          CASE WHEN EXISTS (SELECT 1 FROM transfers t WHERE t.project_id = p.id AND t.ended_at IS NULL) THEN 1 ELSE 0 END AS open_transfer,
          (SELECT COUNT(*) FROM transfers t WHERE t.project_id = p.id AND t.status = 'approved') AS approved_transfers,
          CASE WHEN EXISTS (SELECT 1 FROM disputes d WHERE d.project_id = p.id AND d.status IN ('awaiting-answer', 'awaiting-decision', 'appealed')) THEN 1 ELSE 0 END AS in_dispute,
          CASE WHEN EXISTS (SELECT 1 FROM referrers x WHERE x.project_id = p.id) THEN 1 ELSE 0 END AS has_referrer
        {ProjectRow.From}
        LEFT JOIN former_owners fo ON fo.project_id = p.id AND fo.jurisdiction_id = @unit
        LEFT JOIN co_negotiators cn ON cn.project_id = p.id AND cn.jurisdiction_id = @unit
        LEFT JOIN report_bars rb ON rb.project_id = p.id AND rb.jurisdiction_id = @unit
        LEFT JOIN settlement_failures sf ON sf.project_id = p.id
        WHERE p.id = @id
        """;
}
