namespace Pipeline.Domain.Projects;

/// <summary>Where a project stands; the first four are the four lists (四张清单).</summary>
public enum Stage
{
    InTalks,
    Signed,
    Registered,
    Started,
    InProduction,
    Terminated,
}

/// <summary>A stage and the day it was reached; the history of a project is a list of these.</summary>
public sealed record StageDates(
    DateOnly? InTalks,
    DateOnly? Signed,
    DateOnly? Registered,
    DateOnly? Started,
    DateOnly? InProduction
)
{
    public DateOnly? Of(Stage stage) =>
        stage switch
        {
            Stage.InTalks => InTalks,
            Stage.Signed => Signed,
            Stage.Registered => Registered,
            Stage.Started => Started,
            Stage.InProduction => InProduction,
            _ => null,
        };

    public StageDates With(Stage stage, DateOnly? date) =>
        stage switch
        {
            Stage.InTalks => this with { InTalks = date },
            Stage.Signed => this with { Signed = date },
            Stage.Registered => this with { Registered = date },
            Stage.Started => this with { Started = date },
            Stage.InProduction => this with { InProduction = date },
            _ => this,
        };
}

/// <summary>How idle a project is (R7).</summary>
public enum Light
{
    Green,
    Yellow,
    Red,
}

/// <summary>The idle lights (红黄绿灯), R7.</summary>
public static class Idleness
{
    /// <summary>The light on <paramref name="today"/> of a project that last moved on <paramref name="since"/>; the limit's own day already counts.</summary>
    public static Light LightOf(Stage stage, DateOnly? since, DateOnly today, Rules.IdleLights lights)
    {
        if (Limits(stage, lights) is not { } limits || since is not { } from)
            return Light.Green;
        return limits.Red.After(from) <= today ? Light.Red
            : limits.Yellow.After(from) <= today ? Light.Yellow
            : Light.Green;
    }

    /// <summary>The limits of a stage; null where nothing is idle (started and later).</summary>
    public static Rules.IdleLimits? Limits(Stage stage, Rules.IdleLights lights) =>
        stage switch
        {
            Stage.InTalks => lights.InTalks,
            Stage.Signed => lights.Signed,
            Stage.Registered => lights.Registered,
            _ => null,
        };
}
