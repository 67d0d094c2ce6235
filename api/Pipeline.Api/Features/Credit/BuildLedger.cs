using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Features.Credit;

/// <summary>Writes the ledger of the projects that were there before it was (R45); a few hundred at a time, and on from where it, or another process, was stopped.</summary>
public sealed class BuildLedger(Database database, KeepLedger ledger, WorkerParts parts)
    : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Run(stopping);
        return false;
    }

    public async Task Run(CancellationToken cancel = default)
    {
        await database.WorkThrough(KeepLedger.Batch, ledger.BuildSome, cancel);
    }
}
