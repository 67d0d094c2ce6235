using System.Security.Cryptography;
using System.Text.Json.Serialization;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>A machine's key as it is posted and edited.</summary>
public sealed record ApiKeyBody
{
    public string? Name { get; init; }

    /// <summary>`projects:read`, `projects:write`, `claims:write`, `reports:read`, `webhooks:manage`.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The unit the machine acts for; without one it reads public summaries.</summary>
    public string? JurisdictionId { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    public sealed class Validator : AbstractValidator<ApiKeyBody>
    {
        public Validator()
        {
            RuleFor(key => key.Name).Required().Line(100);
            RuleFor(key => key.ExpiresAt).Instant();
            RuleFor(key => key.Scopes).Required();
            RuleForEach(key => key.Scopes)
                .Cascade(CascadeMode.Continue)
                .Must(scope => scope is not null && Store.People.Scopes.ByName.ContainsKey(scope))
                .Coded("choice", string.Join(", ", Store.People.Scopes.ByName.Keys));
            RuleFor(key => key.JurisdictionId).Line(32);
            RuleFor(key => key.JurisdictionId)
                .Required()
                .When(key =>
                    key.Scopes?.Any(scope =>
                        scope is not null
                        && Store.People.Scopes.ByName.TryGetValue(scope, out var known)
                        && Store.People.Scopes.NeedsUnit(known)
                    ) == true
                );
            RuleFor(key => key.JurisdictionId)
                .Empty()
                .Coded("city-scope")
                .When(key =>
                    key.Scopes?.Any(scope =>
                        scope is not null
                        && Store.People.Scopes.ByName.TryGetValue(scope, out var known)
                        && Store.People.Scopes.IsOfTheCity(known)
                    ) == true
                );
        }
    }
}

/// <summary>A machine's key; its secret is shown once.</summary>
public sealed record ApiKeyView
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>How the secret begins, to tell keys apart.</summary>
    public required string Hint { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JurisdictionRef? Jurisdiction { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public string? LastUsedAddress { get; init; }

    /// <summary>Until when the secret before a rotation still works.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>Whether its secret works only once somebody of the unit, or of the centre, has confirmed it.</summary>
    public required bool Waiting { get; init; }

    /// <summary>Who confirmed its secret, and when; absent where nobody had to.</summary>
    public PersonRef? ConfirmedBy { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public required PersonRef CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required long Version { get; init; }

    /// <summary>Once, on creation and rotation.</summary>
    public string? Secret { get; init; }
}

internal sealed class KeyRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Hint { get; init; }
    public required string Scopes { get; init; }
    public string? JurisdictionId { get; init; }
    public string? JurisdictionCode { get; init; }
    public string? JurisdictionName { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public string? LastUsedAddress { get; init; }
    public DateTimeOffset? PreviousUntil { get; init; }
    public string? IssuedBy { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public string? ConfirmedBy { get; init; }
    public string? ConfirmedByName { get; init; }
    public required string CreatedBy { get; init; }
    public required string CreatedByName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; init; }

    /// <summary>Whether its present secret has to be confirmed by its unit or the centre.</summary>
    public bool Waits => Store.People.Scopes.NeedSecondPerson(JurisdictionId, Scopes) && ConfirmedAt is null;

    public ApiKeyBody Body() =>
        new()
        {
            Name = Name,
            Scopes = Scopes.Split(' '),
            JurisdictionId = JurisdictionId,
            ExpiresAt = ExpiresAt,
        };

    public ApiKeyView View(DateTimeOffset now, string? secret = null) =>
        new()
        {
            Id = Id,
            Name = Name,
            Hint = Hint,
            Scopes = Scopes.Split(' '),
            Jurisdiction = JurisdictionId is null
                ? null
                : new JurisdictionRef(JurisdictionId, JurisdictionCode!, JurisdictionName!),
            ExpiresAt = ExpiresAt,
            RevokedAt = RevokedAt,
            LastUsedAt = LastUsedAt,
            LastUsedAddress = LastUsedAddress,
            PreviousUntil = PreviousUntil > now ? PreviousUntil : null,
            Waiting = Waits,
            ConfirmedBy = ConfirmedBy is null ? null : new PersonRef(ConfirmedBy, ConfirmedByName!),
            ConfirmedAt = ConfirmedBy is null ? null : ConfirmedAt,
            CreatedBy = new PersonRef(CreatedBy, CreatedByName),
            CreatedAt = CreatedAt,
            Version = Version,
            Secret = secret,
        };

    public static Task<KeyRow?> ById(Session session, string id) =>
        session.One<KeyRow>($"{Select} WHERE k.id = @id", new { id });

    public const string Select = """
        SELECT k.seq, k.id, k.name, k.hint, k.scopes, k.jurisdiction_id, j.code AS jurisdiction_code, j.name AS jurisdiction_name, k.expires_at, k.revoked_at, k.last_used_at,
          k.last_used_address, (SELECT MAX(s.valid_until) FROM api_key_secrets s WHERE s.key_id = k.id) AS previous_until, k.created_by, k.created_by_name, k.created_at, k.version,
          n.issued_by, n.confirmed_at, n.confirmed_by, n.confirmed_by_name
        FROM api_keys k LEFT JOIN jurisdictions j ON j.id = k.jurisdiction_id LEFT JOIN api_key_secrets n ON n.key_id = k.id AND n.valid_until IS NULL
        """;
}

/// <summary>Reads keys, without their secrets: nobody has these.</summary>
public static class ReadKeys
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await KeyRow.ById(session, id) is { } row
                ? Reply.Resource(row.View(session.Now), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> All(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var values = new Parameters();
            var rows = await session.Query<KeyRow>(
                $"{KeyRow.Select} WHERE 1 = 1{page.Behind("k.seq", values)} ORDER BY k.seq {{page}}",
                values
            );
            var total = await page.Total(session, "SELECT COUNT(*) FROM api_keys");
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(session.Now), total));
        });
    }
}

/// <summary>Makes, edits, rotates and revokes keys. The secret is shown once and kept as its hash.</summary>
public static class ChangeKey
{
    public sealed record RotateRequest
    {
        /// <summary>How long the present secret still works; without it, it ends at once.</summary>
        public IsoDuration? Overlap { get; init; }
    }

    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<ApiKeyBody.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var key = body.Value!;
            if (await Wrong(session, key) is { } refusal)
                return refusal;
            var id = Ids.New();
            var secret = NewSecret();
            await session.Execute(
                Insert,
                new
                {
                    id,
                    name = key.Name,
                    hint = secret[..12],
                    scopes = ScopesOf(key),
                    unit = key.JurisdictionId,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    expires = key.ExpiresAt,
                    now = session.Now,
                }
            );
            await session.Execute(
                InsertSecret,
                await SecretValues(session, call.Caller, id, secret, key.JurisdictionId, ScopesOf(key))
            );
            session.Note(Entry("api-key-created", id, null, key));
            await TellIfWaiting(session, call.Caller, id);
            return await Answer(session, id, secret, 201, $"/api/v1/api-keys/{id}");
        });
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            var (row, refused) = await ForChange(session, call, id, patch.Refusal);
            if (refused is not null)
                return refused;
            var merged = Json.MergePatch(Json.Node(row!.Body()), patch.Value)!;
            var parsed = Call.Parse(merged, Validation.Of<ApiKeyBody.Validator>(), session.Today);
            if (parsed.Refusal is { } invalid)
                return invalid;
            var key = parsed.Value!;
            if (await Wrong(session, key, row.ExpiresAt) is { } refusal)
                return refusal;
            await session.Execute(
                Update,
                new
                {
                    id,
                    name = key.Name,
                    scopes = ScopesOf(key),
                    unit = key.JurisdictionId,
                    expires = key.ExpiresAt,
                    now = session.Now,
                }
            );
            session.Note(Entry("api-key-edited", id, row.Body(), key));

            // What reaches further than what was confirmed is confirmed anew.
            if (key.JurisdictionId != row.JurisdictionId || key.Scopes!.Except(row.Body().Scopes!).Any())
            {
                if (await UnitKeys.WorksAtOnce(session, call.Caller, key.JurisdictionId, ScopesOf(key)))
                    await session.Execute(Confirm, new { id, now = session.Now });
                else
                    await session.Execute(Unconfirm, new { id });
                await TellIfWaiting(session, call.Caller, id);
            }

            return await Answer(session, id);
        });
    }

    public static async Task<IResult> Rotate(string id, Call call)
    {
        var body = await call.Body<RotateRequest>();
        return await call.Write(async session =>
        {
            var (row, refused) = await ForChange(session, call, id, body.Refusal);
            if (refused is not null)
                return refused;
            var secret = NewSecret();
            var until = body.Value!.Overlap is { } overlap ? CalendarWindow.End(session.Now, overlap) : session.Now;
            await session.Execute(EndSecrets, new { id, until });
            await session.Execute(
                InsertSecret,
                await SecretValues(session, call.Caller, id, secret, row!.JurisdictionId, row.Scopes)
            );
            await session.Execute(
                Rotated,
                new
                {
                    id,
                    hint = secret[..12],
                    now = session.Now,
                }
            );
            session.Note(new AuditEntry("api-key-rotated") { SubjectKind = "api-key", SubjectId = id });
            await TellIfWaiting(session, call.Caller, id);
            return await Answer(session, id, secret);
        });
    }

    public static async Task<IResult> Revoke(string id, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var (_, refused) = await ForChange(session, call, id, body.Refusal);
            if (refused is not null)
                return refused;
            await session.Execute(Revoked, new { id, now = session.Now });
            session.Note(
                new AuditEntry("api-key-revoked")
                {
                    SubjectKind = "api-key",
                    SubjectId = id,
                    Reason = body.Value!.Reason,
                }
            );
            return await Answer(session, id);
        });
    }

    private static async Task<object> SecretValues(
        Session session,
        Caller by,
        string id,
        string secret,
        string? unitId,
        string scopes
    ) =>
        new
        {
            hash = Callers.HashOf(secret),
            id,
            by = by.UserId,
            confirmed = await UnitKeys.WorksAtOnce(session, by, unitId, scopes) ? session.Now : (DateTimeOffset?)null,
            now = session.Now,
        };

    private static async Task TellIfWaiting(Session session, Caller by, string id)
    {
        if (await KeyRow.ById(session, id) is { Waits: true } key)
            await UnitKeys.TellWaiting(session, key, by);
    }

    private static async Task<(KeyRow? Row, Refusal? Refusal)> ForChange(
        Session session,
        Call call,
        string id,
        Refusal? malformed
    )
    {
        if (await KeyRow.ById(session, id) is not { } row)
            return (null, Refusal.NotFound);
        var refusal = ETags.Check(call.Request, row.Version)
            ?? malformed
            ?? (row.RevokedAt is null ? null : new Refusal(RefusalKind.Conflict, "key-revoked"));
        return (row, refusal);
    }

    private static async Task<Refusal?> Wrong(Session session, ApiKeyBody key, DateTimeOffset? unchanged = null)
    {
        if (key.JurisdictionId is { } unit && await JurisdictionRow.ById(session, unit) is null)
            return Refusal.Invalid(new FieldError("jurisdictionId", "unknown-jurisdiction"));
        return key.ExpiresAt is { } expires && expires != unchanged && expires <= session.Now
            ? Refusal.Invalid(new FieldError("expiresAt", "past"))
            : null;
    }

    /// <summary>A replay comes without the secret.</summary>
    private static async Task<Reply> Answer(
        Session session,
        string id,
        string? secret = null,
        int status = 200,
        string? location = null
    )
    {
        var row = (await KeyRow.ById(session, id))!;
        var kept = Reply.Resource(row.View(session.Now), row.Version, status, location);
        return secret is null
            ? kept
            : Reply.Resource(row.View(session.Now, secret), row.Version, status, location) with
            {
                KeptBody = kept.Body,
            };
    }

    private static AuditEntry Entry(string action, string id, ApiKeyBody? before, ApiKeyBody after) =>
        new(action)
        {
            SubjectKind = "api-key",
            SubjectId = id,
            Changes = AuditEntry.Between(before is null ? null : Json.Node(before), Json.Node(after)),
        };

    private static string NewSecret() =>
        Callers.KeyPrefix
        + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 43);

    private static string ScopesOf(ApiKeyBody key) =>
        string.Join(' ', Store.People.Scopes.ByName.Keys.Where(name => key.Scopes!.Contains(name)));

    private const string Insert = """
        INSERT INTO api_keys (id, name, hint, scopes, jurisdiction_id, created_by, created_by_name, created_at, expires_at, version, updated_at)
        VALUES (@id, @name, @hint, @scopes, @unit, @by, @byName, @now, @expires, 1, @now)
        """;

    private const string InsertSecret =
        "INSERT INTO api_key_secrets (secret_hash, key_id, issued_at, issued_by, confirmed_at) VALUES (@hash, @id, @now, @by, @confirmed)";
    private const string Unconfirm =
        "UPDATE api_key_secrets SET confirmed_at = NULL, confirmed_by = NULL, confirmed_by_name = NULL WHERE key_id = @id";
    private const string Confirm =
        "UPDATE api_key_secrets SET confirmed_at = @now WHERE key_id = @id AND confirmed_at IS NULL";
    private const string EndSecrets =
        "UPDATE api_key_secrets SET valid_until = @until WHERE key_id = @id AND (valid_until IS NULL OR valid_until > @until)";
    private const string Update =
        "UPDATE api_keys SET name = @name, scopes = @scopes, jurisdiction_id = @unit, expires_at = @expires, version = version + 1, updated_at = @now WHERE id = @id";
    private const string Rotated =
        "UPDATE api_keys SET hint = @hint, version = version + 1, updated_at = @now WHERE id = @id";
    private const string Revoked =
        "UPDATE api_keys SET revoked_at = @now, version = version + 1, updated_at = @now WHERE id = @id";
}
