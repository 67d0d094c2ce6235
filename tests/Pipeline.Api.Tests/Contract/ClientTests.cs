using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Kiota.Abstractions;
using Pipeline.Api.Tests.Support;
using Pipeline.Client;
using Pipeline.Client.Models;

namespace Pipeline.Api.Tests.Contract;

/// <summary>The C# client: its quick start runs as its README shows it, and it repeats what may be repeated and nothing else.</summary>
public sealed partial class ClientTests
{
    private readonly StringWriter Console = new();

    [Test]
    public async Task The_quick_start_runs_as_it_is_written()
    {
        using var program = await ProgramProcess.Serving();
        var service = new Uri(program.Url);
        await RunQuickStart(service, await KeyOf(service));

        var lines = Console
            .ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines[0].ShouldStartWith("Active until ");
        lines[1].ShouldStartWith("400 ");
        lines.ShouldContain("氢能装备制造基地项目");
        lines[^1].ShouldStartWith("project.changed ");
    }

    [Test]
    public async Task The_quick_start_is_the_one_of_the_README()
    {
        var root = Layout.Find().Root;
        var shown = await File.ReadAllTextAsync(Path.Combine(root, "api", "Pipeline.Client", "README.md"));
        var run = await File.ReadAllTextAsync(
            Path.Combine(root, "tests", "Pipeline.Api.Tests", "Contract", "ClientTests.cs")
        );
        Trimmed(CodeShown().Match(shown).Groups[1].Value).ShouldBe(Trimmed(CodeRun().Match(run).Groups[1].Value));

        static string Trimmed(string code) =>
            string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    // The quick start.
    private async Task RunQuickStart(Uri service, string apiKey)
    {
        using var pipeline = new PipelineConnection(service, apiKey);
        var api = pipeline.Api;

        // Report a project. Sent again after a broken connection, it is still one report.
        var claim = await api.Claims.PostAsync(
            new ReportProjectRequest
            {
                Project = new ProjectBodyInput
                {
                    Name = "氢能装备制造基地项目",
                    IndustryCode = "3411",
                    Investors =
                    [
                        new InvestorBodyInput
                        {
                            Name = "上海远景氢动力装备有限公司",
                            Country = "CN",
                            Primary = true,
                        },
                    ],
                    TotalInvestment = new MoneyInput { Amount = 1_200_000_000m, Currency = MoneyInput_currency.CNY },
                },
                Contacts =
                [
                    new ReportContactInput
                    {
                        Kind = ContactKind.Visit,
                        OccurredOn = new Date(DateTime.Today),
                        Note = "赴企业总部拜访",
                    },
                ],
            }
        );
        Console.WriteLine($"{claim!.Status} until {claim.ExpiresAt:u}");

        // Change it, based on the version that was read. Null takes a fact away.
        var version = new RecordVersion();
        var project = api.Projects[claim.ProjectId];
        await project.GetAsync(request => request.Keep(version));
        await project.PatchAsync(new ProjectBodyPatch { Chain = "氢能", LandMu = null }, request =>
            request.ChangeOnly(version)
        );

        // A refusal says what is wrong, and where.
        try
        {
            await api.Projects.PostAsync(new ProjectBodyInput { Name = "只有名称的项目" });
        }
        catch (Problem problem)
        {
            Console.WriteLine($"{problem.Status} {problem.Title}");
        }

        // Everything that is seen, page by page.
        await foreach (
            var seen in Sequences.ItemsOf(
                cursor => api.Projects.GetAsync(request => request.QueryParameters.Cursor = cursor),
                page => page.Items,
                page => page.NextCursor
            )
        )
            Console.WriteLine(seen.Name);

        // What changed, and goes on changing.
        await foreach (var change in api.FollowChanges(since: "start", types: "project.*"))
        {
            Console.WriteLine($"{change.Type} {change.Subject!.Id}");
            if (change.Subject.Id == claim.ProjectId && change.Type == "project.changed")
                break;
        }
    }

    // End of the quick start.

    /// <summary>503 thrice, then success: sent four times, each time with the same key.</summary>
    [Test]
    public async Task A_report_is_sent_again_with_the_same_key()
    {
        var service = new Scripted(503, 503, 503, 201);
        using var pipeline = Connect(service);
        await pipeline.Api.Claims.PostAsync(new ReportProjectRequest());
        service.Keys.Count.ShouldBe(4);
        service.Keys.Distinct().Count().ShouldBe(1);
        Guid.TryParse(service.Keys[0], out _).ShouldBeTrue();
        service.Bodies.Distinct().Count().ShouldBe(1);
    }

    [Test]
    public async Task A_broken_connection_is_tried_again()
    {
        var service = new Scripted(0, 200);
        using var pipeline = Connect(service);
        await pipeline.Api.Projects.GetAsync();
        service.Keys.Count.ShouldBe(2);
    }

    /// <summary>Whether a change was made before its answer was lost is not known: who asked for it has to look.</summary>
    [TestCase(503)]
    [TestCase(0)]
    public async Task A_change_is_not_sent_again(int first)
    {
        var service = new Scripted(first, 200);
        using var pipeline = Connect(service);
        await Should.ThrowAsync<Exception>(() => pipeline.Api.Projects["p"].PatchAsync(new ProjectBodyPatch()));
        service.Keys.ShouldBe([""]);
    }

    [Test]
    public async Task After_429_everything_is_sent_again()
    {
        var service = new Scripted(429, 200);
        using var pipeline = Connect(service);
        await pipeline.Api.Projects["p"].PatchAsync(new ProjectBodyPatch());
        service.Keys.ShouldBe(["", ""]);
    }

    [Test]
    public async Task A_refusal_is_not_repeated_and_a_fifth_failure_is_told()
    {
        var refused = new Scripted(409);
        using (var pipeline = Connect(refused))
            (
                await Should.ThrowAsync<Problem>(() => pipeline.Api.Claims.PostAsync(new ReportProjectRequest()))
            ).Status.ShouldBe(409);
        refused.Keys.Count.ShouldBe(1);
        var away = new Scripted(503, 503, 503, 503, 503);
        using (var pipeline = Connect(away))
            (await Should.ThrowAsync<Problem>(() => pipeline.Api.Projects.GetAsync())).Status.ShouldBe(503);
        away.Keys.Count.ShouldBe(5);
    }

    [Test]
    public async Task A_change_sends_null_for_what_is_taken_away_and_nothing_for_what_stays()
    {
        var service = new Scripted(200);
        using var pipeline = Connect(service);
        await pipeline.Api.Projects["p"].PatchAsync(new ProjectBodyPatch { Chain = null, Name = "甲" });
        JsonNode.Parse(service.Bodies[0])!.ToJsonString(Json.Options).ShouldBe("""{"chain":null,"name":"甲"}""");
    }

    private static PipelineConnection Connect(HttpMessageHandler service) =>
        new(new Uri("http://pipeline.test"), "ppl_key", service);

    /// <summary>A key of a unit, made by the administrator.</summary>
    private static async Task<string> KeyOf(Uri service)
    {
        using var client = new HttpClient { BaseAddress = service };
        var signedIn = await Sent(
            HttpMethod.Post,
            "/api/v1/auth/token",
            new { username = "admin", password = PipelineApp.Password }
        );
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)signedIn["accessToken"]!);
        var units = (await Sent(HttpMethod.Get, "/api/v1/jurisdictions", null))["items"]!.AsArray();
        var unit = units.Single(unit => (string)unit!["code"]! == "nanhu")!;
        var key = await Sent(
            HttpMethod.Post,
            "/api/v1/api-keys",
            new
            {
                name = "CRM",
                scopes = new[] { "projects:read", "projects:write", "claims:write" },
                jurisdictionId = (string)unit["id"]!,
            }
        );
        return (string)key["secret"]!;

        async Task<JsonNode> Sent(HttpMethod method, string path, object? body)
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var answer = (await client.SendAsync(request)).EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        }
    }

    /// <summary>A service that answers as it is told: a status, or 0 for a broken connection. `Retry-After: 0` keeps the tests from waiting.</summary>
    private sealed class Scripted(params int[] answers) : HttpMessageHandler
    {
        public List<string> Keys { get; } = [];
        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var status = answers[Keys.Count];
            Keys.Add(request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : "");
            Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            if (status == 0)
                throw new HttpRequestException("broken");
            var answer = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StringContent(
                    status < 400 ? "{}" : $$"""{"type":"about:blank","title":"x","status":{{status}}}""",
                    System.Text.Encoding.UTF8,
                    status < 400 ? "application/json" : "application/problem+json"
                ),
            };
            answer.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.Zero);
            return answer;
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeShown();

    [GeneratedRegex(
        @"// The quick start\.\n.*?string apiKey\)\n    \{\n(.*?)\n    \}\n\n    // End of the quick start\.",
        RegexOptions.Singleline
    )]
    private static partial Regex CodeRun();
}
