using System.Globalization;
using System.Reflection;

namespace Pipeline.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Projects">How many projects the large city has.</param>
/// <param name="Seconds">How long one measurement lasts.</param>
/// <param name="Without">What the API is to do without, by the name of a trick (<see cref="Tricks"/>); null: nothing.</param>
/// <param name="Rate">Requests a second that arrive whether or not the last was answered; 0: each connection asks as soon as it was answered.</param>
public sealed record Options(
    IReadOnlyList<string> Scenarios,
    int Projects,
    double Seconds,
    int Rounds,
    int Rate,
    string? Without
)
{
    public static Options Of(string[] args)
    {
        double Number(string name, double standard) =>
            Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length
                ? double.Parse(args[at + 1], CultureInfo.InvariantCulture)
                : standard;
        var names = args.TakeWhile(arg => !arg.StartsWith('-')).Select(arg => arg.ToLowerInvariant()).ToList();
        return new Options(
            names.Contains("all") ? [.. Bench.Scenarios.Keys.Where(name => name is not ("load" or "tricks"))] : names,
            (int)Number("--projects", 100_000),
            Number("--seconds", 5),
            (int)Number("--rounds", 5),
            (int)Number("--rate", 0),
            Array.IndexOf(args, "--without") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null
        );
    }
}

/// <summary>The bars of docs/performance.md as a program: each scenario starts what it measures, loads it, prints a table and writes <c>artifacts/bench</c>.</summary>
public static class Bench
{
    public static readonly IReadOnlyDictionary<string, Func<Options, Task<Report>>> Scenarios = new OrderedDictionary<
        string,
        Func<Options, Task<Report>>
    >
    {
        ["b1"] = Reads.OneProject,
        ["b2"] = Reads.Lists,
        ["b3"] = Writes.DistinctClaims,
        ["b4"] = Writes.OneProjectClaimed,
        ["b5"] = Growth.Search,
        ["b6"] = Growth.Totals,
        ["b7"] = Files.Import,
        ["b8"] = Files.Export,
        ["b9"] = Starts.Cold,
        ["b10"] = Starts.Idle,
        ["b11"] = Starts.Pages,
        ["b12"] = Growth.Boards,
        ["b13"] = Growth.Closing,
        ["b14"] = Files.Grow,
        ["ledger"] = Growth.Ledger,
        ["vitals"] = Vitals.Pages,
        ["load"] = MonthsEnd.Load,
        ["tricks"] = Tricks.Try,
    };

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where cities and results are kept.</summary>
    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "bench")).FullName;

    public static async Task<int> Run(string[] args)
    {
        if (args is ["reference", var database])
            return await Reference.Serve(database);
        if (args is ["hello"])
            return await Reference.Hello();
        var options = Options.Of(args);
        if (options.Scenarios.Count == 0 || options.Scenarios.Any(name => !Scenarios.ContainsKey(name)))
        {
            Console.Error.WriteLine(
                $"Scenarios: {string.Join(", ", Scenarios.Keys)}, all. Options: --projects N --seconds S --rounds N --rate R --without TRICK"
            );
            return 1;
        }

        if (options.Without is { } trick)
        {
            if (!Tricks.All.TryGetValue(trick, out var without))
            {
                Console.Error.WriteLine($"Tricks: {string.Join(", ", Tricks.All.Keys)}");
                return 1;
            }

            // On trial it is left out in turns.
            if (!options.Scenarios.Contains("tricks"))
                Server.Without = without;
        }

        await Server.Publish();
        Server.PinSelf();
        var reports = new List<(string Name, Report Report)>();
        foreach (var name in options.Scenarios)
        {
            var report = await Scenarios[name](options);
            report.Print(name);
            report.Write(name, options);
            reports.Add((name, report));
        }

        RunResults.Write(reports, options);
        return 0;
    }

    private static string FindRoot()
    {
        for (
            var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The benchmarks run from the repository only.");
    }
}
