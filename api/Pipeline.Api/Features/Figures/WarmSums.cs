using System.Globalization;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Figures;

/// <summary>Makes the sums that figures are told from once after the start, so that nobody waits for them.</summary>
public sealed class WarmSums(Database database, RuleBooks ruleBooks, FigureSums sums, WorkerParts parts)
    : TimedWorker(TimeSpan.FromSeconds(20), parts)
{
    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await database.Read(
            async session =>
            {
                session.TimeLimit = 0;
                var year = session.Today.Year;
                year = Math.Min(year, await TargetRow.LastYearWithTargets(session, year) ?? year);
                var definitions = (await IndicatorRow.InUse(session))
                    .Where(one => one is { IsStated: false, View: RatioView.Period })
                    .ToList();
                var period = new FigurePeriod(
                    year.ToString("0000", CultureInfo.InvariantCulture),
                    session.Today,
                    ByOccurrence: false
                );
                await sums.Stand(session, definitions, period, await ruleBooks.Load(session));
                return true;
            },
            stopping
        );
        return false;
    }
}
