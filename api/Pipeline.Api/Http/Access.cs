using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http.Access;

/// <summary>Says on a route what the caller must be allowed to do; asked of <see cref="Permissions"/> before anything else.</summary>
public sealed record Needs(Act Act);

/// <summary>A route that answers without a caller.</summary>
public sealed record OpenToAll;

/// <summary>A route that a caller may use who still has to change a password or set up a second factor.</summary>
public sealed record BeforeAnythingElse;

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

/// <summary>Tells who calls, and turns away who may not, before a use case is reached. Every refusal for want of rights joins the audit trail.</summary>
public static class Gate
{
    public static void UseGate(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                var endpoint = context.GetEndpoint();
                var services = context.RequestServices;
                var limits = services.GetRequiredService<RateLimits>();
                if (
                    endpoint?.Metadata.GetMetadata<OpenToAll>() is not null
                    || (
                        endpoint is null
                        && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                    )
                )
                {
                    if (
                        endpoint?.Metadata.GetMetadata<SignInLimit>() is null
                        || await limits.Admits(context, limits.SignIns, Origins.Address(context))
                    )
                        await next();
                    return;
                }

                // Who calls is found out first: behind one address there are callers and strangers, and what strangers ask must not be counted against callers.
                var (caller, refused) = await services.GetRequiredService<Callers>().Identify(context);
                if (caller is null)
                {
                    if (!await limits.Admits(context, limits.Strangers, Origins.Address(context)))
                        return;
                    if (refused is not null)
                        await services.GetRequiredService<AuditLog>().Add(refused);
                    await Problems.Write(context, new Refusal(RefusalKind.Forbidden, "unauthenticated"));
                    return;
                }

                context.Items[typeof(Caller)] = caller;
                if (!await limits.Admits(context, limits.Callers, caller.UserId))
                    return;
                if (endpoint is not RouteEndpoint)
                {
                    // No such route (404), or not with this method (405): said to callers only.
                    await next();
                    return;
                }

                if (context.Request.RouteValues.Any(IsNoRecord))
                    await Problems.Write(context, Refusal.NotFound);
                else if (
                    endpoint.Metadata.GetMetadata<Needs>() is not { } needs
                    || !Permissions.Allows(caller, needs.Act)
                )
                    await Problems.Write(context, Refusal.Forbidden);
                else if (caller.First is { } first && endpoint.Metadata.GetMetadata<BeforeAnythingElse>() is null)
                    await Problems.Write(context, new Refusal(RefusalKind.Forbidden, first));
                else
                    await next();

                // What is not there and what may not be seen are recorded alike: neither the record nor the time it takes tells them apart.
                if (context.Response.StatusCode is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound)
                    await Record(context, app.Logger);
            }
        );

    /// <summary>Whether a part of the path should be the id of a record and cannot be one.</summary>
    private static bool IsNoRecord(KeyValuePair<string, object?> value) =>
        value.Value is string id
        && !Ids.IsWellFormed(id)
        && (
            value.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)
            // A record that has a number may be named by it.
            || (value.Key == "n" && !id.All(char.IsAsciiDigit))
        );

    /// <summary>A refusal tells nothing, so it is answered even while it cannot be recorded; the console has it then.</summary>
    private static async Task Record(HttpContext context, ILogger log)
    {
        try
        {
            await context
                .RequestServices.GetRequiredService<AuditLog>()
                .Add(Origins.Entry(context, AuditOutcome.Denied));
        }
        catch (DatabaseUnavailableException error)
        {
            log.LogError(
                error,
                "A refusal could not be recorded: {Method} {Path}",
                context.Request.Method,
                context.Request.Path
            );
        }
    }
}

/// <summary>Whether a record exists for a caller, by the kind that its path names (<c>claims</c>) and its id.</summary>
public delegate Task<bool> SeesRecord(Session session, Caller caller, string id);

/// <summary>Whether the record of a kept answer exists for a caller, as far as the answer tells of it.</summary>
public sealed class Visibility(IReadOnlyDictionary<string, SeesRecord> kinds)
{
    /// <param name="record">As a path names it: <c>claims/{id}</c>. Whoever may ask for records of other kinds may see them all, or only the own.</param>
    public async Task<bool> Sees(Session session, Caller caller, string record)
    {
        var (kind, id) = record.Split('/') is [var first, var second] ? (first, second) : (record, "");
        return !kinds.TryGetValue(kind, out var sees) || await sees(session, caller, id);
    }
}

/// <summary>How routes say what they are; a test walks them all.</summary>
public static class RoutePolicies
{
    public static TBuilder Allows<TBuilder>(this TBuilder builder, Act act)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Needs(act));

    /// <summary>Open even to a caller who has something to do first.</summary>
    public static TBuilder BeforeAnythingElse<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BeforeAnythingElse());

    public static TBuilder Open<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToAll());

    /// <summary>Whether the route takes <c>validateOnly</c>: everything that a caller can have stored does.</summary>
    public static bool TakesValidateOnly(string method, IEnumerable<object> metadata) =>
        !HttpMethods.IsGet(method)
        && !HttpMethods.IsHead(method)
        && !metadata.Any(item => item is OpenToAll or Http.StoresNothing);

    /// <summary>A POST that only reads.</summary>
    public static RouteHandlerBuilder StoresNothing(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new Http.StoresNothing());

    /// <summary>Documents the JSON body.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder)
        where T : notnull => builder.Accepts<T>("application/json");

    /// <summary>Documents a merge patch of a body.</summary>
    public static RouteHandlerBuilder TakesPatchOf<T>(this RouteHandlerBuilder builder)
        where T : notnull => builder.Accepts<T>("application/merge-patch+json", "application/json").NeedsIfMatch();

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder builder, int status = 200) =>
        builder.Produces<T>(status);

    /// <summary>Documents problems beyond those that every route may answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
            builder.Produces<Problem>(status, "application/problem+json");
        return builder;
    }

    /// <summary>Documents that If-Match is needed; the use case checks it at its place in the order of checks.</summary>
    public static RouteHandlerBuilder NeedsIfMatch(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new IfMatchNeeded()).Refuses(412, 428);

    /// <summary>Groups operations in the description, and says what the group is about.</summary>
    public static TBuilder Tagged<TBuilder>(this TBuilder builder, string tag, string text)
        where TBuilder : IEndpointConventionBuilder => builder.WithTags(tag).WithMetadata(new TagText(tag, text));

    /// <summary>Documents query parameters that the use case reads itself.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder builder, params QueryParameter[] parameters) =>
        builder.WithMetadata(new QueryParameters(parameters));

    /// <summary>Documents what stands at a place of the path that is no id.</summary>
    public static RouteHandlerBuilder ReadsPath(this RouteHandlerBuilder builder, QueryParameter parameter) =>
        builder.WithMetadata(new PathParameter(parameter));
}

/// <summary>See <see cref="RoutePolicies.NeedsIfMatch"/>.</summary>
public sealed record IfMatchNeeded;

/// <summary>See <see cref="RoutePolicies.Reads"/>.</summary>
public sealed record QueryParameters(IReadOnlyList<QueryParameter> All);

/// <summary>See <see cref="RoutePolicies.Tagged"/>.</summary>
public sealed record TagText(string Name, string Text);

/// <summary>See <see cref="RoutePolicies.ReadsPath"/>.</summary>
public sealed record PathParameter(QueryParameter Parameter);
