using System.Threading.Channels;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Changes;

/// <summary>Wakes those who wait for a change that concerns them. One reader for the whole process looks at the feed: when this process has written to it, and once a second while somebody waits, because other processes write to it too.</summary>
public sealed class ChangeWaker : PeriodicWorker
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    /// <summary>How many requests may wait at once, in all and of one caller; one more is answered at once.</summary>
    private const int MostWaiting = 1000,
        MostOfOne = 4;

    private readonly Database database;
    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly Lock gate = new();
    private readonly List<Waiting> waiting = [];
    private long known;
    private bool ends;

    public ChangeWaker(Database database, WorkerParts parts, IHostApplicationLifetime lifetime)
        : base(parts)
    {
        this.database = database;
        lifetime.ApplicationStopping.Register(EndAll);
        database.Changed = Signal;
    }

    /// <summary>Waits until something that concerns the caller comes after a number.</summary>
    /// <returns>Whether there may be something; false when the time is over, or so many wait that nobody else may.</returns>
    public async Task<bool> Wait(Caller caller, long after, TimeSpan patience, CancellationToken abandoned)
    {
        var groups = caller.Role == Role.Leader ? [] : ChangeReader.GroupsOf(caller);
        var mine = new Waiting(
            caller.UserId,
            groups,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        lock (gate)
        {
            if (known > after && waiting.Count > 0)
                return true;
            if (ends || waiting.Count >= MostWaiting || waiting.Count(one => one.UserId == caller.UserId) >= MostOfOne)
                return false;

            // What has come up to there the caller knows.
            if (waiting.Count == 0)
                known = after;
            waiting.Add(mine);
        }

        Signal();
        try
        {
            await mine.Woken.Task.WaitAsync(patience, abandoned);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (gate)
                waiting.Remove(mine);
        }
    }

    /// <summary>Nobody is kept waiting by a program that ends.</summary>
    private void EndAll()
    {
        lock (gate)
        {
            ends = true;
            foreach (var one in waiting)
                one.Woken.TrySetResult();
        }
    }

    private void Signal() => signals.Writer.TryWrite(true);

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        if (IsAnybodyWaiting)
            await Look();
        return true;
    }

    private bool IsAnybodyWaiting
    {
        get
        {
            lock (gate)
                return waiting.Count > 0;
        }
    }

    /// <summary>Ends when this process has written, or while somebody waits after a second.</summary>
    protected override async Task Wait(CancellationToken stopping)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        if (IsAnybodyWaiting)
            soon.CancelAfter(Recheck);
        try
        {
            await signals.Reader.ReadAsync(soon.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested) { }
    }

    /// <summary>Wakes whom the changes since the last look concern.</summary>
    private async Task Look()
    {
        long from;
        lock (gate)
            from = known;
        var (head, readers) = await database.Read(async session =>
        {
            var last = await ChangeReader.Head(session);
            return (
                last,
                last == from ? [] : (await session.Query<string>(SelectReaders, new { from, last })).ToHashSet()
            );
        });
        lock (gate)
        {
            if (head == from)
                return;
            known = Math.Max(known, head);
            foreach (var one in waiting.Where(one => one.Groups.Count == 0 || one.Groups.Any(readers.Contains)))
                one.Woken.TrySetResult();
        }
    }

    private sealed record Waiting(string UserId, IReadOnlyList<string> Groups, TaskCompletionSource Woken);

    private const string SelectReaders =
        "SELECT DISTINCT reader FROM change_readers WHERE seq > @from AND seq <= @last";
}
