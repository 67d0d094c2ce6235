using System.Threading.Channels;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Service;

namespace Pipeline.Api.Features.Imports;

/// <summary>Wakes the background run when something was queued.</summary>
public sealed class ImportSignal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Raise() => channel.Writer.TryWrite(true);

    /// <summary>Waits for a signal, or for <paramref name="most"/>.</summary>
    public async Task Wait(TimeSpan most, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(most);
        try
        {
            await channel.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { }
    }
}

/// <summary>Runs queued imports, some at a time in this process; a lease keeps other processes from running the same one.</summary>
public sealed class RunImportsInTheBackground(
    RunImport imports,
    ImportSignal signal,
    Readiness readiness,
    ILogger<RunImportsInTheBackground> log
) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, RunImport.AtOnce).Select(_ => RunOneAfterAnother(stoppingToken)));

    private async Task RunOneAfterAnother(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (readiness.IsReady && await imports.Next(stoppingToken)) { }

                await signal.Wait(Rest, stoppingToken);
            }
            catch (Exception error)
                when (error is DatabaseUnavailableException or ClockUnreliableException or LockTimeoutException)
            {
                log.LogWarning(error, "An import could not go on; it will be taken up again");
                await signal.Wait(Rest, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        }
    }
}
