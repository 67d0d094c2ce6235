using Pipeline.Api.Features.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>The second factor: codes as RFC 6238 has them, each good once.</summary>
public sealed class SecondFactorTests(string engine) : OnEachEngine(engine)
{
    /// <summary>RFC 6238, appendix B, SHA-1: the last six of its eight digits, for the secret "12345678901234567890".</summary>
    [TestCase(59, "287082")]
    [TestCase(1111111109, "081804")]
    [TestCase(1111111111, "050471")]
    [TestCase(1234567890, "005924")]
    [TestCase(2000000000, "279037")]
    [TestCase(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Step(DateTimeOffset.FromUnixTimeSeconds(seconds)))
            .ShouldBe(code);

    [Test]
    public async Task Once_set_up_a_sign_in_needs_the_code_and_each_code_works_once()
    {
        var (secret, recovery) = await SetsUp("nanhu");
        (await SignIn("nanhu")).IsProblem(401, "second-factor-required");
        (await SignIn("nanhu", "000000")).IsProblem(401, "second-factor-invalid");
        App.Time.Advance(TimeSpan.FromSeconds(30));
        var code = CodeOf(secret);
        (await SignIn("nanhu", code)).Is(200);
        (await SignIn("nanhu", code)).IsProblem(401, "second-factor-invalid"); // seen over somebody's shoulder
        (await SignIn("nanhu", recovery[0])).Is(200);
        (await SignIn("nanhu", recovery[0])).IsProblem(401, "second-factor-invalid");
        (await SignIn("nanhu", recovery[1].ToUpperInvariant().Replace("-", " "))).Is(200);
    }

    [Test]
    public async Task A_clock_that_is_thirty_seconds_off_is_forgiven_and_no_more()
    {
        var (secret, _) = await SetsUp("nanhu");
        App.Time.Advance(TimeSpan.FromMinutes(5));
        (await SignIn("nanhu", Totp.Code(secret, Totp.Step(App.Time.GetUtcNow()) - 2))).IsProblem(
            401,
            "second-factor-invalid"
        );
        (await SignIn("nanhu", Totp.Code(secret, Totp.Step(App.Time.GetUtcNow()) + 2))).IsProblem(
            401,
            "second-factor-invalid"
        );
        (await SignIn("nanhu", Totp.Code(secret, Totp.Step(App.Time.GetUtcNow()) - 1))).Is(200);
        (await SignIn("nanhu", Totp.Code(secret, Totp.Step(App.Time.GetUtcNow()) + 1))).Is(200);
    }

    [Test]
    public async Task Wrong_codes_lock_the_account_too()
    {
        await SetsUp("nanhu");
        foreach (var _ in Enumerable.Range(0, 5))
            (await SignIn("nanhu", "000000")).IsProblem(401, "second-factor-invalid");
        (await SignIn("nanhu", "000000")).IsProblem(429, "account-locked");
    }

    [Test]
    public async Task Setting_up_needs_the_password_and_a_code_of_the_new_secret()
    {
        var person = App.As("nanhu");
        (await person.Post("me/second-factor", new { password = "wrong" })).IsProblem(422, "password-wrong");
        (await person.Post("me/second-factor/confirm", new { code = "123456" })).IsProblem(
            422,
            "second-factor-mismatch"
        );
        var begun = (await person.Post("me/second-factor", new { password = PipelineApp.Password })).Is(200);
        begun["uri"].ToString().ShouldStartWith("otpauth://totp/Pipeline:nanhu?secret=" + begun["secret"]);
        (await SignIn("nanhu")).Is(200); // not before it is confirmed
        (await person.Post("me/second-factor/confirm", new { code = "000000" })).IsProblem(
            422,
            "second-factor-mismatch"
        );
        (await person.Post("me/second-factor/confirm", new { code = CodeOf((string)begun["secret"]!) }))
            .Is(200)["recoveryCodes"]
            .AsArray()
            .Count.ShouldBe(10);
        (await person.Post("me/second-factor", new { password = PipelineApp.Password })).IsProblem(
            409,
            "second-factor-set-up"
        );
    }

    [Test]
    public async Task The_secret_is_sealed_and_the_recovery_codes_are_hashed_at_rest()
    {
        var (secret, recovery) = await SetsUp("nanhu");
        var stored = App.Sql(connection =>
            Dapper.SqlMapper.QuerySingle<string>(connection, "SELECT totp_secret FROM users WHERE username = 'nanhu'")
        );
        stored.ShouldStartWith("sealed:");
        stored.ShouldNotContain(secret);
        App.Sql(connection =>
                Dapper.SqlMapper.QuerySingle<string>(
                    connection,
                    "SELECT recovery_codes FROM users WHERE username = 'nanhu'"
                )
            )
            .ShouldNotContain(recovery[0].Replace("-", ""));
    }

    /// <summary>What was begun with the password alone does not outlive it (ASVS 7.4.3).</summary>
    [Test]
    public async Task Setting_it_up_ends_the_other_sessions_of_the_person()
    {
        var other = (string)(await SignIn("nanhu")).Is(200)["accessToken"]!;
        (await App.With(other).Get("me")).Is(200);
        await SetsUp("nanhu");
        (await App.With(other).Get("me")).IsProblem(401, "unauthenticated");
        (await App.As("nanhu").Get("me")).Is(200);
        (await App.As("nanhu").Post("me/second-factor/remove", new { password = PipelineApp.Password })).Is(204);
        (await App.As("nanhu").Get("me")).Is(200);
    }

    [Test]
    public async Task A_person_removes_it_with_the_password_and_the_administrator_resets_it()
    {
        await SetsUp("nanhu");
        (await App.As("nanhu").Post("me/second-factor/remove", new { password = PipelineApp.Password })).Is(204);
        (await SignIn("nanhu")).Is(200);
        await SetsUp("xiuzhou");
        var id = (string)(await App.As("xiuzhou").Get("me"))["user"]["id"]!;
        (await App.As("admin").Act($"users/{id}", "reset-second-factor", new { }))
            .Is(200)["secondFactor"]
            .GetValue<bool>()
            .ShouldBeFalse();
        (await SignIn("xiuzhou")).Is(200);
    }

    [Test]
    public async Task Where_it_is_required_of_a_role_nothing_else_answers_before_it_is_set_up()
    {
        using var app = new PipelineApp(
            Engine,
            settings: new Dictionary<string, string?> { ["Auth:SecondFactor:RequiredFor"] = "coordinator, admin" }
        );
        const string first = "tempelhof-zwischenraum-77",
            chosen = "ein ganz anderes wort";
        (
            await app.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = "wang",
                        displayName = "王敏",
                        role = "coordinator",
                        password = first,
                    }
                )
        ).Is(201);
        var browser = app.With(
            (string)
                (await app.Nobody().Post("auth/token", new { username = "wang", password = first })).Is(200)[
                    "accessToken"
                ]!
        );
        (await browser.Post("me/password", new { currentPassword = first, newPassword = chosen })).Is(204);
        ((string)(await browser.Get("me"))["firstStep"]!).ShouldBe("second-factor-set-up-required");
        (await browser.Get("moves")).IsProblem(403, "second-factor-set-up-required");
        var secret = (string)(await browser.Post("me/second-factor", new { password = chosen })).Is(200)["secret"]!;
        (
            await browser.Post(
                "me/second-factor/confirm",
                new { code = Totp.Code(secret, Totp.Step(app.Time.GetUtcNow())) }
            )
        ).Is(200);
        (await browser.Get("moves")).Is(200);
        (await app.As("centre").Get("moves")).Is(200); // the demo's own accounts are free of it
    }

    private async Task<(string Secret, IReadOnlyList<string> Recovery)> SetsUp(string username)
    {
        var secret = (string)
            (await App.As(username).Post("me/second-factor", new { password = PipelineApp.Password })).Is(200)[
                "secret"
            ]!;
        var confirmed = (await App.As(username).Post("me/second-factor/confirm", new { code = CodeOf(secret) })).Is(
            200
        );
        return (secret, [.. confirmed["recoveryCodes"].AsArray().Select(code => (string)code!)]);
    }

    private string CodeOf(string secret) => Totp.Code(secret, Totp.Step(App.Time.GetUtcNow()));

    private Task<Answer> SignIn(string username, string? code = null) =>
        App.Nobody()
            .Post(
                "auth/token",
                new
                {
                    username,
                    password = PipelineApp.Password,
                    code,
                }
            );
}
