using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Events;

/// <summary>Events and what comes of them (R134, R100).</summary>
public sealed class EventTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");
    private Actor Centre => App.As("centre");

    private async Task<string> Show(string name = "储能路演") =>
        (string)
            (
                await Centre.Post(
                    "events",
                    new
                    {
                        kind = "road-show",
                        name,
                        startsOn = "2026-05-04",
                        technology = true,
                    }
                )
            ).Is(201)["id"]!;

    private async Task<string> Project(int number = 1)
    {
        var body = Given.Another(number);
        body["totalInvestment"] = new { amount = 200_000_000m, currency = "CNY" };
        return (string)(await Nanhu.Post("projects", body)).Is(201)["id"]!;
    }

    // Recorded on Monday 2026-05-04: ten working days later is 2026-05-18.
    [Test]
    public async Task R134_a_result_gets_unit_carrier_and_person_within_ten_working_days()
    {
        var show = await Show();
        var result = (await Centre.Post($"events/{show}/results", new { kind = "prize", title = "一等奖" })).Is(201);
        ((string)result["assignBy"]!, (bool)result["overdue"]!).ShouldBe(("2026-05-18", false));
        App.Time.Advance(TimeSpan.FromDays(15));
        var id = (string)result["id"]!;
        ((bool)(await Centre.Get($"event-results/{id}")).Is(200)["overdue"]!).ShouldBeTrue();
        (await Centre.Get("event-results?overdue=true")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        (await Nanhu.Get($"event-results/{id}")).IsProblem(404, "not-found");
        var assigned = (
            await Centre.Patch(
                $"event-results/{id}",
                new
                {
                    unit = Nanhu.UnitId,
                    carrier = "嘉兴科技城",
                    person = "王专员",
                },
                "*"
            )
        ).Is(200);
        ((bool)assigned["overdue"]!, (string)assigned["assignedOn"]!).ShouldBe((false, "2026-05-19"));
        (await Nanhu.Get($"event-results/{id}")).Is(200);
        (await Xiuzhou.Get($"event-results/{id}")).IsProblem(404, "not-found");
        var closed = (await Nanhu.Act($"event-results/{id}", "close", new { outcome = "landed", note = "已落地" })).Is(
            200
        );
        ((string)closed["outcome"]!).ShouldBe("landed");
        (await Nanhu.Act($"event-results/{id}", "close", new { outcome = "dropped", note = "再改" })).IsProblem(
            409,
            "result-closed"
        );
    }

    [Test]
    public async Task R100_a_project_is_the_result_of_one_event_the_first()
    {
        var (first, second) = (await Show(), await Show("签约大会"));
        var project = await Project();
        object As(string kind) =>
            new
            {
                kind,
                title = "储能项目",
                projectId = project,
            };
        var result = (await Nanhu.Post($"events/{first}/results", As("project"))).Is(201);
        (await Nanhu.Post($"events/{second}/results", As("project"))).IsProblem(409, "result-known");
        (await Nanhu.Post($"events/{second}/results", As("signing"))).Is(201);
        (await Xiuzhou.Post($"events/{second}/results", As("signing"))).IsProblem(404, "not-found");
        (
            await Nanhu.Act($"event-results/{result["id"]}", "close", new { outcome = "landed", note = "已落地" })
        ).IsProblem(409, "result-follows-project");
        (await Xiuzhou.Get("event-results")).Is(200)["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Bad_input_is_told_by_its_field_and_what_was_called_off_changes_no_more()
    {
        var wrong = await Nanhu.Post("events", new { startsOn = "2026-05-04", endsOn = "2026-05-03" });
        wrong.Codes("kind").ShouldBe(["required"]);
        wrong.Codes("name").ShouldBe(["required"]);
        wrong.Codes("endsOn").ShouldBe(["before-start"]);
        var show = await Show();
        (await Nanhu.Act($"events/{show}", "cancel", new { reason = "延期" })).IsProblem(403, "forbidden");
        (await Centre.Act($"events/{show}", "cancel", new { reason = "延期" })).Is(200);
        (await Centre.Patch($"events/{show}", new { place = "上海" }, "*")).IsProblem(409, "event-cancelled");
        (await Nanhu.Post($"events/{show}/results", new { kind = "prize", title = "奖" })).IsProblem(
            409,
            "event-cancelled"
        );
    }
}
