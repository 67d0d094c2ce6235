using Microsoft.AspNetCore.Diagnostics;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>Answers exceptions with problem documents, and logs what is for whoever runs the service.</summary>
public sealed class TellExceptions(ILogger<TellExceptions> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        var refusal = Foreseen(exception);
        var (method, path) = (httpContext.Request.Method, httpContext.Request.Path);
        if (refusal.Slug is "internal-error")
            log.LogError(exception, "Unforeseen error at {Method} {Path}", method, path);
        else if (refusal.Slug is "record-unreadable")
            log.LogError(exception, "A record cannot be read at {Method} {Path}", method, path);
        else if (refusal.Slug is "database-unavailable")
            log.LogWarning(exception, "The database did not answer at {Method} {Path}", method, path);
        httpContext.Response.Headers["X-Request-Id"] = Problems.TraceId(httpContext);
        await Problems.Write(httpContext, refusal);
        return true;
    }

    private static Refusal Foreseen(Exception error) =>
        error switch
        {
            DatabaseUnavailableException => new Refusal(RefusalKind.Conflict, "database-unavailable"),
            ClockUnreliableException => new Refusal(RefusalKind.Conflict, "clock-unreliable"),
            LockTimeoutException { Name.Kind: LockKind.IdempotencyKey } => new Refusal(
                RefusalKind.Conflict,
                "request-in-progress"
            ),
            LockTimeoutException => new Refusal(RefusalKind.Conflict, "database-unavailable"),
            UnreadableRecordException => new Refusal(RefusalKind.Conflict, "record-unreadable"),
            BadHttpRequestException { StatusCode: 413 } => new Refusal(RefusalKind.Invalid, "payload-too-large"),
            BadHttpRequestException { StatusCode: 415 } => new Refusal(RefusalKind.Invalid, "unsupported-media-type"),
            BadHttpRequestException => new Refusal(RefusalKind.Invalid, "malformed-request"),
            _ => new Refusal(RefusalKind.Invalid, "internal-error"),
        };
}
