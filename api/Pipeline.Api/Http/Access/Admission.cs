using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http.Access;

/// <summary>Who gets in before a use case is reached: callers who are known, ask no more than they may, name what can be there, and have the right. Every refusal for want of rights joins the audit trail.</summary>
public static class Admission
{
    public static void AddAdmission(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Callers>();
        services.AddSingleton<RateLimits>();
        services.AddWebEncoders();

        // The core alone: the rest would keep keys for cookies, of which there are none.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<CallerScheme>(CallerScheme.Name, CallerScheme.Name);
            authentication.DefaultScheme = CallerScheme.Name;
        });
        services.AddTransient<CallerScheme>();
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, AskPermissions>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefuseWithProblems>();
    }

    public static void UseAdmission(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(LimitRates);
        app.Use(RecordRefusals);
        app.Use(RefuseWhatNobodyMay);
        app.Use(RefuseWhatIsNoRecord);
        app.UseAuthorization();
    }

    /// <summary>Whether a request is answered to callers alone: routes that are not open to all, and what is no route of the API.</summary>
    public static bool AsksWhoCalls(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint
            ? endpoint.Metadata.GetMetadata<OpenToAll>() is null
            : context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                && !IsOpenAddress(context);

    /// <summary>Whether a route that is open to all has this address: what is wrong with a request to it, its method or the kind of its body, is told to all as well.</summary>
    private static bool IsOpenAddress(HttpContext context) =>
        context
            .RequestServices.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Any(endpoint =>
                endpoint.Metadata.GetMetadata<OpenToAll>() is not null
                && string.Equals(
                    endpoint.RoutePattern.RawText?.Trim('/'),
                    context.Request.Path.Value?.Trim('/'),
                    StringComparison.OrdinalIgnoreCase
                )
            );

    /// <summary>Who calls is found out before: behind one address there are callers and strangers, and what strangers ask must not be counted against callers.</summary>
    private static async Task LimitRates(HttpContext context, RequestDelegate next)
    {
        var limits = context.RequestServices.GetRequiredService<RateLimits>();
        if (!AsksWhoCalls(context))
        {
            if (
                context.GetEndpoint()?.Metadata.GetMetadata<SignInLimit>() is null
                || await limits.Admits(context, limits.SignIns, Origins.Address(context))
            )
                await next(context);
        }
        else if (CallerIdentity.Of(context) is not { } caller)
        {
            if (await limits.Admits(context, limits.Strangers, Origins.Address(context)))
                await context.ChallengeAsync();
        }
        else if (await limits.Admits(context, limits.Callers, caller.UserId))
            await next(context);
    }

    /// <summary>What is not there and what may not be seen are recorded alike: neither the record nor the time it takes tells them apart.</summary>
    private static async Task RecordRefusals(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (
            context.Response.StatusCode is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
            && context.GetEndpoint() is RouteEndpoint
            && CallerIdentity.Of(context) is not null
        )
            await Record(context);
    }

    /// <summary>A refusal tells nothing, so it is answered even while it cannot be recorded; the console has it then.</summary>
    private static async Task Record(HttpContext context)
    {
        try
        {
            await context
                .RequestServices.GetRequiredService<AuditLog>()
                .Add(Origins.Entry(context, AuditOutcome.Denied));
        }
        catch (DatabaseUnavailableException error)
        {
            context
                .RequestServices.GetRequiredService<ILogger<AuditLog>>()
                .LogError(
                    error,
                    "A refusal could not be recorded: {Method} {Path}",
                    context.Request.Method,
                    context.Request.Path
                );
        }
    }

    /// <summary>A route that does not say who may use it is nobody's.</summary>
    private static Task RefuseWhatNobodyMay(HttpContext context, RequestDelegate next) =>
        AsksWhoCalls(context)
        && context.GetEndpoint() is RouteEndpoint endpoint
        && endpoint.Metadata.GetMetadata<Needs>() is null
            ? context.ForbidAsync()
            : next(context);

    /// <summary>What cannot be the id of a record names none, whoever asks.</summary>
    private static Task RefuseWhatIsNoRecord(HttpContext context, RequestDelegate next) =>
        AsksWhoCalls(context) && context.Request.RouteValues.Any(IsNoRecord)
            ? Problems.Write(context, Refusal.NotFound)
            : next(context);

    /// <summary>Whether a part of the path should be the id of a record and cannot be one.</summary>
    private static bool IsNoRecord(KeyValuePair<string, object?> value) =>
        value.Value is string id
        && !Ids.IsWellFormed(id)
        && (
            value.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)
            // A record that has a number may be named by it.
            || (value.Key == "n" && !id.All(char.IsAsciiDigit))
        );
}
