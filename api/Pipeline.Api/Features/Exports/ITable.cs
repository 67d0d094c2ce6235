namespace Pipeline.Api.Features.Exports;

/// <summary>A table that is written cell by cell into a stream; null or empty: an empty cell.</summary>
public interface ITable
{
    void Text(string? text);

    void Number(decimal? number);

    void Day(DateOnly? day);

    void Instant(DateTimeOffset? instant);

    void EndRow();

    /// <summary>Hands on what was written so far.</summary>
    void Flush();

    /// <summary>Writes what makes the file complete.</summary>
    void End();
}

/// <summary>Texts that a spreadsheet program must not take for formulas.</summary>
public static class Formulas
{
    private const string Openers = "=+-@\t\r\n＝＋－＠";

    /// <summary>Whether a text would open a formula.</summary>
    public static bool Opens(string text) => text.Length > 0 && Openers.Contains(text[0], StringComparison.Ordinal);

    /// <summary>The text with an apostrophe before what would open a formula.</summary>
    public static string Neutralised(string text) => Opens(text) ? "'" + text : text;
}
