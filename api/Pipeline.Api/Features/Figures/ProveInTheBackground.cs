using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Features.Figures;

/// <summary>Proves once a day that the books balance (§15.2).</summary>
public sealed class ProveInTheBackground(Database database, RuleBooks ruleBooks, WorkerParts parts) : DailyWorker(parts)
{
    protected override Task<DateTimeOffset?> LastDone(CancellationToken stopping) =>
        database.Read(async session => (await ProveBooks.Last(session))?.ProvedAt, stopping);

    public override Task DoToday() => ProveBooks.Prove(database, ruleBooks);
}
