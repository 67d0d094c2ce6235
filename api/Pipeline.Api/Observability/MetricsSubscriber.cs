using System.Diagnostics.Metrics;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Observability;

/// <summary>Counts what happens, for the metrics.</summary>
public sealed class MetricsSubscriber : IEventSubscriber
{
    private static readonly Counter<long> Reports = Telemetry.Meter.CreateCounter<long>(
        "pipeline.reports",
        description: "Reports received, by what their claims became."
    );

    private static readonly Counter<long> Changes = Telemetry.Meter.CreateCounter<long>(
        "pipeline.claim.changes",
        description: "Claims that changed, by what they became."
    );

    private static readonly Counter<long> Moves = Telemetry.Meter.CreateCounter<long>(
        "pipeline.moves",
        description: "Moves decided, by the decision."
    );

    public Task On(Session session, IDomainEvent happened)
    {
        switch (happened)
        {
            case ReportReceived report:
                Reports.Add(1, new KeyValuePair<string, object?>("status", Slug.Of(report.Status)));
                break;
            case ClaimsSettled settled:
                foreach (var change in settled.Settlement.Changes)
                    Changes.Add(1, new KeyValuePair<string, object?>("status", Slug.Of(change.After.Status)));
                break;
            case MoveDecided move:
                Moves.Add(1, new KeyValuePair<string, object?>("decision", Slug.Of(move.Decision)));
                break;
        }

        return Task.CompletedTask;
    }
}
