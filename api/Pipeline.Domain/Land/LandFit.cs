namespace Pipeline.Domain.Land;

/// <summary>What a fit of a project and a parcel is judged by (R132).</summary>
public enum LandFitBy
{
    /// <summary>The land that the project needs, in mu.</summary>
    Area,

    /// <summary>Its class of industry.</summary>
    Class,

    /// <summary>Its total investment against the least for the parcel, in yuan.</summary>
    Intensity,

    /// <summary>Its output a year against the least for the parcel, in yuan.</summary>
    Output,

    /// <summary>Its tax a year against the least for the parcel, in yuan.</summary>
    Tax,

    /// <summary>The day its works are to start.</summary>
    Date,

    /// <summary>Whether it is to lie in a zone of provincial rank.</summary>
    Zone,

    /// <summary>What the parcel costs against the total investment, in yuan.</summary>
    Price,
}

/// <summary>A parcel, as far as a fit goes. What is null nobody has stated.</summary>
/// <param name="Area">In m².</param>
/// <param name="ContiguousArea">The free land of its group in one piece, in m², itself included.</param>
/// <param name="Classes">The classes that may come, by their first digits; empty: none is stated.</param>
/// <param name="Intensity">Yuan of investment per mu, at least.</param>
/// <param name="Output">Yuan of output per mu and year, at least.</param>
/// <param name="Tax">Yuan of tax per mu and year, at least.</param>
/// <param name="From">The day from which it can be had.</param>
/// <param name="Price">Yuan per mu.</param>
public sealed record FitParcel(
    decimal Area,
    decimal ContiguousArea,
    LandUse? Use,
    IReadOnlyList<string> Classes,
    decimal? Intensity,
    decimal? Output,
    decimal? Tax,
    DateOnly? From,
    ZoneRank? Zone,
    decimal? Price
);

/// <summary>A project, as far as a fit goes. What is null nobody knows.</summary>
/// <param name="Total">Its total investment in yuan; null also where its currency has no rate.</param>
/// <param name="WantsZone">Whether it is to lie in a zone of provincial rank.</param>
public sealed record FitProject(
    decimal? LandMu,
    string? IndustryCode,
    bool Manufacturing,
    decimal? Total,
    decimal? Output,
    decimal? Tax,
    DateOnly? StartsOn,
    bool WantsZone
);

/// <summary>One thing that speaks for a fit or against it.</summary>
/// <param name="Needed">What is needed: mu of the project, yuan for the parcel.</param>
/// <param name="There">What is there.</param>
/// <param name="NeededOn">Of the date: when works are to start.</param>
/// <param name="ThereOn">Of the date: from when the parcel can be had.</param>
/// <param name="WithGroup">Of the area: whether it takes other parcels of the group.</param>
public sealed record LandReason(
    LandFitBy By,
    decimal? Needed = null,
    decimal? There = null,
    DateOnly? NeededOn = null,
    DateOnly? ThereOn = null,
    bool? WithGroup = null
);

/// <summary>How a project and a parcel fit, with reasons. It decides nothing: people do.</summary>
/// <param name="Unknown">What nobody can say, since a fact of the project or of the parcel is not known: neither for nor against.</param>
public sealed record LandFit(
    IReadOnlyList<LandReason> For,
    IReadOnlyList<LandReason> Against,
    IReadOnlyList<LandFitBy> Unknown
)
{
    /// <summary>Whether it fits: false where anything is against it; null where nothing is, but area, class or intensity is not known.</summary>
    public bool? Fits =>
        Against.Count > 0 ? false
        : Unknown.Any(by => by is LandFitBy.Area or LandFitBy.Class or LandFitBy.Intensity) ? null
        : true;

    /// <summary>Judges a project against a parcel (R132).</summary>
    public static LandFit Of(FitProject project, FitParcel parcel)
    {
        var (good, bad, unknown) = (new List<LandReason>(), new List<LandReason>(), new List<LandFitBy>());
        var mu = LandArea.ToMu(parcel.Area);
        void Judge(LandFitBy by, bool? holds, Func<LandReason> reason)
        {
            if (holds is { } known)
                (known ? good : bad).Add(reason());
            else
                unknown.Add(by);
        }

        // What is asked per mu is asked of the whole parcel.
        void AtLeast(LandFitBy by, decimal? perMu, decimal? there) =>
            Judge(by, perMu is null || there is null ? null : there >= perMu * mu, () =>
                new LandReason(by, perMu * mu, there)
            );

        var alone = mu >= project.LandMu;
        var contiguous = LandArea.ToMu(parcel.ContiguousArea);
        Judge(LandFitBy.Area, project.LandMu is null ? null : alone || contiguous >= project.LandMu, () =>
            new LandReason(
                LandFitBy.Area,
                project.LandMu,
                alone ? mu : contiguous,
                WithGroup: !alone && contiguous > mu ? true : null
            )
        );
        Judge(LandFitBy.Class, IsClassWelcome(project, parcel), () => new LandReason(LandFitBy.Class));
        AtLeast(LandFitBy.Intensity, parcel.Intensity, project.Total);
        AtLeast(LandFitBy.Output, parcel.Output, project.Output);
        AtLeast(LandFitBy.Tax, parcel.Tax, project.Tax);
        Judge(
            LandFitBy.Date,
            parcel.From is null || project.StartsOn is null ? null : parcel.From <= project.StartsOn,
            () => new LandReason(LandFitBy.Date, NeededOn: project.StartsOn, ThereOn: parcel.From)
        );
        Judge(LandFitBy.Zone, IsZoneRight(project, parcel), () => new LandReason(LandFitBy.Zone));
        Judge(
            LandFitBy.Price,
            parcel.Price is null || project.Total is null ? null : parcel.Price * mu <= project.Total,
            () => new LandReason(LandFitBy.Price, parcel.Price * mu, project.Total)
        );
        return new LandFit(good, bad, unknown);
    }

    /// <summary>The order in which fits are told: what fits before what may, the more for it the earlier.</summary>
    public int Rank =>
        (
            Fits is null ? 1000
            : Fits.Value ? 2000
            : 0
        )
        + For.Count
        - Against.Count;

    /// <summary>By the classes that are stated; where none is, manufacturing goes on industrial land, and of all else nobody knows.</summary>
    private static bool? IsClassWelcome(FitProject project, FitParcel parcel) =>
        project.IndustryCode is not { } code ? null
        : parcel.Classes.Count > 0 ? parcel.Classes.Any(each => code.StartsWith(each, StringComparison.Ordinal))
        : parcel.Use == LandUse.Industrial && project.Manufacturing ? true
        : null;

    /// <summary>A provincial zone speaks for a parcel (R117); another place against it only where the project is to lie in such a zone.</summary>
    private static bool? IsZoneRight(FitProject project, FitParcel parcel) =>
        parcel.Zone switch
        {
            ZoneRank.Provincial => true,
            ZoneRank.Other when project.WantsZone => false,
            _ => null,
        };
}
