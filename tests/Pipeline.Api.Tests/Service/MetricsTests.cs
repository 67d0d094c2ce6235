using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Observability;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Service;

/// <summary>What the program tells of itself, to who may ask.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed partial class MetricsTests
{
    private const string Token = "a token that scrapers know";

    [Test]
    public async Task Metrics_tell_of_requests_reports_commits_and_queues_to_who_knows_the_token()
    {
        using var app = App(Token);
        (await app.As("nanhu").Reports(Given.Project())).Is(201);
        (await app.As("xiuzhou").Reports(Given.Project())).Is(201);
        await app.Services.GetRequiredService<QueueLengths>().Look();
        var told = await Scrape(app, Token);
        told.Status.ShouldBe(200);
        foreach (
            var series in new[]
            {
                "http_server_request_duration_seconds_count",
                "pipeline_commit_duration_seconds_count",
                "le=\"0.005\"", // durations are in seconds, and so are their steps
                "dotnet_gc_collections_total",
            }
        )
            told.Text.ShouldContain(series);
        Value(told.Text, "pipeline_reports_total", "status=\"active\"").ShouldBeGreaterThanOrEqualTo(1);
        Value(told.Text, "pipeline_reports_total", "status=\"queued\"").ShouldBeGreaterThanOrEqualTo(1);
        Value(told.Text, "pipeline_queue_length", "queue=\"claims\"").ShouldBe(1);
        told.Text.ShouldNotContain("氢能");
    }

    [Test]
    public async Task A_write_that_keeps_others_waiting_is_told_with_its_request()
    {
        using var app = App(Token);
        var database = app.Services.GetRequiredService<Database>();
        database.HeldLong.ShouldNotBeNull("the log is told");
        var told = new ConcurrentQueue<string?>();
        database.HeldLong = (request, time) => told.Enqueue(time >= TimeSpan.Zero ? request : "");
        database.LongWrite = TimeSpan.FromHours(1);
        (await app.As("nanhu").Reports(Given.Project())).Is(201);
        told.ShouldBeEmpty();
        database.LongWrite = TimeSpan.Zero;
        (await app.As("xiuzhou").Reports(Given.Project())).Is(201);
        told.ShouldContain("POST /api/v1/claims");
        (await Scrape(app, Token)).Text.ShouldContain("pipeline_write_duration_seconds_count");
    }

    [TestCase(null)]
    [TestCase("another token of some length")]
    public async Task Metrics_are_told_to_nobody_else(string? token)
    {
        using var app = App(Token);
        var answer = await Scrape(app, token);
        answer.Status.ShouldBe(401);
        answer.Text.ShouldNotContain("pipeline_");
    }

    /// <summary>Dashboard and alerts ask for what is told; a name that nobody tells would be a panel that stays empty, and an alert that never comes.</summary>
    [TestCase("dashboard.json")]
    [TestCase("alerts.yaml")]
    public async Task The_dashboard_and_the_alerts_ask_for_series_that_there_are(string file)
    {
        using var app = App(Token);
        (await app.As("nanhu").Reports(Given.Project())).Is(201);
        await Backups.Record(app.Services.GetRequiredService<Database>(), app.Database.File);
        await app.Services.GetRequiredService<QueueLengths>().Look();
        app.Services.GetRequiredService<Workers.WorkerStates>().Succeeded("SettleInTheBackground", PipelineApp.Start);
        var told = (await Scrape(app, Token)).Text;
        var asked = Expressions(file)
            .SelectMany(line => Series().Matches(line).Select(match => match.Value))
            .Distinct()
            .ToList();
        asked.Count.ShouldBeGreaterThan(6);

        // These begin with the first mail, and the first claim that changes.
        asked
            .Except(["pipeline_mails_total", "pipeline_claim_changes_total"])
            .Where(series => !told.Contains($"# TYPE {Family(series)} ", StringComparison.Ordinal))
            .ShouldBeEmpty();

        // Each queue that is named is one.
        foreach (Match queue in Queue().Matches(string.Join(' ', Expressions(file))))
            told.ShouldContain(queue.Value);
    }

    private static IEnumerable<string> Expressions(string file)
    {
        var text = File.ReadAllText(Path.Combine(Layout.Find().Root, "docs", file));
        return file.EndsWith(".json", StringComparison.Ordinal)
            ? JsonNode.Parse(text)!["panels"]!
                .AsArray()
                .SelectMany(panel => panel!["targets"]!.AsArray())
                .Select(target => (string)target!["expr"]!)
            : text.Split('\n')
                .Where(line => line.TrimStart().StartsWith("expr: ", StringComparison.Ordinal))
                .Select(line => line.TrimStart()["expr: ".Length..]);
    }

    /// <summary>The name under which a series is announced.</summary>
    private static string Family(string series)
    {
        foreach (var end in new[] { "_bucket", "_count", "_sum" })
        {
            if (series.EndsWith(end, StringComparison.Ordinal))
                return series[..^end.Length];
        }

        return series;
    }

    [GeneratedRegex("queue=\"[a-z]+\"")]
    private static partial Regex Queue();

    [GeneratedRegex("(?:http_server|pipeline)_[a-z_]+")]
    private static partial Regex Series();

    [Test]
    public async Task Without_a_token_there_are_no_metrics()
    {
        using var app = App(null);
        (await Scrape(app, null)).Text.ShouldNotContain("# TYPE");
    }

    [Test]
    public void A_token_that_could_be_guessed_is_refused_at_the_start() =>
        Should.Throw<InvalidOperationException>(() => App("short").Nobody()).Message.ShouldContain("Metrics:Token");

    private static PipelineApp App(string? token) =>
        new("sqlite", settings: new Dictionary<string, string?> { ["Metrics:Token"] = token });

    private static async Task<(int Status, string Text)> Scrape(PipelineApp app, string? token)
    {
        using var client = app.Client();
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync("/metrics");
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static double Value(string text, string series, string label) =>
        double.Parse(
            text.Split('\n')
                .Single(line =>
                    line.StartsWith(series, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)
                )
                .Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
}
