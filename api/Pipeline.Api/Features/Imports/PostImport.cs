using System.Text.Json;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes a register in: kept in the database and queued, so that any instance can run it and a restart loses nothing.</summary>
public static class PostImport
{
    /// <summary>What is asked for.</summary>
    public sealed record Request(
        string FileName,
        Stream Content,
        IReadOnlyDictionary<string, string> Mapping,
        ImportMode Mode,
        bool DryRun,
        RowChoice Rows = RowChoice.All
    );

    public static async Task<IResult> Handle(Call call, ImportSignal signal, Quotas quotas)
    {
        var (request, refusal) = await Read(call.Request);
        var result = await call.Write(async session =>
        {
            if (refusal is not null)
                return refusal;
            if (await IsFull(session, call.Caller, quotas))
                return new Refusal(RefusalKind.Conflict, "too-many-imports", quotas.OpenImports);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = await Queue(session, call.Caller, request!);
            var row = (await session.One<ImportRow>($"{ImportRow.Select} WHERE i.id = @id", new { id }))!;
            return Reply.Resource(row.View(Messages.Language(call.Request)), row.Version, 202, $"/api/v1/imports/{id}");
        });
        signal.Raise();
        return result;
    }

    /// <summary>Queues an import; its id.</summary>
    public static async Task<string> Queue(Session session, Caller caller, Request request)
    {
        var id = Ids.New();
        await session.Execute(
            Insert,
            new
            {
                id,
                fileName = request.FileName,
                fieldMap = Json.Write(request.Mapping),
                mode = Slug.Of(request.Mode),
                dryRun = request.DryRun ? 1 : 0,
                rows = Slug.Of(request.Rows),
                unit = caller.JurisdictionId,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        await StoredContent.WriteRegister(session, id, request.Content);
        return id;
    }

    /// <summary>Whether the unit has as many imports waiting or running as it may.</summary>
    internal static async Task<bool> IsFull(Session session, Caller caller, Quotas quotas) =>
        (
            await session.Query<string>(Open, new { unit = caller.JurisdictionId ?? "", limit = quotas.OpenImports })
        ).Count >= quotas.OpenImports;

    private static async Task<(Request? Request, Refusal? Refusal)> Read(HttpRequest request)
    {
        var (form, malformed) = await Upload.Read(request);
        if (malformed is not null)
            return (null, malformed);
        var query = new QueryReader(request);
        var errors = new List<FieldError>();

        // What may stand in the query may stand in the form as well, and there it wins.
        string? Given(string name)
        {
            var asked = query.Text(name, 20_000);
            return form.Fields.TryGetValue(name, out var field) && field.Length > 0 ? field : asked;
        }

        var dryRun = query.FlagOrNull("dryRun") ?? false;
        if (form.Fields.TryGetValue("dryRun", out var flag))
        {
            if (flag is not ("true" or "false"))
                errors.Add(new FieldError("dryRun", "boolean"));
            dryRun = flag == "true";
        }

        var mode = ImportMode.Rowwise;
        if (Given("mode") is { } modeText && !Slug.TryTo(modeText, out mode))
            errors.Add(new FieldError("mode", "choice", string.Join(", ", Slug.All<ImportMode>())));
        var rows = RowChoice.All;
        if (Given("rows") is { } rowsText && !Slug.TryTo(rowsText, out rows))
            errors.Add(new FieldError("rows", "choice", string.Join(", ", Slug.All<RowChoice>())));
        if (RefusedRows(rows, mode) is { } unfit)
            errors.Add(unfit);
        var mapping = Mapping(Given("mapping"), errors);
        if (query.Refusal() is { } wrong)
            return (null, wrong);

        if (form.FileName is not { } fileName)
            errors.Add(new FieldError("file", "required"));
        else if (!Validation.Readable(fileName))
            errors.Add(new FieldError("file", "characters"));
        else if (!Validation.OneLine(fileName))
            errors.Add(new FieldError("file", "one-line"));
        else if (SheetReader.KindRefused(form.Content, fileName) is { } kind)
            errors.Add(new FieldError("file", kind));
        if (errors.Count > 0)
            return (null, Refusal.Invalid([.. errors]));
        var name = Path.GetFileName(form.FileName!.Replace('\\', '/'));
        return (
            new Request(name.Length <= 200 ? name : name[^200..], form.Content, mapping!, mode, dryRun, rows),
            null
        );
    }

    /// <summary>Rows are held back one by one: where it is all rows or none, that says nothing.</summary>
    internal static FieldError? RefusedRows(RowChoice? rows, ImportMode mode) =>
        rows == RowChoice.Undoubted && mode == ImportMode.Atomic ? new FieldError("rows", "rowwise-only") : null;

    private static IReadOnlyDictionary<string, string>? Mapping(string? text, List<FieldError> errors)
    {
        if (text is null)
            return new Dictionary<string, string>();
        try
        {
            var mapping = JsonSerializer.Deserialize<Dictionary<string, string?>>(text) ?? [];
            foreach (var (header, field) in mapping)
            {
                if (field is not (null or "") && !ImportFields.Exists(field))
                    errors.Add(
                        new FieldError(
                            "mapping",
                            "choice",
                            string.Join(", ", ImportFields.All.Select(known => known.Key))
                        )
                    );
            }

            return mapping.ToDictionary(pair => pair.Key, pair => pair.Value ?? "");
        }
        catch (JsonException)
        {
            errors.Add(new FieldError("mapping", "malformed"));
            return null;
        }
    }

    private const string Insert = """
        INSERT INTO imports (id, file_name, field_map, import_mode, dry_run, status, jurisdiction_id, created_by, created_by_name, created_at,
          rows_total, rows_done, rows_accepted, rows_rejected, rows_doubtful, duplicates, headers, issue_counts, notes, version, rows_taken)
        VALUES (@id, @fileName, @fieldMap, @mode, @dryRun, 'queued', @unit, @by, @byName, @now, 0, 0, 0, 0, 0, 0, '[]', '{}', '[]', 1, @rows)
        """;

    private const string Open =
        "SELECT id FROM imports WHERE status IN ('queued', 'running') AND jurisdiction_id = @unit ORDER BY seq {page}";
}
