using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>axe finds nothing on any page, in each language and each theme: no rule is left out, and no part of a page. Nothing is changed by looking, so that two look at once.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class AccessibilityTests
{
    private static string project = "",
        claim = "",
        review = "",
        import = "",
        records = "",
        dispute = "",
        meeting = "",
        ended = "",
        batch = "";

    /// <summary>A phone, a tablet, a wall; the last is the one at which pages are looked at.</summary>
    private static readonly int[] Widths = [360, 768, 1920, 1280];

    [OneTimeSetUp]
    public async Task Make_something_to_look_at()
    {
        await Caller.AddsUser("environment", "生态环境局张科", "department");
        using var haiyan = await Caller.As("haiyan");
        var report = await haiyan.Reports("核电装备检修基地项目", "海盐核能检修有限公司", "3811");
        (claim, project) = ((string)report["id"]!, (string)report["projectId"]!);
        await haiyan.Signs("紧固件智能仓储项目", "海盐标准件有限公司");
        using var tongxiang = await Caller.As("tongxiang");
        var rival = await tongxiang.Reports("核电装备检修基地项目", "海盐核能检修有限公司", "3811");
        dispute = (string)(await tongxiang.Post($"claims/{rival["id"]}/disputes", new { grounds = "我们先到" }))["id"]!;
        using var pinghu = await Caller.As("pinghu");
        review = (string)(await pinghu.Reports("核能培训学院", "海盐核能检修有限公司", "8391", 2_600_000_000m))["id"]!;
        using var centre = await Caller.As("centre2");
        meeting = await centre.Issues(project);
        ended = await haiyan.Ends("核级阀门项目", "海盐阀门有限公司");
        await haiyan.Post($"projects/{project}/team", new { name = "王专员", role = "lead" });
        var leader = (string)(await centre.Get("leaders"))["items"]![0]!["id"]!;
        batch = (string)
            (
                await centre.Post(
                    "leader-batches",
                    new
                    {
                        links = new[]
                        {
                            new
                            {
                                leaderId = leader,
                                projectId = project,
                                role = "lead",
                            },
                        },
                    }
                )
            )["id"]!;
        var register = new MultipartFormDataContent
        {
            {
                new ByteArrayContent(
                    "项目名称,投资方,总投资,落户地,阶段,签约日期\n新型纤维项目,桐乡纤维有限公司,约3亿元,桐乡市,签约,2026-03-01\n,无名投资方,1亿元,嘉善县,签约,\n"u8.ToArray()
                ),
                "file",
                "register.csv"
            },
        };
        import = (string)(await centre.Upload("imports?dryRun=true", register))["id"]!;
        var sheet = new MultipartFormDataContent
        {
            {
                new ByteArrayContent("类别,活动,开始日期\n路演,桐乡纤维路演,2026-10-12\n不明,,\n"u8.ToArray()),
                "file",
                "events.csv"
            },
        };
        records = (string)(await centre.Upload("record-imports?kind=events", sheet))["id"]!;
    }

    [Test]
    public Task For_somebody_who_is_not_signed_in(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look
    ) => Clean(null, look, "/sign-in", "/set-up");

    [Test]
    public Task For_an_officer([ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look) =>
        Clean(
            "haiyan",
            look,
            "/",
            "/lists",
            "/lists?view=table",
            "/figures",
            "/report",
            "/claims",
            $"/claims/{claim}",
            $"/claims/{claim}/outcome",
            $"/claims/{claim}/receipt",
            $"/projects/{project}",
            $"/projects/{project}/edit",
            $"/projects/{ended}/fault-tolerance",
            "/account",
            "/unit-keys",
            "/disputes",
            $"/disputes/{dispute}",
            "/problems",
            "/lights",
            "/removals",
            "/due",
            "/leader-links",
            "/meetings",
            "/actions",
            "/notices",
            "/nowhere"
        );

    [Test]
    public Task For_the_centre([ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look) =>
        Clean(
            "centre2",
            look,
            "/",
            "/desk",
            "/desk?tab=reviews",
            "/desk?tab=disputes",
            "/problems",
            "/lights",
            "/removals",
            "/due",
            "/leader-links",
            "/leader-links/batches/new",
            $"/leader-links/batches/{batch}",
            "/meetings",
            $"/meetings/{meeting}",
            $"/meetings/{meeting}/wall",
            "/actions",
            $"/disputes/{dispute}",
            "/notices",
            $"/desk/reviews/{review}",
            "/imports",
            $"/imports/{import}",
            "/imports/records",
            $"/imports/records/{records}",
            "/audit/patterns",
            "/boards/wall",
            "/lists/print",
            "/figures/print",
            "/personal-data",
            "/unit-keys",
            "/rule-sets",
            "/jurisdictions",
            $"/projects/{project}"
        );

    [Test]
    public Task For_the_leader_and_the_auditor(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look,
        [Values("leader", "auditor")] string who
    ) =>
        Clean(
            who,
            look,
            who == "leader"
                ?
                [
                    "/",
                    "/figures",
                    "/due",
                    "/leader-links",
                    "/meetings",
                    $"/meetings/{meeting}",
                    "/problems",
                    "/removals",
                ]
                : ["/", "/receipts", "/audit", "/audit/patterns", "/due", "/removals"]
        );

    [Test]
    public Task For_a_department(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look
    ) => Clean("environment", look, "/", "/lists", "/figures", "/problems", "/chains", "/events", "/land", "/help");

    [Test]
    public Task For_the_administrator(
        [ValueSource(typeof(Looks), nameof(Looks.All))] (string Language, string Theme) look
    ) =>
        Clean(
            "admin",
            look,
            "/",
            "/users",
            "/api-keys",
            "/rule-sets",
            "/jurisdictions",
            "/audit",
            "/system",
            "/permissions"
        );

    [Test]
    public async Task On_a_phone_and_with_what_opens_over_a_page()
    {
        await using var person = await Person.SignsIn("haiyan", 360, 740);
        foreach (var (language, theme) in Looks.All)
        {
            await Looks.Take(person.Page, language, theme);
            await Open("/");
            await person.Page.Locator(".bar-button").First.ClickAsync();
            await Expect(person.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await Looks.Check(person.Page, $"navigation {language} {theme}");
            await person.Page.Keyboard.PressAsync("Escape");
            await person.Page.Locator(".person").ClickAsync();
            await Expect(person.Page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
            await Looks.Check(person.Page, $"menu {language} {theme}");
            await person.Page.Keyboard.PressAsync("Escape");
            await person.Page.Keyboard.PressAsync("Control+k");
            await Expect(person.Page.GetByRole(AriaRole.Combobox)).ToBeVisibleAsync();
            await Looks.Check(person.Page, $"palette {language} {theme}");
            await person.Page.Keyboard.PressAsync("Escape");
            await person.Page.Keyboard.PressAsync("?");
            await Expect(person.Page.Locator(".key-list")).ToBeVisibleAsync();
            await Looks.Check(person.Page, $"shortcuts {language} {theme}");
            await Open("/figures");
            await Expect(person.Page.Locator(".chart svg").First).ToBeVisibleAsync();
            await Looks.Check(person.Page, $"figures {language} {theme}");
        }

        async Task Open(string path)
        {
            await person.Page.GotoAsync(path);
            await person.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }
    }

    private static async Task Clean(string? who, (string Language, string Theme) look, params string[] paths)
    {
        await using var person = who is null ? await Person.Opens() : await Person.SignsIn(who);
        if (who is null)
            await person.Page.GotoAsync("/sign-in");
        await Looks.Take(person.Page, look.Language, look.Theme);
        foreach (var path in paths)
        {
            await person.Page.GotoAsync(path);
            await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await person.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Expect(person.Page.Locator(".loading")).ToHaveCountAsync(0);
            await Looks.Check(person.Page, $"{path} {look.Language} {look.Theme}");
            foreach (var width in Widths)
            {
                await person.Page.SetViewportSizeAsync(width, 860);
                // It fits as soon as the page is drawn for that width; where it never does, the page and the width are told.
                (
                    await person.Page.EvaluateAsync<bool>(
                        """
                        async width => {
                          for (const until = Date.now() + 5000; Date.now() < until; await new Promise(requestAnimationFrame))
                            if (document.documentElement.scrollWidth <= width) return true;
                          return false;
                        }
                        """,
                        width
                    )
                ).ShouldBeTrue($"{path} {look.Language} {width}");

                await Looks.NothingIsCut(person.Page, $"{path} {look.Language} {width}");

                // What is printed stands on the paper whole.
                if (width is 1280 or 1920)
                    (
                        await person.Page.EvaluateAsync<int>(
                            "Math.max(0, ...[...document.querySelectorAll('.paper')].map(paper => paper.scrollWidth - paper.clientWidth))"
                        )
                    ).ShouldBe(0, $"the paper of {path} {look.Language} {width}");
            }
        }

        person.Refused.ShouldBeEmpty("a page that is only looked at is refused nothing");
    }
}
