extern alias jsonSchema;

using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using jsonSchema::Json.Schema;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>The description as a judge of what is sent and answered.</summary>
internal sealed class Description
{
    /// <summary>Headers of which operations say that they may come.</summary>
    private static readonly string[] Told =
    [
        "ETag",
        "Location",
        "Link",
        "Retry-After",
        "RateLimit",
        "RateLimit-Policy",
        "X-Request-Id",
        "Idempotency-Replayed",
        "Content-Disposition",
        "WWW-Authenticate",
    ];

    private readonly JsonObject document;
    private readonly Dictionary<string, JsonObject> operations;
    private readonly Dictionary<string, JsonSchema> known = new(StringComparer.Ordinal);
    private readonly JsonObject definitions;

    private Description(JsonObject document)
    {
        this.document = document;
        operations = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .ToDictionary(method => (string)method.Value!["operationId"]!, method => method.Value!.AsObject());
        definitions = Local(document["components"]!["schemas"]!).AsObject();
    }

    public static async Task<Description> Of(PipelineApp app) =>
        new((await app.Nobody().Get("/openapi.json")).Is(200).Body!.AsObject());

    /// <summary>What is wrong with a body that is sent; null when nothing is.</summary>
    public string? Judge(Operation operation, JsonNode body) =>
        Misfit(operation.Bodies.First(sent => sent.Key.EndsWith("json", StringComparison.Ordinal)).Value, body);

    /// <summary>What is wrong with a value of a schema, by its name; null when nothing is.</summary>
    public string? Judge(string schema, JsonNode value) =>
        Misfit(new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" }, value);

    /// <summary>The schema of what a reading operation tells: of its record, or of each entry of its list; null where it tells none.</summary>
    public string? RecordOf(Operation operation)
    {
        var schema = operations[operation.Id]["responses"]!["200"]?["content"]?["application/json"]?["schema"];
        if (NameOf(schema) is not { } name || !IsList(name))
            return NameOf(schema);
        var items = document["components"]!["schemas"]![name]!["properties"]?["items"];
        return NameOf(items?["items"]) ?? name;

        static bool IsList(string name) =>
            name.EndsWith("Page", StringComparison.Ordinal) || name.EndsWith("List", StringComparison.Ordinal);

        static string? NameOf(JsonNode? schema) => ((string?)schema?["$ref"])?.Split('/')[^1];
    }

    /// <summary>The body that the description shows for an operation; null where it shows none.</summary>
    public JsonNode? ExampleOf(Operation operation) =>
        operations[operation.Id]["requestBody"]?["content"]?.AsObject().First().Value!["example"];

    /// <summary>What of an answer is not described: its status, a header, its body; null when all is.</summary>
    public string? Judge(Operation operation, HttpResponseMessage response, JsonNode? body)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var answers = operations[operation.Id]["responses"]!;
        if ((answers[status] ?? answers[$"{status[0]}XX"]) is not { } named)
            return $"{status} is not described";
        var answer = Resolved(named);
        var headers = answer["headers"]?.AsObject().Select(header => header.Key).ToHashSet() ?? [];
        var strange = Told.Where(name => Has(response, name) && !headers.Contains(name)).ToList();
        if (strange.Count > 0)
            return $"{status} does not describe {string.Join(", ", strange)}";
        if (body is null)
            return null;
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (answer["content"]?[type] is not { } content)
            return $"{status} does not describe {type}";
        return Misfit(content["schema"]!, body) is { } misfit ? $"{status} {misfit}" : null;
    }

    private static bool Has(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.Contains(name)
        || (response.Content.Headers is HttpContentHeaders content && content.NonValidated.Contains(name));

    private JsonNode Resolved(JsonNode answer) =>
        (string?)answer["$ref"] is { } reference
            ? document["components"]!["responses"]![reference.Split('/')[^1]]!
            : answer;

    private string? Misfit(JsonNode schema, JsonNode body)
    {
        var text = schema.ToJsonString();
        if (!known.TryGetValue(text, out var judge))
        {
            var whole = Local(schema).AsObject();
            whole["$defs"] = Reached(whole);
            known[text] = judge = JsonSchema.FromText(whole.ToJsonString());
        }

        var result = judge.Evaluate(
            System.Text.Json.JsonSerializer.SerializeToElement(body),
            new EvaluationOptions { OutputFormat = OutputFormat.List }
        );
        return result.IsValid
            ? null
            : string.Join(
                "; ",
                (result.Details ?? [])
                    .Where(detail => detail.Errors is { Count: > 0 })
                    .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"))
                    .Take(5)
            );
    }

    /// <summary>The definitions that a schema leads to.</summary>
    private JsonObject Reached(JsonNode schema)
    {
        var reached = new JsonObject();
        var left = new Stack<JsonNode>([schema]);
        while (left.TryPop(out var part))
        {
            if (part is JsonObject members)
            {
                if (
                    members["$ref"] is JsonValue reference
                    && ((string)reference!).Split('/')[^1] is var name
                    && !reached.ContainsKey(name)
                )
                {
                    reached[name] = definitions[name]!.DeepClone();
                    left.Push(reached[name]!);
                }

                foreach (var member in members.Select(member => member.Value).OfType<JsonNode>())
                    left.Push(member);
            }
            else if (part is JsonArray items)
            {
                foreach (var item in items.OfType<JsonNode>())
                    left.Push(item);
            }
        }

        return reached;
    }

    /// <summary>A schema whose references lead to its own definitions, without what is not of JSON Schema.</summary>
    private static JsonNode Local(JsonNode schema)
    {
        var local = JsonNode.Parse(
            schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal)
        )!;
        Strip(local);
        return local;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject members)
            foreach (var extension in members.Select(member => member.Key).Where(IsExtension).ToList())
                members.Remove(extension);
        foreach (
            var part in node switch
            {
                JsonObject held => held.Select(member => member.Value),
                JsonArray items => items,
                _ => [],
            }
        )
            Strip(part);
    }

    private static bool IsExtension(string keyword) => keyword.StartsWith("x-", StringComparison.Ordinal);
}
