using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>Transfers, notices, capital, credit, the blind market and rule sets, as two units and the centre live them in the page.</summary>
public sealed class RegimeStoryTests
{
    private static string In(int days) =>
        DateOnly
            .FromDateTime(DateTime.UtcNow.AddHours(8))
            .AddDays(days)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Opens(IPage page, string section)
    {
        var details = page.Locator("details.regime")
            .Filter(new() { Has = page.Locator("summary").Filter(new() { HasText = section }) })
            .First;
        if (await details.GetAttributeAsync("open") is null)
            await details.Locator("summary").ClickAsync();
    }

    private static async Task Answers(IPage page, string action, string? reason = null, bool held = false)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        if (reason is not null)
            await dialog.GetByRole(AriaRole.Textbox, new() { Name = "理由" }).FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        if (held)
        {
            // Nothing is decided for ten seconds, unless it is sent at once.
            await Expect(dialog.GetByText("此前尚未作出决定")).ToBeVisibleAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "立即提交" }).ClickAsync();
        }

        await Expect(dialog).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_project_is_handed_over_its_signing_announced_its_money_verified_and_credited()
    {
        const string name = "低空飞行器总装项目",
            investor = "浙江云雀航空科技有限公司";
        using var api = await Caller.As("haining");
        var project = (string)(await api.Reports(name, investor, "3749"))["projectId"]!;

        // Haining offers it to Tongxiang.
        await using var haining = await Person.SignsIn("haining");
        await haining.Page.GotoAsync($"/projects/{project}");
        await Opens(haining.Page, "流转");
        await haining.Page.GetByRole(AriaRole.Button, new() { Name = "提议流转" }).ClickAsync();
        var dialog = haining.Page.GetByRole(AriaRole.Dialog);
        await haining.Chooses(dialog.GetByRole(AriaRole.Combobox).First, "桐乡市");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "理由" }).FillAsync("临空产业园更合适");
        await haining.Shot("70-transfer-proposed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "提议流转" }).ClickAsync();
        await Expect(haining.Page.GetByText("海宁市 → 桐乡市").First).ToBeVisibleAsync();

        // Tongxiang accepts; another unit finds nothing.
        await using var tongxiang = await Person.SignsIn("tongxiang");
        await tongxiang.Page.GotoAsync("/transfers?direction=in");
        await tongxiang.Page.GetByRole(AriaRole.Button, new() { Name = $"同意接收：{name}" }).ClickAsync();
        await Answers(tongxiang.Page, "同意接收");
        await using var jxport = await Person.SignsIn("jxport");
        await jxport.Page.GotoAsync("/transfers");
        await Expect(jxport.Page.GetByText(name)).ToHaveCountAsync(0);

        // The centre approves at its desk.
        await using var centre = await Person.SignsIn("centre");
        await centre.Page.GotoAsync("/desk?tab=transfers");
        await centre.Shot("71-desk-transfers");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = $"批准：{name}" }).ClickAsync();
        await Answers(centre.Page, "批准", held: true);

        // The new holder announces the signing for ten days from now; the calendar shows it.
        await tongxiang.Page.GotoAsync($"/projects/{project}");
        await Opens(tongxiang.Page, "签约备案");
        await tongxiang.Page.GetByRole(AriaRole.Button, new() { Name = "签约备案" }).ClickAsync();
        dialog = tongxiang.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator(".date-input input").First.TypesDay(In(10));
        await dialog.GetByLabel("签约各方").FillAsync("桐乡市政府、云雀航空");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "签约备案" }).ClickAsync();
        await Expect(tongxiang.Page.GetByText("提前 10 天").First).ToBeVisibleAsync();
        await tongxiang.Shot("72-signing-notice");
        await centre.Page.GotoAsync("/signings");
        await Expect(centre.Page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
        await centre.Shot("73-signings");

        // Signed today, ahead of the day announced: zero days, late (R32).
        using var unit = await Caller.As("tongxiang");
        using var office = await Caller.As("centre");
        var move = await unit.Moves(
            project,
            new
            {
                to = "signed",
                occurredOn = Caller.Today,
                evidence = new
                {
                    agreementKind = "formal",
                    parties = "桐乡市政府、云雀航空",
                    agreedAmount = new { amount = 1_200_000_000m, currency = "CNY" },
                },
            }
        );
        await office.Post($"moves/{move["id"]}/verify", new { });
        await tongxiang.Page.ReloadAsync();
        await Expect(tongxiang.Page.GetByText("签约备案逾期").First).ToBeVisibleAsync();

        // Money comes with its voucher; the centre verifies it from the list.
        await Opens(tongxiang.Page, "到位资金");
        await tongxiang.Page.GetByRole(AriaRole.Button, new() { Name = "填报到位资金" }).ClickAsync();
        dialog = tongxiang.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("金额", new() { Exact = true }).FillAsync("3");
        await dialog.GetByLabel("凭证编号").FillAsync("TX-2026-001");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "填报到位资金" }).ClickAsync();
        await Expect(dialog.GetByText(new Regex("凭证|必填|不能为空")).First).ToBeVisibleAsync(); // the voucher's file is missing
        await dialog
            .Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "进账单.pdf",
                    MimeType = "application/pdf",
                    Buffer = "%PDF-1.4 slip"u8.ToArray(),
                }
            );
        await Expect(dialog.GetByText("进账单.pdf")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "填报到位资金" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(tongxiang.Page.GetByText("待认定").First).ToBeVisibleAsync();
        await centre.Page.GotoAsync("/desk?tab=capital");
        await centre.Page.GetByRole(AriaRole.Checkbox, new() { Name = $"选择 {name}" }).CheckAsync();
        await centre.Shot("74-desk-capital");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "认定所选 1 笔" }).ClickAsync();
        await Answers(centre.Page, "认定通过", held: true);
        await Expect(centre.Page.GetByText("已认定 1 笔").First).ToBeVisibleAsync();

        // Credit: both in full, first talk Haining, landing Tongxiang; each opens to its rows, in either language.
        await centre.Page.GotoAsync("/credit?indicator=capital-paid-in&by=project");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(centre.Page.GetByText("海宁市为首谈地").First).ToBeVisibleAsync();
        await centre.Shot("75-credit-rows");
        await Looks.Take(centre.Page, "en", "light");
        await centre.Page.ReloadAsync();
        await Expect(centre.Page.GetByText("it landed in").First).ToBeVisibleAsync();
        await centre.Shot("76-credit-rows-en");
        await Looks.Take(centre.Page, "zh-CN", "light");

        // The centre finds that it landed elsewhere: what counted is written anew, the first talk stays.
        await centre.Page.GotoAsync($"/projects/{project}");
        await Opens(centre.Page, "实绩");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "更正承接地" }).ClickAsync();
        dialog = centre.Page.GetByRole(AriaRole.Dialog);
        await centre.Chooses(dialog.GetByRole(AriaRole.Combobox).First, "嘉兴港区");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "理由" }).FillAsync("厂房在港区");
        await centre.Shot("77-landing");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "更正承接地" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(centre.Page.GetByText("经中心更正").First).ToBeVisibleAsync();
        await Expect(centre.Page.GetByText(new Regex("海宁市 100 % · .*嘉兴港区.* 100 %")).First).ToBeVisibleAsync();
        await haining.Page.GotoAsync($"/projects/{project}");
        await Expect(haining.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        await haining.Shot("78-former-owner");
    }

    [Test]
    public async Task A_project_is_offered_by_its_needs_alone_and_named_once_the_other_unit_has_accepted()
    {
        const string name = "特种气体分装项目";
        using var api = await Caller.As("jxedz");
        var project = (string)(await api.Reports(name, "上海玄武特气有限公司", "2661"))["projectId"]!;
        await api.Edits($"projects/{project}", new { landMu = 60, energyTce = 900 });
        await using var jxedz = await Person.SignsIn("jxedz");
        await jxedz.Page.GotoAsync($"/projects/{project}");
        await Opens(jxedz.Page, "流转");
        await jxedz.Page.GetByRole(AriaRole.Button, new() { Name = "挂出流转" }).ClickAsync();
        await Expect(jxedz.Page.GetByText("已在流转市场挂出")).ToBeVisibleAsync();

        await using var centre = await Person.SignsIn("centre");
        await centre.Page.GotoAsync("/transfers/market");
        var offer = centre.Page.Locator(".panel").Filter(new() { HasText = "行业大类 26 的项目" }).First;
        await Expect(offer).ToBeVisibleAsync();
        await Expect(centre.Page.GetByText(name)).ToHaveCountAsync(0);
        await Expect(centre.Page.GetByText("玄武")).ToHaveCountAsync(0);
        await centre.Shot("80-market");
        await offer.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("推荐给.*嘉兴港区") }).ClickAsync();
        await Answers(centre.Page, "推荐", "化工园区承接条件好");

        await using var jxport = await Person.SignsIn("jxport");
        await jxport.Page.GotoAsync("/transfers?direction=in");
        await Expect(jxport.Page.GetByText("接收后可知是哪个项目").First).ToBeVisibleAsync();
        await Expect(jxport.Page.GetByText(name)).ToHaveCountAsync(0);
        await Expect(jxport.Page.GetByText("玄武")).ToHaveCountAsync(0);
        await jxport.Shot("81-blind-transfer");
        await jxport.Page.GetByRole(AriaRole.Button, new() { Name = "同意接收：行业大类 26 的项目" }).ClickAsync();
        await Answers(jxport.Page, "同意接收");
        await Expect(jxport.Page.GetByText(name).First).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_rule_set_is_drafted_rehearsed_and_published_by_a_second_person()
    {
        await using var centre = await Person.SignsIn("centre");
        await centre.Page.GotoAsync("/rule-sets/new");
        await centre.Page.GetByLabel("名称", new() { Exact = true }).FillAsync("2031年政策规则");
        await centre.Page.GetByLabel("生效日期").TypesDay("2031-01-01");

        // Shares that make no whole are refused at their own field, and nothing that was typed is lost.
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "增加指标" }).ClickAsync();
        var credit = centre.Page.GetByRole(AriaRole.Group, new() { Name = "分指标 1" });
        await centre.Chooses(credit.GetByLabel("计入方式"), "按比例分成");
        await credit.GetByLabel("首谈地").FillAsync("40");
        await credit.GetByLabel("承接地").FillAsync("50");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "增加月度汇率" }).ClickAsync();
        await centre.Page.GetByRole(AriaRole.Textbox, new() { Name = "月份" }).FillAsync("2031-01");
        await centre.Page.GetByLabel("币种").Last.FillAsync("eur");
        await centre.Page.GetByLabel("折合美元").FillAsync("1.0812");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "保存草案" }).ClickAsync();
        await Expect(credit.GetByText(new Regex("10,?000")).First).ToBeVisibleAsync();
        await centre.Shot("90-rule-set-form");
        await credit.GetByLabel("承接地").FillAsync("60");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "保存草案" }).ClickAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("2031年政策规则");
        await Expect(centre.Page.GetByRole(AriaRole.Button, new() { Name = "发布", Exact = true })).ToHaveCountAsync(0);
        await Expect(centre.Page.GetByRole(AriaRole.Heading, new() { Name = "试算" })).ToBeVisibleAsync();
        await centre.Shot("91-rule-set-draft");
        var draft = new Uri(centre.Page.Url).AbsolutePath;

        await using var second = await Person.SignsIn("centre2");
        await second.Page.GotoAsync(draft);
        await Expect(second.Page.GetByText("全部指标: 按比例分成 40 % / 60 %").First).ToBeVisibleAsync();
        await Expect(second.Page.GetByText("2031-01 EUR 1.0812").First).ToBeVisibleAsync();
        await Looks.Take(second.Page, "en", "light");
        await second.Page.ReloadAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await second
            .Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true })
            .ClickAsync();
        await Expect(second.Page.GetByText("Published", new() { Exact = true }).First).ToBeVisibleAsync();
        await second.Shot("92-rule-set-published-en");
    }

    [Test]
    public async Task A_sheet_of_capital_is_tried_and_every_row_says_what_becomes_of_it()
    {
        await using var centre = await Person.SignsIn("centre");
        await centre.Page.GotoAsync("/imports/records");
        await centre
            .Page.GetByLabel("记录表")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "到位资金.csv",
                    MimeType = "text/csv",
                    Buffer =
                        "项目编号,到账日期,金额,出资方式,凭证种类,凭证编号\n2026-000000,2026-05-04,100,境内现金,银行进账单,S-1\n"u8.ToArray(),
                }
            );
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "开始预检" }).ClickAsync();
        await Expect(centre.Page.GetByText("共 1 行，可导入 0 行，已有 0 行，拒收 1 行")).ToBeVisibleAsync();
        await Expect(centre.Page.GetByText("不是您可以办理的项目的编号")).ToBeVisibleAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Button, new() { Name = "正式导入", Exact = true }).Last)
            .ToBeDisabledAsync();
        await centre.Shot("95-record-sheet");
    }

    [Parallelizable]
    [TestCase(360, 740)]
    [TestCase(1280, 860)]
    public async Task Every_page_of_the_regime_fits_the_screen_and_axe_finds_nothing(int width, int height)
    {
        using var api = await Caller.As("centre2");
        var draft = (string)
            (
                await api.Post(
                    "rule-set-drafts",
                    new { name = $"草案{width}", effectiveFrom = width == 360 ? "2041-01-01" : "2042-01-01" }
                )
            )["id"]!;
        string[] centres =
        [
            "/transfers",
            "/transfers/market",
            "/signings",
            "/credit",
            "/desk?tab=transfers",
            "/desk?tab=capital",
            "/rule-sets",
            "/rule-sets/new",
            $"/rule-sets/drafts/{draft}",
            $"/rule-sets/drafts/{draft}/edit",
            "/imports",
            "/imports/records",
            "/duties",
        ];
        foreach (
            var (who, paths) in new[]
            {
                ("centre2", centres),
                ("haining", ["/transfers", "/transfers/market", "/signings", "/credit", "/imports/records"]),
            }
        )
        {
            await using var person = await Person.SignsIn(who, width, height);
            foreach (var (language, theme) in Looks.All)
            {
                await Looks.Take(person.Page, language, theme);
                foreach (var path in paths)
                {
                    await Looks.FitsAndIsClean(person.Page, path, width, $"{who} {path} {language} {theme} {width}");
                    await person.Shot(
                        $"regime-{width}-{language}-{who}-{path.Trim('/').Replace(draft, "draft", StringComparison.Ordinal).Replace("?", "-", StringComparison.Ordinal).Replace('/', '-')}"
                    );
                }
            }
        }
    }
}
