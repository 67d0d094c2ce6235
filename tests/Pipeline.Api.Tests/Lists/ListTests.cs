using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Lists;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Lists;

/// <summary>The four lists and the summary, now and as they stood.</summary>
public sealed class ListTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task Totals_are_in_yuan_and_in_each_currency()
    {
        await App.As("nanhu").Reports(Given.Another(1, 1_000_000_000m));
        await App.As("nanhu").Reports(Given.Project("美资项目", "Acme Hydrogen Inc", 200_000_000m, "USD"));
        var list = (await App.As("nanhu").Get("lists/in-talks")).Is(200);
        ((long)list["count"]!).ShouldBe(2);

        // 1.7 billion yuan, and 200 million dollars at the planning rate of 7.1217.
        list["totals"]
            .ToJsonString()
            .ShouldBe(
                """{"cny":3124340000.00,"byCurrency":[{"amount":1700000000,"currency":"CNY"},{"amount":200000000,"currency":"USD"}]}"""
            );
    }

    // Of what a record may have or not, what was asked for; what it always has in any case. The tag is of what is told.
    [Test]
    public async Task Members_are_told_that_were_asked_for()
    {
        var nanhu = App.As("nanhu");
        var id = (string)(await nanhu.Reports(Given.Another(1))).Is(201)["projectId"]!;
        string[] always = ["id", "code", "name", "stage", "owner", "investors", "version", "updatedAt"];
        var whole = (await nanhu.Get($"projects/{id}")).Is(200);
        var sparse = (await nanhu.Get($"projects/{id}?fields=totalInvestment,claim")).Is(200);
        Members(sparse.Body!).ShouldBe([.. always, "totalInvestment", "claim"], ignoreOrder: true);
        sparse["totalInvestment"].ToJsonString().ShouldBe(whole["totalInvestment"].ToJsonString());
        sparse.ETag.ShouldNotBe(whole.ETag);
        (await nanhu.Patch($"projects/{id}", new { chain = "氢能" }, sparse.ETag)).Is(200); // it names the same version
        foreach (var path in new[] { "projects", "lists/in-talks" })
        {
            var list = (await nanhu.Get($"{path}?fields=chain")).Is(200);
            Members(list["items"][0]!).ShouldBe([.. always, "chain"], ignoreOrder: true);
        }

        (await nanhu.Get("projects?fields=chain,beauty"))
            .IsProblem(400, "validation-failed")
            .Codes("fields")
            .ShouldBe(["choice"]);
        (await nanhu.Get($"projects/{id}?fields=")).Is(200).Body!.AsObject().ContainsKey("chain").ShouldBeTrue();

        static IEnumerable<string> Members(System.Text.Json.Nodes.JsonNode record) =>
            record.AsObject().Select(member => member.Key);
    }

    // A filter with several values finds what each of them finds, in the order of the list, for whoever asks; what is told of others stays the same.
    [Test]
    public async Task A_filter_may_have_several_values()
    {
        var (nanhu, pinghu, jiashan) = (App.As("nanhu"), App.As("pinghu"), App.As("jiashan"));
        var number = 0;
        foreach (var unit in new[] { nanhu, pinghu, jiashan, pinghu, nanhu })
        {
            var body = Given.Another(++number, 1_000_000_000m + number);
            body["industryCode"] = number % 2 == 0 ? "3841" : "2710";
            body["chain"] = number % 2 == 0 ? "新能源" : "生物医药";
            var project = (string)(await unit.Reports(body)).Is(201)["projectId"]!;
            if (number < 3)
            {
                var move = (await unit.Submits(project, Given.Signing("2026-05-04"))).Is(201);
                (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
            }
        }

        (string Name, string[] Values)[] filters =
        [
            ("stage", ["in-talks", "signed"]),
            ("stage", ["signed", "started"]),
            ("jurisdictionId", [nanhu.UnitId, pinghu.UnitId]),
            ("industry", ["27", "3841"]),
            ("chain", ["新能源", "生物医药"]),
            ("currency", ["CNY", "USD"]),
        ];
        foreach (var caller in new[] { nanhu, App.As("centre"), App.As("leader") })
        {
            var all = await Found(caller, "");
            foreach (var (name, values) in filters)
            {
                var single = new List<string>();
                foreach (var value in values)
                    single.AddRange(await Found(caller, $"&{name}={Uri.EscapeDataString(value)}"));
                var several = string.Concat(values.Select(value => $"&{name}={Uri.EscapeDataString(value)}"));
                (await Found(caller, several)).ShouldBe([.. all.Where(single.Contains)], several);
                ((long)(await caller.Get($"projects?count=true&limit=1{several}")).Is(200)["total"]!).ShouldBe(
                    single.Count,
                    several
                );
            }
        }

        (
            (long)
                (
                    await App.As("centre")
                        .Get($"lists/in-talks?jurisdictionId={nanhu.UnitId}&jurisdictionId={pinghu.UnitId}")
                ).Is(200)["count"]!
        ).ShouldBe(2);
        (await nanhu.Get("projects?stage=signed&stage=dreaming")).Codes("stage").ShouldBe(["choice"]);
        (await nanhu.Get("projects?" + string.Join('&', Enumerable.Range(0, 21).Select(at => $"industry={10 + at}"))))
            .Codes("industry")
            .ShouldBe(["count"]);

        // Page after page, by the links, one project a page.
        static async Task<List<string>> Found(Actor caller, string filter)
        {
            var found = new List<string>();
            for (var path = $"/api/v1/projects?limit=1{filter}"; path is not null; )
            {
                var page = (await caller.Get(path)).Is(200);
                found.AddRange(page["items"].AsArray().Select(item => (string)item!["id"]!));
                path = page.Headers.TryGetValues("Link", out var links) ? links.Single()[1..].Split('>')[0] : null;
            }

            return found;
        }
    }

    [Test]
    public async Task A_list_of_a_past_month_is_as_it_stood_at_its_end()
    {
        var claim = await App.As("nanhu").Reports(Given.Project());
        App.Time.AdvanceTo(new DateTimeOffset(2026, 6, 2, 1, 0, 0, TimeSpan.Zero));
        var move = (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-06-01"))).Is(201);
        App.Time.AdvanceTo(new DateTimeOffset(2026, 7, 2, 1, 0, 0, TimeSpan.Zero));
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200); // takes effect with its own date

        async Task<long> Count(string stage, string month) =>
            (long)(await App.As("centre").Get($"lists/{stage}?month={month}"))["count"]!;
        (await Count("in-talks", "2026-04")).ShouldBe(0);
        (await Count("in-talks", "2026-05")).ShouldBe(1);
        (await Count("signed", "2026-05")).ShouldBe(0);
        (await Count("in-talks", "2026-06")).ShouldBe(0);
        (await Count("signed", "2026-06")).ShouldBe(1);
        (await App.As("centre").Get("lists/signed?month=2026-08"))
            .IsProblem(400, "validation-failed")
            .Codes("month")
            .ShouldBe(["future"]);

        async Task<string> Stage(string day) =>
            string.Join(
                ",",
                (await App.As("centre").Get($"summary?asOf={day}"))["rows"]
                    .AsArray()
                    .Select(row => $"{row!["key"]}={row["count"]}")
            );
        (await Stage("2026-05-03")).ShouldBe("");
        (await Stage("2026-05-31")).ShouldBe("in-talks=1");
        (await Stage("2026-06-01")).ShouldBe("signed=1");
    }

    [Test]
    public async Task A_reversal_counts_from_the_day_it_was_made()
    {
        var claim = await App.As("nanhu").Reports(Given.Project());
        var move = (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        App.Time.AdvanceTo(new DateTimeOffset(2026, 6, 10, 1, 0, 0, TimeSpan.Zero));
        (
            await App.As("centre")
                .Submits(
                    (string)claim["projectId"]!,
                    new
                    {
                        to = "in-talks",
                        occurredOn = "2026-06-10",
                        note = "协议无效",
                    }
                )
        ).Is(201);
        ((long)(await App.As("centre").Get("lists/signed?month=2026-05"))["count"]!).ShouldBe(1);
        ((long)(await App.As("centre").Get("lists/signed"))["count"]!).ShouldBe(0);
        ((long)(await App.As("centre").Get("lists/in-talks"))["count"]!).ShouldBe(1);
    }

    [Test]
    public async Task A_unit_gets_of_others_talks_one_figure_of_the_last_months_end()
    {
        await App.As("nanhu").Reports(Given.Project());
        var may = await App.As("xiuzhou").Get("summary");
        may["total"]["count"]!.GetValue<long>().ShouldBe(0);
        may["cityInTalks"].ToJsonString().ShouldBe("""{"asOf":"2026-04-30","count":0}""");
        App.Time.AdvanceTo(new DateTimeOffset(2026, 6, 1, 1, 0, 0, TimeSpan.Zero));
        (await App.As("xiuzhou").Get("summary"))["cityInTalks"]
            .ToJsonString()
            .ShouldBe("""{"asOf":"2026-05-31","count":1}""");
        (await App.As("centre").Get("summary")).Body!["cityInTalks"].ShouldBeNull();
    }

    [Test]
    public async Task The_citys_figure_stays_as_it_was_kept_whatever_others_record_later_with_an_earlier_date()
    {
        var kept = (string)(await App.As("nanhu").Reports(Given.Project()))["projectId"]!;
        App.Time.AdvanceTo(new DateTimeOffset(2026, 5, 31, 16, 0, 30, TimeSpan.Zero)); // 1 June, in the city
        await CityInTalks.Keep(App.Services.GetRequiredService<Database>());
        App.Time.AdvanceTo(new DateTimeOffset(2026, 6, 10, 1, 0, 0, TimeSpan.Zero));
        await Backdated("迟到的项目");
        await Figure("2026-05-31", 1);
        (
            await App.As("centre")
                .Submits(
                    kept,
                    new
                    {
                        to = "terminated",
                        occurredOn = "2026-05-20",
                        reasonCode = "market",
                        note = "已终止",
                    }
                )
        ).Is(201);
        await Figure("2026-05-31", 1);

        // The next one has it all.
        App.Time.AdvanceTo(new DateTimeOffset(2026, 7, 2, 1, 0, 0, TimeSpan.Zero));
        await Figure("2026-06-30", 1);
        await Backdated("又一个迟到的项目");
        await Figure("2026-06-30", 1);
    }

    [Test]
    public async Task A_library_in_its_first_month_keeps_the_figure_as_it_is_when_it_is_first_asked_for()
    {
        await Backdated("先有的项目");
        await Figure("2026-04-30", 1);
        await Backdated("后来的项目");
        await Figure("2026-04-30", 1);
    }

    [Test]
    public async Task A_figure_that_cannot_be_kept_is_not_told()
    {
        (await App.As("nanhu").Get("me")).Is(200);
        App.Time.Jump(TimeSpan.FromDays(31)); // nobody knows yet whether it is June
        (await App.As("xiuzhou").Get("summary")).Is(200).Body!["cityInTalks"].ShouldBeNull();
        App.Time.Advance(TimeSpan.FromMinutes(2)); // the clocks have agreed for a minute
        await Figure("2026-05-31", 0);
    }

    private async Task Backdated(string name) =>
        await App.As("centre")
            .Imports(
                Registers.Csv(
                    "项目名称,投资方,总投资,落户地,阶段,首报日期",
                    $"{name},{name}有限公司,3亿元,海宁市,在谈,2026-04-01"
                )
            );

    private async Task Figure(string asOf, int count)
    {
        foreach (var who in new[] { "xiuzhou", "nanhu" })
            (await App.As(who).Get("summary"))
                .Is(200)["cityInTalks"]
                .ToJsonString()
                .ShouldBe($$"""{"asOf":"{{asOf}}","count":{{count}}}""");
    }

    [TestCase("stage", "in-talks")]
    [TestCase("jurisdiction", "nanhu")]
    [TestCase("industry", "341")]
    [TestCase("division", "34")]
    [TestCase("month", "2026-05")]
    public async Task The_summary_groups_by_each_dimension(string by, string key)
    {
        await App.As("nanhu").Reports(Given.Project());
        var row = (await App.As("leader").Get($"summary?by={by}"))["rows"].AsArray().ShouldHaveSingleItem()!;
        ((string)row["key"]!).ShouldBe(key);
        ((decimal)row["totals"]!["cny"]!).ShouldBe(1_200_000_000m);
    }

    [Test]
    public async Task A_list_that_is_none_of_the_four_does_not_exist()
    {
        foreach (var stage in new[] { "in-production", "terminated", "nothing" })
            (await App.As("centre").Get($"lists/{stage}")).IsProblem(404, "not-found");
    }
}
