using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Chains;

/// <summary>Industry chains (R133): coverage by what the reader may know, nodes that turn, reviews, gaps, and projects on nodes.</summary>
public sealed class ChainTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Xiuzhou => App.As("xiuzhou");
    private Actor Centre => App.As("centre");

    private async Task<(string Chain, string Node)> Chain()
    {
        var chain = (string)(await Centre.Post("chains", new { name = "新型储能" })).Is(201)["id"]!;
        var nodes = (
            await Centre.Put(
                $"chains/{chain}/nodes",
                new
                {
                    nodes = new[]
                    {
                        new
                        {
                            position = "up",
                            name = "正极材料",
                            state = "missing",
                            industryClasses = new[] { "38" },
                        },
                        new
                        {
                            position = "mid",
                            name = "电芯",
                            state = "strong",
                            industryClasses = new[] { "39" },
                        },
                    },
                },
                "*"
            )
        ).Is(200)["items"];
        return (chain, (string)nodes[0]!["id"]!);
    }

    private async Task<string> Project(bool secret = false, int number = 1)
    {
        var body = Given.Another(number);
        body["totalInvestment"] = new { amount = 200_000_000m, currency = "CNY" };
        body["industryCode"] = "3841";
        body["chain"] = "新型储能";
        body["secret"] = secret;
        return (string)(await Nanhu.Post("projects", body)).Is(201)["id"]!;
    }

    private async Task Lands(string project)
    {
        foreach (
            var move in new[]
            {
                (object)Given.Signing("2026-05-04", 200_000_000m),
                new
                {
                    to = "registered",
                    occurredOn = "2026-05-04",
                    evidence = new
                    {
                        filingCode = "F-1",
                        filedOn = "2026-05-04",
                        registeredOn = "2026-05-04",
                        uscc = "91330400MA2B8K1X0Q",
                    },
                },
            }
        )
        {
            var made = (await Nanhu.Post($"projects/{project}/moves", move, ("If-Match", "*"))).Is(201);
            (await Centre.Post($"moves/{made["id"]}/verify")).Is(200);
        }
    }

    // Two nodes: none covered 0; one project landed on one of them: 1 of 2 = 0.5.
    [Test]
    public async Task R133_a_node_is_suggested_confirmed_by_a_person_and_turns_weak_when_the_project_lands()
    {
        var (chain, node) = await Chain();
        var project = await Project();
        var suggested = (await Nanhu.Get($"projects/{project}/chain-nodes")).Is(200);
        suggested["items"].AsArray().ShouldBeEmpty("nobody has put it there");
        ((string)suggested["suggestions"][0]!["id"]!).ShouldBe(node);
        suggested["suggestions"][0]!["reasons"]!.AsArray().Select(by => (string)by!).ShouldBe(["class", "chain"]);
        var gaps = (await Nanhu.Get($"chains/{chain}/gaps")).Is(200)["items"].AsArray();
        ((string)gaps[0]!["projects"]![0]!["id"]!).ShouldBe(project);
        (await Xiuzhou.Get($"chains/{chain}/gaps")).Is(200)["items"][0]!["projects"]!.AsArray().ShouldBeEmpty();

        (await Nanhu.Post($"projects/{project}/chain-nodes", new { nodeId = node })).Is(201);
        (await Nanhu.Post($"projects/{project}/chain-nodes", new { nodeId = node })).IsProblem(409, "on-node");
        (await Nanhu.Post($"projects/{project}/chain-nodes", new { nodeId = SampleCity.NoId }))
            .Codes("nodeId")
            .ShouldBe(["unknown-node"]);
        var before = await Xiuzhou.Get($"chains/{chain}/nodes");
        before["items"][0]!["projects"]!.AsArray().ShouldBeEmpty("it is in talks (R20)");
        (await Nanhu.Get($"chains/{chain}/nodes"))["items"][0]!["projects"]!.AsArray().Count.ShouldBe(1);
        ((string)(await Nanhu.Get($"chains/{chain}")).Is(200)["coverage"]!).ShouldBe("0");

        await Lands(project);
        var after = (await Xiuzhou.Get($"chains/{chain}")).Is(200);
        ((string)after["coverage"]!, (int)after["covered"]!, (int)after["nodes"]!).ShouldBe(("0.5", 1, 2));
        ((int)after["states"]!["weak"]!, (int)after["states"]!["missing"]!).ShouldBe((1, 0));
    }

    [Test]
    public async Task R20_a_secret_project_moves_no_node_and_covers_it_only_for_who_may_know_it()
    {
        var (chain, node) = await Chain();
        var project = await Project(secret: true);
        (await Nanhu.Post($"projects/{project}/chain-nodes", new { nodeId = node })).Is(201);
        var before = await Xiuzhou.Get($"chains/{chain}");
        await Lands(project);
        var after = await Xiuzhou.Get($"chains/{chain}");
        after.Text.ShouldBe(before.Text);
        after.ETag.ShouldBe(before.ETag);
        ((string)(await App.As("leader").Get($"chains/{chain}")).Is(200)["coverage"]!).ShouldBe("0");
        ((string)(await Centre.Get($"chains/{chain}")).Is(200)["coverage"]!).ShouldBe("0.5");
    }

    // Drawn up on 2026-05-04: by 06-30. Reviewed in May: by 09-30.
    [Test]
    public async Task R133_reviews_are_due_each_quarter_and_the_department_in_charge_records_them()
    {
        var department = App.Sql(connection =>
            Dapper.SqlMapper.QuerySingle<string>(connection, "SELECT id FROM jurisdictions WHERE code = 'commerce'")
        );
        var (chain, _) = await Chain();
        ((string)(await Nanhu.Get($"chains/{chain}")).Is(200)["reviewDueOn"]!).ShouldBe("2026-06-30");
        (await Centre.Patch($"chains/{chain}", new { departmentId = department }, "*")).Is(200);
        (await Nanhu.Post($"chains/{chain}/reviews", new { note = "已梳理" })).IsProblem(403, "forbidden");
        var reviewed = (await Centre.Post($"chains/{chain}/reviews", new { note = "已梳理" })).Is(201);
        ((string)reviewed["reviewDueOn"]!, (bool)reviewed["reviewOverdue"]!).ShouldBe(("2026-09-30", false));
        App.Time.Advance(TimeSpan.FromDays(150));
        ((bool)(await Centre.Get($"chains/{chain}")).Is(200)["reviewOverdue"]!).ShouldBeTrue();
        (await Centre.Get("chains?overdue=true")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        (await Centre.Post("chains", new { name = "新型储能" })).IsProblem(409, "chain-exists");
    }
}
