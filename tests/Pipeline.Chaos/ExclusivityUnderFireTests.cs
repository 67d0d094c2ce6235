using System.Globalization;

namespace Pipeline.Chaos;

/// <summary>Two processes on one database, many callers, <c>kill -9</c> at random: nobody is ever second to have been first.</summary>
/// <remarks><c>PIPELINE_CHAOS=300 PIPELINE_CHAOS_SEED=7 dotnet test tests/Pipeline.Chaos</c> goes on for 300 seconds with 64 callers and another seed.</remarks>
public sealed class ExclusivityUnderFireTests
{
    private const string Exclusivity = "PT3S";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private static readonly int? Seconds = Number("PIPELINE_CHAOS");

    [Test]
    public async Task Nothing_acknowledged_is_lost_and_no_two_claims_are_active_at_once()
    {
        var seed = Number("PIPELINE_CHAOS_SEED") ?? 20260504;
        var (callers, operations) = Seconds is null ? (16, 400) : (64, int.MaxValue);
        var until = Seconds is { } seconds ? DateTimeOffset.UtcNow.AddSeconds(seconds) : DateTimeOffset.MaxValue;
        var chronicle = new Chronicle();
        await using var city = await City.Start(Exclusivity);
        var fate = new Fate(city, chronicle, new Random(seed), Seconds is null ? 200 : 600);

        using var receiver = new Receiver();
        var key = await city.SendsTo(receiver);
        FeedReader[] readers = [new(city, "centre"), new(city, "nanhu"), new(city, key, "types=claim.*")];
        var follows = Task.WhenAll(readers.Select((reader, at) => reader.Follow(new Random(seed + at))));

        var begun = 0;
        var reports = new Reports(seed, size: callers / 3);
        await Task.WhenAll(
            Enumerable
                .Range(1, callers)
                .Select(async number =>
                {
                    var caller = new Caller(city, chronicle, reports, seed + (number * 7919));
                    while (Interlocked.Increment(ref begun) <= operations && DateTimeOffset.UtcNow < until)
                    {
                        await caller.Act();
                        fate.Passes();
                    }
                })
        );
        await fate.Rest();
        foreach (var reader in readers)
            reader.Note();
        await city.HasSentAll(key);
        receiver.Rest();
        foreach (var reader in readers)
            reader.Stop();
        await follows;

        var nanhu = (string?)(await city.Send(city.Up(0), "nanhu", HttpMethod.Get, "me"))?.Body?["jurisdiction"]?["id"];

        // What was acknowledged must be there without anybody having closed anything.
        await city.KillBoth();
        TestContext.Out.WriteLine($"Seed {seed}, {callers} callers, {city.Dialect.Name}: {chronicle}");

        // Everything that is wrong is told, at the end of the output too, where a cut log still has it.
        var (code, text) = await city.Check();
        string[] wrong =
        [
            .. code == 0 ? [] : new[] { $"check answered {code}: {text}" },
            .. chronicle.Complaints,
            .. await new Checker(city.Dialect, chronicle, Window).Violations(),
            .. await readers[0].Violations(city.Dialect, chronicle, null),
            .. await readers[1].Violations(city.Dialect, chronicle, nanhu),
            .. receiver.Violations(readers[2].Noted, readers[2].Items),
        ];
        foreach (var what in wrong)
            TestContext.Out.WriteLine(what);
        wrong.ShouldBeEmpty();

        // A run in which nothing happened would prove nothing.
        chronicle.Of("killed").ShouldBeGreaterThanOrEqualTo(2);
        chronicle.Of("report").ShouldBeGreaterThan(30);
        readers[0].Items.Count.ShouldBeGreaterThan(100);
        readers[1].Items.Count.ShouldBeGreaterThan(10);
        receiver.Refused.ShouldBeGreaterThan(0);
        chronicle.Of("propose").ShouldBeGreaterThan(0);
        chronicle.Of("asked again").ShouldBeGreaterThan(0);
        (chronicle.Of("release") + chronicle.Of("withdraw") + chronicle.Of("revoke")).ShouldBeGreaterThan(5);
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Kills one of the processes every so many operations, give or take, and lets it come back before the next is killed.</summary>
    private sealed class Fate(City city, Chronicle chronicle, Random random, int pace)
    {
        private readonly Lock gate = new();
        private Task strikes = Task.CompletedTask;
        private int left = pace / 2;

        public void Passes()
        {
            lock (gate)
            {
                if (--left > 0)
                    return;
                left = (pace / 2) + random.Next(pace / 2);
                strikes = Strike(strikes, random.Next(2));
            }
        }

        /// <summary>Waits until every process that was killed is back.</summary>
        public Task Rest() => strikes;

        private async Task Strike(Task before, int victim)
        {
            await before;
            await city.KillAndRestart(victim);
            chronicle.Count("killed");
        }
    }
}
