using Pipeline.Data;

namespace Pipeline.Api.Features.Imports;

/// <summary>Keeps what became of the rows of an import: as they were written, as they were read, with what was found (R50).</summary>
internal static class KeepRows
{
    /// <summary>Stores rows and counts them.</summary>
    public static async Task Store(
        Session session,
        ImportJob job,
        IReadOnlyList<RegisterRow> rows,
        IReadOnlyList<TakenRow> all,
        ImportTally tally
    )
    {
        if (all.Count(taken => taken.MatchedOthers) is > 0 and var matched)
            session.Note(Matched(job, matched));
        var names = await Names(
            session,
            job.Run,
            all.SelectMany(taken => taken.Matches).Select(match => match.ProjectId).OfType<string>().Distinct()
        );
        foreach (var (row, taken) in rows.Zip(all))
        {
            var codes = taken.Issues.Select(issue => issue.Code).Distinct().ToList();
            var accepted = taken.Outcome == RowOutcome.Accepted;
            var doubtful = accepted && taken.Issues.Count > 0;
            tally.Add(accepted, doubtful, taken.Duplicate, codes);
            session.Add(ImportRows, Kept(job, row, taken, doubtful, codes, names));
        }
    }

    /// <summary>Matching runs on submission only, and is logged (R20), whatever becomes of the rows.</summary>
    private static AuditEntry Matched(ImportJob job, int rows) =>
        new("import-matched")
        {
            SubjectKind = "import",
            SubjectId = job.Import.Id,
            Changes = AuditEntry.Between(null, Json.Node(new { rowsMatchingOthers = rows })),
            Origin = Origin.System with { Doer = job.Caller.Doer() },
        };

    /// <summary>What the projects are called; to a unit only its own are named, not those that were another's meanwhile (R17a).</summary>
    private static async Task<Dictionary<string, ProjectName>> Names(
        Session session,
        ImportRun run,
        IEnumerable<string> projects
    )
    {
        var names = new Dictionary<string, ProjectName>(StringComparer.Ordinal);
        foreach (var ids in projects.Chunk(MostNamed))
        {
            foreach (var row in await session.Query<ProjectName>(SelectNames, new { ids }))
            {
                if (run.IsBackfill || row.OwnerId == run.Caller.JurisdictionId)
                    names.Add(row.Id, row);
            }
        }

        return names;
    }

    private const int MostNamed = 500;

    private static object?[] Kept(
        ImportJob job,
        RegisterRow row,
        TakenRow taken,
        bool doubtful,
        IReadOnlyList<string> codes,
        Dictionary<string, ProjectName> names
    ) =>
        [
            job.Import.Id,
            row.Row.RowNumber,
            row.ContentHash,
            Slug.Of(taken.Outcome),
            doubtful ? 1 : 0,
            Slug.Of(taken.Action),
            taken.ProjectId,
            taken.ClaimId,
            $"|{string.Join('|', codes)}|",
            Json.Write(
                row.Columns.Columns.Select(
                        (column, at) => (column.Header, Text: at < row.Cells.Count ? row.Cells[at].Original : "")
                    )
                    .ToDictionary(cell => cell.Header, cell => cell.Text)
            ),
            RowSays.Parsed(job.Run, row.Row).ToJsonString(Json.Options),
            Json.Write(
                taken.Issues.Select(issue => new KeptIssue(
                    issue.Column,
                    issue.Field,
                    issue.Code,
                    issue.Original,
                    [.. issue.Args.Select(Shown)]
                ))
            ),
            Json.Write(
                taken.Matches.Select(match =>
                    match.ProjectId is { } id && names.TryGetValue(id, out var project)
                        ? match with
                        {
                            ProjectName = project.Name,
                            ProjectCode = project.Code,
                        }
                        : match
                )
            ),
            Json.Write(taken.Changes),
        ];

    /// <summary>What a message is told with, as it is kept.</summary>
    public static string Shown(object arg) =>
        Convert.ToString(arg, System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private const string SelectNames = "SELECT id, name, code, owner_id FROM projects WHERE id IN @ids";

    private sealed class ProjectName
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Code { get; init; }
        public required string OwnerId { get; init; }
    }

    private static readonly BulkTable ImportRows = new(
        "import_rows",
        "import_id",
        "row_number",
        "content_hash",
        "outcome",
        "doubtful",
        "action_taken",
        "project_id",
        "claim_id",
        "codes",
        "original",
        "parsed",
        "issues",
        "matches",
        "changes"
    );
}
