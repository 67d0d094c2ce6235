using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Financing;

/// <summary>Needs of financing and matches (R135).</summary>
public sealed class FinancingTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");
    private Actor Centre => App.As("centre");

    private async Task<string> Party(string name = "嘉禾创业投资有限公司") =>
        (string)(await Centre.Post("institutions", new { name })).Is(201)["id"]!;

    private async Task<string> Need(decimal amount, string currency = "CNY") =>
        (string)
            (
                await Nanhu.Post(
                    "financing-needs",
                    new
                    {
                        enterprise = "嘉兴储电科技有限公司",
                        kind = "equity",
                        amount = new { amount, currency },
                    }
                )
            ).Is(201)["id"]!;

    private async Task Finances(string need, string party, decimal amount)
    {
        var match = (string)
            (
                await Nanhu.Post(
                    "matches",
                    new
                    {
                        needId = need,
                        partyId = party,
                        note = "路演后推荐",
                    }
                )
            ).Is(201)["id"]!;
        foreach (var to in new[] { "met", "diligence", "terms" })
            (await Nanhu.Act($"matches/{match}", "advance", new { to, note = to })).Is(200);
        (
            await Nanhu.Act(
                $"matches/{match}",
                "advance",
                new
                {
                    to = "financed",
                    note = "到位",
                    amount = new { amount, currency = "CNY" },
                }
            )
        ).Is(200);
    }

    // The worked test of R135: 20 needs of 0.25亿 = 5.00亿; 6 of them got 1.35亿 in all, one of them twice: it counts once.
    // 6 ÷ 20 = 0.3; 1.35 ÷ 5.00 = 0.27. Of five 0.2亿 each and one twice 0.175亿: 5 × 0.2 + 2 × 0.175 = 1.35.
    [Test]
    public async Task R135_twenty_needs_of_which_six_got_money_are_30_and_27_per_cent()
    {
        var party = await Party();
        var needs = new List<string>();
        for (var n = 0; n < 20; n++)
            needs.Add(await Need(25_000_000m));
        foreach (var need in needs.Take(5))
            await Finances(need, party, 20_000_000m);
        await Finances(needs[5], party, 17_500_000m);
        await Finances(needs[5], party, 17_500_000m);
        foreach (var reader in new[] { Nanhu, Centre, App.As("leader") })
        {
            var rates = (await reader.Get("financing-needs/rates")).Is(200);
            ((int)rates["needs"]!, (int)rates["financed"]!).ShouldBe((20, 6));
            ((decimal)rates["amount"]!["amount"]!).ShouldBe(500_000_000m);
            ((decimal)rates["financedAmount"]!["amount"]!).ShouldBe(135_000_000m);
            ((string)rates["byCount"]!, (string)rates["byMoney"]!).ShouldBe(("0.3", "0.27"));
        }

        var none = (await Xiuzhou.Get("financing-needs/rates")).Is(200);
        ((int)none["needs"]!).ShouldBe(0);
        none.Body!["byCount"].ShouldBeNull();
    }

    // Two needs of one day in two currencies, one of which has no rate: 1 need of 10 million, financed with 4 million, 4 ÷ 10 = 0.4; what the other got is in no amount either.
    [Test]
    public async Task R135_a_need_whose_currency_has_no_rate_is_in_no_amount_and_is_told_apart()
    {
        var party = await Party();
        await Finances(await Need(10_000_000m), party, 4_000_000m);
        await Finances(await Need(70_000_000m, "THB"), party, 1_000_000m);
        var rates = (await Centre.Get("financing-needs/rates")).Is(200);
        ((int)rates["needs"]!, (int)rates["financed"]!, (int)rates["withoutRate"]!).ShouldBe((1, 1, 1));
        ((decimal)rates["amount"]!["amount"]!).ShouldBe(10_000_000m);
        ((decimal)rates["financedAmount"]!["amount"]!).ShouldBe(4_000_000m);
        ((string)rates["byCount"]!, (string)rates["byMoney"]!).ShouldBe(("1", "0.4"));
    }

    [Test]
    public async Task R135_a_match_goes_step_by_step_and_its_silence_is_seen()
    {
        var (need, party) = (await Need(25_000_000m), await Party());
        object Proposal() =>
            new
            {
                needId = need,
                partyId = party,
                note = "推荐",
            };
        var match = (string)(await Nanhu.Post("matches", Proposal())).Is(201)["id"]!;
        (await Nanhu.Post("matches", Proposal())).IsProblem(409, "match-open");
        (await Xiuzhou.Get($"matches/{match}")).IsProblem(404, "not-found");
        (await Nanhu.Act($"matches/{match}", "advance", new { to = "terms", note = "跳步" })).IsProblem(
            409,
            "match-order"
        );
        (await Nanhu.Post($"matches/{match}/advance", new { to = "met", note = "接洽" })).Status.ShouldBe(428);
        App.Time.Advance(TimeSpan.FromDays(30));
        ((string)(await Centre.Get($"matches/{match}")).Is(200)["light"]!).ShouldBe("yellow");
        (await Centre.Get("matches?silence=yellow")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        (await Centre.Get("matches?silence=red")).Is(200)["items"].AsArray().ShouldBeEmpty();
        foreach (var to in new[] { "met", "diligence", "terms" })
            (await Nanhu.Act($"matches/{match}", "advance", new { to, note = to })).Is(200);
        (await Nanhu.Act($"matches/{match}", "advance", new { to = "financed", note = "到位" })).IsProblem(
            422,
            "amount-missing"
        );
        var dropped = (await Nanhu.Act($"matches/{match}", "advance", new { to = "dropped", note = "未谈拢" })).Is(200);
        dropped["steps"]!
            .AsArray()
            .Select(step => (string)step!["to"]!)
            .ShouldBe(["proposed", "met", "diligence", "terms", "dropped"]);
        (await Nanhu.Act($"matches/{match}", "advance", new { to = "met", note = "再来" })).IsProblem(
            409,
            "match-ended"
        );
    }

    [Test]
    public async Task R135_who_suits_a_need_is_suggested_and_the_other_way_round()
    {
        var fund = (string)
            (
                await Centre.Post(
                    "funds",
                    new
                    {
                        name = "嘉兴储能产业基金",
                        chain = "新型储能",
                        details = new
                        {
                            size = new { amount = 100_000_000, currency = "CNY" },
                            stages = new[] { "growth" },
                        },
                    }
                )
            ).Is(201)["id"]!;
        var need = (string)
            (
                await Nanhu.Post(
                    "financing-needs",
                    new
                    {
                        enterprise = "嘉兴储电科技有限公司",
                        kind = "equity",
                        stage = "growth",
                        chain = "新型储能",
                        amount = new { amount = 50_000_000, currency = "CNY" },
                    }
                )
            ).Is(201)["id"]!;
        var suggested = (await Nanhu.Get($"financing-needs/{need}/suggestions")).Is(200)["items"][0]!;
        ((string)suggested["party"]!["id"]!, (bool)suggested["suits"]!).ShouldBe((fund, true));
        suggested["for"]!.AsArray().Select(by => (string)by!).ShouldBe(["stage", "chain", "size"]);
        (await Nanhu.Get($"financing-needs?suits={fund}")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        (await Xiuzhou.Get($"financing-needs?suits={fund}")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Nanhu.Post("financing-needs", new { kind = "loan", amount = new { amount = 1, currency = "CNY" } }))
            .Codes("enterprise")
            .ShouldBe(["project-or-enterprise"]);
    }

    [Test]
    public async Task R135_needs_are_exported_to_whom_the_list_tells_them()
    {
        await Need(25_000_000m);
        foreach (var who in new[] { Nanhu, Centre })
        {
            var row = Exports.Files.ReadCsv(await who.Downloads("exports/financing-needs.csv")).Single();
            (row["融资金额"], row["币种"], row["对接次数"]).ShouldBe(("25000000", "CNY", "0"));
        }

        Exports.Files.ReadCsv(await Xiuzhou.Downloads("exports/financing-needs.csv")).ShouldBeEmpty();
        Exports.Files.ReadCsv(await Centre.Downloads("exports/financing-needs.csv?financed=true")).ShouldBeEmpty();
    }
}
