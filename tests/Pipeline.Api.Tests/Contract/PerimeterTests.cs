using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pipeline.Api.Http;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What surrounds the service: proxies, pages of other sites, headers, uploads.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.AtHand))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class PerimeterTests(string engine)
{
    private const string Proxy = "10.0.0.1",
        Stranger = "10.0.0.2",
        Person = "203.0.113.9",
        Portal = "https://portal.example";

    private PipelineApp? app;

    private PipelineApp App => app ?? With();

    [TearDown]
    public void StopTheApp() => app?.Dispose();

    [TestCase(null, Proxy, Proxy)]
    [TestCase(Proxy, Stranger, Stranger)]
    [TestCase(Proxy, Proxy, Person)]
    [TestCase("10.0.0.0/31", Proxy, Person)]
    [TestCase("10.0.0.0/31", Stranger, Stranger)]
    [TestCase("fd00::1, 10.0.0.1", "::ffff:10.0.0.1", Person)]
    public async Task Only_a_known_proxy_is_believed_whom_it_forwards(string? known, string peer, string recorded)
    {
        With(("Proxy:Known", known));
        await SignsInWrongly(peer, ("X-Forwarded-For", $"198.51.100.66, {Person}"));
        var entry = (await App.As("auditor").Get("audit?action=sign-in")).Is(200)["items"].AsArray().Single()!;
        ((string)entry["address"]!).ShouldBe(recorded);
    }

    [Test]
    public async Task Attempts_are_counted_by_the_address_that_a_known_proxy_tells_and_no_other()
    {
        With(("Proxy:Known", Proxy), ("RateLimit:Enabled", "true"), ("RateLimit:SignInsPerMinute", "1"));
        (await SignsInWrongly(Proxy, ("X-Forwarded-For", "203.0.113.1"))).IsProblem(401, "invalid-credentials");
        (await SignsInWrongly(Proxy, ("X-Forwarded-For", "203.0.113.1"))).IsProblem(429, "rate-limited");
        (await SignsInWrongly(Proxy, ("X-Forwarded-For", "203.0.113.2"))).IsProblem(401, "invalid-credentials");
        (await SignsInWrongly(Stranger, ("X-Forwarded-For", "203.0.113.3"))).IsProblem(401, "invalid-credentials");
        (await SignsInWrongly(Stranger, ("X-Forwarded-For", "203.0.113.4"))).IsProblem(429, "rate-limited");
    }

    [TestCase(Proxy, "https://city.example/set-up#")]
    [TestCase(Stranger, "http://localhost/set-up#")]
    public async Task Links_name_the_host_that_a_known_proxy_tells_and_no_other(string peer, string start)
    {
        With(("Proxy:Known", Proxy));
        var answer = await App.As("admin")
            .Post(
                "http://localhost/api/v1/users",
                new
                {
                    username = "new",
                    displayName = "新人",
                    role = "auditor",
                },
                ("X-Peer", peer),
                ("X-Forwarded-Host", "city.example"),
                ("X-Forwarded-Proto", "https")
            );
        ((string)answer.Is(201)["setUpLink"]["url"]!).ShouldStartWith(start);
    }

    [TestCase("http://evil.example", null, null, "/set-up#")]
    [TestCase("http://evil.example", "Public:Url", "https://city.example/", "https://city.example/set-up#")]
    [TestCase("http://city.example", "AllowedHosts", "*.example", "http://city.example/set-up#")]
    [TestCase("http://localhost", "AllowedHosts", "city.example;localhost", "http://localhost/set-up#")]
    [TestCase("http://127.0.0.1", null, null, "http://127.0.0.1/set-up#")]
    [TestCase("http://localhost.evil.example", null, null, "/set-up#")]
    public async Task Links_are_not_made_of_what_a_caller_writes_into_the_host_header(
        string host,
        string? key,
        string? value,
        string start
    )
    {
        With((key ?? "Public:Url", value));
        var answer = await App.As("admin")
            .Post(
                $"{host}/api/v1/users",
                new
                {
                    username = "new",
                    displayName = "新人",
                    role = "auditor",
                },
                ("X-Original-Host", "localhost"),
                ("X-Forwarded-Host", "city.example")
            );
        ((string)answer.Is(201)["setUpLink"]["url"]!).ShouldStartWith(start);
    }

    [Test]
    public async Task A_host_that_is_not_served_is_turned_away_with_a_problem_document()
    {
        With(("AllowedHosts", "city.example"));
        (await App.Nobody().Get("https://evil.example/api/v1/me")).IsProblem(400, "malformed-request");
        (await App.Nobody().Get("https://city.example/api/v1/me")).IsProblem(401, "unauthenticated");
    }

    [TestCase("Public:Url", "pipeline.city.gov.cn")]
    [TestCase("Public:Url", "ftp://pipeline.city.gov.cn")]
    [TestCase("Public:Url", "https://pipeline.city.gov.cn/?a=b")]
    [TestCase("Mail:PublicUrl", "https://pipeline.city.gov.cn/#a")]
    public void An_address_that_is_none_stops_the_program_at_its_start(string key, string value) =>
        Should.Throw<InvalidOperationException>(() => With((key, value))).Message.ShouldContain(key);

    [TestCase("Production", "https", Stranger, true)]
    [TestCase("Production", "http", Proxy, true)]
    [TestCase("Production", "http", Stranger, false)]
    [TestCase("Development", "https", Stranger, false)]
    public async Task Browsers_are_told_to_stay_on_https_where_they_came_by_it(
        string environment,
        string scheme,
        string peer,
        bool told
    )
    {
        With(("environment", environment), ("Proxy:Known", Proxy));
        var answer = await App.Nobody()
            .Get($"{scheme}://localhost/health/live", ("X-Peer", peer), ("X-Forwarded-Proto", "https"));
        answer.Is(200).Headers.Contains("Strict-Transport-Security").ShouldBe(told);
    }

    [Test]
    public async Task Pages_of_other_sites_may_not_call()
    {
        (await Preflight(Portal)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        (await App.As("nanhu").Get("me", ("Origin", Portal)))
            .Is(200)
            .Headers.Contains("Access-Control-Allow-Origin")
            .ShouldBeFalse();
    }

    [Test]
    public async Task Pages_of_configured_sites_may_call_and_others_still_not()
    {
        With(("Cors:Origins", $"{Portal}, https://other.example"));
        using var allowed = await Preflight(Portal);
        allowed.Headers.GetValues("Access-Control-Allow-Origin").Single().ShouldBe(Portal);
        allowed.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("PATCH");
        allowed.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        var simple = (await App.As("nanhu").Get("me", ("Origin", Portal))).Is(200);
        simple.Headers.GetValues("Access-Control-Allow-Origin").Single().ShouldBe(Portal);
        simple.Headers.GetValues("Access-Control-Expose-Headers").Single().ShouldContain("ETag");
        foreach (
            var foreign in new[]
            {
                "https://evil.example",
                "https://portal.example.evil.example",
                "http://portal.example",
                "null",
            }
        )
        {
            (await Preflight(foreign)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
            (await App.As("nanhu").Get("me", ("Origin", foreign)))
                .Headers.Contains("Access-Control-Allow-Origin")
                .ShouldBeFalse();
        }
    }

    [TestCase("/")]
    [TestCase("/health/live")]
    [TestCase("/problems/not-found")]
    [TestCase("/openapi.yaml")]
    [TestCase("/swagger/swagger-ui.css")]
    [TestCase("/api/v1/me")]
    [TestCase("/api/v1/nothing")]
    [TestCase("/missing.js")]
    [TestCase("/api/v1/projects")]
    public async Task Every_kind_of_answer_carries_the_headers_that_keep_pages_to_themselves(string path)
    {
        With(services => Break(services));
        foreach (var who in new[] { App.As("nanhu"), App.Nobody() })
            KeepsToItself((await who.Get(path)).Headers);
    }

    [Test]
    public async Task What_nobody_foresaw_is_a_problem_that_tells_nothing_of_the_inside()
    {
        With(services => Break(services), ("Cors:Origins", Portal));
        var answer = (await App.As("nanhu").Get("projects", ("Origin", Portal))).IsProblem(500, "internal-error");
        foreach (var inside in new[] { "broken on purpose", "Exception", "   at ", "Pipeline.", ".cs" })
            answer.Text.ShouldNotContain(inside);
        answer.Headers.GetValues("X-Request-Id").Single().ShouldBe((string)answer["traceId"]!);
        answer.Headers.GetValues("Access-Control-Allow-Origin").Single().ShouldBe(Portal);
        KeepsToItself(answer.Headers);
    }

    [Test]
    public async Task A_file_may_have_twenty_mebibytes_and_not_a_byte_more()
    {
        var most = new byte[20 << 20];
        "%PDF-1.4"u8.CopyTo(most);
        (await Uploads(most, "plan.pdf")).Is(201);
        (await Uploads([.. most, 0], "plan.pdf")).IsProblem(413, "payload-too-large");
    }

    [Test]
    public async Task Json_of_more_than_a_mebibyte_is_too_large() =>
        (
            await App.As("nanhu")
                .Post("claims", new StringContent($"\"{new string('x', 1 << 20)}\"", Encoding.UTF8, "application/json"))
        ).IsProblem(413, "payload-too-large");

    [Test]
    public async Task A_file_is_what_its_name_says_or_is_refused()
    {
        var html = "<html><script>alert(1)</script></html>"u8.ToArray();
        var pdf = "%PDF-1.4 <html><script>alert(1)</script></html>"u8.ToArray();
        var (docx, xlsx, plain) = (
            Zip("[Content_Types].xml", "word/document.xml"),
            Zip("[Content_Types].xml", "xl/workbook.xml"),
            Zip("a.html")
        );
        foreach (
            var (content, name) in new[]
            {
                (html, "a.pdf"),
                (html, "a.html"),
                (html, "a.png"),
                (pdf, "a.html"),
                (pdf, "a.png"),
                (pdf, "a"),
                (plain, "a.docx"),
                (Zip("word/document.xml"), "a.docx"),
                (xlsx, "a.docx"),
                (docx, "a.xlsx"),
                (docx, "a.pptx"),
                (docx, "a.pdf"),
                (docx[..^5], "a.docx"),
                (docx[..40], "a.zip"),
                ("PK\u0003\u0004 no archive"u8.ToArray(), "a.zip"),
            }
        )
            (await Uploads(content, name))
                .IsProblem(400, "validation-failed")
                .Codes("file")
                .ShouldBe(["file-kind"], $"{name}, {content.Length} bytes");
        foreach (
            var (content, name) in new[]
            {
                (pdf, "a.PDF"),
                (docx, "a.docx"),
                (xlsx, "a.xlsx"),
                (Zip("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx"),
                (plain, "a.zip"),
                ("甲,乙"u8.ToArray(), "a.csv"),
            }
        )
            (await Uploads(content, name)).Is(201);
    }

    [Test]
    public async Task The_name_of_a_file_is_one_line()
    {
        foreach (
            var name in new[]
            {
                "filename=\"a\tb.pdf\"",
                "filename=\"a.pdf\"; filename*=UTF-8''a%0Ab.pdf",
                "filename=\"a.pdf\"; filename*=UTF-8''a%09b.pdf",
                "filename=\"a.pdf\"; filename*=UTF-8''a%E2%80%A8b.pdf",
            }
        )
        {
            foreach (var path in new[] { "files", "imports" })
            {
                var file = new ByteArrayContent("%PDF-1.4"u8.ToArray());
                file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; {name}");
                (await App.As("nanhu").Post(path, new MultipartFormDataContent { file }))
                    .IsProblem(400, "validation-failed")
                    .Codes("file")
                    .ShouldBe(["one-line"], name);
            }
        }
    }

    [Test]
    public async Task Downloads_are_attachments_that_no_browser_interprets()
    {
        var owner = App.As("nanhu");
        var id = (string)
            (await Uploads("<html><script>alert(1)</script></html>"u8.ToArray(), "notes.txt")).Is(201)["id"]!;
        using var response = await owner.Fetches($"files/{id}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    private static void KeepsToItself(HttpResponseHeaders headers)
    {
        headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
        headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        headers.GetValues("Permissions-Policy").Single().ShouldContain("geolocation=()");
        var policy = headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("base-uri 'none'");
        policy.ShouldContain("object-src 'none'");
    }

    private static byte[] Zip(params string[] names)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write("<xml/>"u8);
            }
        }

        return buffer.ToArray();
    }

    private static void Break(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Scoped<Call>(_ => throw new InvalidOperationException("broken on purpose")));

    private Task<Answer> Uploads(byte[] content, string name) =>
        App.As("nanhu").Post("files", new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } });

    private Task<Answer> SignsInWrongly(string peer, params (string, string)[] headers) =>
        App.Nobody().Post("auth/token", new { username = "nanhu", password = "wrong" }, [("X-Peer", peer), .. headers]);

    private Task<HttpResponseMessage> Preflight(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/projects/1");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "PATCH");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,if-match");
        return App.Client().SendAsync(request);
    }

    private PipelineApp With(params (string Key, string? Value)[] settings) => With(_ => { }, settings);

    private PipelineApp With(Action<IServiceCollection> change, params (string Key, string? Value)[] settings) =>
        app = new PipelineApp(
            engine,
            settings: settings.Length == 0
                ? null
                : settings.ToDictionary(setting => setting.Key, setting => setting.Value),
            services: services =>
            {
                services.AddSingleton<IStartupFilter, Peers>();
                change(services);
            }
        );

    /// <summary>The test server has no connections: who is at the other end of one is told by a header.</summary>
    private sealed class Peers : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            pipeline =>
            {
                pipeline.Use(
                    (context, following) =>
                    {
                        if (context.Request.Headers["X-Peer"].ToString() is { Length: > 0 } peer)
                            context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
                        return following(context);
                    }
                );
                next(pipeline);
            };
    }
}
