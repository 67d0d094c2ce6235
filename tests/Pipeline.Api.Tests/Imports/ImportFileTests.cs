using System.IO.Compression;
using System.Text;
using Pipeline.Api.Features.Imports;
using Pipeline.Api.Http;
using Pipeline.Api.Tests.Support;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Files of all habits, broken and hostile ones too.</summary>
public sealed class ImportFileTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_workbook_is_read_with_its_days_numbers_titles_and_merged_cells()
    {
        var centre = App.As("centre");
        var workbook = Registers.Workbook(
            [
                ["2026年招商引资项目台账"],
                ["序号", "项目名称", "总投资(亿元)", "县(市、区)", "阶段", "签约日期"],
                [1, "甲厂", 12.5m, "嘉善县", "签约", new DateOnly(2026, 3, 1)],
                [2, "乙厂", 3, null, "签约", new DateOnly(2026, 3, 2)],
                ["合计", null, 15.5m],
            ],
            "A1:F1",
            "D3:D4"
        );
        var import = await centre.Imports(workbook, "台账.xlsx");
        ((string)import["status"]!).ShouldBe("completed");
        var rows = await centre.RowsOf(import);
        rows.Select(row => (int)row["rowNumber"]!).ShouldBe([3, 4, 5]);
        ((decimal)rows[0]["parsed"]!["totalInvestment"]!["amount"]!).ShouldBe(1_250_000_000m);
        ((string)rows[0]["parsed"]!["signedOn"]!).ShouldBe("2026-03-01");
        ((string)rows[1]["parsed"]!["jurisdiction"]!).ShouldBe("嘉善县");
        Registers.CodesOf(rows[2]).ShouldBe(["total-row"]);
    }

    [Test]
    public async Task The_four_lists_on_four_sheets_are_one_register()
    {
        object?[][] List(string name) =>
            [
                ["单位:亿元"],
                ["项目名称", "总投资", "属地"],
                [$"{name}甲", 3, "平湖市"],
                [$"{name}乙", 4, "海宁市"],
            ];
        var centre = App.As("centre");
        var import = await centre.Imports(
            Registers.Workbook([
                ("在谈", List("在谈")),
                ("签约", List("签约")),
                (
                    "说明",
                    [
                        ["填报说明"],
                    ]
                ),
                ("开工", List("开工")),
            ]),
            "四张清单.xlsx"
        );
        ((string)import["status"]!).ShouldBe("completed");
        var rows = await centre.RowsOf(import);
        rows.Select(row => (int)row["rowNumber"]!).ShouldBe([3, 4, 7, 8, 11, 12]);
        rows.Select(row => (string)row["parsed"]!["stage"]!)
            .ShouldBe(["in-talks", "in-talks", "signed", "signed", "started", "started"]);
        rows.ShouldAllBe(row => (decimal)row["parsed"]!["totalInvestment"]!["amount"]! >= 300_000_000m);
        ((string)rows[2]["original"]!["阶段(工作表)"]!).ShouldBe("签约");

        var mixed = Registers.Workbook([
            (
                "一",
                [
                    ["项目名称", "属地"],
                    ["甲", "平湖"],
                ]
            ),
            (
                "二",
                [
                    ["项目名称", "投资方"],
                    ["乙", "甲科技有限公司"],
                ]
            ),
        ]);
        var united = await centre.RowsOf(await centre.Imports(mixed, "混.xlsx"));
        united.Select(row => (string)row["parsed"]!["name"]!).ShouldBe(["甲", "乙"]);
        ((string)united[0]["parsed"]!["jurisdiction"]!).ShouldBe("平湖市");
        ((string)united[1]["parsed"]!["investor"]!).ShouldBe("甲科技有限公司");
        united.Select(row => (string)row["original"]!["工作表"]!).ShouldBe(["一", "二"]);
    }

    [Test]
    public async Task A_header_of_two_rows_is_understood()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(
            Registers.Csv(
                "项目台账,,,,",
                "项目名称,总投资,属地,时间,",
                ",亿元,,签约,开工",
                "甲厂,3,平湖市,2025-03-01,2025-06-01"
            )
        );
        var row = (await centre.RowsOf(import)).Single();
        ((string)row["parsed"]!["startedOn"]!).ShouldBe("2025-06-01");
        ((decimal)row["parsed"]!["totalInvestment"]!["amount"]!).ShouldBe(300_000_000m);
    }

    [TestCase("gb18030", ",")]
    [TestCase("utf-8", ";")]
    [TestCase("utf-8", "\t")]
    [TestCase("utf-16", ",")]
    public async Task Text_is_read_in_the_encodings_and_with_the_separators_in_use(string encoding, string separator)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = string.Join(
                "\r\n",
                new[] { "项目名称,总投资,落户地,阶段", "甲厂,3亿元,平湖市,签约", "乙厂,4亿元,海宁市,开工" }
            )
            .Replace(",", separator);
        var chosen = Encoding.GetEncoding(encoding);
        var import = await App.As("centre").Imports([.. chosen.GetPreamble(), .. chosen.GetBytes(text)]);
        ((int)import["rowsAccepted"]!).ShouldBe(2);
        (await App.As("centre").RowsOf(import))
            .Select(row => (string)row["parsed"]!["jurisdiction"]!)
            .ShouldBe(["平湖市", "海宁市"]);
    }

    [Test]
    public async Task The_corrections_workbook_holds_the_original_columns_and_can_be_imported_again()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(
            Registers.Csv(
                "序号,项目名称,总投资,落户地,阶段",
                "1,甲厂,3亿元,平湖市,签约",
                "2,=HYPERLINK(\"x\"),超亿美元,平湖市,签约",
                "3,,3亿元,平湖市,签约"
            )
        );
        var path = $"imports/{import["id"]}/corrections.xlsx";
        (await centre.Get(path)).Is(200).ContentType.ShouldBe(CorrectionsWorkbook.ContentType);

        var again = await centre.Imports(await centre.Downloads(path), "corrections.xlsx");
        ((int)again["rowsTotal"]!).ShouldBe(2);
        ((int)again["duplicates"]!).ShouldBe(1);
        ((int)again["rowsRejected"]!).ShouldBe(1);
        (await centre.RowsOf(again)).First()["original"]!["项目名称"]!.GetValue<string>().ShouldBe("=HYPERLINK(\"x\")");
    }

    [Test]
    public async Task A_mapping_names_the_columns_that_no_alias_knows()
    {
        var centre = App.As("centre");
        var file = Registers.Csv("标的,钱(万元),哪里", "甲厂,30000,平湖市");
        var failed = await centre.Imports(file);
        ((string)failed["status"]!).ShouldBe("failed");
        ((string)failed["errorCode"]!).ShouldBe("no-name-column");
        var import = await centre.Imports(
            file,
            fields: ("mapping", """{"标的":"name","钱(万元)":"totalInvestment","哪里":"place"}""")
        );
        var row = (await centre.RowsOf(import)).Single();
        ((decimal)row["parsed"]!["totalInvestment"]!["amount"]!).ShouldBe(300_000_000m);
        (await centre.SendsIn(file, fields: ("mapping", """{"标的":"nonsense"}""")))
            .IsProblem(400, "validation-failed")
            .Codes("mapping")
            .ShouldBe(["choice"]);
        (await centre.SendsIn(file, fields: ("mapping", "["))).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task What_is_no_register_is_refused()
    {
        var centre = App.As("centre");
        (await centre.SendsIn("%PDF-1.4"u8.ToArray(), "a.pdf"))
            .IsProblem(400, "validation-failed")
            .Codes("file")
            .ShouldBe(["register-kind"]);
        (await centre.SendsIn("PK"u8.ToArray(), "a.xlsx")).IsProblem(400, "validation-failed");
        (await centre.SendsIn([], "a.csv")).IsProblem(400, "validation-failed");
        (await centre.Post("imports", new { })).IsProblem(415, "unsupported-media-type");
        (await centre.SendsIn(Registers.Csv("项目名称"), query: "?colour=red")).IsProblem(400, "validation-failed");
        (await centre.SendsIn(Registers.Csv("项目名称"), fields: ("mode", "sometimes"))).IsProblem(
            400,
            "validation-failed"
        );
        ((string)(await centre.Imports([0x50, 0x4B, 0x03, 0x04, 1, 2, 3], "a.xlsx"))["errorCode"]!).ShouldBe(
            "sheet-broken"
        );
        ((string)(await centre.Imports([1, 0, 2, 0], "a.csv"))["errorCode"]!).ShouldBe("register-kind");
        ((string)(await centre.Imports(Registers.Csv("项目名称", ""), "a.csv"))["errorCode"]!).ShouldBe("sheet-empty");
        (await App.As("auditor").SendsIn(Registers.Csv("项目名称", "甲"))).IsProblem(403, "forbidden");
        (await App.Nobody().Get("imports")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_name_with_a_line_break_in_its_cell_is_taken_as_one_line()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(
            Registers.Csv("项目名称,投资方,总投资", "\"甲园\n一期\",\"乙\r\n公司\",3亿元")
        );
        var row = (await centre.RowsOf(import)).Single();
        ((string)row["outcome"]!).ShouldBe("accepted");
        var project = (await centre.Get($"projects/{row["projectId"]}")).Is(200);
        ((string)project["name"]!).ShouldBe("甲园 一期");
        project["investors"]!.AsArray().ShouldAllBe(investor => !((string)investor!["name"]!).Any(char.IsControl));
    }

    [Test]
    public async Task ValidateOnly_stores_nothing_and_a_repeated_key_does_not_import_twice()
    {
        var centre = App.As("centre");
        (await centre.SendsIn(Registers.Csv("项目名称", "甲厂"), query: "?validateOnly=true")).Is(200);
        (await centre.Get("imports"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Rows_are_filtered_by_outcome_and_code_and_paged()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(Registers.Demo);
        (await centre.RowsOf(import)).Count.ShouldBe(241);
        (await centre.RowsOf(import, "&outcome=rejected")).Count.ShouldBe(1);
        (await centre.RowsOf(import, "&outcome=accepted")).Count.ShouldBe(240);
        var doubtful = await centre.RowsOf(import, "&outcome=doubtful");
        doubtful.Count.ShouldBe((int)import["rowsDoubtful"]!);
        var counted = import["issueCounts"].AsArray().Single(count => (string)count!["code"]! == "date-no-year")!;
        (await centre.RowsOf(import, "&code=date-no-year")).Count.ShouldBe((int)counted["count"]!);
        (await centre.Get($"imports/{import["id"]}/rows?code=%25")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await centre.Get($"imports/{import["id"]}/rows?outcome=maybe")).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task The_fields_that_columns_can_be_mapped_to_are_listed()
    {
        var fields = (await App.As("nanhu").Get("imports/fields")).Is(200)["items"].AsArray();
        fields.Count.ShouldBe(42);
        fields.Single(field => (bool)field!["required"]!)!["key"]!.GetValue<string>().ShouldBe("name");
    }
}

/// <summary>Reading files, without the program around it.</summary>
public sealed class SheetReaderTests
{
    private static IReadOnlyList<SheetRow> Read(byte[] content) => SheetReader.Read(content).Single().Rows;

    [Test]
    public void Quoted_separators_quotes_and_line_breaks_stay_in_their_cell()
    {
        var rows = Read(Encoding.UTF8.GetBytes("a,b\r\n\"1,2\",\"say \"\"hi\"\"\"\r\n\r\n\"x\ny\",z\r\n"));
        rows.Select(row => row.Number).ShouldBe([1, 2, 4]);
        rows[1].Cells.Select(cell => cell.Text).ShouldBe(["1,2", "say \"hi\""]);
        rows[2].Cells[0].Text.ShouldBe("x\ny");
    }

    [Test]
    public void A_bomb_is_not_unpacked()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var types = new StreamWriter(archive.CreateEntry("[Content_Types].xml").Open()))
                types.Write("<Types/>");
            using var bomb = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 320; i++)
                bomb.Write(zeros);
        }

        Should.Throw<UnreadableSheetException>(() => Read(stream.ToArray())).Code.ShouldBe("sheet-too-large");
    }

    [Test]
    public void Too_many_rows_are_refused()
    {
        var text = string.Join('\n', Enumerable.Range(0, TakenRows.MostRows + 1));
        Should
            .Throw<UnreadableSheetException>(() => Read(Encoding.UTF8.GetBytes(text)))
            .Code.ShouldBe("sheet-too-large");
    }

    [Test]
    public void A_quote_that_never_closes_does_not_swallow_the_register()
    {
        var text =
            "项目名称,备注\n甲厂,\"没有收尾\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"项目{i},备注\n"));
        var rows = Read(Encoding.UTF8.GetBytes(text));
        rows.Count.ShouldBe(302);
        rows[1].Cells.Select(cell => cell.Text).ShouldBe(["甲厂", "\"没有收尾"]);
        rows.Where(row => row.HasStrayQuote).Select(row => row.Number).ShouldBe([2]);
    }

    [Test]
    public void Bytes_of_no_known_encoding_are_refused() =>
        Should.Throw<UnreadableSheetException>(() => Read([0x81, 0xFF, 0xFF, 0x80])).Code.ShouldBe("sheet-encoding");

    [Test]
    public void Every_code_has_its_words_in_both_languages()
    {
        var codes = typeof(ImportCodes)
            .GetFields()
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
        foreach (var language in (string[])[Messages.Chinese, Messages.English])
            codes.Where(code => !Messages.Keys(language).Contains($"code.{code}")).ShouldBeEmpty(language);
    }
}
