using System.Security.Cryptography;
using System.Text;
using Pipeline.Api.Features.Access;
using Pipeline.Data;

namespace Pipeline.Api.Http.Access;

/// <summary>Finds out who calls, from the token of a person's session or a machine's key; asked anew on every request, so that a change of rights holds at once on every instance.</summary>
public sealed class Callers(AccessTokens tokens, Database database, AuditLog log, SecondFactorPolicy secondFactor)
{
    /// <summary>What keys begin with.</summary>
    public const string KeyPrefix = "ppl_";

    private static readonly TimeSpan UseRecordedEvery = TimeSpan.FromMinutes(1);

    /// <summary>The caller; null when there is no valid token, session or key, and what is to be put on the record of that.</summary>
    public async Task<(Caller? Caller, AuditEntry? Refused)> Identify(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return default;
        var token = header[7..].Trim();
        if (token.StartsWith(KeyPrefix, StringComparison.Ordinal))
            return await Machine(context, token);
        return await tokens.Read(token) is { } read ? (await Person(read.UserId, read.SessionId), null) : default;
    }

    /// <summary>A person by id, as of now; null when there is none or it may not sign in.</summary>
    public static async Task<Caller?> Person(Session session, string userId) =>
        await session.First(SelectPerson, row => new PersonRow(row), new { userId }) is { Active: true } row
            ? row.ToCaller()
            : null;

    /// <summary>Who began what is gone on with in the background, a person or a machine, as of now; null when it may not act any more.</summary>
    public static async Task<Caller?> ById(Session session, string id) =>
        await Person(session, id) ?? await Key(session, id);

    /// <summary>A machine by its key's id, as of now; null when the key does not work: it was revoked, is over, or waits for a second person.</summary>
    public static async Task<Caller?> Key(Session session, string keyId)
    {
        var row = await session.One<KeyRow>(SelectKeyById, new { keyId });
        return
            row is null
            || row.RevokedAt is not null
            || row.ExpiresAt <= session.Now
            || (Scopes.NeedSecondPerson(row.JurisdictionId, row.Scopes) && row.ConfirmedAt is null)
            ? null
            : row.ToCaller();
    }

    private Task<Caller?> Person(string userId, string sessionId) =>
        database.Read(async session =>
        {
            var row = await session.First(
                SelectSession,
                found => new PersonRow(found) { Method = found.TextOrNull(PersonRow.Width) },
                new
                {
                    userId,
                    sessionId,
                    now = session.Now,
                }
            );
            if (row is not { Active: true })
                return null;
            var caller = row.ToCaller() with { SessionId = sessionId, First = First(row) };
            return caller.Role == Role.Leader
                ? caller with
                {
                    NamedOn = (await session.Query<string>(SelectNamed, new { userId })).ToHashSet(
                        StringComparer.Ordinal
                    ),
                }
                : caller;
        });

    private string? First(PersonRow row) =>
        row.MustChangePassword ? "password-change-required"
        : row.HasSecondFactor || row.Demo || row.Method == "oidc" || !secondFactor.RequiredOf(Slug.To<Role>(row.Role))
            ? null
        : "second-factor-set-up-required";

    private async Task<(Caller? Caller, AuditEntry? Refused)> Machine(HttpContext context, string token)
    {
        if (token.Length > 200)
            return default;
        var hash = HashOf(token);
        var (row, now) = await database.Read(async session =>
            (await session.One<KeyRow>(SelectKey, new { hash }), session.Now)
        );
        if (row is null || row.RevokedAt is not null || row.ExpiresAt <= now || row.ValidUntil <= now)
        {
            return (
                null,
                new AuditEntry("key-refused")
                {
                    Outcome = AuditOutcome.Denied,
                    SubjectKind = row is null ? null : "api-key",
                    SubjectId = row?.Id,
                    Origin = Origins.Of(context, Doer.Nobody),
                }
            );
        }

        var caller = row.ToCaller() with
        {
            First =
                Scopes.NeedSecondPerson(row.JurisdictionId, row.Scopes) && row.ConfirmedAt is null
                    ? Caller.AwaitsConfirmation
                    : null,
        };
        var address = Origins.Address(context);
        if (row.LastUsedAt is not { } last || now - last >= UseRecordedEvery || row.LastUsedAddress != address)
        {
            await database.WriteAnyway(session =>
                session.Execute(
                    RecordUse,
                    new
                    {
                        id = row.Id,
                        address,
                        now = session.Now,
                    }
                )
            );
            if (
                row.LastUsedAt is not { } before
                || before.UtcDateTime.Date != now.UtcDateTime.Date
                || row.LastUsedAddress != address
            )
                await log.Add(
                    new AuditEntry("key-used")
                    {
                        SubjectKind = "api-key",
                        SubjectId = row.Id,
                        Origin = Origins.Of(context, caller.Doer()),
                    }
                );
        }

        return (caller, null);
    }

    /// <summary>Secrets of full strength are kept as their SHA-256: nothing to guess, and found by index.</summary>
    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private sealed class PersonRow
    {
        /// <summary>How many <see cref="PersonColumns"/> there are.</summary>
        public const int Width = 11;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public PersonRow(AnswerRow row)
        {
            Id = row.Text(0);
            Username = row.Text(1);
            DisplayName = row.Text(2);
            Role = row.Text(3);
            JurisdictionId = row.TextOrNull(4);
            Active = row.Flag(5);
            Demo = row.Flag(6);
            MustChangePassword = row.Flag(7);
            HasSecondFactor = row.Flag(8);
            JurisdictionCode = row.TextOrNull(9);
            JurisdictionName = row.TextOrNull(10);
        }

        public required string Id { get; init; }
        public required string Username { get; init; }
        public required string DisplayName { get; init; }
        public required string Role { get; init; }
        public string? JurisdictionId { get; init; }
        public string? JurisdictionCode { get; init; }
        public string? JurisdictionName { get; init; }
        public bool Active { get; init; }
        public bool Demo { get; init; }
        public bool MustChangePassword { get; init; }
        public bool HasSecondFactor { get; init; }
        public string? Method { get; init; }

        public Caller ToCaller() =>
            new(Id, Username, DisplayName, Slug.To<Role>(Role), JurisdictionId, JurisdictionCode, JurisdictionName);
    }

    private sealed class KeyRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Scopes { get; init; }
        public string? JurisdictionId { get; init; }
        public string? JurisdictionCode { get; init; }
        public string? JurisdictionName { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public DateTimeOffset? ValidUntil { get; init; }
        public DateTimeOffset? ConfirmedAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public string? LastUsedAddress { get; init; }

        public Caller ToCaller() =>
            new(Id, Name, Name, null, JurisdictionId, JurisdictionCode, JurisdictionName)
            {
                Scopes = [.. Scopes.Split(' ').Select(name => Store.People.Scopes.ByName[name])],
            };
    }

    private const string PersonColumns = """
        u.id, u.username, u.display_name, u.role, u.jurisdiction_id, u.active, u.demo, u.must_change_password,
        CASE WHEN u.totp_confirmed_at IS NULL THEN 0 ELSE 1 END AS has_second_factor, j.code AS jurisdiction_code, j.name AS jurisdiction_name
        """;

    private const string SelectPerson =
        $"SELECT {PersonColumns} FROM users u LEFT JOIN jurisdictions j ON j.id = u.jurisdiction_id WHERE u.id = @userId";

    private const string SelectSession = $"""
        SELECT {PersonColumns}, s.method
        FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN jurisdictions j ON j.id = u.jurisdiction_id
        WHERE s.id = @sessionId AND s.user_id = @userId AND s.revoked_at IS NULL AND s.expires_at > @now
        """;

    private const string SelectNamed = "SELECT project_id FROM project_leaders WHERE user_id = @userId";

    private const string SelectKey = """
        SELECT k.id, k.name, k.scopes, k.jurisdiction_id, j.code AS jurisdiction_code, j.name AS jurisdiction_name, k.expires_at, k.revoked_at, s.valid_until, s.confirmed_at, k.last_used_at, k.last_used_address
        FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id LEFT JOIN jurisdictions j ON j.id = k.jurisdiction_id
        WHERE s.secret_hash = @hash
        """;

    private const string SelectKeyById = """
        SELECT k.id, k.name, k.scopes, k.jurisdiction_id, j.code AS jurisdiction_code, j.name AS jurisdiction_name, k.expires_at, k.revoked_at, s.valid_until, s.confirmed_at, k.last_used_at, k.last_used_address
        FROM api_keys k JOIN api_key_secrets s ON s.key_id = k.id AND s.valid_until IS NULL LEFT JOIN jurisdictions j ON j.id = k.jurisdiction_id
        WHERE k.id = @keyId
        """;

    private const string RecordUse =
        "UPDATE api_keys SET last_used_at = @now, last_used_address = @address WHERE id = @id";
}

/// <summary>Of whom a second factor is required (<c>Auth:SecondFactor:RequiredFor</c>: roles, separated by commas).</summary>
public sealed class SecondFactorPolicy
{
    private readonly HashSet<Role> roles;

    /// <exception cref="InvalidOperationException">The setting names something that is no role.</exception>
    public SecondFactorPolicy(IConfiguration configuration) =>
        roles = [
            .. (configuration["Auth:SecondFactor:RequiredFor"] ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name =>
                    Slug.TryTo<Role>(name, out var role)
                        ? role
                        : throw new InvalidOperationException(
                            $"Auth:SecondFactor:RequiredFor names '{name}', which is no role."
                        )
                ),
        ];

    public bool RequiredOf(Role role) => roles.Contains(role);
}
