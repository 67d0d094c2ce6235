using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Data;

/// <summary>The clock of an embedded database is not believed blindly (R24).</summary>
public sealed class ClockTests
{
    [Test]
    public async Task A_wall_clock_that_jumps_stops_writing_until_it_agrees_again_for_a_minute()
    {
        using var app = new PipelineApp("sqlite");
        (await app.As("nanhu").Reports(Given.Another(0))).Is(201);
        app.Time.Jump(TimeSpan.FromSeconds(5));
        var refused = (await app.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await app.As("nanhu").Get("claims")).Is(200); // reading goes on
        app.Time.Advance(TimeSpan.FromSeconds(30));
        (await app.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        app.Time.Advance(TimeSpan.FromSeconds(31));
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
    }

    [Test]
    public async Task A_jump_of_up_to_two_seconds_is_borne()
    {
        using var app = new PipelineApp("sqlite");
        (await app.As("nanhu").Reports(Given.Another(0))).Is(201);
        app.Time.Jump(TimeSpan.FromSeconds(2));
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
    }

    [Test]
    public async Task Receipt_instants_never_go_back()
    {
        using var app = new PipelineApp("sqlite");
        var first = (await app.As("nanhu").Reports(Given.Another(0))).Is(201);
        app.Time.Jump(TimeSpan.FromSeconds(-1.5));
        var second = (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
        ((string)second["receivedAt"]!).ShouldBe((string)first["receivedAt"]!);
        ((long)second["sequence"]!).ShouldBe(2);
    }

    [Test]
    public async Task A_clock_behind_the_last_recorded_instant_settles_and_writes_nothing()
    {
        using var database = new TestDatabase("sqlite");
        var settings = new Dictionary<string, string?> { ["Demo:Register"] = "" };
        using (var app = new PipelineApp("sqlite", new FakeTime(PipelineApp.Start), database, settings))
            (await app.As("nanhu").Reports(Given.Another(0))).Is(201);

        // Another process starts on a host whose clock is an hour behind.
        var late = new FakeTime(PipelineApp.Start);
        using var other = new PipelineApp("sqlite", late, database, settings);
        late.Jump(TimeSpan.FromHours(-1));
        (await other.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        (await other.As("xiuzhou").Post("clock/confirm")).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task A_clock_that_was_ahead_and_is_put_right_serves_at_once_when_an_administrator_confirms_it()
    {
        using var database = new TestDatabase("sqlite");
        var settings = new Dictionary<string, string?> { ["Demo:Register"] = "" };
        var time = new FakeTime(PipelineApp.Start);
        using var app = new PipelineApp("sqlite", time, database, settings);
        using var other = new PipelineApp("sqlite", time, database, settings); // another process on the same host
        app.AddKey("ppl_machine", "nanhu", "projects:read");

        // A day ahead, and long enough to be believed.
        time.Jump(TimeSpan.FromDays(1));
        (await app.As("nanhu").Reports(Given.Another(0))).IsProblem(503, "clock-unreliable");
        time.Advance(TimeSpan.FromSeconds(61));
        (await app.As("nanhu").Reports(Given.Another(0))).Is(201);
        time.Jump(TimeSpan.FromDays(-1));
        foreach (var process in new[] { app, other })
        {
            (await process.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
            time.Advance(TimeSpan.FromSeconds(61)); // agreeing with the monotonic clock does not help: it is behind the record
            (await process.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        }

        // People sign in, go on and read meanwhile, machines read, and the administrator can confirm.
        var signedIn = app.Nobody();
        (await signedIn.Post("auth/token", new { username = "admin", password = PipelineApp.Password })).Is(200);
        var admin = app.With((string)(await signedIn.Post("auth/refresh")).Is(200)["accessToken"]!);
        (await app.As("nanhu").Get("claims")).Is(200);
        time.Advance(TimeSpan.FromMinutes(2)); // the use of a key is noted each minute
        (await app.With("ppl_machine").Get("projects")).Is(200);
        (await app.Nobody().Post("auth/token", new { username = "admin", password = "wrong" })).Is(401);
        (await admin.Post("clock/confirm?validateOnly=true")).Is(200);
        (await app.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        (await admin.Post("clock/confirm")).Is(204);

        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
        (await other.As("nanhu").Reports(Given.Another(2))).Is(201); // it was told by way of the database
        var entry = (await app.As("auditor").Get("audit?action=confirm-clock")).Is(200)["items"].AsArray().Single()!;
        var change = entry["changes"]!.AsArray().Single()!;
        ((string)change["before"]!).ShouldBe("2026-05-05T01:01:01.000Z");
        ((string)change["after"]!).ShouldBe("2026-05-04T01:05:03.000Z");
        ((string)entry["actor"]!["name"]!).ShouldBe("系统管理员");

        // The order of reports stands all the same: none is received before the one before it (R11).
        (await app.As("nanhu").Get("claims?sort=sequence"))
            .Is(200)["items"]
            .AsArray()
            .Select(claim => (string)claim!["receivedAt"]!)
            .ShouldBe(["2026-05-05T01:01:01.000Z", "2026-05-05T01:01:01.000Z", "2026-05-05T01:01:01.000Z"]);
    }

    [Test]
    public async Task A_clock_that_is_confirmed_and_jumps_again_is_distrusted_again()
    {
        using var app = new PipelineApp("sqlite");
        app.Time.Jump(TimeSpan.FromHours(3));
        (await app.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        (await app.As("admin").Post("clock/confirm")).Is(204);
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
        app.Time.Jump(TimeSpan.FromHours(3));
        (await app.As("nanhu").Reports(Given.Another(2))).IsProblem(503, "clock-unreliable");
        (await app.As("nanhu").Reports(Given.Another(2))).IsProblem(503, "clock-unreliable");
    }

    [Test]
    public async Task The_program_starts_with_a_clock_behind_the_record_and_serves_reads_and_the_confirmation()
    {
        using var database = new TestDatabase("sqlite");
        var settings = new Dictionary<string, string?> { ["Demo:Register"] = "" };
        using (var app = new PipelineApp("sqlite", new FakeTime(PipelineApp.Start.AddDays(1)), database, settings))
            (await app.As("nanhu").Reports(Given.Another(0))).Is(201);

        using var later = new PipelineApp("sqlite", new FakeTime(PipelineApp.Start), database, settings);
        (await later.Nobody().Get("/health/ready")).Is(200);
        (await later.As("nanhu").Get("claims")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        (await later.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        (await later.As("admin").Post("clock/confirm")).Is(204);
        (await later.As("nanhu").Reports(Given.Another(1))).Is(201);
    }

    [Test]
    public async Task An_administrator_confirms_a_jump()
    {
        using var app = new PipelineApp("sqlite");
        app.Time.Jump(TimeSpan.FromHours(3));
        (await app.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        (await app.As("admin").Post("clock/confirm")).Is(204);
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
    }
}
