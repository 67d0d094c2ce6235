using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Pipeline.Api.Http.Access;
using Pipeline.Data;

namespace Pipeline.Api.Observability;

/// <summary>Traces, metrics and logs by OpenTelemetry: pushed to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> where that is set, and read at <c>/metrics</c> by who knows <c>Metrics:Token</c>.</summary>
public static class ObservabilitySetup
{
    private const int ShortestToken = 16;

    /// <exception cref="InvalidOperationException"><c>Metrics:Token</c> is too short.</exception>
    public static void AddObservability(this WebApplicationBuilder builder)
    {
        // Lines of the log name the trace that they belong to, wherever they go.
        builder.Logging.Configure(options =>
            options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId
        );
        builder.Services.AddSingleton<SystemState>();
        var pushes = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var token = Token(builder.Configuration);
        if (!pushes && token is null)
            return;
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("pipeline"))
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(Telemetry.Name)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation();
                if (token is not null)
                    metrics.AddPrometheusExporter();
                if (pushes)
                    metrics.AddOtlpExporter();
            });
        builder.Services.AddSingleton<QueueLengths>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<QueueLengths>());
        if (!pushes)
            return;
        telemetry
            .WithTracing(traces =>
                traces
                    .AddSource(Telemetry.Name)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddSqlClientInstrumentation()
                    .AddOtlpExporter()
            )
            .WithLogging(logs => logs.AddOtlpExporter());
    }

    /// <summary>Has the log tell of writes that kept others from writing for long.</summary>
    public static void TellLongWrites(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Pipeline.Data");
        app.Services.GetRequiredService<Database>().HeldLong = (request, time) =>
            log.LogWarning(
                "{Request} kept others from writing for {Seconds:0.0} s",
                request ?? "Work in the background",
                time.TotalSeconds
            );
    }

    /// <summary>Maps <c>/metrics</c>, where it is enabled.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        if (Token(app.Configuration) is not { } token)
            return;
        app.MapPrometheusScrapingEndpoint("/metrics")
            .WithName("metrics")
            .Open()
            .Add(endpoint =>
            {
                var scrape = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context =>
                {
                    if (Knows(context.Request.Headers.Authorization, token))
                        return scrape(context);
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    context.Response.Headers.WWWAuthenticate = "Bearer";
                    return Task.CompletedTask;
                };
            });
    }

    private static bool Knows(StringValues authorization, string token) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(authorization.ToString())),
            SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {token}"))
        );

    private static string? Token(IConfiguration configuration) =>
        configuration["Metrics:Token"] switch
        {
            null or "" => null,
            { Length: < ShortestToken } => throw new InvalidOperationException(
                $"Metrics:Token must have at least {ShortestToken} characters."
            ),
            var token => token,
        };
}
