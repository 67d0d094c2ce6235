using Pipeline.Domain;

namespace Pipeline.Domain.Tests;

/// <summary>Windows of the city's calendar (R15). The expected ends are written by hand from the rule.</summary>
public sealed class CalendarWindowTests
{
    [TestCase("2026-05-04T01:00:00.000Z", "P1M", "2026-06-04T15:59:59.999Z")] // 4 May 09:00 → 4 June ends
    [TestCase("2026-01-31T04:00:00.000Z", "P1M", "2026-02-28T15:59:59.999Z")] // clamped
    [TestCase("2028-01-31T04:00:00.000Z", "P1M", "2028-02-29T15:59:59.999Z")] // leap year
    [TestCase("2026-02-28T04:00:00.000Z", "P1M", "2026-03-28T15:59:59.999Z")] // not the month's end
    [TestCase("2026-12-15T04:00:00.000Z", "P1M", "2027-01-15T15:59:59.999Z")] // over the year's end
    [TestCase("2026-05-03T16:00:00.000Z", "P1M", "2026-06-04T15:59:59.999Z")] // 4 May 00:00 in the city
    [TestCase("2026-05-03T15:59:59.999Z", "P1M", "2026-06-03T15:59:59.999Z")] // 3 May 23:59:59.999
    [TestCase("2026-03-31T04:00:00.000Z", "P1M", "2026-04-30T15:59:59.999Z")]
    [TestCase("2026-05-04T01:00:00.000Z", "P30D", "2026-06-03T15:59:59.999Z")]
    [TestCase("2026-05-04T01:00:00.000Z", "P2W", "2026-05-18T15:59:59.999Z")]
    [TestCase("2024-02-29T01:00:00.000Z", "P1Y", "2025-02-28T15:59:59.999Z")]
    [TestCase("2026-05-04T01:00:00.000Z", "PT2S", "2026-05-04T01:00:02.000Z")] // a time part ends exactly
    [TestCase("2026-05-04T01:00:00.000Z", "P1DT12H", "2026-05-05T13:00:00.000Z")]
    [TestCase("2026-05-04T01:00:00.000Z", "PT0.5S", "2026-05-04T01:00:00.500Z")]
    public void A_window_ends(string from, string length, string end) =>
        CalendarWindow.End(DateTimeOffset.Parse(from), IsoDuration.Parse(length)).ShouldBe(DateTimeOffset.Parse(end));

    [Test]
    public void The_next_window_begins_at_the_citys_midnight() =>
        CalendarWindow
            .Next(DateTimeOffset.Parse("2026-06-04T15:59:59.999Z"))
            .ShouldBe(new DateTimeOffset(2026, 6, 5, 0, 0, 0, TimeSpan.FromHours(8)));

    [TestCase("")]
    [TestCase("P")]
    [TestCase("PT")]
    [TestCase("P1")]
    [TestCase("1M")]
    [TestCase("P-1M")]
    [TestCase("P1MT")]
    [TestCase("p1m")]
    [TestCase("P1D2M")]
    [TestCase("P9999Y")]
    [TestCase("P1M\n")]
    [TestCase("Ｐ１Ｍ")]
    public void What_is_no_duration_is_refused(string text) => IsoDuration.TryParse(text, out _).ShouldBeFalse();

    [TestCase("2026-05-31", "P1M", "2026-04-30")]
    [TestCase("2026-05-04", "P90D", "2026-02-03")]
    public void A_length_back_is_clamped_too(string date, string length, string before) =>
        IsoDuration.Parse(length).Before(DateOnly.Parse(date)).ShouldBe(DateOnly.Parse(before));
}
