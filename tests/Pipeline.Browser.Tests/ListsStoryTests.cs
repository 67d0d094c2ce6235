using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>The pages of daily work: the table and its views, the board, one project, the report form.</summary>
public sealed class ListsStoryTests
{
    [Test]
    public async Task Columns_are_chosen_and_a_view_brings_them_back()
    {
        await using var centre = await Person.SignsIn("centre2");
        var page = centre.Page;
        await page.GotoAsync("/lists?view=table");
        var table = page.GetByRole(AriaRole.Table, new() { Name = "四张清单" });
        await Expect(table.GetByRole(AriaRole.Columnheader, new() { Name = "登记时间" }))
            .ToHaveAttributeAsync("aria-sort", "descending");
        await page.GetByRole(AriaRole.Button, new() { Name = "列", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "项目编号" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "投资方", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "钉住：项目编号" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("columns=\\*name%2C\\*code"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(table.GetByRole(AriaRole.Columnheader, new() { Name = "项目编号" })).ToBeVisibleAsync();
        await Expect(table.GetByRole(AriaRole.Columnheader, new() { Name = "投资方", Exact = true }))
            .ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Group, new() { Name = "按阶段" })
            .GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^签约") })
            .ClickAsync();
        // The least first, then the largest.
        foreach (var order in new[] { "ascending", "descending" })
        {
            await table.GetByRole(AriaRole.Button, new() { Name = "总投资" }).ClickAsync();
            await Expect(table.GetByRole(AriaRole.Columnheader, new() { Name = "总投资" }))
                .ToHaveAttributeAsync("aria-sort", order);
        }

        await centre.Shot("20-table", fullPage: false);

        await page.GetByRole(AriaRole.Button, new() { Name = "视图", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存当前视图" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("视图名称").FillAsync("签约按金额");
        await dialog.GetByLabel("分享给中心同事").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存当前视图" }).ClickAsync();
        await Expect(page.GetByText("视图已保存")).ToBeVisibleAsync();

        await using var colleague = await Person.SignsIn("centre");
        await colleague.Page.GotoAsync("/lists?view=table");
        await colleague.Page.GetByRole(AriaRole.Button, new() { Name = "视图", Exact = true }).ClickAsync();
        await colleague.Shot("21-views", fullPage: false);
        await colleague.Page.GetByRole(AriaRole.Button, new() { Name = "打开视图：签约按金额" }).ClickAsync();
        await Expect(colleague.Page).ToHaveURLAsync(new Regex("(?=.*stage=signed)(?=.*order=-)(?=.*columns=)"));
        await Expect(colleague.Page.GetByRole(AriaRole.Columnheader, new() { Name = "项目编号" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_long_table_scrolls_to_its_end_and_draws_only_what_is_in_sight()
    {
        await using var auditor = await Person.SignsIn("auditor");
        var page = auditor.Page;
        await page.GotoAsync("/lists?view=table&sort=code");
        var last = page.Locator(".grid tbody tr[aria-rowindex]").Last;
        await Expect(last).ToBeVisibleAsync();
        var total = int.Parse(
            Regex.Match(await page.GetByText(new Regex("^共 \\d+ 个项目$")).InnerTextAsync(), "\\d+").Value,
            System.Globalization.CultureInfo.InvariantCulture
        );
        total.ShouldBeGreaterThan(200);
        await page.GetByRole(AriaRole.Region, new() { Name = "项目表格" })
            .EvaluateAsync("box => { box.scrollTop = box.scrollHeight }");
        await Expect(page.Locator($".grid tr[aria-rowindex='{total + 1}'] a")).ToBeVisibleAsync();
        (await page.Locator(".grid tbody tr[aria-rowindex]").CountAsync()).ShouldBeLessThan(80);
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "项目名称" })).ToBeInViewportAsync();
    }

    [Test]
    public async Task Rows_between_two_are_chosen_together_by_mouse_and_by_key()
    {
        await using var centre = await Person.SignsIn("centre");
        var page = centre.Page;
        await page.GotoAsync("/lists?view=table&sort=code");
        var boxes = page.Locator(".grid tbody").GetByRole(AriaRole.Checkbox);
        await boxes.Nth(1).ClickAsync();
        await boxes.Nth(4).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "已选 4 个项目" })).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("getSelection().toString()")).ShouldBeEmpty();
        await Expect(boxes.Nth(3)).ToBeCheckedAsync();
        await Expect(boxes.Nth(5)).Not.ToBeCheckedAsync();

        await boxes.Nth(6).FocusAsync();
        await page.Keyboard.PressAsync("Shift+Space");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "已选 6 个项目" })).ToBeVisibleAsync();

        // Taking back goes the same way, and from the row where the last choice was made.
        await boxes.Nth(5).ClickAsync();
        await boxes.Nth(2).FocusAsync();
        await page.Keyboard.PressAsync("Shift+Space");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "已选 2 个项目" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_card_is_moved_by_mouse_and_by_key_to_where_it_may_go()
    {
        var nanhu = await Officer("nanhu");
        await Registers(nanhu, "智能传感器封装项目");
        await using var person = await Person.SignsIn("nanhu", 1440, 900);
        var page = person.Page;
        await page.GotoAsync("/lists?view=board&q=智能传感器封装");
        var card = page.Locator(".project-card", new() { HasText = "智能传感器封装项目" });
        await Expect(card).ToBeVisibleAsync();
        var from = (await card.BoundingBoxAsync())!;
        var signed = (await page.GetByRole(AriaRole.Region, new() { Name = "签约" }).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 30, from.Y + from.Height - 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X + 80, from.Y + from.Height, new() { Steps = 4 });
        await Expect(page.GetByText("松开后申报签约")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "开工" }).GetByText("不能移到这里"))
            .ToBeVisibleAsync();
        await person.Shot("22-drag", fullPage: false);
        await page.Mouse.MoveAsync(signed.X + (signed.Width / 2), signed.Y + 60, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("申报签约")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("协议各方")).ToBeVisibleAsync();
        await person.Shot("23-drop", fullPage: false);
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        await card.GetByRole(AriaRole.Link).FocusAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(dialog.GetByText("申报签约")).ToBeVisibleAsync();
        await dialog.GetByLabel("发生日期").TypesDay(Today);
        await dialog.GetByLabel("协议各方").FillAsync("南湖区人民政府、传感器公司");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "提交" }).ClickAsync();
        await Expect(page.GetByText("已提交，等待中心认定")).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Link).FocusAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByText("这个项目现在不能申报阶段变更。")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Several_moves_are_verified_at_once_after_a_dry_run()
    {
        var officer = await Officer("haining");
        foreach (var name in new[] { "经编面料智造项目", "皮革时尚产业项目" })
            await Signs(officer, await Registers(officer, name));
        await using var centre = await Person.SignsIn("centre");
        var page = centre.Page;
        await page.GotoAsync("/lists?view=table&q=海宁批量");
        foreach (var name in new[] { "经编面料智造项目", "皮革时尚产业项目" })
            await page.GetByRole(AriaRole.Checkbox, new() { Name = $"选择：{name}（海宁批量）" }).CheckAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "已选 2 个项目" })
            .GetByRole(AriaRole.Button, new() { Name = "认定通过" })
            .ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("预检完成：2 个可以执行，0 个不能。")).ToBeVisibleAsync();
        await centre.Shot("24-bulk", fullPage: false);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "执行 2 个" }).ClickAsync();
        await Expect(dialog.GetByText("执行完成：2 个成功，0 个未成功。")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "关闭" }).Last.ClickAsync();
        await Expect(page.Locator(".grid tbody .stage-signed")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task A_fact_is_edited_where_it_stands_and_a_conflict_is_put_to_the_person()
    {
        var officer = await Officer("pinghu");
        var id = await Registers(officer, "光机电装备项目");
        await using var person = await Person.SignsIn("pinghu");
        var page = person.Page;
        await page.GotoAsync($"/projects/{id}");
        await page.GetByText("补充其他信息").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "修改：产业链" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "产业链" }).FillAsync("高端装备");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("已保存：产业链")).ToBeVisibleAsync();
        await person.Shot("25-project");

        await page.GetByRole(AriaRole.Button, new() { Name = "修改：产业链" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "产业链" }).FillAsync("光学制造");
        await Edits(officer, id, new { chain = "机器人" });
        await page.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "别人刚刚修改了“产业链”" });
        await Expect(dialog.GetByText("光学制造")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("机器人")).ToBeVisibleAsync();
        await person.Shot("26-conflict", fullPage: false);
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("我填写的") }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "确认" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator(".fact", new() { HasText = "产业链" })).ToContainTextAsync("光学制造");
        ((string)(await officer.GetFromJsonAsync<JsonNode>($"{City.Url}/api/v1/projects/{id}"))!["chain"]!).ShouldBe(
            "光学制造"
        );
    }

    [Test]
    public async Task A_row_pasted_from_a_spreadsheet_fills_the_form()
    {
        await using var person = await Person.SignsIn("tongxiang");
        var page = person.Page;
        await page.GotoAsync("/report");
        await page.GetByRole(AriaRole.Button, new() { Name = "从表格粘贴" }).ClickAsync();
        await page.GetByLabel("粘贴的内容")
            .FillAsync(
                $"项目名称\t投资方\t总投资（亿元）\t行业代码\t接洽方式\t接洽日期\t接洽情况\t神秘列\n玻纤新材料基地项目\t桐乡玻纤科技有限公司\t12.5\t3061\t拜访\t{Today}\t赴总部洽谈\t第七"
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "读入" }).ClickAsync();
        await Expect(page.GetByText("有 1 处没有读懂，请核对")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("项目名称", new() { Exact = true })).ToHaveValueAsync("玻纤新材料基地项目");
        await Expect(page.GetByLabel("总投资", new() { Exact = true })).ToHaveValueAsync("12.5");
        await Expect(page.GetByLabel("投资方名称")).ToHaveValueAsync("桐乡玻纤科技有限公司");
        await Expect(page.GetByLabel("接洽情况")).ToHaveValueAsync("赴总部洽谈");
        await page.GetByLabel("统一社会信用代码").FillAsync("914403001922038217");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("校验位不符")).ToBeVisibleAsync();
        await person.Shot("27-pasted");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交首报" }).ClickAsync();
        await Expect(page.GetByText("首报成功，首谈资格已生效")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_picture_and_a_PDF_are_shown_in_the_page()
    {
        var officer = await Officer("haiyan");
        var id = await Registers(officer, "核电配套装备项目");
        await Adds(
            officer,
            id,
            "现场.png",
            Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
            )
        );
        await Adds(
            officer,
            id,
            "协议.pdf",
            Pdf.Of(("Investment agreement", "投资协议\uff1a核电配套装备"), ("Annex", "附件一"))
        );
        await Adds(officer, id, "损坏.pdf", "%PDF-1.4\nnothing that anybody could read"u8.ToArray());
        await using var person = await Person.SignsIn("haiyan");
        var page = person.Page;
        await page.GotoAsync($"/projects/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "预览：现场.png" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "现场.png" })).ToBeVisibleAsync();
        (
            await page.GetByRole(AriaRole.Img, new() { Name = "现场.png" })
                .EvaluateAsync<int>("image => image.naturalWidth")
        ).ShouldBe(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "预览：协议.pdf" }).ClickAsync();
        var first = page.GetByRole(AriaRole.Img, new() { Name = "第 1 页，共 2 页" });
        await Expect(first).ToHaveAttributeAsync("data-drawn", "true");
        // Both lines stand on the paper: Latin by a font that every reader brings, Chinese by its encoding.
        foreach (var (from, to) in new[] { (0.13, 0.19), (0.2, 0.27) })
        {
            (
                await first.EvaluateAsync<int>(
                    "(sheet, [from, to]) => { const { width, height } = sheet; const { data } = sheet.getContext('2d').getImageData(0, Math.round(from * height), width, Math.round((to - from) * height)); let ink = 0; for (let i = 0; i < data.length; i += 4) if (data[i] < 128) ink++; return ink; }",
                    new[] { from, to }
                )
            ).ShouldBeGreaterThan(300);
        }

        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("投资协议：核电配套装备");
        await person.Shot("28-preview", fullPage: false);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "预览：损坏.pdf" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("请下载后用其他程序打开");
        await person.Shot("29-preview-unreadable", fullPage: false);
    }

    private static string Today =>
        DateOnly
            .FromDateTime(DateTime.UtcNow.AddHours(8))
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<HttpClient> Officer(string username)
    {
        var client = new HttpClient();
        var answer = await client.PostAsJsonAsync(
            $"{City.Url}/api/v1/auth/token",
            new { username, password = City.Password }
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!
        );
        return client;
    }

    /// <summary>A small project of the officer's unit; its id.</summary>
    private static async Task<string> Registers(HttpClient officer, string name)
    {
        var batch = name is "经编面料智造项目" or "皮革时尚产业项目" ? $"{name}（海宁批量）" : name;
        var answer = await officer.PostAsJsonAsync(
            $"{City.Url}/api/v1/projects",
            new
            {
                name = batch,
                investors = new[]
                {
                    new
                    {
                        name = $"{name}投资有限公司",
                        country = "CN",
                        primary = true,
                    },
                },
                totalInvestment = new { amount = 120_000_000m, currency = "CNY" },
                industryCode = "3976",
            }
        );
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private static Task Signs(HttpClient officer, string id) =>
        Sends(
            officer,
            HttpMethod.Post,
            $"projects/{id}/moves",
            new
            {
                to = "signed",
                occurredOn = Today,
                evidence = new
                {
                    agreementKind = "formal",
                    parties = "甲、乙",
                    agreedAmount = new { amount = 120_000_000m, currency = "CNY" },
                },
            }
        );

    private static Task Edits(HttpClient officer, string id, object patch) =>
        Sends(officer, HttpMethod.Patch, $"projects/{id}", patch);

    private static async Task Sends(HttpClient officer, HttpMethod method, string path, object content)
    {
        using var request = new HttpRequestMessage(method, $"{City.Url}/api/v1/{path}")
        {
            Content = JsonContent.Create(content),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        (await officer.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static async Task Adds(HttpClient officer, string id, string name, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        (await officer.PostAsync($"{City.Url}/api/v1/projects/{id}/files", form)).EnsureSuccessStatusCode();
    }
}
