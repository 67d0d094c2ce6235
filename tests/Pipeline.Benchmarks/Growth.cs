using System.Diagnostics;
using Pipeline.Domain;

namespace Pipeline.Benchmarks;

/// <summary>B5, B6 and B12: what must not grow with the city, measured on a small and a large one in turns.</summary>
public static class Growth
{
    private const int Small = 10_000;
    private const int Connections = 4;

    public static Task<Report> Search(Options options) =>
        Compare(
            options,
            5,
            (
                $"q={CityMaker.Rare} (rare)",
                $"/api/v1/projects?limit=50&q={Uri.EscapeDataString(CityMaker.Rare)}",
                false
            ),
            (
                $"q={CityMaker.Common} (common)",
                $"/api/v1/projects?limit=50&q={Uri.EscapeDataString(CityMaker.Common)}",
                false
            ),
            (
                $"q={CityMaker.Common} as a unit",
                $"/api/v1/projects?limit=50&q={Uri.EscapeDataString(CityMaker.Common)}",
                true
            )
        );

    public static Task<Report> Totals(Options options) =>
        Compare(
            options,
            3,
            ("GET /summary", "/api/v1/summary", false),
            ("GET /summary?by=jurisdiction", "/api/v1/summary?by=jurisdiction", false),
            ("GET /summary?by=industry", "/api/v1/summary?by=industry", false),
            ("GET /summary, a past day", $"/api/v1/summary?asOf={DateTime.UtcNow.AddDays(-500):yyyy-MM-dd}", false),
            ("GET /summary/flow", "/api/v1/summary/flow", false),
            ("GET /summary/durations", "/api/v1/summary/durations", false),
            ("GET /summary/claims", "/api/v1/summary/claims", false),
            ("GET /projects?count=true", "/api/v1/projects?count=true&limit=1", false),
            ("GET /lists/signed", "/api/v1/lists/signed?limit=50", false),
            ("GET /summary/identity", "/api/v1/summary/identity", false),
            ("GET /lights, yellow", "/api/v1/lights?light=yellow&limit=1", false),
            ("GET /summary as a unit", "/api/v1/summary", true)
        );

    /// <summary>The league table of this year and the last, of 64 units and all built-in indicators, and the figures of twelve (B12).</summary>
    public static async Task<Report> Boards(Options options)
    {
        foreach (var projects in new[] { Small, options.Projects })
        {
            var city = await City.Of(projects);
            // The API brings the schema of a kept city up to date.
            using (await Server.Api(city.File)) { }
            await CityLedger.Ensure(city);
        }

        var year = Shanghai.DateOf(DateTimeOffset.UtcNow).Year;
        return await Compare(
            options,
            3,
            ("GET /boards, this year", $"/api/v1/boards?period={year}", false),
            ("GET /boards, last year", $"/api/v1/boards?period={year - 1}", false),
            (
                "GET /figures, 12 indicators",
                $"/api/v1/figures?period={year}&indicators=capital-paid-in,foreign-capital-used,manufacturing-share,projects-1b,projects-5b,projects-10b,projects-usd-100m,projects-fortune-500,projects-signed,projects-registered,projects-started,projects-in-production",
                false
            ),
            ("GET /boards as a unit", $"/api/v1/boards?period={year}", true)
        );
    }

    /// <summary>The ledger of projects that were there before it, written by the API on a city whose ledger is empty (R45).</summary>
    public static async Task<Report> Ledger(Options options)
    {
        var (few, many) = (await SecondsToBuildLedger(Small), await SecondsToBuildLedger(options.Projects));
        var ratio = many.Seconds / options.Projects / (few.Seconds / Small);
        return new Report([
            new Line(
                $"the ledger of {options.Projects} projects, time a project against {Small} projects",
                ratio,
                "<= 2.00",
                ratio <= 2,
                new Dictionary<string, double>
                {
                    [$"s at {Small}"] = few.Seconds,
                    [$"s at {options.Projects}"] = many.Seconds,
                    [$"cpu s at {options.Projects}"] = many.Cpu,
                    [$"rows at {options.Projects}"] = many.Rows,
                }
            ),
        ]);
    }

    private static async Task<(double Seconds, double Cpu, long Rows)> SecondsToBuildLedger(int projects)
    {
        var city = await (await City.Of(projects)).Copy();
        await city.Query<long>(
            """
            INSERT INTO settings (name, value) SELECT 'ledger-below', CAST(MAX(seq) + 1 AS TEXT) FROM projects WHERE true
            ON CONFLICT (name) DO UPDATE SET value = excluded.value;
            SELECT COUNT(*) FROM ledger
            """
        );
        using var api = await Server.Api(city.File);
        async Task<string> Below() =>
            (await city.Query<string>("SELECT value FROM settings WHERE name = 'ledger-below'"))[0];
        // The API begins its first round some time after its start.
        var first = await Below();
        while (await Below() == first)
            await Task.Delay(100);
        var (watch, cpu) = (Stopwatch.StartNew(), api.Cpu);
        while (await Below() != "0")
            await Task.Delay(100);
        return (watch.Elapsed.TotalSeconds, api.Cpu - cpu, (await city.Query<long>("SELECT COUNT(*) FROM ledger"))[0]);
    }

    private static async Task<Report> Compare(
        Options options,
        double bar,
        params (string What, string Path, bool AsUnit)[] asked
    )
    {
        var (small, large) = (await City.Of(Small), await City.Of(options.Projects));
        using var onSmall = await Server.Api(small.File);
        using var onLarge = await Server.Api(large.File);
        var lines = new List<Line>();
        foreach (var (what, path, asUnit) in asked)
        {
            var (few, many) = (new List<Measured>(), new List<Measured>());
            for (var round = -1; round < options.Rounds; round++)
            {
                async Task<Measured> Take(Server server, City city)
                {
                    var request = Load.Request("GET", path, City.TokenOf(asUnit ? city.Officers[0] : city.Centre));
                    var measured = await Load.Run(
                        server,
                        Connections,
                        options.Seconds,
                        (_, _) => request,
                        options.Rate
                    );
                    return measured.Refused == 0
                        ? measured
                        : throw new InvalidOperationException($"{what}: {measured.Refused} requests were refused.");
                }

                var (a, b) = (await Take(onSmall, small), await Take(onLarge, large));
                if (round < 0)
                    continue;
                few.Add(a);
                many.Add(b);
            }

            var ratio = Report.Median(many.Zip(few, (a, b) => a.P95 / b.P95));
            lines.Add(
                new Line(
                    $"{what}: p95 at {options.Projects} against {Small} projects",
                    ratio,
                    $"<= {bar:0}",
                    ratio <= bar,
                    new Dictionary<string, double>
                    {
                        [$"p50 at {Small}"] = Report.Median(few.Select(m => m.P50)),
                        [$"p95 at {Small}"] = Report.Median(few.Select(m => m.P95)),
                        [$"p50 at {options.Projects}"] = Report.Median(many.Select(m => m.P50)),
                        [$"p95 at {options.Projects}"] = Report.Median(many.Select(m => m.P95)),
                        ["MiB"] = Report.Median(many.Select(m => m.Memory)),
                    }
                )
            );
        }

        return new Report(lines);
    }
}
