using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Access;
using Pipeline.Api.Tests.Imports;

namespace Pipeline.Api.Tests.Support;

/// <summary>A request of a unit as it was made, and what was answered.</summary>
public sealed record Step(
    string Operation,
    HttpMethod Method,
    string Path,
    Func<HttpContent?> Content,
    IReadOnlyList<(string Name, string Value)> Headers,
    Answer Answer
)
{
    /// <summary>The very same request once more.</summary>
    public Task<Answer> Again(Actor actor) => actor.Send(Method, Path, Content(), [.. Headers]);
}

/// <summary>What xiuzhou does in a day, by an officer or by a machine with the unit's key: everything that a unit may do, each with success, in a city in which nanhu holds two projects that xiuzhou waits for.</summary>
public sealed partial class UnitsDay(PipelineApp app, string unit = "xiuzhou", string? key = null)
{
    /// <summary>What others may hold in secret, and the unit registers, edits and imports by chance.</summary>
    public static readonly IReadOnlyList<(string Name, string Investor, string Industry)> Rumours =
    [
        ("氢能装备制造基地", "上海远景氢动力装备有限公司", "3411"),
        ("卫星总装工厂", "北京天梯卫星技术有限公司", "3742"),
        ("疫苗中试线", "杭州百令疫苗有限公司", "2760"),
        ("电池超级工厂", "宁波极光电池有限公司", "3841"),
        ("光缆产业园", "永和光缆有限公司", "3832"),
    ];

    private const string Header =
        "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,首报日期,签约日期,接洽方式,接洽日期,接洽说明";

    /// <summary>A month that is closed before the day begins.</summary>
    private const string Closed = "2026-03";

    private readonly Actor actor = key is null ? app.As(unit) : app.With(key, app.As(unit).UnitId);
    private readonly List<Step> steps = [];
    private HashSet<string> allowed = [];

    /// <summary>What was done, in this order.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>What happens before each step, by its number.</summary>
    public Func<int, Task> Meanwhile { get; init; } = _ => Task.CompletedTask;

    public Actor Actor => actor;

    /// <summary>The ids the unit has come to know, by what a path names by them.</summary>
    public Dictionary<string, List<string>> Known { get; } = [];

    /// <summary>The operations that a caller may call in some situation at all, whatever record they name.</summary>
    public static async Task<HashSet<string>> Allowed(PipelineApp app, bool machine) =>
        [
            .. (await app.As("auditor").Get("permissions"))
                .Is(200)["items"]
                .AsArray()
                .Where(act =>
                    machine
                        ? act!["scopes"]!.AsArray().Any(scope => TwinCity.Scopes.Contains((string)scope!["scope"]!))
                        : act!["roles"]!.AsArray().Any(role => (string)role!["role"]! == "officer")
                )
                .SelectMany(act => act!["operations"]!.AsArray())
                .Select(operation => (string)operation!["name"]!),
        ];

    /// <summary>The base of the city: nanhu holds what the unit will wait for, and the unit has been told something.</summary>
    public static async Task Begin(PipelineApp app)
    {
        foreach (var number in new[] { 0, 1, 2 })
            (await app.As("nanhu").Reports(Given.Another(number))).Is(201);
        await SampleCity.PublishScoreModel(app, "nanhu", "xiuzhou");
        app.AddNotice("xiuzhou");
        (await app.As("centre").Post($"periods/{Closed}/close", new { }, ("If-Match", "*"))).Is(200);
        var bulletin = (
            await app.As("centre")
                .Post(
                    "bulletins",
                    new
                    {
                        period = Closed,
                        kind = "monthly",
                        template = "full",
                    }
                )
        ).Is(201);
        (await app.As("centre2").Act($"bulletins/{bulletin["id"]}", "issue", new { })).Is(200);
    }

    public async Task Run()
    {
        allowed = await Allowed(app, key is not null);
        var number = key is null ? 3 : 8;
        if (allowed.Contains("listNotices"))
            Learn(
                "notices",
                (await actor.Get("notices")).Is(200)["items"].AsArray().Select(notice => (string)notice!["id"]!)
            );
        await Projects();
        await Reports(number);
        await Transfers(number);
        await Signings(number);
        await Problems();
        await Team();
        await Resources();
        await StandStill();
        await Meetings();
        await Capital();
        await Imports();
        await Disputes(number);
        await Libraries();
        await FundsAndReferrers();
        await Own();
        await Webhooks();
    }

    /// <summary>The unit enters something in each library, for the city and for itself, changes it, verifies it and retires it.</summary>
    private async Task Libraries()
    {
        foreach (var sample in SampleLibraries.All)
        {
            var (one, kind) = (sample.One, sample.Kind);
            foreach (var visibility in new[] { "city", "unit" })
            {
                var body = SampleLibraries.Body(
                    sample,
                    $"{Rumours[visibility == "city" ? 0 : 1].Investor}",
                    visibility
                );
                var made = await Do($"create{one}", HttpMethod.Post, kind, body, 201);
                var entry = $"{kind}/{made["id"]}";
                Learn(kind, [(string)made["id"]!]);
                await Edit(entry, new { note = "已走访" }, $"edit{one}");
                if (allowed.Contains($"verify{one}"))
                    await Act($"verify{one}", entry, "verify", new { });
                if (visibility == "unit")
                    await Act($"retire{one}", entry, "retire", new { reason = "已注销" });
            }

            await Do(
                $"push{sample.Many}",
                HttpMethod.Post,
                $"{kind}/batch",
                new
                {
                    items = new[]
                    {
                        new
                        {
                            key = "1",
                            op = "create",
                            externalRef = new { system = "crm", id = kind },
                            body = new { name = Rumours[2].Investor, tags = new[] { "早期" } },
                        },
                    },
                },
                207
            );
        }
    }

    /// <summary>The unit submits what its fund has invested, visits a foreign enterprise of its own, and names who brought a project of its own.</summary>
    private async Task FundsAndReferrers()
    {
        await Do(
            "recordForeignEnterpriseVisit",
            HttpMethod.Post,
            $"foreign-enterprise-lists/new/{Known["foreign-enterprises"][0]}/visits",
            new { visitedOn = "2026-05-04", note = "走访" },
            201
        );
        Learn("foreign-enterprise-lists", [$"new/{Known["foreign-enterprises"][0]}"]);
        if (!allowed.Contains("nameReferrer"))
            return;
        await Do(
            "submitFundInvestment",
            HttpMethod.Post,
            $"funds/{Known["funds"][0]}/investments",
            new
            {
                company = "微澜传感科技有限公司",
                investedIn = "local",
                investedOn = "2026-04-01",
                amount = new { amount = 1_000_000, currency = "CNY" },
                evidence = "投资协议",
            },
            201
        );
        var project = Known["projects"][2];
        await Do(
            "nameReferrer",
            HttpMethod.Post,
            $"projects/{project}/referrer",
            new
            {
                name = "孙先生",
                kind = "person",
                declared = true,
            },
            201
        );
        var file = await Upload("uploadFile", "files");
        await Act("confirmReferrer", $"projects/{project}/referrer", "confirm", new { fileId = file });
    }

    /// <summary>One receiver for both cities: its address must not tell them apart.</summary>
    private static readonly Lazy<Task<WebhookReceiver>> Receiver = new(WebhookReceiver.Start);

    /// <summary>The machine has changes sent to an address.</summary>
    private async Task Webhooks()
    {
        if (!allowed.Contains("createWebhook"))
            return;
        var body = new { url = (await Receiver.Value).Url, types = new[] { "project.*", "claim.*" } };
        var id = (string)(await Do("createWebhook", HttpMethod.Post, "webhooks", body, 201))["id"]!;
        Learn("webhooks", [id]);
        await Edit($"webhooks/{id}", new { description = "业务系统" }, "editWebhook");
        await Act("rotateWebhookSecret", $"webhooks/{id}", "rotate-secret", new { overlap = "P1D" });
        await Act("testWebhook", $"webhooks/{id}", "test", new { });
        await Act("enableWebhook", $"webhooks/{id}", "enable", new { });
        await Do(
            "replayWebhook",
            HttpMethod.Post,
            $"webhooks/{id}/replay",
            new { since = "2026-05-04T00:00:00Z" },
            200
        );
        await app.Services.GetRequiredService<Features.Webhooks.DeliverWebhooks>().Run();
        var sent = (await actor.Get($"webhooks/{id}/deliveries?status=delivered")).Is(200)["items"].AsArray();
        Learn("webhooks/deliveries", [$"{id}/{sent[0]!["id"]}"]);
        await Do(
            "redeliverWebhookDelivery",
            HttpMethod.Post,
            $"webhooks/{id}/deliveries/{sent[0]!["id"]}/redeliver",
            null,
            200
        );
        var second = (string)(await Do("createWebhook", HttpMethod.Post, "webhooks", body, 201))["id"]!;
        await Do(
            "deleteWebhook",
            HttpMethod.Delete,
            $"webhooks/{second}",
            null,
            204,
            ("If-Match", (await actor.Get($"webhooks/{second}")).Is(200).ETag!)
        );
    }

    private async Task Projects()
    {
        await Do(
            "parseRow",
            HttpMethod.Post,
            "imports/parse",
            new { text = "项目名称\t投资方\t总投资\n甲园\t乙公司\t3亿元" }
        );
        Learn("indicators", ["projects-signed"]);
        if (allowed.Contains("getPeriod"))
        {
            Learn("periods", [Closed]);
            Learn("snapshots", [(string)(await actor.Get($"periods/{Closed}")).Is(200)["snapshotId"]!]);
        }

        if (allowed.Contains("getBulletin"))
            Learn("bulletins", [(string)(await actor.Get("bulletins")).Is(200)["items"][0]!["id"]!]);
        Learn("targets", [$"2026/{actor.UnitId}/projects-signed"]);
        Learn(
            "score-models",
            (await actor.Get("score-models")).Is(200)["items"].AsArray().Select(model => (string)model!["id"]!)
        );
        Learn("scores", [actor.UnitId]);
        var rumour = 0;
        var projects = new List<string>();
        foreach (var (name, investor, industry) in Rumours)
        {
            var body = Given.Project(name, investor, 300_000_000m + rumour, industry: industry);
            body["contacts"] = new[] { new { name = "王经理", phone = "0573-1" } };
            projects.Add(await Make("registerProject", "projects", body));
            rumour++;
        }

        await Do(
            "pushProjects",
            HttpMethod.Post,
            "projects/batch",
            new
            {
                items = Rumours.Select(
                    (each, number) =>
                        new
                        {
                            key = $"{number}",
                            op = "create",
                            externalRef = new { system = "crm", id = $"{number}" },
                            body = Given.Project(each.Item1, each.Item2, 280_000_000m + number, industry: each.Item3),
                        }
                ),
            },
            207
        );
        var first = projects[0];
        foreach (var (name, investor, _) in Rumours.Skip(1))
            await Edit($"projects/{first}", new { name, investors = new[] { Given.Investor(investor) } });
        var file = await Upload("uploadFile", "files");
        await Do(
            "recordProgress",
            HttpMethod.Post,
            $"projects/{first}/progress",
            new
            {
                occurredOn = "2026-05-04",
                kind = "visit",
                note = "走访",
                files = new[] { file },
            }
        );
        await Upload("addProjectFile", $"projects/{first}/files");
        var agreement = new
        {
            to = "signed",
            occurredOn = "2026-05-04",
            evidence = new
            {
                agreementKind = "framework",
                parties = "甲、乙",
                agreedAmount = new { amount = 300_000_000, currency = "CNY" },
            },
        };
        await Move(first, agreement);
        var move = await Move(first, Given.Signing("2026-05-04", 300_000_000m));
        await Do("withdrawMove", HttpMethod.Post, $"moves/{move}/withdraw", null);
        await Move(first, Given.Signing("2026-05-04", 300_000_000m));
        await Move(
            projects[1],
            new
            {
                to = "terminated",
                occurredOn = "2026-05-04",
                reasonCode = "market",
                note = "暂缓",
            }
        );
        if (allowed.Contains("attachTolerancePaper"))
            await Do(
                "attachTolerancePaper",
                HttpMethod.Post,
                $"projects/{projects[1]}/fault-tolerance",
                new
                {
                    kind = "risk-assessment",
                    datedOn = "2026-04-01",
                    supports = "terminated",
                    note = "情况说明",
                    files = new[] { await Upload("uploadFile", "files") },
                }
            );
    }

    private async Task Reports(int number)
    {
        // Active, since nobody else knows of it; released again.
        var claim = await Report(number);
        await Act("releaseClaim", $"claims/{claim}", "release", new { reason = "企业放弃" });

        // Queued behind nanhu; returned by the centre and completed; withdrawn.
        claim = await Report(0);
        (await app.As("centre").Act($"claims/{claim}", "return", new { reason = "材料不全" })).Is(200);
        await Act("resubmitClaim", $"claims/{claim}", "resubmit", new { contacts = Given.Contacts() });
        await Act("withdrawClaim", $"claims/{claim}", "withdraw", new { reason = "不再跟进" });

        // Held to the end.
        await Report(number + 1);
    }

    /// <summary>The unit offers its own and takes it back; is offered others' and declines one, and gets the other.</summary>
    private async Task Transfers(int number)
    {
        if (!allowed.Contains("proposeTransfer"))
            return;
        var (jiashan, centre) = (app.As("jiashan"), app.As("centre"));
        var own = Known["projects"][2];
        var offer = new
        {
            projectId = own,
            toJurisdictionId = jiashan.UnitId,
            reason = "更适合",
        };
        var cancelled = await Make("proposeTransfer", "transfers", offer);
        await Act("cancelTransfer", $"transfers/{cancelled}", "cancel", new { });
        var blind = await Make("offerProject", "market-offers", new { projectId = own });
        await Act("withdrawMarketOffer", $"market-offers/{blind}", "withdraw", new { });
        await Make("offerProject", "market-offers", new { projectId = own });
        foreach (
            var (at, operation, step) in new[] { (0, "declineTransfer", "decline"), (1, "acceptTransfer", "accept") }
        )
        {
            var theirs = (await jiashan.Reports(Given.Another(number + 30 + at))).Is(201);
            var offered = (
                await jiashan.Post(
                    "transfers",
                    new
                    {
                        projectId = (string)theirs["projectId"]!,
                        toJurisdictionId = actor.UnitId,
                        reason = "用地不足",
                    }
                )
            ).Is(201);
            Learn("transfers", [(string)offered["id"]!]);
            await Act(operation, $"transfers/{offered["id"]}", step, new { reason = "情况变化" });
            if (step == "accept")
                (await centre.Act($"transfers/{offered["id"]}", "approve", new { })).Is(200);
        }
    }

    /// <summary>One of the unit's projects stands still for so long that its removal is proposed.</summary>
    private async Task StandStill()
    {
        var project = Known["projects"][2];
        app.Sql(connection =>
            connection.Execute("UPDATE projects SET removal_on = '2026-05-01' WHERE id = @project", new { project })
        );
        await app.Services.GetRequiredService<ProposeRemovals>().WhatIsDue();
        Learn(
            "removals",
            (await actor.Get($"removals?projectId={project}"))
                .Is(200)["items"]
                .AsArray()
                .Select(removal => (string)removal!["id"]!)
        );
    }

    /// <summary>The unit raises a problem; the centre answers, and it is contested, answered again and closed.</summary>
    private async Task Problems()
    {
        var centre = app.As("centre");
        var problem = await Make(
            "raiseProblem",
            $"projects/{Known["projects"][2]}/problems",
            new { title = "用地指标未落实", kind = "land" }
        );
        if (!allowed.Contains("closeProblem"))
            return;
        foreach (var (operation, step) in new[] { ("reopenProblem", "reopen"), ("closeProblem", "close") })
        {
            (await centre.Act($"problems/{problem}", "answer", new { text = "已办理" })).Is(200);
            await Act(
                operation,
                $"problems/{problem}",
                step,
                step == "close" ? new { outcome = "已解决" } : new { reason = "未解决" }
            );
        }
    }

    /// <summary>The unit names two people on its project's team; one leaves. A machine reads whom an officer has named.</summary>
    private async Task Team()
    {
        var path = $"projects/{Known["projects"][2]}/team";
        var lead = new { name = "王专员", role = "lead" };
        if (!allowed.Contains("addTeamMember"))
        {
            Learn("team-members", [(string)(await app.As(unit).Post(path, lead)).Is(201)["id"]!]);
            return;
        }

        await Put(
            "putPostedPeople",
            $"jurisdictions/{actor.UnitId}/posted-people",
            new { officers = new[] { new { name = "王专员", from = "2024-01-01" } } }
        );
        await Put(
            "putElements",
            $"projects/{Known["projects"][2]}/elements",
            new
            {
                grants = new[]
                {
                    new
                    {
                        kind = "land",
                        amount = 1000,
                        grantedOn = "2026-05-04",
                        paper = "合同",
                    },
                },
            }
        );
        await Make("addTeamMember", path, lead);
        var second = await Make("addTeamMember", path, new { name = "李律师", role = "specialist" });
        await Act("endTeamMember", $"team-members/{second}", "end", new { reason = "调离" });
    }

    /// <summary>A meeting is about one of the unit's projects and decides something that the unit does.</summary>
    private async Task Meetings()
    {
        if (!allowed.Contains("completeAction"))
            return;
        var centre = app.As("centre");
        var project = Known["projects"][2];
        var meeting = (
            await centre.Post(
                "meetings",
                new
                {
                    kind = "fortnightly",
                    heldOn = "2026-05-04",
                    cutOffAt = "2026-05-04T01:00:00Z",
                    chair = "王主任",
                }
            )
        ).Is(201);
        var record = $"meetings/{meeting["id"]}";
        (
            await centre.Send(
                HttpMethod.Put,
                $"{record}/agenda/items/{project}",
                new
                {
                    title = "用地指标",
                    projectId = project,
                    reason = "单位提出",
                },
                ("If-Match", "*")
            )
        ).Is(200);
        (await centre.Act(record, "issue", new { })).Is(200);
        object Decision(string text) =>
            new
            {
                projectId = project,
                text,
                ownerId = actor.UnitId,
                dueOn = "2026-05-29",
            };
        var minuted = (
            await centre.Act(
                record,
                "minutes",
                new { decisions = new[] { Decision("落实用地"), Decision("签订协议") } }
            )
        ).Is(200);
        Learn("meetings", [(string)meeting["id"]!]);
        Learn("actions", minuted["decisions"].AsArray().Select(action => (string)action!["id"]!));
        await Act("completeAction", $"actions/{Known["actions"][0]}", "done", new { note = "已落实" });
    }

    private async Task Capital()
    {
        var project = Known["projects"][3];
        var move = await Move(project, Given.Signing("2026-05-04", 300_000_000m));
        (await app.As("centre").Post($"moves/{move}/verify")).Is(200);
        var voucher = await Upload("uploadFile", "files");
        await Make(
            "submitCapital",
            $"projects/{project}/capital",
            new
            {
                occurredOn = "2026-05-04",
                amount = new { amount = 1_000_000, currency = "CNY" },
                kind = "domestic-cash",
                voucherKind = "bank-slip",
                voucherNo = "2026-001",
                files = new[] { voucher },
            }
        );
        await Do(
            "pushCapital",
            HttpMethod.Post,
            "capital/batch",
            new
            {
                items = new[]
                {
                    new
                    {
                        key = "1",
                        op = "create",
                        body = new
                        {
                            projectId = project,
                            occurredOn = "2026-05-04",
                            amount = new { amount = 2_000_000, currency = "CNY" },
                            kind = "domestic-cash",
                            voucherKind = "bank-slip",
                            voucherNo = "2026-002",
                            files = new[] { voucher },
                        },
                    },
                },
            },
            207
        );
        object Agreement(string file) =>
            new
            {
                shares = new object[]
                {
                    new { jurisdictionId = actor.UnitId, bp = 6000 },
                    new { jurisdictionId = app.As("jiashan").UnitId, bp = 4000 },
                },
                years = 5,
                fileId = file,
            };
        var path = $"projects/{project}/credit-agreements";
        if (allowed.Contains("proposeCreditAgreement"))
        {
            await Make("proposeCreditAgreement", path, Agreement(voucher));
            return;
        }

        // A machine proposes none; it reads those that its unit's officers did.
        var officer = app.As(unit);
        Learn(
            "credit-agreements",
            [(string)(await officer.Post(path, Agreement(await officer.Uploads()))).Is(201)["id"]!]
        );
    }

    private async Task Signings(int number)
    {
        var project = (string)(await actor.Get($"claims/{await Report(number + 5)}")).Is(200)["projectId"]!;
        var notice = new
        {
            plannedSigningOn = "2026-05-20",
            parties = "甲、乙",
            agreedAmount = new { amount = 1_000_000_000, currency = "CNY" },
        };
        var first = await Make("fileSigningNotice", $"projects/{project}/signing-notices", notice);
        await Edit($"signing-notices/{first}", new { plannedSigningOn = "2026-05-25" }, "editSigningNotice");
        await Act("cancelSigningNotice", $"signing-notices/{first}", "cancel", new { reason = "改期" });
        await Make("fileSigningNotice", $"projects/{project}/signing-notices", notice);
    }

    private async Task Imports()
    {
        if (!allowed.Contains("importRegister"))
            return;
        string[] rows =
        [
            Header,
            .. Rumours.SelectMany(rumour =>
                new[]
                {
                    $"{rumour.Name},{rumour.Investor},中国,30,{rumour.Industry},,签约,2026-03-01,2026-04-01,,,",
                    $"{rumour.Name}二号,{rumour.Investor},中国,3,{rumour.Industry},,在谈,2026-03-01,,,,",
                    $"{rumour.Investor}项目,{rumour.Investor},中国,300,{rumour.Industry},,开工,,,,,",
                }
            ),
        ];
        foreach (
            var (query, wrong) in new[]
            {
                ("?dryRun=true", false),
                ("?mode=atomic", true),
                ("?mode=atomic", false),
                ("?mode=rowwise", true),
            }
        )
        {
            var register = Registers.Csv([.. rows, .. wrong ? ["缺的,,,,,,,,,,,"] : Array.Empty<string>()]);
            var import = await Make(
                "importRegister",
                $"imports{query}",
                null,
                () => Form(register, "台账.csv", "application/octet-stream"),
                202
            );
            await actor.AwaitsImport(import);
            await Do("cancelImport", HttpMethod.Post, $"imports/{import}/cancel", null, 409);
            if (query == "?dryRun=true")
                await Corrected(import);
        }

        await Records();
        await Updated();
    }

    /// <summary>A sheet of capital for own projects, for one that another unit holds, and for none.</summary>
    private async Task Records()
    {
        var sheet = Encoding.UTF8.GetBytes(
            "项目编号,到账日期,金额,币种,出资方式,凭证种类,凭证编号\r\n2026-999999,2026-05-04,100,CNY,domestic-cash,bank-slip,S-1\r\n"
        );
        foreach (var query in new[] { "kind=capital&dryRun=true", "kind=capital" })
        {
            if (query == "kind=capital")
                await Make("importRecords", $"record-imports?{query}", null, () =>
                    Form(sheet, "到位资金.csv", "application/octet-stream")
                );
            else
                await Send(
                    "importRecords",
                    HttpMethod.Post,
                    $"record-imports?{query}",
                    () => Form(sheet, "到位资金.csv", "application/octet-stream"),
                    200
                );
        }

        await UndoneRecords();
    }

    /// <summary>Events of the own unit come by a sheet, and are taken back with it.</summary>
    private async Task UndoneRecords()
    {
        if (!allowed.Contains("addEvent"))
            return;
        var import = await Make("importRecords", "record-imports?kind=events", null, () =>
            Form(
                Registers.Csv("类别,活动,开始日期", "路演,撤销的路演,2026-05-01", "推介,撤销的推介会,2026-05-02"),
                "活动.csv",
                "application/octet-stream"
            )
        );
        await Do("previewRecordImportUndo", HttpMethod.Get, $"record-imports/{import}/undo", null);
        await Do("undoRecordImport", HttpMethod.Post, $"record-imports/{import}/undo", new { reason = "传错了文件" });
        await Do(
            "undoRecordImport",
            HttpMethod.Post,
            $"record-imports/{import}/undo",
            new { reason = "传错了文件" },
            409
        );
    }

    /// <summary>Corrects what a dry run found, tries again and sets it aside.</summary>
    private async Task Corrected(string import)
    {
        var cell = new
        {
            rowNumber = 2,
            column = "总投资(亿元)",
            text = "31",
        };
        await Do("correctCells", HttpMethod.Post, $"imports/{import}/corrections", new { items = new[] { cell } });
        var again = (string)
            (await Do("rerunImport", HttpMethod.Post, $"imports/{import}/rerun", new { dryRun = true }, 202))["id"]!;
        Learn("imports", [again]);
        await actor.AwaitsImport(again);
        await Do("dismissImport", HttpMethod.Post, $"imports/{again}/dismiss", null);
    }

    /// <summary>A register that says something else of what an earlier one brought: accepted and declined.</summary>
    private async Task Updated()
    {
        var (name, investor, industry) = Rumours[0];
        var import = await Make(
            "importRegister",
            "imports?mode=rowwise",
            null,
            () =>
                Form(
                    Registers.Csv(
                        Header,
                        $"{name}二号,{investor},中国,3.1,{industry},,在谈,2026-03-01,,,,",
                        $"{Rumours[1].Name}二号,{Rumours[1].Investor},中国,3.1,{Rumours[1].Industry},,在谈,2026-03-01,,,,"
                    ),
                    "更新.csv",
                    "application/octet-stream"
                ),
            202
        );
        await actor.AwaitsImport(import);
        await Do(
            "decideUpdates",
            HttpMethod.Post,
            $"imports/{import}/decisions",
            new
            {
                items = new[]
                {
                    new { rowNumber = 2, decision = "accept" },
                    new { rowNumber = 3, decision = "decline" },
                },
            }
        );
        await Undone(import);
    }

    /// <summary>An import is undone: one that changed facts, and one that brought projects that others may have too, and a report.</summary>
    private async Task Undone(string updates)
    {
        // What becomes of a report may differ (R14): this one is like nobody's.
        string[] rows =
        [
            "撤销精密轴承基地,嘉兴撤销轴承有限公司,中国,31,3451,,在谈,,,来访,2026-04-28,总经理来访",
            .. Rumours.SelectMany(rumour =>
                new[]
                {
                    $"{rumour.Name}八号,{rumour.Investor},中国,3.3,{rumour.Industry},,在谈,2026-03-01,,,,",
                    $"{rumour.Name}九号,{rumour.Investor},中国,3.4,{rumour.Industry},,签约,2026-03-01,2026-04-01,,,",
                }
            ),
        ];
        var import = await Make(
            "importRegister",
            "imports?mode=rowwise",
            null,
            () => Form(Registers.Csv([Header, .. rows]), "撤销.csv", "application/octet-stream"),
            202
        );
        await actor.AwaitsImport(import);
        foreach (var id in new[] { updates, import })
        {
            await Do("previewImportUndo", HttpMethod.Get, $"imports/{id}/undo", null);
            await Do("undoImport", HttpMethod.Post, $"imports/{id}/undo", new { reason = "传错了文件" });
            await Do("undoImport", HttpMethod.Post, $"imports/{id}/undo", new { reason = "传错了文件" }, 409);
        }
    }

    private async Task Disputes(int number)
    {
        var (nanhu, centre) = (app.As("nanhu"), app.As("centre"));
        if (!allowed.Contains("fileDispute"))
        {
            // A machine files none; it reads those that its unit's officers filed.
            var filed = await app.As(unit).Post($"claims/{await Report(1)}/disputes", new { grounds = "我们先到" });
            Learn("disputes", [(string)filed.Is(201)["id"]!]);
            return;
        }

        var withdrawn = await Make("fileDispute", $"claims/{await Report(1)}/disputes", new { grounds = "我们先到" });
        await Do("withdrawDispute", HttpMethod.Post, $"disputes/{withdrawn}/withdraw", new { reason = "已协商" });
        var decided = await Make("fileDispute", $"claims/{await Report(2)}/disputes", new { grounds = "我们先到" });
        (await nanhu.Post($"disputes/{decided}/answer", new { answer = "材料齐全" })).Is(200);
        (await centre.Post($"disputes/{decided}/decide", new { outcome = "uphold", reason = "经核查" })).Is(200);
        await Do("appealDispute", HttpMethod.Post, $"disputes/{decided}/appeal", new { grounds = "认定有误" });

        // Contested by another: what the unit is told of it, it is told in every city.
        await Report(number + 2);
        var rival = (await app.As("jiashan").Reports(Given.Another(number + 2))).Is(201);
        var against = (string)
            (await app.As("jiashan").Post($"claims/{rival["id"]}/disputes", new { grounds = "先到" })).Is(201)["id"]!;
        Learn("disputes", [against]);
        await Do("answerDispute", HttpMethod.Post, $"disputes/{against}/answer", new { answer = "材料齐全" });
    }

    /// <summary>What concerns the person: notices, views, sessions, the password, the second factor.</summary>
    private async Task Own()
    {
        if (!allowed.Contains("readNotice"))
            return;
        await Do("readNotice", HttpMethod.Post, $"notices/{Known["notices"][0]}/read", null, 204);
        await Do("readNotices", HttpMethod.Post, "notices/read", new { upTo = Known["notices"][0] }, 204);
        await Put(
            "putNoticeSettings",
            "me/notice-settings",
            new { language = "zh-CN", muted = new[] { "queue-moved" } }
        );
        var view = await Make(
            "createView",
            "views",
            new
            {
                name = "本月",
                page = "lists",
                query = "stage=signed",
            }
        );
        await Edit($"views/{view}", new { shared = true }, "editView");
        var gone = await Make(
            "createView",
            "views",
            new
            {
                name = "上月",
                page = "lists",
                query = "stage=signed",
            }
        );
        await Do(
            "deleteView",
            HttpMethod.Delete,
            $"views/{gone}",
            null,
            204,
            ("If-Match", (await actor.Get($"views/{gone}")).Is(200).ETag!)
        );
        var calendar = await Make("makeCalendar", "me/calendars", new { kinds = new[] { "claims", "turns" } });
        await Do("revokeCalendar", HttpMethod.Delete, $"me/calendars/{calendar}", null, 204);
        var session = app.SpareSession(unit).Session;
        await Do("revokeMySession", HttpMethod.Post, $"me/sessions/{session}/revoke", null, 204);
        await Do(
            "changePassword",
            HttpMethod.Post,
            "me/password",
            new { currentPassword = PipelineApp.Password, newPassword = "ein ganz anderes wort" },
            204
        );
        var password = new { password = "ein ganz anderes wort" };
        var begun = await Do("beginSecondFactor", HttpMethod.Post, "me/second-factor", password);
        var code = Totp.Code((string)begun["secret"]!, Totp.Step(app.Time.GetUtcNow()));
        await Do("confirmSecondFactor", HttpMethod.Post, "me/second-factor/confirm", new { code });
        await Do("removeSecondFactor", HttpMethod.Post, "me/second-factor/remove", password, 204);
    }

    private async Task<string> Report(int number) =>
        await Make(
            "reportProject",
            "claims",
            new
            {
                project = new Dictionary<string, object?>(Given.Another(number))
                {
                    ["contacts"] = new[] { new { name = "李总", phone = "0573-2" } },
                    ["referrer"] = "赵先生",
                },
                contacts = Given.Contacts(),
            }
        );

    private async Task<string> Move(string project, object move)
    {
        var etag = (await actor.Get($"projects/{project}")).Is(200).ETag!;
        var made = await Do("submitMove", HttpMethod.Post, $"projects/{project}/moves", move, 201, ("If-Match", etag));
        Learn("moves", [(string)made["id"]!]);
        return (string)made["id"]!;
    }

    private async Task Edit(string path, object patch, string operation = "editProject") =>
        await Do(operation, HttpMethod.Patch, path, patch, 200, ("If-Match", (await actor.Get(path)).Is(200).ETag!));

    private async Task Put(string operation, string path, object body) =>
        await Do(operation, HttpMethod.Put, path, body, 200, ("If-Match", (await actor.Get(path)).Is(200).ETag!));

    private async Task Act(string operation, string record, string action, object body) =>
        await Do(
            operation,
            HttpMethod.Post,
            $"{record}/{action}",
            body,
            200,
            ("If-Match", (await actor.Get(record)).Is(200).ETag!)
        );

    private async Task<string> Upload(string operation, string path) =>
        await Make(operation, path, null, () =>
            Form(Encoding.UTF8.GetBytes($"%PDF-1.4 {path}"), "evidence.pdf", "application/pdf")
        );

    /// <summary>Makes a record; its id.</summary>
    private async Task<string> Make(
        string operation,
        string path,
        object? body,
        Func<HttpContent>? form = null,
        int status = 201
    )
    {
        var made = await Send(operation, HttpMethod.Post, path, form ?? (() => JsonContent.Create(body)), status);
        var id = (string)made["id"]!;
        Learn(
            operation switch
            {
                "registerProject" => "projects",
                "reportProject" => "claims",
                "importRegister" => "imports",
                "importRecords" => "record-imports",
                "fileDispute" => "disputes",
                "proposeTransfer" => "transfers",
                "offerProject" => "market-offers",
                "fileSigningNotice" => "signing-notices",
                "raiseProblem" => "problems",
                "addTeamMember" => "team-members",
                "submitCapital" => "capital",
                "proposeCreditAgreement" => "credit-agreements",
                "createView" => "views",
                "makeCalendar" => "calendars",
                "addParcel" => "parcels",
                "addEvent" => "events",
                "addEventResult" => "event-results",
                "addFinancingNeed" => "financing-needs",
                "proposeMatch" => "matches",
                _ => "files",
            },
            [id]
        );
        if (operation == "reportProject" && made.Body!["projectId"] is { } project)
            Learn("projects", [(string)project!]);
        return id;
    }

    private Task<Answer> Do(
        string operation,
        HttpMethod method,
        string path,
        object? body,
        int? status = null,
        params (string Name, string Value)[] headers
    ) =>
        Send(
            operation,
            method,
            path,
            () => method == HttpMethod.Delete ? null : JsonContent.Create(body ?? new { }),
            status,
            headers
        );

    private async Task<Answer> Send(
        string operation,
        HttpMethod method,
        string path,
        Func<HttpContent?> content,
        int? status,
        params (string Name, string Value)[] headers
    )
    {
        if (!allowed.Contains(operation))
            throw new AssertionException($"{operation} is not for this caller.");
        await Meanwhile(steps.Count);
        (string, string)[] all =
            method == HttpMethod.Post ? [.. headers, ("Idempotency-Key", $"step-{steps.Count}")] : headers;
        var answer = await actor.Send(method, path, content(), all);
        steps.Add(new Step(operation, method, path, content, all, answer));
        if (status is { } wanted ? answer.Status != wanted : answer.Status / 100 != 2)
            throw new AssertionException($"{operation} {path}: expected {status}, got {answer.Status}: {answer.Text}");
        return answer;
    }

    public void Learn(string kind, IEnumerable<string> ids)
    {
        if (!Known.TryGetValue(kind, out var known))
            Known[kind] = known = [];
        known.AddRange(ids);
    }

    private static MultipartFormDataContent Form(byte[] bytes, string name, string type)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);

        // A boundary that stays, so that the same request is the same again.
        return new MultipartFormDataContent("limit") { { file, "file", name } };
    }
}
