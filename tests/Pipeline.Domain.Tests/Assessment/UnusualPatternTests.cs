using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>What an auditor looks at first (regime §15.11).</summary>
public sealed class UnusualPatternTests
{
    private static long seq;

    private static LedgerRow Row(
        string on,
        decimal amount = 0,
        string currency = "CNY",
        string landing = "nanhu",
        FactKind kind = FactKind.Signed,
        string? recorded = null
    ) =>
        new(
            ++seq,
            $"p{seq}",
            new CountedFact
            {
                Kind = kind,
                Subject = "",
                OccurredOn = DateOnly.Parse(on),
                Counted = 1,
                Amount = amount == 0 ? null : new Money(amount, currency),
                LandingId = landing,
            },
            DateTimeOffset.Parse(recorded ?? $"{on}T04:00:00Z"),
            on[..7],
            null,
            1,
            false,
            null,
            "rules",
            "move",
            $"m{seq}",
            null
        );

    private static IEnumerable<LedgerRow> Several(int count, Func<LedgerRow> row) =>
        Enumerable.Range(0, count).Select(_ => row());

    [Test]
    public void Facts_bunch_where_december_has_five_and_three_times_the_mean_of_the_months_before()
    {
        // 22 in eleven months are 2 a month: 6 in December are 3 times that, 5 are not.
        List<LedgerRow> before = [.. Several(11, () => Row("2026-03-10")), .. Several(11, () => Row("2026-08-10"))];
        List<LedgerRow> six = [.. before, .. Several(6, () => Row("2026-12-20"))];
        var found = UnusualPatterns.BunchedAtYearsEnd(six, 2026).ShouldHaveSingleItem();
        (found.UnitId, found.FactKind, found.Rows.Count, found.ComparedWith).ShouldBe(
            ("nanhu", FactKind.Signed, 6, 2m)
        );
        UnusualPatterns.BunchedAtYearsEnd([.. before, .. Several(5, () => Row("2026-12-20"))], 2026).ShouldBeEmpty();

        // Five of a year that has no others bunch, four are too few; other units and kinds are told apart.
        UnusualPatterns.BunchedAtYearsEnd(Several(5, () => Row("2026-12-01")), 2026).Count().ShouldBe(1);
        UnusualPatterns.BunchedAtYearsEnd(Several(4, () => Row("2026-12-01")), 2026).ShouldBeEmpty();
        UnusualPatterns
            .BunchedAtYearsEnd(
                [
                    .. Several(4, () => Row("2026-12-01")),
                    Row("2026-12-01", landing: "pinghu"),
                    Row("2026-12-01", kind: FactKind.Started),
                    Row("2025-12-01"),
                ],
                2026
            )
            .ShouldBeEmpty();
    }

    [Test]
    public void Amounts_crowd_where_five_are_just_over_a_threshold_and_three_times_those_just_below()
    {
        var threshold = new Threshold(500_000_000m, "CNY");

        // Within 5 %: from 475 to 525 million. 6 over, 2 below: 3 times. The threshold itself is reached.
        List<LedgerRow> rows =
        [
            .. Several(5, () => Row("2026-05-10", 500_000_000m)),
            Row("2026-05-10", 525_000_000m),
            Row("2026-05-10", 475_000_000m),
            Row("2026-05-10", 499_999_999m),
            // Too far off, of another currency, of another kind, or not known.
            Row("2026-05-10", 525_000_001m),
            Row("2026-05-10", 474_999_999m),
            Row("2026-05-10", 510_000_000m, "USD"),
            Row("2026-05-10", 510_000_000m, kind: FactKind.Started),
            Row("2026-05-10"),
        ];
        var found = UnusualPatterns.JustOver(rows, [threshold]).ToList();
        found.Select(one => one.UnitId).ShouldBe(["nanhu", null]);
        found.ShouldAllBe(one => one.Rows.Count == 6 && one.ComparedWith == 2 && one.Threshold == threshold);

        // A third below, and it is no longer 3 times.
        UnusualPatterns.JustOver([.. rows, Row("2026-05-10", 480_000_000m)], [threshold]).ShouldBeEmpty();

        // Where only more than the threshold counts, the threshold itself is below: 1 over, 7 below.
        UnusualPatterns.JustOver(rows, [threshold with { Comparator = Comparator.Gt }]).ShouldBeEmpty();
    }

    [Test]
    public void A_crowd_that_no_unit_has_alone_is_the_citys()
    {
        List<LedgerRow> rows =
        [
            .. Several(3, () => Row("2026-05-10", 1_000_000_000m)),
            .. Several(3, () => Row("2026-05-10", 1_010_000_000m, landing: "pinghu")),
        ];
        UnusualPatterns
            .JustOver(rows, [new Threshold(1_000_000_000m, "CNY")])
            .ShouldHaveSingleItem()
            .UnitId.ShouldBeNull();
    }

    [Test]
    public void What_was_recorded_more_than_90_days_after_it_occurred_is_late_the_latest_first()
    {
        // 1 March + 90 days = 30 May; at 16:00Z of the 30th it is the 31st in the city.
        var intime = Row("2026-03-01", recorded: "2026-05-30T15:59:59Z");
        var late = Row("2026-03-01", recorded: "2026-05-30T16:00:00Z");
        var later = Row("2026-03-01", recorded: "2026-07-01T04:00:00Z");
        var found = UnusualPatterns.RecordedLate([intime, late, later]).ShouldHaveSingleItem();
        found.UnitId.ShouldBe("nanhu");
        found.Rows.ShouldBe([later, late]);
    }

    [Test]
    public void The_thresholds_of_a_filter_are_the_amounts_from_which_it_holds() =>
        FactFilter
            .Known("kind = signed and (amount >= 10亿 or not amount > 100000000 USD) and amount < 50亿")
            .Thresholds.ShouldBe([
                new Threshold(1_000_000_000m, "CNY"),
                new Threshold(100_000_000m, "USD", Comparator.Gt),
            ]);
}
