namespace Pipeline.Domain.Land;

/// <summary>Where a parcel of land stands (R132).</summary>
public enum ParcelStatus
{
    /// <summary>Kept back: it is not offered yet.</summary>
    Reserve,
    Offered,

    /// <summary>A project is being talked about; others see it as offered (R20).</summary>
    Negotiating,
    Sold,
    Withdrawn,
}

/// <summary>What may be done with a parcel as it stands.</summary>
public enum ParcelStep
{
    Edit,
    Reserve,
    Offer,
    Negotiate,
    Sell,
    Withdraw,
}

/// <summary>Whether land lies in a development zone of provincial rank.</summary>
public enum ZoneRank
{
    Provincial,
    Other,
}

/// <summary>What land may be used for.</summary>
public enum LandUse
{
    Industrial,
    Logistics,
    Research,
    Commercial,
}

/// <summary>The two lists of land (R132).</summary>
public enum LandList
{
    /// <summary>On offer, large enough in one piece.</summary>
    Offer,

    /// <summary>Cleared and not taken, larger still.</summary>
    Reserve,
}

/// <summary>From how much land in one piece a parcel stands on a list (R132).</summary>
/// <param name="Offer">Mu in one piece, on offer.</param>
/// <param name="Reserve">Mu in one piece, cleared.</param>
public sealed record LandOffer(decimal Offer, decimal Reserve)
{
    public static readonly LandOffer Default = new(100, 200);
}

/// <summary>Measures of land.</summary>
public static class LandArea
{
    /// <summary>Mu of an area in m², exactly: a mu is 2000/3 m².</summary>
    public static decimal ToMu(decimal squareMetres) => squareMetres * 3m / 2000m;
}

/// <summary>What may be done with parcels, and on which list they stand (R132).</summary>
public static class ParcelRules
{
    /// <summary>Whether a step can be taken; asked by the step itself and by those who tell which steps are open.</summary>
    /// <param name="undone">Whether the import that brought it was undone: then nothing can be done with it any more.</param>
    /// <returns>Why not; null when it can.</returns>
    public static Refusal? MayTake(ParcelStep step, ParcelStatus status, bool undone = false) =>
        undone ? new Refusal(RefusalKind.Conflict, "parcel-state", status)
        : step switch
        {
            ParcelStep.Edit => status is not ParcelStatus.Sold,
            ParcelStep.Reserve => status is ParcelStatus.Offered or ParcelStatus.Withdrawn,
            ParcelStep.Offer => status is ParcelStatus.Reserve or ParcelStatus.Negotiating or ParcelStatus.Withdrawn,
            ParcelStep.Negotiate or ParcelStep.Sell => status is ParcelStatus.Offered or ParcelStatus.Negotiating,
            _ => status is not (ParcelStatus.Sold or ParcelStatus.Withdrawn),
        }
            ? null
        : step is ParcelStep.Negotiate or ParcelStep.Sell && status == ParcelStatus.Sold ? Taken
        : new Refusal(RefusalKind.Conflict, "parcel-state", status);

    /// <summary>Whether a project may have a parcel: none that another one has.</summary>
    /// <param name="holder">The project that is negotiated with; null: none.</param>
    public static Refusal? MayHave(string projectId, string? holder) =>
        holder is null || holder == projectId ? null : Taken;

    private static readonly Refusal Taken = new(RefusalKind.Conflict, "parcel-taken");

    /// <summary>The lists on which a parcel stands.</summary>
    /// <param name="contiguousMu">The free land of its group in one piece, itself included.</param>
    /// <param name="clearedMu">The cleared part of that.</param>
    public static IReadOnlyList<LandList> ListsOf(
        ParcelStatus status,
        bool? cleared,
        decimal contiguousMu,
        decimal clearedMu,
        LandOffer limits
    )
    {
        var lists = new List<LandList>();
        if (status is ParcelStatus.Offered or ParcelStatus.Negotiating && contiguousMu >= limits.Offer)
            lists.Add(LandList.Offer);
        if (
            status is ParcelStatus.Reserve or ParcelStatus.Offered or ParcelStatus.Negotiating
            && cleared == true
            && clearedMu >= limits.Reserve
        )
            lists.Add(LandList.Reserve);
        return lists;
    }
}
