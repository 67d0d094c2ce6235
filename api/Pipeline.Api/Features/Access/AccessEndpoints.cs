using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pipeline.Api.Data;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

public static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Access");
        auth.MapPost("/token", SignIn.Handle).WithName("signIn").Open().Takes<SignIn.Request>().Answers<TokenResponse>().Refuses(400, 401, 429);
        auth.MapPost("/refresh", Refresh.Handle).WithName("refreshToken").Open().Answers<TokenResponse>().Refuses(401);
        auth.MapPost("/logout", Refresh.SignOut).WithName("signOut").Open().Produces(204);
        api.MapGet("/me", Me.Handle).WithName("getMe").WithTags("Access").Allows(Act.ReadSelf).Answers<Me.Response>();
    }
}

/// <summary>A unit as people see it: id and name.</summary>
public sealed record JurisdictionRef(string Id, string Code, string Name);

/// <summary>The person who signed in.</summary>
public sealed record UserView(string Id, string Username, string DisplayName, Role Role, JurisdictionRef? Jurisdiction)
{
    public static UserView Of(Caller caller) => new(caller.UserId, caller.Username, caller.DisplayName, caller.Role, JurisdictionOf(caller));

    public static JurisdictionRef? JurisdictionOf(Caller caller) => caller.JurisdictionId is { } id ? new(id, caller.JurisdictionCode!, caller.JurisdictionName!) : null;
}

/// <summary>An access token; the refresh token travels in a cookie only.</summary>
public sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresIn, UserView User);

/// <summary>Passwords are kept as PBKDF2-HMAC-SHA512 at the cost OWASP asks for.</summary>
public static class Passwords
{
    private static readonly PasswordHasher<object> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private static readonly Lazy<string> OfNobody = new(() => Hash(Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))));

    public static string Hash(string password) => Hasher.HashPassword(Hasher, password);

    /// <summary>Whether the password fits; takes as long when there is no such user.</summary>
    public static bool Fits(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Hasher, hash ?? OfNobody.Value, password) != PasswordVerificationResult.Failed && hash is not null;
}

/// <summary>Signing in with name and password; five failures lock the name for fifteen minutes, whether it exists or not.</summary>
public static class SignIn
{
    private const int FailuresAllowed = 5;
    private static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    public sealed record Request
    {
        public string? Username { get; init; }
        public string? Password { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Username).Required().Text(64);
            RuleFor(request => request.Password).Required().Must(password => password!.Length <= 512).Coded("length", 1, 512);
        }
    }

    public static async Task<IResult> Handle(Call call, Database database, Sessions sessions)
    {
        var body = await call.Body(new Validator());
        if (body.Refusal is { } refusal)
            return (Reply)refusal;
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        var (username, password) = (body.Value!.Username!, body.Value.Password!);
        var nameHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(username)));

        var (user, failures, now) = await database.Read(async session => (
            await session.One<UserRow>(SelectUser, new { username }),
            await session.One<FailuresRow>(SelectFailures, new { nameHash }),
            session.Now));
        if (failures?.LockedUntil > now)
        {
            call.Context.Response.Headers.RetryAfter = Math.Ceiling((failures.LockedUntil.Value - now).TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return (Reply)new Refusal(RefusalKind.Conflict, "account-locked");
        }

        if (!Passwords.Fits(user?.PasswordHash, password) || !user!.Active)
        {
            await database.Write(session => Fail(session, nameHash));
            return (Reply)new Refusal(RefusalKind.Forbidden, "invalid-credentials");
        }

        return await database.Write(async session =>
        {
            await session.Execute(ClearFailures, new { nameHash });
            return await sessions.Begin(session, call.Context, user.Id, user.Stamp);
        });
    }

    private static async Task Fail(Session session, string nameHash)
    {
        await session.Lock($"pipeline:sign-in:{nameHash}");
        var row = await session.One<FailuresRow>(SelectFailures, new { nameHash });
        var counted = row is null || row.LockedUntil <= session.Now ? 1 : row.Failures + 1;
        var parameters = new { nameHash, failures = counted, until = counted >= FailuresAllowed ? session.Now + LockOut : (DateTimeOffset?)null, now = session.Now };
        await session.Execute(row is null ? InsertFailures : UpdateFailures, parameters);
    }

    private sealed class UserRow
    {
        public required string Id { get; init; }
        public required string PasswordHash { get; init; }
        public bool Active { get; init; }
        public required string Stamp { get; init; }
    }

    private sealed class FailuresRow
    {
        public int Failures { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }

    private const string SelectUser = "SELECT id, password_hash, active, stamp FROM users WHERE username = @username";
    private const string SelectFailures = "SELECT failures, locked_until FROM sign_in_failures WHERE name_hash = @nameHash";
    private const string ClearFailures = "DELETE FROM sign_in_failures WHERE name_hash = @nameHash";
    private const string InsertFailures = "INSERT INTO sign_in_failures (name_hash, failures, locked_until, updated_at) VALUES (@nameHash, @failures, @until, @now)";
    private const string UpdateFailures = "UPDATE sign_in_failures SET failures = @failures, locked_until = @until, updated_at = @now WHERE name_hash = @nameHash";
}

/// <summary>Sessions: a family of refresh tokens, each used once.</summary>
public sealed class Sessions(AccessTokens tokens)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);
    public const string Cookie = "pipeline_refresh";

    public Task<IResult> Begin(Session session, HttpContext context, string userId, string stamp) => Issue(session, context, userId, stamp, Ids.New());

    /// <summary>Issues the next tokens of a family, the refresh token as a cookie that scripts cannot read.</summary>
    public async Task<IResult> Issue(Session session, HttpContext context, string userId, string stamp, string family)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await session.Execute(Insert, new { hash = HashOf(token), family, userId, stamp, now = session.Now, expires = session.Now + Lifetime });
        var user = (await session.One<Gate.CallerRow>(Gate.SelectCaller, new { userId }))!.ToCaller();
        context.Response.Cookies.Append(Cookie, token, Options(Lifetime));
        context.Response.Headers.CacheControl = "no-store";
        return Reply.Plain(new TokenResponse(tokens.Issue(userId, stamp), "Bearer", (int)AccessTokens.Lifetime.TotalSeconds, UserView.Of(user)));
    }

    public static CookieOptions Options(TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        Path = "/api/v1/auth",
        MaxAge = lifetime,
    };

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private const string Insert = "INSERT INTO refresh_tokens (token_hash, family, user_id, stamp, issued_at, expires_at) VALUES (@hash, @family, @userId, @stamp, @now, @expires)";
}

/// <summary>A refresh token is used once; using it again ends the whole family, since one of the two users stole it.</summary>
public static class Refresh
{
    public static async Task<IResult> Handle(Call call, HttpContext context, Database database, Sessions sessions)
    {
        if (context.Request.Cookies[Sessions.Cookie] is not { Length: > 0 and <= 200 } token)
            return (Reply)new Refusal(RefusalKind.Forbidden, "unauthenticated");
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        return await database.Write<IResult>(async session =>
        {
            var hash = Sessions.HashOf(token);
            var row = await session.One<Row>(Select, new { hash });
            if (row is null || row.RevokedAt is not null || row.ExpiresAt < session.Now || !row.Active || row.Stamp != row.UserStamp)
                return (Reply)new Refusal(RefusalKind.Forbidden, "unauthenticated");
            if (await session.Execute(Use, new { hash, now = session.Now }) == 0)
            {
                await session.Execute(RevokeFamily, new { family = row.Family, now = session.Now });
                return (Reply)new Refusal(RefusalKind.Forbidden, "unauthenticated");
            }

            return await sessions.Issue(session, context, row.UserId, row.Stamp, row.Family);
        });
    }

    public static async Task<IResult> SignOut(Call call, HttpContext context, Database database)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        if (context.Request.Cookies[Sessions.Cookie] is { Length: > 0 and <= 200 } token)
        {
            await database.Write(async session =>
            {
                if (await session.One<Row>(Select, new { hash = Sessions.HashOf(token) }) is { } row)
                    await session.Execute(RevokeFamily, new { family = row.Family, now = session.Now });
            });
        }

        context.Response.Cookies.Append(Sessions.Cookie, "", Sessions.Options(TimeSpan.Zero));
        return Reply.NoContent();
    }

    private sealed class Row
    {
        public required string Family { get; init; }
        public required string UserId { get; init; }
        public required string Stamp { get; init; }
        public required string UserStamp { get; init; }
        public bool Active { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
    }

    private const string Select = """
        SELECT t.family, t.user_id, t.stamp, t.expires_at, t.revoked_at, u.stamp AS user_stamp, u.active
        FROM refresh_tokens t JOIN users u ON u.id = t.user_id
        WHERE t.token_hash = @hash
        """;

    private const string Use = "UPDATE refresh_tokens SET used_at = @now WHERE token_hash = @hash AND used_at IS NULL";
    private const string RevokeFamily = "UPDATE refresh_tokens SET revoked_at = @now WHERE family = @family AND revoked_at IS NULL";
}

/// <summary>Who the caller is and what the role may do.</summary>
public static class Me
{
    public sealed record Response(UserView User, Role Role, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] JurisdictionRef? Jurisdiction, IReadOnlyList<string> Permissions);

    public static IResult Handle(Call call) => call.UnknownParameters() is { } unknown
        ? (Reply)unknown
        : Reply.Plain(new Response(UserView.Of(call.Caller), call.Caller.Role, UserView.JurisdictionOf(call.Caller), Permissions.Of(call.Caller.Role)));
}
