using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pipeline.Benchmarks;

/// <summary>Something that people or machines do again and again.</summary>
/// <param name="PerSecond">How often, all of them together.</param>
/// <param name="Next">What is asked this time; null: nothing is there to be done.</param>
/// <param name="Heard">What the one who asked does with the answer: what is wrong in it, or null.</param>
public sealed record Deed(string Name, double PerSecond, Func<byte[]?> Next, Func<int, string, string?>? Heard = null);

/// <summary>What became of the calls of a kind.</summary>
public sealed class Outcome
{
    private readonly ConcurrentBag<double> times = [];
    private readonly ConcurrentDictionary<string, int> refusals = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Refusals => refusals;

    /// <summary>How long each took from the instant at which it was due, in milliseconds, the shortest first.</summary>
    public double[] Times => [.. times.Order()];

    public void Add(double milliseconds, int status, string body)
    {
        times.Add(milliseconds);
        if (status >= 400)
            Refuse($"{status} {SlugOf(body)}");
    }

    public void Fail(double milliseconds, string why)
    {
        times.Add(milliseconds);
        Refuse(why);
    }

    public void Refuse(string why) => refusals.AddOrUpdate(why, 1, (_, count) => count + 1);

    private static string SlugOf(string body)
    {
        const string Before = "/problems/";
        var at = body.IndexOf(Before, StringComparison.Ordinal);
        return at < 0 ? "" : body[(at + Before.Length)..].Split('"')[0];
    }
}

/// <summary>Asks at instants that were fixed beforehand, whether or not anything was answered since; how long an answer took counts from the instant, not from when it was sent.</summary>
public sealed class OpenLoop(Uri address, int seed)
{
    /// <summary>The server closes a connection that was silent for longer than two minutes.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    private readonly ConcurrentStack<(Load.Connection Connection, long Since)> idle = new();
    private readonly Dictionary<string, Outcome> outcomes = new(StringComparer.Ordinal);
    private int open;

    public IReadOnlyDictionary<string, Outcome> Outcomes => outcomes;

    /// <summary>How many connections were open at once.</summary>
    public int MostOpen { get; private set; }

    /// <summary>By how much the latest was sent after it was due: what the generator itself was late.</summary>
    public double LatestSent { get; private set; }

    /// <summary>Asks for so long, and waits for the last answer.</summary>
    public async Task Run(IReadOnlyList<Deed> deeds, TimeSpan duration)
    {
        var random = new Random(seed);
        var schedule = new List<(double At, Deed Deed)>();
        foreach (var deed in deeds)
        {
            outcomes[deed.Name] = new Outcome();
            // Many who do not know of each other: the times between are exponential.
            for (
                var at = Between(random, deed.PerSecond);
                at < duration.TotalSeconds;
                at += Between(random, deed.PerSecond)
            )
                schedule.Add((at, deed));
        }

        schedule.Sort((one, other) => one.At.CompareTo(other.At));
        var began = Stopwatch.GetTimestamp();
        var under = new List<Task>(schedule.Count);
        foreach (var (at, deed) in schedule)
        {
            var due = began + (long)(at * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            if (deed.Next() is not { } request)
                continue;
            LatestSent = Math.Max(LatestSent, Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            under.Add(Ask(deed, request, due));
        }

        await Task.WhenAll(under);
        while (idle.TryPop(out var kept))
            kept.Connection.Dispose();
    }

    private async Task Ask(Deed deed, byte[] request, long due)
    {
        await Task.Yield();
        MostOpen = Math.Max(MostOpen, Interlocked.Increment(ref open));
        var connection = Take();
        try
        {
            var (status, body) = await connection.Ask(request, keep: deed.Heard is not null);
            outcomes[deed.Name].Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds, status, body ?? "");
            idle.Push((connection, Stopwatch.GetTimestamp()));
            if (deed.Heard?.Invoke(status, body ?? "") is { } wrong)
                outcomes[deed.Name].Refuse(wrong);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            outcomes[deed.Name].Fail(Stopwatch.GetElapsedTime(due).TotalMilliseconds, "no answer");
            connection.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    private Load.Connection Take()
    {
        while (idle.TryPop(out var kept))
        {
            if (Stopwatch.GetElapsedTime(kept.Since) < Fresh)
                return kept.Connection;
            kept.Connection.Dispose();
        }

        return new Load.Connection(address);
    }

    private static double Between(Random random, double perSecond) => -Math.Log(1 - random.NextDouble()) / perSecond;
}
