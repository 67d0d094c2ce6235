using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Pipeline.Api.Tests.Support;

/// <summary>nginx with the configuration that docs/operations.md gives.</summary>
public sealed partial class Nginx : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private Nginx(Process process, string folder, string url) =>
        (this.process, this.folder, Url) = (process, folder, url);

    public string Url { get; }

    /// <summary>Starts it before one instance or several.</summary>
    public static async Task<Nginx> Before(params string[] instances)
    {
        if (await Find() is not { } nginx)
        {
            throw new AssertionException(
                "nginx is not here, and could not be installed with apt-get as root. Install it (Debian: apt-get install nginx-light) and try again."
            );
        }

        var documented = await File.ReadAllTextAsync(Path.Combine(Layout.Find().Root, "docs", "operations.md"));
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var snippet = CertificateLine()
            .Replace(Snippet().Match(documented).Groups[1].Value, "")
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal)
            .Replace(
                "server 127.0.0.1:5080;",
                string.Join(' ', instances.Select(url => $"server {new Uri(url).Authority};")),
                StringComparison.Ordinal
            );
        snippet.ShouldContain("gzip on;");
        snippet.ShouldContain(port);
        snippet.ShouldContain(new Uri(instances[0]).Authority);
        var folder = Directory.CreateTempSubdirectory("pipeline-nginx-").FullName;
        var paths = string.Concat(
            new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind =>
                $"{kind}_temp_path {folder}/{kind};\n"
            )
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nginx.conf"),
            $"{(Environment.UserName == "root" ? "user root;\n" : "")}pid {folder}/pid;\nerror_log {folder}/errors;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}{snippet}\n}}\n"
        );
        var process = Process.Start(
            // It notes its errors in a file: on a pipe that nobody reads it would stand still when the pipe is full.
            new ProcessStartInfo(
                nginx,
                ["-p", folder, "-e", $"{folder}/errors", "-c", $"{folder}/nginx.conf", "-g", "daemon off;"]
            )
        )!;
        var url = $"http://127.0.0.1:{port}";
        using var client = new HttpClient();
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                if ((await client.GetAsync($"{url}/health/ready")).IsSuccessStatusCode)
                    return new Nginx(process, folder, url);
            }
            catch (HttpRequestException) { }

            if (process.HasExited || patience.Elapsed > TimeSpan.FromSeconds(30))
                throw new AssertionException(
                    $"nginx did not start: {await File.ReadAllTextAsync(Path.Combine(folder, "errors"))}"
                );
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string?> Find()
    {
        if (OnPath("nginx") is { } here)
            return here;
        if (Environment.UserName != "root" || OnPath("apt-get") is null)
            return null;
        using var install = Process.Start(
            new ProcessStartInfo("sh", ["-c", "apt-get update && apt-get install -y nginx-light"])
        )!;
        await install.WaitForExitAsync();
        return OnPath("nginx");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? OnPath(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin"
            .Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Snippet();

    [GeneratedRegex("^ *ssl_certificate.*\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CertificateLine();
}
