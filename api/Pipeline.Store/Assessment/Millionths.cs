namespace Pipeline.Store.Assessment;

/// <summary>Values of indicators as they are stored: exact whole millionths, as SQLite knows no decimals.</summary>
public static class Millionths
{
    /// <summary>The largest value, and how many places after the point it may have.</summary>
    public const decimal Most = 1_000_000_000_000m;
    private const decimal One = 1_000_000m;

    /// <summary>Whether a value can be stored exactly.</summary>
    public static bool CanStore(decimal value) =>
        value is >= 0 and <= Most && decimal.Truncate(value * One) == value * One;

    public static long Of(decimal value) => (long)(value * One);

    public static decimal Value(long millionths) => millionths / One;

    /// <summary>As it is told: at most six places, half away from zero.</summary>
    public static decimal? Told(decimal? value) =>
        value is { } known ? Math.Round(known, 6, MidpointRounding.AwayFromZero) / 1.000000000000m : null;
}
