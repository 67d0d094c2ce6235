using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Commands;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;
using Polly.CircuitBreaker;

namespace Pipeline.Api.Tests.Data;

/// <summary>The embedded database away in every way that a file can be: callers hear of it, nothing is stored half, and it comes back by itself.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ResilienceTests
{
    [Test]
    public async Task A_file_that_another_keeps_locked_answers_503_to_writers_lets_readers_read_and_recovers()
    {
        using var app = new PipelineApp("sqlite");
        var nanhu = app.As("nanhu");
        (await nanhu.Reports(Given.Another(0))).Is(201);
        using (var another = new SqliteConnection($"{app.Database.ConnectionString};Pooling=false"))
        {
            another.Open();
            another.Execute("BEGIN IMMEDIATE");
            var refused = await Task.WhenAll(
                Enumerable.Range(1, 20).Select(number => nanhu.Reports(Given.Another(number)))
            );
            foreach (var answer in refused)
                answer.IsProblem(503, "database-unavailable").Headers.RetryAfter.ShouldNotBeNull();
            (await nanhu.Get("claims")).Is(200)["items"].AsArray().Count.ShouldBe(1);
            (await app.Nobody().Get("/health/live")).Is(200);
        }

        (await Eventually(() => nanhu.Reports(Given.Another(1)))).Is(201);
        (await Violations(app)).ShouldBeEmpty();
    }

    [Test]
    public async Task Writers_are_turned_away_at_once_while_another_process_holds_the_lock()
    {
        using var app = new PipelineApp("sqlite");
        var database = app.Services.GetRequiredService<Database>();
        Task<DatabaseUnavailableException> Refused() =>
            Should.ThrowAsync<DatabaseUnavailableException>(() => database.Write(_ => Task.CompletedTask));
        using var another = new SqliteConnection($"{app.Database.ConnectionString};Pooling=false");
        another.Open();
        another.Execute("BEGIN IMMEDIATE");

        // One of them has the place to write and waits for the file; the others wait for the place.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Refused)));
        (await Refused()).InnerException.ShouldBeOfType<BrokenCircuitException>();
    }

    [Test]
    public async Task A_full_disk_answers_503_stores_nothing_half_and_recovers()
    {
        using var app = new PipelineApp("sqlite");
        var (nanhu, tally) = (app.As("nanhu"), new Tally(app));
        Pragma(app, "PRAGMA max_page_count = 1;"); // the engine takes what the file has already: it cannot grow
        var (number, taken) = (0, 0);
        while (true)
        {
            var before = tally.Take();
            var answer = await nanhu.Reports(Given.Another(number++));
            if (answer.Status == 503)
            {
                answer.IsProblem(503, "database-unavailable").Headers.RetryAfter.ShouldNotBeNull();
                Tally.Changes(before, tally.Take()).ShouldBeEmpty();
                break;
            }

            answer.Is(201); // there was room left inside the pages
            (++taken).ShouldBeLessThan(60);
        }

        (await nanhu.Get("claims?limit=200")).Is(200)["items"].AsArray().Count.ShouldBe(taken);
        Pragma(app, "PRAGMA max_page_count = 1073741823;");
        ((long)(await Eventually(() => nanhu.Reports(Given.Another(number)))).Is(201)["sequence"]!).ShouldBe(taken + 1);
        (await Violations(app)).ShouldBeEmpty();
    }

    [Test]
    public async Task A_file_that_became_read_only_answers_503_to_writers_and_lets_readers_read()
    {
        using var app = new PipelineApp("sqlite");
        var nanhu = app.As("nanhu");
        (await nanhu.Reports(Given.Another(0))).Is(201);
        Pragma(app, "PRAGMA query_only = ON;");
        for (var attempt = 0; attempt < 8; attempt++)
        {
            (await nanhu.Reports(Given.Another(1)))
                .IsProblem(503, "database-unavailable")
                .Headers.RetryAfter.ShouldNotBeNull();
            (await nanhu.Get("claims")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        }

        Pragma(app, "PRAGMA query_only = OFF;");
        (await Eventually(() => nanhu.Reports(Given.Another(1)))).Is(201);
    }

    [TestCase(0, "not a database")]
    [TestCase(100, "malformed")]
    public async Task The_program_does_not_start_on_a_damaged_file_and_leaves_it_as_it_is(int from, string words)
    {
        using var database = new TestDatabase("sqlite");
        using (
            new PipelineApp(
                "sqlite",
                database: database,
                settings: new Dictionary<string, string?> { ["Demo:Enabled"] = "false" }
            )
        ) { }

        SqliteConnection.ClearAllPools();
        using (var connection = new SqliteConnection($"{database.ConnectionString};Pooling=false"))
            connection.Execute("PRAGMA journal_mode = DELETE");
        var bytes = await File.ReadAllBytesAsync(database.File);
        Array.Fill(bytes, (byte)0xAA, from, 4096 - from);
        await File.WriteAllBytesAsync(database.File, bytes);

        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            WorkingDirectory = Path.GetDirectoryName(database.File),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__Pipeline"] = database.ConnectionString;
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(1, await said);
        (await complained).ShouldContain($"{database.File} is damaged");
        (await complained).ShouldContain(words);
        (await complained).ShouldNotContain("   at "); // a message, no stack trace
        (await File.ReadAllBytesAsync(database.File)).ShouldBe(bytes);
    }

    private static void Pragma(PipelineApp app, string pragma) =>
        ((SqliteDialect)app.Services.GetRequiredService<IDialect>()).MorePragmas = pragma;

    /// <summary>Asks again as long as the answer is that the database is away; callers do the same after Retry-After.</summary>
    private static async Task<Answer> Eventually(Func<Task<Answer>> ask)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (answer.Slug != "database-unavailable" || patience.Elapsed > TimeSpan.FromMinutes(1))
                return answer;
            await Task.Delay(100);
        }
    }

    private static Task<IReadOnlyList<string>> Violations(PipelineApp app) =>
        app
            .Services.GetRequiredService<Database>()
            .Read(session =>
                Invariants.Violations(
                    session,
                    app.Services.GetRequiredService<Anchors>(),
                    app.Services.GetRequiredService<RuleBooks>()
                )
            );
}
