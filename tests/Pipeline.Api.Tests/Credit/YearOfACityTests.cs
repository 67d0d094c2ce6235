using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Credit;

/// <summary>A year of one city, from the first report to the credit; every figure is worked out by hand beside it.</summary>
public sealed class YearOfACityTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task From_the_first_reports_to_the_credit_of_the_year()
    {
        // May. Nanhu reports A (12亿), B (20亿) and D (15亿), Haining E (30亿), for which Xiuzhou waits; Pinghu registers C (8亿).
        var a = await Reports("nanhu", 1, 12);
        var b = await Reports("nanhu", 2, 20);
        var d = await Reports("nanhu", 3, 15);
        var e = await Reports("haining", 4, 30);
        (await App.As("xiuzhou").Reports(Project(4, 30))).Is(201);
        var c = (string)(await App.As("pinghu").Post("projects", Project(5, 8))).Is(201)["id"]!;

        // A: notice on 05-05 of a signing on 05-12, seven days later: in time.
        On("2026-05-05");
        await GivesNotice("nanhu", a, "2026-05-12");

        // B fits better in Pinghu: offered, accepted, approved.
        On("2026-05-06");
        await Transfers("nanhu", b, "pinghu", "approve");

        // D is offered to Jiashan, which does not answer by 05-12 (05-07, 08, the worked Saturday 09, 11, 12) ...
        var unanswered = await Offers("nanhu", d, "jiashan");
        On("2026-05-13");
        var lapsed = (await App.As("nanhu").Get($"transfers/{unanswered}")).Is(200);
        ((string)lapsed["status"]!, (string)lapsed["endReason"]!, (string)lapsed["endedAt"]!).ShouldBe(
            ("lapsed", "not-answered", "2026-05-12T15:59:59.999Z")
        );

        // ... then to Haiyan, which would, but the centre does not agree.
        await Transfers("nanhu", d, "haiyan", "reject");

        // A is signed on its day and registered.
        (await Signs("nanhu", a, 12, "2026-05-12")).ShouldBeEmpty();
        await Registers("nanhu", a, "2026-05-13");

        // June. The windows of May have ended on 06-04: E is Xiuzhou's from 06-05 on.
        On("2026-06-05");
        ((string)(await App.As("xiuzhou").Get($"projects/{e}")).Is(200)["owner"]["id"]!).ShouldBe(Unit("xiuzhou"));

        // B: notice on 06-05, signed on 06-09, four days later: late.
        await GivesNotice("pinghu", b, "2026-06-12");
        On("2026-06-09");
        (await Signs("pinghu", b, 20, "2026-06-09")).ShouldBe(["late-notice"]);
        await Registers("pinghu", b, "2026-06-09");

        // C is below the threshold: no notice is asked for.
        (await Signs("pinghu", c, 8, "2026-06-09")).ShouldBeEmpty();
        await Registers("pinghu", c, "2026-06-09");

        // E goes on to Tongxiang; they agree on 40 : 60, and the centre approves that.
        await Transfers("xiuzhou", e, "tongxiang", "approve");
        await Agrees("tongxiang", e, ("xiuzhou", 4000), ("tongxiang", 6000));

        // A: 2亿 of 05-28, submitted on 06-04 would have been in time for May; on 06-09 it counts in June, and belongs to May.
        var first = await Pays("nanhu", a, 2, "2026-05-28");
        (await Verifies(first)).ShouldBe(("2026-06", "2026-05"));

        // July. D is signed without a notice, and registered; 1亿 is paid into B.
        On("2026-07-01");
        (await Signs("nanhu", d, 15, "2026-07-01")).ShouldBe(["no-notice"]);
        await Registers("nanhu", d, "2026-07-01");
        var wrong = await Pays("pinghu", b, 1, "2026-07-01");
        (await Verifies(wrong)).ShouldBe(("2026-07", null));
        On("2026-07-20");
        await GivesNotice("tongxiang", e, "2026-08-03");

        // August. E is signed in time (14 days) and registered; what was paid into B was 0.8亿: reversed and entered anew.
        On("2026-08-03");
        (await Signs("tongxiang", e, 30, "2026-08-03")).ShouldBeEmpty();
        await Registers("tongxiang", e, "2026-08-03");
        (await Centre.Act($"capital/{wrong}", "reverse", new { reason = "金额有误" })).Is(200);
        (await Verifies(await Pays("pinghu", b, 0.8m, "2026-08-03"))).ShouldBe(("2026-08", null));

        // September. D falls through after it has landed.
        On("2026-09-10");
        (
            await Centre.Submits(
                d,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-09-10",
                    reasonCode = "market",
                    note = "市场变化",
                }
            )
        ).Is(201);

        // October. A was 13亿 all along.
        On("2026-10-08");
        (
            await App.As("nanhu")
                .Patch(
                    $"projects/{a}",
                    new { totalInvestment = new { amount = 1_300_000_000m, currency = "CNY" } },
                    "*"
                )
        ).Is(200);

        // The ledger of registrations: A +12 in May; B +20 and C +8 in June; D +15 in July; E +30 in August; D −15 in September; A −12 +13 in October.
        foreach (
            var (month, count, yi) in new[]
            {
                ("2026-05", 1m, 12m),
                ("2026-06", 2m, 28m),
                ("2026-07", 1m, 15m),
                ("2026-08", 1m, 30m),
                ("2026-09", -1m, -15m),
                ("2026-10", 0m, 1m),
                ("2026-Q3", 1m, 30m),
            }
        )
            Figure((await Table("projects-registered", month))["totals"]["city"]!).ShouldBe((count, yi), month);

        // The year. Nanhu: A 13 + B 20 (first talk) + D 15 − 15 = 33, projects 1 + 1 + 0 = 2. Pinghu: B 20 + C 8 = 28, 2.
        // E by agreement: Xiuzhou 30 · 40 % = 12, 0.4; Tongxiang 30 · 60 % = 18, 0.6.
        var year = await Table("projects-registered", "2026");
        Units(year)
            .ShouldBe(
                new Dictionary<string, (decimal, decimal)>
                {
                    [Unit("nanhu")] = (2m, 33m),
                    [Unit("pinghu")] = (2m, 28m),
                    [Unit("tongxiang")] = (0.6m, 18m),
                    [Unit("xiuzhou")] = (0.4m, 12m),
                },
                ignoreOrder: true
            );

        // Σ units = 33 + 28 + 18 + 12 = 91 of 5; city = 13 + 20 + 8 + 30 = 71 of 4; B is counted twice: 20 of 1.
        Figure(year["totals"]["units"]!).ShouldBe((5m, 91m));
        Figure(year["totals"]["city"]!).ShouldBe((4m, 71m));
        Figure(year["totals"]["doubleCounted"]!).ShouldBe((1m, 20m));

        // Capital: A 2 (Nanhu's); B 1 − 1 + 0.8 = 0.8, for Nanhu and for Pinghu. Nanhu 2.8, Pinghu 0.8; Σ 3.6, city 2.8, twice 0.8.
        var paid = await Table("capital-paid-in", "2026");
        Units(paid)
            .ShouldBe(
                new Dictionary<string, (decimal, decimal)>
                {
                    [Unit("nanhu")] = (0m, 2.8m),
                    [Unit("pinghu")] = (0m, 0.8m),
                },
                ignoreOrder: true
            );
        Figure(paid["totals"]["doubleCounted"]!).ShouldBe((0m, 0.8m));

        // Rows of the figure "Nanhu 33": A −12, +13 in October, D −15, +15, B +20, A +12, newest first.
        var rows = (await Centre.Get($"credit?period=2026&jurisdictionId={Unit("nanhu")}")).Is(200);
        rows["items"]
            .AsArray()
            .Select(row => (decimal)row!["credited"]!["amount"]!["cny"]! / 100_000_000m)
            .ShouldBe([13m, -12m, -15m, 15m, 20m, 12m]);

        (await Violations()).ShouldBeEmpty();
    }

    private Actor Centre => App.As("centre");

    private string Unit(string code) => App.As(code).UnitId;

    private void On(string day) =>
        App.Time.Advance(Domain.Shanghai.StartOf(DateOnly.Parse(day)).AddHours(9) - App.Time.GetUtcNow());

    private static Dictionary<string, object?> Project(int number, decimal yi) =>
        new(Given.Another(number)) { ["totalInvestment"] = new { amount = yi * 100_000_000m, currency = "CNY" } };

    private async Task<string> Reports(string unit, int number, decimal yi) =>
        (string)(await App.As(unit).Reports(Project(number, yi))).Is(201)["projectId"]!;

    private async Task GivesNotice(string unit, string project, string planned) =>
        (
            await App.As(unit)
                .Post(
                    $"projects/{project}/signing-notices",
                    new
                    {
                        plannedSigningOn = planned,
                        parties = "区政府、企业",
                        agreedAmount = new { amount = 1, currency = "CNY" },
                    }
                )
        ).Is(201);

    private async Task<string> Offers(string unit, string project, string to) =>
        (string)
            (
                await App.As(unit)
                    .Post(
                        "transfers",
                        new
                        {
                            projectId = project,
                            toJurisdictionId = Unit(to),
                            reason = "更适合",
                        }
                    )
            ).Is(201)["id"]!;

    private async Task Transfers(string unit, string project, string to, string decision)
    {
        var transfer = await Offers(unit, project, to);
        (await App.As(to).Act($"transfers/{transfer}", "accept", new { })).Is(200);
        object body = decision == "reject" ? new { reason = "暂不调整" } : new { };
        (await Centre.Act($"transfers/{transfer}", decision, body)).Is(200);
    }

    private async Task<string[]> Signs(string unit, string project, decimal yi, string on)
    {
        var move = (await App.As(unit).Submits(project, Given.Signing(on, yi * 100_000_000m))).Is(201);
        var verified = (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return [.. verified["flags"].AsArray().Select(flag => (string)flag!)];
    }

    private async Task Registers(string unit, string project, string on)
    {
        var move = (
            await App.As(unit)
                .Submits(
                    project,
                    new
                    {
                        to = "registered",
                        occurredOn = on,
                        evidence = new { filingCode = "F-1", filedOn = on },
                    }
                )
        ).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
    }

    private async Task Agrees(string unit, string project, params (string Unit, int Bp)[] shares)
    {
        var agreement = (
            await App.As(unit)
                .Post(
                    $"projects/{project}/credit-agreements",
                    new
                    {
                        shares = shares.Select(share => new { jurisdictionId = Unit(share.Unit), bp = share.Bp }),
                        years = 5,
                        fileId = await App.As(unit).Uploads("contract.pdf"),
                    }
                )
        ).Is(201);
        (await Centre.Act($"credit-agreements/{agreement["id"]}", "approve", new { })).Is(200);
    }

    private async Task<string> Pays(string unit, string project, decimal yi, string on) =>
        (string)
            (
                await App.As(unit)
                    .Post(
                        $"projects/{project}/capital",
                        new
                        {
                            occurredOn = on,
                            amount = new { amount = yi * 100_000_000m, currency = "CNY" },
                            kind = "domestic-cash",
                            voucherKind = "bank-slip",
                            voucherNo = $"{project[..8]}-{yi}",
                            files = new[] { await App.As(unit).Uploads() },
                        }
                    )
            ).Is(201)["id"]!;

    private async Task<(string Period, string? BelongsTo)> Verifies(string entry)
    {
        var verified = (await Centre.Act($"capital/{entry}", "verify", new { })).Is(200);
        return ((string)verified["period"]!, (string?)verified.Body!["belongsTo"]);
    }

    private async Task<Answer> Table(string indicator, string period) =>
        (await Centre.Get($"credit/summary?by=unit&indicator={indicator}&period={period}")).Is(200);

    private static (decimal Count, decimal Yi) Figure(JsonNode node) =>
        ((decimal)node["count"]!, (decimal)node["amount"]!["cny"]! / 100_000_000m);

    private static Dictionary<string, (decimal, decimal)> Units(Answer table) =>
        table["items"].AsArray().ToDictionary(item => (string)item!["unit"]!["id"]!, item => Figure(item!));
}
