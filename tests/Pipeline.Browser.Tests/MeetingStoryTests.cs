using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>A meeting from its plan to what a unit does about it on a phone (R74).</summary>
public sealed class MeetingStoryTests
{
    private const string Item = "研究招商活动经费",
        Decision = "一周内报送活动方案和预算";

    [Test]
    public async Task A_meeting_is_planned_issued_shown_on_the_wall_and_its_decision_carried_out_on_a_phone()
    {
        // The centre plans it, with the facts of a minute ago.
        await using var centre = await Person.SignsIn("centre", 2560, 1440);
        var page = centre.Page;
        await page.GotoAsync("/meetings");
        await page.GetByRole(AriaRole.Button, new() { Name = "新建会议" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("开会日期").TypesDay(Caller.Today);
        await dialog
            .GetByLabel("议程截止时点")
            .TypesDay(
                DateTime
                    .UtcNow.AddHours(8)
                    .AddMinutes(-1)
                    .ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)
            );
        await dialog.GetByLabel("主持", new() { Exact = true }).FillAsync("王副市长");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "月度协调会" })).ToBeVisibleAsync();

        // An item about a project is added, found by a word of its name, which becomes the title.
        const string project = "海上风电运维基地项目";
        using (var unit = await Caller.As("haiyan"))
            await unit.Reports(project, "海盐风电运维有限公司", "4415");
        await page.GetByRole(AriaRole.Button, new() { Name = "增加议题" }).ClickAsync();
        dialog = page.GetByRole(AriaRole.Dialog);
        await centre.Chooses(dialog.GetByRole(AriaRole.Combobox), project, "风电运维");
        await Expect(dialog.GetByLabel("议题", new() { Exact = true })).ToHaveValueAsync(project);
        await dialog.GetByLabel("理由").FillAsync("单位提出");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "增加议题" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = project })).ToBeVisibleAsync();

        // Two items without a project are added, and the agenda sent.
        foreach (var item in new[] { "研究园区规划", Item })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "增加议题" }).ClickAsync();
            dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("议题", new() { Exact = true }).FillAsync(item);
            await dialog.GetByLabel("理由").FillAsync("领导要求");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "增加议题" }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(page.GetByText(item)).ToBeVisibleAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "印发议程" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "印发议程" }).ClickAsync();
        await Expect(page.GetByText("议程已印发").First).ToBeVisibleAsync();
        await centre.Shot("80-agenda");
        foreach (var (format, ending) in new[] { ("Word", ".docx"), ("PDF", ".pdf") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "议程文档" }).ClickAsync();
            var download = await page.RunAndWaitForDownloadAsync(() =>
                page.GetByRole(AriaRole.Menuitem, new() { Name = format }).ClickAsync()
            );
            download.SuggestedFilename.ShouldEndWith(ending);
        }

        // On the wall: to the last item by a key, D to write, Ctrl Enter to record.
        await page.GetByRole(AriaRole.Link, new() { Name = "投屏" }).ClickAsync();
        var wall = page.GetByRole(AriaRole.Dialog, new() { Name = "投屏" });
        await Expect(wall.GetByRole(AriaRole.Status)).ToContainTextAsync("1 / ");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(wall.GetByRole(AriaRole.Status)).ToContainTextAsync("2 / ");
        await page.Keyboard.PressAsync("End");
        await Expect(wall.GetByRole(AriaRole.Heading, new() { Name = Item })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("d");
        await page.Keyboard.TypeAsync(Decision);
        await centre.Chooses(wall.GetByRole(AriaRole.Combobox), "海盐县");
        await wall.GetByLabel("完成时限").TypesDay(Caller.Today);
        await wall.GetByLabel("议定内容").PressAsync("Control+Enter");
        await Expect(wall.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Decision })).ToBeVisibleAsync();
        await centre.Shot("81-wall", fullPage: false);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Decision })).ToBeVisibleAsync();

        // The unit finds it on its home among what is due this week, and says on a phone that it is done.
        await using var haiyan = await Person.SignsIn("haiyan", 360, 760);
        await haiyan.Page.GotoAsync("/");
        await haiyan.Page.GetByRole(AriaRole.Link, new() { Name = Decision }).ClickAsync();
        await haiyan.Page.GetByRole(AriaRole.Button, new() { Name = $"办结：{Decision}" }).ClickAsync();
        dialog = haiyan.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("办理结果").FillAsync("方案已报");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "办结", Exact = true }).ClickAsync();
        await Expect(haiyan.Page.GetByText("办理结果：方案已报")).ToBeVisibleAsync();
        await haiyan.Shot("82-action-done");
    }
}
