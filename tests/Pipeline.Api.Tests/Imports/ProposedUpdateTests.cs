using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Updates that rows of an import propose are applied by nobody but a person (R53), and then as an edit like any other.</summary>
public sealed class ProposedUpdateTests(string engine) : OnEachEngine(engine)
{
    private const string Header = "项目名称,投资方,国别,总投资(亿元),行业代码,产业链,用地(亩),落户地,阶段,签约日期";
    private const string First = "电池工厂,甲电池有限公司,德国,3,3841,新能源,100,南湖区,在谈,";
    private const string Other = "光缆工厂,乙光缆有限公司,中国,2,3831,新材料,50,南湖区,在谈,";

    /// <summary>Imports a register, then one that says something else of its projects; the second import.</summary>
    private static async Task<Answer> Again(Actor actor, params string[] lines)
    {
        await actor.Imports(Registers.Csv(Header, First, Other));
        return await actor.Imports(Registers.Csv([Header, .. lines]));
    }

    private static Task<Answer> Decides(Actor actor, Answer import, params object[] items) =>
        actor.Post($"imports/{import["id"]}/decisions", new { items });

    private static object Accept(int rowNumber, params string[] fields) =>
        fields.Length == 0
            ? new { rowNumber, decision = "accept" }
            : new
            {
                rowNumber,
                decision = "accept",
                fields,
            };

    private static JsonNode Only(Answer answer) => answer.Is(200)["items"].AsArray().Single()!;

    [Test]
    public async Task An_accepted_update_is_an_edit_with_its_timeline_and_tells_its_row()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3.2,3841,氢能,120,南湖区,在谈,");
        var row = (await nanhu.RowsOf(import)).Single();
        ((string)row["action"]!).ShouldBe("update-proposed");
        row["acceptable"]!.AsArray().Select(field => (string)field!).ShouldBe(["totalInvestment", "chain", "landMu"]);
        var before = (await nanhu.Get($"projects/{row["projectId"]}")).Is(200);
        ((decimal)before["totalInvestment"]["amount"]!).ShouldBe(300_000_000m, "nothing is applied in silence");

        var decided = Only(await Decides(nanhu, import, Accept(2)));
        ((int)decided["status"]!).ShouldBe(200);
        ((string)decided["row"]!["decision"]!["decision"]!).ShouldBe("accept");
        ((string)decided["row"]!["decision"]!["decidedBy"]!["name"]!).ShouldNotBeEmpty();
        decided["row"]!["acceptable"].ShouldBeNull();

        var after = (await nanhu.Get($"projects/{row["projectId"]}")).Is(200);
        ((decimal)after["totalInvestment"]["amount"]!).ShouldBe(320_000_000m);
        ((string)after["chain"]!).ShouldBe("氢能");
        ((decimal)after["landMu"]!).ShouldBe(120m);
        ((long)after["version"]!).ShouldBeGreaterThan((long)before["version"]!);
        var entry = (await nanhu.Get($"projects/{row["projectId"]}/timeline"))
            .Is(200)["items"]
            .AsArray()
            .Single(entry => (string)entry!["kind"]! == "edited")!;
        ((decimal)entry["before"]!["totalInvestment"]!["amount"]!).ShouldBe(300_000_000m);
        ((decimal)entry["after"]!["totalInvestment"]!["amount"]!).ShouldBe(320_000_000m);
        ((int)entry["after"]!["rowNumber"]!).ShouldBe(2);
        ((string)entry["after"]!["importId"]!).ShouldBe((string)import["id"]!);
        (await App.As("auditor").Get("audit?action=update-accepted")).Is(200)["items"].AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task Only_the_facts_that_were_chosen_are_taken_over()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3.2,3841,氢能,120,南湖区,在谈,");
        var decided = Only(await Decides(nanhu, import, Accept(2, "landMu")));
        decided["row"]!["decision"]!["fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["landMu"]);
        var project = (await nanhu.Get($"projects/{decided["row"]!["projectId"]}")).Is(200);
        ((decimal)project["landMu"]!).ShouldBe(120m);
        ((string)project["chain"]!).ShouldBe("新能源");
    }

    [Test]
    public async Task A_declined_update_changes_nothing_and_neither_is_decided_twice()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(
            nanhu,
            "电池工厂,甲电池有限公司,德国,3.2,3841,新能源,100,南湖区,在谈,",
            "光缆工厂,乙光缆有限公司,中国,2.5,3831,新材料,50,南湖区,在谈,"
        );
        var answer = (
            await Decides(nanhu, import, new { rowNumber = 2, decision = "decline" }, Accept(3), Accept(2), Accept(9))
        ).Is(200);
        answer["items"].AsArray().Select(item => (int)item!["status"]!).ShouldBe([200, 200, 409, 404]);
        ((string)answer["items"][2]!["problem"]!["type"]!).ShouldBe("/problems/update-decided");
        var amounts = (await nanhu.Get("projects?sort=name"))
            .Is(200)["items"]
            .AsArray()
            .ToDictionary(
                project => (string)project!["name"]!,
                project => (decimal)project!["totalInvestment"]!["amount"]!
            );
        amounts["电池工厂"].ShouldBe(300_000_000m);
        amounts["光缆工厂"].ShouldBe(250_000_000m);
        (await nanhu.RowsOf(import, "&action=update-proposed"))
            .Select(row => (string)row["decision"]!["decision"]!)
            .ShouldBe(["decline", "accept"]);
    }

    [Test]
    public async Task What_was_changed_since_is_not_written_over()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3.2,3841,氢能,100,南湖区,在谈,");
        var id = (string)(await nanhu.RowsOf(import)).Single()["projectId"]!;
        var project = (await nanhu.Get($"projects/{id}")).Is(200);
        (await nanhu.Patch($"projects/{id}", new { chain = "储能" }, project.ETag)).Is(200);
        var decided = Only(await Decides(nanhu, import, Accept(2)));
        ((int)decided["status"]!).ShouldBe(409);
        ((string)decided["problem"]!["type"]!).ShouldBe("/problems/update-outdated");
        decided["problem"]!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["changes.chain"]);
        ((decimal)(await nanhu.Get($"projects/{id}"))["totalInvestment"]["amount"]!).ShouldBe(300_000_000m);

        // What nobody touched meanwhile can still be taken over.
        ((int)Only(await Decides(nanhu, import, Accept(2, "totalInvestment")))["status"]!).ShouldBe(200);
        ((string)(await nanhu.Get($"projects/{id}"))["chain"]!).ShouldBe("储能");
    }

    [Test]
    public async Task A_lift_to_the_threshold_asks_for_a_report_as_an_edit_does()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3.2,3841,新能源,100,南湖区,在谈,");
        var lifting = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,德国,10.5,3841,新能源,100,南湖区,在谈,")
        );
        _ = import;
        var row = (await nanhu.RowsOf(lifting)).Single();
        // Named alike by the same investor in the same class: the amount may differ by more than a tenth.
        ((string)row["action"]!).ShouldBe("update-proposed");
        ((int)Only(await Decides(nanhu, lifting, Accept(2)))["status"]!).ShouldBe(200);
        ((bool)(await nanhu.Get($"projects/{row["projectId"]}"))["reportRequired"]!).ShouldBeTrue();
    }

    [Test]
    public async Task Investors_are_changed_by_name_and_what_is_known_of_them_stays()
    {
        var centre = App.As("centre");
        await centre.Imports(Registers.Csv(Header, First));
        var project = (await centre.Get("projects")).Is(200)["items"].AsArray().Single()!;
        var import = await centre.Imports(
            Registers.Csv(
                $"项目编号,{Header}",
                $"{project["code"]},电池工厂,甲电池有限公司、丙投资有限公司,德国,3,3841,新能源,100,南湖区,在谈,"
            )
        );
        var row = (await centre.RowsOf(import)).Single();
        row["acceptable"]!.AsArray().Select(field => (string)field!).ShouldBe(["investor"]);
        Only(await Decides(centre, import, Accept(2)));
        var investors = (await centre.Get($"projects/{project["id"]}")).Is(200)["investors"].AsArray();
        investors.Select(investor => (string)investor!["name"]!).ShouldBe(["甲电池有限公司", "丙投资有限公司"]);
        investors.Select(investor => (string)investor!["country"]!).ShouldBe(["DE", "ZZ"]);
        investors.Select(investor => (bool)investor!["primary"]!).ShouldBe([true, false]);
    }

    [Test]
    public async Task Stages_and_their_days_change_by_moves_and_a_dry_run_changes_nothing()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3,3841,新能源,100,南湖区,签约,2026-04-01");
        var row = (await nanhu.RowsOf(import)).Single();
        row["changes"]!.AsObject().ContainsKey("stage").ShouldBeTrue();
        row["acceptable"].ShouldBeNull();
        var decided = Only(await Decides(nanhu, import, Accept(2)));
        ((string)decided["problem"]!["type"]!).ShouldBe("/problems/nothing-to-accept");

        var dry = await nanhu.Imports(
            Registers.Csv(Header, "电池工厂,甲电池有限公司,德国,3.2,3841,新能源,100,南湖区,在谈,"),
            fields: ("dryRun", "true")
        );
        (await nanhu.RowsOf(dry)).Single()["acceptable"].ShouldBeNull();
        (await Decides(nanhu, dry, Accept(2))).IsProblem(409, "dry-run-only");
    }

    [Test]
    public async Task Who_may_not_edit_the_project_may_not_accept_and_other_units_know_of_nothing()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3.2,3841,新能源,100,南湖区,在谈,");
        (await Decides(App.As("xiuzhou"), import, Accept(2))).IsProblem(404, "not-found");
        (await Decides(App.As("auditor"), import, Accept(2))).IsProblem(403, "forbidden");
        (await Decides(App.As("leader"), import, Accept(2))).IsProblem(403, "forbidden");
        ((int)Only(await Decides(App.As("centre"), import, Accept(2)))["status"]!).ShouldBe(200);
    }

    [Test]
    public async Task A_former_owner_is_refused_as_with_an_edit()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3.2,3841,新能源,100,南湖区,在谈,");
        var id = (string)(await nanhu.RowsOf(import)).Single()["projectId"]!;
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(
                connection,
                "UPDATE projects SET owner_id = @to WHERE id = @id",
                new { id, to = App.As("xiuzhou").UnitId }
            )
        );
        var etag = (await App.As("xiuzhou").Get($"projects/{id}")).Is(200).ETag;
        var edit = await nanhu.Patch($"projects/{id}", new { chain = "储能" }, etag);
        ((int)Only(await Decides(nanhu, import, Accept(2)))["status"]!).ShouldBe(edit.Status);
        edit.Status.ShouldBe(404);
    }

    [Test]
    public async Task The_same_request_again_answers_the_same_and_edits_once()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(nanhu, "电池工厂,甲电池有限公司,德国,3.2,3841,新能源,100,南湖区,在谈,");
        Task<Answer> Accepts() =>
            nanhu.Post(
                $"imports/{import["id"]}/decisions",
                new { items = new[] { Accept(2) } },
                ("Idempotency-Key", "once")
            );
        var first = (await Accepts()).Is(200);
        var again = (await Accepts()).Is(200);
        again.Text.ShouldBe(first.Text);
        var id = first["items"][0]!["row"]!["projectId"];
        (await nanhu.Get($"projects/{id}/timeline"))["items"]
            .AsArray()
            .Count(entry => (string)entry!["kind"]! == "edited")
            .ShouldBe(1);
    }

    [Test]
    public async Task Facts_that_no_edit_may_have_are_refused_and_the_others_are_stored()
    {
        var nanhu = App.As("nanhu");
        var import = await Again(
            nanhu,
            "电池工厂,甲电池有限公司,德国,3.2,3841,新能源,100,南湖区,在谈,",
            "光缆工厂,乙光缆有限公司,中国,2.5,3831,新材料,50,南湖区,在谈,"
        );
        var rows = await nanhu.RowsOf(import);
        var ended = (string)rows[0]["projectId"]!;
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(
                connection,
                "UPDATE projects SET stage = 'terminated' WHERE id = @ended",
                new { ended }
            )
        );
        var answer = (await Decides(nanhu, import, Accept(2), Accept(3))).Is(200);
        answer["items"].AsArray().Select(item => (int)item!["status"]!).ShouldBe([409, 200]);
        ((string)answer["items"][0]!["problem"]!["type"]!).ShouldBe("/problems/illegal-move");
    }
}
