namespace Pipeline.Domain.Projects;

/// <summary>The step that a project is planned to take next.</summary>
/// <param name="To">The stage that it leads to.</param>
/// <param name="On">The day for which it is planned.</param>
public readonly record struct PlannedStep(Stage To, DateOnly On);

/// <summary>Which of a project's plans counts: that of the step which is next; for the registration there is no plan.</summary>
public static class PlannedSteps
{
    /// <summary>The next step with its planned day; null where none is planned.</summary>
    public static PlannedStep? Next(Stage stage, DateOnly? signing, DateOnly? start, DateOnly? production) =>
        (stage, signing, start, production) switch
        {
            (Stage.InTalks, { } on, _, _) => new PlannedStep(Stage.Signed, on),
            (Stage.Registered, _, { } on, _) => new PlannedStep(Stage.Started, on),
            (Stage.Started, _, _, { } on) => new PlannedStep(Stage.InProduction, on),
            _ => null,
        };
}
