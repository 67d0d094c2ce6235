using Pipeline.Api.Features.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Signing in, staying in, being locked out.</summary>
public sealed class AccessTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_person_signs_in_refreshes_and_signs_out()
    {
        var browser = App.Nobody();
        var token = (await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(
            200
        );
        ((string)token["tokenType"]!).ShouldBe("Bearer");
        ((string)token["user"]["jurisdiction"]!["code"]!).ShouldBe("nanhu");
        var cookie = token.Headers.GetValues("Set-Cookie").Single();
        foreach (var attribute in new[] { "httponly", "secure", "samesite=strict", "path=/api/v1/auth" })
            cookie.ShouldContain(attribute, Case.Insensitive);
        cookie.ShouldStartWith("__Secure-");

        (await browser.Post("auth/refresh")).Is(200);
        (await browser.Post("auth/logout")).Is(204);
        (await browser.Post("auth/refresh")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_refresh_token_used_twice_ends_its_whole_family()
    {
        var browser = App.Nobody();
        var first = (await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password }))
            .Is(200)
            .Headers.GetValues("Set-Cookie")
            .Single()
            .Split(';')[0];
        (await browser.Post("auth/refresh")).Is(200);
        App.Time.Advance(Refresh.Grace + TimeSpan.FromMilliseconds(1));
        var thief = App.Nobody();
        (await thief.Post("auth/refresh", null, ("Cookie", first))).IsProblem(401, "unauthenticated");
        (await browser.Post("auth/refresh")).IsProblem(401, "unauthenticated");
    }

    [TestCase("nanhu")]
    [TestCase("nobody-of-that-name")]
    public async Task Five_failures_lock_a_name_for_fifteen_minutes_whether_it_exists_or_not(string username)
    {
        foreach (var _ in Enumerable.Range(0, 5))
            (await App.Nobody().Post("auth/token", new { username, password = "wrong" })).IsProblem(
                401,
                "invalid-credentials"
            );
        var locked = (
            await App.Nobody().Post("auth/token", new { username, password = PipelineApp.Password })
        ).IsProblem(429, "account-locked");
        locked.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(15));
        App.Time.Advance(TimeSpan.FromMinutes(15));
        (await App.Nobody().Post("auth/token", new { username, password = "wrong" })).IsProblem(
            401,
            "invalid-credentials"
        );
    }

    [Test]
    public async Task An_access_token_is_over_after_its_time()
    {
        var token = (string)
            (await App.Nobody().Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(
                200
            )["accessToken"]!;
        (await App.Nobody().Get("me", ("Authorization", $"Bearer {token}"))).Is(200);
        App.Time.Advance(TimeSpan.FromMinutes(15));
        (await App.Nobody().Get("me", ("Authorization", $"Bearer {token}"))).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_disabled_user_fails_on_the_next_request()
    {
        var nanhu = App.As("nanhu");
        (await nanhu.Get("me")).Is(200);
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(connection, "UPDATE users SET active = 0 WHERE username = 'nanhu'")
        );
        (await nanhu.Get("me")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Me_tells_role_unit_and_permissions()
    {
        var me = (await App.As("centre").Get("me")).Is(200);
        ((string)me["role"]!).ShouldBe("coordinator");
        ((string)me["jurisdiction"]["code"]!).ShouldBe("centre");
        me["permissions"].AsArray().Select(act => (string)act!).ShouldContain("resolve-claim");
        (await App.As("leader").Get("me")).Body!.AsObject().ContainsKey("jurisdiction").ShouldBeTrue(); // null, not absent
    }

    [TestCase("")]
    [TestCase("Bearer")]
    [TestCase("Bearer abc")]
    [TestCase("Basic bmFuaHU6eA==")]
    public async Task Nothing_answers_without_a_caller(string authorization)
    {
        foreach (var path in new[] { "me", "projects", "claims", "rule-sets", "no-such-thing" })
            (await App.Nobody().Get(path, ("Authorization", authorization))).IsProblem(401, "unauthenticated");
    }
}
