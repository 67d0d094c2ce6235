using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Features.Figures;

/// <summary>Counts once a day how long projects took to land, for the forecast (§15.12).</summary>
public sealed class CountDwells(Database database, RuleBooks ruleBooks, WorkerParts parts) : DailyWorker(parts)
{
    protected override Task<DateTimeOffset?> LastDone(CancellationToken stopping) =>
        database.Read(DwellCohorts.MadeAt, stopping);

    public override Task DoToday() => DwellCohorts.Count(database, ruleBooks);
}
