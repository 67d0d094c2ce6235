using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>An import is undone as a whole while nothing has been built on it: it leaves no trace in any figure, and every trace in the records.</summary>
public sealed class UndoImportTests(string engine) : OnEachEngine(engine)
{
    private const string Header =
        "项目名称,投资方,国别,总投资(亿元),行业代码,产业链,落户地,阶段,首报日期,签约日期,开工日期";
    private const string Contacts =
        "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,签约日期,接洽方式,接洽日期,接洽说明";

    private static readonly string[] Register =
    [
        Header,
        "电池工厂,甲电池有限公司,德国,3,3841,新能源,南湖区,在谈,2026-02-01,,",
        "光缆工厂,乙光缆有限公司,中国,20,3831,新材料,秀洲区,签约,2026-01-05,2026-03-10,",
        "风机工厂,丙风机有限公司,日本,5,3811,新能源,平湖市,开工,2025-01-05,2025-02-10,2026-04-02",
        "旧厂,丁机械有限公司,中国,1,3411,,海宁市,终止,,2025-02-10,",
    ];

    private static Task<Answer> Undo(Actor actor, Answer import, string reason = "传错了文件", string query = "") =>
        actor.Post($"imports/{import["id"]}/undo{query}", new { reason });

    /// <summary>What the city says of itself: now and on past days, by stage, unit and month, and what counts for the targets. What was terminated is left out.</summary>
    private async Task<string> Figures(string who)
    {
        var actor = App.As(who);
        var said = new List<string>();
        foreach (
            var path in new[]
            {
                "summary?by=stage",
                "summary?by=jurisdiction",
                "summary?by=month",
                "summary?by=stage&asOf=2026-03-31",
                "summary?by=stage&asOf=2026-05-03",
                "summary/flow?from=2025-01",
                "lists/signed",
                "projects?count=true&stage=in-talks,signed,registered,started,in-production",
            }
        )
        {
            var answer = await actor.Get(path);
            if (answer.Status != 200)
                continue;
            var rows = answer.Body!["rows"] ?? answer.Body["items"];
            said.Add(
                $"{path}: {string.Join(' ', (rows as JsonArray ?? []).Where(row => (string?)row!["stage"] != "terminated").Select(row => row!.ToJsonString()))}"
            );
        }

        foreach (var period in new[] { "2025-02", "2026-03", "2026-05" })
            if ((await actor.Get($"figures?period={period}")) is { Status: 200 } figures)
                said.AddRange(
                    figures["items"]
                        .AsArray()
                        .Select(row =>
                            $"{period} {row!["unit"]?["name"]} {row["indicator"]}: {row["value"]} {row["cumulative"]}"
                        )
                );
        said.Count.ShouldBeGreaterThan(5);
        return string.Join('\n', said);
    }

    [Test]
    public async Task An_undone_import_leaves_no_trace_in_any_figure_and_every_trace_in_the_records()
    {
        var centre = App.As("centre");
        await centre.Imports(
            Registers.Csv(Header, "老厂,戊化工有限公司,中国,4,2614,,嘉善县,签约,2026-01-05,2026-03-01,")
        );
        string[] readers = ["centre", "nanhu", "xiuzhou", "leader"];
        var before = new Dictionary<string, string>();
        foreach (var who in readers)
            before[who] = await Figures(who);
        var ledger = await Counted();

        var import = await centre.Imports(Registers.Csv(Register));
        var ids = (await centre.RowsOf(import)).Select(row => (string)row["projectId"]!).ToList();
        ids.Count.ShouldBe(4);
        (await App.As("nanhu").Get($"projects/{ids[1]}")).Is(200);
        (await Counted()).ShouldNotBe(ledger);

        var preview = (await centre.Get($"imports/{import["id"]}/undo")).Is(200);
        ((bool)preview["possible"]!).ShouldBeTrue();
        ((int)preview["projects"]!).ShouldBe(4);
        ((int)preview["reports"]!).ShouldBe(0);
        ((int)preview["updates"]!).ShouldBe(0);

        var undone = (await Undo(centre, import)).Is(200);
        ((string)undone["undone"]["reason"]!).ShouldBe("传错了文件");
        ((string)undone["undone"]["by"]!["name"]!).ShouldNotBeEmpty();
        foreach (var who in readers)
            (await Figures(who)).Split('\n').Except(before[who].Split('\n')).ShouldBeEmpty(who);
        (await Counted()).ShouldBe(ledger, "what counted is reversed");
        (await Violations()).ShouldBeEmpty();

        // Nobody but its unit and the centre reads of it any more; what they read says what came of it.
        (await App.As("nanhu").Get($"projects/{ids[1]}")).Is(404);
        var project = (await centre.Get($"projects/{ids[1]}")).Is(200);
        ((string)project["stage"]!).ShouldBe("terminated");
        var kinds = (await centre.Get($"projects/{ids[1]}/timeline"))["items"]
            .AsArray()
            .Select(entry => (string)entry!["kind"]!)
            .ToList();
        kinds.ShouldBe(["import-undone", "terminated", "imported"], ignoreOrder: true);
        (await App.As("auditor").Get("audit?action=import-undone")).Is(200)["items"].AsArray().Count.ShouldBe(5);
        (await centre.RowsOf(import)).Count.ShouldBe(4, "the rows stay as they were (R50)");
        (await centre.Get("imports")).Is(200)["items"].AsArray()[0]!["undone"].ShouldNotBeNull();
    }

    /// <summary>What counts, fact by fact, with what was reversed taken off.</summary>
    private Task<string> Counted() =>
        Task.FromResult(
            App.Sql(connection =>
                string.Join(
                    ' ',
                    connection.Query<string>(
                        "SELECT kind || ':' || SUM(sign) FROM ledger GROUP BY kind HAVING SUM(sign) <> 0 ORDER BY kind"
                    )
                )
            )
        );

    [Test]
    public async Task What_was_undone_is_told_as_gone_by_the_change_feed()
    {
        var (centre, haining) = (App.As("centre"), App.As("haining"));
        var import = await centre.Imports(Registers.Csv(Register));
        var signed = (string)(await centre.RowsOf(import))[1]["projectId"]!;
        var feed = (await haining.Get("changes?limit=200")).Is(200);
        ((bool)feed["caughtUp"]!).ShouldBeTrue();
        (await Undo(centre, import)).Is(200);
        var told = (await haining.Get($"changes?limit=200&since={Uri.EscapeDataString((string)feed["next"]!)}"))
            .Is(200)["items"]
            .AsArray()
            .Where(change => change!.ToJsonString().Contains(signed))
            .Select(change => (string)change!["type"]!)
            .ToList();
        told.ShouldBe(["project.gone"]);
    }

    [Test]
    public async Task What_was_undone_can_be_imported_again()
    {
        var centre = App.As("centre");
        var first = await centre.Imports(Registers.Csv(Register));
        (await Undo(centre, first)).Is(200);
        var again = await centre.Imports(Registers.Csv(Register));
        ((int)again["duplicates"]!).ShouldBe(0);
        (await centre.RowsOf(again)).ShouldAllBe(row => (string)row["action"]! == "create");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task What_was_built_on_is_named_and_nothing_is_undone()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(Registers.Csv(Register));
        var ids = (await centre.RowsOf(import)).Select(row => (string)row["projectId"]!).ToList();
        var project = (await App.As("nanhu").Get($"projects/{ids[0]}")).Is(200);
        (await App.As("nanhu").Patch($"projects/{ids[0]}", new { chain = "储能" }, project.ETag)).Is(200);
        (
            await App.As("xiuzhou")
                .Post(
                    $"projects/{ids[1]}/progress",
                    new
                    {
                        kind = "visit",
                        occurredOn = "2026-05-03",
                        note = "走访",
                    }
                )
        ).Is(201);
        var before = await Figures("centre");

        var preview = (await centre.Get($"imports/{import["id"]}/undo")).Is(200);
        ((bool)preview["possible"]!).ShouldBeFalse();
        ((int)preview["builtOnTotal"]!).ShouldBe(2);
        preview["builtOn"]
            .AsArray()
            .Select(one => $"{one!["name"]} {string.Join(',', one["by"]!.AsArray().Select(kind => (string)kind!))}")
            .ShouldBe(["电池工厂 edit", "光缆工厂 progress"]);

        var refused = await Undo(centre, import);
        refused.IsProblem(409, "import-built-on");
        refused["errors"].AsObject().Select(error => error.Key).ShouldBe([$"projects.{ids[0]}", $"projects.{ids[1]}"]);
        Built(refused, ids[0]).ShouldEndWith("已有后续业务：修改信息");
        var english = await centre.Send(
            HttpMethod.Post,
            $"imports/{import["id"]}/undo",
            new { reason = "wrong file" },
            ("Accept-Language", "en")
        );
        Built(english, ids[1]).ShouldEndWith("has been built on: Progress");
        (await Figures("centre")).ShouldBe(before);
        (await centre.Get($"imports/{import["id"]}")).Body!["undone"].ShouldBeNull();
        ((string)(await centre.Get($"projects/{ids[2]}"))["stage"]!).ShouldBe("started");
    }

    /// <summary>What a refusal says of a project that was built on.</summary>
    private static string Built(Answer refused, string id) =>
        (string)refused["errors"][$"projects.{id}"]!.AsArray().Single()!["message"]!;

    [Test]
    public async Task What_was_undone_never_was_and_is_not_taken_up_again()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(Registers.Csv(Register));
        var ids = (await centre.RowsOf(import)).Select(row => (string)row["projectId"]!).ToList();
        (await Undo(centre, import)).Is(200);
        foreach (var id in ids)
        {
            var project = (await centre.Get($"projects/{id}")).Is(200);
            project["allowedActions"].AsArray().Select(action => (string)action!).ShouldNotContain("reactivate");
            project["flags"].AsArray().Select(flag => (string)flag!).ShouldContain("import-undone");
            (
                await centre.Submits(
                    id,
                    new
                    {
                        to = "in-talks",
                        occurredOn = "2026-05-04",
                        note = "恢复",
                    }
                )
            ).IsProblem(409, "project-undone");
        }

        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Accepted_updates_are_set_back_where_nothing_was_changed_since()
    {
        var nanhu = App.As("nanhu");
        await nanhu.Imports(Registers.Csv(Header, Register[1]));
        var import = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,德国,3.2,3841,氢能,南湖区,在谈,2026-02-01,,")
        );
        var id = (string)(await nanhu.RowsOf(import)).Single()["projectId"]!;
        var accept = new { items = new[] { new { rowNumber = 2, decision = "accept" } } };
        (await nanhu.Post($"imports/{import["id"]}/decisions", accept)).Is(200);
        ((string)(await nanhu.Get($"projects/{id}"))["chain"]!).ShouldBe("氢能");

        var changed = (await nanhu.Get($"projects/{id}")).Is(200);
        (await nanhu.Patch($"projects/{id}", new { chain = "储能" }, changed.ETag)).Is(200);
        (await Undo(nanhu, import)).IsProblem(409, "import-built-on");
        changed = (await nanhu.Get($"projects/{id}")).Is(200);
        (await nanhu.Patch($"projects/{id}", new { chain = "氢能" }, changed.ETag)).Is(200);

        (await Undo(nanhu, import)).Is(200);
        var after = (await nanhu.Get($"projects/{id}")).Is(200);
        ((string)after["stage"]!).ShouldBe("in-talks", "it was there before");
        ((string)after["chain"]!).ShouldBe("新能源");
        ((decimal)after["totalInvestment"]["amount"]!).ShouldBe(300_000_000m);
        (await nanhu.Post($"imports/{import["id"]}/decisions", accept)).IsProblem(409, "import-undone");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_units_import_goes_with_its_reports_and_its_moves()
    {
        var (nanhu, xiuzhou) = (App.As("nanhu"), App.As("xiuzhou"));
        const string report = "氢能装备制造基地,上海远景氢动力装备有限公司,中国,30,3411";
        var import = await nanhu.Imports(
            Registers.Csv(
                Contacts,
                "小项目,甲科技有限公司,中国,3,3841,南湖区,在谈,,,,",
                $"{report},南湖区,在谈,,来访,2026-04-20,总经理来访",
                "签约项目,丙科技有限公司,中国,30,3911,南湖区,签约,2026-03-01,,,"
            )
        );
        var rows = await nanhu.RowsOf(import);
        rows.ShouldAllBe(row => (string)row["outcome"]! == "accepted");
        // Somebody waits behind the report: that is nothing that its unit is told of, nor does it keep the unit from letting go.
        var waiting = await xiuzhou.Imports(
            Registers.Csv(Contacts, $"{report},秀洲区,在谈,,来访,2026-04-21,总经理来访")
        );
        var behind = (string)(await xiuzhou.RowsOf(waiting)).Single()["claimId"]!;
        ((string)(await xiuzhou.Get($"claims/{behind}"))["status"]!).ShouldBe("queued");

        var preview = (await nanhu.Get($"imports/{import["id"]}/undo")).Is(200);
        ((bool)preview["possible"]!).ShouldBeTrue();
        (await Undo(nanhu, import)).Is(200);
        ((string)(await nanhu.Get($"projects/{rows[0]["projectId"]}"))["stage"]!).ShouldBe("terminated");
        ((string)(await nanhu.Get($"claims/{rows[1]["claimId"]}"))["status"]!).ShouldBe("released");
        var moved = (await nanhu.Get($"projects/{rows[2]["projectId"]}")).Is(200);
        ((string)moved["stage"]!).ShouldBe("terminated");
        (await App.As("centre").Get("moves?status=pending")).Is(200)["items"].AsArray().ShouldBeEmpty();
        ((string)(await xiuzhou.Get($"claims/{behind}"))["status"]!).ShouldBe("active");
        (await App.As("centre").Get("notices?unread=true"))
            .Is(200)["items"]
            .AsArray()
            .Select(notice => (string)notice!["kind"]!)
            .ShouldNotContain("move-submitted");
        (await Violations()).ShouldBeEmpty();

        // The one that waits can take its own back, too.
        (await Undo(xiuzhou, waiting)).IsProblem(409, "import-built-on");
    }

    [Test]
    public async Task A_report_that_waits_is_withdrawn()
    {
        var (nanhu, xiuzhou) = (App.As("nanhu"), App.As("xiuzhou"));
        const string report = "氢能装备制造基地,上海远景氢动力装备有限公司,中国,30,3411";
        await nanhu.Imports(Registers.Csv(Contacts, $"{report},南湖区,在谈,,来访,2026-04-20,总经理来访"));
        var import = await xiuzhou.Imports(
            Registers.Csv(Contacts, $"{report},秀洲区,在谈,,来访,2026-04-21,总经理来访")
        );
        var claim = (string)(await xiuzhou.RowsOf(import)).Single()["claimId"]!;
        ((int)(await xiuzhou.Get($"imports/{import["id"]}/undo"))["reports"]!).ShouldBe(1);
        (await Undo(xiuzhou, import)).Is(200);
        ((string)(await xiuzhou.Get($"claims/{claim}"))["status"]!).ShouldBe("withdrawn");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Only_an_import_that_was_stored_and_not_undone_can_be_undone()
    {
        var centre = App.As("centre");
        var dry = await centre.Imports(Registers.Csv(Register), query: "?dryRun=true");
        (await Undo(centre, dry)).IsProblem(409, "nothing-to-undo");
        var preview = (await centre.Get($"imports/{dry["id"]}/undo")).Is(200);
        ((bool)preview["possible"]!).ShouldBeFalse();
        ((string)preview["problem"]!["type"]!).ShouldBe("/problems/nothing-to-undo");
        var refused = await centre.Imports(Registers.Csv(["项目名称,投资方,总投资（亿元）,阶段", ",,3.2,在谈"]));
        (await Undo(centre, refused)).IsProblem(409, "nothing-to-undo");
        ((bool)(await centre.Get($"imports/{refused["id"]}/undo")).Is(200)["possible"]!).ShouldBeFalse();
        var import = await centre.Imports(Registers.Csv(Register));
        (await Undo(centre, import, reason: " ")).IsProblem(400, "validation-failed");
        (await Undo(centre, import, query: "?validateOnly=true")).Is(200);
        (await centre.Get($"imports/{import["id"]}")).Body!["undone"].ShouldBeNull("nothing is stored");
        (await Undo(centre, import)).Is(200);
        (await Undo(centre, import)).IsProblem(409, "import-undone");
        (await centre.Get("imports?unfinished=true")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        // It may be looked at again, with what was corrected.
        var again = (await centre.Post($"imports/{import["id"]}/rerun", new { dryRun = true })).Is(202);
        ((int)(await centre.AwaitsImport((string)again["id"]!))["rowsAccepted"]!).ShouldBe(4);
    }

    [Test]
    public async Task Nobody_gives_an_undone_import_as_the_reason_of_a_termination()
    {
        var import = await App.As("centre").Imports(Registers.Csv(Register));
        var id = (string)(await App.As("centre").RowsOf(import))[0]["projectId"]!;
        var project = (await App.As("nanhu").Get($"projects/{id}")).Is(200);
        (
            await App.As("nanhu")
                .Post(
                    $"projects/{id}/moves",
                    new
                    {
                        to = "terminated",
                        occurredOn = "2026-05-04",
                        reasonCode = "import-undone",
                    },
                    ("If-Match", project.ETag!)
                )
        ).IsProblem(400, "validation-failed");
    }
}
