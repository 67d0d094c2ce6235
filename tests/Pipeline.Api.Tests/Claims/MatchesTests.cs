using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

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
        await database.Write(async session =>
        {
            session.Note(new AuditEntry("library-made"));
            await store.Insert(session, await books.Current(session), library);
        });

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

    [Test]
    public async Task Where_many_share_a_part_of_a_name_each_still_finds_its_own()
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
        NewProject Project(string name, string investor, decimal amount, string industry) =>
            new()
            {
                Body = new ProjectBody
                {
                    Name = name,
                    Investors =
                    [
                        new InvestorBody
                        {
                            Name = investor,
                            Country = "CN",
                            Primary = true,
                        },
                    ],
                    TotalInvestment = new Money(amount, "CNY"),
                    IndustryCode = industry,
                },
                OwnerId = owner,
            };
        NewProject[] library =
        [
            Project("钙钛矿组件一厂", "嘉兴恒晟钙钛矿科技有限公司", 100_000_000m, "3825"),
            Project("风机叶片二厂", "海盐卓远风机叶片有限公司", 900_000_000m, "3411"),
        ];
        var sought = library
            .Select(project =>
                (project.Body with { Name = "另一处厂房", Investors = [Slip(project.Body.Investors![0])] }).Facts()
            )
            .ToList();
        await database.Write(async session =>
        {
            session.Note(new AuditEntry("library-made"));
            await store.Insert(session, await books.Current(session), library);

            // More firms than are read at once have a part of the name of each. Their ids, by which a look-up that finds too many is cut short, come after all others.
            var crowd = Enumerable.Range(0, 10_001).Select(at => $"z-crowd-{at:00000}").ToList();
            session.Add(new BulkTable("investors", "id", "name_key", "uscc"), crowd.Select(id => new[] { id, id, "" }));
            session.Add(
                new BulkTable("investor_index", "gram", "investor_id"),
                crowd.Select(id => new[] { Grams.Of(Normalised.InvestorName("恒晟钙钛矿科技有限公司"))[2], id })
            );
            session.Add(
                new BulkTable("investor_spellings", "gram", "mark", "investor_id", "form"),
                crowd.Select(id => new object[] { "恒晟钙钛", (int)SpellingMark.Telling, id, id })
            );
        });

        var together = await database.Read(async session =>
            await FindMatches.FindEach(session, sought, await books.Current(session))
        );
        together
            .Select(finding => finding.Found.Select(item => item.Project!.Id))
            .ShouldBe([
                [library[0].Id],
                [library[1].Id],
            ]);
    }

    /// <summary>The same firm with its place left out.</summary>
    private static InvestorBody Slip(InvestorBody investor) => investor with { Name = investor.Name![2..] };

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
