using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Lights;
using Pipeline.Api.Tests.Support;
using Pipeline.Store.Totals;

namespace Pipeline.Api.Tests.Lights;

/// <summary>Lights (R7, R90–R93) from 2026-05-04 on: in talks 2 and 3 months, signed 3 and 6.</summary>
public sealed class LightTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    private async Task<string> Small(int number, Dictionary<string, object?>? more = null, string unit = "nanhu")
    {
        var project = Given.Project($"第{number}号小厂", $"第{number}号小厂公司", 100_000_000m + number);
        foreach (var (key, value) in more ?? [])
            project[key] = value;
        return (string)(await App.As(unit).Post("projects", project)).Is(201)["id"]!;
    }

    private void On(string day) => App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());

    private async Task<(string Light, string? TurnsOn, string? Next, string[] Rules)> Light(string id)
    {
        var told = (await Nanhu.Get($"projects/{id}/light")).Is(200);
        ((string)(await Nanhu.Get($"projects/{id}")).Is(200)["light"]!).ShouldBe((string)told["light"]!);
        return (
            (string)told["light"]!,
            (string?)told.Body!["turnsOn"],
            (string?)told.Body["next"],
            [
                .. told["reasons"]
                    .AsArray()
                    .Select(reason => $"{reason!["rule"]} {reason["since"]} {reason["limit"]} {reason["reachedOn"]}"),
            ]
        );
    }

    private async Task Progresses(string id, string on, string kind) =>
        (
            await Nanhu.Post(
                $"projects/{id}/progress",
                new
                {
                    occurredOn = on,
                    kind,
                    note = "进展",
                }
            )
        ).Is(201);

    [Test]
    public async Task R90_progress_other_than_a_call_sets_the_light_back_by_the_day_it_occurred()
    {
        var id = await Small(1); // 05-04: yellow 07-04, red 08-04
        (await Light(id)).ShouldBe(("green", "2026-07-04", "yellow", []), Compare);
        On("2026-07-04");
        (await Light(id)).ShouldBe(("yellow", "2026-08-04", "red", ["idle 2026-05-04 P2M 2026-07-04"]), Compare);
        await Progresses(id, "2026-07-03", "call");
        (await Light(id)).Light.ShouldBe("yellow");
        await Progresses(id, "2026-06-30", "visit");
        (await Light(id)).ShouldBe(("green", "2026-08-30", "yellow", []), Compare);

        // An earlier one changes nothing, and is marked where it comes late.
        var late = (
            await Nanhu.Post(
                $"projects/{id}/progress",
                new
                {
                    occurredOn = "2026-06-19",
                    kind = "letter",
                    note = "补记",
                }
            )
        ).Is(201);
        ((int)late["recordedLate"]!).ShouldBe(15);
        (await Light(id)).TurnsOn.ShouldBe("2026-08-30");
        (
            await Nanhu.Post(
                $"projects/{id}/progress",
                new
                {
                    occurredOn = "2026-06-20",
                    kind = "letter",
                    note = "x",
                }
            )
        ).Is(201).Body!["recordedLate"].ShouldBeNull("fourteen days are in time");
    }

    private static readonly IEqualityComparer<(string, string?, string?, string[])> Compare = EqualityComparer<(
        string,
        string?,
        string?,
        string[]
    )>.Create(
        (one, other) =>
            (one.Item1, one.Item2, one.Item3) == (other.Item1, other.Item2, other.Item3)
            && one.Item4.SequenceEqual(other.Item4)
    );

    [Test]
    public async Task R90_entering_a_stage_begins_anew_and_later_progress_counts_there_too()
    {
        var id = await Small(1);
        var move = (await Nanhu.Submits(id, Given.Signing("2026-05-04", 100_000_001m))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        (await Light(id)).TurnsOn.ShouldBe("2026-08-04"); // signed: three months
        On("2026-06-10");
        await Progresses(id, "2026-06-10", "meeting");
        (await Light(id)).TurnsOn.ShouldBe("2026-09-10");
    }

    [Test]
    public async Task R91_a_planned_start_that_passes_turns_the_light_and_putting_it_off_turns_it_back()
    {
        var id = await Small(1, new() { ["plannedStartOn"] = "2026-05-20" });
        (await Light(id)).TurnsOn.ShouldBe("2026-05-21");
        On("2026-05-21");
        (await Light(id)).ShouldBe(("yellow", "2026-08-04", "red", ["plan 2026-05-20 P1D 2026-05-21"]), Compare);
        var etag = (await Nanhu.Get($"projects/{id}")).ETag;
        (await Nanhu.Patch($"projects/{id}", new { plannedStartOn = "2026-12-01" }, etag)).Is(200);
        (await Light(id)).ShouldBe(("green", "2026-07-04", "yellow", []), Compare);
    }

    [Test]
    public async Task R92_verified_capital_keeps_a_started_project_on_its_schedule()
    {
        // Started 05-04, production 100 days later; 100,000,000 planned. Nothing paid: yellow after 10 days, red after 31.
        var project = Given.Project("甲厂", "甲厂公司", 100_000_000m);
        project["plannedProductionOn"] = "2026-08-12";
        var id = (string)(await Nanhu.Post("projects", project)).Is(201)["id"]!;
        foreach (
            var move in new object[]
            {
                Given.Signing("2026-05-04", 100_000_000m),
                new
                {
                    to = "registered",
                    occurredOn = "2026-05-04",
                    evidence = new { filingCode = "F-1", filedOn = "2026-05-04" },
                },
                new
                {
                    to = "started",
                    occurredOn = "2026-05-04",
                    evidence = new
                    {
                        permitNo = "P-1",
                        permittedOn = "2026-05-04",
                        photoOn = "2026-05-04",
                        files = new[] { await Nanhu.Uploads() },
                    },
                },
            }
        )
        {
            var submitted = (await Nanhu.Submits(id, move)).Is(201);
            (await Centre.Post($"moves/{submitted["id"]}/verify")).Is(200);
        }

        (await Light(id)).ShouldBe(("green", "2026-05-14", "yellow", []), Compare);
        var entry = (
            await Nanhu.Post(
                $"projects/{id}/capital",
                new
                {
                    occurredOn = "2026-05-04",
                    amount = new { amount = 20_000_000, currency = "CNY" },
                    kind = "domestic-cash",
                    voucherKind = "bank-slip",
                    voucherNo = "1",
                    files = new[] { await Nanhu.Uploads() },
                }
            )
        ).Is(201);
        (await Light(id)).TurnsOn.ShouldBe("2026-05-14", "what waits for the centre does not count");
        (await Centre.Act($"capital/{entry["id"]}", "verify", new { })).Is(200);

        // A fifth paid: 20 + 10 points after 30 days, more than 20 + 30 after 51.
        (await Light(id)).TurnsOn.ShouldBe("2026-06-03");
        On("2026-06-24");
        (await Light(id)).ShouldBe(("red", null, null, ["schedule 2026-05-04 30 2026-06-24"]), Compare);
        (await Centre.Act($"capital/{entry["id"]}", "reverse", new { reason = "误报" })).Is(200);
        (await Light(id)).Rules.ShouldBe(["schedule 2026-05-04 30 2026-06-04"]);
    }

    [Test]
    public async Task R93_lists_filters_counts_and_totals_say_of_every_day_what_each_project_says()
    {
        await Small(1);
        await Small(2, new() { ["plannedStartOn"] = "2026-05-20" });
        await Small(3, new() { ["plannedStartOn"] = "2026-06-01" }, "xiuzhou");
        var moving = await Small(4);
        for (var day = 0; day < 110; day += 5)
        {
            if (day == 40)
                await Progresses(moving, App.Today.ToString("yyyy-MM-dd"), "visit");
            if (day == 60)
                await Store();
            foreach (var (who, mine) in new[] { (Centre, 4), (Nanhu, 3) })
            {
                var all = (await who.Get("projects")).Is(200)["items"].AsArray();
                all.Count.ShouldBe(mine);
                var lights = (await who.Get("lights")).Is(200);
                foreach (var light in new[] { "green", "yellow", "red" })
                {
                    string[] these =
                    [
                        .. all.Where(project => (string)project!["light"]! == light)
                            .Select(project => (string)project!["id"]!)
                            .Order(),
                    ];
                    async Task<string[]> Found(string path, string id) =>
                        [
                            .. (await who.Get(path))
                                .Is(200)["items"]
                                .AsArray()
                                .Select(each => (string)each![id]!)
                                .Order(),
                        ];
                    (await Found($"projects?idle={light}", "id")).ShouldBe(these);
                    (await Found($"lights?light={light}", "projectId")).ShouldBe(these);
                    ((long)(await who.Get($"projects?idle={light}&count=true"))["total"]!).ShouldBe(these.Length);
                    lights["totals"].AsArray().Sum(total => (long)total![light]!).ShouldBe(these.Length);
                }
            }

            App.Time.Advance(TimeSpan.FromDays(5));
        }

        (await App.As("auditor").Get("lights")).Is(200);
        (await Violations()).ShouldBeEmpty();

        Task Store() => StageTotals.Fold(App.Services.GetRequiredService<Pipeline.Data.Database>());
        Task<List<string>> Violations() =>
            App.Services.GetRequiredService<Pipeline.Data.Database>().Read(StageTotals.Violations);
    }

    [Test]
    public async Task R93_what_turns_within_a_week_is_foretold()
    {
        var first = await Small(1, new() { ["plannedStartOn"] = "2026-05-09" }); // yellow 05-10
        await Small(2, new() { ["plannedStartOn"] = "2026-05-11" }); // yellow 05-12: eight days ahead
        var told = (await Centre.Get("lights?turnsWithin=P7D")).Is(200);
        var item = told["items"].AsArray().ShouldHaveSingleItem()!;
        ((string)item["projectId"]!, (string)item["turnsOn"]!, (string)item["next"]!, (string)item["light"]!).ShouldBe(
            (first, "2026-05-10", "yellow", "green")
        );
        (await Centre.Get("lights?turnsWithin=P8D")).Is(200)["items"].AsArray().Count.ShouldBe(2);
        (await Centre.Get("lights?turnsWithin=PT2H")).IsProblem(400, "validation-failed");
        var later = (await Centre.Get("lights?on=2026-08-04")).Is(200);
        later["items"].AsArray().Select(each => (string)each!["light"]!).ShouldBe(["red", "red"]);
        (await App.As("xiuzhou").Get("lights?on=2026-08-04")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get($"projects/{first}/light")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task R90_other_limits_judge_every_project_anew()
    {
        var id = await Small(1);
        var judge = App.Services.GetRequiredService<JudgeLights>();
        await judge.Run();
        ((bool)(await Centre.Get("lights"))["complete"]!).ShouldBeTrue();
        object Limits(string yellow, string red) =>
            new
            {
                yellow,
                red,
                removal = "P6M",
            };
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "一月",
                        effectiveFrom = "2026-05-04",
                        lights = new
                        {
                            inTalks = Limits("P1M", "P2M"),
                            signed = Limits("P3M", "P6M"),
                            registered = Limits("P3M", "P12M"),
                            planned = new { yellow = "P1D", red = "P3M" },
                            schedule = new { yellow = 10, red = 30 },
                        },
                    }
                )
        ).Is(201);
        App.Time.Advance(TimeSpan.FromSeconds(1));
        ((bool)(await Centre.Get("lights"))["complete"]!).ShouldBeFalse();
        await judge.Run();
        ((bool)(await Centre.Get("lights"))["complete"]!).ShouldBeTrue();
        (await Light(id)).TurnsOn.ShouldBe("2026-06-04");
        On("2026-06-04");
        (await Light(id)).Light.ShouldBe("yellow");
    }

    [Test]
    public async Task R93_a_unit_is_told_once_a_day_what_turned_and_no_outage_loses_it()
    {
        await Small(1, new() { ["plannedStartOn"] = "2026-05-09" }); // yellow 05-10, red 08-04 (idle)
        await Small(2, new() { ["plannedStartOn"] = "2026-05-20" }); // yellow 05-21
        await Small(3, new() { ["plannedStartOn"] = "2026-05-09" }, "xiuzhou");
        var round = App.Services.GetRequiredService<Features.Notices.NoticeRound>();
        async Task<string[]> Told(string who) =>
            [
                .. (await App.As(who).Get("notices"))
                    .Is(200)["items"]
                    .AsArray()
                    .Where(notice => (string)notice!["kind"]! == "lights-turned")
                    .Select(notice => (string)notice!["text"]!),
            ];
        await round.Run(); // begins on 05-04
        On("2026-05-09");
        await round.Run();
        (await Told("nanhu")).ShouldBeEmpty();
        On("2026-05-22"); // days during which nothing ran
        await round.Run();
        await round.Run();
        (await Told("nanhu")).ShouldBe(["本单位项目亮灯：2 个转黄，0 个转红"]);
        (await Told("xiuzhou")).ShouldBe(["本单位项目亮灯：1 个转黄，0 个转红"]);
        On("2026-08-04");
        await round.Run();
        (await Told("nanhu"))[0].ShouldBe("本单位项目亮灯：0 个转黄，2 个转红");
    }

    [Test]
    public async Task A_leader_counts_no_secret_project_but_those_named_on()
    {
        await Small(1, new() { ["plannedStartOn"] = "2026-05-05", ["secret"] = true });
        var named = await Small(2, new() { ["plannedStartOn"] = "2026-05-05", ["secret"] = true });
        App.Sql(connection =>
            connection.Execute(
                "INSERT INTO project_leaders (project_id, user_id) SELECT @named, id FROM users WHERE username = 'leader'",
                new { named }
            )
        );
        On("2026-05-06");
        async Task<long> Yellow(string who) =>
            (await App.As(who).Get("lights")).Is(200)["totals"].AsArray().Sum(total => (long)total!["yellow"]!);
        (await Yellow("centre"), await Yellow("leader"), await Yellow("xiuzhou")).ShouldBe((2, 1, 0));
    }
}
