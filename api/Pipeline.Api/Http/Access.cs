using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Projects;
using Pipeline.Domain;

namespace Pipeline.Api.Http.Access;

/// <summary>Says on a route what the caller must be allowed to do; asked of <see cref="Permissions"/> before anything else.</summary>
public sealed record Needs(Act Act);

/// <summary>A route that answers without a caller.</summary>
public sealed record OpenToAll;

/// <summary>Access tokens: signed, short-lived, tied to the user's present stamp so that a change of rights ends them at once.</summary>
public sealed class AccessTokens(Secrets secrets, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Issuer = "pipeline";
    private readonly SymmetricSecurityKey key = new(secrets.Derive("access-tokens"));
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issue(string userId, string stamp)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object> { ["sub"] = userId, ["stamp"] = stamp },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Whose token it is, or null when it is not one of ours or is over.</summary>
    public async Task<(string UserId, string Stamp)?> Read(string token)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            LifetimeValidator = (_, expires, _, _) => expires is { } until && now < until,
        });
        return result.IsValid && result.Claims.TryGetValue("sub", out var user) && result.Claims.TryGetValue("stamp", out var stamp)
            ? ((string)user, (string)stamp)
            : null;
    }
}

/// <summary>Tells who calls, and turns away who may not, before a use case is reached.</summary>
public static class Gate
{
    public static void UseGate(this WebApplication app) => app.Use(async (context, next) =>
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<OpenToAll>() is not null || (endpoint is null && !context.Request.Path.StartsWithSegments("/api")))
        {
            await next();
            return;
        }

        var caller = await Identify(context);
        if (caller is null)
        {
            await Problems.Write(context, new Refusal(RefusalKind.Forbidden, "unauthenticated"));
            return;
        }

        context.Items[typeof(Caller)] = caller;
        if (endpoint is not RouteEndpoint)
        {
            // No such route (404), or not with this method (405): said to callers only.
            await next();
            return;
        }

        if (endpoint.Metadata.GetMetadata<Needs>() is not { } needs || !Permissions.Allows(caller, needs.Act))
        {
            await Problems.Write(context, Problems.Forbidden);
            return;
        }

        await next();
    });

    private static async Task<Caller?> Identify(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return null;
        var services = context.RequestServices;
        if (await services.GetRequiredService<AccessTokens>().Read(header[7..].Trim()) is not { } token)
            return null;
        var row = await services.GetRequiredService<Database>().Read(session => session.One<CallerRow>(SelectCaller, new { userId = token.UserId }));
        return row is { Active: true } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(row.Stamp), Encoding.UTF8.GetBytes(token.Stamp))
            ? row.ToCaller()
            : null;
    }

    internal sealed class CallerRow
    {
        public required string Id { get; init; }
        public required string Username { get; init; }
        public required string DisplayName { get; init; }
        public required string Role { get; init; }
        public string? JurisdictionId { get; init; }
        public string? JurisdictionCode { get; init; }
        public string? JurisdictionName { get; init; }
        public bool Active { get; init; }
        public required string Stamp { get; init; }

        public Caller ToCaller() => new(Id, Username, DisplayName, Slug.To<Role>(Role), JurisdictionId, JurisdictionCode, JurisdictionName);
    }

    internal const string SelectCaller = """
        SELECT u.id, u.username, u.display_name, u.role, u.jurisdiction_id, u.active, u.stamp, j.code AS jurisdiction_code, j.name AS jurisdiction_name
        FROM users u LEFT JOIN jurisdictions j ON j.id = u.jurisdiction_id
        WHERE u.id = @userId
        """;
}

/// <summary>Whether a project exists for a caller.</summary>
public sealed class Visibility
{
    public async Task<bool> Sees(Session session, Caller caller, string projectId) =>
        await LoadProject.For(session, caller, projectId) is not null;
}

/// <summary>How routes say what they are; a test walks them all.</summary>
public static class RoutePolicies
{
    public static TBuilder Allows<TBuilder>(this TBuilder builder, Act act) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Needs(act));

    public static TBuilder Open<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToAll());

    /// <summary>Documents the JSON body.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder) where T : notnull => builder.Accepts<T>("application/json");

    /// <summary>Documents a merge patch of a body.</summary>
    public static RouteHandlerBuilder TakesPatchOf<T>(this RouteHandlerBuilder builder) where T : notnull => builder.Accepts<T>("application/merge-patch+json", "application/json").NeedsIfMatch();

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder builder, int status = 200) => builder.Produces<T>(status);

    /// <summary>Documents problems beyond those that every route may answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
            builder.Produces<Problem>(status, "application/problem+json");
        return builder;
    }

    /// <summary>Documents that If-Match is needed; the use case checks it at its place in the order of checks.</summary>
    public static RouteHandlerBuilder NeedsIfMatch(this RouteHandlerBuilder builder) => builder.WithMetadata(new IfMatchNeeded()).Refuses(412, 428);

    /// <summary>Documents query parameters that the use case reads itself.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder builder, params string[] names) => builder.WithMetadata(new QueryParameters(names));
}

/// <summary>See <see cref="RoutePolicies.NeedsIfMatch"/>.</summary>
public sealed record IfMatchNeeded;

/// <summary>See <see cref="RoutePolicies.Reads"/>.</summary>
public sealed record QueryParameters(IReadOnlyList<string> Names);
