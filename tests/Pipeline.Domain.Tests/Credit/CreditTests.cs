using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Credit;

/// <summary>Credit of a landed project (R42–R47), by the rules' own examples.</summary>
public sealed class CreditTests
{
    private const string Nanhu = "nanhu",
        Pinghu = "pinghu",
        Office = "office";
    private static readonly Dictionary<string, AgreedShares> NoAgreements = [];

    private static CountedFact Fact(
        decimal yi,
        string? first,
        string landing,
        string? finder = null,
        FactKind kind = FactKind.Registered,
        string on = "2024-05-10"
    ) =>
        new()
        {
            Kind = kind,
            Subject = "",
            OccurredOn = DateOnly.Parse(on),
            Counted = 1,
            Amount = new Money(yi * 100_000_000m, "CNY"),
            FirstTalkId = first,
            LandingId = landing,
            FinderId = finder,
        };

    private static LedgerRow Row(
        long seq,
        string project,
        CountedFact fact,
        string period = "2024-05",
        int sign = 1,
        string? agreement = null,
        long? reverses = null
    ) =>
        new(
            seq,
            project,
            fact,
            DateTimeOffset.Parse("2024-05-10T02:00:00Z"),
            period,
            null,
            sign,
            false,
            agreement,
            "r1",
            "move",
            "m",
            reverses
        );

    private static RuleBook Book(params CreditRule[] credit) => new([Given.Rules() with { Credit = credit }]);

    private static readonly LedgerRow[] Abc =
    [
        Row(1, "A", Fact(12, Nanhu, Nanhu)),
        Row(2, "B", Fact(20, Nanhu, Pinghu)),
        Row(3, "C", Fact(8, Pinghu, Pinghu)),
    ];

    private static readonly Indicator Registered = Indicator.All["projects-registered"];

    private static (decimal Yi, decimal Count) Of(Figure figure) => (figure.Amount / 10_000_000_000m, figure.Count);

    [Test]
    public void R42_a_project_is_credited_when_it_is_registered_unless_its_rule_set_says_otherwise()
    {
        // B, 20亿: signed, registered and started; at the standard only the registration counts, to both in full.
        LedgerRow[] b =
        [
            Row(1, "B", Fact(20, Nanhu, Pinghu, kind: FactKind.Signed)),
            Row(2, "B", Fact(20, Nanhu, Pinghu, kind: FactKind.Registered)),
            Row(3, "B", Fact(20, Nanhu, Pinghu, kind: FactKind.Started)),
        ];
        var table = Crediting.Table(b, Indicator.All["projects-1b"], Book(), NoAgreements);
        Of(table.Units[Nanhu]).ShouldBe((20m, 1m));
        Of(table.Units[Pinghu]).ShouldBe((20m, 1m));
        Of(table.City).ShouldBe((20m, 1m));
    }

    [Test]
    public void R44_both_in_full()
    {
        var table = Crediting.Table(Abc, Registered, Book(), NoAgreements);
        Of(table.Units[Nanhu]).ShouldBe((32m, 2m));
        Of(table.Units[Pinghu]).ShouldBe((28m, 2m));
        Of(table.SumOfUnits).ShouldBe((60m, 4m));
        Of(table.City).ShouldBe((40m, 3m));
        Of(table.DoubleCounted).ShouldBe((20m, 1m));
        table.CountedTwice.ShouldBe(["B"]);
    }

    [Test]
    public void R44_split_in_halves()
    {
        var table = Crediting.Table(
            Abc,
            Registered,
            Book(new CreditRule("*", CreditMode.Split, CreditSplit.Halves)),
            NoAgreements
        );
        Of(table.Units[Nanhu]).ShouldBe((22m, 1.5m));
        Of(table.Units[Pinghu]).ShouldBe((18m, 1.5m));
        Of(table.SumOfUnits).ShouldBe((40m, 3m));
        Of(table.DoubleCounted).ShouldBe((0m, 0m));
        table.CountedTwice.ShouldBeEmpty();
    }

    [Test]
    public void R44_a_finders_share_comes_out_of_first_talks_part()
    {
        var row = Row(1, "B", Fact(20, Nanhu, Pinghu, Office));
        var book = Book(new CreditRule("*", CreditMode.Split, new CreditSplit(4000, 6000, 1000)));
        Crediting
            .Of(row, Registered, book, NoAgreements)
            .Select(credit => (credit.Share.UnitId, credit.Share.Role, credit.Share.Bp, credit.Amount / 10_000_000_000))
            .ShouldBe([
                (Nanhu, CreditRole.FirstTalk, 3000, 6),
                (Pinghu, CreditRole.Landing, 6000, 12),
                (Office, CreditRole.Finder, 1000, 2),
            ]);
        Crediting.Table([row], Registered, book, NoAgreements).DoubleCounted.ShouldBe(Figure.Zero);
    }

    [Test]
    public void R44_in_full_a_finder_is_a_row_on_top()
    {
        var row = Row(1, "B", Fact(20, Nanhu, Pinghu, Office));
        Crediting
            .Of(row, Registered, Book(), NoAgreements)
            .Select(credit => (credit.Share.UnitId, credit.Share.Bp))
            .ShouldBe([(Nanhu, 10_000), (Pinghu, 10_000), (Office, 10_000)]);
    }

    [TestCase(CreditMode.FirstTalk, Nanhu)]
    [TestCase(CreditMode.Landing, Pinghu)]
    public void R44_all_to_one(CreditMode mode, string unit) =>
        Crediting
            .Of(Abc[1], Registered, Book(new CreditRule("projects-registered", mode)), NoAgreements)
            .ShouldHaveSingleItem()
            .Share.ShouldSatisfyAllConditions(share => share.UnitId.ShouldBe(unit), share => share.Bp.ShouldBe(10_000));

    [TestCase(CreditMode.BothFull)]
    [TestCase(CreditMode.Split)]
    [TestCase(CreditMode.FirstTalk)]
    [TestCase(CreditMode.Landing)]
    public void R44_a_landed_project_without_transfer_is_its_owners_alone(CreditMode mode) =>
        Crediting
            .Of(Abc[0], Registered, Book(new CreditRule("*", mode)), NoAgreements)
            .ShouldHaveSingleItem()
            .Share.ShouldBe(new UnitShare(Nanhu, CreditRole.Landing, 10_000));

    [Test]
    public void R44_an_indicators_own_mode_goes_before_that_of_all()
    {
        var book = Book(
            new CreditRule("*", CreditMode.Split, CreditSplit.Halves),
            new CreditRule("projects-signed", CreditMode.Landing)
        );
        Crediting.Table(Abc, Registered, book, NoAgreements).Units[Nanhu].Count.ShouldBe(1.5m);
        Crediting
            .Of(
                Row(1, "B", Fact(20, Nanhu, Pinghu, kind: FactKind.Signed)),
                Indicator.All["projects-signed"],
                book,
                NoAgreements
            )
            .ShouldHaveSingleItem()
            .Mode.ShouldBe(CreditMode.Landing);
    }

    [TestCase(5, new[] { 5000, 5000 }, new long[] { 2, 3 })]
    [TestCase(10_000, new[] { 3333, 3333, 3334 }, new long[] { 3333, 3333, 3334 })]
    [TestCase(-5, new[] { 5000, 5000 }, new long[] { -2, -3 })]
    [TestCase(
        9_000_000_000_000_000_000,
        new[] { 5000, 5000 },
        new[] { 4_500_000_000_000_000_000, 4_500_000_000_000_000_000 }
    )]
    public void R45_parts_are_rounded_down_and_the_rest_goes_by_largest_remainder(
        long amount,
        int[] bps,
        long[] parts
    ) =>
        CreditShares
            .Parts(
                amount,
                [
                    .. bps.Select(
                        (bp, at) =>
                            new UnitShare($"{at}", at == bps.Length - 1 ? CreditRole.Landing : CreditRole.FirstTalk, bp)
                    ),
                ]
            )
            .ShouldBe(parts);

    [Test]
    public void R45_registered_and_ended_counts_up_in_one_month_and_down_in_the_other()
    {
        var landed = Row(1, "B", Fact(20, Nanhu, Pinghu));
        LedgerRow[] year = [landed, landed with { Seq = 2, Period = "2024-09", Sign = -1, Reverses = 1 }];
        CreditTable Of(string month) =>
            Crediting.Table(year.Where(row => row.Period == month), Registered, Book(), NoAgreements);
        foreach (var unit in new[] { Nanhu, Pinghu })
        {
            Of("2024-05").Units[unit].Count.ShouldBe(1);
            Of("2024-09").Units[unit].Count.ShouldBe(-1);
            Crediting.Table(year, Registered, Book(), NoAgreements).Units[unit].ShouldBe(Figure.Zero);
        }
    }

    [Test]
    public void R46_an_agreement_overrides_and_after_its_years_all_goes_to_landing()
    {
        var agreements = new Dictionary<string, AgreedShares>
        {
            ["g"] = new("g", [(Nanhu, 3000), (Pinghu, 7000)], ["projects-registered"], new DateOnly(2026, 5, 31)),
        };
        var row = Row(1, "B", Fact(20, Nanhu, Pinghu), agreement: "g");
        Crediting
            .Of(row, Registered, Book(), agreements)
            .Select(credit => (credit.Share.UnitId, credit.Share.Bp, credit.Mode))
            .ShouldBe([(Nanhu, 3000, null), (Pinghu, 7000, null)]);
        var late = row with { Fact = row.Fact with { OccurredOn = new DateOnly(2026, 6, 1) } };
        Crediting.Of(late, Registered, Book(), agreements).ShouldHaveSingleItem().Share.UnitId.ShouldBe(Pinghu);

        // Of another indicator it says nothing.
        Crediting.Of(row, Indicator.All["projects-1b"], Book(), agreements).Count.ShouldBe(2);
    }

    // R47: for any period, indicator and mode, units − double counting = city.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void R47_units_less_what_is_counted_twice_is_the_city(int seed)
    {
        var random = new Random(seed);
        string[] units = [Nanhu, Pinghu, "haiyan", Office];
        for (var round = 0; round < 200; round++)
        {
            var mode = Enum.GetValues<CreditMode>()[random.Next(4)];
            var first = random.Next(10_001);
            var finder = random.Next(2) == 0 ? random.Next(first + 1) : (int?)null;
            var book = Book(new CreditRule("*", mode, new CreditSplit(first, 10_000 - first, finder)));
            var rows = Enumerable
                .Range(1, 12)
                .Select(seq =>
                    Row(
                        seq,
                        $"P{random.Next(5)}",
                        Fact(
                            random.Next(1, 200_000) / 100m,
                            random.Next(3) == 0 ? null : units[random.Next(4)],
                            units[random.Next(4)],
                            random.Next(2) == 0 ? Office : null
                        ),
                        sign: random.Next(4) == 0 ? -1 : 1
                    )
                )
                .ToList();
            foreach (var indicator in Indicator.All.Values)
            {
                var table = Crediting.Table(rows, indicator, book, NoAgreements);
                table.Units.Values.Sum(unit => unit.Amount).ShouldBe(table.SumOfUnits.Amount);
                (table.SumOfUnits.Amount - table.DoubleCounted.Amount).ShouldBe(table.City.Amount);
                (table.SumOfUnits.Count - table.DoubleCounted.Count).ShouldBe(table.City.Count);
                table
                    .Projects.Values.Sum(project => project.Credited.Amount - project.Once.Amount)
                    .ShouldBe(table.DoubleCounted.Amount);
                if (mode is not CreditMode.BothFull)
                    table.DoubleCounted.Amount.ShouldBe(0);
            }
        }
    }

    [Test]
    public void R100_brackets_nest_and_what_has_no_rate_is_not_decided()
    {
        var large = Row(1, "A", Fact(120, Nanhu, Nanhu));
        foreach (var (bracket, counts) in new[] { ("projects-1b", 1m), ("projects-5b", 1m), ("projects-10b", 1m) })
            Crediting.Table([large], Indicator.All[bracket], Book(), NoAgreements).City.Count.ShouldBe(counts);
        var foreign = Row(2, "B", Fact(1, Nanhu, Nanhu) with { Amount = new Money(900_000_000m, "THB") });
        var table = Crediting.Table([foreign], Indicator.All["projects-1b"], Book(), NoAgreements);
        (table.City.Count, table.Undecided).ShouldBe((0m, 1));
        Crediting.Table([foreign], Registered, Book(), NoAgreements).City.ShouldBe(new Figure(1, 0, 1));
    }

    [Test]
    public void R100_a_project_counts_at_the_stage_that_its_rule_set_names()
    {
        var signed = Row(1, "A", Fact(12, Nanhu, Nanhu, kind: FactKind.Signed));
        Crediting.Table([signed], Indicator.All["projects-1b"], Book(), NoAgreements).City.Count.ShouldBe(0);
        var book = new RuleBook([Given.Rules() with { CreditStage = Stage.Signed }]);
        Crediting.Table([signed], Indicator.All["projects-1b"], book, NoAgreements).City.Count.ShouldBe(1);
    }

    [Test]
    public void R45_a_fact_that_changed_is_reversed_and_written_anew()
    {
        var (was, now) = (Fact(12, Nanhu, Nanhu), Fact(13, Nanhu, Nanhu));
        var change = Ledgers.Compare([Row(1, "A", was)], [now]);
        change.Reversals.ShouldHaveSingleItem().Seq.ShouldBe(1);
        change.Additions.ShouldHaveSingleItem().Replaces!.Seq.ShouldBe(1);
        Ledgers.Compare([Row(1, "A", was)], [was]).IsNothing.ShouldBeTrue();
        var undone = Row(2, "A", was, sign: -1, reverses: 1);
        Ledgers.Compare([Row(1, "A", was), undone], []).IsNothing.ShouldBeTrue();
        Ledgers.Compare([Row(1, "A", was), undone], [was]).Additions.ShouldHaveSingleItem().Replaces.ShouldBeNull();
    }

    [TestCase("2024", "2024-01", "2024-12")]
    [TestCase("2024-Q2", "2024-04", "2024-06")]
    [TestCase("2024-05", "2024-05", "2024-05")]
    public void A_period_is_a_stretch_of_months(string period, string first, string last) =>
        Periods.Months(period).ShouldBe((first, last));

    [TestCase("2024-13")]
    [TestCase("2024-00")]
    [TestCase("2024-Q5")]
    [TestCase("24-01")]
    [TestCase("2024-1")]
    [TestCase("")]
    public void Anything_else_is_none(string period) => Periods.Months(period).ShouldBeNull();
}
