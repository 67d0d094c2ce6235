using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Audit;

/// <summary>Unusual patterns for the auditor (regime §15.11).</summary>
public sealed class PatternTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");
    private Actor Auditor => App.As("auditor");

    private void On(string day) => App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());

    private async Task<(string Project, string Move)> Submits(int number, string on, decimal amount = 1_500_000_000m)
    {
        var body = Given.Another(number);
        body["totalInvestment"] = new { amount, currency = "CNY" };
        var project = (string)(await Nanhu.Reports(body, Given.Contacts(on))).Is(201)["projectId"]!;
        return (project, (string)(await Nanhu.Submits(project, Given.Signing(on, amount))).Is(201)["id"]!);
    }

    private async Task<string> Signed(int number, string on, decimal amount = 1_500_000_000m)
    {
        var (project, move) = await Submits(number, on, amount);
        (await Centre.Post($"moves/{move}/verify")).Is(200);
        return project;
    }

    private async Task<JsonArray> Found(string kind, string query = "year=2026") =>
        (await Auditor.Get($"audit/patterns?{query}&kind={kind}")).Is(200)["items"].AsArray();

    [Test]
    public async Task A_voucher_behind_two_entries_is_found_with_both()
    {
        string[] projects = [await Signed(1, "2026-05-04"), await Signed(2, "2026-05-04")];
        async Task Pays(string project, decimal amount, string no)
        {
            var entry = new
            {
                occurredOn = "2026-05-04",
                amount = new { amount, currency = "CNY" },
                kind = "domestic-cash",
                voucherKind = "bank-slip",
                voucherNo = no,
                files = new[] { await Nanhu.Uploads() },
            };
            var id = (string)(await Nanhu.Post($"projects/{project}/capital", entry)).Is(201)["id"]!;
            (await Centre.Act($"capital/{id}", "verify", new { })).Is(200);
        }

        await Pays(projects[0], 1_000_000m, "HD-2026-0001");
        await Pays(projects[0], 2_000_000m, "HD-2026-0002");
        (await Found("voucher-twice")).ShouldBeEmpty();

        // Written otherwise it is the same voucher.
        await Pays(projects[1], 3_000_000m, "hd 2026 0001");
        var pattern = (await Found("voucher-twice")).ShouldHaveSingleItem()!;
        ((string)pattern["voucherNo"]!, (int)pattern["count"]!).ShouldBe(("HD-2026-0001", 2));
        pattern["facts"]!
            .AsArray()
            .Select(fact => ((string)fact!["project"]!["id"]!, (decimal)fact["amount"]!["amount"]!))
            .ShouldBe([(projects[0], 1_000_000m), (projects[1], 3_000_000m)]);
    }

    [Test]
    public async Task What_was_recorded_long_after_it_occurred_is_late()
    {
        var (project, move) = await Submits(1, "2026-05-04");
        await Signed(2, "2026-05-04");
        On("2026-08-03"); // 91 days after 05-04
        (await Centre.Post($"moves/{move}/verify")).Is(200);
        var pattern = (await Found("late-entry")).ShouldHaveSingleItem()!;
        ((string)pattern["unit"]!["id"]!).ShouldBe(Nanhu.UnitId);
        var fact = pattern["facts"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)fact["project"]!["id"]!, (string)fact["occurredOn"]!, (string)fact["recordedOn"]!).ShouldBe(
            (project, "2026-05-04", "2026-08-03")
        );
    }

    [Test]
    public async Task Decembers_crowd_just_over_a_threshold_is_found_twice_over()
    {
        On("2026-12-07");
        for (var number = 1; number <= 5; number++)
            await Signed(number, "2026-12-07", 1_000_000_000m + (number * 1_000_000m));
        var all = (await Auditor.Get("audit/patterns?year=2026")).Is(200);
        ((bool)all["decemberBegun"]!).ShouldBeTrue();
        all["items"]
            .AsArray()
            .Select(pattern => ((string)pattern!["kind"]!, (string?)pattern["unit"]?["id"], (int)pattern["count"]!))
            .ShouldBe(
                [("year-end", Nanhu.UnitId, 5), ("just-over", Nanhu.UnitId, 5), ("just-over", null, 5)],
                ignoreOrder: true
            );
        var over = (await Found("just-over"))[0]!;
        ((decimal)over["threshold"]!["amount"]!, (decimal)over["comparedWith"]!).ShouldBe((1_000_000_000m, 0m));

        // Another year has none of it.
        (await Auditor.Get("audit/patterns?year=2025")).Is(200)["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Auditors_read_them_and_nobody_else()
    {
        foreach (var who in new[] { "centre", "nanhu", "leader", "admin" })
            (await App.As(who).Get("audit/patterns")).IsProblem(403, "forbidden");
        (await Auditor.Get("audit/patterns?year=1")).IsProblem(400, "validation-failed");
        (await Auditor.Get("audit/patterns?kind=odd")).IsProblem(400, "validation-failed");
    }
}
