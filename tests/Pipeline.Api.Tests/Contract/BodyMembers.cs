using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>The members of the bodies that operations take, each with a way to ask with another value in its place.</summary>
internal static class BodyMembers
{
    /// <summary>Goes through the members that are wanted, by their path and schema; what a check finds wrong is told together at the end.</summary>
    public static async Task Each(
        PipelineApp app,
        Func<string, JsonNode, bool> wanted,
        Func<Operation, Func<string, Task<Answer>>, string, Task<string?>> check
    )
    {
        var city = await SampleCity.Build(app, SampleCity.Situations);
        var operations = await Operation.All(app);
        var bodies = await SampleBodies.Of(app, city, operations);
        var wrong = new List<string>();
        foreach (var operation in operations)
        {
            var body = operation.Bodies.FirstOrDefault(body => body.Key.EndsWith("json", StringComparison.Ordinal));
            if (body.Key is null)
                continue;
            foreach (var path in Hostile.Members(body.Value, operation.Schemas))
            {
                if (!wanted(Named(path), SchemaOf(body.Value, operation.Schemas, path)))
                    continue;
                var (record, id) = city.Records(operation)
                    .First(each => MatrixTests.Expected[(operation.Id, each.Key)].ContainsValue("through"));
                var actor = SampleCity
                    .Callers.First(caller => MatrixTests.Expected[(operation.Id, record)][caller.Name] == "through")
                    .Of(app);
                if (
                    await check(
                        operation,
                        value =>
                            actor.Send(
                                operation.Method,
                                operation.For(id),
                                new StringContent(
                                    Hostile
                                        .Put(bodies.Json(operation, 1), body.Value, operation.Schemas, path, value)
                                        .ToJsonString(),
                                    Encoding.UTF8,
                                    body.Key
                                ),
                                operation.Headers.Contains("If-Match") ? [("If-Match", "*")] : []
                            ),
                        Named(path)
                    ) is
                    { } mistake
                )
                    wrong.Add(mistake);
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>A path as errors name it: <c>contacts[0].occurredOn</c>.</summary>
    private static string Named(object[] path) =>
        string.Concat(
                path.Select(step =>
                    step is int index ? string.Create(CultureInfo.InvariantCulture, $"[{index}]") : $".{step}"
                )
            )
            .TrimStart('.');

    private static JsonNode SchemaOf(JsonNode schema, JsonObject schemas, object[] path)
    {
        foreach (var step in path)
        {
            schema = Hostile.Resolve(schema, schemas);
            schema = step is string name ? schema["properties"]![name]! : schema["items"]!;
        }

        return Hostile.Resolve(schema, schemas);
    }
}
