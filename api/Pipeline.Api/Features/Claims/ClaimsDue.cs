using Pipeline.Api.Queries;
using Pipeline.Data;

namespace Pipeline.Api.Features.Claims;

/// <summary>The windows that end: to their holders and to those who read the city, who also learn where the queue moves up. Who waits in a queue learns no day (R20).</summary>
public sealed class ClaimsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadClaims))
            return [];
        var where = new Conditions();
        if (!Permissions.ReadsCity(caller))
            where.Add("c.jurisdiction_id = @mine", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add(DueItems.OfLeader, "me", caller.UserId);
        where.Add(DueClaims.Running);
        var city = Permissions.ReadsCity(caller);
        return (await window.ByInstant<Row>(session, Select, where, "c.expires_at", "c.sequence")).Select(row =>
            row.Item(
                city && row.Waited ? DueKind.ClaimPassesOn : DueKind.ClaimEnds,
                "claim",
                $"/claims/{row.Id}",
                window
            )
        );
    }

    private sealed class Row : DueRow
    {
        /// <summary>Whether anybody waits behind it.</summary>
        public bool Waited { get; init; }
    }

    private const string Select = """
        SELECT c.sequence AS seq, c.id, c.expires_at AS at_instant, c.project_id, p.code AS project_code, p.name AS project_name, p.secret, c.jurisdiction_id AS unit_id, j.name AS unit_name,
          CASE WHEN EXISTS (SELECT 1 FROM claims q WHERE q.project_id = c.project_id AND q.status = 'queued') THEN 1 ELSE 0 END AS waited
        FROM claims c JOIN projects p ON p.id = c.project_id JOIN jurisdictions j ON j.id = c.jurisdiction_id
        """;
}

/// <summary>The reports that wait for the centre's review, since their receipt (R14a).</summary>
public sealed class ReviewsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ResolveClaim))
            return [];
        var where = new Conditions();
        where.Add("c.status = 'under-review'");
        where.Add("c.returned_until IS NULL"); // one that was returned waits for its unit
        return (
            await window.ByInstant<WaitingReport>(session, WaitingReport.Select, where, "c.received_at", "c.sequence")
        ).Select(row => row.Item(DueKind.ClaimToResolve, $"/desk/reviews/{row.Id}", window, waits: true, caller));
    }
}

/// <summary>The reports that were returned for completion: to the unit that reported, the centre and auditors (R14b).</summary>
public sealed class CompletionsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadClaims) || caller.Role == Role.Leader)
            return [];
        var where = new Conditions();
        if (!Permissions.ReadsCity(caller))
            where.Add("c.jurisdiction_id = @mine", "mine", caller.Unit ?? "");
        where.Add("c.returned_until IS NOT NULL");
        return (
            await window.ByInstant<WaitingReport>(
                session,
                WaitingReport.SelectReturned,
                where,
                "c.returned_until",
                "c.sequence"
            )
        ).Select(row => row.Item(DueKind.ClaimToComplete, $"/claims/{row.Id}", window, waits: false, caller));
    }
}

/// <summary>A report that waits, for the centre or for its unit, as it is told of what is due.</summary>
internal sealed class WaitingReport
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public DateTimeOffset AtInstant { get; init; }
    public string? ProjectId { get; init; }
    public required string Name { get; init; }
    public bool Secret { get; init; }

    /// <summary>Whether the report itself says so: a unit does not learn that the project it queues for is secret (R20).</summary>
    public bool SaysSecret { get; init; }
    public required string UnitId { get; init; }
    public required string UnitName { get; init; }

    public DueItem Item(DueKind kind, string address, DueWindow window, bool waits, Caller caller)
    {
        var city = Permissions.ReadsCity(caller);
        return new DueRow
        {
            Seq = Seq,
            Id = Id,
            AtInstant = AtInstant,
            ProjectId = ProjectId ?? "",
            ProjectName = Name,
            UnitId = UnitId,
            UnitName = UnitName,
        }.Item(kind, "claim", address, window, waits: waits) with
        {
            // Who waits in a queue does not learn of which project (R20).
            Project = new DueProject { Id = city ? ProjectId : null, Name = Name },
            SecretProject = (city ? Secret : SaysSecret) ? ProjectId ?? "" : null,
        };
    }

    private const string SaysSecretSql =
        $"CASE WHEN {ClaimRow.ReportSql} LIKE '%\"secret\":true%' THEN 1 ELSE 0 END AS says_secret";

    public const string Select = $"""
        SELECT c.sequence AS seq, c.id, c.received_at AS at_instant, c.project_id, {ClaimRow.NameSql} AS name, CASE WHEN {ClaimRow.SecretSql} THEN 1 ELSE 0 END AS secret, {SaysSecretSql}, c.jurisdiction_id AS unit_id, j.name AS unit_name
        FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id LEFT JOIN projects p ON p.id = c.project_id
        """;

    public const string SelectReturned = $"""
        SELECT c.sequence AS seq, c.id, c.returned_until AS at_instant, c.project_id, {ClaimRow.NameSql} AS name, CASE WHEN {ClaimRow.SecretSql} THEN 1 ELSE 0 END AS secret, {SaysSecretSql}, c.jurisdiction_id AS unit_id, j.name AS unit_name
        FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id LEFT JOIN projects p ON p.id = c.project_id
        """;
}
