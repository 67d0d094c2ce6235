using System.Text;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>The ten jobs people come for most often, from the page that opens after signing in, by no more clicks than docs/jobs.md says. What is typed, and what is done by keys, counts nothing.</summary>
public sealed class TenJobsTests
{
    private const string Name = "钠离子储能电芯生产基地",
        Investor = "湖州钠远储能科技有限公司";

    private RunningProgram program = null!;

    [OneTimeSetUp]
    public async Task Begin() => program = await RunningProgram.Start();

    [OneTimeTearDown]
    public async Task End() => await program.DisposeAsync();

    [Test]
    public async Task Projects_are_reported_reviewed_signed_and_verified()
    {
        // 1: the report, the kind of contact and its choice, the paper, sent, its receipt; the class is chosen by Enter.
        await using var nanhu = await Signed("nanhu");
        var clicks = await Clicks.On(nanhu.Page);
        await nanhu.Page.GetByRole(AriaRole.Link, new() { Name = "报送项目" }).ClickAsync();
        await FillsReport(nanhu, Name, "3841");
        await Picks(nanhu.Page, nanhu.Page.GetByText("选择文件").First, "会谈纪要.pdf");
        await Button(nanhu.Page, "提交首报").ClickAsync();
        await Expect(nanhu.Page.GetByText("首报成功，首谈资格已生效")).ToBeVisibleAsync();
        await nanhu.Page.GetByText("查看回执").First.ClickAsync();
        await Expect(nanhu.Page.GetByText("本回执校验值（SHA-256）")).ToBeVisibleAsync();
        clicks.Taken().ShouldBe(6, "1: a report with its evidence, and the receipt");

        // 2: the report, paste, the kind of contact and its choice, sent.
        await using var xiuzhou = await Signed("xiuzhou");
        var theirs = await Clicks.On(xiuzhou.Page);
        await xiuzhou.Page.GetByRole(AriaRole.Link, new() { Name = "报送项目" }).ClickAsync();
        await Button(xiuzhou.Page, "从表格粘贴").ClickAsync();
        await Pastes(xiuzhou.Page, $"项目名称\t投资方\t总投资\t行业代码\n{Name}\t{Investor}\t12亿元\t3841");
        await Expect(xiuzhou.Page.GetByLabel("项目名称")).ToHaveValueAsync(Name);
        await FillsContact(xiuzhou);
        await Button(xiuzhou.Page, "提交首报").ClickAsync();
        await Expect(xiuzhou.Page.GetByText("已列入排队，当前第 1 位")).ToBeVisibleAsync();
        theirs.Taken().ShouldBe(5, "2: another unit reports the same, from a table");

        // 3: what waits, the choice, sent, confirmed, and not waiting for ten seconds.
        const string other = "钠电材料中试研究院";
        await xiuzhou.Page.GotoAsync("/report");
        await FillsReport(xiuzhou, other, "3511", "15亿");
        await Button(xiuzhou.Page, "提交首报").ClickAsync();
        await Expect(xiuzhou.Page.GetByText("已收到，等待中心核定")).ToBeVisibleAsync();
        await using var centre = await Signed("centre");
        var decided = await Clicks.On(centre.Page);
        await InMain(centre.Page, other).First.ClickAsync();
        await centre.Page.GetByText("与各候选都不是同一项目").ClickAsync();
        await centre.Page.GetByLabel("理由").FillAsync("产品和选址都不同，是两个项目");
        await Button(centre.Page, "提交核定").ClickAsync();
        await InDialog(centre.Page, "提交核定").ClickAsync();
        await InDialog(centre.Page, "立即提交").ClickAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Heading, new() { Name = "中心工作台" })).ToBeVisibleAsync();
        decided.Taken().ShouldBe(5, "3: a review side by side, and the decision");

        // 4: the project found by keys; the move, its paper, sent.
        await nanhu.Page.GotoAsync("/");
        await Finds(nanhu.Page, Name, Name);
        await Button(nanhu.Page, "申报签约").First.ClickAsync();
        var move = nanhu.Page.GetByRole(AriaRole.Dialog);
        await move.GetByLabel("发生日期").TypesDay(Caller.Today);
        await move.GetByLabel("协议各方").FillAsync($"南湖区人民政府、{Investor}");
        await Picks(nanhu.Page, move.GetByText("选择文件").First, "投资协议.pdf");
        await move.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await Expect(move).ToHaveCountAsync(0);
        clicks.Taken().ShouldBe(3, "4: a signing submitted with its papers");

        // And what waits, verified, confirmed: three as before, though it is asked now; one, where the keys are used.
        await centre.Page.GotoAsync("/");
        decided.Taken();
        await InMain(centre.Page, Name).First.ClickAsync();
        await Button(centre.Page, $"认定通过：{Name}").WaitForAsync();
        await centre.Page.Keyboard.PressAsync("v");
        await Expect(centre.Page.GetByText("认定后立即生效，不能撤回。")).ToBeVisibleAsync();
        await InDialog(centre.Page, "认定通过").PressAsync("Enter");
        await InDialog(centre.Page, "立即提交").PressAsync("Enter");
        await Expect(Button(centre.Page, $"认定通过：{Name}")).ToHaveCountAsync(0);
        decided.Taken().ShouldBe(1, "4: verified");
    }

    [Test]
    public async Task A_project_is_found_and_the_list_filtered_arranged_kept_and_taken()
    {
        // 5: by keys alone, in whatever way the name is written.
        await using var nanhu = await Signed("nanhu");
        var clicks = await Clicks.On(nanhu.Page);
        foreach (var (typed, found) in new[] { ("光伏", "光伏"), ("donglidianchi", "动力电池"), ("dldc", "动力电池") })
        {
            await Finds(nanhu.Page, typed, found);
            await nanhu.Page.GotoAsync("/");
        }

        clicks.Taken().ShouldBe(0, "5: found");

        // 6: the lists, and a word typed; the columns and one more; the views, kept under a name; the workbook.
        await Nav(nanhu.Page, "四张清单").ClickAsync();
        await nanhu.Page.GetByLabel("搜索", new() { Exact = true }).FillAsync("光伏");
        await Expect(nanhu.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q="));
        clicks.Taken().ShouldBe(1, "6: filtered");
        await Button(nanhu.Page, "列").ClickAsync();
        await nanhu.Page.Locator(".columns-hidden .ant-checkbox-wrapper").First.ClickAsync();
        clicks.Taken().ShouldBe(2, "6: a column more");
        await nanhu.Page.Keyboard.PressAsync("Escape");
        await Button(nanhu.Page, "视图").ClickAsync();
        await nanhu
            .Page.GetByRole(AriaRole.Group, new() { Name = "视图" })
            .GetByRole(AriaRole.Button, new() { NameRegex = new System.Text.RegularExpressions.Regex("保存|存为") })
            .Last.ClickAsync();
        await nanhu.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("光伏项目");
        await nanhu.Page.Keyboard.PressAsync("Enter");
        await Expect(nanhu.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        clicks.Taken().ShouldBe(2, "6: a view kept");
        var file = await nanhu.Page.RunAndWaitForDownloadAsync(() => Button(nanhu.Page, "导出").ClickAsync());
        file.SuggestedFilename.ShouldEndWith(".xlsx");
        clicks.Taken().ShouldBe(1, "6: the workbook");
    }

    [Test]
    public async Task A_register_is_tried_mapped_and_imported()
    {
        // 7: the page and the file: the dry run begins by itself; a heading, its meaning, again; imported, confirmed.
        await using var centre = await Signed("centre");
        var clicks = await Clicks.On(centre.Page);
        await Nav(centre.Page, "数据导入").ClickAsync();
        await Picks(
            centre.Page,
            centre.Page.Locator("label.drop"),
            "台账.csv",
            "项目名称,投资方,总投资,落户地,阶段,签约日期,甲乙丙栏\n光伏支架二期,海宁向阳支架有限公司,3.2亿元,海宁市,签约,2026-03-01,3825\n"
        );
        await Expect(centre.Page.GetByText("预检结果")).ToBeVisibleAsync();
        clicks.Taken().ShouldBe(2, "7: tried");
        await centre.Chooses(centre.Page.GetByLabel("甲乙丙栏", new() { Exact = true }), "行业代码", "行业代码");
        await Button(centre.Page, "再预检一次").ClickAsync();
        await Expect(Button(centre.Page, "正式导入")).ToBeEnabledAsync();
        clicks.Taken().ShouldBe(3, "7: a heading mapped");
        await Button(centre.Page, "正式导入").ClickAsync();
        await Button(centre.Page, "确认导入").ClickAsync();
        await Expect(centre.Page.GetByText("导入结果")).ToBeVisibleAsync();
        clicks.Taken().ShouldBe(2, "7: imported, since it is asked now");
    }

    [Test]
    public async Task A_place_in_the_queue_is_contested_and_decided()
    {
        const string name = "海上风电叶片总装基地",
            investor = "浙江远东叶片装备有限公司";
        using (var holder = await Caller.As("pinghu", program.Url))
            await holder.Reports(name, investor, "3415");
        using (var rival = await Caller.As("haiyan", program.Url))
            await rival.Reports(name, investor, "3415");

        // 8: the claims, the claim, contested, sent.
        await using var haiyan = await Signed("haiyan");
        var clicks = await Clicks.On(haiyan.Page);
        await Nav(haiyan.Page, "首报首谈").ClickAsync();
        await Expect(haiyan.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("首报首谈");
        await InMain(haiyan.Page, name).First.ClickAsync();
        await Button(haiyan.Page, "提出异议").ClickAsync();
        await haiyan.Page.GetByRole(AriaRole.Dialog).GetByLabel("理由").FillAsync("投资方书面确认由我方牵头");
        await InDialog(haiyan.Page, "提出异议").ClickAsync();
        await Expect(haiyan.Page.GetByText("等待答复").First).ToBeVisibleAsync();
        clicks.Taken().ShouldBe(4, "8: contested");

        using (var holder = await Caller.As("pinghu", program.Url))
            await holder.Acts(
                new Uri(haiyan.Page.Url).AbsolutePath.Trim('/'),
                "answer",
                new { answer = "我方拜访在先" }
            );

        // And the dispute, what is decided, sent.
        await using var centre = await Signed("centre");
        clicks = await Clicks.On(centre.Page);
        await InMain(centre.Page, name).First.ClickAsync();
        await Button(centre.Page, "首谈资格转给异议方").ClickAsync();
        await centre.Page.GetByRole(AriaRole.Dialog).GetByLabel("决定理由").FillAsync("书面确认属实");
        await InDialog(centre.Page, "作出决定").ClickAsync();
        await Expect(centre.Page.GetByText("已决定").First).ToBeVisibleAsync();
        clicks.Taken().ShouldBe(3, "8: decided");
    }

    [Test]
    public async Task An_account_and_a_key_are_made_and_an_operation_tried()
    {
        // 9: the account, the unit and its choice, made, its link copied; the key, a scope, made, its secret copied.
        await using var admin = await Signed("admin");
        await admin.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var clicks = await Clicks.On(admin.Page);
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "新建账号", Exact = true }).ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("用户名").FillAsync("haining-shen");
        await dialog.GetByLabel("姓名").FillAsync("沈小红");
        await admin.Chooses(dialog.GetByLabel("单位", new() { Exact = true }), "海宁市");
        await InDialog(admin.Page, "新建并生成链接").ClickAsync();
        await InDialog(admin.Page, "复制并关闭").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        (await Copied(admin.Page)).ShouldContain("/set-up#");
        clicks.Taken().ShouldBe(5, "9: an account, and its link");
        await admin.Page.GotoAsync("/");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "新建 API 密钥", Exact = true }).ClickAsync();
        await dialog.GetByLabel("名称").FillAsync("统计系统");
        await dialog.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await InDialog(admin.Page, "新建密钥").ClickAsync();
        await InDialog(admin.Page, "复制并关闭").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        (await Copied(admin.Page)).ShouldStartWith("ppl_");
        clicks.Taken().ShouldBe(4, "9: a key");

        // 10: the group and its operation that gives a token, sent; another group, its operation, sent: the token is used.
        await admin.Page.GotoAsync("/swagger");
        var token = Operation(admin.Page, "post", "/api/v1/auth/token");
        await Tag(admin.Page, "Access").ClickAsync();
        await token.Locator(".opblock-summary-control").ClickAsync();
        await token
            .GetByRole(AriaRole.Textbox)
            .Last.FillAsync($$"""{ "username": "centre", "password": "{{City.Password}}" }""");
        await token.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(token.Locator(".live-responses-table .response-col_status").Nth(1)).ToContainTextAsync("200");
        await Tag(admin.Page, "Disputes").ClickAsync();
        var read = Operation(admin.Page, "get", "/api/v1/disputes");
        await read.Locator(".opblock-summary-control").ClickAsync();
        await read.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(read.Locator(".live-responses-table .response-col_status").Nth(1)).ToContainTextAsync("200");
        clicks.Taken().ShouldBe(6, "10: a token, and an operation tried with it");
    }

    private Task<Person> Signed(string username) => Person.SignsIn(username, at: program.Url);

    private static ILocator Nav(IPage page, string entry) =>
        page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = entry, Exact = true });

    private static ILocator InMain(IPage page, string link) =>
        page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link, Exact = true });

    private static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator InDialog(IPage page, string name) =>
        page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Tag(IPage page, string name) => page.Locator($"h3.opblock-tag[data-tag='{name}']");

    private static ILocator Operation(IPage page, string method, string path) =>
        page.Locator($".opblock-{method}")
            .Filter(new() { Has = page.Locator($".opblock-summary-path[data-path='{path}']") });

    private static Task<string> Copied(IPage page) =>
        page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

    private static async Task Finds(IPage page, string typed, string found)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("您好");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(typed);
        var first = page.GetByRole(AriaRole.Option).Filter(new() { HasText = found }).First;
        await Expect(first).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(found);
    }

    private static async Task Picks(IPage page, ILocator button, string name, string? content = null)
    {
        var chooser = await page.RunAndWaitForFileChooserAsync(() => button.ClickAsync());
        await chooser.SetFilesAsync(
            new FilePayload
            {
                Name = name,
                MimeType = content is null ? "application/pdf" : "text/csv",
                Buffer = Encoding.UTF8.GetBytes(content ?? $"%PDF-1.4 {name}"),
            }
        );
        if (content is null)
            await Expect(page.GetByText(name)).ToBeVisibleAsync();
    }

    private static Task Pastes(IPage page, string row) =>
        page.EvaluateAsync(
            """
            row => {
              const data = new DataTransfer();
              data.setData('text/plain', row);
              document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """,
            row
        );

    private static async Task FillsContact(Person person)
    {
        await person.Chooses(person.Page.GetByLabel("接洽方式"), "会谈");
        await person.Page.GetByLabel("接洽日期", new() { Exact = true }).TypesDay(Caller.Today);
        await person.Page.GetByLabel("接洽情况").FillAsync("在嘉兴与总经理会谈，确认投资意向");
    }

    private static async Task FillsReport(Person person, string name, string industry, string amount = "12亿")
    {
        var page = person.Page;
        await page.GetByLabel("项目名称").FillAsync(name);
        await page.GetByLabel("总投资", new() { Exact = true }).FillAsync(amount);
        var field = page.GetByLabel("行业分类");
        await field.FillAsync(industry);
        await Expect(page.Locator(".ant-select-item-option-active").Filter(new() { HasText = industry }))
            .ToBeVisibleAsync();
        await field.PressAsync("Enter");
        await page.GetByLabel("投资方名称").FillAsync(Investor);
        await FillsContact(person);
    }

    /// <summary>How often a person has pressed the mouse since it was asked last.</summary>
    private sealed class Clicks
    {
        private const string Listen =
            "addEventListener('pointerdown', event => { if (event.isTrusted) window.pressed(); }, true)";
        private int count;

        public static async Task<Clicks> On(IPage page)
        {
            var clicks = new Clicks();
            await page.ExposeFunctionAsync("pressed", () => Interlocked.Increment(ref clicks.count));
            await page.AddInitScriptAsync(Listen);
            await page.EvaluateAsync(Listen);
            return clicks;
        }

        public int Taken() => Interlocked.Exchange(ref count, 0);
    }
}
