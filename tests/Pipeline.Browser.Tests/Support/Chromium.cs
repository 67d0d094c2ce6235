using System.Diagnostics;

namespace Pipeline.Browser.Tests.Support;

/// <summary>Finds a Chromium for the tests; installs one where that is possible; else says what to do.</summary>
public static class Chromium
{
    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "msedge",
        "microsoft-edge",
    ];

    /// <summary>The browser's executable; null: the one that Playwright installed for itself.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PIPELINE_CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named)
                ? named
                : throw new InvalidOperationException($"PIPELINE_CHROMIUM names {named}, which is not there.");
        var apt = OperatingSystem.IsLinux() && Environment.UserName == "root" && OnPath("apt-get") is not null;
        if (apt && !HasChineseFonts())
            Run("apt-get", "update", "apt-get", "install -y --no-install-recommends fonts-noto-cjk");
        if (Names.Select(OnPath).OfType<string>().FirstOrDefault() is { } found)
            return found;
        if (
            apt
            && Run("apt-get", "update", "apt-get", "install -y --no-install-recommends chromium fonts-noto-cjk")
            && OnPath("chromium") is { } installed
        )
            return installed;
        if (Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0)
            return null;
        throw new InvalidOperationException(
            "No browser for the tests: install Chromium or Chrome, or name one by PIPELINE_CHROMIUM=/path/to/chromium."
        );
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder =>
                OperatingSystem.IsWindows()
                    ? [Path.Combine(folder, name + ".exe")]
                    : new[] { Path.Combine(folder, name) }
            )
            .FirstOrDefault(File.Exists);

    private static bool HasChineseFonts()
    {
        if (OnPath("fc-list") is not { } list)
            return Directory.Exists("/usr/share/fonts/opentype/noto");
        using var process = Process.Start(new ProcessStartInfo(list, ":lang=zh-cn") { RedirectStandardOutput = true })!;
        var fonts = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return fonts.Length > 0;
    }

    private static bool Run(params string[] commands) =>
        commands
            .Chunk(2)
            .All(command =>
            {
                TestContext.Progress.WriteLine($"{command[0]} {command[1]}");
                var start = new ProcessStartInfo(command[0], command[1]) { RedirectStandardOutput = true };
                start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
                using var process = Process.Start(start)!;
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return process.ExitCode == 0;
            });
}
