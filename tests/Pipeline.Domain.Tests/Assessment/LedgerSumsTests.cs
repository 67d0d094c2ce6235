using System.Globalization;
using FsCheck.NUnit;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>Sums of the ledger tell what its rows tell.</summary>
public sealed class LedgerSumsTests
{
    private static readonly string[] Units = ["nanhu", "pinghu", "haining"];
    private static readonly RuleBook Book = new([Given.Rules()]);
    private static readonly Dictionary<string, AgreedShares> NoAgreements = [];

    private static readonly IReadOnlyList<IndicatorDefinition> Indicators =
    [
        .. IndicatorDefinition.BuiltIn.Where(one => !one.IsStated && !one.CountsLateNotices),
        new()
        {
            Id = "by-size",
            Name = "按规模",
            Unit = IndicatorUnit.Projects,
            Source = IndicatorSource.Credit,
            Filter = "kind = signed",
            Brackets = new IndicatorBrackets(
                [new Threshold(1_000_000_000m, "CNY"), new Threshold(3_000_000_000m, "CNY")],
                BracketMode.Disjoint
            ),
        },
        new()
        {
            Id = "invested",
            Name = "固定资产投资",
            Unit = IndicatorUnit.Cny,
            Source = IndicatorSource.Statistics,
            Aggregate = IndicatorAggregate.Sum,
            Filter = "kind = fixed-investment",
        },
    ];

    /// <summary>Rows of two years and a bit: of all kinds, some of unknown amount, some booked later than they occurred, some taken back.</summary>
    private static List<LedgerRow> History(Random random, int count)
    {
        var rows = new List<LedgerRow>();
        for (var seq = 1; seq <= count; seq++)
        {
            if (rows.Count > 0 && random.Next(6) == 0)
            {
                var before = rows[random.Next(rows.Count)];
                var month = Later(before.Period, random.Next(0, 3));
                rows.Add(
                    before with
                    {
                        Seq = seq,
                        Sign = -before.Sign,
                        Period = month,
                        BelongsTo = month == before.Period ? null : before.Period,
                    }
                );
                continue;
            }

            var kind = (FactKind)random.Next(6);
            var on = new DateOnly(2023, 1, 1).AddDays(random.Next(1100));
            if (kind == FactKind.FixedInvestment)
                on = new DateOnly(on.Year, 12, 31);
            var own = Periods.MonthOf(on);
            var booked = random.Next(3) == 0 ? Later(own, random.Next(1, 4)) : own;
            rows.Add(
                new LedgerRow(
                    seq,
                    $"p{random.Next(12)}",
                    new CountedFact
                    {
                        Kind = kind,
                        Subject = $"{seq}",
                        OccurredOn = on,
                        Counted = kind is FactKind.Capital or FactKind.FixedInvestment ? 0 : 1,
                        Amount = random.Next(5) == 0 ? null : new Money(random.Next(1, 60) * 100_000_000m, "CNY"),
                        Manufacturing = random.Next(2) == 0,
                        Foreign = random.Next(2) == 0,
                        FirstTalkId = random.Next(3) == 0 ? Units[random.Next(3)] : null,
                        LandingId = Units[random.Next(3)],
                    },
                    DateTimeOffset.Parse("2026-01-31T00:00:00Z", CultureInfo.InvariantCulture),
                    booked,
                    booked == own ? null : own,
                    1,
                    false,
                    null,
                    Book.All[0].Id,
                    "move",
                    "m",
                    null
                )
            );
        }

        return rows;
    }

    /// <summary>A month some months later; now and then the 13th period of its year.</summary>
    private static string Later(string month, int by) =>
        by == 2 && !Periods.IsThirteenth(month)
            ? $"{month[..4]}-13"
            : Periods.MonthOf(
                DateOnly
                    .ParseExact($"{Periods.CalendarMonth(month)}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)
                    .AddMonths(by)
            );

    private static string Told(FigureTable table) =>
        string.Join(
            '\n',
            table
                .Units.OrderBy(unit => unit.Key, StringComparer.Ordinal)
                .Select(unit => $"{unit.Key} {unit.Value}")
                .Append($"city {table.City}")
                .Append($"double {table.DoubleCounted}")
                .Concat(
                    table.Brackets.Select(bracket =>
                        $"{bracket.Limit} {bracket.Tallies.City} {string.Join(' ', Units.Select(bracket.Tallies.Of))}"
                    )
                )
        );

    [Property(MaxTest = 60)]
    public void Figures_that_are_caught_up_with_are_figures_of_all_rows(int seed)
    {
        var random = new Random(seed);
        var rows = History(random, 90);
        var asOf = new DateOnly(2024, 1, 1).AddDays(random.Next(800));
        IndicatorDefinition landed = new()
        {
            Id = "landed",
            Name = "落地率",
            Unit = IndicatorUnit.Share,
            Source = IndicatorSource.Moves,
            Aggregate = IndicatorAggregate.Ratio,
            Filter = "kind = signed",
            Part = "kind = registered",
            View = RatioView.Cohort,
        };
        foreach (var definition in Indicators.Append(landed))
        {
            var indicator = definition.Compile();
            var period = new FigurePeriod($"{asOf.Year}-{asOf.Month:00}", asOf, ByOccurrence: false);
            FigureTable Table(LedgerCount ledger) => FigureTable.FromLedger(indicator, period, ledger, Units, []);
            var ledger = new LedgerCount([], Book, NoAgreements);
            for (var at = 0; at < rows.Count; )
            {
                var more = rows.Skip(at).Take(random.Next(1, 40)).ToList();
                at += more.Count;
                ledger = ledger.With(more, Book, NoAgreements);

                // Some are counted on the way, others not before all have come.
                if (at == rows.Count || random.Next(2) == 0)
                    Told(Table(ledger))
                        .ShouldBe(
                            Told(Table(new LedgerCount([.. rows.Take(at)], Book, NoAgreements))),
                            $"{definition.Id} as of {asOf}, {at} rows"
                        );
            }
        }
    }

    [Property(MaxTest = 60)]
    public void Figures_from_sums_are_figures_from_rows_whatever_the_history_and_the_day(int seed)
    {
        var random = new Random(seed);
        var rows = History(random, 90);
        var asOf = new DateOnly(2024, 1, 1).AddDays(random.Next(800));
        string[] periods =
        [
            $"{asOf.Year}",
            $"{asOf.Year - 1}",
            $"{asOf.Year}-{asOf.Month:00}",
            $"{asOf.Year}-Q{((asOf.Month - 1) / 3) + 1}",
            $"{asOf.Year - 1}-13",
        ];
        foreach (var definition in Indicators)
        {
            // Half of the rows were there when the days were counted, the others came afterwards.
            var indicator = definition.Compile();
            LedgerSums[] sums =
            [
                new(indicator),
                .. indicator.Brackets.Select((_, at) => new LedgerSums(indicator.OfBracket(at))),
            ];
            var spans = periods
                .Select(text => new FigurePeriod(text, asOf, ByOccurrence: false))
                .SelectMany(period => new[] { period.Own, period.ToDate, period.YearBefore })
                .ToList();
            for (var half = 0; half < 2; half++)
            {
                var known = rows.Take((half + 1) * 45).ToList();
                foreach (var sum in sums)
                {
                    foreach (var row in known.Skip(half * 45))
                        sum.Add(row, Book);
                    foreach (var span in spans.Where(sum.Lacks))
                        sum.Cut(span.Until, known, Book);
                }

                foreach (var text in periods)
                {
                    var period = new FigurePeriod(text, asOf, ByOccurrence: false);
                    var byRows = FigureTable.FromLedger(
                        indicator,
                        period,
                        new LedgerCount(known, Book, NoAgreements),
                        Units,
                        []
                    );
                    var bySums = FigureTable.FromTallies(
                        indicator,
                        period,
                        (bracket, span, adjusting) => sums[bracket is { } at ? at + 1 : 0].Stand().Of(span, adjusting),
                        Units,
                        []
                    );
                    Told(bySums).ShouldBe(Told(byRows), $"{definition.Id} {text} as of {asOf}");
                }
            }
        }
    }

    [Test]
    public void What_was_read_does_not_change_by_later_rows()
    {
        var definition = Indicators.Single(one => one.Id == "projects-signed");
        var sums = new LedgerSums(definition.Compile());
        var rows = History(new Random(1), 60).Where(row => row.Fact.Kind == FactKind.Signed).ToList();
        sums.Add(rows[0], Book);
        var stand = sums.Stand();
        var span = new FigurePeriod(rows[0].Period[..4], new DateOnly(2030, 1, 1), ByOccurrence: false).Own;
        var before = stand.Of(span, false).City;
        sums.Add(rows[0] with { Seq = 99 }, Book);
        stand.Of(span, false).City.ShouldBe(before);
        sums.Stand().Of(span, false).City.Whole.Count.ShouldBe(2 * before.Whole.Count);
    }

    [Test]
    public void What_one_unit_has_tells_nothing_of_others()
    {
        var sums = new LedgerSums(Indicators.Single(one => one.Id == "projects-signed").Compile());
        foreach (var row in History(new Random(2), 60))
            sums.Add(row, Book);
        var span = new FigurePeriod("2024", new DateOnly(2030, 1, 1), ByOccurrence: false).Own;
        var all = sums.Stand().Of(span, false);
        var own = all.Only("nanhu");
        own.Units.Keys.ShouldBe(["nanhu"]);
        (own.City, own.SumOfUnits).ShouldBe((all.Of("nanhu"), all.Of("nanhu")));
    }
}
