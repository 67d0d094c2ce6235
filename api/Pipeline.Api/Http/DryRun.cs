namespace Pipeline.Api.Http;

/// <summary>Whether the library was compared with what was sent (R13). For a unit it never is without a report (R20).</summary>
public enum Matching
{
    NotRun,
    Run,
}

/// <summary>What every operation answers to <c>validateOnly=true</c> when it would have succeeded: nothing was stored.</summary>
public sealed record DryRun(bool Valid, Matching Matching)
{
    public const string MediaType = "application/vnd.pipeline.dry-run+json";

    /// <summary>In how many records an erasure would have found the person.</summary>
    public int? Records { get; init; }

    /// <summary>How many entries of the person an erasure would have removed.</summary>
    public int? Persons { get; init; }

    /// <summary>Why it would not have succeeded; told instead of a refusal by state or rule where the caller sends <c>Prefer: handling=lenient</c>.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What would have become of the items of a batch; <see cref="Valid"/> where all would have succeeded.</summary>
    public IReadOnlyList<BatchResult>? Items { get; init; }
}

/// <summary>Says on a route that it stores nothing although it is no GET: there is nothing to only validate.</summary>
public sealed record StoresNothing;
