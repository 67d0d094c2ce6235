namespace Pipeline.Domain;

/// <summary>An exact amount of one currency, in units (yuan, dollars), at most two decimals.</summary>
/// <param name="Amount">Units of the currency; see <see cref="Hundredths"/> for the stored form.</param>
/// <param name="Currency">ISO 4217 code, upper case.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The largest amount that can be stored: 10^15 units, far above any investment in any currency in use.</summary>
    public const decimal Max = 1_000_000_000_000_000m;

    /// <summary>The amount as an integer number of hundredths, the form it is stored in.</summary>
    public long Hundredths => decimal.ToInt64(Amount * 100m);

    /// <summary>Whether the amount has at most two decimals and is within ±<see cref="Max"/>.</summary>
    public bool IsStorable => Math.Abs(Amount) <= Max && decimal.Truncate(Amount * 100m) == Amount * 100m;

    /// <summary>The amount whose stored form is <paramref name="hundredths"/>.</summary>
    public static Money FromHundredths(long hundredths, string currency) => new(hundredths / 100m, currency);
}
