using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Api.Http;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>
/// Whatever is sent to whatever operation by whoever: never a 5xx, every refusal a problem document, nothing stored by what was refused, no invariant broken.
/// PIPELINE_FUZZ sets the number of requests, PIPELINE_FUZZ_SEED the seed.
/// </summary>
public sealed class FuzzTests(string engine) : OnEachEngine(engine)
{
    private const int Standard = 2500,
        OneCity = 700,
        StandardSeed = 20260504,
        MostFailures = 25;
    private const string Placeholder = "@@here@@",
        Host = "https://localhost";

    [Test]
    public async Task Nothing_that_can_be_sent_breaks_anything()
    {
        var requests = Setting("PIPELINE_FUZZ") ?? Standard;
        var seed = Setting("PIPELINE_FUZZ_SEED")
            ?? (Setting("PIPELINE_FUZZ") is null ? StandardSeed : Random.Shared.Next());
        await TestContext.Out.WriteLineAsync($"PIPELINE_FUZZ_SEED={seed} PIPELINE_FUZZ={requests}");
        var failures = new Dictionary<string, string>();
        var statuses = new SortedDictionary<int, int>();
        for (var done = 0; done < requests && failures.Count < MostFailures; done += OneCity)
        {
            // A city is used up as its claims end and its projects move on: each stretch has a fresh one.
            using var app = new PipelineApp(Engine);
            await Fuzz(app, seed + done, Math.Min(OneCity, requests - done), statuses, failures);
        }

        await TestContext.Out.WriteLineAsync(
            string.Join(", ", statuses.Select(status => $"{status.Key}: {status.Value}"))
        );
        failures.Values.ShouldBeEmpty($"PIPELINE_FUZZ_SEED={seed} PIPELINE_FUZZ={requests}");
    }

    [Test]
    public async Task The_fuzzer_has_an_example_for_every_operation_and_reaches_every_member()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        var bodies = await SampleBodies.Of(App, city, operations);
        foreach (var operation in operations)
        {
            city.Records(operation).ShouldNotBeEmpty();
            foreach (
                var schema in operation
                    .Bodies.Where(body => body.Key.EndsWith("json", StringComparison.Ordinal))
                    .Select(body => body.Value)
            )
            {
                var members = Hostile.Members(schema, operation.Schemas).ToList();
                members.ShouldNotBeEmpty(operation.ToString());
                foreach (var path in members)
                    Hostile
                        .Put(bodies.Json(operation, 1), schema, operation.Schemas, path, Placeholder)
                        .ToJsonString()
                        .ShouldContain(Placeholder);
            }
        }
    }

    private static async Task Fuzz(
        PipelineApp app,
        int seed,
        int requests,
        SortedDictionary<int, int> statuses,
        Dictionary<string, string> failures
    )
    {
        var random = new Random(seed);
        var city = await SampleCity.Build(app, SampleCity.Situations);
        var operations = await Operation.All(app);
        var bodies = await SampleBodies.Of(app, city, operations);
        var description = await Description.Of(app);
        var tally = new Tally(app);
        var before = tally.Take();
        var actors = SampleCity.Callers.ToDictionary(caller => caller.Name, caller => caller.Of(app));
        for (var number = 0; number < requests; number++)
        {
            var (operation, caller, request, text) = Draft(random, operations, city, bodies, number);
            using (request)
            using (var response = await actors[caller].Asks(request))
            {
                var body = await response.Content.ReadAsByteArrayAsync();
                var status = (int)response.StatusCode;
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (status == 202 && response.Headers.Location?.ToString().Contains("/imports/") == true)
                    await actors["auditor"].AwaitsImport((string)JsonNode.Parse(body)!["id"]!);
                var after = tally.Take();
                var wrong = Wrong(description, operation, caller, response, body, Tally.Changes(before, after));
                before = after;
                if (wrong is not null)
                    failures.TryAdd(
                        $"{operation.Id}: {wrong.Split('\n')[0]}",
                        $"seed {seed}, request {number}, {caller} at {operation}: {wrong}\n{text}\nanswered {status} {Shown(body)}\n"
                    );
            }
        }

        foreach (var broken in await Broken(app))
            failures.TryAdd(broken, $"seed {seed}: {broken}");
    }

    /// <summary>Makes a right request and spoils one thing of it, rarely two, rarely none.</summary>
    private static (Operation Operation, string Caller, HttpRequestMessage Request, string Text) Draft(
        Random random,
        IReadOnlyList<Operation> operations,
        SampleCity city,
        SampleBodies bodies,
        int number
    )
    {
        var operation = Weighed(random, operations);
        var (record, id) = Pick(
            random,
            [
                .. city.Records(operation)
                    .Where(record => record.Key != SampleCity.Absent || random.Next(10) == 0)
                    .DefaultIfEmpty(city.Records(operation).First()),
            ]
        );
        if (!MatrixTests.Expected.TryGetValue((operation.Id, record), out var line))
            throw new AssertionException(
                $"permissions.csv has no line for {operation} of {record}: the fuzzer asks it who gets through."
            );
        var through = line.Where(cell => cell.Value == "through").Select(cell => cell.Key).ToList();
        var caller =
            through.Count > 0 && random.Next(10) < 8
                ? Pick(random, through)
                : Pick(random, [.. SampleCity.Callers]).Name;
        var path = operation.For(id);
        var query = new List<string>();
        var headers = new Dictionary<string, string>();
        if (operation.Headers.Contains("If-Match"))
            headers["If-Match"] = "*";
        var json = operation
            .Bodies.Where(body => body.Key.EndsWith("json", StringComparison.Ordinal))
            .Select(body => body.Value)
            .FirstOrDefault();
        byte[]? bytes =
            operation.Reads || operation.TakesFile
                ? null
                : Encoding.UTF8.GetBytes(json is null ? "{}" : bodies.Json(operation, number).ToJsonString());
        string? type = "application/json";
        byte[]? file = null;
        string? fileName = null;

        for (
            var spoilt = random.Next(20) switch
            {
                0 => 0,
                1 => 2,
                _ => 1,
            };
            spoilt > 0;
            spoilt--
        )
        {
            switch (random.Next(10))
            {
                case 0 when operation.Kind is not null:
                    var spoiltPath = operation
                        .For(string.Join('/', operation.Kind.Split('/').Select(_ => Uri.EscapeDataString(Placeholder))))
                        .Replace(
                            Uri.EscapeDataString(Placeholder),
                            Pick(random, Hostile.InPath),
                            StringComparison.Ordinal
                        );
                    // Three ".." climb out of the API, and ask for a page.
                    if (new Uri(Host + spoiltPath).AbsolutePath.StartsWith("/api/", StringComparison.Ordinal))
                        path = spoiltPath;
                    break;
                case 1 or 2 when operation.Query.Any():
                    query.Add(
                        $"{Pick(random, [.. operation.Query])}={Uri.EscapeDataString(Pick(random, Hostile.Texts))}"
                    );
                    break;
                case 3:
                    var headerNames = operation
                        .Headers.Append("If-None-Match")
                        .Append("Accept")
                        .Append("Cookie")
                        .ToList();
                    headers[Pick(random, headerNames)] = Pick(random, Hostile.InHeader);
                    break;
                case 4 when random.Next(3) == 0:
                    query.Add(
                        $"{Pick(random, ["unheard", "a%00b", "%ff", "limit[]", "", "%F0%9F%8F%97"])}={Uri.EscapeDataString(Pick(random, Hostile.Texts))}"
                    );
                    break;
                case 5 when operation.TakesFile:
                    file = Pick(random, Hostile.Files);
                    fileName = random.Next(2) == 0 ? null : Pick(random, Hostile.FileNames);
                    break;
                case 6 when random.Next(2) == 0 && !operation.Reads:
                    type = Pick(random, Hostile.ContentTypes);
                    break;
                case 7 when random.Next(2) == 0 && !operation.Reads:
                    bytes = Pick(random, Hostile.Bodies);
                    break;
                default:
                    if (json is null)
                    {
                        if (operation.Query.Any())
                            query.Add(
                                $"{Pick(random, [.. operation.Query])}={Uri.EscapeDataString(Pick(random, Hostile.Texts))}"
                            );
                        break;
                    }

                    var member = Pick(random, [.. Hostile.Members(json, operation.Schemas)]);
                    var whole = Hostile.Put(
                        bodies.Json(operation, number),
                        json,
                        operation.Schemas,
                        member,
                        Placeholder
                    );
                    var value =
                        random.Next(2) == 0 ? Pick(random, Hostile.Raw) : Hostile.Quoted(Pick(random, Hostile.Texts));
                    bytes = Encoding.UTF8.GetBytes(
                        whole.ToJsonString().Replace($"\"{Placeholder}\"", value, StringComparison.Ordinal)
                    );
                    break;
            }
        }

        var url = Host + path + (query.Count == 0 ? "" : "?" + string.Join('&', query));
        var request = new HttpRequestMessage(operation.Method, new Uri(url));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (bytes is not null)
        {
            request.Content = new ByteArrayContent(bytes);
            if (type is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        else if (operation.TakesFile)
        {
            request.Content = SampleBodies.Form(operation, file, fileName);
            if (type != "application/json")
            {
                request.Content.Headers.Remove("Content-Type");
                if (type is not null)
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        return (
            operation,
            caller,
            request,
            $"{operation.Method} {url}\n{string.Join('\n', headers.Select(header => $"{header.Key}: {header.Value}"))}\nContent-Type: {request.Content?.Headers.NonValidated.GetValueOrDefault("Content-Type")}\n{(file is null ? "" : $"file {fileName} {Shown(file)}\n")}{Shown(bytes)}"
        );
    }

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    private static string? Wrong(
        Description description,
        Operation operation,
        string caller,
        HttpResponseMessage response,
        byte[] body,
        IEnumerable<string> changes
    )
    {
        var status = (int)response.StatusCode;
        var type = response.Content.Headers.ContentType?.MediaType;
        if (status >= 500)
            return $"a {status}";
        var changed = string.Join(", ", changes);
        if (changed.Length > 0 && (status >= 400 || operation.Reads))
            return $"a {status} changed {changed}";
        JsonNode? json = null;
        if (type?.EndsWith("json", StringComparison.Ordinal) == true && body.Length > 0)
        {
            try
            {
                json = JsonNode.Parse(
                    new UTF8Encoding(false, true).GetString(body),
                    null,
                    new JsonDocumentOptions { AllowDuplicateProperties = false }
                );
            }
            catch (Exception error) when (error is JsonException or DecoderFallbackException)
            {
                return $"no JSON: {error.Message}";
            }
        }

        if (InRoute(operation, response) && description.Judge(operation, response, json) is { } strange)
            return strange;
        if (status < 400)
            return status is 200 or 201 or 202 && json is null && operation.AnswersJson
                ? $"a {status} without JSON"
                : null;
        if (type != "application/problem+json" || json is null)
            return $"a {status} of type {type}";
        foreach (var member in new[] { "type", "title", "detail", "instance", "traceId" })
        {
            if ((string?)json[member] is not { Length: > 0 })
                return $"a problem without {member}";
        }

        var slug = ((string)json["type"]!).Replace("/problems/", "", StringComparison.Ordinal);
        if (
            !Http.Problems.Statuses.TryGetValue(slug, out var known)
            || known != status
            || (int)json["status"]! != status
        )
            return $"a {status} that says {slug} {json["status"]}";
        if (slug == "rate-limited")
            return "rate-limited: the fuzzer's host must not limit rates";
        return slug == "unauthenticated" && caller != "nobody" && operation.Id != "refreshToken"
            ? $"{caller} was locked out: spare the accounts of SampleCity.Callers"
            : null;
    }

    /// <summary>Whether the operation itself answered: a path that was spoilt may lead to another, or to none.</summary>
    private static bool InRoute(Operation operation, HttpResponseMessage response) =>
        response.StatusCode
            is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound or HttpStatusCode.RequestUriTooLong)
        && operation.Fits(response.RequestMessage!.RequestUri!.AbsolutePath);

    /// <summary>The rules that must hold of what is stored, whatever was sent.</summary>
    private static async Task<List<string>> Broken(PipelineApp app)
    {
        var broken = new List<string>();
        if (!(bool)(await app.As("auditor").Get("receipts/verify")).Is(200)["valid"]!)
            broken.Add("The chain of receipts does not hold (R22).");
        foreach (
            var (rule, count) in new[]
            {
                (
                    "Two claims of one project are active (R16).",
                    "SELECT COUNT(*) FROM (SELECT project_id FROM claims WHERE status = 'active' GROUP BY project_id HAVING COUNT(*) > 1) t"
                ),
                (
                    "An active or queued claim has no project.",
                    "SELECT COUNT(*) FROM claims WHERE status IN ('active', 'queued') AND project_id IS NULL"
                ),
                (
                    "A project that was not backfilled has no investors (R12).",
                    "SELECT COUNT(*) FROM projects p WHERE p.import_id IS NULL AND NOT EXISTS (SELECT 1 FROM project_investors i WHERE i.project_id = p.id)"
                ),
                (
                    "A project stands in no stage, or in two.",
                    "SELECT COUNT(*) FROM projects p WHERE (SELECT COUNT(*) FROM stage_spans s WHERE s.project_id = p.id AND s.left_on IS NULL) <> 1"
                ),
                (
                    "Two moves of one project are pending (R3).",
                    "SELECT COUNT(*) FROM (SELECT project_id FROM moves WHERE status = 'pending' GROUP BY project_id HAVING COUNT(*) > 1) t"
                ),
                (
                    "An owner is no unit.",
                    "SELECT COUNT(*) FROM projects p WHERE NOT EXISTS (SELECT 1 FROM jurisdictions j WHERE j.id = p.owner_id)"
                ),
                (
                    "A file has no content.",
                    "SELECT COUNT(*) FROM files f WHERE NOT EXISTS (SELECT 1 FROM file_contents c WHERE c.file_id = f.id)"
                ),
            }
        )
        {
            if (app.Sql(connection => connection.ExecuteScalar<long>(count)) > 0)
                broken.Add(rule);
        }

        foreach (var list in new[] { "projects", "claims", "moves", "imports", "jurisdictions", "rule-sets" })
        {
            if ((await app.As("auditor").Get(list)).Status != 200)
                broken.Add($"{list} can no longer be read.");
        }

        return broken;
    }

    /// <summary>The more there is to spoil in an operation, the more often it is called.</summary>
    private static Operation Weighed(Random random, IReadOnlyList<Operation> operations)
    {
        var weights = operations
            .Select(operation =>
                2
                + operation.Parameters.Count
                + (
                    operation.Bodies.Count == 0
                        ? 0
                        : Hostile.Members(operation.Bodies.First().Value, operation.Schemas).Count()
                )
            )
            .ToList();
        var at = random.Next(weights.Sum());
        var index = 0;
        for (; at >= weights[index]; index++)
            at -= weights[index];
        return operations[index];
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static string Shown(byte[]? bytes) =>
        bytes is null ? ""
        : bytes.Length > 1500
            ? $"{Encoding.UTF8.GetString(bytes.AsSpan(0, 700))} … {bytes.Length} bytes … {Encoding.UTF8.GetString(bytes.AsSpan(bytes.Length - 500))}"
        : bytes.Any(b => b is < 32 or > 126)
            ? $"{Encoding.UTF8.GetString(bytes)} (base64 {Convert.ToBase64String(bytes)})"
        : Encoding.UTF8.GetString(bytes);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
