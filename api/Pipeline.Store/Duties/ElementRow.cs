using Pipeline.Data;
using Pipeline.Domain.Duties;

namespace Pipeline.Store.Duties;

/// <summary>Something that a project was granted (R139).</summary>
public sealed record ElementGrant
{
    public ElementKind? Kind { get; init; }

    /// <summary>Land in m², energy in tonnes of standard coal a year, emission rights in tonnes a year; at most three decimals.</summary>
    public decimal? Amount { get; init; }
    public DateOnly? GrantedOn { get; init; }

    /// <summary>Whether it is in a development zone of provincial rank; absent: not known.</summary>
    public bool? ProvincialZone { get; init; }

    /// <summary>The paper that grants it: its number and by whom it was made out.</summary>
    public string? Paper { get; init; }
}

/// <summary>A grant as it is stored.</summary>
public sealed class ElementGrantRow
{
    public required string Kind { get; init; }

    /// <summary>In thousandths.</summary>
    public long Amount { get; init; }
    public DateOnly GrantedOn { get; init; }
    public bool? InZone { get; init; }
    public required string Paper { get; init; }

    public ElementGrant View() =>
        new()
        {
            Kind = Slug.To<ElementKind>(Kind),
            Amount = Amount / 1000m,
            GrantedOn = GrantedOn,
            ProvincialZone = InZone,
            Paper = Paper,
        };
}

/// <summary>What was granted of a kind in a year to the projects of a unit.</summary>
public sealed class GrantedSum
{
    public required string UnitId { get; init; }
    public required string Kind { get; init; }
    public bool? InZone { get; init; }
    public long Amount { get; init; }
}

/// <summary>The elements of a project as they are stored: one head with a version, and its grants.</summary>
public sealed class ElementRow
{
    public long? EmissionNeed { get; init; }
    public required string RecordedBy { get; init; }
    public required string RecordedByName { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public long Version { get; init; }

    public static Task<ElementRow?> Of(Session session, string projectId) =>
        session.One<ElementRow>(Select, new { projectId });

    public static Task<List<ElementGrantRow>> Grants(Session session, string projectId) =>
        session.Query<ElementGrantRow>(SelectGrants, new { projectId });

    /// <summary>What was granted between two days, by the unit that owns the project, kind and place.</summary>
    /// <param name="unit">Only the projects of this unit; null: all that the caller may count.</param>
    public static Task<List<GrantedSum>> Sum(
        Session session,
        Caller caller,
        string? unit,
        DateOnly first,
        DateOnly last
    )
    {
        var parameters = new Parameters { { "first", first }, { "last", last } };
        var where = "g.granted_on >= @first AND g.granted_on <= @last";
        if (unit is not null)
        {
            parameters.Add("unit", unit);
            where += " AND p.owner_id = @unit";
        }

        if (caller.Unit is null && !Permissions.ReadsSecret(caller))
        {
            parameters.Add("me", caller.UserId);
            where += $" AND (p.secret = 0 OR {ProjectVisibility.Named})";
        }

        return session.Query<GrantedSum>(
            $"{SelectSum} WHERE {where} GROUP BY p.owner_id, g.kind, g.in_zone",
            parameters
        );
    }

    /// <summary>Stores the elements of a project instead of those that were there. The caller holds the project's lock.</summary>
    public static async Task Store(
        Session session,
        Caller by,
        string projectId,
        decimal? emissionNeed,
        IReadOnlyList<ElementGrant> grants
    )
    {
        var values = new
        {
            projectId,
            emissionNeed = emissionNeed is { } need ? (long)(need * 1000m) : (long?)null,
            by = by.UserId,
            byName = by.DisplayName,
            now = session.Now,
        };
        if (await session.Execute(Update, values) == 0)
            await session.Execute(Insert, values);
        await session.Execute(DeleteGrants, new { projectId });
        foreach (var grant in grants)
            await session.Execute(
                InsertGrant,
                new
                {
                    projectId,
                    kind = Slug.Of(grant.Kind!.Value),
                    amount = (long)(grant.Amount!.Value * 1000m),
                    grantedOn = grant.GrantedOn!.Value,
                    inZone = grant.ProvincialZone is { } zone ? (int?)(zone ? 1 : 0) : null,
                    paper = grant.Paper!.Trim(),
                }
            );
    }

    private const string Select =
        "SELECT emission_need, recorded_by, recorded_by_name, recorded_at, version FROM project_elements WHERE project_id = @projectId";
    private const string SelectGrants =
        "SELECT kind, amount, granted_on, in_zone, paper FROM element_grants WHERE project_id = @projectId ORDER BY seq";
    private const string SelectSum =
        "SELECT p.owner_id AS unit_id, g.kind, g.in_zone, SUM(g.amount) AS amount FROM element_grants g JOIN projects p ON p.id = g.project_id";
    private const string Update = """
        UPDATE project_elements SET emission_need = @emissionNeed, recorded_by = @by, recorded_by_name = @byName, recorded_at = @now, version = version + 1
        WHERE project_id = @projectId
        """;
    private const string Insert = """
        INSERT INTO project_elements (project_id, emission_need, recorded_by, recorded_by_name, recorded_at, version)
        VALUES (@projectId, @emissionNeed, @by, @byName, @now, 1)
        """;
    private const string DeleteGrants = "DELETE FROM element_grants WHERE project_id = @projectId";
    private const string InsertGrant = """
        INSERT INTO element_grants (project_id, kind, amount, granted_on, in_zone, paper)
        VALUES (@projectId, @kind, @amount, @grantedOn, @inZone, @paper)
        """;
}
