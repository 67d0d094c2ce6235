using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;

namespace Pipeline.Api.Features.Imports;

public enum ImportStatus
{
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
}

public enum ImportMode
{
    /// <summary>Every row for itself.</summary>
    Rowwise,

    /// <summary>All rows or none.</summary>
    Atomic,
}

/// <summary>Which rows an import takes.</summary>
public enum RowChoice
{
    /// <summary>All that are not refused.</summary>
    All,

    /// <summary>Those without a doubt; the others are held back, for a person to look at.</summary>
    Undoubted,
}

public enum RowOutcome
{
    Accepted,
    Rejected,
}

/// <summary>What became of an accepted row (R53).</summary>
public enum RowAction
{
    Create,
    UpdateProposed,
    None,
}

/// <summary>Which rows of an import to list.</summary>
public enum OutcomeFilter
{
    Accepted,
    Doubtful,
    Rejected,
}

/// <summary>A column and the field it was taken for.</summary>
public sealed record ColumnView
{
    public required string Header { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Field { get; init; }

    /// <summary>A few of the values that stand in it.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Whether its cells can be corrected: those that only say where a row stands can not.</summary>
    public bool Correctable { get; init; } = true;

    /// <summary>The columns of a register.</summary>
    public static IReadOnlyList<ColumnView> Of(RegisterTables register)
    {
        var samples = ColumnSamples.Of(register);
        return
        [
            .. register.Columns.Columns.Select(column => new ColumnView
            {
                Header = column.Header,
                Field = column.Feeds,
                Samples = samples.GetValueOrDefault(column.Header, []),
                Correctable =
                    column.Header is not (Tables.SheetHeader or Tables.StageSheetHeader or Tables.SheetRowHeader),
            }),
        ];
    }
}

/// <summary>Something about the file as a whole: a sheet that was left out, a total that differs.</summary>
public sealed record ImportNote(string Code, string Message);

/// <summary>A note as it is kept: the words come with the reader's language.</summary>
public sealed record KeptNote(string Code, IReadOnlyList<string> Args);

public sealed record IssueCount(string Code, Severity Severity, int Count);

/// <summary>When something was removed after its time, and by which rule set.</summary>
public sealed record RemovedByRules(DateTimeOffset At, string RuleSetId, string RuleSetName)
{
    /// <summary>The refusal of what would need it.</summary>
    public Refusal Refuse(string slug) =>
        new(
            RefusalKind.Conflict,
            slug,
            Shanghai.DateOf(At).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            RuleSetName
        );
}

/// <summary>An import as it is read.</summary>
public sealed record ImportView
{
    public required string Id { get; init; }
    public required string FileName { get; init; }
    public required ImportStatus Status { get; init; }
    public required ImportMode Mode { get; init; }
    public required bool DryRun { get; init; }

    /// <summary>`not-run` where the library must not be asked (R20): a unit's dry run.</summary>
    public required string Matching { get; init; }
    public required int RowsTotal { get; init; }
    public required int RowsDone { get; init; }
    public required int RowsAccepted { get; init; }
    public required int RowsRejected { get; init; }
    public required int RowsDoubtful { get; init; }

    /// <summary>Which rows it was to take.</summary>
    public required RowChoice Rows { get; init; }

    /// <summary>Among the refused: rows with doubts that were held back, since only those without were to be taken.</summary>
    public required int RowsHeldBack { get; init; }

    /// <summary>Rows that are in the library, or in the file, already.</summary>
    public required int Duplicates { get; init; }
    public required IReadOnlyList<ColumnView> Columns { get; init; }
    public required IReadOnlyList<IssueCount> IssueCounts { get; init; }

    /// <summary>What was left out of the file, and what is odd about it as a whole.</summary>
    public required IReadOnlyList<ImportNote> Notes { get; init; }

    /// <summary>Why it failed, for people; <see cref="ErrorCode"/> never changes.</summary>
    public string? Error { get; init; }
    public string? ErrorCode { get; init; }

    /// <summary>The import from which this one went on, with its file and its corrections.</summary>
    public string? BasedOn { get; init; }

    /// <summary>The import that went on from this one: corrections belong there.</summary>
    public string? ContinuedBy { get; init; }

    /// <summary>How many cells were corrected since it ran: judged when it is run again.</summary>
    public required int PendingCorrections { get; init; }

    /// <summary>That it was undone as a whole, by whom, when and why.</summary>
    public ImportUndoneView? Undone { get; init; }

    /// <summary>When the text of its rows was removed, and by which rule set; absent: it is there.</summary>
    public RemovedByRules? RowsRemoved { get; init; }

    /// <summary>When its file was removed, and by which rule set; absent: it is there.</summary>
    public RemovedByRules? FileRemoved { get; init; }

    /// <summary>The unit whose import it is; absent where it is the centre's.</summary>
    public string? JurisdictionId { get; init; }
    public required PersonRef CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>That an import was undone: nothing that it brought is in the library any more.</summary>
public sealed record ImportUndoneView(PersonRef By, DateTimeOffset At, string Reason);

/// <summary>An import as it is stored.</summary>
public sealed class ImportRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string FileName { get; init; }
    public required string FieldMap { get; init; }
    public required string ImportMode { get; init; }
    public bool DryRun { get; init; }
    public required string Status { get; init; }
    public string? JurisdictionId { get; init; }
    public required string CreatedBy { get; init; }
    public required string CreatedByName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public int RowsTotal { get; init; }
    public int RowsDone { get; init; }
    public int RowsAccepted { get; init; }
    public int RowsRejected { get; init; }
    public int RowsDoubtful { get; init; }
    public int Duplicates { get; init; }
    public required string Headers { get; init; }
    public required string IssueCounts { get; init; }
    public required string Notes { get; init; }
    public string? Failure { get; init; }
    public string? FailureArgs { get; init; }
    public string? CreatorRole { get; init; }
    public string? BasedOn { get; init; }
    public string? ContentOf { get; init; }
    public string? ContinuedBy { get; init; }
    public int PendingCorrections { get; init; }
    public required string RowsTaken { get; init; }
    public int RowsHeldBack { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
    public string? UndoneBy { get; init; }
    public string? UndoneByName { get; init; }
    public string? UndoReason { get; init; }
    public DateTimeOffset? RowsRemovedAt { get; init; }
    public string? RowsRemovedBy { get; init; }
    public string? RowsRemovedByName { get; init; }
    public DateTimeOffset? FileRemovedAt { get; init; }
    public string? FileRemovedBy { get; init; }
    public string? FileRemovedByName { get; init; }
    public long Version { get; init; }

    /// <summary>When the text of its rows was removed; null: it is there.</summary>
    public RemovedByRules? RowsRemoved =>
        RowsRemovedAt is { } at ? new RemovedByRules(at, RowsRemovedBy!, RowsRemovedByName!) : null;

    /// <summary>When its file was removed; null: it is there.</summary>
    public RemovedByRules? FileRemoved =>
        FileRemovedAt is { } at ? new RemovedByRules(at, FileRemovedBy!, FileRemovedByName!) : null;

    /// <summary>Whether it waits or runs.</summary>
    public bool IsOpen => Status is "queued" or "running";

    public ImportView View(string language) =>
        new()
        {
            Id = Id,
            FileName = FileName,
            Status = Slug.To<ImportStatus>(Status),
            Mode = Slug.To<ImportMode>(ImportMode),
            DryRun = DryRun,
            Matching = DryRun && CreatorRole != Slug.Of(Role.Coordinator) ? "not-run" : "run",
            RowsTotal = RowsTotal,
            RowsDone = RowsDone,
            RowsAccepted = RowsAccepted,
            RowsRejected = RowsRejected,
            RowsDoubtful = RowsDoubtful,
            Rows = Slug.To<RowChoice>(RowsTaken),
            RowsHeldBack = RowsHeldBack,
            Duplicates = Duplicates,
            Columns = Json.Read<List<ColumnView>>(Headers),
            IssueCounts =
            [
                .. Json.Read<Dictionary<string, int>>(IssueCounts)
                    .OrderByDescending(count => count.Value)
                    .ThenBy(count => count.Key, StringComparer.Ordinal)
                    .Select(count => new IssueCount(count.Key, ImportCodes.SeverityOf(count.Key), count.Value)),
            ],
            Notes =
            [
                .. Json.Read<List<KeptNote>>(Notes)
                    .Select(note => new ImportNote(
                        note.Code,
                        Messages.Text(language, $"code.{note.Code}", [.. note.Args, .. Enumerable.Repeat("", 3)]).Trim()
                    )),
            ],
            Error = Failure is null
                ? null
                : Messages
                    .Text(
                        language,
                        $"code.{Failure}",
                        [
                            .. FailureArgs is null ? [] : Json.Read<List<string>>(FailureArgs),
                            .. Enumerable.Repeat("", 3),
                        ]
                    )
                    .Trim(),
            ErrorCode = Failure,
            BasedOn = BasedOn,
            ContinuedBy = ContinuedBy,
            PendingCorrections = PendingCorrections,
            Undone = UndoneAt is { } undoneAt
                ? new ImportUndoneView(new PersonRef(UndoneBy!, UndoneByName!), undoneAt, UndoReason!)
                : null,
            RowsRemoved = RowsRemoved,
            FileRemoved = FileRemoved,
            JurisdictionId = JurisdictionId,
            CreatedBy = new PersonRef(CreatedBy, CreatedByName),
            CreatedAt = CreatedAt,
            FinishedAt = FinishedAt,
            Version = Version,
        };

    /// <summary>What went on from an import: a run that failed did not, unless another went on from that.</summary>
    public const string Followers =
        "imports n WHERE n.based_on = i.id AND (n.status <> 'failed' OR EXISTS (SELECT m.id FROM imports m WHERE m.based_on = n.id))";

    public const string Select = $"""
        SELECT i.seq, i.id, i.file_name, i.field_map, i.import_mode, i.dry_run, i.status, i.jurisdiction_id, i.created_by, i.created_by_name, i.created_at, i.finished_at,
          i.rows_total, i.rows_done, i.rows_accepted, i.rows_rejected, i.rows_doubtful, i.duplicates, i.headers, i.issue_counts, i.notes, i.failure, i.failure_args, i.version, u.role AS creator_role, i.based_on, i.content_of,
          i.rows_taken, i.rows_held_back, i.undone_at, i.undone_by, i.undone_by_name, i.undo_reason,
          (SELECT MAX(n.id) FROM {Followers}) AS continued_by,
          (SELECT COUNT(*) FROM import_corrections c WHERE c.import_id = i.id AND c.pending = 1) AS pending_corrections,
          i.rows_removed_at, i.rows_removed_by, rr.name AS rows_removed_by_name, i.file_removed_at, i.file_removed_by, rf.name AS file_removed_by_name
        FROM imports i LEFT JOIN users u ON u.id = i.created_by
        LEFT JOIN rule_sets rr ON rr.id = i.rows_removed_by
        LEFT JOIN rule_sets rf ON rf.id = i.file_removed_by
        """;
}

/// <summary>One issue of a row, as it is kept: the arguments of its message stay, the words come with the reader's language.</summary>
public sealed record KeptIssue(string? Column, string? Field, string Code, string Original, IReadOnlyList<string> Args);

/// <summary>A match of a row with another row, a project, or a report of one's own that waits (R54).</summary>
public sealed record RowMatch
{
    public required MatchLevel Level { get; init; }
    public required IReadOnlyList<string> Reasons { get; init; }
    public int? RowNumber { get; init; }
    public string? ProjectId { get; init; }

    /// <summary>A report of one's own that waits.</summary>
    public string? ClaimId { get; init; }
    public string? ProjectName { get; init; }
    public string? ProjectCode { get; init; }
}

/// <summary>A value of a row that differs from what the library has.</summary>
public sealed record ProposedChange(JsonNode? From, JsonNode? To);

/// <summary>A row of an import as it is read.</summary>
public sealed record ImportRowView
{
    public required int RowNumber { get; init; }
    public required RowOutcome Outcome { get; init; }
    public required bool Doubtful { get; init; }
    public required RowAction Action { get; init; }
    public string? ProjectId { get; init; }
    public string? ClaimId { get; init; }
    public required IReadOnlyDictionary<string, string> Original { get; init; }
    public required JsonObject Parsed { get; init; }
    public required IReadOnlyList<RowIssueView> Issues { get; init; }
    public required IReadOnlyList<RowMatch> Matches { get; init; }

    /// <summary>What the row would change of the project it was recognised as; nothing of it is applied (R53) until somebody accepts it.</summary>
    public IReadOnlyDictionary<string, ProposedChange>? Changes { get; init; }

    /// <summary>Those of the changes that an edit can make and that were not decided yet; stages, their days and owners change by moves and transfers. Whether there is a project to edit it does not tell (R52).</summary>
    public IReadOnlyList<string>? Acceptable { get; init; }

    /// <summary>What was decided of the changes.</summary>
    public UpdateDecisionView? Decision { get; init; }

    /// <summary>What people wrote in the place of its cells.</summary>
    public IReadOnlyList<CorrectionView>? Corrections { get; init; }
}

public enum UpdateDecision
{
    Accept,
    Decline,
}

/// <summary>What was decided of an update that a row proposed.</summary>
public sealed record UpdateDecisionView
{
    public required UpdateDecision Decision { get; init; }

    /// <summary>The facts that were taken over.</summary>
    public required IReadOnlyList<string> Fields { get; init; }
    public required PersonRef DecidedBy { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
}

/// <summary>A corrected cell: what is to be read there, null where the file's own text is; and what was read there when the import ran.</summary>
public sealed record CorrectionView
{
    public required string Column { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Text { get; init; }
    public string? Applied { get; init; }
}

public sealed record RowIssueView
{
    public string? Column { get; init; }
    public string? Field { get; init; }
    public required string Code { get; init; }
    public required Severity Severity { get; init; }
    public required string Message { get; init; }
    public required string Original { get; init; }
}

/// <summary>A row of an import as it is stored.</summary>
public sealed class StoredRow
{
    public int RowNumber { get; init; }
    public required string Outcome { get; init; }
    public bool Doubtful { get; init; }
    public required string ActionTaken { get; init; }
    public string? ProjectId { get; init; }
    public string? ClaimId { get; init; }
    public required string Original { get; init; }
    public required string Parsed { get; init; }
    public required string Issues { get; init; }
    public required string Matches { get; init; }
    public required string Changes { get; init; }
    public string? Decision { get; init; }
    public string? Fields { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedByName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <param name="stored">Whether the import was for real: of a dry run no update can be accepted.</param>
    public ImportRowView View(string language, bool stored, IEnumerable<StoredCorrection> corrections)
    {
        IReadOnlyList<CorrectionView> corrected =
        [
            .. corrections.Select(each => new CorrectionView
            {
                Column = each.Header,
                Text = each.NewText,
                Applied = each.AppliedText,
            }),
        ];
        var changes = Json.Read<Dictionary<string, ProposedChange>>(Changes);
        return new ImportRowView
        {
            RowNumber = RowNumber,
            Outcome = Slug.To<RowOutcome>(Outcome),
            Doubtful = Doubtful,
            Action = Slug.To<RowAction>(ActionTaken),
            ProjectId = ProjectId,
            ClaimId = ClaimId,
            Original = Json.Read<Dictionary<string, string>>(Original),
            Parsed = JsonNode.Parse(Parsed)!.AsObject(),
            Issues = IssuesIn(language),
            Matches = Json.Read<List<RowMatch>>(Matches),
            Changes = changes.Count == 0 ? null : changes,
            Acceptable =
                stored && Decision is null && ProposedFacts.Of(changes.Keys) is { Count: > 0 } facts ? facts : null,
            Decision = Decision is null
                ? null
                : new UpdateDecisionView
                {
                    Decision = Slug.To<UpdateDecision>(Decision),
                    Fields = Json.Read<List<string>>(Fields!),
                    DecidedBy = new PersonRef(DecidedBy!, DecidedByName!),
                    DecidedAt = DecidedAt!.Value,
                },
            Corrections = corrected.Count == 0 ? null : corrected,
        };
    }

    public IReadOnlyList<RowIssueView> IssuesIn(string language) =>
        [
            .. Json.Read<List<KeptIssue>>(Issues)
                .Select(issue => new RowIssueView
                {
                    Column = issue.Column,
                    Field = issue.Field,
                    Code = issue.Code,
                    Severity = ImportCodes.SeverityOf(issue.Code),
                    Message = Messages
                        .Text(language, $"code.{issue.Code}", [.. issue.Args, .. Enumerable.Repeat("", 3)])
                        .Trim(),
                    Original = issue.Original,
                }),
        ];

    public const string Select = """
        SELECT r.row_number, r.outcome, r.doubtful, r.action_taken, r.project_id, r.claim_id, r.original, r.parsed, r.issues, r.matches, r.changes,
          d.decision, d.fields, d.decided_by, d.decided_by_name, d.decided_at
        FROM import_rows r LEFT JOIN import_decisions d ON d.import_id = r.import_id AND d.row_number = r.row_number
        """;
}
