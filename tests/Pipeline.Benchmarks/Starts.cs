using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Pipeline.Benchmarks;

/// <summary>B9 to B11: what it costs to be there at all.</summary>
public static partial class Starts
{
    public static async Task<Report> Cold(Options options)
    {
        var city = await City.Of(10_000);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(await Server.SecondsToStart(() => Server.Api(city.File)));
            theirs.Add(await Server.SecondsToStart(Server.Hello));
        }

        var ratio = Report.Median(ours.Zip(theirs, (a, b) => a / b));
        return new Report([
            new Line(
                "from start to the first 200 of /health/ready, against a program that says hello",
                ratio,
                "<= 2.50",
                ratio <= 2.5,
                new Dictionary<string, double> { ["api s"] = Report.Median(ours), ["hello s"] = Report.Median(theirs) }
            ),
        ]);
    }

    public static async Task<Report> Idle(Options options)
    {
        var city = await City.Of(10_000);
        using var api = await Server.Api(city.File);
        using var hello = await Server.Hello();
        await Task.Delay(TimeSpan.FromSeconds(10));
        var (ours, theirs) = (api.Memory, hello.Memory);
        return new Report([
            new Line(
                "memory ten seconds after the start, against a program that says hello",
                ours / theirs,
                "<= 2.50",
                ours / theirs <= 2.5,
                new Dictionary<string, double> { ["api MiB"] = ours, ["hello MiB"] = theirs }
            ),
        ]);
    }

    /// <summary>What the document asks for at once. The tests of the pages weigh each route.</summary>
    public static async Task<Report> Pages(Options options)
    {
        var web = Path.Combine(Bench.Folder, "api", "wwwroot");
        if (!Directory.Exists(web))
            return new Report([], "The pages are not built: run npm ci && npm run build in web/.");
        var document = await File.ReadAllTextAsync(Path.Combine(web, "index.html"));
        var kibibytes =
            Scripts()
                .Matches(document)
                .Select(match => match.Groups[1].Value.TrimStart('/'))
                .Distinct()
                .Sum(name => Zipped(Path.Combine(web, name))) / 1024.0;
        return new Report([
            new Line(
                "JavaScript that the document names, gzip, KiB",
                kibibytes,
                "<= 300",
                kibibytes <= 300,
                new Dictionary<string, double>()
            ),
        ]);
    }

    private static long Zipped(string file)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
            zip.Write(File.ReadAllBytes(file));
        return target.Length;
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+\\.js)\"")]
    private static partial Regex Scripts();
}
