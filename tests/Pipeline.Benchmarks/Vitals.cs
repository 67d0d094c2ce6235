using System.Text.Json;
using Microsoft.Playwright;

namespace Pipeline.Benchmarks;

/// <summary>How soon a page is there, how still it stands and how fast it answers, in Chromium: each against the emptiest document of the same server.</summary>
public static class Vitals
{
    private const string Password = "a city to be measured";

    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "msedge",
    ];

    /// <summary>One look at a page; all but <c>Cls</c> in milliseconds.</summary>
    private sealed record Look(double Fcp, double Lcp, double Cls, double Inp, double Blocked);

    /// <summary>A page, how one knows that it is there, and what one does on it first.</summary>
    private sealed record Subject(string Name, string Path, string There, Func<IPage, Task> Acts);

    private static readonly Subject Empty = new("an empty page", "/health/live", "body", page =>
        page.Mouse.ClickAsync(20, 20)
    );

    private static readonly Subject SignIn = new("sign-in", "/sign-in", "form", page =>
        page.Locator("form input").First.PressAsync("n")
    );

    private static readonly Subject[] Signed =
    [
        new("an officer's home", "/", ".pipeline", page => page.Keyboard.PressAsync("?")),
        new("the lists as a table", "/lists?view=table", ".grid tbody tr[aria-rowindex]", page =>
            page.Locator(".stage-tabs button").Nth(1).ClickAsync()
        ),
    ];

    public static async Task<Report> Pages(Options options)
    {
        if (!Directory.Exists(Path.Combine(Bench.Folder, "api", "wwwroot")))
            return new Report([], "The pages are not built: run npm ci && npm run build in web/.");
        var database = Path.Combine(Bench.Folder, "vitals.db");
        foreach (var rest in new[] { database, database + "-wal", database + "-shm" })
            File.Delete(rest);
        using var api = await Server.Api(
            database,
            new Dictionary<string, string> { ["Demo__Enabled"] = "true", ["Demo__Password"] = Password }
        );
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Installed(),
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
        // The worker that keeps the shell would make every visit a warm one.
        await using var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = api.Address.OriginalString,
                ServiceWorkers = ServiceWorkerPolicy.Block,
                ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            }
        );
        await context.AddInitScriptAsync(Observing);
        var page = await context.NewPageAsync();
        var cache = await context.NewCDPSessionAsync(page);

        var looks = new Dictionary<(string Name, bool Cold), List<(Look Subject, Look Empty)>>();
        foreach (var subjects in new Subject[][] { [SignIn], Signed })
        {
            if (subjects == Signed)
                await SignsIn(page);
            // The first round warms the server up and is not counted.
            for (var round = 0; round <= options.Rounds; round++)
            {
                foreach (var subject in subjects)
                {
                    foreach (var cold in new[] { true, false })
                    {
                        var empty = await Looked(page, cache, Empty, cold);
                        var look = await Looked(page, cache, subject, cold);
                        if (round > 0)
                            (
                                looks.TryGetValue((subject.Name, cold), out var known)
                                    ? known
                                    : looks[(subject.Name, cold)] = []
                            ).Add((look, empty));
                    }
                }
            }
        }

        return new Report(
            [.. looks.Select(each => LineOf(each.Key, each.Value))],
            "The ratio is the largest paint's; times depend on the machine, and only stillness has a bar."
        );
    }

    private static Line LineOf((string Name, bool Cold) what, List<(Look Subject, Look Empty)> looks)
    {
        double Of(Func<Look, double> part) => Report.Median(looks.Select(look => part(look.Subject)));
        double Ratio(Func<Look, double> part) =>
            Report.Median(looks.Select(look => part(look.Subject) / Math.Max(part(look.Empty), 1)));
        var cls = Of(look => look.Cls);
        return new Line(
            $"{what.Name}, {(what.Cold ? "cold" : "warm")}, against an empty page",
            Ratio(look => look.Lcp),
            "CLS <= 0.1",
            cls <= 0.1,
            new Dictionary<string, double>
            {
                ["FCP ratio"] = Ratio(look => look.Fcp),
                ["FCP ms"] = Of(look => look.Fcp),
                ["LCP ms"] = Of(look => look.Lcp),
                ["CLS"] = cls,
                ["INP ms"] = Of(look => look.Inp),
                ["blocked ms"] = Of(look => look.Blocked),
                ["empty LCP ms"] = Report.Median(looks.Select(look => look.Empty.Lcp)),
            }
        );
    }

    private static async Task<Look> Looked(IPage page, ICDPSession cache, Subject subject, bool cold)
    {
        await page.GotoAsync("about:blank");
        if (cold)
            await cache.SendAsync("Network.clearBrowserCache");
        await page.GotoAsync(subject.Path);
        await page.Locator(subject.There).First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        // The largest paint is final once somebody acts.
        await subject.Acts(page);
        var seen = await page.EvaluateAsync<JsonElement>(
            "() => new Promise(done => setTimeout(() => done(window.vitals), 300))"
        );
        double Of(string name) => seen.GetProperty(name).GetDouble();
        return new Look(Of("fcp"), Math.Max(Of("lcp"), Of("fcp")), Of("cls"), Of("inp"), Of("blocked"));
    }

    private static async Task SignsIn(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("form input").First.FillAsync("nanhu");
        await page.Locator("form input[type=password]").FillAsync(Password);
        await page.Locator("form button[type=submit]").ClickAsync();
        await page.Locator(".pipeline").WaitForAsync();
        await page.EvaluateAsync("localStorage.setItem('pipeline.tour', 'seen')");
    }

    private static string? Installed() =>
        Environment.GetEnvironmentVariable("PIPELINE_CHROMIUM") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .SelectMany(folder =>
                    Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
                )
                .FirstOrDefault(File.Exists);

    private const string Observing = """
        window.vitals = { fcp: 0, lcp: 0, cls: 0, inp: 0, blocked: 0 };
        const watch = (type, take, more) => new PerformanceObserver(list => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
        watch('paint', entry => { if (entry.name === 'first-contentful-paint') window.vitals.fcp = entry.startTime; });
        watch('largest-contentful-paint', entry => { window.vitals.lcp = entry.startTime; });
        watch('layout-shift', entry => { if (!entry.hadRecentInput) window.vitals.cls += entry.value; });
        watch('event', entry => { if (entry.interactionId) window.vitals.inp = Math.max(window.vitals.inp, entry.duration); }, { durationThreshold: 16 });
        watch('longtask', entry => { window.vitals.blocked += Math.max(0, entry.duration - 50); });
        """;
}
