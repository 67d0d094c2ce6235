using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

/// <summary>Marks that say: the same as above.</summary>
public static partial class Ditto
{
    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create(
        "同〃″\"＂“”„〞々↑'′dDsSiI"
    );

    public static bool Is(string? text) =>
        text is { Length: > 0 and <= 20 } && text.AsSpan().IndexOfAny(Letters) >= 0 && Mark().IsMatch(text.Trim());

    /// <summary>同左 says the same as on the left, which is another field.</summary>
    public static bool OfAbove(string text) => Is(text) && !Sideways().IsMatch(text);

    [GeneratedRegex(
        @"^(?:[〃″""＂“”„〞々↑]|''|′′|''''|""""|[(（]?同(?:上(?:行|栏|格|一行|述|项)?|前|左|右|下)[)）]?|ditto|do\.|same as above|idem)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Mark();

    [GeneratedRegex("[左右下]", RegexOptions.CultureInvariant)]
    private static partial Regex Sideways();
}
