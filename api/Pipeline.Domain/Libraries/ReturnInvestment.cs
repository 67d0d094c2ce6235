namespace Pipeline.Domain.Libraries;

/// <summary>Where the money of a fund went.</summary>
public enum InvestedIn
{
    /// <summary>A company of the city.</summary>
    Local,

    /// <summary>A company that moved to the city.</summary>
    Relocated,

    /// <summary>Any other; it does not count as returned.</summary>
    Elsewhere,
}

/// <summary>How far a fund has brought back what the city put in (返投, R131).</summary>
/// <param name="Due">What has to go into local or relocated companies; null: what the city paid in, or the multiple, is not known.</param>
/// <param name="Returned">What went there so far, verified.</param>
/// <param name="Share">Returned ÷ due, unrounded; null where nothing is due or nobody knows what.</param>
public sealed record ReturnInvestment(decimal? Due, decimal Returned, decimal? Share)
{
    /// <summary>Σ verified money into local or relocated companies ÷ (k × the city's paid-in), k by contract.</summary>
    public static ReturnInvestment Of(decimal? cityPaidIn, decimal? multiple, decimal returned)
    {
        var due = cityPaidIn * multiple;
        return new ReturnInvestment(due, returned, due > 0 ? returned / due : null);
    }
}
