using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;

namespace Pipeline.Api.Tests.Claims;

/// <summary>The indexes find what comparing with every project would find (R13), one by one and many at a time.</summary>
public sealed class MatchesTests(string engine) : OnEachEngine(engine)
{
    private static readonly string[] Words =
    [
        "氢能",
        "装备",
        "制造",
        "基地",
        "智慧",
        "冷链",
        "光伏",
        "储能",
        "电池",
        "芯片",
    ];
    private readonly Random random = new(20260504);

    [Test]
    public async Task What_is_found_is_what_compares_as_a_match()
    {
        var (database, store, books) = (
            App.Services.GetRequiredService<Database>(),
            App.Services.GetRequiredService<StoreProject>(),
            App.Services.GetRequiredService<RuleBooks>()
        );
        var owner = App.Sql(connection =>
            Dapper.SqlMapper.QueryFirst<string>(
                connection,
                "SELECT id FROM jurisdictions WHERE reports = 1 ORDER BY seq"
            )
        );
        var library = Enumerable.Range(0, 150).Select(_ => new NewProject { Body = Some(), OwnerId = owner }).ToList();
        await database.Write(async session => await store.Insert(session, await books.Current(session), library));

        var sought = Enumerable.Range(0, 150).Select(_ => Some().Facts()).ToList();
        var found = await database.Read(async session =>
            await FindMatches.FindEach(session, sought, await books.Current(session))
        );
        var levels = new HashSet<MatchLevel>();
        foreach (var (facts, finding) in sought.Zip(found))
        {
            var expected = library
                .Select(project => (project.Id, Match: Matcher.Compare(facts, project.Body.Facts())))
                .Where(pair => pair.Match is not null)
                .ToDictionary(pair => pair.Id, pair => pair.Match!.Level);
            finding.TooMany.ShouldBeFalse();
            finding
                .Found.ToDictionary(item => item.Project!.Id, item => item.Match.Level)
                .ShouldBe(expected, ignoreOrder: true);
            levels.UnionWith(expected.Values);
            var alone = await database.Read(async session =>
                await FindMatches.Find(session, facts, await books.Current(session))
            );
            alone
                .Found.Select(item => (item.Project!.Id, item.Match.Level))
                .ShouldBe(finding.Found.Select(item => (item.Project!.Id, item.Match.Level)));
        }

        levels.ShouldBe([MatchLevel.L1, MatchLevel.L2, MatchLevel.L3], ignoreOrder: true);
    }

    [Test]
    public async Task A_project_is_found_by_what_it_is_called_now_and_no_more_by_what_it_was_called()
    {
        var old = new[] { "高速轴承实验室", "嘉兴恒力轴承有限公司" };
        var project = (await App.As("nanhu").Post("projects", Given.Project(old[0], old[1], 80_000_000m))).Is(201);
        (
            await App.As("nanhu")
                .Patch(
                    $"projects/{project["id"]}",
                    new { name = "冷链仓储中心", totalInvestment = new { amount = 50_000_000m, currency = "CNY" } },
                    "*"
                )
        ).Is(200);
        (await App.As("nanhu").Get($"projects?q={Uri.EscapeDataString("冷链")}"))["items"].AsArray().Count.ShouldBe(1);
        (await App.As("nanhu").Get($"projects?q={Uri.EscapeDataString("高速")}"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("nanhu").Get("projects?q=gszc"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("nanhu").Get($"projects?q={Uri.EscapeDataString("恒力")}"))["items"].AsArray().Count.ShouldBe(1);
        (await Found("高速轴承实验室", 80_000_000m)).ShouldBe(0);
        (await Found("冷链仓储中心", 80_000_000m)).ShouldBe(0);
        (await Found("冷链仓储中心甲", 50_000_000m)).ShouldBe(1);
    }

    private Task<int> Found(string name, decimal amount) =>
        App
            .Services.GetRequiredService<Database>()
            .Read(async session =>
                (
                    await FindMatches.Find(
                        session,
                        new MatchFacts(
                            name,
                            null,
                            [new MatchInvestor("另一家公司", null, null)],
                            new Money(amount, "CNY"),
                            "1234"
                        ),
                        await App.Services.GetRequiredService<RuleBooks>().Current(session)
                    )
                )
                    .Found
                    .Count
            );

    private ProjectBody Some()
    {
        string Pick(int words) =>
            string.Concat(Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
        return new ProjectBody
        {
            Name = $"{Pick(random.Next(2, 5))}项目",
            NationalCode = random.Next(10) == 0 ? $"2405-330402-04-01-{random.Next(100000, 100008)}" : null,
            Investors =
            [
                new InvestorBody
                {
                    Name = $"{Pick(3)}有限公司",
                    Country = "CN",
                    Primary = true,
                    GroupParent = random.Next(5) == 0 ? $"{Pick(1)}集团" : null,
                },
            ],
            TotalInvestment =
                random.Next(20) == 0
                    ? null
                    : new Money(random.Next(100, 200) * 1_000_000m, random.Next(5) == 0 ? "USD" : "CNY"),
            IndustryCode = random.Next(2) == 0 ? "3411" : "3825",
        };
    }
}
