using Pipeline.Domain.Notices;

namespace Pipeline.Domain.Tests.Notices;

/// <summary>Digests and quiet hours go by the city's clock.</summary>
public sealed class MailHoursTests
{
    [TestCase("2026-05-04T07:59:59", 8, "2026-05-04T08:00")]
    [TestCase("2026-05-04T08:00:00", 8, "2026-05-05T08:00")]
    [TestCase("2026-05-04T23:30:00", 0, "2026-05-05T00:00")]
    [TestCase("2026-12-31T12:00:00", 8, "2027-01-01T08:00")]
    public void The_next_digest_is_after_the_notice(string notice, int hour, string digest) =>
        MailHours.NextDigest(City(notice), hour).ShouldBe(City(digest));

    [TestCase("2026-05-04T20:59", null)]
    [TestCase("2026-05-04T21:00", "2026-05-05T07:30")]
    [TestCase("2026-05-05T00:00", "2026-05-05T07:30")]
    [TestCase("2026-05-05T07:29", "2026-05-05T07:30")]
    [TestCase("2026-05-05T07:30", null)]
    public void Quiet_hours_go_over_midnight(string instant, string? until) =>
        MailHours
            .QuietUntil(City(instant), new TimeOnly(21, 0), new TimeOnly(7, 30))
            .ShouldBe(until is null ? null : City(until));

    [TestCase("2026-05-04T11:59", null)]
    [TestCase("2026-05-04T12:00", "2026-05-04T14:00")]
    [TestCase("2026-05-04T14:00", null)]
    public void Quiet_hours_within_a_day(string instant, string? until) =>
        MailHours
            .QuietUntil(City(instant), new TimeOnly(12, 0), new TimeOnly(14, 0))
            .ShouldBe(until is null ? null : City(until));

    private static DateTimeOffset City(string text) =>
        new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), Shanghai.Offset);
}
