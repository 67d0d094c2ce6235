using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Tests.Rules;

public sealed class RuleSetTests
{
    [TestCase(1_000_000_000, "CNY", 2026, true)]
    [TestCase(999_999_999.99, "CNY", 2026, false)]
    [TestCase(100_000_000, "USD", 2026, true)]
    [TestCase(99_999_999.99, "USD", 2026, false)]
    [TestCase(87_500_000, "EUR", 2026, true)] // 8 / 7 dollars each
    [TestCase(87_499_999.99, "EUR", 2026, false)]
    [TestCase(87_500_000, "EUR", 2024, false)] // 7.7 / 7 in that year: 96.25 million dollars
    [TestCase(1, "XAF", 2026, true)] // no rate: nothing says that it is below
    public void A_project_must_be_reported_by_its_own_currency(decimal amount, string currency, int year, bool must) =>
        Given.Rules().MustBeReported(new Money(amount, currency), year).ShouldBe(must);

    [TestCase(2023, 7.7)] // before the first year: the first
    [TestCase(2025, 7.7)] // a year without one: the nearest earlier
    [TestCase(2027, 8.0)]
    public void A_year_without_a_rate_takes_the_nearest_earlier(int year, decimal rate) =>
        Given.Rules().RateToCny("EUR", year).ShouldBe(rate);

    [Test]
    public void The_rule_set_of_an_instant_is_the_last_that_began()
    {
        var book = new RuleBook([
            Given.Rules("new", from: "2025-12-31T16:00:00Z"),
            Given.Rules("old", until: "2025-12-31T16:00:00Z"),
        ]);
        book.At(DateTimeOffset.Parse("2025-12-31T15:59:59.999Z")).Id.ShouldBe("old");
        book.At(DateTimeOffset.Parse("2025-12-31T16:00:00Z")).Id.ShouldBe("new");
        book.At(DateTimeOffset.Parse("2020-01-01T00:00:00Z")).Id.ShouldBe("old");
    }

    [TestCase(Stage.InTalks, "2026-05-04", "2026-07-03", Light.Green)]
    [TestCase(Stage.InTalks, "2026-05-04", "2026-07-04", Light.Yellow)]
    [TestCase(Stage.InTalks, "2026-05-04", "2026-08-04", Light.Red)]
    [TestCase(Stage.InTalks, "2026-12-31", "2027-02-28", Light.Yellow)] // clamped
    [TestCase(Stage.Signed, "2026-05-04", "2026-08-03", Light.Green)]
    [TestCase(Stage.Signed, "2026-05-04", "2026-08-04", Light.Yellow)]
    [TestCase(Stage.Signed, "2026-05-04", "2026-11-04", Light.Red)]
    [TestCase(Stage.Registered, "2026-05-04", "2026-11-04", Light.Yellow)]
    [TestCase(Stage.Registered, "2026-05-04", "2027-05-04", Light.Red)]
    [TestCase(Stage.Started, "2020-05-04", "2026-05-04", Light.Green)]
    public void Idle_lights(Stage stage, string since, string today, Light light) =>
        Lights
            .Days(new LitProject(stage, DateOnly.Parse(since), null, null, null, null, null), Given.Rules().Lights)
            .On(DateOnly.Parse(today))
            .ShouldBe(light);
}
