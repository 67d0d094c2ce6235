namespace Pipeline.Api.Workers;

/// <summary>Removes once a day what was kept as long as the rule set in force says.</summary>
public sealed class RetainInTheBackground(ApplyRetention retention, WorkerParts parts)
    : TimedWorker(TimeSpan.FromMinutes(10), parts)
{
    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await retention.Run(stopping);
        return true;
    }
}
