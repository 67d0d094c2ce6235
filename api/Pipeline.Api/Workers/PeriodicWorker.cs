using System.Collections.Concurrent;
using Pipeline.Data;

namespace Pipeline.Api.Workers;

/// <summary>How the last rounds of a worker went.</summary>
/// <param name="Failures">How many failed in a row.</param>
public sealed record WorkerState(DateTimeOffset? LastSuccessAt, DateTimeOffset? FailingSince, int Failures);

/// <summary>How the workers of this process do.</summary>
public sealed class WorkerStates
{
    private readonly ConcurrentDictionary<string, WorkerState> states = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, WorkerState> All => states;

    public void Succeeded(string worker, DateTimeOffset at) => states[worker] = new WorkerState(at, null, 0);

    public void Failed(string worker, DateTimeOffset at) =>
        states.AddOrUpdate(worker, new WorkerState(null, at, 1), (_, known) =>
            known with
            {
                FailingSince = known.FailingSince ?? at,
                Failures = known.Failures + 1,
            }
        );
}

/// <summary>What a worker needs besides its work.</summary>
public sealed record WorkerParts(Readiness Readiness, TimeProvider Time, WorkerStates States, ILoggerFactory Loggers);

/// <summary>Does a round of work again and again in the background. A round that fails, whatever it throws, is logged and made up for by the next; it never ends the program.</summary>
public abstract class PeriodicWorker(WorkerParts parts) : BackgroundService
{
    private readonly ILogger log = parts.Loggers.CreateLogger("Pipeline.Workers");

    protected TimeProvider Time => parts.Time;

    private string Name => GetType().Name;

    /// <summary>Waits for the next round.</summary>
    protected abstract Task Wait(CancellationToken stopping);

    /// <summary>Does one round.</summary>
    /// <returns>Whether there will be more; false ends the worker.</returns>
    protected abstract Task<bool> RunRound(CancellationToken stopping);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            do await Wait(stoppingToken);
            while (
                !stoppingToken.IsCancellationRequested && (!parts.Readiness.IsReady || await TryRound(stoppingToken))
            );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task<bool> TryRound(CancellationToken stopping)
    {
        using var activity = Telemetry.Activities.StartActivity(Name);
        Database.IsUnhurried = true;
        try
        {
            var more = await RunRound(stopping);
            parts.States.Succeeded(Name, Time.GetUtcNow());
            return more;
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            parts.States.Failed(Name, Time.GetUtcNow());
            log.LogError(error, "A round of {Worker} failed; it will be tried again", Name);
            return true;
        }
    }
}

/// <summary>A worker whose rounds are so far apart.</summary>
public abstract class TimedWorker(TimeSpan period, WorkerParts parts) : PeriodicWorker(parts)
{
    private readonly PeriodicTimer timer = new(period, parts.Time);

    protected override async Task Wait(CancellationToken stopping) => await timer.WaitForNextTickAsync(stopping);

    public override void Dispose()
    {
        // In this order: a timer that is disposed no longer waits, and the worker has to know by then that it ends.
        base.Dispose();
        timer.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A worker that does its work once on each day of the city, as soon as it can.</summary>
public abstract class DailyWorker(WorkerParts parts) : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    /// <summary>When it was done last, by whichever process; null: never.</summary>
    protected abstract Task<DateTimeOffset?> LastDone(CancellationToken stopping);

    /// <summary>Does what is to be done today.</summary>
    public abstract Task DoToday();

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        var last = await LastDone(stopping);
        if (last is null || Domain.Shanghai.DateOf(last.Value) != Domain.Shanghai.DateOf(Time.GetUtcNow()))
            await DoToday();
        return true;
    }
}
