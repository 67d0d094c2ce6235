using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Pipeline.Api.Tests.Support;

/// <summary>The program in a process of its own, on a fresh demo city: for what a test server has not, its sockets, its memory, its end.</summary>
public sealed class ProgramProcess : IDisposable
{
    private readonly StringBuilder said = new();
    private readonly (string Name, string Value)[] environment;
    private Process process;

    private ProgramProcess(string folder, string url, (string Name, string Value)[] environment)
    {
        (Folder, Url, this.environment) = (folder, url, environment);
        process = Begun();
    }

    private Process Begun()
    {
        process = Begin(Folder, [], environment);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public string Folder { get; }

    public string Url { get; }

    /// <summary>Everything it wrote to its console.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<ProgramProcess> Serving(params (string Name, string Value)[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;
        var url = $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        var program = new ProgramProcess(
            folder,
            url,
            [
                ("ASPNETCORE_URLS", url),
                ("Demo__Enabled", "true"),
                ("Demo__Password", PipelineApp.Password),
                ("Demo__Register", ""),
                ("RateLimit__Enabled", "false"),
                .. environment,
            ]
        );
        await program.Serves();
        return program;
    }

    /// <summary>Ends it at once and starts it again on what it left.</summary>
    public async Task Restart()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Begun();
        await Serves();
    }

    /// <summary>Waits until something is so.</summary>
    public async Task Until(Func<Task<bool>> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (process.HasExited || patience.Elapsed > TimeSpan.FromMinutes(2))
                throw new AssertionException($"It did not come about:\n{Said}");
            await Task.Delay(100);
        }
    }

    private async Task Serves()
    {
        using var client = new HttpClient();
        await Until(() => IsReady(client, Url));
    }

    /// <summary>Runs a command, or a start that is to fail; how it ended and what it said.</summary>
    public static async Task<(int Code, string Said)> Ends(
        string folder,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        using var process = Begin(
            folder,
            arguments,
            [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Demo__Enabled", "false"), .. environment]
        );
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"The program did not end:\n{await output}{await errors}");
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Runs a command and kills it as soon as something is so; it may end before that.</summary>
    public static async Task Killed(
        string folder,
        string[] arguments,
        Func<bool> isSo,
        params (string Name, string Value)[] environment
    )
    {
        using var process = Begin(folder, arguments, environment);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!process.HasExited && !isSo())
            await Task.Delay(5);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        _ = await output + await errors;
    }

    /// <summary>A client that is signed in.</summary>
    public async Task<HttpClient> SignedIn(string username)
    {
        var client = new HttpClient { BaseAddress = new Uri($"{Url}/api/v1/"), Timeout = TimeSpan.FromMinutes(3) };
        using var answer = await client.PostAsJsonAsync(
            "auth/token",
            new { username, password = PipelineApp.Password }
        );
        var token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Begin(string folder, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReady(HttpClient client, string url)
    {
        try
        {
            return (await client.GetAsync($"{url}/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (said)
            said.AppendLine(line);
    }
}
