using System.Diagnostics;
using System.Text.RegularExpressions;
using Pipeline.Api;
using Pipeline.Browser.Tests.Support;

namespace Pipeline.Browser.Tests;

/// <summary>The TypeScript client, built as integrators get it: its quick start does what it says.</summary>
public sealed partial class TypeScriptClientTests
{
    private static readonly string Folder = Path.Combine(Layout.Find().Root, "web", "client");

    [Test]
    public async Task The_quick_start_runs_as_it_is_written()
    {
        var (built, said) = await Run("npm", ["run", "build", "--silent"]);
        built.ShouldBe(0, said);
        await using var program = await RunningProgram.Start();
        using var admin = await Caller.As("admin", program.Url);
        var units = (await admin.Get("jurisdictions"))["items"]!.AsArray();
        var key = await admin.Post(
            "api-keys",
            new
            {
                name = "CRM",
                scopes = new[] { "projects:read", "projects:write", "claims:write" },
                jurisdictionId = (string)units.Single(unit => (string)unit!["code"]! == "nanhu")!["id"]!,
            }
        );

        var (code, output) = await Run(
            "node",
            ["quick-start.mjs"],
            ("PIPELINE_URL", program.Url),
            ("PIPELINE_KEY", (string)key["secret"]!)
        );

        code.ShouldBe(0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("active until 20");
        lines[1].ShouldStartWith("412 ");
        lines.ShouldContain("氢能装备制造基地项目");
        lines[^1].ShouldStartWith("project.changed ");
    }

    [Test]
    public async Task The_quick_start_is_the_one_of_the_README()
    {
        var shown = Code().Match(await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"))).Groups[1].Value;
        shown.ShouldBe(await File.ReadAllTextAsync(Path.Combine(Folder, "quick-start.mjs")));
    }

    private static async Task<(int Code, string Output)> Run(
        string program,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(
            program == "npm" && OperatingSystem.IsWindows() ? "npm.cmd" : program,
            arguments
        )
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex("```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
