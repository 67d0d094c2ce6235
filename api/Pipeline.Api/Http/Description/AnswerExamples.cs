using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http.Description;

/// <summary>What answers look like: one record of each kind as the program told it, lists cut to their first entry. A test holds each to its schema and to what the program tells now.</summary>
internal sealed class AnswerExamples : IDocumentFilter
{
    public const string File = "answer-examples.json";

    private static readonly Lazy<JsonObject> All = new(Read);

    /// <summary>The example of a schema, by its name.</summary>
    public static IReadOnlyDictionary<string, JsonNode> ByName =>
        All.Value.ToDictionary(each => each.Key, each => each.Value!);

    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        foreach (var (name, example) in All.Value)
            if (document.Components!.Schemas!.TryGetValue(name, out var described) && described is OpenApiSchema schema)
                schema.Examples = [example!.DeepClone()];
    }

    private static JsonObject Read()
    {
        using var file = typeof(AnswerExamples).Assembly.GetManifestResourceStream(File)!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
