using Pipeline.Data;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Credit;

/// <summary>Where an agreement stands (R46).</summary>
public enum AgreementStatus
{
    Proposed,
    Approved,
    Ended,
}

/// <summary>A unit's share of a project's credit, in basis points.</summary>
public sealed record AgreedShare(UnitRef Unit, int Bp);

/// <summary>An agreement on the credit of one project (R46).</summary>
public sealed record CreditAgreementView
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required AgreementStatus Status { get; init; }
    public required IReadOnlyList<AgreedShare> Shares { get; init; }

    /// <summary>The indicators it is for; empty: all.</summary>
    public required IReadOnlyList<string> Indicators { get; init; }

    /// <summary>How many years from the start of works it divides; after them all goes to the landing unit.</summary>
    public required int Years { get; init; }

    /// <summary>Its last day; absent as long as works have not started.</summary>
    public DateOnly? Until { get; init; }
    public required string FileId { get; init; }
    public required PersonRef ProposedBy { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public PersonRef? ApprovedBy { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A share as it is stored.</summary>
public sealed record StoredShare(string JurisdictionId, int Bp);

/// <summary>An agreement as it is stored.</summary>
public sealed class AgreementRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string OwnerId { get; init; }
    public bool Secret { get; init; }
    public DateOnly? StartedOn { get; init; }
    public required string Status { get; init; }
    public required string Shares { get; init; }
    public required string Indicators { get; init; }
    public int Years { get; init; }
    public required string FileId { get; init; }
    public required string ProposedBy { get; init; }
    public required string ProposedByName { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public string? ApprovedBy { get; init; }
    public string? ApprovedByName { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }
    public long Version { get; init; }

    public AgreementStatus At => Slug.To<AgreementStatus>(Status);

    public IReadOnlyList<StoredShare> Parts => Json.Read<List<StoredShare>>(Shares);

    private DateOnly? Until => StartedOn?.AddYears(Years).AddDays(-1);

    public AgreedShares Agreed() =>
        new(Id, [.. Parts.Select(part => (part.JurisdictionId, part.Bp))], Json.Read<List<string>>(Indicators), Until);

    /// <summary>How a caller stands to it: the project's owner and the units that share own it, the city reads it.</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is { } unit)
            return unit == OwnerId || Parts.Any(part => part.JurisdictionId == unit) ? Relations.Own : Relations.None;
        if (!Permissions.ReadsCity(caller))
            return Relations.None;
        return Secret && !Permissions.ReadsSecret(caller) && !caller.NamedOn.Contains(ProjectId)
            ? Relations.None
            : Relations.City;
    }

    public CreditAgreementView View(Caller caller, IReadOnlyDictionary<string, string> units)
    {
        var actions = new List<string>();
        if (Permissions.Allows(caller, Act.DecideAgreement, RelationOf(caller)))
        {
            if (At == AgreementStatus.Proposed && ProposedBy != caller.UserId)
                actions.Add("approve");
            if (At != AgreementStatus.Ended)
                actions.Add("end");
        }

        return new CreditAgreementView
        {
            Id = Id,
            ProjectId = ProjectId,
            Status = At,
            Shares =
            [
                .. Parts.Select(part => new AgreedShare(
                    new UnitRef(part.JurisdictionId, units.GetValueOrDefault(part.JurisdictionId, "")),
                    part.Bp
                )),
            ],
            Indicators = Json.Read<List<string>>(Indicators),
            Years = Years,
            Until = Until,
            FileId = FileId,
            ProposedBy = new PersonRef(ProposedBy, ProposedByName),
            ProposedAt = ProposedAt,
            ApprovedBy = ApprovedBy is null ? null : new PersonRef(ApprovedBy, ApprovedByName!),
            ApprovedAt = ApprovedAt,
            EndedAt = EndedAt,
            EndReason = EndReason,
            AllowedActions = actions,
            Version = Version,
        };
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "credit-agreement", Id, ProjectId);

    /// <summary>The agreement, or null when it does not exist for this caller.</summary>
    public static async Task<AgreementRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<AgreementRow>($"{Select} WHERE a.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadCredit, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(row.SecretRead());
        return row;
    }

    /// <summary>Those of a project, newest first.</summary>
    public static Task<List<AgreementRow>> OfProject(Session session, string projectId) =>
        session.Query<AgreementRow>($"{Select} WHERE a.project_id = @projectId ORDER BY a.seq DESC", new { projectId });

    /// <summary>What some rows of the ledger are divided by.</summary>
    public static async Task<IReadOnlyDictionary<string, AgreedShares>> Named(
        Session session,
        IEnumerable<LedgerRow> rows
    )
    {
        var found = new Dictionary<string, AgreedShares>(StringComparer.Ordinal);
        foreach (var ids in rows.Select(row => row.AgreementId).OfType<string>().Distinct().Chunk(400))
        {
            foreach (var row in await session.Query<AgreementRow>($"{Select} WHERE a.id IN @ids", new { ids }))
                found[row.Id] = row.Agreed();
        }

        return found;
    }

    public const string Select = """
        SELECT a.seq, a.id, a.project_id, p.owner_id, p.secret, p.started_on, a.status, a.shares, a.indicators, a.years, a.file_id, a.proposed_by, a.proposed_by_name, a.proposed_at,
          a.approved_by, a.approved_by_name, a.approved_at, a.ended_at, a.end_reason, a.version
        FROM credit_agreements a JOIN projects p ON p.id = a.project_id
        """;
}
