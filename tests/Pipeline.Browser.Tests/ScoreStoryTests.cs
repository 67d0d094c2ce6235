using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>A score model is drafted in its form, rehearsed, published by a second person; scores open to their formulas and to what is missing (R111–R116): a city that no other story touches.</summary>
public sealed class ScoreStoryTests
{
    private const string Model = "年度试行评分办法";
    private RunningProgram program = null!;

    private static string Year => Caller.Today[..4];

    [OneTimeSetUp]
    public async Task Begin() => program = await RunningProgram.Start();

    [OneTimeTearDown]
    public async Task Leave() => await program.DisposeAsync();

    [Test]
    public async Task A_model_is_drafted_rehearsed_and_published_and_scores_tell_how_they_come_about()
    {
        // A coordinator drafts it: a missing member is told at its field.
        await using var centre = await Person.SignsIn("centre", at: program.Url);
        var page = centre.Page;
        await page.GotoAsync("/score-models");
        await page.GetByRole(AriaRole.Link, new() { Name = "起草评分模型" }).ClickAsync();
        await page.GetByLabel("名称", new() { Exact = true }).First.FillAsync(Model);
        var group = page.GetByRole(AriaRole.Group, new() { Name = "分组 1" });
        await group.GetByLabel("名称", new() { Exact = true }).FillAsync("试点县");
        await group.GetByLabel("编号").FillAsync("Pilot");
        await centre.Chooses(group.GetByLabel("单位"), "海盐县");
        await page.Keyboard.PressAsync("Escape");
        var item = page.GetByRole(AriaRole.Group, new() { Name = "计分项目 1" });
        await item.GetByLabel("名称", new() { Exact = true }).FillAsync("开工得分");
        await item.GetByLabel("编号").FillAsync("started");
        await item.GetByLabel("满分", new() { Exact = true }).FillAsync("100");
        await centre.Chooses(item.GetByLabel("计分方法"), "每完成一个得分");
        await centre.Chooses(item.GetByLabel("指标", new() { Exact = true }), "签约项目");
        await item.GetByLabel("每个几分").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存草案" }).ClickAsync();
        await Expect(group.Locator(".ant-form-item-explain-error")).ToContainTextAsync("小写字母");
        await group.GetByLabel("编号").FillAsync("pilot");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存草案" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Model })).ToBeVisibleAsync();
        await centre.Shot("100-score-model");

        // Who drafted it cannot publish it, and rehearses it.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "发布", Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "试算", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "海盐县" })).ToBeVisibleAsync();
        await centre.Shot("101-score-rehearsal");

        await using var second = await Person.SignsIn("centre2", at: program.Url);
        await second.Page.GotoAsync(new Uri(page.Url).PathAndQuery);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "发布", Exact = true }).ClickAsync();
        await second
            .Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "发布", Exact = true })
            .ClickAsync();
        await Expect(second.Page.GetByText("现行").First).ToBeVisibleAsync();

        // The unit signs a project: 30 for one, and the score opens to it.
        using var api = await Caller.As("haiyan", program.Url);
        var report = await api.Reports("海盐绿色船舶基地项目", "海盐绿色船舶有限公司", "3731", 2_000_000_000m);
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
                    agreedAmount = new { amount = 2_000_000_000m, currency = "CNY" },
                },
            }
        );
        using var office = await Caller.As("centre", program.Url);
        await office.Post($"moves/{move["id"]}/verify", new { });
        await using var haiyan = await Person.SignsIn("haiyan", at: program.Url);
        await haiyan.Page.GotoAsync($"/scores?period={Year}");
        await Expect(haiyan.Page.GetByRole(AriaRole.Columnheader, new() { Name = "名次" })).ToHaveCountAsync(0);
        await haiyan.Page.GetByRole(AriaRole.Button, new() { Name = "海盐县的得分是怎么来的" }).ClickAsync();
        await Expect(haiyan.Page.GetByText(new Regex("合计 30，最多 100，得 30"))).ToBeVisibleAsync();
        await Expect(haiyan.Page.GetByRole(AriaRole.Heading, new() { Name = "还差什么" })).ToBeVisibleAsync();
        // Without a target nobody says that it is reached.
        await Expect(haiyan.Page.GetByText("没有已知的差距；未设目标或数据未知的指标不在其中。")).ToBeVisibleAsync();
        await haiyan.Shot("102-score-explained");
    }

    [Test]
    public async Task The_demo_city_has_scores_and_a_mark_is_given_by_hand()
    {
        await using var centre = await Person.SignsIn("centre", at: program.Url);
        var page = centre.Page;
        await page.GotoAsync("/scores?period=2024");
        await Expect(page.GetByText("演示用，并非公布的办法").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "海宁市" })).ToBeVisibleAsync();
        await centre.Shot("103-scores");
        await page.GetByRole(AriaRole.Link, new() { Name = "评分模型" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("演示用") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "评分: 海宁市 · 服务企业评价" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("评分").FillAsync("9.5");
        await dialog.GetByLabel("理由").FillAsync("企业问卷");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "评分", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "企业问卷" })).ToContainTextAsync("9.50");
    }

    [TestCase(360, 740)]
    [TestCase(1280, 860)]
    public async Task The_pages_fit_the_screen_and_axe_finds_nothing(int width, int height)
    {
        foreach (
            var (who, paths) in new (string, string[])[]
            {
                ("centre2", ["/scores?period=2024", "/score-models", "/score-models/new"]),
                ("haining", ["/scores?period=2024"]),
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
