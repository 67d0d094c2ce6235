using Dapper;
using Pipeline.Api.Tests.Imports;

namespace Pipeline.Api.Tests.Support;

/// <summary>What other units and the centre do, of which xiuzhou must notice nothing: each of it about what xiuzhou registers, edits and imports too, openly and in secret.</summary>
internal sealed class Rivals(PipelineApp app)
{
    private readonly Queue<Func<Task>> waiting = new();

    public async Task ActAll(string suffix)
    {
        Prepare(suffix);
        await Rest();
    }

    public async Task Rest()
    {
        while (waiting.TryDequeue(out var next))
            await next();
        await BehindXiuzhou();
    }

    public async Task Act(int step)
    {
        if (waiting.TryDequeue(out var next))
            await next();
        await BehindXiuzhou();
    }

    public void Prepare(string suffix)
    {
        var (nanhu, jiashan, haining, centre) = (
            app.As("nanhu"),
            app.As("jiashan"),
            app.As("haining"),
            app.As("centre")
        );
        Dictionary<string, object?> Rumour(int number, decimal amount, bool secret = false)
        {
            var (name, investor, industry) = UnitsDay.Rumours[number];
            return Given.Project($"{name}{suffix}", investor, amount, industry: industry, secret: secret);
        }

        Answer held = null!,
            waits = null!,
            small = null!,
            hidden = null!,
            reviewed = null!,
            passed = null!;
        foreach (
            var act in new Func<Task>[]
            {
                async () => held = (await nanhu.Reports(Rumour(0, 3_000_000_000m + Offset()))).Is(201),
                async () => waits = (await jiashan.Reports(Rumour(0, 3_000_000_000m + Offset()))).Is(201),
                async () => (await haining.Reports(Rumour(0, 3_000_000_000m + Offset()))).Is(201),
                async () => await Transfer(suffix),
                async () =>
                {
                    if (held.Body!["projectId"] is { } id)
                        (
                            await nanhu.Post(
                                $"projects/{id}/signing-notices",
                                new
                                {
                                    plannedSigningOn = "2026-05-30",
                                    parties = "对手",
                                    agreedAmount = new { amount = 1, currency = "CNY" },
                                }
                            )
                        ).Is(201);
                },
                async () =>
                {
                    if (held.Body!["projectId"] is { } id)
                        (await nanhu.Post($"projects/{id}/problems", new { title = "对手的难题", kind = "land" })).Is(
                            201
                        );
                },
                async () => small = (await jiashan.Post("projects", Rumour(2, 200_000_000m))).Is(201),
                async () => (await haining.Post("projects", Rumour(2, 210_000_000m, secret: true))).Is(201),
                async () => hidden = (await nanhu.Reports(Rumour(1, 6_000_000_000m + Offset(), secret: true))).Is(201),
                async () => reviewed = (await haining.Reports(Rumour(1, 6_000_000_000m + Offset()))).Is(201),
                async () =>
                {
                    if (held.Body!["projectId"] is { } id)
                        (
                            await nanhu.Post(
                                $"projects/{id}/progress",
                                new
                                {
                                    occurredOn = "2026-05-04",
                                    kind = "visit",
                                    note = "对手的进展",
                                }
                            )
                        ).Is(201);
                },
                async () =>
                    (
                        await jiashan.Patch(
                            $"projects/{small["id"]}",
                            new { name = UnitsDay.Rumours[3].Name, chain = "对手链" },
                            (await jiashan.Get($"projects/{small["id"]}")).ETag
                        )
                    ).Is(200),
                async () => (await jiashan.Submits((string)small["id"]!, Given.Signing("2026-05-04"))).Is(201),
                async () =>
                {
                    var secret = (await jiashan.Reports(Rumour(3, 4_000_000_000m + Offset(), secret: true))).Is(201);
                    if (secret.Body!["projectId"] is not { } id)
                        return;
                    var move = (await jiashan.Submits((string)id!, Given.Signing("2026-05-04"))).Is(201);
                    (await centre.Post($"moves/{move["id"]}/verify")).Is(200);
                    var entry = (
                        await jiashan.Post(
                            $"projects/{id}/capital",
                            new
                            {
                                occurredOn = "2026-05-04",
                                amount = new { amount = 1_000_000, currency = "CNY" },
                                kind = "domestic-cash",
                                voucherKind = "bank-slip",
                                voucherNo = "2026-001",
                                files = new[] { await jiashan.Uploads() },
                            }
                        )
                    ).Is(201);
                    (await centre.Act($"capital/{entry["id"]}", "verify", new { })).Is(200);
                },
                async () => passed = (await haining.Reports(Rumour(4, 5_000_000_000m + Offset()))).Is(201),
                async () =>
                {
                    if ((string)passed["status"]! == "active")
                        (await haining.Act($"claims/{passed["id"]}", "release", new { reason = "放弃" })).Is(200);
                },
                async () => (await nanhu.Reports(Rumour(4, 5_000_000_000m + Offset()))).Is(201),
                async () => await Disputes(waits),
                async () =>
                {
                    if ((string)reviewed["status"]! == "under-review")
                        (
                            await centre.Act(
                                $"claims/{reviewed["id"]}",
                                "resolve",
                                new { decision = "distinct", reason = "另一项目" }
                            )
                        ).Status.ShouldBeOneOf(200, 409);
                },
                async () => await Register(nanhu, "?mode=rowwise", suffix),
                async () => await Register(nanhu, "?mode=atomic", suffix),
                async () => await Register(haining, "?dryRun=true", suffix),
                async () => await Register(centre, "", $"{suffix}中心", "在谈"),
                async () =>
                {
                    var ended = (await haining.Post("projects", Rumour(4, 300_000_000m))).Is(201);
                    (
                        await haining.Submits(
                            (string)ended["id"]!,
                            new
                            {
                                to = "terminated",
                                occurredOn = "2026-05-04",
                                reasonCode = "market",
                            }
                        )
                    ).Is(201);
                },
                async () =>
                    (
                        await nanhu.Post(
                            "views",
                            new
                            {
                                name = $"共享{suffix}",
                                page = "lists",
                                query = "stage=signed",
                                shared = true,
                            }
                        )
                    ).Is(201),
                async () => await nanhu.Uploads("对手.pdf"),
            }
        )
            waiting.Enqueue(act);
    }

    // Twice the same would be a claim that is held already.
    private int offset;

    private decimal Offset() => offset++;

    /// <summary>nanhu's project that xiuzhou will wait for goes to haining; another is only offered.</summary>
    private async Task Transfer(string suffix)
    {
        var (nanhu, haining, centre) = (app.As("nanhu"), app.As("haining"), app.As("centre"));
        var projects = app.Sql(connection =>
            connection
                .Query<string>(
                    "SELECT p.id FROM projects p WHERE p.name = @name AND p.owner_id = @owner AND p.stage = 'in-talks'",
                    new { name = (string)Given.Another(0)["name"]!, owner = nanhu.UnitId }
                )
                .ToList()
        );
        var spare = (
            await nanhu.Post("projects", Given.Project($"对手{suffix}转出", $"对手{suffix}转出有限公司", 100_000_000m))
        ).Is(201);
        foreach (var (project, approved) in projects.Select(id => (id, true)).Append(((string)spare["id"]!, false)))
        {
            var offered = (
                await nanhu.Post(
                    "transfers",
                    new
                    {
                        projectId = project,
                        toJurisdictionId = haining.UnitId,
                        reason = "更适合",
                    }
                )
            ).Is(201);
            (await haining.Act($"transfers/{offered["id"]}", "accept", new { })).Is(200);
            if (approved)
                (await centre.Act($"transfers/{offered["id"]}", "approve", new { })).Is(200);
        }
    }

    private async Task Disputes(Answer claim)
    {
        if ((string)claim["status"]! != "queued")
            return;
        var filed = (await app.As("jiashan").Post($"claims/{claim["id"]}/disputes", new { grounds = "我们先到" })).Is(
            201
        );
        var id = (string)filed["id"]!;
        (await app.As("centre").Post($"disputes/{id}/suspend", new { reason = "调查" })).Is(200);
        (await app.As("nanhu").Post($"disputes/{id}/answer", new { answer = "材料齐全" })).Is(200);
        (
            await app.As("centre").Post($"disputes/{id}/decide", new { outcome = "co-negotiate", reason = "共同洽谈" })
        ).Is(200);
    }

    /// <summary>A rival reports what xiuzhou has come to hold, waits, goes, waits again, and is told apart.</summary>
    private async Task BehindXiuzhou()
    {
        foreach (var number in new[] { 4, 9 }.Where(number => Held(number) && behind.Add(number)))
        {
            var waits = (await app.As("haining").Reports(Given.Another(number))).Is(201);
            ((string)waits["status"]!).ShouldBe("queued");
            (await app.As("haining").Act($"claims/{waits["id"]}", "withdraw", new { reason = "不再跟进" })).Is(200);
            var again = (await app.As("haining").Reports(Given.Another(number))).Is(201);
            (
                await app.As("centre")
                    .Act($"claims/{again["id"]}", "resolve", new { decision = "distinct", reason = "另一项目" })
            ).Is(200);
        }
    }

    private readonly HashSet<int> behind = [];

    private bool Held(int number) =>
        app.Sql(connection =>
            connection.ExecuteScalar<long>(
                "SELECT COUNT(*) FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id WHERE j.code = 'xiuzhou' AND c.status = 'active' AND c.name = @name",
                new { name = (string)Given.Another(number)["name"]! }
            )
        ) > 0;

    private static async Task Register(Actor actor, string query, string suffix, string stage = "签约")
    {
        await actor.Imports(
            Registers.Csv([
                "项目名称,投资方,国别,总投资(亿元),行业代码,阶段,首报日期",
                .. UnitsDay.Rumours.SelectMany(rumour =>
                    new[]
                    {
                        $"{rumour.Name}{suffix},{rumour.Investor},中国,31,{rumour.Industry},{stage},2026-03-01",
                        $"{rumour.Name}{suffix}小,{rumour.Investor},中国,3,{rumour.Industry},在谈,2026-03-01",
                    }
                ),
            ]),
            query: query
        );
    }
}
