using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Financing;
using Pipeline.Domain.Libraries;

namespace Pipeline.Store.Financing;

/// <summary>The project that needs money, where it is one.</summary>
public sealed record NeedProject(string Id, string Code, string Name);

/// <summary>A need of financing (R135), for its unit and who reads the city.</summary>
public sealed record NeedView
{
    public required string Id { get; init; }

    /// <summary>The unit whose need it is; of a project its owner.</summary>
    public required UnitRef Jurisdiction { get; init; }
    public NeedProject? Project { get; init; }

    /// <summary>The enterprise, where it is no project.</summary>
    public string? Enterprise { get; init; }
    public required NeedKind Kind { get; init; }
    public FundStage? Stage { get; init; }
    public string? Chain { get; init; }
    public required Money Amount { get; init; }
    public DateOnly? ValidUntil { get; init; }

    /// <summary>Whether the day until which it holds is past.</summary>
    public required bool Expired { get; init; }
    public string? Note { get; init; }

    /// <summary>Why it is kept up no longer; absent: it is.</summary>
    public string? RetireReason { get; init; }
    public required DateOnly AddedOn { get; init; }

    /// <summary>How many matches it has, and how many of them brought money.</summary>
    public required int Matches { get; init; }
    public required int Financed { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A need as it is stored, with the names that belong to its ids.</summary>
public sealed class NeedRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string UnitId { get; init; }
    public required string UnitName { get; init; }
    public string? ProjectId { get; init; }
    public string? ProjectCode { get; init; }
    public string? ProjectName { get; init; }
    public bool? Secret { get; init; }
    public string? Enterprise { get; init; }
    public required string Kind { get; init; }
    public string? Stage { get; init; }
    public string? Chain { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public DateOnly? ValidUntilOn { get; init; }
    public string? Note { get; init; }
    public string? RetireReason { get; init; }
    public DateOnly AddedOn { get; init; }
    public int Matches { get; init; }
    public int Financed { get; init; }
    public long Version { get; init; }

    public Money Needed => Money.FromHundredths(Amount, Currency);

    public FundStage? At => Stage is null ? null : Slug.To<FundStage>(Stage);

    /// <summary>What it is told by: the project or the enterprise.</summary>
    public string Title => ProjectName ?? Enterprise!;

    public Relations RelationOf(Caller caller) =>
        Permissions.RelationTo(caller, UnitId, ProjectId ?? "", Secret == true);

    public NeedView View(Caller caller, DateOnly today)
    {
        var may = RetireReason is null && Permissions.Allows(caller, Act.ManageNeeds, RelationOf(caller));
        return new NeedView
        {
            Id = Id,
            Jurisdiction = new UnitRef(UnitId, UnitName),
            Project = ProjectId is null ? null : new NeedProject(ProjectId, ProjectCode!, ProjectName!),
            Enterprise = Enterprise,
            Kind = Slug.To<NeedKind>(Kind),
            Stage = At,
            Chain = Chain,
            Amount = Needed,
            ValidUntil = ValidUntilOn,
            Expired = ValidUntilOn < today,
            Note = Note,
            RetireReason = RetireReason,
            AddedOn = AddedOn,
            Matches = Matches,
            Financed = Financed,
            AllowedActions = may ? ["edit", "retire", "match"] : [],
            Version = Version,
        };
    }

    /// <summary>The need, or null when it does not exist for this caller.</summary>
    public static async Task<NeedRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<NeedRow>($"{Select} WHERE n.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadNeeds, row.RelationOf(caller)))
            return null;
        if (row.Secret == true)
            session.Note(row.SecretRead());
        return row;
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "financing-need", Id, ProjectId);

    /// <summary>To whom a need (<c>n</c>) belongs; of a project's its owner, which <see cref="Projects.FollowOwners"/> keeps.</summary>
    public const string Owner = "n.unit_id";

    /// <summary>Which needs a caller may know, with <c>@mine</c> and <c>@me</c>.</summary>
    public static string VisibleTo(Caller caller) =>
        !Permissions.ReadsCity(caller) ? $"{Owner} = @mine"
        : Permissions.ReadsSecret(caller) ? "1 = 1"
        : $"(p.id IS NULL OR p.secret = 0 OR {ProjectVisibility.Named})";

    public const string From =
        $"FROM financing_needs n LEFT JOIN projects p ON p.id = n.project_id JOIN jurisdictions j ON j.id = {Owner}";
    public const string Select = $"""
        SELECT n.seq, n.id, {Owner} AS unit_id, j.name AS unit_name, n.project_id, p.code AS project_code, p.name AS project_name, p.secret, n.enterprise, n.kind, n.stage, n.chain, n.amount, n.currency,
          n.valid_until_on, n.note, n.retire_reason, n.added_on, (SELECT COUNT(*) FROM matches m WHERE m.need_id = n.id) AS matches,
          (SELECT COUNT(*) FROM matches m WHERE m.need_id = n.id AND m.state = 'financed') AS financed, n.version
        {From}
        """;
}
