using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pipeline.Api.Http.Access;

/// <summary>Access tokens: signed, short-lived, tied to a session that can be ended at any moment.</summary>
public sealed class AccessTokens(Secrets secrets, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Issuer = "pipeline";
    private readonly SymmetricSecurityKey key = new(secrets.Derive("access-tokens"));
    private const int MostKnown = 10_000;

    // Tokens whose signature was found right, by their hash. Whether session and person still stand is asked of the database all the same.
    private readonly ConcurrentDictionary<string, (string UserId, string SessionId, DateTime Until)> known = new(
        StringComparer.Ordinal
    );
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issue(string userId, string sessionId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Issuer,
                IssuedAt = now,
                Expires = now + Lifetime,
                Claims = new Dictionary<string, object> { ["sub"] = userId, ["sid"] = sessionId },
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            }
        );
    }

    /// <summary>Whose token it is and of which session, or null when it is not one of ours or is over.</summary>
    public async ValueTask<(string UserId, string SessionId)?> Read(string token)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var hash = Callers.HashOf(token);
        if (known.TryGetValue(hash, out var verified))
            return now < verified.Until ? (verified.UserId, verified.SessionId) : null;
        var result = await handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudience = Issuer,
                IssuerSigningKey = key,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                LifetimeValidator = (_, expires, _, _) => expires is { } until && now < until,
            }
        );
        if (
            !result.IsValid
            || !result.Claims.TryGetValue("sub", out var user)
            || !result.Claims.TryGetValue("sid", out var session)
        )
            return null;
        if (known.Count >= MostKnown)
            known.Clear();
        known[hash] = ((string)user, (string)session, result.SecurityToken.ValidTo);
        return ((string)user, (string)session);
    }
}
