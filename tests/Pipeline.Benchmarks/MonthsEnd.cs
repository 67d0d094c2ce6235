using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pipeline.Domain;

namespace Pipeline.Benchmarks;

/// <summary>The load of a city at a month's end: 200 officers, 20 coordinators and 5 integrations at work, and in the midst of it a register is imported, the library exported, the month closed and its bulletin issued, all at once.</summary>
public static class MonthsEnd
{
    /// <summary>Calls a second, where the command line does not say.</summary>
    private const int UsualRate = 30;

    private const int ImportedRows = 10_000;

    /// <summary>How long everybody works before what is measured begins: what is called for the first time is compiled then.</summary>
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(30);

    public static async Task<Report> Load(Options options)
    {
        var kept = await City.Of(options.Projects);
        using (await Server.Api(kept.File)) { }
        await CityLedger.Ensure(kept);
        var city = await kept.Copy();
        var people = await MonthsEndPeople.Of(city);
        const string MetricsToken = "a token for metrics of the load";
        using var api = await Server.Api(
            city.File,
            new Dictionary<string, string> { ["RateLimit__Enabled"] = "true", ["Metrics__Token"] = MetricsToken }
        );
        var rate = options.Rate > 0 ? options.Rate : UsualRate;
        await new OpenLoop(api.Address, 1).Run(people.Deeds(rate), Warming);

        using var http = new HttpClient { BaseAddress = api.Address, Timeout = TimeSpan.FromMinutes(30) };
        var duration = TimeSpan.FromSeconds(options.Seconds);
        var register = await Files.Register(Math.Min(ImportedRows, options.Projects / 10));
        var (waitedBefore, cpu) = (await Waits(http, MetricsToken), api.Cpu);
        var loop = new OpenLoop(api.Address, 7);
        using var ended = new CancellationTokenSource();
        var memory = Watch(api, ended.Token);
        var working = loop.Run(people.Deeds(rate), duration);
        await Task.Delay(duration / 6);
        var jobs = await Task.WhenAll(
            Timed($"import of {Math.Min(ImportedRows, options.Projects / 10)} rows", () =>
                Import(http, people, register)
            ),
            Timed("export of the library, CSV", () => Export(http, people)),
            Timed("close the month, draft, issue and print its bulletin", () => Bulletin(http, people))
        );
        await working;
        await ended.CancelAsync();
        var used = (api.Cpu - cpu) / duration.TotalSeconds;
        var waited = await Waits(http, MetricsToken);
        var table = Table(options, rate, loop, jobs, await memory, used, waitedBefore, waited);
        await File.WriteAllTextAsync(Path.Combine(Bench.Folder, "load.md"), table);
        Console.WriteLine(table);
        return Told(loop, await memory);
    }

    private static Report Told(OpenLoop loop, IReadOnlyList<double> memory)
    {
        var errors = loop
            .Outcomes.Values.SelectMany(outcome => outcome.Refusals)
            .Where(refusal => !refusal.Key.StartsWith("429", StringComparison.Ordinal))
            .Sum(refusal => refusal.Value);
        var calls = loop.Outcomes.Values.SelectMany(outcome => outcome.Times).Order().ToArray();
        var (early, late) = (Highest(memory, 0.25, 0.5), Highest(memory, 0.75, 1));
        return new Report([
            new Line(
                "calls that were refused or not answered, but for 429",
                errors,
                "= 0",
                errors == 0,
                new Dictionary<string, double>
                {
                    ["calls"] = calls.Length,
                    ["p50 ms"] = At(calls, 0.5),
                    ["p99 ms"] = At(calls, 0.99),
                    ["generator late ms"] = loop.LatestSent,
                }
            ),
            new Line(
                "memory in the last quarter against the second",
                late / early,
                "<= 1.10",
                late / early <= 1.10,
                new Dictionary<string, double> { ["second MiB"] = early, ["last MiB"] = late }
            ),
        ]);
    }

    private static string Table(
        Options options,
        int rate,
        OpenLoop loop,
        IReadOnlyList<(string Name, double Seconds, string Note)> jobs,
        IReadOnlyList<double> memory,
        double cpu,
        IReadOnlyList<(double UpTo, long Count)> waitedBefore,
        IReadOnlyList<(double UpTo, long Count)> waited
    )
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Commit {RunResults.Commit()}, {DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores (the API on one, the load on the other), {options.Projects} projects, {options.Seconds:0} s, {rate} calls a second, load average {File.ReadAllText("/proc/loadavg").Split(' ')[1]}."
        );
        text.AppendLine()
            .AppendLine("| what | calls | p50 ms | p99 ms | longest ms | errors |")
            .AppendLine("|---|---|---|---|---|---|");
        foreach (var (name, outcome) in loop.Outcomes.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            var times = outcome.Times;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {times.Length} | {At(times, 0.5):0.0} | {At(times, 0.99):0} | {At(times, 1):0} | {Errors(outcome)} |"
            );
        }

        text.AppendLine().AppendLine("| at once, after a sixth of the time | seconds | |").AppendLine("|---|---|---|");
        foreach (var job in jobs)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {job.Name} | {job.Seconds:0.0} | {job.Note} |");
        var between = waited.Zip(waitedBefore, (after, before) => (after.UpTo, after.Count - before.Count)).ToList();
        text.AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"From the wish to write until the commit: p50 ≤ {Within(between, 0.5)}, p99 ≤ {Within(between, 0.99)}. Memory by eighths, highest MiB: {string.Join(", ", Enumerable.Range(0, 8).Select(part => Highest(memory, part / 8.0, (part + 1) / 8.0).ToString("0", CultureInfo.InvariantCulture)))}. Core of the API busy: {cpu:P0}. Most calls under way at once: {loop.MostOpen}. The generator was {loop.LatestSent:0} ms late at most."
            );
        return text.ToString();
    }

    private static string Errors(Outcome outcome) =>
        outcome.Refusals.Count == 0
            ? "0"
            : string.Join(", ", outcome.Refusals.Select(refusal => $"{refusal.Value} × {refusal.Key}"));

    private static async Task<(string Name, double Seconds, string Note)> Timed(string name, Func<Task<string>> work)
    {
        var watch = Stopwatch.StartNew();
        var note = await work();
        return (name, watch.Elapsed.TotalSeconds, note);
    }

    private static async Task<string> Import(HttpClient http, MonthsEndPeople people, byte[] register)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(register), "file", "台账.xlsx" } };
        using var posted = Ask(HttpMethod.Post, "/api/v1/imports", people.Token(people.Coordinators[0]));
        posted.Content = form;
        var id = (await Answered(http, posted)).GetProperty("id").GetString();
        while (true)
        {
            using var asked = Ask(HttpMethod.Get, $"/api/v1/imports/{id}", people.Token(people.Coordinators[0]));
            var import = await Answered(http, asked);
            var status = import.GetProperty("status").GetString();
            if (status is "completed" or "failed")
                return $"{status}, {import.GetProperty("rowsAccepted").GetInt32()} rows taken";
            await Task.Delay(1000);
        }
    }

    private static async Task<string> Export(HttpClient http, MonthsEndPeople people)
    {
        var watch = Stopwatch.StartNew();
        using var asked = Ask(HttpMethod.Get, "/api/v1/exports/projects.csv", people.Token(people.Coordinators[1]));
        using var answer = await http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 16];
        var (rows, first) = (-1L, 0.0);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; )
        {
            first = first == 0 ? watch.Elapsed.TotalMilliseconds : first;
            rows += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows, first byte after {first:0} ms");
    }

    private static async Task<string> Bulletin(HttpClient http, MonthsEndPeople people)
    {
        var (drafter, issuer) = (people.Token(people.Coordinators[2]), people.Token(people.Coordinators[3]));
        var month = Shanghai
            .DateOf(DateTimeOffset.UtcNow)
            .AddMonths(-1)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        using var close = Ask(HttpMethod.Post, $"/api/v1/periods/{month}/close", drafter, "\"0\"");
        await Answered(http, close);
        var closed = watch.Elapsed.TotalSeconds;
        using var draft = Ask(HttpMethod.Post, "/api/v1/bulletins", drafter);
        draft.Content = new StringContent(
            $$"""{"period":"{{month}}","kind":"monthly","template":"league"}""",
            Encoding.UTF8,
            "application/json"
        );
        var bulletin = await Answered(http, draft);
        var drafted = watch.Elapsed.TotalSeconds;
        var id = bulletin.GetProperty("id").GetString();
        using var issue = Ask(
            HttpMethod.Post,
            $"/api/v1/bulletins/{id}/issue",
            issuer,
            $"\"{bulletin.GetProperty("version").GetInt64()}\""
        );
        await Answered(http, issue);
        var issued = watch.Elapsed.TotalSeconds;
        using var print = Ask(HttpMethod.Get, $"/api/v1/bulletins/{id}.pdf", issuer);
        using var printed = await http.SendAsync(print);
        var size = (await printed.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"closed after {closed:0.0} s, drafted {drafted:0.0} s, issued {issued:0.0} s; the PDF has {size >> 10} KiB"
        );
    }

    private static HttpRequestMessage Ask(HttpMethod method, string path, string token, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return request;
    }

    private static async Task<JsonElement> Answered(HttpClient http, HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(body).RootElement
            : throw new InvalidOperationException($"{request.RequestUri}: {(int)answer.StatusCode} {body}");
    }

    /// <summary>How many writes waited up to how long, as the API itself counts them.</summary>
    private static async Task<List<(double UpTo, long Count)>> Waits(HttpClient http, string token)
    {
        const string Series = "pipeline_commit_duration_seconds_bucket{";
        using var asked = Ask(HttpMethod.Get, "/metrics", token);
        using var answer = await http.SendAsync(asked);
        return
        [
            .. (await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())
                .Split('\n')
                .Where(line => line.StartsWith(Series, StringComparison.Ordinal))
                .Select(line => (Bound: line.Split("le=\"")[1].Split('"')[0], Count: line.Split("} ")[1].Split(' ')[0]))
                .GroupBy(line => line.Bound, line => long.Parse(line.Count, CultureInfo.InvariantCulture))
                .Select(bucket =>
                    (
                        UpTo: bucket.Key == "+Inf"
                            ? double.PositiveInfinity
                            : double.Parse(bucket.Key, CultureInfo.InvariantCulture),
                        Count: bucket.Sum()
                    )
                )
                .OrderBy(bucket => bucket.UpTo),
        ];
    }

    private static string Within(List<(double UpTo, long Count)> buckets, double share)
    {
        var all = buckets.Count == 0 ? 0 : buckets[^1].Count;
        var bound = buckets.FirstOrDefault(bucket => bucket.Count >= all * share).UpTo;
        return all == 0 ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{bound * 1000:0.#} ms");
    }

    private static async Task<IReadOnlyList<double>> Watch(Server api, CancellationToken ended)
    {
        var seen = new List<double>();
        while (!ended.IsCancellationRequested)
        {
            seen.Add(api.Memory);
            await Task.Delay(1000, CancellationToken.None);
        }

        return seen;
    }

    private static double Highest(IReadOnlyList<double> memory, double from, double to) =>
        memory
            .Skip((int)(memory.Count * from))
            .Take(Math.Max(1, (int)(memory.Count * (to - from))))
            .DefaultIfEmpty()
            .Max();

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
