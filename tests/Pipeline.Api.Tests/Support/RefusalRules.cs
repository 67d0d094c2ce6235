using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Tests.Support;

/// <summary>
/// Holds every refusal that any test is answered against what its operation says: those that are not everybody's stand at the route.
/// Where <c>PIPELINE_REFUSALS</c> names a file, they are written there instead, a line each.
/// </summary>
public sealed class RefusalRules : IStartupFilter
{
    private static readonly string? Written = Environment.GetEnvironmentVariable("PIPELINE_REFUSALS");
    private static readonly Lock Writing = new();

    private readonly ConcurrentDictionary<string, byte> violations = new(StringComparer.Ordinal);

    public ICollection<string> Violations => violations.Keys;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(Watch);
            next(app);
        };

    private async Task Watch(HttpContext context, RequestDelegate next)
    {
        var tags = context.Features.Get<IHttpMetricsTagsFeature>();
        if (tags is null)
            context.Features.Set(tags = new MetricsTags());
        await next(context);
        var slug = tags.Tags.FirstOrDefault(tag => tag.Key == Http.Problems.SlugTag).Value as string;
        var metadata = context.GetEndpoint()?.Metadata;
        if (slug is null || metadata is null || Http.Problems.Everywhere.Contains(slug))
            return;
        if (metadata.GetOrderedMetadata<OwnRefusals>().Any(own => own.Slugs.Contains(slug)))
            return;
        var line = $"{metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName} {slug}";
        if (Written is null)
            violations[$"{line} is not told by the route (Refuses)"] = 0;
        else
            lock (Writing)
                File.AppendAllLines(Written, [line]);
    }

    private sealed class MetricsTags : IHttpMetricsTagsFeature
    {
        public ICollection<KeyValuePair<string, object?>> Tags { get; } = new List<KeyValuePair<string, object?>>();

        public bool MetricsDisabled { get; set; }
    }
}
