using System.IO.Compression;
using System.Net;
using System.Text;
using Dapper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Exports;

/// <summary>The library as a file: what the caller could list, and nothing more.</summary>
public sealed class ExportTests(string engine) : OnEachEngine(engine)
{
    private static Dictionary<string, object?> Small(string name = "智能轴承产线技改", decimal amount = 80_000_000m) =>
        Given.Project(name, "嘉兴恒力轴承有限公司", amount, industry: "3451");

    [Test]
    public async Task A_file_holds_what_the_list_finds_in_the_same_order_for_every_role()
    {
        await App.As("centre").Imports(Registers.Demo);
        (
            await App.As("nanhu")
                .Post("projects", Given.Project("保密的项目", "甲方科技有限公司", 90_000_000m, secret: true))
        ).Is(201);
        await AddSomebodyOf("department");
        var nanhu = App.As("nanhu").UnitId;
        var found = new Dictionary<string, int>();
        foreach (var who in new[] { "nanhu", "xiuzhou", "centre", "leader", "auditor", "department" })
        {
            foreach (
                var query in new[]
                {
                    "",
                    "stage=signed",
                    "sort=code&industry=38",
                    "sort=-name&currency=USD",
                    "sort=-totalInvestment&minAmount=1000000000",
                    "sort=-updatedAt&maxAmount=900000000",
                    "sort=name&idle=red",
                    "q=项目",
                    $"jurisdictionId={nanhu}&stage=in-talks",
                    "updatedSince=2026-05-04T01:00:00Z&sort=createdAt",
                }
            )
            {
                var listed = await App.As(who).Lists(query);
                (await App.As(who).ExportsCsv(query)).Select(row => row["项目编号"]).ShouldBe(listed, $"{who} {query}");
                (await App.As(who).ExportsWorkbook(query))
                    .Select(row => row["项目编号"])
                    .ShouldBe(listed, $"{who} {query}");
                found[$"{who} {query}"] = listed.Count;
            }
        }

        // The register has projects of every stage, and the secret one is the owner's and the centre's.
        found["centre "].ShouldBe(240);
        found["auditor "].ShouldBe(240);
        found["leader "].ShouldBe(239);
        found["nanhu "].ShouldBeInRange(1, 239);
        found["xiuzhou stage=signed"].ShouldBeGreaterThan(0);
        found["department stage=signed"].ShouldBe(found["xiuzhou stage=signed"]);
        found[$"nanhu jurisdictionId={nanhu}&stage=in-talks"].ShouldBeGreaterThan(0);
        found[$"xiuzhou jurisdictionId={nanhu}&stage=in-talks"].ShouldBe(0);
        found["centre sort=name&idle=red"].ShouldBeGreaterThan(0);
    }

    [Test]
    public async Task Nothing_is_cut_off_or_repeated_where_there_are_more_rows_than_are_read_at_once()
    {
        var numbers = Enumerable.Range(1000, 520).ToList();
        await App.As("centre")
            .Imports(
                Registers.Csv([
                    "项目名称,落户地",
                    .. numbers.Select(number =>
                        $"{(char)('丁' + number)}{(char)('万' + (number * 7))}号{number}工程,南湖区"
                    ),
                ])
            );

        // Neighbours are read as a stretch of the table, with others among them that were not asked for; what lies far apart, number by number.
        App.Sql(connection =>
            connection.Execute(
                "UPDATE projects SET stage = CASE WHEN seq % 3 = 0 THEN 'signed' WHEN seq % 3 = 1 THEN 'started' ELSE 'registered' END, currency = CASE WHEN seq % 7 = 0 THEN 'USD' ELSE 'CNY' END"
            )
        );
        foreach (
            var (query, count) in new[]
            {
                ("", 520),
                ("sort=createdAt", 520),
                ("sort=name", 520),
                ("currency=CNY", 520 - (520 / 7)),
                ("stage=signed", 520 / 3),
                ("sort=-name&currency=USD", 520 / 7),
            }
        )
        {
            var listed = await App.As("centre").Lists(query);
            listed.Count.ShouldBeInRange(count - 1, count + 1, query);
            (await App.As("centre").ExportsCsv(query)).Select(row => row["项目编号"]).ShouldBe(listed, query);
            (await App.As("centre").ExportsWorkbook(query)).Select(row => row["项目编号"]).ShouldBe(listed, query);
        }
    }

    [Test]
    public async Task Of_secret_projects_only_those_in_the_file_are_noted_as_read_not_what_lies_between_them()
    {
        (await App.As("nanhu").Post("projects", Small("甲轴承产线"))).Is(201);
        (
            await App.As("nanhu")
                .Post("projects", Given.Project("保密的项目", "甲方科技有限公司", 90_000_000m, secret: true))
        ).Is(201);
        (await App.As("nanhu").Post("projects", Small("乙污水处理厂"))).Is(201);
        var before = Noted();
        (await App.As("centre").ExportsCsv("maxAmount=80000000")).Count.ShouldBe(2);
        Noted().ShouldBe(before);
        (await App.As("centre").ExportsCsv()).Count.ShouldBe(3);
        Noted().ShouldBe(before + 1);

        long Noted()
        {
            var count = 0L;
            App.Sql(connection =>
                count = connection.ExecuteScalar<long>(
                    "SELECT COUNT(*) FROM audit WHERE action = 'read-secret-project'"
                )
            );
            return count;
        }
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task Keys_head_a_file_whatever_the_language(string language)
    {
        foreach (
            var (file, keys) in new[]
            {
                ("projects.csv?columns=code,total-investment&headers=keys", "code,total-investment"),
                ("problems.csv?headers=keys", "code,"),
                ("capital.csv?headers=keys", "code,"),
            }
        )
        {
            var text = (await App.As("centre").Get($"exports/{file}", ("Accept-Language", language))).Is(200).Text;
            text.TrimStart('\uFEFF').ShouldStartWith(keys, Case.Sensitive, file);
        }

        (await App.As("centre").Get("exports/projects.csv?headers=klingon"))
            .IsProblem(400, "validation-failed")
            .Codes("headers")
            .ShouldBe(["choice"]);
    }

    // Under keys choices, yes and no are told by values that never change, and the importer reads them.
    [Test]
    public async Task Under_keys_a_file_is_the_same_in_every_language()
    {
        var (nanhu, centre) = (App.As("nanhu"), App.As("centre"));
        (await nanhu.Post("projects", Small())).Is(201);
        (
            await nanhu.Post(
                "parcels",
                new
                {
                    place = "3-12地块",
                    areaM2 = 5,
                    cleared = true,
                    use = "industrial",
                }
            )
        ).Is(201);
        (await nanhu.Post("funds", new { name = "运河并购基金", details = new { } })).Is(201);
        foreach (var file in new[] { "projects", "parcels", "libraries", "problems", "capital", "leader-links" })
        {
            var path = $"exports/{file}.csv?headers=keys{(file == "libraries" ? "&library=funds" : "")}";
            var chinese = (await centre.Get(path, ("Accept-Language", "zh-CN"))).Is(200).Text;
            (await centre.Get(path, ("Accept-Language", "en"))).Is(200).Text.ShouldBe(chinese, file);
        }

        var parcel = Files.ReadCsv(await nanhu.Downloads("exports/parcels.csv?headers=keys")).Single();
        (parcel["cleared"], parcel["use"], parcel["status"]).ShouldBe(("true", "industrial", "reserve"));
        Files
            .ReadCsv(await nanhu.Downloads("exports/projects.csv?headers=keys"))
            .Single()["stage"]
            .ShouldBe("in-talks");
    }

    [Test]
    public async Task A_file_holds_the_columns_asked_for_in_the_order_asked_for()
    {
        (await App.As("nanhu").Post("projects", Small())).Is(201);
        var csv = (await App.As("nanhu").ExportsCsv("columns=name,currency,total-investment")).ShouldHaveSingleItem();
        csv.Keys.ShouldBe(["项目名称", "币种", "总投资"]);
        csv["总投资"].ShouldBe("80000000");
        (await App.As("nanhu").ExportsWorkbook("columns=stage,name"))
            .ShouldHaveSingleItem()
            .Keys.ShouldBe(["阶段", "项目名称"]);
        (await App.As("nanhu").Get("exports/projects.csv?columns=name,contacts")).IsProblem(400, "validation-failed");
        (await App.As("nanhu").Get("exports/projects.csv?columns=name,name")).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task A_selection_holds_what_was_picked_and_the_caller_may_list()
    {
        var mine = Id(await App.As("nanhu").Post("projects", Small()));
        var second = Id(await App.As("nanhu").Post("projects", Small("年产轴承二号项目", 60_000_000m)));
        await App.As("nanhu").Post("projects", Small("污水处理厂扩容", 50_000_000m));
        var hidden = Id(await App.As("xiuzhou").Post("projects", Small("光伏支架生产线", 40_000_000m)));
        (await App.As("nanhu").ExportsCsv($"ids={mine},{second},{hidden}&sort=totalInvestment"))
            .Select(row => row["项目名称"])
            .ShouldBe(["年产轴承二号项目", "智能轴承产线技改"]);
        (
            await App.As("nanhu").Get($"exports/projects.csv?ids={string.Join(',', Enumerable.Repeat("a", 201))}")
        ).IsProblem(400, "validation-failed");
        var many = string.Join(',', Enumerable.Repeat(mine, 260));
        (await App.As("nanhu").Get($"exports/projects.csv?ids={many}"))
            .IsProblem(400, "validation-failed")
            .Codes("ids")
            .ShouldBe(["count"]);
        (await App.As("nanhu").ExportsCsv($"ids={string.Join(',', Enumerable.Repeat(mine, 200))}")).Count.ShouldBe(1);

        static string Id(Answer made) => (string)made.Is(201)["id"]!;
    }

    [TestCase("=")]
    [TestCase("+")]
    [TestCase("-")]
    [TestCase("@")]
    [TestCase("\t")]
    [TestCase("\r")]
    [TestCase("\n")]
    [TestCase("＝")]
    [TestCase("＋")]
    [TestCase("－")]
    [TestCase("＠")]
    [TestCase(" =")]
    [TestCase("\u00A0=")]
    [TestCase("\u3000+")]
    [TestCase("\uFEFF-")]
    [TestCase("\u200B@")]
    [TestCase("\u2060\u00AD ＝")]
    [TestCase("\u3164=")]
    public async Task A_text_that_would_open_a_formula_is_neutralised(string opener)
    {
        var dangerous = $"{opener}HYPERLINK(\"http://x\")";

        // A name is one line; what begins with a line break or a tab can only stand elsewhere.
        var isName = !opener.Any(char.IsControl);
        var project = Small(isName ? dangerous : "智能轴承产线技改");
        if (isName)
            project["investors"] = new[] { Given.Investor(dangerous) };
        project["chain"] = dangerous;
        project["landingPlace"] = new { text = dangerous };
        (await App.As("nanhu").Post("projects", project)).Is(201);
        var csv = (await App.As("nanhu").ExportsCsv()).ShouldHaveSingleItem();
        var sheet = (await App.As("nanhu").ExportsWorkbook()).ShouldHaveSingleItem();
        foreach (var header in isName ? new[] { "项目名称", "投资方", "产业链", "承接地点" } : ["产业链", "承接地点"])
        {
            csv[header].ShouldBe("'" + dangerous, header);
            sheet[header].ShouldBe("'" + dangerous, header);
        }
    }

    [TestCase("𠮷林“智造”基地，一期；Café №1")]
    [TestCase("逗号,引号\"与\r\n换行")]
    [TestCase("a=b+c-d@e")]
    [TestCase("<b>&amp;</b> _x0041_")]
    public async Task A_text_comes_back_as_it_was(string text)
    {
        var project = Small();
        project["chain"] = text;
        (await App.As("nanhu").Post("projects", project)).Is(201);
        (await App.As("nanhu").ExportsCsv()).Single()["产业链"].ShouldBe(text);
        (await App.As("nanhu").ExportsWorkbook()).Single()["产业链"].ShouldBe(text);
    }

    [Test]
    public async Task The_owner_reads_every_fact_in_words_and_exact_numbers()
    {
        var project = Given.Project(amount: 1_234_567_890.12m, uscc: "91330000MA2XXXXXX0");
        project["investors"] = new object[]
        {
            Given.Investor("上海远景氢动力装备有限公司", "DE", "91330000MA2XXXXXX0"),
            Given.Investor("乙公司", primary: false),
        };
        project["fixedInvestment"] = new { amount = 700_000_000.5m, currency = "CNY" };
        project["foreignCapital"] = new { amount = 90_000_000m, currency = "USD" };
        project["landMu"] = 12.5m;
        project["plannedStartOn"] = "2027-01-31";
        var claim = (await App.As("nanhu").Reports(project)).Is(201);
        var code = (string)(await App.As("nanhu").Get($"projects/{claim["projectId"]}"))["code"]!;

        var csv = (await App.As("nanhu").ExportsCsv()).ShouldHaveSingleItem();
        var expected = new Dictionary<string, string>
        {
            ["项目编号"] = code,
            ["项目名称"] = "氢能装备制造基地项目",
            ["阶段"] = "在谈",
            ["归属单位"] = "南湖区",
            ["首谈单位"] = "南湖区",
            ["投资方"] = "上海远景氢动力装备有限公司、乙公司",
            ["主要投资方国别"] = "DE",
            ["主要投资方统一社会信用代码"] = "91330000MA2XXXXXX0",
            ["总投资"] = "1234567890.12",
            ["币种"] = "CNY",
            ["折合人民币（元）"] = "1234567890.12",
            ["固定资产投资"] = "700000000.5",
            ["固定资产投资币种"] = "CNY",
            ["计划外资"] = "90000000",
            ["计划外资币种"] = "USD",
            ["行业代码"] = "3411",
            ["用地（亩）"] = "12.5",
            ["在谈日期"] = "2026-05-04",
            ["签约日期"] = "",
            ["计划开工日期"] = "2027-01-31",
            ["亮灯"] = "绿灯",
            ["标记"] = "统一社会信用代码校验位不符",
            ["首报状态"] = "首报有效",
            ["首谈期至（北京时间）"] = "2026-06-04 23:59:59",
            ["登记时间（北京时间）"] = "2026-05-04 09:00:00",
            ["更新时间（北京时间）"] = "2026-05-04 09:00:00",
        };
        foreach (var (header, value) in expected)
            csv[header].ShouldBe(value, header);

        var sheet = (await App.As("nanhu").ExportsWorkbook()).ShouldHaveSingleItem();
        sheet["总投资"].ShouldBe(1_234_567_890.12);
        sheet["用地（亩）"].ShouldBe(12.5);
        sheet["在谈日期"].ShouldBe(new DateTime(2026, 5, 4));
        sheet["计划开工日期"].ShouldBe(new DateTime(2027, 1, 31));
        sheet["签约日期"].ShouldBeNull();
        sheet["登记时间（北京时间）"].ShouldBe(new DateTime(2026, 5, 4, 9, 0, 0));
        sheet["阶段"].ShouldBe("在谈");

        // As written, before any reader makes a binary number of it.
        using var zip = new ZipArchive(new MemoryStream(await App.As("nanhu").Downloads("exports/projects.xlsx")));
        using var part = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        (await part.ReadToEndAsync()).ShouldContain("<v>1234567890.12</v>");
    }

    [Test]
    public async Task What_is_not_known_is_an_empty_cell()
    {
        await App.As("centre").Imports(Registers.Csv("项目名称,投资方,落户地", "电池工厂,甲电池有限公司,南湖区"));
        var csv = (await App.As("centre").ExportsCsv()).ShouldHaveSingleItem();
        foreach (
            var header in new[]
            {
                "主要投资方国别",
                "主要投资方统一社会信用代码",
                "总投资",
                "币种",
                "折合人民币（元）",
                "首报状态",
            }
        )
            csv[header].ShouldBeEmpty(header);
        csv["标记"].ShouldContain("历史补录");
    }

    [Test]
    public async Task Anothers_project_fills_the_cells_of_its_public_summary_alone_and_nobody_gets_its_contacts()
    {
        var project = Small();
        project["contacts"] = new[] { new { name = "张三丰", phone = "13800001111" } };
        project["chain"] = "轴承";
        project["landingPlace"] = new { text = "余新镇" };
        project["fixedInvestment"] = new { amount = 1_000_000m, currency = "CNY" };
        project["plannedStartOn"] = "2027-01-31";
        var id = (string)(await App.As("nanhu").Post("projects", project)).Is(201)["id"]!;
        var move = (await App.As("nanhu").Submits(id, Given.Signing("2026-05-04", 80_000_000m))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);

        var shown = new[]
        {
            "项目编号",
            "项目名称",
            "阶段",
            "归属单位",
            "投资方",
            "总投资",
            "币种",
            "折合人民币（元）",
            "行业代码",
            "更新时间（北京时间）",
        };
        var csv = (await App.As("xiuzhou").ExportsCsv()).ShouldHaveSingleItem();
        csv.Where(cell => cell.Value.Length > 0).Select(cell => cell.Key).ShouldBe(shown);
        csv["阶段"].ShouldBe("签约");
        (await App.As("xiuzhou").ExportsWorkbook())
            .ShouldHaveSingleItem()
            .Where(cell => cell.Value is not null)
            .Select(cell => cell.Key)
            .ShouldBe(shown);
        (await App.As("nanhu").ExportsCsv()).Single()["签约日期"].ShouldBe("2026-05-04");
        foreach (var who in new[] { "nanhu", "centre" })
        {
            var text = Encoding.UTF8.GetString(await App.As(who).Downloads("exports/projects.csv"));
            text.ShouldNotContain("张三丰");
            text.ShouldNotContain("13800001111");
        }
    }

    [TestCase("unheard=1", "unheard")]
    [TestCase("limit=10", "limit")]
    [TestCase("stage=Signed", "stage")]
    [TestCase("sort=owner", "sort")]
    [TestCase("minAmount=many", "minAmount")]
    [TestCase("q=轴", "q")]
    public async Task A_wrong_or_unknown_parameter_is_refused_before_the_file_begins(string query, string field)
    {
        foreach (var file in new[] { "projects.csv", "projects.xlsx" })
            (await App.As("nanhu").Get($"exports/{file}?{query}"))
                .IsProblem(400, "validation-failed")
                .Codes(field)
                .ShouldNotBeEmpty();
    }

    [Test]
    public async Task Who_reads_no_projects_exports_none()
    {
        foreach (var file in new[] { "projects.csv", "projects.xlsx" })
        {
            (await App.As("admin").Get($"exports/{file}")).IsProblem(403, "forbidden");
            (await App.Nobody().Get($"exports/{file}")).IsProblem(401, "unauthenticated");
        }
    }

    [TestCase("csv", "text/csv")]
    [TestCase("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task A_file_is_an_attachment_named_with_the_day_and_kept_by_no_cache(string extension, string type)
    {
        using var response = await App.As("nanhu").Fetches($"exports/projects.{extension}");
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        var disposition = response.Content.Headers.ContentDisposition!;
        disposition.DispositionType.ShouldBe("attachment");
        disposition.FileName.ShouldBe($"projects-2026-05-04.{extension}");
        disposition.FileNameStar.ShouldBe($"项目清单-2026-05-04.{extension}");
        response.Headers.CacheControl!.Private.ShouldBeTrue();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Test]
    public async Task Headers_and_words_are_English_where_the_caller_prefers_it()
    {
        (await App.As("nanhu").Post("projects", Small())).Is(201);
        var file = await App.As("nanhu").Downloads("exports/projects.csv", ("Accept-Language", "en"));
        file[..3].ShouldBe([0xEF, 0xBB, 0xBF]); // by which Excel knows UTF-8
        var row = Files.ReadCsv(file).ShouldHaveSingleItem();
        row["Stage"].ShouldBe("in talks");
        row["Light"].ShouldBe("green");
        Files
            .ReadWorkbook(await App.As("nanhu").Downloads("exports/projects.xlsx", ("Accept-Language", "en")))
            .Single()
            .Rows.Single()["Project name"]
            .ShouldBe("智能轴承产线技改");
    }

    [Test]
    public async Task An_export_of_nothing_is_a_header()
    {
        Encoding
            .UTF8.GetString(await App.As("nanhu").Downloads("exports/projects.csv"))
            .TrimEnd()
            .ShouldNotContain('\n');
        (await App.As("nanhu").ExportsWorkbook()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_workbook_is_valid_with_its_header_frozen_and_a_filter_over_all_rows()
    {
        var project = Small();
        project["chain"] = "换行\r\n与制表\t符";
        (await App.As("nanhu").Post("projects", project)).Is(201);
        using var document = SpreadsheetDocument.Open(
            new MemoryStream(await App.As("nanhu").Downloads("exports/projects.xlsx")),
            isEditable: false
        );
        new OpenXmlValidator()
            .Validate(document)
            .Select(error => $"{error.Path?.XPath}: {error.Description}")
            .ShouldBeEmpty();
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
        var pane = sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Pane>().Single();
        pane.State!.InnerText.ShouldBe("frozen");
        pane.VerticalSplit!.Value.ShouldBe(1);
        sheet
            .Descendants<DocumentFormat.OpenXml.Spreadsheet.AutoFilter>()
            .Single()
            .Reference!.Value.ShouldBe("A1:AP1048576");
    }

    [TestCase("csv")]
    [TestCase("xlsx")]
    public async Task A_failure_in_the_middle_breaks_the_connection(string extension)
    {
        (await App.As("nanhu").Post("projects", Small())).Is(201);
        App.Sql(connection => connection.Execute("UPDATE projects SET facts = '{'"));
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var response = await App.As("nanhu").Fetches($"exports/projects.{extension}");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            await response.Content.ReadAsByteArrayAsync();
        });
    }

    /// <summary>An account of a role that the demo city has none of.</summary>
    private async Task AddSomebodyOf(string role) =>
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = role,
                        displayName = role,
                        role,
                    }
                )
        ).Is(201);
}
