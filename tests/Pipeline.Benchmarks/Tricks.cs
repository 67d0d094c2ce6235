namespace Pipeline.Benchmarks;

/// <summary>What the API does to be quicker or smaller than it would be by itself, each to be measured without (<c>-- b1 --without rows</c>): what moves no bar by more than 5 % goes.</summary>
public static class Tricks
{
    /// <summary>By name, the variable that switches it off. Numbers of the runtime's variables are hexadecimal.</summary>
    public static readonly IReadOnlyDictionary<string, (string Name, string Value)> All = new OrderedDictionary<
        string,
        (string, string)
    >
    {
        ["statements"] = ("PIPELINE_WITHOUT", "statements"),
        ["rows"] = ("PIPELINE_WITHOUT", "rows"),
        ["heaps"] = ("PIPELINE_WITHOUT", "heaps"),
        ["no-pgo"] = ("DOTNET_TieredPGO", "1"),
        ["no-background-collection"] = ("DOTNET_gcConcurrent", "1"),
        ["call-counting-delay"] = ("DOTNET_TC_CallCountingDelayMs", "64"),
        ["min-threads"] = ("DOTNET_ThreadPool_ForceMinWorkerThreads", "1"),
        ["gen0-budget"] = ("DOTNET_GCGen0MaxBudget", "0"),
    };
}
