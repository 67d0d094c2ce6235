namespace Pipeline.Api.Tests.Support;

/// <summary>A clock that stands until it is moved. Wall time can jump without the monotonic clock noticing.</summary>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => ticks;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by)
    {
        now += by;
        ticks += by.Ticks;
    }

    /// <summary>Time passes until an instant.</summary>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - now);

    /// <summary>Somebody sets the wall clock; no time passes.</summary>
    public void Jump(TimeSpan by) => now += by;

    /// <summary>Background work does not wake up by itself in tests.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Never();

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
