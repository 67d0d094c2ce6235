using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Land;

/// <summary>Land (R132): lists, steps, fits with reasons, and that nobody learns of talks about a parcel by it (R20).</summary>
public sealed class LandTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");
    private Actor Centre => App.As("centre");

    private async Task<string> Parcel(
        object? more = null,
        string? place = null,
        decimal area = 68_507.52m,
        Actor? by = null,
        bool offer = true
    )
    {
        var body = (System.Text.Json.Nodes.JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!;
        body["place"] = place ?? "科技城3-12地块";
        body["areaM2"] = area;
        var id = (string)(await (by ?? Nanhu).Post("parcels", body)).Is(201)["id"]!;
        if (offer)
            (await (by ?? Nanhu).Act($"parcels/{id}", "offer", new { })).Is(200);
        return id;
    }

    private async Task<string> Project(decimal amount, int number = 1)
    {
        var body = Given.Another(number);
        body["totalInvestment"] = new { amount, currency = "CNY" };
        body["landMu"] = 100;
        body["industryCode"] = "3841";
        return (string)(await Nanhu.Post("projects", body)).Is(201)["id"]!;
    }

    private async Task<string[]> Listed(Actor who, string query) =>
        [.. (await who.Get($"parcels?{query}")).Is(200)["items"].AsArray().Select(parcel => (string)parcel!["place"]!)];

    // 68 507.52 m² × 3 ÷ 2000 = 102.761 28 mu: at least 100, so on the offer list once it is offered.
    [Test]
    public async Task R132_a_parcel_is_told_in_square_metres_and_mu_and_stands_on_its_list()
    {
        var id = await Parcel(offer: false);
        var kept = (await Xiuzhou.Get($"parcels/{id}")).Is(200);
        ((decimal)kept["mu"]!).ShouldBe(102.76128m);
        ((string)kept["status"]!).ShouldBe("reserve");
        kept["lists"]!.AsArray().ShouldBeEmpty();
        kept["allowedActions"]!.AsArray().ShouldBeEmpty("it is nanhu's");
        (await Listed(Centre, "list=offer")).ShouldBeEmpty();

        (await Nanhu.Act($"parcels/{id}", "offer", new { })).Is(200);
        (await Listed(Xiuzhou, "list=offer")).ShouldBe(["科技城3-12地块"]);
        (await Listed(Xiuzhou, "list=offer&minMu=102.76")).Length.ShouldBe(1);
        (await Listed(Xiuzhou, "minMu=102.77")).ShouldBeEmpty();
        (await Listed(Xiuzhou, "q=kjc")).Length.ShouldBe(1, "by its initials");
        (await Listed(Xiuzhou, "q=科技城")).Length.ShouldBe(1);
        (await Listed(Xiuzhou, "q=港区")).ShouldBeEmpty();
    }

    // Two parcels of one piece: 80 000 m² = 120 mu and 60 000 m² = 90 mu, 210 mu together; cleared only the first: 120 < 200.
    [Test]
    public async Task R132_parcels_in_one_piece_count_together()
    {
        var first = await Parcel(new { contiguousGroup = "北片", cleared = true }, "甲", 80_000m);
        var second = await Parcel(new { contiguousGroup = "北片" }, "乙", 60_000m);
        ((decimal)(await Centre.Get($"parcels/{second}")).Is(200)["contiguousMu"]!).ShouldBe(210m);
        (await Listed(Centre, "list=offer")).ShouldBe(["乙", "甲"]);
        (await Listed(Centre, "list=reserve")).ShouldBeEmpty();
        (await Nanhu.Patch($"parcels/{second}", new { cleared = true }, "*")).Is(200);
        (await Listed(Centre, "list=reserve")).ShouldBe(["乙", "甲"]);

        // Another unit's parcel of that name lies elsewhere.
        await Parcel(new { contiguousGroup = "北片" }, "丙", 60_000m, Xiuzhou);
        ((decimal)(await Centre.Get($"parcels/{second}")).Is(200)["contiguousMu"]!).ShouldBe(210m);

        // What is withdrawn belongs to no piece.
        (await Nanhu.Act($"parcels/{first}", "withdraw", new { reason = "规划调整" })).Is(200);
        ((decimal)(await Centre.Get($"parcels/{second}")).Is(200)["contiguousMu"]!).ShouldBe(90m);
        (await Listed(Centre, "list=offer")).ShouldBeEmpty();
    }

    // 102.761 28 mu × 2 500 000 yuan = 256 903 200.
    [Test]
    public async Task R132_a_project_of_250_million_does_not_fit_and_one_of_260_million_does()
    {
        var parcel = await Parcel(
            new { industryClasses = new[] { "38" }, minIntensity = new { amount = 2_500_000, currency = "CNY" } }
        );
        var small = await Project(250_000_000m);
        var large = await Project(260_000_000m, 2);
        async Task<System.Text.Json.Nodes.JsonNode> Fit(string project) =>
            (await Nanhu.Get($"projects/{project}/fits")).Is(200)["items"][0]!;
        var against = await Fit(small);
        ((bool)against["fits"]!).ShouldBeFalse();
        ((string)against["against"]![0]!["by"]!).ShouldBe("intensity");
        ((decimal)against["against"]![0]!["needed"]!).ShouldBe(256_903_200m);
        ((decimal)against["against"]![0]!["there"]!).ShouldBe(250_000_000m);
        var fits = await Fit(large);
        ((bool)fits["fits"]!).ShouldBeTrue();
        fits["unknown"]!.AsArray().Select(by => (string)by!).ShouldBe(["output", "tax", "date", "zone", "price"]);

        (await Listed(Nanhu, $"fitsProject={large}")).Length.ShouldBe(1);
        (await Listed(Nanhu, $"fitsProject={small}")).ShouldBeEmpty();

        // The other way round, and only of one's own projects.
        var projects = (await Nanhu.Get($"parcels/{parcel}/fits")).Is(200)["items"].AsArray();
        projects.Select(each => (string)each!["project"]!["id"]!).ShouldBe([large, small]);
        (await Xiuzhou.Get($"parcels/{parcel}/fits")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Xiuzhou.Get($"projects/{large}/fits")).IsProblem(404, "not-found");
        (await Xiuzhou.Get($"parcels?fitsProject={large}")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task R132_what_one_project_has_no_other_gets()
    {
        var id = await Parcel();
        var (first, second) = (await Project(250_000_000m), await Project(260_000_000m, 2));
        (await Nanhu.Post($"parcels/{id}/negotiate", new { projectId = first })).Status.ShouldBe(428);
        var talks = (await Nanhu.Act($"parcels/{id}", "negotiate", new { projectId = first })).Is(200);
        ((string)talks["status"]!, (string)talks["project"]!["id"]!).ShouldBe(("negotiating", first));
        (await Nanhu.Act($"parcels/{id}", "negotiate", new { projectId = second })).IsProblem(409, "parcel-taken");
        (await Nanhu.Act($"parcels/{id}", "sell", new { projectId = first })).IsProblem(409, "project-not-signed");
        (await Nanhu.Act($"parcels/{id}", "reserve", new { })).IsProblem(409, "parcel-state");
        (await Xiuzhou.Act($"parcels/{id}", "negotiate", new { projectId = first })).IsProblem(403, "forbidden");

        // The project's timeline tells of it, and once it has ended the parcel is on offer again.
        (await Nanhu.Get($"projects/{first}/timeline"))
            .Is(200)["items"]
            .AsArray()
            .ShouldContain(entry => (string)entry!["kind"]! == "land-negotiated");
        var end = (
            await Nanhu.Post(
                $"projects/{first}/moves",
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                    note = "暂缓",
                },
                ("If-Match", "*")
            )
        ).Is(201);
        if ((string)end["status"]! == "pending")
            (await Centre.Post($"moves/{end["id"]}/verify")).Is(200);
        var free = (await Nanhu.Get($"parcels/{id}")).Is(200);
        ((string)free["status"]!).ShouldBe("offered");
        free.Body!["project"].ShouldBeNull();
    }

    [Test]
    public async Task R20_talks_about_a_parcel_change_nothing_for_others()
    {
        var id = await Parcel();
        var before = await Xiuzhou.Get($"parcels/{id}");
        var list = await Xiuzhou.Get("parcels?status=offered&count=true");
        (await Nanhu.Act($"parcels/{id}", "negotiate", new { projectId = await Project(250_000_000m) })).Is(200);
        var after = await Xiuzhou.Get($"parcels/{id}");
        after.Text.ShouldBe(before.Text);
        after.ETag.ShouldBe(before.ETag);
        (await Xiuzhou.Get("parcels?status=offered&count=true")).Text.ShouldBe(list.Text);
        (await Listed(Xiuzhou, "status=negotiating")).ShouldBeEmpty();
        (await Listed(Centre, "status=negotiating")).Length.ShouldBe(1);
        (await Listed(Nanhu, "status=offered")).ShouldBeEmpty();
    }

    [Test]
    public async Task R132_sold_land_is_known_to_all_unless_the_project_is_secret()
    {
        var (open, hidden) = (await Parcel(place: "甲"), await Parcel(place: "乙"));
        foreach (var (parcel, secret, number) in new[] { (open, false, 3), (hidden, true, 4) })
        {
            var body = Given.Another(number);
            body["totalInvestment"] = new { amount = 200_000_000m, currency = "CNY" };
            body["secret"] = secret;
            var project = (string)(await Nanhu.Post("projects", body)).Is(201)["id"]!;
            var move = (
                await Nanhu.Post(
                    $"projects/{project}/moves",
                    Given.Signing("2026-05-04", 200_000_000m),
                    ("If-Match", "*")
                )
            ).Is(201);
            (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
            (
                (string)(await Nanhu.Act($"parcels/{parcel}", "sell", new { projectId = project })).Is(200)["status"]!
            ).ShouldBe("sold");
        }

        var sold = (await Xiuzhou.Get($"parcels/{open}")).Is(200);
        ((string)sold["status"]!).ShouldBe("sold");
        sold.Body!["project"].ShouldBeNull();
        ((string)(await Xiuzhou.Get($"parcels/{hidden}")).Is(200)["status"]!).ShouldBe("offered");
        ((string)(await App.As("leader").Get($"parcels/{hidden}")).Is(200)["status"]!).ShouldBe("offered");
        (await Nanhu.Patch($"parcels/{open}", new { cleared = true }, "*")).IsProblem(409, "parcel-state");
    }

    [Test]
    public async Task Bad_input_is_told_by_its_field()
    {
        var wrong = await Nanhu.Post(
            "parcels",
            new
            {
                jurisdictionId = Xiuzhou.UnitId,
                areaM2 = 1.234,
                industryClasses = new[] { "3" },
                minIntensity = new { amount = 1, currency = "USD" },
            }
        );
        wrong.IsProblem(400, "validation-failed");
        wrong.Codes("place").ShouldBe(["required"]);
        wrong.Codes("areaM2").ShouldBe(["area"]);
        wrong.Codes("industryClasses[0]").ShouldBe(["industry-digits"]);
        wrong.Codes("minIntensity").ShouldBe(["yuan"]);
        (await Nanhu.Post("parcels", new { place = "甲", areaM2 = 0 })).Codes("areaM2").ShouldBe(["area"]);
        (
            await Nanhu.Post(
                "parcels",
                new
                {
                    place = "甲",
                    areaM2 = 5,
                    jurisdictionId = Xiuzhou.UnitId,
                }
            )
        ).Codes("jurisdictionId").ShouldBe(["own-unit"]);
        (await Centre.Post("parcels", new { place = "甲", areaM2 = 5 })).Codes("jurisdictionId").ShouldBe(["required"]);
        (await Centre.Get("parcels?zone=x")).IsProblem(400, "validation-failed");
    }

    // 68 507.52 m² = 102.761 28 mu. Of talks about a parcel a file tells a rival what the list does: that it is on offer.
    [Test]
    public async Task R132_land_is_exported_as_its_list_tells_it_to_whoever_reads()
    {
        var id = await Parcel(new { cleared = true, note = "近高速" });
        await Parcel(place: "乙", area: 20_000m, by: Xiuzhou, offer: false);
        (await Nanhu.Act($"parcels/{id}", "negotiate", new { projectId = await Project(300_000_000m) })).Is(200);
        var own = Exports.Files.ReadCsv(await Nanhu.Downloads("exports/parcels.csv?q=科技城"));
        (own[0]["地块位置"], own[0]["面积（亩）"], own[0]["净地"], own[0]["状态"]).ShouldBe(
            ("科技城3-12地块", "102.76128", "是", "洽谈中")
        );
        own.Single()["意向项目"].ShouldNotBeEmpty();
        var other = Exports.Files.ReadCsv(
            await Xiuzhou.Downloads("exports/parcels.csv?list=offer", ("Accept-Language", "en"))
        );
        (other.Single()["Place"], other[0]["Status"], other[0]["Project"]).ShouldBe(("科技城3-12地块", "on offer", ""));
        Exports.Files.ReadCsv(await Xiuzhou.Downloads("exports/parcels.csv?status=negotiating")).ShouldBeEmpty();
        (await Xiuzhou.Get("exports/parcels.csv?list=none")).IsProblem(400, "validation-failed");
    }
}
