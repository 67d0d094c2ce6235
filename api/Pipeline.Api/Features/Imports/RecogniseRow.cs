using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>Finds what a row is another account of.</summary>
public sealed class RecogniseRow(BackfillRow backfill)
{
    /// <summary>The project, or report of the own unit that waits, that this row is another account of: by the code it bears, or by what it says; null where it is new.</summary>
    internal async Task<Known?> Find(
        Session session,
        ImportRun run,
        RegisterRow item,
        IReadOnlyList<(int RowNumber, Match Match)> within,
        IReadOnlyList<Found> found,
        Looked looked,
        IReadOnlyList<WaitingReport> waiting,
        IReadOnlyList<(WaitingReport Report, Match Match)> alike
    ) =>
        await ByCode(session, run, looked.OwnId, waiting)
        ?? await ByContent(session, run, item, within, found, looked.Named, waiting, alike);

    /// <summary>The own unit's reports that wait, for another's claim to end or for the centre; none to a backfill.</summary>
    internal static async Task<IReadOnlyList<WaitingReport>> WaitingReports(Session session, ImportRun run)
    {
        if (run.IsBackfill)
            return [];
        return run.WaitingReports ??= [
            .. (await session.Query<WaitingRow>(SelectWaiting, new { unit = run.Caller.JurisdictionId })).Select(
                claim => new WaitingReport(
                    claim.Id,
                    claim.OwnProjectId,
                    Json.Read<ProjectBody>(claim.Report),
                    Shanghai.DateOf(claim.ReceivedAt)
                )
            ),
        ];
    }

    /// <summary>The project whose code the row bears; a unit's rows find its own only (R20).</summary>
    private static async Task<Known?> ByCode(
        Session session,
        ImportRun run,
        string? id,
        IReadOnlyList<WaitingReport> waiting
    ) =>
        id is not null
        && await LoadProject.ById(session, id) is { } project
        && (run.IsBackfill || project.OwnerId == run.Caller.JurisdictionId)
            ? Known.Of(project, waiting.Any(report => report.OwnProjectId == id))
            : null;

    /// <summary>The one project, or report of the own unit that waits, that this row is another account of: by R13, or by its name in the same unit where an earlier register brought it (R53).</summary>
    /// <remarks>A report that waits counts like the project it would have become if nobody else had reported it: what comes of a row must not show that somebody has (R52).</remarks>
    private async Task<Known?> ByContent(
        Session session,
        ImportRun run,
        RegisterRow row,
        IReadOnlyList<(int RowNumber, Match Match)> within,
        IReadOnlyList<Found> found,
        IReadOnlyList<string> named,
        IReadOnlyList<WaitingReport> waiting,
        IReadOnlyList<(WaitingReport Report, Match Match)> alike
    )
    {
        var same = found
            .Where(match =>
                match.Match.Level == MatchLevel.L1
                && match.Project is { } project
                && (run.IsBackfill || project.OwnerId == run.Caller.JurisdictionId)
            )
            .Select(match => match.Project!.Id)
            .Concat(
                within
                    .Where(match => match.Match.Level == MatchLevel.L1)
                    .Select(match =>
                        run.ProjectOfRow.GetValueOrDefault(match.RowNumber)
                        ?? run.ClaimOfRow.GetValueOrDefault(match.RowNumber)
                    )
                    .OfType<string>()
            )
            .Concat(alike.Where(match => match.Match.Level == MatchLevel.L1).Select(match => match.Report.ClaimId))
            .Distinct()
            .ToList();
        if (same.Count == 1)
        {
            if (waiting.FirstOrDefault(report => report.ClaimId == same[0]) is { } report)
                return Known.Of(report);
            if (run.Waiting.Exists(project => project.Id == same[0]))
                await backfill.Settle(session, run);
            return Known.Of((await LoadProject.ById(session, same[0]))!, Reported(same[0]));
        }

        if (same.Count > 1)
            return null;

        var facts = row.Facts;
        foreach (var id in named.Where(id => !run.RowOfProject.ContainsKey(id)))
        {
            var project = (await LoadProject.ById(session, id))!;
            var known = project.Body().Facts();
            var compatible =
                known.Investors.Count == 0
                || facts.Investors.Count == 0
                || known.Investors.Any(a => facts.Investors.Any(b => Matcher.IsSameInvestor(a, b) || a.Name == b.Name));
            if (compatible)
                return Known.Of(project, Reported(project.Id));
        }

        return null;

        bool Reported(string projectId) => waiting.Any(report => report.OwnProjectId == projectId);
    }

    private sealed class WaitingRow
    {
        public required string Id { get; init; }
        public string? OwnProjectId { get; init; }
        public required string Report { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }
    }

    private const string SelectWaiting =
        "SELECT id, own_project_id, COALESCE(completed_report, report) AS report, received_at FROM claims WHERE jurisdiction_id = @unit AND status IN ('queued', 'under-review')";
}
