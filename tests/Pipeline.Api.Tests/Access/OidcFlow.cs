using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Ends the OpenID provider when the tests of this folder are through.</summary>
[SetUpFixture]
public sealed class OidcTearDown
{
    [OneTimeTearDown]
    public void Stop() => OidcProvider.Stop();
}

/// <summary>Tests of single sign-on: an app whose clock starts at the real time, since the provider's clock is real.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.AtHand))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class OidcFlow(string engine)
{
    private PipelineApp? app;

    protected PipelineApp App => app ?? throw new AssertionException("Start the app first.");

    protected string Engine => engine;

    [TearDown]
    public void StopTheApp() => app?.Dispose();

    /// <summary>Starts the app with an issuer and settings below <c>Auth:Oidc</c>.</summary>
    protected void With(string issuer, params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Auth:Oidc:Authority"] = issuer,
            ["Auth:Oidc:ClientId"] = "pipeline",
            ["Auth:Oidc:ClientSecret"] = OidcProvider.Secret,
        };
        foreach (var (key, value) in settings)
            all[key.Contains(':') ? key : $"Auth:Oidc:{key}"] = value;
        app = new PipelineApp(engine, new FakeTime(DateTimeOffset.UtcNow), settings: all);
    }

    /// <summary>Starts a sign-in; where the browser is sent.</summary>
    protected static async Task<Uri> Starts(Actor browser, string returnTo = "/") =>
        (await browser.Get($"auth/oidc/start?returnTo={Uri.EscapeDataString(returnTo)}")).Is(302).Headers.Location!;

    /// <summary>The whole dance; where it ends.</summary>
    protected async Task<(Actor Browser, string Place)> SignsOn(string? who, string returnTo = "/")
    {
        var browser = App.Nobody();
        var back = await OidcProvider.SignsIn(await Starts(browser, returnTo), who);
        return (browser, await Comes(browser, back));
    }

    /// <summary>Comes back from the issuer; where the browser is sent then.</summary>
    protected static async Task<string> Comes(Actor browser, string back) =>
        (await browser.Get(back)).Is(302).Headers.Location!.OriginalString;

    /// <summary>Who is signed in there by a session.</summary>
    protected async Task<Answer> Me(Actor browser) =>
        (await App.With((string)(await browser.Post("auth/refresh")).Is(200)["accessToken"]!).Get("me")).Is(200);

    /// <summary>Who somebody becomes here by signing on.</summary>
    protected async Task<Answer> Signed(string who)
    {
        var (browser, place) = await SignsOn(who);
        place.ShouldBe("/sign-in?sso=done&returnTo=%2F");
        return await Me(browser);
    }

    /// <summary>It was turned away: no session, and a failed sign-in in the audit trail.</summary>
    protected async Task TurnedAway(Actor browser, string place, string problem)
    {
        place.ShouldBe($"/sign-in?problem={problem}");
        (await browser.Post("auth/refresh")).IsProblem(401, "unauthenticated");
        var entry = (await Audit("sign-in")).First()!;
        ((string)entry["outcome"]!).ShouldBe("failed");
        ((string)entry["reason"]!).ShouldBe(problem);
    }

    protected async Task<System.Text.Json.Nodes.JsonArray> Audit(string action) =>
        (await App.As("auditor").Get($"audit?action={action}")).Is(200)["items"].AsArray();
}
