using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Service;

/// <summary>Whether the program lives, and whether it can be asked: once the schema is up to date, the seeds are in, and the database answers. What else is amiss is named beside it, and turns nobody away: reading goes on without a clock, and everything does without mail.</summary>
public static class Health
{
    /// <summary>What is asked, by the slug of what is told where it does not hold; the first that fails is told.</summary>
    private const string Started = "starting",
        Answers = "database-unavailable";

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services
            .AddHealthChecks()
            .AddCheck<HasStarted>(Started)
            .AddCheck<DatabaseAnswers>(Answers)
            .AddCheck<ClockIsTrusted>("clock")
            .AddCheck<WorkersWork>("workers");
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        Map(app, "live", asked: false);
        Map(app, "ready", asked: true);
    }

    private static void Map(IEndpointRouteBuilder app, string name, bool asked) =>
        app.MapHealthChecks(
                $"/health/{name}",
                new HealthCheckOptions
                {
                    Predicate = _ => asked,
                    ResponseWriter = (context, report) => Tell(context, report, name),
                }
            )
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
            .WithName(name)
            .Open();

    private static Task Tell(HttpContext context, HealthReport report, string name)
    {
        if (
            report.Entries.FirstOrDefault(entry => entry.Value.Status == HealthStatus.Unhealthy) is { Key: { } failing }
        )
            return Http.Problems.Write(context, new Refusal(RefusalKind.Conflict, failing));
        context.Response.ContentType = "text/plain; charset=utf-8";
        var amiss = report.Entries.Where(entry => entry.Value.Status == HealthStatus.Degraded);
        return context.Response.WriteAsync(string.Join("\namiss: ", [name, .. amiss.Select(entry => entry.Key)]));
    }

    private sealed class HasStarted(Readiness readiness) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(readiness.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }

    private sealed class DatabaseAnswers(Readiness readiness, Database database) : IHealthCheck
    {
        /// <summary>Nothing is asked of a schema that is not there yet.</summary>
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            if (readiness.IsReady)
                await database.Read(session => session.One<long>("SELECT COUNT(*) FROM rule_sets"), cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class ClockIsTrusted(Database database) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(database.Clock.Unreliable ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy());
    }

    private sealed class WorkersWork(WorkerStates states) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                states.All.Values.Any(state => state.Failures > 0)
                    ? HealthCheckResult.Degraded()
                    : HealthCheckResult.Healthy()
            );
    }
}
