using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipeline.Api.Tests.Support;

/// <summary>A parameter of an operation, where it travels (path, query or header), and whether it may stand several times.</summary>
public sealed record Parameter(string Name, string In, bool IsList);

/// <summary>An operation as the description tells of it.</summary>
public sealed partial record Operation(
    string Id,
    HttpMethod Method,
    string Path,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyDictionary<string, JsonNode> Bodies,
    bool AnswersJson,
    JsonObject Schemas
)
{
    /// <summary>What its path names a record of: the segment before each parameter (<c>projects</c>); null when it names none.</summary>
    public string? Kind =>
        InPath().Count == 0 ? null : string.Join('/', InPath().Select(match => match.Groups[1].Value));

    public IEnumerable<string> Query =>
        Parameters.Where(parameter => parameter.In == "query").Select(parameter => parameter.Name);

    public IEnumerable<string> Headers =>
        Parameters.Where(parameter => parameter.In == "header").Select(parameter => parameter.Name);

    public bool Reads => Method == HttpMethod.Get;

    public bool TakesFile => Bodies.ContainsKey("multipart/form-data");

    /// <summary>Its path for a record; one that takes several ids is written <c>first/second</c>, and the last stands for all that are missing.</summary>
    public string For(string? record)
    {
        var ids = new Queue<string>(record?.Split('/') ?? []);
        return InPath().Count == 0
            ? Path
            : Parameter()
                .Replace(Path, match =>
                    $"/{match.Groups[1].Value}{string.Concat(match.Groups[2].Captures.Select(_ => $"/{(ids.Count > 1 ? ids.Dequeue() : ids.Peek())}"))}"
                );
    }

    /// <summary>Whether a path has its fixed words where they should be, and something at each place between.</summary>
    public bool Fits(string path)
    {
        var (mine, given) = (Path.Split('/'), path.Split('/'));
        return mine.Length == given.Length
            && mine.Zip(given)
                .All(word => word.First.StartsWith('{') ? word.Second.Length > 0 : word.First == word.Second);
    }

    public override string ToString() => $"{Id} ({Method} {Path})";

    /// <summary>Every operation that the running program describes; a drift test holds openapi.yaml to the same.</summary>
    public static async Task<IReadOnlyList<Operation>> All(PipelineApp app)
    {
        var document = (await app.Nobody().Get("/openapi.json")).Is(200).Body!;
        var schemas = document["components"]!["schemas"]!.AsObject();
        return
        [
            .. from path in document["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            select new Operation(
                (string)method.Value!["operationId"]!,
                HttpMethod.Parse(method.Key),
                path.Key,
                [
                    .. (method.Value["parameters"]?.AsArray() ?? []).Select(parameter => new Parameter(
                        (string)parameter!["name"]!,
                        (string)parameter["in"]!,
                        (string?)parameter["schema"]?["type"] == "array"
                    )),
                ],
                (method.Value["requestBody"]?["content"]?.AsObject() ?? []).ToDictionary(
                    content => content.Key,
                    content => content.Value!["schema"]!
                ),
                method.Value["responses"]!
                    .AsObject()
                    .Any(answer => answer.Key[0] == '2' && answer.Value!["content"]?["application/json"] is not null),
                schemas
            ),
        ];
    }

    private MatchCollection InPath() => Parameter().Matches(Path);

    [GeneratedRegex("/([a-z-]+)(/\\{[A-Za-z]+\\})+")]
    private static partial Regex Parameter();
}
