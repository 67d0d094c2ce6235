using Pipeline.Domain.Claims;

namespace Pipeline.Domain.Tests.Claims;

/// <summary>Reminders 7, 3 and 1 days before a window ends (R17).</summary>
public sealed class ReminderTests
{
    [TestCase("2026-05-27T23:59:59.999", null)]
    [TestCase("2026-05-28T00:00", 7)]
    [TestCase("2026-05-31T23:59:59.999", 7)]
    [TestCase("2026-06-01T00:00", 3)]
    [TestCase("2026-06-03T00:00", 1)]
    [TestCase("2026-06-04T23:59:59.999", 1)]
    [TestCase("2026-06-05T00:00", null)]
    public void The_nearest_that_is_due_is_given_until_the_window_ends(string now, int? days) =>
        Reminder.Due(City("2026-05-04T09:00"), City("2026-06-04T23:59:59.999"), City(now)).ShouldBe(days);

    [TestCase("2026-05-28T00:00", null)] // due at activation: that is no reminder
    [TestCase("2026-05-27T23:59", 7)]
    [TestCase("2026-06-01T12:00", null)]
    public void A_reminder_has_to_fit_into_the_window(string activated, int? days) =>
        Reminder
            .Due(
                City(activated),
                City("2026-06-04T23:59:59.999"),
                City("2026-06-01T00:00").AddDays(activated.StartsWith("2026-06", StringComparison.Ordinal) ? 1 : -1)
            )
            .ShouldBe(days);

    private static DateTimeOffset City(string text) =>
        new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), Shanghai.Offset);
}
