using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>The administrator has no project data, and comes by none by making keys, accounts or links: a second person confirms, or is told.</summary>
public sealed class SecondPersonTests(string engine) : OnEachEngine(engine)
{
    private static readonly string[] AllScopes = ["projects:read", "projects:write", "claims:write", "reports:read"];

    [Test]
    public async Task A_key_for_a_unit_does_nothing_until_somebody_of_the_unit_has_confirmed_it()
    {
        RealAdministrator();
        var secret = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m, secret: true))).Is(201);
        var claim = (await App.As("nanhu").Reports(Given.Another(2))).Is(201);
        var key = await Create("nanhu", AllScopes);
        ((bool)key["waiting"]!).ShouldBeTrue();
        var machine = App.With((string)key["secret"]!);
        ((string)(await machine.Get("me")).Is(200)["firstStep"]!).ShouldBe("key-confirmation-required");
        foreach (var operation in (await Operation.All(App)).Where(operation => !operation.Path.Contains("/auth/")))
        {
            var path = operation.For($"{secret["id"]}/{SampleCity.NoId}");
            using var request = new HttpRequestMessage(operation.Method, path);
            if (!operation.Reads)
                request.Content = operation.TakesFile
                    ? new MultipartFormDataContent("limit")
                    : new StringContent("{}", Encoding.UTF8, "application/json");
            using var answer = await machine.Asks(request);
            var body = await answer.Content.ReadAsStringAsync();
            body.ShouldNotContain("氢能装备");
            if (operation.Id is not ("getMe" or "getDemo" or "getAbout"))
                ((int)answer.StatusCode).ShouldBe(403, $"{operation}: {body}");
        }

        // The unit is told, and sees what the key is for; nobody else's business.
        var told = (await App.As("nanhu").Get("notices")).Is(200)["items"].AsArray();
        ((string)told[0]!["kind"]!).ShouldBe("key-waiting");
        ((string)told[0]!["text"]!).ShouldContain("办事大厅");
        (await App.As("xiuzhou").Get("unit-keys")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get($"unit-keys/{key["id"]}")).IsProblem(404, "not-found");
        (await App.As("admin").Get("unit-keys")).IsProblem(403, "forbidden");
        var seen = (await App.As("nanhu").Get("unit-keys")).Is(200)["items"].AsArray().Single()!;
        seen["scopes"]!.AsArray().Select(scope => (string)scope!).ShouldBe(AllScopes);
        seen.AsObject().ContainsKey("secret").ShouldBeFalse();

        (await App.As("xiuzhou").Post($"unit-keys/{key["id"]}/confirm", null, ("If-Match", "*"))).IsProblem(
            404,
            "not-found"
        );
        (await App.As("nanhu").Post($"unit-keys/{key["id"]}/confirm")).IsProblem(428, "precondition-required");
        var confirmed = (await App.As("nanhu").Act($"unit-keys/{key["id"]}", "confirm", new { })).Is(200);
        ((bool)confirmed["waiting"]!).ShouldBeFalse();
        ((string)confirmed["confirmedBy"]["name"]!).ShouldBe("南湖区 招商专员");
        (await machine.Get($"projects/{secret["id"]}")).Is(200);
        (await machine.Act($"claims/{claim["id"]}", "release", new { reason = "企业放弃" })).Is(200);
        var entry = (await App.As("auditor").Get($"audit?action=api-key-confirmed&subjectId={key["id"]}"))["items"]
            .AsArray()
            .Single()!;
        ((string)entry["actor"]!["onBehalfOf"]!).ShouldBe("南湖区");
        (await App.As("nanhu").Act($"unit-keys/{key["id"]}", "confirm", new { })).IsProblem(409, "key-confirmed");
    }

    /// <summary>The trail tells of every project: the centre confirms, no unit sees the key.</summary>
    [Test]
    public async Task A_key_to_the_whole_citys_trail_does_nothing_until_the_centre_has_confirmed_it()
    {
        RealAdministrator();
        var key = (await App.As("admin").Post("api-keys", new { name = "留痕", scopes = new[] { "audit:read" } })).Is(
            201
        );
        ((bool)key["waiting"]!).ShouldBeTrue();
        var machine = App.With((string)key["secret"]!);
        (await machine.Get("audit")).IsProblem(403, "key-confirmation-required");
        (await machine.Get("receipts/export")).IsProblem(403, "key-confirmation-required");
        (await App.As("nanhu").Get("unit-keys")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await App.As("nanhu").Get($"unit-keys/{key["id"]}")).IsProblem(404, "not-found");
        var told = (await App.As("centre").Get("notices")).Is(200)["items"].AsArray();
        ((string)told[0]!["kind"]!).ShouldBe("key-waiting");
        (await App.As("centre").Act($"unit-keys/{key["id"]}", "confirm", new { })).Is(200);
        (await machine.Get("audit")).Is(200);
    }

    [Test]
    public async Task A_new_secret_another_unit_or_a_further_scope_is_confirmed_anew_and_nothing_else()
    {
        RealAdministrator();
        var key = await Create("nanhu", ["projects:read"]);
        var old = App.With((string)key["secret"]!);
        await Confirms("nanhu", key);
        (await old.Get("projects")).Is(200);

        var rotated = (await App.As("admin").Act($"api-keys/{key["id"]}", "rotate", new { overlap = "PT1H" })).Is(200);
        var fresh = App.With((string)rotated["secret"]!);
        (await fresh.Get("projects")).IsProblem(403, "key-confirmation-required");
        (await old.Get("projects")).Is(200); // the unit's system goes on with what was confirmed
        await Confirms("nanhu", key);
        (await fresh.Get("projects")).Is(200);

        await Edits(key, new { name = "新名称", expiresAt = PipelineApp.Start.AddDays(30) });
        (await fresh.Get("projects")).Is(200);
        await Edits(key, new { scopes = new[] { "projects:read", "projects:write" } });
        (await fresh.Get("projects")).IsProblem(403, "key-confirmation-required");
        await Confirms("centre", key);
        (await fresh.Get("projects")).Is(200);
        await Edits(key, new { scopes = new[] { "projects:read" } });
        (await fresh.Get("projects")).Is(200);
        await Edits(key, new { jurisdictionId = App.As("xiuzhou").UnitId });
        (await fresh.Get("projects")).IsProblem(403, "key-confirmation-required");
        (await App.As("nanhu").Get($"unit-keys/{key["id"]}")).IsProblem(404, "not-found");
        await Confirms("xiuzhou", key);
        (await fresh.Get("projects")).Is(200);
    }

    [Test]
    public async Task A_key_without_a_unit_works_at_once_and_waits_when_it_is_given_one()
    {
        RealAdministrator();
        var hidden = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var key = await Create(null, ["projects:read"]);
        var machine = App.With((string)key["secret"]!);
        ((bool)key["waiting"]!).ShouldBeFalse();
        (await machine.Get($"projects/{hidden["id"]}")).IsProblem(404, "not-found");
        await Edits(key, new { jurisdictionId = App.As("nanhu").UnitId });
        (await machine.Get($"projects/{hidden["id"]}")).IsProblem(403, "key-confirmation-required");
    }

    [Test]
    public async Task In_the_demo_city_whose_passwords_are_known_to_all_a_key_works_at_once()
    {
        var key = await Create("nanhu", ["projects:read"]);
        ((bool)key["waiting"]!).ShouldBeFalse();
        (await App.With((string)key["secret"]!).Get("projects")).Is(200);
    }

    [Test]
    public async Task Nobody_confirms_a_secret_that_the_same_person_made()
    {
        RealAdministrator();
        var key = await Create("nanhu", ["projects:read"]);
        App.Sql(connection => connection.Execute("UPDATE users SET role = 'coordinator' WHERE username = 'admin'"));
        (await App.As("admin").Act($"unit-keys/{key["id"]}", "confirm", new { })).IsProblem(
            403,
            "second-person-required"
        );
        (await App.With((string)key["secret"]!).Get("projects")).IsProblem(403, "key-confirmation-required");
    }

    [TestCase("""{"role":"coordinator"}""")]
    [TestCase("""{"role":"auditor"}""")]
    [TestCase("""{"role":"officer","jurisdictionId":"{nanhu}"}""")]
    [TestCase("""{"jurisdictionId":"{nanhu}"}""")]
    public async Task No_administrator_gives_himself_another_role_or_unit(string patch)
    {
        RealAdministrator();
        await SecondAdministrator();
        var (id, _) = App.SpareSession("admin");
        var account = (await App.As("admin").Get($"users/{id}")).Is(200);
        patch = patch.Replace("{nanhu}", App.As("nanhu").UnitId);
        (await Patch("admin", id, account.ETag!, patch)).IsProblem(403, "second-person-required");
        (await App.As("admin").Patch($"users/{id}", new { displayName = "管理员" }, account.ETag)).Is(200);
        (await Patch("admin2", id, (await App.As("admin").Get($"users/{id}")).ETag!, patch)).Is(200);
    }

    [Test]
    public async Task Whatever_could_let_an_administrator_act_as_somebody_is_told_to_whom_it_concerns()
    {
        var (nanhu, xiuzhou, haining) = (App.As("nanhu"), App.As("xiuzhou"), App.As("haining"));
        await Told(
            ["nanhu", "nanhu2"],
            "created",
            admin =>
                admin.Post(
                    "users",
                    new
                    {
                        username = "nanhu2",
                        displayName = "南湖新同事",
                        role = "officer",
                        jurisdictionId = nanhu.UnitId,
                    }
                ),
            201
        );
        await Told(["nanhu", "nanhu2"], "link-issued", admin => Acts(admin, "nanhu", "set-up-link"));
        await Told(["nanhu", "nanhu2"], "second-factor-reset", admin => Acts(admin, "nanhu", "reset-second-factor"));
        await Told(["nanhu", "nanhu2"], "changed", admin => Changes(admin, "nanhu", new { email = "x@else.example" }));
        await Told([], "", admin => Changes(admin, "nanhu", new { displayName = "南湖同事" }));
        await Told([], "", admin => Changes(admin, "nanhu", new { active = false }));
        await Told(["nanhu", "nanhu2"], "changed", admin => Changes(admin, "nanhu", new { active = true }));

        // Who joins a unit is told of to it, and to the one that is left.
        await Told(["nanhu", "nanhu2", "haining"], "changed", admin =>
            Changes(admin, "haining", new { jurisdictionId = nanhu.UnitId })
        );
        await Told(["nanhu", "nanhu2", "haining", "xiuzhou"], "changed", admin =>
            Changes(admin, "haining", new { jurisdictionId = xiuzhou.UnitId })
        );

        // Of those who read the whole city the coordinators know.
        await Told(
            ["centre", "centre2"],
            "created",
            admin =>
                admin.Post(
                    "users",
                    new
                    {
                        username = "auditor2",
                        displayName = "新审计",
                        role = "auditor",
                    }
                ),
            201
        );
        await Told(["pinghu", "centre", "centre2"], "changed", admin =>
            Changes(admin, "pinghu", new { role = "leader", jurisdictionId = (string?)null })
        );
        await Told(["leader", "centre", "centre2"], "link-issued", admin => Acts(admin, "leader", "set-up-link"));
        await Told(["auditor", "centre", "centre2"], "second-factor-reset", admin =>
            Acts(admin, "auditor", "reset-second-factor")
        );
        await Told(["nanhu-x", "nanhu2"], "changed", admin => Changes(admin, "nanhu", new { username = "nanhu-x" }));
    }

    [TestCase("zh-CN", "管理员为账号“市领导”生成了设置密码的链接，原密码已失效")]
    [TestCase(
        "en",
        "An administrator made a link to set the password of the account “市领导”; its old password has ended"
    )]
    public async Task It_is_told_in_a_sentence(string language, string sentence)
    {
        await Acts(App.As("admin"), "leader", "set-up-link");
        var notice = (await App.As("centre").Get("notices", ("Accept-Language", language)))
            .Is(200)["items"]
            .AsArray()
            .Single()!;
        ((string)notice["kind"]!, (string)notice["text"]!).ShouldBe(("account-changed", sentence));
    }

    /// <summary>Exactly these people are told of this change.</summary>
    private async Task Told(string[] whom, string change, Func<Actor, Task<Answer>> act, int status = 200)
    {
        var before = Recipients();
        (await act(App.As("admin"))).Is(status);
        var told = Recipients().ExceptBy(before.Select(one => one.Told), one => one.Told).ToList();
        told.Select(one => one.Who).Order().ShouldBe(whom.Order(), change);
        told.ShouldAllBe(one => one.Facts.Contains($"\"account\":\"{change}\"", StringComparison.Ordinal));
    }

    /// <summary>Who was told what.</summary>
    private List<((string User, string Notice) Told, string Who, string Facts)> Recipients() =>
        App.Sql(connection =>
            connection
                .Query<(string User, string Notice, string Who, string Facts)>(
                    "SELECT u.id, n.id, u.username, n.facts FROM notice_recipients r JOIN notices n ON n.id = r.notice_id JOIN users u ON u.id = r.user_id WHERE n.kind = 'account-changed'"
                )
                .Select(row => ((row.User, row.Notice), row.Who, row.Facts))
                .ToList()
        );

    private async Task<Answer> Acts(Actor admin, string username, string action)
    {
        var (id, _) = App.SpareSession(username);
        return await admin.Act($"users/{id}", action, new { });
    }

    private async Task<Answer> Changes(Actor admin, string username, object patch)
    {
        var (id, _) = App.SpareSession(username);
        return await admin.Patch($"users/{id}", patch, (await admin.Get($"users/{id}")).Is(200).ETag);
    }

    private async Task<Answer> Patch(string who, string id, string etag, string patch) =>
        await App.As(who).Send(HttpMethod.Patch, $"users/{id}", patch, ("If-Match", etag));

    /// <summary>An administrator as a city has one: not the demo's.</summary>
    private void RealAdministrator() =>
        App.Sql(connection => connection.Execute("UPDATE users SET demo = 0 WHERE username = 'admin'"));

    private async Task SecondAdministrator() =>
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = "admin2",
                        displayName = "另一位管理员",
                        role = "admin",
                    }
                )
        ).Is(201);

    private async Task<Answer> Create(string? unit, string[] scopes) =>
        (
            await App.As("admin")
                .Post(
                    "api-keys",
                    new JsonObject
                    {
                        ["name"] = "办事大厅",
                        ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
                        ["jurisdictionId"] = unit is null ? null : App.As(unit).UnitId,
                    }.ToJsonString()
                )
        ).Is(201);

    private async Task Confirms(string who, Answer key) =>
        (await App.As(who).Act($"unit-keys/{key["id"]}", "confirm", new { })).Is(200);

    private async Task Edits(Answer key, object patch) =>
        (
            await App.As("admin")
                .Patch($"api-keys/{key["id"]}", patch, (await App.As("admin").Get($"api-keys/{key["id"]}")).ETag)
        ).Is(200);
}
