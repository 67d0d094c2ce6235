using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Funds;

/// <summary>What funds invest and bring back (R131).</summary>
public sealed class FundTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task What_a_second_person_verified_in_local_and_relocated_companies_counts()
    {
        var (nanhu, centre) = (App.As("nanhu"), App.As("centre"));
        var fund = (
            await nanhu.Post(
                "funds",
                new
                {
                    name = "南湖产业引导基金",
                    details = new { cityPaidIn = new { amount = 200_000_000, currency = "CNY" }, multiple = 1.5 },
                }
            )
        ).Is(201);
        var path = $"funds/{fund["id"]}";
        async Task<string> Invests(decimal amount, string where, Actor by) =>
            (string)
                (
                    await by.Post(
                        $"{path}/investments",
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
        var local = await Invests(140_000_000m, "local", nanhu);
        var moved = await Invests(100_000_000m, "relocated", nanhu);
        var elsewhere = await Invests(500_000_000m, "elsewhere", nanhu);
        var own = await Invests(1m, "local", centre);
        (await centre.Post($"fund-investments/{own}/verify")).IsProblem(403, "self-verification");
        (await centre.Post($"fund-investments/{own}/return", new { reason = "重复" })).Is(200);
        foreach (var id in new[] { local, moved, elsewhere })
            (await centre.Post($"fund-investments/{id}/verify")).Is(200);
        (await centre.Post($"fund-investments/{local}/verify")).IsProblem(409, "investment-decided");

        // 2.0亿 · 1.5 = 3.0亿 due; 1.4 + 1.0 = 2.4亿 back: 80 %.
        var told = (await nanhu.Get($"{path}/return-investment")).Is(200);
        ((decimal)told["due"]!["amount"]!).ShouldBe(300_000_000m);
        ((decimal)told["returned"]!["amount"]!).ShouldBe(240_000_000m);
        ((string)told["share"]!).ShouldBe("0.8");
        (await App.As("xiuzhou").Get($"{path}/return-investment")).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task What_is_not_known_is_not_zero()
    {
        var fund = (await App.As("nanhu").Post("funds", new { name = "运河并购基金" })).Is(201);
        var told = (await App.As("nanhu").Get($"funds/{fund["id"]}/return-investment")).Is(200).Body!.AsObject();
        told.ContainsKey("due").ShouldBeFalse();
        told.ContainsKey("share").ShouldBeFalse();
        (await App.As("nanhu").Post($"funds/{fund["id"]}/investments", new { company = "甲" }))
            .IsProblem(400, "validation-failed")
            .Body!["errors"]!
            .AsObject()
            .Select(error => error.Key)
            .ShouldBe(["investedIn", "investedOn", "amount", "evidence"], ignoreOrder: true);
    }
}
