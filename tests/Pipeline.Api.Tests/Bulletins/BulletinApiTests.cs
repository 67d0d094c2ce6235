using System.Text.Json.Nodes;
using Dapper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Pipeline.Api.Tests.Support;
using UglyToad.PdfPig;

namespace Pipeline.Api.Tests.Bulletins;

/// <summary>Bulletins: drafted from a closed period, issued by a second person, superseded with their period, and why one differs from the last (R118, regime §15.5).</summary>
public sealed class BulletinApiTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");

    /// <summary>The bureau of commerce, as a department with one account.</summary>
    private Actor Commerce
    {
        get
        {
            App.Sql(connection =>
                connection.Execute(
                    "UPDATE users SET role = 'department', jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'commerce') WHERE username = 'beijing-office'"
                )
            );
            return App.As("beijing-office");
        }
    }

    private void OnDay(int month, int day) =>
        App.Time.Advance(new DateTimeOffset(2026, month, day, 2, 0, 0, TimeSpan.Zero) - App.Time.GetUtcNow());

    private async Task<string> Submitted(Actor unit, int number, bool secret = false, string on = "2026-05-04")
    {
        var body = Given.Another(number);
        if (secret)
            body["secret"] = true;
        var project = (string)(await unit.Reports(body)).Is(201)["projectId"]!;
        (await unit.Submits(project, Given.Signing(on))).Is(201);
        return project;
    }

    private async Task Verify(string project)
    {
        var move = (await Centre.Get("moves?status=pending"))
            .Is(200)["items"]
            .AsArray()
            .Single(one => (string)one!["projectId"]! == project)!;
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
    }

    private async Task<string> Signed(Actor unit, int number, bool secret = false, string on = "2026-05-04")
    {
        var project = await Submitted(unit, number, secret, on);
        await Verify(project);
        return project;
    }

    private async Task Targets(params (string Unit, decimal Value)[] targets)
    {
        foreach (var (unit, value) in targets)
            (await Centre.Put($"targets/2026/{unit}/projects-signed", new { value, reason = "责任书" }, "*")).Is(200);
        (await Second.Post("targets/publish", new { year = 2026 })).Is(200);
    }

    private async Task Close(string period) => (await Centre.Act($"periods/{period}", "close", new { })).Is(200);

    private Task<Answer> Drafts(string period, string kind = "monthly", string template = "full", Actor? by = null) =>
        (by ?? Centre).Post(
            "bulletins",
            new
            {
                period,
                kind,
                template,
                note = "请各单位对照查找差距。",
            }
        );

    private async Task<string> Issued(string period, string kind = "monthly")
    {
        var id = (string)(await Drafts(period, kind)).Is(201)["id"]!;
        (await Second.Act($"bulletins/{id}", "issue", new { })).Is(200);
        return id;
    }

    private static JsonNode Table(JsonNode content, string indicator = "projects-signed") =>
        content["tables"]!.AsArray().Single(table => (string)table!["indicator"]! == indicator)!;

    private static JsonNode Of(JsonNode table, Actor unit) =>
        table["rows"]!.AsArray().Single(row => (string)row!["unit"]!["id"]! == unit.UnitId)!;

    [Test]
    public async Task R118_a_bulletin_tells_of_a_closed_period_and_is_issued_by_a_second_person()
    {
        var commerce = Commerce;
        await Targets((Nanhu.UnitId!, 2), (Pinghu.UnitId!, 4));
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await Signed(Pinghu, 3, secret: true);
        (await Drafts("2026-05")).IsProblem(409, "period-not-closed");
        OnDay(6, 5);
        await Close("2026-05");
        (await Drafts("2026-Q2", "monthly")).IsProblem(400, "validation-failed").Text.ShouldContain("period");
        (await Drafts("2026-05", by: Nanhu)).IsProblem(403, "forbidden");
        var draft = (await Drafts("2026-05")).Is(201);
        var id = (string)draft["id"]!;
        ((string)draft["status"]!).ShouldBe("draft");

        // Nanhu 1 of 2 = 50 %, Pinghu 1 of 4 = 25 % (its secret project is in no bulletin); five months are 41.6667 %.
        var table = Table(draft["content"]);
        var (nanhu, pinghu) = (Of(table, Nanhu), Of(table, Pinghu));
        ((decimal)nanhu["value"]!, (decimal)nanhu["cumulative"]!, (decimal)nanhu["target"]!).ShouldBe((1m, 1m, 2m));
        ((string)nanhu["completion"]!, (string)nanhu["pace"]!, (int)nanhu["rank"]!).ShouldBe(("0.5", "0.083333", 1));
        ((string)pinghu["completion"]!, (string)pinghu["pace"]!, (int)pinghu["rank"]!).ShouldBe(
            ("0.25", "-0.166667", 2)
        );
        ((decimal)table["city"]!["value"]!).ShouldBe(2);
        var honours = table["honours"]![0]!;
        honours["red"]!.AsArray().Select(unit => (string)unit!["id"]!).ShouldBe([Nanhu.UnitId, Pinghu.UnitId]);
        ((int)draft["content"]["projects"]!["signed"]!).ShouldBe(2);

        // A draft is the centre's and the auditor's alone.
        (await Nanhu.Get($"bulletins/{id}")).Is(404);
        (await App.As("leader").Get($"bulletins/{id}")).Is(404);
        (await App.As("auditor").Get($"bulletins/{id}")).Is(200);
        (await Nanhu.Get("bulletins")).Is(200)["items"].AsArray().ShouldBeEmpty();

        // Who drafted it does not issue it.
        draft["allowedActions"].ToJsonString().ShouldBe("[\"supersede\"]");
        (await Centre.Act($"bulletins/{id}", "issue", new { })).IsProblem(403, "second-person-required");
        (await Second.Post($"bulletins/{id}/issue", new { })).Is(428);
        (await Second.Post($"bulletins/{id}/issue", new { }, ("If-Match", "\"7\""))).Is(412);
        var issued = (await Second.Act($"bulletins/{id}", "issue", new { })).Is(200);
        ((string)issued["status"]!, (int)issued["number"]!, (int)issued["year"]!).ShouldBe(("issued", 1, 2026));
        (await Second.Act($"bulletins/{id}", "issue", new { })).IsProblem(409, "bulletin-issued");

        // Units, departments and leaders read it; all that report are told; the trail has its hash.
        foreach (var reader in new[] { Nanhu, App.As("leader"), commerce, App.As("auditor") })
        {
            var read = (await reader.Get($"bulletins/{id}")).Is(200);
            ((string)read["hash"]!).ShouldBe((string)issued["hash"]!);
            ((int)read["content"]["projects"]!["signed"]!).ShouldBe(2);
        }

        (await App.As("admin").Get($"bulletins/{id}")).Is(403);
        foreach (var told in new[] { Nanhu, commerce, Centre })
            (await told.Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .ShouldContain(notice =>
                    (string)notice!["kind"]! == "bulletin-issued" && (string)notice["bulletinId"]! == id
                );
        (await App.As("auditor").Get("audit?action=bulletin-issued"))
            .Is(200)
            .Text.ShouldContain((string)issued["hash"]!);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R118_what_is_issued_is_frozen_and_who_may_not_know_what_became_secret_reads_it_masked()
    {
        var project = await Signed(Nanhu, 1);
        OnDay(6, 5);
        await Close("2026-05");
        var id = await Issued("2026-05");
        var name = (string)(await Nanhu.Get($"projects/{project}")).Is(200)["name"]!;
        (await Pinghu.Get($"bulletins/{id}")).Is(200).Text.ShouldContain(name);
        var read = (await Centre.Get($"projects/{project}")).Is(200);
        (await Centre.Patch($"projects/{project}", new { secret = true, name = "改了的名称" }, read.ETag!)).Is(200);
        var masked = (await Pinghu.Get($"bulletins/{id}")).Is(200);
        masked.Text.ShouldNotContain(name);
        ((int)masked["content"]["masked"]!, (int)masked["content"]["projects"]!["signed"]!).ShouldBe((1, 1));
        (await App.As("leader").Get($"bulletins/{id}")).Is(200).Text.ShouldNotContain(name);

        // Its own unit and the centre read what was issued, under the name of then.
        foreach (var reader in new[] { Nanhu, Centre })
        {
            var whole = (await reader.Get($"bulletins/{id}")).Is(200);
            whole.Text.ShouldContain(name);
            whole.Text.ShouldNotContain("改了的名称");
        }

        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R118_projects_in_talks_are_one_figure_of_the_city_and_never_named()
    {
        var talks = (string)(await Nanhu.Reports(Given.Another(4))).Is(201)["projectId"]!;
        var name = (string)(await Nanhu.Get($"projects/{talks}")).Is(200)["name"]!;
        var raised = (
            await Nanhu.Post(
                $"projects/{talks}/problems",
                new
                {
                    title = "用地未落实",
                    kind = "land",
                    dueOn = "2026-05-06",
                }
            )
        ).Is(201);
        raised.Status.ShouldBe(201);
        OnDay(6, 5);
        await Close("2026-05");
        var draft = (await Drafts("2026-05")).Is(201);
        draft.Text.ShouldNotContain(name);
        ((int)draft["content"]["projects"]!["inTalks"]!).ShouldBe(1);
        ((int)draft["content"]["problems"]!["inTalks"]!).ShouldBe(1);
        draft["content"]["problems"]!["items"]!.AsArray().ShouldBeEmpty();
        draft["content"]["lights"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task R109_a_period_that_is_opened_again_supersedes_its_bulletins()
    {
        await Signed(Nanhu, 1);
        OnDay(7, 2);
        await Close("2026-05");
        await Close("2026-06");
        var may = await Issued("2026-05");
        var june = await Issued("2026-06");
        var quarter = await Issued("2026-Q2", "quarterly");
        var draft = (string)(await Drafts("2026-06")).Is(201)["id"]!;
        (await App.As("admin").Act("periods/2026-06", "reopen", new { reason = "漏记一个项目" })).Is(200);
        (await Centre.Act("periods/2026-06", "confirm", new { })).Is(200);

        // The month's and that of the quarter which it ends; May's stands.
        async Task<string> StatusOf(string id) => (string)(await Centre.Get($"bulletins/{id}")).Is(200)["status"]!;
        (await StatusOf(may)).ShouldBe("issued");
        foreach (var id in new[] { june, quarter, draft })
            (await StatusOf(id)).ShouldBe("superseded");
        var told = (await Nanhu.Get($"bulletins/{june}")).Is(200);
        ((string)told["supersedeReason"]!).ShouldBe("漏记一个项目");
        told["content"]["tables"]!.AsArray().ShouldNotBeEmpty();
        (await Nanhu.Get($"bulletins/{draft}")).Is(404);
        (await Second.Act($"bulletins/{draft}", "issue", new { })).IsProblem(409, "bulletin-superseded");
        (await Nanhu.Get("notices"))
            .Is(200)["items"]
            .AsArray()
            .Count(notice => (string)notice!["kind"]! == "bulletin-superseded")
            .ShouldBe(2);
        (await Drafts("2026-06")).IsProblem(409, "period-not-closed");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R118_a_bulletin_is_superseded_with_a_reason()
    {
        OnDay(6, 5);
        await Close("2026-05");
        var id = await Issued("2026-05");
        (await Centre.Act($"bulletins/{id}", "supersede", new { })).IsProblem(400, "validation-failed");
        var told = (await Centre.Act($"bulletins/{id}", "supersede", new { reason = "附表有误" })).Is(200);
        ((string)told["status"]!, (string)told["supersedeReason"]!).ShouldBe(("superseded", "附表有误"));
        told["allowedActions"].AsArray().ShouldBeEmpty();
        (await Centre.Act($"bulletins/{id}", "supersede", new { reason = "附表有误" })).IsProblem(
            409,
            "bulletin-superseded"
        );

        // The next has the next number.
        var next = await Issued("2026-05");
        ((int)(await Nanhu.Get($"bulletins/{next}")).Is(200)["number"]!).ShouldBe(2);
    }

    [Test]
    public async Task S15_5_the_difference_sheet_tells_what_is_new_and_what_came_late_fact_by_fact()
    {
        await Targets((Nanhu.UnitId!, 4), (Pinghu.UnitId!, 4));
        await Signed(Nanhu, 1);
        var late = await Submitted(Nanhu, 2);
        OnDay(6, 5);
        await Close("2026-05");
        var may = await Issued("2026-05");
        var first = (await Nanhu.Get($"bulletins/{may}/difference")).Is(200);
        first["items"].AsArray().ShouldBeEmpty();
        first.Body!.AsObject().ContainsKey("against").ShouldBeFalse();
        await Verify(late);
        await Signed(Pinghu, 3, on: "2026-06-05");
        OnDay(7, 2);
        await Close("2026-06");
        var june = await Issued("2026-06");

        // Nanhu 1 → 2: one of May, booked in June. Pinghu 0 → 1: new. The city 1 → 3.
        var sheet = (await Centre.Get($"bulletins/{june}/difference")).Is(200);
        ((string)sheet["against"]["id"]!).ShouldBe(may);
        JsonNode Item(Answer told, string? unit) =>
            told["items"]
                .AsArray()
                .Single(item =>
                    (string)item!["indicator"]! == "projects-signed" && (string?)item["unit"]?["id"] == unit
                )!;
        void Is(JsonNode item, decimal before, decimal after, decimal @new, decimal adjusting) =>
            (
                (decimal)item["before"]!,
                (decimal)item["after"]!,
                (decimal)item["change"]!,
                (decimal)item["new"]!,
                (decimal)item["adjusting"]!,
                (decimal)item["reversed"]!,
                (decimal)item["rule"]!
            ).ShouldBe((before, after, after - before, @new, adjusting, 0m, 0m));
        Is(Item(sheet, Nanhu.UnitId), 1, 2, 0, 1);
        Is(Item(sheet, Pinghu.UnitId), 0, 1, 1, 0);
        Is(Item(sheet, null), 1, 3, 1, 1);
        var fact = Item(sheet, Nanhu.UnitId)["facts"]!.AsArray().Single()!;
        ((string)fact["cause"]!, (string)fact["projectId"]!, (string)fact["belongsTo"]!).ShouldBe(
            ("adjusting", late, "2026-05")
        );

        // A unit reads the facts of its own projects alone, and the sums of all.
        var own = (await Pinghu.Get($"bulletins/{june}/difference?against={may}")).Is(200);
        Is(Item(own, Nanhu.UnitId), 1, 2, 0, 1);
        Item(own, Nanhu.UnitId).AsObject().ContainsKey("facts").ShouldBeFalse();
        Item(own, Pinghu.UnitId)["facts"]!.AsArray().Count.ShouldBe(1);
        (await Pinghu.Get($"bulletins/{june}/difference?against=nothing")).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task R118_the_document_is_valid_Open_XML_with_its_chart_and_a_PDF_in_both_languages()
    {
        await Targets((Nanhu.UnitId!, 2), (Pinghu.UnitId!, 4));
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        OnDay(6, 5);
        await Close("2026-05");
        var id = await Issued("2026-05");
        foreach (var (language, expected) in new[] { ("zh-CN", "〔2026〕第1号"), ("en", "No. 1 of 2026") })
        {
            var bytes = await Nanhu.Downloads($"bulletins/{id}.docx", ("Accept-Language", language));
            using var file = WordprocessingDocument.Open(new MemoryStream(bytes), false);
            new OpenXmlValidator(FileFormatVersions.Office2019)
                .Validate(file)
                .Select(error => $"{error.Path?.XPath}: {error.Description}")
                .ShouldBeEmpty();
            var text = file.MainDocumentPart!.Document!.InnerText;
            text.ShouldContain(expected);
            text.ShouldContain("50.00%");
            text.ShouldNotContain("bulletin.");
            file.MainDocumentPart.ChartParts.ShouldNotBeEmpty();

            // The pages say the same.
            var pdf = await Nanhu.Downloads($"bulletins/{id}.pdf", ("Accept-Language", language));
            using var pages = PdfDocument.Open(pdf);
            var printed = string.Concat(
                    pages.GetPages().SelectMany(page => page.Letters).Select(letter => letter.Value)
                )
                .Replace(" ", "");
            printed.ShouldContain(expected.Replace(" ", ""));
            printed.ShouldContain("50.00%");
            printed.ShouldNotContain("bulletin.");
        }

        (await Nanhu.Get($"bulletins/{SampleCity.NoId}.pdf")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task R118_a_bulletin_that_was_touched_is_found()
    {
        await Signed(Nanhu, 1);
        OnDay(6, 5);
        await Close("2026-05");
        await Issued("2026-05");
        App.Sql(connection => connection.Execute("UPDATE bulletins SET content = REPLACE(content, '1', '2')"));
        (await Violations()).ShouldContain("bulletin that was touched: 2026 number 1");
    }

    // By the end of June Nanhu has 1 of 2, Pinghu 1 of 4: with one place Nanhu is on the red list, and nobody is named as last.
    [Test]
    public async Task R118_honours_of_a_half_year_praise_and_name_nobody_as_last()
    {
        await Targets((Nanhu.UnitId!, 2), (Pinghu.UnitId!, 4));
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await SampleCity.PublishScoreModel(App, "nanhu", "pinghu");
        OnDay(7, 2);
        await Close("2026-06");
        (await Drafts("2026-06", "half-yearly"))
            .IsProblem(400, "validation-failed")
            .Codes("period")
            .ShouldBe(["bulletin-period"]);
        async Task<JsonNode> Honours(string kind)
        {
            var draft = (
                await Centre.Post(
                    "bulletins",
                    new
                    {
                        period = "2026-Q2",
                        kind,
                        template = "league",
                        places = 1,
                    }
                )
            ).Is(201);
            ((int)draft["content"]["model"]!["modelVersion"]!).ShouldBe(1);
            return Table(draft["content"])["honours"]!.AsArray().Single(one => one!["red"]!.AsArray().Count > 0)!;
        }

        string[] Units(JsonNode honours, string list) =>
            [.. honours[list]!.AsArray().Select(unit => (string)unit!["id"]!)];
        var quarter = await Honours("quarterly");
        Units(quarter, "red").ShouldBe([Nanhu.UnitId!]);
        Units(quarter, "black").ShouldBe([Pinghu.UnitId!]);
        var half = await Honours("half-yearly");
        Units(half, "red").ShouldBe([Nanhu.UnitId!]);
        Units(half, "black").ShouldBeEmpty();
        var id = (string)(await Drafts("2026-Q2", "half-yearly")).Is(201)["id"]!;
        using var file = WordprocessingDocument.Open(
            new MemoryStream(await Centre.Downloads($"bulletins/{id}.docx", ("Accept-Language", "zh-CN"))),
            false
        );
        file.MainDocumentPart!.Document!.InnerText.ShouldContain("2026年上半年");
    }
}
