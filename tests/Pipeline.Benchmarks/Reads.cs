namespace Pipeline.Benchmarks;

/// <summary>B1 and B2: what is read all day.</summary>
public static class Reads
{
    private const int Connections = 32;

    public static async Task<Report> OneProject(Options options)
    {
        var city = await (await City.Of(options.Projects)).Copy();
        using var api = await Server.Api(city.File);
        using var bare = await Server.Bare(city.File);
        async Task<Line> Of(string what, int remainder)
        {
            var ids = await Sample(city, remainder);
            return await Against(
                $"GET /projects/{{id}}, {what}, {Connections} connections, {options.Projects} projects",
                options,
                Connections,
                0.50,
                api,
                token => [.. ids.Select(id => Load.Request("GET", $"/api/v1/projects/{id}", token))],
                bare,
                () => [.. ids.Select(id => Load.Request("GET", $"/projects/{id}"))],
                city.Centre
            );
        }

        return new Report([
            await Of("that names nobody", 0),
            await Of("that names a person (each read is recorded, durably)", 1),
        ]);
    }

    public static async Task<Report> Lists(Options options)
    {
        var city = await City.Of(options.Projects);
        var signed = (
            await city.Query<long>("SELECT seq FROM projects WHERE stage = 'signed' ORDER BY seq DESC")
        ).ToArray();
        var page = Math.Min(10_000, (signed.Length / 50) - 1);
        var deep = signed[page * 50];
        using var api = await Server.Api(city.File);
        using var bare = await Server.Bare(city.File);
        Task<Line> Page(string what, string api1, string bare1) =>
            Against(
                what,
                options,
                Connections,
                0.60,
                api,
                token => [Load.Request("GET", api1, token)],
                bare,
                () => [Load.Request("GET", bare1)],
                city.Centre
            );
        var first = await Page(
            $"GET /projects?stage=signed&limit=50, {options.Projects} projects, first page",
            "/api/v1/projects?stage=signed&limit=50",
            "/projects?stage=signed"
        );
        var later = await Page(
            $"the same, page {page}",
            $"/api/v1/projects?stage=signed&limit=50&cursor={City.CursorBefore(deep, city.Centre, "?stage=signed")}",
            $"/projects?stage=signed&before={deep}"
        );
        var depth = first.Figures["api/s"] / later.Figures["api/s"];
        return new Report([
            first,
            later,
            new Line(
                "the first page against the deep one",
                depth,
                "<= 1.30",
                depth <= 1.3,
                new Dictionary<string, double>()
            ),
        ]);
    }

    /// <summary>Measures the API and its reference in turns, so that what else the machine does falls on both; the median of the ratios counts.</summary>
    public static async Task<Line> Against(
        string what,
        Options options,
        int connections,
        double bar,
        Server api,
        Func<string, byte[][]> asked,
        Server bare,
        Func<byte[][]> askedBare,
        Person who
    )
    {
        var (ours, theirs) = (new List<Measured>(), new List<Measured>());
        var plain = askedBare();
        for (var round = -1; round < options.Rounds; round++)
        {
            var requests = asked(City.TokenOf(who));
            var a = await Load.Run(
                api,
                connections,
                round < 0 ? Math.Min(options.Seconds, 3) : options.Seconds,
                (connection, turn) => requests[((connection * 7919) + turn) % requests.Length],
                options.Rate
            );
            var b = await Load.Run(
                bare,
                connections,
                round < 0 ? Math.Min(options.Seconds, 3) : options.Seconds,
                (connection, turn) => plain[((connection * 7919) + turn) % plain.Length],
                options.Rate
            );
            if (a.Refused + b.Refused > 0)
                throw new InvalidOperationException($"{what}: {a.Refused} and {b.Refused} requests were refused.");

            // The round before the first warms both up.
            if (round < 0)
                continue;
            ours.Add(a);
            theirs.Add(b);
        }

        return Compared(what, bar, ours, theirs);
    }

    public static Line Compared(string what, double bar, IReadOnlyList<Measured> ours, IReadOnlyList<Measured> theirs)
    {
        var ratio = Report.Median(ours.Zip(theirs, (a, b) => a.PerSecond / b.PerSecond));
        double Ours(Func<Measured, double> figure) => Report.Median(ours.Select(figure));
        double Theirs(Func<Measured, double> figure) => Report.Median(theirs.Select(figure));
        return new Line(
            what,
            ratio,
            $">= {bar:0.00}",
            ratio >= bar,
            new Dictionary<string, double>
            {
                ["ratio per cpu second"] = Report.Median(
                    ours.Zip(theirs, (a, b) => a.PerSecond / a.Cpu / (b.PerSecond / b.Cpu))
                ),
                ["api/s"] = Ours(m => m.PerSecond),
                ["p50"] = Ours(m => m.P50),
                ["p95"] = Ours(m => m.P95),
                ["p99"] = Ours(m => m.P99),
                ["cpu"] = Ours(m => m.Cpu),
                ["MiB"] = Ours(m => m.Memory),
                ["bare/s"] = Theirs(m => m.PerSecond),
                ["bare p50"] = Theirs(m => m.P50),
                ["bare p95"] = Theirs(m => m.P95),
                ["bare p99"] = Theirs(m => m.P99),
                ["bare cpu"] = Theirs(m => m.Cpu),
                ["bare MiB"] = Theirs(m => m.Memory),
            }
        );
    }

    /// <summary>Projects all over the city, of even or of odd number: every other one names a person.</summary>
    private static async Task<string[]> Sample(City city, int remainder)
    {
        var random = new Random(1);
        var seqs = Enumerable
            .Range(0, Math.Min(2000, city.Projects))
            .Select(_ => (2L * random.Next(1, city.Projects / 2)) + remainder)
            .ToArray();
        return
        [
            .. (
                await Task.WhenAll(
                    seqs.Chunk(500)
                        .Select(chunk =>
                            city.Query<string>("SELECT id FROM projects WHERE seq IN @chunk", new { chunk })
                        )
                )
            ).SelectMany(ids => ids),
        ];
    }
}
