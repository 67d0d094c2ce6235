using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pipeline.Data;

/// <summary>What the program tells of itself, for whoever listens: nothing is measured while nobody does.</summary>
public static class Telemetry
{
    /// <summary>The name under which meters and traces of this program are found.</summary>
    public const string Name = "Pipeline";

    public static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>How long a write waited until its commit: for its turn, for locks, and for the disk.</summary>
    public static readonly Histogram<double> Commits = Meter.CreateHistogram<double>(
        "pipeline.commit.duration",
        "s",
        "From the wish to write until the commit."
    );
}
