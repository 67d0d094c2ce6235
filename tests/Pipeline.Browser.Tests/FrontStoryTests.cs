using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>What people open first, and how they find their way: homes, figures, palette, keys, themes, and what is left when the server is away.</summary>
public sealed class FrontStoryTests
{
    private const int MostScript = 300 * 1024;

    [TestCase("haining")]
    [TestCase("centre")]
    [TestCase("leader")]
    [TestCase("auditor")]
    public async Task The_home_needs_at_most_300_KiB_of_script(string who)
    {
        await using var person = await Person.SignsIn(who);
        await person.Page.EvaluateAsync(
            "async () => { for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister(); }"
        );
        var scripts = new Dictionary<string, long>();
        person.Page.Response += (_, response) =>
        {
            if (response.Request.ResourceType == "script")
                scripts[response.Url] = 0;
        };
        await person.Page.GotoAsync("/");
        await person.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        using var client = new HttpClient();
        foreach (var url in scripts.Keys.ToList())
            scripts[url] = Compressed(await client.GetByteArrayAsync(url));
        scripts.Count.ShouldBeGreaterThan(5);
        var sum = scripts.Values.Sum();
        TestContext.Out.WriteLine($"{who}: {sum / 1024.0:F1} KiB");
        sum.ShouldBeLessThanOrEqualTo(
            MostScript,
            string.Join(
                '\n',
                scripts.OrderByDescending(script => script.Value).Select(script => $"{script.Value} {script.Key}")
            )
        );

        static long Compressed(byte[] content)
        {
            using var into = new MemoryStream();
            using (var gzip = new GZipStream(into, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(content);
            return into.Length;
        }
    }

    [TestCase("haining", "/")]
    [TestCase("leader", "/")]
    [TestCase("centre", "/lists?view=table")]
    public async Task A_page_that_comes_pushes_nothing_away(string who, string path)
    {
        await using var person = await Person.SignsIn(who);
        await person.Page.AddInitScriptAsync(
            "window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) window.shifted += entry.value; })).observe({ type: 'layout-shift', buffered: true });"
        );
        await person.Page.GotoAsync(path);
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await person.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(person.Page.Locator(".loading")).ToHaveCountAsync(0);
        var shifted = await person.Page.EvaluateAsync<double>("window.shifted");
        TestContext.Out.WriteLine($"{who} {path}: {shifted:F3}");
        shifted.ShouldBeLessThanOrEqualTo(0.1);
    }

    [Test]
    public async Task In_English_punctuation_is_as_wide_as_in_a_Latin_font()
    {
        await using var person = await Person.Opens(locale: "en");
        await person.Page.GotoAsync("/sign-in");
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        // A Chinese font draws them as wide as a character: 100 px each.
        foreach (var weight in new[] { 400, 600 })
        {
            var wide = await person.Page.EvaluateAsync<double>(
                """
                async weight => {
                  const line = document.createElement('span');
                  line.style.cssText = `position:absolute;white-space:pre;font-size:100px;font-weight:${weight}`;
                  line.textContent = '’“”';
                  document.body.append(line);
                  await document.fonts.ready;
                  const width = line.getBoundingClientRect().width;
                  line.remove();
                  return width;
                }
                """,
                weight
            );
            wide.ShouldBeLessThan(200);
        }
    }

    [Test]
    public async Task The_palette_finds_a_project_by_keyboard_and_waits_for_the_input_method()
    {
        using (var api = await Caller.As("haining"))
            await api.Reports("光子芯片封测基地项目", "海宁光子芯片有限公司", "3973");
        await using var haining = await Person.SignsIn("haining");
        var page = haining.Page;
        await page.Keyboard.PressAsync("Control+k");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "搜索与跳转" });
        await Expect(field).ToBeFocusedAsync();

        // Enter that ends a composition chooses a word, not a result.
        await field.FillAsync("光子芯片封测");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "光子芯片封测基地项目" }).First).ToBeVisibleAsync();
        await field.DispatchEventAsync(
            "keydown",
            new
            {
                key = "Enter",
                isComposing = true,
                bubbles = true,
            }
        );
        await Expect(field).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "光子芯片封测基地项目" }))
            .ToBeVisibleAsync();

        // It is the first of the recent ones, and Escape leaves everything as it was.
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("光子芯片封测基地项目");
        await haining.Shot("40-palette", fullPage: false);
        await page.Keyboard.PressAsync("Escape");
        await Expect(field).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("f");
        await Expect(page).ToHaveURLAsync(new Regex("/figures$"));
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "键盘快捷键" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_centre_decides_with_the_keyboard_alone()
    {
        using (var api = await Caller.As("jxport"))
        {
            await api.Signs("港口冷链分拨中心项目", "嘉兴港冷链有限公司");
            await api.Signs("特种油脂精炼项目", "嘉兴港油脂有限公司");
        }

        await using var centre = await Person.SignsIn("centre");
        var page = centre.Page;
        await page.GotoAsync("/desk?tab=moves");
        var first = page.GetByRole(AriaRole.Article, new() { Name = "港口冷链分拨中心项目" });
        var second = page.GetByRole(AriaRole.Article, new() { Name = "特种油脂精炼项目" });
        await Expect(second).ToBeVisibleAsync();
        for (var step = 0; step < 20 && await first.GetAttributeAsync("aria-current") is null; step++)
            await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("v");
        await Expect(page.GetByText("认定后立即生效，不能撤回。")).ToBeVisibleAsync();
        await centre.Shot("41-desk-keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "认定通过", Exact = true }).ClickAsync();
        await Expect(page.GetByText("此前尚未作出决定")).ToBeVisibleAsync();
        await centre.Shot("41-desk-held");
        await page.GetByRole(AriaRole.Button, new() { Name = "立即提交" }).ClickAsync();
        await Expect(first).ToHaveCountAsync(0);
        await Expect(second).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("r");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("理由").FillAsync("协议未盖章");
        await page.GetByRole(AriaRole.Button, new() { Name = "确认退回" }).ClickAsync();
        await Expect(second).ToHaveCountAsync(0);

        await using var port = await Person.SignsIn("jxport");
        await Expect(port.Page.GetByText("协议未盖章")).ToBeVisibleAsync();
        await port.Shot("42-home-returned");
    }

    [Test]
    public async Task The_theme_is_remembered_and_there_before_the_first_paint()
    {
        await using var person = await Person.SignsIn("tongxiang");
        var page = person.Page;
        await page.Locator(".person").ClickAsync();
        await page.GetByRole(AriaRole.Menuitemradio, new() { Name = "深色" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        // Seen when the document has been read and none of the program has run.
        await page.AddInitScriptAsync(
            "document.addEventListener('readystatechange', () => { if (document.readyState === 'interactive') window.seenTheme = document.documentElement.dataset.theme + (document.getElementById('splash') !== null); })"
        );
        await page.ReloadAsync();
        (await page.EvaluateAsync<string>("window.seenTheme")).ShouldBe("darktrue");
        await person.Shot("43-home-dark");
        await page.Locator(".person").ClickAsync();
        await page.GetByRole(AriaRole.Menuitemradio, new() { Name = "跟随系统" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Test]
    public async Task Every_figure_is_a_chart_and_a_table_and_the_map_leads_to_a_list()
    {
        await using var leader = await Person.SignsIn("leader");
        var page = leader.Page;
        await page.GotoAsync("/figures");
        await Expect(page.Locator(".chart svg").First).ToBeVisibleAsync();
        await leader.Shot("44-figures");
        var flow = page.Locator(".panel")
            .Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "每月进入各阶段的项目" }) });
        await flow.GetByRole(AriaRole.Button, new() { Name = "表", Exact = true }).ClickAsync();
        // The head, twelve months and their sum.
        await Expect(flow.GetByRole(AriaRole.Row)).ToHaveCountAsync(14);
        await Expect(flow.GetByRole(AriaRole.Rowheader, new() { Name = "合计", Exact = true })).ToBeVisibleAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() =>
            flow.GetByRole(AriaRole.Button, new() { Name = "下载此表" }).ClickAsync()
        );
        saved.SuggestedFilename.ShouldStartWith("每月进入各阶段的项目-");
        var lines = await File.ReadAllLinesAsync(await saved.PathAsync());
        lines.Length.ShouldBe(14);
        lines[0].ShouldContain("签约");
        lines[13].ShouldStartWith("合计,");
        await page.GetByRole(AriaRole.Button, new() { Name = "6 个月", Exact = true }).ClickAsync();
        await Expect(flow.GetByRole(AriaRole.Row)).ToHaveCountAsync(8);

        var nanhu = page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("南湖区：\\d+ 个项目") });
        await nanhu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/lists\\?view=table&jurisdiction="));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("四张清单");
    }

    [Test]
    public async Task Without_the_server_the_pages_open_and_say_so_and_go_on_once_it_is_back()
    {
        using var line = new Line(new Uri(City.Url).Port);
        await using var person = await Person.Opens();
        var page = person.Page;
        await page.GotoAsync($"{line.Url}/sign-in");
        await page.GetByLabel("用户名").FillAsync("jiashan");
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(City.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("您好");
        await page.EvaluateAsync("navigator.serviceWorker.ready");
        await page.ReloadAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("您好");
        (
            await page.EvaluateAsync<string[]>(
                "caches.keys().then(async names => (await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).map(each => new URL(each.url).pathname)))).flat())"
            )
        ).ShouldAllBe(path => !path.StartsWith("/api", StringComparison.Ordinal));

        line.Cut();
        await page.ReloadAsync();
        await Expect(page.GetByText("连接不上服务器。")).ToBeVisibleAsync();
        await person.Shot("45-offline");
        line.Mend();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("您好");
        await Expect(page.GetByText("连接不上服务器。")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task The_tour_is_offered_once()
    {
        await using var person = await Person.SignsIn("xiuzhou");
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "开始导览" }).ClickAsync();
        await Expect(page.Locator(".ant-tour")).ToContainTextAsync("四张清单");
        for (var stop = 0; stop < 4; stop++)
            await page.GetByRole(AriaRole.Button, new() { Name = "下一步" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "开始导览" })).ToHaveCountAsync(0);
    }
}
