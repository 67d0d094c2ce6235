using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Lists;

/// <summary>What has no rate is not below the threshold (R10), no total leaves it out in silence, and the keeper of rates is told.</summary>
public sealed class MissingRatesTests(string engine) : OnEachEngine(engine)
{
    // About USD 140 million; no rate of the baht is kept.
    private static Dictionary<string, object?> InBaht(decimal amount = 5_000_000_000m) =>
        Given.Project("泰国酒店设备制造基地", "泰铢超大有限公司", amount, "THB", "3841");

    [Test]
    public async Task An_amount_without_a_rate_counts_as_at_the_threshold_and_says_so()
    {
        // However small: nothing says that it is below.
        (await App.As("nanhu").Post("projects", InBaht(1000m)))
            .IsProblem(422, "report-required")
            .Codes("totalInvestment.currency")
            .ShouldBe(["rate-missing"]);
        (await App.As("nanhu").Post("projects?validateOnly=true", InBaht())).IsProblem(422, "report-required");

        var first = (await App.As("nanhu").Reports(InBaht())).Is(201);
        ((string)first["status"]!).ShouldBe("active");
        Flags(await App.As("nanhu").Get($"projects/{first["projectId"]}")).ShouldContain("rate-missing");
        var second = (await App.As("jiashan").Reports(InBaht())).Is(201);
        ((string)second["status"]!).ShouldBe("queued");
    }

    [Test]
    public async Task A_total_names_what_it_leaves_out_until_there_is_a_rate()
    {
        await App.As("nanhu").Reports(InBaht());
        await App.As("jiashan").Reports(Given.Project("槟城电机厂", "林吉特电机有限公司", 900_000_000m, "MYR", "3812"));
        await App.As("pinghu").Reports(Given.Project("氢能装备制造基地项目", "远景氢能有限公司", 2_000_000_000m));
        var totals = (await App.As("centre").Get("lists/in-talks")).Is(200)["totals"]!;
        ((decimal)totals["cny"]!).ShouldBe(2_000_000_000m);
        ((int)totals["leftOut"]!["count"]!).ShouldBe(2);
        totals["leftOut"]!["byCurrency"]!
            .AsArray()
            .Select(sum => ((string)sum!["currency"]!, (decimal)sum["amount"]!))
            .ShouldBe([("MYR", 900_000_000m), ("THB", 5_000_000_000m)]);
        var summary = (await App.As("centre").Get("summary?by=stage")).Is(200);
        ((int)summary["total"]!["totals"]!["leftOut"]!["count"]!).ShouldBe(2);

        // A unit's totals leave out its own alone.
        var own = (await App.As("nanhu").Get("lists/in-talks")).Is(200)["totals"]!;
        ((int)own["leftOut"]!["count"]!).ShouldBe(1);
        (await App.As("pinghu").Get("lists/in-talks"))["totals"]!["leftOut"].ShouldBeNull();

        await Keep(
            new
            {
                year = 2026,
                currency = "THB",
                cny = 0.2m,
            },
            new
            {
                year = 2026,
                currency = "MYR",
                cny = 1.6m,
            }
        );
        totals = (await App.As("centre").Get("lists/in-talks"))["totals"]!;
        totals["leftOut"].ShouldBeNull();
        ((decimal)totals["cny"]!).ShouldBe(2_000_000_000m + 1_000_000_000m + 1_440_000_000m);
    }

    [Test]
    public async Task The_keeper_of_rates_is_told_of_a_currency_once_and_not_whose_amount_it_is()
    {
        await App.As("nanhu").Reports(InBaht());
        await App.As("jiashan").Reports(InBaht());
        var told = Told(await App.As("admin").Get("notices"), "rate-missing").ShouldHaveSingleItem()!;
        var text = (string)told["text"]!;
        text.ShouldContain("THB");
        told.ToJsonString().ShouldNotContain("泰国酒店");
        Told(await App.As("nanhu").Get("notices"), "rate-missing").ShouldBeEmpty();
    }

    [Test]
    public async Task A_year_without_rates_is_announced_where_others_stand_in()
    {
        // It is 2026; the rates that come with the program are of 2024.
        await App.As("nanhu").Reports(Given.Project("氢能装备制造基地项目", "远景氢能有限公司", 200_000_000m, "USD"));
        var list = (await App.As("centre").Get("lists/in-talks")).Is(200);
        ((decimal)list["totals"]!["cny"]!).ShouldBe(1_424_340_000m);
        ((int)list["rateYear"]!).ShouldBe(2024);
        ((int)(await App.As("centre").Get("summary?by=stage"))["rateYear"]!).ShouldBe(2024);
        (await App.As("admin").Get("rule-sets/current"))["yearsWithoutRates"]!
            .AsArray()
            .Select(year => (int)year!)
            .ShouldBe([2026]);
        await Keep(
            new
            {
                year = 2026,
                currency = "USD",
                cny = 7m,
            }
        );
        (await App.As("centre").Get("lists/in-talks")).Text.ShouldNotContain("rateYear");
        (await App.As("admin").Get("rule-sets/current"))["yearsWithoutRates"]!.AsArray().ShouldBeEmpty();
    }

    // Every currency that the reader of registers knows a word for.
    [TestCase("USD", "EUR", "GBP", "HKD", "JPY", "KRW", "TWD", "SGD", "CHF", "AUD")]
    [TestCase("CAD", "MOP", "MYR", "THB", "SEK", "DKK", "NOK", "INR", "RUB")]
    public async Task A_rate_can_be_kept_of_every_currency_that_registers_name(params string[] currencies) =>
        await Keep([
            .. currencies.Select(currency => new
            {
                year = 2026,
                currency,
                cny = 1.5m,
            }),
        ]);

    private async Task Keep(params object[] rates)
    {
        App.Time.Advance(TimeSpan.FromSeconds(1));
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "汇率",
                        effectiveFrom = "2026-05-04",
                        rates,
                    }
                )
        ).Is(201);
    }

    private static IEnumerable<string> Flags(Answer project) =>
        project.Is(200)["flags"].AsArray().Select(flag => (string)flag!);

    private static List<System.Text.Json.Nodes.JsonNode?> Told(Answer notices, string kind) =>
        [.. notices.Is(200)["items"].AsArray().Where(notice => (string)notice!["kind"]! == kind)];
}
