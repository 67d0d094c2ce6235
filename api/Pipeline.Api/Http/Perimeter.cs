using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>What surrounds the service: proxies and other sites' pages, none of which is trusted unless configured.</summary>
public static class Perimeter
{
    /// <summary>Who forwards requests (<c>Proxy:Known</c>: addresses or networks, separated by commas): only from these are the caller's address, scheme and host taken over.</summary>
    /// <exception cref="InvalidOperationException">An item is neither an address nor a network.</exception>
    public static void AddForwardedHeaders(this IServiceCollection services, IConfiguration configuration) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            var known = List(configuration["Proxy:Known"]);
            options.ForwardedHeaders =
                known.Length == 0
                    ? ForwardedHeaders.None
                    : ForwardedHeaders.XForwardedFor
                        | ForwardedHeaders.XForwardedProto
                        | ForwardedHeaders.XForwardedHost;
            options.ForwardLimit = configuration.GetValue("Proxy:Hops", 1);
            foreach (var item in known)
            {
                if (IPAddress.TryParse(item, out var address))
                    options.KnownProxies.Add(address);
                else if (System.Net.IPNetwork.TryParse(item, out var network))
                    options.KnownIPNetworks.Add(network);
                else
                    throw new InvalidOperationException(
                        $"Proxy:Known names '{item}', which is neither an address nor a network."
                    );
            }
        });

    /// <summary>The sites whose pages may call (<c>Cors:Origins</c>, separated by commas); none by default.</summary>
    public static void AddConfiguredOrigins(this IServiceCollection services, IConfiguration configuration) =>
        services.AddCors(options =>
            options.AddDefaultPolicy(policy =>
            {
                var origins = List(configuration["Cors:Origins"]);
                if (origins.Length > 0)
                {
                    policy
                        .WithOrigins(origins)
                        .AllowAnyHeader()
                        .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                        .WithExposedHeaders(
                            "ETag",
                            "Location",
                            "Link",
                            "Idempotency-Replayed",
                            "X-Request-Id",
                            "RateLimit",
                            "RateLimit-Policy",
                            "Retry-After"
                        );
                }
            })
        );

    /// <summary>A host that is not among <c>AllowedHosts</c> is turned away before anything else is asked, with a problem document like every other refusal.</summary>
    public static void AddHostProblems(this IServiceCollection services)
    {
        services.Configure<HostFilteringOptions>(options => options.IncludeFailureMessage = false);
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, Outermost>());
    }

    private sealed class Outermost : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    async (context, following) =>
                    {
                        await following();
                        if (
                            context.Response is { StatusCode: 400, HasStarted: false, ContentType: null }
                            && !context.Response.Headers.ContainsKey("X-Request-Id")
                        )
                        {
                            context.Response.Headers["X-Request-Id"] = Problems.TraceId(context);
                            await Problems.Write(context, new Refusal(RefusalKind.Invalid, "malformed-request"));
                        }
                    }
                );
                next(app);
            };
    }

    private static string[] List(string? setting) =>
        (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
