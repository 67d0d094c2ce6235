using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Pipeline.Client.Api.V1;

namespace Pipeline.Client;

/// <summary>
/// A service of Pipeline, reached with an API key (<c>ppl_…</c>). What may be sent again after a lost answer is sent
/// again (see <see cref="SafeRepetition"/>); a refusal is thrown as <see cref="Models.Problem"/>. Safe for use by
/// several threads; keep one for each service and key.
/// </summary>
public sealed class PipelineConnection : IDisposable
{
    private readonly HttpClient client;
    private readonly HttpClientRequestAdapter adapter;

    /// <param name="service">Where the service is, without <c>/api/v1</c>.</param>
    /// <param name="apiKey">The secret that was shown when the key was made.</param>
    /// <param name="transport">What carries the requests; without it the network. It is disposed of with the connection.</param>
    public PipelineConnection(Uri service, string apiKey, HttpMessageHandler? transport = null)
    {
        client = new HttpClient(
            new SafeRepetition
            {
                InnerHandler = new HeadersInspectionHandler { InnerHandler = transport ?? new SocketsHttpHandler() },
            }
        )
        {
            // The change feed holds a request for up to 25 seconds.
            Timeout = TimeSpan.FromMinutes(5),
        };
        adapter = new HttpClientRequestAdapter(
            new BaseBearerTokenAuthenticationProvider(new KeyOfOneService(service, apiKey)),
            httpClient: client
        )
        {
            BaseUrl = service.ToString().TrimEnd('/'),
        };
        Api = new PipelineClient(adapter).Api.V1;
    }

    /// <summary>The operations, by their paths below <c>/api/v1</c>.</summary>
    public V1RequestBuilder Api { get; }

    public void Dispose()
    {
        adapter.Dispose();
        client.Dispose();
    }

    /// <summary>The key is sent to the service that it is of, and to nobody else.</summary>
    private sealed class KeyOfOneService(Uri service, string apiKey) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new([service.Host]);

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri,
            Dictionary<string, object>? additionalAuthenticationContext = null,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(uri.Host == service.Host && uri.Port == service.Port ? apiKey : "");
    }
}
