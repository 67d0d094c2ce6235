using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Pipeline.Api.Tests.Support;

/// <summary>A real OpenID provider in a process of its own (tests/oidc-provider), started once for all tests and ended with them.</summary>
public sealed class OidcProvider : IDisposable
{
    /// <summary>The secret of the client <c>pipeline</c>; <c>pipeline-public</c> has none.</summary>
    public const string Secret = "a secret: with/special+signs & 50%";

    private static readonly Lazy<OidcProvider> TheOne = new(() => new OidcProvider());

    /// <summary>People by what they sign in as there; two of them with one sub are one person at different times.</summary>
    private static readonly Dictionary<string, object> People = new()
    {
        ["nanhu"] = new { sub = "s-nanhu", preferred_username = "nanhu" },
        ["nanhu, renamed"] = new { sub = "s-nanhu", preferred_username = "centre" },
        ["another nanhu"] = new { sub = "s-other", preferred_username = "nanhu" },
        ["xiuzhou"] = new
        {
            sub = "s-xiuzhou",
            preferred_username = "xiuzhou",
            groups = new[] { "staff" },
            unit = "xiuzhou",
        },
        ["admin"] = new { sub = "s-admin", preferred_username = "admin" },
        ["newcomer"] = new
        {
            sub = "s-new",
            preferred_username = "wanglin",
            name = "王琳",
            groups = new[] { "staff", "officers" },
            unit = "xiuzhou",
        },
        ["newcomer, promoted"] = new
        {
            sub = "s-new",
            preferred_username = "wanglin",
            name = "王琳",
            groups = new[] { "staff", "centre" },
            unit = "xiuzhou",
        },
        ["newcomer, moved"] = new
        {
            sub = "s-new",
            preferred_username = "wanglin",
            name = "王琳",
            groups = new[] { "officers" },
            unit = "nanhu",
        },
        ["newcomer, of both groups"] = new
        {
            sub = "s-new",
            preferred_username = "wanglin",
            name = "王琳",
            groups = new[] { "officers", "centre" },
            unit = "xiuzhou",
        },
        ["newcomer, without groups"] = new
        {
            sub = "s-new",
            preferred_username = "wanglin",
            name = "王琳",
        },
        ["officer of nowhere"] = new
        {
            sub = "s-nowhere",
            preferred_username = "nowhere",
            groups = new[] { "officers" },
            unit = "atlantis",
        },
        ["odd name"] = new
        {
            sub = "s-odd",
            preferred_username = "-odd name",
            groups = new[] { "centre" },
        },
    };

    private readonly Process process;

    private OidcProvider()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            folder = folder.Parent;
        var start = new ProcessStartInfo(
            "node",
            [Path.Combine(folder!.FullName, "tests", "oidc-provider", "provider.mjs"), "0"]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OIDC_ACCOUNTS"] = JsonSerializer.Serialize(People);
        var said = new List<string?>();
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException(
                "The tests of single sign-on start an OpenID provider with node, which is not on the PATH: install Node 20 or later.",
                error
            );
        }

        process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
                said.Add(line.Data);
        };
        process.BeginErrorReadLine();
        if (process.StandardOutput.ReadLine() is not { } ready || !ready.StartsWith("ready ", StringComparison.Ordinal))
        {
            process.WaitForExit();
            throw new InvalidOperationException($"The OpenID provider did not start: {string.Join('\n', said)}");
        }

        Issuer = ready["ready ".Length..];
    }

    public static OidcProvider Started => TheOne.Value;

    public string Issuer { get; }

    public static void Stop()
    {
        if (TheOne.IsValueCreated)
            TheOne.Value.Dispose();
    }

    /// <summary>A browser without cookies signs somebody in there; the path by which it comes back. Nobody: the sign-in is declined.</summary>
    public static async Task<string> SignsIn(Uri authorization, string? who)
    {
        using var browser = new HttpClient(
            new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }
        );
        var next = who is null ? authorization : new Uri($"{authorization}&login_hint={Uri.EscapeDataString(who)}");
        while (next.Authority == authorization.Authority)
        {
            using var response = await browser.GetAsync(next);
            next = new Uri(
                next,
                response.Headers.Location
                    ?? throw new AssertionException(
                        $"{next} answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
                    )
            );
        }

        return next.PathAndQuery;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
