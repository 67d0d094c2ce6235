using System.Collections.Concurrent;
using Pipeline.Api.Data;

namespace Pipeline.Api.Tests.Support;

/// <summary>What one app's sessions did, in order.</summary>
public sealed class StatementLog : IStatementObserver
{
    private readonly ConcurrentQueue<Entry> entries = new();

    /// <summary>One round trip to the database.</summary>
    /// <param name="Sql">As it was written; null for a lock.</param>
    /// <param name="Held">The locks that were held when it began.</param>
    public sealed record Entry(
        int Session,
        string? Sql,
        Parameters? Parameters,
        LockName? Lock,
        IReadOnlyCollection<LockName> Held
    );

    public IReadOnlyCollection<Entry> Entries => entries;

    public IEnumerable<string> Statements => entries.Select(entry => entry.Sql).OfType<string>();

    public void Runs(Session session, string sql, Parameters parameters) =>
        entries.Enqueue(new Entry(session.GetHashCode(), sql, parameters, null, [.. session.Held]));

    public void Adds(Session session, IReadOnlyList<(BulkTable Table, IReadOnlyList<object?[]> Rows)> parts) =>
        entries.Enqueue(
            new Entry(
                session.GetHashCode(),
                string.Join("; ", parts.Select(part => part.Table.Insert)),
                null,
                null,
                [.. session.Held]
            )
        );

    public void Locks(Session session, LockName name) =>
        entries.Enqueue(
            new Entry(session.GetHashCode(), null, null, name, [.. session.Held.Where(held => held != name)])
        );

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
