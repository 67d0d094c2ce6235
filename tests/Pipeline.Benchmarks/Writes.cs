using System.Diagnostics;
using System.Text.Json;

namespace Pipeline.Benchmarks;

/// <summary>B3 and B4: first reports, each a durable transaction.</summary>
public static class Writes
{
    private const int Callers = 64;

    private static long reported;

    public static async Task<Report> DistinctClaims(Options options)
    {
        var city = await (await City.Of(options.Projects)).Copy();
        using var api = await Server.Api(city.File);
        using var bare = await Server.Bare(city.File);
        await Warm(api, city);
        var (ours, theirs) = (new List<Measured>(), new List<Measured>());
        for (var round = -1; round < options.Rounds; round++)
        {
            var tokens = city.Officers.Select(City.TokenOf).ToArray();
            var seconds = round < 0 ? Math.Max(15, options.Seconds) : options.Seconds;
            var a = await Load.Run(api, Callers, seconds, (caller, _) =>
                Load.Request("POST", "/api/v1/claims", tokens[caller], Body())
            );
            var b = await Load.Run(bare, Callers, seconds, (_, _) =>
                Load.Request("POST", "/reports", null, """{"name":"氢能装备制造基地项目","amount":1200000000}""")
            );
            if (round < 0)
                continue;
            ours.Add(a);
            theirs.Add(b);
        }

        var line = Reads.Compared(
            $"POST /claims, {Callers} callers, distinct projects, {options.Projects} projects",
            0.35,
            ours,
            theirs
        );
        return new Report(
            [line],
            $"Refused: {ours.Sum(m => m.Refused)} of {ours.Sum(m => m.Answers)} ; they do not count. {ours.Select(m => m.Refusal).FirstOrDefault(refusal => refusal is not null)}"
        );
    }

    public static async Task<Report> OneProjectClaimed(Options options)
    {
        var city = await (await City.Of(options.Projects)).Copy();
        using var api = await Server.Api(city.File);
        await Warm(api, city);
        var connections = Enumerable.Range(0, Callers).Select(_ => new Load.Connection(api.Address)).ToArray();
        var ratios = new List<double>();
        var (active, projects, refused) = (0, 0, 0);
        var perSecond = new List<double>();
        for (var round = -1; round < options.Rounds; round++)
        {
            var tokens = city.Officers.Select(City.TokenOf).ToArray();
            var distinct = await Load.Run(api, Callers, options.Seconds, (caller, _) =>
                Load.Request("POST", "/api/v1/claims", tokens[caller], Body())
            );
            var watch = Stopwatch.StartNew();
            var answered = 0;
            while (watch.Elapsed.TotalSeconds < options.Seconds)
            {
                var same = Body();
                var answers = await Task.WhenAll(
                    connections.Select(
                        (connection, caller) =>
                            connection.Ask(Load.Request("POST", "/api/v1/claims", tokens[caller], same), keep: true)
                    )
                );
                answered += answers.Count(answer => answer.Status == 201);
                var taken = answers.Count(answer => answer.Status == 201);
                refused += answers.Length - taken;
                projects += taken > 0 ? 1 : 0;
                active += answers.Count(answer =>
                    answer.Status == 201
                    && JsonDocument.Parse(answer.Body!).RootElement.GetProperty("status").GetString() == "active"
                );
            }

            if (round < 0)
                continue;
            perSecond.Add(answered / watch.Elapsed.TotalSeconds);
            ratios.Add(answered / watch.Elapsed.TotalSeconds / distinct.PerSecond);
        }

        foreach (var connection in connections)
            connection.Dispose();
        var ratio = Report.Median(ratios);
        return new Report(
            [
                new Line(
                    $"POST /claims, {Callers} callers, one project, {options.Projects} projects, against distinct ones",
                    ratio,
                    ">= 0.50",
                    ratio >= 0.5,
                    new Dictionary<string, double> { ["api/s"] = Report.Median(perSecond) }
                ),
                new Line(
                    "active claims of a project",
                    (double)active / projects,
                    "= 1",
                    active == projects,
                    new Dictionary<string, double> { ["projects"] = projects }
                ),
            ],
            $"Refused: {refused}; they do not count."
        );
    }

    /// <summary>A few reports one after another, so that those that are measured find everything compiled.</summary>
    private static async Task Warm(Server api, City city)
    {
        for (var n = 0; n < 300; n++)
        {
            using var connection = new Load.Connection(api.Address);
            await connection.Ask(
                Load.Request("POST", "/api/v1/claims", City.TokenOf(city.Officers[n % Callers]), Body()),
                keep: false
            );
        }
    }

    /// <summary>A complete report of a project that resembles no other: its names are drawn from thousands of letters.</summary>
    internal static string Body()
    {
        var random = new Random((int)Interlocked.Increment(ref reported));
        string Word(int letters) =>
            string.Concat(Enumerable.Range(0, letters).Select(_ => (char)random.Next(0x4e00, 0x9f00)));
        return $$"""
            {"project":{"name":"{{Word(10)}}","industryCode":"3411","investors":[{"name":"{{Word(
                8
            )}}有限公司","country":"CN","primary":true}],"totalInvestment":{"amount":1200000000,"currency":"CNY"},
            "contacts":[{"name":"联系人","phone":"13800000000"}]},"contacts":[{"kind":"visit","occurredOn":"{{DateTime.UtcNow.AddDays(
                -5
            ):yyyy-MM-dd}}","note":"赴企业总部拜访"}]}
            """;
    }
}
