using System.Net;
using Dapper;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Calendars;

/// <summary>Calendars of what comes due, read by a library for RFC 5545, from Monday 2026-05-04 on.</summary>
public sealed class CalendarApiTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Centre => App.As("centre");

    private static readonly string[] All = ["claims", "signings", "problems", "meetings", "turns"];

    private static async Task<string> Made(Actor who, params string[] kinds) =>
        new Uri((string)(await who.Post("me/calendars", new { kinds, alarm = "P1D" })).Is(201)["url"]!).AbsolutePath;

    private async Task<HttpResponseMessage> Fetch(string path, string? known = null)
    {
        using var client = App.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await client.SendAsync(request);
    }

    private async Task<Calendar> Read(string path)
    {
        using var response = await Fetch(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        return Calendar.Load(await response.Content.ReadAsStringAsync())!;
    }

    private static string[] Titles(Calendar calendar) =>
        [.. calendar.Events.OrderBy(one => one.Start!.Value).Select(one => one.Summary!)];

    [Test]
    public async Task Events_and_what_is_due_of_resources_stand_in_calendars_by_kind_alone()
    {
        (
            await Centre.Post(
                "events",
                new
                {
                    kind = "road-show",
                    name = "上海储电科技专场",
                    startsOn = "2026-05-20",
                }
            )
        ).Is(201);
        var called = (
            await Centre.Post(
                "events",
                new
                {
                    kind = "talks",
                    name = "对接会",
                    startsOn = "2026-05-21",
                }
            )
        ).Is(201);
        (await Centre.Act($"events/{called["id"]}", "cancel", new { reason = "改期" })).Is(200);
        var lead = (string)(await App.As("shanghai-office").Post("office-leads", Given.Lead())).Is(201)["id"]!;
        (await Centre.Act($"office-leads/{lead}", "answer", new { })).Is(200);
        var calendar = await Read(await Made(Centre, "events", "resources"));
        Titles(calendar).ShouldBe(["驻外线索待办理", "路演活动"]);
        calendar.Events.Last().Start!.AsUtc.Date.ShouldBe(new DateTime(2026, 5, 20));
        Titles(await Read(await Made(Nanhu, "events"))).ShouldBe(["路演活动"]);
    }

    [Test]
    public async Task A_calendar_tells_what_comes_due_by_code_and_kind_alone()
    {
        var claim = (await Nanhu.Reports(Given.Another(1))).Is(201);
        var project = (await Nanhu.Get($"projects/{claim["projectId"]}")).Is(200);
        var path = await Made(Nanhu, All);
        var calendar = await Read(path);
        var ends = calendar.Events.Single(one => one.Summary!.Contains("首谈期"));

        // Until 2026-06-04 ends in Shanghai, which is 16:00 UTC of that day.
        ends.Summary.ShouldBe($"{project["code"]} 首谈期到期");
        ends.Start!.AsUtc.Date.ShouldBe(new DateTime(2026, 6, 4));
        (ends.Sequence, ends.Status, ends.Alarms.Count).ShouldBe((0, "CONFIRMED", 1));
        var turn = calendar.Events.First(one => one.Summary!.Contains("灯"));
        turn.IsAllDay.ShouldBeTrue();
        using var response = await Fetch(path);
        var text = await response.Content.ReadAsStringAsync();
        foreach (
            var hidden in new[]
            {
                (string)project["name"]!,
                (string)project["investors"]![0]!["name"]!,
                (string)project["id"]!,
            }
        )
            text.ShouldNotContain(hidden);

        // Only what is asked for.
        Titles(await Read(await Made(Nanhu, "turns"))).ShouldAllBe(title => title.Contains('灯'));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task What_changed_counts_up_and_what_is_gone_is_cancelled()
    {
        var project = (string)(await Nanhu.Reports(Given.Another(1))).Is(201)["projectId"]!;
        var notice = (
            await Nanhu.Post(
                $"projects/{project}/signing-notices",
                new
                {
                    plannedSigningOn = "2026-05-20",
                    parties = "甲方、乙方",
                    agreedAmount = new { amount = 1_200_000_000, currency = "CNY" },
                }
            )
        ).Is(201);
        var path = await Made(Nanhu, "signings");
        var before = (await Read(path)).Events.Single();
        before.Start!.Value.ShouldBe(new DateTime(2026, 5, 20));
        var record = $"signing-notices/{notice["id"]}";
        (await Nanhu.Patch(record, new { plannedSigningOn = "2026-05-27" }, "*")).Is(200);
        var putOff = (await Read(path)).Events.Single();
        (putOff.Uid, putOff.Sequence, putOff.Start!.Value).ShouldBe((before.Uid, 1, new DateTime(2026, 5, 27)));
        (await Nanhu.Act(record, "cancel", new { reason = "对方推迟" })).Is(200);
        var gone = (await Read(path)).Events.Single();
        (gone.Uid, gone.Sequence, gone.Status).ShouldBe((before.Uid, 2, "CANCELLED"));
        App.Time.Advance(TimeSpan.FromDays(31));
        (await Read(path)).Events.ShouldBeEmpty();
    }

    [Test]
    public async Task An_unchanged_calendar_is_not_sent_again()
    {
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        var path = await Made(Nanhu, "claims");
        string known;
        using (var first = await Fetch(path))
            known = first.Headers.ETag!.ToString();
        App.Time.Advance(TimeSpan.FromHours(2));
        using (var second = await Fetch(path, known))
            second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await Nanhu.Reports(Given.Another(2))).Is(201);
        using var third = await Fetch(path, known);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Nothing_of_secret_projects_is_told_whoever_reads()
    {
        var secret = Given.Another(1);
        secret["secret"] = true;
        (await Nanhu.Reports(secret)).Is(201);
        var open = (await Nanhu.Reports(Given.Another(2))).Is(201);
        foreach (var who in new[] { Nanhu, Centre, App.As("auditor") })
            (await Read(await Made(who, "claims"))).Events.Count.ShouldBe(1);

        // What becomes secret leaves without a cancellation.
        var path = await Made(Nanhu, All);
        (await Read(path)).Events.ShouldNotBeEmpty();
        (await Nanhu.Patch($"projects/{open["projectId"]}", new { secret = true }, "*")).Is(200);
        (await Read(path)).Events.ShouldBeEmpty();
    }

    [Test]
    public async Task The_link_is_shown_once_and_dies_with_the_calendar_and_the_account()
    {
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        var (first, second) = (await Made(Nanhu, "claims"), await Made(Nanhu, "claims"));
        var listed = (await Nanhu.Get("me/calendars")).Is(200)["items"].AsArray();
        listed.Count.ShouldBe(2);
        listed.ShouldAllBe(one => one!["url"] == null);
        App.Sql(connection => connection.Query<string>("SELECT token_hash FROM calendars"))
            .ShouldAllBe(hash => !first.Contains(hash) && !second.Contains(hash));
        (await App.As("xiuzhou").Send(HttpMethod.Delete, $"me/calendars/{listed[0]!["id"]}", null)).Is(404);
        (await Nanhu.Send(HttpMethod.Delete, $"me/calendars/{listed[0]!["id"]}", null)).Is(204);
        using (var dead = await Fetch(first))
            dead.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Read(second);
        var user = App.Sql(connection =>
            connection.QuerySingle<string>("SELECT id FROM users WHERE username = 'nanhu'")
        );
        (await App.As("admin").Patch($"users/{user}", new { active = false }, "*")).Is(200);
        using var over = await Fetch(second);
        over.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var unknown = await Fetch("/calendars/" + new string('0', 64) + ".ics");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_replay_does_not_show_the_link_again()
    {
        var calendar = new { kinds = new[] { "claims" } };
        var made = (await Nanhu.Post("me/calendars", calendar, ("Idempotency-Key", "once"))).Is(201);
        ((string?)made["url"]).ShouldNotBeNull();
        var again = (await Nanhu.Post("me/calendars", calendar, ("Idempotency-Key", "once"))).Is(201);
        ((string)again["id"]!).ShouldBe((string)made["id"]!);
        again.Body!["url"].ShouldBeNull();
    }

    [Test]
    public async Task A_reading_is_on_record_once_a_day_and_address()
    {
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        var path = await Made(Nanhu, "claims");
        async Task<int> Readings() =>
            (await App.As("auditor").Get("audit?action=calendar-read")).Is(200)["items"].AsArray().Count;
        await Read(path);
        await Read(path);
        (await Readings()).ShouldBe(1);
        App.Time.Advance(TimeSpan.FromDays(1));
        await Read(path);
        (await Readings()).ShouldBe(2);
        ((string?)(await Nanhu.Get("me/calendars")).Is(200)["items"][0]!["lastReadAt"]).ShouldNotBeNull();
    }

    [Test]
    public async Task Wrong_calendars_are_refused_field_by_field()
    {
        (await Nanhu.Post("me/calendars", new { }))
            .IsProblem(400, "validation-failed")
            .Codes("kinds")
            .ShouldBe(["required"]);
        (await Nanhu.Post("me/calendars", new { kinds = new[] { "claims", "claims" } }))
            .IsProblem(400, "validation-failed")
            .Codes("kinds")
            .ShouldBe(["twice"]);
        (await Nanhu.Post("me/calendars", new { kinds = new[] { "birthdays" } })).Is(400);
        foreach (var alarm in new[] { "P1M", "P8D", "PT0S" })
            (await Nanhu.Post("me/calendars", new { kinds = new[] { "claims" }, alarm })).Is(400);
        for (var number = 0; number < 10; number++)
            await Made(Nanhu, "claims");
        (await Nanhu.Post("me/calendars", new { kinds = new[] { "claims" } })).IsProblem(409, "too-many-calendars");
    }
}
