using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Targets;

/// <summary>The demo city's targets and results as the city published them, set by one coordinator and published by another; once, at the first start.</summary>
/// <remarks>What was published as reached stands beside the ledger's own figures, under indicators of its own: the demo register is no complete ledger.</remarks>
public static class DemoTargets
{
    private const string PublishedSuffix = "（市级公布）",
        PublishedSuffixEn = " (as published)";

    private sealed class Line
    {
        public required string Year { get; init; }
        public required string Jurisdiction { get; init; }
        public required string Indicator { get; init; }
        public string? Target { get; init; }
        public string? Actual { get; init; }
        public required string Unit { get; init; }
        public required string Source { get; init; }
    }

    /// <param name="ofThisYear">Whether units get invented targets of this year as well, for the invented projects of it.</param>
    public static Task Seed(Database database, string file, bool ofThisYear) =>
        database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await session.One<string>("SELECT value FROM settings WHERE name = 'demo-targets'") is not null)
                return false;
            await session.Lock(LockName.Assessment);
            var (setter, publisher) = (await Person(session, "centre"), await Person(session, "centre2"));
            var units = (await JurisdictionRow.All(session))
                .Where(unit => unit is { Reports: true, Active: true } && IsJudged(unit))
                .OrderBy(unit => unit.Code, StringComparer.Ordinal)
                .ToList();
            var years = new HashSet<int>();

            // Plans of several years have no year of their own.
            foreach (var line in Read(file).Where(line => line.Year.Length == 4))
            {
                var year = int.Parse(line.Year, CultureInfo.InvariantCulture);
                years.Add(year);
                var builtIn = IndicatorDefinition.BuiltIn.FirstOrDefault(one => one.Name == line.Indicator);
                if (Number(line.Actual, line.Unit) is { } actual)
                    await AddPublished(session, setter, publisher, line, builtIn, year, actual);
                else if (builtIn is not null && Number(line.Target, line.Unit) is { } target)
                    await TargetRow.Add(session, setter, year, "", builtIn.Id, 1, target, true, Cut(line.Source));
            }

            foreach (var year in years)
                await AddMadeUp(session, setter, year, units, "projects-signed", each: 2);
            if (ofThisYear && years.Add(session.Today.Year))
            {
                await AddMadeUp(session, setter, session.Today.Year, units, "projects-signed", each: 5);
                await AddMadeUp(session, setter, session.Today.Year, units, "projects-started", each: 3);
                await AddMadeUp(session, setter, session.Today.Year, units, "projects-1b", each: 2);
            }

            foreach (var year in years)
            {
                foreach (var row in await TargetRow.OfYear(session, year))
                    await TargetRow.Publish(session, publisher, row);
            }

            await session.Execute("INSERT INTO settings (name, value) VALUES ('demo-targets', 'seeded')");
            return true;
        });

    /// <summary>A result as it was published: an indicator of statistics, its target and its value.</summary>
    private static async Task AddPublished(
        Session session,
        Caller setter,
        Caller publisher,
        Line line,
        IndicatorDefinition? builtIn,
        int year,
        decimal actual
    )
    {
        var share = line.Unit == "%";
        var id = builtIn is null ? (share ? "published-135n-share" : "published-135n") : $"published-{builtIn.Id}";
        if (await IndicatorRow.ById(session, id) is null)
            await IndicatorRow.AddPublished(
                session,
                setter,
                publisher,
                new IndicatorDefinition
                {
                    Id = id,
                    Name = line.Indicator + PublishedSuffix,
                    NameEn =
                        (
                            builtIn?.NameEn
                            ?? (share ? "Share of 135N manufacturing projects" : "135N manufacturing projects")
                        ) + PublishedSuffixEn,
                    Unit = share ? IndicatorUnit.Share : IndicatorUnit.Projects,
                    Source = IndicatorSource.Statistics,
                    Aggregate = share ? IndicatorAggregate.Ratio : IndicatorAggregate.Count,
                }
            );
        var period = year.ToString(CultureInfo.InvariantCulture);
        await StatedRow.Add(session, setter, id, "", period, 1, actual, Cut(line.Source));
        if (Number(line.Target, line.Unit) is { } target)
            await TargetRow.Add(session, setter, year, "", id, 1, target, true, Cut(line.Source));
    }

    /// <summary>Targets of units were never published: so that ranks can be seen, each gets the same, which the reason says is made up.</summary>
    private static async Task AddMadeUp(
        Session session,
        Caller setter,
        int year,
        List<JurisdictionRow> units,
        string indicator,
        decimal each
    )
    {
        const string Reason = "演示用目标，不是公布的数据（made up for the demo, never published）";
        foreach (var unit in units)
            await TargetRow.Add(session, setter, year, unit.Id, indicator, 1, each, false, Reason);
        await TargetRow.Add(session, setter, year, "", indicator, 1, each * units.Count, false, Reason);
    }

    private static bool IsJudged(JurisdictionRow unit) =>
        Slug.To<JurisdictionKind>(unit.Kind)
            is JurisdictionKind.County
                or JurisdictionKind.District
                or JurisdictionKind.City
                or JurisdictionKind.Zone;

    private static decimal? Number(string? text, string unit) =>
        string.IsNullOrWhiteSpace(text)
            ? null
            : decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                * (
                    unit == "亿美元" ? 100_000_000m
                    : unit == "%" ? 0.01m
                    : 1m
                );

    private static string Cut(string text) => text.Length <= 500 ? text : text[..500];

    private static async Task<Caller> Person(Session session, string username) =>
        (
            await Callers.Person(
                session,
                (await session.One<string>("SELECT id FROM users WHERE username = @username", new { username }))!
            )
        )!;

    private static List<Line> Read(string file)
    {
        using var reader = new StreamReader(file);
        using var csv = new CsvReader(
            reader,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                PrepareHeaderForMatch = header => header.Header.ToLowerInvariant(),
            }
        );
        return [.. csv.GetRecords<Line>()];
    }
}
