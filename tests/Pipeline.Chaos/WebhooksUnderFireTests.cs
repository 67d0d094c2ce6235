using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Pipeline.Api;

namespace Pipeline.Chaos;

/// <summary>Both processes are killed while many change projects: a receiver written with the library of the standard gets each change that was acknowledged at least once, none that was not signed, and those of one project in their order.</summary>
/// <remarks><c>PIPELINE_WEBHOOKS=10000 dotnet test tests/Pipeline.Chaos</c> does so with ten thousand changes.</remarks>
public sealed class WebhooksUnderFireTests
{
    private const int Projects = 20;

    private static readonly int Changes = Environment.GetEnvironmentVariable("PIPELINE_WEBHOOKS")
        is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : 300;

    [Test]
    public async Task Each_change_arrives_signed_and_in_the_order_of_its_project_though_the_senders_are_killed()
    {
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var noted = Path.Combine(Directory.CreateTempSubdirectory("pipeline-hooks-").FullName, "noted.jsonl");
        await File.WriteAllTextAsync(noted, "");
        using var receiver = Process.Start(
            new ProcessStartInfo(
                "node",
                [Path.Combine(Layout.Find().Root, "tests", "Pipeline.Chaos", "receiver.mjs"), secret, noted]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        try
        {
            var port = await receiver.StandardOutput.ReadLineAsync();
            await using var city = await City.Start("P30D");
            var key = await city.SendsTo($"http://127.0.0.1:{port}/hook", "project.*", secret);
            var projects = new List<string>();
            for (var number = 0; number < Projects; number++)
                projects.Add(await Registered(city, number));

            var acknowledged = await ChangeAll(city, projects);
            await city.HasSentAll(key, TimeSpan.FromMinutes(2 + (Changes / 1000)));

            var came = (await File.ReadAllLinesAsync(noted)).Select(line => JsonNode.Parse(line)!).ToList();
            came.ShouldAllBe(one => (bool)one["verified"]!);
            var changes = came.Where(one => (string?)one["type"] == "project.changed").ToList();
            var told = changes.Select(one => ($"{one["subject"]}", (long)one["version"]!)).ToHashSet();
            acknowledged.Where(change => !told.Contains(change)).ShouldBeEmpty();
            acknowledged.Count.ShouldBeGreaterThanOrEqualTo(Changes);
            foreach (var subject in changes.GroupBy(one => (string)one["subject"]!))
            {
                var order = subject.Select(one => (string)one["sequence"]!).Distinct().ToList();
                order.SequenceEqual(order.Order(StringComparer.Ordinal)).ShouldBeTrue(subject.Key);
            }

            await city.KillBoth();
            var (code, text) = await city.Check();
            code.ShouldBe(0, text);
            TestContext.Out.WriteLine(
                $"{acknowledged.Count} acknowledged, {told.Count} different ones came, {changes.Count} in all"
            );
        }
        finally
        {
            receiver.Kill();
            Directory.Delete(Path.GetDirectoryName(noted)!, recursive: true);
        }
    }

    private static async Task<string> Registered(City city, int number)
    {
        var made = await city.Send(
            0,
            "nanhu",
            HttpMethod.Post,
            "projects",
            new
            {
                name = $"第{number}号示范线项目",
                industryCode = "3841",
                investors = new[]
                {
                    new
                    {
                        name = $"嘉兴第{number}储电科技有限公司",
                        country = "CN",
                        primary = true,
                    },
                },
                totalInvestment = new { amount = 30_000_000 + number, currency = "CNY" },
            }
        );
        return made is { Status: 201 }
            ? (string)made.Body!["id"]!
            : throw new InvalidOperationException($"The project was not taken: {made?.Text}");
    }

    /// <summary>Changes the projects again and again by eight callers, and kills each process once meanwhile; the subjects and versions that were acknowledged.</summary>
    private static async Task<ConcurrentBag<(string Subject, long Version)>> ChangeAll(
        City city,
        IReadOnlyList<string> projects
    )
    {
        var acknowledged = new ConcurrentBag<(string, long)>();
        var begun = 0;
        var kills = Task.CompletedTask;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async caller =>
                {
                    while (acknowledged.Count < Changes)
                    {
                        var number = Interlocked.Increment(ref begun);
                        if (number == Changes / 3 || number == 2 * Changes / 3)
                            kills = KillAfter(kills, number == Changes / 3 ? 0 : 1);
                        var answer = await city.Send(
                            city.Up(caller % 2),
                            "nanhu",
                            HttpMethod.Patch,
                            $"projects/{projects[number % Projects]}",
                            new { jobs = number },
                            ifMatch: "*"
                        );
                        if (answer is { Status: 200 })
                            acknowledged.Add(
                                ($"projects/{projects[number % Projects]}", (long)answer.Body!["version"]!)
                            );
                    }
                })
        );
        await kills;
        return acknowledged;

        async Task KillAfter(Task before, int process)
        {
            await before;
            await city.KillAndRestart(process);
        }
    }
}
