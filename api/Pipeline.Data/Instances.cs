namespace Pipeline.Data;

/// <summary>A process that serves the database.</summary>
public sealed class InstanceRow
{
    public required string Id { get; init; }
    public required string Host { get; init; }

    /// <summary>The version of its program.</summary>
    public required string Program { get; init; }

    /// <summary>The number of the newest migration that it knows.</summary>
    public required string Knows { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset SeenAt { get; init; }
}

/// <summary>The processes that serve one database: each says from time to time that it is there.</summary>
public static class Instances
{
    /// <summary>How often a process says so.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>After how long without a word it has no share of the limits of callers any more: three words missed. One that is only slow has its share again with its next word.</summary>
    public static readonly TimeSpan Sharing = TimeSpan.FromSeconds(15);

    /// <summary>After how long without a word it counts as gone, where something is done that it could not bear.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <summary>Says that a process is there.</summary>
    /// <returns>How many share the limits, this one included.</returns>
    public static async Task<int> Tell(Session session, InstanceRow row)
    {
        if (await session.Execute(Seen, new { id = row.Id, now = session.Now }) == 0)
            await session.Execute(
                Insert,
                new
                {
                    id = row.Id,
                    host = row.Host,
                    program = row.Program,
                    knows = row.Knows,
                    startedAt = row.StartedAt,
                    now = session.Now,
                }
            );
        await session.Execute(ForgetGone, new { before = session.Now.AddDays(-1) });
        return (int)await session.One<long>(CountAlive, new { since = session.Now - Sharing });
    }

    /// <summary>Says that a process has ended.</summary>
    public static Task Leave(Session session, string id) => session.Execute(Delete, new { id });

    /// <summary>The processes that are there, the longest first.</summary>
    public static Task<List<InstanceRow>> Alive(Session session) =>
        session.Query<InstanceRow>(SelectAlive, new { since = session.Now - Silence });

    internal const string AliveHosts = "SELECT host FROM instances WHERE seen_at >= @since ORDER BY started_at";
    internal const string OlderHosts =
        "SELECT host FROM instances WHERE seen_at >= @since AND knows < @knows ORDER BY started_at";
    private const string SelectAlive =
        "SELECT id, host, program, knows, started_at, seen_at FROM instances WHERE seen_at >= @since ORDER BY started_at, id";
    private const string CountAlive = "SELECT COUNT(*) FROM instances WHERE seen_at >= @since";
    private const string Seen = "UPDATE instances SET seen_at = @now WHERE id = @id";
    private const string Insert =
        "INSERT INTO instances (id, host, program, knows, started_at, seen_at) VALUES (@id, @host, @program, @knows, @startedAt, @now)";
    private const string Delete = "DELETE FROM instances WHERE id = @id";
    private const string ForgetGone = "DELETE FROM instances WHERE seen_at < @before";
}
