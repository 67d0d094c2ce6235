namespace Pipeline.Api.Workers;

/// <summary>Whether the program has migrated and seeded.</summary>
public sealed class Readiness
{
    public bool IsReady { get; set; }
}
