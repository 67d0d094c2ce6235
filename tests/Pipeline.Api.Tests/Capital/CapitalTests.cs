using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Capital;

/// <summary>Capital paid in (R60–R65).</summary>
public sealed class CapitalTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    private async Task<string> Signed(string currency = "CNY", decimal amount = 1_000_000_000m)
    {
        var body = Given.Project(amount: amount, currency: currency);
        body["investors"] = new[] { Given.Investor("Muster GmbH", "DE") };
        body["foreignCapital"] = new { amount = 40_000_000m, currency = "USD" };
        var id = (string)(await Nanhu.Reports(body)).Is(201)["projectId"]!;
        var move = (await Nanhu.Submits(id, Given.Signing("2026-05-04", amount))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return id;
    }

    private async Task<Dictionary<string, object?>> Entry(
        string kind = "domestic-cash",
        string voucher = "bank-slip",
        decimal amount = 1_000_000m,
        string currency = "CNY",
        string no = "V-1",
        string on = "2026-05-04",
        string? payer = null
    ) =>
        new()
        {
            ["occurredOn"] = on,
            ["amount"] = new { amount, currency },
            ["kind"] = kind,
            ["payer"] = payer,
            ["voucherKind"] = voucher,
            ["voucherNo"] = no,
            ["files"] = new[] { await Nanhu.Uploads() },
        };

    private async Task<string> Submits(string project, Dictionary<string, object?> entry) =>
        (string)(await Nanhu.Post($"projects/{project}/capital", entry)).Is(201)["id"]!;

    private async Task<Answer> Verifies(string id) => (await Centre.Act($"capital/{id}", "verify", new { })).Is(200);

    [Test]
    public async Task R61_only_what_the_centre_verified_counts_and_nobody_verifies_his_own()
    {
        var project = await Signed();
        var id = await Submits(project, await Entry());
        (await Nanhu.Get($"projects/{project}/capital/summary")).Is(200)["paidIn"].AsArray().ShouldBeEmpty();
        (await Nanhu.Act($"capital/{id}", "verify", new { })).IsProblem(403, "forbidden");
        var verified = await Verifies(id);
        ((string)verified["status"]!, (string)verified["period"]!).ShouldBe(("verified", "2026-05"));
        (await Centre.Act($"capital/{id}", "verify", new { })).IsProblem(409, "entry-decided");
        var summary = (await Nanhu.Get($"projects/{project}/capital/summary")).Is(200);
        ((decimal)summary["total"]["amount"]!, (string)summary["onPlan"]!).ShouldBe((1_000_000m, "0.001"));

        var own = (await Centre.Post($"projects/{project}/capital", await ByCentre())).Is(201);
        own["allowedActions"].AsArray().Select(action => (string)action!).ShouldBe(["return"]);
        (await Centre.Act($"capital/{own["id"]}", "verify", new { })).IsProblem(403, "self-verification");
        (await App.As("centre2").Act($"capital/{own["id"]}", "verify", new { })).Is(200);
        (await Violations()).ShouldBeEmpty();

        async Task<object> ByCentre()
        {
            var entry = await Entry(no: "V-9");
            entry["files"] = new[] { await Centre.Uploads() };
            return entry;
        }
    }

    [TestCase("2026-05-28", "2026-06-04", "2026-06-12", "2026-05", null)]
    [TestCase("2026-05-28", "2026-06-06", "2026-06-06", "2026-06", "2026-05")]
    public async Task R61_the_month_is_that_of_the_value_date_if_it_was_submitted_by_the_fifth(
        string valueOn,
        string submittedOn,
        string verifiedOn,
        string period,
        string? belongsTo
    )
    {
        var project = await Signed();
        At(submittedOn);
        var id = await Submits(project, await Entry(on: valueOn));
        At(verifiedOn);
        var verified = await Verifies(id);
        ((string)verified["period"]!, (string?)verified.Body!["belongsTo"]).ShouldBe((period, belongsTo));

        void At(string day) =>
            App.Time.Advance(Domain.Shanghai.StartOf(DateOnly.Parse(day)).AddHours(9) - App.Time.GetUtcNow());
    }

    [Test]
    public async Task R60_each_kind_needs_its_voucher_with_number_and_file()
    {
        var project = await Signed();
        async Task<Answer> Refused(Dictionary<string, object?> entry) =>
            (await Nanhu.Post($"projects/{project}/capital", entry)).IsProblem(422, "voucher-missing");
        (await Refused(await Entry(voucher: "invoice"))).Codes("voucherKind").ShouldBe(["voucher-kind"]);
        (await Refused(await Entry(no: " "))).Codes("voucherNo").ShouldBe(["required"]);
        var bare = await Entry();
        bare["files"] = Array.Empty<string>();
        (await Refused(bare)).Codes("files").ShouldBe(["required"]);
        (await Refused(await Entry(payer: "别的公司"))).Codes("payer").ShouldBe(["unknown-investor"]);
        (await Nanhu.Post($"projects/{project}/capital", await Entry(on: "2026-05-05"))).IsProblem(422, "date-order");
        var talks = (string)(await Nanhu.Reports(Given.Another(3))).Is(201)["projectId"]!;
        (await Nanhu.Post($"projects/{talks}/capital", await Entry())).IsProblem(409, "capital-not-due");
        (await App.As("xiuzhou").Post($"projects/{project}/capital", await Entry())).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task R62_the_same_voucher_twice_is_for_the_centres_eyes()
    {
        var first = await Signed();
        await Submits(first, await Entry(no: "JX-2026/001"));
        var pinghu = App.As("pinghu");
        var other = (string)(await pinghu.Reports(Given.Another(4))).Is(201)["projectId"]!;
        var move = (await pinghu.Submits(other, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        var entry = await Entry(no: "ｊｘ－2026 001");
        entry["files"] = new[] { await pinghu.Uploads() };
        var twice = (await pinghu.Post($"projects/{other}/capital", entry)).Is(201);
        twice.Body!["doubts"].ShouldBeNull();
        (await Centre.Get($"capital/{twice["id"]}"))
            .Is(200)["doubts"]
            .AsArray()
            .Select(doubt => (string)doubt!)
            .ShouldBe(["duplicate-voucher"]);
        (await Nanhu.Get("capital")).Is(200).Text.ShouldNotContain("doubts");
    }

    [Test]
    public async Task R63_foreign_capital_used_is_in_dollars_and_told_against_the_contract()
    {
        var project = await Signed();
        await Verifies(
            await Submits(project, await Entry("foreign-cash", "fdi-registration", 10_000_000m, "USD", "F-1"))
        );
        await Verifies(
            await Submits(
                project,
                await Entry("equipment", "customs-form", 3_812_025.22m, "USD", "C-1", payer: "MUSTER GMBH")
            )
        );
        await Verifies(await Submits(project, await Entry("equipment", "invoice", 1_000m, "CNY", "I-1")));
        var summary = (await Nanhu.Get($"projects/{project}/capital/summary")).Is(200);
        ((decimal)summary["foreignUsed"]["amount"]!).ShouldBe(13_812_025.22m);

        // 13 812 025.22 of 40 000 000.
        ((string)summary["onContract"]!).ShouldBe("0.345301");
        summary["paidIn"].AsArray().Count.ShouldBe(3);
    }

    [Test]
    public async Task R63_what_has_no_rate_is_said_to_be_unknown()
    {
        var project = await Signed();
        await Verifies(await Submits(project, await Entry("foreign-cash", "fdi-registration", 1_000m, "THB", "F-1")));
        var summary = (await Nanhu.Get($"projects/{project}/capital/summary")).Is(200);
        ((int)summary["unknown"]!, (int)summary["foreignUnknown"]!).ShouldBe((1, 1));
        summary.Body!["onPlan"].ShouldBeNull();
        summary.Body!["onContract"].ShouldBeNull();
    }

    [Test]
    public async Task R64_a_correction_reverses_the_whole_and_enters_it_anew_and_over_the_plan_is_told()
    {
        var project = await Signed();
        var id = await Submits(project, await Entry(amount: 1_200_000_000m));
        await Verifies(id);
        var summary = (await Nanhu.Get($"projects/{project}/capital/summary")).Is(200);
        ((string)summary["onPlan"]!, (string)summary["flags"][0]!).ShouldBe(("1.2", "over-plan"));
        App.Time.Advance(TimeSpan.FromDays(40));
        (await Centre.Act($"capital/{id}", "reverse", new { })).Is(400);
        var reversed = (await Centre.Act($"capital/{id}", "reverse", new { reason = "金额有误" })).Is(200);
        ((string)reversed["status"]!).ShouldBe("reversed");
        (await Centre.Act($"capital/{id}", "reverse", new { reason = "再次" })).IsProblem(409, "entry-reversed");
        await Verifies(await Submits(project, await Entry(amount: 200_000_000m, no: "V-2", on: "2026-06-10")));
        var credit = (await Centre.Get("credit?indicator=capital-paid-in&period=2026")).Is(200);
        credit["items"]
            .AsArray()
            .Select(row => ((string)row!["period"]!, (decimal)row["credited"]!["amount"]!["cny"]!))
            .ShouldBe([("2026-06", 200_000_000m), ("2026-06", -1_200_000_000m), ("2026-05", 1_200_000_000m)]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R61_many_are_verified_at_once_and_each_is_told_of()
    {
        var project = await Signed();
        var (one, two) = (await Submits(project, await Entry(no: "1")), await Submits(project, await Entry(no: "2")));
        await Verifies(one);
        var batch = (await Centre.Post("capital/verify-batch", new { ids = new[] { one, two, SampleCity.NoId } })).Is(
            207
        );
        batch["items"]
            .AsArray()
            .Select(item => ((int)item!["status"]!, (string?)item["problem"]))
            .ShouldBe([(409, "entry-decided"), (200, null), (404, "not-found")]);
        ((int)batch["verified"]!, (int)batch["refused"]!).ShouldBe((1, 2));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R65_fixed_investment_is_what_statistics_say()
    {
        var project = await Signed();
        var path = $"projects/{project}/fixed-investment/2026";
        var nothing = (await Nanhu.Get(path)).Is(200);
        nothing.Body!["amount"].ShouldBeNull();
        object Said(decimal amount) => new { amount = new { amount, currency = "CNY" }, source = "统计年报" };
        (await Nanhu.Send(HttpMethod.Put, path, Said(1m), ("If-Match", nothing.ETag!))).IsProblem(403, "forbidden");
        (await Centre.Send(HttpMethod.Put, path, Said(1m))).IsProblem(428, "precondition-required");
        var first = (
            await Centre.Send(HttpMethod.Put, path, Said(100m), ("If-Match", (await Centre.Get(path)).ETag!))
        ).Is(200);
        (await Centre.Send(HttpMethod.Put, path, Said(1m), ("If-Match", nothing.ETag!))).IsProblem(
            412,
            "precondition-failed"
        );
        (await Centre.Send(HttpMethod.Put, path, Said(250m), ("If-Match", first.ETag!))).Is(200);
        var summary = (await Nanhu.Get($"projects/{project}/capital/summary")).Is(200);
        ((decimal)summary["fixedInvestment"][0]!["amount"]!["amount"]!).ShouldBe(250m);
        (await Centre.Get($"projects/{project}/fixed-investment/99999")).Is(404);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R60_what_a_rule_set_does_not_count_is_refused_at_its_field_and_the_next_rule_set_may_take_it()
    {
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "从严",
                        effectiveFrom = "2026-05-04",
                        capital = new
                        {
                            foreignKinds = new[] { "foreign-cash" },
                            cutoffDay = 5,
                            kinds = new[] { "domestic-cash", "foreign-cash" },
                            minima = new[] { new { amount = 500_000, currency = "CNY" } },
                        },
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        var project = await Signed();
        async Task<Answer> Sends(Dictionary<string, object?> entry) =>
            await Nanhu.Post($"projects/{project}/capital", entry);
        (await Sends(await Entry("shareholder-loan", "foreign-debt-registration")))
            .IsProblem(422, "capital-not-counted")
            .Codes("kind")
            .ShouldBe(["capital-kind"]);
        (await Sends(await Entry(amount: 499_999.99m)))
            .IsProblem(422, "capital-not-counted")
            .Codes("amount")
            .ShouldBe(["below-minimum"]);
        (await Sends(await Entry(amount: 500_000m))).Is(201);
        (await Sends(await Entry(amount: 1m, currency: "USD", no: "V-2"))).Is(201);
    }
}
