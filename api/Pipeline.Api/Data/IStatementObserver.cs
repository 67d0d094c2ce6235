namespace Pipeline.Api.Data;

/// <summary>Sees what sessions do before they do it: tests count, parse and interleave statements.</summary>
public interface IStatementObserver
{
    /// <summary>A statement is about to run, as it was written.</summary>
    void Runs(Session session, string sql, Parameters parameters);

    /// <summary>Rows are about to be added, together.</summary>
    void Adds(Session session, IReadOnlyList<(BulkTable Table, IReadOnlyList<object?[]> Rows)> parts);

    /// <summary>A lock is about to be taken.</summary>
    void Locks(Session session, LockName name);
}
