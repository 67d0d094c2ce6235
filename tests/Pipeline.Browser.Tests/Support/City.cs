using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pipeline.Api;
using Pipeline.Browser.Tests.Support;

namespace Pipeline.Browser.Tests;

/// <summary>The program as a newcomer starts it: a process of its own, a fresh database with the demo city, a real browser before it.</summary>
[SetUpFixture]
public sealed class City
{
    public const string Password = "demo-for-the-tests";

    private static readonly ConcurrentDictionary<string, Lazy<Task<(IPlaywright Driver, IBrowser Browser)>>> Browsers =
        new();
    private static readonly Lazy<string?> Executable = new(Chromium.Find);
    private static RunningProgram? program;

    public static string Url => program!.Url;

    /// <summary>The browser of the worker that runs the test: what drives one may not be called by two at once.</summary>
    public static async Task<IBrowser> OwnBrowser() =>
        (
            await Browsers
                .GetOrAdd(TestContext.CurrentContext.WorkerId ?? "", _ => new Lazy<Task<(IPlaywright, IBrowser)>>(
                    Launch
                ))
                .Value
        ).Browser;

    /// <summary>Where screenshots go: <c>artifacts/screens</c>.</summary>
    public static string Screens { get; } =
        Directory.CreateDirectory(Path.Combine(Layout.Find().Root, "artifacts", "screens")).FullName;

    [OneTimeSetUp]
    public async Task Start()
    {
        program = await RunningProgram.Start();
        // A busy machine takes its time.
        Assertions.SetDefaultExpectTimeout(20_000);
    }

    private static async Task<(IPlaywright, IBrowser)> Launch()
    {
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable.Value,
                Headless = true,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        return (driver, browser);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var started in Browsers.Values)
        {
            var (driver, browser) = await started.Value;
            await browser.DisposeAsync();
            driver.Dispose();
        }

        if (program is not null)
            await program.DisposeAsync();
        RunningProgram.ForgetCity();
    }
}

/// <summary>A person at a browser. What the console complains of, or the page's policy forbids, fails the test at the end.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly List<string> refused = [];

    private string name = "somebody";

    private Person(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A refused request is answered to the page, which shows it; the browser's own note of it is no error of the page.
            if (
                message.Type is "error" or "warning"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            )
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                refused.Add($"{response.Status} {response.Request.Method} {new Uri(response.Url).PathAndQuery}");
        };
    }

    public IPage Page { get; }

    /// <summary>The calls that were refused: each is a line in the browser's console, so a page that is only looked at makes none.</summary>
    public IReadOnlyList<string> Refused => refused;

    public static async Task<Person> Opens(
        int width = 1280,
        int height = 860,
        string locale = "zh-CN",
        string? at = null
    )
    {
        var browser = await City.OwnBrowser();
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = at ?? City.Url,
                ViewportSize = new ViewportSize { Width = width, Height = height },
                Locale = locale,
                TimezoneId = "America/New_York", // times are the city's wherever the browser is
            }
        );
        context.SetDefaultTimeout(20_000);
        return new Person(context, await context.NewPageAsync());
    }

    public static async Task<Person> SignsIn(string username, int width = 1280, int height = 860, string? at = null)
    {
        var person = await Opens(width, height, at: at);
        person.name = username;
        await person.Page.GotoAsync("/");
        await person.Page.GetByLabel("用户名").FillAsync(username);
        await person.Page.GetByLabel("密码", new() { Exact = true }).FillAsync(City.Password);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Assertions
            .Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("您好");
        return person;
    }

    public Task Shot(string name, bool fullPage = true) =>
        Page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = Path.Combine(City.Screens, name + ".png"),
                FullPage = fullPage,
                Animations = ScreenshotAnimations.Disabled,
            }
        );

    /// <summary>Chooses from a list that opens.</summary>
    public async Task Chooses(ILocator combobox, string option, string? typed = null)
    {
        await combobox.ClickAsync();
        if (typed is not null)
            await combobox.FillAsync(typed);
        await Page.Locator(".ant-select-item-option").Filter(new() { HasText = option }).First.ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // What the page looked like when a test ended; the last thing to look at where one failed.
        var test = Regex.Replace(TestContext.CurrentContext.Test.Name, @"\W+", "-").Trim('-');
        await Shot($"last-{test}-{name}");
        await context.DisposeAsync();
        complaints.ShouldBeEmpty();
    }
}
