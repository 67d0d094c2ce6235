using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Land;

namespace Pipeline.Store.Land;

/// <summary>The project that a parcel is for, where the reader may know it.</summary>
public sealed record ParcelProject(string Id, string Code, string Name);

/// <summary>A parcel of land (R132). What is absent nobody has stated.</summary>
public sealed record ParcelView
{
    public required string Id { get; init; }

    /// <summary>The unit that keeps it.</summary>
    public required UnitRef Jurisdiction { get; init; }
    public required string Place { get; init; }

    /// <summary>Whether it lies in a development zone of provincial rank.</summary>
    public ZoneRank? Zone { get; init; }
    public string? ZoneName { get; init; }
    public required decimal AreaM2 { get; init; }

    /// <summary>The area in mu, exactly: m² × 3 ÷ 2000.</summary>
    public required decimal Mu { get; init; }
    public string? ContiguousGroup { get; init; }

    /// <summary>The free land of its group in one piece, in mu, itself included.</summary>
    public required decimal ContiguousMu { get; init; }
    public bool? Cleared { get; init; }
    public LandUse? Use { get; init; }
    public required IReadOnlyList<string> IndustryClasses { get; init; }

    /// <summary>Investment per mu at least.</summary>
    public Money? MinIntensity { get; init; }

    /// <summary>Output per mu and year at least.</summary>
    public Money? MinOutput { get; init; }

    /// <summary>Tax per mu and year at least.</summary>
    public Money? MinTax { get; init; }
    public DateOnly? From { get; init; }
    public Money? PricePerMu { get; init; }
    public string? Note { get; init; }

    /// <summary>Where it stands, as far as the reader may know: that a project in talks is negotiating about it is its unit's and the centre's to know.</summary>
    public required ParcelStatus Status { get; init; }

    /// <summary>The lists on which it stands, by the rule set in force.</summary>
    public required IReadOnlyList<LandList> Lists { get; init; }
    public ParcelProject? Project { get; init; }

    /// <summary>Of what was withdrawn: why.</summary>
    public string? Reason { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A parcel as it is stored, with the names that belong to its ids.</summary>
public sealed class ParcelRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string JurisdictionId { get; init; }
    public required string JurisdictionName { get; init; }
    public required string Place { get; init; }
    public string? Zone { get; init; }
    public string? ZoneName { get; init; }

    /// <summary>In hundredths of a m².</summary>
    public long Area { get; init; }
    public string? ContiguousGroup { get; init; }
    public long ContiguousArea { get; init; }
    public long ClearedArea { get; init; }
    public bool? Cleared { get; init; }
    public string? LandUse { get; init; }
    public string? Classes { get; init; }
    public long? Intensity { get; init; }
    public long? Output { get; init; }
    public long? Tax { get; init; }
    public DateOnly? AvailableFrom { get; init; }
    public long? Price { get; init; }
    public string? Note { get; init; }
    public required string Status { get; init; }
    public required string PublicStatus { get; init; }
    public string? ProjectId { get; init; }
    public string? ProjectCode { get; init; }
    public string? ProjectName { get; init; }
    public bool? Secret { get; init; }
    public string? Reason { get; init; }

    /// <summary>Whether the import that brought it was undone: it never was.</summary>
    public bool Undone { get; init; }
    public long Version { get; init; }
    public long PublicVersion { get; init; }

    public ParcelStatus At => Slug.To<ParcelStatus>(Status);

    /// <summary>How a caller stands to it: everybody who works with projects sees land, its unit edits it.</summary>
    public Relations RelationOf(Caller caller) =>
        caller.Unit is { } unit && unit == JurisdictionId ? Relations.Own
        : Permissions.ReadsCity(caller) ? Relations.City
        : Relations.Summary;

    /// <summary>Whether the caller may know of the project that it is for; in SQL <see cref="TalksOpen"/>.</summary>
    public bool OpensTalks(Caller caller) =>
        RelationOf(caller) switch
        {
            Relations.Own => true,
            Relations.City => Secret != true
                || Permissions.ReadsSecret(caller)
                || caller.NamedOn.Contains(ProjectId ?? ""),
            _ => false,
        };

    /// <summary>The version that the caller is told, and that If-Match names.</summary>
    public long VersionFor(Caller caller) => OpensTalks(caller) ? Version : PublicVersion;

    public ParcelStatus StatusFor(Caller caller) => Slug.To<ParcelStatus>(OpensTalks(caller) ? Status : PublicStatus);

    public IReadOnlyList<string> ClassList => Classes is null ? [] : Json.Read<List<string>>(Classes);

    public ParcelView View(Caller caller, LandOffer limits)
    {
        var status = StatusFor(caller);
        return new ParcelView
        {
            Id = Id,
            Jurisdiction = new UnitRef(JurisdictionId, JurisdictionName),
            Place = Place,
            Zone = Zone is null ? null : Slug.To<ZoneRank>(Zone),
            ZoneName = ZoneName,
            AreaM2 = Area / 100m,
            Mu = LandArea.ToMu(Area / 100m),
            ContiguousGroup = ContiguousGroup,
            ContiguousMu = LandArea.ToMu(ContiguousArea / 100m),
            Cleared = Cleared,
            Use = LandUse is null ? null : Slug.To<LandUse>(LandUse),
            IndustryClasses = ClassList,
            MinIntensity = Yuan(Intensity),
            MinOutput = Yuan(Output),
            MinTax = Yuan(Tax),
            From = AvailableFrom,
            PricePerMu = Yuan(Price),
            Note = Note,
            Status = status,
            Lists = ParcelRules.ListsOf(
                status,
                Cleared,
                LandArea.ToMu(ContiguousArea / 100m),
                LandArea.ToMu(ClearedArea / 100m),
                limits
            ),
            Project =
                ProjectId is not null && OpensTalks(caller)
                    ? new ParcelProject(ProjectId, ProjectCode!, ProjectName!)
                    : null,
            Reason = status == ParcelStatus.Withdrawn ? Reason : null,
            AllowedActions = Permissions.Allows(caller, Act.ManageLand, RelationOf(caller))
                ?
                [
                    .. Enum.GetValues<ParcelStep>()
                        .Where(step => ParcelRules.MayTake(step, At, Undone) is null)
                        .Select(Slug.Of),
                ]
                : [],
            Version = VersionFor(caller),
        };
    }

    /// <summary>It as a fit judges it.</summary>
    public FitParcel Fitted() =>
        new(
            Area / 100m,
            ContiguousArea / 100m,
            LandUse is null ? null : Slug.To<LandUse>(LandUse),
            ClassList,
            Intensity / 100m,
            Output / 100m,
            Tax / 100m,
            AvailableFrom,
            Zone is null ? null : Slug.To<ZoneRank>(Zone),
            Price / 100m
        );

    private static Money? Yuan(long? hundredths) =>
        hundredths is { } amount ? Money.FromHundredths(amount, "CNY") : null;

    public static async Task<ParcelRow?> ById(Session session, Caller caller, string id)
    {
        var row = Ids.IsWellFormed(id) ? await session.One<ParcelRow>($"{Select} WHERE l.id = @id", new { id }) : null;
        if (row is { Secret: true } && row.OpensTalks(caller))
            session.Note(SecretReads.Of("read-secret-project", "parcel", id, row.ProjectId));
        return row;
    }

    /// <summary>Whether the caller (<c>@mine</c>, <c>@me</c>) may know of the project that a parcel (<c>l</c>, its project <c>p</c>) is for.</summary>
    public static string TalksOpen(Caller caller) =>
        caller.Unit is not null ? "l.jurisdiction_id = @mine"
        : Permissions.ReadsSecret(caller) ? "1 = 1"
        : Permissions.ReadsCity(caller) ? $"(p.id IS NULL OR p.secret = 0 OR {ProjectVisibility.Named})"
        : "1 = 0";

    /// <summary>Where a parcel stands, as far as the caller may know.</summary>
    public static string StatusIn(Caller caller) =>
        $"CASE WHEN {TalksOpen(caller)} THEN l.status ELSE l.public_status END";

    /// <summary>Of a parcel, the free land of its group in one piece; what is negotiated about is free as long as it is not taken.</summary>
    public const string Contiguous =
        $"CASE WHEN {InGroup} THEN (SELECT COALESCE(SUM(g.area), 0) {FreeOfGroup}) ELSE l.area END";

    /// <summary>The cleared part of that.</summary>
    public const string ContiguousCleared =
        $"CASE WHEN {InGroup} THEN (SELECT COALESCE(SUM(g.area), 0) {FreeOfGroup} AND g.cleared = 1) ELSE l.area END";

    private const string InGroup = "l.contiguous_group IS NOT NULL AND l.public_status IN ('reserve', 'offered')";
    private const string FreeOfGroup =
        "FROM parcels g WHERE g.jurisdiction_id = l.jurisdiction_id AND g.contiguous_group = l.contiguous_group AND g.public_status IN ('reserve', 'offered')";

    public const string From =
        "FROM parcels l JOIN jurisdictions j ON j.id = l.jurisdiction_id LEFT JOIN projects p ON p.id = l.project_id";

    public const string Select = $"""
        SELECT l.seq, l.id, l.jurisdiction_id, j.name AS jurisdiction_name, l.place, l.zone, l.zone_name, l.area, l.contiguous_group, {Contiguous} AS contiguous_area,
          {ContiguousCleared} AS cleared_area, l.cleared, l.land_use, l.classes, l.intensity, l.output, l.tax, l.available_from, l.price, l.note, l.status, l.public_status, l.project_id,
          p.code AS project_code, p.name AS project_name, p.secret, l.reason, l.undone, l.version, l.public_version
        {From}
        """;
}
