using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>What became of a row of a sheet of records.</summary>
public enum RecordOutcome
{
    Accepted,

    /// <summary>The library says it already, so nothing was added (R53).</summary>
    Unchanged,
    Rejected,
}

/// <summary>Something about a cell or a row: of an accepted one a doubt, of a rejected one why.</summary>
public sealed record RecordIssueView
{
    /// <summary>The heading; absent where it concerns the row.</summary>
    public string? Column { get; init; }
    public string? Field { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }
}

/// <summary>A row as it stands in the file, and what became of it.</summary>
public sealed record RecordRowView
{
    /// <summary>As a spreadsheet shows it, from 1.</summary>
    public required int RowNumber { get; init; }
    public required RecordOutcome Outcome { get; init; }

    /// <summary>The record that it became, or that says the same already.</summary>
    public string? RecordId { get; init; }
    public required IReadOnlyList<RecordIssueView> Issues { get; init; }

    /// <summary>What stood there, by heading.</summary>
    public required IReadOnlyDictionary<string, string> Original { get; init; }
}

/// <summary>A column, and the field it was read as; none where it only tells, or was not recognised.</summary>
public sealed record RecordColumn(string Heading, string? Field);

/// <summary>A sheet of records that was taken in, or read on trial.</summary>
public sealed record RecordImportView
{
    /// <summary>Absent of a trial, of which nothing is kept.</summary>
    public string? Id { get; init; }
    public required RecordKind Kind { get; init; }
    public required string FileName { get; init; }
    public required bool DryRun { get; init; }

    /// <summary>Accepted, unchanged and rejected together are all rows (R50); doubtful ones are among the accepted.</summary>
    public required int RowsTotal { get; init; }
    public required int RowsAccepted { get; init; }
    public required int RowsUnchanged { get; init; }
    public required int RowsRejected { get; init; }
    public required int RowsDoubtful { get; init; }
    public required IReadOnlyList<RecordColumn> Columns { get; init; }

    /// <summary>Absent in lists.</summary>
    public IReadOnlyList<RecordRowView>? Rows { get; init; }

    /// <summary>The unit whose import it is.</summary>
    public string? JurisdictionId { get; init; }
    public required PersonRef CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>That it was undone as a whole, by whom, when and why.</summary>
    public ImportUndoneView? Undone { get; init; }
}

/// <summary>An issue as it is kept: the words come with the reader's language.</summary>
public sealed record KeptRecordIssue(string? Column, string? Field, string Code, IReadOnlyList<string> Args);

/// <summary>A row as it is kept.</summary>
public sealed record KeptRecordRow(
    int RowNumber,
    RecordOutcome Outcome,
    string? RecordId,
    IReadOnlyList<KeptRecordIssue> Issues,
    IReadOnlyDictionary<string, string> Original,
    RecordTrace? Trace = null
);

/// <summary>Of what an accepted row stored, what an undo has to know.</summary>
/// <param name="Version">The version in which it was left; of a node, which has none, 0.</param>
/// <param name="Key">Where it is no record of its own: what it is found by.</param>
/// <param name="Facts">What stood there before; of a node, what it was left as.</param>
public sealed record RecordTrace(long Version, string? Key = null, JsonNode? Facts = null);

/// <summary>An import of records as it is stored.</summary>
public sealed class RecordImportRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string FileName { get; init; }
    public string? JurisdictionId { get; init; }
    public required string CreatedBy { get; init; }
    public required string CreatedByName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public int RowsAccepted { get; init; }
    public int RowsUnchanged { get; init; }
    public int RowsRejected { get; init; }
    public int RowsDoubtful { get; init; }
    public required string ColumnsRead { get; init; }
    public string? RowsTaken { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
    public string? UndoneBy { get; init; }
    public string? UndoneByName { get; init; }
    public string? UndoReason { get; init; }

    /// <summary>It changes but once: when it is undone.</summary>
    public long Version => UndoneAt is null ? 1 : 2;

    /// <summary>The rows, where they were read.</summary>
    public IReadOnlyList<KeptRecordRow> KeptRows() => Json.Read<List<KeptRecordRow>>(RowsTaken!);

    public RecordImportView View(string language) =>
        new()
        {
            Id = Id,
            Kind = Slug.To<RecordKind>(Kind),
            FileName = FileName,
            DryRun = false,
            RowsTotal = RowsAccepted + RowsUnchanged + RowsRejected,
            RowsAccepted = RowsAccepted,
            RowsUnchanged = RowsUnchanged,
            RowsRejected = RowsRejected,
            RowsDoubtful = RowsDoubtful,
            Columns = Json.Read<List<RecordColumn>>(ColumnsRead),
            Rows = RowsTaken is null ? null : RecordImports.Rows(KeptRows(), language),
            JurisdictionId = JurisdictionId,
            CreatedBy = new PersonRef(CreatedBy, CreatedByName),
            CreatedAt = CreatedAt,
            Undone = UndoneAt is { } undoneAt
                ? new ImportUndoneView(new PersonRef(UndoneBy!, UndoneByName!), undoneAt, UndoReason!)
                : null,
        };
}

/// <summary>Imports of sheets of records: a unit's own, the centre all.</summary>
public static class RecordImports
{
    private static readonly QueryParameter Kind = Query.Choice<RecordKind>(
        "kind",
        "What the rows are. May be a field of the form."
    );

    public static void MapRecordImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/record-imports").WithTags("Imports");
        imports
            .MapPost("/", TakeRecords.Handle)
            .WithName("importRecords")
            .WithSummary(
                "Import capital, signing notices, statistics, targets, values of indicators, libraries, land, chains, events or needs"
            )
            .Allows(Act.ImportRecords)
            .Accepts<IFormFile>("multipart/form-data")
            .Reads(
                Kind,
                Query.Flag(
                    "dryRun",
                    "Whether everything is read and judged, and nothing stored. May be a field of the form."
                )
            )
            .Answers<RecordImportView>(201)
            .AnswersVersion()
            .Refuses(400, 403, 413, 415)
            .TellsWithin("project-unknown");
        imports
            .MapGet("/", List)
            .WithName("listRecordImports")
            .WithSummary("List imports of records, the newest first")
            .Allows(Act.ReadImports)
            .Reads(Query.Pages)
            .Answers<Page<RecordImportView>>();
        imports
            .MapGet("/{id}", Single)
            .WithName("getRecordImport")
            .WithSummary("Get an import of records and what became of each row")
            .Allows(Act.ReadImports)
            .Answers<RecordImportView>()
            .AnswersVersion()
            .Refuses(404);
        imports
            .MapGet("/{id}/undo", UndoRecordImport.Preview)
            .WithName("previewRecordImportUndo")
            .WithSummary("Get what undoing an import of records would do, and what stands against it")
            .Allows(Act.ImportRecords)
            .Answers<UndoRecordImport.PreviewView>()
            .Refuses(403, 404);
        imports
            .MapPost("/{id}/undo", UndoRecordImport.Handle)
            .WithName("undoRecordImport")
            .WithSummary("Undo an import of records as a whole, while nothing has been built on it")
            .WithDescription(
                "Each record that it brought is taken back as by hand: land and notices withdrawn, events called off, needs and entries retired, nodes removed, capital that waits returned, targets that wait taken back; of statistics and indicators what was known before stands again. Refused as a whole where something has been built on one of them; the problem names up to 200 rows."
            )
            .Allows(Act.ImportRecords)
            .Takes<ReasonRequest>()
            .Answers<RecordImportView>()
            .AnswersVersion()
            .Refuses(400, 403, 404)
            .Refuses("import-built-on", "import-undone", "import-untraced", "nothing-to-undo");
    }

    private static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var filter = Permissions.ReadsCity(call.Caller) ? "1 = 1" : "i.jurisdiction_id = @unit";
        var language = Messages.Language(call.Request);
        return await call.Read<IResult>(async session =>
            Reply.Plain(
                Pages.Of(
                    call.Request,
                    cursors,
                    await session.Query<RecordImportRow>(
                        $"SELECT {Columns} FROM record_imports i WHERE {filter} AND i.seq < @seq ORDER BY i.seq DESC {{page}}",
                        new
                        {
                            unit = call.Caller.JurisdictionId ?? "",
                            seq = cursor?.Seq ?? long.MaxValue,
                            limit = limit + 1,
                        }
                    ),
                    limit,
                    row => new Cursor(null, row.Seq),
                    row => row.View(language)
                )
            )
        );
    }

    private static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await Load(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(Messages.Language(call.Request)), row.Version)
                : (Reply)Refusal.NotFound
        );

    /// <summary>The import with its rows, or null when it does not exist for this caller.</summary>
    public static async Task<RecordImportRow?> Load(Session session, Caller caller, string id)
    {
        var row = await session.One<RecordImportRow>(
            $"SELECT {Columns}, i.rows_taken FROM record_imports i WHERE i.id = @id",
            new { id }
        );
        return row is not null && (Permissions.ReadsCity(caller) || row.JurisdictionId == caller.JurisdictionId)
            ? row
            : null;
    }

    /// <summary>Rows in a reader's language.</summary>
    internal static IReadOnlyList<RecordRowView> Rows(IEnumerable<KeptRecordRow> rows, string language) =>
        [
            .. rows.Select(row => new RecordRowView
            {
                RowNumber = row.RowNumber,
                Outcome = row.Outcome,
                RecordId = row.RecordId,
                Issues =
                [
                    .. row.Issues.Select(issue => new RecordIssueView
                    {
                        Column = issue.Column,
                        Field = issue.Field,
                        Code = issue.Code,
                        Message = Message(language, issue),
                    }),
                ],
                Original = row.Original,
            }),
        ];

    private static string Message(string language, KeptRecordIssue issue)
    {
        object[] args =
        [
            .. issue.Args.Select(arg =>
                arg.StartsWith("enum.", StringComparison.Ordinal) ? Messages.Text(language, arg) : arg
            ),
            .. Enumerable.Repeat("", 3),
        ];
        var text = Messages.Text(language, $"code.{issue.Code}", args);
        return (
            text == $"code.{issue.Code}" ? Messages.Text(language, $"problem.{issue.Code}.detail", args) : text
        ).Trim();
    }

    private const string Columns =
        "i.seq, i.id, i.kind, i.file_name, i.jurisdiction_id, i.created_by, i.created_by_name, i.created_at, i.rows_accepted, i.rows_unchanged, i.rows_rejected, i.rows_doubtful, i.columns_read, i.undone_at, i.undone_by, i.undone_by_name, i.undo_reason";
}
