namespace Pipeline.Data;

/// <summary>Text inside a LIKE pattern, with <c>!</c> as the escape character.</summary>
public static class Like
{
    public static string Escaped(string? text) =>
        (text ?? "")
            .Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal)
            .Replace("[", "![", StringComparison.Ordinal);
}
