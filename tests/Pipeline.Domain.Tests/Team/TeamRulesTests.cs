using Pipeline.Domain.Team;

namespace Pipeline.Domain.Tests.Team;

/// <summary>The team of a project (R83a): named people with role and from–to, until the project becomes another unit's.</summary>
public sealed class TeamRulesTests
{
    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.Parse(day);

    // Both days are on the team.
    [TestCase("2024-05-01", "2024-05-31", "2024-04-30", false)]
    [TestCase("2024-05-01", "2024-05-31", "2024-05-01", true)]
    [TestCase("2024-05-01", "2024-05-31", "2024-05-31", true)]
    [TestCase("2024-05-01", "2024-05-31", "2024-06-01", false)]
    [TestCase("2024-05-01", null, "2034-06-01", true)]
    public void R83a_somebody_is_on_the_team_from_a_day_to_a_day(string from, string? to, string day, bool on) =>
        TeamRules.IsOn(Day(from)!.Value, Day(to), Day(day)!.Value).ShouldBe(on);

    [TestCase("2024-05-01", "2024-05-31", "2024-06-01", null, false)]
    [TestCase("2024-05-01", "2024-05-31", "2024-05-31", null, true)]
    [TestCase("2024-06-01", null, "2024-05-01", "2024-05-31", false)]
    [TestCase("2024-05-01", null, "2024-01-01", null, true)]
    public void R83a_two_memberships_are_one_where_they_share_a_day(
        string from,
        string? to,
        string otherFrom,
        string? otherTo,
        bool overlap
    ) => TeamRules.Overlap(Day(from)!.Value, Day(to), Day(otherFrom)!.Value, Day(otherTo)).ShouldBe(overlap);

    // The day of the transfer is the last one; who had left before keeps the day.
    [TestCase(null, "2024-05-10", "2024-05-10")]
    [TestCase("2024-12-31", "2024-05-10", "2024-05-10")]
    [TestCase("2024-05-10", "2024-05-10", "2024-05-10")]
    [TestCase("2024-05-09", "2024-05-10", null)]
    public void R83a_it_ends_with_the_transfer(string? to, string day, string? last) =>
        TeamRules.LastDayAt(Day(to), Day(day)!.Value).ShouldBe(Day(last));

    [Property]
    public void R83a_nobody_of_the_former_unit_is_on_the_team_behind_the_day_of_the_transfer(
        int from,
        int? length,
        int transfer,
        int later
    )
    {
        var start = new DateOnly(2024, 1, 1).AddDays(Math.Abs(from % 1000));
        DateOnly? to = length is { } days ? start.AddDays(Math.Abs(days % 1000)) : null;
        var day = start.AddDays(Math.Abs(transfer % 1000));
        var last = TeamRules.LastDayAt(to, day) ?? to;
        TeamRules.IsOn(start, last, day.AddDays(1 + Math.Abs(later % 1000))).ShouldBeFalse();
    }
}
