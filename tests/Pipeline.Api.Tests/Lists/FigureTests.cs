using System.Text;
using Pipeline.Api.Features.Lists;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Lists;

/// <summary>What entered and left, how long it took, what became of claims: figures of histories made by hand.</summary>
public sealed class FigureTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_project_leaves_one_stage_and_enters_the_next_in_the_month_it_happened()
    {
        await TwoSignedAndOneInTalks();
        var flow = (await App.As("leader").Get("summary/flow?from=2026-04&to=2026-05")).Is(200);
        Passages(flow, "2026-04").ShouldBeEmpty();
        Passages(flow, "2026-05").ShouldBe(["in-talks +3 -2", "signed +2 -0"], ignoreOrder: true);
    }

    [Test]
    public async Task Others_talks_are_in_no_figure_of_a_unit()
    {
        await TwoSignedAndOneInTalks();
        var flow = (await App.As("xiuzhou").Get("summary/flow?from=2026-05&to=2026-05")).Is(200);
        Passages(flow, "2026-05").ShouldBe(["signed +2 -0"]);
        var durations = (await App.As("xiuzhou").Get("summary/durations")).Is(200);
        Spread(durations, "in-talks", "left").ShouldBe("""{"count":0}""");
        Spread(durations, "in-talks", "standing").ShouldBe("""{"count":0}""");
        Spread(durations, "signed", "standing").ShouldBe("""{"count":2,"medianDays":5,"p90Days":15}""");
        var claims = (await App.As("xiuzhou").Get("summary/claims?from=2026-05&to=2026-05")).Is(200);
        claims["months"]
            .ToJsonString()
            .ShouldBe(
                """[{"name":"2026-05","received":0,"activated":0,"converted":0,"expired":0,"released":0,"revoked":0,"active":0}]"""
            );
    }

    [Test]
    public async Task What_ended_before_it_was_signed_is_no_figure_of_others_even_after_it_was_revived_and_signed()
    {
        var nanhu = App.As("nanhu");
        var id = (string)(await nanhu.Reports(Given.Project()))["projectId"]!;
        (
            await nanhu.Submits(
                id,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                }
            )
        ).Is(201);
        Passages((await App.As("xiuzhou").Get("summary/flow?from=2026-05")).Is(200), "2026-05").ShouldBeEmpty();
        (
            await App.As("centre")
                .Submits(
                    id,
                    new
                    {
                        to = "in-talks",
                        occurredOn = "2026-05-04",
                        note = "投资方回来了",
                    }
                )
        ).Is(201);
        var move = (await nanhu.Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        Passages((await App.As("xiuzhou").Get("summary/flow?from=2026-05")).Is(200), "2026-05")
            .ShouldBe(["signed +1 -0"]);
        Passages((await App.As("centre").Get("summary/flow?from=2026-05")).Is(200), "2026-05")
            .ShouldBe(["in-talks +2 -2", "signed +1 -0", "terminated +1 -1"], ignoreOrder: true);
    }

    [Test]
    public async Task Days_in_a_stage_are_counted_for_those_that_left_and_for_those_that_stand()
    {
        await TwoSignedAndOneInTalks();
        var durations = (await App.As("centre").Get("summary/durations")).Is(200);
        Spread(durations, "in-talks", "left").ShouldBe("""{"count":2,"medianDays":10,"p90Days":20}""");
        Spread(durations, "in-talks", "standing").ShouldBe("""{"count":1,"medianDays":25,"p90Days":25}""");
        Spread(durations, "signed", "left").ShouldBe("""{"count":0}""");
        Spread(durations, "signed", "standing").ShouldBe("""{"count":2,"medianDays":5,"p90Days":15}""");
    }

    [Test]
    public async Task Secret_projects_are_in_the_figures_of_those_only_who_may_read_them()
    {
        await App.As("nanhu").Reports(Given.Project(secret: true));
        foreach (
            var (who, count) in new[] { ("centre", 1), ("auditor", 1), ("nanhu", 1), ("leader", 0), ("xiuzhou", 0) }
        )
        {
            Passages((await App.As(who).Get("summary/flow")).Is(200), "2026-05").Count.ShouldBe(count, who);
            ((long)(await App.As(who).Get("summary/durations"))["rows"][0]!["standing"]!["count"]!).ShouldBe(
                count,
                who
            );
            ((long)(await App.As(who).Get("summary/claims"))["months"][11]!["active"]!).ShouldBe(count, who);
        }
    }

    [Test]
    public async Task Claims_are_counted_by_what_became_of_them_in_the_month_it_did()
    {
        await App.As("nanhu").Reports(Given.Project());
        await App.As("xiuzhou").Reports(Given.Project());
        App.Time.AdvanceTo(new DateTimeOffset(2026, 7, 20, 0, 0, 0, TimeSpan.Zero));

        // The first window ended with 4 June, the second, from 5 June on, with 5 July.
        Told(await App.As("leader").Get("summary/claims?from=2026-05&to=2026-07"))
            .ShouldBe([
                "2026-05: received 2, activated 1, expired 0, active 1",
                "2026-06: received 0, activated 1, expired 1, active 1",
                "2026-07: received 0, activated 0, expired 1, active 0",
            ]);
        Told(await App.As("nanhu").Get("summary/claims?from=2026-05&to=2026-07"))
            .ShouldBe([
                "2026-05: received 1, activated 1, expired 0, active 1",
                "2026-06: received 0, activated 0, expired 1, active 0",
                "2026-07: received 0, activated 0, expired 0, active 0",
            ]);

        static IEnumerable<string> Told(Answer answer) =>
            answer["months"]
                .AsArray()
                .Select(month =>
                    $"{month!["name"]}: received {month["received"]}, activated {month["activated"]}, expired {month["expired"]}, active {month["active"]}"
                );
    }

    [Test]
    public async Task A_month_is_the_citys_wherever_the_clock_stands()
    {
        App.Time.AdvanceTo(new DateTimeOffset(2026, 5, 31, 16, 30, 0, TimeSpan.Zero)); // 1 June, 00:30 in the city
        await App.As("nanhu").Reports(Given.Project(), Given.Contacts("2026-05-20"));
        var months = (await App.As("nanhu").Get("summary/claims?from=2026-05"))["months"].AsArray();
        months.Select(month => $"{month!["name"]}={month["received"]}").ShouldBe(["2026-05=0", "2026-06=1"]);
    }

    [TestCase("summary/flow")]
    [TestCase("summary/claims")]
    public async Task Months_to_come_or_more_than_five_years_are_refused(string path)
    {
        (await App.As("centre").Get($"{path}?to=2026-06"))
            .IsProblem(400, "validation-failed")
            .Codes("to")
            .ShouldBe(["future"]);
        (await App.As("centre").Get($"{path}?from=2026-05&to=2026-04"))
            .IsProblem(400, "validation-failed")
            .Codes("from")
            .ShouldBe(["months"]);
        (await App.As("centre").Get($"{path}?from=2021-05&to=2026-05"))
            .IsProblem(400, "validation-failed")
            .Codes("from")
            .ShouldBe(["months"]);
        (await App.As("centre").Get($"{path}?from=2021-06&to=2026-05")).Is(200)["months"].AsArray().Count.ShouldBe(60);
        (await App.As("centre").Get(path)).Is(200)["months"].AsArray().Count.ShouldBe(12);
    }

    [Test]
    public async Task Figures_of_one_unit_leave_the_others_out_and_still_tell_of_no_talks()
    {
        await TwoSignedAndOneInTalks();
        await App.As("xiuzhou").Reports(Given.Another(5), Given.Contacts("2026-05-20"));
        var (nanhu, xiuzhou) = (App.As("nanhu").UnitId, App.As("xiuzhou").UnitId);
        Passages((await App.As("centre").Get($"summary/flow?jurisdictionId={xiuzhou}")).Is(200), "2026-05")
            .ShouldBe(["in-talks +1 -0"]);
        Passages((await App.As("nanhu").Get($"summary/flow?jurisdictionId={xiuzhou}")).Is(200), "2026-05")
            .ShouldBeEmpty();
        Spread(
                (await App.As("centre").Get($"summary/durations?jurisdictionId={nanhu}")).Is(200),
                "in-talks",
                "standing"
            )
            .ShouldBe("""{"count":1,"medianDays":25,"p90Days":25}""");
        Spread(
                (await App.As("nanhu").Get($"summary/durations?jurisdictionId={xiuzhou}")).Is(200),
                "in-talks",
                "standing"
            )
            .ShouldBe("""{"count":0}""");
        (
            (long)
                (await App.As("centre").Get($"summary/claims?jurisdictionId={xiuzhou}")).Is(200)["months"][11]![
                    "received"
                ]!
        ).ShouldBe(1);
        (
            (long)
                (await App.As("nanhu").Get($"summary/claims?jurisdictionId={xiuzhou}")).Is(200)["months"][11]![
                    "received"
                ]!
        ).ShouldBe(0);
        ((long)(await App.As("nanhu").Get($"summary?jurisdictionId={nanhu}")).Is(200)["total"]["count"]!).ShouldBe(3);
        ((long)(await App.As("nanhu").Get($"summary?jurisdictionId={xiuzhou}")).Is(200)["total"]["count"]!).ShouldBe(0);
        ((long)(await App.As("centre").Get($"summary?jurisdictionId={xiuzhou}")).Is(200)["total"]["count"]!).ShouldBe(
            1
        );
    }

    [Test]
    public async Task How_long_one_other_units_projects_took_and_when_they_moved_is_no_figure_for_a_unit()
    {
        await TwoSignedAndOneInTalks();
        var (nanhu, xiuzhou) = (App.As("nanhu").UnitId, App.As("xiuzhou").UnitId);
        App.AddKey("ppl_portal", null, "reports:read");
        foreach (var actor in new[] { App.As("xiuzhou"), App.With("ppl_portal") })
        {
            Passages((await actor.Get($"summary/flow?from=2026-05&jurisdictionId={nanhu}")).Is(200), "2026-05")
                .ShouldBeEmpty();
            foreach (var which in new[] { "left", "standing" })
                Spread((await actor.Get($"summary/durations?jurisdictionId={nanhu}")).Is(200), "signed", which)
                    .ShouldBe("""{"count":0}""");

            // How many stand where is public: the lists of projects say it.
            ((long)(await actor.Get($"summary?jurisdictionId={nanhu}")).Is(200)["total"]["count"]!).ShouldBe(2);
        }

        Passages((await App.As("nanhu").Get($"summary/flow?from=2026-05&jurisdictionId={nanhu}")).Is(200), "2026-05")
            .ShouldBe(["in-talks +3 -2", "signed +2 -0"], ignoreOrder: true);
        Spread((await App.As("leader").Get($"summary/durations?jurisdictionId={nanhu}")).Is(200), "signed", "standing")
            .ShouldBe("""{"count":2,"medianDays":5,"p90Days":15}""");
        Spread((await App.As("nanhu").Get($"summary/durations?jurisdictionId={xiuzhou}")).Is(200), "signed", "standing")
            .ShouldBe("""{"count":0}""");
    }

    [Test]
    public async Task What_a_register_gives_no_date_for_entered_on_no_day_that_is_counted()
    {
        var register = Encoding.UTF8.GetBytes(
            "项目名称,投资方,总投资,落户地,阶段,签约日期\n光伏支架生产项目,海宁阳光支架有限公司,3.2亿元,海宁市,签约,2026-03-01\n冷链物流中心,平湖冷运有限公司,5亿元,平湖市,签约,\n"
        );
        await App.As("centre").Imports(register, "register.csv");
        ((long)(await App.As("centre").Get("lists/signed"))["count"]!).ShouldBe(2);
        var flow = (await App.As("centre").Get("summary/flow?from=2026-03")).Is(200);
        Passages(flow, "2026-03").ShouldBe(["signed +1 -0"]);
        Passages(flow, "2026-05").ShouldBeEmpty();

        // From 1 March to 4 May.
        Spread((await App.As("centre").Get("summary/durations")).Is(200), "signed", "standing")
            .ShouldBe("""{"count":1,"medianDays":64,"p90Days":64}""");
    }

    [TestCase("en", "Manufacture of general purpose machinery")]
    [TestCase("zh-CN", "通用设备制造业")]
    public async Task Divisions_are_named_in_the_readers_language(string language, string name)
    {
        await App.As("nanhu").Reports(Given.Project());
        var rows = (await App.As("centre").Get("summary?by=division", ("Accept-Language", language)))["rows"].AsArray();
        ((string)rows.ShouldHaveSingleItem()!["label"]!).ShouldBe(name);
    }

    /// <summary>Of nanhu: two in talks since 4 May, signed on 14 and 24 May, one in talks still; today is 29 May.</summary>
    private async Task TwoSignedAndOneInTalks()
    {
        var nanhu = App.As("nanhu");
        var ids = new List<string>();
        foreach (var project in new[] { Given.Project(), Given.Another(1), Given.Another(2) })
            ids.Add((string)(await nanhu.Reports(project)).Is(201)["projectId"]!);
        App.Time.AdvanceTo(new DateTimeOffset(2026, 5, 29, 1, 0, 0, TimeSpan.Zero));
        foreach (var (id, day) in ids.Zip(["2026-05-14", "2026-05-24"]))
        {
            var move = (await nanhu.Submits(id, Given.Signing(day))).Is(201);
            (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        }
    }

    private static List<string> Passages(Answer flow, string month) =>
        [
            .. flow["months"].AsArray().Single(row => (string)row!["name"]! == month)!["stages"]!
                .AsArray()
                .Where(row => (long)row!["entered"]! + (long)row["left"]! > 0)
                .Select(row => $"{row!["stage"]} +{row["entered"]} -{row["left"]}"),
        ];

    private static string Spread(Answer durations, string stage, string which) =>
        durations["rows"].AsArray().Single(row => (string)row!["stage"]! == stage)![which]!.ToJsonString();
}

/// <summary>Percentiles by nearest rank.</summary>
public sealed class PercentileTests
{
    // The classical example of the method: 15, 20, 35, 40, 50.
    [TestCase(5, 15)]
    [TestCase(30, 20)]
    [TestCase(40, 20)]
    [TestCase(50, 35)]
    [TestCase(100, 50)]
    public void The_least_length_within_which_so_many_lie(int percent, int days) =>
        Durations.Percentile([(50, 1), (15, 1), (20, 1), (35, 1), (40, 1)], percent).ShouldBe(days);

    [Test]
    public void A_length_that_occurs_often_weighs_as_often() => Durations.Percentile([(1, 1), (7, 9)], 50).ShouldBe(7);

    [Test]
    public void Nothing_has_no_percentile() => Durations.Percentile([], 50).ShouldBeNull();
}
