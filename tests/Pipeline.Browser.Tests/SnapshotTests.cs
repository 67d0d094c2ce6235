using Microsoft.Playwright;
using Pipeline.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>The key pages look as they did, on a phone, a desk and a wall: a city that no other story touches, and nothing in the picture that goes on by itself.</summary>
public sealed class SnapshotTests
{
    private static readonly (int Width, int Height)[] Screens = [(360, 740), (1280, 860), (2560, 1300)];

    private static RunningProgram program = null!;
    private static Snapshots snapshots = null!;
    private static string project = "",
        review = "";

    [OneTimeSetUp]
    public async Task Make_a_city_that_stays_as_it_is()
    {
        program = await RunningProgram.Start();
        snapshots = await Snapshots.In(await City.OwnBrowser());
        using var haining = await Caller.As("haining", program.Url);
        project = (string)(await haining.Reports("智能电网装备基地项目", "海宁电网装备有限公司", "3821"))["projectId"]!;
        await haining.Signs("经编面料研发中心项目", "海宁经编有限公司");
        using var tongxiang = await Caller.As("tongxiang", program.Url);
        review = (string)
            (await tongxiang.Reports("电网装备培训学院", "海宁电网装备有限公司", "8391", 2_600_000_000m))["id"]!;
    }

    [OneTimeTearDown]
    public async Task Leave() => await program.DisposeAsync();

    [Test]
    public async Task Signing_in()
    {
        await using var person = await Person.Opens(at: program.Url);
        await person.Page.GotoAsync("/sign-in");
        await Compare(person, "sign-in", "/sign-in");
    }

    [TestCase("leader", "home-leader", "/")]
    [TestCase("haining", "home-officer", "/")]
    [TestCase("haining", "lists-board", "/lists?view=board")]
    [TestCase("haining", "lists-table", "/lists?view=table")]
    [TestCase("haining", "project", "/projects/{project}")]
    [TestCase("haining", "report", "/report")]
    [TestCase("centre", "review", "/desk/reviews/{review}")]
    [TestCase("leader", "figures", "/figures")]
    [TestCase("centre", "scores", "/scores?period=2024")]
    [TestCase("centre", "score-models", "/score-models")]
    public async Task A_page(string who, string name, string path)
    {
        await using var person = await Person.SignsIn(who, at: program.Url);
        await Compare(
            person,
            name,
            path.Replace("{project}", project, StringComparison.Ordinal)
                .Replace("{review}", review, StringComparison.Ordinal)
        );
    }

    private static async Task Compare(Person person, string name, string path)
    {
        var page = person.Page;
        await Looks.Take(page, "zh-CN", "light");
        await page.EvaluateAsync("localStorage.setItem('pipeline.tour', 'seen')");
        await Assert.MultipleAsync(async () =>
        {
            foreach (var (width, height) in Screens)
            {
                await page.SetViewportSizeAsync(width, height);
                await page.GotoAsync(path);
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                await Expect(page.Locator(".loading")).ToHaveCountAsync(0);
                if (name == "figures")
                    await Expect(page.Locator(".chart svg").First).ToBeVisibleAsync();
                // Dates and clocks keep their place and are not seen, nor are the charts whose axis is time; what the year has come to is another picture each month and left out; no field has the focus.
                await page.AddStyleTagAsync(
                    new PageAddStyleTagOptions
                    {
                        Content =
                            "time, time * { color: transparent !important; } .panel:has(.headline) { display: none; } .figures > :is(:nth-child(2), :nth-child(n+5)) .chart { visibility: hidden; }",
                    }
                );
                await page.EvaluateAsync(
                    "async () => { document.activeElement?.blur(); await document.fonts.ready; await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }"
                );
                await snapshots.Compare(page, $"{name}-{width}");
            }
        });
    }
}
