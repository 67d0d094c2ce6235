using System.Net;
using System.Net.Http.Headers;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What RFC 9110 promises of every address: HEAD, OPTIONS, tags compared as it says, and how long an address may be.</summary>
public sealed class HttpTests(string engine) : OnEachEngine(engine)
{
    private static readonly string[] OfTheMoment = ["Date", "X-Request-Id"];

    [Test]
    public async Task Head_answers_as_get_does_without_a_body_at_every_address_and_for_everybody()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var wrong = new List<string>();
        var answered = 0;
        foreach (var operation in (await Operation.All(App)).Where(operation => operation.Reads))
        {
            foreach (var (record, id) in city.Records(operation))
            {
                foreach (var (caller, of) in SampleCity.Callers)
                {
                    var (get, head) = (
                        await Ask(of(App), HttpMethod.Get, operation.For(id)),
                        await Ask(of(App), HttpMethod.Head, operation.For(id))
                    );
                    // Two readings of the trail differ by the first, two workbooks by the time in them.
                    answered += get.Status == HttpStatusCode.OK ? 1 : 0;
                    if (head.Length != 0)
                        wrong.Add($"{operation} of {record} sends {caller} {head.Length} bytes");
                    if (
                        get.Status != head.Status
                        || (get.Head != head.Head && operation.Id is not ("listAudit" or "downloadCorrections"))
                    )
                        wrong.Add(
                            $"{caller} at {operation} of {record}:\n{get.Status}\n{get.Head}\n{head.Status}\n{head.Head}"
                        );
                }
            }
        }

        wrong.ShouldBeEmpty();
        answered.ShouldBeGreaterThan(300);
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    [TestCase("/openapi.json")]
    public async Task Outside_the_api_another_method_is_not_allowed_whoever_asks(string path) =>
        (await Ask(App.Nobody(), HttpMethod.Post, path)).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);

    /// <summary>A body says what it is and, where that is a text, in which letters; nothing that is told to a caller may be kept by whoever stands between (ASVS 4.1.1, 14.2.2).</summary>
    [Test]
    public async Task Every_answer_says_what_it_is_in_which_letters_and_who_may_keep_it()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var wrong = new List<string>();
        var answered = 0;
        foreach (var operation in (await Operation.All(App)).Where(operation => operation.Reads))
        {
            foreach (var (_, id) in city.Records(operation))
            {
                foreach (var (caller, of) in SampleCity.Callers)
                {
                    using var answer = await of(App).Asks(new HttpRequestMessage(HttpMethod.Get, operation.For(id)));
                    if ((await answer.Content.ReadAsByteArrayAsync()).Length == 0)
                        continue;
                    answered++;
                    var type = answer.Content.Headers.ContentType;
                    var kept = answer.Headers.CacheControl;
                    if (
                        type is null
                        || type.MediaType!.StartsWith("text/", StringComparison.Ordinal) && type.CharSet != "utf-8"
                    )
                        wrong.Add($"{operation} answers {caller} with {answer.StatusCode} of {type}");
                    if (kept is not ({ Private: true } or { NoStore: true }))
                        wrong.Add($"{operation} answers {caller} with {answer.StatusCode}, kept {kept}");
                }
            }
        }

        wrong.Distinct().ShouldBeEmpty();
        answered.ShouldBeGreaterThan(1000);
    }

    /// <summary>TRACE would tell what a proxy added to the request (ASVS 13.4.4).</summary>
    [TestCase("/", HttpStatusCode.NotFound)]
    [TestCase("/health/live", HttpStatusCode.MethodNotAllowed)]
    [TestCase("/openapi.yaml", HttpStatusCode.MethodNotAllowed)]
    [TestCase("/api/v1/projects", HttpStatusCode.MethodNotAllowed)]
    public async Task A_method_that_nobody_needs_is_refused(string path, HttpStatusCode refused) =>
        (await Ask(App.As("nanhu"), HttpMethod.Trace, path)).Status.ShouldBe(refused);

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    [TestCase("/openapi.yaml")]
    [TestCase("/openapi.json")]
    [TestCase("/problems/not-found")]
    public async Task Head_answers_outside_the_api_too(string path)
    {
        var (get, head) = (
            await Ask(App.Nobody(), HttpMethod.Get, path),
            await Ask(App.Nobody(), HttpMethod.Head, path)
        );
        head.Status.ShouldBe(HttpStatusCode.OK);
        head.Length.ShouldBe(0);
        head.Head.ShouldBe(get.Head);
    }

    [TestCase("/openapi.yaml")]
    [TestCase("/openapi.json")]
    public async Task The_description_is_sent_compressed_and_not_again_to_who_has_it(string path)
    {
        async Task<HttpResponseMessage> Ask(params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            return await App.Nobody().Asks(request);
        }

        using var plain = await Ask();
        using var compressed = await Ask(("Accept-Encoding", "br"));
        compressed.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        compressed.Headers.Vary.ShouldContain("Accept-Encoding");
        compressed.Headers.ETag.ShouldNotBe(plain.Headers.ETag);
        using var again = await Ask(("If-None-Match", plain.Headers.ETag!.ToString()));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var compressedAgain = await Ask(
            ("If-None-Match", compressed.Headers.ETag!.ToString()),
            ("Accept-Encoding", "br")
        );
        compressedAgain.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task The_record_says_that_only_the_head_was_asked_for()
    {
        await Ask(App.As("nanhu"), HttpMethod.Head, $"/api/v1/projects/{SampleCity.NoId}");
        var entry = (await App.As("auditor").Get("audit?outcome=denied")).Is(200)["items"].AsArray().Single()!;
        ((string)entry["request"]!).ShouldBe($"HEAD /api/v1/projects/{SampleCity.NoId}");
    }

    [Test]
    public async Task Options_tells_what_every_address_has()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        foreach (var path in operations.GroupBy(operation => operation.Path))
        {
            var address = path.First().For(city.Records(path.First()).Values.First());

            // What is read by its id stands beside what has a name of its own: /imports/{id} and /imports/parse.
            var here = operations.Where(operation => Fits(operation.Path, address)).ToList();
            var expected = here.Select(operation => operation.Method.Method)
                .Append("OPTIONS")
                .Concat(here.Exists(operation => operation.Reads) ? ["HEAD"] : Array.Empty<string>())
                .Distinct()
                .Order();
            using var options = await App.As("nanhu").Asks(new HttpRequestMessage(HttpMethod.Options, address));
            options.StatusCode.ShouldBe(HttpStatusCode.NoContent, path.Key);
            options.Content.Headers.Allow.Order().ShouldBe(expected, path.Key);
            (await options.Content.ReadAsStringAsync()).ShouldBeEmpty();

            using var other = await App.As("nanhu").Asks(new HttpRequestMessage(new HttpMethod("PROPFIND"), address));
            other.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, path.Key);
            other.Content.Headers.Allow.Order().ShouldBe(expected, path.Key);
        }
    }

    [Test]
    public async Task Options_is_for_callers_and_of_what_is_there()
    {
        (await App.Nobody().Send(HttpMethod.Options, "projects", null)).IsProblem(401, "unauthenticated");
        (await App.As("nanhu").Send(HttpMethod.Options, "no-such-thing", null)).IsProblem(404, "not-found");
    }

    [Test]
    public async Task A_tag_that_a_proxy_weakened_still_guards_a_change()
    {
        var made = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var path = $"projects/{made["id"]}";
        (await App.As("nanhu").Patch(path, new { chain = "氢能" }, "W/\"99-x\"")).IsProblem(412, "precondition-failed");
        var changed = (await App.As("nanhu").Patch(path, new { chain = "氢能" }, $"W/{made.ETag}")).Is(200);
        (await App.As("nanhu").Patch(path, new { chain = "风电" }, $"W/{made.ETag}")).IsProblem(
            412,
            "precondition-failed"
        );
        (await App.As("nanhu").Patch(path, new { chain = "风电" }, $"\"99-x\", W/{changed.ETag}")).Is(200);
        foreach (var malformed in new[] { "W/", "W/*", "W/\"", "W/3", "\"3", "3\"", "3" })
            (await App.As("nanhu").Patch(path, new { chain = "光伏" }, malformed)).Status.ShouldBe(412, malformed);
    }

    [Test]
    public async Task Whoever_has_the_representation_already_is_told_so_by_a_weak_tag_as_well()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var tagged = 0;
        foreach (var operation in (await Operation.All(App)).Where(operation => operation.Reads))
        {
            foreach (var id in city.Records(operation).Values)
            {
                using var first = await App.As("nanhu").Asks(new HttpRequestMessage(HttpMethod.Get, operation.For(id)));
                if (first.StatusCode != HttpStatusCode.OK || first.Headers.ETag is not { } tag)
                    continue;
                tagged++;
                foreach (var known in new[] { $"{tag}", $"W/{tag}", $"\"other\", W/{tag}" })
                {
                    var again = new HttpRequestMessage(HttpMethod.Get, operation.For(id));
                    again.Headers.TryAddWithoutValidation("If-None-Match", known);
                    using var answer = await App.As("nanhu").Asks(again);
                    answer.StatusCode.ShouldBe(HttpStatusCode.NotModified, $"{operation} {known}");
                }
            }
        }

        tagged.ShouldBeGreaterThan(20);
    }

    [Test]
    public async Task An_address_that_is_too_long_is_told_in_a_problem_document()
    {
        (await App.As("nanhu").Get($"projects?q={new string('a', 17_000)}")).IsProblem(414, "uri-too-long");
        (await App.As("nanhu").Get($"projects?q={new string('a', 15_000)}")).IsProblem(400, "validation-failed");
    }

    private static bool Fits(string template, string address)
    {
        var (wanted, given) = (template.Split('/'), address.Split('/'));
        return wanted.Length == given.Length
            && wanted.Zip(given).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    private static async Task<(HttpStatusCode Status, string Head, int Length)> Ask(
        Actor actor,
        HttpMethod method,
        string path
    )
    {
        using var response = await actor.Asks(new HttpRequestMessage(method, path));
        var body = await response.Content.ReadAsByteArrayAsync();
        return (
            response.StatusCode,
            Told(response.Headers) + Told(response.Content.Headers),
            method == HttpMethod.Head ? body.Length : 0
        );
    }

    private static string Told(HttpHeaders headers) =>
        string.Concat(
            headers
                .Where(header => !OfTheMoment.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n")
        );
}
