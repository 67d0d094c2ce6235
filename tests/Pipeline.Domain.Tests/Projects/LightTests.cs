using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Projects;

/// <summary>Lights (R7, R90–R93), by the rules' own examples: 2/3/6 months in talks, 1 day and 3 months after a planned start, 10 and 30 points behind the schedule.</summary>
public sealed class LightTests
{
    private static readonly IdleLights Limits = Given.Rules().Lights;

    private static DateOnly D(string date) => DateOnly.Parse(date);

    private static LitProject Project(
        Stage stage,
        string? since = null,
        string? plannedStart = null,
        string? started = null,
        string? production = null,
        decimal? paid = null,
        decimal? total = null
    ) =>
        new(
            stage,
            since is null ? null : D(since),
            plannedStart is null ? null : D(plannedStart),
            started is null ? null : D(started),
            production is null ? null : D(production),
            paid,
            total
        );

    [Test]
    public void R90_in_talks_since_the_last_of_january() =>
        Lights
            .Days(Project(Stage.InTalks, "2024-01-31"), Limits)
            .ShouldBe(new LightDays(D("2024-03-31"), D("2024-04-30"), D("2024-07-31")));

    [TestCase("2024-03-30", Light.Green, "2024-03-31", Light.Yellow)]
    [TestCase("2024-03-31", Light.Yellow, "2024-04-30", Light.Red, Description = "the limit's own day counts")]
    [TestCase("2024-04-30", Light.Red, null, null)]
    public void R93_the_light_tells_when_it_worsens_next(string day, Light light, string? turns, Light? next)
    {
        var days = Lights.Days(Project(Stage.InTalks, "2024-01-31"), Limits);
        days.On(D(day)).ShouldBe(light);
        var turn = days.NextAfter(D(day));
        (turn?.On, turn?.Light).ShouldBe((turns is null ? null : D(turns), next));
    }

    // R7: signed 3 and 6 months, registered 3 and 12; nothing is proposed for removal but what is in talks.
    [TestCase(Stage.Signed, "2024-04-30", "2024-07-31")]
    [TestCase(Stage.Registered, "2024-04-30", "2025-01-31")]
    public void R7_signed_and_registered_have_limits_of_their_own(Stage stage, string yellow, string red) =>
        Lights.Days(Project(stage, "2024-01-31"), Limits).ShouldBe(new LightDays(D(yellow), D(red), null));

    // R91: planned for 05-01: past from 05-02 on, three months after it 08-01.
    [TestCase(Stage.Signed)]
    [TestCase(Stage.Registered)]
    [TestCase(Stage.InTalks)]
    public void R91_a_planned_start_that_is_past_and_not_kept(Stage stage) =>
        Lights
            .Days(Project(stage, plannedStart: "2024-05-01"), Limits)
            .ShouldBe(new LightDays(D("2024-05-02"), D("2024-08-01"), null));

    [Test]
    public void R91_once_started_the_plan_is_over() =>
        Lights
            .Days(Project(Stage.Started, plannedStart: "2024-05-01", started: "2024-09-01"), Limits)
            .ShouldBe(LightDays.None);

    // R92's test: 2024-01-01 to 2025-12-31 are 730 days; on 2024-12-31 365 have passed, 50.00 % are expected of 10亿.
    // 4.1: 50 − 41 = 9; 2.0: 50 − 20 = 30, which is not above 30; 1.8: 50 − 18 = 32; 4.0: 10, which is yellow.
    [TestCase(4.1, Light.Green)]
    [TestCase(4.0, Light.Yellow)]
    [TestCase(2.0, Light.Yellow)]
    [TestCase(1.8, Light.Red)]
    public void R92_paid_in_behind_the_schedule(double paid, Light light) =>
        Lights
            .Days(
                Project(
                    Stage.Started,
                    started: "2024-01-01",
                    production: "2025-12-31",
                    paid: (decimal)paid * 100_000_000m,
                    total: 1_000_000_000m
                ),
                Limits
            )
            .On(D("2024-12-31"))
            .ShouldBe(light);

    [TestCase(null, 10.0, "2025-12-31", Description = "what was paid in is not known")]
    [TestCase(1.0, null, "2025-12-31", Description = "the total is not known")]
    [TestCase(1.0, 10.0, null, Description = "production is not planned")]
    [TestCase(1.0, 10.0, "2024-01-01", Description = "no days between")]
    public void R92_what_is_unknown_gives_no_light(double? paid, double? total, string? production) =>
        Lights
            .Days(
                Project(
                    Stage.Started,
                    started: "2024-01-01",
                    production: production,
                    paid: (decimal?)paid,
                    total: (decimal?)total
                ),
                Limits
            )
            .ShouldBe(LightDays.None);

    [Test]
    public void R93_the_worst_rule_decides_and_each_that_was_reached_is_told()
    {
        // Signed 01-31: yellow 04-30, red 07-31. Planned 04-01: yellow 04-02, red 07-01.
        var project = Project(Stage.Signed, "2024-01-31", "2024-04-01");
        Lights.Days(project, Limits).ShouldBe(new LightDays(D("2024-04-02"), D("2024-07-01"), null));
        Lights
            .Reasons(Lights.Turns(project, Limits), D("2024-07-01"))
            .ShouldBe([
                new LightTurn(LightRule.Plan, Light.Red, D("2024-04-01"), "P3M", D("2024-07-01")),
                new LightTurn(LightRule.Idle, Light.Yellow, D("2024-01-31"), "P3M", D("2024-04-30")),
            ]);
        Lights.Reasons(Lights.Turns(project, Limits), D("2024-04-01")).ShouldBeEmpty();
    }

    /// <summary>The days that are kept say the same as the gap itself, on every day of the schedule (R92).</summary>
    [Property]
    public void R92_the_days_are_where_the_gap_reaches_its_points(int length, int paidShare, int passed)
    {
        var days = 1 + Math.Abs(length % 2000);
        var day = Math.Abs(passed % 2500);
        var paid = Math.Abs(paidShare % 1500); // of 1000
        var start = D("2024-01-01");
        var light = Lights
            .Days(new LitProject(Stage.Started, null, null, start, start.AddDays(days), paid, 1000m), Limits)
            .On(start.AddDays(day));

        // Expected ‰ × days − paid ‰ × days, so that nothing is divided: 10 points are 100 ‰.
        var gap = (Math.Min(day, days) * 1000L) - ((long)paid * days);
        var worst =
            gap > 300L * days ? Light.Red
            : gap >= 100L * days ? Light.Yellow
            : Light.Green;
        light.ShouldBe(worst);
    }
}
