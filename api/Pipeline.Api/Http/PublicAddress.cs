using System.Net;

namespace Pipeline.Api.Http;

/// <summary>
/// Where people reach the service: <c>Public:Url</c>. Without it, what the request says, if somebody answers for that: a configured proxy (<c>Proxy:Known</c>), a list of the host names
/// that are served (<c>AllowedHosts</c>), or the caller's own machine. The Host header alone is whatever a caller writes there, and no link may be made of it.
/// </summary>
public sealed class PublicAddress
{
    private readonly string? url;
    private readonly string[] allowed;

    /// <exception cref="InvalidOperationException"><c>Public:Url</c> is no address.</exception>
    public PublicAddress(IConfiguration configuration)
    {
        url = Read(configuration, "Public:Url");
        allowed = (configuration["AllowedHosts"] ?? "*").Split(
            ';',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
    }

    /// <summary>The address of the pages, without a slash at its end; null when nobody answers for what the request says.</summary>
    public string? Of(HttpRequest request)
    {
        if (url is not null)
            return url;
        var host = request.Host;
        return
            IsLoopback(host.Host)
            || IsForwarded(request.HttpContext)
            || (
                !allowed.Contains("*")
                && HostString.MatchesAny(
                    host.Host,
                    [.. allowed.Select(name => new Microsoft.Extensions.Primitives.StringSegment(name))]
                )
            )
            ? $"{request.Scheme}://{host}"
            : null;
    }

    /// <summary>A setting that is the address of a site, without a slash at its end.</summary>
    public static string? Read(IConfiguration configuration, string key) =>
        configuration[key] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address is { Query: "", Fragment: "" }
            ? text.TrimEnd('/')
        : throw new InvalidOperationException(
            $"{key} is '{text}'; it must be the address of the pages, such as https://pipeline.city.gov.cn."
        );

    /// <summary>Takes over what configured proxies forward, and remembers whether the host was among it.</summary>
    public static void UseForwarded(WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                context.Items[typeof(PublicAddress)] = context.Request.Headers["X-Forwarded-Host"].ToString();
                return next();
            }
        );
        app.UseForwardedHeaders();
    }

    // What was taken over is gone from the header.
    private static bool IsForwarded(HttpContext context) =>
        context.Items[typeof(PublicAddress)] is string { Length: > 0 } before
        && context.Request.Headers["X-Forwarded-Host"].ToString() != before;

    private static bool IsLoopback(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
