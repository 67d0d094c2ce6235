using System.Globalization;

namespace Pipeline.Store;

/// <summary>Ratios as the contract tells them: decimal texts of up to six places, never rounded percentages.</summary>
public static class Ratios
{
    /// <summary>The ratio rounded to six places, half away from zero; null where it is not known.</summary>
    public static string? Text(decimal? ratio) =>
        ratio is { } known
            ? Math.Round(known, 6, MidpointRounding.AwayFromZero).ToString("0.######", CultureInfo.InvariantCulture)
            : null;
}
