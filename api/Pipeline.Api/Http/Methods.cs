using Microsoft.AspNetCore.Http.Features;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>What every address has beside its own methods (RFC 9110 §9): HEAD is GET without its body, OPTIONS tells what there is. And how long an address may be.</summary>
public static class Methods
{
    /// <summary>The longest request target that is answered; the server hands on twice as much, so that what is too long is told in a problem document.</summary>
    public const int LongestTarget = 16 << 10;

    /// <summary>Whether only the head of the answer is wanted: who makes a long body need not make it.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(typeof(Methods));

    /// <summary>The method as it was sent.</summary>
    public static string Of(HttpContext context) => IsHead(context) ? HttpMethods.Head : context.Request.Method;

    /// <summary>Before routing: HEAD goes the way of GET, with nobody listening to its body.</summary>
    public static void UseHead(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                var request = context.Request;
                if (
                    Math.Max(
                        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length,
                        (request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0)
                    ) > LongestTarget
                )
                {
                    await Problems.Write(context, new Refusal(RefusalKind.Invalid, "uri-too-long"));
                    return;
                }

                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await next();
                    return;
                }

                var body = context.Response.Body;
                context.Items[typeof(Methods)] = true;
                context.Request.Method = HttpMethods.Get;
                context.Response.Body = Stream.Null;
                try
                {
                    await next();
                }
                finally
                {
                    context.Response.Body = body;
                    context.Request.Method = HttpMethods.Head;
                }
            }
        );

    /// <summary>After it is known who calls: an address that is there answers OPTIONS, and tells with each 405 what it has.</summary>
    public static void UseOptions(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                await next();
                var response = context.Response;
                if (response.StatusCode != StatusCodes.Status405MethodNotAllowed || response.HasStarted)
                    return;
                var own = response.Headers.Allow.ToString().Split(',', StringSplitOptions.TrimEntries);
                response.Headers.Allow = string.Join(
                    ", ",
                    own.Concat(own.Contains(HttpMethods.Get) ? [HttpMethods.Head] : Array.Empty<string>())
                        .Append(HttpMethods.Options)
                        .Distinct()
                        .Order(StringComparer.Ordinal)
                );
                if (HttpMethods.IsOptions(context.Request.Method))
                    response.StatusCode = StatusCodes.Status204NoContent;
            }
        );
}
