using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Credit;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Funds;

/// <summary>What funds invested, in the ledger and in figures (R45, R100, R131). The command <c>check</c> holds them against each other.</summary>
public sealed class FundLedgerTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    private static async Task<string> Fund(Actor keeper, string name) =>
        (string)(await keeper.Post("funds", new { name })).Is(201)["id"]!;

    private async Task<string> Invests(Actor by, string fund, decimal amount, string where = "local")
    {
        var investment = (string)
            (
                await by.Post(
                    $"funds/{fund}/investments",
                    new
                    {
                        company = "甲公司",
                        investedIn = where,
                        investedOn = "2026-04-01",
                        amount = new { amount, currency = "CNY" },
                        evidence = "投资协议",
                    }
                )
            ).Is(201)["id"]!;
        Rows(investment).ShouldBeEmpty("what waits for a second person does not count");
        return investment;
    }

    private async Task<string> Verified(Actor by, string fund, decimal amount, string where = "local")
    {
        var investment = await Invests(by, fund, amount, where);
        (await App.As("centre2").Post($"fund-investments/{investment}/verify")).Is(200);
        return investment;
    }

    private List<(string Period, string? BelongsTo, long Sign, long Counted, long? Amount, string Landing)> Rows(
        string investment
    ) =>
        App.Sql(connection =>
            connection
                .Query<(string, string?, long, long, long?, string)>(
                    "SELECT period, belongs_to, sign, counted, amount, landing_id FROM ledger WHERE project_id = @investment AND kind = 'fund-investment' AND cause_kind = 'fund-investment' AND cause_id = @investment",
                    new { investment }
                )
                .ToList()
        );

    private async Task Defines(string id)
    {
        var definition = new
        {
            id,
            name = "基金投资额（核实）",
            unit = "cny",
            source = "funds",
            aggregate = "sum",
            filter = "kind = fund-investment",
        };
        (await Centre.Post("indicators", definition)).Is(201);
        (await App.As("centre2").Act($"indicators/{id}", "publish", new { })).Is(200);
    }

    [Test]
    public async Task R100_verified_investments_are_a_figure_that_opens_to_them()
    {
        var (own, city) = (await Fund(Nanhu, "南湖产业引导基金"), await Fund(Centre, "嘉兴母基金"));
        var local = await Verified(Nanhu, own, 140_000_000m);
        await Verified(Nanhu, own, 100_000_000m, "relocated");
        var elsewhere = await Verified(Nanhu, own, 500_000_000m, "elsewhere");
        await Verified(Centre, city, 30_000_000m);
        Rows(local).ShouldBe([("2026-04", null, 1, 0, 14_000_000_000, Nanhu.UnitId!)]);
        Rows(elsewhere).ShouldBeEmpty();
        await Defines("fund-verified");

        // Nanhu 1.4亿 + 1.0亿 = 2.4亿; the city 0.3亿 more, which no unit brought.
        const string Of = "indicators=fund-verified,fund-investment&period=2026-04";
        (
            await Centre.Put($"indicators/fund-investment/values/2026-04/city", new { value = 7, source = "月报" }, "*")
        ).Is(200);
        var told = (await Centre.Get($"figures?{Of}")).Is(200);
        told["city"]
            .AsArray()
            .ToDictionary(cell => (string)cell!["indicator"]!, cell => (decimal)cell!["value"]!)
            .ShouldBe(
                new Dictionary<string, decimal> { ["fund-verified"] = 270_000_000m, ["fund-investment"] = 7m },
                ignoreOrder: true
            );
        const string Explained = "figures/explain?indicator=fund-verified&period=2026-04";
        var mine = (await Nanhu.Get(Explained)).Is(200);
        ((decimal)mine["figure"]!["value"]!, (int)mine["facts"]!, (int)mine["projects"]!).ShouldBe(
            (240_000_000m, 2, 0)
        );
        var item = mine["items"].AsArray().Last()!;
        (
            (string)item["investment"]!["fundId"]!,
            (string)item["investment"]!["company"]!,
            (string)item["cause"]!["id"]!,
            (decimal)item["original"]!["amount"]!
        ).ShouldBe((own, "甲公司", local, 140_000_000m));

        // Another unit's figure is as if there were none (R20).
        var others = (await App.As("xiuzhou").Get(Explained)).Is(200);
        ((decimal)others["figure"]!["value"]!, (int)others["facts"]!).ShouldBe((0m, 0));
        ((int)(await Centre.Get(Explained)).Is(200)["facts"]!).ShouldBe(3);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R107_what_is_verified_after_its_month_was_closed_is_adjusting()
    {
        var investment = await Invests(Nanhu, await Fund(Nanhu, "南湖产业引导基金"), 140_000_000m);
        (await Centre.Act("periods/2026-04", "close", new { })).Is(200);
        (await Centre.Post($"fund-investments/{investment}/verify")).Is(200);
        Rows(investment).ShouldBe([("2026-05", "2026-04", 1, 0, 14_000_000_000, Nanhu.UnitId!)]);
        await Defines("fund-verified");
        var cell = (await Centre.Get("figures?indicators=fund-verified&period=2026-05")).Is(200)["city"][0]!;
        ((decimal)cell["value"]!, (decimal)cell["adjusting"]!).ShouldBe((140_000_000m, 140_000_000m));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task An_older_library_gets_its_rows_in_the_background_once()
    {
        var fund = await Fund(Nanhu, "南湖产业引导基金");
        var (first, second) = (await Verified(Nanhu, fund, 1m), await Verified(Nanhu, fund, 2m));
        App.Sql(connection =>
            connection.Execute(
                "DELETE FROM ledger; UPDATE ledger_head SET seq = 0, hash = '0000000000000000000000000000000000000000000000000000000000000000'; INSERT INTO settings (name, value) SELECT 'ledger-investments-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM fund_investments"
            )
        );
        (await Violations()).ShouldBeEmpty("what is not yet written is not missed");
        for (var run = 0; run < 2; run++)
        {
            await App.Services.GetRequiredService<BuildLedger>().Run();
            (Rows(first).Count, Rows(second).Count).ShouldBe((1, 1));
            (await Violations()).ShouldBeEmpty();
        }
    }

    [TestCase("UPDATE fund_investments SET amount = 1", "tells otherwise what counts of fund-investment")]
    [TestCase("UPDATE fund_investments SET status = 'returned'", "that does not count: 1")]
    [TestCase("DELETE FROM ledger", "lacks what counts of fund-investment")]
    public async Task What_was_touched_is_found(string statement, string words)
    {
        await Verified(Nanhu, await Fund(Nanhu, "南湖产业引导基金"), 5m);
        App.Sql(connection => connection.Execute(statement));
        (await Violations()).ShouldContain(violation => violation.Contains(words, StringComparison.Ordinal));
    }
}
