using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pipeline.Api.Tests.Support;

/// <summary>An issuer that answers whatever a test wants; left as it is, it behaves.</summary>
public sealed class MisbehavingIssuer : IDisposable
{
    private HttpListener listener = new();

    public MisbehavingIssuer()
    {
        // HttpListener cannot choose a free port: another may take it first, so it tries until it has one.
        for (var attempt = 0; !listener.IsListening; attempt++)
        {
            Url = $"http://127.0.0.1:{RandomNumberGenerator.GetInt32(20000, 60000)}";
            // One that could not start is of no use any more.
            listener = new HttpListener();
            listener.Prefixes.Add($"{Url}/");
            try
            {
                listener.Start();
            }
            catch (HttpListenerException) when (attempt < 50) { }
        }

        Discovery = new JsonObject
        {
            ["issuer"] = Url,
            ["authorization_endpoint"] = $"{Url}/authorize",
            ["token_endpoint"] = $"{Url}/token",
            ["jwks_uri"] = $"{Url}/keys",
        };
        Token = nonce => Signed(Claims(nonce));
        _ = Task.Run(Serve);
    }

    public string Url { get; private set; } = "";

    public JsonObject Discovery { get; }

    /// <summary>The key it publishes and signs with.</summary>
    public RsaSecurityKey Key { get; set; } = NewKey();

    /// <summary>The identity token by the nonce that was asked for.</summary>
    public Func<string, string> Token { get; set; }

    /// <summary>Where the token endpoint sends its callers on to instead of answering.</summary>
    public string? RedirectsTo { get; set; }

    /// <summary>What the token endpoint was last asked, and with which credentials.</summary>
    public (string Form, string? Authorization) Asked { get; private set; }

    /// <summary>The nonce of the sign-in at hand.</summary>
    public string Nonce { get; set; } = "";

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    /// <summary>Claims that are in order: of nanhu, for the client <c>pipeline</c>, for five minutes from now.</summary>
    public Dictionary<string, object> Claims(string nonce) =>
        new()
        {
            ["iss"] = Url,
            ["aud"] = "pipeline",
            ["sub"] = "s-1",
            ["preferred_username"] = "nanhu",
            ["nonce"] = nonce,
            ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(),
        };

    public string Signed(
        Dictionary<string, object> claims,
        SecurityKey? key = null,
        string algorithm = SecurityAlgorithms.RsaSha256
    ) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims),
            new SigningCredentials(key ?? Key, algorithm)
        );

    /// <summary>Of the algorithm "none".</summary>
    public static string Unsigned(Dictionary<string, object> claims) =>
        $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims))}.";

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var path = context.Request.Url!.AbsolutePath;
                if (path == "/token" && RedirectsTo is { } elsewhere)
                {
                    context.Response.StatusCode = 307;
                    context.Response.RedirectLocation = elsewhere;
                    context.Response.Close();
                    continue;
                }

                if (path is "/token" or "/elsewhere")
                {
                    using var reader = new StreamReader(context.Request.InputStream);
                    Asked = (await reader.ReadToEndAsync(), context.Request.Headers["Authorization"]);
                }

                JsonNode? answer = path switch
                {
                    "/.well-known/openid-configuration" => Discovery,
                    "/keys" => PublicKeys(),
                    _ => new JsonObject
                    {
                        ["access_token"] = "of no use",
                        ["token_type"] = "Bearer",
                        ["id_token"] = Token(Nonce),
                    },
                };
                context.Response.ContentType = "application/json";
                context.Response.Close(Encoding.UTF8.GetBytes(answer!.ToJsonString()), willBlock: false);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private JsonObject PublicKeys()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(Key);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = key.Kid,
                    ["n"] = key.N,
                    ["e"] = key.E,
                }
            ),
        };
    }
}
