namespace Pipeline.Data;

/// <summary>Sees what sessions do before they do it: tests count, parse and interleave statements.</summary>
public interface IStatementObserver
{
    /// <summary>Something is about to be sent, in one round trip where there is a server: writes that waited, and behind them a statement that is asked for something.</summary>
    /// <param name="sql">As it was written; null: writes only, or a lock that <see cref="Locks"/> told of.</param>
    void Sends(Session session, IReadOnlyList<PendingWrite> writes, string? sql, Parameters? parameters);

    /// <summary>A lock is about to be taken.</summary>
    void Locks(Session session, LockName name);
}
