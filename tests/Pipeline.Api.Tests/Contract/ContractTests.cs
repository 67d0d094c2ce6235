using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Tests.Support;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What an integrator relies on: the description, problems, conventions.</summary>
public sealed partial class ContractTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task The_committed_description_is_what_the_code_says()
    {
        var committed = await File.ReadAllTextAsync(Layout.Find().OpenApi);
        var produced = await Documentation.Yaml(App.Services);
        produced.ShouldBe(
            committed.ReplaceLineEndings("\n"),
            "openapi.yaml is out of date: dotnet run --project api/Pipeline.Api -- openapi"
        );
    }

    [Test]
    public void Each_problem_is_told_by_an_operation_or_may_come_of_any()
    {
        var routes = App.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        var told = routes
            .SelectMany(route => route.Metadata.GetOrderedMetadata<OwnRefusals>())
            .SelectMany(own => own.Slugs)
            .Concat(
                routes
                    .SelectMany(route => route.Metadata.GetOrderedMetadata<RefusalsWithin>())
                    .SelectMany(within => within.Slugs)
            )
            .ToHashSet();
        told.Intersect(Http.Problems.Everywhere).ShouldBeEmpty();
        Http.Problems.Statuses.Keys.Except(told).Except(Http.Problems.Everywhere).ShouldBeEmpty();
    }

    [Test]
    public async Task The_pages_know_the_plain_facts_as_they_are_described()
    {
        var web = Path.Combine(Path.GetDirectoryName(Layout.Find().OpenApi)!, "web", "src", "api", "facts.ts");
        var known = (await File.ReadAllTextAsync(web))
            .Split("name: '")
            .Skip(1)
            .Select(each => (each[..each.IndexOf('\'')], each));
        known
            .Select(each => each.Item1)
            .ShouldBe(
                PlainFact.All.Select(fact => fact.Name),
                "web/src/api/facts.ts is out of date: npm run generate in web"
            );
        foreach (var ((_, text), fact) in known.Zip(PlainFact.All))
        {
            foreach (
                var title in fact
                    .Choices.SelectMany(choice => new[] { choice.Zh, choice.En })
                    .Append(fact.Zh)
                    .Append(fact.En)
            )
                text.ShouldContain($"'{title}'");
            text.ShouldContain($"shape: '{Slug.Of(fact.Shape)}'");
        }
    }

    [Test]
    public async Task The_description_and_swagger_are_served()
    {
        (await App.Nobody().Get("/openapi.yaml"))
            .Is(200)
            .Text.ShouldBe(await File.ReadAllTextAsync(Layout.Find().OpenApi));
        ((string)(await App.Nobody().Get("/openapi.json")).Is(200)["openapi"]!).ShouldStartWith("3.1");
        (await App.Nobody().Get("/swagger/index.html")).Is(200);

        // The page to read it on brings its own script, marked anew with each answer, and asks nobody else for anything.
        var (page, again) = (await App.Nobody().Get("/reference/"), await App.Nobody().Get("/reference/"));
        var policy = page.Is(200).Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldNotBe(again.Headers.GetValues("Content-Security-Policy").Single());
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        page.Text.Split("<script").Length.ShouldBe(page.Text.Split($"nonce=\"{nonce}\"").Length);
        page.Text.ShouldNotContain("https://");
        (await App.Nobody().Get("/api/v1/health")).Headers.TryGetValues("Content-Security-Policy", out var others);
        others!.Single().ShouldNotContain("nonce");
        (await App.Nobody().Get("/health/live")).Is(200);
        (await App.Nobody().Get("/health/ready")).Is(200);
    }

    [Test]
    public async Task Every_operation_parameter_and_group_says_what_it_is_for()
    {
        var document = (await App.Nobody().Get("/openapi.json")).Is(200).Body!;
        var operations = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(method => method.Value!)
            .ToList();
        operations.Count.ShouldBeGreaterThan(100);
        operations
            .Where(operation => string.IsNullOrWhiteSpace((string?)operation["summary"]))
            .Select(operation => (string)operation["operationId"]!)
            .ShouldBeEmpty();
        operations
            .SelectMany(operation => operation["parameters"]?.AsArray() ?? [])
            .Where(parameter => string.IsNullOrWhiteSpace((string?)parameter!["description"]))
            .Select(parameter => (string)parameter!["name"]!)
            .ShouldBeEmpty();
        document["tags"]!
            .AsArray()
            .Where(tag => string.IsNullOrWhiteSpace((string?)tag!["description"]))
            .Select(tag => (string)tag!["name"]!)
            .ShouldBeEmpty();

        // Who may call it is told of each; what its route says of itself stands before that.
        var described = operations.ToDictionary(
            operation => (string)operation["operationId"]!,
            operation => (string?)operation["description"] ?? ""
        );
        described
            .Where(operation => !operation.Value.Contains("Allowed: ", StringComparison.Ordinal))
            .Select(operation => operation.Key)
            .ShouldBeEmpty();
        var said = App
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Select(route =>
                (
                    Id: route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
                    Text: route.Metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description
                )
            )
            .Where(route => route.Text is not null)
            .ToList();
        said.Count.ShouldBeGreaterThan(4);
        foreach (var (id, text) in said)
            described[id!].ShouldStartWith(text!);
    }

    [Test]
    public async Task A_parameter_that_is_a_choice_takes_each_value_told_and_no_other()
    {
        var paths = (await App.Nobody().Get("/openapi.json")).Is(200)["paths"]!.AsObject();
        var choices = (
            from path in paths
            where path.Value!["get"] is not null && !path.Key.Contains('{', StringComparison.Ordinal)
            from parameter in path.Value!["get"]!["parameters"]!.AsArray()
            where (string?)parameter!["in"] == "query" && parameter["schema"]!["enum"] is not null
            select (
                Path: path.Key,
                Name: (string)parameter["name"]!,
                Values: parameter["schema"]!["enum"]!.AsArray().Select(value => (string)value!).ToList()
            )
        ).ToList();
        choices.Count.ShouldBeGreaterThan(10);
        foreach (var (path, name, values) in choices)
        {
            // Accounts are the administrator's, the trail the auditor's, the rest the centre's.
            var caller = App.As(
                path.EndsWith("/users", StringComparison.Ordinal) ? "admin"
                : path.Contains("/audit", StringComparison.Ordinal) ? "auditor"
                : "centre"
            );
            foreach (var value in values)
                (await caller.Get($"{path}?{name}={value}")).Is(200);
            (await caller.Get($"{path}?{name}=no-such-value")).IsProblem(400, "validation-failed");
        }
    }

    [TestCase("/api/v1/audit", "string")]
    [TestCase("/api/v1/audit/verify", "integer")]
    [TestCase("/api/v1/receipts/verify", "integer")]
    public async Task The_description_tells_instants_from_sequence_numbers(string path, string type)
    {
        var parameters = (await App.Nobody().Get("/openapi.json")).Is(200)["paths"]![path]!["get"]![
            "parameters"
        ]!.AsArray();
        foreach (var name in new[] { "from", "to" })
            ((string)parameters.Single(parameter => (string?)parameter!["name"] == name)!["schema"]!["type"]!).ShouldBe(
                type,
                name
            );
    }

    [Test]
    public async Task Every_problem_has_a_page_and_texts_in_both_languages()
    {
        Messages.Keys(Messages.Chinese).Order().ShouldBe(Messages.Keys(Messages.English).Order());
        foreach (var slug in Http.Problems.Statuses.Keys)
        {
            foreach (var part in new[] { "title", "detail", "help" })
                Messages.Keys(Messages.Chinese).ShouldContain($"problem.{slug}.{part}");
            (await App.Nobody().Get($"/problems/{slug}")).Is(200).ContentType.ShouldBe("text/html");
        }

        (await App.Nobody().Get("/problems/no-such-problem")).IsProblem(404, "not-found");
    }

    [Test]
    public void Every_code_that_the_sources_use_has_a_text()
    {
        var sources = Directory
            .GetFiles(Path.Combine(Layout.Find().Root, "api"), "*.cs", SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
            .Select(File.ReadAllText)
            .ToList();
        var codes = sources
            .SelectMany(text => Codes().Matches(text))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToList();
        codes.Count.ShouldBeGreaterThan(30);
        codes.Where(code => !Messages.Keys(Messages.Chinese).Contains($"code.{code}")).ShouldBeEmpty();
        var slugs = sources.SelectMany(text => Slugs().Matches(text)).Select(match => match.Groups[1].Value).Distinct();
        slugs.Where(slug => !Http.Problems.Statuses.ContainsKey(slug)).ShouldBeEmpty();
    }

    [TestCase("zh-CN", "未找到")]
    [TestCase("en-GB,zh;q=0.5", "Not found")]
    [TestCase("fr", "未找到")]
    public async Task Messages_follow_the_callers_language(string language, string title) =>
        ((string)(await App.As("nanhu").Get("projects/none", ("Accept-Language", language)))["title"]!).ShouldBe(title);

    [Test]
    public async Task The_frameworks_own_refusals_are_problems_too()
    {
        (await App.As("nanhu").Get("no-such-route")).IsProblem(404, "not-found");
        (await App.As("nanhu").Send(HttpMethod.Delete, "claims", null)).IsProblem(405, "method-not-allowed");
        (
            await App.As("nanhu").Post("projects", new StringContent("x", System.Text.Encoding.UTF8, "text/plain"))
        ).IsProblem(415, "unsupported-media-type");
        foreach (var broken in new[] { "{", "[]", "null", "\"text\"", "{\"name\":\"a\",\"name\":\"b\"}", "" })
            (await App.As("nanhu").Post("projects", broken)).Is(400);
        (await App.As("nanhu").Post("projects", new string(' ', 1_200_000) + "{}")).IsProblem(413, "payload-too-large");
    }

    [Test]
    public async Task Every_answer_carries_a_request_id_and_keeps_to_itself()
    {
        var answer = await App.As("nanhu").Get("me");
        answer.Headers.GetValues("X-Request-Id").Single().ShouldNotBeEmpty();
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");
        answer.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");
    }

    [Test]
    public async Task The_checks_come_in_their_order()
    {
        var project = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        var path = $"projects/{project["id"]}/moves";
        (await App.Nobody().Post(path, "{")).Is(401);
        (await App.As("xiuzhou").Post(path, "{")).Is(404);
        (await App.As("leader").Post(path, "{")).Is(403);
        (await App.As("nanhu").Post(path, "{")).Is(428);
        (await App.As("nanhu").Post(path, "{", ("If-Match", "\"99-x\""))).Is(412);
        (await App.As("nanhu").Post(path, "{", ("If-Match", project.ETag!))).Is(400);
        (
            await App.As("nanhu")
                .Post(path, new { to = "signed", occurredOn = "2026-05-04" }, ("If-Match", project.ETag!))
        ).Is(422);
    }

    [Test]
    public async Task An_unknown_query_parameter_is_refused_at_every_kind_of_route_and_nothing_is_stored()
    {
        var project = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        foreach (
            var path in new[]
            {
                "me",
                $"projects/{project["id"]}",
                $"projects/{project["id"]}/timeline",
                "rule-sets/current",
                "jurisdictions",
                "summary",
                "lists/signed",
                "claims",
                "moves",
            }
        )
            (await App.As("nanhu").Get($"{path}?unheard=1"))
                .IsProblem(400, "validation-failed")
                .Codes("unheard")
                .ShouldBe(["unknown-parameter"]);
        (
            await App.As("nanhu")
                .Post("claims?unheard=1", new { project = Given.Another(3), contacts = Given.Contacts() })
        ).IsProblem(400, "validation-failed");
        (await App.As("nanhu").Get("claims"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("nanhu").Get("projects/none?unheard=1")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Every_name_in_every_body_is_one_line()
    {
        string[] names = ["name", "nameEn", "displayName", "username", "code", "groupParent", "referrer", "title"];
        var seen = 0;
        await BodyMembers.Each(
            App,
            (path, _) => names.Contains(path.Split('.')[^1]),
            async (operation, ask, path) =>
            {
                seen++;
                foreach (var character in "\n\r\t\u0085\u2028\u2029\u0007\u009B")
                {
                    var answer = await ask(Hostile.Quoted($"甲{character}乙"));
                    if (answer.Status != 400 || answer.Codes(path).Count == 0)
                        return $"{operation} {path} U+{(int)character:X4}: {answer.Status} {answer.Text}";
                }

                return null;
            }
        );
        seen.ShouldBeGreaterThan(20);
    }

    [Test]
    public async Task The_same_key_and_request_get_the_same_answer_once()
    {
        var first = (await App.As("nanhu").Reports(Given.Project(), null, ("Idempotency-Key", "k-1"))).Is(201);
        App.Time.Advance(TimeSpan.FromHours(23));
        var again = (await App.As("nanhu").Reports(Given.Project(), null, ("Idempotency-Key", "k-1"))).Is(201);
        again.Text.ShouldBe(first.Text);
        again.ETag.ShouldBe(first.ETag);
        again.Headers.GetValues("Idempotency-Replayed").Single().ShouldBe("true");
        (await App.As("nanhu").Get("claims"))["items"].AsArray().Count.ShouldBe(1);
        (await App.As("nanhu").Reports(Given.Another(2), null, ("Idempotency-Key", "k-1"))).IsProblem(
            422,
            "idempotency-key-reused"
        );
        (
            (string)
                (await App.As("xiuzhou").Reports(Given.Project(), null, ("Idempotency-Key", "k-1"))).Is(201)["status"]!
        ).ShouldBe("queued"); // keys are the caller's own
        App.Time.Advance(TimeSpan.FromHours(2));
        (await App.As("nanhu").Reports(Given.Project(), null, ("Idempotency-Key", "k-1"))).IsProblem(
            409,
            "claim-already-held"
        ); // after a day it is a new request
        (await App.As("nanhu").Reports(Given.Project(), null, ("Idempotency-Key", new string('k', 129)))).IsProblem(
            400,
            "validation-failed"
        );
    }

    [Test]
    public async Task Refusals_are_evaluated_anew()
    {
        (await App.As("nanhu").Reports(Given.Project(), Given.Contacts(kind: "call"), ("Idempotency-Key", "k-2"))).Is(
            422
        );
        (await App.As("nanhu").Reports(Given.Project(), Given.Contacts(), ("Idempotency-Key", "k-2"))).Is(201);
    }

    [Test]
    public async Task Concurrent_twins_have_one_effect()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m), ("Idempotency-Key", "twin"))
                )
        );
        answers.Select(answer => answer.Is(201).Text).Distinct().Count().ShouldBe(1);
        (await App.As("nanhu").Get("projects"))["items"].AsArray().Count.ShouldBe(1);
    }

    [GeneratedRegex("(?:Coded\\(|new FieldError\\([^\\n]*?, |Refuse\\(\"[^\"]+\", )\"([a-z][a-z0-9-]*)\"")]
    private static partial Regex Codes();

    [GeneratedRegex("new (?:Domain\\.)?Refusal\\(RefusalKind\\.\\w+, \"([a-z-]+)\"")]
    private static partial Regex Slugs();
}
