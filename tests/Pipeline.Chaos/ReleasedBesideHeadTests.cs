using System.Text.Json.Nodes;
using Pipeline.Data;

namespace Pipeline.Chaos;

/// <summary>A city is upgraded while it works: the program of the last release and this one serve one database, through the migration, and each sees what the other wrote.</summary>
public sealed class ReleasedBesideHeadTests
{
    private const int Released = 0,
        Head = 1;

    [Test]
    public async Task The_released_program_and_this_one_serve_one_city_through_the_migration()
    {
        var program = await ReleasedProgram.Publish();
        await using var city = await City.Begin("P30D", firstProgram: program);

        // The released program alone, on the schema of its day.
        (await Newest(city)).ShouldBe(ReleasedProgram.Names.Migration);
        var before = await Reports(city, Released, "nanhu", "before");
        (await Claim(city, Released, "nanhu", before)).ShouldBe("active");

        // This one starts beside it and migrates; the released one goes on as if nothing were.
        await city.Join();
        (await Newest(city)).ShouldBe(Migrator.Newest(Api.Layout.Find().Migrations));
        (await Claim(city, Head, "nanhu", before)).ShouldBe("active");
        await Work_goes_to_and_fro(city, Released, Head, "from the release");
        await Work_goes_to_and_fro(city, Head, Released, "from the head");
        await Both_tell_the_same(city);

        // Killed and started again, it still bears what was added.
        await city.KillAndRestart(Released);
        await Work_goes_to_and_fro(city, Released, Head, "from the release again");
        await Both_tell_the_same(city);

        await city.KillBoth();
        var (code, text) = await city.Check();
        code.ShouldBe(0, text);
    }

    /// <summary>What one program wrote the other reads and goes on with: projects, claims and their queue, edits, moves, notices, repeated requests.</summary>
    private static async Task Work_goes_to_and_fro(City city, int one, int other, string what)
    {
        // First come at one, second at the other: the queue is one.
        var first = await Reports(city, one, "nanhu", what);
        var second = await Reports(city, other, "xiuzhou", what);
        (await Claim(city, other, "nanhu", first)).ShouldBe("active");
        (await Claim(city, one, "xiuzhou", second)).ShouldBe("queued");

        // An edit at the other is told at one; who read before it is refused there.
        var project = $"projects/{first["projectId"]}";
        var read = await Get(city, one, "nanhu", project);
        Done(await city.Send(other, "nanhu", HttpMethod.Patch, project, new { chain = what }, read.ETag));
        ((string)(await Get(city, one, "nanhu", project)).Body!["chain"]!).ShouldBe(what);
        (await city.Send(one, "nanhu", HttpMethod.Patch, project, new { chain = "late" }, read.ETag))!.Status.ShouldBe(
            412
        );

        // Released at the other: the next in the queue has it, and is told of it wherever it asks.
        var claim = await Get(city, other, "nanhu", $"claims/{first["id"]}");
        Done(
            await city.Send(
                other,
                "nanhu",
                HttpMethod.Post,
                $"claims/{first["id"]}/release",
                new { reason = what },
                claim.ETag
            )
        );
        (await Claim(city, one, "xiuzhou", second)).ShouldBe("active");
        foreach (var at in new[] { one, other })
            (await Get(city, at, "xiuzhou", "notices"))
                .Items.Select(notice => (string?)notice["projectId"])
                .ShouldContain((string?)first["projectId"]);

        // Submitted at one, verified at the other: signed at both.
        var own = await Get(city, one, "xiuzhou", project);
        var move = Done(
            await city.Send(
                one,
                "xiuzhou",
                HttpMethod.Post,
                $"{project}/moves",
                new
                {
                    to = "signed",
                    occurredOn = Domain.Shanghai.DateOf(DateTimeOffset.UtcNow),
                    evidence = new
                    {
                        agreementKind = "formal",
                        parties = "甲方、乙方",
                        agreedAmount = new { amount = 1_000_000_000m, currency = "CNY" },
                    },
                },
                own.ETag
            )
        ).Body!;
        Done(await city.Send(other, "centre", HttpMethod.Post, $"moves/{move["id"]}/verify"));
        foreach (var at in new[] { one, other })
            ((string)(await Get(city, at, "xiuzhou", project)).Body!["stage"]!).ShouldBe("signed");

        // A request repeated at the other under its key is not done again.
        var made = Done(await Creates(city, one, $"{what}, once"));
        var again = Done(await Creates(city, other, $"{what}, once"));
        again.Text.ShouldBe(made.Text);
        again.Replayed.ShouldBeTrue();
    }

    /// <summary>Lists, totals and the trail are the same, whichever program is asked.</summary>
    private static async Task Both_tell_the_same(City city)
    {
        foreach (
            var (user, path) in new[]
            {
                ("centre", "projects?limit=200&count=true"),
                ("centre", "claims?limit=200&count=true"),
                ("centre", "moves?limit=200&count=true"),
                ("xiuzhou", "notices?limit=200"),
                ("nanhu", "changes?since=start&limit=200"),
            }
        )
        {
            var told = new List<List<string>>();
            foreach (var at in new[] { Released, Head })
                told.Add([
                    .. (await Get(city, at, user, path)).Items.Select(item => (string)(item["id"] ?? item["seq"])!),
                ]);
            told[Released].ShouldNotBeEmpty($"{user} {path}");
            told[Head].ShouldBe(told[Released], $"{user} {path}");
        }
    }

    private static async Task<JsonNode> Reports(City city, int at, string unit, string what)
    {
        var answer = await city.Send(
            at,
            unit,
            HttpMethod.Post,
            "claims",
            new
            {
                project = new
                {
                    name = $"{Letters(what, 9)}基地",
                    industryCode = "3841",
                    investors = new[]
                    {
                        new
                        {
                            name = $"{Letters(what + " investor", 7)}有限公司",
                            country = "CN",
                            primary = true,
                        },
                    },
                    totalInvestment = new { amount = 1_000_000_000m, currency = "CNY" },
                },
                contacts = new[]
                {
                    new
                    {
                        kind = "visit",
                        occurredOn = Domain.Shanghai.DateOf(DateTimeOffset.UtcNow),
                        note = what,
                    },
                },
            },
            key: $"{unit} {what}"
        );
        return Done(answer).Body!;
    }

    /// <summary>Letters of its own for each text, so that no investment is like another (R13).</summary>
    private static string Letters(string text, int count)
    {
        var random = new Random(text.Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter)));
        return string.Concat(Enumerable.Range(0, count).Select(_ => (char)random.Next(0x5000, 0x9000)));
    }

    private static Task<Answer?> Creates(City city, int at, string name) =>
        city.Send(
            at,
            "nanhu",
            HttpMethod.Post,
            "projects",
            new
            {
                name,
                industryCode = "3841",
                investors = new[]
                {
                    new
                    {
                        name = $"{name} Co.",
                        country = "CN",
                        primary = true,
                    },
                },
                totalInvestment = new { amount = 30_000_000, currency = "CNY" },
            },
            key: name
        );

    private static async Task<string> Claim(City city, int at, string unit, JsonNode claim) =>
        (string)(await Get(city, at, unit, $"claims/{claim["id"]}")).Body!["status"]!;

    private static async Task<Answer> Get(City city, int at, string user, string path) =>
        Done(await city.Send(at, user, HttpMethod.Get, path));

    private static Answer Done(Answer? answer)
    {
        answer.ShouldNotBeNull();
        answer.Done.ShouldBeTrue($"{answer.Status} {answer.Text}");
        return answer;
    }

    /// <summary>The number of the newest migration that the database has.</summary>
    private static async Task<string> Newest(City city)
    {
        await using var connection = city.Dialect.Connect();
        await connection.OpenAsync();
        return Migrator.NumberOf(
            (await Dapper.SqlMapper.QueryAsync<AppliedMigration>(connection, Migrator.AppliedScripts)).First().Name
        );
    }
}
