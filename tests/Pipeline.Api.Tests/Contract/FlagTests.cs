using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Http;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>Flags in a query are true or false, and nothing is done for real because one was spelled otherwise; what only validates answers alike everywhere.</summary>
public sealed class FlagTests(string engine) : OnEachEngine(engine)
{
    private static readonly string[] Neither = ["", "True", "TRUE", "False", "1", "0", "yes", "on", "true ", "null"];

    [Test]
    public async Task Every_boolean_parameter_of_every_operation_takes_true_and_false_and_nothing_else()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        var bodies = await SampleBodies.Of(App, city, operations);
        var before = new Tally(App).Take();
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (operation, flag) in await Flags(operations))
        {
            var (id, of) = Through(city, operation);
            foreach (var value in Neither.Take(operation.Reads ? 4 : Neither.Length))
            {
                asked++;
                var answer = await Ask(of(App), operation, id, bodies, $"?{flag}={Uri.EscapeDataString(value)}");
                if (answer.Status != 400 || !answer.Codes(flag).SequenceEqual(["boolean"]))
                    wrong.Add($"{operation} {flag}=\"{value}\": {answer.Status} {answer.Text}");
            }

            var twice = await Ask(of(App), operation, id, bodies, $"?{flag}=true&{flag}=true");
            if (twice.Status != 400 || !twice.Codes(flag).SequenceEqual(["repeated"]))
                wrong.Add($"{operation} {flag} twice: {twice.Status} {twice.Text}");
        }

        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(500);
        Tally.Changes(before, new Tally(App).Take()).ShouldBeEmpty("a refusal has no effect");
    }

    [Test]
    public async Task What_stores_nothing_has_nothing_to_only_validate()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        var bodies = await SampleBodies.Of(App, city, operations);
        foreach (var operation in operations.Where(operation => !operation.Query.Contains("validateOnly")))
        {
            if (!city.Records(operation).Keys.Any(record => IsThrough(operation, record)))
                continue;
            var (id, of) = Through(city, operation);
            if (operation.Id is "refreshToken" or "startSingleSignOn" or "finishSingleSignOn" or "getDemo")
                continue; // they answer for their own reasons before a query is looked at: no cookie, no issuer
            (await Ask(of(App), operation, id, bodies, "?validateOnly=true"))
                .IsProblem(400, "validation-failed")
                .Codes("validateOnly")
                .ShouldBe(["unknown-parameter"], operation.ToString());
        }
    }

    [Test]
    public async Task A_dry_run_answers_in_one_shape_by_every_operation_and_stores_nothing()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        var bodies = await SampleBodies.Of(App, city, operations);
        var tally = new Tally(App);
        var before = tally.Take();
        var wrong = new List<string>();
        var never = new List<string>();
        foreach (var operation in operations.Where(operation => operation.Query.Contains("validateOnly")))
        {
            var valid = 0;
            App.Time.Advance(TimeSpan.FromMinutes(16)); // wrong codes lock a name for a quarter of an hour
            foreach (var (record, id) in city.Records(operation))
            {
                foreach (var (caller, of) in SampleCity.Callers)
                {
                    if (MatrixTests.Expected[(operation.Id, record)][caller] != "through")
                        continue;
                    for (var number = 0; number < 6; number++)
                    {
                        var answer = await Ask(of(App), operation, id, bodies, "?validateOnly=true", number);
                        if (answer.Status is < 400 and not 200)
                            wrong.Add($"{operation}: {answer.Status}");
                        if (answer.Status != 200)
                            continue;
                        valid++;
                        var members = answer.Body!.AsObject().Select(member => member.Key).ToList();
                        if (
                            members.Except(["valid", "matching", "records", "persons", "items"]).Any()
                            || (bool)answer["valid"]! != IsValid(answer)
                            || (caller != "coordinator" && (string)answer["matching"]! != "not-run")
                        )
                            wrong.Add($"{caller} at {operation}: {answer.Text}");
                        if (answer.Headers.Location is not null || answer.Headers.ETag is not null)
                            wrong.Add($"{caller} at {operation} is told where nothing is");
                        break;
                    }
                }
            }

            if (valid == 0)
                never.Add(operation.Id);
        }

        wrong.ShouldBeEmpty();
        Tally.Changes(before, tally.Take()).ShouldBeEmpty();
        never.ShouldBe(
            [.. Alone, .. InASandbox],
            ignoreOrder: true,
            "the sample city has no record that these could be done to: give each a state in NeedingAState"
        );
    }

    /// <summary>Of a batch whether each item would have succeeded; what else answers 200 would have.</summary>
    private static bool IsValid(Answer answer) =>
        answer.Body!["items"]?.AsArray().All(item => (string?)item!["outcome"] == "valid") ?? true;

    [Test]
    public async Task A_dry_run_of_what_needs_a_state_of_its_own_answers_in_the_same_shape()
    {
        var needing = await NeedingAState();
        needing.Select(each => each.Operation).ShouldBe(Alone);
        foreach (var (operation, dryRun) in needing)
        {
            var tally = new Tally(App);
            var before = tally.Take();
            var answer = (await dryRun()).Is(200);
            answer.Body!.AsObject().Select(member => member.Key).ShouldBe(["valid", "matching"], operation);
            ((string)answer["matching"]!).ShouldBe(operation == "resolveClaim" ? "run" : "not-run", operation);
            Tally.Changes(before, tally.Take()).ShouldBeEmpty(operation);
        }
    }

    /// <summary>What only a city with a clock of its own can do: SandboxTests asks it.</summary>
    private static readonly string[] InASandbox = ["moveDemoClock", "resetDemo"];

    /// <summary>What no record of the sample city can be done to.</summary>
    private static readonly string[] Alone =
    [
        "withdrawClaim",
        "returnClaim",
        "resubmitClaim",
        "fileDispute",
        "answerDispute",
        "appealDispute",
        "resumeDisputedClaim",
        "resolveClaim",
        "confirmSecondFactor",
        "confirmUnitKey",
        "cancelImport",
        "decideUpdates",
        "undoImport",
        "undoRecordImport",
        "editRuleSet",
        "editScoreModel",
        "editJurisdiction",
        "extendClaim",
        "confirmReopening",
        "confirmRemoval",
        "issueLeaderBatch",
        "attachTolerancePaper",
        "closeProblem",
        "reopenProblem",
        "overrideProblem",
        "approveTransfer",
        "rejectTransfer",
        "reopenAction",
    ];

    /// <summary>Dry runs that are possible only after something else, in a city of their own.</summary>
    private async Task<IReadOnlyList<(string Operation, Func<Task<Answer>> DryRun)>> NeedingAState()
    {
        var (nanhu, xiuzhou, centre, admin) = (App.As("nanhu"), App.As("xiuzhou"), App.As("centre"), App.As("admin"));
        async Task<Func<Task<Answer>>> Acting(Actor who, string record, string action, object body)
        {
            var etag = (await who.Get(record)).Is(200).ETag!;
            return () => who.Post($"{record}/{action}?validateOnly=true", body, ("If-Match", etag));
        }

        Func<Task<Answer>> Posting(Actor who, string path, object body) =>
            () => who.Post($"{path}?validateOnly=true", body);

        var scored = (await centre.Post("score-models", Given.ScoreModel(nanhu.UnitId))).Is(201);

        // A queue, and a dispute about it at each of its steps.
        var (held, waiting) = (Given.Another(20), Given.Another(21));
        var holder = (await nanhu.Reports(held)).Is(201);
        var queued = (await xiuzhou.Reports(held)).Is(201);
        var disputes = new List<string>();
        foreach (var number in new[] { 22, 23, 24 })
        {
            (await nanhu.Reports(Given.Another(number))).Is(201);
            var second = (await xiuzhou.Reports(Given.Another(number))).Is(201);
            disputes.Add(
                (string)
                    (await xiuzhou.Post($"claims/{second["id"]}/disputes", new { grounds = "我们先到" })).Is(201)["id"]!
            );
        }

        foreach (var answered in disputes.Skip(1))
            (await nanhu.Post($"disputes/{answered}/answer", new { answer = "材料齐全" })).Is(200);
        (await centre.Post($"disputes/{disputes[1]}/decide", new { outcome = "uphold", reason = "经核查" })).Is(200);
        (await centre.Post($"disputes/{disputes[2]}/suspend", new { reason = "核查中" })).Is(200);

        // One that the centre returned.
        (await nanhu.Reports(Given.Another(77))).Is(201);
        var returned = (await xiuzhou.Reports(Given.Another(77))).Is(201);
        (await centre.Act($"claims/{returned["id"]}", "return", new { reason = "材料不全" })).Is(200);

        // A report that the centre has to look at.
        var similar = Given.Another(25);
        (await nanhu.Reports(similar)).Is(201);
        similar["name"] = "完全不同的另一个项目";
        similar["industryCode"] = "6510";
        var review = (await xiuzhou.Reports(similar)).Is(201);
        ((string)review["status"]!).ShouldBe("under-review");

        // A register that says otherwise of what an earlier one brought.
        const string header = "项目名称,投资方,国别,总投资,行业代码,产业链";
        await nanhu.Imports(Registers.Csv(header, "乙厂,乙公司,中国,3亿元,3831,光电"));
        var proposing = await nanhu.Imports(Registers.Csv(header, "乙厂,乙公司,中国,3亿元,3831,光通信"));
        var bringing = await nanhu.Imports(Registers.Csv(header, "丁厂,丁纺织公司,中国,3亿元,1711,纺织"));
        ((int)bringing["rowsAccepted"]!).ShouldBe(1, bringing.Text);
        var sheet = (
            await nanhu.SendsSheet("events", Registers.Csv("类别,活动,开始日期", "路演,秋季路演,2026-05-01"))
        ).Is(201);

        // A second factor that is half set up, an import that nobody takes up, a rule set and a unit to edit, a window to extend.
        var secret = (string)
            (await nanhu.Post("me/second-factor", new { password = PipelineApp.Password })).Is(200)["secret"]!;
        var import = (string)(await nanhu.SendsIn(Registers.Csv("项目名称", "甲厂"))).Is(202)["id"]!;
        await nanhu.AwaitsImport(import);
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(
                connection,
                "UPDATE imports SET status = 'running', finished_at = NULL, lease = 'other', leased_until = @far WHERE id = @import",
                new { import, far = App.Time.GetUtcNow().AddYears(1) }
            )
        );
        var rules = (await admin.Post("rule-sets", new { name = "明年", effectiveFrom = "2027-01-01" })).Is(201);
        var zone = (
            await admin.Post(
                "jurisdictions",
                new
                {
                    code = "flag-zone",
                    name = "园区",
                    kind = "zone",
                }
            )
        ).Is(201);
        (
            await admin.Post(
                "rule-sets",
                new
                {
                    name = "可延期",
                    effectiveFrom = "2026-05-04",
                    extensionsMax = 1,
                }
            )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        var extendable = (await nanhu.Reports(waiting)).Is(201);

        // A transfer that waits for the centre.
        var offered = (await nanhu.Reports(Given.Another(41))).Is(201);
        var transfer = (
            await nanhu.Post(
                "transfers",
                new
                {
                    projectId = (string)offered["projectId"]!,
                    toJurisdictionId = xiuzhou.UnitId,
                    reason = "更适合",
                }
            )
        ).Is(201);
        (await xiuzhou.Act($"transfers/{transfer["id"]}", "accept", new { })).Is(200);

        // Problems that were answered, and one that holds up a move.
        async Task<string> Problem(string? blocks) =>
            (string)
                (
                    await nanhu.Post(
                        $"projects/{offered["projectId"]}/problems",
                        new
                        {
                            title = "用地指标未落实",
                            kind = "land",
                            blocks,
                        }
                    )
                ).Is(201)["id"]!;
        var (answered1, blocking) = (await Problem(null), await Problem("signed"));
        (await centre.Act($"problems/{answered1}", "answer", new { text = "已落实" })).Is(200);

        // A batch of leader links in a month in which none was issued, and a termination that the unit could not help.
        var leader = (await centre.Get("leaders")).Is(200)["items"][0]!["id"]!;
        var batch = (string)
            (
                await centre.Post(
                    "leader-batches",
                    new
                    {
                        links = new[]
                        {
                            new
                            {
                                leaderId = (string)leader!,
                                projectId = (string)holder["projectId"]!,
                                role = "lead",
                            },
                        },
                    }
                )
            ).Is(201)["id"]!;
        var ended = (string)
            (await nanhu.Post("projects", Given.Project("止步小厂", "止步小厂公司", 100_000_000m))).Is(201)["id"]!;
        (
            await nanhu.Submits(
                ended,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                    note = "市场变化",
                }
            )
        ).Is(201);
        // A decision that was carried out.
        var meeting = (
            await centre.Post(
                "meetings",
                new
                {
                    kind = "monthly",
                    heldOn = "2026-05-20",
                    cutOffAt = "2026-05-04T01:00:00Z",
                    chair = "王主任",
                }
            )
        ).Is(201);
        (await centre.Act($"meetings/{meeting["id"]}", "issue", new { })).Is(200);
        var decided = (
            await centre.Act(
                $"meetings/{meeting["id"]}",
                "minutes",
                new
                {
                    decisions = new[]
                    {
                        new
                        {
                            text = "落实用地",
                            ownerId = nanhu.UnitId,
                            dueOn = "2026-05-20",
                        },
                    },
                }
            )
        ).Is(200);
        var action = (string)decided["decisions"][0]!["id"]!;
        (await nanhu.Act($"actions/{action}", "done", new { note = "已落实" })).Is(200);

        // A removal that nobody contested in time.
        var still = (string)(await nanhu.Reports(Given.Another(27))).Is(201)["projectId"]!;
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(
                connection,
                "UPDATE projects SET removal_on = '2026-05-01' WHERE id = @still",
                new { still }
            )
        );
        await App.Services.GetRequiredService<ProposeRemovals>().WhatIsDue();
        var removal = App.Sql(connection =>
            Dapper.SqlMapper.QuerySingle<string>(
                connection,
                "SELECT id FROM removals WHERE project_id = @still",
                new { still }
            )
        );
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(
                connection,
                "UPDATE removals SET contest_until = @past WHERE id = @removal",
                new { removal, past = App.Time.GetUtcNow().AddDays(-1) }
            )
        );

        // A closed month that an administrator wants open again.
        (await centre.Act("periods/2026-03", "close", new { })).Is(200);
        (await admin.Act("periods/2026-03", "reopen", new { reason = "漏记" })).Is(200);

        // A key that somebody other than its maker has to confirm, as in a city that is no demo.
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(connection, "UPDATE users SET demo = 0 WHERE username = 'admin'")
        );
        var key = (
            await admin.Post(
                "api-keys",
                new
                {
                    name = "办事大厅",
                    scopes = new[] { "projects:read" },
                    jurisdictionId = nanhu.UnitId,
                }
            )
        ).Is(201);

        return
        [
            ("withdrawClaim", await Acting(xiuzhou, $"claims/{queued["id"]}", "withdraw", new { reason = "不再跟进" })),
            ("returnClaim", await Acting(centre, $"claims/{queued["id"]}", "return", new { reason = "材料不全" })),
            (
                "resubmitClaim",
                await Acting(xiuzhou, $"claims/{returned["id"]}", "resubmit", new { contacts = Given.Contacts() })
            ),
            ("fileDispute", Posting(xiuzhou, $"claims/{queued["id"]}/disputes", new { grounds = "我们先到" })),
            ("answerDispute", Posting(nanhu, $"disputes/{disputes[0]}/answer", new { answer = "材料齐全" })),
            ("appealDispute", Posting(xiuzhou, $"disputes/{disputes[1]}/appeal", new { grounds = "认定有误" })),
            ("resumeDisputedClaim", Posting(centre, $"disputes/{disputes[2]}/resume", new { reason = "已查明" })),
            (
                "resolveClaim",
                await Acting(
                    centre,
                    $"claims/{review["id"]}",
                    "resolve",
                    new { decision = "distinct", reason = "不同" }
                )
            ),
            (
                "confirmSecondFactor",
                Posting(
                    nanhu,
                    "me/second-factor/confirm",
                    new { code = Features.Access.Totp.Code(secret, Features.Access.Totp.Step(App.Time.GetUtcNow())) }
                )
            ),
            ("confirmUnitKey", await Acting(nanhu, $"unit-keys/{key["id"]}", "confirm", new { })),
            ("cancelImport", Posting(nanhu, $"imports/{import}/cancel", new { })),
            (
                "decideUpdates",
                Posting(
                    nanhu,
                    $"imports/{proposing["id"]}/decisions",
                    new { items = new[] { new { rowNumber = 2, decision = "accept" } } }
                )
            ),
            ("undoImport", Posting(nanhu, $"imports/{bringing["id"]}/undo", new { reason = "传错了" })),
            ("undoRecordImport", Posting(nanhu, $"record-imports/{sheet["id"]}/undo", new { reason = "传错了" })),
            ("editRuleSet", () =>
                admin.Patch($"rule-sets/{rules["id"]}?validateOnly=true", new { name = "改名" }, rules.ETag)
            ),
            ("editScoreModel", () =>
                centre.Patch($"score-models/{scored["id"]}?validateOnly=true", new { name = "改名" }, scored.ETag)
            ),
            ("editJurisdiction", () =>
                admin.Patch($"jurisdictions/{zone["id"]}?validateOnly=true", new { name = "改名" }, zone.ETag)
            ),
            ("extendClaim", await Acting(centre, $"claims/{extendable["id"]}", "extend", new { reason = "谈判中" })),
            ("confirmReopening", await Acting(centre, "periods/2026-03", "confirm", new { })),
            ("confirmRemoval", await Acting(centre, $"removals/{removal}", "confirm", new { reason = "无进展" })),
            ("issueLeaderBatch", await Acting(centre, $"leader-batches/{batch}", "issue", new { })),
            (
                "attachTolerancePaper",
                Posting(
                    nanhu,
                    $"projects/{ended}/fault-tolerance",
                    new
                    {
                        kind = "risk-assessment",
                        datedOn = "2026-05-01",
                        supports = "terminated",
                        files = new[] { await nanhu.Uploads("风险评估.pdf") },
                    }
                )
            ),
            ("closeProblem", await Acting(nanhu, $"problems/{answered1}", "close", new { outcome = "已解决" })),
            ("reopenProblem", await Acting(nanhu, $"problems/{answered1}", "reopen", new { reason = "未解决" })),
            ("overrideProblem", await Acting(centre, $"problems/{blocking}", "override", new { reason = "放行" })),
            ("approveTransfer", await Acting(centre, $"transfers/{transfer["id"]}", "approve", new { })),
            ("rejectTransfer", await Acting(centre, $"transfers/{transfer["id"]}", "reject", new { reason = "不妥" })),
            ("reopenAction", await Acting(centre, $"actions/{action}", "reopen", new { reason = "未落实" })),
        ];
    }

    [Test]
    public async Task The_description_tells_the_flag_and_its_answer_of_every_operation_that_stores()
    {
        var document = (await App.Nobody().Get("/openapi.json")).Is(200).Body!;
        var told = 0;
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var flag = (operation!["parameters"]?.AsArray() ?? []).SingleOrDefault(parameter =>
                    (string)parameter!["name"]! == "validateOnly"
                );
                if (flag is null)
                    continue;
                told++;
                method.ShouldNotBe("get", path);
                ((string)flag["schema"]!["type"]!).ShouldBe("boolean");
                var answers = operation["responses"]!;
                var answer = (answers["200"] ?? answers["2XX"])!["content"]![DryRun.MediaType]!;
                ((string?)answer["schema"]!["$ref"]).ShouldBe("#/components/schemas/DryRun", path);
            }
        }

        told.ShouldBeGreaterThan(50);
    }

    [TestCase("")]
    [TestCase("True")]
    [TestCase("1")]
    public async Task A_dry_run_of_a_register_that_is_spelled_otherwise_in_the_form_imports_nothing(string value)
    {
        (await App.As("nanhu").SendsIn(Registers.Csv("项目名称", "甲厂"), fields: ("dryRun", value)))
            .IsProblem(400, "validation-failed")
            .Codes("dryRun")
            .ShouldBe(["boolean"]);
        (await App.As("nanhu").Get("imports"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_malformed_flag_is_told_after_what_is_not_there_and_before_what_a_rule_refuses()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (
            await App.As("nanhu").Post($"claims/{SampleCity.NoId}/release?validateOnly=1", new { reason = "…" })
        ).IsProblem(404, "not-found");
        (await App.As("nanhu").Post($"claims/{claim["id"]}/release?validateOnly=1", new { reason = "…" })).IsProblem(
            428,
            "precondition-required"
        );
        (
            await App.As("nanhu")
                .Post(
                    "claims?validateOnly=1",
                    new { project = Given.Project(), contacts = Given.Contacts(kind: "call") }
                )
        )
            .IsProblem(400, "validation-failed")
            .Codes("validateOnly")
            .ShouldBe(["boolean"]);
    }

    /// <summary>The parameters that are described as true or false.</summary>
    private async Task<IReadOnlyList<(Operation Operation, string Flag)>> Flags(IReadOnlyList<Operation> operations)
    {
        var document = (await App.Nobody().Get("/openapi.json")).Is(200).Body!;
        return
        [
            .. from operation in operations
            from parameter in document["paths"]![operation.Path]![operation.Method.Method.ToLowerInvariant()]![
                "parameters"
            ]!.AsArray()
            where (string?)parameter!["schema"]?["type"] == "boolean"
            select (operation, (string)parameter!["name"]!),
        ];
    }

    private static bool IsThrough(Operation operation, string record) =>
        MatrixTests.Expected[(operation.Id, record)].ContainsValue("through");

    private static (string Id, Func<PipelineApp, Actor> Of) Through(SampleCity city, Operation operation)
    {
        var (record, id) = city.Records(operation).First(record => IsThrough(operation, record.Key));
        return (
            id,
            SampleCity
                .Callers.First(caller => MatrixTests.Expected[(operation.Id, record)][caller.Name] == "through")
                .Of
        );
    }

    /// <summary>Asks as the description says, with a body that is right.</summary>
    private static async Task<Answer> Ask(
        Actor actor,
        Operation operation,
        string id,
        SampleBodies bodies,
        string query,
        int number = 0
    )
    {
        using var request = new HttpRequestMessage(operation.Method, operation.For(id) + query);
        if (operation.Headers.Contains("If-Match"))
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (operation.TakesFile)
            request.Content = SampleBodies.Form(operation, null, null);
        else if (!operation.Reads)
            request.Content = new StringContent(
                operation.Bodies.Count == 0 ? "{}" : bodies.Json(operation, number).ToJsonString(),
                Encoding.UTF8,
                "application/json"
            );
        using var response = await actor.Asks(request);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        return new Answer(
            (int)response.StatusCode,
            type?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null,
            response.Headers,
            text,
            type
        );
    }
}
