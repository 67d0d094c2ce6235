using System.Diagnostics;
using System.Text.RegularExpressions;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>The quick start of docs/api.md does what it says, block by block, as a reader would paste it into a shell.</summary>
public sealed partial class QuickStartTests
{
    [Test]
    public async Task The_quick_start_runs_as_it_is_written()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Layout.Find().Root, "docs", "api.md"));
        var blocks = Blocks().Matches(document).Select(match => match.Groups[1].Value).ToList();
        blocks.Count.ShouldBeGreaterThan(4);
        using var program = await ProgramProcess.Serving();
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", string.Join('\n', blocks)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["api"] = $"{program.Url}/api/v1", ["password"] = PipelineApp.Password },
        };
        using var shell = Process.Start(start)!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, await output + await errors);
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.ShouldBe([
            "nanhu",
            "active",
            "428",
            "200",
            "412",
            "1 created 201",
            "2 refused 400",
            "1 unchanged 200",
            "2 refused 400",
            "1",
        ]);
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
