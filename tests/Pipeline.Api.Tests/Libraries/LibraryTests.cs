using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Libraries;

/// <summary>The libraries of institutions, funds, experts, intermediaries, target, technology and foreign enterprises (R130): one shape, one way.</summary>
public sealed class LibraryTests(string engine) : OnEachEngine(engine)
{
    private static readonly IEnumerable<SampleLibraries.Sample> All = SampleLibraries.All;

    private Actor Nanhu => App.As("nanhu");

    private static SampleLibraries.Sample Funds => SampleLibraries.All[1];

    private static JsonObject Fund(string name, string? uscc = null)
    {
        var body = SampleLibraries.Body(Funds, name);
        if (uscc is not null)
            body["uscc"] = uscc;
        return body;
    }

    [TestCaseSource(nameof(All))]
    public async Task An_entry_is_told_as_it_was_entered_changed_verified_and_retired(SampleLibraries.Sample library)
    {
        var body = SampleLibraries.Body(library, "北海之星有限公司");
        var made = (await Nanhu.Post(library.Kind, body)).Is(201);
        var path = $"{library.Kind}/{made["id"]}";
        made.Headers.Location!.ToString().ShouldBe($"/api/v1/{path}");
        foreach (var member in new[] { "name", "chain", "note", "visibility" })
            ((string)made[member]!).ShouldBe((string)body[member]!);
        JsonNode.DeepEquals(made["details"], body["details"]).ShouldBeTrue(made.Text);
        JsonNode.DeepEquals(made["contacts"], body["contacts"]).ShouldBeTrue(made.Text);
        ((string)made["keeper"]!["id"]!).ShouldBe(Nanhu.UnitId);
        made.Body!.AsObject().ContainsKey("verifiedOn").ShouldBeFalse();
        made["allowedActions"].AsArray().Select(action => (string)action!).ShouldBe(["edit", "verify", "retire"]);

        var changed = (await Nanhu.Patch(path, new { chain = (string?)null, tags = new[] { "成长期" } }, made.ETag)).Is(
            200
        );
        changed.Body!.AsObject().ContainsKey("chain").ShouldBeFalse();
        changed["tags"]!.AsArray().Select(tag => (string)tag!).ShouldBe(["成长期"]);
        JsonNode.DeepEquals(changed["details"], body["details"]).ShouldBeTrue("a patch leaves the rest");
        (await Nanhu.Patch(path, new { chain = "x" }, made.ETag)).IsProblem(412, "precondition-failed");

        var verified = (await Nanhu.Act(path, "verify", new { })).Is(200);
        ((string)verified["verifiedOn"]!).ShouldBe("2026-05-04");
        ((string)verified["greyFrom"]!).ShouldBe("2027-05-04");

        var retired = (await Nanhu.Act(path, "retire", new { reason = "已注销" })).Is(200);
        ((string)retired["status"]!).ShouldBe("retired");
        ((string)retired["retireReason"]!).ShouldBe("已注销");
        retired["allowedActions"].AsArray().ShouldBeEmpty();
        (await Nanhu.Act(path, "verify", new { })).IsProblem(409, "entry-retired");
        (await Nanhu.Patch(path, new { chain = "x" }, "*")).IsProblem(409, "entry-retired");
        (await Nanhu.Get(library.Kind)).Is(200)["items"].AsArray().ShouldBeEmpty("a list is of what is kept up");
        (await Nanhu.Get($"{library.Kind}?status=retired")).Is(200)["items"].AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task Everything_that_is_wrong_is_told_by_its_field()
    {
        var answer = (
            await Nanhu.Post(
                "funds",
                new
                {
                    name = " ",
                    tags = new[] { "", "好" },
                    keeperId = "x",
                    visibility = "city",
                    contacts = new[] { new { phone = "1" } },
                    details = new
                    {
                        size = new { amount = 100, currency = "CNY" },
                        cityShare = new { amount = 200, currency = "CNY" },
                        multiple = 0,
                        registeredOn = "2027-01-01",
                    },
                }
            )
        ).IsProblem(400, "validation-failed");
        answer.Body!["errors"]!
            .AsObject()
            .Select(error => error.Key)
            .ShouldBe(
                [
                    "name",
                    "tags[0]",
                    "keeperId",
                    "contacts[0].name",
                    "details.cityShare",
                    "details.multiple",
                    "details.registeredOn",
                ],
                ignoreOrder: true
            );
        (await Nanhu.Post("funds", new { name = "甲", details = new { employer = "乙" } })).Is(400); // of experts
        (await Nanhu.Post("funds", new { name = "甲基金", keeperId = App.As("xiuzhou").UnitId }))
            .IsProblem(400, "validation-failed")
            .Codes("keeperId")
            .ShouldBe(["own-unit-only"]);
        (await App.As("centre").Post("funds", new { name = "甲基金", keeperId = SampleCity.NoId }))
            .IsProblem(400, "validation-failed")
            .Codes("keeperId")
            .ShouldBe(["unknown-jurisdiction"]);
    }

    // R13: where both have a code, the codes decide; else the names without suffixes, width and case.
    [TestCase("星河创业投资有限公司", null, "星河创业投资股份有限公司", null, "name")]
    [TestCase("星河创业投资有限公司", "91330400MA2B8K1X0Q", "月河产业基金", "91330400ma2b8k1x0q", "uscc")]
    [TestCase("星河创业投资有限公司", "91330400MA2B8K1X0Q", "星河创业投资有限公司", null, "name")]
    [TestCase("星河创业投资有限公司", "91330400MA2B8K1X0Q", "星河创业投资有限公司", "91330400MA2B8K1X1N", null)]
    [TestCase("星河创业投资有限公司", null, "月河产业基金", null, null)]
    public async Task What_is_the_same_is_refused_with_a_link(
        string first,
        string? firstCode,
        string second,
        string? secondCode,
        string? by
    )
    {
        var known = (await Nanhu.Post("funds", Fund(first, firstCode))).Is(201);
        var answer = await App.As("xiuzhou").Post("funds", Fund(second, secondCode));
        if (by is null)
        {
            answer.Is(201);
            return;
        }

        answer.IsProblem(409, "entry-known");
        ((string)answer["errors"]![by]![0]!["message"]!).ShouldContain($"/api/v1/funds/{known["id"]}");
    }

    [Test]
    public async Task Experts_of_one_name_are_two_people_where_they_work_for_two()
    {
        static object Expert(string employer) => new { name = "王伟", details = new { employer } };
        (await Nanhu.Post("experts", Expert("浙江大学"))).Is(201);
        (await Nanhu.Post("experts", Expert("浙江 大学"))).IsProblem(409, "entry-known");
        (await Nanhu.Post("experts", Expert("复旦大学"))).Is(201);
    }

    [Test]
    public async Task What_is_only_similar_is_a_doubt_and_what_is_hidden_refuses_nobody()
    {
        var hidden = Fund("星河产业投资基金一期");
        hidden["visibility"] = "unit";
        var first = (await Nanhu.Post("funds", hidden)).Is(201);

        // The same for xiuzhou: it knows of nothing, so it is neither refused nor told (R20); the centre sees both.
        var second = (await App.As("xiuzhou").Post("funds", Fund("星河产业投资基金一期"))).Is(201);
        second["similar"]!.AsArray().ShouldBeEmpty();
        var seen = (await App.As("centre").Get($"funds/{second["id"]}")).Is(200)["similar"]!.AsArray();
        seen.Count.ShouldBe(1);
        ((string)seen[0]!["id"]!).ShouldBe((string)first["id"]!);
        ((string)seen[0]!["likeness"]!).ShouldBe("same");
        (await App.As("xiuzhou").Get($"funds/{first["id"]}")).IsProblem(404, "not-found");

        // 星河产业投资基金一期 and 星河产业投资基金三期: one of ten letters differs, 0.9 alike.
        var third = (await App.As("xiuzhou").Post("funds", Fund("星河产业投资基金三期"))).Is(201);
        var told = third["similar"]!.AsArray();
        told.Select(one => ((string)one!["id"]!, (string)one["likeness"]!))
            .ShouldBe([((string)second["id"]!, "similar-name")]);
    }

    [Test]
    public async Task A_list_is_found_by_words_initials_tags_chain_keeper_and_age()
    {
        async Task<string> Add(Actor by, string name, string tag, string chain)
        {
            var body = Fund(name);
            (body["tags"], body["chain"]) = (new JsonArray(tag, "共有"), chain);
            return (string)(await by.Post("funds", body)).Is(201)["id"]!;
        }

        var (a, b) = (
            await Add(Nanhu, "南湖引导基金", "种子", "氢能"),
            await Add(App.As("centre"), "运河并购基金", "并购", "光伏")
        );
        await Nanhu.Act($"funds/{a}", "verify", new { });
        async Task Finds(string query, params string[] ids) =>
            (await App.As("centre").Get($"funds?{query}"))
                .Is(200)["items"]
                .AsArray()
                .Select(item => (string)item!["id"]!)
                .ShouldBe(ids, query);
        await Finds("", b, a);
        await Finds("q=引导", a);
        await Finds("q=yhbg", b);
        await Finds("q=基金 运河", b);
        await Finds("tags=种子", a);
        await Finds("tags=共有", b, a);
        await Finds("tags=共有,并购", b);
        await Finds("q=基金&tags=种子", a);
        await Finds("chain=光伏", b);
        await Finds("keeper=centre", b);
        await Finds($"keeper={Nanhu.UnitId}", a);
        await Finds("staleBefore=2026-05-04", b);
        await Finds("staleBefore=2026-05-05", b, a);
        (await App.As("centre").Get("funds?q=基")).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task An_entry_is_grey_once_nobody_has_verified_it_for_twelve_months()
    {
        // Entered 2026-05-04, never verified: grey from 2027-05-04 on.
        var fund = (await Nanhu.Post("funds", Fund("运河并购基金"))).Is(201);
        async Task<bool> Grey() => (bool)(await Nanhu.Get($"funds/{fund["id"]}")).Is(200)["grey"]!;
        App.Time.Advance(TimeSpan.FromDays(364));
        (await Grey()).ShouldBeFalse("2027-05-03");
        App.Time.Advance(TimeSpan.FromDays(1));
        (await Grey()).ShouldBeTrue("2027-05-04");
        (await Nanhu.Act($"funds/{fund["id"]}", "verify", new { })).Is(200);
        (await Grey()).ShouldBeFalse();
    }

    [Test]
    public async Task A_key_pushes_what_its_unit_keeps_sees_no_contacts_and_verifies_nothing()
    {
        App.AddKey("ppl_lib", "nanhu", "library:read library:write");
        var key = App.With("ppl_lib", Nanhu.UnitId);
        object Batch(string op, object body) =>
            new
            {
                items = new[]
                {
                    new
                    {
                        key = "1",
                        op,
                        externalRef = new { system = "crm", id = "1" },
                        ifMatch = op == "update" ? "*" : null,
                        body,
                    },
                },
            };
        var made = (await key.Post("funds/batch", Batch("create", Fund("运河并购基金")))).Is(207);
        ((string)made["items"]![0]!["outcome"]!).ShouldBe("created");
        var id = (string)made["items"]![0]!["id"]!;
        var again = (await key.Post("funds/batch", Batch("create", Fund("运河并购基金")))).Is(207);
        ((string)again["items"]![0]!["outcome"]!).ShouldBe("unchanged");
        ((string)again["items"]![0]!["id"]!).ShouldBe(id);
        var other = (await key.Post("funds/batch", Batch("create", Fund("月河并购基金")))).Is(207);
        ((string)other["items"]![0]!["problem"]!["type"]!).ShouldBe("/problems/external-ref-taken");
        var updated = (await key.Post("funds/batch", Batch("update", new { note = "已核" }))).Is(207);
        ((string)updated["items"]![0]!["outcome"]!).ShouldBe("updated");
        var told = (await key.Get($"funds/{id}")).Is(200);
        ((string)told["note"]!).ShouldBe("已核");
        ((string)told["externalRef"]!["id"]!).ShouldBe("1");
        told.Body!.AsObject().ContainsKey("contacts").ShouldBeFalse();
        (await Nanhu.Get($"funds/{id}")).Is(200)["contacts"]!.AsArray().Count.ShouldBe(1);
        (await key.Act($"funds/{id}", "verify", new { })).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task A_person_in_a_library_is_found_and_erased()
    {
        var fund = (await Nanhu.Post("funds", Fund("运河并购基金"))).Is(201);
        var expert = (await Nanhu.Post("experts", new { name = "王经理", details = new { employer = "浙江大学" } })).Is(
            201
        );
        var centre = App.As("centre");
        var found = (await centre.Post("personal-data/export", new { value = "王经理" })).Is(200)["items"].AsArray();
        found
            .Select(item => (string)item!["id"]!)
            .ShouldBe([(string)fund["id"]!, (string)expert["id"]!], ignoreOrder: true);
        (await centre.Post("personal-data/erase", new { value = "王经理", reason = "本人要求" })).Is(200);
        (await centre.Post("personal-data/export", new { value = "王经理" }))
            .Is(200)["items"]
            .AsArray()
            .ShouldBeEmpty();
        (await Nanhu.Get($"funds/{fund["id"]}")).Is(200)["contacts"]!.AsArray().ShouldBeEmpty();
        var gone = (await Nanhu.Get($"experts/{expert["id"]}")).Is(200);
        ((string)gone["name"]!).ShouldBe("—");
        ((string)gone["status"]!).ShouldBe("retired");
    }
}
