using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Projects;

/// <summary>Registers pushed from a caller's own system (api-regime.md, Batch push).</summary>
public sealed class PushTests(string engine) : OnEachEngine(engine)
{
    private Actor Key { get; set; } = null!;

    [SetUp]
    public async Task Make_a_key() =>
        Key = App.With(
            (string)
                (
                    await App.As("admin")
                        .Post(
                            "api-keys",
                            new
                            {
                                name = "项目管理系统",
                                scopes = new[] { "projects:read", "projects:write" },
                                jurisdictionId = App.As("nanhu").UnitId,
                            }
                        )
                ).Is(201)["secret"]!,
            App.As("nanhu").UnitId
        );

    [Test]
    public async Task A_register_pushed_twice_makes_no_duplicate()
    {
        object[] items = [Create("a", "1", 1), Create("b", "2", 2)];
        var first = (await Key.Post("projects/batch", new { items })).Is(207);
        Outcomes(first).ShouldBe(["a created 201", "b created 201"]);
        ((int)first["counts"]["created"]!).ShouldBe(2);

        // Without an Idempotency-Key, and long after one would be forgotten.
        App.Time.Advance(TimeSpan.FromDays(2));
        var again = (await Key.Post("projects/batch", new { items })).Is(207);
        Outcomes(again).ShouldBe(["a unchanged 200", "b unchanged 200"]);
        Ids(again).ShouldBe(Ids(first));
        (await App.As("nanhu").Get("projects"))["items"].AsArray().Count.ShouldBe(2);
    }

    [Test]
    public async Task One_that_fails_stops_no_other_and_tells_where_it_fails()
    {
        var answer = (
            await Key.Post(
                "projects/batch",
                new
                {
                    items = new object[]
                    {
                        Create("a", "1", 1),
                        new
                        {
                            key = "large",
                            op = "create",
                            body = Given.Project(amount: 1_200_000_000m),
                        },
                        new
                        {
                            key = "empty",
                            op = "create",
                            body = new { name = "只有名称" },
                        },
                        new
                        {
                            key = "gone",
                            op = "update",
                            id = "00000000000000000000000000000000",
                            ifMatch = "*",
                            body = new { chain = "氢能" },
                        },
                    },
                }
            )
        ).Is(207);
        Outcomes(answer).ShouldBe(["a created 201", "large refused 422", "empty refused 400", "gone refused 404"]);
        var items = answer["items"].AsArray();

        // A push never grants a claim: what must be reported is refused (R10).
        ((string)items[1]!["problem"]!["type"]!).ShouldBe("/problems/report-required");
        items[2]!["problem"]!["errors"]!
            .AsObject()
            .Select(error => error.Key)
            .Order()
            .ShouldBe(["industryCode", "investors", "totalInvestment"]);
        (await App.As("nanhu").Get("claims"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task An_update_needs_the_version_it_is_based_on_and_finds_the_record_by_the_reference()
    {
        var made = (await Key.Post("projects/batch", new { items = new[] { Create("a", "1", 1) } })).Is(207);
        var (id, etag) = ((string)made["items"][0]!["id"]!, (string)made["items"][0]!["etag"]!);
        object Update(string? ifMatch, string chain) =>
            new
            {
                key = "a",
                op = "update",
                externalRef = new { system = "crm", id = "1" },
                ifMatch,
                body = new { chain },
            };

        Outcomes(await Key.Post("projects/batch", new { items = new[] { Update(null, "氢能") } }))
            .ShouldBe(["a refused 428"]);
        var changed = await Key.Post("projects/batch", new { items = new[] { Update(etag, "氢能") } });
        Outcomes(changed).ShouldBe(["a updated 200"]);
        Ids(changed).ShouldBe([id]);

        // What was pushed last is there already, whatever version it is based on; other content is not.
        Outcomes(await Key.Post("projects/batch", new { items = new[] { Update(etag, "氢能") } }))
            .ShouldBe(["a unchanged 200"]);
        Outcomes(await Key.Post("projects/batch", new { items = new[] { Update(etag, "储能") } }))
            .ShouldBe(["a refused 412"]);
        var project = (await Key.Get($"projects/{id}")).Is(200);
        ((string)project["chain"]!).ShouldBe("氢能");
        ((string)project["externalRef"]["id"]!).ShouldBe("1");
        (await Key.Get("projects?externalRef=crm:1"))["items"].AsArray().Single()!["id"]!
            .GetValue<string>()
            .ShouldBe(id);
        foreach (var half in new[] { "crm", "crm:", ":1" })
            (await Key.Get($"projects?externalRef={half}"))
                .IsProblem(400, "validation-failed")
                .Codes("externalRef")
                .ShouldBe(["external-ref"]);
        (await Key.Get("projects?externalRef=crm:2"))["items"].AsArray().ShouldBeEmpty();

        // The reference is the key's own: its colleagues neither see nor find by it.
        (await App.As("nanhu").Get($"projects/{id}")).Is(200).Body!["externalRef"].ShouldBeNull();
        (await App.As("nanhu").Get("projects?externalRef=crm:1"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_reference_is_given_once_and_to_one_record()
    {
        var made = (
            await Key.Post("projects/batch", new { items = new[] { Create("a", "1", 1), Create("b", "2", 2) } })
        ).Is(207);
        Outcomes(await Key.Post("projects/batch", new { items = new[] { Create("c", "1", 3) } }))
            .ShouldBe(["c refused 409"]);
        var other = await Key.Post(
            "projects/batch",
            new
            {
                items = new[]
                {
                    new
                    {
                        key = "a",
                        op = "update",
                        id = Ids(made)[1],
                        ifMatch = "*",
                        externalRef = new { system = "crm", id = "1" },
                        body = new { chain = "氢能" },
                    },
                },
            }
        );
        ((string)other["items"][0]!["problem"]!["type"]!).ShouldBe("/problems/external-ref-taken");
    }

    [Test]
    public async Task All_or_nothing_by_choice()
    {
        object[] items =
        [
            Create("a", "1", 1),
            new
            {
                key = "empty",
                op = "create",
                body = new { name = "只有名称" },
            },
        ];
        var refused = (await Key.Post("projects/batch?mode=atomic", new { items })).Is(422);
        Outcomes(refused).ShouldBe(["a rolled-back 424", "empty refused 400"]);
        refused["items"][0]!["id"].ShouldBeNull();
        (await App.As("nanhu").Get("projects"))["items"].AsArray().ShouldBeEmpty();

        Outcomes((await Key.Post("projects/batch?mode=atomic", new { items = items[..1] })).Is(207))
            .ShouldBe(["a created 201"]);
        (
            await Key.Post(
                "projects/batch?mode=atomic",
                new { items = Enumerable.Range(0, 51).Select(number => Create($"{number}", $"{number}", number)) }
            )
        ).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task A_dry_run_tells_of_each_and_stores_nothing([Values("itemwise", "atomic")] string mode)
    {
        object[] items =
        [
            Create("a", "1", 1),
            new
            {
                key = "empty",
                op = "create",
                body = new { name = "只有名称" },
            },
        ];
        var dry = (await Key.Post($"projects/batch?mode={mode}&validateOnly=true", new { items })).Is(200);
        ((bool)dry["valid"]!).ShouldBeFalse();
        ((string)dry["items"][1]!["outcome"]!).ShouldBe("refused");
        (await App.As("nanhu").Get("projects"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_retry_under_the_same_key_gets_the_same_items()
    {
        object[] items =
        [
            new
            {
                key = "a",
                op = "create",
                body = Given.Project(amount: 5_000_000m),
            },
        ];
        var first = (await Key.Post("projects/batch", new { items }, ("Idempotency-Key", "night"))).Is(207);
        var again = (await Key.Post("projects/batch", new { items }, ("Idempotency-Key", "night"))).Is(207);
        Ids(again).ShouldBe(Ids(first));
        (await App.As("nanhu").Get("projects"))["items"].AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task A_batch_that_is_no_batch_is_refused_as_a_whole()
    {
        (await Key.Post("projects/batch", new { items = Array.Empty<object>() })).IsProblem(400, "validation-failed");
        (
            await Key.Post(
                "projects/batch",
                new { items = Enumerable.Range(0, 201).Select(number => Create($"{number}", $"{number}", number)) }
            )
        )
            .IsProblem(400, "validation-failed")
            .Codes("items")
            .ShouldBe(["count"]);
        (await Key.Post("projects/batch", new { items = new[] { Create("a", "1", 1), Create("a", "2", 2) } }))
            .IsProblem(400, "validation-failed")
            .Codes("items")
            .ShouldBe(["one-per-key"]);
        (
            await Key.Post(
                "projects/batch",
                new
                {
                    items = new[]
                    {
                        new
                        {
                            key = "a",
                            op = "update",
                            body = new { },
                        },
                    },
                }
            )
        ).IsProblem(400, "validation-failed").Codes("items[0].id").ShouldBe(["required"]);
        (
            await Key.Post(
                "projects/batch",
                new
                {
                    items = new[]
                    {
                        new
                        {
                            key = "a",
                            op = "create",
                            externalRef = new { system = "crm ", id = "1" },
                            body = new { },
                        },
                    },
                }
            )
        ).IsProblem(400, "validation-failed").Codes("items[0].externalRef.system").ShouldBe(["characters"]);
    }

    private static object Create(string key, string number, int other)
    {
        var body = Given.Another(other);
        body["totalInvestment"] = new { amount = 5_000_000m, currency = "CNY" };
        return new
        {
            key,
            op = "create",
            externalRef = new { system = "crm", id = number },
            body,
        };
    }

    private static List<string> Outcomes(Answer answer) =>
        [.. answer["items"].AsArray().Select(item => $"{item!["key"]} {item["outcome"]} {item["status"]}")];

    private static List<string> Ids(Answer answer) =>
        [.. answer["items"].AsArray().Select(item => (string)item!["id"]!)];
}
