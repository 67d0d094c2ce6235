using System.Collections.Concurrent;
using System.Globalization;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>That an operation will go, said on its route: at least half a year passes between the two days.</summary>
/// <param name="Since">From when on it should not be used any more.</param>
/// <param name="Sunset">From when on it may be gone.</param>
/// <param name="Replacement">What to do in its place.</param>
public sealed record Deprecated(DateOnly Since, DateOnly Sunset, string Replacement)
{
    public static DateTimeOffset InstantOf(DateOnly day) => Shanghai.StartOf(day);
}

/// <summary>An operation that will go.</summary>
public sealed record DeprecationView(string Method, string Path, DateOnly Since, DateOnly Sunset, string Replacement);

/// <summary>Everything that will go.</summary>
public sealed record DeprecationList(IReadOnlyList<DeprecationView> Items);

/// <summary>Tells of operations that will go: in each of their answers (RFC 9745, RFC 8594), and in one list.</summary>
public static class Deprecations
{
    private const string List = "/api/v1/deprecations";

    private static readonly ConcurrentDictionary<(string Key, string Operation, DateOnly Sunset), byte> Told = new();

    public static RouteHandlerBuilder IsDeprecated(
        this RouteHandlerBuilder builder,
        DateOnly since,
        DateOnly sunset,
        string replacement
    ) => builder.WithMetadata(new Deprecated(since, sunset, replacement));

    public static void UseDeprecations(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<Deprecated>() is { } deprecated)
                {
                    context.Response.OnStarting(() =>
                    {
                        Tell(context.Response.Headers, deprecated);
                        return Task.CompletedTask;
                    });
                    // The answer does not wait for it, and does not fail with it.
                    context.Response.OnCompleted(() => TellOwner(context, deprecated));
                }

                return next();
            }
        );

    private static Task TellOwner(HttpContext context, Deprecated deprecated) =>
        CallerIdentity.Of(context) is { IsKey: true } key && context.GetEndpoint() is RouteEndpoint route
            ? TellOwner(
                context.RequestServices.GetRequiredService<Database>(),
                key,
                $"{context.Request.Method} /{route.RoutePattern.RawText!.Trim('/')}",
                deprecated
            )
            : Task.CompletedTask;

    /// <summary>Tells the owner of a key once that it calls what will go. What this process told it does not look up again.</summary>
    public static async Task TellOwner(Database database, Caller key, string operation, Deprecated deprecated)
    {
        if (Told.ContainsKey((key.UserId, operation, deprecated.Sunset)))
            return;
        await database.Write(session => session.Raise(new DeprecatedOperationUsed(key, operation, deprecated.Sunset)));
        Told.TryAdd((key.UserId, operation, deprecated.Sunset), 0);
    }

    public static void Tell(IHeaderDictionary headers, Deprecated deprecated)
    {
        headers["Deprecation"] =
            $"@{Deprecated.InstantOf(deprecated.Since).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";
        headers["Sunset"] = Deprecated.InstantOf(deprecated.Sunset).ToString("R", CultureInfo.InvariantCulture);
        headers.Append("Link", $"<{List}>; rel=\"deprecation\"");
    }

    public static void MapDeprecations(this IEndpointRouteBuilder api) =>
        api.MapGet("/deprecations", (Call call, EndpointDataSource routes) =>
                call.UnknownParameters() is { } unknown ? (Reply)unknown : Reply.Plain(Of(routes.Endpoints))
            )
            .WithName("listDeprecations")
            .WithSummary("List the operations that will go")
            .WithTags("Service")
            .Allows(Act.ReadReference)
            .Answers<DeprecationList>();

    public static DeprecationList Of(IEnumerable<Endpoint> endpoints) =>
        new([
            .. from route in endpoints.OfType<RouteEndpoint>()
            let deprecated = route.Metadata.GetMetadata<Deprecated>()
            where deprecated is not null
            from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
            orderby deprecated.Sunset, route.RoutePattern.RawText
            select new DeprecationView(
                method,
                $"/{route.RoutePattern.RawText!.Trim('/')}",
                deprecated.Since,
                deprecated.Sunset,
                deprecated.Replacement
            ),
        ]);
}
