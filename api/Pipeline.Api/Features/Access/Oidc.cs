using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>Single sign-on with any OpenID Connect issuer: authorization code with PKCE, through the API, so that no token of the issuer ever reaches the page.</summary>
public sealed class Oidc : IDisposable
{
    private const string Cookie = "__Secure-pipeline_oidc";
    private const int MaxSubject = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>How far the issuer's clock and ours may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private readonly OidcSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger<Oidc> log;
    private readonly Vault vault;
    private readonly HttpClient http;
    private readonly HttpDocumentRetriever documents;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? configuration;

    private readonly PublicAddress address;

    public Oidc(OidcSettings settings, Secrets secrets, TimeProvider time, PublicAddress address, ILogger<Oidc> log)
    {
        (this.settings, this.time, this.address, this.log) = (settings, time, address, log);

        // A key of its own: nothing that is sealed for another purpose passes for the cookie.
        vault = new Vault([], secrets.Derive("single-sign-on"), []);

        // Codes and secrets go to the address that the issuer published, and nowhere on from there.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(15),
            MaxResponseContentBufferSize = 1 << 20,
        };
        documents = new HttpDocumentRetriever(http)
        {
            RequireHttps = settings.Authority is null || !new Uri(settings.Authority).IsLoopback,
        };
        configuration = settings.Authority is null
            ? null
            : new(
                $"{settings.Authority}/.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                documents
            );
    }

    public sealed record SingleSignOn(string? DisplayName);

    public sealed record MethodsResponse(bool Password, SingleSignOn? SingleSignOn);

    /// <summary>How people can sign in here.</summary>
    public static IResult Methods(Call call, OidcSettings settings) =>
        call.UnknownParameters() is { } unknown
            ? (Reply)unknown
            : Reply.Plain(
                new MethodsResponse(true, settings.Authority is null ? null : new SingleSignOn(settings.DisplayName))
            );

    /// <summary>Sends the browser to the issuer; what must be known again on return travels in a sealed cookie.</summary>
    public static async Task<IResult> Start(Call call, Oidc oidc)
    {
        if (oidc.configuration is null)
            return (Reply)Refusal.NotFound;
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        if (oidc.RedirectUri(call.Request) is not { } redirectUri || await oidc.Issuer() is not { } issuer)
            return (Reply)new Refusal(RefusalKind.Conflict, "sign-on-unavailable");
        var trip = oidc.NewTrip(LocalPath(call.Request.Query["returnTo"]));
        call.Context.Response.Cookies.Append(Cookie, oidc.Sealed(trip), CookieOptions(Patience));
        call.Context.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(
            QueryHelpers.AddQueryString(
                issuer.AuthorizationEndpoint,
                new Dictionary<string, string?>
                {
                    ["response_type"] = "code",
                    ["client_id"] = oidc.Settings.ClientId,
                    ["redirect_uri"] = redirectUri,
                    ["scope"] = oidc.Settings.Scope,
                    ["state"] = trip.State,
                    ["nonce"] = trip.Nonce,
                    ["code_challenge"] = Base64UrlEncoder.Encode(
                        SHA256.HashData(Encoding.ASCII.GetBytes(trip.Verifier))
                    ),
                    ["code_challenge_method"] = "S256",
                }
            )
        );
    }

    /// <summary>Takes the browser back: exchanges the code, checks the identity token, begins a session, and goes on to the page that was wanted.</summary>
    public static async Task<IResult> Callback(
        Call call,
        Oidc oidc,
        OidcAccounts accounts,
        Database database,
        Sessions sessions,
        AuditLog log
    )
    {
        if (oidc.configuration is null)
            return (Reply)Refusal.NotFound;
        var trip = oidc.TripOf(call.Request);
        call.Context.Response.Cookies.Append(Cookie, "", CookieOptions(TimeSpan.Zero));
        call.Context.Response.Headers.CacheControl = "no-store";
        var (identity, failure) = await oidc.Identity(call.Request, trip);
        if (identity is null)
        {
            await log.Add(Failed(failure!, null));
            return Results.Redirect($"/sign-in?problem={failure}");
        }

        return await database.WriteAnyway<IResult>(async session =>
        {
            session.Origin = Origins.Of(call.Context, Doer.Nobody);
            var (user, refusal) = await accounts.Of(session, identity);
            if (refusal is not null)
            {
                session.Note(Failed(refusal, user));
                return Results.Redirect($"/sign-in?problem={refusal}");
            }

            session.Origin = Origins.Of(call.Context, (await Callers.Person(session, user!.Id))!.Doer());
            _ = await sessions.Begin(session, call.Context, user.Id, "oidc");
            return Results.Redirect($"/sign-in?sso=done&returnTo={Uri.EscapeDataString(trip!.ReturnTo)}");
        });

        AuditEntry Failed(string slug, UserRow? user) =>
            new("sign-in")
            {
                Outcome = AuditOutcome.Failed,
                SubjectKind = user is null ? null : "user",
                SubjectId = user?.Id,
                Reason = slug,
                Origin = Origins.Of(call.Context, user?.Doer() ?? Doer.Nobody),
            };
    }

    private OidcSettings Settings => settings;

    private Trip NewTrip(string returnTo) => new(Random(), Random(), Random(), returnTo, time.GetUtcNow() + Patience);

    private string Sealed(Trip trip) => vault.Seal(Json.Write(trip));

    /// <summary>What the issuer publishes of itself; null when it cannot be had, or is somebody else's (OpenID Connect Discovery §4.3).</summary>
    private async Task<OpenIdConnectConfiguration?> Issuer(bool anew = false)
    {
        try
        {
            var issuer = anew
                ? await OpenIdConnectConfigurationRetriever.GetAsync(
                    configuration!.MetadataAddress,
                    documents,
                    CancellationToken.None
                )
                : await configuration!.GetConfigurationAsync(CancellationToken.None);
            if (
                issuer.Issuer?.TrimEnd('/') == settings.Authority
                && settings.Trusts(issuer.AuthorizationEndpoint)
                && settings.Trusts(issuer.TokenEndpoint)
            )
                return issuer;
            log.LogWarning(
                "The document of {Authority} names the issuer {Issuer} and the endpoints {Authorization} and {Token}: not used",
                settings.Authority,
                issuer.Issuer,
                issuer.AuthorizationEndpoint,
                issuer.TokenEndpoint
            );
        }
        catch (Exception error)
            when (error
                    is InvalidOperationException
                        or IOException
                        or HttpRequestException
                        or TaskCanceledException
                        or JsonException
            )
        {
            log.LogWarning(error, "The issuer {Authority} cannot be reached", settings.Authority);
        }

        return null;
    }

    private async Task<(JsonWebToken? Token, string? Failure)> Identity(HttpRequest request, Trip? trip)
    {
        var query = request.Query;
        if (
            trip is null
            || trip.Expires < time.GetUtcNow()
            || !Same(query["state"].ToString(), trip.State)
            || query["code"].ToString() is not { Length: > 0 } code
        )
            return (null, query.ContainsKey("error") && trip is not null ? "sign-on-refused" : "sign-on-expired");
        if (RedirectUri(request) is not { } redirectUri || await Issuer() is not { } issuer)
            return (null, "sign-on-unavailable");

        // RFC 9207: an issuer that says it names itself has to.
        var told = query["iss"].ToString();
        if (told != issuer.Issuer && (told.Length > 0 || issuer.AuthorizationResponseIssParameterSupported))
            return (null, "sign-on-refused");
        try
        {
            using var exchange = new HttpRequestMessage(HttpMethod.Post, issuer.TokenEndpoint);
            var form = new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = redirectUri,
                ["code_verifier"] = trip.Verifier,
                ["client_id"] = settings.ClientId,
            };
            if (
                settings.ClientSecret is { Length: > 0 } secret
                && issuer.TokenEndpointAuthMethodsSupported is { Count: > 0 } methods
                && methods.Contains("client_secret_post")
                && !methods.Contains("client_secret_basic")
            )
            {
                form["client_secret"] = secret;
            }
            else if (settings.ClientSecret is { Length: > 0 })
            {
                // RFC 6749 §2.3.1: both parts are form-encoded before they become basic credentials.
                form.Remove("client_id");
                exchange.Headers.Authorization = new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(
                        Encoding.UTF8.GetBytes(
                            $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret)}"
                        )
                    )
                );
            }

            exchange.Content = new FormUrlEncodedContent(form);
            using var answer = await http.SendAsync(exchange);
            if (
                !answer.IsSuccessStatusCode
                || JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["id_token"]?.GetValue<string>()
                    is not { } idToken
            )
                return (null, "sign-on-refused");
            var result = await Validate(idToken, issuer);
            if (!result.IsValid && result.Exception is SecurityTokenInvalidSignatureException)
            {
                // The issuer changed its keys since they were read: this sign-in asks by itself, those after it find them refreshed.
                configuration!.RequestRefresh();
                result = await Validate(idToken, await Issuer(anew: true) ?? issuer);
            }

            if (
                result is { IsValid: true, SecurityToken: JsonWebToken token }
                && MadeOutToUs(token)
                && token.TryGetPayloadValue<string>("nonce", out var nonce)
                && Same(nonce, trip.Nonce)
            )
                return (token, null);
            log.LogWarning(result.Exception, "An identity token of {Authority} was refused", settings.Authority);
            return (null, "sign-on-refused");
        }
        catch (Exception error)
            when (error is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException)
        {
            return (null, "sign-on-unavailable");
        }
    }

    private Task<TokenValidationResult> Validate(string idToken, OpenIdConnectConfiguration issuer) =>
        new JsonWebTokenHandler().ValidateTokenAsync(
            idToken,
            new TokenValidationParameters
            {
                ValidIssuer = issuer.Issuer,
                ValidAudience = settings.ClientId,
                IssuerSigningKeys = issuer.SigningKeys,
                RequireSignedTokens = true,
                ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
                LifetimeValidator = (since, expires, _, _) =>
                    time.GetUtcNow().UtcDateTime - Skew < expires && !(since > time.GetUtcNow().UtcDateTime + Skew),
            }
        );

    /// <summary>What the library does not check of OpenID Connect Core §2 and §3.1.3.7: a subject, issued by now, and where there are several audiences, or a party it was made out to, us.</summary>
    private bool MadeOutToUs(JsonWebToken token) =>
        token.Subject is { Length: > 0 and <= MaxSubject } subject
        && subject == subject.Trim()
        && token.IssuedAt <= time.GetUtcNow().UtcDateTime + Skew
        && (token.Azp is { Length: > 0 } party ? party == settings.ClientId : token.Audiences.Count() == 1);

    /// <summary>Where the issuer sends people back to; null when nobody answers for the host that was asked.</summary>
    private string? RedirectUri(HttpRequest request)
    {
        if (settings.RedirectUri is not null)
            return settings.RedirectUri;
        if (address.Of(request) is { } known)
            return $"{known}/api/v1/auth/oidc/callback";
        log.LogWarning(
            "Single sign-on was asked for at {Host}, for which nobody answers: set Public:Url, Auth:Oidc:RedirectUri or AllowedHosts",
            request.Host
        );
        return null;
    }

    private Trip? TripOf(HttpRequest request)
    {
        if (
            request.Cookies[Cookie] is not { Length: > 0 and < 4000 } cookie
            || !cookie.StartsWith("sealed:", StringComparison.Ordinal)
            || !vault.TryOpen(cookie, out var trip)
        )
            return null;
        try
        {
            return Json.Read<Trip>(trip);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Only a path of this server: a sign-in must not send people elsewhere.</summary>
    private static string LocalPath(string? path) =>
        path is { Length: > 0 and < 500 }
        && path[0] == '/'
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Any(char.IsControl)
            ? path
            : "/";

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lax, not Strict: the browser comes back from another site.</summary>
    private static CookieOptions CookieOptions(TimeSpan lifetime) =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Lax,
            Path = "/api/v1/auth/oidc",
            MaxAge = lifetime,
        };

    private sealed record Trip(string State, string Nonce, string Verifier, string ReturnTo, DateTimeOffset Expires);

    public void Dispose() => http.Dispose();
}
