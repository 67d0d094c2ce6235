using System.Globalization;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Projects;

/// <summary>How well a project goes on (红黄绿灯): the worst of its rules (R7, R93).</summary>
public enum Light
{
    Green,
    Yellow,
    Red,
}

/// <summary>What a light is for.</summary>
public enum LightRule
{
    /// <summary>Nothing substantive happened for long (R90).</summary>
    Idle,

    /// <summary>The planned start is past (R91).</summary>
    Plan,

    /// <summary>Less was paid in than the time since the start would have (R92).</summary>
    Schedule,
}

/// <summary>What the lights of a project are judged by; what is unknown is null, and gives no light.</summary>
/// <param name="Since">The later of entering the stage and the last progress other than a call, by the day it occurred (R90).</param>
/// <param name="PaidIn">What was verified as paid in, in the currency of <paramref name="Total"/>.</param>
public sealed record LitProject(
    Stage Stage,
    DateOnly? Since,
    DateOnly? PlannedStartOn,
    DateOnly? StartedOn,
    DateOnly? PlannedProductionOn,
    decimal? PaidIn,
    decimal? Total
);

/// <summary>The day on which a rule turns a project's light, where nothing changes until then.</summary>
/// <param name="Since">From when it counts.</param>
/// <param name="Limit">After how long (ISO 8601), or of the schedule how many points behind.</param>
public sealed record LightTurn(LightRule Rule, Light Light, DateOnly Since, string Limit, DateOnly On);

/// <summary>The days on which a project's light turns, and on which its removal is proposed (R94); null: never, as it stands. Yellow comes no later than red.</summary>
public sealed record LightDays(DateOnly? YellowOn, DateOnly? RedOn, DateOnly? RemovalOn)
{
    public static readonly LightDays None = new(null, null, null);

    /// <summary>The light on a day.</summary>
    public Light On(DateOnly day) =>
        RedOn <= day ? Light.Red
        : YellowOn <= day ? Light.Yellow
        : Light.Green;

    /// <summary>When the light worsens next after a day, and to what; null: it does not, as it stands (R93).</summary>
    public (DateOnly On, Light Light)? NextAfter(DateOnly day) =>
        YellowOn > day && YellowOn < (RedOn ?? DateOnly.MaxValue) ? (YellowOn.Value, Light.Yellow)
        : RedOn > day ? (RedOn.Value, Light.Red)
        : null;
}

/// <summary>The turns of a light that time has brought about (R93).</summary>
public static class LightTurns
{
    /// <summary>To what a light turned up to a day, and on which day each, since it was told as <paramref name="told"/>: worse each time.</summary>
    public static IEnumerable<(Light Light, DateOnly On)> Until(LightDays days, Light told, DateOnly today)
    {
        if (told < Light.Yellow && days.YellowOn <= today && !(days.RedOn <= days.YellowOn))
            yield return (Light.Yellow, days.YellowOn!.Value);
        if (told < Light.Red && days.RedOn <= today)
            yield return (Light.Red, days.RedOn!.Value);
    }
}

/// <summary>The lights: lists, board, home, notices and single projects all ask here (R7, R90–R93).</summary>
public static class Lights
{
    /// <summary>Every turn that is to come, or was, as the project stands: an idle stage counts from when something last happened, a plan from its day, a schedule from the start.</summary>
    public static IReadOnlyList<LightTurn> Turns(LitProject project, IdleLights lights) =>
        [
            .. Idle(project, lights),
            .. Plan(project, lights.PlannedOrDefault),
            .. Schedule(project, lights.ScheduleOrDefault),
        ];

    /// <summary>The days of a project, from its turns.</summary>
    public static LightDays Days(LitProject project, IdleLights lights)
    {
        var turns = Turns(project, lights);
        DateOnly? First(IEnumerable<LightTurn> some) => some.Select(turn => (DateOnly?)turn.On).Min();
        return new LightDays(
            First(turns),
            First(turns.Where(turn => turn.Light == Light.Red)),
            project.Since is { } since ? Limits(project.Stage, lights)?.Removal?.After(since) : null
        );
    }

    /// <summary>Why the light is what it is on a day: of each rule the worst turn that was reached (R93).</summary>
    public static IReadOnlyList<LightTurn> Reasons(IEnumerable<LightTurn> turns, DateOnly day) =>
        [
            .. turns
                .Where(turn => turn.On <= day)
                .GroupBy(turn => turn.Rule)
                .Select(rule => rule.MaxBy(turn => turn.Light)!)
                .OrderByDescending(turn => turn.Light)
                .ThenBy(turn => turn.Rule),
        ];

    /// <summary>The idle limits of a stage; null where nothing is idle (started and later).</summary>
    public static IdleLimits? Limits(Stage stage, IdleLights lights) =>
        stage switch
        {
            Stage.InTalks => lights.InTalks,
            Stage.Signed => lights.Signed,
            Stage.Registered => lights.Registered,
            _ => null,
        };

    /// <summary>The limit's own day counts (R90).</summary>
    private static IEnumerable<LightTurn> Idle(LitProject project, IdleLights lights) =>
        project.Since is { } since && Limits(project.Stage, lights) is { } limits
            ? Of(LightRule.Idle, since, limits.Yellow, limits.Red)
            : [];

    private static IEnumerable<LightTurn> Plan(LitProject project, PlanLimits limits) =>
        project is { PlannedStartOn: { } planned, Stage: Stage.InTalks or Stage.Signed or Stage.Registered }
            ? Of(LightRule.Plan, planned, limits.Yellow, limits.Red)
            : [];

    private static IEnumerable<LightTurn> Of(LightRule rule, DateOnly since, IsoDuration yellow, IsoDuration red) =>
        [
            new(rule, Light.Yellow, since, yellow.Text, yellow.After(since)),
            new(rule, Light.Red, since, red.Text, red.After(since)),
        ];

    /// <summary>Expected is the share of the days from start to planned production that have passed, at most all; the gap to the share paid in is yellow from its points on, red above its points (R92).</summary>
    private static IEnumerable<LightTurn> Schedule(LitProject project, ScheduleLimits limits)
    {
        if (
            project
            is not {
                Stage: Stage.Started,
                StartedOn: { } start,
                PlannedProductionOn: { } production,
                PaidIn: { } paid,
                Total: > 0 and { } total,
            }
        )
            yield break;
        var days = production.DayNumber - start.DayNumber;
        if (days <= 0)
            yield break;

        // Days passed ÷ days − paid ÷ total ≥ points ÷ 100, solved for the days passed in whole numbers.
        decimal Threshold(decimal points) => days * ((100m * paid) + (points * total));
        var yellow = Up(Threshold(limits.Yellow), 100m * total);
        var red = Down(Threshold(limits.Red), 100m * total) + 1;
        if (yellow <= days)
            yield return Behind(Light.Yellow, limits.Yellow, yellow);
        if (red <= days)
            yield return Behind(Light.Red, limits.Red, red);

        LightTurn Behind(Light light, decimal points, decimal passed) =>
            new(
                LightRule.Schedule,
                light,
                start,
                points.ToString(CultureInfo.InvariantCulture),
                start.AddDays((int)Math.Max(passed, 0))
            );
    }

    private static decimal Down(decimal number, decimal by) => (number - (number % by)) / by;

    private static decimal Up(decimal number, decimal by) => number % by == 0 ? number / by : Down(number, by) + 1;
}
