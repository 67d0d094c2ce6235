using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>The story of a project, as people live it in the page: reported, contested, decided, signed, registered, started.</summary>
public sealed class StoryTests
{
    private static readonly string Today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)).ToString("yyyy-MM-dd");

    [Test]
    public async Task A_project_is_reported_contested_decided_signed_registered_and_started()
    {
        await using var nanhu = await Person.SignsIn("nanhu");
        await nanhu.Shot("01-home-officer");
        await Report(nanhu, "氢能重卡整车制造基地项目", "上海远景氢动力装备有限公司", "12");
        await Expect(nanhu.Page.GetByText("首报成功，首谈资格已生效")).ToBeVisibleAsync();
        await nanhu.Shot("02-outcome-active");
        await nanhu
            .Page.GetByRole(AriaRole.Link, new() { Name = "查看回执" })
            .Or(nanhu.Page.GetByRole(AriaRole.Button, new() { Name = "查看回执" }))
            .First.ClickAsync();
        await Expect(nanhu.Page.GetByText("本回执校验值（SHA-256）")).ToBeVisibleAsync();
        await Expect(nanhu.Page.Locator(".sheet figure svg")).ToBeVisibleAsync();
        await nanhu.Shot("03-receipt");

        await using var xiuzhou = await Person.SignsIn("xiuzhou");
        await Report(xiuzhou, "氢能重卡整车制造基地", "上海远景氢动力装备有限公司", "12");
        await Expect(xiuzhou.Page.GetByText("已列入排队，当前第 1 位")).ToBeVisibleAsync();
        await Expect(xiuzhou.Page.GetByText("南湖")).ToHaveCountAsync(0);
        await xiuzhou.Shot("04-outcome-queued");
        await Report(xiuzhou, "燃料电池电堆研究院", "上海远景氢动力装备有限公司", "15", "3849");
        await Expect(xiuzhou.Page.GetByText("已收到，等待中心核定")).ToBeVisibleAsync();

        await using var centre = await Person.SignsIn("centre");
        await centre.Page.GotoAsync("/desk?tab=reviews");
        await centre.Shot("05-desk-reviews");
        await centre.Page.GetByRole(AriaRole.Link, new() { Name = "燃料电池电堆研究院" }).First.ClickAsync();
        await Expect(centre.Page.GetByText("有共同投资方").First).ToBeVisibleAsync();
        await centre
            .Page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("与各候选都不是同一项目") })
            .CheckAsync();
        await centre.Page.GetByLabel("理由").FillAsync("产品和选址都不同，是两个项目");
        await centre.Shot("06-review");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "提交核定" }).ClickAsync();
        await centre
            .Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "提交核定" })
            .ClickAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "立即提交" }).ClickAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Heading, new() { Name = "中心工作台" })).ToBeVisibleAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Link, new() { Name = "燃料电池电堆研究院" })).ToHaveCountAsync(0);

        await nanhu.Page.GotoAsync("/claims");
        await nanhu.Shot("07-claims");
        await nanhu.Page.GotoAsync("/lists?view=table");
        await nanhu.Page.GetByRole(AriaRole.Link, new() { Name = "氢能重卡整车制造基地项目" }).First.ClickAsync();
        await nanhu.Page.GetByRole(AriaRole.Button, new() { Name = "记录进展" }).ClickAsync();
        var dialog = nanhu.Page.GetByRole(AriaRole.Dialog);
        await nanhu.Chooses(dialog.GetByRole(AriaRole.Combobox).First, "外出拜访");
        await dialog.Locator(".date-input input").First.TypesDay(Today);
        await dialog.GetByLabel("进展情况").FillAsync("陪同投资方考察湘家荡地块");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存进展" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(nanhu.Page.GetByText("陪同投资方考察湘家荡地块")).ToBeVisibleAsync();

        await Move(nanhu, "申报签约", async form =>
        {
            await form.GetByLabel("发生日期").TypesDay(Today);
            await form.GetByLabel("协议各方").FillAsync("南湖区人民政府、上海远景氢动力装备有限公司");
        });
        await nanhu.Shot("08-project-pending");
        await Verify(centre, "氢能重卡整车制造基地项目");
        await xiuzhou.Page.GotoAsync("/claims");
        await Expect(xiuzhou.Page.GetByText("排队终止").First).ToBeVisibleAsync();

        await nanhu.Page.ReloadAsync();
        await Move(nanhu, "申报注册", async form =>
        {
            await form.GetByLabel("发生日期").TypesDay(Today);
            await form.GetByLabel("项目公司统一社会信用代码").FillAsync("91330402MA2CXN7Y0K");
            await form.GetByLabel("注册日期").TypesDay(Today);
        });
        await Verify(centre, "氢能重卡整车制造基地项目");
        await nanhu.Page.ReloadAsync();
        await Move(nanhu, "申报开工", async form =>
        {
            await form.GetByLabel("发生日期").TypesDay(Today);
            await form.GetByLabel("施工许可证号").FillAsync("330402202611220101");
            await form.GetByLabel("许可日期").TypesDay(Today);
            await form.Locator("input[type=file]")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "现场.pdf",
                        MimeType = "application/pdf",
                        Buffer = "%PDF-1.4 site"u8.ToArray(),
                    }
                );
            await Expect(form.GetByText("现场.pdf")).ToBeVisibleAsync();
        });
        await Verify(centre, "氢能重卡整车制造基地项目");

        await nanhu.Page.ReloadAsync();
        await Expect(nanhu.Page.GetByText("首报转签约")).ToBeVisibleAsync();
        await nanhu.Shot("09-project-started");
        await using var leader = await Person.SignsIn("leader");
        await leader.Shot("10-home-leader");
        await leader.Page.GotoAsync("/lists?view=board");
        await Expect(leader.Page.GetByRole(AriaRole.Link, new() { Name = "氢能重卡整车制造基地项目" }))
            .ToBeVisibleAsync();
        await leader.Shot("11-board", fullPage: false);
    }

    [Test]
    public async Task What_was_typed_is_never_lost_and_the_other_way_is_offered()
    {
        await using var jiashan = await Person.SignsIn("jiashan");
        await Fill(jiashan, "智能仓储机器人产线", "嘉善智行机器人有限公司", "2.5", "3491");
        await Expect(jiashan.Page.GetByText("草稿已于")).ToBeVisibleAsync();
        await jiashan.Page.ReloadAsync();
        await Expect(jiashan.Page.GetByLabel("项目名称")).ToHaveValueAsync("智能仓储机器人产线");
        await Expect(jiashan.Page.GetByText("已恢复")).ToBeVisibleAsync();
        await jiashan.Page.GetByRole(AriaRole.Button, new() { Name = "提交首报" }).ClickAsync();
        await Expect(jiashan.Page.GetByText("未达到首报门槛", new() { Exact = true })).ToBeVisibleAsync();
        await jiashan.Shot("12-below-threshold");
        await jiashan.Page.GetByRole(AriaRole.Button, new() { Name = "改为限额以下登记并提交" }).ClickAsync();
        await Expect(jiashan.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("智能仓储机器人产线");
    }

    [Test]
    public async Task A_wrong_password_is_said_and_nothing_else()
    {
        await using var person = await Person.Opens();
        await person.Page.GotoAsync("/lists");
        await person.Page.GetByLabel("用户名").FillAsync("somebody");
        await person.Page.GetByLabel("密码", new() { Exact = true }).FillAsync("wrong");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Expect(person.Page.GetByText("用户名或密码不正确").First).ToBeVisibleAsync();
        await person.Shot("13-sign-in");
    }

    [Test]
    public async Task The_centre_imports_a_register_after_a_dry_run()
    {
        await using var centre = await Person.SignsIn("centre2");
        await centre.Page.GotoAsync("/imports");
        await centre
            .Page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "台账.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(
                        "项目名称,投资方,总投资,落户地,阶段,签约日期\n光伏支架生产项目,海宁阳光支架有限公司,3.2亿元,海宁市,签约,2026-03-01\n冷链物流中心,平湖冷运有限公司,约5亿元,平湖市,在谈,\n,无名投资方,1亿元,嘉善县,签约,\n"
                    ),
                }
            );
        await Expect(centre.Page.GetByText("预检结果")).ToBeVisibleAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Gridcell, new() { Name = "光伏支架生产项目" })).ToBeVisibleAsync();
        await centre.Shot("14-import-dry-run");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "正式导入" }).ClickAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "确认导入" }).ClickAsync();
        await Expect(centre.Page.GetByText("导入结果")).ToBeVisibleAsync();
        await centre.Shot("15-import-result");
        await centre.Page.GotoAsync("/lists?view=table&q=光伏支架");
        await Expect(centre.Page.GetByRole(AriaRole.Link, new() { Name = "光伏支架生产项目" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Swagger_UI_shows_the_contract()
    {
        await using var integrator = await Person.Opens();
        await integrator.Page.GotoAsync("/swagger");
        await integrator.Page.GetByText("First reports, exclusive claims").ClickAsync();
        await Expect(integrator.Page.GetByText("/api/v1/claims/{id}/resolve")).ToBeVisibleAsync();
        await integrator.Shot("16-swagger");
    }

    [TestCase(360, 740)]
    [TestCase(2560, 1300)]
    public async Task Every_main_page_fits_the_screen(int width, int height)
    {
        await using var centre = await Person.SignsIn("centre", width, height);
        foreach (
            var path in new[]
            {
                "/",
                "/lists",
                "/lists?view=table",
                "/claims",
                "/disputes",
                "/desk",
                "/imports",
                "/rule-sets",
                "/jurisdictions",
                "/receipts",
            }
        )
        {
            await centre.Page.GotoAsync(path);
            await Expect(centre.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await centre.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            (await centre.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(
                width,
                path
            );
            await centre.Shot(
                $"{width}-{path.Trim('/').Replace("?", "-", StringComparison.Ordinal).Replace('/', '-')}"
            );
        }
    }

    [Test]
    public async Task English_is_one_click_away_and_complete()
    {
        await using var centre = await Person.SignsIn("centre");
        await centre
            .Page.GetByRole(AriaRole.Button, new() { Name = "English" })
            .Or(centre.Page.GetByText("English"))
            .First.ClickAsync();
        foreach (var path in new[] { "/", "/lists", "/claims", "/disputes", "/desk", "/imports", "/rule-sets" })
        {
            await centre.Page.GotoAsync(path);
            var heading = centre.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
            await Expect(heading).ToBeVisibleAsync();
            if (path != "/")
                Regex.IsMatch(await heading.InnerTextAsync(), "[\u4e00-\u9fff]").ShouldBeFalse(path);
            await centre.Shot($"en-{path.Trim('/')}");
        }
    }

    internal static async Task Report(
        Person person,
        string name,
        string investor,
        string amount,
        string industry = "3411"
    )
    {
        await Fill(person, name, investor, amount, industry);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "提交首报" }).ClickAsync();
    }

    private static async Task Fill(Person person, string name, string investor, string amount, string industry)
    {
        var page = person.Page;
        await page.GotoAsync("/report");
        await page.GetByLabel("项目名称").FillAsync(name);
        await page.GetByLabel("总投资", new() { Exact = true }).FillAsync(amount);
        await person.Chooses(page.GetByLabel("行业分类"), industry, industry);
        await page.GetByLabel("投资方名称").FillAsync(investor);
        await person.Chooses(page.GetByLabel("接洽方式"), "会谈");
        await page.GetByLabel("接洽日期", new() { Exact = true }).TypesDay(Today);
        await page.GetByLabel("接洽情况").FillAsync("在嘉兴与投资方总经理会谈，确认投资意向");
    }

    private static async Task Move(Person person, string action, Func<ILocator, Task> fill)
    {
        await person.Page.GetByRole(AriaRole.Button, new() { Name = action }).First.ClickAsync();
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await fill(dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(person.Page.GetByText("等待中心认定").First).ToBeVisibleAsync();
    }

    private static async Task Verify(Person centre, string project)
    {
        await centre.Page.GotoAsync("/desk?tab=moves");
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = $"认定通过：{project}" }).ClickAsync();
        await centre.Page.GetByText("认定后立即生效，不能撤回。").WaitForAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "认定通过", Exact = true }).ClickAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "立即提交" }).ClickAsync();
        await Expect(centre.Page.GetByRole(AriaRole.Button, new() { Name = $"认定通过：{project}" }))
            .ToHaveCountAsync(0);
    }
}
