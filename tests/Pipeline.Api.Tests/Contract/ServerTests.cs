using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What shows only on a real connection: the server's own limits, and a proxy before it.</summary>
public sealed class ServerTests
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
    public async Task The_proxy_answers_however_often_it_noted_that_nobody_is_behind_it()
    {
        using var gone = new HttpListener();
        var address = $"http://127.0.0.1:{ProgramProcess.FreePort()}";
        gone.Prefixes.Add($"{address}/");
        gone.Start();
        var ready = Task.Run(async () => (await gone.GetContextAsync()).Response.Close());
        using var proxy = await Nginx.Before(address);
        await ready;
        gone.Stop();

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        for (var times = 0; times < 500; times++)
        {
            using var answer = await client.GetAsync($"{proxy.Url}/api/v1/me");
            answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        }
    }

    [Test]
    public async Task Everything_can_be_changed_through_a_proxy_that_compresses()
    {
        using var proxy = await Nginx.Before(program.Url);
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
}
