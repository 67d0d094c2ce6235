using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Commands;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>Two processes on one embedded database, whose clocks disagree and are set forwards and back (R24).</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DisagreeingClocksTests
{
    private static readonly Dictionary<string, string?> Empty = new() { ["Demo:Register"] = "" };

    private readonly TestDatabase database = new("sqlite");
    private readonly PipelineApp[] processes = new PipelineApp[2];
    private DateTimeOffset last = DateTimeOffset.MinValue;
    private int reports;

    [SetUp]
    public void Start()
    {
        processes[0] = new PipelineApp("sqlite", new FakeTime(PipelineApp.Start), database, Empty);
        processes[1] = new PipelineApp("sqlite", new FakeTime(PipelineApp.Start), database, Empty);
    }

    [TearDown]
    public void Stop()
    {
        foreach (var process in processes)
            process.Dispose();
        database.Dispose();
    }

    [Test]
    public async Task Clocks_less_than_two_seconds_apart_give_receipts_in_order()
    {
        processes[1].Time.Jump(TimeSpan.FromSeconds(1.5));
        await Taken(1);
        (await Taken(0)).ShouldBe(PipelineApp.Start.AddSeconds(1.5)); // the last received, not its own clock
        Pass(TimeSpan.FromSeconds(1));
        (await Taken(0)).ShouldBe(PipelineApp.Start.AddSeconds(1.5));
        (await Taken(1)).ShouldBe(PipelineApp.Start.AddSeconds(2.5));
    }

    [Test]
    public async Task A_process_whose_clock_was_set_ahead_by_weeks_writes_and_settles_nothing_while_the_other_goes_on()
    {
        await Taken(0);
        processes[1].Time.Jump(TimeSpan.FromDays(40)); // the window of a month would be over
        await Refused(1);
        (await processes[1].As("nanhu").Get("claims?status=active")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        (await processes[1].As("nanhu").Get("claims?status=expired")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Taken(0)).ShouldBe(PipelineApp.Start);

        processes[1].Time.Jump(TimeSpan.FromDays(-40)); // set right again: trusted after a minute in which it agrees
        await Refused(1);
        Pass(TimeSpan.FromSeconds(59));
        await Refused(1);
        Pass(TimeSpan.FromSeconds(2));
        (await Taken(1)).ShouldBe(PipelineApp.Start.AddSeconds(61));
        (await processes[0].As("nanhu").Get("claims?status=active")).Is(200)["items"].AsArray().Count.ShouldBe(3);
    }

    [Test]
    public async Task A_process_whose_clock_was_put_back_by_hours_writes_nothing_however_long_it_stays_behind()
    {
        await Taken(0);
        processes[1].Time.Jump(TimeSpan.FromHours(-2));
        await Refused(1);
        Pass(TimeSpan.FromMinutes(5));
        await Taken(0);
        await Refused(1);
        Pass(TimeSpan.FromMinutes(5));
        await Refused(1);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Whatever_the_clocks_do_receipts_stay_in_order_and_a_jump_is_noticed_at_once(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 25; step++)
        {
            var who = random.Next(2);
            switch (random.Next(4))
            {
                case 0:
                    processes[who].Time.Jump(TimeSpan.FromHours(random.Next(1, 30) * (random.Next(2) == 0 ? 1 : -1)));
                    await Refused(who);
                    break;
                case 1:
                    Pass(TimeSpan.FromSeconds(random.Next(1, 100)));
                    break;
                default:
                    await Tried(who);
                    break;
            }
        }

        (
            await processes[0]
                .Services.GetRequiredService<Database>()
                .Read(session =>
                    Invariants.Violations(
                        session,
                        processes[0].Services.GetRequiredService<Anchors>(),
                        processes[0].Services.GetRequiredService<RuleBooks>()
                    )
                )
        ).ShouldBeEmpty();
    }

    /// <summary>Time passes for both; what their clocks show is another matter.</summary>
    private void Pass(TimeSpan time)
    {
        foreach (var process in processes)
            process.Time.Advance(time);
    }

    private async Task<DateTimeOffset> Taken(int who)
    {
        (await Tried(who)).ShouldBeTrue();
        return last;
    }

    private async Task Refused(int who) => (await Tried(who)).ShouldBeFalse();

    /// <summary>Reports something new; whether it was taken. Taken, it has the next number and an instant not before the last one.</summary>
    private async Task<bool> Tried(int who)
    {
        // The contact is dated ahead of nobody's clock and is old for nobody's.
        var answer = await processes[who].As("nanhu").Reports(Given.Another(reports), Given.Contacts("2026-04-25"));
        if (answer.Status == 503)
        {
            answer.IsProblem(503, "clock-unreliable").Headers.RetryAfter.ShouldNotBeNull();
            return false;
        }

        answer.Is(201);
        ((long)answer["sequence"]!).ShouldBe(++reports);
        var received = answer["receivedAt"]!.GetValue<DateTimeOffset>();
        received.ShouldBeGreaterThanOrEqualTo(last);
        last = received;
        return true;
    }
}
