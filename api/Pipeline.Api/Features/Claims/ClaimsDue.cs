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
        return (await window.ByInstant<Row>(session, Select, where, "c.received_at", "c.sequence")).Select(row =>
            row.Item(window)
        );
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }
        public string? ProjectId { get; init; }
        public required string Name { get; init; }
        public bool Secret { get; init; }
        public required string UnitId { get; init; }
        public required string UnitName { get; init; }

        public DueItem Item(DueWindow window) =>
            new DueRow
            {
                Seq = Seq,
                Id = Id,
                AtInstant = ReceivedAt,
                ProjectId = ProjectId ?? "",
                ProjectName = Name,
                UnitId = UnitId,
                UnitName = UnitName,
            }.Item(DueKind.ClaimToResolve, "claim", $"/desk/reviews/{Id}", window, waits: true) with
            {
                Project = new DueProject { Id = ProjectId, Name = Name },
                SecretProject = Secret ? ProjectId ?? "" : null,
            };
    }

    private const string Select = $"""
        SELECT c.sequence AS seq, c.id, c.received_at, c.project_id, c.name, CASE WHEN {ClaimRow.SecretSql} THEN 1 ELSE 0 END AS secret, c.jurisdiction_id AS unit_id, j.name AS unit_name
        FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id LEFT JOIN projects p ON p.id = c.project_id
        """;
}
