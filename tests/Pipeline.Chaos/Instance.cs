using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipeline.Chaos;

/// <summary>One process of the program on a port of its own. It can be killed without warning and comes back at the same address.</summary>
public sealed class Instance : IAsyncDisposable
{
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly string program;
    private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");
    private Process? process;

    /// <param name="folder">Where it works.</param>
    /// <param name="settings">Its configuration.</param>
    /// <param name="program">The program; unless said otherwise, the one under test.</param>
    public Instance(string folder, IReadOnlyDictionary<string, string> settings, string? program = null)
    {
        (this.folder, this.settings) = (folder, settings);
        this.program = program ?? ThisProgram;

        // A trace of the caller's would become the request's id: each request has to get one of its own.
        Http = new HttpClient(
            new SocketsHttpHandler { ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(5) }
        )
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(1),
        };
    }

    private static string ThisProgram => typeof(Program).Assembly.Location;

    public HttpClient Http { get; }

    /// <summary>Where it is reached.</summary>
    public string Url => address.OriginalString;

    /// <summary>Whether it answered that it is ready, and was not killed since.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Starts it, and waits until it is ready.</summary>
    public async Task Start()
    {
        var start = Command(program, folder, settings);
        start.Environment["ASPNETCORE_URLS"] = address.OriginalString;
        process = Process.Start(start)!;
        var output = Output(process);
        var patience = Stopwatch.StartNew();
        while (!await Ready())
        {
            if (process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException($"The program did not become ready:\n{output}");
            await Task.Delay(50);
        }

        IsUp = true;
    }

    /// <summary>Kills it at once (SIGKILL), whatever it is doing.</summary>
    public async Task Kill()
    {
        IsUp = false;
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Runs one of the program's commands; its exit code and what it said.</summary>
    public static async Task<(int Code, string Text)> Run(
        string folder,
        IReadOnlyDictionary<string, string> settings,
        params string[] arguments
    )
    {
        using var process = Process.Start(Command(ThisProgram, folder, settings, arguments))!;
        var output = Output(process);
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await Kill();
        Http.Dispose();
    }

    private static ProcessStartInfo Command(
        string program,
        string folder,
        IReadOnlyDictionary<string, string> settings,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }

    private static StringBuilder Output(Process process)
    {
        var output = new StringBuilder();
        void Add(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }

        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return output;
    }

    private async Task<bool> Ready()
    {
        try
        {
            return (await Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
