using System.Collections.Concurrent;

namespace Pipeline.Api;

/// <summary>
/// The host's clock, moved forward: for a demo city in which expiries and lapses are rehearsed (`Demo:Clock`). What
/// waits for an instant that was passed over happens at once.
/// </summary>
public sealed class SandboxTime : TimeProvider
{
    private readonly ConcurrentDictionary<Timer, bool> timers = new();
    private long ahead;

    /// <summary>How far it is ahead of the host's clock.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    /// <summary>It moves with the clock, or the move would be taken for a clock that jumped.</summary>
    public override long GetTimestamp() =>
        System.GetTimestamp() + (long)(Ahead.TotalSeconds * System.TimestampFrequency);

    /// <summary>Moves the clock; never back.</summary>
    public void MoveTo(TimeSpan aheadOfHost)
    {
        if (aheadOfHost <= Ahead)
            return;
        Interlocked.Exchange(ref ahead, aheadOfHost.Ticks);
        foreach (var timer in timers.Keys)
            timer.RingIfPassed();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, callback, state, dueTime, period);

    /// <summary>A timer of the host, which rings early when the clock is moved past its instant.</summary>
    private sealed class Timer : ITimer
    {
        private readonly SandboxTime time;
        private readonly ITimer inner;
        private readonly Lock gate = new();
        private DateTimeOffset? due;
        private TimeSpan period;

        public Timer(SandboxTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            this.time = time;
            inner = System.CreateTimer(
                told =>
                {
                    Rang();
                    callback(told);
                },
                state,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            time.timers[this] = true;
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (gate)
            {
                period = every;
                due = dueTime == Timeout.InfiniteTimeSpan ? null : time.GetUtcNow() + dueTime;
                return inner.Change(dueTime, every);
            }
        }

        public void RingIfPassed()
        {
            lock (gate)
            {
                if (due <= time.GetUtcNow())
                    inner.Change(TimeSpan.Zero, period);
            }
        }

        public void Dispose()
        {
            time.timers.TryRemove(this, out _);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            time.timers.TryRemove(this, out _);
            return inner.DisposeAsync();
        }

        private void Rang()
        {
            lock (gate)
                due = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : time.GetUtcNow() + period;
        }
    }
}
