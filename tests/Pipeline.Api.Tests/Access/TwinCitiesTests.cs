using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Two cities that differ only in what is hidden from a unit: whatever its officers and machines call, both answer alike (R20). It is the whole of what they may call, or the test fails.</summary>
public sealed partial class TwinCitiesTests(string engine) : OnEachEngine(engine)
{
    private const string Key = "ppl_twin",
        Scopes = "projects:read projects:write claims:write reports:read";

    [TestCase("officer")]
    [TestCase("machine")]
    public async Task Whatever_a_unit_does_it_cannot_tell_in_which_of_two_cities_it_is(string caller)
    {
        using var other = new PipelineApp(Engine);
        var (quiet, busy) = (await City.Of(App, caller), await City.Of(other, caller));
        var rivals = new Rivals(other);
        await rivals.ActAll("");
        await Same(quiet, busy, await quiet.ReadsEverything(), await busy.ReadsEverything(), "at first");

        await quiet.Day.Run();
        rivals.Prepare("二期");
        busy.Meanwhile = rivals.Act;
        await busy.Day.Run();
        await rivals.Rest();
        await Same(quiet, busy, quiet.Done(), busy.Done(), "in what was done");
        await Same(quiet, busy, await quiet.ReadsEverything(), await busy.ReadsEverything(), "after the day");

        // What is asked again is answered as before, in both.
        await Same(quiet, busy, await quiet.AsksAgain(), await busy.AsksAgain(), "asked again");

        // Reminders, ends of windows, the next month: with one figure that the rules let differ.
        foreach (var days in new[] { 25, 10 })
        {
            foreach (var city in new[] { quiet, busy })
            {
                city.App.Time.Advance(TimeSpan.FromDays(days));
                await city.App.Services.GetRequiredService<NoticeRound>().Run();
            }

            await Same(
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

    /// <summary>R20: city totals that include others' projects in talks are given as one figure, as of the last month's end.</summary>
    private static readonly Regex InTalksOfTheCity = CityInTalks();

    private static Task Same(
        City quiet,
        City busy,
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

        return Task.CompletedTask;

        static string Cut(string text, int from) => text.Substring(from, Math.Min(400, text.Length - from));
    }

    /// <summary>An answer, all that can be seen of it.</summary>
    private sealed record Told(string What, string Text)
    {
        public string Masked(Masks masks) => masks.Of($"{What}\n{Text}");
    }

    /// <summary>What is random, or counts the city's reports (R20 lets them be counted): put in the order in which the unit meets it.</summary>
    private sealed partial class Masks
    {
        private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

        public string Of(string text)
        {
            // Receipts are chained: whose the one before was is not told, only that there was one.
            text = Hash().Replace(text, "<hash>");
            text = Momentary().Replace(text, "");
            text = Secret().Replace(text, "$1<secret>$2");
            text = Cursor().Replace(text, "$1<cursor>");
            text = Tag().Replace(text, "\"$1-<tag>\"");
            text = Id().Replace(text, match => Ordinal("id", match.Value));
            text = Code().Replace(text, match => Ordinal("code", match.Value));
            return Sequence()
                .Replace(text, match => $"{match.Groups[1].Value}{Ordinal("sequence", match.Groups[2].Value)}");
        }

        private string Ordinal(string kind, string value)
        {
            if (!known.TryGetValue($"{kind} {value}", out var mask))
                known[$"{kind} {value}"] = mask =
                    $"<{kind} {known.Keys.Count(key => key.StartsWith(kind, StringComparison.Ordinal)) + 1}>";
            return mask;
        }

        [GeneratedRegex("[0-9a-f]{64}")]
        private static partial Regex Hash();

        [GeneratedRegex("\"traceId\":\"[^\"]*\"|(?i:Date|X-Request-Id|Content-Length): [^\n]*\n|\"R[0-9a-f]{16}\"")]
        private static partial Regex Momentary();

        [GeneratedRegex("(\"(?:secret|uri)\":\")[^\"]*(\")")]
        private static partial Regex Secret();

        [GeneratedRegex("(\"nextCursor\":\"|cursor=)[A-Za-z0-9_%-]+")]
        private static partial Regex Cursor();

        [GeneratedRegex("\"([0-9]+)-[0-9a-f]{16}\"")]
        private static partial Regex Tag();

        [GeneratedRegex("[0-9a-f]{32}")]
        private static partial Regex Id();

        [GeneratedRegex("\\b20[0-9]{2}-[0-9]{6}\\b")]
        private static partial Regex Code();

        [GeneratedRegex("(\"sequence\\\\?\":)([0-9]+)")]
        private static partial Regex Sequence();
    }

    /// <summary>A city, as one caller of xiuzhou sees it.</summary>
    private sealed class City
    {
        private readonly HashSet<string> read = [];

        private City(PipelineApp app, string? key)
        {
            App = app;
            Day = new UnitsDay(app, key: key) { Meanwhile = step => Meanwhile(step) };
        }

        public PipelineApp App { get; }
        public UnitsDay Day { get; }
        public Masks Masks { get; } = new();

        /// <summary>What happens before each step of the day.</summary>
        public Func<int, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

        public static async Task<City> Of(PipelineApp app, string caller)
        {
            app.AddKey(Key, "xiuzhou", Scopes);
            await UnitsDay.Begin(app);

            // April has ended, and its figure is kept: what rivals date back to it from now on must not show.
            await Features.Lists.CityInTalks.Keep(app.Services.GetRequiredService<Database>());
            var city = new City(app, caller == "machine" ? Key : null);
            city.Day.Known["rule-sets"] = [(string)(await app.As("xiuzhou").Get("rule-sets/current")).Is(200)["id"]!];
            return city;
        }

        /// <summary>Every operation that reads, of every record the unit has come to know and of none, plain and with every parameter that could find something.</summary>
        public async Task<List<Told>> ReadsEverything()
        {
            var told = new List<Told>();
            foreach (var operation in (await Operation.All(App)).Where(operation => operation.Reads))
            {
                foreach (var path in Paths(operation))
                    told.Add(await Asks(operation, path));
            }

            return told;
        }

        /// <summary>What was answered to the steps of the day.</summary>
        public List<Told> Done() =>
            [
                .. Day.Steps.Select(step => new Told(
                    $"{step.Operation} {step.Path}",
                    $"{step.Answer.Status}\n{step.Answer.Headers}{Ungiven(step)}"
                )),
            ];

        public async Task<List<Told>> AsksAgain()
        {
            var told = new List<Told>();
            foreach (var step in Day.Steps.Where(step => step.Method == HttpMethod.Post))
            {
                var answer = await step.Again(Day.Actor);
                told.Add(new Told($"{step.Operation} {step.Path}", $"{answer.Status}\n{answer.Headers}{answer.Text}"));
            }

            return told;
        }

        /// <summary>The operations that the caller may call and that were not compared with success.</summary>
        public IEnumerable<string> Uncovered(HashSet<string> allowed, IReadOnlyList<Operation> operations) =>
            allowed
                .Intersect(operations.Select(operation => operation.Id))
                .Except(read)
                .Except(Day.Steps.Select(step => step.Operation))
                .Except(OnlyOthers);

        // The recovery codes are drawn by chance.
        private static string Ungiven(Step step) => step.Operation == "confirmSecondFactor" ? "" : step.Answer.Text;

        private IEnumerable<string> Paths(Operation operation)
        {
            List<string> ids = operation.Kind switch
            {
                null => [""],
                "lists" => ["in-talks", "signed", "registered", "terminated"],
                "work-calendars" => ["2026", "1999"],
                "jurisdictions" => [App.As("nanhu").UnitId, App.As("xiuzhou").UnitId, SampleCity.NoId],
                "users/sessions" => [$"{SampleCity.NoId}/{SampleCity.NoId}"],
                var kind => [.. Day.Known.GetValueOrDefault(kind, []), SampleCity.NoId],
            };
            foreach (var path in ids.Select(operation.For))
            {
                yield return path;
                foreach (var name in operation.Query)
                {
                    IEnumerable<string> values = name switch
                    {
                        "jurisdictionId" => [App.As("nanhu").UnitId, App.As("xiuzhou").UnitId],
                        "claimId" => [.. Day.Known.GetValueOrDefault("claims", []), SampleCity.NoId],
                        "projectId" or "ids" => [.. Day.Known.GetValueOrDefault("projects", []), SampleCity.NoId],
                        "q" => UnitsDay.Rumours.SelectMany(rumour => new[] { rumour.Name, rumour.Investor[..4] }),

                        // Codes are drawn from a permutation: their order is one of chance.
                        "sort" => LeakTests.Asked["sort"].Where(sort => sort != "code"),
                        _ => LeakTests.Asked.GetValueOrDefault(name)
                            ?? throw new AssertionException(
                                $"{operation} has a query parameter {name} that LeakTests has no values for."
                            ),
                    };
                    foreach (var value in values)
                    {
                        var count = name != "count" && operation.Query.Contains("count") ? "&count=true" : "";
                        yield return $"{path}?{name}={Uri.EscapeDataString(value)}{count}";
                        if (name == "limit")
                            yield return $"{path}?limit=1";
                    }
                }
            }
        }

        private async Task<Told> Asks(Operation operation, string path)
        {
            using var response = await Day.Actor.Asks(new HttpRequestMessage(HttpMethod.Get, path));
            if (response.IsSuccessStatusCode)
                read.Add(operation.Id);
            var body = await response.Content.ReadAsByteArrayAsync();
            var text = new StringBuilder($"{(int)response.StatusCode}\n{response.Headers}{response.Content.Headers}");
            if (!body.AsSpan().StartsWith("PK"u8))
                return new Told($"GET {path}", text.Append(Encoding.UTF8.GetString(body)).ToString());
            using var archive = new ZipArchive(new MemoryStream(body));
            foreach (var entry in archive.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                text.Append(await reader.ReadToEndAsync());
            }

            return new Told($"GET {path}", text.ToString());
        }
    }

    /// <summary>What the table grants for records that the unit of this test does not have; MatrixTests asks them for all.</summary>
    private static readonly string[] OnlyOthers = ["getUnitKey", "confirmUnitKey"];

    /// <summary>What other units and the centre do, of which xiuzhou must notice nothing: each of it about what xiuzhou registers, edits and imports too, openly and in secret.</summary>
    private sealed class Rivals(PipelineApp app)
    {
        private readonly Queue<Func<Task>> waiting = new();

        public async Task ActAll(string suffix)
        {
            Prepare(suffix);
            await Rest();
        }

        public async Task Rest()
        {
            while (waiting.TryDequeue(out var next))
                await next();
            await BehindXiuzhou();
        }

        public async Task Act(int step)
        {
            if (waiting.TryDequeue(out var next))
                await next();
            await BehindXiuzhou();
        }

        public void Prepare(string suffix)
        {
            var (nanhu, jiashan, haining, centre) = (
                app.As("nanhu"),
                app.As("jiashan"),
                app.As("haining"),
                app.As("centre")
            );
            Dictionary<string, object?> Rumour(int number, decimal amount, bool secret = false)
            {
                var (name, investor, industry) = UnitsDay.Rumours[number];
                return Given.Project($"{name}{suffix}", investor, amount, industry: industry, secret: secret);
            }

            Answer held = null!,
                waits = null!,
                small = null!,
                hidden = null!,
                reviewed = null!,
                passed = null!;
            foreach (
                var act in new Func<Task>[]
                {
                    async () => held = (await nanhu.Reports(Rumour(0, 3_000_000_000m + Offset()))).Is(201),
                    async () => waits = (await jiashan.Reports(Rumour(0, 3_000_000_000m + Offset()))).Is(201),
                    async () => (await haining.Reports(Rumour(0, 3_000_000_000m + Offset()))).Is(201),
                    async () => small = (await jiashan.Post("projects", Rumour(2, 200_000_000m))).Is(201),
                    async () => (await haining.Post("projects", Rumour(2, 210_000_000m, secret: true))).Is(201),
                    async () =>
                        hidden = (await nanhu.Reports(Rumour(1, 6_000_000_000m + Offset(), secret: true))).Is(201),
                    async () => reviewed = (await haining.Reports(Rumour(1, 6_000_000_000m + Offset()))).Is(201),
                    async () =>
                    {
                        if (held.Body!["projectId"] is { } id)
                            (
                                await nanhu.Post(
                                    $"projects/{id}/progress",
                                    new
                                    {
                                        occurredOn = "2026-05-04",
                                        kind = "visit",
                                        note = "对手的进展",
                                    }
                                )
                            ).Is(201);
                    },
                    async () =>
                        (
                            await jiashan.Patch(
                                $"projects/{small["id"]}",
                                new { name = UnitsDay.Rumours[3].Name, chain = "对手链" },
                                (await jiashan.Get($"projects/{small["id"]}")).ETag
                            )
                        ).Is(200),
                    async () => (await jiashan.Submits((string)small["id"]!, Given.Signing("2026-05-04"))).Is(201),
                    async () =>
                    {
                        var secret = (await jiashan.Reports(Rumour(3, 4_000_000_000m + Offset(), secret: true))).Is(
                            201
                        );
                        if (secret.Body!["projectId"] is not { } id)
                            return;
                        var move = (await jiashan.Submits((string)id!, Given.Signing("2026-05-04"))).Is(201);
                        (await centre.Post($"moves/{move["id"]}/verify")).Is(200);
                    },
                    async () => passed = (await haining.Reports(Rumour(4, 5_000_000_000m + Offset()))).Is(201),
                    async () =>
                    {
                        if ((string)passed["status"]! == "active")
                            (await haining.Act($"claims/{passed["id"]}", "release", new { reason = "放弃" })).Is(200);
                    },
                    async () => (await nanhu.Reports(Rumour(4, 5_000_000_000m + Offset()))).Is(201),
                    async () => await Disputes(waits),
                    async () =>
                    {
                        if ((string)reviewed["status"]! == "under-review")
                            (
                                await centre.Act(
                                    $"claims/{reviewed["id"]}",
                                    "resolve",
                                    new { decision = "distinct", reason = "另一项目" }
                                )
                            ).Status.ShouldBeOneOf(200, 409);
                    },
                    async () => await Register(nanhu, "?mode=rowwise", suffix),
                    async () => await Register(nanhu, "?mode=atomic", suffix),
                    async () => await Register(haining, "?dryRun=true", suffix),
                    async () => await Register(centre, "", $"{suffix}中心", "在谈"),
                    async () =>
                    {
                        var ended = (await haining.Post("projects", Rumour(4, 300_000_000m))).Is(201);
                        (
                            await haining.Submits(
                                (string)ended["id"]!,
                                new
                                {
                                    to = "terminated",
                                    occurredOn = "2026-05-04",
                                    reasonCode = "market",
                                }
                            )
                        ).Is(201);
                    },
                    async () =>
                        (
                            await nanhu.Post(
                                "views",
                                new
                                {
                                    name = $"共享{suffix}",
                                    page = "lists",
                                    query = "stage=signed",
                                    shared = true,
                                }
                            )
                        ).Is(201),
                    async () => await nanhu.Uploads("对手.pdf"),
                }
            )
                waiting.Enqueue(act);
        }

        // Twice the same would be a claim that is held already.
        private int offset;

        private decimal Offset() => offset++;

        private async Task Disputes(Answer claim)
        {
            if ((string)claim["status"]! != "queued")
                return;
            var filed = (
                await app.As("jiashan").Post($"claims/{claim["id"]}/disputes", new { grounds = "我们先到" })
            ).Is(201);
            var id = (string)filed["id"]!;
            (await app.As("centre").Post($"disputes/{id}/suspend", new { reason = "调查" })).Is(200);
            (await app.As("nanhu").Post($"disputes/{id}/answer", new { answer = "材料齐全" })).Is(200);
            (
                await app.As("centre")
                    .Post($"disputes/{id}/decide", new { outcome = "co-negotiate", reason = "共同洽谈" })
            ).Is(200);
        }

        /// <summary>A rival reports what xiuzhou has come to hold, waits, goes, waits again, and is told apart.</summary>
        private async Task BehindXiuzhou()
        {
            foreach (var number in new[] { 4, 9 }.Where(number => Held(number) && behind.Add(number)))
            {
                var waits = (await app.As("haining").Reports(Given.Another(number))).Is(201);
                ((string)waits["status"]!).ShouldBe("queued");
                (await app.As("haining").Act($"claims/{waits["id"]}", "withdraw", new { reason = "不再跟进" })).Is(200);
                var again = (await app.As("haining").Reports(Given.Another(number))).Is(201);
                (
                    await app.As("centre")
                        .Act($"claims/{again["id"]}", "resolve", new { decision = "distinct", reason = "另一项目" })
                ).Is(200);
            }
        }

        private readonly HashSet<int> behind = [];

        private bool Held(int number) =>
            app.Sql(connection =>
                connection.ExecuteScalar<long>(
                    "SELECT COUNT(*) FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id WHERE j.code = 'xiuzhou' AND c.status = 'active' AND c.name = @name",
                    new { name = (string)Given.Another(number)["name"]! }
                )
            ) > 0;

        private static async Task Register(Actor actor, string query, string suffix, string stage = "签约")
        {
            await actor.Imports(
                Registers.Csv([
                    "项目名称,投资方,国别,总投资(亿元),行业代码,阶段,首报日期",
                    .. UnitsDay.Rumours.SelectMany(rumour =>
                        new[]
                        {
                            $"{rumour.Name}{suffix},{rumour.Investor},中国,31,{rumour.Industry},{stage},2026-03-01",
                            $"{rumour.Name}{suffix}小,{rumour.Investor},中国,3,{rumour.Industry},在谈,2026-03-01",
                        }
                    ),
                ]),
                query: query
            );
        }
    }

    [GeneratedRegex("\"cityInTalks\":\\{[^}]*\\}")]
    private static partial Regex CityInTalks();
}
