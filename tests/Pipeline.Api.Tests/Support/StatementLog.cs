using System.Collections.Concurrent;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Support;

/// <summary>What one app's sessions did, in order.</summary>
public sealed class StatementLog : IStatementObserver
{
    private readonly ConcurrentQueue<Entry> entries = new();

    /// <summary>One round trip to a server.</summary>
    /// <param name="Statements">As they were written; empty for a lock.</param>
    /// <param name="Held">The locks that were held when it began.</param>
    public sealed record Entry(
        int Session,
        IReadOnlyList<string> Statements,
        LockName? Lock,
        IReadOnlyCollection<LockName> Held
    );

    public IReadOnlyCollection<Entry> Entries => entries;

    public IEnumerable<string> Statements => entries.SelectMany(entry => entry.Statements);

    public void Sends(Session session, IReadOnlyList<PendingWrite> writes, string? sql, Parameters? parameters) =>
        entries.Enqueue(
            new Entry(
                session.GetHashCode(),
                [.. writes.Select(write => write.Text), .. sql is null ? (string[])[] : [sql]],
                null,
                [.. session.Held]
            )
        );

    public void Locks(Session session, LockName name) =>
        entries.Enqueue(new Entry(session.GetHashCode(), [], name, [.. session.Held.Where(held => held != name)]));

    /// <summary>Watches an app while something is done.</summary>
    public static async Task<StatementLog> Of(PipelineApp app, Func<Task> work)
    {
        var log = new StatementLog();
        app.Observe(log);
        try
        {
            await work();
        }
        finally
        {
            app.Observe(null);
        }

        return log;
    }
}
