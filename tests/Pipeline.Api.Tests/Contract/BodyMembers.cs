using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>The members of the bodies that operations take, each with a way to ask with another value in its place.</summary>
internal static class BodyMembers
{
    /// <summary>Goes through the members that are wanted, by their path and schema; what a check finds wrong is told together at the end. What is asked is a value as JSON writes it, or null for a body without the member; nothing is stored where <c>validateOnly</c> is taken.</summary>
    public static async Task Each(
        PipelineApp app,
        Func<string, JsonNode, bool> wanted,
        Func<Operation, Func<string?, Task<Answer>>, string, Task<string?>> check
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
                Task<Answer> Ask(string? value) =>
                    actor.Send(
                        operation.Method,
                        operation.For(id) + (operation.Query.Contains("validateOnly") ? "?validateOnly=true" : ""),
                        new StringContent(
                            With(value, bodies.Json(operation, 1), body.Value, operation.Schemas, path),
                            Encoding.UTF8,
                            body.Key
                        ),
                        operation.Headers.Contains("If-Match") ? [("If-Match", "*")] : []
                    );
                if (await check(operation, Ask, Named(path)) is { } mistake)
                    wrong.Add(mistake);
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>A body with a value where the path leads, or without the member.</summary>
    private static string With(string? value, JsonNode body, JsonNode schema, JsonObject schemas, object[] path)
    {
        const string Here = "@@here@@";
        var whole = Hostile.Put(body, schema, schemas, path, Here);
        if (value is not null)
            return whole.ToJsonString().Replace($"\"{Here}\"", value, StringComparison.Ordinal);
        var holder = path[..^1]
            .Aggregate(whole, (node, step) => step is int index ? node[index]! : node[(string)step]!);
        if (path[^1] is string name)
            holder.AsObject().Remove(name);
        else
            holder.AsArray().Clear();
        return whole.ToJsonString();
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
