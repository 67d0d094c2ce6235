using Pipeline.Api.Features.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Accounts: made with a link, changed, disabled; rights hold from the next request.</summary>
public sealed class AccountTests(string engine) : OnEachEngine(engine)
{
    private const string Chosen = "七月的南湖烟雨楼前游人如织甚好";

    [Test]
    public async Task A_new_officer_sets_the_password_with_a_link_that_works_once()
    {
        var created = (await Creates("lihua")).Is(201);
        var token = ((string)created["setUpLink"]["url"]!).Split('#')[1];
        ((DateTimeOffset)created["setUpLink"]["expiresAt"]!).ShouldBe(PipelineApp.Start.AddDays(3));
        created["hasPassword"].GetValue<bool>().ShouldBeFalse();
        (await SignIn("lihua", "")).Is(400);
        (await SignIn("lihua", "anything at all")).IsProblem(401, "invalid-credentials");

        var check = (await App.Nobody().Post("auth/set-up/check", new { token })).Is(200);
        ((string)check["username"]!).ShouldBe("lihua");
        (await App.Nobody().Post("auth/set-up", new { token, password = Chosen })).Is(204);
        (await App.Nobody().Post("auth/set-up", new { token, password = Chosen })).IsProblem(422, "link-invalid");
        var session = (await SignIn("lihua", Chosen)).Is(200);
        ((string)session["user"]["jurisdiction"]!["code"]!).ShouldBe("nanhu");
        session.Body!.AsObject().ContainsKey("firstStep").ShouldBeFalse();
    }

    [Test]
    public async Task A_link_is_over_after_three_days_and_a_newer_one_replaces_it()
    {
        var created = (await Creates("lihua")).Is(201);
        var first = ((string)created["setUpLink"]["url"]!).Split('#')[1];
        var again = (await App.As("admin").Act($"users/{created["id"]}", "set-up-link", new { })).Is(200);
        var second = ((string)again["setUpLink"]["url"]!).Split('#')[1];
        (await App.Nobody().Post("auth/set-up", new { token = first, password = Chosen })).IsProblem(
            422,
            "link-invalid"
        );
        App.Time.Advance(TimeSpan.FromDays(3));
        (await App.Nobody().Post("auth/set-up", new { token = second, password = Chosen })).IsProblem(
            422,
            "link-invalid"
        );
    }

    [Test]
    public async Task A_replayed_creation_comes_without_the_link()
    {
        var unit = App.As("nanhu").UnitId;
        var body = new
        {
            username = "lihua",
            displayName = "李华",
            role = "officer",
            jurisdictionId = unit,
        };
        var first = (await App.As("admin").Post("users", body, ("Idempotency-Key", "u1"))).Is(201);
        var again = (await App.As("admin").Post("users", body, ("Idempotency-Key", "u1"))).Is(201);
        again["id"].ToString().ShouldBe(first["id"].ToString());
        first.Body!.AsObject().ContainsKey("setUpLink").ShouldBeTrue();
        again.Body!.AsObject().ContainsKey("setUpLink").ShouldBeFalse();
    }

    [Test]
    public async Task A_password_set_by_the_administrator_has_to_be_changed_before_anything_else()
    {
        const string given = "tempelhof-zwischenraum-77";
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = "lihua",
                        displayName = "李华",
                        role = "officer",
                        jurisdictionId = App.As("nanhu").UnitId,
                        password = given,
                    }
                )
        ).Is(201);
        var signedIn = (await SignIn("lihua", given)).Is(200);
        ((string)signedIn["firstStep"]!).ShouldBe("password-change-required");
        var person = App.With((string)signedIn["accessToken"]!);
        ((string)(await person.Get("me")).Is(200)["firstStep"]!).ShouldBe("password-change-required");
        (await person.Get("projects")).IsProblem(403, "password-change-required");
        (await person.Post("projects", Given.Project(amount: 5_000_000m))).IsProblem(403, "password-change-required");
        (await person.Post("me/password", new { currentPassword = "wrong", newPassword = Chosen })).IsProblem(
            422,
            "password-wrong"
        );
        (await person.Post("me/password", new { currentPassword = given, newPassword = Chosen })).Is(204);
        (await person.Get("projects")).Is(200);
    }

    [TestCase(
        "fourteen-chars",
        "password-length",
        TestName = "Fourteen characters are too few without a second factor"
    )]
    [TestCase("qwertyuiopasdfgh", "password-common")]
    [TestCase("1234567890123456", "password-common")]
    [TestCase("aaaaaaaaaaaaaaaaaaaa", "password-common")]
    [TestCase("abcdefghijklmnopq", "password-common")]
    [TestCase("password123password123", "password-common")]
    [TestCase("footballsunshine", "password-common", TestName = "Two known ones in a row are known")]
    [TestCase("iloveyou1basketball", "password-common", TestName = "Of whatever lengths")]
    [TestCase("Administrator123", "password-common", TestName = "Case does not make a known password unknown")]
    [TestCase("xx-nanhu-lihua-2026", "password-name")]
    public void Passwords_are_judged_by_length_and_against_known_ones(string password, string code) =>
        Passwords.Judge("password", password, "lihua", secondFactor: false)!.Code.ShouldBe(code);

    [TestCase("onlylowercaseletters without any digit")]
    [TestCase("七月的南湖烟雨楼前游人如织甚好")]
    [TestCase("🐉🐉 drachen über dem Südsee")]
    public void Composition_is_never_asked_for(string password) =>
        Passwords.Judge("password", password, "lihua", secondFactor: false).ShouldBeNull();

    /// <summary>Those that everybody tries first, of the lengths that are taken beside a second factor (ASVS 6.2.4 asks for three thousand).</summary>
    [TestCase("password")]
    [TestCase("Sunshine")]
    [TestCase("football")]
    [TestCase("princess1")]
    [TestCase("1qaz2wsx3edc")]
    [TestCase("woaini1314")]
    public void What_everybody_tries_first_is_known(string password) =>
        Passwords.Judge("password", password, "lihua", secondFactor: true)!.Code.ShouldBe("password-common");

    [Test]
    public void Eight_characters_are_enough_beside_a_second_factor()
    {
        Passwords.KnownOnes.ShouldBeGreaterThan(3000);
        Passwords.Judge("password", "kz7#vwqp", "lihua", secondFactor: true).ShouldBeNull();
        Passwords.Judge("password", "kz7#vwq", "lihua", secondFactor: true)!.Code.ShouldBe("password-length");
    }

    [Test]
    public async Task A_password_fits_whatever_width_it_is_typed_in()
    {
        var hash = await Passwords.Hash("ＡＢＣ１２３ correct horse");
        (await Passwords.Fits(hash, "ABC123 correct horse")).ShouldBeTrue();
        (await Passwords.Fits(hash, "abc123 correct horse")).ShouldBeFalse();
        (await Passwords.Fits("", "")).ShouldBeFalse();
    }

    [Test]
    public async Task Changing_the_password_ends_every_other_session()
    {
        var here = App.With((string)(await SignIn("nanhu", PipelineApp.Password)).Is(200)["accessToken"]!);
        var there = App.With((string)(await SignIn("nanhu", PipelineApp.Password)).Is(200)["accessToken"]!);
        (await here.Post("me/password", new { currentPassword = PipelineApp.Password, newPassword = Chosen })).Is(204);
        (await here.Get("me")).Is(200);
        (await there.Get("me")).IsProblem(401, "unauthenticated");
        (await SignIn("nanhu", PipelineApp.Password)).IsProblem(401, "invalid-credentials");
        (await SignIn("nanhu", Chosen)).Is(200);
    }

    [Test]
    public async Task A_changed_role_holds_from_the_next_request_on_every_instance()
    {
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        var person = App.With((string)(await SignIn("xiuzhou", PipelineApp.Password)).Is(200)["accessToken"]!);
        var elsewhere = other.With((string)(await SignIn("xiuzhou", PipelineApp.Password)).Is(200)["accessToken"]!);
        (await person.Get("audit")).IsProblem(403, "forbidden");
        (await elsewhere.Get("audit")).IsProblem(403, "forbidden");
        var id = (string)(await person.Get("me"))["user"]["id"]!;
        var user = (await App.As("admin").Get($"users/{id}")).Is(200);
        (
            await App.As("admin")
                .Patch($"users/{id}", new { role = "auditor", jurisdictionId = (string?)null }, user.ETag)
        ).Is(200);
        (await person.Get("audit")).Is(200);
        (await elsewhere.Get("audit")).Is(200);
        (await elsewhere.Post("projects", Given.Project(amount: 5_000_000m))).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task A_disabled_user_fails_on_the_next_request_and_cannot_come_back()
    {
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        var browser = App.Nobody();
        var signedIn = (
            await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })
        ).Is(200);
        var elsewhere = other.With((string)signedIn["accessToken"]!);
        (await elsewhere.Get("me")).Is(200);
        var id = (string)signedIn["user"]["id"]!;
        var user = (await App.As("admin").Get($"users/{id}")).Is(200);
        (await App.As("admin").Patch($"users/{id}", new { active = false }, user.ETag)).Is(200);
        (await elsewhere.Get("me")).IsProblem(401, "unauthenticated");
        (await browser.Post("auth/refresh")).IsProblem(401, "unauthenticated");
        (await SignIn("nanhu", PipelineApp.Password)).IsProblem(401, "invalid-credentials");
    }

    [Test]
    public async Task The_last_administrator_stays()
    {
        var id = (string)(await App.As("admin").Get("me"))["user"]["id"]!;
        var user = (await App.As("admin").Get($"users/{id}")).Is(200);
        (await App.As("admin").Patch($"users/{id}", new { active = false }, user.ETag)).IsProblem(409, "last-admin");
        (await App.As("admin").Patch($"users/{id}", new { role = "auditor" }, user.ETag)).IsProblem(409, "last-admin");
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = "second",
                        displayName = "二号管理员",
                        role = "admin",
                    }
                )
        ).Is(201);
        (await App.As("admin").Patch($"users/{id}", new { role = "auditor" }, user.ETag)).Is(200);
    }

    [Test]
    public async Task The_administrator_unlocks_an_account()
    {
        foreach (var _ in Enumerable.Range(0, 5))
            (await SignIn("nanhu", "wrong")).Is(401);
        (await SignIn("nanhu", PipelineApp.Password)).IsProblem(429, "account-locked");
        var id = (string)(await App.As("nanhu").Get("me"))["user"]["id"]!;
        (await App.As("admin").Get($"users/{id}")).Is(200)["lockedUntil"].ShouldNotBeNull();
        (await App.As("admin").Act($"users/{id}", "unlock", new { })).Is(200);
        (await SignIn("nanhu", PipelineApp.Password)).Is(200);
    }

    [Test]
    public async Task An_account_that_cannot_be_is_refused_and_says_why()
    {
        var admin = App.As("admin");
        (
            await admin.Post(
                "users",
                new
                {
                    username = "a b",
                    displayName = "",
                    role = "officer",
                }
            )
        ).IsProblem(400, "validation-failed").Body!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["username", "displayName", "jurisdictionId"], ignoreOrder: true);
        (
            await admin.Post(
                "users",
                new
                {
                    username = "nanhu",
                    displayName = "x",
                    role = "leader",
                }
            )
        ).IsProblem(409, "duplicate-code").Codes("username").ShouldBe(["taken"]);
        (
            await admin.Post(
                "users",
                new
                {
                    username = "new",
                    displayName = "x",
                    role = "officer",
                    jurisdictionId = "none",
                }
            )
        ).IsProblem(400, "validation-failed").Codes("jurisdictionId").ShouldBe(["unknown-jurisdiction"]);
        (
            await admin.Post(
                "users",
                new
                {
                    username = "new",
                    displayName = "x",
                    role = "officer",
                    jurisdictionId = App.As("centre").UnitId,
                }
            )
        ).IsProblem(400, "validation-failed").Codes("jurisdictionId").ShouldBe(["unit-does-not-report"]);
        (
            await admin.Post(
                "users",
                new
                {
                    username = "new",
                    displayName = "x",
                    role = "leader",
                    password = "short",
                }
            )
        ).IsProblem(400, "validation-failed").Codes("password").ShouldBe(["password-length"]);
        (await admin.Get("users?q=new&count=true"))["total"].GetValue<int>().ShouldBe(0);
    }

    private Task<Answer> Creates(string username) =>
        App.As("admin")
            .Post(
                "users",
                new
                {
                    username,
                    displayName = "李华",
                    role = "officer",
                    jurisdictionId = App.As("nanhu").UnitId,
                }
            );

    private Task<Answer> SignIn(string username, string password) =>
        App.Nobody().Post("auth/token", new { username, password });
}
