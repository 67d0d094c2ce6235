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
