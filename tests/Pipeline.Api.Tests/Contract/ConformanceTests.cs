using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>Each operation keeps the rules that the contract has for all of them; how many checks that were stands in the output. Rights, HEAD, OPTIONS, repetitions and cursors have tests of their own.</summary>
public sealed class ConformanceTests(string engine) : OnEachEngine(engine)
{
    private readonly List<string> wrong = [];
    private int checks;

    [Test]
    public async Task Every_operation_keeps_the_rules_of_all()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        var bodies = await SampleBodies.Of(App, city, operations);
        var untried = new List<string>();
        foreach (var operation in operations)
        {
            var open = city.Records(operation)
                .SelectMany(record =>
                    SampleCity
                        .Callers.Where(caller =>
                            MatrixTests.Expected[(operation.Id, record.Key)][caller.Name] == "through"
                        )
                        .Select(caller => (Actor: caller.Of(App), Id: record.Value))
                )
                .ToList();
            if (open.Count == 0)
            {
                untried.Add(operation.Id);
                continue;
            }

            await Try(operation, open[0].Actor, open[0].Id, bodies);
        }

        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{operations.Count} operations, {checks} checks of their rules"
            )
        );
        wrong.ShouldBeEmpty();
        untried.ShouldBe(
            ["refreshToken", "startSingleSignOn", "finishSingleSignOn"],
            ignoreOrder: true,
            "the sample city has nobody who may do these"
        );
    }

    private async Task Try(Operation operation, Actor actor, string id, SampleBodies bodies)
    {
        var path = operation.For(id);
        string? body =
            operation.Reads || operation.TakesFile ? null
            : operation.Bodies.Count == 0 ? "{}"
            : bodies.Json(operation, 90_000).ToJsonString();
        var guarded = operation.Headers.Contains("If-Match");

        // Queries are strict.
        Refused(
            operation,
            "an unknown parameter",
            await Ask(actor, operation, path + "?unheard=1", body),
            400,
            "unheard"
        );

        // A record that is none is not there.
        if (operation.Kind is not null)
            Refused(operation, "a record that is none", await Ask(actor, operation, operation.For("none"), body), 404);

        // What changes a record says on which version it stands.
        if (guarded)
        {
            Refused(operation, "no If-Match", await Ask(actor, operation, path, body, ifMatch: null), 428);
            Refused(
                operation,
                "another version",
                await Ask(actor, operation, path, body, ifMatch: "\"999999999-0\""),
                412
            );
        }

        // Bodies are JSON, whole, known member by member, and no larger than they may be.
        if (body is not null && operation.Bodies.ContainsKey("application/json"))
        {
            Refused(operation, "a text", await Ask(actor, operation, path, body, type: "text/plain"), 415);
            Refused(operation, "half of a body", await Ask(actor, operation, path, body[..^1]), 400);
            Refused(operation, "a body too large", await Ask(actor, operation, path, Padded(body)), 413);
            if (JsonNode.Parse(body) is JsonObject members)
            {
                members["unheard"] = 1;
                Refused(operation, "an unknown member", await Ask(actor, operation, path, members.ToJsonString()), 400);
            }
        }

        // Who has what is there already gets it no second time.
        if (operation.Reads && await Ask(actor, operation, path, null) is { Status: 200, ETag: { } tag } told)
        {
            var again = await Ask(actor, operation, path, null, ifNoneMatch: tag);
            Check(
                operation,
                "the same again",
                again is { Status: 304, Text.Length: 0 } && again.ETag == told.ETag,
                again
            );
        }
    }

    private static string Padded(string body) => body + new string(' ', 1024 * 1024);

    private void Refused(Operation operation, string what, Answer answer, int status, string? field = null) =>
        Check(
            operation,
            what,
            answer.Status == status
                && answer.ContentType == "application/problem+json"
                && new[] { "type", "title", "status", "detail", "instance", "traceId" }.All(member =>
                    answer.Body?[member] is not null
                )
                && (field is null || answer.Codes(field).SequenceEqual(["unknown-parameter"])),
            answer
        );

    private void Check(Operation operation, string what, bool holds, Answer answer)
    {
        checks++;
        if (!holds)
            wrong.Add($"{operation}, {what}: {answer.Status} {answer.Text[..Math.Min(answer.Text.Length, 200)]}");
    }

    private static async Task<Answer> Ask(
        Actor actor,
        Operation operation,
        string path,
        string? body,
        string type = "application/json",
        string? ifMatch = "*",
        string? ifNoneMatch = null
    )
    {
        using var request = new HttpRequestMessage(operation.Method, path);
        if (ifMatch is not null && operation.Headers.Contains("If-Match"))
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        if (operation.TakesFile)
            request.Content = SampleBodies.Form(operation, null, null);
        else if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type, "utf-8"));
        using var response = await actor.Asks(request);
        var text = await response.Content.ReadAsStringAsync();
        var told = response.Content.Headers.ContentType?.MediaType;
        return new Answer(
            (int)response.StatusCode,
            told?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonNode.Parse(text) : null,
            response.Headers,
            text,
            told
        );
    }
}
