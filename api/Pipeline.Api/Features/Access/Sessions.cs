using System.Security.Cryptography;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>Sessions: a family of refresh tokens, each used once. A session ends after two weeks without use, or thirty days after it began.</summary>
public sealed class Sessions(AccessTokens tokens, Secrets secrets)
{
    private readonly byte[] successors = secrets.Derive("refresh-tokens");

    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Its prefix has browsers take it from a secure page alone.</summary>
    public const string Cookie = "__Secure-pipeline_refresh";

    /// <summary>Begins a session for a person who has proved to be that person by <paramref name="method"/>. The one that the browser had before ends.</summary>
    public async Task<IResult> Begin(Session session, HttpContext context, string userId, string method)
    {
        if (context.Request.Cookies[Cookie] is { Length: > 0 and <= 200 } before)
            await session.Execute(EndReplaced, new { hash = Callers.HashOf(before), now = session.Now });
        var id = Ids.New();
        await session.Execute(
            Insert,
            new
            {
                id,
                userId,
                method,
                address = Origins.Address(context),
                client = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } client
                    ? client[..Math.Min(client.Length, 300)]
                    : null,
                now = session.Now,
                expires = session.Now + Idle,
            }
        );
        await session.Execute(SignedIn, new { userId, now = session.Now });
        session.Note(
            new AuditEntry("sign-in")
            {
                SubjectKind = "user",
                SubjectId = userId,
                Reason = method,
            }
        );
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return await Issue(session, context, userId, id, token, session.Now + Idle);
    }

    /// <summary>The refresh token that follows on another: always the same, so that who asks twice gets one chain of tokens and not two.</summary>
    public string After(string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(successors, System.Text.Encoding.UTF8.GetBytes(token)));

    /// <summary>Issues the next tokens of a session, the refresh token as a cookie that scripts cannot read.</summary>
    public async Task<IResult> Issue(
        Session session,
        HttpContext context,
        string userId,
        string sessionId,
        string token,
        DateTimeOffset expires
    )
    {
        var values = new
        {
            hash = Callers.HashOf(token),
            sessionId,
            userId,
            now = session.Now,
            expires,
        };
        if (await session.One<string>(KnownToken, values) is null)
            await session.Execute(InsertToken, values);
        var user = (await Callers.Person(session, userId))!;
        context.Response.Cookies.Append(Cookie, token, Options(expires - session.Now));
        context.Response.Headers.CacheControl = "no-store";
        var row = (await UserRow.ById(session, userId))!;
        return Reply.Plain(
            new TokenResponse
            {
                AccessToken = tokens.Issue(userId, sessionId),
                TokenType = "Bearer",
                ExpiresIn = (int)AccessTokens.Lifetime.TotalSeconds,
                User = UserView.Of(user),
                FirstStep = row.MustChangePassword ? "password-change-required" : null,
            }
        );
    }

    public static CookieOptions Options(TimeSpan lifetime) =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            Path = "/api/v1/auth",
            MaxAge = lifetime,
        };

    internal const string RevokeOthers =
        "UPDATE sessions SET revoked_at = @now WHERE user_id = @userId AND id <> @kept AND revoked_at IS NULL";
    internal const string Revoke =
        "UPDATE sessions SET revoked_at = @now WHERE id = @id AND user_id = @userId AND revoked_at IS NULL";

    private const string Insert = """
        INSERT INTO sessions (id, user_id, method, address, client, started_at, seen_at, expires_at)
        VALUES (@id, @userId, @method, @address, @client, @now, @now, @expires)
        """;

    private const string EndReplaced = """
        UPDATE sessions SET revoked_at = @now
        WHERE revoked_at IS NULL AND id = (SELECT t.family FROM refresh_tokens t WHERE t.token_hash = @hash)
        """;

    private const string SignedIn = "UPDATE users SET last_sign_in_at = @now WHERE id = @userId";
    private const string KnownToken = "SELECT token_hash FROM refresh_tokens WHERE token_hash = @hash";
    private const string InsertToken =
        "INSERT INTO refresh_tokens (token_hash, family, user_id, issued_at, expires_at) VALUES (@hash, @sessionId, @userId, @now, @expires)";
}

/// <summary>A refresh token is used once; using it again ends the whole session, since one of the two users stole it. For a moment it may be used again, by two tabs at once or where the answer was lost: both get the same next one.</summary>
public static class Refresh
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static async Task<IResult> Handle(Call call, HttpContext context, Database database, Sessions sessions)
    {
        if (ForeignPage(context))
            return (Reply)Refusal.Forbidden;
        if (context.Request.Cookies[Sessions.Cookie] is not { Length: > 0 and <= 200 } token)
            return (Reply)new Refusal(RefusalKind.Forbidden, "unauthenticated");
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        return await database.WriteAnyway<IResult>(async session =>
        {
            var hash = Callers.HashOf(token);
            var row = await session.One<Row>(Select, new { hash });
            if (row is null || row.RevokedAt is not null || row.ExpiresAt <= session.Now || !row.Active)
                return (Reply)new Refusal(RefusalKind.Forbidden, "unauthenticated");
            if (
                await session.Execute(Use, new { hash, now = session.Now }) == 0
                && await session.One<DateTimeOffset>(UsedAt, new { hash }) + Grace < session.Now
            )
            {
                session.Origin = Origins.Of(context, Doer.Nobody);
                await session.Execute(
                    Sessions.Revoke,
                    new
                    {
                        id = row.Family,
                        userId = row.UserId,
                        now = session.Now,
                    }
                );
                session.Note(
                    new AuditEntry("refresh-token-reused")
                    {
                        Outcome = AuditOutcome.Denied,
                        SubjectKind = "user",
                        SubjectId = row.UserId,
                    }
                );
                return (Reply)new Refusal(RefusalKind.Forbidden, "unauthenticated");
            }

            var last = row.StartedAt + Sessions.Longest;
            var expires = session.Now + Sessions.Idle < last ? session.Now + Sessions.Idle : last;
            await session.Execute(
                Seen,
                new
                {
                    id = row.Family,
                    now = session.Now,
                    expires,
                }
            );
            var next = sessions.After(token);
            while (await session.One<string>(Used, new { hash = Callers.HashOf(next) }) is not null)
                next = sessions.After(next);
            return await sessions.Issue(session, context, row.UserId, row.Family, next, expires);
        });
    }

    public static async Task<IResult> SignOut(Call call, HttpContext context, Database database)
    {
        if (ForeignPage(context))
            return (Reply)Refusal.Forbidden;
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        if (context.Request.Cookies[Sessions.Cookie] is { Length: > 0 and <= 200 } token)
        {
            await database.WriteAnyway(async session =>
            {
                if (
                    await session.One<Row>(Select, new { hash = Callers.HashOf(token) }) is { } row
                    && await session.Execute(
                        Sessions.Revoke,
                        new
                        {
                            id = row.Family,
                            userId = row.UserId,
                            now = session.Now,
                        }
                    ) > 0
                )
                {
                    session.Origin = Origins.Of(context, (await Callers.Person(session, row.UserId))?.Doer());
                    session.Note(new AuditEntry("sign-out") { SubjectKind = "user", SubjectId = row.UserId });
                }
            });
        }

        context.Response.Cookies.Append(Sessions.Cookie, "", Sessions.Options(TimeSpan.Zero));
        return Reply.NoContent();
    }

    /// <summary>Whether a page of another site asks: the browser says so, and the cookie is not for it (beside SameSite, which some browsers lack).</summary>
    private static bool ForeignPage(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class Row
    {
        public required string Family { get; init; }
        public required string UserId { get; init; }
        public bool Active { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
    }

    private const string Select = """
        SELECT t.family, t.user_id, t.expires_at, s.started_at, s.revoked_at, u.active
        FROM refresh_tokens t JOIN sessions s ON s.id = t.family JOIN users u ON u.id = t.user_id
        WHERE t.token_hash = @hash
        """;

    private const string Use = "UPDATE refresh_tokens SET used_at = @now WHERE token_hash = @hash AND used_at IS NULL";
    private const string Used =
        "SELECT token_hash FROM refresh_tokens WHERE token_hash = @hash AND used_at IS NOT NULL";
    private const string UsedAt = "SELECT used_at FROM refresh_tokens WHERE token_hash = @hash";
    private const string Seen = "UPDATE sessions SET seen_at = @now, expires_at = @expires WHERE id = @id";
}

/// <summary>A session as its person and the administrator see it.</summary>
public sealed record SessionView(
    string Id,
    bool Current,
    string Method,
    string Address,
    string? Client,
    DateTimeOffset StartedAt,
    DateTimeOffset SeenAt,
    DateTimeOffset ExpiresAt
);

/// <summary>Lists and ends sessions; an ended one fails on its next request, on every instance.</summary>
public static class ManageSessions
{
    public static Task<IResult> Mine(Call call) =>
        call.Read<IResult>(async session =>
            Reply.Plain(await Open(session, call.Caller.UserId, call.Caller.SessionId))
        );

    public static Task<IResult> OfUser(string id, Call call) =>
        call.Read<IResult>(async session =>
            await UserRow.ById(session, id) is null
                ? (Reply)Refusal.NotFound
                : Reply.Plain(await Open(session, id, call.Caller.SessionId))
        );

    public static Task<IResult> RevokeMine(string id, Call call) => End(call, call.Caller.UserId, id);

    public static Task<IResult> RevokeOfUser(string id, string sessionId, Call call) => End(call, id, sessionId);

    private static Task<IResult> End(Call call, string userId, string sessionId) =>
        call.Write(async session =>
        {
            if (
                await session.Execute(
                    Sessions.Revoke,
                    new
                    {
                        id = sessionId,
                        userId,
                        now = session.Now,
                    }
                ) == 0
            )
                return Refusal.NotFound;
            session.Note(new AuditEntry("session-revoked") { SubjectKind = "user", SubjectId = userId });
            return Reply.NoContent();
        });

    private static async Task<Page<SessionView>> Open(Session session, string userId, string? current) =>
        new()
        {
            Items =
            [
                .. (await session.Query<Row>(Select, new { userId, now = session.Now })).Select(row => new SessionView(
                    row.Id,
                    row.Id == current,
                    row.Method,
                    row.Address,
                    row.Client,
                    row.StartedAt,
                    row.SeenAt,
                    row.ExpiresAt
                )),
            ],
        };

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Method { get; init; }
        public required string Address { get; init; }
        public string? Client { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset SeenAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
    }

    private const string Select =
        "SELECT id, method, address, client, started_at, seen_at, expires_at FROM sessions WHERE user_id = @userId AND revoked_at IS NULL AND expires_at > @now ORDER BY seq DESC";
}
