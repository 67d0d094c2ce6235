namespace Pipeline.Benchmarks;

/// <summary>Something that the API does to be quicker or smaller than it would be by itself.</summary>
/// <param name="Variable">The variable of its environment that switches it off.</param>
/// <param name="Off">Its value that does so. Numbers of the runtime's variables are hexadecimal.</param>
/// <param name="Bars">The scenarios that it is kept for.</param>
public sealed record Trick(string Variable, string Off, IReadOnlyList<string> Bars);

/// <summary>All of them, each to be measured without (<c>-- b1 --without rows</c>), or on trial with its bars (<c>-- tricks</c>): what moves none by more than 5 % goes (decision 132).</summary>
public static class Tricks
{
    /// <summary>By how much one has to move a bar to be kept.</summary>
    private const double Least = 0.05;

    public static readonly IReadOnlyDictionary<string, Trick> All = new OrderedDictionary<string, Trick>
    {
        ["statements"] = new("PIPELINE_WITHOUT", "statements", ["b1", "b2", "b3"]),
        ["rows"] = new("PIPELINE_WITHOUT", "rows", ["b2", "b8"]),
        ["heaps"] = new("PIPELINE_WITHOUT", "heaps", ["b7", "b10"]),
        ["trim"] = new("PIPELINE_WITHOUT", "trim", ["b7", "b10"]),
        ["no-pgo"] = new("DOTNET_TieredPGO", "1", ["b1", "b2", "b3"]),
        ["no-background-collection"] = new("DOTNET_gcConcurrent", "1", ["b3", "b10"]),
        ["call-counting-delay"] = new("DOTNET_TC_CallCountingDelayMs", "64", ["b1", "b9"]),
        ["min-threads"] = new("DOTNET_ThreadPool_ForceMinWorkerThreads", "1", ["b2", "b5"]),
        ["gen0-budget"] = new("DOTNET_GCGen0MaxBudget", "0", ["b8", "b10"]),
    };

    /// <summary>Measures each on the bars that it is kept for, with and without in turns; the ratio of a line is how much better the bar is with it.</summary>
    public static async Task<Report> Try(Options options)
    {
        var tried = options.Without is { } one ? All.Where(trick => trick.Key == one) : All;
        var lines = new List<Line>();
        foreach (var (name, trick) in tried)
        {
            foreach (var bar in trick.Bars)
            {
                Server.Without = null;
                var with = await Bench.Scenarios[bar](options);
                Server.Without = trick;
                var without = await Bench.Scenarios[bar](options);
                Server.Without = null;
                lines.AddRange(with.Lines.Zip(without.Lines, (kept, off) => Compare(name, bar, kept, off)));
            }
        }

        return new Report(lines, "A trick is kept while one of its lines says so.");
    }

    private static Line Compare(string trick, string bar, Line with, Line without)
    {
        // Of some bars more is better, of others less.
        var better = with.Bar.StartsWith("<=", StringComparison.Ordinal)
            ? without.Ratio / with.Ratio
            : with.Ratio / without.Ratio;
        return new Line(
            $"{trick}: {bar.ToUpperInvariant()} {with.What}",
            better,
            ">= 1.05",
            better >= 1 + Least,
            new Dictionary<string, double> { ["with"] = with.Ratio, ["without"] = without.Ratio }
        );
    }
}
