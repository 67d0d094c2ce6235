using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Pipeline.Api.Features.Service;
using Pipeline.Browser.Tests.Support;

namespace Pipeline.Browser.Tests;

/// <summary>The program as a newcomer starts it: a process of its own, a fresh database with the demo city, a real browser before it.</summary>
[SetUpFixture]
public sealed class City
{
    public const string Password = "demo-for-the-tests";

    private static readonly string Folder = Directory.CreateTempSubdirectory("pipeline-browser-").FullName;
    private static Process? program;
    private static IPlaywright? playwright;

    public static string Url { get; private set; } = "";

    public static IBrowser Browser { get; private set; } = null!;

    /// <summary>Where screenshots go: <c>artifacts/screens</c>.</summary>
    public static string Screens { get; } = Directory.CreateDirectory(Path.Combine(Layout.Find().Root, "artifacts", "screens")).FullName;

    [OneTimeSetUp]
    public async Task Start()
    {
        Url = $"http://localhost:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Url,
            ["Demo__Password"] = Password,
            ["RateLimit__Enabled"] = "false",
        })
        {
            start.Environment[name] = value;
        }

        program = Process.Start(start)!;
        var output = new System.Text.StringBuilder();
        program.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        program.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        using var client = new HttpClient();
        var patience = Stopwatch.StartNew();
        while (!await Ready(client))
        {
            if (program.HasExited || patience.Elapsed > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException($"The program did not become ready:\n{output}");
            await Task.Delay(100);
        }

        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Find(),
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
        if (program is not null)
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
            program.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<bool> Ready(HttpClient client)
    {
        try
        {
            return (await client.GetAsync($"{Url}/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A person at a browser. What the console complains of, or the page's policy forbids, fails the test at the end.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private string name = "somebody";

    private Person(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A refused request is answered to the page, which shows it; the browser's own note of it is no error of the page.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public static async Task<Person> Opens(int width = 1280, int height = 860, string locale = "zh-CN")
    {
        var context = await City.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = City.Url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = locale,
            TimezoneId = "America/New_York", // times are the city's wherever the browser is
        });
        context.SetDefaultTimeout(20_000);
        return new Person(context, await context.NewPageAsync());
    }

    public static async Task<Person> SignsIn(string username, int width = 1280, int height = 860)
    {
        var person = await Opens(width, height);
        person.name = username;
        await person.Page.GotoAsync("/");
        await person.Page.GetByLabel("用户名").FillAsync(username);
        await person.Page.GetByLabel("密码", new() { Exact = true }).FillAsync(City.Password);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("您好");
        return person;
    }

    public Task Shot(string name, bool fullPage = true) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(City.Screens, name + ".png"), FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });

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
        await Shot($"last-{TestContext.CurrentContext.Test.MethodName}-{name}");
        await context.DisposeAsync();
        complaints.ShouldBeEmpty();
    }
}
