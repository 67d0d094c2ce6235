using FsCheck.NUnit;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>Figures of units and city (R100–R103, R107, R110).</summary>
public sealed class FigureTests
{
    private const string Nanhu = "nanhu",
        Pinghu = "pinghu";
    private static readonly string[] Both = [Nanhu, Pinghu];
    private static readonly Dictionary<string, AgreedShares> NoAgreements = [];
    private static readonly RuleBook Book = new([Given.Rules()]);
    private static long seq;

    private static LedgerRow Row(
        string project,
        string on,
        decimal? yi = 12,
        string landing = Nanhu,
        string? first = null,
        FactKind kind = FactKind.Signed,
        string? period = null,
        string? belongsTo = null,
        string? recorded = null,
        bool manufacturing = false,
        long? reverses = null
    ) =>
        new(
            ++seq,
            project,
            new CountedFact
            {
                Kind = kind,
                Subject = "",
                OccurredOn = DateOnly.Parse(on),
                Counted = kind is FactKind.Capital or FactKind.FixedInvestment ? 0 : 1,
                Amount = yi is { } known ? new Money(known * 100_000_000m, "CNY") : null,
                Manufacturing = manufacturing,
                FirstTalkId = first,
                LandingId = landing,
            },
            DateTimeOffset.Parse(recorded ?? $"{on}T02:00:00Z"),
            period ?? on[..7],
            belongsTo,
            reverses is null ? 1 : -1,
            false,
            null,
            "r1",
            "move",
            "m",
            reverses
        );

    private static FigurePeriod Period(string text, string asOf, bool byOccurrence = false) =>
        new(text, DateOnly.Parse(asOf), byOccurrence);

    private static IndicatorDefinition BuiltIn(string id) => IndicatorDefinition.BuiltIn.Single(one => one.Id == id);

    private static FigureTable Table(
        string id,
        FigurePeriod period,
        IReadOnlyCollection<LedgerRow> rows,
        params Target[] targets
    ) => Table(BuiltIn(id), period, rows, targets);

    private static FigureTable Table(
        IndicatorDefinition definition,
        FigurePeriod period,
        IReadOnlyCollection<LedgerRow> rows,
        params Target[] targets
    ) =>
        FigureTable.FromLedger(
            definition.Compile(),
            period,
            new LedgerCount([.. rows], Book, NoAgreements),
            Both,
            targets
        );

    [Test]
    public void R47_the_units_exceed_the_city_by_what_is_counted_twice()
    {
        // R47's A, B and C: both in full, Nanhu 2, Pinghu 2, city 3, double 1.
        LedgerRow[] rows =
        [
            Row("A", "2024-05-10", 12),
            Row("B", "2024-05-11", 20, Pinghu, Nanhu),
            Row("C", "2024-05-12", 8, Pinghu),
        ];
        var table = Table("projects-signed", Period("2024", "2025-01-31"), rows);
        table.Units[Nanhu].Value.ShouldBe(2);
        table.Units[Pinghu].Value.ShouldBe(2);
        table.City.Value.ShouldBe(3);
        table.DoubleCounted.ShouldBe(1);

        // A and B are 10亿 or more at their registration, which none has reached.
        Table("projects-1b", Period("2024", "2025-01-31"), rows).City.Value.ShouldBe(0);
    }

    [Test]
    public void R103_completion_pace_and_growth()
    {
        // Four signings until October 2024 against a target of 5, two in the same time of 2023: 4/5 = 80.00 %, pace 80 − 83.33 = −3.33, growth 100 %.
        LedgerRow[] rows =
        [
            Row("P", "2023-02-01"),
            Row("Q", "2023-10-31"),
            Row("R", "2023-11-01"),
            Row("S", "2024-01-10"),
            Row("T", "2024-03-10"),
            Row("U", "2024-10-10"),
            Row("V", "2024-10-31"),
        ];
        var cell = Table(
            "projects-signed",
            Period("2024", "2024-10-31"),
            rows,
            new Target("projects-signed", Nanhu, 5, true, 1)
        ).Units[Nanhu];
        cell.Value.ShouldBe(4);
        cell.Completion.ShouldBe(0.8m);
        cell.Pace.ShouldBe(0.8m - (10 / 12m));
        cell.YearOnYear.ShouldBe(1m);

        // October alone: 2, of which the year to date is still held against the year's target; 2 against 1 in October 2023.
        var month = Table(
            "projects-signed",
            Period("2024-10", "2024-12-31"),
            rows,
            new Target("projects-signed", Nanhu, 5, true, 1)
        ).Units[Nanhu];
        (month.Value, month.Cumulative, month.Completion, month.YearOnYear).ShouldBe((2m, 4m, 0.8m, 1m));
    }

    [Test]
    public void R103_without_a_target_there_is_no_completion_and_no_rank()
    {
        var rows = new[] { Row("A", "2024-05-10"), Row("B", "2024-06-10", landing: Pinghu) };
        var table = Table(
            "projects-signed",
            Period("2024", "2024-12-31"),
            rows,
            new Target("projects-signed", Pinghu, 4, true, 1)
        );
        table.Units[Nanhu].Completion.ShouldBeNull();
        table.Units[Nanhu].Pace.ShouldBeNull();
        table.RanksOf(Both).ShouldBe(new Dictionary<string, int?> { [Nanhu] = null, [Pinghu] = 1 });
        table.Units[Nanhu].YearOnYear.ShouldBeNull("the year before was 0");
    }

    [Test]
    public void R116_ties_share_a_rank()
    {
        var rows = new[] { Row("A", "2024-05-10"), Row("B", "2024-06-10", landing: Pinghu) };
        var table = Table(
            "projects-signed",
            Period("2024", "2024-12-31"),
            rows,
            new Target("projects-signed", Nanhu, 2, true, 1),
            new Target("projects-signed", Pinghu, 2, true, 1)
        );
        table.RanksOf(Both).Values.ShouldBe([1, 1]);
    }

    [TestCase("2026", "2026-11-29", 10)]
    [TestCase("2026", "2026-11-30", 11)]
    [TestCase("2026", "2026-01-15", 0)]
    [TestCase("2026-Q2", "2026-11-29", 6)]
    [TestCase("2025", "2026-11-29", 12)]
    [TestCase("2027", "2026-11-29", 0)]
    public void R103_a_month_is_over_with_its_last_day(string period, string asOf, int months) =>
        Period(period, asOf).MonthsOver.ShouldBe(months);

    [Test]
    public void R103_a_year_that_runs_is_held_against_the_same_days_of_the_year_before()
    {
        // Until 29 November: 2025's signing of the 29th is in, that of the 30th is not.
        LedgerRow[] rows = [Row("A", "2025-11-29"), Row("B", "2025-11-30"), Row("C", "2026-03-01")];
        Table("projects-signed", Period("2026", "2026-11-29"), rows).City.Previous.ShouldBe(1);
        Table("projects-signed", Period("2026", "2026-12-31"), rows).City.Previous.ShouldBe(2);

        // The 29th of February has no day a year before: the 28th stands for it.
        LedgerRow[] leap = [Row("D", "2023-02-28"), Row("E", "2023-03-01"), Row("F", "2024-02-29")];
        Table("projects-signed", Period("2024", "2024-02-29"), leap).City.Previous.ShouldBe(1);
    }

    [Test]
    public void R110_two_clocks()
    {
        // Signed 05-20, verified 06-12, May closed 06-05: booked in June, belongs to May.
        LedgerRow[] rows =
        [
            Row("A", "2024-05-20", period: "2024-06", belongsTo: "2024-05", recorded: "2024-06-12T02:00:00Z"),
        ];
        decimal? Value(FigurePeriod period, string known) =>
            Table(
                "projects-signed",
                period,
                [.. rows.Where(row => row.RecordedAt <= DateTimeOffset.Parse(known))]
            ).City.Value;

        Value(Period("2024-05", "2024-05-31", byOccurrence: true), "2024-06-05T02:00:00Z").ShouldBe(0);
        Value(Period("2024-05", "2024-05-31", byOccurrence: true), "2024-06-30T02:00:00Z").ShouldBe(1);

        // By the books: May 0; June 0 of its own and 1 adjusting; the half-year, here the quarter, 1 that is none.
        Value(Period("2024-05", "2024-12-31"), "2024-12-31T02:00:00Z").ShouldBe(0);
        var june = Table("projects-signed", Period("2024-06", "2024-12-31"), rows).City;
        (june.Value, june.Adjusting).ShouldBe((1m, 1m));
        var quarter = Table("projects-signed", Period("2024-Q2", "2024-12-31"), rows).City;
        (quarter.Value, quarter.Adjusting).ShouldBe((1m, 0m));
    }

    /// <summary>What was true of a project from an instant on: signed on a day for a unit, or no longer signed at all.</summary>
    private sealed record Said(DateTimeOffset At, DateOnly SignedOn, string? Unit);

    [Property]
    public void R110_any_two_clocks_tell_what_a_recount_of_the_history_tells(int seed)
    {
        // Up to six projects, each said anew up to four times within 2024: signed, its day or unit corrected, taken back, signed again.
        var random = new Random(seed);
        var begin = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset Instant() => begin.AddMinutes(random.Next(0, 366 * 24 * 60));
        var histories = Enumerable
            .Range(0, random.Next(1, 7))
            .ToDictionary(
                number => $"P{number}",
                _ =>
                    Enumerable
                        .Range(0, random.Next(0, 5))
                        .Select(_ => Instant())
                        .Distinct()
                        .Order()
                        .Select(at => new Said(
                            at,
                            DateOnly.FromDateTime(at.UtcDateTime).AddDays(-random.Next(0, 40)),
                            random.Next(4) == 0 ? null : Both[random.Next(2)]
                        ))
                        .ToList()
            );

        // The ledger takes back what is no longer so, and adds what is.
        var rows = new List<LedgerRow>();
        foreach (var (project, history) in histories)
        {
            LedgerRow? standing = null;
            foreach (var said in history)
            {
                var recorded = said.At.ToString("O");
                if (standing is { Fact: var fact })
                    rows.Add(
                        Row(
                            project,
                            fact.OccurredOn.ToString("O"),
                            landing: fact.LandingId,
                            recorded: recorded,
                            reverses: standing.Seq
                        )
                    );
                standing = said.Unit is { } unit
                    ? Row(project, said.SignedOn.ToString("O"), landing: unit, recorded: recorded)
                    : null;
                if (standing is not null)
                    rows.Add(standing);
            }
        }

        var known = Instant();
        var asOf = DateOnly.FromDateTime(Instant().UtcDateTime);
        var table = Table(
            "projects-signed",
            new FigurePeriod("2024", asOf, ByOccurrence: true),
            [.. rows.Where(row => row.RecordedAt <= known)]
        );

        // The recount knows no ledger: what was said last by then, of the year, up to the day.
        var standingThen = histories
            .Values.Select(history => history.LastOrDefault(said => said.At <= known))
            .Where(said => said is { Unit: not null } && said.SignedOn.Year == 2024 && said.SignedOn <= asOf)
            .ToList();
        table.City.Value.ShouldBe(standingThen.Count);
        foreach (var unit in Both)
            table.Units[unit].Value.ShouldBe(standingThen.Count(said => said!.Unit == unit));
    }

    [Test]
    public void R45_a_reversal_takes_away_in_its_own_month()
    {
        // Test 4: registered in May, terminated in September: May +1, September −1, the year 0.
        var registered = Row("B", "2024-05-10", kind: FactKind.Registered);
        LedgerRow[] rows =
        [
            registered,
            Row(
                "B",
                "2024-05-10",
                kind: FactKind.Registered,
                period: "2024-09",
                belongsTo: "2024-05",
                recorded: "2024-09-10T02:00:00Z",
                reverses: registered.Seq
            ),
        ];
        Table("projects-registered", Period("2024-05", "2024-12-31"), rows).City.Value.ShouldBe(1);
        Table("projects-registered", Period("2024-09", "2024-12-31"), rows).City.Value.ShouldBe(-1);
        Table("projects-registered", Period("2024", "2024-12-31"), rows).City.Value.ShouldBe(0);
    }

    [Test]
    public void Unknown_is_said_to_be_unknown_and_never_0()
    {
        // Nobody has said how much: whether it is 10亿 is undecided, and what was paid in is not known.
        LedgerRow[] rows = [Row("A", "2024-05-10", null, kind: FactKind.Registered)];
        var undecided = Table("projects-1b", Period("2024", "2024-12-31"), rows);
        (undecided.City.Value, undecided.City.Undecided).ShouldBe((null, 1));
        (undecided.Units[Nanhu].Value, undecided.Units[Nanhu].Undecided).ShouldBe((null, 1));
        undecided.Units[Pinghu].Value.ShouldBe(0, "of Pinghu's it is known that there are none");

        var paid = Table(
            "capital-paid-in",
            Period("2024", "2024-12-31"),
            [Row("A", "2024-05-10", null, kind: FactKind.Capital)]
        );
        (paid.City.Value, paid.City.Unknown).ShouldBe((null, 1));
    }

    [Test]
    public void R63_the_manufacturing_share_is_a_part_of_capital_paid_in()
    {
        // 6.50 of 10.00亿 = 65 %.
        LedgerRow[] rows =
        [
            Row("A", "2024-05-10", 6.5m, kind: FactKind.Capital, manufacturing: true),
            Row("B", "2024-05-11", 3.5m, kind: FactKind.Capital),
        ];
        var table = Table(
            "manufacturing-share",
            Period("2024", "2024-12-31"),
            rows,
            new Target("manufacturing-share", Nanhu, 0.65m, true, 1)
        );
        table.City.Value.ShouldBe(0.65m);
        table.Units[Nanhu].Completion.ShouldBe(1m);
        table.Units[Pinghu].Value.ShouldBeNull("nothing was paid in");
        table.DoubleCounted.ShouldBeNull("shares are not added");
    }

    [Test]
    public void R104_a_landing_rate_by_cohort_follows_the_projects_and_by_period_the_facts()
    {
        var rate = new IndicatorDefinition
        {
            Id = "landing-rate",
            Name = "落地率",
            Unit = IndicatorUnit.Share,
            Source = IndicatorSource.Moves,
            Aggregate = IndicatorAggregate.Ratio,
            Filter = "kind = signed",
            Part = "kind = registered",
            View = RatioView.Cohort,
        };
        rate.Faults().ShouldBeEmpty();

        // Of four signed in 2024 three land, one of them in 2025; one that landed in 2024 was signed before.
        LedgerRow[] rows =
        [
            Row("Z", "2023-12-01"),
            Row("Z", "2024-02-01", kind: FactKind.Registered),
            Row("A", "2024-01-10"),
            Row("B", "2024-02-10"),
            Row("C", "2024-03-10"),
            Row("D", "2024-04-10"),
            Row("A", "2024-05-10", kind: FactKind.Registered),
            Row("B", "2024-06-10", kind: FactKind.Registered),
            Row("C", "2025-01-10", kind: FactKind.Registered),
        ];
        Table(rate, Period("2024", "2024-12-31"), rows).City.Value.ShouldBe(0.5m);
        Table(rate, Period("2024", "2025-01-31"), rows).City.Value.ShouldBe(0.75m);

        // The same kinds in one period can never be part of each other: such a definition is refused.
        (rate with { View = RatioView.Period }).Faults().ShouldNotBeEmpty();
    }

    [Test]
    public void C6_brackets_nest_or_not_and_are_never_added()
    {
        IndicatorDefinition Of(BracketMode mode) =>
            new()
            {
                Id = "big",
                Name = "大项目",
                Unit = IndicatorUnit.Projects,
                Source = IndicatorSource.Moves,
                Filter = "kind = signed and amount >= 10亿",
                Brackets = new IndicatorBrackets(
                    [
                        new Threshold(1_000_000_000m, "CNY"),
                        new Threshold(5_000_000_000m, "CNY"),
                        new Threshold(10_000_000_000m, "CNY", Comparator.Gt),
                    ],
                    mode
                ),
            };

        // 12, 50, 99.99, 100 and 100.01亿: five from 10, four from 50, one over 100.
        LedgerRow[] rows =
        [
            .. new[] { 12m, 50m, 99.99m, 100m, 100.01m }.Select((yi, at) => Row($"P{at}", "2024-05-10", yi)),
        ];
        decimal[] Counted(BracketMode mode)
        {
            var table = Table(Of(mode), Period("2024", "2024-12-31"), rows);
            table.City.Value.ShouldBe(5);
            return [.. table.Brackets.Select(bracket => bracket.Tallies.City.Whole.Count)];
        }

        Counted(BracketMode.Nested).ShouldBe([5, 4, 1]);
        Counted(BracketMode.Disjoint).ShouldBe([1, 3, 1]);
    }

    [Test]
    public void R101_the_parts_of_a_stated_whole_are_told_beside_it_and_never_added()
    {
        // 500 in all, 400 in parks, 300 in incubators: three indicators, three values.
        StatedValue[] stated =
        [
            new("tech-enterprises", null, "2024", 500),
            new("tech-enterprises-parks", null, "2024", 400),
            new("tech-enterprises-incubators", null, "2024", 300),
        ];
        decimal? Of(string id) =>
            FigureTable.FromStated(BuiltIn(id), Period("2024", "2024-12-31"), stated, Both, []).City.Value;
        (Of("tech-enterprises"), Of("tech-enterprises-parks"), Of("tech-enterprises-incubators")).ShouldBe(
            (500m, 400m, 300m)
        );
    }

    [Test]
    public void Stated_months_make_a_year_and_those_that_nobody_stated_are_said()
    {
        StatedValue[] stated =
        [
            new("road-shows", Nanhu, "2026-01", 2),
            new("road-shows", Nanhu, "2026-03", 3),
            new("road-shows", Pinghu, "2026-01", 1),
        ];
        var table = FigureTable.FromStated(
            BuiltIn("road-shows"),
            Period("2026", "2026-03-31"),
            stated,
            Both,
            [new Target("road-shows", Nanhu, 10, true, 1)]
        );
        var nanhu = table.Units[Nanhu];
        (nanhu.Value, nanhu.Unknown, nanhu.Completion).ShouldBe((5m, 1, 0.5m));
        table.Units[Pinghu].Unknown.ShouldBe(2);

        // The city lacks what each of them lacks.
        (table.City.Value, table.City.Unknown).ShouldBe((6m, 3));

        // Who has a target and stated nothing lacks all three months; of who has neither, nothing is expected.
        var silent = FigureTable.FromStated(
            BuiltIn("road-shows"),
            Period("2026", "2026-03-31"),
            stated,
            [.. Both, "haining", "office"],
            [new Target("road-shows", "haining", 10, true, 1)]
        );
        (silent.Units["haining"].Value, silent.Units["haining"].Unknown).ShouldBe(((decimal?)null, 3));
        (silent.Units["office"].Value, silent.Units["office"].Unknown).ShouldBe(((decimal?)null, 0));
        (silent.City.Value, silent.City.Unknown).ShouldBe((6m, 6));

        // Where nobody has a target and nothing was stated, nothing is missing.
        var idle = FigureTable.FromStated(BuiltIn("road-shows"), Period("2026", "2026-03-31"), [], Both, []);
        (idle.City.Value, idle.City.Unknown).ShouldBe(((decimal?)null, 0));

        // Of February nothing is known: no 0.
        FigureTable
            .FromStated(BuiltIn("road-shows"), Period("2026-02", "2026-03-31"), stated, Both, [])
            .City.Value.ShouldBeNull();
    }

    [Test]
    public void R103_of_what_should_be_little_the_target_is_held_against_the_actual()
    {
        var late = Row("A", "2024-05-10") with { LateNotice = true };
        LedgerRow[] rows = [late, Row("B", "2024-05-11"), late with { ProjectId = "C", Seq = 99 }];
        var cell = Table(
            "late-notices",
            Period("2024", "2024-12-31"),
            rows,
            new Target("late-notices", Nanhu, 1, true, 1)
        ).Units[Nanhu];
        (cell.Value, cell.Completion).ShouldBe((2m, 0.5m));
    }

    [TestCase("projects-fortune-500", 26, 25, "1.04")]
    [TestCase("projects-usd-100m", 51, 50, "1.02")]
    [TestCase("projects-1b", 101, 80, "1.2625")]
    [TestCase("projects-5b", 21, 15, "1.4")]
    public void R103_the_published_results_of_Jiaxing_in_2024(string id, int actual, int target, string completion)
    {
        var definition = BuiltIn(id) with { Source = IndicatorSource.Statistics, Filter = null };
        FigureTable
            .FromStated(
                definition,
                Period("2024", "2024-12-31"),
                [new StatedValue(id, null, "2024", actual)],
                Both,
                [new Target(id, null, target, true, 1)]
            )
            .City.Completion.ShouldBe(decimal.Parse(completion, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Test]
    public void R47_the_books_balance_where_each_side_is_counted_on_its_own()
    {
        LedgerRow[] rows =
        [
            Row("A", "2024-05-10", 12),
            Row("B", "2024-05-11", 20, Pinghu, Nanhu),
            Row("C", "2024-05-12", 8, Pinghu),
        ];
        var period = Period("2024", "2025-01-31");
        var table = Table("projects-signed", period, rows);

        // Nanhu 2 + Pinghu 2 − B once more = 3 projects.
        var balance = BooksBalance.Recount(table, period, rows, Book, NoAgreements);
        balance.ShouldBe(new BooksBalance("projects-signed", 4, 1, 3, 3));
        balance.Holds.ShouldBeTrue();

        // A table that gives a unit one too many, or the city one too few, does not.
        BooksBalance
            .Recount(
                Table("projects-signed", period, [.. rows, Row("D", "2024-06-01")]),
                period,
                rows,
                Book,
                NoAgreements
            )
            .Holds.ShouldBeFalse();
        (balance with { Told = 2 }).Holds.ShouldBeFalse();
        (balance with { DoubleCounted = 0 }).Holds.ShouldBeFalse();
    }
}
