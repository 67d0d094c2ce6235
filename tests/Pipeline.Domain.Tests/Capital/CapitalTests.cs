using Pipeline.Domain.Capital;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Capital;

/// <summary>Capital paid in (R60–R65), by the rules' own examples.</summary>
public sealed class CapitalTests
{
    // Value 05-28, submitted 06-04, May closed 06-05 10:00: verified 06-05 09:00 → May; verified 06-12 → June, belongs to May; submitted 06-06 → June.
    [TestCase("2024-06-04", "2024-06-05", false, "2024-05", null)]
    [TestCase("2024-06-04", "2024-06-12", true, "2024-06", "2024-05")]
    [TestCase("2024-06-06", "2024-06-06", false, "2024-06", "2024-05")]
    [TestCase("2024-06-05", "2024-06-05", false, "2024-05", null)]
    public void R61_the_month_in_which_an_entry_counts(
        string submitted,
        string verified,
        bool mayIsClosed,
        string period,
        string? belongsTo
    ) =>
        Periods
            .OfCapital(new DateOnly(2024, 5, 28), DateOnly.Parse(submitted), DateOnly.Parse(verified), 5, month =>
                mayIsClosed && month == "2024-05"
            )
            .ShouldBe(new Booking(period, belongsTo));

    private static RuleSet Rules =>
        Given.Rules() with
        {
            Rates = [new YearlyRate(2024, "USD", 7.1217m), new YearlyRate(2024, "EUR", 7.7m)],
        };

    private static LedgerRow Entry(string amount, string currency, bool foreign, bool manufacturing = true) =>
        new(
            1,
            "p",
            new CountedFact
            {
                Kind = FactKind.Capital,
                Subject = "e",
                OccurredOn = new DateOnly(2024, 5, 20),
                Counted = 0,
                Amount = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency),
                Foreign = foreign,
                Manufacturing = manufacturing,
                LandingId = "nanhu",
            },
            DateTimeOffset.Parse("2024-05-20T02:00:00Z"),
            "2024-05",
            null,
            1,
            false,
            null,
            "r1",
            "capital",
            "e",
            null
        );

    [Test]
    public void R63_foreign_capital_used_is_in_dollars_by_the_years_rate_where_the_month_has_none()
    {
        var used = Indicator.All["foreign-capital-used"];
        var book = new RuleBook([Rules]);
        LedgerRow[] rows = [Entry("10000000", "EUR", true), Entry("3000000", "USD", true), Entry("1000", "CNY", false)];
        used.Value(rows[0].Fact, Rules).ShouldBe(10_812_025_22);
        var sum = Crediting.Table(rows, used, book, new Dictionary<string, AgreedShares>()).City.Amount;
        sum.ShouldBe(13_812_025_22);
        Math.Round(CapitalEntries.Rate(sum / 100m, 40_000_000m)!.Value * 100, 2, MidpointRounding.AwayFromZero)
            .ShouldBe(34.53m);
    }

    [Test]
    public void C7_a_months_rate_goes_before_the_years()
    {
        var rules = Rules with { UsdRates = [new MonthlyRate("2024-05", "EUR", 1.08m)] };
        rules.In("USD", new Money(10_000_000m, "EUR"), new DateOnly(2024, 5, 20)).ShouldBe(10_800_000m);
        rules.In("USD", new Money(1m, "THB"), new DateOnly(2024, 5, 20)).ShouldBeNull();
    }

    [TestCase("650000000", "350000000", "65.00", true)]
    [TestCase("649999", "350001", "65.00", false)]
    public void R63_the_manufacturing_share_is_compared_unrounded(string made, string other, string shown, bool met)
    {
        var share = Crediting
            .ManufacturingShare(
                [Entry(made, "CNY", false), Entry(other, "CNY", false, manufacturing: false)],
                new RuleBook([Rules])
            )!
            .Value;
        (share * 100).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(shown);
        (share >= 0.65m).ShouldBe(met);
    }

    [Test]
    public void R63_of_nothing_there_is_no_share() =>
        Crediting.ManufacturingShare([], new RuleBook([Rules])).ShouldBeNull();

    [TestCase(CapitalKind.DomesticCash, VoucherKind.BankSlip, true)]
    [TestCase(CapitalKind.DomesticCash, VoucherKind.CapitalVerification, true)]
    [TestCase(CapitalKind.DomesticCash, VoucherKind.Invoice, false)]
    [TestCase(CapitalKind.ForeignCash, VoucherKind.FdiRegistration, true)]
    [TestCase(CapitalKind.ForeignCash, VoucherKind.MofcomExtract, true)]
    [TestCase(CapitalKind.ForeignCash, VoucherKind.BankSlip, false)]
    [TestCase(CapitalKind.Equipment, VoucherKind.CustomsForm, true)]
    [TestCase(CapitalKind.ReinvestedProfit, VoucherKind.AuditedAccounts, true)]
    [TestCase(CapitalKind.ShareholderLoan, VoucherKind.ForeignDebtRegistration, true)]
    [TestCase(CapitalKind.Intangible, VoucherKind.Appraisal, true)]
    [TestCase(CapitalKind.Intangible, VoucherKind.BankSlip, false)]
    public void R60_each_kind_has_its_voucher(CapitalKind kind, VoucherKind voucher, bool fits) =>
        CapitalEntries
            .Missing(kind, voucher, "V-1", 1)
            .Select(error => error.Field)
            .ShouldBe(fits ? [] : ["voucherKind"]);

    [Test]
    public void R60_the_voucher_has_a_number_and_a_file() =>
        CapitalEntries
            .Missing(CapitalKind.DomesticCash, null, " ", 0)
            .Select(error => error.Field)
            .ShouldBe(["voucherKind", "voucherNo", "files"]);

    [TestCase(CapitalKind.ForeignCash, VoucherKind.FdiRegistration, false, true)]
    [TestCase(CapitalKind.ReinvestedProfit, VoucherKind.AuditedAccounts, false, true)]
    [TestCase(CapitalKind.Equipment, VoucherKind.CustomsForm, true, true)]
    [TestCase(CapitalKind.Equipment, VoucherKind.Invoice, true, false)]
    [TestCase(CapitalKind.Equipment, VoucherKind.CustomsForm, false, false)]
    [TestCase(CapitalKind.Intangible, VoucherKind.Appraisal, true, true)]
    [TestCase(CapitalKind.ShareholderLoan, VoucherKind.ForeignDebtRegistration, true, false)]
    [TestCase(CapitalKind.DomesticCash, VoucherKind.BankSlip, true, false)]
    public void R60_what_is_foreign_capital(CapitalKind kind, VoucherKind voucher, bool foreignPayer, bool foreign) =>
        CapitalEntries.IsForeign(kind, voucher, foreignPayer, CapitalRules.Default).ShouldBe(foreign);

    [Test]
    public void R60_a_rule_set_may_take_shareholders_loans_for_foreign() =>
        CapitalEntries
            .IsForeign(
                CapitalKind.ShareholderLoan,
                VoucherKind.ForeignDebtRegistration,
                true,
                CapitalRules.Default with
                {
                    ForeignKinds = [CapitalKind.ShareholderLoan],
                }
            )
            .ShouldBeTrue();

    // §6: kinds that count, and the least that an entry must be, each currency for itself; the boundary itself counts.
    [TestCase(CapitalKind.DomesticCash, "500000", "CNY", "")]
    [TestCase(CapitalKind.DomesticCash, "499999.99", "CNY", "amount")]
    [TestCase(CapitalKind.DomesticCash, "1", "USD", "")]
    [TestCase(CapitalKind.ShareholderLoan, "500000", "CNY", "kind")]
    [TestCase(CapitalKind.ShareholderLoan, "1", "CNY", "kind amount")]
    public void R60_a_rule_set_says_which_kinds_count_and_from_which_amount(
        CapitalKind kind,
        string amount,
        string currency,
        string fields
    ) =>
        string.Join(
                ' ',
                CapitalEntries
                    .NotCounted(
                        kind,
                        new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency),
                        CapitalRules.Default with
                        {
                            Kinds = [CapitalKind.DomesticCash, CapitalKind.ForeignCash],
                            Minima = [new Money(500_000m, "CNY")],
                        }
                    )
                    .Select(error => error.Field)
            )
            .ShouldBe(fields);

    [Test]
    public void R60_a_rule_set_that_says_nothing_of_it_takes_every_kind_and_every_amount()
    {
        foreach (var kind in Enum.GetValues<CapitalKind>())
            CapitalEntries.NotCounted(kind, new Money(0.01m, "CNY"), CapitalRules.Default).ShouldBeEmpty();
    }

    [Test]
    public void R64_over_a_hundred_percent_is_told_uncapped_and_of_nothing_planned_nothing()
    {
        CapitalEntries.Rate(12m, 10m).ShouldBe(1.2m);
        CapitalEntries.Rate(12m, null).ShouldBeNull();
        CapitalEntries.Rate(12m, 0m).ShouldBeNull();
        CapitalEntries.Rate(null, 10m).ShouldBeNull();
    }
}
