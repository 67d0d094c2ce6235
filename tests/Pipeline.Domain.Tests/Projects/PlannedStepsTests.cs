using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Projects;

/// <summary>Of three plans the one of the step that is next counts.</summary>
public sealed class PlannedStepsTests
{
    private static readonly DateOnly Signing = new(2024, 3, 1),
        Start = new(2024, 6, 1),
        Production = new(2025, 6, 1);

    [TestCase(Stage.InTalks, Stage.Signed, "2024-03-01")]
    [TestCase(Stage.Registered, Stage.Started, "2024-06-01")]
    [TestCase(Stage.Started, Stage.InProduction, "2025-06-01")]
    public void The_step_that_is_next_counts(Stage stage, Stage to, string on) =>
        PlannedSteps.Next(stage, Signing, Start, Production).ShouldBe(new PlannedStep(to, DateOnly.Parse(on)));

    [TestCase(Stage.Signed)]
    [TestCase(Stage.InProduction)]
    [TestCase(Stage.Terminated)]
    public void Where_nothing_is_planned_to_come_there_is_none(Stage stage) =>
        PlannedSteps.Next(stage, Signing, Start, Production).ShouldBeNull();

    [Test]
    public void A_plan_of_a_later_step_is_not_that_of_the_next()
    {
        PlannedSteps.Next(Stage.InTalks, null, Start, Production).ShouldBeNull();
        PlannedSteps.Next(Stage.Registered, Signing, null, Production).ShouldBeNull();
    }
}
