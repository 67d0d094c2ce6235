using System.Text;
using System.Web;
using Microsoft.IdentityModel.Tokens;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>What an issuer answers is believed only where OpenID Connect Core §3.1.3.7 is kept.</summary>
public sealed class MisbehavingIssuerTests(string engine) : OidcFlow(engine)
{
    private readonly MisbehavingIssuer issuer = new();

    [TearDown]
    public void Close() => issuer.Dispose();

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static readonly Dictionary<string, Action<Dictionary<string, object>>> Allowed = new()
    {
        ["in order"] = _ => { },
        ["for several, made out to us"] = claims =>
            (claims["aud"], claims["azp"]) = (new[] { "pipeline", "portal" }, "pipeline"),
        ["a minute fast"] = claims => claims["iat"] = claims["nbf"] = Now + 60,
    };

    private static readonly Dictionary<string, Action<Dictionary<string, object>>> Wrong = new()
    {
        ["another audience"] = claims => claims["aud"] = "portal",
        ["no audience"] = claims => claims.Remove("aud"),
        ["for several, made out to nobody"] = claims => claims["aud"] = new[] { "pipeline", "portal" },
        ["made out to another"] = claims => claims["azp"] = "portal",
        ["another issuer"] = claims => claims["iss"] = "https://evil.example",
        ["no issuer"] = claims => claims.Remove("iss"),
        ["another nonce"] = claims => claims["nonce"] = "of another sign-in",
        ["no nonce"] = claims => claims.Remove("nonce"),
        ["expired"] = claims => claims["exp"] = Now - 600,
        ["no end"] = claims => claims.Remove("exp"),
        ["not yet valid"] = claims => claims["nbf"] = Now + 600,
        ["issued in the future"] = claims => claims["iat"] = Now + 600,
        ["no subject"] = claims => claims.Remove("sub"),
        ["an empty subject"] = claims => claims["sub"] = "",
        ["an endless subject"] = claims => claims["sub"] = new string('s', 256),
    };

    private static IEnumerable<string> AllowedNames => Allowed.Keys;

    private static IEnumerable<string> WrongNames => Wrong.Keys;

    [TestCaseSource(nameof(AllowedNames))]
    public async Task A_token_that_is_good_is_taken(string which)
    {
        With(issuer.Url);
        issuer.Token = nonce => issuer.Signed(Changed(nonce, Allowed[which]));
        var (browser, place) = await Arrives();
        place.ShouldStartWith("/sign-in?sso=done");
        ((string)(await Me(browser))["user"]["username"]!).ShouldBe("nanhu");
    }

    [TestCaseSource(nameof(WrongNames))]
    public async Task A_token_that_is_wrong_is_refused(string which)
    {
        With(issuer.Url);
        issuer.Token = nonce => issuer.Signed(Changed(nonce, Wrong[which]));
        await Refused();
    }

    [Test]
    public async Task A_token_signed_by_another_key_is_refused_whatever_key_it_names()
    {
        With(issuer.Url);
        var other = MisbehavingIssuer.NewKey();
        issuer.Token = nonce => issuer.Signed(issuer.Claims(nonce), other);
        await Refused();
        other.KeyId = issuer.Key.KeyId;
        await Refused();
    }

    [Test]
    public async Task A_token_without_a_signature_is_refused()
    {
        With(issuer.Url);
        issuer.Token = nonce => MisbehavingIssuer.Unsigned(issuer.Claims(nonce));
        await Refused();
    }

    [Test]
    public async Task A_token_signed_with_the_secret_or_the_public_key_as_a_password_is_refused()
    {
        With(issuer.Url);
        issuer.Token = nonce =>
            issuer.Signed(
                issuer.Claims(nonce),
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(OidcProvider.Secret)),
                SecurityAlgorithms.HmacSha256
            );
        await Refused();
        issuer.Token = nonce =>
            issuer.Signed(
                issuer.Claims(nonce),
                new SymmetricSecurityKey(issuer.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = issuer.Key.KeyId },
                SecurityAlgorithms.HmacSha256
            );
        await Refused();
    }

    [Test]
    public async Task New_keys_of_the_issuer_are_known_at_the_next_sign_in()
    {
        With(issuer.Url);
        (await Arrives()).Place.ShouldStartWith("/sign-in?sso=done");
        issuer.Key = MisbehavingIssuer.NewKey();
        (await Arrives()).Place.ShouldStartWith("/sign-in?sso=done");
    }

    [Test]
    public async Task A_token_is_not_fetched_from_where_the_issuer_redirects_to()
    {
        With(issuer.Url);
        issuer.RedirectsTo = $"{issuer.Url}/elsewhere";
        await Refused();
        issuer.Asked.Form.ShouldBeNull();
    }

    [Test]
    public async Task The_secret_travels_as_the_issuer_wants_it()
    {
        issuer.Discovery["token_endpoint_auth_methods_supported"] = new System.Text.Json.Nodes.JsonArray(
            "client_secret_post"
        );
        With(issuer.Url);
        (await Arrives()).Place.ShouldStartWith("/sign-in?sso=done");
        issuer.Asked.Authorization.ShouldBeNull();
        HttpUtility.ParseQueryString(issuer.Asked.Form)["client_secret"].ShouldBe(OidcProvider.Secret);
    }

    [Test]
    public async Task An_issuer_that_is_down_is_a_problem_of_the_start()
    {
        issuer.Dispose();
        With(issuer.Url);
        (await App.Nobody().Get("auth/oidc/start")).IsProblem(503, "sign-on-unavailable");
    }

    [Test]
    public async Task An_issuer_that_goes_away_during_a_sign_in_is_unavailable()
    {
        With(issuer.Url);
        var browser = App.Nobody();
        var asked = HttpUtility.ParseQueryString((await Starts(browser)).Query);
        issuer.Dispose();
        await TurnedAway(
            browser,
            await Comes(browser, $"/api/v1/auth/oidc/callback?code=x&state={asked["state"]}"),
            "sign-on-unavailable"
        );
    }

    [TestCase("issuer", "https://evil.example")]
    [TestCase("token_endpoint", "http://evil.example/token")]
    [TestCase("authorization_endpoint", "http://evil.example/authorize")]
    [TestCase("authorization_endpoint", null)]
    public async Task An_issuer_that_describes_itself_wrongly_is_not_used(string member, string? value)
    {
        issuer.Discovery[member] = value;
        With(issuer.Url);
        (await App.Nobody().Get("auth/oidc/start")).IsProblem(503, "sign-on-unavailable");
    }

    private Dictionary<string, object> Changed(string nonce, Action<Dictionary<string, object>> change)
    {
        var claims = issuer.Claims(nonce);
        change(claims);
        return claims;
    }

    private async Task<(Actor Browser, string Place)> Arrives()
    {
        var browser = App.Nobody();
        var asked = HttpUtility.ParseQueryString((await Starts(browser)).Query);
        issuer.Nonce = asked["nonce"]!;
        return (browser, await Comes(browser, $"/api/v1/auth/oidc/callback?code=x&state={asked["state"]}"));
    }

    private async Task Refused()
    {
        var (browser, place) = await Arrives();
        await TurnedAway(browser, place, "sign-on-refused");
    }
}
