using System.Security.Cryptography;
using System.Text;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes one understood row in, through the use cases of projects, claims and moves: the centre's as a backfill (R51), a unit's under the rules that bind it (R52).</summary>
public sealed class TakeRow(RuleBooks ruleBooks, LookUpRows library, RecogniseRow recognise, TakeUnitRow asUnit)
{
    /// <summary>Takes the row; what became of it. Nothing is stored in a dry run.</summary>
    public async Task<TakenRow> Take(Session session, ImportRun run, RegisterRow item)
    {
        var taken = await Decide(session, run, item);
        return taken with { MatchedOthers = run.MatchedOthers(item.Row.RowNumber) };
    }

    private async Task<TakenRow> Decide(Session session, ImportRun run, RegisterRow item)
    {
        var row = item.Row;
        if (row.IsRefused)
            return RowRefusals.Refused(row.Issues);
        if (!run.IsBackfill)
        {
            // The own unit's register need not say whose it is.
            row = row with { Issues = [.. row.Issues.Where(issue => issue.Code != ImportCodes.OwnerUnknown)] };
            if (TakeUnitRow.OfAnotherUnit(run, row) is { } foreign)
                return RowRefusals.Refused([.. row.Issues, foreign]);
        }

        if (run.SameAs(item) is { } earlier)
            return new TakenRow
            {
                ProjectId = run.ProjectOfRow.GetValueOrDefault(earlier),
                Duplicate = true,
                Matches =
                [
                    new RowMatch
                    {
                        Level = MatchLevel.L1,
                        Reasons = ["same-content"],
                        RowNumber = earlier,
                    },
                ],
                Issues = row.Issues,
            };
        if (!run.Looked.ContainsKey(row.RowNumber))
            await library.LookUp(session, run, [item]);
        var looked = run.Looked[row.RowNumber];
        if (looked.Again is { } known)
            return known with { Issues = row.Issues };

        var rules = await ruleBooks.Current(session);
        var within = run.File.Matches(item.Facts, out var beyond);
        var found = Library(run, within, looked);
        var waiting = await RecogniseRow.WaitingReports(session, run);
        var compared = new ComparedFacts(item.Facts);
        var alike = waiting
            .Where(report => report.OwnProjectId is null)
            .Select(report => (Report: report, Match: Matcher.Compare(compared, report.Facts)))
            .Where(pair => pair.Match is not null)
            .Select(pair => (pair.Report, Match: pair.Match!))
            .ToList();
        var matches = Shown(run, within, found, alike);

        var target = await recognise.Find(session, run, item, within, found, looked, waiting, alike);
        if (target is not null && !TakeUnitRow.MayBeClaimed(run, row, target, found, rules, session.Today))
            return ProposeUpdate.Of(run, row, target, matches);
        if (run.DryRun && within.Any(match => match.Match.Level == MatchLevel.L1))
            return new TakenRow
            {
                Action = RowAction.UpdateProposed,
                Issues = row.Issues,
                Matches = matches,
                Duplicate = true,
            };

        var issues = row.Issues.ToList();
        // The very name once more: the register does not say whether it is one project, so a person looks.
        if (matches.Count > 0 || run.File.HasName(item.Facts))
            issues.Add(RowRefusals.OfRow(row, ImportCodes.PossibleDuplicate));
        if (Math.Max(beyond, looked.Beyond) is > 0 and var more)
            issues.Add(RowRefusals.OfRow(row, ImportCodes.MoreMatches, null, more));
        if (run.OnlyUndoubted && issues.Count > 0)
            return RowRefusals.Refused([.. issues, RowRefusals.OfRow(row, ImportCodes.HeldBack)]) with
            {
                Matches = matches,
            };
        var taken = run.IsBackfill
            ? BackfillRow.Take(session, run, row, found)
            : await asUnit.Take(session, run, row, rules, found, target?.ProjectId);
        if (taken.Outcome == RowOutcome.Rejected)
            return taken with { Issues = [.. issues, .. taken.Issues], Matches = matches };
        return taken with { Issues = issues, Matches = matches };
    }

    /// <summary>The hash that recognises a row's content when it comes again: by field, so that neither the order of columns, nor the running number, nor a column that means nothing counts.</summary>
    public static string ContentHash(ImportRun run, TableRow row)
    {
        var cells = row.Cells;
        var fields = row
            .Table.Columns.Columns.Select(
                (column, at) => (Name: column.Feeds, Text: at < cells.Count ? cells[at].Text.Trim() : "")
            )
            .Append((Name: ImportFields.Stage + " above", Text: row.Lent?.Stage ?? ""))
            .Append((Name: ImportFields.Chain + " above", Text: row.Lent?.Chain ?? ""))
            .Where(cell => cell.Name is not (null or ImportFields.Number) && cell.Text.Length > 0)
            .OrderBy(cell => cell.Name, StringComparer.Ordinal);
        // A unit recognises its own rows only (R20).
        var scope = run.IsBackfill ? "city" : run.Caller.JurisdictionId ?? "";
        return Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    Json.Write(fields.Select(cell => new[] { cell.Name, cell.Text }).Prepend([scope]))
                )
            )
        );
    }

    /// <summary>What of the library the row matches, the projects of the rows just taken included. A unit's dry run asks only after its own (R20).</summary>
    private static IReadOnlyList<Found> Library(
        ImportRun run,
        IReadOnlyList<(int RowNumber, Match Match)> within,
        Looked looked
    )
    {
        if (run.DryRun && !run.IsBackfill)
            return [.. looked.Found.Where(found => found.Project?.OwnerId == run.Caller.JurisdictionId)];
        if (run.Added.Count == 0)
            return looked.Found;
        var added = within
            .Select(match =>
                (
                    match.Match,
                    Project: run.ProjectOfRow.GetValueOrDefault(match.RowNumber) is { } id
                        ? run.Added.GetValueOrDefault(id)
                        : null
                )
            )
            .Where(match => match.Project is { Stage: not Stage.Terminated })
            .DistinctBy(match => match.Project!.Id)
            .Select(match => new Found(match.Match, match.Project, null, null));
        return [.. looked.Found.Concat(added).OrderBy(found => found.Match.Level)];
    }

    /// <summary>The matches the importer may know: rows of the own file, and of the library what is the caller's to see (R54).</summary>
    private static List<RowMatch> Shown(
        ImportRun run,
        IReadOnlyList<(int RowNumber, Match Match)> within,
        IReadOnlyList<Found> found,
        IReadOnlyList<(WaitingReport Report, Match Match)> alike
    ) =>
        [
            .. within.Select(match => new RowMatch
            {
                Level = match.Match.Level,
                Reasons = match.Match.Reasons,
                RowNumber = match.RowNumber,
                ProjectId = run.ProjectOfRow.GetValueOrDefault(match.RowNumber),
            }),
            .. found
                .Where(match =>
                    match.Project is { } project
                    && !run.RowOfProject.ContainsKey(project.Id)
                    && (run.IsBackfill || project.OwnerId == run.Caller.JurisdictionId)
                )
                .Select(match => new RowMatch
                {
                    Level = match.Match.Level,
                    Reasons = match.Match.Reasons,
                    ProjectId = match.Project!.Id,
                }),
            .. alike
                .Where(match => !run.ClaimOfRow.ContainsValue(match.Report.ClaimId))
                .Select(match => new RowMatch
                {
                    Level = match.Match.Level,
                    Reasons = match.Match.Reasons,
                    ClaimId = match.Report.ClaimId,
                }),
        ];
}
