using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Due;

/// <summary>What comes due of resources, on the list and by the bell, from Monday 2026-05-04 on: 05-04 and 05-05 are off, Saturday 05-09 is worked.</summary>
public sealed class ResourceDueTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");
    private Actor Centre => App.As("centre");

    private void On(string day) => App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());

    private Task Round() => App.Services.GetRequiredService<NoticeRound>().Run();

    private static async Task<string[]> Told(Actor who) =>
        [
            .. (await who.Get("due?within=P3M"))
                .Is(200)["items"]
                .AsArray()
                .Select(item => $"{item!["kind"]} {item["on"]} {((bool)item["overdue"]! ? "late" : "")}".Trim()),
        ];

    private static async Task<string[]> Bell(Actor who, string kind) =>
        [
            .. (await who.Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .Where(notice => (string)notice!["kind"]! == kind)
                .Select(notice => (string)notice!["text"]!),
        ];

    private async Task<string> Match()
    {
        var partyId = (string)(await Centre.Post("institutions", new { name = "嘉禾创业投资有限公司" })).Is(201)["id"]!;
        var needId = (string)
            (
                await Nanhu.Post(
                    "financing-needs",
                    new
                    {
                        enterprise = "嘉兴储电科技有限公司",
                        kind = "equity",
                        amount = new { amount = 50_000_000, currency = "CNY" },
                    }
                )
            ).Is(201)["id"]!;
        return (string)
            (
                await Nanhu.Post(
                    "matches",
                    new
                    {
                        needId,
                        partyId,
                        note = "推荐",
                    }
                )
            ).Is(201)["id"]!;
    }

    // Proposed on 05-04: yellow on 06-03 (30 days), red on 07-03 (60). The institution, entered on 05-04 by the centre, turns grey a year later.
    [Test]
    public async Task R135_a_match_is_due_when_it_falls_silent_and_told_at_30_and_60_days()
    {
        await Round();
        await Match();
        On("2026-05-04");
        (await Told(Nanhu)).ShouldBe(["match-silent 2026-06-03"]);
        (await Told(Centre)).ShouldBe(["match-silent 2026-06-03"]);
        (await Told(Xiuzhou)).ShouldBeEmpty("needs are the unit's own (R20)");
        On("2026-06-02");
        await Round();
        (await Bell(Nanhu, "resources-due")).ShouldBeEmpty();
        On("2026-06-03");
        await Round();
        await Round();
        (await Bell(Nanhu, "resources-due")).ShouldBe(["资源事项到期：融资对接久无进展 1 项"]);
        On("2026-07-04"); // nothing ran on 07-03
        await Round();
        (await Bell(Nanhu, "resources-due")).Length.ShouldBe(2);
        (await Bell(Xiuzhou, "resources-due")).ShouldBeEmpty();
        (await Told(Nanhu)).ShouldBe(["match-silent 2026-06-03 late"]);
    }

    // Recorded on Monday 05-04, which is off, as 05-05 is: 05-06, 07, 08, 09, 11, 12, 13, 14, 15, 18 are the ten working days.
    [Test]
    public async Task R134_a_result_without_carrier_and_person_is_due_within_ten_working_days()
    {
        await Round();
        var happened = (string)
            (
                await Centre.Post(
                    "events",
                    new
                    {
                        kind = "road-show",
                        name = "储能路演",
                        startsOn = "2026-05-04",
                    }
                )
            ).Is(201)["id"]!;
        var result = (string)
            (await Nanhu.Post($"events/{happened}/results", new { kind = "prize", title = "储能奖" })).Is(201)["id"]!;
        (await Told(Nanhu)).ShouldBe(["result-to-assign 2026-05-18"]);
        (await Told(Xiuzhou)).ShouldBeEmpty();
        On("2026-05-18");
        await Round();
        (await Bell(Nanhu, "resources-due")).ShouldBeEmpty("the last day is in time");
        On("2026-05-19");
        await Round();
        (await Bell(Nanhu, "resources-due")).ShouldBe(["资源事项到期：活动成果待落实承接 1 项"]);
        (await Nanhu.Patch($"event-results/{result}", new { carrier = "嘉兴科技城", person = "王专员" }, "*")).Is(200);
        (await Told(Nanhu)).ShouldBeEmpty();
    }

    // Drawn up on 05-04: its first review is due by the end of June.
    [Test]
    public async Task R133_a_chain_is_due_to_its_department_and_the_centre()
    {
        await Round();
        // The bureau of commerce, as a department with one account.
        var commerce = App.Sql(connection =>
        {
            connection.Execute(
                "UPDATE users SET role = 'department', jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'commerce') WHERE username = 'beijing-office'"
            );
            return connection.QuerySingle<string>("SELECT id FROM jurisdictions WHERE code = 'commerce'");
        });
        var department = App.As("beijing-office");
        (await Centre.Post("chains", new { name = "新型储能", departmentId = commerce })).Is(201);
        (await Centre.Post("chains", new { name = "集成电路" })).Is(201);
        (await Told(department)).ShouldBe(["chain-to-review 2026-06-30"]);
        (await Told(Centre)).ShouldBe(["chain-to-review 2026-06-30", "chain-to-review 2026-06-30"]);
        (await Told(Nanhu)).ShouldBeEmpty();
        On("2026-07-01");
        await Round();
        (await Bell(department, "resources-due")).ShouldBe(["资源事项到期：产业链待评估 1 项"]);
        (await Bell(Centre, "resources-due")).ShouldBe(["资源事项到期：产业链待评估 1 项"]);
    }

    // Submitted on 05-04: answered by 05-05, judged by 05-07, placed by 05-11; assigned on 05-04, reported by 05-18.
    [Test]
    public async Task R137_a_lead_is_due_to_the_centre_and_then_to_its_unit_and_each_is_told()
    {
        await Round();
        var office = App.As("shanghai-office");
        var lead = (string)(await office.Post("office-leads", Given.Lead())).Is(201)["id"]!;
        (await Told(Centre)).ShouldBe(["lead-due 2026-05-05"]);
        (await Bell(Centre, "lead-submitted")).Length.ShouldBe(1);
        (await Centre.Act($"office-leads/{lead}", "answer", new { })).Is(200);
        (await Centre.Act($"office-leads/{lead}", "judge", new { verdict = "valid" })).Is(200);
        (await Told(Nanhu)).ShouldBeEmpty();
        (await Centre.Act($"office-leads/{lead}", "assign", new { jurisdictionId = Nanhu.UnitId })).Is(200);
        (await Told(Nanhu)).ShouldBe(["lead-due 2026-05-18"]);
        (await Told(Centre)).ShouldBe(["lead-due 2026-05-18"]);
        (await Told(Xiuzhou)).ShouldBeEmpty();
        (await Told(office)).ShouldBeEmpty("the office waits");
        (await Bell(Nanhu, "lead-assigned")).Length.ShouldBe(1);
        (await Bell(office, "lead-proceeded")).Length.ShouldBe(3, "answered, valid, assigned");
        On("2026-05-19");
        await Round();
        (await Bell(Nanhu, "resources-due")).ShouldBe(["资源事项到期：驻外线索待办理 1 项"]);
        (await Bell(Centre, "resources-due")).ShouldBe(["资源事项到期：驻外线索待办理 1 项"]);
    }

    // Entered on 05-04: grey from 2027-05-04; verified on 2027-05-03, from 2028-05-03.
    [Test]
    public async Task R130_an_entry_is_due_to_its_keeper_before_it_turns_grey()
    {
        await Round();
        var entry = (string)(await Nanhu.Post("institutions", new { name = "嘉禾创业投资有限公司" })).Is(201)["id"]!;
        (await Xiuzhou.Post("experts", new { name = "李工" })).Is(201);
        On("2027-05-03");
        (await Told(Nanhu)).ShouldBe(["entry-to-verify 2027-05-04"]);
        (await Told(Centre)).ShouldBeEmpty("others keep them");
        (await Nanhu.Act($"institutions/{entry}", "verify", new { })).Is(200);
        (await Told(Nanhu)).ShouldBeEmpty();
        On("2027-05-04");
        await Round();
        (await Bell(Nanhu, "resources-due")).ShouldBeEmpty();
        (await Bell(Xiuzhou, "resources-due")).ShouldBe(["资源事项到期：资源库条目待核实 1 项"]);
    }
}
