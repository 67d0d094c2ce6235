using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>An import of records is undone as a whole while nothing has been built on it: of each kind, what becomes of its records, and what stands against it.</summary>
public sealed class UndoRecordImportTests(string engine) : OnEachEngine(engine)
{
    private const string Parcels = "地块位置,面积（亩）,状态";
    private const string Events = "类别,活动,开始日期";
    private const string Needs = "企业,融资方式,融资金额（万元）";
    private const string Entries = "资源库,名称";
    private const string Notices = "项目编号,计划签约日期,签约各方,协议金额";
    private const string Capital = "项目编号,到账日期,金额,出资方式,凭证种类,凭证编号,凭证文件";
    private const string Statistics = "项目编号,年度,固定资产投资（亿元）,来源";

    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");

    private static async Task<Answer> Sends(Actor by, string kind, params string[] lines) =>
        (await by.SendsSheet(kind, Registers.Csv(lines))).Is(201);

    private static string Path(Answer import) => $"record-imports/{import["id"]}/undo";

    private static Task<Answer> Undo(Actor by, Answer import, string query = "") =>
        by.Post($"{Path(import)}{query}", new { reason = "传错了文件" });

    private static string RecordOf(Answer import, int row = 0) => (string)import["rows"][row]!["recordId"]!;

    /// <summary>By what an undo says that each row was built on, before it and when it is refused.</summary>
    private static async Task<string[]> BuiltOn(Actor by, Answer import)
    {
        var preview = (await by.Get(Path(import))).Is(200);
        ((bool)preview["possible"]!).ShouldBeFalse();
        var told = preview["builtOn"]
            .AsArray()
            .Select(one =>
                $"{one!["rowNumber"]} {one["name"]}: {string.Join(' ', one["by"]!.AsArray().Select(kind => (string)kind!))}"
            )
            .ToArray();
        ((int)preview["builtOnTotal"]!).ShouldBe(told.Length);
        var refused = await Undo(by, import);
        refused.IsProblem(409, "import-built-on");
        refused["errors"]
            .AsObject()
            .Select(error => error.Key)
            .ShouldBe(preview["builtOn"].AsArray().Select(one => $"rows.{one!["rowNumber"]}"));
        (await by.Get($"record-imports/{import["id"]}")).Is(200).Body!["undone"].ShouldBeNull();
        return told;
    }

    private static async Task<Answer> Undone(Actor by, Answer import, int records)
    {
        var preview = (await by.Get(Path(import))).Is(200);
        ((bool)preview["possible"]!).ShouldBeTrue(preview.Text);
        ((int)preview["records"]!).ShouldBe(records);
        var undone = (await Undo(by, import)).Is(200);
        ((string)undone["undone"]["reason"]!).ShouldBe("传错了文件");
        undone.ETag!.ShouldStartWith("\"2-");
        (await Undo(by, import)).IsProblem(409, "import-undone");
        var after = (await by.Get(Path(import))).Is(200);
        ((bool)after["possible"]!, (string)after["problem"]!["type"]!).ShouldBe((false, "/problems/import-undone"));
        (await by.Get("record-imports"))
            .Is(200)["items"]
            .AsArray()
            .Single(one => (string)one!["id"]! == (string)import["id"]!)!["undone"]
            .ShouldNotBeNull();
        return undone;
    }

    /// <summary>What becomes of each row of the same sheet, sent again.</summary>
    private static async Task<string[]> Again(Actor by, string kind, params string[] lines) =>
        [.. (await Sends(by, kind, lines))["rows"].AsArray().Select(row => (string)row!["outcome"]!)];

    private async Task<(string Id, string Code)> InTalks(int number)
    {
        var project = (string)(await Nanhu.Reports(Given.Another(number))).Is(201)["projectId"]!;
        return (project, (string)(await Nanhu.Get($"projects/{project}")).Is(200)["code"]!);
    }

    private async Task<(string Id, string Code)> Signed(int number)
    {
        var project = await InTalks(number);
        var move = (await Nanhu.Submits(project.Id, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    [Test]
    public async Task Land_is_withdrawn_as_if_it_never_was_and_the_same_sheet_can_come_again()
    {
        string[] sheet = [Parcels, "科技城1号,100,供出", "科技城2号,20,"];
        var import = await Sends(Nanhu, "parcels", sheet);
        await Undone(Nanhu, import, 2);
        var parcel = (await Nanhu.Get($"parcels/{RecordOf(import)}")).Is(200);
        ((string)parcel["status"]!, (string)parcel["reason"]!).ShouldBe(("withdrawn", "传错了文件"));
        parcel["allowedActions"].AsArray().ShouldBeEmpty("what was undone never was");
        (await Nanhu.Act($"parcels/{RecordOf(import)}", "offer", new { })).IsProblem(409, "parcel-state");
        (await Again(Nanhu, "parcels", sheet)).ShouldBe(["accepted", "accepted"]);
        (await App.As("auditor").Get("audit?action=import-undone"))
            .Is(200)["items"]
            .AsArray()
            .Select(entry => (string)entry!["subject"]!["kind"]!)
            .ShouldBe(["record-import", "parcel", "parcel"], ignoreOrder: true);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Land_that_was_changed_or_is_negotiated_about_is_named_and_nothing_is_undone()
    {
        var import = await Sends(
            Nanhu,
            "parcels",
            Parcels,
            "科技城1号,100,供出",
            "科技城2号,20,",
            "科技城3号,20,",
            "科技城4号,20,"
        );
        var project = await InTalks(1);
        (await Nanhu.Act($"parcels/{RecordOf(import, 0)}", "negotiate", new { projectId = project.Id })).Is(200);
        (await Nanhu.Patch($"parcels/{RecordOf(import, 1)}", new { note = "更正" }, "*")).Is(200);
        // What its unit has withdrawn by itself stands against nothing.
        (await Nanhu.Act($"parcels/{RecordOf(import, 2)}", "withdraw", new { reason = "规划调整" })).Is(200);
        (await BuiltOn(Nanhu, import)).ShouldBe(["2 科技城1号: land", "3 科技城2号: edit"]);
        ((string)(await Nanhu.Get($"parcels/{RecordOf(import, 3)}"))["status"]!).ShouldBe("reserve");

        var refused = await Undo(Nanhu, import);
        Said(refused, "rows.2").ShouldBe("第 2 行“科技城1号”已有后续业务：用地");
        var english = await Nanhu.Send(HttpMethod.Post, Path(import), new { reason = "x" }, ("Accept-Language", "en"));
        Said(english, "rows.3").ShouldBe("Row 3, 科技城2号, has been built on: Edited");
    }

    private static string Said(Answer refused, string field) =>
        (string)refused["errors"][field]!.AsArray().Single()!["message"]!;

    [Test]
    public async Task Nodes_leave_their_chain_unless_projects_are_on_them()
    {
        var chain = (string)(await Centre.Post("chains", new { name = "新能源" })).Is(201)["id"]!;
        const string heads = "产业链,位置,环节,强弱";
        var first = await Sends(Centre, "chain-nodes", heads, "新能源,上游,硅料,缺链");
        var import = await Sends(Centre, "chain-nodes", heads, "新能源,中游,电池片,强链", "新能源,下游,组件,弱链");
        var version = (long)(await Centre.Get($"chains/{chain}/nodes"))["version"]!;
        await Undone(Centre, import, 2);
        var nodes = (await Centre.Get($"chains/{chain}/nodes")).Is(200);
        nodes["items"].AsArray().Select(node => (string)node!["name"]!).ShouldBe(["硅料"]);
        ((long)nodes["version"]!).ShouldBe(version + 1, "one change of the chain, however many nodes");

        var project = await InTalks(1);
        (await Nanhu.Post($"projects/{project.Id}/chain-nodes", new { nodeId = RecordOf(first) })).Is(201);
        (await BuiltOn(Centre, first)).ShouldBe(["2 硅料: chain"]);
        var again = await Sends(Centre, "chain-nodes", heads, "新能源,中游,电池片,强链");
        var now = (await Centre.Get($"chains/{chain}/nodes")).Is(200);
        foreach (var node in now["items"].AsArray())
        {
            foreach (var told in new[] { "projects", "landed" })
                node!.AsObject().Remove(told);
        }

        now["items"][1]!["state"] = "weak";
        (await Centre.Put($"chains/{chain}/nodes", new { nodes = now["items"] }, now.ETag!)).Is(200);
        (await BuiltOn(Centre, again)).ShouldBe(["2 电池片: edit"]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Events_are_called_off_unless_something_came_of_them_that_the_caller_may_know()
    {
        string[] sheet = [Events, "路演,秋季路演,2026-05-01", "推介,深圳推介会,2026-04-01"];
        var import = await Sends(Nanhu, "events", sheet);
        (await Xiuzhou.Post($"events/{RecordOf(import)}/results", new { kind = "prize", title = "秀洲的奖" })).Is(201);
        // Another unit's result is not this unit's to know (R20).
        await Undone(Nanhu, import, 2);
        var held = (await Nanhu.Get($"events/{RecordOf(import)}")).Is(200);
        ((string)held["status"]!, (string)held["cancelReason"]!).ShouldBe(("cancelled", "传错了文件"));
        (await Again(Nanhu, "events", sheet)).ShouldBe(["accepted", "accepted"]);

        var centres = await Sends(
            Centre,
            "events",
            Events,
            "路演,冬季路演,2026-05-01",
            "路演,春季路演,2026-05-02",
            "路演,夏季路演,2026-05-03"
        );
        (await Xiuzhou.Post($"events/{RecordOf(centres)}/results", new { kind = "prize", title = "一等奖" })).Is(201);
        var project = await InTalks(1);
        (
            await Nanhu.Post(
                $"projects/{project.Id}/signing-notices",
                new
                {
                    plannedSigningOn = "2026-05-20",
                    parties = "区政府、企业",
                    agreedAmount = new { amount = 1_000_000_000m, currency = "CNY" },
                    eventId = RecordOf(centres, 1),
                }
            )
        ).Is(201);
        (await Centre.Patch($"events/{RecordOf(centres, 2)}", new { place = "上海" }, "*")).Is(200);
        (await BuiltOn(Centre, centres)).ShouldBe(["2 冬季路演: event", "3 春季路演: signing", "4 夏季路演: edit"]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Needs_are_retired_unless_they_were_matched_or_changed()
    {
        string[] sheet = [Needs, "甲传感有限公司,贷款,500", "乙传感有限公司,股权,600"];
        var import = await Sends(Nanhu, "financing-needs", sheet);
        await Undone(Nanhu, import, 2);
        ((string)(await Nanhu.Get($"financing-needs/{RecordOf(import)}"))["retireReason"]!).ShouldBe("传错了文件");
        var again = await Sends(Nanhu, "financing-needs", sheet);
        ((int)again["rowsAccepted"]!).ShouldBe(2);
        var party = (string)(await Centre.Post("institutions", new { name = "嘉禾创业投资有限公司" })).Is(201)["id"]!;
        (
            await Nanhu.Post(
                "matches",
                new
                {
                    needId = RecordOf(again),
                    partyId = party,
                    note = "推荐",
                }
            )
        ).Is(201);
        (await Nanhu.Patch($"financing-needs/{RecordOf(again, 1)}", new { note = "更正" }, "*")).Is(200);
        (await BuiltOn(Nanhu, again)).ShouldBe(["2 甲传感有限公司: match", "3 乙传感有限公司: edit"]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Entries_of_libraries_are_retired_unless_somebody_worked_with_them()
    {
        string[] sheet =
        [
            Entries,
            "基金,运河基金",
            "投资机构,甲投资",
            "外资企业,北海机械",
            "科技企业,微澜科技",
            "科技企业,微云科技",
        ];
        var import = await Sends(Centre, "library-entries", sheet);
        ((int)import["rowsAccepted"]!).ShouldBe(5, import.Text);
        await Undone(Centre, import, 5);
        var fund = (await Centre.Get($"funds/{RecordOf(import)}")).Is(200);
        ((string)fund["status"]!, (string)fund["retireReason"]!).ShouldBe(("retired", "传错了文件"));

        var again = await Sends(Centre, "library-entries", sheet);
        ((int)again["rowsAccepted"]!).ShouldBe(5);
        (
            await Centre.Post(
                $"funds/{RecordOf(again)}/investments",
                new
                {
                    company = "甲公司",
                    investedIn = "local",
                    investedOn = "2026-04-01",
                    amount = new { amount = 1_000_000m, currency = "CNY" },
                    evidence = "投资协议",
                }
            )
        ).Is(201);
        var need = await Sends(Nanhu, "financing-needs", Needs, "甲传感有限公司,贷款,500");
        (
            await Nanhu.Post(
                "matches",
                new
                {
                    needId = RecordOf(need),
                    partyId = RecordOf(again, 1),
                    note = "推荐",
                }
            )
        ).Is(201);
        (
            await Centre.Post(
                $"foreign-enterprise-lists/paid-in/{RecordOf(again, 2)}/visits",
                new { visitedOn = "2026-05-04", note = "走访" }
            )
        ).Is(201);
        (await Centre.Act($"tech-enterprises/{RecordOf(again, 3)}", "verify", new { })).Is(200);
        (await Centre.Patch($"tech-enterprises/{RecordOf(again, 4)}", new { note = "更正" }, "*")).Is(200);
        (await BuiltOn(Centre, again)).ShouldBe([
            "2 运河基金: fund-investment",
            "3 甲投资: match",
            "4 北海机械: visit",
            "5 微澜科技: verification",
            "6 微云科技: edit",
        ]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task What_a_unit_may_not_know_of_keeps_it_from_nothing()
    {
        var import = await Sends(Nanhu, "library-entries", "资源库,名称,可见范围", "投资机构,甲投资,全市");
        ((int)import["rowsAccepted"]!).ShouldBe(1, import.Text);
        var need = await Sends(Xiuzhou, "financing-needs", Needs, "秀洲传感有限公司,贷款,500");
        (
            await Xiuzhou.Post(
                "matches",
                new
                {
                    needId = RecordOf(need),
                    partyId = RecordOf(import),
                    note = "推荐",
                }
            )
        ).Is(201);
        await Undone(Nanhu, import, 1);
    }

    [Test]
    public async Task Capital_that_waits_is_returned_and_what_was_verified_stays()
    {
        var a = await Signed(1);
        string[] sheet =
        [
            Capital,
            $"{a.Code},2026-05-04,500000,境内现金,银行进账单,V-1,{await Nanhu.Uploads("一.pdf")}",
            $"{a.Code},2026-05-04,600000,境内现金,银行进账单,V-2,{await Nanhu.Uploads("二.pdf")}",
        ];
        var import = await Sends(Nanhu, "capital", sheet);
        await Undone(Nanhu, import, 2);
        var entry = (await Nanhu.Get($"capital/{RecordOf(import)}")).Is(200);
        ((string)entry["status"]!, (string)entry["reason"]!).ShouldBe(("returned", "传错了文件"));
        (await Centre.Get("capital?status=pending&count=true")).Is(200)["total"]!.GetValue<int>().ShouldBe(0);
        (await Nanhu.Get($"projects/{a.Id}/timeline"))["items"]
            .AsArray()
            .Count(one => (string)one!["kind"]! == "capital-returned")
            .ShouldBe(2);

        var again = await Sends(Nanhu, "capital", sheet);
        ((int)again["rowsAccepted"]!).ShouldBe(2, again.Text);
        (await Centre.Act($"capital/{RecordOf(again)}", "verify", new { })).Is(200);
        (await BuiltOn(Nanhu, again)).ShouldBe([$"2 {a.Code} V-1: verification"]);
        // Reversed and returned there is nothing left of either.
        (await Centre.Act($"capital/{RecordOf(again)}", "reverse", new { reason = "误记" })).Is(200);
        (await Centre.Act($"capital/{RecordOf(again, 1)}", "return", new { reason = "误报" })).Is(200);
        (await Undo(Nanhu, again)).IsProblem(409, "nothing-to-undo");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_notice_is_cancelled_and_the_one_before_is_open_again()
    {
        var a = await InTalks(1);
        var first = await Sends(Nanhu, "signing-notices", Notices, $"{a.Code},2026-05-20,区政府、企业,12亿元");
        var second = await Sends(Nanhu, "signing-notices", Notices, $"{a.Code},2026-06-20,区政府、企业,12亿元");
        (await BuiltOn(Nanhu, first)).ShouldBe([$"2 {a.Code}: replacement"]);
        await Undone(Nanhu, second, 1);
        ((string)(await Nanhu.Get($"signing-notices/{RecordOf(second)}"))["status"]!).ShouldBe("cancelled");
        var open = (await Nanhu.Get($"signing-notices/{RecordOf(first)}")).Is(200);
        ((string)open["status"]!, (string)open["plannedSigningOn"]!).ShouldBe(("open", "2026-05-20"));
        open.Body!["endedAt"].ShouldBeNull();

        (await Centre.Act($"signing-notices/{RecordOf(first)}", "waive", new { reason = "集中签约" })).Is(200);
        (await BuiltOn(Nanhu, first)).ShouldBe([$"2 {a.Code}: signing"]);
        var b = await InTalks(2);
        var edited = await Sends(Nanhu, "signing-notices", Notices, $"{b.Code},2026-05-20,区政府、企业,12亿元");
        (await Nanhu.Patch($"signing-notices/{RecordOf(edited)}", new { place = "会展中心" }, "*")).Is(200);
        (await BuiltOn(Nanhu, edited)).ShouldBe([$"2 {b.Code}: edit"]);
        var move = (await Nanhu.Submits(b.Id, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        (await BuiltOn(Nanhu, edited)).ShouldBe([$"2 {b.Code}: move"]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task The_undo_of_a_later_import_lets_the_one_before_be_undone_too()
    {
        var a = await InTalks(1);
        var first = await Sends(Nanhu, "signing-notices", Notices, $"{a.Code},2026-05-20,区政府、企业,12亿元");
        var second = await Sends(Nanhu, "signing-notices", Notices, $"{a.Code},2026-06-20,区政府、企业,12亿元");
        await Undone(Nanhu, second, 1);
        await Undone(Nanhu, first, 1);
        (await Nanhu.Get($"signing-notices?status=open")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Of_statistics_the_account_before_stands_again_or_nothing_is_known()
    {
        var a = await Signed(1);
        var path = $"projects/{a.Id}/fixed-investment/2025";
        var ledger = Counted();
        var first = await Sends(Centre, "fixed-investment", Statistics, $"{a.Code},2025,1.5,年报");
        var counted = Counted();
        counted.ShouldNotBe(ledger);
        var second = await Sends(Centre, "fixed-investment", Statistics, $"{a.Code},2025,1.6,年报修订");
        (await BuiltOn(Centre, first)).ShouldBe([$"2 {a.Code} 2025: replacement"]);
        await Undone(Centre, second, 1);
        var year = (await Nanhu.Get(path)).Is(200);
        // 1.5 亿元 as before.
        ((decimal)year["amount"]["amount"]!, (string)year["source"]!).ShouldBe((150_000_000m, "年报"));
        Counted().ShouldBe(counted);
        var read = (await Centre.Get(path)).ETag!;
        await Undone(Centre, first, 1);
        (await Nanhu.Get(path)).Is(200).Body!["amount"].ShouldBeNull();
        Counted().ShouldBe(ledger, "what counted is reversed");
        (await Violations()).ShouldBeEmpty();
        (await Again(Centre, "fixed-investment", Statistics, $"{a.Code},2025,1.5,年报")).ShouldBe(["accepted"]);
        object said = new { amount = new { amount = 1m, currency = "CNY" }, source = "年报" };
        foreach (var stale in new[] { "\"1\"", read })
            (await Centre.Send(HttpMethod.Put, path, said, ("If-Match", stale))).IsProblem(412, "precondition-failed");
        (await Violations()).ShouldBeEmpty();
    }

    /// <summary>What counts, fact by fact, with what was reversed taken off.</summary>
    private string Counted() =>
        App.Sql(connection =>
            string.Join(
                ' ',
                connection.Query<string>(
                    "SELECT kind || ':' || SUM(sign * COALESCE(amount, 0)) FROM ledger GROUP BY kind HAVING SUM(sign) <> 0 ORDER BY kind"
                )
            )
        );

    [Test]
    public async Task Targets_that_wait_are_taken_back_and_published_ones_stay()
    {
        const string heads = "年度,单位,指标,目标值,依据";
        var path = $"targets/2026/{Nanhu.UnitId}/projects-signed";
        var import = await Sends(
            Centre,
            "targets",
            heads,
            "2026,南湖区,签约项目,12,责任书",
            "2026,全市,签约项目,90,责任书"
        );
        await Undone(Centre, import, 2);
        var none = (await Centre.Get(path)).Is(200);
        (none.Body!["value"], none.Body["proposed"]).ShouldBe((null, null));
        ((int)none["version"]!).ShouldBe(1, "a version is not used twice");
        (await Centre.Get("targets?year=2026")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Second.Post("targets/publish", new { year = 2026 })).IsProblem(409, "nothing-to-publish");
        (await Centre.Downloads("exports/targets.csv?year=2026")).Length.ShouldBeLessThan(200, "its heads alone");

        var again = await Sends(Centre, "targets", heads, "2026,南湖区,签约项目,12,责任书");
        (await Second.Post("targets/publish", new { year = 2026 })).Is(200);
        ((int)(await Centre.Get(path))["value"]!).ShouldBe(12);
        (await BuiltOn(Centre, again)).ShouldBe(["2 2026 南湖区 签约项目: publication"]);
        var third = await Sends(
            Centre,
            "targets",
            heads,
            "2026,南湖区,签约项目,13,责任书",
            "2026,平湖市,签约项目,3,责任书"
        );
        (
            await Centre.Put(
                $"targets/2026/{App.As("pinghu").UnitId}/projects-signed",
                new { value = 4, reason = "x" },
                "*"
            )
        ).Is(200);
        (await BuiltOn(Centre, third)).ShouldBe(["3 2026 平湖市 签约项目: replacement"]);
        ((int)(await Centre.Get(path))["value"]!).ShouldBe(12);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Of_indicators_what_was_stated_before_stands_again_or_nothing_is_known()
    {
        const string heads = "期间,单位,指标,数值,来源";
        var path = $"indicators/road-shows/values/2026-04/{Nanhu.UnitId}";
        var first = await Sends(Centre, "indicator-values", heads, "2026-04,南湖区,路演活动,3,月报");
        var second = await Sends(Centre, "indicator-values", heads, "2026-04,南湖区,路演活动,5,月报修订");
        (await BuiltOn(Centre, first)).ShouldBe(["2 2026-04 南湖区 路演活动: replacement"]);
        var english = (await Centre.Send(HttpMethod.Get, Path(first), null, ("Accept-Language", "en"))).Is(200);
        ((string)english["builtOn"][0]!["name"]!).ShouldStartWith("2026-04 Nanhu");
        await Undone(Centre, second, 1);
        var value = (await Centre.Get(path)).Is(200);
        ((int)value["value"]!, (string)value["source"]!, (int)value["version"]!).ShouldBe((3, "月报", 3));
        await Undone(Centre, first, 1);
        value = (await Centre.Get(path)).Is(200);
        value.Body!["value"].ShouldBeNull();
        ((string)value["source"]!).ShouldBe("传错了文件");
        (await Again(Centre, "indicator-values", heads, "2026-04,南湖区,路演活动,3,月报")).ShouldBe(["accepted"]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task Who_may_enter_such_records_may_undo_what_is_of_the_own_unit()
    {
        var import = await Sends(Nanhu, "events", Events, "路演,秋季路演,2026-05-01");
        foreach (var other in new[] { "xiuzhou", "leader" })
            ((await Undo(App.As(other), import)).Status).ShouldBe(other == "leader" ? 403 : 404);
        (await Centre.Get(Path(import))).IsProblem(403, "forbidden");
        (await Undo(Centre, import)).IsProblem(403, "forbidden");
        (await Nanhu.Post(Path(import), new { reason = " " })).Codes("reason").ShouldBe(["required"]);
        (await Nanhu.Get($"record-imports/{SampleCity.NoId}/undo")).IsProblem(404, "not-found");
        (await Undo(Nanhu, import, "?validateOnly=true")).Is(200);
        (await Nanhu.Get($"record-imports/{import["id"]}")).Body!["undone"].ShouldBeNull();

        var nothing = await Sends(Nanhu, "capital", Capital, "2026-999999,2026-05-04,5,境内现金,银行进账单,V-1,");
        (await Undo(Nanhu, nothing)).IsProblem(409, "nothing-to-undo");

        // What was imported before this could be done is told so.
        var old = await Sends(Nanhu, "events", Events, "路演,冬季路演,2026-05-01");
        App.Sql(connection =>
            connection.Execute(
                "UPDATE record_imports SET rows_taken = @rows WHERE id = @id",
                new
                {
                    rows = Untraced(
                        connection.QuerySingle<string>(
                            "SELECT rows_taken FROM record_imports WHERE id = @id",
                            new { id = (string)old["id"]! }
                        )
                    ),
                    id = (string)old["id"]!,
                }
            )
        );
        (await Undo(Nanhu, old)).IsProblem(409, "import-untraced");
        ((string)(await Nanhu.Get(Path(old))).Is(200)["problem"]!["type"]!).ShouldBe("/problems/import-untraced");
    }

    private static string Untraced(string rows)
    {
        var kept = JsonNode.Parse(rows)!.AsArray();
        foreach (var row in kept)
            row!.AsObject().Remove("trace");
        return kept.ToJsonString();
    }

    [Test]
    public async Task What_went_to_another_unit_is_not_taken_back()
    {
        var a = await InTalks(1);
        var import = await Sends(Nanhu, "signing-notices", Notices, $"{a.Code},2026-06-20,区政府、企业,12亿元");
        var needs = await Sends(Nanhu, "financing-needs", "项目编号,融资方式,融资金额（万元）", $"{a.Code},股权,3000");
        var offered = (
            await Nanhu.Post(
                "transfers",
                new
                {
                    projectId = a.Id,
                    toJurisdictionId = Xiuzhou.UnitId,
                    reason = "更适合",
                }
            )
        ).Is(201);
        (await Xiuzhou.Act($"transfers/{offered["id"]}", "accept", new { })).Is(200);
        (await Centre.Act($"transfers/{offered["id"]}", "approve", new { })).Is(200);
        // Its notice ended with the transfer.
        (await Undo(Nanhu, import)).IsProblem(409, "nothing-to-undo");
        (await BuiltOn(Nanhu, needs)).ShouldBe([$"2 {a.Code}: transfer"]);
    }

    [Test]
    public async Task Of_two_at_once_one_undoes_and_the_other_is_told_that_it_was_undone()
    {
        var import = await Sends(Nanhu, "events", Events, "路演,秋季路演,2026-05-01", "路演,冬季路演,2026-05-02");
        var answers = await Task.WhenAll(Undo(Nanhu, import), Undo(Nanhu, import));
        answers.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
        answers.Single(answer => answer.Status == 409).IsProblem(409, "import-undone");
        (await App.As("auditor").Get("audit?action=import-undone")).Is(200)["items"].AsArray().Count.ShouldBe(3);
    }

    [Test]
    public async Task The_same_request_is_answered_as_before()
    {
        var import = await Sends(Nanhu, "events", Events, "路演,秋季路演,2026-05-01");
        Task<Answer> Sent() =>
            Nanhu.Send(HttpMethod.Post, Path(import), new { reason = "传错了" }, ("Idempotency-Key", "once"));
        var first = (await Sent()).Is(200);
        (await Sent()).Is(200).Text.ShouldBe(first.Text);
    }
}
