using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>The story of a dispute (R23), as the two sides and the centre live it in the page.</summary>
public sealed class DisputeStoryTests
{
    [Test]
    public async Task A_place_in_the_queue_is_contested_answered_decided_and_appealed()
    {
        await using var holder = await Person.SignsIn("pinghu");
        await StoryTests.Report(holder, "海上风电叶片制造基地", "浙江远东风电装备有限公司", "18");
        await using var rival = await Person.SignsIn("haiyan");
        await StoryTests.Report(rival, "海上风电叶片制造基地", "浙江远东风电装备有限公司", "18");
        await rival
            .Page.GetByRole(AriaRole.Link, new() { Name = "查看首报" })
            .Or(rival.Page.GetByRole(AriaRole.Button, new() { Name = "查看首报" }))
            .First.ClickAsync();
        await rival.Page.GetByRole(AriaRole.Button, new() { Name = "提出异议" }).ClickAsync();
        var dialog = rival.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("理由").FillAsync("投资方书面确认由我方牵头");
        await rival.Shot("60-dispute-grounds");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "提出异议" }).ClickAsync();
        await Expect(rival.Page.GetByText("等待答复").First).ToBeVisibleAsync();
        await Expect(rival.Page.GetByText("平湖")).ToHaveCountAsync(0);

        await holder.Page.GotoAsync("/disputes");
        await holder.Page.GetByRole(AriaRole.Link, new() { Name = "海上风电叶片制造基地" }).ClickAsync();
        await Expect(holder.Page.GetByText("投资方书面确认由我方牵头").First).ToBeVisibleAsync();
        await Expect(holder.Page.GetByText("海盐")).ToHaveCountAsync(0);
        await holder.Page.GetByRole(AriaRole.Button, new() { Name = "答复" }).ClickAsync();
        await holder.Page.GetByRole(AriaRole.Dialog).GetByLabel("答复").FillAsync("我方拜访在先，附签到表");
        await holder.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "答复" }).ClickAsync();
        await Expect(holder.Page.GetByText("等待决定").First).ToBeVisibleAsync();

        await using var centre = await Person.SignsIn("centre");
        await centre.Page.GotoAsync("/desk?tab=disputes");
        await centre.Page.GetByRole(AriaRole.Link, new() { Name = "海上风电叶片制造基地" }).ClickAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "查看证据" }).ClickAsync();
        await Expect(centre.Page.GetByText("与封存时一致")).ToBeVisibleAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "首谈资格转给异议方" }).ClickAsync();
        var decision = centre.Page.GetByRole(AriaRole.Dialog);
        await Expect(decision.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("首谈资格转给异议方") }))
            .ToBeCheckedAsync();
        centre.Refused.ShouldBeEmpty("what can be decided is asked, not tried");
        await decision.GetByLabel("决定理由").FillAsync("投资方书面意见属实");
        await centre.Shot("61-dispute-decision");
        await decision.GetByRole(AriaRole.Button, new() { Name = "作出决定" }).ClickAsync();
        await Expect(centre.Page.GetByText("已决定").First).ToBeVisibleAsync();
        await centre.Shot("62-dispute-decided");

        await rival.Page.GotoAsync("/claims");
        await Expect(
                rival.Page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("海上风电叶片制造基地.*首报有效") })
            )
            .ToBeVisibleAsync();
        await holder.Page.ReloadAsync();
        await Expect(holder.Page.GetByText("投资方书面意见属实").First).ToBeVisibleAsync();
        await holder.Page.GetByRole(AriaRole.Button, new() { Name = "申诉" }).ClickAsync();
        await holder.Page.GetByRole(AriaRole.Dialog).GetByLabel("申诉理由").FillAsync("书面意见系事后补签");
        await holder.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "申诉" }).ClickAsync();
        await Expect(holder.Page.GetByText("申诉中").First).ToBeVisibleAsync();
        await centre.Page.ReloadAsync();
        await Expect(centre.Page.GetByText("申诉中").First).ToBeVisibleAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Group, new() { Name = "作出决定" })).ToHaveCountAsync(0);
    }
}
