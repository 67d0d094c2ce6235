using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipeline.Benchmarks;

/// <summary>A process that is measured: the published API, or what it is held against. It has one core to itself; whoever asks has the other.</summary>
public sealed class Server : IDisposable
{
    /// <summary>The key of the cities that are made here: the load's tokens and cursors are signed with it.</summary>
    public const string SigningKey = "the signing key of cities made to be measured";

    private const string ServersCore = "0",
        ClientsCore = "1";

    /// <summary>What the API does without, as its environment says.</summary>
    public static Trick? Without { get; set; }

    private readonly Process process;
    private readonly StringBuilder output = new();

    private Server(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var pinned = CanPin;
        string[] command =
        [
            .. pinned ? ["taskset", "-c", ServersCore] : Array.Empty<string>(),
            "dotnet",
            program,
            .. arguments,
        ];
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Bench.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = Address.OriginalString;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Processor time used so far, in seconds.</summary>
    public double Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Memory in use, MiB.</summary>
    public double Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    private static bool CanPin =>
        OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 && File.Exists("/usr/bin/taskset");

    /// <summary>The published API on a city.</summary>
    public static Task<Server> Api(string database, IReadOnlyDictionary<string, string>? more = null) =>
        Started(
            new Server(Path.Combine(Bench.Folder, "api", "Pipeline.Api.dll"), [], Settings(database, more)),
            "/health/ready"
        );

    /// <summary>The bare endpoints on the same city.</summary>
    public static Task<Server> Bare(string database) =>
        Started(
            new Server(typeof(Server).Assembly.Location, ["reference", database], new Dictionary<string, string>()),
            "/"
        );

    /// <summary>A program that only says hello.</summary>
    public static Task<Server> Hello() =>
        Started(new Server(typeof(Server).Assembly.Location, ["hello"], new Dictionary<string, string>()), "/");

    /// <summary>Publishes the API; quick when nothing changed.</summary>
    public static async Task Publish()
    {
        using var publish = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    "publish",
                    Path.Combine(Bench.Root, "api", "Pipeline.Api"),
                    "-c",
                    "Release",
                    "-r",
                    System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier,
                    "--self-contained",
                    "false",
                    "-o",
                    Path.Combine(Bench.Folder, "api"),
                    "-v",
                    "q",
                    "--nologo",
                    .. WithoutPages(),
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"The API could not be published:\n{said}");
    }

    // Pages that were built before are shipped; without any, only B11 has nothing to weigh.
    private static string[] WithoutPages() =>
        Directory.Exists(Path.Combine(Bench.Root, "web", "dist")) ? [] : ["-p:SkipSpa=true"];

    /// <summary>Leaves the server's core alone.</summary>
    public static void PinSelf()
    {
        if (!CanPin)
            return;
        using var pin = Process.Start(
            new ProcessStartInfo(
                "taskset",
                [
                    "-a",
                    "-c",
                    "-p",
                    ClientsCore,
                    Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        pin.StandardOutput.ReadToEnd();
        pin.WaitForExit();
    }

    /// <summary>How long a process takes from its start to its first answer.</summary>
    public static async Task<double> SecondsToStart(Func<Task<Server>> start)
    {
        var watch = Stopwatch.StartNew();
        using var server = await start();
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static Dictionary<string, string> Settings(string database, IReadOnlyDictionary<string, string>? more)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Pipeline"] = $"Data Source={database}",
            ["Auth__SigningKey"] = SigningKey,
            ["Demo__Enabled"] = "false",
            ["RateLimit__Enabled"] = "false",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            settings[name] = value;
        if (Without is { } without)
            settings[without.Variable] = without.Off;
        return settings;
    }

    private static async Task<Server> Started(Server server, string probe)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if ((await http.GetAsync(probe)).StatusCode == HttpStatusCode.OK)
                    return server;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (server.process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(5))
                throw new InvalidOperationException($"It did not become ready:\n{server.output}");
            await Task.Delay(5);
        }
    }

    private void Hear(string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
