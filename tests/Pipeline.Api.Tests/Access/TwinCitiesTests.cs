using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Two cities that differ only in what is hidden from a unit: whatever its officers and machines call, both answer alike (R20). It is the whole of what they may call, or the test fails.</summary>
public sealed partial class TwinCitiesTests(string engine) : OnEachEngine(engine)
{
    [TestCase("officer")]
    [TestCase("machine")]
    public async Task Whatever_a_unit_does_it_cannot_tell_in_which_of_two_cities_it_is(string caller)
    {
        using var other = new PipelineApp(Engine);
        var (quiet, busy) = (await TwinCity.Of(App, caller), await TwinCity.Of(other, caller));
        var rivals = new Rivals(other);
        await rivals.ActAll("");
        Same(quiet, busy, await quiet.ReadsEverything(), await busy.ReadsEverything(), "at first");

        await quiet.Day.Run();
        rivals.Prepare("二期");
        busy.Meanwhile = rivals.Act;
        await busy.Day.Run();
        await rivals.Rest();
        Same(quiet, busy, quiet.Done(), busy.Done(), "in what was done");
        Same(quiet, busy, await quiet.ReadsEverything(), await busy.ReadsEverything(), "after the day");

        // What is asked again is answered as before, in both.
        Same(quiet, busy, await quiet.AsksAgain(), await busy.AsksAgain(), "asked again");

        // Reminders, ends of windows, the next month: with one figure that the rules let differ.
        foreach (var days in new[] { 25, 10 })
        {
            foreach (var city in new[] { quiet, busy })
            {
                city.App.Time.Advance(TimeSpan.FromDays(days));
                await city.App.Services.GetRequiredService<NoticeRound>().Run();
            }

            Same(
                quiet,
                busy,
                await quiet.ReadsEverything(),
                await busy.ReadsEverything(),
                $"{days} days later",
                InTalksOfTheCity
            );
        }

        foreach (var city in new[] { quiet, busy })
            city.Uncovered(await UnitsDay.Allowed(App, caller == "machine"), await Operation.All(App)).ShouldBeEmpty();
    }

    // PIPELINE_TWINS sets how many calls are made, PIPELINE_TWINS_SEED the seed.
    [TestCase(20260504)]
    [TestCase(7)]
    public async Task Nor_by_calls_drawn_at_random(int standardSeed)
    {
        var seed = Setting("PIPELINE_TWINS_SEED") ?? standardSeed;
        var calls = Setting("PIPELINE_TWINS") ?? 120;
        using var other = new PipelineApp(Engine);
        var (quiet, busy) = (await TwinCity.Of(App, "officer"), await TwinCity.Of(other, "officer"));
        var rivals = new Rivals(other);
        await rivals.ActAll("");
        rivals.Prepare("二期");
        var (drawn, statuses) = (new RandomCalls(seed), new SortedDictionary<string, int>());
        for (var call = 0; call < calls; call++)
        {
            await rivals.Act(call);
            var next = drawn.Next();
            var (one, another) = (await quiet.Makes(next), await busy.Makes(next));
            Same(quiet, busy, [one], [another], $"call {call} of seed {seed}");
            var status = $"{next.Operation} {one.Text[..3]}";
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        await TestContext.Out.WriteLineAsync(string.Join(", ", statuses.Select(pair => $"{pair.Key}: {pair.Value}")));
        Same(quiet, busy, await quiet.ReadsEverything(), await busy.ReadsEverything(), $"after {calls} of seed {seed}");

        static int? Setting(string name) =>
            int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : null;
    }

    /// <summary>What may differ, of which answer, by which rule: where others have reported the same, or take over what a unit let go.</summary>
    private static readonly (string Step, string Member, string Rule)[] MayDiffer =
    [
        ("claim", "status", "R14: queued, or under review, and not active"),
        ("claim", "activatedAt", "R14: not active"),
        ("claim", "expiresAt", "R14: not active"),
        ("claim", "queuePosition", "R20: the place in the queue"),
        ("claim", "projectId", "R20: no project of others; none is made"),
        ("claim", "allowedActions", "R18: who waits withdraws, who holds releases"),
        ("claim", "contestUntil", "R23: that one waits may be contested"),
        ("row", "projectId", "R14: as of its claim"),
        ("projects", "total", "R14: who waits has no project"),
        ("projects", "items", "R14: who waits has no project"),
        ("let go", "asOf", "R17a: the facts as they stood"),
        ("let go", "allowedActions", "R17a: nothing more"),
        ("let go", "missing", "R17a: nothing more"),
        ("let go", "version", "R17a: no version of what comes after"),
        ("write", "status", "R17a: claim-held-by-another"),
        ("timeline", "items", "R17a: that the owner changed"),
    ];

    [Test]
    public async Task What_the_rules_let_a_unit_notice_of_others_is_this_and_no_more()
    {
        using var other = new PipelineApp(Engine);
        var seen = new HashSet<string>();

        // As many reports in both: sequence numbers may show how many the city has had (R20). In one they are of what xiuzhou will report.
        foreach (var (app, same) in new[] { (App, false), (other, true) })
        {
            (await app.As("nanhu").Reports(Given.Another(same ? 11 : 5))).Is(201);
            (await app.As("jiashan").Reports(Given.Another(same ? 11 : 6))).Is(201);
            (await app.As("nanhu").Reports(Secret(same ? 12 : 7))).Is(201);
            (await app.As("nanhu").Reports(Given.Another(same ? 13 : 8))).Is(201);
        }

        // Reported over HTTP: behind an open claim, and like a secret one; asked again; read.
        foreach (var number in new[] { 11, 12 })
        {
            var (one, another) = (
                (await App.As("xiuzhou").Reports(Given.Another(number), null, ("Idempotency-Key", $"{number}"))).Is(
                    201
                ),
                (await other.As("xiuzhou").Reports(Given.Another(number), null, ("Idempotency-Key", $"{number}"))).Is(
                    201
                )
            );
            Compare("claim", one, another);
            Compare(
                "claim",
                await App.As("xiuzhou").Reports(Given.Another(number), null, ("Idempotency-Key", $"{number}")),
                await other.As("xiuzhou").Reports(Given.Another(number), null, ("Idempotency-Key", $"{number}"))
            );
            foreach (var (step, path) in new[] { ("claim", "claims/{0}"), ("receipt", "claims/{0}/receipt") })
                Compare(
                    step,
                    await App.As("xiuzhou").Get(string.Format(null, path, one["id"])),
                    await other.As("xiuzhou").Get(string.Format(null, path, another["id"]))
                );
        }

        // In a register.
        var rows = new List<JsonNode>();
        foreach (var app in new[] { App, other })
        {
            var body = Given.Another(13);
            var investor = JsonSerializer.SerializeToNode(body["investors"])![0]!["name"];
            var import = await app.As("xiuzhou")
                .Imports(
                    Registers.Csv(
                        "项目名称,投资方,国别,总投资(亿元),行业代码,阶段,接洽方式,接洽日期,接洽说明",
                        $"{body["name"]},{investor},中国,106,{body["industryCode"]},在谈,来访,2026-04-20,来访"
                    )
                );
            rows.Add((await app.As("xiuzhou").RowsOf(import)).Single());
        }

        Differ("row", rows[0], rows[1]);

        // What the unit holds itself it cannot tell to be waited for, until it lets it go.
        var held = new List<(PipelineApp App, string Project, string Claim)>();
        foreach (var app in new[] { App, other })
        {
            var claim = (await app.As("xiuzhou").Reports(Given.Another(14))).Is(201);
            held.Add((app, (string)claim["projectId"]!, (string)claim["id"]!));
        }

        (await App.As("jiashan").Reports(Given.Another(9))).Is(201);
        (await other.As("jiashan").Reports(Given.Another(14))).Is(201);
        foreach (var path in new[] { "projects/{1}", "projects/{1}/timeline", "claims/{2}" })
            await Both("held", path);
        var released = new List<Answer>();
        foreach (var (app, _, claim) in held)
            released.Add((await app.As("xiuzhou").Act($"claims/{claim}", "release", new { reason = "放弃" })).Is(200));
        Compare("held", released[0], released[1]);
        await Both("let go", "projects/{1}");
        await Both("timeline", "projects/{1}/timeline");
        await Both("held", "claims/{2}");
        await Both("held", "projects/{1}/files");
        var wrote = new List<Answer>();
        foreach (var (app, project, _) in held)
            wrote.Add(
                await app.As("xiuzhou")
                    .Post(
                        $"projects/{project}/progress",
                        new
                        {
                            occurredOn = "2026-05-04",
                            kind = "call",
                            note = "x",
                        }
                    )
            );
        wrote[0].Is(201);
        wrote[1].IsProblem(409, "claim-held-by-another");
        seen.Add("write status");

        Compare(
            "projects",
            await App.As("xiuzhou").Get("projects?count=true"),
            await other.As("xiuzhou").Get("projects?count=true")
        );
        foreach (var path in new[] { "moves", "disputes", "views" })
            Compare("held", await App.As("xiuzhou").Get(path), await other.As("xiuzhou").Get(path));
        MayDiffer
            .Select(may => $"{may.Step} {may.Member}")
            .Except(seen)
            .ShouldBeEmpty("what never differs need not be allowed to");

        async Task Both(string step, string path)
        {
            var (one, another) = (held[0], held[1]);
            Compare(
                step,
                await App.As("xiuzhou").Get(string.Format(null, path, "", one.Project, one.Claim)),
                await other.As("xiuzhou").Get(string.Format(null, path, "", another.Project, another.Claim))
            );
        }

        void Compare(string step, Answer one, Answer another)
        {
            one.Status.ShouldBe(another.Status, step);
            Differ(step, one.Body!, another.Body!);
            foreach (var word in new[] { "南湖", "嘉善", other.As("nanhu").UnitId, other.As("jiashan").UnitId })
                another.Text.ShouldNotContain(word);
        }

        void Differ(string step, JsonNode one, JsonNode another)
        {
            var (left, right) = (one.AsObject(), another.AsObject());
            foreach (
                var member in left.Select(pair => pair.Key)
                    .Union(right.Select(pair => pair.Key))
                    .Where(member => Masked(left[member]) != Masked(right[member]))
            )
            {
                MayDiffer
                    .Select(may => (may.Step, may.Member))
                    .ShouldContain((step, member), $"{step}: {left[member]} / {right[member]}");
                seen.Add($"{step} {member}");
            }
        }

        static string Masked(JsonNode? node) => Chance().Replace(node?.ToJsonString(Json.Options) ?? "", "*");

        static Dictionary<string, object?> Secret(int number) => new(Given.Another(number)) { ["secret"] = true };
    }

    [GeneratedRegex("[0-9a-f]{64}|[0-9a-f]{32}|20[0-9]{2}-[0-9]{6}")]
    private static partial Regex Chance();

    /// <summary>R20: city totals that include others' projects in talks are given as one figure, as of the last month's end.</summary>
    private static readonly Regex InTalksOfTheCity = CityInTalks();

    private static void Same(
        TwinCity quiet,
        TwinCity busy,
        IReadOnlyList<Told> one,
        IReadOnlyList<Told> another,
        string when,
        Regex? may = null
    )
    {
        for (var at = 0; at < Math.Max(one.Count, another.Count); at++)
        {
            if (at >= one.Count || at >= another.Count)
                throw new AssertionException(
                    $"{when}: one city answers more often: {(one.Count > at ? one : another)[at]}"
                );
            var (left, right) = (one[at].Masked(quiet.Masks), another[at].Masked(busy.Masks));
            if (may is not null)
                (left, right) = (may.Replace(left, "*"), may.Replace(right, "*"));
            if (left == right)
                continue;
            var from = Math.Max(0, left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count() - 80);
            throw new AssertionException(
                $"{when}, {one[at].What} tells the cities apart:\n{Cut(left, from)}\n{Cut(right, from)}"
            );
        }

        static string Cut(string text, int from) => text.Substring(from, Math.Min(400, text.Length - from));
    }

    [GeneratedRegex("\"cityInTalks\":\\{[^}]*\\}")]
    private static partial Regex CityInTalks();
}
