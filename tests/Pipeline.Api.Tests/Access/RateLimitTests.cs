using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Access;

/// <summary>Limits per caller and per address, with the headers of the IETF draft. The clock is the test's: a window ends when it says so.</summary>
public sealed class RateLimitTests
{
    private static PipelineApp App() =>
        new(
            "sqlite",
            settings: new Dictionary<string, string?>
            {
                ["RateLimit:Enabled"] = "true",
                ["RateLimit:PerSecond"] = "3",
                ["RateLimit:SignInsPerMinute"] = "2",
                ["RateLimit:StrangersPerMinute"] = "4",
            }
        );

    [Test]
    public async Task A_caller_gets_so_many_requests_a_second()
    {
        using var app = App();
        var first = (await app.As("nanhu").Get("me")).Is(200);
        first.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"caller\";q=3;w=1");
        first.Headers.GetValues("RateLimit").Single().ShouldBe("\"caller\";r=2;t=1");
        (await app.As("nanhu").Get("me")).Is(200);
        (await app.As("nanhu").Get("me"))
            .Is(200)
            .Headers.GetValues("RateLimit")
            .Single()
            .ShouldBe("\"caller\";r=0;t=1");
        var refused = (await app.As("nanhu").Get("me")).IsProblem(429, "rate-limited");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await app.As("xiuzhou").Get("me")).Is(200); // each for itself
        app.Time.Advance(TimeSpan.FromSeconds(1));
        (await app.As("nanhu").Get("me")).Is(200);
    }

    [Test]
    public async Task Instances_share_what_a_caller_may_ask()
    {
        using var app = App();
        var presence = app.Services.GetRequiredService<Presence>();
        app.Sql(connection =>
            connection.Execute(
                "INSERT INTO instances (id, host, program, knows, started_at, seen_at) VALUES ('b', 'other', '1', '9999', @Start, @Start), ('c', 'gone', '1', '9999', @Long, @Long)",
                new { PipelineApp.Start, Long = PipelineApp.Start.AddSeconds(-91) }
            )
        );
        (await presence.Tell()).ShouldBeTrue();
        presence.Count.ShouldBe(2); // this one and the other; the third has been silent for too long

        // Of three a second for both, one is this instance's; what a caller may go on with is told for both.
        var first = (await app.As("nanhu").Get("me")).Is(200);
        first.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"caller\";q=3;w=1");
        first.Headers.GetValues("RateLimit").Single().ShouldBe("\"caller\";r=0;t=1");
        (await app.As("nanhu").Get("me")).IsProblem(429, "rate-limited");
        app.Time.Advance(TimeSpan.FromSeconds(16));
        await presence.Tell();
        presence.Count.ShouldBe(1);
    }

    [Test]
    public async Task An_address_gets_so_many_attempts_to_sign_in_a_minute()
    {
        using var app = App();
        Task<Answer> SignIn(string name) =>
            app.Nobody().Post("auth/token", new { username = name, password = PipelineApp.Password });
        (await SignIn("nanhu")).Is(200).Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"sign-in\";q=2;w=60");
        (await SignIn("nobody")).Is(401);
        (await SignIn("xiuzhou")).IsProblem(429, "rate-limited");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        (await SignIn("xiuzhou")).Is(200);
    }

    [Test]
    public async Task Strangers_behind_an_address_take_nothing_from_the_callers_there()
    {
        using var app = App();
        app.AddKey("ppl_machine", "nanhu", "projects:read");
        foreach (var number in Enumerable.Range(0, 20))
            (await (number % 2 == 0 ? app.Nobody() : app.With("ppl_guessed")).Get("me")).Status.ShouldBe(
                number < 4 ? 401 : 429
            );
        (await app.As("nanhu").Get("me")).Is(200);
        (await app.As("nanhu").Reports(Given.Project())).Is(201);
        (await app.With("ppl_machine").Get("me")).Is(200);
        (await app.With("ppl_guessed").Get("me")).IsProblem(429, "rate-limited");

        // What is not heard is not written down either: else strangers could fill the record.
        (await app.As("auditor").Get("audit?action=key-refused")).Is(200)["items"].AsArray().Count.ShouldBe(2);
    }

    [Test]
    public async Task An_address_without_a_caller_is_not_heard_for_ever()
    {
        using var app = App();
        foreach (var _ in Enumerable.Range(0, 4))
            (await app.With("ppl_guessed").Get("me")).IsProblem(401, "unauthenticated");
        (await app.With("ppl_guessed").Get("me")).IsProblem(429, "rate-limited");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        (await app.With("ppl_guessed").Get("me")).IsProblem(401, "unauthenticated");
    }
}
