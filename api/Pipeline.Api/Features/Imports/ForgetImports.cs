using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Imports;

/// <summary>Removes the text of an import's rows: what stood in them and what was read, found and typed there. The import, its counts, and what became of each row stay, so that a register read again is recognised (R54) and the sum is still that of the rows (R50).</summary>
public sealed class ForgetImportRows : IRetained
{
    private const int Batch = 2000;

    public string Kind => "import-rows";

    public IsoDuration? LengthBy(Retention retention) => retention.ImportRows;

    public async Task<Removed> RemoveSome(Session session, RetentionRound round)
    {
        var import = await session.One<Kept>(SelectGoing, new { limit = 1 })
            ?? await session.One<Kept>(SelectKept, new { before = round.Before, limit = 1 });
        if (import is null)
            return new Removed(0, More: false);
        if (import.RowsRemovedTo is null)
            await Begin(session, import, round);
        var after = import.RowsRemovedTo ?? -1;
        var rows = await session.Query<int>(
            SelectRows,
            new
            {
                id = import.Id,
                after,
                limit = Batch,
            }
        );
        int? upTo = rows.Count > 0 ? rows[^1] : null;
        if (upTo is not null)
            await session.Execute(
                Empty,
                new
                {
                    id = import.Id,
                    after,
                    upTo,
                }
            );
        await session.Execute(Reach, new { id = import.Id, upTo = rows.Count == Batch ? upTo : null });
        return new Removed(rows.Count, More: true);
    }

    private static async Task Begin(Session session, Kept import, RetentionRound round)
    {
        var columns = Json.Read<List<ColumnView>>(import.Headers);
        await session.Execute(
            Mark,
            new
            {
                id = import.Id,
                now = session.Now,
                by = round.RuleSetId,
                headers = Json.Write(columns.Select(column => column with { Samples = [] })),
            }
        );
        await session.Execute(DeleteCorrections, new { id = import.Id });
        session.Note(
            new AuditEntry("retention-applied")
            {
                SubjectKind = "import",
                SubjectId = import.Id,
                Changes = AuditEntry.Between(
                    null,
                    Json.Node(new { rowsRemoved = import.RowsDone, endedBefore = round.Before })
                ),
            }
        );
    }

    private sealed class Kept
    {
        public required string Id { get; init; }
        public int? RowsRemovedTo { get; init; }
        public int RowsDone { get; init; }
        public required string Headers { get; init; }
    }

    private const string SelectGoing =
        "SELECT id, rows_removed_to, rows_done, headers FROM imports WHERE rows_removed_to IS NOT NULL ORDER BY rows_removed_to {page}";
    private const string SelectKept =
        "SELECT id, rows_removed_to, rows_done, headers FROM imports WHERE rows_removed_at IS NULL AND finished_at < @before ORDER BY finished_at {page}";
    private const string Mark =
        "UPDATE imports SET rows_removed_at = @now, rows_removed_by = @by, headers = @headers, version = version + 1 WHERE id = @id";
    private const string DeleteCorrections = "DELETE FROM import_corrections WHERE import_id = @id";
    private const string SelectRows =
        "SELECT row_number FROM import_rows WHERE import_id = @id AND row_number > @after ORDER BY row_number {page}";
    private const string Empty =
        "UPDATE import_rows SET original = '{}', parsed = '{}', issues = '[]', matches = '[]', changes = '{}' WHERE import_id = @id AND row_number > @after AND row_number <= @upTo";
    private const string Reach = "UPDATE imports SET rows_removed_to = @upTo WHERE id = @id";
}

/// <summary>Removes the file of an import, once everything that was read from it ended long enough ago.</summary>
public sealed class ForgetImportFiles : IRetained
{
    public string Kind => "import-files";

    public IsoDuration? LengthBy(Retention retention) => retention.ImportFiles;

    public async Task<Removed> RemoveSome(Session session, RetentionRound round)
    {
        var id = await session.One<string>(SelectKept, new { before = round.Before, limit = 1 });
        if (id is null)
            return new Removed(0, More: false);
        await session.Execute(
            Mark,
            new
            {
                id,
                now = session.Now,
                by = round.RuleSetId,
            }
        );
        await session.Execute(
            MarkFollowers,
            new
            {
                id,
                now = session.Now,
                by = round.RuleSetId,
            }
        );
        await session.Execute(Delete, new { id });
        session.Note(
            new AuditEntry("retention-applied")
            {
                SubjectKind = "import",
                SubjectId = id,
                Changes = AuditEntry.Between(null, Json.Node(new { fileRemoved = true, endedBefore = round.Before })),
            }
        );
        return new Removed(1, More: true);
    }

    private const string SelectKept = """
        SELECT i.id FROM imports i WHERE i.file_removed_at IS NULL AND i.finished_at < @before AND i.content_of IS NULL
          AND NOT EXISTS (SELECT n.id FROM imports n WHERE n.content_of = i.id AND (n.finished_at IS NULL OR n.finished_at >= @before))
        ORDER BY i.finished_at {page}
        """;
    private const string Mark =
        "UPDATE imports SET file_removed_at = @now, file_removed_by = @by, version = version + 1 WHERE id = @id";
    private const string MarkFollowers =
        "UPDATE imports SET file_removed_at = @now, file_removed_by = @by, version = version + 1 WHERE content_of = @id";
    private const string Delete = "DELETE FROM import_files WHERE import_id = @id";
}
