using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.ForeignLists;

/// <summary>The monthly lists of foreign enterprises (R138), and the duty that counts them (R117).</summary>
public sealed class ForeignListTests(string engine) : OnEachEngine(engine)
{
    private static object Details(decimal paid) =>
        new
        {
            registeredOn = "2025-03-04",
            contracted = new { amount = 50_000_000, currency = "USD" },
            paidIn = new { amount = paid, currency = "USD" },
        };

    // Registered 2025-03-04, so fourteen months old on 2026-05-04. Paid 9 of 50 m = 18 % → on; in June 14 m = 28 % → left, met; May stays as it was.
    [Test]
    public async Task An_enterprise_leaves_the_list_in_the_month_in_which_it_has_paid_and_earlier_months_stay()
    {
        var nanhu = App.As("nanhu");
        var entry = (
            await nanhu.Post(
                "foreign-enterprises",
                new { name = "北海精密机械有限公司", details = Details(9_000_000m) }
            )
        ).Is(201);
        var may = (await nanhu.Get("foreign-enterprise-lists/paid-in")).Is(200);
        ((int)may["on"]!).ShouldBe(1);
        ((string)may["items"]![0]!["paidInShare"]!).ShouldBe("0.18");
        (
            await nanhu.Post(
                $"foreign-enterprise-lists/paid-in/{entry["id"]}/visits",
                new
                {
                    visitedOn = "2026-05-04",
                    outcome = "paid-in",
                    note = "承诺年内到资",
                }
            )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromDays(40)); // 2026-06-13
        (
            await nanhu.Patch($"foreign-enterprises/{entry["id"]}", new { details = Details(14_000_000m) }, entry.ETag)
        ).Is(200);
        var june = (await nanhu.Get("foreign-enterprise-lists/paid-in")).Is(200);
        ((int)june["on"]!).ShouldBe(0);
        var row = june["items"]![0]!;
        ((string)row["standing"]!).ShouldBe("off");
        ((string)row["left"]!).ShouldBe("met");
        ((string)row["paidInShare"]!).ShouldBe("0.28");
        row["visits"]!.AsArray().Count.ShouldBe(1);
        var then = (await nanhu.Get("foreign-enterprise-lists/paid-in?month=2026-05")).Is(200);
        ((int)then["on"]!).ShouldBe(1);
        ((string)then["items"]![0]!["paidInShare"]!).ShouldBe("0.18");
        (await nanhu.Get("foreign-enterprise-lists/paid-in?month=2026-07")).IsProblem(400, "validation-failed");
        (await nanhu.Get("foreign-enterprise-lists/other")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task The_duty_counts_what_the_unit_keeps_and_is_unknown_where_it_keeps_none()
    {
        async Task<(string State, int? Part)> Duty(string unit)
        {
            var told = (await App.As(unit).Get("duties?year=2026")).Is(200);
            var duty = told["items"]![0]!["duties"]!
                .AsArray()
                .Single(each => (string)each!["kind"]! == "foreign-enterprises")!;
            return ((string)duty["state"]!, (int?)duty["part"]);
        }

        (await Duty("nanhu")).State.ShouldBe("unknown");
        (await App.As("nanhu").Post("foreign-enterprises", new { name = "北海精密机械有限公司" })).Is(201);
        (await Duty("nanhu")).ShouldBe(("red", 1));
        (await Duty("xiuzhou")).State.ShouldBe("unknown");
    }
}
