using System.Diagnostics.Metrics;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Observability;

/// <summary>How many wait where, and how the system does, looked up twice a minute.</summary>
public sealed class QueueLengths : TimedWorker
{
    private readonly SystemState state;
    private readonly Meter meter = new(Telemetry.Name);
    private volatile SystemFacts? facts;

    public QueueLengths(SystemState state, WorkerParts parts)
        : base(TimeSpan.FromSeconds(30), parts)
    {
        this.state = state;
        meter.CreateObservableGauge(
            "pipeline.queue.length",
            () =>
                (facts?.Queues ?? []).Select(length => new Measurement<long>(
                    length.Waiting,
                    new KeyValuePair<string, object?>("queue", length.Queue)
                )),
            description: "How many wait: claims for a place, reports and moves for the centre, imports, mails, deliveries to webhooks."
        );
        meter.CreateObservableGauge(
            "pipeline.worker.failures",
            () =>
                state.Workers.All.Select(state => new Measurement<int>(
                    state.Value.Failures,
                    new KeyValuePair<string, object?>("worker", state.Key)
                )),
            description: "How many rounds of a worker failed in a row."
        );
        Gauge("pipeline.settlement.failures", null, "Projects whose claims could not be settled.", facts =>
            facts.FailedSettlements
        );
        Gauge(
            "pipeline.anchor.overdue",
            "s",
            "How long the oldest entry of the trail that no anchor of this instance holds has waited; 0: none waits.",
            facts => facts.AnchorOverdue?.TotalSeconds ?? 0
        );
        Gauge(
            "pipeline.clock.trusted",
            null,
            "1: the clock is trusted; 0: nothing is reported or changed (R24).",
            facts => facts.ClockTrusted ? 1 : 0
        );
        Gauge("pipeline.instances", null, "How many processes serve the database.", facts => facts.Instances.Count);
        Gauge("pipeline.backup.age", "s", "How old the last backup on record is; not there: none is.", facts =>
            (facts.Now - facts.LastBackup?.MadeAt)?.TotalSeconds
        );
        Gauge(
            "pipeline.disk.free",
            "By",
            "The room beside the embedded database; not there: unknown, or a server's.",
            facts => facts.Disk?.Free
        );
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Look();
        return true;
    }

    /// <summary>Looks up how the system does by now.</summary>
    public async Task Look() => facts = await state.Look();

    /// <summary>A gauge of a fact; what is not known is not told.</summary>
    private void Gauge(string name, string? unit, string description, Func<SystemFacts, double?> read) =>
        meter.CreateObservableGauge(
            name,
            () => facts is { } known && read(known) is { } value ? [new Measurement<double>(value)] : Nothing,
            unit,
            description
        );

    private static readonly Measurement<double>[] Nothing = [];
}
