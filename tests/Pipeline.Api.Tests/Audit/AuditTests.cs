using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Access;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Audit;

/// <summary>Everything done is on the record: who, for whom, from where, what before and after, why.</summary>
public sealed class AuditTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task An_edit_is_recorded_field_by_field_with_who_where_and_under_which_request()
    {
        var project = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var edited = (
            await App.As("nanhu")
                .Send(
                    HttpMethod.Patch,
                    $"projects/{project["id"]}",
                    new { name = "新名称产业园", totalInvestment = new { amount = 6_000_000m, currency = "CNY" } },
                    ("If-Match", project.ETag!),
                    ("User-Agent", "Browser/1.0")
                )
        ).Is(200);
        var entry = (await Entries($"action=edited&projectId={project["id"]}")).Single();
        ((string)entry["actor"]!["kind"]!).ShouldBe("person");
        ((string)entry["actor"]!["role"]!).ShouldBe("officer");
        ((string)entry["actor"]!["onBehalfOf"]!).ShouldBe("南湖区");
        ((string)entry["outcome"]!).ShouldBe("done");
        ((string)entry["client"]!).ShouldBe("Browser/1.0");
        ((string)entry["request"]!).ShouldBe($"PATCH /api/v1/projects/{project["id"]}");
        ((string)entry["requestId"]!).ShouldBe(edited.Headers.GetValues("X-Request-Id").Single());
        ((string)entry["project"]!["name"]!).ShouldBe("新名称产业园");
        entry["changes"]!
            .AsArray()
            .ToDictionary(
                change => (string)change!["field"]!,
                change => (change!["before"]!.ToString(), change["after"]!.ToString())
            )
            .ShouldBe(
                new Dictionary<string, (string, string)>
                {
                    ["name"] = ("氢能装备制造基地项目", "新名称产业园"),
                    ["totalInvestment.amount"] = ("5000000", "6000000"),
                },
                ignoreOrder: true
            );
    }

    [Test]
    public async Task Every_write_leaves_an_entry_and_no_refusal_leaves_any_as_done()
    {
        var nanhu = App.As("nanhu");
        var claim = await Recorded(() => nanhu.Reports(Given.Project()), "reported", "claim-activated");
        var projectId = (string)claim["projectId"]!;
        await Recorded(
            () =>
                nanhu.Post(
                    $"projects/{projectId}/progress",
                    new
                    {
                        occurredOn = "2026-05-04",
                        kind = "visit",
                        note = "考察",
                    }
                ),
            "progress"
        );
        await Recorded(
            async () =>
            {
                await nanhu.Uploads();
                return (await nanhu.Get("me")).Is(200);
            },
            "upload-file"
        );
        var move = await Recorded(() => nanhu.Submits(projectId, Given.Signing("2026-05-04")), "move-submitted");
        await Recorded(
            () => App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "缺盖章页" }),
            "move-returned"
        );
        await Recorded(
            () => nanhu.Act($"claims/{claim["id"]}", "release", new { reason = "企业放弃" }),
            "claim-released"
        );
        var unit = await Recorded(
            () =>
                App.As("admin")
                    .Post(
                        "jurisdictions",
                        new
                        {
                            code = "newzone",
                            name = "新区",
                            kind = "zone",
                            reports = false,
                        }
                    ),
            "jurisdiction-created"
        );
        await Recorded(
            () => App.As("admin").Act($"users/{App.SpareSession("haining").User}", "set-up-link", new { }),
            "set-up-link-issued"
        );
        await Recorded(() => nanhu.SendsIn(Registers.Csv("项目名称,投资方", "甲园,乙公司")), "import-register");

        var before = await Newest();
        (await nanhu.Reports(Given.Another(3), Given.Contacts(kind: "call"))).Is(422);
        (
            await nanhu.Post(
                "claims?validateOnly=true",
                new { project = Given.Another(3), contacts = Given.Contacts() }
            )
        ).Is(200);
        (
            await App.As("admin")
                .Post(
                    "jurisdictions",
                    new
                    {
                        code = "newzone",
                        name = "新区",
                        kind = "zone",
                    }
                )
        ).Is(409);
        (await Since(before)).Where(entry => (string)entry["outcome"]! == "done").ShouldBeEmpty();
    }

    [Test]
    public async Task Reasons_and_the_rule_of_the_window_are_on_the_record()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await App.As("centre").Act($"claims/{claim["id"]}", "revoke", new { reason = "材料不实" })).Is(200);
        var entry = (await Entries("action=claim-revoked")).Single();
        ((string)entry["reason"]!).ShouldBe("材料不实");
        ((string)entry["actor"]!["name"]!).ShouldBe("市投促中心 王敏");
        ((string)entry["ruleSetId"]!).ShouldBe((string)(await App.As("centre").Get("rule-sets/current"))["id"]!);
    }

    [Test]
    public async Task What_happens_by_the_rules_alone_is_the_systems_doing()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        App.Time.Advance(TimeSpan.FromDays(40));
        (await App.As("nanhu").Get("projects")).Is(200);
        var expired = (await Entries("action=claim-expired")).Single();
        ((string)expired["actor"]!["kind"]!).ShouldBe("system");
        expired["changes"]!
            .AsArray()
            .ShouldContain(change =>
                (string)change!["field"]! == "claimId" && (string)change["after"]! == (string)claim["id"]!
            );
        (await Entries("action=claim-activated&actorKind=system")).Count.ShouldBe(1);
    }

    [Test]
    public async Task Denials_are_recorded_alike_whether_the_record_exists_or_not()
    {
        var hidden = (string)(await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201)["id"]!;
        (await App.As("xiuzhou").Get($"projects/{hidden}")).Is(404);
        (await App.As("xiuzhou").Get("projects/0123456789abcdef0123456789abcdef")).Is(404);
        (await App.As("leader").Post("projects", Given.Project(amount: 5_000_000m))).Is(403);
        var denied = await Entries("outcome=denied");
        denied
            .Select(entry =>
                (
                    (string)entry["action"]!,
                    (string?)entry["subject"]?["id"],
                    (string)entry["actor"]!["onBehalfOf"]! ?? ""
                )
            )
            .ShouldBe([
                ("register-project", null, ""),
                ("get-project", "0123456789abcdef0123456789abcdef", "秀洲区"),
                ("get-project", hidden, "秀洲区"),
            ]);
        denied.ShouldAllBe(entry => entry["project"] == null);
    }

    [Test]
    public async Task Signing_in_failing_to_and_signing_out_are_recorded_without_what_was_typed()
    {
        var browser = App.Nobody();
        (await browser.Post("auth/token", new { username = "nanhu", password = "hunter2 hunter2" })).Is(401);
        (await browser.Post("auth/token", new { username = "my secret password", password = "x" })).Is(401);
        (await browser.Post("auth/token", new { username = "nanhu", password = PipelineApp.Password })).Is(200);
        (await browser.Post("auth/logout")).Is(204);
        var entries = await Entries("limit=50");
        entries
            .Select(entry => ((string)entry["action"]!, (string)entry["outcome"]!, (string?)entry["reason"]))
            .Where(entry => entry.Item1 is "sign-in" or "sign-out")
            .ShouldBe([
                ("sign-out", "done", null),
                ("sign-in", "done", "password"),
                ("sign-in", "failed", "invalid-credentials"),
                ("sign-in", "failed", "invalid-credentials"),
            ]);
        foreach (var typed in new[] { "hunter2", "my secret password", PipelineApp.Password })
            (await App.As("auditor").Get("audit?limit=200")).Text.ShouldNotContain(typed);
    }

    [Test]
    public async Task Every_sensitive_read_is_recorded_each_time()
    {
        var project = Given.Project("氢能二号基地", amount: 5_000_000m, secret: true);
        project["contacts"] = new[] { new { name = "张三", phone = "13900000000" } };
        var id = (string)(await App.As("nanhu").Post("projects", project)).Is(201)["id"]!;
        var before = await Newest();
        (await App.As("nanhu").Get($"projects/{id}")).Is(200);
        (await App.As("centre").Get($"projects/{id}")).Is(200);
        (await App.As("centre").Get("projects")).Is(200);
        (await App.As("centre").Get("lists/in-talks")).Is(200);
        (await App.As("centre").Get($"projects/{id}/matches")).Is(200);
        (await App.As("centre").Get($"projects/{id}/timeline")).Is(200);
        using (
            var export = await App.As("centre")
                .Asks(new HttpRequestMessage(HttpMethod.Get, "/api/v1/exports/projects.csv?q=%E6%B0%A2%E8%83%BD"))
        )
            await export.Content.ReadAsByteArrayAsync();
        var file = (string)
            (
                await App.As("nanhu")
                    .Post(
                        $"projects/{id}/files",
                        new MultipartFormDataContent
                        {
                            { new ByteArrayContent("%PDF-1.4"u8.ToArray()), "file", "a.pdf" },
                        }
                    )
            ).Is(201)["id"]!;
        await App.As("centre").Downloads($"files/{file}");
        var read = (await Since(before))
            .Where(entry => (string)entry["outcome"]! == "read" && (string)entry["action"]! != "read-audit")
            .Select(entry => (string)entry["action"]!)
            .Reverse();
        read.ShouldBe([
            "read-secret-project",
            "read-contacts", // nanhu
            "read-secret-project",
            "read-contacts", // the centre
            "read-secret-project", // the list
            "read-secret-project", // the four lists
            "read-secret-project",
            "read-candidates",
            "read-secret-project", // the timeline
            "export-projects",
            "read-secret-project",
            "read-file",
        ]);
    }

    [Test]
    public async Task No_entry_holds_contacts_passwords_or_secrets()
    {
        var project = Given.Project(amount: 5_000_000m);
        project["contacts"] = new[]
        {
            new
            {
                name = "赵六六",
                phone = "13911112222",
                email = "zhao@example.cn",
            },
        };
        project["referrer"] = "钱七七";
        var created = (await App.As("nanhu").Post("projects", project)).Is(201);
        (
            await App.As("nanhu")
                .Patch(
                    $"projects/{created["id"]}",
                    new { contacts = new[] { new { name = "孙八八", phone = "13933334444" } }, referrer = "周九九" },
                    created.ETag
                )
        ).Is(200);
        (await Entries("action=contacts-edited")).Count.ShouldBe(1);
        var secret = (string)
            (await App.As("nanhu").Post("me/second-factor", new { password = PipelineApp.Password })).Is(200)[
                "secret"
            ]!;
        var codes = (
            await App.As("nanhu")
                .Post("me/second-factor/confirm", new { code = Totp.Code(secret, Totp.Step(App.Time.GetUtcNow())) })
        )
            .Is(200)["recoveryCodes"]
            .AsArray();
        var stored = string.Join(
            '\n',
            App.Sql(connection => connection.Query("SELECT * FROM audit"))
                .Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values))
        );
        foreach (
            var word in new[]
            {
                "赵六六",
                "13911112222",
                "zhao@",
                "钱七七",
                "孙八八",
                "13933334444",
                "周九九",
                secret,
                (string)codes[0]!,
                PipelineApp.Password,
            }
        )
            stored.ShouldNotContain(word);
    }

    [Test]
    public async Task It_is_searched_by_who_what_when_and_paged()
    {
        foreach (var number in Enumerable.Range(1, 5))
            (
                await App.As("nanhu")
                    .Post("projects", Given.Another(number, 1_000_000m - (number * 700_000_000m) + 5_000_000m))
            ).Is(201);
        App.Time.Advance(TimeSpan.FromHours(1));
        (await App.As("xiuzhou").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var nanhu = (string)(await App.As("nanhu").Get("me"))["user"]["id"]!;
        (await Entries($"actorId={nanhu}&action=registered")).Count.ShouldBe(5);
        (await Entries("action=registered&from=2026-05-04T01:30:00Z")).Count.ShouldBe(1);
        (await Entries("action=registered&to=2026-05-04T01:30:00Z")).Count.ShouldBe(5);
        var first = (await App.As("auditor").Get("audit?action=registered&limit=4")).Is(200);
        var second = (
            await App.As("auditor")
                .Get($"audit?action=registered&limit=4&cursor={Uri.EscapeDataString((string)first["nextCursor"]!)}")
        ).Is(200);
        first["items"]
            .AsArray()
            .Concat(second["items"].AsArray())
            .Select(entry => entry!["seq"]!.GetValue<long>())
            .ShouldBeInOrder(SortDirection.Descending);
        second["items"].AsArray().Count.ShouldBe(2);
    }

    [Test]
    public async Task The_administrator_sees_what_concerns_accounts_and_nothing_of_projects()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await App.As("xiuzhou").Get("projects/0123456789abcdef0123456789abcdef")).Is(404);
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = "new",
                        displayName = "新同事",
                        role = "leader",
                    }
                )
        ).Is(201);
        var seen = (await App.As("admin").Get("audit?limit=200")).Is(200)["items"].AsArray();
        seen.Select(entry => (string)entry!["action"]!).ShouldContain("user-created");
        seen.ShouldAllBe(entry => entry!["project"] == null && (string?)entry["subject"]!["kind"] != "project");
    }

    [Test]
    public async Task The_trail_is_exported_as_it_is_filtered_with_what_was_changed_and_its_seals()
    {
        var project = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        (await App.As("nanhu").Patch($"projects/{project["id"]}", new { chain = "氢能" }, project.ETag)).Is(200);
        var listed = await Entries($"projectId={project["id"]}&outcome=done");
        listed.Count.ShouldBe(2);

        var lines = Encoding
            .UTF8.GetString(
                await App.As("auditor")
                    .Downloads($"exports/audit.csv?projectId={project["id"]}&outcome=done&headers=keys")
            )
            .TrimStart('\uFEFF')
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("seq,at,actor,actorKind,actorRole,onBehalfOf,action,outcome,");
        lines.Length.ShouldBe(3, "the heading, and what the list tells, newest first");
        lines[1].ShouldStartWith($"{listed[0]["seq"]},");
        lines[1].ShouldContain(",edited,done,");
        lines[1].ShouldContain("chain:  → 氢能");
        lines[1].ShouldEndWith($"{listed[0]["hash"]},{listed[0]["previousHash"]}");
        lines[2].ShouldStartWith($"{listed[1]["seq"]},");

        // In words, for people; and that it was taken is on the trail itself.
        Encoding
            .UTF8.GetString(await App.As("auditor").Downloads($"exports/audit.csv?projectId={project["id"]}"))
            .ShouldContain("序号,时间,操作人");
        (await App.As("auditor").Downloads("exports/audit.xlsx?outcome=done")).Length.ShouldBeGreaterThan(2_000);
        (await Entries("action=export-audit&limit=10")).Count.ShouldBe(3);
    }

    [Test]
    public async Task An_export_of_the_trail_tells_the_administrator_nothing_of_projects()
    {
        (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var told = Encoding.UTF8.GetString(await App.As("admin").Downloads("exports/audit.csv"));
        told.ShouldNotContain("氢能装备制造基地项目");
        told.ShouldNotContain("registered");
        (await App.As("nanhu").Get("exports/audit.csv")).IsProblem(403, "forbidden");
        (await App.As("auditor").Get("exports/audit.csv?outcome=perhaps")).IsProblem(400, "validation-failed");
    }

    private async Task<Answer> Recorded(Func<Task<Answer>> work, params string[] actions)
    {
        var before = await Newest();
        var answer = await work();
        answer.Status.ShouldBeInRange(200, 299, answer.Text);
        (await Since(before))
            .Where(entry => (string)entry["outcome"]! == "done")
            .Select(entry => (string)entry["action"]!)
            .Reverse()
            .ShouldBe(actions);
        return answer;
    }

    private async Task<long> Newest() => (await Entries("limit=1")).FirstOrDefault()?["seq"]!.GetValue<long>() ?? 0;

    private async Task<List<JsonNode>> Since(long seq) =>
        [.. (await Entries("limit=200")).Where(entry => entry["seq"]!.GetValue<long>() > seq)];

    private async Task<List<JsonNode>> Entries(string query) =>
        [.. (await App.As("auditor").Get($"audit?{query}")).Is(200)["items"].AsArray().Select(entry => entry!)];
}
