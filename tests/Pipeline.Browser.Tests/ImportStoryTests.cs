using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>A messy workbook of three hundred rows on five sheets goes from the file into the library: mapped, corrected in the page, left and taken up again.</summary>
public sealed class ImportStoryTests
{
    private const int InTalks = 100,
        Signed = 80,
        Foreign = 60,
        Started = 60;

    [Test]
    public async Task A_messy_workbook_goes_from_the_file_into_the_library()
    {
        using var api = await Caller.As("centre2");
        var before = (long)(await api.Get("projects?limit=1&count=true"))["total"]!;
        await using var centre = await Person.SignsIn("centre2", 1440, 1000);
        var page = centre.Page;
        await page.GotoAsync("/imports");
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "五个表的台账.xlsx",
                    MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    Buffer = Messy(),
                }
            );
        await Expect(page.GetByText("预检结果")).ToBeVisibleAsync();
        await Expect(page.GetByText("工作表“说明”不是台账")).ToBeVisibleAsync();
        await Expect(Tab(page, $"在谈 {InTalks}")).ToBeVisibleAsync();
        await centre.Shot("20-import-grid");

        // A heading that nobody knows is told by what stands below it; that is read again at once.
        await Expect(page.GetByText("3841、3411")).ToBeVisibleAsync();
        await centre.Chooses(page.GetByLabel("甲乙丙栏", new() { Exact = true }), "行业代码", typed: "行业代码");
        await Expect(page.GetByText("列对应已改动")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "正式导入" })).ToBeDisabledAsync();
        await RunAgain(page);

        // One amount typed, and the same for all like it.
        await Narrow(centre, "只有界限");
        var amount = Cell(page, "在谈 · 12", "总投资");
        await Expect(amount).ToContainTextAsync("三个多亿");
        await amount.ClickAsync();
        await page.Keyboard.TypeAsync("3.2亿元");
        await page.Keyboard.PressAsync("Enter");
        await Expect(amount).ToContainTextAsync("3.2亿元");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.GetByRole(AriaRole.Button, new() { Name = "原文相同的都这样改（8 格）" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已更正 9 格并保存" }))
            .ToBeVisibleAsync();

        // Undone and done again in one step.
        await amount.ClickAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已更正 1 格并保存" }))
            .ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+y");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已更正 9 格并保存" }))
            .ToBeVisibleAsync();

        // A block pasted from a spreadsheet.
        await Narrow(centre, null);
        await Tab(page, "Foreign").ClickAsync();
        await Cell(page, "Foreign · 4", "Investment (USD m)").ClickAsync();
        await Paste(page, "12\r\n34\r\n56\r\n");
        await Expect(Cell(page, "Foreign · 6", "Investment (USD m)")).ToContainTextAsync("56");
        await centre.Shot("21-import-pasted");

        // Names that were missing are typed; a place is filled down.
        await Tab(page, "签约").ClickAsync();
        await Cell(page, "签约 · 5", "项目").ClickAsync();
        await page.Keyboard.PressAsync("F2");
        await page.Keyboard.TypeAsync("补写名称的光学项目");
        await page.Keyboard.PressAsync("Tab");
        await Cell(page, "签约 · 6", "所属区县").ClickAsync();
        await page.Keyboard.TypeAsync("海宁市");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Control+d");
        await Expect(Cell(page, "签约 · 8", "所属区县")).ToContainTextAsync("海宁市");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已更正 16 格并保存" }))
            .ToBeVisibleAsync();

        // One leaves, and finds everything as it was left.
        await page.GotoAsync("/imports");
        var left = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "五个表的台账.xlsx" });
        await Expect(left).ToContainTextAsync("16 格更正待判断");
        await centre.Shot("22-import-left");
        await left.GetByRole(AriaRole.Link).ClickAsync();
        await Tab(page, "签约").ClickAsync();
        await Expect(Cell(page, "签约 · 5", "项目")).ToContainTextAsync("补写名称的光学项目");
        await Expect(page.GetByText("有 16 格更正还没有重新判断")).ToBeVisibleAsync();

        // Judged again, and taken over.
        await RunAgain(page);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已更正 16 格并保存；0 格待重新判断" }))
            .ToBeVisibleAsync();
        await Tab(page, "签约").ClickAsync();
        await Cell(page, "签约 · 5", "项目").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "所选单元格" })).ToContainTextAsync("（空）");
        await centre.Shot("23-import-judged");
        await page.GetByRole(AriaRole.Button, new() { Name = "正式导入" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "确认导入" }).ClickAsync();
        await Expect(page.GetByText("导入结果")).ToBeVisibleAsync();
        await centre.Shot("24-import-taken-over");

        var import = await api.Get($"imports/{new Uri(page.Url).Segments[^1]}");
        ((int)import["rowsTotal"]!).ShouldBe(InTalks + Signed + Foreign + Started);
        ((int)import["rowsAccepted"]! + (int)import["rowsRejected"]!).ShouldBe((int)import["rowsTotal"]!);
        ((int)import["rowsRejected"]!).ShouldBe(2, "the total of the first sheet, and the signature below the last");
        var after = (long)(await api.Get("projects?limit=1&count=true"))["total"]!;
        (after - before).ShouldBe((int)import["rowsAccepted"]! - (int)import["duplicates"]!);
        await page.GotoAsync("/lists?view=table&q=补写名称的光学");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "补写名称的光学项目" })).ToBeVisibleAsync();
        await page.GotoAsync("/imports");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "五个表的台账.xlsx" }).First).ToBeVisibleAsync();
        await Expect(left).ToHaveCountAsync(0);
    }

    [Test]
    public async Task What_a_register_says_otherwise_is_accepted_or_declined()
    {
        const string header = "项目名称,投资方,国别,总投资,行业代码,产业链,落户地,阶段\n";
        using var api = await Caller.As("haining");
        await Import(
            api,
            header
                + "袜业智能工厂,海宁织造有限公司,中国,3亿元,1731,纺织,海宁市,在谈\n"
                + "皮革检测中心,海宁皮革有限公司,中国,1亿元,7452,检测,海宁市,在谈\n"
                + "经编新材料项目,海宁经编有限公司,中国,2亿元,1762,纺织,海宁市,在谈\n"
        );
        var import = await Import(
            api,
            header
                + "袜业智能工厂,海宁织造有限公司,中国,3.3亿元,1731,智能制造,海宁市,在谈\n"
                + "皮革检测中心,海宁皮革有限公司,中国,1.1亿元,7452,检测,海宁市,在谈\n"
                + "经编新材料项目,海宁经编有限公司,中国,2.2亿元,1762,新材料,海宁市,在谈\n"
        );
        await using var haining = await Person.SignsIn("haining");
        var page = haining.Page;
        await page.GotoAsync($"/imports/{import}");
        await Expect(page.GetByText("3 条待处理，共 3 条")).ToBeVisibleAsync();
        await haining.Shot("25-import-proposals");
        var first = page.Locator(".proposal").Filter(new() { HasText = "袜业智能工厂" });
        await first.GetByRole(AriaRole.Button, new() { Name = "采纳", Exact = true }).ClickAsync();
        await Expect(first).ToContainTextAsync("已采纳");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "选择：皮革检测中心" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "不采纳所选（1）" }).ClickAsync();
        await Expect(page.Locator(".proposal").Filter(new() { HasText = "皮革检测中心" })).ToContainTextAsync("不采纳");
        await Expect(page.GetByText("1 条待处理，共 3 条")).ToBeVisibleAsync();
        await haining.Shot("26-import-decided");
        await first.GetByRole(AriaRole.Link, new() { Name = "袜业智能工厂" }).ClickAsync();
        await Expect(page.GetByText("智能制造").First).ToBeVisibleAsync();
        await Expect(page.GetByText("修改").First).ToBeVisibleAsync();
        await haining.Shot("27-import-accepted-project");
    }

    [Test]
    public async Task Rows_with_doubts_wait_and_an_import_is_undone_while_nothing_was_built_on_it()
    {
        using var api = await Caller.As("centre");
        var dry = await Import(
            api,
            "项目名称,投资方,国别,总投资,行业代码,落户地,阶段\n"
                + "撤销示例甲厂,海宁甲撤有限公司,中国,3亿元,1731,海宁市,签约\n"
                + "撤销示例乙厂,海宁乙撤有限公司,中国,约2亿元,1762,海宁市,在谈\n",
            dryRun: true
        );
        await using var centre = await Person.SignsIn("centre");
        var page = centre.Page;
        await page.GotoAsync($"/imports/{dry}");
        await page.GetByRole(AriaRole.Button, new() { Name = "仅导入无疑问的 1 行（暂缓 1 行）" }).ClickAsync();
        await Expect(page.GetByText("存疑的 1 行暂缓")).ToBeVisibleAsync();
        await centre.Shot("28-import-undoubted");
        await page.GetByRole(AriaRole.Button, new() { Name = "确认导入" }).ClickAsync();
        await Expect(page.GetByText("导入结果")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "处理暂缓的 1 行" })).ToBeVisibleAsync();
        var imported = page.Url;

        // It was the wrong file: what an undo does is said before, and told afterwards.
        var row = (await api.Get($"imports/{new Uri(imported).Segments[^1]}/rows?outcome=accepted"))["items"]![0]!;
        var project = (string)row["projectId"]!;
        await page.GetByRole(AriaRole.Button, new() { Name = "查看能否撤销" }).ClickAsync();
        await Expect(page.GetByText("将移出 1 个项目").First).ToBeVisibleAsync();
        await centre.Shot("28-import-undo");
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销导入" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("传错了文件");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "撤销导入" }).ClickAsync();
        await Expect(page.GetByText("该导入已由")).ToBeVisibleAsync();
        await centre.Shot("28-import-undone");
        ((string)(await api.Get($"projects/{project}"))["stage"]!).ShouldBe("terminated");
        await page.GotoAsync("/lists?view=table&q=撤销示例甲厂&stage=signed");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "撤销示例甲厂" })).ToHaveCountAsync(0);
        await page.GotoAsync("/imports");
        await Expect(page.GetByText("撤销", new() { Exact = false }).First).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_sheet_of_records_is_undone_from_its_page_unless_somebody_worked_with_it()
    {
        using var api = await Caller.As("haining");
        await using var haining = await Person.SignsIn("haining");
        var page = haining.Page;
        await page.GotoAsync("/imports/records?kind=events");
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "活动表.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(
                        "类别,活动,开始日期\n路演,海宁撤销路演,2026-10-12\n推介,海宁撤销推介会,2026-10-20\n"
                    ),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "开始预检" }).ClickAsync();
        await Expect(page.GetByText("可导入 2 行")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "正式导入" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "查看该次导入" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "导入“活动表.csv”" })).ToBeVisibleAsync();
        var import = await api.Get($"record-imports/{new Uri(page.Url).Segments[^1]}");

        // Something came of one of them: the row is named, and nothing is offered.
        var held = (string)import["rows"]![0]!["recordId"]!;
        await api.Post($"events/{held}/results", new { kind = "prize", title = "一等奖" });
        await page.GetByRole(AriaRole.Button, new() { Name = "查看能否撤销" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "已有后续业务的内容" }))
            .ToContainTextAsync("第 2 行 海宁撤销路演 活动成果");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "撤销导入" })).ToHaveCountAsync(0);
        await haining.Shot("28-records-built-on");

        // Another sheet, with which nobody has worked, goes.
        await page.GotoAsync("/imports/records?kind=events");
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "传错的表.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes("类别,活动,开始日期\n路演,海宁错传路演,2026-10-13\n"),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "开始预检" }).ClickAsync();
        await Expect(page.GetByText("可导入 1 行")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "正式导入" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "查看该次导入" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "查看能否撤销" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销导入" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("将撤回 1 条记录。")).ToBeVisibleAsync();
        await haining.Shot("28-records-undo");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("传错了文件");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "撤销导入" }).ClickAsync();
        await Expect(page.GetByText("该导入已由")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "查看能否撤销" })).ToHaveCountAsync(0);
        await haining.Shot("28-records-undone");
        haining.Refused.ShouldBeEmpty();
        await page.GotoAsync("/imports/records");
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("传错的表.csv.*撤销") }))
            .ToBeVisibleAsync();
    }

    [Test]
    public async Task Two_thousand_rows_are_walked_by_keyboard_without_drawing_them_all()
    {
        using var api = await Caller.As("centre");
        var register = string.Concat(
            Enumerable
                .Range(1, 2000)
                .Select(n => $"第{n}号精密部件项目,嘉兴{n}号部件有限公司,{n % 9 + 1}亿元,嘉善县,在谈\n")
        );
        var import = await Import(api, "项目名称,投资方,总投资,落户地,阶段\n" + register, dryRun: true);
        await using var centre = await Person.SignsIn("centre");
        var page = centre.Page;
        await page.GotoAsync($"/imports/{import}");
        await Expect(page.GetByRole(AriaRole.Grid)).ToHaveAttributeAsync("aria-rowcount", "2001");
        await page.GetByRole(AriaRole.Gridcell, new() { Name = "第1号精密部件项目" }).ClickAsync();
        await page.Keyboard.PressAsync("Control+ArrowDown");
        await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "第2000号精密部件项目" })).ToBeVisibleAsync();
        (await page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Row).CountAsync()).ShouldBeLessThan(80);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("Control+Home");
        await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "第1号精密部件项目" })).ToBeVisibleAsync();

        // Out again by keyboard alone.
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".cells-editor")).Not.ToBeFocusedAsync();
    }

    /// <summary>Waits for the run after this one, and for its rows.</summary>
    private static async Task RunAgain(IPage page)
    {
        var former = page.Url;
        await page.GetByRole(AriaRole.Button, new() { Name = "再预检一次" }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(former);
        await Expect(page.GetByRole(AriaRole.Grid)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "正式导入" })).ToBeEnabledAsync();
    }

    private static ILocator Tab(IPage page, string sheet) =>
        page.Locator(".cells-tabs .ant-segmented-item-label").Filter(new() { HasTextRegex = new Regex("^" + sheet) });

    private static async Task Narrow(Person person, string? issue)
    {
        var select = person.Page.GetByLabel("按问题筛选");
        if (issue is not null)
            await person.Chooses(select, issue);
        else
        {
            await select.HoverAsync();
            await person.Page.Locator(".toolbar-select .ant-select-clear").ClickAsync();
        }
    }

    /// <summary>The cell of a row, named as the sheet names it, below a heading.</summary>
    private static ILocator Cell(IPage page, string row, string heading) =>
        page.Locator(
            $"xpath=//*[@role='grid']//*[@role='row'][.//*[@role='rowheader']//*[normalize-space()='{row}']]"
                + $"/*[@role='gridcell'][@aria-colindex=//*[@role='columnheader'][@title='{heading}']/@aria-colindex]"
        );

    /// <summary>Pastes as from another program.</summary>
    private static Task Paste(IPage page, string text) =>
        page.EvaluateAsync(
            """
            text => {
              const data = new DataTransfer();
              data.setData('text/plain', text);
              document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
              );
            }
            """,
            text
        );

    private static async Task<string> Import(Caller api, string register, bool dryRun = false)
    {
        var file = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(register));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var id = (string)
            (
                await api.Upload(
                    $"imports?dryRun={(dryRun ? "true" : "false")}",
                    new MultipartFormDataContent { { file, "file", "海宁台账.csv" } }
                )
            )["id"]!;
        for (var deadline = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < deadline; await Task.Delay(50))
        {
            if ((string)(await api.Get($"imports/{id}"))["status"]! == "completed")
                return id;
        }

        throw new AssertionException("The import did not end.");
    }

    private static readonly string[] Chains = ["氢能", "光电", "储能", "医药", "装备", "材料"];
    private static readonly string[] Units = ["南湖区", "秀洲区", "嘉善县", "平湖市", "海盐县", "海宁市", "桐乡市"];

    // Names that are no other's, so that every row is a project of its own.
    private static string Name(string sheet, int n) =>
        $"{sheet}{(char)('一' + n * 37)}{(char)('丁' + n * 53)}{(char)('上' + n * 71)}{Chains[n % 6]}基地";

    private static string Investor(string sheet, int n) =>
        $"{(char)('丈' + n * 61)}{(char)('丑' + n * 43)}{(char)('专' + n * 29)}{sheet[0]}有限公司";

    /// <summary>Five sheets: projects in talks with odd amounts and dates, signed ones of which some have no name, one in English, one with a heading nobody knows, and a note.</summary>
    private static byte[] Messy()
    {
        string Unit(int n) => Units[n % Units.Length];
        var inTalks = new List<string[]>
        {
            new[] { "2026年在谈项目清单" },
            new[] { "序号", "项目名称", "投资方", "国别", "总投资", "落户地", "首报日期", "备注" },
        };
        for (var n = 1; n < InTalks; n++)
            inTalks.Add([
                $"{n}",
                Name("在谈", n),
                Investor("在谈", n),
                n % 7 == 0 ? "日 本" : "中国",
                n % 10 == 0 ? "三个多亿"
                : n % 9 == 0 ? "约2亿元"
                : $"{n % 8 + 1}.5亿元",
                n % 11 == 0 ? "市区" : Unit(n),
                n % 13 == 0 ? "3月初" : "2026-03-01",
                n % 5 == 0 ? "续谈" : "",
            ]);
        inTalks.Add(["合计", "", "", "", "？"]);

        var signed = new List<string[]>
        {
            new[] { "签约项目" },
            new[] { "编号", "项目", "投资主体", "协议投资（亿元）", "签约时间", "所属区县", "项目进展情况" },
        };
        for (var n = 1; n <= Signed; n++)
            signed.Add([
                $"{n}",
                n == 3 ? "" : Name("签约", n),
                Investor("签约", n),
                n % 17 == 0 ? "?" : $"{n % 6 + 1}",
                n % 12 == 0 ? "2026年1月" : "2026.3.8",
                n is >= 4 and <= 6 ? "待定" : Unit(n),
                n % 15 == 0 ? "正在推进签约" : "已签约",
            ]);

        var foreign = new List<string[]>
        {
            new[] { "Name", "Investor", "Investment (USD m)", "City / County", "Stage" },
        };
        for (var n = 1; n <= Foreign; n++)
            foreign.Add([
                Name("外资", n),
                Investor("外资", n),
                n is >= 3 and <= 5 ? "n/a" : $"{n % 40 + 5}",
                Unit(n),
                "in talks",
            ]);

        var started = new List<string[]>
        {
            new[] { "序号", "项目名称", "投资方", "估算总投资", "实际开工时间", "落户镇街", "甲乙丙栏" },
        };
        for (var n = 1; n < Started; n++)
            started.Add([
                $"{n}",
                Name("开工", n),
                Investor("开工", n),
                $"{n % 9 + 1}亿元",
                "2026-02-01",
                Unit(n),
                n % 2 == 0 ? "3411" : "3841",
            ]);
        started.Add(["填表人：张某", "", "", "", "审核人：李某"]);

        return Workbook([
            ("在谈", inTalks),
            ("签约", signed),
            ("Foreign", foreign),
            ("开工", started),
            (
                "说明",
                [
                    ["说明"],
                    ["本表由各单位填报"],
                ]
            ),
        ]);
    }

    private static byte[] Workbook((string Name, List<string[]> Rows)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            var list = new Sheets();
            foreach (var (name, rows) in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(
                    new SheetData(
                        rows.Select(
                            (cells, at) =>
                                new Row(cells.Select((text, column) => CellOf(text, column, at + 1)))
                                {
                                    RowIndex = (uint)(at + 1),
                                }
                        )
                    )
                );
                list.Append(
                    new Sheet
                    {
                        Name = name,
                        SheetId = (uint)(list.ChildElements.Count + 1),
                        Id = book.GetIdOfPart(part),
                    }
                );
            }

            book.Workbook.Append(list);
        }

        return stream.ToArray();
    }

    private static Cell CellOf(string text, int column, int row) =>
        new()
        {
            CellReference = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{row}"),
            DataType = CellValues.InlineString,
            InlineString = new InlineString(new Text(text)),
        };
}
