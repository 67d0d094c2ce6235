using Microsoft.Net.Http.Headers;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Files;

public static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        api.MapPost("/files", UploadFile.Unattached)
            .WithName("uploadFile")
            .WithSummary("Upload a file")
            .Tagged("Files", "Documents of projects, and evidence of contacts and moves.")
            .Allows(Act.AddFile)
            .Accepts<IFormFile>("multipart/form-data")
            .Answers<FileView>(201)
            .Refuses(400, 413)
            .Refuses("too-many-files");
        api.MapGet("/files/{id}", DownloadFile.Handle)
            .WithName("downloadFile")
            .WithSummary("Download a file")
            .WithTags("Files")
            .Allows(Act.ReadProjects)
            .Produces(200, contentType: "application/octet-stream")
            .AnswersVersion()
            .AnswersRanges()
            .Refuses(404);
        api.MapPost("/projects/{id}/files", UploadFile.OfProject)
            .WithName("addProjectFile")
            .WithSummary("Add a file to a project")
            .WithTags("Files")
            .Allows(Act.AddFile)
            .Accepts<IFormFile>("multipart/form-data")
            .Answers<FileView>(201)
            .Refuses(400, 404, 413)
            .Refuses("claim-held-by-another");
        api.MapGet("/projects/{id}/files", DownloadFile.List)
            .WithName("listProjectFiles")
            .WithSummary("List the files of a project")
            .WithTags("Files")
            .Allows(Act.ReadProjects)
            .Answers<Page<FileView>>()
            .Refuses(404);
    }
}

/// <summary>A file as it is listed.</summary>
public sealed record FileView(
    string Id,
    string Name,
    string ContentType,
    long Size,
    DateTimeOffset UploadedAt,
    PersonRef? UploadedBy = null
);

/// <summary>Takes a file in: of a project, or one's own for a report to come, which is kept for a day.</summary>
public static class UploadFile
{
    public static Task<IResult> Unattached(Call call) => Store(call, null, (_, _) => Task.FromResult<Refusal?>(null));

    public static Task<IResult> OfProject(string id, Call call, SettleClaims settle) =>
        Store(call, id, async (session, caller) =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.AddFile);
            return loaded.Refusal ?? ProjectActs.RefuseFile(loaded.Value.Acted());
        });

    /// <summary>Stores a file that was checked.</summary>
    internal static async Task Store(
        Session session,
        Caller by,
        string id,
        string? projectId,
        string name,
        string type,
        long size,
        string sha256,
        Stream content
    )
    {
        await session.Execute(
            Insert,
            new
            {
                id,
                projectId,
                unit = by.JurisdictionId,
                name,
                type,
                size,
                sha256,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        await StoredContent.Write(session, id, content);
    }

    private static async Task<IResult> Store(
        Call call,
        string? projectId,
        Func<Session, Caller, Task<Refusal?>> mayStore
    )
    {
        var (upload, malformed) = await Upload.Read(call.Request);
        string? type = null;
        malformed ??= Wrong(upload, out type);
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            if (await mayStore(session, caller) is { } refusal)
                return refusal;
            if (malformed is not null)
                return malformed;
            if (projectId is null && await OverQuota(session, call, upload.Size) is { } full)
                return full;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var name = NameOf(upload);
            var id = Ids.New();
            await Store(session, caller, id, projectId, name, type!, upload.Size, upload.Sha256, upload.Content);
            if (projectId is not null)
            {
                // What is added beside the owner is of who added it, like its progress (R23).
                var project = (await LoadProject.ById(session, projectId, caller.JurisdictionId))!;
                var unit = project.Partner ? caller.JurisdictionId : project.OwnerId;
                Timeline.Add(session, projectId, EntryKind.FileAdded, caller, unit, files: [new FileRef(id, name)]);
                await StoreProject.Touch(session, projectId, publicly: false);
            }

            return Reply.Plain(
                new FileView(
                    id,
                    name,
                    type!,
                    upload.Size,
                    session.Now,
                    new PersonRef(caller.UserId, caller.DisplayName)
                ),
                201
            ) with
            {
                Location = $"/api/v1/files/{id}",
                ProjectId = projectId,
            };
        });
    }

    /// <summary>What is wrong with the file of a form, or its type.</summary>
    private static Refusal? Wrong(Upload upload, out string? type)
    {
        type = null;
        if (upload.FileName is not { } name)
            return Refusal.Invalid(new FieldError("file", "required"));
        if (!Validation.Readable(name))
            return Refusal.Invalid(new FieldError("file", "characters"));
        if (!Validation.OneLine(name))
            return Refusal.Invalid(new FieldError("file", "one-line"));
        type = FileKinds.Detect(upload.Content, name);
        return type is null ? Refusal.Invalid(new FieldError("file", "file-kind")) : null;
    }

    private static string NameOf(Upload upload)
    {
        var name = Path.GetFileName(upload.FileName!.Replace('\\', '/')) is { Length: > 0 } given ? given : "file";
        return name.Length <= 200 ? name : name[^200..];
    }

    /// <summary>Files that belong to nothing yet are kept for a day, and a caller may keep so many of them.</summary>
    private static async Task<Refusal?> OverQuota(Session session, Call call, long size)
    {
        var quotas = call.Context.RequestServices.GetRequiredService<Quotas>();
        var kept = (await session.One<KeptRow>(Kept, new { by = call.Caller.UserId, since = session.Now - KeptFor }))!;
        return kept.Files >= quotas.UnattachedFiles || kept.Bytes + size > quotas.UnattachedBytes
            ? new Refusal(RefusalKind.Conflict, "too-many-files", quotas.UnattachedFiles, quotas.UnattachedBytes >> 20)
            : null;
    }

    /// <summary>Forgets what nobody has made use of for a day, some at a time.</summary>
    public static async Task Forget(Database database)
    {
        while (
            await database.Write(async session =>
            {
                var ids = await session.Query<string>(
                    Unused,
                    new { before = session.Now - KeptFor, limit = ForgottenAtOnce }
                );
                await session.Execute(ForgetContents, new { ids });
                await session.Execute(ForgetFiles, new { ids });
                return ids.Count;
            }) == ForgottenAtOnce
        ) { }
    }

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
    private const int ForgottenAtOnce = 20;

    private sealed class KeptRow
    {
        public long Files { get; init; }
        public long Bytes { get; init; }
    }

    private const string Insert = """
        INSERT INTO files (id, project_id, jurisdiction_id, name, content_type, size, sha256, uploaded_by, uploaded_by_name, uploaded_at)
        VALUES (@id, @projectId, @unit, @name, @type, @size, @sha256, @by, @byName, @now)
        """;

    private const string Kept =
        "SELECT COUNT(*) AS files, COALESCE(SUM(size), 0) AS bytes FROM files WHERE uploaded_by = @by AND uploaded_at > @since AND project_id IS NULL AND claim_id IS NULL AND dispute_id IS NULL AND problem_id IS NULL";
    private const string Unused =
        "SELECT id FROM files WHERE project_id IS NULL AND claim_id IS NULL AND dispute_id IS NULL AND problem_id IS NULL AND uploaded_at < @before ORDER BY uploaded_at {page}";
    private const string ForgetContents = "DELETE FROM file_contents WHERE file_id IN @ids";
    private const string ForgetFiles =
        "DELETE FROM files WHERE id IN @ids AND project_id IS NULL AND claim_id IS NULL AND dispute_id IS NULL AND problem_id IS NULL";
}

/// <summary>Hands files out, always as attachments; earlier units' files stay theirs (R17a).</summary>
public static class DownloadFile
{
    public static Task<IResult> Handle(string id, Call call, Database database) =>
        call.Read<IResult>(async session =>
        {
            var row = await FileRow.ById(session, id);
            if (row is null || !await row.IsOpenTo(session, call.Caller))
                return (Reply)Refusal.NotFound;
            if (IsBeyond(call.Request, row.Size))
            {
                call.Context.Response.Headers.ContentRange = $"bytes */{row.Size}";
                return (Reply)new Refusal(RefusalKind.Invalid, "range-not-satisfiable");
            }

            session.Note(
                new AuditEntry("read-file")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "file",
                    SubjectId = id,
                    ProjectId = row.ProjectId,
                }
            );
            call.Context.Response.Headers.CacheControl = "private, no-cache";
            call.Context.Response.Headers.XContentTypeOptions = "nosniff";
            return TypedResults.Stream(
                StoredContent.Open(database, row.Id, row.Size),
                row.ContentType,
                row.Name,
                entityTag: new EntityTagHeaderValue($"\"{row.Sha256[..32]}\""),
                enableRangeProcessing: true
            );
        });

    /// <summary>Whether the part that is asked for lies beyond the end of the file.</summary>
    private static bool IsBeyond(HttpRequest request, long size) =>
        request.GetTypedHeaders().Range is { Ranges.Count: 1 } range
        && range.Unit == "bytes"
        && range.Ranges.Single() is var part
        && (part.From >= size || part is { From: null, To: 0 });

    public static async Task<IResult> List(string id, Call call)
    {
        var query = new QueryReader(call.Request);
        var refusal = query.Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (await LoadProject.For(session, call.Caller, id) is not { } project)
                return (Reply)Refusal.NotFound;
            if (refusal is not null)
                return (Reply)refusal;
            var relation = project.RelationOf(call.Caller);
            var rows = relation == Relations.Summary ? [] : await FileRow.OfProject(session, id);
            return Reply.Plain(
                new Page<FileView>
                {
                    Items =
                    [
                        .. rows.Where(row =>
                                relation == Relations.City || row.JurisdictionId == call.Caller.JurisdictionId
                            )
                            .Select(row => new FileView(
                                row.Id,
                                row.Name,
                                row.ContentType,
                                row.Size,
                                row.UploadedAt,
                                new PersonRef(row.UploadedBy, row.UploadedByName)
                            )),
                    ],
                }
            );
        });
    }
}
