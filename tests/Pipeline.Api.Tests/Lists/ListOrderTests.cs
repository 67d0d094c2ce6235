using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Tests.Lists;

/// <summary>Pages of the library are cut from one order, however they are read.</summary>
public sealed class ListOrderTests(string engine) : OnEachEngine(engine)
{
    [TestCase("updatedAt", "")]
    [TestCase("-updatedAt", "")]
    [TestCase("-updatedAt", "&stage=signed")]
    [TestCase("-updatedAt", "&updatedSince=2026-05-04T04:00:00Z")]
    public async Task A_units_own_and_others_projects_stand_in_one_order_of_their_last_change(
        string sort,
        string filter
    )
    {
        await Add([
            .. Enumerable
                .Range(0, 12)
                .Select(n => (n % 3 == 0 ? "nanhu" : "xiuzhou", n < 2 ? Stage.InTalks : Stage.Signed, 50_000_000m + n)),
        ]);

        // Instants of which some are the same, and of others' projects the one that everybody may know lies before the other.
        static DateTimeOffset At(int hour) => new(2026, 5, 4, hour, 0, 0, TimeSpan.Zero);
        App.Sql(connection =>
            connection.Execute(
                "UPDATE projects SET updated_at = @late, public_updated_at = CASE WHEN seq % 4 = 0 THEN @four WHEN seq % 4 = 1 THEN @three WHEN seq % 4 = 2 THEN @six ELSE @five END",
                new
                {
                    late = At(23),
                    three = At(3),
                    four = At(4),
                    five = At(5),
                    six = At(6),
                }
            )
        );
        App.Sql(connection =>
            connection.Execute("UPDATE projects SET updated_at = public_updated_at WHERE seq % 2 = 0")
        );
        var nanhu = App.As("nanhu");
        var whole = (await nanhu.Get($"projects?limit=200&sort={sort}{filter}"))
            .Is(200)["items"]
            .AsArray()
            .Select(item =>
                ((string)item!["id"]!, DateTimeOffset.Parse((string)item["updatedAt"]!, CultureInfo.InvariantCulture))
            )
            .ToList();
        whole.Count.ShouldBeGreaterThan(5);
        whole
            .Select(item => item.Item2)
            .ShouldBe(
                sort[0] == '-'
                    ? whole.Select(item => item.Item2).OrderDescending()
                    : whole.Select(item => item.Item2).Order()
            );

        var (paged, cursor) = (new List<string>(), "");
        while (true)
        {
            var page = (await nanhu.Get($"projects?limit=2&sort={sort}{filter}{cursor}")).Is(200);
            paged.AddRange(page["items"].AsArray().Select(item => (string)item!["id"]!));
            if (page.Body!["nextCursor"] is not { } next)
                break;
            cursor = $"&cursor={next}";
        }

        paged.ShouldBe(whole.Select(item => item.Item1));
    }

    [Test]
    public async Task Amounts_that_few_have_and_amounts_that_most_have_are_found_alike()
    {
        await Add([.. Enumerable.Range(1, 1100).Select(n => ("nanhu", Stage.Signed, 1_000_000m + n))]);
        foreach (
            var (filter, least, most) in new[]
            {
                ("minAmount=1001090", 1_001_090m, decimal.MaxValue),
                ("maxAmount=1000003", 0m, 1_000_003m),
                ("minAmount=1000500&maxAmount=1000502", 1_000_500m, 1_000_502m),
                ("minAmount=1000001", 1_000_001m, decimal.MaxValue),
            }
        )
        {
            var page = (await App.As("centre").Get($"projects?limit=5&count=true&{filter}")).Is(200);
            var expected = Enumerable
                .Range(1, 1100)
                .Select(n => 1_000_000m + n)
                .Where(amount => amount >= least && amount <= most)
                .Reverse()
                .ToList();
            page["total"].GetValue<int>().ShouldBe(expected.Count);
            page["items"]
                .AsArray()
                .Select(item => item!["totalInvestment"]!["amount"]!.GetValue<decimal>())
                .ShouldBe(expected.Take(5));
        }
    }

    private Task Add(IReadOnlyList<(string Unit, Stage Stage, decimal Amount)> projects) =>
        App
            .Services.GetRequiredService<Database>()
            .Write(async session =>
            {
                session.Note(new AuditEntry("library-made"));
                var units = projects
                    .Select(project => project.Unit)
                    .Distinct()
                    .ToDictionary(
                        unit => unit,
                        unit =>
                            App.Sql(connection =>
                                connection.QuerySingle<string>(
                                    "SELECT jurisdiction_id FROM users WHERE username = @unit",
                                    new { unit }
                                )
                            )
                    );
                await App
                    .Services.GetRequiredService<StoreProject>()
                    .Insert(
                        session,
                        await App.Services.GetRequiredService<RuleBooks>().Current(session),
                        [
                            .. projects.Select(
                                (project, n) =>
                                    new NewProject
                                    {
                                        Body = new ProjectBody
                                        {
                                            Name = $"第{n}号产线",
                                            Investors =
                                            [
                                                new InvestorBody
                                                {
                                                    Name = $"第{n}号公司",
                                                    Country = "CN",
                                                    Primary = true,
                                                },
                                            ],
                                            TotalInvestment = new Money(project.Amount, "CNY"),
                                            IndustryCode = "3411",
                                        },
                                        OwnerId = units[project.Unit],
                                        Stage = project.Stage,
                                        Dates = new StageDates(
                                            session.Today,
                                            project.Stage == Stage.Signed ? session.Today : null,
                                            null,
                                            null,
                                            null
                                        ),
                                    }
                            ),
                        ]
                    );
            });
}
