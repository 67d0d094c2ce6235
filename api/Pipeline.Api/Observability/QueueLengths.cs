using System.Diagnostics.Metrics;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Observability;

/// <summary>How many wait where, looked up twice a minute.</summary>
public sealed class QueueLengths : TimedWorker
{
    private readonly Database database;
    private readonly WorkerStates states;
    private readonly Meter meter = new(Telemetry.Name);
    private volatile IReadOnlyList<Length> lengths = [];

    public QueueLengths(Database database, WorkerParts parts)
        : base(TimeSpan.FromSeconds(30), parts)
    {
        (this.database, states) = (database, parts.States);
        meter.CreateObservableGauge(
            "pipeline.queue.length",
            () =>
                lengths.Select(length => new Measurement<long>(
                    length.Waiting,
                    new KeyValuePair<string, object?>("queue", length.Queue)
                )),
            description: "How many wait: claims for a place, reports and moves for the centre, imports, mails."
        );
        meter.CreateObservableGauge(
            "pipeline.worker.failures",
            () =>
                states.All.Select(state => new Measurement<int>(
                    state.Value.Failures,
                    new KeyValuePair<string, object?>("worker", state.Key)
                )),
            description: "How many rounds of a worker failed in a row."
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

    /// <summary>Looks up how many wait by now.</summary>
    public async Task Look() => lengths = await database.Read(session => session.Query<Length>(Select));

    private sealed class Length
    {
        public required string Queue { get; init; }
        public long Waiting { get; init; }
    }

    private const string Select = """
        SELECT 'claims' AS queue, COUNT(*) AS waiting FROM claims WHERE status = 'queued'
        UNION ALL SELECT 'reviews' AS queue, COUNT(*) AS waiting FROM claims WHERE status = 'under-review'
        UNION ALL SELECT 'moves' AS queue, COUNT(*) AS waiting FROM moves WHERE status = 'pending'
        UNION ALL SELECT 'imports' AS queue, COUNT(*) AS waiting FROM imports WHERE status = 'queued'
        UNION ALL SELECT 'mails' AS queue, COUNT(*) AS waiting FROM notice_recipients WHERE mail = 'waiting'
        """;
}
