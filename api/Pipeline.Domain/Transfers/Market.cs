using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Transfers;

/// <summary>Where an offer on the blind market stands (§15.9).</summary>
public enum MarketStatus
{
    Open,

    /// <summary>The centre proposed it to a unit, which has not been decided yet.</summary>
    Proposed,
    Transferred,
    Withdrawn,

    /// <summary>The project left the talks, or is another unit's by now.</summary>
    Ended,
}

/// <summary>What a project needs, and nothing by which it could be known.</summary>
/// <param name="Division">The first two digits of its class.</param>
/// <param name="LandMu">Land in mu; null: not known.</param>
/// <param name="EnergyTce">Energy a year in tonnes of coal equivalent; null: not known.</param>
public sealed record MarketNeeds(string? Division, decimal? LandMu, decimal? EnergyTce)
{
    public static MarketNeeds Of(string? industryCode, decimal? landMu, decimal? energyTce) =>
        new(industryCode is { Length: >= 2 } code ? code[..2] : null, landMu, energyTce);
}

/// <summary>What a fit is judged by.</summary>
public enum FitBy
{
    Class,
    Land,
    Energy,

    /// <summary>Free land of the unit in one piece, as it is on record (R132).</summary>
    Parcels,
}

/// <summary>Why a project fits a unit, or does not.</summary>
/// <param name="Count">Of the class: the projects that landed there; of parcels: those that are large enough.</param>
/// <param name="Most">Of land and energy: the most that a project took that landed there; null: of none it is known.</param>
public sealed record FitReason(FitBy By, int? Count = null, decimal? Most = null);

/// <summary>How a project fits a unit by what landed there before.</summary>
/// <param name="Unknown">What nobody can say, since the need or the unit's facts are not known.</param>
public sealed record UnitFit(
    string UnitId,
    IReadOnlyList<FitReason> For,
    IReadOnlyList<FitReason> Against,
    IReadOnlyList<FitBy> Unknown
);

/// <summary>The blind market of transfers (§15.9).</summary>
public static class Market
{
    /// <summary>Where an offer stands by the facts.</summary>
    /// <param name="stillOwn">Whether the project is still the unit's that offered it.</param>
    /// <param name="transferred">Whether a transfer of it was approved since it was offered.</param>
    public static MarketStatus StatusOf(
        bool withdrawn,
        bool transferred,
        bool stillOwn,
        Stage stage,
        bool openTransfer
    ) =>
        withdrawn ? MarketStatus.Withdrawn
        : transferred ? MarketStatus.Transferred
        : !stillOwn || stage != Stage.InTalks ? MarketStatus.Ended
        : openTransfer ? MarketStatus.Proposed
        : MarketStatus.Open;

    /// <summary>How the needs fit each unit, the best first: by the class of what landed there, and by the most land and energy that one of those projects took.</summary>
    /// <param name="landed">By unit, what is known of the projects that landed there.</param>
    /// <param name="free">By unit, its free parcels, each with the mu that it has in one piece; a unit that is not in it has none on record.</param>
    public static IReadOnlyList<UnitFit> Fits(
        MarketNeeds needs,
        IReadOnlyDictionary<string, IReadOnlyList<MarketNeeds>> landed,
        ILookup<string, decimal> free
    ) =>
        [
            .. landed
                .Select(unit => Fit(needs, unit.Key, unit.Value, [.. free[unit.Key]]))
                .OrderByDescending(fit => fit.For.Count - fit.Against.Count)
                .ThenByDescending(fit => fit.For.FirstOrDefault(reason => reason.By == FitBy.Class)?.Count ?? 0)
                .ThenBy(fit => fit.UnitId, StringComparer.Ordinal),
        ];

    private static UnitFit Fit(
        MarketNeeds needs,
        string unitId,
        IReadOnlyList<MarketNeeds> landed,
        IReadOnlyList<decimal> free
    )
    {
        var (good, bad, unknown) = (new List<FitReason>(), new List<FitReason>(), new List<FitBy>());
        if (needs.Division is { } division)
        {
            var count = landed.Count(project => project.Division == division);
            (count > 0 ? good : bad).Add(new FitReason(FitBy.Class, Count: count));
        }
        else
        {
            unknown.Add(FitBy.Class);
        }

        Judge(FitBy.Land, needs.LandMu, landed.Max(project => project.LandMu));
        Judge(FitBy.Energy, needs.EnergyTce, landed.Max(project => project.EnergyTce));
        if (needs.LandMu is { } mu && free.Count > 0)
        {
            var enough = free.Count(each => each >= mu);
            (enough > 0 ? good : bad).Add(new FitReason(FitBy.Parcels, Count: enough));
        }
        else
        {
            unknown.Add(FitBy.Parcels);
        }

        return new UnitFit(unitId, good, bad, unknown);

        void Judge(FitBy by, decimal? need, decimal? most)
        {
            if (need is null || most is null)
                unknown.Add(by);
            else
                (most >= need ? good : bad).Add(new FitReason(by, Most: most));
        }
    }
}
