using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>A project gets a leader by a batch (R80–R83) and a team (R83a), what comes due leads to it, and what ended is printed (R96): a city that no other story touches, for there is one batch a month.</summary>
public sealed class LeaderStoryTests
{
    private RunningProgram program = null!;

    [OneTimeSetUp]
    public async Task Begin() => program = await RunningProgram.Start();

    [OneTimeTearDown]
    public async Task Leave() => await program.DisposeAsync();

    [Test]
    public async Task A_batch_is_drafted_and_issued_the_leader_sees_the_project_and_what_comes_due_leads_to_it()
    {
        const string name = "氢能装备测试基地项目";
        using var api = await Caller.As("haiyan", program.Url);
        var report = await api.Reports(name, "海盐氢能装备有限公司", "3811", 30_000_000_000m); // the largest is listed first
        var project = (string)report["projectId"]!;
        using var him = await Caller.As("leader", program.Url);
        var leaderName = (string)(await him.Get("me"))["user"]!["displayName"]!;

        // The centre drafts a batch from the eligible projects, and issues it.
        await using var centre = await Person.SignsIn("centre", at: program.Url);
        await centre.Page.GotoAsync("/leader-links");
        await centre.Page.GetByRole(AriaRole.Link, new() { Name = "起草批次" }).ClickAsync();
        await centre.Chooses(
            centre.Page.GetByRole(AriaRole.Combobox, new() { Name = $"为“{name}”选择领导" }),
            leaderName
        );
        await Expect(centre.Page.GetByText($"{name} — {leaderName}")).ToBeVisibleAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "印发", Exact = true }).ClickAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Heading, new() { Name = "第 1 批" })).ToBeVisibleAsync();
        await centre.Shot("85-batch-issued");

        // The leader finds it on the home page, and among what comes due within three months: a contact.
        await using var leader = await Person.SignsIn("leader", at: program.Url);
        await Expect(leader.Page.GetByRole(AriaRole.Link, new() { Name = name }).First).ToBeVisibleAsync();
        await leader.Shot("86-leader-home");
        await leader.Page.GotoAsync("/due?within=P3M");
        var item = leader
            .Page.GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = name })
            .Filter(new() { HasText = "领导" });
        await item.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(leader.Page).ToHaveURLAsync($"{program.Url}/projects/{project}");

        // The unit's window ends within three months: that leads to the claim.
        await using var haiyan = await Person.SignsIn("haiyan", at: program.Url);
        await haiyan.Page.GotoAsync("/due");
        await haiyan.Chooses(haiyan.Page.GetByRole(AriaRole.Combobox), "三个月");
        await haiyan
            .Page.GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = name })
            .Filter(new() { HasText = "首谈期" })
            .GetByRole(AriaRole.Link, new() { Name = name })
            .ClickAsync();
        await Expect(haiyan.Page).ToHaveURLAsync($"{program.Url}/claims/{report["id"]}");

        // Its page names who works on it.
        await haiyan.Page.GotoAsync($"/projects/{project}");
        var team = haiyan.Page.Locator("details.regime").Filter(new() { HasText = "项目专班" });
        await team.Locator("summary").ClickAsync();
        await team.GetByRole(AriaRole.Button, new() { Name = "加入人员" }).ClickAsync();
        var dialog = haiyan.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "加入人员" }).ClickAsync();
        await Expect(dialog.GetByText("请填写姓名")).ToBeVisibleAsync();
        await dialog.GetByLabel("姓名").FillAsync("王专员");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "加入人员" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(team.GetByText("在班 1 人")).ToBeVisibleAsync();
        await haiyan.Shot("87-team");
        await team.GetByRole(AriaRole.Button, new() { Name = "结束：王专员" }).ClickAsync();
        dialog = haiyan.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("理由").FillAsync("调离");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(team.GetByText("调离")).ToBeVisibleAsync();
    }

    [Test]
    public async Task R96_the_file_of_a_termination_is_printed_on_one_sheet_in_either_language()
    {
        using var api = await Caller.As("haiyan", program.Url);
        var project = await api.Ends("核级阀门项目", "海盐阀门有限公司");
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent("%PDF-1.4 risk"u8.ToArray()), "file", "风险评估报告.pdf" },
        };
        var file = (string)(await api.Upload("files", form))["id"]!;
        await api.Post(
            $"projects/{project}/fault-tolerance",
            new
            {
                kind = "risk-assessment",
                datedOn = "2026-01-15",
                supports = "terminated",
                note = "市场需求下降",
                files = new[] { file },
            }
        );
        await using var haiyan = await Person.SignsIn("haiyan", at: program.Url);
        await haiyan.Page.GotoAsync($"/projects/{project}");
        await haiyan.Page.GetByRole(AriaRole.Link, new() { Name = "打印版" }).ClickAsync();
        var sheet = haiyan.Page.GetByRole(AriaRole.Article);
        await Expect(sheet.GetByRole(AriaRole.Heading, new() { Name = "项目容错免责材料清单" })).ToBeVisibleAsync();
        await Expect(sheet.GetByRole(AriaRole.Row).Filter(new() { HasText = "风险评估报告.pdf" })).ToHaveCountAsync(1);
        await Expect(sheet.GetByText("准入论证、集体决策")).ToBeVisibleAsync();
        await haiyan.Shot("88-tolerance-sheet");

        // On paper there is the sheet alone.
        await haiyan.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(haiyan.Page.GetByRole(AriaRole.Button, new() { Name = "打印" })).ToBeHiddenAsync();
        await Expect(haiyan.Page.GetByRole(AriaRole.Link, new() { Name = "返回项目" })).ToBeHiddenAsync();
        var pdf = await haiyan.Page.PdfAsync(
            new() { Path = Path.Combine(City.Screens, "88-tolerance-sheet.pdf"), PreferCSSPageSize = true }
        );
        System
            .Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b")
            .ShouldBe(1);
        await haiyan.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await Looks.Take(haiyan.Page, "en", "light");
        await haiyan.Page.ReloadAsync();
        await Expect(haiyan.Page.GetByRole(AriaRole.Heading, new() { Name = "Fault-tolerance file of a project" }))
            .ToBeVisibleAsync();
        await haiyan.Shot("89-tolerance-sheet-en");
    }
}
