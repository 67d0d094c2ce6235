namespace Pipeline.Domain.Matching;

/// <summary>Folds traditional and other written forms of a Chinese character to the simplified one, so that 綠能 and 绿能 are spelt alike.</summary>
/// <remarks>
/// The table (<c>han-variants.txt</c>) is derived from Unicode's Unihan_Variants.txt, version 15: characters that kSimplifiedVariant, kTraditionalVariant
/// or kZVariant link are one class, a line whose first character stands for all. Where one simplified character has several traditional ones (发: 發, 髮;
/// 台: 臺, 檯, 颱), all of them are in the class: what cannot be told apart in simplified script is not told apart at all. So folding decides nothing alone.
/// </remarks>
public static class HanFolding
{
    private static readonly Lazy<Dictionary<char, char>> Simplified = new(() =>
        Resource
            .Lines("han-variants.txt")
            .SelectMany(line => line.Skip(1).Select(variant => KeyValuePair.Create(variant, line[0])))
            .ToDictionary()
    );

    /// <summary>The text with each character replaced by the one that stands for its class; the length stays.</summary>
    public static string Fold(string text)
    {
        var table = Simplified.Value;
        return text.Any(table.ContainsKey) ? string.Create(text.Length, text, (folded, from) =>
            {
                for (var at = 0; at < from.Length; at++)
                    folded[at] = table.GetValueOrDefault(from[at], from[at]);
            }) : text;
    }
}
