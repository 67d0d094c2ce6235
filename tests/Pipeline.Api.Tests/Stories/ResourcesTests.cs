using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Stories;

/// <summary>A road-show brings a project that is financed, gets its land, lands on a chain, and is credited; every figure is worked out by hand.</summary>
public sealed class ResourcesTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    [Test]
    public async Task From_a_road_show_to_a_landed_project_with_its_credit()
    {
        // A road-show of the centre's, of which nanhu brings home a project of 2.6亿 that needs 100 mu.
        var show = (string)
            (
                await Centre.Post(
                    "events",
                    new
                    {
                        kind = "road-show",
                        name = "储能路演",
                        startsOn = "2026-05-04",
                        technology = true,
                    }
                )
            ).Is(201)["id"]!;
        var body = Given.Another(1);
        body["totalInvestment"] = new { amount = 260_000_000m, currency = "CNY" };
        body["landMu"] = 100;
        body["industryCode"] = "3841";
        body["chain"] = "新型储能";
        var project = (string)(await Nanhu.Post("projects", body)).Is(201)["id"]!;
        var result = (string)
            (
                await Nanhu.Post(
                    $"events/{show}/results",
                    new
                    {
                        kind = "project",
                        title = "储能电芯",
                        projectId = project,
                        carrier = "嘉兴科技城",
                        person = "王专员",
                    }
                )
            ).Is(201)["id"]!;

        // Somebody brought its investor: named before it registers, confirmed by investor, unit and centre.
        (
            await Nanhu.Post(
                $"projects/{project}/referrer",
                new
                {
                    name = "赵先生",
                    kind = "person",
                    declared = true,
                }
            )
        ).Is(201);
        var statement = await Nanhu.Uploads("statement.pdf");
        (await Nanhu.Act($"projects/{project}/referrer", "confirm", new { fileId = statement })).Is(200);
        (await Nanhu.Act($"projects/{project}/referrer", "confirm", new { })).Is(200);
        (await Centre.Act($"projects/{project}/referrer", "confirm", new { })).Is(200);

        // It needs 0.5亿 and gets 0.4亿: one need of one, 100 %; 0.4 ÷ 0.5 = 80 %.
        var party = (string)(await Centre.Post("institutions", new { name = "嘉禾创业投资有限公司" })).Is(201)["id"]!;
        var need = (string)
            (
                await Nanhu.Post(
                    "financing-needs",
                    new
                    {
                        projectId = project,
                        kind = "equity",
                        amount = new { amount = 50_000_000, currency = "CNY" },
                    }
                )
            ).Is(201)["id"]!;
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
                    amount = new { amount = 40_000_000, currency = "CNY" },
                }
            )
        ).Is(200);
        var rates = (await Centre.Get("financing-needs/rates")).Is(200);
        ((string)rates["byCount"]!, (string)rates["byMoney"]!).ShouldBe(("1", "0.8"));

        // A parcel of 102.761 28 mu at 2.5 million a mu asks for 256 903 200 yuan: 260 000 000 fits.
        var parcel = (string)
            (
                await Nanhu.Post(
                    "parcels",
                    new
                    {
                        place = "科技城3-12地块",
                        areaM2 = 68_507.52,
                        industryClasses = new[] { "38" },
                        minIntensity = new { amount = 2_500_000, currency = "CNY" },
                    }
                )
            ).Is(201)["id"]!;
        (await Nanhu.Act($"parcels/{parcel}", "offer", new { })).Is(200);
        ((bool)(await Nanhu.Get($"projects/{project}/fits")).Is(200)["items"][0]!["fits"]!).ShouldBeTrue();
        (await Nanhu.Act($"parcels/{parcel}", "negotiate", new { projectId = project })).Is(200);

        // A chain of one missing node, which the project covers once it has landed: 0 of 1, then 1 of 1.
        var chain = (string)(await Centre.Post("chains", new { name = "新型储能" })).Is(201)["id"]!;
        var node = (string)
            (
                await Centre.Put(
                    $"chains/{chain}/nodes",
                    new
                    {
                        nodes = new[]
                        {
                            new
                            {
                                position = "mid",
                                name = "电芯",
                                state = "missing",
                                industryClasses = new[] { "38" },
                            },
                        },
                    },
                    "*"
                )
            ).Is(200)["items"][0]!["id"]!;
        (await Nanhu.Post($"projects/{project}/chain-nodes", new { nodeId = node })).Is(201);
        ((string)(await Centre.Get($"chains/{chain}")).Is(200)["coverage"]!).ShouldBe("0");

        // Signed, its land is sold; registered, it has landed.
        await Moves(project, Given.Signing("2026-05-04", 260_000_000m));
        (await Nanhu.Act($"parcels/{parcel}", "sell", new { projectId = project })).Is(200);
        await Moves(
            project,
            new
            {
                to = "registered",
                occurredOn = "2026-05-04",
                evidence = new
                {
                    filingCode = "F-1",
                    filedOn = "2026-05-04",
                    registeredOn = "2026-05-04",
                    uscc = "91330400MA2B8K1X0Q",
                },
            }
        );
        ((string)(await Nanhu.Get($"event-results/{result}")).Is(200)["outcome"]!).ShouldBe("landed");
        var covered = (await Centre.Get($"chains/{chain}")).Is(200);
        ((string)covered["coverage"]!, (int)covered["states"]!["weak"]!).ShouldBe(("1", 1));

        // Owned and landed by nanhu, without transfer: one project and 2.6亿 for it, the same for the city, nothing double.
        var credit = (await Centre.Get("credit/summary?by=unit&period=2026-05&indicator=projects-registered")).Is(200);
        (
            (decimal)credit["totals"]!["units"]!["count"]!,
            (decimal)credit["totals"]!["units"]!["amount"]!["cny"]!
        ).ShouldBe((1m, 260_000_000m));
        (
            (decimal)credit["totals"]!["city"]!["count"]!,
            (decimal)credit["totals"]!["doubleCounted"]!["count"]!
        ).ShouldBe((1m, 0m));
        // A fund of nanhu's, of which the city paid in 1.0亿 to come back 1.5 times, puts 0.6亿 into it: 0.6 ÷ 1.5 = 40 %.
        var fund = (string)
            (
                await Nanhu.Post(
                    "funds",
                    new
                    {
                        name = "南湖产业引导基金",
                        details = new { cityPaidIn = new { amount = 100_000_000, currency = "CNY" }, multiple = 1.5 },
                    }
                )
            ).Is(201)["id"]!;
        var investment = (
            await Nanhu.Post(
                $"funds/{fund}/investments",
                new
                {
                    company = "嘉兴储电科技有限公司",
                    investedIn = "relocated",
                    investedOn = "2026-05-04",
                    amount = new { amount = 60_000_000, currency = "CNY" },
                    evidence = "投资协议",
                }
            )
        ).Is(201);
        (await Centre.Post($"fund-investments/{investment["id"]}/verify")).Is(200);
        ((string)(await Nanhu.Get($"funds/{fund}/return-investment")).Is(200)["share"]!).ShouldBe("0.4");

        // Counted as the city chose: one road-show, one technology event; 0.4亿 financed, since it is signed; 0.6亿 by the fund.
        string[] counted = ["road-shows", "tech-events", "financing", "fund-investment"];
        foreach (var indicator in counted)
        {
            var form = (await Centre.Get($"indicators/{indicator}")).Is(200)["countedForm"]!.DeepClone();
            (await Centre.Post("indicators", form)).Is(201);
            (await App.As("centre2").Act($"indicators/{indicator}", "publish", new { })).Is(200);
        }

        (await Centre.Get($"figures?indicators={string.Join(',', counted)}&period=2026-05"))
            .Is(200)["city"]
            .AsArray()
            .ToDictionary(cell => (string)cell!["indicator"]!, cell => (decimal)cell!["value"]!)
            .ShouldBe(
                new Dictionary<string, decimal>
                {
                    ["road-shows"] = 1m,
                    ["tech-events"] = 1m,
                    ["financing"] = 40_000_000m,
                    ["fund-investment"] = 60_000_000m,
                },
                ignoreOrder: true
            );

        // By 3, 4 and 5 ‰ up to 10 m, to 100 m and above: of 150 m invested 30 000 + 360 000 + 250 000 = 640 000, once it produces.
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "引荐奖励",
                        effectiveFrom = "2026-05-05",
                        referral = new
                        {
                            @base = "fixed-investment",
                            mode = "marginal",
                            bands = new object[]
                            {
                                new { upTo = 10_000_000, perMille = 3 },
                                new { upTo = 100_000_000, perMille = 4 },
                                new { perMille = 5 },
                            },
                            cap = 1_000_000,
                            claimWithin = "P1Y",
                        },
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromDays(1));
        (
            await Centre.Put(
                $"projects/{project}/fixed-investment/2026",
                new { amount = new { amount = 150_000_000, currency = "CNY" }, source = "统计" },
                "*"
            )
        ).Is(200);
        var reward = (await Nanhu.Get($"projects/{project}/referrer/reward")).Is(200);
        ((decimal)reward["reward"]!).ShouldBe(640_000m);
        reward["obstacles"].AsArray().Select(each => (string)each!).ShouldBe(["not-in-production"]);
        (await Violations()).ShouldBeEmpty();
        (await Centre.Get("changes?since=start&types=match.advanced&limit=200"))
            .Is(200)["items"]
            .AsArray()
            .Count.ShouldBe(5, "proposed, met, diligence, terms, financed");
    }

    private async Task Moves(string project, object move)
    {
        var made = (await Nanhu.Post($"projects/{project}/moves", move, ("If-Match", "*"))).Is(201);
        (await Centre.Post($"moves/{made["id"]}/verify")).Is(200);
    }
}
