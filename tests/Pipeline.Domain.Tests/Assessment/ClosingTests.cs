using FsCheck.NUnit;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>Closing periods (R105–R110).</summary>
public sealed class ClosingTests
{
    private static readonly RuleBook Book = new([Given.Rules()]);
    private static readonly string[] Units = ["nanhu", "pinghu"];

    private static DateOnly Day(string text) => DateOnly.Parse(text);

    [Test]
    public void R105_periods_are_closed_in_their_order_when_they_are_over()
    {
        var none = ClosedMonths.None;
        none.MayClose("2024-05", Day("2024-06-01")).ShouldBeNull();
        none.MayClose("2024-05", Day("2024-05-31"))!.Slug.ShouldBe("period-not-over");
        none.MayClose("2023-13", Day("2024-05-31"))!.Slug.ShouldBe("period-order");

        // With May the months of the year before it are closed; of the year before the books know nothing.
        var may = ClosedMonths.Of("2024-05", "2024-05");
        (may.Includes("2024-01"), may.Includes("2024-05"), may.Includes("2024-06")).ShouldBe((true, true, false));
        may.Includes("2023-12").ShouldBeFalse();
        may.MayClose("2024-05", Day("2024-07-01"))!.Slug.ShouldBe("period-closed");
        may.MayClose("2024-07", Day("2024-08-01"))!.Slug.ShouldBe("period-order");
        may.MayClose("2024-06", Day("2024-07-01")).ShouldBeNull();
    }

    [Test]
    public void R106_after_December_comes_the_13th_period()
    {
        ClosedMonths.Of("2024-05", "2024-12").Next.ShouldBe("2024-13");
        ClosedMonths.Of("2024-05", "2024-13").Next.ShouldBe("2025-01");

        // It is closed after December, without waiting for the end of January.
        ClosedMonths.Of("2024-05", "2024-12").MayClose("2024-13", Day("2025-01-10")).ShouldBeNull();
        ClosedMonths.Of("2024-05", "2024-12").MayClose("2025-01", Day("2025-02-01"))!.Slug.ShouldBe("period-order");
    }

    [TestCase(
        "2025-01-10",
        "2024-13",
        TestName = "R106_until_31_January_late_facts_of_a_year_are_booked_in_its_13th_period"
    )]
    [TestCase("2025-01-31", "2024-13", TestName = "R106_31_January_itself_is_in_time")]
    [TestCase("2025-02-01", "2025-02", TestName = "R106_from_February_on_they_are_adjusting_in_the_open_month")]
    public void R106(string recorded, string period)
    {
        var closed = ClosedMonths.Of("2024-01", "2024-12");
        Periods.Of(Day("2024-11-20"), Day(recorded), closed.Includes).ShouldBe(new Booking(period, "2024-11"));

        // Once the 13th period is closed too, January takes them.
        Periods
            .Of(Day("2024-11-20"), Day("2025-01-10"), ClosedMonths.Of("2024-01", "2024-13").Includes)
            .ShouldBe(new Booking("2025-01", "2024-11"));

        // Where December is still open its own facts are no late ones.
        Periods
            .Of(Day("2024-12-20"), Day("2025-01-03"), ClosedMonths.Of("2024-01", "2024-11").Includes)
            .ShouldBe(new Booking("2024-12", null));
    }

    [Test]
    public void R61_capital_that_is_late_for_its_year_is_booked_in_the_13th_period()
    {
        var closed = ClosedMonths.Of("2024-01", "2024-12");
        Periods
            .OfCapital(Day("2024-12-28"), Day("2025-01-04"), Day("2025-01-10"), 5, closed.Includes)
            .ShouldBe(new Booking("2024-13", "2024-12"));

        // A city that closes nothing has none.
        Periods
            .OfCapital(Day("2024-12-20"), Day("2025-01-08"), Day("2025-01-10"), 5, _ => false)
            .ShouldBe(new Booking("2025-01", "2024-12"));
    }

    [Test]
    public void R109_only_the_last_closed_period_is_opened_again()
    {
        var closed = ClosedMonths.Of("2024-05", "2024-07");
        closed.MayReopen("2024-07").ShouldBeNull();
        closed.MayReopen("2024-06")!.Slug.ShouldBe("period-order");
        ClosedMonths.None.MayReopen("2024-06")!.Slug.ShouldBe("period-order");
    }

    [Test]
    public void R106_the_13th_period_counts_for_the_year_and_for_no_month_or_quarter()
    {
        LedgerRow[] rows =
        [
            Row(1, "A", "2024-12-10", new Booking("2024-12", null)),
            Row(2, "B", "2024-11-20", new Booking("2024-13", "2024-11")),
        ];
        decimal? Value(string period) => Table(rows, period).City.Value;
        (Value("2024-12"), Value("2024-Q4"), Value("2024-13"), Value("2024")).ShouldBe((1m, 1m, 1m, 2m));

        // In its own period it is adjusting; within the year it is not.
        (Table(rows, "2024-13").City.Adjusting, Table(rows, "2024").City.Adjusting).ShouldBe((1m, 0m));
        Table(rows, "2024-13").City.Cumulative.ShouldBe(2);
        FigurePeriod.Over("2024-13").MonthsOver.ShouldBe(12);
        FigurePeriod.Over("2024-13").AsOf.ShouldBe(Day("2024-12-31"));
    }

    [Test]
    public void R110_what_is_verified_after_the_closing_is_adjusting_in_the_open_month()
    {
        // Signed 05-20, verified 06-12, May closed 06-05.
        var closed = ClosedMonths.Of("2024-05", "2024-05");
        var booking = Periods.Of(Day("2024-05-20"), Day("2024-06-12"), closed.Includes);
        booking.ShouldBe(new Booking("2024-06", "2024-05"));
        var row = Row(1, "A", "2024-05-20", booking);

        // May's snapshot 0; June: 0 own and 1 adjusting; the half-year 1.
        Table([], "2024-05").City.Value.ShouldBe(0);
        var june = Table([row], "2024-06").City;
        (june.Value - june.Adjusting, june.Adjusting, june.Cumulative).ShouldBe((0m, 1m, 1m));
        Table([row], "2024-Q2").City.Value.ShouldBe(1);
        Table([row], "2024-Q2").City.Adjusting.ShouldBe(0m, "within the quarter it belongs where it is");
    }

    /// <summary>A random history of facts, changes and closings: what was closed never moves, and months and adjustments make up the year.</summary>
    [Property]
    public void R107_snapshots_and_adjustments_come_to_what_a_recount_says(int seed)
    {
        var random = new Random(seed);
        List<LedgerRow> rows = [];
        var (first, last) = ((string?)null, (string?)null);
        var closedOn = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        var snapshots = new Dictionary<string, (decimal? Value, decimal? Adjusting)>(StringComparer.Ordinal);
        var known = new List<(string Project, DateOnly On, DateOnly Recorded)>();
        var reversed = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        for (var today = Day("2024-01-10"); today < Day("2025-03-20"); today = today.AddDays(random.Next(1, 12)))
        {
            var closed = ClosedMonths.Of(first, last);
            switch (random.Next(5))
            {
                case 0 or 1:
                    // A fact of up to four months ago is recorded.
                    var on = today.AddDays(-random.Next(0, 120));
                    if (on.Year < 2024)
                        break;
                    known.Add(($"P{rows.Count}", on, today));
                    rows.Add(
                        Row(
                            rows.Count + 1,
                            $"P{rows.Count}",
                            $"{on:yyyy-MM-dd}",
                            Periods.Of(on, today, closed.Includes)
                        )
                    );
                    break;
                case 2:
                    // One that stands is taken back.
                    var standing = known.Where(fact => !reversed.ContainsKey(fact.Project)).ToList();
                    if (standing.Count == 0)
                        break;
                    var fact = standing[random.Next(standing.Count)];
                    var row = rows.Single(one => one.ProjectId == fact.Project);
                    var change = Periods.OfChange(row.BelongsTo ?? row.Period, today);
                    reversed[fact.Project] = today;
                    rows.Add(
                        row with
                        {
                            Seq = rows.Count + 1,
                            Period = change.Period,
                            BelongsTo = change.BelongsTo,
                            Sign = -1,
                            Reverses = row.Seq,
                        }
                    );
                    break;
                default:
                    var next = closed.Next ?? "2024-01";
                    if (closed.MayClose(next, today) is not null)
                        break;
                    (first, last) = (first ?? next, next);
                    closedOn[next] = today;
                    snapshots[next] = Told(rows, next);
                    break;
            }
        }

        // What was closed reads the same after all that came later.
        foreach (var (period, told) in snapshots)
            Told(rows, period).ShouldBe(told, period);

        // No fact is counted twice or lost: the periods of both years come to the facts that stand.
        decimal? Of(string year) => Table(rows, year, "2025-12-31").City.Value;
        (Of("2024") + Of("2025")).ShouldBe(known.Count - reversed.Count);

        // Its own are what occurred in it and was known when it was closed, less what was taken back within it.
        foreach (var (period, told) in snapshots.Where(one => !Periods.IsThirteenth(one.Key)))
        {
            var own = known.Where(fact => Periods.MonthOf(fact.On) == period).ToList();
            var expected =
                own.Count(fact => fact.Recorded < closedOn[period])
                - own.Count(fact => reversed.TryGetValue(fact.Project, out var on) && Periods.MonthOf(on) == period);
            (told.Value - told.Adjusting).ShouldBe(expected, period);
        }
    }

    private static (decimal? Value, decimal? Adjusting) Told(IReadOnlyCollection<LedgerRow> rows, string period)
    {
        var cell = Table(rows, period).City;
        return (cell.Value, cell.Adjusting);
    }

    private static FigureTable Table(IReadOnlyCollection<LedgerRow> rows, string period, string? asOf = null) =>
        FigureTable.FromLedger(
            IndicatorDefinition.BuiltIn.Single(one => one.Id == "projects-signed").Compile(),
            asOf is null ? FigurePeriod.Over(period) : new FigurePeriod(period, Day(asOf), ByOccurrence: false),
            new LedgerCount([.. rows], Book, new Dictionary<string, AgreedShares>()),
            Units,
            []
        );

    private static LedgerRow Row(long seq, string project, string on, Booking booking) =>
        new(
            seq,
            project,
            new CountedFact
            {
                Kind = FactKind.Signed,
                Subject = "",
                OccurredOn = Day(on),
                Counted = 1,
                Amount = new Money(1_000_000_000m, "CNY"),
                LandingId = "nanhu",
            },
            DateTimeOffset.Parse($"{on}T02:00:00Z"),
            booking.Period,
            booking.BelongsTo,
            1,
            false,
            null,
            "r1",
            "move",
            "m",
            null
        );
}
