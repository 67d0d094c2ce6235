using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Imports;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Machines: what a key may do, and when it stops.</summary>
public sealed class ApiKeyTests(string engine) : OnEachEngine(engine)
{
    private const string Columns = "项目名称,投资方,国别,总投资(亿元),行业代码,阶段,首报日期";

    [Test]
    public async Task A_key_acts_for_its_unit_as_far_as_its_scopes_go()
    {
        var machine = await Key(["projects:read", "projects:write", "claims:write"], "nanhu");
        var me = (await machine.Get("me")).Is(200);
        me.Body!["role"].ShouldBeNull();
        me["scopes"]
            .AsArray()
            .Select(scope => (string)scope!)
            .ShouldBe(["projects:read", "projects:write", "claims:write"]);
        ((string)me["jurisdiction"]["code"]!).ShouldBe("nanhu");

        var project = (await machine.Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        (await machine.Patch($"projects/{project["id"]}", new { jobs = 12 }, project.ETag)).Is(200);
        var claim = (await machine.Reports(Given.Another(2))).Is(201);
        ((string)claim["status"]!).ShouldBe("active");
        ((string)claim["jurisdiction"]["id"]!).ShouldBe(App.As("nanhu").UnitId);
        (await machine.Act($"claims/{claim["id"]}", "release", new { reason = "企业放弃" })).Is(200);
        (await App.As("nanhu").Get($"projects/{project["id"]}")).Is(200);
        (await App.As("xiuzhou").Get($"projects/{project["id"]}")).IsProblem(404, "not-found");
        (await machine.Get("users")).IsProblem(403, "forbidden");
        (await machine.Get("audit")).IsProblem(403, "forbidden");
        (await machine.Post("me/password", new { })).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task A_key_takes_in_its_units_register_and_stops_with_the_key()
    {
        var created = await Create(["projects:read", "projects:write"], "nanhu");
        var machine = App.With((string)created["secret"]!);
        var done = await machine.Imports(
            Registers.Csv(Columns, "光缆产业园,永和光缆有限公司,中国,0.6,3831,在谈,2026-03-01")
        );
        ((string)done["status"]!).ShouldBe("completed");
        ((string)done["createdBy"]!["id"]!).ShouldBe((string)created["id"]!);
        ((string)(await machine.Get("projects"))["items"].AsArray().Single()!["name"]!).ShouldBe("光缆产业园");
        (await App.As("nanhu").Get($"imports/{done["id"]}")).Is(200);
        (await App.As("xiuzhou").Get($"imports/{done["id"]}")).IsProblem(404, "not-found");

        // Its turn comes once more, after the key was revoked.
        (await App.As("admin").Act($"api-keys/{created["id"]}", "revoke", new { reason = "供应商更换" })).Is(200);
        App.Sql(connection =>
        {
            connection.Execute("DELETE FROM import_rows WHERE import_id = @id", new { id = (string)done["id"]! });
            return connection.Execute(
                "UPDATE imports SET status = 'queued' WHERE id = @id",
                new { id = (string)done["id"]! }
            );
        });
        await App.Services.GetRequiredService<RunImport>().Next();
        ((string)(await App.As("nanhu").AwaitsImport((string)done["id"]!))["errorCode"]!).ShouldBe("importer-gone");
    }

    [Test]
    public async Task A_key_reads_what_its_unit_was_told_and_marks_nothing_as_read()
    {
        var held = (await App.As("nanhu").Reports(Given.Another(1))).Is(201);
        (await App.As("xiuzhou").Reports(Given.Another(1))).Is(201);
        (await App.As("nanhu").Act($"claims/{held["id"]}", "release", new { reason = "企业放弃" })).Is(200);
        var machine = await Key(["projects:read"], "xiuzhou");
        var told = (await machine.Get("notices")).Is(200)["items"].AsArray();
        told.ShouldNotBeEmpty();
        told.Select(notice => (string)notice!["id"]!)
            .ShouldBe(
                (await App.As("xiuzhou").Get("notices")).Is(200)["items"].AsArray().Select(each => (string)each!["id"]!)
            );
        told.ShouldAllBe(notice => notice!["readAt"] == null);
        (await machine.Post("notices/read", new { upTo = (string)told[0]!["id"]! })).IsProblem(403, "forbidden");
        (await (await Key(["projects:read"], null)).Get("notices")).Is(200)["items"].AsArray().ShouldBeEmpty();
    }

    /// <summary>The whole city's trail and receipts are no unit's: such a key has none, and opens nothing else.</summary>
    [Test]
    public async Task A_key_of_the_city_reads_the_trail_and_the_receipts()
    {
        (await App.As("nanhu").Reports(Given.Another(1))).Is(201);
        (
            await App.As("admin")
                .Post(
                    "api-keys",
                    new
                    {
                        name = "留痕",
                        scopes = new[] { "audit:read" },
                        jurisdictionId = App.As("nanhu").UnitId,
                    }
                )
        ).IsProblem(400, "validation-failed").Codes("jurisdictionId").ShouldBe(["city-scope"]);
        var trail = await Key(["audit:read"], null);
        (await trail.Get("audit"))
            .Is(200)["items"]
            .AsArray()
            .Select(entry => (string)entry!["action"]!)
            .ShouldContain("reported");
        (await trail.Get("receipts/verify")).Is(200);
        using var receipts = await trail.Asks(new HttpRequestMessage(HttpMethod.Get, "/api/v1/receipts/export"));
        ((int)receipts.StatusCode).ShouldBe(200);
        (await trail.Get("projects")).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task A_key_that_only_reads_writes_nothing()
    {
        var machine = await Key(["projects:read"], "nanhu");
        (await machine.Get("projects")).Is(200);
        (await machine.Post("projects", Given.Project(amount: 5_000_000m))).IsProblem(403, "forbidden");
        (await machine.Reports(Given.Another(2))).IsProblem(403, "forbidden");
        var reports = await Key(["reports:read"], "nanhu");
        (await reports.Get("summary")).Is(200);
        (await reports.Get("projects")).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task A_key_without_a_unit_reads_public_summaries()
    {
        var talks = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var signed = (string)
            (await App.As("nanhu").Post("projects", Given.Project("光缆产业园", "永和光缆有限公司", 6_000_000m))).Is(
                201
            )["id"]!;
        var move = (await App.As("nanhu").Submits(signed, Given.Signing("2026-05-04", 6_000_000m))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        var machine = await Key(["projects:read"], null);
        (await machine.Get("projects"))["items"].AsArray().Select(item => (string)item!["id"]!).ShouldBe([signed]);
        (await machine.Get($"projects/{signed}")).Is(200)["summary"].GetValue<bool>().ShouldBeTrue();
        (await machine.Get($"projects/{talks["id"]}")).IsProblem(404, "not-found");
        (await App.As("admin").Post("api-keys", new { name = "门户", scopes = new[] { "claims:write" } }))
            .IsProblem(400, "validation-failed")
            .Codes("jurisdictionId")
            .ShouldBe(["required"]);
    }

    [Test]
    public async Task The_secret_is_shown_once_and_kept_as_a_hash()
    {
        var body = new { name = "门户", scopes = new[] { "projects:read" } };
        var created = (await App.As("admin").Post("api-keys", body, ("Idempotency-Key", "k"))).Is(201);
        var secret = (string)created["secret"]!;
        secret.ShouldStartWith("ppl_");
        (await App.As("admin").Post("api-keys", body, ("Idempotency-Key", "k")))
            .Is(201)
            .Body!.AsObject()
            .ContainsKey("secret")
            .ShouldBeFalse();
        (await App.As("admin").Get($"api-keys/{created["id"]}")).Is(200).Text.ShouldNotContain(secret[12..]);
        (await App.As("admin").Get("api-keys")).Is(200).Text.ShouldNotContain(secret[12..]);
        foreach (
            var (table, column) in new[]
            {
                ("api_keys", "hint"),
                ("api_key_secrets", "secret_hash"),
                ("idempotency_keys", "body"),
                ("audit", "changes"),
            }
        )
            App.Sql(connection =>
                    Dapper.SqlMapper.Query<string>(
                        connection,
                        $"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"
                    )
                )
                .Where(text => text.Contains(secret[12..], StringComparison.Ordinal))
                .ShouldBeEmpty();
    }

    [Test]
    public async Task Rotation_lets_the_old_secret_live_for_the_overlap()
    {
        var created = await Create(["projects:read"], "nanhu");
        var old = App.With((string)created["secret"]!);
        var rotated = (await App.As("admin").Act($"api-keys/{created["id"]}", "rotate", new { overlap = "PT1H" })).Is(
            200
        );
        var fresh = App.With((string)rotated["secret"]!);
        ((DateTimeOffset)rotated["previousUntil"]!).ShouldBe(PipelineApp.Start.AddHours(1));
        (await old.Get("projects")).Is(200);
        (await fresh.Get("projects")).Is(200);
        App.Time.Advance(TimeSpan.FromHours(1));
        (await old.Get("projects")).IsProblem(401, "unauthenticated");
        (await fresh.Get("projects")).Is(200);
        var again = (await App.As("admin").Act($"api-keys/{created["id"]}", "rotate", new { })).Is(200);
        (await fresh.Get("projects")).IsProblem(401, "unauthenticated");
        (await App.With((string)again["secret"]!).Get("projects")).Is(200);
    }

    [Test]
    public async Task A_revoked_or_expired_key_fails_on_the_next_request()
    {
        var revoked = await Create(["projects:read"], "nanhu");
        var machine = App.With((string)revoked["secret"]!);
        (await machine.Get("projects")).Is(200);
        (await App.As("admin").Act($"api-keys/{revoked["id"]}", "revoke", new { reason = "供应商更换" })).Is(200);
        (await machine.Get("projects")).IsProblem(401, "unauthenticated");
        (await App.As("admin").Act($"api-keys/{revoked["id"]}", "rotate", new { })).IsProblem(409, "key-revoked");

        var expiring = (
            await App.As("admin")
                .Post(
                    "api-keys",
                    new
                    {
                        name = "短期",
                        scopes = new[] { "projects:read" },
                        expiresAt = PipelineApp.Start.AddDays(1),
                    }
                )
        ).Is(201);
        (await App.With((string)expiring["secret"]!).Get("projects")).Is(200);
        App.Time.Advance(TimeSpan.FromDays(1));
        (await App.With((string)expiring["secret"]!).Get("projects")).IsProblem(401, "unauthenticated");
        (
            await App.As("admin")
                .Post(
                    "api-keys",
                    new
                    {
                        name = "昨日",
                        scopes = new[] { "projects:read" },
                        expiresAt = PipelineApp.Start,
                    }
                )
        ).IsProblem(400, "validation-failed").Codes("expiresAt").ShouldBe(["past"]);
    }

    [Test]
    public async Task Its_last_use_is_known()
    {
        var created = await Create(["projects:read"], "nanhu");
        created.Body!.AsObject().ContainsKey("lastUsedAt").ShouldBeFalse();
        App.Time.Advance(TimeSpan.FromMinutes(7));
        (await App.With((string)created["secret"]!).Get("projects")).Is(200);
        ((DateTimeOffset)(await App.As("admin").Get($"api-keys/{created["id"]}"))["lastUsedAt"]!).ShouldBe(
            PipelineApp.Start.AddMinutes(7)
        );
        (await App.As("auditor").Get($"audit?action=key-used&subjectId={created["id"]}"))
            .Is(200)["items"]
            .AsArray()
            .Count.ShouldBe(1);
    }

    private async Task<Actor> Key(string[] scopes, string? unit) =>
        App.With((string)(await Create(scopes, unit))["secret"]!, unit is null ? null : App.As(unit).UnitId);

    private async Task<Answer> Create(string[] scopes, string? unit) =>
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
}
