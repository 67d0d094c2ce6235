using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pipeline.Data;

/// <summary>What the program tells of itself, for whoever listens: nothing is measured while nobody does.</summary>
public static class Telemetry
{
    /// <summary>The name under which meters and traces of this program are found.</summary>
    public const string Name = "Pipeline";

    public static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Steps = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>How long a write waited until its commit: for its turn, for locks, and for the disk.</summary>
    public static readonly Histogram<double> Commits = Meter.CreateHistogram<double>(
        "pipeline.commit.duration",
        "s",
        "From the wish to write until the commit.",
        advice: Steps
    );

    /// <summary>How long a write took by itself, once it had its turn: with an embedded database, how long it kept all others from writing.</summary>
    public static readonly Histogram<double> Writes = Meter.CreateHistogram<double>(
        "pipeline.write.duration",
        "s",
        "From the turn to write until the commit begins.",
        advice: Steps
    );
}
