using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>What came of a call to a receiver.</summary>
/// <param name="Status">What was answered; null: nothing was, for the reason of <paramref name="Error"/>.</param>
/// <param name="PutOff">By how much the receiver asks to put the next try off.</param>
internal sealed record Posted(int? Status, string? Error, string? Answer, TimeSpan Took, TimeSpan? PutOff)
{
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>Calls receivers: over https at addresses of the public internet alone. The address that was looked at is the one that is connected to, each time anew; nothing is followed elsewhere.</summary>
/// <remarks><c>Webhooks:AllowPrivate</c> lifts that for rehearsals on one's own machine.</remarks>
public sealed class Post : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int MostOfAnswer = 2 << 10;

    private readonly bool allowsPrivate;
    private readonly HttpClient http;

    public Post(IConfiguration configuration)
    {
        allowsPrivate = configuration.GetValue("Webhooks:AllowPrivate", false);
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                ConnectCallback = Connect,

                // Looked up and judged anew each time.
                PooledConnectionLifetime = TimeSpan.Zero,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Whether a text is an address that may be called at all; whether its host is a public one shows when it is called.</summary>
    public bool Takes(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var target)
        && (target.Scheme == "https" || (allowsPrivate && target.Scheme == "http"))
        && target.UserInfo.Length == 0
        && target.Fragment.Length == 0
        && (
            allowsPrivate
            || !IPAddress.TryParse(target.Host.Trim('[', ']'), out var address)
            || TargetAddress.IsPublic(address)
        );

    /// <summary>Sends a body, signed by the secrets.</summary>
    internal async Task<Posted> Send(
        string url,
        string id,
        DateTimeOffset now,
        string body,
        IEnumerable<string> secrets,
        CancellationToken stopping = default
    )
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        time.CancelAfter(Patience);
        var begun = Stopwatch.StartNew();
        try
        {
            var at = now.ToUnixTimeSeconds();
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
            foreach (var (name, value) in HeadersOf(id, at))
                request.Headers.TryAddWithoutValidation(name, value);
            request.Headers.TryAddWithoutValidation(
                "webhook-signature",
                WebhookSignature.Of(id, at, body, [.. secrets])
            );
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            var answer = await Beginning(response, time.Token);
            return new Posted((int)response.StatusCode, null, answer, begun.Elapsed, PutOff(response, now));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new Posted(null, "time-out", null, begun.Elapsed, null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new Posted(null, Reason(error), null, begun.Elapsed, null);
        }
    }

    public const string ContentType = "application/cloudevents+json; charset=utf-8";

    /// <summary>The headers of a call but its signature.</summary>
    public static Dictionary<string, string> HeadersOf(string id, long at) =>
        new()
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = at.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["user-agent"] = "Pipeline-Webhooks/1.0",
        };

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        }
        catch (SocketException error)
        {
            throw new HttpRequestException("unknown host", error);
        }

        // One that is not public makes the whole name suspect: it is not for the receiver to choose among them.
        if (!allowsPrivate && (addresses.Length == 0 || !Array.TrueForAll(addresses, TargetAddress.IsPublic)))
            throw new HttpRequestException("private", new NotPublicException());
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> Beginning(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[MostOfAnswer];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(buffer, 0, read).Replace('\0', ' ');
    }

    private static TimeSpan? PutOff(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > now => date - now,
            _ => null,
        };

    private static string Reason(Exception error)
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case NotPublicException:
                    return "address";
                case System.Security.Authentication.AuthenticationException:
                    return "tls";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "refused";
                case SocketException
                {
                    SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
                }:
                    return "address";
            }
        }

        return "unreachable";
    }

    private sealed class NotPublicException : Exception;
}
