using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Pipeline.Api.Http.Access;
using Pipeline.Domain;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http.Description;

/// <summary>What holds for all routes: callers, problems, conditional requests, idempotency, languages.</summary>
internal sealed class Conventions : IOperationFilter
{
    public const string Text = """
        A city's inward-investment projects through the four lists, and the exclusive first-report claim.

        **Callers.** `Authorization: Bearer …` with the access token of `POST /auth/token`, or with a key for machines (`ppl_…`). Each operation says which roles and scopes may call it; what a caller may not know of answers 404.

        **Problems** are `application/problem+json` (RFC 9457): `type` names the kind and leads to a page about it, `errors` says what is wrong by the path of each member, each with a stable `code`.

        **Changes** need `If-Match` with the `ETag` of the version they are based on (412 where it has changed meanwhile). A POST with an `Idempotency-Key` can be repeated safely for 24 hours. `validateOnly=true` checks everything and stores nothing; with `Prefer: handling=lenient` what state or rule refuses is told in an answer of 200.

        **Lists** come in pages: ask again with `cursor` = `nextCursor` until it is null. Unknown parameters are refused.

        **HTTP.** `HEAD` answers as `GET` does, without a body; `OPTIONS` names the methods of a path, and any other answers 405 with `Allow`. An address of more than 8 KiB answers 414.

        **Values.** Amounts are exact decimals in units of their currency (yuan, not 万 or 亿). Days are days of the city's calendar (`2026-03-05`), instants are UTC with milliseconds. Members and values of choices may be added: ignore what you do not know.
        """;

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod ?? "";
        operation.Parameters ??= [];
        operation.Responses ??= [];
        var open = metadata.OfType<OpenToAll>().Any();
        if (open)
        {
            operation.Security = [];
            Say(operation, "Allowed: anybody.");
        }
        else
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [],
                },
            ];
            if (metadata.OfType<Needs>().FirstOrDefault() is { } needs)
                Say(operation, Allowed(Permissions.Table[needs.Act]));
        }

        foreach (var parameter in metadata.OfType<QueryParameters>().SelectMany(query => query.All))
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = parameter.Name,
                    In = ParameterLocation.Query,
                    Description = parameter.Description,
                    Schema = parameter.Schema,
                }
            );
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            if (parameter.In == ParameterLocation.Path)
                Describe(parameter, context.ApiDescription.RelativePath ?? "", metadata.OfType<PathParameter>());
        var kept = method == "POST" && !open;
        if (kept)
            Header(
                operation,
                "Idempotency-Key",
                false,
                128,
                "Makes a repetition harmless: within 24 hours the same key with the same body gives the first answer again."
            );
        if (RoutePolicies.TakesValidateOnly(method, metadata))
            ValidateOnly(operation, context);

        if (operation.RequestBody?.Content?.TryGetValue("multipart/form-data", out var form) == true)
        {
            ((OpenApiMediaType)form).Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                },
                Required = new HashSet<string> { "file" },
            };
        }

        var needsIfMatch = metadata.OfType<IfMatchNeeded>().Any();
        if (needsIfMatch)
            Header(operation, "If-Match", true, 200, "The `ETag` of the version that is to be changed.");
        Header(
            operation,
            "Accept-Language",
            false,
            100,
            "The language of messages: `zh-CN`, which is the standard, or `en`."
        );
        if (metadata.OfType<BodyExample>().LastOrDefault() is { } example)
            foreach (var media in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
                media.Example = JsonNode.Parse(example.Json);
        if (
            metadata
                .OfType<RefusalsWithin>()
                .SelectMany(within => within.Slugs)
                .Order(StringComparer.Ordinal)
                .ToList() is
            { Count: > 0 } within
        )
            operation.Description +=
                $"\n\nWithin the answer may be told, besides what a single call refuses: {string.Join(", ", within.Select(slug => $"`{slug}`"))}.";
        operation.Deprecated = metadata.OfType<Deprecated>().Any();
        foreach (var (name, text) in metadata.OfType<HeaderTaken>())
            Header(operation, name, false, 100, text);
        DescribeAnswers(operation, context, kept, needsIfMatch);
        if (metadata.OfType<RangesAnswered>().Any())
            DescribeRanges(operation, context);
        List<int> refusals = [400, 429, 500, 503];
        if (!open)
            refusals.AddRange([401, 403]);
        if (operation.Parameters.Any(parameter => parameter.In == ParameterLocation.Path))
            refusals.Add(404);
        if (kept)
            refusals.AddRange([409, 422]);
        if (operation.RequestBody is not null)
            refusals.AddRange([401, 413, 415]);
        refusals.AddRange(
            operation
                .Responses.Keys.Where(status => status.All(char.IsAsciiDigit))
                .Select(status => int.Parse(status, CultureInfo.InvariantCulture))
                .Where(Answers.Shares)
        );
        var own = metadata.OfType<OwnRefusals>().SelectMany(refusals => refusals.Slugs).ToHashSet();
        foreach (var status in refusals)
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = Answers.Refusal(
                status,
                context.Document,
                own
            );
        var ordered = operation.Responses.OrderBy(answer => answer.Key, StringComparer.Ordinal).ToList();
        operation.Responses.Clear();
        foreach (var (status, answer) in ordered)
            operation.Responses.Add(status, answer);
    }

    /// <summary>Adds to what the route says of itself.</summary>
    private static void Say(OpenApiOperation operation, string text) =>
        operation.Description = string.IsNullOrWhiteSpace(operation.Description)
            ? text
            : $"{operation.Description}\n\n{text}";

    /// <summary>The headers of what succeeds; of a record that was read before, that it has not changed since.</summary>
    private static void DescribeAnswers(
        OpenApiOperation operation,
        OperationFilterContext context,
        bool kept,
        bool needsIfMatch
    )
    {
        var reads = context.ApiDescription.HttpMethod == "GET";
        var shape = context
            .ApiDescription.SupportedResponseTypes.FirstOrDefault(answer => answer.StatusCode is >= 200 and < 300)
            ?.Type;
        var versioned =
            shape?.GetProperty("Version") is not null
            || (needsIfMatch && shape is not null)
            || context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<VersionAnswered>().Any();
        foreach (var (status, answer) in operation.Responses!)
        {
            if (status[0] is not ('2' or '3') || answer is not OpenApiResponse described)
                continue;
            List<string> headers = ["X-Request-Id", "RateLimit", "RateLimit-Policy"];
            if (versioned && status is "200" or "201" or "202")
                headers.Add("ETag");
            if (status is "201" or "202")
                headers.Add("Location");
            if (shape is { IsGenericType: true } && shape.GetGenericTypeDefinition() == typeof(Page<>))
                headers.Add("Link");
            if (kept)
                headers.Add("Idempotency-Replayed");
            foreach (var kind in Downloads(context, status))
            {
                headers.Add("Content-Disposition");
                described.Content ??= new Dictionary<string, IOpenApiMediaType>();
                described.Content[kind] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                };
            }

            described.Headers = Answers.HeadersOf(context.Document, headers.Distinct());
        }

        if (!reads || !versioned)
            return;
        Header(
            operation,
            "If-None-Match",
            false,
            1000,
            "The `ETag` of what is known: if it still holds, the answer is 304."
        );
        operation.Responses.TryAdd(
            "304",
            new OpenApiResponse
            {
                Description = "What `If-None-Match` names still holds.",
                Headers = Answers.HeadersOf(context.Document, ["ETag", "X-Request-Id"]),
            }
        );
    }

    private static void DescribeRanges(OpenApiOperation operation, OperationFilterContext context)
    {
        Header(operation, "Range", false, 100, "The part of the file that is wanted: `bytes=0-1023`.");
        var whole = (OpenApiResponse)operation.Responses!["200"];
        whole.Headers!["Accept-Ranges"] = Answers.Header("Accept-Ranges", context.Document);
        var part = new OpenApiResponse
        {
            Description = "The part that `Range` names.",
            Content = whole.Content,
            Headers = new Dictionary<string, IOpenApiHeader>(whole.Headers)
            {
                ["Content-Range"] = Answers.Header("Content-Range", context.Document),
            },
        };
        operation.Responses.Add("206", part);
        operation.Responses.Add("416", Answers.Refusal(416, context.Document, []));
    }

    /// <summary>The kinds of file that an operation answers with: what its route says and no shape is told of.</summary>
    private static IEnumerable<string> Downloads(OperationFilterContext context, string status) =>
        context
            .ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>()
            .Where(answer =>
                answer.StatusCode.ToString(CultureInfo.InvariantCulture) == status
                && (answer.Type is null || answer.Type == typeof(void))
            )
            .SelectMany(answer => answer.ContentTypes);

    /// <summary>The flag, and the one answer that everything gives to it.</summary>
    private static void ValidateOnly(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Parameters!.Add(
            new OpenApiParameter
            {
                Name = "validateOnly",
                In = ParameterLocation.Query,
                Description =
                    "`true`: everything is checked and nothing stored; what would have succeeded answers 200 with a DryRun, whose media type is `application/vnd.pipeline.dry-run+json`.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
            }
        );
        var dry = context.SchemaGenerator.GenerateSchema(typeof(DryRun), context.SchemaRepository);
        // Generators take the answer of the lowest status for the effect, so a range says what is answered beside another one.
        var status = operation.Responses!.ContainsKey("200") ? "200" : "2XX";
        operation.Responses.TryAdd(status, new OpenApiResponse { Description = "Nothing was stored (200)." });
        var answer = (OpenApiResponse)operation.Responses[status];
        answer.Content ??= new Dictionary<string, IOpenApiMediaType>();
        answer.Content[DryRun.MediaType] = new OpenApiMediaType { Schema = dry };
    }

    private static void Header(
        OpenApiOperation operation,
        string name,
        bool required,
        int length,
        string description
    ) =>
        operation.Parameters!.Add(
            new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Required = required,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = length },
            }
        );

    /// <summary>What stands at a place of the path: what the route says, else the id of what the word before it names.</summary>
    private static void Describe(OpenApiParameter parameter, string path, IEnumerable<PathParameter> told)
    {
        if (told.FirstOrDefault(path => path.Parameter.Name == parameter.Name) is { Parameter: var known })
        {
            (parameter.Description, parameter.Schema) = (known.Description, known.Schema);
            return;
        }

        var words = path.Split('/');
        var before = words[
            Array.FindIndex(words, word => word.StartsWith($"{{{parameter.Name}}}", StringComparison.Ordinal)) - 1
        ]
            .Replace('-', ' ');
        parameter.Description = $"The id of the {Singular(before)}.";
    }

    private static string Singular(string word) =>
        word switch
        {
            _ when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            _ when word.EndsWith("aliases", StringComparison.Ordinal) => word[..^2],
            _ => word.TrimEnd('s'),
        };

    /// <summary>Who may use a route, from the one table: "officer (own), coordinator (city) · projects:write (own)".</summary>
    private static string Allowed(Grant grant)
    {
        static string Names(Relations relations) =>
            string.Join(
                ", ",
                Enum.GetValues<Relations>()
                    .Where(relation => relation is not (Relations.None or Relations.Any) && relations.HasFlag(relation))
                    .Select(Slug.Of)
            );
        static string Of(string who, Relations relations) =>
            Names(relations) is { Length: > 0 } names ? $"{who} ({names})" : who;
        var people = string.Join(
            ", ",
            grant.Roles.OrderBy(role => role.Key).Select(role => Of(Slug.Of(role.Key), role.Value))
        );
        var machines = string.Join(
            ", ",
            grant.Scopes.OrderBy(scope => scope.Key).Select(scope => Of(Scopes.Name(scope.Key), scope.Value))
        );
        return $"Allowed: {people}{(machines.Length == 0 ? "" : $" · keys: {machines}")}.";
    }
}
