using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>The closed grammar of indicators (R100).</summary>
public sealed class FactFilterTests
{
    private static readonly RuleSet Rules = Given.Rules();

    private static LedgerRow Row(
        FactKind kind = FactKind.Registered,
        decimal? yi = 12,
        string? industry = "3973",
        string currency = "CNY",
        bool manufacturing = true,
        string flags = ""
    ) =>
        new(
            1,
            "P",
            new CountedFact
            {
                Kind = kind,
                Subject = "",
                OccurredOn = new DateOnly(2024, 5, 10),
                Counted = 1,
                Amount = yi is { } known ? new Money(known * 100_000_000m, currency) : null,
                IndustryCode = industry,
                Manufacturing = manufacturing,
                InvestorFlags = flags,
                LandingId = "nanhu",
            },
            DateTimeOffset.Parse("2024-05-10T02:00:00Z"),
            "2024-05",
            null,
            1,
            false,
            null,
            "r1",
            "move",
            "m",
            null
        );

    private static Counts Takes(string filter, LedgerRow row) => FactFilter.Known(filter).Takes(row, Rules);

    [TestCase("kind = registered", Counts.Yes)]
    [TestCase("kind = landed", Counts.Yes)] // The rules' default: projects count at their registration (R42).
    [TestCase("kind = signed", Counts.No)]
    [TestCase("kind in (signed, registered)", Counts.Yes)]
    [TestCase("kind != registered", Counts.No)]
    [TestCase("amount >= 12亿", Counts.Yes)]
    [TestCase("amount > 12亿", Counts.No)]
    [TestCase("amount >= 1200000000 CNY", Counts.Yes)]
    [TestCase("amount < 120000万", Counts.No)]
    [TestCase("amount <= 120000万 CNY", Counts.Yes)]
    [TestCase("industry = 39", Counts.Yes)]
    [TestCase("industry in (38, 397)", Counts.Yes)]
    [TestCase("industry != 3973", Counts.No)]
    [TestCase("manufacturing and not foreign", Counts.Yes)]
    [TestCase("foreign or amount >= 10亿 and manufacturing", Counts.Yes)]
    [TestCase("(foreign or amount >= 10亿) and not manufacturing", Counts.No)]
    [TestCase("fortune500", Counts.No)]
    public void R100_a_filter_takes_what_it_says(string filter, Counts counts) => Takes(filter, Row()).ShouldBe(counts);

    [Test]
    public void R100_what_is_not_known_is_neither_in_nor_out()
    {
        var unknown = Row(yi: null, industry: null);
        Takes("amount >= 10亿", unknown).ShouldBe(Counts.Unknown);
        Takes("not amount >= 10亿", unknown).ShouldBe(Counts.Unknown);
        Takes("industry = 39", unknown).ShouldBe(Counts.Unknown);

        // Whatever the amount may be, these are settled.
        Takes("amount >= 10亿 and foreign", unknown).ShouldBe(Counts.No);
        Takes("amount >= 10亿 or manufacturing", unknown).ShouldBe(Counts.Yes);

        // A currency without a rate.
        Takes("amount >= 10亿", Row(currency: "CLP")).ShouldBe(Counts.Unknown);
    }

    [Test]
    public void R100_flags_of_investors_are_read_as_they_stood()
    {
        Takes("fortune500 and listed", Row(flags: "fortune500 listed")).ShouldBe(Counts.Yes);
        Takes("central-soe", Row(flags: "fortune500 listed")).ShouldBe(Counts.No);
        Takes("late-notice", Row() with { LateNotice = true }).ShouldBe(Counts.Yes);
    }

    [TestCase("", "filter-test", 1)]
    [TestCase("kind = built", "filter-kind", 8)]
    [TestCase("kind > signed", "filter-comparison", 6)]
    [TestCase("amount >= many", "filter-number", 11)]
    [TestCase("amount >= 10亿 YUAN", "filter-currency", 15)]
    [TestCase("amount >= 1.2.3", "filter-number", 11)]
    [TestCase("industry = 3", "filter-industry", 12)]
    [TestCase("manufacturing foreign", "filter-end", 15)]
    [TestCase("(manufacturing", "filter-closing", 15)]
    [TestCase("kind in signed", "filter-opening", 9)]
    [TestCase("manufacturing and system('rm')", "filter-test", 19)]
    [TestCase("((((((((( manufacturing )))))))))", "filter-deep", 11)]
    public void R100_what_is_no_filter_is_refused_with_its_place(string text, string code, int position)
    {
        var (filter, error) = FactFilter.Parse(text);
        filter.ShouldBeNull();
        (error!.Code, error.Position).ShouldBe((code, position));
    }

    [Test]
    public void R100_a_filter_is_bounded()
    {
        string Joined(int tests) => string.Join(" or ", Enumerable.Repeat("foreign", tests));
        FactFilter.Parse(Joined(FactFilter.MostTests)).Error.ShouldBeNull();
        FactFilter.Parse(Joined(FactFilter.MostTests + 1)).Error!.Code.ShouldBe("filter-tests");
        FactFilter.Parse(new string(' ', FactFilter.MostCharacters + 1)).Error!.Code.ShouldBe("filter-long");
        FactFilter.Parse(string.Concat(Enumerable.Repeat("not ", 100)) + "foreign").Error!.Code.ShouldBe("filter-deep");
    }

    [Property]
    public void R100_any_text_is_a_filter_or_is_refused(string? text)
    {
        var (filter, error) = FactFilter.Parse(text ?? "");
        (filter is null).ShouldBe(error is not null);
        if (error is not null)
            error.Position.ShouldBeInRange(1, (text?.Length ?? 0) + 1);
    }

    [TestCase("kind = signed and foreign", true)]
    [TestCase("kind in (signed, registered)", false)]
    [TestCase("foreign", false)]
    [TestCase("kind = landed", true)]
    [TestCase("kind = landed or kind = signed", false)]
    [TestCase("not kind != capital", true)]
    [TestCase("not (kind != capital or foreign)", true)]
    [TestCase("kind = signed or foreign", false)]
    public void R100_a_project_counts_for_one_kind_of_fact_alone(string filter, bool one) =>
        FactFilter.Known(filter).IsOfOneKind.ShouldBe(one);

    [Test]
    public void R100_the_kinds_that_have_to_be_read_follow_from_the_filter()
    {
        FactFilter.Known("kind = capital and foreign").Kinds.ShouldBe([FactKind.Capital]);
        FactFilter.Known("kind = landed").Kinds.ShouldBe([FactKind.Signed, FactKind.Registered, FactKind.Started]);
    }

    [Test]
    public void R100_every_built_in_indicator_can_be_counted()
    {
        IndicatorDefinition
            .BuiltIn.Select(one => one.Id)
            .ShouldBe(
                [
                    "foreign-capital-used",
                    "capital-paid-in",
                    "manufacturing-share",
                    "projects-fortune-500",
                    "projects-usd-100m",
                    "projects-1b",
                    "projects-5b",
                    "projects-10b",
                    "projects-signed",
                    "projects-registered",
                    "projects-started",
                    "projects-in-production",
                    "fund-institutions",
                    "fund-cluster",
                    "fund-investment",
                    "tech-events",
                    "tech-enterprises",
                    "tech-enterprises-parks",
                    "tech-enterprises-incubators",
                    "road-shows",
                    "financing",
                    "listed-companies",
                    "late-notices",
                ],
                ignoreOrder: true
            );
        foreach (var definition in IndicatorDefinition.BuiltIn)
        {
            definition.Faults().ShouldBeEmpty(definition.Id);
            definition.NameEn.ShouldNotBeNull();
            if (!definition.IsStated)
                definition.Compile().Kinds.ShouldNotBeEmpty();
        }
    }

    [Test]
    public void R100_a_definition_that_cannot_be_counted_says_what_is_wrong()
    {
        IndicatorDefinition Of(string? filter) =>
            new()
            {
                Id = "x",
                Name = "X",
                Unit = IndicatorUnit.Projects,
                Source = IndicatorSource.Credit,
                Filter = filter,
            };
        string[] Codes(IndicatorDefinition definition) =>
            [.. definition.Faults().Select(fault => $"{fault.Field} {fault.Code}")];

        Codes(Of("kind = signed")).ShouldBeEmpty();
        Codes(Of(null)).ShouldBe(["filter required"]);
        Codes(Of("manufacturing")).ShouldBe(["filter filter-kinds"]);
        Codes(Of("kind = capital")).ShouldBe(["filter filter-source"]);
        Codes(Of("kind = signed") with { Unit = IndicatorUnit.Cny }).ShouldBe(["unit unit-of-aggregate"]);
        Codes(Of("kind = capital") with { Source = IndicatorSource.Capital }).ShouldBe(["aggregate money-is-summed"]);
        Codes(Of("kind = fund-investment")).ShouldBe(["filter filter-source"]);
        var funds = Of("kind = fund-investment") with { Source = IndicatorSource.Funds };
        Codes(funds).ShouldBe(["aggregate money-is-summed"]);
        Codes(funds with { Unit = IndicatorUnit.Cny, Aggregate = IndicatorAggregate.Sum }).ShouldBeEmpty();
        Codes(Of("kind = signed") with { Source = IndicatorSource.Funds }).ShouldBe(["filter filter-source"]);
        var events = Of("kind = event and road-show") with
        {
            Source = IndicatorSource.Events,
            Unit = IndicatorUnit.Items,
        };
        Codes(events).ShouldBeEmpty();
        Codes(events with { Source = IndicatorSource.Libraries }).ShouldBe(["filter filter-source"]);
        Codes(events with { Unit = IndicatorUnit.Cny, Aggregate = IndicatorAggregate.Sum })
            .ShouldBe(["aggregate no-money-to-sum"]);
        foreach (var counted in IndicatorDefinition.CountedForms.Values)
            Codes(counted).ShouldBeEmpty(counted.Id);
        Codes(Of("kind = signed") with { View = RatioView.Cohort }).ShouldBe(["view cohort-ratio"]);
        Codes(Of("kind = signed") with { Part = "foreign" }).ShouldBe(["part only-of-ratio"]);
        Codes(Of("kind = signed") with { Source = IndicatorSource.Manual }).ShouldBe(["filter stated-filter"]);
        Codes(
                Of("kind = signed") with
                {
                    Brackets = new IndicatorBrackets([new(5, "CNY"), new(5, "CNY")], BracketMode.Nested),
                }
            )
            .ShouldBe(["brackets.limits brackets-ascending"]);
    }
}
