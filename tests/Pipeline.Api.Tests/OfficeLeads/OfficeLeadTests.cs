using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.OfficeLeads;

/// <summary>Leads of out-posted offices (R137).</summary>
public sealed class OfficeLeadTests(string engine) : OnEachEngine(engine)
{
    private Actor Shanghai => App.As("shanghai-office");
    private Actor Centre => App.As("centre");
    private Actor Nanhu => App.As("nanhu");

    private async Task<string> Lead() => (string)(await Shanghai.Post("office-leads", Given.Lead())).Is(201)["id"]!;

    private async Task<string> Assigned()
    {
        var lead = await Lead();
        await Step(Centre, lead, "answer", new { });
        await Step(Centre, lead, "judge", new { verdict = "valid" });
        await Step(Centre, lead, "assign", new { jurisdictionId = Nanhu.UnitId });
        return lead;
    }

    private static async Task<Answer> Step(Actor actor, string lead, string step, object body) =>
        (await actor.Act($"office-leads/{lead}", step, body)).Is(200);

    // Monday 2026-05-04: answered by 05-05 (1 day), judged by 05-07 (3), assigned by 05-11 (7); assigned on 05-04, reported by 05-18 (14);
    // reported on 05-19, a day late, the next by 06-02.
    [Test]
    public async Task R137_a_lead_goes_by_the_centre_to_a_unit_and_becomes_its_project()
    {
        var lead = await Lead();
        var told = (await Shanghai.Get($"office-leads/{lead}")).Is(200);
        ((string)told["status"]!, (string)told["dueOn"]!, (bool)told["overdue"]!).ShouldBe(
            ("submitted", "2026-05-05", false)
        );
        told["missing"].AsArray().ShouldBeEmpty();
        ((string)told["contacts"]![0]!["name"]!).ShouldBe("黎总");
        told["allowedActions"].AsArray().ShouldBeEmpty("the office waits");
        ((string)(await Step(Centre, lead, "answer", new { note = "已收悉" }))["dueOn"]!).ShouldBe("2026-05-07");
        ((string)(await Step(Centre, lead, "judge", new { verdict = "valid" }))["dueOn"]!).ShouldBe("2026-05-11");
        (await Nanhu.Get($"office-leads/{lead}")).IsProblem(404, "not-found");
        var assigned = await Step(Centre, lead, "assign", new { jurisdictionId = Nanhu.UnitId });
        ((string)assigned["status"]!, (string)assigned["dueOn"]!).ShouldBe(("assigned", "2026-05-18"));

        // What is told of it leads to it.
        foreach (var reader in new[] { Nanhu, Shanghai, Centre })
            (await reader.Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .Where(notice => ((string)notice!["kind"]!).StartsWith("lead-", StringComparison.Ordinal))
                .Select(notice => (string?)notice!["officeLeadId"])
                .Distinct()
                .ShouldBe([lead]);

        App.Time.Advance(TimeSpan.FromDays(15));
        foreach (var reader in new[] { Nanhu, Shanghai, Centre, App.As("auditor") })
            ((string)(await reader.Get("office-leads?overdue=true")).Is(200)["items"][0]!["id"]!).ShouldBe(lead);
        (await Shanghai.Act($"office-leads/{lead}", "report", new { note = "催办" })).IsProblem(403, "forbidden");
        ((string)(await Step(Nanhu, lead, "report", new { note = "已拜访企业总部" }))["dueOn"]!).ShouldBe("2026-06-02");
        (await Nanhu.Get("office-leads?overdue=true")).Is(200)["items"].AsArray().ShouldBeEmpty();

        var project = (string)
            (await Nanhu.Post("projects", Given.Project("储能电池基地", "上海储电科技有限公司", 500_000_000m))).Is(201)[
                "id"
            ]!;
        var closed = await Step(
            Nanhu,
            lead,
            "close",
            new
            {
                outcome = "project",
                projectId = project,
                reason = "已立项",
            }
        );
        ((string)closed["status"]!, (string)closed["projectId"]!).ShouldBe(("project", project));
        closed.Body!.AsObject().ContainsKey("dueOn").ShouldBeFalse("nothing is due any more");
        var forOffice = (await Shanghai.Get($"office-leads/{lead}")).Is(200);
        ((string)forOffice["status"]!).ShouldBe("project");
        forOffice.Body!.AsObject().ContainsKey("projectId").ShouldBeFalse("talks are the unit's own (R20)");
        forOffice["steps"]
            .AsArray()
            .Select(step => (string)step!["step"]!)
            .ShouldBe(["answer", "judge", "assign", "report", "close"]);
    }

    // 5亿 of nanhu's, which talked first and where it landed, brought by a lead of the office: in full nanhu has 5亿 and the office 5亿 on top,
    // 2 projects and 10亿 by units, 1 and 5亿 of the city, 1 and 5亿 double. The lead is closed after the signing, so that the row is taken back and told anew with its finder.
    [Test]
    public async Task R44_the_office_whose_lead_became_a_project_is_its_finder()
    {
        var lead = await Assigned();
        var project = (string)
            (await Nanhu.Post("projects", Given.Project("储能电池基地", "上海储电科技有限公司", 500_000_000m))).Is(201)[
                "id"
            ]!;
        var signing = (
            await Nanhu.Post($"projects/{project}/moves", Given.Signing("2026-05-04", 500_000_000m), ("If-Match", "*"))
        ).Is(201);
        (await Centre.Post($"moves/{signing["id"]}/verify")).Is(200);
        const string Mine = "credit?period=2026-05&indicator=projects-signed";
        (await Shanghai.Get(Mine)).Is(200)["items"].AsArray().ShouldBeEmpty();
        await Step(
            Nanhu,
            lead,
            "close",
            new
            {
                outcome = "project",
                projectId = project,
                reason = "已签约",
            }
        );
        var row = (await Shanghai.Get(Mine)).Is(200)["items"][0]!;
        ((string)row["role"]!, (decimal)row["basis"]!["count"]!).ShouldBe(("finder", 1m));
        var credit = (await Centre.Get("credit/summary?by=unit&period=2026-05&indicator=projects-signed")).Is(200);
        credit["items"]
            .AsArray()
            .ToDictionary(item => (string)item!["unit"]!["id"]!, item => (decimal)item!["amount"]!["cny"]!)
            .ShouldBe(
                new Dictionary<string, decimal> { [Nanhu.UnitId!] = 500_000_000m, [Shanghai.UnitId!] = 500_000_000m },
                ignoreOrder: true
            );
        var totals = credit["totals"]!;
        (
            (decimal)totals["units"]!["count"]!,
            (decimal)totals["city"]!["count"]!,
            (decimal)totals["doubleCounted"]!["count"]!,
            (decimal)totals["doubleCounted"]!["amount"]!["cny"]!
        ).ShouldBe((2m, 1m, 1m, 500_000_000m));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R137_what_is_missing_is_listed_and_keeps_a_lead_from_being_valid()
    {
        var lead = (string)
            (await Shanghai.Post("office-leads", new { title = "线索", investor = "上海储电科技有限公司" })).Is(201)[
                "id"
            ]!;
        (await Shanghai.Get($"office-leads/{lead}"))
            .Is(200)["missing"]
            .AsArray()
            .Select(part => (string)part!)
            .ShouldBe(["content", "scale", "contacts"]);
        (await Centre.Act($"office-leads/{lead}", "judge", new { verdict = "valid" })).IsProblem(409, "lead-state");
        await Step(Centre, lead, "answer", new { });
        (await Centre.Act($"office-leads/{lead}", "judge", new { verdict = "valid" }))
            .IsProblem(422, "lead-incomplete")
            .Codes("scale")
            .ShouldBe(["required"]);
        (await Centre.Act($"office-leads/{lead}", "judge", new { verdict = "invalid" }))
            .IsProblem(400, "validation-failed")
            .Codes("reason")
            .ShouldBe(["required"]);
        var judged = await Step(Centre, lead, "judge", new { verdict = "invalid", reason = "缺规模与联系人" });
        ((string)judged["status"]!, (string)judged["reason"]!).ShouldBe(("invalid", "缺规模与联系人"));
        (await Centre.Act($"office-leads/{lead}", "assign", new { jurisdictionId = Nanhu.UnitId })).IsProblem(
            409,
            "lead-state"
        );
    }

    [Test]
    public async Task R137_it_is_declined_with_a_reason_and_assigned_to_no_office()
    {
        var lead = await Lead();
        await Step(Centre, lead, "answer", new { });
        await Step(Centre, lead, "judge", new { verdict = "valid" });
        (await Centre.Act($"office-leads/{lead}", "assign", new { jurisdictionId = Shanghai.UnitId }))
            .IsProblem(400, "validation-failed")
            .Codes("jurisdictionId")
            .ShouldBe(["no-office"]);
        (await Centre.Act($"office-leads/{lead}", "decline", new { })).IsProblem(400, "validation-failed");
        await Step(Centre, lead, "decline", new { reason = "不符合产业方向" });
        (await Nanhu.Get("office-leads?count=true")).Is(200)["total"]!.GetValue<int>().ShouldBe(0);
    }

    [Test]
    public async Task R137_others_do_not_know_of_it()
    {
        var lead = await Assigned();
        foreach (var other in new[] { App.As("xiuzhou"), App.As("beijing-office") })
        {
            (await other.Get($"office-leads/{lead}")).IsProblem(404, "not-found");
            (await other.Get("office-leads")).Is(200)["items"].AsArray().ShouldBeEmpty();
            (await other.Post($"office-leads/{lead}/report", new { note = "代报" }, ("If-Match", "*"))).IsProblem(
                404,
                "not-found"
            );
        }

        (await App.As("leader").Get("office-leads")).IsProblem(403, "forbidden");
        (await Nanhu.Post("office-leads", Given.Lead())).IsProblem(422, "office-people-only");
        (await Centre.Post("office-leads", Given.Lead())).Codes("officeId").ShouldBe(["required"]);
        var named = Given.Lead();
        named["officeId"] = Nanhu.UnitId;
        (await Centre.Post("office-leads", named)).Codes("officeId").ShouldBe(["unknown-office"]);
        var foreign = (string)
            (await App.As("xiuzhou").Post("projects", Given.Project("机床项目", "绍兴机床有限公司", 1_000_000m))).Is(
                201
            )["id"]!;
        (
            await Nanhu.Act(
                $"office-leads/{lead}",
                "close",
                new
                {
                    outcome = "project",
                    projectId = foreign,
                    reason = "已立项",
                }
            )
        ).IsProblem(400, "validation-failed").Codes("projectId").ShouldBe(["unknown-project"]);
    }

    // R11: a lead is no report. Nothing waits because of it, and who reports the project first is first.
    [Test]
    public async Task R11_a_lead_gives_no_place_in_a_queue()
    {
        await Assigned();
        Count("claims").ShouldBe(0);
        Count("projects").ShouldBe(0);
        var report = Given.Project("储能电池生产基地", "上海储电科技有限公司", 2_000_000_000m);
        ((string)(await App.As("xiuzhou").Reports(report)).Is(201)["status"]!).ShouldBe("active");
    }

    [Test]
    public async Task Contacts_are_sealed_found_and_erased_with_the_person()
    {
        var lead = await Assigned();
        App.Sql(connection => connection.QuerySingle<string>("SELECT contacts FROM office_leads"))
            .ShouldNotContain("黎总");
        (await Centre.Get("office-leads")).Is(200)["items"][0]!.AsObject().ContainsKey("contacts").ShouldBeFalse();
        var found = (await Centre.Post("personal-data/export", new { value = "黎总" })).Is(200)["items"][0]!;
        ((string)found["kind"]!, (string)found["id"]!).ShouldBe(("lead", lead));
        (await Centre.Post("personal-data/erase", new { value = "黎总", reason = "本人要求" })).Is(200);
        var left = (await Nanhu.Get($"office-leads/{lead}")).Is(200);
        left["contacts"].AsArray().ShouldBeEmpty();
        left["missing"].AsArray().Select(part => (string)part!).ShouldBe(["contacts"]);
    }

    private int Count(string table) =>
        App.Sql(connection => connection.QuerySingle<int>($"SELECT COUNT(*) FROM {table}"));

    // Assigned on 05-04, to be reported on by 05-18: overdue on 05-19. Contacts are in no file.
    [Test]
    public async Task R137_leads_are_exported_to_their_office_their_unit_and_the_centre_without_contacts()
    {
        await Assigned();
        App.Time.Advance(TimeSpan.FromDays(15));
        foreach (var reader in new[] { Shanghai, Nanhu, Centre })
        {
            var file = await reader.Downloads("exports/office-leads.csv?overdue=true");
            var row = Exports.Files.ReadCsv(file).Single();
            (row["状态"], row["单位"], row["办理期限"], row["超期"]).ShouldBe(("已分派", "南湖区", "2026-05-18", "是"));
            System.Text.Encoding.UTF8.GetString(file).ShouldNotContain("黎总");
        }

        Exports.Files.ReadCsv(await App.As("xiuzhou").Downloads("exports/office-leads.csv")).ShouldBeEmpty();
        Exports.Files.ReadCsv(await Centre.Downloads("exports/office-leads.csv?overdue=false")).ShouldBeEmpty();
    }
}
