using Pipeline.Data;

namespace Pipeline.Store.Jurisdictions;

public enum JurisdictionKind
{
    Centre,
    County,
    District,
    City,
    Zone,
    Office,
    Department,
}

/// <summary>A unit of the city.</summary>
public sealed record JurisdictionView
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required JurisdictionKind Kind { get; init; }
    public string? ParentId { get; init; }
    public required bool Reports { get; init; }
    public bool? ProvincialZone { get; init; }
    public required bool Active { get; init; }
    public required IReadOnlyList<string> Aliases { get; init; }
    public required long Version { get; init; }
}

/// <summary>A unit as it is stored.</summary>
public sealed class JurisdictionRow
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required string Kind { get; init; }
    public string? ParentId { get; init; }
    public bool Reports { get; init; }
    public bool? ProvincialZone { get; init; }
    public bool Active { get; init; }
    public required string Aliases { get; init; }
    public long Version { get; init; }

    public IReadOnlyList<string> AliasList => Aliases.Split('|', StringSplitOptions.RemoveEmptyEntries);

    public JurisdictionView View() =>
        new()
        {
            Id = Id,
            Code = Code,
            Name = Name,
            NameEn = NameEn,
            Kind = Slug.To<JurisdictionKind>(Kind),
            ParentId = ParentId,
            Reports = Reports,
            ProvincialZone = ProvincialZone,
            Active = Active,
            Aliases = AliasList,
            Version = Version,
        };

    public static Task<List<JurisdictionRow>> All(Session session) =>
        session.Query<JurisdictionRow>($"{Columns} ORDER BY seq");

    public static async Task<JurisdictionRow?> ById(Session session, string id) =>
        Ids.IsWellFormed(id) ? await session.One<JurisdictionRow>($"{Columns} WHERE id = @id", new { id }) : null;

    private const string Columns =
        "SELECT id, code, name, name_en, kind, parent_id, reports, provincial_zone, active, aliases, version FROM jurisdictions";
}
