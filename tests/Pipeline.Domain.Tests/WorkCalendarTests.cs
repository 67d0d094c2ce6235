namespace Pipeline.Domain.Tests;

/// <summary>Working days by the State Council's arrangement for 2026: Spring Festival 15–23 February with 14 and 28 February worked; 1–3 January off with 4 January worked.</summary>
public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = new(
        [.. Days("2026-01-01", 3), .. Days("2026-02-15", 9), .. Days("2026-10-01", 7)],
        [D("2026-01-04"), D("2026-02-14"), D("2026-02-28"), D("2026-09-20"), D("2026-10-10")]
    );

    [TestCase("2026-02-13", true, Description = "a Friday")]
    [TestCase("2026-02-14", true, Description = "a Saturday that makes up")]
    [TestCase("2026-02-15", false)]
    [TestCase("2026-02-23", false, Description = "a Monday off")]
    [TestCase("2026-02-24", true)]
    [TestCase("2026-02-28", true, Description = "a Saturday that makes up")]
    [TestCase("2026-03-01", false, Description = "a Sunday")]
    public void A_day_is_worked_or_not(string date, bool worked) => Calendar.IsWorkday(D(date)).ShouldBe(worked);

    // Counted by hand on the wall calendar.
    [TestCase("2026-03-02T01:00:00Z", 5, "2026-03-09", Description = "Monday: 3, 4, 5, 6, 9 March")]
    [TestCase(
        "2026-02-12T01:00:00Z",
        3,
        "2026-02-24",
        Description = "13, 14 (made up), then after the festival 24 February"
    )]
    [TestCase("2026-02-12T16:00:00Z", 3, "2026-02-25", Description = "already the 13th in the city: 14, 24, 25")]
    [TestCase("2026-09-30T15:59:59.999Z", 5, "2026-10-13", Description = "8, 9, 10 (made up), 12, 13 October")]
    [TestCase("2025-12-31T04:00:00Z", 1, "2026-01-04", Description = "over the year's end to a Sunday that is worked")]
    [TestCase("2026-03-07T04:00:00Z", 1, "2026-03-09", Description = "from a Saturday to Monday")]
    public void A_deadline_is_the_end_of_the_last_working_day_in_the_city(string from, int days, string last) =>
        Calendar
            .Deadline(DateTimeOffset.Parse(from), days)
            .ShouldBe(DateTimeOffset.Parse($"{last}T23:59:59.999+08:00"));

    [Test]
    public void Without_data_a_week_has_five_working_days() =>
        WorkCalendar
            .WeeksOnly.Deadline(DateTimeOffset.Parse("2031-01-03T02:00:00Z"), 5)
            .ShouldBe(DateTimeOffset.Parse("2031-01-10T23:59:59.999+08:00"));

    private static DateOnly D(string date) => DateOnly.Parse(date);

    private static IEnumerable<DateOnly> Days(string from, int count) =>
        Enumerable.Range(0, count).Select(D(from).AddDays);

    [TestCase("2026-12-30", 1, false)] // 31 December
    [TestCase("2026-12-30", 2, true)] // 1 January of a year that is not known
    [TestCase("2027-01-04", 1, true)]
    [TestCase("2025-12-31", 1, true)]
    public void A_deadline_that_runs_through_an_unknown_year_is_provisional(string from, int days, bool provisional)
    {
        var calendar = new WorkCalendar([], [], [2026]);
        var start = Shanghai.StartOf(DateOnly.Parse(from));
        calendar.IsProvisional(start, calendar.Deadline(start, days)).ShouldBe(provisional);
    }
}
