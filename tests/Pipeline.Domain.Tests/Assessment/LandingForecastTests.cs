using Pipeline.Domain.Assessment;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>A forecast of landings from dwell times (regime §15.12), worked out by hand.</summary>
public sealed class LandingForecastTests
{
    /// <summary>The months from January 2024 on.</summary>
    private static string Month(int at) => $"{2024 + (at / 12)}-{(at % 12) + 1:00}";

    /// <summary>Each month 40 enter: of these 10 land in the month after, 10 end in the month after, and the 20 that are left land two months after.</summary>
    private static List<DwellCohort> Steady(int months)
    {
        var cohorts = new List<DwellCohort>();
        string? By(int at) => at < months ? Month(at) : null;
        for (var at = 0; at < months; at++)
        {
            cohorts.Add(new DwellCohort(Month(at), By(at + 1), null, 10));
            cohorts.Add(new DwellCohort(Month(at), null, By(at + 1), 10));
            cohorts.Add(new DwellCohort(Month(at), By(at + 2), null, 20));
        }

        return cohorts;
    }

    [Test]
    public void What_lands_like_clockwork_is_forecast_exactly_and_its_past_error_is_nothing()
    {
        // Chances: none in the month of entry; of those one month old 10/40 land and 10/40 end; of those two months old all land.
        // At the end of December 2025 are open: 40 that entered in December, 20 of November.
        var forecast = LandingForecast.Of(Steady(24), "2025-12", 3);
        forecast.Open.ShouldBe(60);

        // January: 40 · 1/4 + 20 = 30. February: of December's 40 · 1/2 · 1 = 20, and of January's 40 newcomers 10. March: newcomers alone, 20 + 10.
        forecast
            .Months!.Select(month => (month.Month, month.Expected, month.FromNewcomers))
            .ShouldBe([("2026-01", 30m, 0m), ("2026-02", 30m, 10m), ("2026-03", 30m, 30m)]);

        // January spreads by √(40 · 1/4 · 3/4) = 2.74: 30 ± 3.51. March, newcomers, by √30 = 5.48: 30 ± 7.02.
        (forecast.Months![0].Low, forecast.Months[0].High).ShouldBe((26, 34));
        (forecast.Months[2].Low, forecast.Months[2].High).ShouldBe((22, 38));

        forecast
            .Past.Select(past => (past.From, past.To, past.Expected, past.Landed))
            .ShouldBe([
                ("2025-10", "2025-12", 90m, 90L),
                ("2025-07", "2025-09", 90m, 90L),
                ("2025-04", "2025-06", 90m, 90L),
                ("2025-01", "2025-03", 90m, 90L),
            ]);
        forecast.Error.ShouldBe(0m);
    }

    [Test]
    public void What_came_otherwise_is_told_as_the_error_of_the_past()
    {
        // In the last quarter nothing landed any more: 90 forecast, 0 came; before it three times 90 of 90. Error 90 ÷ 270.
        var cohorts = Steady(24)
            .Select(cohort =>
                string.CompareOrdinal(cohort.Landed, "2025-10") >= 0 ? cohort with { Landed = null } : cohort
            )
            .ToList();
        var forecast = LandingForecast.Of(cohorts, "2025-12", 1);
        forecast.Past[0].ShouldBe(new PastForecast("2025-10", "2025-12", 90m, 0));
        forecast.Error.ShouldBe(90m / 270m);
    }

    [Test]
    public void What_occurred_after_the_last_month_changes_nothing()
    {
        var known = LandingForecast.Of(Steady(24), "2025-06", 3);
        var then = LandingForecast.Of(Steady(18), "2025-06", 3);
        known.Months.ShouldBe(then.Months);
        known.Open.ShouldBe(then.Open);
    }

    [Test]
    public void Fewer_than_ten_landings_say_nothing()
    {
        var nine = new DwellCohort("2025-01", "2025-03", null, 9);
        var open = new DwellCohort("2025-01", null, null, 50);
        LandingForecast.Of([nine, open], "2025-06", 3).Months.ShouldBeNull();
        LandingForecast.Of([nine, open], "2025-06", 3).Open.ShouldBe(50);
        LandingForecast.Of([nine with { Projects = 10 }, open], "2025-06", 3).Months.ShouldNotBeNull();

        var nothing = LandingForecast.Of([], "2025-06", 3);
        (nothing.Open, nothing.Months, nothing.Past.Count, nothing.Error).ShouldBe((0L, null, 0, (decimal?)null));
    }

    [Test]
    public void Ages_that_few_reached_are_told_together_and_stand_for_later_ones()
    {
        // 20 entered in January 2025: one lands each month from February to June 2025 (5 of 20+19+18+17+16 = 90 seen), 40 others landed at once long ago.
        // All ages from 1 on were reached by fewer than 30: one chance for all, 5/90. Age 0: 40 of 60.
        List<DwellCohort> cohorts =
        [
            new("2025-01", "2025-01", null, 40),
            .. Enumerable.Range(2, 5).Select(month => new DwellCohort("2025-01", $"2025-{month:00}", null, 1)),
            new("2025-01", null, null, 15),
        ];
        var july = LandingForecast.Of(cohorts, "2025-06", 1).Months!.ShouldHaveSingleItem();

        // 15 · 5/90 = 0.83; newcomers 60 ÷ 6 months = 10, of which 40/60 land at once: 6.67. Together 7.5.
        (july.Expected, july.FromNewcomers).ShouldBe((7.5m, 6.7m));
    }

    [Test]
    public void What_is_older_than_three_years_teaches_nothing_and_nonsense_is_left_out()
    {
        // Landings of 2020 are too old; a landing before its beginning is no life.
        List<DwellCohort> cohorts =
        [
            new("2020-01", "2020-02", null, 100),
            new("2025-05", "2025-01", null, 100),
            new("2025-05", null, null, 10),
        ];
        var forecast = LandingForecast.Of(cohorts, "2025-06", 3);
        forecast.Months.ShouldBeNull();
        forecast.Open.ShouldBe(10);
    }

    [Test]
    public void Of_a_library_in_its_first_month_all_ages_are_told_together()
    {
        // 10 of 12 landed in the month in which they came: of the two that are left 2 · 10/12, of 12 newcomers 10; in the next month 2 · 2/12 · 10/12, 12 · 2/12 · 10/12 and 10.
        var forecast = LandingForecast.Of(
            [new("2026-05", "2026-05", null, 10), new("2026-05", null, null, 2)],
            "2026-05",
            2
        );
        forecast
            .Months!.Select(month => (month.Expected, month.FromNewcomers))
            .ShouldBe([(11.7m, 10m), (11.9m, 11.7m)]);
        forecast.Error.ShouldBeNull();
    }
}
