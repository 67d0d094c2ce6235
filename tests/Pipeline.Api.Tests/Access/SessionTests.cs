using Dapper;
using Pipeline.Api.Features.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Sessions are seen, and ended at once, everywhere.</summary>
public sealed class SessionTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_person_sees_the_own_sessions_and_ends_one()
    {
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        var here = App.With(await Token("nanhu"));
        var lost = await Token("nanhu");
        await Token("xiuzhou");
        var sessions = (await here.Get("me/sessions")).Is(200)["items"].AsArray();
        sessions.Count.ShouldBe(2);
        sessions.Count(session => session!["current"]!.GetValue<bool>()).ShouldBe(1);
        var id = (string)sessions.Single(session => !session!["current"]!.GetValue<bool>())!["id"]!;
        (await other.With(lost).Get("me")).Is(200);
        (await here.Post($"me/sessions/{id}/revoke")).Is(204);
        (await other.With(lost).Get("me")).IsProblem(401, "unauthenticated");
        (await App.With(lost).Get("me")).IsProblem(401, "unauthenticated");
        (await here.Get("me")).Is(200);
        (await here.Post($"me/sessions/{id}/revoke")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Nobody_ends_a_session_of_somebody_else_but_the_administrator()
    {
        var nanhu = App.With(await Token("nanhu"));
        var id = (string)(await nanhu.Get("me/sessions"))["items"].AsArray().Single()!["id"]!;
        (await App.With(await Token("xiuzhou")).Post($"me/sessions/{id}/revoke")).IsProblem(404, "not-found");
        var userId = (string)(await nanhu.Get("me"))["user"]["id"]!;
        (
            (string)(await App.As("admin").Get($"users/{userId}/sessions")).Is(200)["items"].AsArray().Single()!["id"]!
        ).ShouldBe(id);
        (await App.As("admin").Post($"users/{userId}/sessions/{id}/revoke")).Is(204);
        (await nanhu.Get("me")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_token_that_was_found_right_once_still_ends_after_a_quarter_of_an_hour_and_with_its_person()
    {
        var (token, other) = (await Token("nanhu"), await Token("xiuzhou"));
        (await App.With(token).Get("me")).Is(200);
        (await App.With($"{token[..^2]}{(token[^2] == 'A' ? 'B' : 'A')}{token[^1]}").Get("me")).IsProblem(
            401,
            "unauthenticated"
        );
        (await App.With(other).Get("me")).Is(200);
        App.Sql(connection => connection.Execute("UPDATE users SET active = 0 WHERE username = 'xiuzhou'"));
        (await App.With(other).Get("me")).IsProblem(401, "unauthenticated");
        App.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await App.With(token).Get("me")).Is(200);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        (await App.With(token).Get("me")).IsProblem(401, "unauthenticated");
    }

    /// <summary>Who signs in where somebody was signed in takes that session's place (ASVS 7.2.4): its cookie is replaced, and its tokens end with it.</summary>
    [Test]
    public async Task Signing_in_anew_ends_the_session_that_the_browser_had()
    {
        var browser = App.Nobody();
        var first = (await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(
            200
        );
        var elsewhere = await Token("nanhu");
        (await browser.Post("auth/token", new { username = "xiuzhou", password = PipelineApp.Password })).Is(200);
        (await App.With((string)first["accessToken"]!).Get("me")).IsProblem(401, "unauthenticated");
        (await App.With(elsewhere).Get("me")).Is(200);
    }

    [Test]
    public async Task A_session_ends_after_two_weeks_without_use()
    {
        var browser = App.Nobody();
        (await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(200);
        App.Time.Advance(TimeSpan.FromDays(13));
        (await browser.Post("auth/refresh")).Is(200);
        App.Time.Advance(TimeSpan.FromDays(14));
        (await browser.Post("auth/refresh")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_session_ends_thirty_days_after_it_began_however_much_it_is_used()
    {
        var browser = App.Nobody();
        (await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(200);
        foreach (var _ in Enumerable.Range(0, 29))
        {
            App.Time.Advance(TimeSpan.FromDays(1));
            (await browser.Post("auth/refresh")).Is(200);
        }

        App.Time.Advance(TimeSpan.FromDays(1));
        (await browser.Post("auth/refresh")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Using_a_refresh_token_twice_ends_the_session_of_its_access_tokens_too()
    {
        var browser = App.Nobody();
        var signedIn = (
            await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })
        ).Is(200);
        var stolen = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        (await browser.Post("auth/refresh")).Is(200);
        App.Time.Advance(Refresh.Grace + TimeSpan.FromMilliseconds(1));
        (await App.Nobody().Post("auth/refresh", null, ("Cookie", stolen))).IsProblem(401, "unauthenticated");
        (await App.With((string)signedIn["accessToken"]!).Get("me")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Two_tabs_at_once_and_an_answer_that_was_lost_get_the_same_next_token_and_the_session_lives_on()
    {
        static string Cookie(Answer answer) => answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Task<Answer> Refreshes(string cookie) => App.Nobody().Post("auth/refresh", null, ("Cookie", cookie));
        var first = Cookie(
            (await App.Nobody().Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(200)
        );

        var tabs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Refreshes(first)));
        var second = tabs.Select(tab => Cookie(tab.Is(200))).Distinct().ShouldHaveSingleItem();
        second.ShouldNotBe(first);
        foreach (var tab in tabs)
            (await App.With((string)tab["accessToken"]!).Get("me")).Is(200);

        // One tab is a step ahead already when the other asks: it is not sent back to a token that was used.
        var third = Cookie((await Refreshes(second)).Is(200));
        App.Time.Advance(Refresh.Grace);
        Cookie((await Refreshes(first)).Is(200)).ShouldBe(third);

        App.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await Refreshes(first)).IsProblem(401, "unauthenticated");
        (await Refreshes(third)).IsProblem(401, "unauthenticated");
        (await App.With((string)tabs[0]["accessToken"]!).Get("me")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_page_of_another_site_cannot_use_the_cookie()
    {
        var browser = App.Nobody();
        (await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(200);
        (await browser.Post("auth/refresh", null, ("Origin", "https://evil.example"))).IsProblem(403, "forbidden");
        (await browser.Post("auth/refresh", null, ("Sec-Fetch-Site", "cross-site"))).IsProblem(403, "forbidden");
        (await browser.Post("auth/logout", null, ("Sec-Fetch-Site", "cross-site"))).IsProblem(403, "forbidden");
        (
            await browser.Post("auth/refresh", null, ("Origin", "https://localhost"), ("Sec-Fetch-Site", "same-origin"))
        ).Is(200);
    }

    private async Task<string> Token(string username) =>
        (string)
            (await App.Nobody().Post("auth/token", new { username, password = PipelineApp.Password })).Is(200)[
                "accessToken"
            ]!;
}
