using System.Diagnostics;

namespace Pipeline.Architecture.Tests;

/// <summary>The formatter decides how the sources look.</summary>
public sealed class FormatTests
{
    [Test]
    public void The_sources_are_formatted()
    {
        Run("tool restore");
        Run("csharpier check .");
    }

    private static void Run(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Api.Layout.Find().Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"dotnet csharpier format .\n{output}{errors.Result}");
    }
}
