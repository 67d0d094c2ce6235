using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Service;

/// <summary>What goes out compressed, and what must not.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CompressionTests
{
    private const string Script = "/assets/app-4f3a.js",
        Immutable = "public, max-age=31536000, immutable";

    private readonly string web = Directory.CreateTempSubdirectory("pipeline-web-").FullName;
    private PipelineApp app = null!;

    [SetUp]
    public void Start()
    {
        Directory.CreateDirectory(Path.Combine(web, "assets"));
        Write("index.html", "<!doctype html><title>Pipeline</title>");
        Write("icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        Write(Script, "plain");
        Write(Script + ".br", "as brotli");
        Write(Script + ".gz", "as gzip");
        app = new PipelineApp("sqlite", services: services =>
            services.Replace(ServiceDescriptor.Singleton(Layout.Find() with { Web = web }))
        );
    }

    [TearDown]
    public void Stop()
    {
        app.Dispose();
        Directory.Delete(web, recursive: true);
    }

    [TestCase(null, null, "plain")]
    [TestCase("identity", null, "plain")]
    [TestCase("br", "br", "as brotli")]
    [TestCase("gzip, deflate, br, zstd", "br", "as brotli")]
    [TestCase("gzip", "gzip", "as gzip")]
    [TestCase("GZIP;q=0.5, br;q=0", "gzip", "as gzip")]
    [TestCase("zstd", null, "plain")]
    public async Task An_asset_is_sent_as_the_smallest_that_the_browser_can_read(
        string? accepted,
        string? coding,
        string content
    )
    {
        using var response = await Ask(Script, accepted);
        (await response.Content.ReadAsStringAsync()).ShouldBe(content);
        response.Content.Headers.ContentEncoding.ShouldBe(coding is null ? [] : [coding]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        response.Headers.CacheControl!.ToString().ShouldBe(Immutable);
        response.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

        var tag = response.Headers.ETag!.ToString();
        using var again = await Ask(Script, accepted, tag);
        ((int)again.StatusCode).ShouldBe(304);
        again.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        using var other = await Ask(Script, coding is null ? "br" : null, tag);
        ((int)other.StatusCode).ShouldBe(200); // the tag of one form is not that of another
    }

    [Test]
    public async Task The_document_is_asked_for_again_each_time_and_what_has_no_other_form_is_sent_as_it_is()
    {
        foreach (var page in new[] { "/index.html", "/projects/some-project", "/" })
        {
            using var document = await Ask(page, "br");
            (await document.Content.ReadAsStringAsync()).ShouldStartWith("<!doctype html>");
            document.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        }

        using var icon = await Ask("/icon.svg", "br");
        icon.Content.Headers.ContentEncoding.ShouldBeEmpty();
        icon.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        icon.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        using var gone = await Ask("/assets/app-0000.js", "br");
        ((int)gone.StatusCode).ShouldBe(404);
    }

    [TestCase("projects?limit=5")]
    [TestCase("summary")]
    [TestCase("exports/projects.csv")]
    public async Task A_list_says_the_same_compressed(string path)
    {
        var nanhu = app.As("nanhu");
        (await nanhu.Reports(Given.Project())).Is(201);
        var plain = await nanhu.Downloads(path);
        foreach (
            var (accepted, open) in new (string, Func<Stream, Stream>)[]
            {
                ("br", body => new BrotliStream(body, CompressionMode.Decompress)),
                ("gzip", body => new GZipStream(body, CompressionMode.Decompress)),
            }
        )
        {
            using var response = await nanhu.Fetches(path, ("Accept-Encoding", accepted));
            response.Content.Headers.ContentEncoding.ShouldBe([accepted]);
            response.Headers.Vary.ShouldContain("Accept-Encoding");
            using var opened = new MemoryStream();
            await open(await response.Content.ReadAsStreamAsync()).CopyToAsync(opened);
            opened.ToArray().ShouldBe(plain);
        }
    }

    [Test]
    public async Task What_bears_a_tag_is_about_oneself_or_gives_a_secret_is_sent_as_it_is()
    {
        var nanhu = app.As("nanhu");
        var project = (string)(await nanhu.Reports(Given.Project())).Is(201)["projectId"]!;
        foreach (var path in new[] { $"projects/{project}", "me", "me/sessions", "auth/methods" })
        {
            using var response = await nanhu.Fetches(path, ("Accept-Encoding", "br, gzip"));
            ((int)response.StatusCode).ShouldBe(200, path);
            response.Content.Headers.ContentEncoding.ShouldBeEmpty(path);
        }

        using var signIn = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/token")
        {
            Content = new StringContent(
                $$"""{"username":"nanhu","password":"{{PipelineApp.Password}}"}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        signIn.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip");
        using var token = await app.Nobody().Asks(signIn);
        (await token.Content.ReadAsStringAsync()).ShouldContain("accessToken");
        token.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    private void Write(string name, string content) =>
        File.WriteAllText(Path.Combine(web, name.TrimStart('/')), content);

    private Task<HttpResponseMessage> Ask(string path, string? accepted, string? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return app.Nobody().Asks(request);
    }
}
