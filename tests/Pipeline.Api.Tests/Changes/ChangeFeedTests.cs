using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Changes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Changes;

/// <summary>The change feed: what each reader is told, in which order, from where on, and what nobody can tell from it (R20).</summary>
public sealed class ChangeFeedTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");

    [Test]
    public async Task A_report_tells_its_unit_that_project_and_claim_are_there_and_nobody_else_but_the_city()
    {
        var (nanhu, xiuzhou, centre) = (await Begin(Nanhu), await Begin(Xiuzhou), await Begin(Centre));
        var claim = (await Nanhu.Reports(Given.Another(1))).Is(201);

        // R14: distinct, so a project in talks and an active claim; the contract's types, in the order of the report.
        string[] told =
        [
            $"project.registered projects/{claim["projectId"]}",
            $"claim.received claims/{claim["id"]}",
            $"claim.activated claims/{claim["id"]}",
        ];
        (await nanhu.Reads()).ShouldBe(told);
        (await centre.Reads()).ShouldBe(told);
        (await xiuzhou.Reads()).ShouldBeEmpty();
        var registered = nanhu.Items.First(item => (string?)item["type"] == "project.registered");
        ((string?)registered["data"]!["id"]).ShouldBe((string?)claim["projectId"]);
        ((string?)registered["at"]).ShouldBe("2026-05-04T01:00:00.000Z");
        ((long?)registered["version"]).ShouldBe(1);
        registered["data"]!["contacts"].ShouldBeNull("people are read from the record alone");
    }

    [Test]
    public async Task A_claim_that_runs_out_hands_the_project_on_it_goes_for_one_and_appears_to_the_other()
    {
        var held = (await Nanhu.Reports(Given.Another(1))).Is(201);
        var (nanhu, xiuzhou, jiashan) = (await Begin(Nanhu), await Begin(Xiuzhou), await Begin(App.As("jiashan")));
        var waiting = (await Xiuzhou.Reports(Given.Another(1))).Is(201);
        (await xiuzhou.Reads()).ShouldBe([
            $"claim.received claims/{waiting["id"]}",
            $"claim.queued claims/{waiting["id"]}",
        ]);
        (await nanhu.Reads()).ShouldBeEmpty("who queues behind the holder is not the holder's to know");

        // R15: from 4 May the window ends with 4 June in Shanghai, 16:00 UTC; the next begins a millisecond later.
        App.Time.AdvanceTo(new DateTimeOffset(2026, 6, 10, 2, 0, 0, TimeSpan.Zero));
        var project = (string)held["projectId"]!;
        (await nanhu.Reads()).ShouldBe([$"project.gone projects/{project}", $"claim.ended claims/{held["id"]}"]);
        (await xiuzhou.Reads()).ShouldBe([
            $"project.appeared projects/{project}",
            $"claim.activated claims/{waiting["id"]}",
        ]);
        (await jiashan.Reads()).ShouldBeEmpty();

        var gone = nanhu.Items[^2];
        gone.AsObject().Select(member => member.Key).ShouldBe(["id", "cursor", "type", "at", "subject"]);
        ((string?)nanhu.Items[^1]["at"]).ShouldBe("2026-06-04T15:59:59.999Z");
        ((string?)nanhu.Items[^1]["cause"]).ShouldBe("expired");
        var appeared = xiuzhou.Items[^2];
        ((string?)appeared["at"]).ShouldBe("2026-06-04T16:00:00.000Z");
        appeared["cause"].ShouldBeNull("why the holder's window ended is the holder's matter");
        ((string?)appeared["data"]!["name"]).ShouldBe((string?)Given.Another(1)["name"]);

        // From the start the former owner has the tombstone alone: what it saw before is not the project's present.
        (await new Follower(Nanhu, "start").Reads()).ShouldBe([
            $"claim.received claims/{held["id"]}",
            $"claim.activated claims/{held["id"]}",
            $"project.gone projects/{project}",
            $"claim.ended claims/{held["id"]}",
        ]);
    }

    [Test]
    public async Task A_signing_appears_to_other_units_with_the_public_summary_and_what_came_before_does_not()
    {
        var held = (await Nanhu.Reports(Given.Another(1))).Is(201);
        var project = (string)held["projectId"]!;
        var (nanhu, jiashan) = (await Begin(Nanhu), await Begin(App.As("jiashan")));
        var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await jiashan.Reads()).ShouldBeEmpty();
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);

        (await jiashan.Reads()).ShouldBe([$"project.appeared projects/{project}"]);
        var summary = jiashan.Items.Single()["data"]!;
        ((bool?)summary["summary"]).ShouldBe(true);
        summary["claim"].ShouldBeNull();

        // R32: no notice was given, and the rule set only flags it.
        (await nanhu.Reads())
            .Order()
            .ShouldBe(
                new[]
                {
                    $"project.changed projects/{project}",
                    $"move.submitted moves/{move["id"]}",
                    $"project.moved projects/{project}",
                    $"move.verified moves/{move["id"]}",
                    $"notice.late moves/{move["id"]}",
                    $"claim.ended claims/{held["id"]}",
                }.Order()
            );

        // What is not public stays its own: a contact recorded after the signing.
        (
            await Nanhu.Post(
                $"projects/{project}/progress",
                new
                {
                    occurredOn = "2026-05-04",
                    kind = "visit",
                    note = "走访",
                }
            )
        ).Is(201);
        (await jiashan.Reads()).ShouldBeEmpty();
        (await nanhu.Reads()).ShouldBe([$"project.changed projects/{project}"]);
        (await new Follower(App.As("jiashan"), "start").Reads()).ShouldBe([$"project.appeared projects/{project}"]);
    }

    [Test]
    public async Task A_project_made_secret_goes_for_those_to_whom_it_is_closed()
    {
        var project = await Signed(1);
        var (jiashan, leader, centre) = (
            await Begin(App.As("jiashan")),
            await Begin(App.As("leader")),
            await Begin(Centre)
        );
        await Edits(project, new { secret = true });
        (await jiashan.Reads()).ShouldBe([$"project.gone projects/{project}"]);
        (await leader.Reads()).ShouldBe([$"project.gone projects/{project}"]);
        (await centre.Reads()).ShouldBe([$"project.changed projects/{project}"]);

        await Edits(project, new { secret = false });
        (await jiashan.Reads()).ShouldBe([$"project.appeared projects/{project}"]);
        (await leader.Reads()).ShouldBe([$"project.appeared projects/{project}"]);
    }

    [Test]
    public async Task Filters_ask_for_types_and_for_one_project_and_find_nothing_that_is_hidden()
    {
        var (nanhu, other) = (
            (await Nanhu.Reports(Given.Another(1))).Is(201),
            (await Nanhu.Reports(Given.Another(2))).Is(201)
        );
        (await new Follower(Nanhu, "start", "types=claim.*").Reads()).Count.ShouldBe(4);
        (await new Follower(Nanhu, "start", $"projectId={nanhu["projectId"]}").Reads()).Count.ShouldBe(3);
        (
            await new Follower(Nanhu, "start", $"types=project.registered&projectId={other["projectId"]}").Reads()
        ).ShouldBe([$"project.registered projects/{other["projectId"]}"]);
        (await Xiuzhou.Reports(Given.Another(1))).Is(201);
        (await new Follower(Xiuzhou, "start").Reads()).Count.ShouldBe(2);
        (await new Follower(Xiuzhou, "start", $"projectId={nanhu["projectId"]}").Reads()).ShouldBeEmpty();
        (await Nanhu.Get("changes?types=project.renamed"))
            .IsProblem(400, "validation-failed")
            .Codes("types")
            .ShouldBe(["choice"]);
        (await Nanhu.Get("changes?types=project.changed,")).IsProblem(400, "validation-failed");
        (await Nanhu.Get("changes?cursor=x"))
            .IsProblem(400, "validation-failed")
            .Codes("cursor")
            .ShouldBe(["unknown-parameter"]);
    }

    [Test]
    public async Task A_cursor_holds_for_its_caller_alone_and_pages_are_in_one_order_without_a_gap()
    {
        foreach (var number in Enumerable.Range(1, 4))
            (await Nanhu.Reports(Given.Another(number))).Is(201);
        var all = await new Follower(Centre, "start").Reads();
        all.Count.ShouldBe(12);
        var singly = new Follower(Centre, "start", "limit=1");
        (await singly.Reads()).ShouldBe(all);

        // Every item's cursor goes on right behind it.
        var third = (string)singly.Items[2]["cursor"]!;
        (await new Follower(Centre, third).Reads()).ShouldBe(all.Skip(3));
        singly.Items.Select(item => (string)item["id"]!).Distinct().Count().ShouldBe(12);

        (await Nanhu.Get($"changes?since={third}")).IsProblem(400, "cursor-invalid");
        (await App.As("centre2").Get($"changes?since={third}")).IsProblem(400, "cursor-invalid");
        (await Centre.Get("changes?since=abc")).IsProblem(400, "cursor-invalid");
    }

    [Test]
    public async Task A_cursor_ends_after_400_days_and_when_its_caller_is_moved_and_says_where_to_begin()
    {
        var follower = await Begin(Nanhu);
        App.Time.Advance(TimeSpan.FromDays(400));
        (await follower.Reads()).ShouldBeEmpty();
        var old = follower.Next;
        App.Time.Advance(TimeSpan.FromDays(400).Add(TimeSpan.FromMilliseconds(1)));
        var expired = (await Nanhu.Get($"changes?since={old}")).IsProblem(410, "cursor-expired");
        expired.Headers.GetValues("Link").Single().ShouldContain("</api/v1/projects>");

        var fresh = await Begin(Nanhu);
        App.Sql(connection =>
            connection.Execute(
                "UPDATE users SET jurisdiction_id = @unit WHERE username = 'nanhu'",
                new { unit = Xiuzhou.UnitId }
            )
        );
        (await Nanhu.Get($"changes?since={fresh.Next}")).IsProblem(410, "cursor-expired");
    }

    [Test]
    public async Task Changes_are_forgotten_after_their_time_and_their_numbers_go_on()
    {
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        App.Time.Advance(TimeSpan.FromDays(401).Add(TimeSpan.FromMinutes(1)));
        var small = Given.Another(2);
        small["totalInvestment"] = new { amount = 300_000_000, currency = "CNY" };
        (await Nanhu.Post("projects", small)).Is(201);
        await App.Services.GetRequiredService<ForgetChanges>().Run();

        // The report was numbers 1 to 3; its window ended meanwhile, which was told when it was settled, before the registration.
        var left = await new Follower(Centre, "start").Reads();
        left.ShouldNotContain(told => told.StartsWith("claim.received", StringComparison.Ordinal));
        left.Count(told => told.StartsWith("project.registered", StringComparison.Ordinal)).ShouldBe(1);
        App.Sql(connection => connection.Query<long>("SELECT seq FROM change_readers")).ShouldAllBe(seq => seq > 3);
        App.Sql(connection => connection.ExecuteScalar<long>("SELECT MIN(seq) FROM changes")).ShouldBe(4);
    }

    [Test]
    public async Task A_waiting_request_is_answered_when_something_comes_that_concerns_it()
    {
        var (nanhu, xiuzhou) = (await Begin(Nanhu), await Begin(Xiuzhou));
        var held = xiuzhou.Waits(25);
        var own = nanhu.Waits(25);
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        var answer = (await own).Is(200);
        answer["items"].AsArray().Count.ShouldBe(3);
        answer.Headers.GetValues("Preference-Applied").ShouldBe(["wait=25"]);
        held.IsCompleted.ShouldBeFalse("what does not concern it does not end it");
        (await Xiuzhou.Reports(Given.Another(2))).Is(201);
        (await held).Is(200)["items"].AsArray().Count.ShouldBe(3);
        (await nanhu.Waits(0)).Is(200);
    }

    [Test]
    public async Task A_waiting_request_hears_of_another_process_too()
    {
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        var held = (await Begin(Nanhu)).Waits(25);
        (await other.As("nanhu").Reports(Given.Another(1))).Is(201);
        (await held).Is(200)["items"].AsArray().Count.ShouldBe(3);
    }

    [Test]
    public async Task Two_instances_and_32_writers_leave_one_order_in_which_a_reader_misses_and_repeats_nothing()
    {
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        var reader = await Begin(Centre, "limit=3&types=project.registered");
        var done = false;
        var reading = Task.Run(async () =>
        {
            var told = new List<string>();
            while (!Volatile.Read(ref done))
                told.AddRange(await reader.Reads());
            told.AddRange(await reader.Reads());
            return told;
        });
        var acknowledged = await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(async number =>
                {
                    var small = Given.Another(number);
                    small["totalInvestment"] = new { amount = 300_000_000, currency = "CNY" };
                    var made = await (number % 2 == 0 ? App : other).As("nanhu").Post("projects", small);
                    return $"project.registered projects/{made.Is(201)["id"]}";
                })
        );
        Volatile.Write(ref done, true);
        var told = await reading;
        told.Count.ShouldBe(32);
        told.ShouldBe(acknowledged, ignoreOrder: true);
        (await new Follower(other.As("centre2"), "start", "types=project.registered").Reads()).ShouldBe(told);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_light_turns_once_on_the_day_it_turns_however_late_it_is_noticed()
    {
        var held = (await Nanhu.Reports(Given.Another(1))).Is(201);
        var project = (string)held["projectId"]!;
        var nanhu = await Begin(Nanhu, "types=light.turned");

        // R7: in talks yellow after two months, red after three; from 4 May, each at its midnight in the city.
        var turns = App.Services.GetRequiredService<TellTurns>();
        App.Time.AdvanceTo(new DateTimeOffset(2026, 8, 20, 2, 0, 0, TimeSpan.Zero));
        await turns.Run();
        await turns.Run();
        (await nanhu.Reads()).ShouldBe([$"light.turned projects/{project}", $"light.turned projects/{project}"]);
        nanhu
            .Items.Select(item => $"{item["state"]} {item["at"]}")
            .ShouldBe(["yellow 2026-07-03T16:00:00.000Z", "red 2026-08-03T16:00:00.000Z"]);
        (
            await Nanhu.Post(
                $"projects/{project}/progress",
                new
                {
                    occurredOn = "2026-08-20",
                    kind = "visit",
                    note = "走访",
                }
            )
        ).Is(201);
        (await nanhu.Reads()).ShouldBe([$"light.turned projects/{project}"]);
        ((string?)nanhu.Items[^1]["state"]).ShouldBe("green");
        await turns.Run();
        (await nanhu.Reads()).ShouldBeEmpty();
    }

    [Test]
    public async Task Erasing_a_person_tells_that_what_is_known_of_the_record_is_to_be_read_anew()
    {
        var body = Given.Another(1);
        body["contacts"] = new[] { new { name = "王经理", phone = "13800000000" } };
        var held = (await Nanhu.Reports(body)).Is(201);
        var nanhu = await Begin(Nanhu);
        (await Centre.Post("personal-data/erase", new { value = "13800000000", reason = "本人要求" })).Is(200);
        (await nanhu.Reads()).ShouldBe([
            $"project.redacted projects/{held["projectId"]}",
            $"claim.redacted claims/{held["id"]}",
        ]);
    }

    private async Task<string> Signed(int number)
    {
        var project = (string)(await Nanhu.Reports(Given.Another(number))).Is(201)["projectId"]!;
        var move = (await Nanhu.Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    private async Task Edits(string project, object patch) =>
        (await Nanhu.Patch($"projects/{project}", patch, (await Nanhu.Get($"projects/{project}")).ETag)).Is(200);

    /// <summary>Follows the feed from now on.</summary>
    private static async Task<Follower> Begin(Actor actor, string asked = "")
    {
        var begun = (await actor.Get("changes")).Is(200);
        begun["items"].AsArray().ShouldBeEmpty();
        return new Follower(actor, (string)begun["next"]!, asked);
    }

    /// <summary>Somebody who follows the feed from a cursor on.</summary>
    private sealed class Follower(Actor actor, string since, string asked = "")
    {
        public string Next { get; private set; } = since;

        /// <summary>All that was told so far.</summary>
        public List<JsonNode> Items { get; } = [];

        /// <summary>What is new, as type and subject.</summary>
        public async Task<List<string>> Reads()
        {
            var told = new List<string>();
            while (true)
            {
                var page = (await actor.Get($"changes?since={Next}&{asked}")).Is(200);
                foreach (var item in page["items"].AsArray())
                {
                    Items.Add(item!);
                    told.Add($"{item!["type"]} {item["subject"]!["kind"]}/{item["subject"]!["id"]}");
                }

                Next = (string)page["next"]!;
                if ((bool)page["caughtUp"]!)
                    return told;
            }
        }

        public Task<Answer> Waits(int seconds) => actor.Get($"changes?since={Next}", ("Prefer", $"wait={seconds}"));
    }
}
