using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Goes on from an import that ended, with its file and its corrections: to try again, to take it over, or to look after the rows that were held back. The one before stays as it was.</summary>
public static class RerunImport
{
    public sealed record Request
    {
        public bool? DryRun { get; init; }

        /// <summary>As before where it is absent.</summary>
        public ImportMode? Mode { get; init; }

        /// <summary>Which rows to take; all where it is absent. Rows are held back one by one, so not where it is all or none.</summary>
        public RowChoice? Rows { get; init; }

        /// <summary>Header → field, "" for a column that means nothing; as before where it is absent.</summary>
        public IReadOnlyDictionary<string, string>? Mapping { get; init; }

        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.DryRun).NotNull().Coded("required");
                RuleFor(request => request.Mapping)
                    .Must(mapping =>
                        mapping is null
                        || mapping.Values.All(field => field is null or "" || ImportFields.Exists(field))
                    )
                    .Coded("choice", string.Join(", ", ImportFields.All.Select(known => known.Key)));
            }
        }
    }

    public static async Task<IResult> Handle(string id, Call call, ImportSignal signal, Quotas quotas)
    {
        var body = await call.Body(Validation.Of<Request.Validator>());
        var result = await call.Write(async session =>
        {
            if (await ReadImports.Load(session, call.Caller, id) is not { } import)
                return Refusal.NotFound;
            if (import.JurisdictionId != call.Caller.JurisdictionId)
                return Refusal.Forbidden;
            if (body.Refusal is { } malformed)
                return malformed;
            if (RefusalOf(import) is { } refusal)
                return refusal;
            if (PostImport.RefusedRows(body.Value!.Rows, ModeOf(import, body.Value!)) is { } unfit)
                return Refusal.Invalid(unfit);
            if (await PostImport.IsFull(session, call.Caller, quotas))
                return new Refusal(RefusalKind.Conflict, "too-many-imports", quotas.OpenImports);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            if (await session.Execute(Touch, new { id }) == 0)
                return new Refusal(RefusalKind.Conflict, "import-continued");
            var next = await Queue(session, call.Caller, import, body.Value!);
            var row = (await session.One<ImportRow>($"{ImportRow.Select} WHERE i.id = @id", new { id = next }))!;
            return Reply.Resource(
                row.View(Messages.Language(call.Request)),
                row.Version,
                202,
                $"/api/v1/imports/{next}"
            );
        });
        signal.Raise();
        return result;
    }

    private static Refusal? RefusalOf(ImportRow import) =>
        import.IsOpen ? new Refusal(RefusalKind.Conflict, "import-running")
        : import.ContinuedBy is not null ? new Refusal(RefusalKind.Conflict, "import-continued")
        : import.RowsRemoved is { } rows ? rows.Refuse("import-rows-removed")
        : import.FileRemoved is { } file ? file.Refuse("import-file-removed")
        : import is { DryRun: false, Status: "completed", RowsHeldBack: 0, UndoneAt: null }
            ? new Refusal(RefusalKind.Conflict, "import-stored")
        : null;

    private static ImportMode ModeOf(ImportRow import, Request request) =>
        request.Mode ?? Slug.To<ImportMode>(import.ImportMode);

    private static async Task<string> Queue(Session session, Caller caller, ImportRow import, Request request)
    {
        var id = Ids.New();
        await session.Execute(
            Insert,
            new
            {
                id,
                fileName = import.FileName,
                fieldMap = request.Mapping is { } mapping
                    ? Json.Write(mapping.ToDictionary(pair => pair.Key, pair => pair.Value ?? ""))
                    : import.FieldMap,
                mode = Slug.Of(ModeOf(import, request)),
                rows = Slug.Of(request.Rows ?? RowChoice.All),
                dryRun = request.DryRun == true ? 1 : 0,
                unit = caller.JurisdictionId,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
                basedOn = import.Id,
                contentOf = import.ContentOf ?? import.Id,
            }
        );
        await session.Execute(CopyCorrections, new { id, from = import.Id });
        return id;
    }

    private const string Touch =
        "UPDATE imports SET version = version + 1 WHERE id = @id AND status NOT IN ('queued', 'running') AND NOT EXISTS (SELECT n.id FROM imports n WHERE n.based_on = @id AND n.status <> 'failed')";

    private const string Insert = """
        INSERT INTO imports (id, file_name, field_map, import_mode, dry_run, status, jurisdiction_id, created_by, created_by_name, created_at,
          rows_total, rows_done, rows_accepted, rows_rejected, rows_doubtful, duplicates, headers, issue_counts, notes, version, based_on, content_of, rows_taken)
        VALUES (@id, @fileName, @fieldMap, @mode, @dryRun, 'queued', @unit, @by, @byName, @now, 0, 0, 0, 0, 0, 0, '[]', '{}', '[]', 1, @basedOn, @contentOf, @rows)
        """;

    private const string CopyCorrections = """
        INSERT INTO import_corrections (import_id, row_number, place, header, new_text, applied_text, pending)
        SELECT @id, row_number, place, header, new_text, new_text, 0 FROM import_corrections WHERE import_id = @from AND new_text IS NOT NULL
        """;
}
