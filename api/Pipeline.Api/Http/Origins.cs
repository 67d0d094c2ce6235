using Microsoft.AspNetCore.Routing;
using Pipeline.Data;

namespace Pipeline.Api.Http;

/// <summary>Where a request came from, as the audit trail tells it.</summary>
public static class Origins
{
    public static Origin Of(HttpContext context, Doer? doer = null) =>
        new(
            doer ?? Access.CallerIdentity.Of(context)?.Doer() ?? Doer.Nobody,
            Address(context),
            context.Request.Headers.UserAgent.ToString() is { Length: > 0 } client ? client : null,
            $"{Methods.Of(context)} {context.Request.Path}",
            Problems.TraceId(context)
        );

    /// <summary>The address of the caller: of the connection, or as told by a proxy that is trusted.</summary>
    public static string Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "local";
    }

    /// <summary>An entry for the request as a whole: the operation's name, and the record its path or its answer names.</summary>
    public static AuditEntry Entry(HttpContext context, AuditOutcome outcome, string? location = null)
    {
        var name = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "unknown";
        var segments = (location ?? context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var id = location is not null ? segments[^1] : context.GetRouteValue("id") as string;
        var kind = segments.Length > 2 ? segments[2].TrimEnd('s') : null;
        return new AuditEntry(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name))
        {
            Outcome = outcome,
            SubjectKind = kind,
            SubjectId = id,
            ProjectId = kind == "project" && outcome != AuditOutcome.Denied ? id : null,
            Origin = Of(context),
        };
    }
}
