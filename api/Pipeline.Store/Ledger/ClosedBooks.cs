using Pipeline.Data;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Ledger;

/// <summary>Which months are closed (R105).</summary>
public static class ClosedBooks
{
    /// <summary>As it stands. Whoever books by it and must not be overtaken by a closing holds the ledger's lock.</summary>
    public static async Task<ClosedMonths> Load(Session session)
    {
        var run = (await session.One<Run>(SelectRun))!;
        return ClosedMonths.Of(run.First, run.Last);
    }

    private sealed class Run
    {
        public string? First { get; init; }
        public string? Last { get; init; }
    }

    private const string SelectRun =
        "SELECT MIN(period) AS first, MAX(period) AS last FROM periods WHERE status = 'closed'";
}
