using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Pipeline.Api;

namespace Pipeline.Browser.Tests.Support;

/// <summary>The program in a process of its own, on a fresh database with the demo city. The first one makes it, the others begin with a copy of what it had then.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private static string? asMade;

    private readonly string folder = Directory.CreateTempSubdirectory("pipeline-browser-").FullName;
    private readonly StringBuilder output = new();
    private readonly Process process;

    private RunningProgram()
    {
        if (asMade is not null)
            CopyFiles(asMade, Data);
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

        asMade ??= program.Copy();
        return program;
    }

    /// <summary>Removes what programs begin with.</summary>
    public static void ForgetCity()
    {
        if (asMade is not null)
            Directory.Delete(asMade, recursive: true);
        asMade = null;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Data => Path.Combine(folder, "data");

    /// <summary>Copies the data of the running program: its key, and its database as it stands.</summary>
    private string Copy()
    {
        var copy = Directory.CreateTempSubdirectory("pipeline-browser-city-").FullName;
        File.Copy(Path.Combine(Data, "pipeline.key"), Path.Combine(copy, "pipeline.key"));
        using var from = Open(Path.Combine(Data, "pipeline.db"));
        using var to = Open(Path.Combine(copy, "pipeline.db"));
        from.BackupDatabase(to);
        return copy;

        static SqliteConnection Open(string file)
        {
            var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()
            );
            connection.Open();
            return connection;
        }
    }

    private static void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
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
