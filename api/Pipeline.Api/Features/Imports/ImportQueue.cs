using System.Threading.Channels;
using Pipeline.Api.Workers;

namespace Pipeline.Api.Features.Imports;

/// <summary>Wakes the background run when something was queued.</summary>
public sealed class ImportSignal
{
    private readonly System.Threading.Channels.Channel<bool> channel =
        System.Threading.Channels.Channel.CreateBounded<bool>(
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

/// <summary>Runs queued imports, one after another; there are as many of these as may run at a time (<see cref="RunImport.AtOnce"/>), and a lease keeps other processes from running the same one.</summary>
public sealed class RunImportsInTheBackground(RunImport imports, ImportSignal signal, WorkerParts parts)
    : PeriodicWorker(parts)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    protected override Task Wait(CancellationToken stopping) => signal.Wait(Rest, stopping);

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        while (await imports.Next(stopping)) { }
        return true;
    }
}
