using System.Globalization;
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
using Pipeline.Api.Data;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>Which issuer signs people in, and who they become here (<c>Auth:Oidc:…</c>).</summary>
public sealed class OidcSettings
{
    public OidcSettings(IConfiguration configuration)
    {
        var section = configuration.GetSection("Auth:Oidc");
        Authority = section["Authority"]?.TrimEnd('/') is { Length: > 0 } authority ? authority : null;
        ClientId = section["ClientId"] ?? "";
        ClientSecret = section["ClientSecret"];
        DisplayName = section["DisplayName"];
        Scope = section["Scope"] ?? "openid profile email";
        RedirectUri = section["RedirectUri"];
        UsernameClaim = section["UsernameClaim"] ?? "preferred_username";
        RoleClaim = section["RoleClaim"];
        JurisdictionClaim = section["JurisdictionClaim"];
        Link = section.GetValue("Link", true);
        Provision = section.GetValue("Provision", false);
        Roles = (section["RoleMap"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => RoleOf("Auth:Oidc:RoleMap", pair.ElementAtOrDefault(1)), StringComparer.Ordinal);
        DefaultRole = section["DefaultRole"] is { Length: > 0 } role ? RoleOf("Auth:Oidc:DefaultRole", role) : null;
        if (Authority is not null && ClientId.Length == 0)
            throw new InvalidOperationException("Auth:Oidc:ClientId is required with Auth:Oidc:Authority.");
        if (Authority is not null && !(Uri.TryCreate(Authority, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback))))
            throw new InvalidOperationException("Auth:Oidc:Authority must be an https address (http on loopback alone).");
    }

    /// <summary>The issuer; null: no single sign-on.</summary>
    public string? Authority { get; }
    public string ClientId { get; }
    public string? ClientSecret { get; }

    /// <summary>What the button on the sign-in page says.</summary>
    public string? DisplayName { get; }
    public string Scope { get; }

    /// <summary>Where the issuer sends people back to; by default this server's own address.</summary>
    public string? RedirectUri { get; }
    public string UsernameClaim { get; }

    /// <summary>The claim that tells the role, by <see cref="Roles"/>; null: roles are given here.</summary>
    public string? RoleClaim { get; }
    public IReadOnlyDictionary<string, Role> Roles { get; }
    public Role? DefaultRole { get; }

    /// <summary>The claim that tells the unit, by its code.</summary>
    public string? JurisdictionClaim { get; }

    /// <summary>Whether a first sign-in finds its account by user name.</summary>
    public bool Link { get; }

    /// <summary>Whether a first sign-in without an account makes one.</summary>
    public bool Provision { get; }

    private static Role RoleOf(string setting, string? slug) =>
        slug is not null && Slug.TryTo<Role>(slug, out var role) ? role : throw new InvalidOperationException($"{setting} names '{slug}', which is no role.");
}

/// <summary>Single sign-on with any OpenID Connect issuer: authorization code with PKCE, through the API, so that no token of the issuer ever reaches the page.</summary>
public sealed class Oidc(OidcSettings settings, Vault vault, TimeProvider time)
{
    private const string Cookie = "pipeline_oidc";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? configuration = settings.Authority is null ? null : new(
        $"{settings.Authority}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever { RequireHttps = !new Uri(settings.Authority).IsLoopback });

    public sealed record SingleSignOn(string? DisplayName);

    public sealed record MethodsResponse(bool Password, SingleSignOn? SingleSignOn);

    /// <summary>How people can sign in here.</summary>
    public static IResult Methods(Call call, OidcSettings settings) => call.UnknownParameters() is { } unknown
        ? (Reply)unknown
        : Reply.Plain(new MethodsResponse(true, settings.Authority is null ? null : new SingleSignOn(settings.DisplayName)));

    /// <summary>Sends the browser to the issuer; what must be known again on return travels in a sealed cookie.</summary>
    public static async Task<IResult> Start(Call call, Oidc oidc)
    {
        if (oidc.configuration is null)
            return (Reply)Problems.NotFound;
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        if (await oidc.Issuer() is not { } issuer)
            return (Reply)new Refusal(RefusalKind.Conflict, "sign-on-unavailable");
        var trip = oidc.NewTrip(LocalPath(call.Request.Query["returnTo"]));
        call.Context.Response.Cookies.Append(Cookie, oidc.Sealed(trip), CookieOptions(Patience));
        call.Context.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(QueryHelpers.AddQueryString(issuer.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = oidc.Settings.ClientId,
            ["redirect_uri"] = oidc.RedirectUri(call.Request),
            ["scope"] = oidc.Settings.Scope,
            ["state"] = trip.State,
            ["nonce"] = trip.Nonce,
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(trip.Verifier))),
            ["code_challenge_method"] = "S256",
        }));
    }

    /// <summary>Takes the browser back: exchanges the code, checks the identity token, begins a session, and goes on to the page that was wanted.</summary>
    public static async Task<IResult> Callback(Call call, Oidc oidc, Database database, Sessions sessions, AuditLog log)
    {
        if (oidc.configuration is null)
            return (Reply)Problems.NotFound;
        var trip = oidc.TripOf(call.Request);
        call.Context.Response.Cookies.Append(Cookie, "", CookieOptions(TimeSpan.Zero));
        call.Context.Response.Headers.CacheControl = "no-store";
        var (identity, failure) = await oidc.Identity(call.Request, trip);
        if (identity is null)
            return await Refuse(failure!, null);
        return await database.Write<IResult>(async session =>
        {
            session.Origin = Origins.Of(call.Context, Doer.Nobody);
            var (userId, refusal) = await oidc.Account(session, identity);
            if (userId is null)
            {
                session.Note(Failed(refusal!, null));
                return Results.Redirect($"/sign-in?problem={refusal}");
            }

            session.Origin = Origins.Of(call.Context, (await Callers.Person(session, userId))!.Doer());
            _ = await sessions.Begin(session, call.Context, userId, "oidc");
            return Results.Redirect($"/sign-in?sso=done&returnTo={Uri.EscapeDataString(trip!.ReturnTo)}");
        });

        async Task<IResult> Refuse(string slug, string? userId)
        {
            await log.Add(Failed(slug, userId));
            return Results.Redirect($"/sign-in?problem={slug}");
        }

        AuditEntry Failed(string slug, string? userId) => new("sign-in") { Outcome = AuditOutcome.Failed, SubjectKind = userId is null ? null : "user", SubjectId = userId, Reason = slug, Origin = Origins.Of(call.Context, Doer.Nobody) };
    }

    private OidcSettings Settings => settings;

    private Trip NewTrip(string returnTo) => new(Random(), Random(), Random(), returnTo, time.GetUtcNow() + Patience);

    private string Sealed(Trip trip) => vault.Seal(Json.Write(trip));

    private async Task<OpenIdConnectConfiguration?> Issuer()
    {
        try
        {
            return await configuration!.GetConfigurationAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private async Task<(JsonWebToken? Token, string? Failure)> Identity(HttpRequest request, Trip? trip)
    {
        var query = request.Query;
        if (trip is null || trip.Expires < time.GetUtcNow() || !Same(query["state"].ToString(), trip.State) || query["code"].ToString() is not { Length: > 0 } code)
            return (null, query.ContainsKey("error") && trip is not null ? "sign-on-refused" : "sign-on-expired");
        if (await Issuer() is not { } issuer)
            return (null, "sign-on-unavailable");
        if (query["iss"].ToString() is { Length: > 0 } told && told != issuer.Issuer)
            return (null, "sign-on-refused");
        try
        {
            using var exchange = new HttpRequestMessage(HttpMethod.Post, issuer.TokenEndpoint);
            var form = new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = RedirectUri(request),
                ["code_verifier"] = trip.Verifier,
                ["client_id"] = settings.ClientId,
            };
            if (settings.ClientSecret is { } secret)
            {
                // RFC 6749 §2.3.1: both parts are form-encoded before they become basic credentials.
                form.Remove("client_id");
                exchange.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(secret)}")));
            }

            exchange.Content = new FormUrlEncodedContent(form);
            using var answer = await http.SendAsync(exchange);
            if (!answer.IsSuccessStatusCode || JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["id_token"]?.GetValue<string>() is not { } idToken)
                return (null, "sign-on-refused");
            var result = await Validate(idToken, issuer);
            if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                // The issuer changed its keys since they were read.
                configuration!.RequestRefresh();
                result = await Validate(idToken, await Issuer() ?? issuer);
            }

            return result is { IsValid: true, SecurityToken: JsonWebToken token } && token.TryGetPayloadValue<string>("nonce", out var nonce) && Same(nonce, trip.Nonce)
                ? (token, null)
                : (null, "sign-on-refused");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException)
        {
            return (null, "sign-on-unavailable");
        }
    }

    private Task<TokenValidationResult> Validate(string idToken, OpenIdConnectConfiguration issuer) => new JsonWebTokenHandler().ValidateTokenAsync(idToken, new TokenValidationParameters
    {
        ValidIssuer = issuer.Issuer,
        ValidAudience = settings.ClientId,
        IssuerSigningKeys = issuer.SigningKeys,
        RequireSignedTokens = true,
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
        LifetimeValidator = (_, expires, _, _) => expires is { } until && time.GetUtcNow().UtcDateTime < until.AddMinutes(2),
    });

    /// <summary>The account of an identity: by issuer and subject, at first by user name, or a new one; role and unit as the claims say where they are mapped.</summary>
    private async Task<(string? UserId, string? Refusal)> Account(Session session, JsonWebToken token)
    {
        var key = new { issuer = token.Issuer, subject = token.Subject };
        var username = Claim(token, settings.UsernameClaim) is { Length: > 0 and <= 64 } told && Validation.Readable(told) ? told : null;
        var user = await session.One<UserRow>($"{UserRow.Select} WHERE u.oidc_subject = @subject AND u.oidc_issuer = @issuer", key);
        if (user is null && settings.Link && username is not null && await UserRow.ByName(session, username) is { OidcSubject: null } known)
        {
            await session.Execute(Bind, new { id = known.Id, key.issuer, key.subject });
            session.Note(new AuditEntry("single-sign-on-linked") { SubjectKind = "user", SubjectId = known.Id });
            user = known;
        }

        var (role, unit) = (RoleOf(token), await Unit(session, token));
        if (user is null)
        {
            if (!settings.Provision || username is null || await UserRow.ByName(session, username) is not null)
                return (null, "sign-on-unknown-user");
            if (role is null || (role == Role.Officer && unit is null))
                return (null, "sign-on-no-role");
            var id = Ids.New();
            var name = Claim(token, "name") is { Length: > 0 and <= 100 } full && Validation.Readable(full) ? full : username;
            await ChangeUser.Store(session, id, username, name, role.Value, unit, "", demo: false, mustChange: false);
            await session.Execute(Bind, new { id, key.issuer, key.subject });
            session.Note(new AuditEntry("user-provisioned") { SubjectKind = "user", SubjectId = id, Changes = AuditEntry.Between(null, Json.Node(new { username, displayName = name, role, jurisdictionId = unit })) });
            return (id, null);
        }

        if (!user.Active)
            return (null, "sign-on-unknown-user");
        if (settings.RoleClaim is not null)
        {
            if (role is null)
                return (null, "sign-on-no-role");
            var now = new { role = Slug.Of(role.Value), unit = settings.JurisdictionClaim is null ? user.JurisdictionId : unit };
            if (role == Role.Officer && now.unit is null)
                return (null, "sign-on-no-role");
            if (now.role != user.Role || now.unit != user.JurisdictionId)
            {
                await session.Execute(Become, new { id = user.Id, now.role, now.unit, now = session.Now });
                session.Note(new AuditEntry("user-edited") { SubjectKind = "user", SubjectId = user.Id, Reason = "single-sign-on", Changes = AuditEntry.Between(Json.Node(new { role = user.Role, jurisdictionId = user.JurisdictionId }), Json.Node(new { now.role, jurisdictionId = now.unit })) });
            }
        }

        return (user.Id, null);
    }

    private Role? RoleOf(JsonWebToken token)
    {
        if (settings.RoleClaim is { } claim)
        {
            foreach (var value in token.Claims.Where(each => each.Type == claim).Select(each => each.Value))
            {
                if (settings.Roles.TryGetValue(value, out var role))
                    return role;
            }
        }

        return settings.DefaultRole;
    }

    private async Task<string?> Unit(Session session, JsonWebToken token) =>
        settings.JurisdictionClaim is { } claim && Claim(token, claim) is { } code ? await session.One<string>(UnitByCode, new { code }) : null;

    private static string? Claim(JsonWebToken token, string name) => token.Claims.FirstOrDefault(claim => claim.Type == name)?.Value;

    private string RedirectUri(HttpRequest request) => settings.RedirectUri ?? $"{request.Scheme}://{request.Host}/api/v1/auth/oidc/callback";

    private Trip? TripOf(HttpRequest request)
    {
        try
        {
            return request.Cookies[Cookie] is { Length: > 0 and < 4000 } cookie && cookie.StartsWith("sealed:", StringComparison.Ordinal) ? Json.Read<Trip>(vault.Open(cookie)) : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException or JsonException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Only a path of this server: a sign-in must not send people elsewhere.</summary>
    private static string LocalPath(string? path) =>
        path is { Length: > 0 and < 500 } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";

    private static bool Same(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lax, not Strict: the browser comes back from another site.</summary>
    private static CookieOptions CookieOptions(TimeSpan lifetime) => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/api/v1/auth/oidc", MaxAge = lifetime };

    private sealed record Trip(string State, string Nonce, string Verifier, string ReturnTo, DateTimeOffset Expires);

    private const string Bind = "UPDATE users SET oidc_issuer = @issuer, oidc_subject = @subject WHERE id = @id";
    private const string Become = "UPDATE users SET role = @role, jurisdiction_id = @unit, version = version + 1, updated_at = @now WHERE id = @id";
    private const string UnitByCode = "SELECT id FROM jurisdictions WHERE code = @code AND active = 1";
}
