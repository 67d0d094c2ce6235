using Pipeline.Data;
using Pipeline.Domain.Land;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Transfers;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Transfers;

/// <summary>What fits of offers are judged by: what landed in each unit, and its free land (R132).</summary>
internal sealed record MarketGround(
    IReadOnlyDictionary<string, (UnitRef Unit, IReadOnlyList<MarketNeeds> Landed)> Units,
    ILookup<string, decimal> Free
)
{
    // Of a unit so many projects are looked at, the latest that came: what is judged by must not grow with the library.
    private const int MostLanded = 200;

    /// <summary>What landed in each unit, for the centre: nobody else is told of fits.</summary>
    public static async Task<MarketGround?> Load(Session session, Caller caller)
    {
        if (caller.Role != Role.Coordinator)
            return null;
        var ground = new Dictionary<string, (UnitRef Unit, IReadOnlyList<MarketNeeds> Landed)>(StringComparer.Ordinal);
        foreach (
            var unit in (await JurisdictionRow.All(session)).Where(unit =>
                unit is { Active: true, Reports: true } && unit.Kind != Slug.Of(JurisdictionKind.Office)
            )
        )
        {
            var landed = new List<MarketNeeds>();
            foreach (var stage in Landed)
                landed.AddRange(
                    (
                        await session.Query<string>(
                            SelectLanded,
                            new
                            {
                                unit = unit.Id,
                                stage,
                                limit = MostLanded,
                            }
                        )
                    ).Select(NeedsOf)
                );
            ground[unit.Id] = (new UnitRef(unit.Id, unit.Name), landed);
        }

        var free = await session.Query<FreeParcel>(SelectFree);
        return new MarketGround(
            ground,
            free.ToLookup(parcel => parcel.UnitId, parcel => LandArea.ToMu(parcel.Area / 100m))
        );
    }

    public static MarketNeeds NeedsOf(string facts)
    {
        var body = Json.Read<ProjectBody>(facts);
        return MarketNeeds.Of(body.IndustryCode, body.LandMu, body.EnergyTce);
    }

    private static readonly string[] Landed =
    [
        Slug.Of(Stage.Signed),
        Slug.Of(Stage.Registered),
        Slug.Of(Stage.Started),
        Slug.Of(Stage.InProduction),
    ];

    private sealed class FreeParcel
    {
        public required string UnitId { get; init; }
        public long Area { get; init; }
    }

    private const string SelectLanded =
        "SELECT p.facts FROM projects p WHERE p.owner_id = @unit AND p.stage = @stage ORDER BY p.seq DESC {page}";
    private const string SelectFree =
        $"SELECT l.jurisdiction_id AS unit_id, {ParcelRow.Contiguous} AS area FROM parcels l WHERE l.status IN ('reserve', 'offered')";
}
