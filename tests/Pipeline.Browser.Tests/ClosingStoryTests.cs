using System.Globalization;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>A month is closed, read from its snapshot, opened again by two persons and closed once more (R105–R109): a city that no other story touches.</summary>
public sealed class ClosingStoryTests
{
    private RunningProgram program = null!;

    /// <summary>The month that is over, and the one before it, which is closed already.</summary>
    private static string Month => MonthsAgo(1);

    private static string Closed => MonthsAgo(2);

    private static string MonthsAgo(int months) =>
        DateOnly
            .Parse(Caller.Today, CultureInfo.InvariantCulture)
            .AddMonths(-months)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [OneTimeSetUp]
    public async Task Begin()
    {
        program = await RunningProgram.Start();
        using var centre = await Caller.As("centre", program.Url);

        // So that the months have a figure.
        await centre.States("road-shows", Closed, 3);
        await centre.States("road-shows", Month, 4);
        await centre.Acts($"periods/{Closed}", "close", new { });
    }

    [OneTimeTearDown]
    public async Task Leave() => await program.DisposeAsync();

    [Test]
    public async Task A_month_is_closed_read_from_its_snapshot_opened_again_by_two_and_closed_once_more()
    {
        await using var centre = await Person.SignsIn("centre", at: program.Url);
        var page = centre.Page;
        await page.GotoAsync("/periods");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Month });
        await Expect(row).ToContainTextAsync("未关账");
        await row.GetByRole(AriaRole.Button, new() { Name = $"关账 {Month}" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "尚未办结" })).ToBeVisibleAsync();
        await centre.Shot("100-closing");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "关账", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(row).ToContainTextAsync("已关账");

        // Its table is read from the snapshot, by a unit too.
        await row.GetByRole(AriaRole.Link, new() { Name = "看榜" }).ClickAsync();
        await Expect(page.GetByText("已关账，取自快照")).ToBeVisibleAsync();
        await using var unit = await Person.SignsIn("haining", at: program.Url);
        await unit.Page.GotoAsync($"/boards?period={Month}");
        await Expect(unit.Page.GetByText("已关账，取自快照")).ToBeVisibleAsync();
        await Expect(unit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "平湖市" })).ToHaveCountAsync(1);
        await unit.Shot("101-closed-board");

        // An administrator asks to open it again, the centre confirms.
        await using var admin = await Person.SignsIn("admin", at: program.Url);
        await admin.Page.GotoAsync("/periods");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "申请重新打开" }).ClickAsync();
        dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("漏记一个项目");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "申请重新打开" }).ClickAsync();
        await Expect(admin.Page.GetByText("重新打开待确认")).ToBeVisibleAsync();
        await page.GotoAsync("/periods");
        await row.GetByRole(AriaRole.Button, new() { Name = "确认打开" }).ClickAsync();
        dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("漏记一个项目");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "确认打开" }).ClickAsync();
        await Expect(row).ToContainTextAsync("重新打开过");

        // Closed once more it has a second version; both hold.
        await row.GetByRole(AriaRole.Button, new() { Name = $"关账 {Month}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "关账", Exact = true })
            .ClickAsync();
        await Expect(row).ToContainTextAsync("已关账");
        await row.GetByRole(AriaRole.Button, new() { Name = $"查看 {Month}" }).ClickAsync();
        foreach (var version in new[] { 1, 2 })
            await page.GetByRole(AriaRole.Button, new() { Name = $"核验第 {version} 版" }).ClickAsync();
        await Expect(page.GetByText("与关账时一致")).ToHaveCountAsync(2);
        await centre.Shot("102-periods");
    }

    [TestCase(360, 740)]
    [TestCase(1280, 860)]
    public async Task The_pages_fit_the_screen_and_axe_finds_nothing(int width, int height)
    {
        foreach (
            var (who, paths) in new (string, string[])[]
            {
                ("centre2", [$"/periods?period={Closed}", "/periods", $"/boards?period={Closed}"]),
                ("haining", [$"/boards?period={Closed}", "/periods"]),
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
