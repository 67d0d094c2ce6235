using System.Globalization;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>A bulletin is drafted from a closed month, issued by a second person, read by a unit, held against the last and printed (R118): a city that no other story touches.</summary>
public sealed class BulletinStoryTests
{
    private RunningProgram program = null!;

    private static string MonthsAgo(int months) =>
        DateOnly
            .Parse(Caller.Today, CultureInfo.InvariantCulture)
            .AddMonths(-months)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Month => MonthsAgo(1);

    [OneTimeSetUp]
    public async Task Begin()
    {
        program = await RunningProgram.Start();
        using var centre = await Caller.As("centre", program.Url);

        // The demo city has closed the month before these two.
        await centre.Acts($"periods/{MonthsAgo(2)}", "close", new { });
        await centre.Acts($"periods/{Month}", "close", new { });
    }

    [OneTimeTearDown]
    public async Task Leave() => await program.DisposeAsync();

    [Test]
    public async Task A_bulletin_is_drafted_issued_by_another_read_by_a_unit_and_superseded()
    {
        await using var centre = await Person.SignsIn("centre", at: program.Url);
        var page = centre.Page;
        await page.GotoAsync("/bulletins");
        await page.GetByRole(AriaRole.Button, new() { Name = "起草通报" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("期间").ClickAsync();
        await page.Locator(".ant-select-item-option", new() { HasText = Month }).ClickAsync();
        await dialog.GetByLabel("按语").FillAsync("请各单位对照查找差距。");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "起草通报" }).ClickAsync();

        // The draft shows what it will say; its author may not issue it.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"关于 {Month} 招商引资工作情况的通报" }))
            .ToBeVisibleAsync();
        await Expect(page.GetByText("请各单位对照查找差距。")).ToBeVisibleAsync();
        await Expect(page.GetByText("须由起草人以外的人印发")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "印发", Exact = true })).ToHaveCountAsync(0);
        await centre.Shot("110-bulletin-draft");
        var address = page.Url;

        await using var second = await Person.SignsIn("centre2", at: program.Url);
        await second.Page.GotoAsync(address);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "印发" }).ClickAsync();
        await second
            .Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "印发", Exact = true })
            .ClickAsync();
        await Expect(second.Page.GetByRole(AriaRole.Article)).ToContainTextAsync("第1号");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "与上期差异" }).ClickAsync();
        await Expect(second.Page.GetByText("此前没有印发过同类通报")).ToBeVisibleAsync();

        // A unit finds it in its notices and reads it, without any way to change it.
        await using var unit = await Person.SignsIn("haining", at: program.Url);
        await unit.Page.GotoAsync("/bulletins");
        await unit.Page.GetByRole(AriaRole.Link, new() { Name = Month }).ClickAsync();
        await Expect(unit.Page.GetByRole(AriaRole.Heading, new() { Name = "红黑榜" })).ToBeVisibleAsync();
        await Expect(unit.Page.GetByRole(AriaRole.Button, new() { Name = "作废" })).ToHaveCountAsync(0);
        foreach (var (format, ending) in new[] { ("Word", ".docx"), ("PDF", ".pdf") })
        {
            await unit.Page.GetByRole(AriaRole.Button, new() { Name = "下载文档" }).ClickAsync();
            var saved = await unit.Page.RunAndWaitForDownloadAsync(() =>
                unit.Page.GetByRole(AriaRole.Menuitem, new() { Name = format }).ClickAsync()
            );
            saved.SuggestedFilename.ShouldEndWith(ending);
        }

        await unit.Shot("111-bulletin-issued");

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "作废" }).ClickAsync();
        dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("附表有误");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "作废" }).ClickAsync();
        await Expect(page.GetByText("附表有误")).ToBeVisibleAsync();
    }

    [TestCase(360, 740)]
    [TestCase(1280, 860)]
    public async Task The_pages_fit_the_screen_and_axe_finds_nothing(int width, int height)
    {
        using var caller = await Caller.As("centre", program.Url);
        var draft = (string)
            (
                await caller.Post(
                    "bulletins",
                    new
                    {
                        period = Month,
                        kind = "monthly",
                        template = "full",
                    }
                )
            )["id"]!;
        await using var person = await Person.SignsIn("centre2", width, height, at: program.Url);
        foreach (var (language, theme) in Looks.All)
        {
            await Looks.Take(person.Page, language, theme);
            foreach (var path in new[] { "/bulletins", $"/bulletins/{draft}" })
                await Looks.FitsAndIsClean(person.Page, path, width, $"{path} {language} {theme} {width}");
        }
    }
}
