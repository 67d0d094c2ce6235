using Pipeline.Data;

namespace Pipeline.Api.Workers;

/// <summary>Tells the others that serve the database that this process does. A program that the schema no longer bears ends itself.</summary>
public sealed class Heartbeat(
    Presence presence,
    IHostApplicationLifetime lifetime,
    ILogger<Heartbeat> log,
    WorkerParts parts
) : TimedWorker(Instances.Beat, parts)
{
    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        if (await presence.Tell())
            return true;
        log.LogCritical(
            "The schema was changed so that programs that know migrations up to {Knows} can no longer work on it; this one ends",
            presence.Knows
        );
        lifetime.StopApplication();
        return false;
    }

    private int left;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // A host may be stopped by more than one.
        if (Interlocked.Exchange(ref left, 1) == 1)
            return;
        try
        {
            await presence.Leave();
        }
        catch (Exception error)
        {
            // It is forgotten once it has been silent for a while.
            log.LogDebug(error, "The others were not told that this process ended");
        }
    }
}
