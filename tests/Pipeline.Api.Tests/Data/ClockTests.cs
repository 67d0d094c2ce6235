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
    public async Task An_administrator_confirms_a_jump()
    {
        using var app = new PipelineApp("sqlite");
        app.Time.Jump(TimeSpan.FromHours(3));
        (await app.As("nanhu").Reports(Given.Another(1))).IsProblem(503, "clock-unreliable");
        (await app.As("admin").Post("clock/confirm")).Is(204);
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
    }
}
