using System.Text.Json;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Claims;
using Pipeline.Api.Features.Files;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes a register in: kept in the database and queued, so that any instance can run it and a restart loses nothing.</summary>
public static class PostImport
{
    /// <summary>What is asked for.</summary>
    public sealed record Request(
        string FileName,
        byte[] Content,
        IReadOnlyDictionary<string, string> Mapping,
        ImportMode Mode,
        bool DryRun
    );

    public static async Task<IResult> Handle(Call call, ImportSignal signal)
    {
        var (request, refusal) = await Read(call.Request);
        var result = await call.Write(async session =>
        {
            if (refusal is not null)
                return refusal;
            if (call.ValidateOnly)
                return Reply.Plain(new ReportProject.Checked(true, "not-run"));
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
                unit = caller.JurisdictionId,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        await session.Execute(InsertFile, new { id, content = request.Content });
        return id;
    }

    private static async Task<(Request? Request, Refusal? Refusal)> Read(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return (null, new Refusal(RefusalKind.Invalid, "unsupported-media-type"));
        await IdempotencyKey.BodyOf(request);
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync();
        }
        catch (InvalidDataException)
        {
            return (null, new Refusal(RefusalKind.Invalid, "malformed-request"));
        }

        if (Unknown(request) is { } unknown)
            return (null, unknown);
        var errors = new List<FieldError>();
        string? Given(string name) =>
            form.TryGetValue(name, out var field) && field.ToString() is { Length: > 0 } text ? text
            : request.Query[name].ToString() is { Length: > 0 } asText ? asText
            : null;

        var dryRun = Given("dryRun");
        if (dryRun is not (null or "true" or "false"))
            errors.Add(new FieldError("dryRun", "boolean"));
        var mode = ImportMode.Rowwise;
        if (Given("mode") is { } modeText && !Slug.TryTo(modeText, out mode))
            errors.Add(new FieldError("mode", "choice", string.Join(", ", Slug.All<ImportMode>())));
        var mapping = Mapping(Given("mapping"), errors);

        var file = form.Files.GetFile("file");
        if (file is null || file.Length == 0)
            return (null, Problems.Invalid([.. errors, new FieldError("file", "required")]));
        if (file.Length > FileKinds.MaxSize)
            return (null, new Refusal(RefusalKind.Invalid, "payload-too-large"));
        using var buffer = new MemoryStream((int)file.Length);
        await file.CopyToAsync(buffer);
        var content = buffer.ToArray();
        if (!Validation.Readable(file.FileName))
            errors.Add(new FieldError("file", "characters"));
        else if (!SheetReader.IsKnown(content, file.FileName))
            errors.Add(new FieldError("file", "register-kind"));
        if (errors.Count > 0)
            return (null, Problems.Invalid([.. errors]));
        var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
        return (new Request(name.Length <= 200 ? name : name[^200..], content, mapping!, mode, dryRun == "true"), null);
    }

    private static Refusal? Unknown(HttpRequest request)
    {
        var query = new QueryReader(request);
        foreach (var name in (string[])["dryRun", "mode", "mapping"])
            query.Text(name, 20_000);
        return query.Refusal();
    }

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
          rows_total, rows_done, rows_accepted, rows_rejected, rows_doubtful, duplicates, headers, issue_counts, version)
        VALUES (@id, @fileName, @fieldMap, @mode, @dryRun, 'queued', @unit, @by, @byName, @now, 0, 0, 0, 0, 0, 0, '[]', '{}', 1)
        """;

    private const string InsertFile = "INSERT INTO import_files (import_id, content) VALUES (@id, @content)";
}
