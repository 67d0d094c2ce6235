using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>An indicator is defined and published, a target set for it, and a league table tells how far it is reached and why (R100–R104, R116): a city that no other story touches.</summary>
public sealed class BoardStoryTests
{
    private const string Indicator = "特大签约项目";
    private RunningProgram program = null!;

    private static string Year => Caller.Today[..4];

    [OneTimeSetUp]
    public async Task Begin() => program = await RunningProgram.Start();

    [OneTimeTearDown]
    public async Task Leave() => await program.DisposeAsync();

    [Test]
    public async Task An_indicator_is_tried_and_published_a_target_set_and_the_table_opens_to_what_makes_it()
    {
        // One coordinator defines an indicator: a mistake is told where it is, a trial what it would count.
        await using var centre = await Person.SignsIn("centre", at: program.Url);
        var page = centre.Page;
        await page.GotoAsync("/indicators");
        await page.GetByRole(AriaRole.Button, new() { Name = "新建指标" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("编号").FillAsync("huge-signed");
        await dialog.GetByLabel("指标", new() { Exact = true }).FillAsync(Indicator);
        var filter = dialog.GetByLabel("计入条件");
        await filter.FillAsync("kind = signed and amount > lots");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "试算" }).ClickAsync();
        await Expect(dialog.Locator(".ant-form-item-explain-error")).ToBeVisibleAsync();
        await filter.FillAsync("kind = signed and amount >= 10亿");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "试算" }).ClickAsync();
        await Expect(dialog.GetByText(new Regex($"^{Year}：全市"))).ToBeVisibleAsync();
        await centre.Shot("95-indicator");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存草案" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Indicator });
        await Expect(row).ToContainTextAsync("草案");
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "发布" })).ToHaveCountAsync(0);

        // A second publishes it, and sets a target for it.
        await using var second = await Person.SignsIn("centre2", at: program.Url);
        page = second.Page;
        await page.GotoAsync("/indicators");
        row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Indicator });
        await row.GetByRole(AriaRole.Button, new() { Name = "发布" }).ClickAsync();
        await Expect(row).ToContainTextAsync("在用");
        await page.GotoAsync($"/targets?year={Year}");
        await page.GetByRole(AriaRole.Button, new() { Name = "设定目标" }).ClickAsync();
        dialog = page.GetByRole(AriaRole.Dialog);
        await second.Chooses(dialog.GetByLabel("单位"), "海盐县");
        await second.Chooses(dialog.GetByLabel("指标", new() { Exact = true }), $"{Indicator} (个)", Indicator);
        await dialog.GetByLabel("目标", new() { Exact = true }).FillAsync("4");
        await dialog.GetByLabel("依据").FillAsync("年度工作会议");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("待发布：4")).ToBeVisibleAsync();
        await second.Shot("96-target-waits");

        // It is in force once the first has published it.
        page = centre.Page;
        await page.GotoAsync($"/targets?year={Year}");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^发布他人设定的") }).ClickAsync();
        await Expect(page.GetByText("待发布：4")).ToHaveCountAsync(0);

        // The unit signs one such project: a quarter of its target, and the figure opens to it.
        using var api = await Caller.As("haiyan", program.Url);
        const string name = "海盐氢能重卡整车基地项目";
        var report = await api.Reports(name, "海盐氢能重卡有限公司", "3612", 12_000_000_000m);
        var move = await api.Moves(
            (string)report["projectId"]!,
            new
            {
                to = "signed",
                occurredOn = Caller.Today,
                evidence = new
                {
                    agreementKind = "formal",
                    parties = "海盐县政府、企业",
                    agreedAmount = new { amount = 12_000_000_000m, currency = "CNY" },
                },
            }
        );
        using var office = await Caller.As("centre", program.Url);
        await office.Post($"moves/{move["id"]}/verify", new { });
        await using var haiyan = await Person.SignsIn("haiyan", at: program.Url);
        await haiyan.Page.GotoAsync($"/boards?period={Year}");
        await Expect(haiyan.Page.GetByText("25.00%").First).ToBeVisibleAsync();
        await Expect(haiyan.Page.GetByRole(AriaRole.Columnheader, new() { Name = "名次" })).ToHaveCountAsync(0);
        await haiyan
            .Page.GetByRole(AriaRole.Button, new() { Name = $"查看“海盐县”的“{Indicator}”由什么构成" })
            .ClickAsync();
        await Expect(haiyan.Page.GetByRole(AriaRole.Heading, new() { Name = "怎么算出来的" })).ToBeVisibleAsync();
        await haiyan.Shot("97-figure-explained");
        await haiyan.Page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(haiyan.Page.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_demo_city_shows_the_published_results_of_2024_and_hangs_on_a_wall()
    {
        await using var leader = await Person.SignsIn("leader", 2560, 1440, at: program.Url);
        var page = leader.Page;
        await page.GotoAsync("/boards?period=2024");

        // 26 of 25, 51 of 50, 101 of 80, 21 of 15, as the city published.
        foreach (var completion in new[] { "104.00%", "102.00%", "126.25%", "140.00%" })
            await Expect(page.GetByText(completion).First).ToBeVisibleAsync();
        await leader.Shot("98-board");
        await page.GetByRole(AriaRole.Link, new() { Name = "大屏" }).ClickAsync();
        await Expect(page.GetByText("每分钟自动更新")).ToBeVisibleAsync();
        await leader.Shot("99-board-wall", fullPage: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "退出大屏" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "晾晒榜" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_wall_goes_through_the_year_by_itself_until_it_is_paused()
    {
        await using var leader = await Person.SignsIn("leader", 1920, 1080, at: program.Url);
        var page = leader.Page;
        await page.Clock.InstallAsync();
        await page.GotoAsync("/boards/wall");
        await Expect(page.GetByText(new Regex("^第 1 屏，共 \\d+ 屏$"))).ToBeVisibleAsync();
        await Expect(page.Locator(".headline-value").First).ToBeVisibleAsync();

        // Twenty seconds a screen.
        await page.Clock.FastForwardAsync(20_000);
        await Expect(page.GetByText(new Regex("^第 2 屏"))).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "完成率" })).ToBeVisibleAsync();

        await page.Keyboard.PressAsync(" ");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "继续轮播" })).ToBeVisibleAsync();
        await page.Clock.FastForwardAsync(60_000);
        await Expect(page.GetByText(new Regex("^第 2 屏"))).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.GetByText(new Regex("^第 1 屏"))).ToBeVisibleAsync();
    }

    [TestCase(360, 740)]
    [TestCase(1280, 860)]
    public async Task The_pages_fit_the_screen_and_axe_finds_nothing(int width, int height)
    {
        foreach (
            var (who, paths) in new (string, string[])[]
            {
                ("centre2", ["/boards?period=2024", "/boards/wall?period=2024", "/targets?year=2024", "/indicators"]),
                ("haining", ["/boards?period=2024"]),
            }
        )
        {
            await using var person = await Person.SignsIn(who, width, height, at: program.Url);
            foreach (var (language, theme) in Looks.All)
            {
                await Looks.Take(person.Page, language, theme);
                foreach (var path in paths)
                    await Looks.FitsAndIsClean(person.Page, path, width, $"{who} {path} {language} {theme} {width}");
            }
        }
    }
}
