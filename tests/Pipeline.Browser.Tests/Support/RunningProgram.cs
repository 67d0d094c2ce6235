using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Api;

namespace Pipeline.Browser.Tests.Support;

/// <summary>The program in a process of its own, on a fresh database with the demo city.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pipeline-browser-").FullName;
    private readonly StringBuilder output = new();
    private readonly Process process;

    private RunningProgram()
    {
        Url = $"http://localhost:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var (name, value) in new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = Url,
                ["Demo__Password"] = City.Password,
                ["RateLimit__Enabled"] = "false",

                // Without the invented projects of this year, which differ from month to month.
                ["Demo__Register"] = Path.Combine(Layout.Find().Root, "db", "seed", "register.csv"),
            }
        )
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Url { get; }

    public static async Task<RunningProgram> Start()
    {
        var program = new RunningProgram();
        using var client = new HttpClient();
        var patience = Stopwatch.StartNew();
        while (!await program.Ready(client))
        {
            if (program.process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException($"The program did not become ready:\n{program.output}");
            await Task.Delay(100);
        }

        return program;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> Ready(HttpClient client)
    {
        try
        {
            return (await client.GetAsync($"{Url}/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
