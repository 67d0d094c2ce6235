namespace Pipeline.Store;

/// <summary>Texts as they are kept.</summary>
public static class Texts
{
    /// <summary>A text without blanks around it; null where nothing is left.</summary>
    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
