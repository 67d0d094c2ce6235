using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Every route asks the one permission table.</summary>
public sealed class PermissionTests(string engine) : OnEachEngine(engine)
{
    private static readonly Dictionary<Role, string> Somebody = new()
    {
        [Role.Officer] = "nanhu",
        [Role.Coordinator] = "centre",
        [Role.Leader] = "leader",
        [Role.Auditor] = "auditor",
        [Role.Admin] = "admin",
    };

    [Test]
    public void Every_route_says_who_may_use_it()
    {
        var routes = Routes().ToList();
        routes.Count.ShouldBeGreaterThan(40);
        routes
            .Where(route =>
                route.Metadata.GetMetadata<Needs>() is null && route.Metadata.GetMetadata<OpenToAll>() is null
            )
            .Select(route => route.RoutePattern.RawText)
            .ShouldBeEmpty();
        routes
            .Where(route => route.Metadata.GetMetadata<OpenToAll>() is not null)
            .Select(route => route.RoutePattern.RawText)
            .Distinct()
            .ShouldBe(
                [
                    "/api/v1/auth/token",
                    "/api/v1/auth/refresh",
                    "/api/v1/auth/logout",
                    "/api/v1/auth/methods",
                    "/api/v1/auth/oidc/start",
                    "/api/v1/auth/oidc/callback",
                    "/api/v1/auth/set-up",
                    "/api/v1/auth/set-up/check",
                    "/api/v1/about",
                    "/api/v1/demo",
                    "/check/{hash}",
                    "/calendars/{token}.ics",
                    "/health/live",
                    "/health/ready",
                    "/problems/{slug}",
                    "/openapi.yaml",
                    "/openapi.json",
                    "/swagger-token.js",
                    "/reference/{documentName?}",
                    "/reference/scalar.js",
                    "/reference/scalar.aspnetcore.js",
                    "/reference/favicon.svg",
                ],
                ignoreOrder: true
            );
    }

    [Test]
    public async Task A_role_without_the_right_is_turned_away_at_every_route()
    {
        foreach (var route in Routes().Where(route => route.Metadata.GetMetadata<Needs>() is not null))
        {
            var act = route.Metadata.GetMetadata<Needs>()!.Act;
            var method = new HttpMethod(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);
            var path = route
                .RoutePattern.RawText!.Replace("{id}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{itemId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{nodeId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{unitId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{rehearsalId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{sessionId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{deliveryId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{enterpriseId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                .Replace("{list}", "new", StringComparison.Ordinal)
                .Replace("{stage}", "signed", StringComparison.Ordinal)
                .Replace("{n}", "1", StringComparison.Ordinal);
            foreach (var (role, name) in Somebody)
            {
                HttpContent? upload =
                    route.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.ContentTypes[0]
                    == "multipart/form-data"
                        ? new MultipartFormDataContent()
                        : null;
                var answer = await App.As(name).Send(method, path, upload);
                if (!Permissions.Table[act].Roles.ContainsKey(role))
                    answer.Status.ShouldBe(403, $"{role} {method} {path}");
                else
                    answer.Status.ShouldNotBe(403, $"{role} {method} {path}");
                answer.Status.ShouldBeLessThan(500, $"{role} {method} {path}");
            }

            (await App.Nobody().Send(method, path, null)).Status.ShouldBe(401, path);
        }
    }

    [Test]
    public void The_table_has_a_row_for_every_act()
    {
        foreach (var act in Enum.GetValues<Act>())
            (Permissions.Table[act].Roles.Count + Permissions.Table[act].Scopes.Count).ShouldBePositive(act.ToString());
    }

    private IEnumerable<RouteEndpoint> Routes() =>
        App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
