using Pipeline.Data;

namespace Pipeline.Api.Workers;

/// <summary>Brings what was committed to the embedded database from its write-ahead log into the file, every second, so that nobody who writes has to.</summary>
public sealed class CheckpointInTheBackground(Database database, WorkerParts parts)
    : TimedWorker(TimeSpan.FromSeconds(1), parts)
{
    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await database.Checkpoint();
        return database.IsHeld;
    }
}
