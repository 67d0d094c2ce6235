using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What shows only on a real connection: the server's own limits, and a proxy before it.</summary>
public sealed partial class ServerTests
{
    private ProgramProcess program = null!;

    [OneTimeSetUp]
    public async Task Start() => program = await ProgramProcess.Serving(("Proxy__Known", "127.0.0.1"));

    [OneTimeTearDown]
    public void Stop() => program?.Dispose();

    [Test]
    public async Task Head_leaves_the_connection_as_it_should_be()
    {
        using var nanhu = await program.SignedIn("nanhu");
        var token = nanhu.DefaultRequestHeaders.Authorization!.Parameter;
        using var connection = new TcpClient();
        var address = new Uri(program.Url);
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        foreach (var path in new[] { "me", "projects", "exports/projects.csv", "exports/projects.xlsx", "nothing" })
        {
            // Two requests one after the other: a body where none may be would be taken for the second answer.
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HEAD /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"
                )
            );
            (await reader.ReadLineAsync()).ShouldBe(
                $"HTTP/1.1 {(path == "nothing" ? "404 Not Found" : "200 OK")}",
                path
            );
            while (await reader.ReadLineAsync() is { Length: > 0 }) { }
        }
    }

    [TestCase(17_000, "uri-too-long")]
    [TestCase(31_000, "uri-too-long")]
    [TestCase(40_000, null)]
    public async Task An_address_that_is_too_long_is_told_by_this_program_up_to_twice_its_limit(
        int length,
        string? slug
    )
    {
        using var nanhu = await program.SignedIn("nanhu");
        using var answer = await nanhu.GetAsync($"projects?q={new string('a', length)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
        if (slug is null)
            return; // the server's own answer: docs/operations.md says so
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]!).ShouldBe($"/problems/{slug}");
        answer.Headers.Contains("X-Request-Id").ShouldBeTrue();
    }

    [Test]
    public async Task Everything_can_be_changed_through_a_proxy_that_compresses()
    {
        using var proxy = await Nginx.Before(program);
        using var direct = await program.SignedIn("nanhu");
        using var client = new HttpClient { BaseAddress = new Uri($"{proxy.Url}/api/v1/") };
        client.DefaultRequestHeaders.Authorization = direct.DefaultRequestHeaders.Authorization;
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var made = await client.PostAsJsonAsync("projects", Given.Project(amount: 5_000_000m));
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var path = made.Headers.Location!.OriginalString;

        using var read = await client.GetAsync(path);
        read.Content.Headers.ContentEncoding.ShouldBe(["gzip"]); // or this would prove nothing
        var tag = read.Headers.ETag!;
        tag.IsWeak.ShouldBeTrue();
        (await Send(HttpMethod.Get, ("If-None-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await Send(HttpMethod.Patch, ("If-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Send(HttpMethod.Patch, ("If-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);

        // The proxy answers for the host, and the largest upload passes.
        using var admin = await program.SignedIn("admin");
        client.DefaultRequestHeaders.Authorization = admin.DefaultRequestHeaders.Authorization;
        using var user = await client.PostAsJsonAsync(
            "users",
            new
            {
                username = "new",
                displayName = "新人",
                role = "auditor",
            }
        );
        ((string)JsonNode.Parse(await user.Content.ReadAsStringAsync())!["setUpLink"]!["url"]!).ShouldStartWith(
            "http://127.0.0.1/set-up#"
        );
        client.DefaultRequestHeaders.Authorization = direct.DefaultRequestHeaders.Authorization;
        var file = new byte[20 << 20];
        "%PDF-1.4"u8.CopyTo(file);
        using var upload = await client.PostAsync(
            "files",
            new MultipartFormDataContent { { new ByteArrayContent(file), "file", "plan.pdf" } }
        );
        upload.StatusCode.ShouldBe(HttpStatusCode.Created);

        async Task<HttpResponseMessage> Send(HttpMethod method, (string Name, EntityTagHeaderValue Tag) condition)
        {
            var request = new HttpRequestMessage(method, path);
            request.Headers.TryAddWithoutValidation(condition.Name, condition.Tag.ToString());
            if (method == HttpMethod.Patch)
                request.Content = JsonContent.Create(new { chain = "氢能" });
            return await client.SendAsync(request);
        }
    }

    /// <summary>nginx with the configuration that docs/operations.md gives.</summary>
    private sealed partial class Nginx : IDisposable
    {
        private readonly Process process;
        private readonly string folder;

        private Nginx(Process process, string folder, string url) =>
            (this.process, this.folder, Url) = (process, folder, url);

        public string Url { get; }

        public static async Task<Nginx> Before(ProgramProcess program)
        {
            if (await Find() is not { } nginx)
            {
                Assert.Ignore("nginx is not here, and cannot be installed: neither is apt-get with root's rights.");
                throw new UnreachableException();
            }

            var documented = await File.ReadAllTextAsync(Path.Combine(Layout.Find().Root, "docs", "operations.md"));
            var port = ProgramProcess.FreePort().ToString(CultureInfo.InvariantCulture);
            var snippet = CertificateLine()
                .Replace(Snippet().Match(documented).Groups[1].Value, "")
                .Replace("listen 443 ssl;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal)
                .Replace("127.0.0.1:5080", new Uri(program.Url).Authority, StringComparison.Ordinal);
            snippet.ShouldContain("gzip on;");
            snippet.ShouldContain(port);
            var folder = Directory.CreateTempSubdirectory("pipeline-nginx-").FullName;
            var paths = string.Concat(
                new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind =>
                    $"{kind}_temp_path {folder}/{kind};\n"
                )
            );
            await File.WriteAllTextAsync(
                Path.Combine(folder, "nginx.conf"),
                $"{(Environment.UserName == "root" ? "user root;\n" : "")}pid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}{snippet}\n}}\n"
            );
            var process = Process.Start(
                new ProcessStartInfo(nginx, ["-p", folder, "-c", $"{folder}/nginx.conf", "-g", "daemon off;"])
                {
                    RedirectStandardError = true,
                }
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
                        $"nginx did not start: {await process.StandardError.ReadToEndAsync()}"
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
            if (Environment.UserName != "root" || OnPath("apt-get") is not { } apt)
                return null;
            using var install = Process.Start(new ProcessStartInfo(apt, ["install", "-y", "nginx-light"]))!;
            await install.WaitForExitAsync();
            return OnPath("nginx");
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
}
