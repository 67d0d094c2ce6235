using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>axe finds nothing in what opens over a page either: menus, drawers, dialogs, each in every look.</summary>
public sealed class OverlayTests
{
    private static string project = "",
        moving = "",
        claim = "",
        dispute = "";

    [OneTimeSetUp]
    public async Task Make_something_to_open()
    {
        using var jiashan = await Caller.As("jiashan");
        var report = await jiashan.Reports("精密轴承智造基地项目", "嘉善精密轴承有限公司", "3451");
        (claim, project) = ((string)report["id"]!, (string)report["projectId"]!);
        moving = (string)(await jiashan.Signs("轴承检测中心项目", "嘉善轴承检测有限公司"))["projectId"]!;
        var file = new MultipartFormDataContent
        {
            { new ByteArrayContent(Pdf.Of(("Annex", "附件"))), "file", "附件.pdf" },
        };
        await jiashan.Upload($"projects/{project}/files", file);
        using var jxedz = await Caller.As("jxedz");
        var rival = await jxedz.Reports("精密轴承智造基地项目", "嘉善精密轴承有限公司", "3451");
        dispute = (string)(await jxedz.Post($"claims/{rival["id"]}/disputes", new { grounds = "我们先到" }))["id"]!;
    }

    [Test]
    public async Task On_the_lists([ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look)
    {
        await using var centre = await Person.SignsIn("centre2", 1440, 900);
        var over = await Overlays.Of(centre, look);
        await over.At("/lists?view=table&q=轴承");
        await over.Opens("columns", Button("列", "Columns"), Role(AriaRole.Group, "显示的列", "Columns shown"));
        await over.At("/lists?view=table&q=轴承");
        await over.Opens("views", Button("视图", "Views"), Role(AriaRole.Group, "视图", "Views"), stay: true);
        await over.Opens("save view", Button("保存当前视图", "Save this view"), Dialog);
        await over.At("/lists?view=table&q=轴承");
        await over.Opens(
            "month",
            page => page.Locator(".month-select"),
            page => page.Locator(".ant-select-dropdown").Last
        );
        await centre.Page.Locator(".grid tbody").GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await over.Looked("bulk bar");
        await over.Opens(
            "bulk progress or verification",
            page => page.Locator(".bulk-bar").GetByRole(AriaRole.Button).First,
            Dialog
        );
        await over.Opens(
            "industry",
            page => page.Locator("#filter-industry"),
            page => page.Locator(".ant-select-dropdown").Last
        );
    }

    [Test]
    public async Task Escape_closes_what_was_opened_out_of_a_pop_up_however_soon()
    {
        await using var centre = await Person.SignsIn("centre2", 1440, 900);
        await centre.Page.GotoAsync("/lists?view=table");
        await Button("视图", "Views")(centre.Page).ClickAsync();
        await Expect(Role(AriaRole.Group, "视图", "Views")(centre.Page)).ToBeVisibleAsync();
        await centre.Page.EvaluateAsync(
            """
            async () => {
              document.querySelector('.views-foot button').click();
              while (!document.querySelector('[role=dialog]')) await new Promise(requestAnimationFrame);
              window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
            }
            """
        );
        await Expect(centre.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Test]
    public async Task What_pops_up_stands_at_its_place_from_its_first_frame()
    {
        // A click on what is still on its way lands where the mouse went down or where it came up, and does nothing.
        await using var centre = await Person.SignsIn("centre2", 1440, 900);
        await centre.Page.GotoAsync("/lists?view=table");
        await Expect(Button("列", "Columns")(centre.Page)).ToBeVisibleAsync();
        var places = await centre.Page.EvaluateAsync<string[]>(
            """
            async () => {
              [...document.querySelectorAll('button')].find(each => each.textContent === '列').click();
              const box = () => document.querySelector('.columns-hidden input');
              while (!box()?.checkVisibility({ visibilityProperty: true })) await new Promise(requestAnimationFrame);
              const places = new Set();
              for (let frame = 0; frame < 40; frame++) {
                const { x, y, width, height } = box().getBoundingClientRect();
                if (x > 0) places.add([x, y, width, height].join()); // before, it is measured out of sight
                await new Promise(requestAnimationFrame);
              }
              return [...places];
            }
            """
        );
        places.Length.ShouldBe(1, string.Join(" ", places));
    }

    [Test]
    public async Task On_the_dry_run(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look
    )
    {
        await using var officer = await Person.SignsIn("jiashan", 1440, 900);
        var over = await Overlays.Of(officer, look);
        await over.At("/lists?view=table&q=轴承");
        await officer.Page.Locator(".grid tbody").GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await over.Opens("bulk form", Button("记录进展", "Record progress"), Dialog, stay: true);
        var dialog = officer.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox).First.PressAsync("ArrowDown");
        await dialog.GetByRole(AriaRole.Combobox).First.PressAsync("Enter");
        await dialog.Locator(".date-input input").First.TypesDay(Caller.Today);
        await dialog.Locator("textarea").FillAsync("电话回访");
        await over.Opens("dry run", Button("预检", "Dry run"), page => page.Locator(".bulk-rows"));
    }

    [Test]
    public async Task On_a_project([ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look)
    {
        await using var officer = await Person.SignsIn("jiashan");
        var over = await Overlays.Of(officer, look);
        await over.At($"/projects/{project}");
        await over.Opens("inline", page => page.Locator(".inline-edit").First, page => page.Locator(".inline-editor"));
        await over.At($"/projects/{project}");
        await over.Opens("move", Button("申报签约", "Move to: Signed"), Dialog);
        await over.Opens("progress", Button("记录进展", "Record progress"), Dialog);
        await over.Opens("terminate", Button("终止项目", "Terminate"), Dialog);
        await over.Opens(
            "preview",
            page => page.Locator("button[aria-label$='附件.pdf']"),
            page => page.Locator("canvas[data-drawn]")
        );
        await over.Opens(
            "kinds",
            page => page.Locator(".timeline-filters .ant-select"),
            page => page.Locator(".ant-select-dropdown").Last
        );
        await over.At($"/projects/{moving}");
        await over.Looked("a pending move");
    }

    [Test]
    public async Task On_a_conflict(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look
    )
    {
        using var api = await Caller.As("jiashan");
        await using var officer = await Person.SignsIn("jiashan");
        var over = await Overlays.Of(officer, look);
        await over.At($"/projects/{moving}");
        var page = officer.Page;
        var name = page.Locator(".inline-edit").First;
        await name.ClickAsync();
        await page.Locator(".inline-editor input").FillAsync($"我的名称{look.Theme}");
        await api.Edits($"projects/{moving}", new { name = $"别人的名称{look.Theme}" });
        await over.Opens(
            "conflict",
            editor => editor.Locator(".inline-editor").GetByRole(AriaRole.Button).First,
            Dialog
        );
    }

    [Test]
    public async Task On_a_claim_and_a_dispute(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look
    )
    {
        await using var officer = await Person.SignsIn("jiashan");
        var over = await Overlays.Of(officer, look);
        await over.At($"/claims/{claim}");
        await over.Opens("release", Button("释放首谈资格", "Release claim"), Dialog);
        await over.At($"/disputes/{dispute}");
        await over.Opens(
            "answer",
            page => page.Locator("main .actions, main .page-head").GetByRole(AriaRole.Button).First,
            Dialog
        );

        await using var centre = await Person.SignsIn("centre");
        var above = await Overlays.Of(centre, look);
        await above.At($"/claims/{claim}");
        foreach (var n in Enumerable.Range(0, await centre.Page.Locator("main .actions button").CountAsync()))
            await above.Opens($"claim action {n}", page => page.Locator("main .actions button").Nth(n), Dialog);
    }

    [Test]
    public async Task On_the_frame([ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look)
    {
        await using var officer = await Person.SignsIn("jiashan");
        var over = await Overlays.Of(officer, look);
        await over.At("/");
        await over.Opens(
            "notices",
            page => page.Locator(".bell button").First,
            page => page.Locator(".bell").GetByRole(AriaRole.Dialog)
        );
        await over.Opens("person", page => page.Locator(".person"), page => page.GetByRole(AriaRole.Menu));
        await over.Opens("palette", page => page.Locator(".bar-search"), page => page.GetByRole(AriaRole.Combobox));
        await officer.Page.Keyboard.PressAsync("?");
        await Expect(officer.Page.Locator(".key-list")).ToBeVisibleAsync();
        await over.Looked("shortcuts");
        await officer.Page.Keyboard.PressAsync("Escape");
        await officer.Page.EvaluateAsync("localStorage.removeItem('pipeline.tour')");
        await over.At("/");
        await over.Opens("tour", Button("开始导览", "Show me"), page => page.Locator(".ant-tour"));
    }

    [Test]
    public async Task On_the_pages_of_the_administrator(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look
    )
    {
        await using var admin = await Person.SignsIn("admin");
        var over = await Overlays.Of(admin, look);
        await over.At("/users");
        await over.Opens("new user", Button("新建账号", "New user"), Dialog);
        await over.Opens("user", page => page.Locator("tbody button, tbody a").First, Dialog);
        await over.At("/api-keys");
        await over.Opens("new key", Button("新建密钥", "New key"), Dialog);
        await over.At("/jurisdictions");
        await over.Opens("new unit", Button("新增单位", "Add a unit"), Dialog);
        await over.At("/audit");
        await over.Opens("entry", page => page.Locator("tbody button, tbody a").First, Dialog);
    }

    private static ILocator Dialog(IPage page) => page.GetByRole(AriaRole.Dialog).Last;

    private static Func<IPage, ILocator> Button(string chinese, string english) =>
        Role(AriaRole.Button, chinese, english);

    private static Func<IPage, ILocator> Role(AriaRole role, string chinese, string english) =>
        page =>
            page.GetByRole(
                role,
                new() { NameRegex = new Regex($"^({Regex.Escape(chinese)}|{Regex.Escape(english)})$") }
            ).First;

    /// <summary>Opens what opens over a page, has axe look at it, and closes it again.</summary>
    private sealed class Overlays(IPage page, string look)
    {
        public static async Task<Overlays> Of(Person person, (string Language, string Theme) look)
        {
            await Looks.Take(person.Page, look.Language, look.Theme);
            await person.Page.EvaluateAsync("localStorage.setItem('pipeline.tour', 'seen')");
            return new Overlays(person.Page, $"{look.Language} {look.Theme}");
        }

        public async Task At(string path)
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Expect(page.Locator(".loading")).ToHaveCountAsync(0);
        }

        public async Task Opens(string what, Func<IPage, ILocator> by, Func<IPage, ILocator> shows, bool stay = false)
        {
            await by(page).ClickAsync();
            await Expect(shows(page)).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Looked(what);
            if (stay)
                return;
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }

        public Task Looked(string what) => Looks.Check(page, $"{what} {look}");
    }
}
