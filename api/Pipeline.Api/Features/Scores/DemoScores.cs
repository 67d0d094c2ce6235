using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

/// <summary>The demo city's score models, one for each year with targets, drafted by one coordinator and published by another; once, at the first start. They are made up, which their names say.</summary>
public static class DemoScores
{
    public static Task Seed(Database database) =>
        database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await session.One<string>("SELECT value FROM settings WHERE name = 'demo-scores'") is not null)
                return false;
            await session.Lock(LockName.Assessment);
            var units = (await JurisdictionRow.All(session))
                .Where(unit => unit is { Reports: true, Active: true })
                .OrderBy(unit => unit.Code, StringComparer.Ordinal)
                .ToLookup(unit => Slug.To<JurisdictionKind>(unit.Kind), unit => unit.Id);
            for (
                var year = await TargetRow.LastYearWithTargets(session, session.Today.Year);
                year is { } of;
                year = await TargetRow.LastYearWithTargets(session, of - 1)
            )
            {
                var id = await ScoreModelRow.Add(session, await Person(session, "centre"), ModelOf(of, units));
                await ScoreModelRow.Publish(
                    session,
                    await Person(session, "centre2"),
                    (await ScoreModelRow.ById(session, id))!
                );
            }

            await session.Execute("INSERT INTO settings (name, value) VALUES ('demo-scores', 'seeded')");
            return true;
        });

    private static ScoreModel ModelOf(int year, ILookup<JurisdictionKind, string> units) =>
        new()
        {
            Year = year,
            Name = $"{year} 年招商引资评分（演示用，并非公布的办法）",
            NameEn = $"Scores of {year} (made up for the demo)",
            Groups =
            [
                new ScoreGroup
                {
                    Id = "counties",
                    Name = "县（市、区）",
                    NameEn = "Counties and districts",
                    Units =
                    [
                        .. units[JurisdictionKind.County],
                        .. units[JurisdictionKind.District],
                        .. units[JurisdictionKind.City],
                    ],
                },
                new ScoreGroup
                {
                    Id = "zones",
                    Name = "开发区",
                    NameEn = "Development zones",
                    Units = [.. units[JurisdictionKind.Zone]],
                },
            ],
            Items =
            [
                new ScoreItem
                {
                    Id = "signed",
                    Name = "签约项目完成率",
                    NameEn = "Projects signed, of the target",
                    Weight = 40,
                    Method = ScoreMethod.Linear,
                    Cap = 1.2m,
                    Sources = [new ScoreSource { Indicator = "projects-signed" }],
                },
                new ScoreItem
                {
                    Id = "registered",
                    Name = "注册项目",
                    NameEn = "Projects registered",
                    Weight = 20,
                    Method = ScoreMethod.Relative,
                    Sources = [new ScoreSource { Indicator = "projects-registered" }],
                },
                new ScoreItem
                {
                    Id = "started",
                    Name = "开工项目",
                    NameEn = "Projects started",
                    Weight = 20,
                    Method = ScoreMethod.Points,
                    Sources = [new ScoreSource { Indicator = "projects-started", Each = 5 }],
                },
                new ScoreItem
                {
                    Id = "notices",
                    Name = "签约备案及时",
                    NameEn = "Signing notices in time",
                    Weight = 10,
                    Method = ScoreMethod.Deduct,
                    Sources = [new ScoreSource { Indicator = "late-notices", Each = 2 }],
                },
                new ScoreItem
                {
                    Id = "service",
                    Name = "服务企业评价",
                    NameEn = "Service to enterprises, by judgement",
                    Weight = 10,
                    Method = ScoreMethod.Manual,
                },
            ],
            Bonuses =
            [
                new ScoreExtra
                {
                    Id = "large-projects",
                    Name = "大项目加分",
                    NameEn = "Large projects",
                    Method = ExtraMethod.Projects,
                    Cap = 10,
                    Sources = [new ScoreSource { Indicator = "projects-signed" }],
                    Brackets =
                    [
                        new BonusBracket { From = 1_000_000_000, Points = 2 },
                        new BonusBracket { From = 5_000_000_000, Points = 4 },
                    ],
                },
            ],
            Outer =
            [
                new OuterAssessment
                {
                    Name = "红旗竞赛",
                    NameEn = "Red flag",
                    Weight = 0.15m,
                },
                new OuterAssessment
                {
                    Name = "年度综合考核",
                    NameEn = "Annual assessment",
                    Weight = 0.10m,
                },
            ],
        };

    private static async Task<Caller> Person(Session session, string username) =>
        (
            await Callers.Person(
                session,
                (await session.One<string>("SELECT id FROM users WHERE username = @username", new { username }))!
            )
        )!;
}
