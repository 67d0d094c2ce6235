using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Cells of a dry run are corrected, judged again and taken over; the file's own text is kept beside them (R50).</summary>
public sealed class CorrectedImportTests(string engine) : OnEachEngine(engine)
{
    private const string Header = "项目名称,投资方,总投资,行业代码,落户地,阶段";

    private static (string, string) Dry => ("dryRun", "true");

    private static object Cell(int rowNumber, string column, string? text) =>
        new
        {
            rowNumber,
            column,
            text,
        };

    private static Task<Answer> Corrects(Actor actor, Answer import, params object[] items) =>
        actor.Post($"imports/{import["id"]}/corrections", new { items });

    private static async Task<Answer> RunsAgain(Actor actor, Answer import, bool dryRun, object? mapping = null)
    {
        var posted = (await actor.Post($"imports/{import["id"]}/rerun", new { dryRun, mapping })).Is(202);
        return await actor.AwaitsImport((string)posted["id"]!);
    }

    [Test]
    public async Task A_corrected_cell_is_judged_again_and_taken_over_and_the_original_stays()
    {
        var nanhu = App.As("nanhu");
        var first = await nanhu.Imports(
            Registers.Csv(
                Header,
                "电池工厂,甲电池有限公司,三个多亿,3841,南湖区,在谈",
                "光缆工厂,乙光缆有限公司,2亿元,3831,南湖区,在谈"
            ),
            fields: Dry
        );
        ((int)first["rowsRejected"]!).ShouldBe(1);
        var corrected = (await Corrects(nanhu, first, Cell(2, "总投资", "3.2亿元"))).Is(200);
        ((int)corrected["pendingCorrections"]!).ShouldBe(1);
        var row = (await nanhu.RowsOf(first))[0];
        ((string)row["outcome"]!).ShouldBe("rejected", "nothing is judged before it is run again");
        ((string)row["original"]!["总投资"]!).ShouldBe("三个多亿");
        ((string)row["corrections"]![0]!["text"]!).ShouldBe("3.2亿元");
        row["corrections"]![0]!["applied"].ShouldBeNull();

        var second = await RunsAgain(nanhu, first, dryRun: true);
        ((int)second["rowsRejected"]!).ShouldBe(0);
        ((string)second["basedOn"]!).ShouldBe((string)first["id"]!);
        ((int)second["pendingCorrections"]!).ShouldBe(0);
        row = (await nanhu.RowsOf(second))[0];
        ((string)row["original"]!["总投资"]!).ShouldBe("三个多亿");
        ((decimal)row["parsed"]!["totalInvestment"]!["amount"]!).ShouldBe(320_000_000m);
        ((string)row["corrections"]![0]!["applied"]!).ShouldBe("3.2亿元");

        var third = await RunsAgain(nanhu, second, dryRun: false);
        ((bool)third["dryRun"]!).ShouldBeFalse();
        ((int)third["rowsAccepted"]!).ShouldBe(2);
        var project = (await nanhu.Get($"projects/{(await nanhu.RowsOf(third))[0]["projectId"]}")).Is(200);
        ((decimal)project["totalInvestment"]["amount"]!).ShouldBe(320_000_000m);
        ((string)(await nanhu.RowsOf(third))[0]["original"]!["总投资"]!).ShouldBe("三个多亿");
    }

    [Test]
    public async Task Corrections_hit_the_cells_of_their_own_sheet_and_row()
    {
        var centre = App.As("centre");
        var sheets = Enumerable
            .Range(1, 3)
            .Select(sheet =>
                (
                    $"第{sheet}批",
                    (object?[][])
                        [
                            [$"第{sheet}批项目清单"],
                            ["序号", "项目名称", "投资方", "总投资（亿元）"],
                            .. Enumerable
                                .Range(1, 4)
                                .Select(row =>
                                    new object?[]
                                    {
                                        row,
                                        $"第{sheet}批{row}号光电项目",
                                        $"第{sheet}批{row}号有限公司",
                                        row == 3 ? "?" : 2,
                                    }
                                ),
                        ]
                )
            )
            .ToArray();
        var first = await centre.Imports(Registers.Workbook(sheets), "三批.xlsx", fields: Dry);
        var wrong = (await centre.RowsOf(first))
            .Where(row => (string)row["original"]!["总投资（亿元）"]! == "?")
            .ToList();
        wrong.Count.ShouldBe(3);
        await Corrects(
            centre,
            first,
            [.. wrong.Select((row, at) => Cell((int)row["rowNumber"]!, "总投资（亿元）", $"{at + 5}"))]
        );
        var second = await RunsAgain(centre, first, dryRun: true);
        second["notes"].AsArray().ShouldNotContain(note => (string)note!["code"]! == "correction-lost");
        var rows = (await centre.RowsOf(second)).Where(row => row["corrections"] is not null).ToList();
        rows.Select(row => (string)row["parsed"]!["name"]!)
            .ShouldBe(["第1批3号光电项目", "第2批3号光电项目", "第3批3号光电项目"]);
        rows.Select(row => (decimal)row["parsed"]!["totalInvestment"]!["amount"]!)
            .ShouldBe([500_000_000m, 600_000_000m, 700_000_000m]);
    }

    [Test]
    public async Task A_correction_is_taken_back_and_one_that_says_the_same_is_none()
    {
        var nanhu = App.As("nanhu");
        var import = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,3亿元,3841,南湖区,在谈"),
            fields: Dry
        );
        (
            (int)
                (await Corrects(nanhu, import, Cell(2, "总投资", "4亿元"), Cell(2, "阶段", "在谈")))[
                    "pendingCorrections"
                ]!
        ).ShouldBe(1);
        ((int)(await Corrects(nanhu, import, Cell(2, "总投资", null)))["pendingCorrections"]!).ShouldBe(0);
        (await nanhu.RowsOf(import)).Single()["corrections"].ShouldBeNull();

        // One that was judged with is taken back as well, and that is judged again.
        await Corrects(nanhu, import, Cell(2, "总投资", "4亿元"));
        var second = await RunsAgain(nanhu, import, dryRun: true);
        ((int)(await Corrects(nanhu, second, Cell(2, "总投资", "3亿元")))["pendingCorrections"]!).ShouldBe(1);
        var third = await RunsAgain(nanhu, second, dryRun: true);
        ((decimal)(await nanhu.RowsOf(third)).Single()["parsed"]!["totalInvestment"]!["amount"]!).ShouldBe(
            300_000_000m
        );
    }

    [Test]
    public async Task A_heading_that_is_read_otherwise_is_read_again_without_the_file()
    {
        var nanhu = App.As("nanhu");
        var first = await nanhu.Imports(
            Registers.Csv("项目名称,投资方,总投资,代号,落户地,阶段", "电池工厂,甲电池有限公司,3亿元,3841,南湖区,在谈"),
            fields: Dry
        );
        var column = first["columns"].AsArray().Single(each => (string)each!["header"]! == "代号")!;
        column["field"].ShouldBeNull();
        column["samples"]!.AsArray().Select(sample => (string)sample!).ShouldBe(["3841"]);
        var second = await RunsAgain(
            nanhu,
            first,
            dryRun: true,
            new Dictionary<string, string> { ["代号"] = "industryCode" }
        );
        ((int)second["rowsAccepted"]!).ShouldBe(1);
        (await nanhu.Post($"imports/{second["id"]}/rerun", new { dryRun = true, mapping = new { 代号 = "nothing" } }))
            .IsProblem(400, "validation-failed")
            .Codes("mapping")
            .ShouldBe(["choice"]);
    }

    [Test]
    public async Task A_file_whose_names_are_under_no_known_heading_shows_its_columns_to_be_told()
    {
        var nanhu = App.As("nanhu");
        var failed = await nanhu.Imports(
            Registers.Csv(
                "甲栏,乙栏,丙栏,丁栏",
                "电池工厂,甲电池有限公司,3亿元,3841",
                "光缆工厂,乙光缆有限公司,2亿元,3831"
            ),
            fields: Dry
        );
        ((string)failed["status"]!).ShouldBe("failed");
        failed["columns"]
            .AsArray()
            .Select(column => (string)column!["header"]!)
            .ShouldBe(["甲栏", "乙栏", "丙栏", "丁栏"]);
        failed["columns"][0]!["samples"]!
            .AsArray()
            .Select(sample => (string)sample!)
            .ShouldBe(["电池工厂", "光缆工厂"]);
        var read = await RunsAgain(
            nanhu,
            failed,
            dryRun: true,
            new Dictionary<string, string>
            {
                ["甲栏"] = "name",
                ["乙栏"] = "investor",
                ["丙栏"] = "totalInvestment",
                ["丁栏"] = "industryCode",
            }
        );
        ((int)read["rowsAccepted"]!).ShouldBe(2);
    }

    [Test]
    public async Task What_was_continued_elsewhere_or_is_in_the_library_is_not_corrected_any_more()
    {
        var nanhu = App.As("nanhu");
        var first = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,3亿元,3841,南湖区,在谈"),
            fields: Dry
        );
        var second = await RunsAgain(nanhu, first, dryRun: false);
        (await Corrects(nanhu, first, Cell(2, "阶段", "签约"))).IsProblem(409, "import-continued");
        (await nanhu.Post($"imports/{first["id"]}/rerun", new { dryRun = false })).IsProblem(409, "import-continued");
        (await Corrects(nanhu, second, Cell(2, "阶段", "签约"))).IsProblem(409, "import-stored");
        (await nanhu.Post($"imports/{second["id"]}/rerun", new { dryRun = true })).IsProblem(409, "import-stored");
        ((string)(await nanhu.Get($"imports/{first["id"]}"))["continuedBy"]!).ShouldBe((string)second["id"]!);
    }

    [Test]
    public async Task Cells_that_are_not_there_are_named()
    {
        var nanhu = App.As("nanhu");
        var import = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,3亿元,3841,南湖区,在谈"),
            fields: Dry
        );
        (await Corrects(nanhu, import, Cell(2, "阶段", "签约"), Cell(3, "阶段", "签约")))
            .IsProblem(400, "validation-failed")
            .Codes("items[1].rowNumber")
            .ShouldBe(["unknown-row"]);
        (await Corrects(nanhu, import, Cell(2, "天气", "晴")))
            .IsProblem(400, "validation-failed")
            .Codes("items[0].column")
            .ShouldBe(["unknown-column"]);
        ((int)(await nanhu.Get($"imports/{import["id"]}"))["pendingCorrections"]!).ShouldBe(0);
    }

    [Test]
    public async Task One_finds_what_one_left_until_it_is_taken_over_or_set_aside()
    {
        var nanhu = App.As("nanhu");
        async Task<List<string>> Left(Actor actor) =>
            [
                .. (await actor.Get("imports?unfinished=true"))
                    .Is(200)["items"]
                    .AsArray()
                    .Select(import => (string)import!["id"]!),
            ];
        var first = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,3亿元,3841,南湖区,在谈"),
            fields: Dry
        );
        var other = await nanhu.Imports(
            Registers.Csv(Header, "光缆工厂,乙光缆有限公司,2亿元,3831,南湖区,在谈"),
            fields: Dry
        );
        await nanhu.Imports(Registers.Csv(Header, "卫星工厂,丙卫星有限公司,2亿元,3742,南湖区,在谈"));
        (await Left(nanhu)).ShouldBe([(string)other["id"]!, (string)first["id"]!]);
        (await Left(App.As("xiuzhou"))).ShouldBeEmpty();
        (await Left(App.As("centre"))).ShouldBeEmpty("it is not the centre's own");

        var second = await RunsAgain(nanhu, first, dryRun: true);
        (await Left(nanhu)).ShouldBe([(string)second["id"]!, (string)other["id"]!]);
        await RunsAgain(nanhu, second, dryRun: false);
        (await Left(nanhu)).ShouldBe([(string)other["id"]!]);
        (await App.As("xiuzhou").Post($"imports/{other["id"]}/dismiss")).IsProblem(404, "not-found");
        (await nanhu.Post($"imports/{other["id"]}/dismiss")).Is(200);
        (await Left(nanhu)).ShouldBeEmpty();
    }

    [Test]
    public async Task The_centre_reads_a_units_dry_run_and_leaves_it_to_the_unit()
    {
        var nanhu = App.As("nanhu");
        var import = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,3亿元,3841,南湖区,在谈"),
            fields: Dry
        );
        var centre = App.As("centre");
        (await Corrects(centre, import, Cell(2, "阶段", "签约"))).IsProblem(403, "forbidden");
        (await centre.Post($"imports/{import["id"]}/rerun", new { dryRun = true })).IsProblem(403, "forbidden");
        (await centre.Post($"imports/{import["id"]}/dismiss")).IsProblem(403, "forbidden");
        (await Corrects(App.As("xiuzhou"), import, Cell(2, "阶段", "签约"))).IsProblem(404, "not-found");
    }

    [Test]
    public async Task A_corrected_row_that_was_no_project_becomes_one()
    {
        var centre = App.As("centre");
        var first = await centre.Imports(
            Registers.Csv(
                Header,
                "电池工厂,甲电池有限公司,3亿元,3841,南湖区,在谈",
                ",乙光缆有限公司,2亿元,3831,南湖区,在谈",
                "卫星工厂,丙卫星有限公司,2亿元,3742,南湖区,在谈"
            ),
            fields: Dry
        );
        ((int)first["rowsRejected"]!).ShouldBe(1);
        await Corrects(centre, first, Cell(3, "项目名称", "光缆工厂"));
        var second = await RunsAgain(centre, first, dryRun: true);
        ((int)second["rowsRejected"]!).ShouldBe(0);
        ((string)(await centre.RowsOf(second))[1]["original"]!["项目名称"]!).ShouldBe("");
    }

    [Test]
    public async Task The_corrections_workbook_bears_what_was_corrected_in_the_page()
    {
        var nanhu = App.As("nanhu");
        var import = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,许多钱,3841,南湖区,在谈"),
            fields: Dry
        );
        await Corrects(nanhu, import, Cell(2, "总投资", "3亿元"));
        var workbook = await nanhu.Downloads($"imports/{import["id"]}/corrections.xlsx");
        var again = await nanhu.Imports(workbook, "更正.xlsx", fields: Dry);
        ((int)again["rowsAccepted"]!).ShouldBe(1);
    }
}
