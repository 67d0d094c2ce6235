using System.Collections.Concurrent;
using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http.Access;

/// <summary>Says on a route that it counts against the sign-ins of an address.</summary>
public sealed record SignInLimit;

/// <summary>How much may be asked in a window of time.</summary>
public sealed class RateLimit(string name, int quota, TimeSpan window)
{
    internal readonly ConcurrentDictionary<string, (long Window, int Used)> Counts = new(StringComparer.Ordinal);

    public string Name => name;
    public int Quota => quota;
    public TimeSpan Window => window;
    internal long Current;
}

/// <summary>
/// Limits per caller and per address over all instances, in fixed windows: each instance counts for itself and admits its share. The standard limiters of .NET tell neither what remains nor when it comes back, which the headers
/// of the IETF draft (<c>RateLimit</c>, <c>RateLimit-Policy</c>) must say.
/// </summary>
public sealed class RateLimits(IConfiguration configuration, TimeProvider time, Presence presence)
{
    private readonly bool enabled = configuration.GetValue("RateLimit:Enabled", true);

    /// <summary>Requests of one caller.</summary>
    public RateLimit Callers { get; } =
        new("caller", configuration.GetValue("RateLimit:PerSecond", 100), TimeSpan.FromSeconds(1));

    /// <summary>Attempts to sign in from one address.</summary>
    public RateLimit SignIns { get; } =
        new("sign-in", configuration.GetValue("RateLimit:SignInsPerMinute", 120), TimeSpan.FromMinutes(1));

    /// <summary>Requests without a valid caller from one address.</summary>
    public RateLimit Strangers { get; } =
        new("address", configuration.GetValue("RateLimit:StrangersPerMinute", 600), TimeSpan.FromMinutes(1));

    /// <summary>Checks of printed receipts from one address: people look at one paper, a guesser at many.</summary>
    public RateLimit Checks { get; } =
        new("check", configuration.GetValue("RateLimit:ChecksPerMinute", 30), TimeSpan.FromMinutes(1));

    /// <summary>Readings of one calendar: programs read once an hour.</summary>
    public RateLimit Calendars { get; } =
        new("calendar", configuration.GetValue("RateLimit:CalendarPerMinute", 30), TimeSpan.FromMinutes(1));

    /// <summary>Counts a request, tells in its headers what remains, and answers 429 when nothing does.</summary>
    public async Task<bool> Admits(HttpContext context, RateLimit limit, string who)
    {
        if (!enabled)
            return true;
        var now = time.GetUtcNow();
        var window = now.UtcTicks / limit.Window.Ticks;
        Forget(limit, window);
        var used = limit
            .Counts.AddOrUpdate(
                who,
                _ => (window, 1),
                (_, count) => count.Window == window ? (window, count.Used + 1) : (window, 1)
            )
            .Used;

        // What one instance may admit, while the proxy hands requests out evenly.
        var instances = presence.Count;
        var share = Math.Max(1, limit.Quota / instances);
        var admitted = used <= share;
        var reset = (int)
            Math.Ceiling((((window + 1) * limit.Window.Ticks) - now.UtcTicks) / (double)TimeSpan.TicksPerSecond);
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{limit.Name}\";q={limit.Quota};w={(int)limit.Window.TotalSeconds}"
        );
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{limit.Name}\";r={Math.Max(0, share - used) * instances};t={reset}"
        );
        if (admitted)
            return true;
        headers.RetryAfter = reset.ToString(CultureInfo.InvariantCulture);
        await Problems.Write(context, new Refusal(RefusalKind.Conflict, "rate-limited"));
        return false;
    }

    /// <summary>Once a window, what older windows counted is dropped.</summary>
    private static void Forget(RateLimit limit, long window)
    {
        var current = Interlocked.Read(ref limit.Current);
        if (current == window || Interlocked.CompareExchange(ref limit.Current, window, current) != current)
            return;
        foreach (var (who, count) in limit.Counts)
        {
            if (count.Window < window)
                limit.Counts.TryRemove(KeyValuePair.Create(who, count));
        }
    }
}
