using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What the description says of bodies is what the program takes: clients are generated from it.</summary>
public sealed class DescribedBodyTests(string engine) : OnEachEngine(engine)
{
    /// <summary>Needed by what else the body says, which a schema does not tell: a title where the facts give none, a unit for an officer.</summary>
    private static readonly string[] NeededAtTimes =
    [
        "putAgendaItem title",
        "createUser jurisdictionId",
        "judgeOfficeLead reason",
        "addOfficeLead officeId",
    ];

    [Test]
    public async Task Bodies_that_are_right_are_described()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        var bodies = await SampleBodies.Of(App, city, operations);
        var description = await Description.Of(App);
        var sending = operations
            .Where(operation => operation.Bodies.Keys.Any(type => type.EndsWith("json", StringComparison.Ordinal)))
            .ToList();
        sending.Count.ShouldBeGreaterThan(80);
        sending
            .Select(operation => (operation.Id, Wrong: description.Judge(operation, bodies.Json(operation, 1))))
            .Where(judged => judged.Wrong is not null)
            .Select(judged => $"{judged.Id}: {judged.Wrong}")
            .ShouldBeEmpty();
    }

    [Test]
    public async Task A_member_that_may_be_null_is_taken_as_null()
    {
        var seen = 0;
        await BodyMembers.Each(
            App,
            (_, _) => true,
            async (operation, ask, path) =>
            {
                if (!Described(operation, path).MayBeNull)
                    return null;
                seen++;
                var answer = await ask("null");
                return answer.Status == 400 && answer.Codes(path).Contains("malformed")
                    ? $"{operation} {path}: {answer.Text}"
                    : null;
            }
        );
        seen.ShouldBeGreaterThan(150);
    }

    [Test]
    public async Task A_member_is_described_as_required_exactly_where_a_body_without_it_is_refused_for_it()
    {
        var seen = 0;
        await BodyMembers.Each(
            App,
            (path, _) => !path.EndsWith(']'),
            async (operation, ask, path) =>
            {
                var (required, _) = Described(operation, path);
                var answer = await ask(null);
                var refused = answer.Status == 400 && answer.Codes(path).Contains("required");
                if (required)
                {
                    seen++;
                    return answer.Status is 400 or 422 ? null : $"{operation} {path} is not needed: {answer.Status}";
                }

                // What a patch needs depends on what is there already.
                return
                    refused && operation.Method != HttpMethod.Patch && !NeededAtTimes.Contains($"{operation.Id} {path}")
                    ? $"{operation} {path} is needed and not said to be"
                    : null;
            }
        );
        seen.ShouldBeGreaterThan(80);
    }

    [Test]
    public async Task Each_example_fits_its_schema_and_is_taken()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var description = await Description.Of(App);
        var examples = (await Operation.All(App))
            .Select(operation => (Operation: operation, Body: description.ExampleOf(operation)))
            .Where(each => each.Body is not null)
            .ToList();
        examples.Count.ShouldBeGreaterThan(15);
        var wrong = new List<string>();
        foreach (var (operation, body) in examples)
        {
            if (description.Judge(operation, body!) is { } misfit)
                wrong.Add($"{operation}: {misfit}");
            if (await Refusal(city, operation, body!) is { } refusal)
                wrong.Add($"{operation}: {refusal}");
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>Why none of those who may takes a body at any record; null when somebody does. Nothing is stored.</summary>
    private async Task<string?> Refusal(SampleCity city, Operation operation, JsonNode body)
    {
        var last = "nobody may";
        foreach (var (record, id) in city.Records(operation))
        {
            foreach (var (caller, of) in SampleCity.Callers)
            {
                if (MatrixTests.Expected[(operation.Id, record)][caller] != "through")
                    continue;
                var answer = await of(App)
                    .Send(
                        operation.Method,
                        operation.For(id) + (operation.Query.Contains("validateOnly") ? "?validateOnly=true" : ""),
                        new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
                        operation.Headers.Contains("If-Match") ? [("If-Match", "*")] : []
                    );
                if (answer.Status == 200)
                    return null;
                last = $"{caller} {record}: {answer.Status} {answer.Text}";
            }
        }

        return last;
    }

    /// <summary>What the description says of a member, by its path as errors name it.</summary>
    private static (bool Required, bool MayBeNull) Described(Operation operation, string path)
    {
        var schema = operation.Bodies.First(body => body.Key.EndsWith("json", StringComparison.Ordinal)).Value;
        var (required, nullable) = (false, false);
        foreach (
            var step in path.Replace("[0]", ".[0]", StringComparison.Ordinal)
                .Split('.', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var whole = Hostile.Resolve(schema, operation.Schemas);
            required = whole["required"]?.AsArray().Any(name => (string?)name == step) == true;
            schema = step == "[0]" ? whole["items"]! : whole["properties"]![step]!;
            nullable = IsNull(schema["type"]) || schema["oneOf"]?.AsArray().Any(part => IsNull(part!["type"])) == true;
        }

        return (required, nullable);
    }

    private static bool IsNull(JsonNode? type) =>
        type is JsonArray several ? several.Any(one => (string?)one == "null") : (string?)type == "null";
}
