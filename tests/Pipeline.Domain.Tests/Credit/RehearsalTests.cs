using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Credit;

/// <summary>The rehearsal of a draft (§15.8): the same facts under the rule set in force and under the draft.</summary>
public sealed class RehearsalTests
{
    private const string Nanhu = "nanhu",
        Pinghu = "pinghu";
    private static readonly Dictionary<string, AgreedShares> NoAgreements = [];
    private static readonly Indicator Registered = Indicator.All["projects-registered"];

    private static LedgerRow Row(
        long seq,
        decimal amount,
        string? first,
        string landing,
        string currency = "CNY",
        FactKind kind = FactKind.Registered,
        int sign = 1
    ) =>
        new(
            seq,
            $"p{seq}",
            new CountedFact
            {
                Kind = kind,
                Subject = "",
                OccurredOn = new DateOnly(2024, 5, 10),
                Counted = kind == FactKind.Capital ? 0 : 1,
                Amount = new Money(amount, currency),
                FirstTalkId = first,
                LandingId = landing,
            },
            DateTimeOffset.Parse("2024-05-10T02:00:00Z"),
            "2024-05",
            null,
            sign,
            false,
            null,
            "one-that-both-know-nothing-of",
            "move",
            "m",
            sign < 0 ? seq - 1 : null
        );

    private static readonly LedgerRow[] Abc =
    [
        Row(1, 1_200_000_000m, Nanhu, Nanhu),
        Row(2, 2_000_000_000m, Nanhu, Pinghu),
        Row(3, 800_000_000m, Pinghu, Pinghu),
    ];

    private static RuleSet Draft(Func<RuleSet, RuleSet> change) => change(Given.Rules("draft"));

    private static decimal Yi(Figure figure) => figure.Amount / 10_000_000_000m;

    [Test]
    public void A_split_in_halves_instead_of_both_in_full()
    {
        var draft = Draft(rules => rules with { Credit = [new CreditRule("*", CreditMode.Split)] });
        var rehearsed = Rehearsal.Of(Abc, Registered, Given.Rules(), draft, NoAgreements);

        // R44's first example: 32 and 28 of 2 and 2 against 22 and 18 of 1.5 and 1.5.
        (Yi(rehearsed.Units[Nanhu].InForce), Yi(rehearsed.Units[Nanhu].Draft)).ShouldBe((32m, 22m));
        (Yi(rehearsed.Units[Pinghu].InForce), Yi(rehearsed.Units[Pinghu].Draft)).ShouldBe((28m, 18m));
        rehearsed.Units[Nanhu].Difference.Count.ShouldBe(-0.5m);
        (
            Yi(rehearsed.SumOfUnits.Difference),
            Yi(rehearsed.City.Difference),
            Yi(rehearsed.DoubleCounted.Difference)
        ).ShouldBe((-20m, 0m, -20m));
        rehearsed.Differs.ShouldBeTrue();

        // Only B is credited otherwise, to both.
        Rehearsal
            .Rows(Abc, Registered, Given.Rules(), draft, NoAgreements)
            .Select(row =>
                (row.Row.Seq, row.UnitId, row.InForce!.Amount / 10_000_000_000m, row.Draft!.Amount / 10_000_000_000m)
            )
            .ShouldBe([(2, Nanhu, 20m, 10m), (2, Pinghu, 20m, 10m)]);
    }

    [Test]
    public void All_to_landing_takes_first_talks_row_away()
    {
        var draft = Draft(rules => rules with { CreditMode = CreditMode.Landing });
        Rehearsal
            .Rows(Abc, Registered, Given.Rules(), draft, NoAgreements)
            .Select(row => (row.Row.Seq, row.UnitId, row.InForce is not null, row.Draft is not null))
            .ShouldBe([(2, Nanhu, true, false)]);
    }

    [Test]
    public void Another_rate_moves_a_project_over_a_threshold()
    {
        // EUR 95 million · 7.7 ÷ 7 = USD 104.5 million: over 100 million. At 7.0 for the euro it is USD 95 million: under.
        LedgerRow[] rows = [Row(1, 95_000_000m, Nanhu, Nanhu, "EUR")];
        var draft = Draft(rules =>
            rules with
            {
                Rates = [new YearlyRate(2024, "USD", 7m), new YearlyRate(2024, "EUR", 7m)],
            }
        );
        var rehearsed = Rehearsal.Of(rows, Indicator.All["projects-usd-100m"], Given.Rules(), draft, NoAgreements);
        (rehearsed.City.InForce.Count, rehearsed.City.Draft.Count).ShouldBe((1m, 0m));

        // Without any rate for the euro nobody can say.
        var none = Draft(rules => rules with { Rates = [new YearlyRate(2024, "USD", 7m)] });
        var unknown = Rehearsal.Of(rows, Indicator.All["projects-usd-100m"], Given.Rules(), none, NoAgreements);
        unknown.Undecided.ShouldBe((0, 1));
        unknown.Differs.ShouldBeTrue();
    }

    [Test]
    public void Another_stage_of_credit_takes_other_rows()
    {
        LedgerRow[] rows = [Row(1, 1_000_000_000m, Nanhu, Nanhu, kind: FactKind.Signed), .. Abc.Skip(1)];
        var draft = Draft(rules => rules with { CreditStage = Stage.Signed });
        var rehearsed = Rehearsal.Of(rows, Indicator.All["projects-1b"], Given.Rules(), draft, NoAgreements);

        // Registered at 10亿 and above: B alone. Signed: the first row alone.
        (Yi(rehearsed.City.InForce), Yi(rehearsed.City.Draft)).ShouldBe((20m, 10m));
    }

    [Test]
    public void Facts_taken_back_are_taken_back_by_both()
    {
        LedgerRow[] rows = [Row(2, 2_000_000_000m, Nanhu, Pinghu), Row(3, 2_000_000_000m, Nanhu, Pinghu, sign: -1)];
        var draft = Draft(rules => rules with { CreditMode = CreditMode.Split });
        var rehearsed = Rehearsal.Of(rows, Registered, Given.Rules(), draft, NoAgreements);
        rehearsed.Units.Values.ShouldAllBe(unit => unit.InForce.Amount == 0 && unit.Draft.Amount == 0);
    }

    [Test]
    public void A_draft_that_says_the_same_changes_nothing()
    {
        var draft = Draft(rules => rules with { Exclusivity = IsoDuration.Parse("P20D") });
        foreach (var indicator in Indicator.All.Values)
            Rehearsal.Of(Abc, indicator, Given.Rules(), draft, NoAgreements).Differs.ShouldBeFalse(indicator.Id);
        Rehearsal.Rows(Abc, Registered, Given.Rules(), draft, NoAgreements).ShouldBeEmpty();
    }
}
