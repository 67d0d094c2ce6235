using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Targets;

/// <summary>Targets (R102) with versions and reasons, set by one person and published by another (C13).</summary>
public sealed class TargetTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");
    private Actor Nanhu => App.As("nanhu");

    private string Mine => $"targets/2026/{Nanhu.UnitId}/projects-signed";

    private Task<Answer> Sets(Actor who, string path, decimal? value, string reason = "目标责任书") =>
        who.Put(path, new { value, reason }, "*");

    private static Task<Answer> Publishes(Actor who) => who.Post("targets/publish", new { year = 2026 });

    [Test]
    public async Task C13_a_target_is_in_force_once_a_second_person_published_it()
    {
        var none = (await Centre.Get(Mine)).Is(200);
        ((int)none["version"]!).ShouldBe(0);
        (await Centre.Put(Mine, new { value = 5, reason = "目标责任书" }, none.ETag!)).Is(200);
        (await Centre.Put(Mine, new { value = 6, reason = "目标责任书" }, none.ETag!)).Is(412);
        (await Nanhu.Get(Mine)).Is(200).Body!["value"].ShouldBeNull("it waits");
        (await Nanhu.Get(Mine)).Is(200).Body!["proposed"].ShouldBeNull();
        ((decimal)(await Centre.Get(Mine)).Is(200)["proposed"]!["value"]!).ShouldBe(5);

        (await Publishes(Centre)).IsProblem(403, "second-person-required");
        (await Publishes(Nanhu)).IsProblem(403, "forbidden");
        ((int)(await Second.Get("targets?year=2026")).Is(200)["publishable"]!).ShouldBe(1);
        ((int)(await Publishes(Second)).Is(200)["count"]!).ShouldBe(1);
        (await Publishes(Second)).IsProblem(409, "nothing-to-publish");
        ((decimal)(await Nanhu.Get(Mine)).Is(200)["value"]!).ShouldBe(5);
        (await Nanhu.Get("notices"))
            .Is(200)["items"]
            .AsArray()
            .ShouldContain(notice => (string)notice!["kind"]! == "targets-published");
    }

    [Test]
    public async Task R102_versions_and_reasons_stay()
    {
        (await Sets(Centre, Mine, 5)).Is(200);
        (await Publishes(Second)).Is(200);
        (await Sets(Second, Mine, 8, "年中调整")).Is(200);

        // As long as the second waits, the first is in force.
        ((decimal)(await Nanhu.Get(Mine)).Is(200)["value"]!).ShouldBe(5);
        (await Publishes(Centre)).Is(200);
        ((decimal)(await Nanhu.Get(Mine)).Is(200)["value"]!).ShouldBe(8);
        (await Nanhu.Get($"{Mine}/versions"))
            .Is(200)["items"]
            .AsArray()
            .Select(version => $"{(int)version!["version"]!} {(decimal)version["value"]!} {(string)version["reason"]!}")
            .ShouldBe(["2 8 年中调整", "1 5 目标责任书"]);
    }

    [Test]
    public async Task R102_the_units_together_may_differ_from_the_city_and_it_is_shown()
    {
        (await Sets(Centre, Mine, 5)).Is(200);
        (await Sets(Centre, $"targets/2026/{App.As("pinghu").UnitId}/projects-signed", 4)).Is(200);
        (await Sets(Centre, "targets/2026/city/projects-signed", 10)).Is(200);
        (await Publishes(App.As("admin"))).Is(200);
        var sum = (await Nanhu.Get("targets?year=2026")).Is(200)["sums"][0]!;
        ((decimal)sum["units"]!, (decimal)sum["city"]!).ShouldBe((9m, 10m));
    }

    [Test]
    public async Task R102_targets_come_and_go_by_sheets()
    {
        var sheet = Registers.Csv(
            "年度,单位,指标,目标值,依据",
            "2026,南湖区,签约项目,12,责任书",
            "2026,全市,实际利用外资,30亿美元,责任书",
            "2026,南湖区,制造业到位资金占比,65%,责任书",
            "2026,南湖区,到位资金,20亿元,责任书",
            "2026,某地,签约项目,3,责任书",
            "2026,平湖市,无此指标,3,责任书",
            "2026,南湖区,签约项目,13,责任书",
            "2026,平湖市,签约项目,若干,责任书"
        );
        var taken = (await Centre.SendsSheet("targets", sheet)).Is(201);
        ((int)taken["rowsAccepted"]!, (int)taken["rowsRejected"]!).ShouldBe((4, 4));
        taken["rows"]
            .AsArray()
            .SelectMany(row => row!["issues"]!.AsArray())
            .Select(issue => (string)issue!["code"]!)
            .ShouldBe(["unit-unknown", "indicator", "repeated", "indicator-value"]);
        (await Publishes(Second)).Is(200);
        ((decimal)(await Centre.Get("targets/2026/city/foreign-capital-used")).Is(200)["value"]!).ShouldBe(
            3_000_000_000m
        );
        ((decimal)(await Centre.Get($"targets/2026/{Nanhu.UnitId}/manufacturing-share")).Is(200)["value"]!).ShouldBe(
            0.65m
        );
        ((decimal)(await Centre.Get($"targets/2026/{Nanhu.UnitId}/capital-paid-in")).Is(200)["value"]!).ShouldBe(
            2_000_000_000m
        );

        // What was exported says the same when it comes back.
        var exported = await Centre.Get("exports/targets.csv?year=2026");
        exported.Is(200);
        exported.Text.ShouldContain("南湖区,签约项目,12");
        var again = (await Centre.SendsSheet("targets", System.Text.Encoding.UTF8.GetBytes(exported.Text))).Is(201);
        ((int)again["rowsUnchanged"]!, (int)again["rowsTotal"]!).ShouldBe((4, 4));
        (await Nanhu.SendsSheet("targets", sheet)).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task Statistics_come_by_sheets()
    {
        var sheet = Registers.Csv(
            "期间,单位,指标,数值,来源",
            "2026-04,南湖区,路演活动,3,月报",
            "2026-04,平湖市,路演活动,2场,月报",
            "2026-04,南湖区,签约项目,2,月报"
        );
        var taken = (await Centre.SendsSheet("indicator-values", sheet)).Is(201);
        ((int)taken["rowsAccepted"]!, (int)taken["rowsRejected"]!).ShouldBe((2, 1));
        (
            (decimal)(await Centre.Get("figures?period=2026-04&indicators=road-shows")).Is(200)["city"][0]!["value"]!
        ).ShouldBe(5);
        ((int)(await Centre.SendsSheet("indicator-values", sheet)).Is(201)["rowsUnchanged"]!).ShouldBe(2);
    }
}
