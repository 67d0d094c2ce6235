namespace Pipeline.Api.Features.Exports;

/// <summary>A table that is written row by row into a stream. Cells are texts, decimals, days, instants, or null for nothing.</summary>
public interface ITable
{
    void Add(IReadOnlyList<object?> cells);

    /// <summary>Hands on what was written so far.</summary>
    void Flush();

    /// <summary>Writes what makes the file complete.</summary>
    void End();
}

/// <summary>Texts that a spreadsheet program must not take for formulas.</summary>
public static class Formulas
{
    private const string Openers = "=+-@\t\r\n＝＋－＠";

    /// <summary>The text with an apostrophe before what would open a formula.</summary>
    public static string Neutralised(string text) => text.Length > 0 && Openers.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
