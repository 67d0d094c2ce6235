using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Tests.Projects;

/// <summary>Registering, editing, finding and seeing projects.</summary>
public sealed class ProjectTests(string engine) : OnEachEngine(engine)
{
    private static Dictionary<string, object?> Small(
        string name = "智能轴承产线技改",
        string investor = "嘉兴恒力轴承有限公司",
        decimal amount = 80_000_000m
    ) => Given.Project(name, investor, amount, industry: "3451");

    [Test]
    public async Task A_registration_needs_four_members()
    {
        var answer = (await App.As("nanhu").Post("projects", new { })).IsProblem(400, "validation-failed");
        foreach (var member in new[] { "name", "investors", "totalInvestment", "industryCode" })
            answer.Codes(member).ShouldBe(["required"]);
        var registered = (await App.As("nanhu").Post("projects", Small())).Is(201);
        System.Text.RegularExpressions.Regex.IsMatch((string)registered["code"]!, @"^2026-\d{6}$").ShouldBeTrue();
        registered.Headers.Location!.ToString().ShouldBe($"/api/v1/projects/{registered["id"]}");
        registered.Body!.AsObject().ContainsKey("claim").ShouldBeTrue(); // null, not absent: there is none
        registered.Body!["claim"].ShouldBeNull();
    }

    [TestCase("""{"name":1}""", "name")]
    [TestCase("""{"nmae":"x"}""", "nmae")]
    [TestCase("""{"totalInvestment":{"amount":"12","currency":"CNY"}}""", "totalInvestment")]
    [TestCase("""{"totalInvestment":{"amount":1.234,"currency":"CNY"}}""", "totalInvestment")]
    [TestCase("""{"totalInvestment":{"amount":-1,"currency":"CNY"}}""", "totalInvestment")]
    [TestCase("""{"totalInvestment":{"amount":1,"currency":"XXX"}}""", "totalInvestment")]
    [TestCase("""{"industryCode":"C34"}""", "industryCode")]
    [TestCase("""{"buildKind":"Bigger"}""", "buildKind")]
    [TestCase("""{"investors":[{"name":"甲公司","country":"CN"}]}""", "investors")]
    [TestCase("""{"investors":[{"country":"CN","primary":true}]}""", "investors[0].name")]
    [TestCase("""{"name":"NUL \u0000 inside"}""", "name")]
    public async Task A_malformed_member_is_named(string json, string field) =>
        (await App.As("nanhu").Post("projects", json))
            .IsProblem(400, "validation-failed")
            .Codes(field)
            .ShouldNotBeEmpty();

    [TestCase("1200000000")]
    [TestCase("1.2e9")]
    [TestCase("1200000000.00")]
    public async Task Numbers_may_be_written_in_any_json_way(string number)
    {
        var claim = (
            await App.As("nanhu")
                .Post(
                    "claims",
                    $$"""
                    {"project":{"name":"氢能基地","investors":[{"name":"上海氢动力有限公司","country":"CN","primary":true}],"totalInvestment":{"amount":{{number}},"currency":"CNY"},"industryCode":"3411"},
                     "contacts":[{"kind":"visit","occurredOn":"2026-04-30","note":"拜访"}]}
                    """
                )
        ).Is(201);
        claim["report"]["totalInvestment"]!["amount"]!.GetValue<decimal>().ShouldBe(1_200_000_000m);
    }

    [Test]
    public async Task What_is_told_of_a_project_is_its_documented_form_to_the_byte()
    {
        await App.As("centre").Imports(Registers.Demo);
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"));
        (
            await App.As("nanhu")
                .Post("projects", Given.Project("保密的项目", "甲方科技有限公司", 90_000_000m, secret: true))
        ).Is(201);
        var summaries = 0;
        foreach (var who in new[] { "nanhu", "xiuzhou", "centre", "leader" })
        {
            var told = new List<string>();
            foreach (
                var list in new[]
                {
                    "projects?limit=200",
                    "projects?limit=200&stage=in-talks",
                    "lists/signed?limit=200",
                }
            )
                told.AddRange(
                    (await App.As(who).Get(list))
                        .Is(200)["items"]
                        .AsArray()
                        .Select(item => item!.ToJsonString(Json.Options))
                );
            foreach (
                var id in told.Select(text => (string)System.Text.Json.Nodes.JsonNode.Parse(text)!["id"]!)
                    .Distinct()
                    .Take(60)
                    .ToList()
            )
                told.Add((await App.As(who).Get($"projects/{id}")).Is(200).Text);
            told.Count.ShouldBeGreaterThan(60);
            foreach (var text in told)
                Json.Write(Json.Read<ProjectView>(text)).ShouldBe(text);
            summaries += told.Count(text => text.Contains("\"summary\":true", StringComparison.Ordinal));
        }

        summaries.ShouldBeGreaterThan(0);
    }

    [Test]
    public async Task Doubtful_codes_are_flags_and_no_errors()
    {
        var project = Given.Project(
            "产线",
            "某某新材料有限公司",
            80_000_000m,
            industry: "99",
            uscc: "913304020000000000",
            nationalCode: "2026-33"
        );
        var answer = (await App.As("nanhu").Post("projects", project)).Is(201);
        answer["flags"]
            .AsArray()
            .Select(flag => (string)flag!)
            .ShouldBe(["uscc-check-digit", "national-code-malformed", "unknown-industry"], ignoreOrder: true);
    }

    [Test]
    public async Task Editing_needs_the_present_version_and_loses_nothing()
    {
        var project = (await App.As("nanhu").Post("projects", Small())).Is(201);
        var path = $"projects/{project["id"]}";
        (await App.As("nanhu").Patch(path, new { chain = "轴承" }, null)).IsProblem(428, "precondition-required");
        var edited = (await App.As("nanhu").Patch(path, new { chain = "轴承", landMu = 12.5 }, project.ETag)).Is(200);
        ((string)edited["chain"]!).ShouldBe("轴承");
        (await App.As("nanhu").Patch(path, new { chain = "别的" }, project.ETag)).IsProblem(412, "precondition-failed");
        var cleared = (await App.As("nanhu").Patch(path, """{"chain":null}""", edited.ETag)).Is(200);
        cleared.Body!["chain"].ShouldBeNull();
        ((decimal)cleared["landMu"]!).ShouldBe(12.5m);
        (await App.As("nanhu").Patch(path, """{"name":null}""", cleared.ETag))
            .IsProblem(400, "validation-failed")
            .Codes("name")
            .ShouldBe(["required"]);
        (await App.As("xiuzhou").Patch(path, new { chain = "x" }, "*")).IsProblem(404, "not-found");
        (await App.As("leader").Patch(path, new { chain = "x" }, "*")).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task An_unchanged_resource_is_not_sent_again()
    {
        var project = (await App.As("nanhu").Post("projects", Small())).Is(201);
        (await App.As("nanhu").Get($"projects/{project["id"]}", ("If-None-Match", project.ETag!)))
            .Is(304)
            .Text.ShouldBeEmpty();
        var centre = await App.As("auditor").Get($"projects/{project["id"]}");
        centre.ETag.ShouldNotBe(project.ETag); // the body as this caller gets it differs in what may be done
        centre.ETag!.Split('-')[0].ShouldBe(project.ETag!.Split('-')[0]);
    }

    [Test]
    public async Task The_public_summary_shows_no_more_and_its_version_counts_public_changes_only()
    {
        var body = Small();
        body["contacts"] = new[] { new { name = "张三" } };
        var project = (await App.As("nanhu").Post("projects", body)).Is(201);
        var path = $"projects/{project["id"]}";
        var move = (await App.As("nanhu").Submits((string)project["id"]!, Given.Signing("2026-05-04", 80_000_000m))).Is(
            201
        );
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);

        var summary = (await App.As("xiuzhou").Get(path)).Is(200);
        summary
            .Body!.AsObject()
            .Select(member => member.Key)
            .ShouldBe(
                [
                    "id",
                    "code",
                    "name",
                    "stage",
                    "owner",
                    "investors",
                    "totalInvestment",
                    "industryCode",
                    "summary",
                    "version",
                    "updatedAt",
                    "allowedActions",
                    "missing",
                ],
                ignoreOrder: true
            );
        summary.Text.ShouldNotContain("张三");
        App.Time.Advance(TimeSpan.FromHours(1));
        (await App.As("nanhu").Patch(path, new { chain = "轴承" }, (await App.As("nanhu").Get(path)).ETag)).Is(200);
        (await App.As("xiuzhou").Get(path)).ETag.ShouldBe(summary.ETag);
        (await App.As("nanhu").Patch(path, new { name = "轴承产线二期" }, (await App.As("nanhu").Get(path)).ETag)).Is(
            200
        );
        (await App.As("xiuzhou").Get(path)).ETag.ShouldNotBe(summary.ETag);
        (await App.As("xiuzhou").Patch(path, new { chain = "x" }, "*")).IsProblem(403, "forbidden");
        var listed = (await App.As("xiuzhou").Get("projects"))["items"].AsArray().ShouldHaveSingleItem()!.AsObject();
        listed.ContainsKey("claim").ShouldBeFalse();
        listed.ContainsKey("firstTalk").ShouldBeFalse();
        (await App.As("xiuzhou").Get("projects?chain=轴承"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_secret_project_is_seen_by_owner_centre_and_auditor_alone()
    {
        var project = (await App.As("nanhu").Reports(Given.Project(secret: true))).Is(201);
        var path = $"projects/{project["projectId"]}";
        foreach (var who in new[] { "nanhu", "centre", "auditor" })
            (await App.As(who).Get(path)).Is(200);
        foreach (var who in new[] { "leader", "xiuzhou" })
            (await App.As(who).Get(path)).IsProblem(404, "not-found");
        (await App.As("admin").Get(path)).IsProblem(403, "forbidden");
        (await App.As("leader").Get("claims"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("leader").Get("lists/in-talks"))["count"].GetValue<long>().ShouldBe(0);
        (await App.As("leader").Get("summary"))["total"]["count"]!.GetValue<long>().ShouldBe(0);
    }

    [TestCase("轴承", 2)]
    [TestCase("恒力", 1)]
    [TestCase("能轴", 1)]
    [TestCase("ＨＥＮＧ", 1)] // full-width finds half-width, whatever the case
    [TestCase("不存在", 0)]
    [TestCase("zc", 2)] // 轴承
    [TestCase("gszc", 1)] // 高速轴承
    [TestCase("LLCC", 1)] // 冷链仓储
    [TestCase("phly", 1)] // 平湖冷运, an investor
    [TestCase("zg", 0)]
    public async Task Search_finds_two_or_more_consecutive_characters(string q, int found)
    {
        (await App.As("nanhu").Post("projects", Small())).Is(201);
        (await App.As("nanhu").Post("projects", Small("高速轴承实验室", "Hengli Bearings GmbH"))).Is(201);
        (await App.As("nanhu").Post("projects", Small("冷链仓储", "平湖冷运有限公司", 30_000_000m))).Is(201);
        (await App.As("nanhu").Get($"projects?q={Uri.EscapeDataString(q)}"))["items"].AsArray().Count.ShouldBe(found);
    }

    // The queries of people who look for something: all words in any order, either script, either numerals.
    [TestCase("国产化 华芯", "芯片")]
    [TestCase("芯片 车规", "芯片")]
    [TestCase("华芯\u3000芯片", "芯片")]
    [TestCase("华芯 冷链", "")]
    [TestCase("绿能", "電池")]
    [TestCase("綠能電池", "電池")]
    [TestCase("台达", "電池")]
    [TestCase("臺達 绿能", "電池")]
    [TestCase("2期", "智造")]
    [TestCase("二期", "智造")]
    [TestCase("SEW 2期", "智造")]
    [TestCase("100%", "芯片")]
    [TestCase("A线", "芯片")]
    [TestCase("十万吨", "三十万吨")]
    [TestCase("30万吨", "三十万吨")]
    [TestCase("300000吨", "三十万吨")]
    [TestCase("三十", "三十万吨")]
    [TestCase("吨 三十", "三十万吨")]
    public async Task Search_finds_all_words_in_any_order_and_spelling(string q, string found)
    {
        (await App.As("nanhu").Post("projects", Small("德国SEW-传动“智造”基地（二期）", "赛威传动有限公司"))).Is(201);
        (await App.As("nanhu").Post("projects", Small("綠能電池項目", "臺達電子股份有限公司", 30_000_000m))).Is(201);
        (
            await App.As("nanhu")
                .Post("projects", Small("100%国产化车规级芯片_A线项目", "华芯（上海）半导体股份有限公司", 40_000_000m))
        ).Is(201);
        (await App.As("nanhu").Post("projects", Small("年产三十万吨树脂", "平湖湛新有限公司", 20_000_000m))).Is(201);
        var items = (await App.As("nanhu").Get($"projects?q={Uri.EscapeDataString(q)}"))["items"].AsArray();
        items.Count.ShouldBe(found.Length == 0 ? 0 : 1);
        if (found.Length > 0)
            ((string)items[0]!["name"]!).ShouldContain(found);
    }

    // What is spelled in whole syllables is found by its initials, unless it stands somewhere just so; what others keep to themselves does not change that (R20).
    [Test]
    public async Task Search_finds_what_is_spelled_in_whole_syllables()
    {
        var (nanhu, pinghu) = (App.As("nanhu"), App.As("pinghu"));
        (await nanhu.Post("projects", Small("动力电池生产线", "海宁长城动力有限公司"))).Is(201);
        (await nanhu.Post("projects", Small("Machine tool works", "Acme Nanhu Tools", 30_000_000m))).Is(201);
        (await nanhu.Post("projects", Small("木材加工厂", "南湖木业有限公司", 40_000_000m))).Is(201);
        (await pinghu.Reports(Given.Project("Donglidianchi one", "Donglidianchi Holding"))).Is(201);

        (await Found("donglidianchi")).ShouldBe(["动力电池生产线"]);
        (await Found("DongLi DianChi")).ShouldBe(["动力电池生产线"]);
        (await Found("changcheng donglidianchi")).ShouldBe(["动力电池生产线"]);
        (await Found("donglidianchi 木材")).ShouldBeEmpty();
        // Stands there as it is typed, although it could be ma-chi-ne.
        (await Found("machine")).ShouldBe(["Machine tool works"]);
        (await Found("nanhu")).ShouldBe(["Machine tool works"]);
        (await Found("meiyouzheige")).ShouldBeEmpty();
        ((long)(await nanhu.Get("projects?q=donglidianchi&count=true")).Is(200)["total"]!).ShouldBe(1);

        async Task<List<string>> Found(string q) =>
            [
                .. (await nanhu.Get($"projects?q={Uri.EscapeDataString(q)}"))
                    .Is(200)["items"]
                    .AsArray()
                    .Select(item => (string)item!["name"]!),
            ];
    }

    [Test]
    public async Task Projects_from_before_searches_knew_initials_are_made_found_by_them()
    {
        foreach (var number in Enumerable.Range(1, 60))
            (await App.As("nanhu").Post("projects", Small($"轴承{number}号", $"{number}号公司"))).Is(201);

        // As an earlier version left them: found by name, code and investor alone.
        App.Sql(connection =>
        {
            connection.Execute(
                "INSERT INTO settings (name, value) SELECT 'spellings-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM projects"
            );
            connection.Execute("DELETE FROM search_index");
            foreach (
                var (seq, text) in connection
                    .Query<(long Seq, string Text)>("SELECT seq, search_text FROM projects")
                    .ToList()
            )
            {
                var lines = text.Split('\n')[..3];
                connection.Execute(
                    "UPDATE projects SET search_text = @text WHERE seq = @seq",
                    new { seq, text = string.Join('\n', lines) }
                );
                connection.Execute(
                    "INSERT INTO search_index (gram, project_seq) VALUES (@gram, @seq)",
                    SearchText.Bigrams(lines).Select(gram => new { gram, seq })
                );
            }

            return 0;
        });
        (await App.As("nanhu").Get("projects?q=zc&count=true"))["total"].GetValue<int>().ShouldBe(0);

        await App.Services.GetRequiredService<IndexSpellings>().Run();
        (await App.As("nanhu").Get("projects?q=zc&count=true"))["total"].GetValue<int>().ShouldBe(60);
        (await App.As("nanhu").Get("projects?q=zc7h&count=true"))["total"].GetValue<int>().ShouldBe(1);
        (await App.As("nanhu").Get($"projects?q={Uri.EscapeDataString("轴承7号")}&count=true"))["total"]
            .GetValue<int>()
            .ShouldBe(1);
    }

    [Test]
    public async Task A_code_that_came_into_the_library_on_another_way_is_left_out()
    {
        var first = (await App.As("nanhu").Post("projects", Small())).Is(201);
        var code = (string)
            (await App.As("nanhu").Post("projects", Small("冷链仓储", "平湖冷运有限公司", 30_000_000m))).Is(201)[
                "code"
            ]!;

        // As if the second had come from outside before it was drawn: the counter stands before it.
        App.Sql(connection =>
            connection.Execute("UPDATE counters SET value = value - 1 WHERE name LIKE 'project-code-%'")
        );
        var third = (await App.As("nanhu").Post("projects", Small("高速电机园", "秀洲电机有限公司", 40_000_000m))).Is(
            201
        );
        new[] { (string)first["code"]!, code }.ShouldNotContain((string)third["code"]!);
    }

    [Test]
    public async Task Of_many_codes_those_that_came_on_another_way_are_left_out()
    {
        var (database, store, books) = (
            App.Services.GetRequiredService<Database>(),
            App.Services.GetRequiredService<StoreProject>(),
            App.Services.GetRequiredService<RuleBooks>()
        );
        var owner = App.Sql(connection =>
            connection.QueryFirst<string>("SELECT id FROM jurisdictions WHERE reports = 1 ORDER BY seq")
        );
        Task Add(int count) =>
            database.Write(async session =>
            {
                session.Note(new AuditEntry("library-made"));
                await store.Insert(
                    session,
                    await books.Current(session),
                    [
                        .. Enumerable
                            .Range(0, count)
                            .Select(_ => new NewProject
                            {
                                Body = new ProjectBody { Name = "轴承园", Investors = [] },
                                OwnerId = owner,
                            }),
                    ]
                );
            });
        await Add(5);
        App.Sql(connection =>
            connection.Execute("UPDATE counters SET value = value - 3 WHERE name LIKE 'project-code-%'")
        );
        await Add(4);
        var codes = App.Sql(connection => connection.Query<string>("SELECT code FROM projects").AsList());
        codes.Count.ShouldBe(9);
        codes.ShouldBeUnique();

        // The three that were drawn once more, and the four that were free.
        App.Sql(connection =>
                connection.QueryFirst<long>("SELECT value FROM counters WHERE name LIKE 'project-code-%'")
            )
            .ShouldBe(9);
    }

    [Test]
    public async Task Search_finds_the_code_and_refuses_a_single_character()
    {
        var project = (await App.As("nanhu").Post("projects", Small())).Is(201);
        (await App.As("nanhu").Get($"projects?q={project["code"]}"))["items"].AsArray().Count.ShouldBe(1);
        (await App.As("nanhu").Get("projects?q=轴"))
            .IsProblem(400, "validation-failed")
            .Codes("q")
            .ShouldBe(["search-length"]);
    }

    [Test]
    public async Task Pages_follow_each_other_without_gap_or_repeat_in_every_order()
    {
        foreach (var number in Enumerable.Range(0, 7))
            (
                await App.As("nanhu")
                    .Post(
                        "projects",
                        Small(
                            $"项目第{number}号",
                            $"{(char)('甲' + number)}公司",
                            10_000_000m + (number % 3 * 1_000_000m)
                        )
                    )
            ).Is(201);
        foreach (
            var sort in new[]
            {
                "createdAt",
                "-createdAt",
                "updatedAt",
                "-updatedAt",
                "totalInvestment",
                "-totalInvestment",
                "name",
                "-name",
                "code",
                "-code",
            }
        )
        {
            var seen = new List<string>();
            var path = $"projects?limit=3&sort={sort}&count=true";
            while (path is not null)
            {
                var page = (await App.As("nanhu").Get(path)).Is(200);
                ((long)page["total"]!).ShouldBe(7);
                seen.AddRange(page["items"].AsArray().Select(item => (string)item!["id"]!));
                path = page.Body!["nextCursor"] is { } cursor
                    ? $"projects?limit=3&sort={sort}&count=true&cursor={cursor}"
                    : null;
            }

            seen.Count.ShouldBe(7, sort);
            seen.Distinct().Count().ShouldBe(7, sort);
        }
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("limit=x", "limit")]
    [TestCase("stage=Signed", "stage")]
    [TestCase("sort=owner", "sort")]
    [TestCase("cursor=abc", "cursor")]
    [TestCase("minAmount=many", "minAmount")]
    [TestCase("updatedSince=yesterday", "updatedSince")]
    [TestCase("unheard=1", "unheard")]
    [TestCase("count=yes", "count")]
    public async Task A_wrong_or_unknown_parameter_is_refused(string query, string field) =>
        (await App.As("nanhu").Get($"projects?{query}"))
            .IsProblem(400, "validation-failed")
            .Codes(field)
            .ShouldNotBeEmpty();

    [Test]
    public async Task A_cursor_that_was_tampered_with_or_belongs_to_another_list_is_refused()
    {
        foreach (var number in Enumerable.Range(0, 3))
            (await App.As("nanhu").Post("projects", Small($"项目第{number}号", $"{(char)('甲' + number)}公司"))).Is(
                201
            );
        var cursor = (string)(await App.As("nanhu").Get("projects?limit=1"))["nextCursor"]!;
        (await App.As("nanhu").Get($"projects?limit=1&sort=code&cursor={cursor}")).IsProblem(400, "validation-failed");
        (await App.As("nanhu").Get($"projects?limit=1&cursor=x{cursor}")).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task Idle_lights_follow_the_months_without_progress()
    {
        var project = (await App.As("nanhu").Post("projects", Small())).Is(201);
        var path = $"projects/{project["id"]}";
        async Task<string> Light() => (string)(await App.As("nanhu").Get(path))["light"]!;

        App.Time.AdvanceTo(new DateTimeOffset(2026, 7, 3, 12, 0, 0, TimeSpan.Zero));
        (await Light()).ShouldBe("green");
        App.Time.AdvanceTo(new DateTimeOffset(2026, 7, 4, 1, 0, 0, TimeSpan.Zero)); // two months
        (await Light()).ShouldBe("yellow");
        (await App.As("nanhu").Get("projects?idle=yellow"))["items"].AsArray().Count.ShouldBe(1);
        App.Time.AdvanceTo(new DateTimeOffset(2026, 8, 4, 1, 0, 0, TimeSpan.Zero)); // three
        (await Light()).ShouldBe("red");
        (await App.As("nanhu").Get("projects?idle=yellow"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("nanhu").Get("projects?idle=red"))["items"].AsArray().Count.ShouldBe(1);
        (
            await App.As("nanhu")
                .Post(
                    $"{path}/progress",
                    new
                    {
                        kind = "meeting",
                        occurredOn = "2026-08-03",
                        note = "再谈",
                    }
                )
        ).Is(201);
        (await Light()).ShouldBe("green");
        (await App.As("nanhu").Get("projects?idle=green"))["items"].AsArray().Count.ShouldBe(1);
        App.Time.AdvanceTo(new DateTimeOffset(2027, 2, 3, 1, 0, 0, TimeSpan.Zero)); // six months after the last progress
        (await App.As("nanhu").Get(path))["flags"]
            .AsArray()
            .Select(flag => (string)flag!)
            .ShouldContain("removal-proposed");
    }

    [Test]
    public async Task A_registration_or_an_edit_that_matches_anothers_project_is_for_the_centres_eyes_only()
    {
        var nanhu = await App.As("nanhu").Reports(Given.Project());
        var project = (await App.As("xiuzhou").Post("projects", Small())).Is(201);
        var path = $"projects/{project["id"]}";
        var edited = (
            await App.As("xiuzhou")
                .Patch(path, new { investors = new[] { Given.Investor("上海远景氢动力装备有限公司") } }, project.ETag)
        ).Is(200);
        edited["flags"].AsArray().ShouldBeEmpty(); // or a unit could probe by editing
        (await App.As("xiuzhou").Get($"{path}/matches")).IsProblem(403, "forbidden");
        (await App.As("centre").Get(path))["flags"]
            .AsArray()
            .Select(flag => (string)flag!)
            .ShouldBe(["under-centre-review"]);
        var match = (await App.As("centre").Get($"{path}/matches"))["items"].AsArray().ShouldHaveSingleItem()!;
        ((string)match["id"]!).ShouldBe((string)nanhu["projectId"]!);
        match["reasons"]!.AsArray().Select(reason => (string)reason!).ShouldContain("same-investor");

        var registered = (
            await App.As("jiashan").Post("projects", Given.Project("另一处配套", amount: 10_000_000m))
        ).Is(201);
        registered["flags"].AsArray().ShouldBeEmpty();
        (await App.As("centre").Get($"projects/{registered["id"]}"))["flags"]
            .AsArray()
            .Select(flag => (string)flag!)
            .ShouldBe(["under-centre-review"]);
    }

    [Test]
    public async Task Files_are_taken_by_what_they_are_and_handed_out_as_attachments()
    {
        var project = (await App.As("nanhu").Post("projects", Small())).Is(201);
        var path = $"projects/{project["id"]}";
        var content = new ByteArrayContent("<script>alert(1)</script>"u8.ToArray());
        (await App.As("nanhu").Post($"{path}/files", new MultipartFormDataContent { { content, "file", "photo.png" } }))
            .IsProblem(400, "validation-failed")
            .Codes("file")
            .ShouldBe(["file-kind"]);
        var pdf = new ByteArrayContent("%PDF-1.4 plan"u8.ToArray());
        var file = (
            await App.As("nanhu").Post($"{path}/files", new MultipartFormDataContent { { pdf, "file", "规划.pdf" } })
        ).Is(201);
        var download = await App.As("nanhu")
            .Client.SendAsync(
                new HttpRequestMessage(HttpMethod.Get, $"/api/v1/files/{file["id"]}")
                {
                    Headers = { Authorization = new("Bearer", await Token("nanhu")) },
                }
            );
        download.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await download.Content.ReadAsStringAsync()).ShouldBe("%PDF-1.4 plan");
        (await App.As("xiuzhou").Get($"files/{file["id"]}")).IsProblem(404, "not-found");
        (await App.As("centre").Get($"{path}/files"))["items"].AsArray().Count.ShouldBe(1);
        (
            await App.As("xiuzhou")
                .Reports(
                    Given.Project(),
                    new[]
                    {
                        new
                        {
                            kind = "visit",
                            occurredOn = "2026-05-01",
                            note = "x",
                            files = new[] { (string)file["id"]! },
                        },
                    }
                )
        ).IsProblem(422, "report-incomplete").Codes("contacts[0].files[0]").ShouldBe(["unknown-file"]);
    }

    private async Task<string> Token(string username) =>
        (string)
            (await App.Nobody().Post("auth/token", new { username, password = PipelineApp.Password })).Is(200)[
                "accessToken"
            ]!;

    [TestCase(
        "7B22636861696E223A225C7564383030227D",
        TestName = "A_patch_with_half_a_character_in_a_text_is_malformed"
    )]
    [TestCase(
        "7B226C616E64696E67506C616365223A7B2274657874223A225C7564666666227D7D",
        TestName = "A_patch_with_half_a_character_deep_inside_is_malformed"
    )]
    [TestCase("7B225C7564383030223A317D", TestName = "A_patch_with_half_a_character_in_a_name_is_malformed")]
    [TestCase(
        "7B226C616E64696E67506C616365223A7B225C7564383030223A317D7D",
        TestName = "A_patch_with_half_a_character_in_a_name_deep_inside_is_malformed"
    )]
    [TestCase("7B22636861696E223A22FF227D", TestName = "A_patch_with_bytes_that_are_no_text_is_malformed")]
    [TestCase("7B22FF223A317D", TestName = "A_patch_with_bytes_that_are_no_name_is_malformed")]
    public async Task A_patch_that_is_no_text_is_malformed(string hex)
    {
        var project = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var body = new ByteArrayContent(Convert.FromHexString(hex));
        body.Headers.ContentType = new("application/merge-patch+json");
        (
            await App.As("nanhu").Send(HttpMethod.Patch, $"projects/{project["id"]}", body, ("If-Match", project.ETag!))
        ).IsProblem(400, "malformed-request");
    }
}
