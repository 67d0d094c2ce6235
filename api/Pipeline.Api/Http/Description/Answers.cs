using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http.Description;

/// <summary>The refusals and headers that many operations share, each described once.</summary>
internal sealed class Answers : IDocumentFilter
{
    /// <summary>What each status of a refusal means; its name in the description.</summary>
    private static readonly IReadOnlyDictionary<int, (string Name, string Text)> Refusals = new Dictionary<
        int,
        (string, string)
    >
    {
        [400] = ("BadRequest", "The request is malformed: a parameter or member is unknown, missing or wrong."),
        [401] = ("Unauthorized", "There is no caller, or the token or key is not valid any more."),
        [403] = ("Forbidden", "The caller may not do this."),
        [404] = ("NotFound", "There is no such record, or the caller may not know of it."),
        [406] = ("NotAcceptable", "The answer cannot be given in a form that `Accept` names."),
        [409] = ("Conflict", "The state of things does not allow it now."),
        [410] = ("Gone", "It was there and is kept no longer."),
        [412] = ("PreconditionFailed", "The record was changed since the version that `If-Match` names."),
        [413] = ("ContentTooLarge", "The body is larger than 1 MiB, an upload larger than 20 MiB."),
        [415] = ("UnsupportedMediaType", "The body is of a kind that is not taken here."),
        [416] = ("RangeNotSatisfiable", "The file is shorter than the part that `Range` names."),
        [422] = ("UnprocessableContent", "The request is well formed and breaks a rule."),
        [428] = ("PreconditionRequired", "`If-Match` is missing."),
        [429] = (
            "TooManyRequests",
            "The caller asked more often than is allowed; `Retry-After` says when to ask again."
        ),
        [500] = ("InternalServerError", "A fault of the program. `traceId` names it to its operators."),
        [503] = (
            "ServiceUnavailable",
            "The database is away, or the clock cannot be trusted; `Retry-After` says when to ask again."
        ),
    };

    private static readonly IReadOnlyDictionary<string, string> Headers = new Dictionary<string, string>
    {
        ["ETag"] =
            "The version of the record and of what this caller may see of it, for `If-Match` and `If-None-Match`.",
        ["Location"] = "Where the record that was made can be read.",
        ["Link"] = "The next page of the list, `rel=\"next\"`; absent on the last.",
        ["Retry-After"] = "After how many seconds to ask again.",
        ["RateLimit"] = "What is left of the limit, and in how many seconds it is whole again.",
        ["RateLimit-Policy"] = "The limits that hold for the caller.",
        ["X-Request-Id"] = "The id of this request, in the operators' logs.",
        ["Idempotency-Replayed"] = "`true` where the answer was given before, to the same `Idempotency-Key`.",
        ["Content-Disposition"] = "The name under which to keep the file.",
        ["Accept-Ranges"] = "`bytes`: parts of the file can be asked for.",
        ["Content-Range"] = "Which part of the file this is, and how long the file is.",
        ["Content-Language"] = "The language of the messages.",
        ["WWW-Authenticate"] = "How to say who calls.",
    };

    /// <summary>Whether operations describe a refusal of this status by the shared answer.</summary>
    public static bool Shares(int status) => Refusals.ContainsKey(status);

    /// <summary>The shared refusal of a status; where an operation has refusals of its own, it says which they are.</summary>
    public static IOpenApiResponse Refusal(int status, OpenApiDocument? document, IEnumerable<string> own)
    {
        var shared = new OpenApiResponseReference(Refusals[status].Name, document);
        if (own.Where(slug => Problems.Statuses[slug] == status).ToList() is { Count: > 0 } slugs)
            shared.Description = Text(status, slugs);
        return shared;
    }

    /// <summary>What a status means, and the types of problem behind it: those that any operation may answer, and further ones.</summary>
    private static string Text(int status, IEnumerable<string> own)
    {
        var slugs = Problems
            .Everywhere.Where(slug => Problems.Statuses[slug] == status)
            .Concat(own)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(slug => $"`/problems/{slug}`")
            .ToList();
        return slugs.Count == 0
            ? Refusals[status].Text
            : $"{Refusals[status].Text}\n\n`type` is {(slugs.Count == 1 ? "" : "one of ")}{string.Join(", ", slugs)}.";
    }

    public static IOpenApiHeader Header(string name, OpenApiDocument? document) =>
        new OpenApiHeaderReference(name, document);

    public static Dictionary<string, IOpenApiHeader> HeadersOf(OpenApiDocument? document, IEnumerable<string> names) =>
        names.ToDictionary(name => name, name => Header(name, document));

    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var used = document
            .Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.Responses!.Values)
            .OfType<OpenApiResponseReference>()
            .Select(answer => answer.Reference.Id)
            .ToHashSet();
        document.Components!.Headers = Headers.ToDictionary(
            header => header.Key,
            header =>
                (IOpenApiHeader)
                    new OpenApiHeader
                    {
                        Description = header.Value,
                        Schema = new OpenApiSchema
                        {
                            Type = header.Key == "Retry-After" ? JsonSchemaType.Integer : JsonSchemaType.String,
                        },
                    }
        );
        document.Components.Responses = Refusals
            .Where(refusal => used.Contains(refusal.Value.Name))
            .ToDictionary(refusal => refusal.Value.Name, refusal => Describe(refusal.Key, document));
    }

    private static IOpenApiResponse Describe(int status, OpenApiDocument document)
    {
        List<string> headers = ["X-Request-Id", "Content-Language"];
        if (status == 401)
            headers.Add("WWW-Authenticate");
        if (status == 416)
            headers.Add("Content-Range");
        if (status is 429 or 503)
            headers.Add("Retry-After");
        if (status == 429)
            headers.AddRange(["RateLimit", "RateLimit-Policy"]);
        return new OpenApiResponse
        {
            Description = Text(status, []),
            Headers = HeadersOf(document, headers),
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference("Problem", document),
                },
            },
        };
    }
}
