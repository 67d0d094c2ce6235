namespace Pipeline.Domain.Assessment;

/// <summary>Whether more is better.</summary>
public enum Direction
{
    Up,
    Down,
}

/// <summary>How an actual value stands to its target and to the year before (R103). Ratios are exact; whoever shows them rounds. What cannot be told is null, never 0.</summary>
public static class Achievement
{
    /// <summary>Completion: actual ÷ target, for what should be little target ÷ actual; null without a target, for a target of 0, and where it would be divided by 0.</summary>
    public static decimal? Completion(decimal? actual, decimal? target, Direction direction = Direction.Up) =>
        actual is not { } value || target is not { } aim || aim == 0 ? null
        : direction == Direction.Up ? value / aim
        : value == 0 ? null
        : aim / value;

    /// <summary>How far completion is ahead of the calendar: c − months ÷ 12.</summary>
    /// <param name="months">How many months of the year are over, 1 to 12.</param>
    public static decimal? Pace(decimal? completion, int months) => completion - (months / 12m);

    /// <summary>Growth on the same time of the year before; null where that was 0 or is not known.</summary>
    public static decimal? YearOnYear(decimal? current, decimal? previous) =>
        previous is null or 0 ? null : (current - previous) / previous;

    /// <summary>A part of a whole; null of nothing.</summary>
    public static decimal? Share(decimal? part, decimal? whole) => whole is null or 0 ? null : part / whole;

    /// <summary>How much is in both of two overlapping parts ("其中") of which nothing is outside; null where they do not make up the whole (R101).</summary>
    public static decimal? InBoth(decimal whole, decimal first, decimal second) =>
        first + second >= whole && first <= whole && second <= whole ? first + second - whole : null;
}

/// <summary>A project's way from signing to landing, for landing rates.</summary>
public readonly record struct Landing(DateOnly SignedOn, DateOnly? LandedOn);

/// <summary>Landing rates (落地率) in two views that are never mixed (R104).</summary>
public static class LandingRates
{
    /// <summary>Of those signed in a year, the share landed by a day; null where none was signed.</summary>
    public static decimal? OfCohort(IReadOnlyCollection<Landing> projects, int year, DateOnly by)
    {
        var signed = projects.Where(project => project.SignedOn.Year == year).ToList();
        return Achievement.Share(signed.Count(project => project.LandedOn <= by), signed.Count);
    }

    /// <summary>Those landed in a year, whenever they were signed, by those signed in it; null where none was.</summary>
    public static decimal? OfPeriod(IReadOnlyCollection<Landing> projects, int year) =>
        Achievement.Share(
            projects.Count(project => project.LandedOn?.Year == year),
            projects.Count(project => project.SignedOn.Year == year)
        );
}

/// <summary>Places within a group (R116).</summary>
public static class Ranking
{
    /// <summary>The place of each value, the best first: equal ones share it, and the next comes after all of them (1, 2, 2, 4). What has no value has no place.</summary>
    public static IReadOnlyList<int?> Of(IReadOnlyList<decimal?> values, Direction direction = Direction.Up) =>
        [
            .. values.Select(value =>
                value is null
                    ? (int?)null
                    : 1 + values.Count(other => direction == Direction.Up ? other > value : other < value)
            ),
        ];

    /// <summary>How many places it went up (positive) or down since the last closed month; null where it had none.</summary>
    public static int? Movement(int? before, int? now) => before - now;
}
