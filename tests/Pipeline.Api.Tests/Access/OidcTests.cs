using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Access;

/// <summary>Single sign-on against a real OpenID provider.</summary>
public sealed class OidcTests(string engine) : OidcFlow(engine)
{
    private static readonly (string, string?)[] Provisioning =
    [
        ("Provision", "true"),
        ("RoleClaim", "groups"),
        ("RoleMap", "centre=coordinator;officers=officer"),
        ("JurisdictionClaim", "unit"),
    ];

    private static string Provider => OidcProvider.Started.Issuer;

    [Test]
    public async Task An_account_is_linked_by_user_name_at_first_and_found_by_subject_from_then_on()
    {
        With(Provider);
        var me = await Signed("nanhu");
        ((string)me["user"]["username"]!).ShouldBe("nanhu");
        var linked = (await Audit("single-sign-on-linked")).Single()!;
        ((string)linked["subject"]!["id"]!).ShouldBe((string)me["user"]["id"]!);

        // The issuer now calls the person by the name of another account here: still the same person.
        ((string)(await Signed("nanhu, renamed"))["user"]["username"]!).ShouldBe("nanhu");
        (await Audit("single-sign-on-linked")).Count.ShouldBe(1);

        // Somebody else who got the name does not get the account.
        var (browser, place) = await SignsOn("another nanhu");
        await TurnedAway(browser, place, "sign-on-unknown-user");
    }

    [Test]
    public async Task The_session_says_how_it_began_and_its_sign_in_is_in_the_audit_trail()
    {
        With(Provider);
        var me = await Signed("nanhu");
        var entry = (await Audit("sign-in")).Single()!;
        ((string)entry["outcome"]!).ShouldBe("done");
        ((string)entry["reason"]!).ShouldBe("oidc");
        ((string)entry["actor"]!["id"]!).ShouldBe((string)me["user"]["id"]!);
        App.Sql(connection =>
                connection.QuerySingle<string>(
                    "SELECT method FROM sessions WHERE user_id = @id AND address <> 'test'",
                    new { id = (string)me["user"]["id"]! }
                )
            )
            .ShouldBe("oidc");
        Told("nanhu").ShouldBe(["linked"]);
    }

    [Test]
    public async Task Without_linking_an_account_of_the_same_name_stays_its_owners()
    {
        With(Provider, ("Link", "false"), ("Provision", "true"), ("DefaultRole", "auditor"));
        var (browser, place) = await SignsOn("nanhu");
        await TurnedAway(browser, place, "sign-on-unknown-user");
    }

    /// <summary>What somebody was told of changes to accounts.</summary>
    private List<string> Told(string username) =>
        App.Sql(connection =>
            connection
                .Query<string>(
                    "SELECT n.facts FROM notice_recipients r JOIN notices n ON n.id = r.notice_id JOIN users u ON u.id = r.user_id WHERE n.kind = 'account-changed' AND u.username = @username ORDER BY n.seq",
                    new { username }
                )
                .Select(facts => (string)JsonNode.Parse(facts)!["account"]!)
                .ToList()
        );

    [Test]
    public async Task A_person_without_an_account_is_unknown_unless_accounts_are_made()
    {
        With(Provider);
        var (browser, place) = await SignsOn("newcomer");
        await TurnedAway(browser, place, "sign-on-unknown-user");
    }

    [Test]
    public async Task An_account_is_made_with_role_and_unit_by_claim()
    {
        With(Provider, Provisioning);
        var me = await Signed("newcomer");
        ((string)me["user"]["username"]!).ShouldBe("wanglin");
        ((string)me["user"]["displayName"]!).ShouldBe("王琳");
        ((string)me["role"]!).ShouldBe("officer");
        ((string)me["jurisdiction"]["code"]!).ShouldBe("xiuzhou");
        me["hasPassword"].GetValue<bool>().ShouldBeFalse();
        ((string)(await Audit("user-provisioned")).Single()!["subject"]!["id"]!).ShouldBe((string)me["user"]["id"]!);
    }

    [Test]
    public async Task Role_and_unit_follow_the_claims_at_the_next_sign_in_and_the_audit_trail_tells()
    {
        With(Provider, Provisioning);
        await Signed("newcomer");
        ((string)(await Signed("newcomer, promoted"))["role"]!).ShouldBe("coordinator");
        var edit = (await Audit("user-edited")).Single()!;
        ((string)edit["reason"]!).ShouldBe("single-sign-on");
        var change = edit["changes"]!.AsArray().Single()!;
        ((string)change["field"]!, (string)change["before"]!, (string)change["after"]!).ShouldBe(
            ("role", "officer", "coordinator")
        );

        var moved = await Signed("newcomer, moved");
        ((string)moved["role"]!, (string)moved["jurisdiction"]["code"]!).ShouldBe(("officer", "nanhu"));
        (await Audit("user-edited")).Count.ShouldBe(2);
        Told("xiuzhou").ShouldBe(["created", "changed-by-sign-on"]);
        Told("centre").ShouldBe(["changed-by-sign-on", "changed-by-sign-on"]);
        Told("nanhu").ShouldBe(["changed-by-sign-on"]);
    }

    [Test]
    public async Task A_unit_by_claim_follows_even_where_roles_are_given_here()
    {
        With(Provider, ("Provision", "true"), ("DefaultRole", "officer"), ("JurisdictionClaim", "unit"));
        ((string)(await Signed("newcomer"))["jurisdiction"]["code"]!).ShouldBe("xiuzhou");
        var moved = await Signed("newcomer, moved");
        ((string)moved["role"]!, (string)moved["jurisdiction"]["code"]!).ShouldBe(("officer", "nanhu"));
    }

    [Test]
    public async Task Of_several_groups_the_first_of_the_map_counts_in_whatever_order_the_issuer_tells_them()
    {
        With(Provider, Provisioning);
        ((string)(await Signed("newcomer, of both groups"))["role"]!).ShouldBe("coordinator");
    }

    [TestCase("newcomer, without groups")]
    [TestCase("officer of nowhere")]
    public async Task Without_a_role_or_an_officers_unit_nobody_gets_in(string who)
    {
        With(Provider, Provisioning);
        var (browser, place) = await SignsOn(who);
        await TurnedAway(browser, place, "sign-on-no-role");
    }

    [Test]
    public async Task Whoever_lost_the_role_at_the_issuer_is_turned_away()
    {
        With(Provider, Provisioning);
        await Signed("newcomer");
        var (browser, place) = await SignsOn("newcomer, without groups");
        await TurnedAway(browser, place, "sign-on-no-role");
    }

    [Test]
    public async Task An_account_whose_person_is_turned_away_is_not_linked()
    {
        With(Provider, Provisioning);
        var (browser, place) = await SignsOn("xiuzhou");
        await TurnedAway(browser, place, "sign-on-no-role");
        (await Audit("single-sign-on-linked")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_disabled_account_is_turned_away_and_not_linked()
    {
        With(Provider);
        App.Sql(connection => connection.Execute("UPDATE users SET active = 0 WHERE username = 'nanhu'"));
        var (browser, place) = await SignsOn("nanhu");
        await TurnedAway(browser, place, "sign-on-unknown-user");
        (await Audit("single-sign-on-linked")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_name_that_no_account_may_have_makes_none()
    {
        With(Provider, Provisioning);
        var (browser, place) = await SignsOn("odd name");
        await TurnedAway(browser, place, "sign-on-unknown-user");
    }

    [Test]
    public async Task Whoever_declines_at_the_issuer_is_refused()
    {
        With(Provider);
        var (browser, place) = await SignsOn(null);
        await TurnedAway(browser, place, "sign-on-refused");
    }

    [Test]
    public async Task Another_browser_cannot_finish_what_it_did_not_start()
    {
        With(Provider);
        var (attacker, victim) = (App.Nobody(), App.Nobody());
        var back = await OidcProvider.SignsIn(await Starts(attacker), "nanhu");
        await TurnedAway(victim, await Comes(victim, back), "sign-on-expired");
        await Starts(victim);
        await TurnedAway(victim, await Comes(victim, back), "sign-on-expired");
    }

    [Test]
    public async Task A_code_works_once_even_with_its_cookie()
    {
        With(Provider);
        var browser = App.Nobody();
        var start = (await browser.Get("auth/oidc/start")).Is(302);
        var cookie = start.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var back = await OidcProvider.SignsIn(start.Headers.Location!, "nanhu");
        (await Comes(browser, back)).ShouldStartWith("/sign-in?sso=done");
        var other = App.Nobody();
        var again = (await other.Get(back, ("Cookie", cookie))).Is(302).Headers.Location!.OriginalString;
        await TurnedAway(other, again, "sign-on-refused");
        var (same, place) = (App.Nobody(), await Comes(browser, back));
        await TurnedAway(same, place, "sign-on-expired");
    }

    [Test]
    public async Task A_cookie_that_was_altered_counts_for_nothing()
    {
        With(Provider);
        var start = (await App.Nobody().Get("auth/oidc/start")).Is(302);
        var cookie = Uri.UnescapeDataString(start.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        var back = await OidcProvider.SignsIn(start.Headers.Location!, "nanhu");
        var middle = cookie.Length / 2;
        foreach (
            var altered in new[]
            {
                cookie[..middle] + (cookie[middle] == 'A' ? 'B' : 'A') + cookie[(middle + 1)..],
                cookie[..middle],
                "__Secure-pipeline_oidc=sealed:own:",
                "__Secure-pipeline_oidc=sealed:",
                "__Secure-pipeline_oidc={}",
            }
        )
        {
            var browser = App.Nobody();
            var place = (
                await browser.Get(
                    back,
                    (
                        "Cookie",
                        altered.Replace("=", "%3D").Replace("__Secure-pipeline_oidc%3D", "__Secure-pipeline_oidc=")
                    )
                )
            )
                .Is(302)
                .Headers.Location!.OriginalString;
            await TurnedAway(browser, place, "sign-on-expired");
        }
    }

    [Test]
    public async Task What_is_sealed_for_other_purposes_is_no_cookie_of_a_sign_in()
    {
        With(Provider);
        var trip =
            $$"""{"state":"s","nonce":"n","verifier":"v","returnTo":"/","expires":"{{App.Time.GetUtcNow().AddMinutes(5):yyyy-MM-ddTHH:mm:ss.fffZ}}"}""";
        var forged = ((Vault)App.Services.GetService(typeof(Vault))!).Seal(trip);
        var browser = App.Nobody();
        var place = (
            await browser.Get(
                "auth/oidc/callback?code=x&state=s",
                ("Cookie", $"__Secure-pipeline_oidc={Uri.EscapeDataString(forged)}")
            )
        )
            .Is(302)
            .Headers.Location!.OriginalString;
        await TurnedAway(browser, place, "sign-on-expired");
    }

    [Test]
    public async Task A_sign_in_must_be_finished_within_ten_minutes()
    {
        With(Provider);
        var browser = App.Nobody();
        var start = (await browser.Get("auth/oidc/start")).Is(302);
        var cookie = start.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var back = await OidcProvider.SignsIn(start.Headers.Location!, "nanhu");
        App.Time.Advance(TimeSpan.FromMinutes(11));
        var place = (await App.Nobody().Get(back, ("Cookie", cookie))).Is(302).Headers.Location!.OriginalString;
        await TurnedAway(browser, place, "sign-on-expired");
    }

    [Test]
    public async Task The_answer_must_name_the_issuer_that_was_asked()
    {
        With(Provider);
        foreach (var wrong in new[] { "", "&iss=https%3A%2F%2Fevil.example" })
        {
            var browser = App.Nobody();
            var back = await OidcProvider.SignsIn(await Starts(browser), "nanhu");
            back.ShouldContain("&iss=");
            var place = await Comes(browser, System.Text.RegularExpressions.Regex.Replace(back, "&iss=[^&]*", wrong));
            await TurnedAway(browser, place, "sign-on-refused");
        }
    }

    [Test]
    public async Task A_public_client_needs_no_secret()
    {
        With(Provider, ("ClientId", "pipeline-public"), ("ClientSecret", null));
        ((string)(await Signed("nanhu"))["user"]["username"]!).ShouldBe("nanhu");
    }

    [Test]
    public async Task With_a_wrong_secret_nobody_gets_in()
    {
        With(Provider, ("ClientSecret", "wrong"));
        var (browser, place) = await SignsOn("nanhu");
        await TurnedAway(browser, place, "sign-on-refused");
    }

    [Test]
    public async Task The_issuer_answers_for_the_second_factor_of_those_it_signs_in()
    {
        With(
            Provider,
            ("Auth:SecondFactor:RequiredFor", "admin"),
            ("Demo:Enabled", "false"),
            ("Bootstrap:AdminPassword", PipelineApp.Password)
        );
        App.Sql(connection => connection.Execute("UPDATE users SET must_change_password = 0"));
        var byPassword = (
            await App.Nobody().Post("auth/token", new { username = "admin", password = PipelineApp.Password })
        ).Is(200);
        (await App.With((string)byPassword["accessToken"]!).Get("users")).IsProblem(
            403,
            "second-factor-set-up-required"
        );
        var (browser, place) = await SignsOn("admin");
        place.ShouldBe("/sign-in?sso=done&returnTo=%2F");
        (await App.With((string)(await browser.Post("auth/refresh")).Is(200)["accessToken"]!).Get("users")).Is(200);
    }

    [TestCase("/projects/1?tab=moves", "/projects/1?tab=moves")]
    [TestCase("//evil.example", "/")]
    [TestCase("https://evil.example", "/")]
    [TestCase("/\\evil.example", "/")]
    [TestCase("\\\\evil.example", "/")]
    [TestCase("/\t/evil.example", "/")]
    [TestCase("javascript:alert(1)", "/")]
    [TestCase("", "/")]
    public async Task People_are_sent_on_to_pages_of_this_server_alone(string returnTo, string expected)
    {
        With(Provider);
        (await SignsOn("nanhu", returnTo)).Place.ShouldBe(
            $"/sign-in?sso=done&returnTo={Uri.EscapeDataString(expected)}"
        );
    }

    [Test]
    public async Task The_cookie_of_a_sign_in_is_for_its_routes_and_no_script()
    {
        With(Provider);
        var cookie = (await App.Nobody().Get("auth/oidc/start"))
            .Is(302)
            .Headers.GetValues("Set-Cookie")
            .Single()
            .ToLowerInvariant();
        foreach (
            var attribute in new[]
            {
                "; secure",
                "; httponly",
                "; samesite=lax",
                "; path=/api/v1/auth/oidc",
                "; max-age=600",
            }
        )
            cookie.ShouldContain(attribute);
        cookie.ShouldStartWith("__secure-");
    }

    [TestCase("https://evil.example", null, null, null)]
    [TestCase("https://localhost", null, null, "https://localhost/api/v1/auth/oidc/callback")]
    [TestCase(
        "https://evil.example",
        "Public:Url",
        "https://city.example/",
        "https://city.example/api/v1/auth/oidc/callback"
    )]
    [TestCase(
        "https://evil.example",
        "Auth:Oidc:RedirectUri",
        "https://city.example/back",
        "https://city.example/back"
    )]
    public async Task The_issuer_is_told_of_no_host_that_nobody_answers_for(
        string host,
        string? key,
        string? value,
        string? told
    )
    {
        With(Provider, key is null ? [] : [(key, value)]);
        var answer = await App.Nobody().Get($"{host}/api/v1/auth/oidc/start");
        if (told is null)
            answer.IsProblem(503, "sign-on-unavailable");
        else
            System
                .Web.HttpUtility.ParseQueryString(answer.Is(302).Headers.Location!.Query)["redirect_uri"]
                .ShouldBe(told);
    }

    [TestCase("http://sso.example", "ClientId", "pipeline", "Auth:Oidc:Authority")]
    [TestCase("https://sso.example", "ClientId", "", "Auth:Oidc:ClientId")]
    [TestCase("https://sso.example", "RoleMap", "centre=emperor", "Auth:Oidc:RoleMap")]
    [TestCase("https://sso.example", "DefaultRole", "emperor", "Auth:Oidc:DefaultRole")]
    public void Wrong_settings_stop_the_program_at_its_start(string issuer, string key, string value, string told) =>
        Should.Throw<InvalidOperationException>(() => With(issuer, (key, value))).Message.ShouldContain(told);

    [Test]
    public async Task Where_no_issuer_is_configured_there_is_no_single_sign_on()
    {
        With("");
        (await App.Nobody().Get("auth/oidc/start")).IsProblem(404, "not-found");
        (await App.Nobody().Get("auth/oidc/callback?code=x&state=y")).IsProblem(404, "not-found");
        (await App.Nobody().Get("auth/methods")).Is(200).Body!["singleSignOn"].ShouldBeNull();
    }
}
