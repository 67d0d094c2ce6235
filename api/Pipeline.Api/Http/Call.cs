using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>One request: who calls, and the ways in which use cases read its body and touch the database.</summary>
public sealed class Call(
    HttpContext context,
    Database database,
    IDueWork dueWork,
    Access.Visibility visibility,
    AuditLog log
)
{
    public HttpContext Context => context;

    public HttpRequest Request => context.Request;

    public Caller Caller => Access.CallerIdentity.Of(context)!;

    public bool Has(Act act) => Permissions.Allows(Caller, act);

    /// <summary>Whether the caller of a dry run would rather be told what is refused by state or rule than be refused.</summary>
    private bool IsTold =>
        ValidateOnly
        && Request
            .Headers.GetCommaSeparatedValues("Prefer")
            .Contains("handling=lenient", StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether nothing is to be stored (<c>validateOnly=true</c>). Nor is anything when the value is none: that is refused after the checks that come first.</summary>
    public bool ValidateOnly =>
        Request.Query.TryGetValue("validateOnly", out var value) && value.ToString() is not "false";

    /// <summary>Runs a read: what was due by now is done first (R17).</summary>
    public async Task<T> Read<T>(Func<Session, Task<T>> work)
    {
        IReadOnlyList<AuditEntry> read = [];
        async Task<T> Work(Session session)
        {
            var result = await work(session);
            read = session.Entries;
            return result;
        }

        // Something is due once in a while: looking for it shares the connection and the instant of the read.
        var abandoned = context.RequestAborted;
        var (due, answer) = await database.Read(
            async session => await dueWork.IsAnythingDue(session) ? (true, default!) : (false, await Work(session)),
            abandoned
        );
        if (due)
        {
            await dueWork.DoWhatIsDue();
            answer = await database.Read(Work, abandoned);
        }

        if (read.Count > 0)
            await log.Add([.. read.Select(entry => entry with { Origin = Origins.Of(context) })]);
        return answer is IResult and not Reply { Refusal: not null } && UnknownParameters() is { } unknown
            ? (T)(object)(Reply)unknown
            : answer;
    }

    /// <summary>400 for a query parameter that the route does not know, and for <c>validateOnly</c> that is neither true nor false; null when all is well.</summary>
    public Refusal? UnknownParameters()
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var known = metadata?.GetMetadata<Access.QueryParameters>()?.All.Select(parameter => parameter.Name).ToList()
            ?? [];
        var validates = metadata is not null && Access.RoutePolicies.TakesValidateOnly(Request.Method, metadata);
        var errors = Request
            .Query.Keys.Where(name => !known.Contains(name) && !(validates && name == "validateOnly"))
            .Select(name => new FieldError(
                name.Length <= 100 && Validation.Readable(name) ? name : "?",
                "unknown-parameter"
            ))
            .ToList();
        if (validates && Request.Query.TryGetValue("validateOnly", out var flag))
        {
            if (flag.Count > 1)
                errors.Add(new FieldError("validateOnly", "repeated"));
            else if (flag.ToString() is not ("true" or "false"))
                errors.Add(new FieldError("validateOnly", "boolean"));
        }

        return errors.Count == 0 ? null : Refusal.Invalid([.. errors]);
    }

    /// <summary>Runs a write in one transaction. A refusal leaves nothing behind; a success is kept under the Idempotency-Key in the same transaction.</summary>
    public async Task<IResult> Write(Func<Session, Task<Reply>> work)
    {
        var key = await IdempotencyKey.Of(Request, Caller);
        return key.Refusal is { } malformed ? (Reply)malformed : await Write(key.Value, work);
    }

    /// <summary>Runs a write of which a part must not be done within the transaction, where everybody else would wait for it: hashing passwords, reading files. That part comes before, and not at all where the answer is kept already.</summary>
    public async Task<IResult> Write<T>(Func<Task<Result<T>>> prepare, Func<Session, T, Task<Reply>> work)
    {
        var key = await IdempotencyKey.Of(Request, Caller);
        if (key.Refusal is { } malformed)
            return (Reply)malformed;
        if (key.Value is { } known && await database.Read(session => known.IsKept(session)))
            return await Write(known, _ =>
                Task.FromResult<Reply>(new Refusal(RefusalKind.Conflict, "request-in-progress"))
            );
        var prepared = await prepare();
        return prepared.Refusal is { } refusal
            ? Told(refusal)
            : await Write(key.Value, session => work(session, prepared.Value));
    }

    /// <summary>Runs the write of one of several things that a request sends, in a transaction of its own. Under the request's Idempotency-Key each of them is kept for itself.</summary>
    /// <param name="item">What names it within the request.</param>
    /// <param name="content">What is sent, as text.</param>
    public async Task<Reply> WriteItem(string item, string content, Func<Session, Task<Reply>> work)
    {
        var key = await IdempotencyKey.Of(Request, Caller, item, content);
        return key.Refusal is { } malformed ? malformed : await Write(key.Value, work);
    }

    private async Task<Reply> Write(IdempotencyKey? key, Func<Session, Task<Reply>> work)
    {
        try
        {
            return await InTransaction(key, work);
        }
        catch (UnreadableRecordException) when (IdempotencyKey.SubjectOf(Request.Path.Value!) is { } record)
        {
            // That a record cannot be worked with is told to those for whom it exists.
            if (await database.Read(session => visibility.Sees(session, Caller, record)))
                throw;
            return (Reply)Refusal.NotFound;
        }
    }

    private Task<Reply> InTransaction(IdempotencyKey? key, Func<Session, Task<Reply>> work) =>
        database.Write(
            async session =>
            {
                session.Origin = Origins.Of(context);
                if (key is null)
                    return await Checked(work, session);
                if (await key.Kept(session, visibility, Caller) is { } kept)
                {
                    session.Note(Origins.Entry(context, AuditOutcome.Read, kept.Location));
                    return kept;
                }

                var reply = await Checked(work, session);
                if (reply is { Refusal: null, IsUndone: false, ChangesNothing: false } && !ValidateOnly)
                    key.Keep(session, reply, Caller, context.Request.Path.Value!);
                return reply;
            },
            reply => reply is { Refusal: null, IsUndone: false } && !ValidateOnly
        );

    private async Task<Reply> Checked(Func<Session, Task<Reply>> work, Session session)
    {
        var reply = await work(session);
        if (reply.Refusal is { } refusal)
            return Told(refusal) is { Refusal: { } told } && IsTold && Problems.Statuses[told.Slug] is 409 or 422
                ? Reply.Only(
                    new DryRun(false, session.HasMatched ? Matching.Run : Matching.NotRun)
                    {
                        Problem = Problems.Of(context, told),
                    }
                )
                : Told(refusal);
        if (UnknownParameters() is { } unknown)
            return unknown;
        if (reply.IsUndone)
            return reply;
        if (ValidateOnly)
            return Reply.Only(reply.Dry ?? new DryRun(true, session.HasMatched ? Matching.Run : Matching.NotRun));
        if (session.Entries.All(entry => entry.Outcome == AuditOutcome.Read))
            session.Note(Origins.Entry(context, AuditOutcome.Done, reply.Location));
        return reply;
    }

    /// <summary>A refusal, unless the query is malformed: that is told before what a rule or a state refuses, and after who may not, what is not there, and If-Match.</summary>
    private Reply Told(Refusal refusal) =>
        Problems.Statuses[refusal.Slug] is 401 or 403 or 404 or 412 or 428 || refusal.Slug == "claim-held-by-another"
            ? refusal
        : UnknownParameters() is { } unknown ? unknown
        : refusal;

    /// <summary>Reads the JSON body; a wrong one is a refusal to be answered after the checks that come first (404, 428, 412).</summary>
    public async Task<Parsed<T>> Body<T>(IValidator<T>? validator = null)
        where T : class
    {
        var (bytes, refusal) = await Bytes();
        return refusal is not null ? new Parsed<T>(null, refusal) : Parse(bytes, validator, database.Clock.HostToday);
    }

    /// <summary>Reads a merge patch (RFC 7396): an object, of any members; what it leads to is validated after merging.</summary>
    public async Task<Parsed<JsonObject>> Patch()
    {
        var (bytes, refusal) = await Bytes("application/merge-patch+json");
        if (refusal is not null)
            return new Parsed<JsonObject>(null, refusal);
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            return new Parsed<JsonObject>(null, new Refusal(RefusalKind.Invalid, "malformed-request"));
        try
        {
            var node = JsonNode.Parse(
                bytes,
                null,
                new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }
            );

            // Half a character inside a text or a name shows only when it is read: here, not while merging.
            return node is JsonObject patch && patch.ToJsonString().Length > 0
                ? new Parsed<JsonObject>(patch, null)
                : new Parsed<JsonObject>(null, new Refusal(RefusalKind.Invalid, "malformed-request"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new Parsed<JsonObject>(null, new Refusal(RefusalKind.Invalid, "malformed-request"));
        }
    }

    /// <summary>Reads and validates what a merge patch led to, on a day.</summary>
    public static Parsed<T> Parse<T>(JsonNode merged, IValidator<T> validator, DateOnly today)
        where T : class => Parse(Encoding.UTF8.GetBytes(merged.ToJsonString()), validator, today);

    /// <summary>Reads and validates JSON text, on a day.</summary>
    public static Parsed<T> Parse<T>(ReadOnlyMemory<byte> bytes, IValidator<T>? validator, DateOnly today)
        where T : class
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize<T>(bytes.Span, Json.Options);
        }
        catch (JsonException error)
        {
            var path = error.Path is null or "$" ? "" : error.Path.TrimStart('$', '.');
            return path.Length == 0
                ? new Parsed<T>(null, new Refusal(RefusalKind.Invalid, "malformed-request"))
                : new Parsed<T>(null, Refusal.Invalid(new FieldError(path, "malformed")));
        }
        catch (InvalidOperationException)
        {
            // Invalid surrogates inside a string.
            return new Parsed<T>(null, new Refusal(RefusalKind.Invalid, "malformed-request"));
        }

        if (value is null)
            return new Parsed<T>(null, new Refusal(RefusalKind.Invalid, "malformed-request"));
        var errors = validator is null ? null : Validation.Failures(validator, value, today);
        return errors is { Count: > 0 }
            ? new Parsed<T>(
                null,
                new Refusal(RefusalKind.Invalid, "validation-failed", [.. errors.Select(Validation.Error)])
            )
            : new Parsed<T>(value, null);
    }

    private async Task<(byte[] Bytes, Refusal? Refusal)> Bytes(string alsoAccepts = "application/json")
    {
        var type = Request.GetTypedHeaders().ContentType?.MediaType.Value;
        if (
            !string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase)
            && !string.Equals(type, alsoAccepts, StringComparison.OrdinalIgnoreCase)
        )
            return ([], new Refusal(RefusalKind.Invalid, "unsupported-media-type"));
        return (await IdempotencyKey.BodyOf(Request), null);
    }
}

/// <summary>A body that was read, or why it cannot be.</summary>
public readonly record struct Parsed<T>(T? Value, Refusal? Refusal)
    where T : class;

/// <summary>The Idempotency-Key of a POST: same caller, key and request get the same answer for 24 hours.</summary>
public sealed class IdempotencyKey
{
    private const int MaxBody = 1 << 20;

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly string hash;
    private readonly string fingerprint;

    private IdempotencyKey(string hash, string fingerprint)
    {
        this.hash = hash;
        this.fingerprint = fingerprint;
    }

    /// <param name="item">Of a request that sends several things, the name of one: it is kept for itself.</param>
    /// <param name="content">What that one is, in place of the whole body.</param>
    public static async Task<(IdempotencyKey? Value, Refusal? Refusal)> Of(
        HttpRequest request,
        Caller caller,
        string? item = null,
        string? content = null
    )
    {
        if (!HttpMethods.IsPost(request.Method) || !request.Headers.TryGetValue("Idempotency-Key", out var header))
            return (null, null);
        var key = header.ToString();
        if (key.Length is 0 or > 128)
            return (null, Refusal.Invalid(new FieldError("Idempotency-Key", "length", 1, 128)));
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(
            Encoding.UTF8.GetBytes($"{caller.UserId}\n{request.Method}\n{request.Path}\n{request.QueryString}\n")
        );
        digest.AppendData(content is null ? await BodyOf(request) : Encoding.UTF8.GetBytes(content));
        return (
            new IdempotencyKey(
                Hex(
                    SHA256.HashData(
                        Encoding.UTF8.GetBytes($"{caller.UserId}\n{key}{(item is null ? "" : "\n" + item)}")
                    )
                ),
                Hex(digest.GetHashAndReset())
            ),
            null
        );
    }

    /// <summary>The body's bytes, read once and kept for whoever asks again.</summary>
    public static async Task<byte[]> BodyOf(HttpRequest request)
    {
        if (request.HttpContext.Items[typeof(IdempotencyKey)] is byte[] known)
            return known;
        if (request.ContentLength > MaxBody)
            throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 << 10];
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            if (buffer.Length + read > MaxBody)
                throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
            buffer.Write(chunk, 0, read);
        }

        var bytes = buffer.ToArray();
        TakeForBody(request, bytes);
        return bytes;
    }

    /// <summary>What stands for the body of a request from now on: of one that is too long to be kept, a digest.</summary>
    public static void TakeForBody(HttpRequest request, byte[] bytes) =>
        request.HttpContext.Items[typeof(IdempotencyKey)] = bytes;

    /// <summary>Whether there may be a kept answer; <see cref="Kept"/> knows for certain.</summary>
    public async Task<bool> IsKept(Session session) => await session.One<Row>(Select, new { hash }) is not null;

    /// <summary>The kept answer, once a concurrent twin is through; null when this is the first.</summary>
    public async Task<Reply?> Kept(Session session, Access.Visibility visibility, Caller caller)
    {
        await session.Lock(LockName.IdempotencyKey(hash));
        var row = await session.One<Row>(Select, new { hash });
        if (row is null)
            return null;
        if (row.CreatedAt + Lifetime < session.Now)
        {
            await session.Execute(Delete, new { hash });
            return null;
        }

        if (row.Fingerprint != session.Vault.MarkOf(fingerprint))
            return new Refusal(RefusalKind.Rule, "idempotency-key-reused");

        // It is told again to who may still see all of it: in the same role and unit, and every record it tells of.
        if (row.Standing is { } standing && standing != StandingOf(caller))
            return Refusal.NotFound;
        if (row.ProjectId is { } projectId && !await visibility.Sees(session, caller, $"projects/{projectId}"))
            return Refusal.NotFound;
        if (row.Subject is { } subject && !await visibility.Sees(session, caller, subject))
            return Refusal.NotFound;
        return Reply.Kept(row.Status, row.Body is null ? null : session.Vault.Open(row.Body), row.Etag, row.Location);
    }

    public void Keep(Session session, Reply reply, Caller caller, string path)
    {
        var body = reply.KeptBody ?? reply.Body;
        session.Later(
            Insert,
            new
            {
                hash,

                // Keyed: the fingerprint of a body with a password in it must not be something to try passwords on.
                fingerprint = session.Vault.MarkOf(fingerprint),
                status = reply.Status,
                body = body is null ? null : session.Vault.Seal(Encoding.UTF8.GetString(body)),
                etag = reply.ETag,
                location = reply.Location,
                projectId = reply.ProjectId,
                standing = StandingOf(caller),
                subject = SubjectOf(reply.Location ?? path),
                now = session.Now,
            }
        );
        if (body is not null)
            PersonMarks.OfReply(session, hash, body);
    }

    private static string StandingOf(Caller caller) =>
        $"{(caller.Role is { } role ? Slug.Of(role) : "key")}/{caller.JurisdictionId}";

    /// <summary>The record that a path names: <c>claims/{id}</c>; null when it names none.</summary>
    public static string? SubjectOf(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, _, var kind, { Length: <= 60 } id, ..]
            ? $"{kind}/{id}"
            : null;

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed class Row
    {
        public required string Fingerprint { get; init; }
        public int Status { get; init; }
        public string? Body { get; init; }
        public string? Etag { get; init; }
        public string? Location { get; init; }
        public string? ProjectId { get; init; }
        public string? Standing { get; init; }
        public string? Subject { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }

    private const string Select =
        "SELECT fingerprint, status, body, etag, location, project_id, standing, subject, created_at FROM idempotency_keys WHERE key_hash = @hash";
    private const string Delete =
        "DELETE FROM kept_reply_people WHERE key_hash = @hash; DELETE FROM idempotency_keys WHERE key_hash = @hash";
    private const string Insert =
        "INSERT INTO idempotency_keys (key_hash, fingerprint, status, body, etag, location, project_id, standing, subject, created_at) VALUES (@hash, @fingerprint, @status, @body, @etag, @location, @projectId, @standing, @subject, @now)";
}
