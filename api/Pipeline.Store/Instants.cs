using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Store;

/// <summary>Instants as the contract has them: RFC 3339, with an offset. Without one a text would be eight hours off for a caller in the city, and nobody would notice.</summary>
public static partial class Instants
{
    public static DateTimeOffset? Read(string text) =>
        Shape().IsMatch(text)
        && DateTimeOffset.TryParse(
            text.ToUpperInvariant(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out var instant
        )
            ? instant
            : null;

    /// <summary>The same from a query, where a <c>+</c> that was not written <c>%2B</c> has become a blank.</summary>
    public static DateTimeOffset? ReadQuery(string text) =>
        Read(text.Length > 6 && text[^6] == ' ' ? $"{text[..^6]}+{text[^5..]}" : text);

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.ECMAScript
    )]
    private static partial Regex Shape();
}
