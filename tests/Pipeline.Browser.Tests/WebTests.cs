using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipeline.Api;

namespace Pipeline.Browser.Tests;

/// <summary>The tests of the pages' own sources (Vitest), each counted, and their lint.</summary>
public sealed class WebTests
{
    private static readonly string Web = Path.Combine(Layout.Find().Root, "web");

    [TestCaseSource(nameof(Results))]
    public void Vitest(string status, string messages) => status.ShouldBe("passed", messages);

    [Test]
    public void The_sources_are_clean()
    {
        var (code, output) = Npm("run lint --silent");
        code.ShouldBe(0, output);
    }

    [Test]
    public void The_sources_are_formatted()
    {
        var (code, output) = Npm("run format:check --silent");
        code.ShouldBe(0, "npm run format\n" + output);
    }

    [Test]
    public void The_description_of_the_API_is_clean()
    {
        var (code, output) = Npm("run lint:api --silent");
        code.ShouldBe(0, output);
    }

    public static IEnumerable<TestCaseData> Results()
    {
        var report = Path.Combine(Directory.CreateTempSubdirectory("pipeline-vitest-").FullName, "results.json");
        var (_, output) = Npm($"test --silent -- --reporter=json --outputFile={report}");
        if (!File.Exists(report))
        {
            yield return new TestCaseData("failed", output).SetName("Vitest runs");
            yield break;
        }

        foreach (var file in JsonNode.Parse(File.ReadAllText(report))!["testResults"]!.AsArray())
        {
            var name = Path.GetRelativePath(Web, (string)file!["name"]!).Replace('\\', '/');
            var tests = file["assertionResults"]!.AsArray();
            if (tests.Count == 0)
                yield return new TestCaseData((string)file["status"]!, (string?)file["message"] ?? "").SetName(
                    $"web: {name}"
                );
            foreach (var test in tests)
                yield return new TestCaseData(
                    (string)test!["status"]!,
                    string.Join('\n', test["failureMessages"]!.AsArray().Select(message => (string)message!))
                ).SetName($"web: {name}: {test["fullName"]}".Replace('(', '[').Replace(')', ']'));
        }
    }

    private static (int Code, string Output) Npm(string arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = Web,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
