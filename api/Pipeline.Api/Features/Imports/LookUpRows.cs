using Pipeline.Data;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Finds what the library, and the imports before, have of rows.</summary>
public sealed class LookUpRows(RuleBooks ruleBooks)
{
    /// <summary>Looks up what the library has of some rows, before the first of them goes in. A unit's are looked up one at a time: each may change what the next one finds.</summary>
    public async Task LookUp(Session session, ImportRun run, IReadOnlyList<RegisterRow> rows)
    {
        // Whether a row is new is asked under the lock under which it goes in: two imports of one file add it once.
        if (!run.DryRun)
            await session.Lock(LockName.Intake);
        run.Begin();
        rows = [.. rows.Where(item => !item.Row.IsRefused)];
        if (rows.Count == 0)
            return;
        var again = (
            await session.Query<KnownRow>(
                SameContent,
                new { hashes = rows.Select(item => item.ContentHash).Distinct() }
            )
        ).ToLookup(row => row.ContentHash);
        var named = (
            await session.Query<NamedRow>(
                OfEarlierImports,
                new
                {
                    nameKeys = rows.Select(item => RowSays.NameKey(item.Row)).Where(key => key.Length > 0).Distinct(),
                    importId = run.ImportId,
                }
            )
        ).ToLookup(row => (row.NameKey, row.OwnerId));
        var codes = rows.Select(item => item.Row.ProjectCode).OfType<string>().Distinct().ToList();
        var coded =
            codes.Count == 0
                ? []
                : (await session.Query<CodedRow>(OfCodes, new { codes, importId = run.ImportId })).ToDictionary(
                    project => project.Code,
                    project => project.Id,
                    StringComparer.Ordinal
                );
        var findings = await FindMatches.FindEach(
            session,
            rows.Select(item => item.Facts),
            await ruleBooks.Current(session),
            // How many projects others have of an investor must not show in what a unit's row is compared with (R20).
            run.IsBackfill
                ? WithinFile.MostMatches
                : int.MaxValue
        );
        foreach (var (item, finding) in rows.Zip(findings))
        {
            var row = item.Row;
            var known = again[item.ContentHash].FirstOrDefault();
            run.Looked[row.RowNumber] = new Looked(
                known is null
                    ? null
                    : new TakenRow
                    {
                        ProjectId = known.ProjectId,
                        ClaimId = known.ClaimId,
                        Duplicate = true,
                    },
                finding.Found,
                [.. named[(RowSays.NameKey(row), run.OwnerOf(row))].Select(project => project.Id)],
                row.ProjectCode is { } code ? coded.GetValueOrDefault(code) : null,
                finding.Beyond
            );
        }
    }

    private sealed class CodedRow
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
    }

    private sealed class NamedRow
    {
        public required string Id { get; init; }
        public required string NameKey { get; init; }
        public required string OwnerId { get; init; }
    }

    private sealed class KnownRow
    {
        public required string ContentHash { get; init; }
        public string? ProjectId { get; init; }
        public string? ClaimId { get; init; }
    }

    private const string SameContent = """
        SELECT r.content_hash, r.project_id, r.claim_id FROM import_rows r JOIN imports i ON i.id = r.import_id AND i.undone_at IS NULL
        WHERE r.content_hash IN @hashes AND r.action_taken = 'create' AND r.outcome = 'accepted' AND (r.project_id IS NOT NULL OR r.claim_id IS NOT NULL)
        ORDER BY r.import_id, r.row_number
        """;

    // What this import itself stored has codes that whoever wrote the file cannot have meant.
    private const string OfCodes =
        "SELECT id, code FROM projects WHERE code IN @codes AND (import_id IS NULL OR import_id <> @importId)";

    private const string OfEarlierImports =
        "SELECT p.id, p.name_key, p.owner_id FROM projects p JOIN imports i ON i.id = p.import_id AND i.undone_at IS NULL WHERE p.name_key IN @nameKeys AND p.import_id <> @importId ORDER BY p.seq";
}
