namespace Pipeline.Data.Sqlite.Fast;

/// <summary>What goes past the driver or the C library's defaults. Each can be switched off (<c>PIPELINE_WITHOUT</c>: names, separated by commas), so that the benchmarks tell what it brings; it stays only while that is more than 5 % of a bar.</summary>
internal static class FastPaths
{
    private static readonly string[] Off = (Environment.GetEnvironmentVariable("PIPELINE_WITHOUT") ?? "").Split(
        ',',
        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
    );

    /// <summary>Compiled statements are kept with their connection.</summary>
    public static readonly bool Statements = !Off.Contains("statements");

    /// <summary>Values of rows are read without the driver.</summary>
    public static readonly bool Rows = !Off.Contains("rows");

    /// <summary>Threads share the heaps of the C library.</summary>
    public static readonly bool Heaps = !Off.Contains("heaps");

    /// <summary>What the C library keeps without need goes back to the system now and then.</summary>
    public static readonly bool Trim = !Off.Contains("trim");
}
