using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using System.Xml.XPath;
using Microsoft.OpenApi;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http;

/// <summary>The contract in machine form, made from the routes.</summary>
public static class Documentation
{
    public const string Name = "v1";

    public static void AddDocumentation(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(
                Name,
                new OpenApiInfo
                {
                    Title = "Pipeline",
                    Version = "1",
                    Description = Conventions.Text,
                    License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
                }
            );
            options.AddServer(new OpenApiServer { Url = "/", Description = "Where this description was read." });
            options.AddSecurityDefinition(
                "bearer",
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "The access token of POST /auth/token, or a key that begins with ppl_.",
                }
            );
            options.CustomSchemaIds(SchemaId);
            options.SupportNonNullableReferenceTypes();
            options.MapType<IsoDuration>(() =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "ISO 8601 duration.",
                    Examples = [JsonValue.Create("P1M")],
                }
            );
            options.MapType<DateOnly>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" });
            options.MapType<JsonNode>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
            options.MapType<decimal>(() => new OpenApiSchema { Type = JsonSchemaType.Number });
            options.IncludeXmlComments(Comments);
            options.SchemaFilter<Shapes>();
            options.OperationFilter<Conventions>();
            options.DocumentFilter<Tags>();
        });
    }

    /// <summary>The page on which the contract can be read and tried.</summary>
    public static IApplicationBuilder UseDocumentation(this IApplicationBuilder app) =>
        app.UseSwagger(options => options.RouteTemplate = "swagger/{documentName}/swagger.json")
            .UseSwaggerUI(options =>
            {
                options.SwaggerEndpoint("/openapi.json", "Pipeline");
                options.DocumentTitle = "Pipeline API";
                // The groups first, each with what it is about: there are more operations than one looks through.
                options.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.None);
                options.EnableDeepLinking();
            });

    /// <summary>The document as committed: YAML, OpenAPI 3.1, line feeds.</summary>
    public static async Task<string> Yaml(IServiceProvider services)
    {
        var document = await services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(Name);
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiYamlWriter(writer));
        return writer.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    /// <summary>The comments of the program, with those that a member takes over from another filled in.</summary>
    private static XPathDocument Comments()
    {
        var all = new XElement(
            "members",
            Directory
                .GetFiles(AppContext.BaseDirectory, "Pipeline.*.xml")
                .SelectMany(file => XDocument.Load(file).Descendants("member"))
                .DistinctBy(member => (string?)member.Attribute("name"))
        );
        var members = all.Elements().ToDictionary(member => (string)member.Attribute("name")!);
        foreach (var member in members.Values)
            if (
                (string?)member.Element("inheritdoc")?.Attribute("cref") is { } other
                && members.TryGetValue(other, out var told)
            )
                member.ReplaceNodes(told.Nodes());
        return new XPathDocument(new XDocument(new XElement("doc", all)).CreateReader());
    }

    private static string SchemaId(Type type)
    {
        if (type.IsGenericType)
            return string.Concat(type.GetGenericArguments().Select(SchemaId))
                + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return type.DeclaringType is { } outer ? outer.Name + type.Name : type.Name;
    }

    /// <summary>Which members are always there (C# says `required`, or a record's parameter), and which are absent rather than null.</summary>
    private sealed class Shapes : ISchemaFilter
    {
        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            if (schema is not OpenApiSchema shape)
                return;
            if (context.Type == typeof(Money))
            {
                shape.Description = "An exact amount: units of the currency (yuan, dollars), at most 2 decimals.";
                shape.Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["amount"] = new OpenApiSchema { Type = JsonSchemaType.Number },
                    ["currency"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Description = "ISO 4217.",
                        Pattern = "^[A-Z]{3}$",
                    },
                };
                shape.Required = new HashSet<string> { "amount", "currency" };
                return;
            }

            if (
                shape.Properties is not { Count: > 0 } properties
                || context.Type.Namespace?.StartsWith("Pipeline", StringComparison.Ordinal) != true
            )
                return;
            if (context.Type == typeof(ProjectBody))
                shape.AddExtension("x-facts", new JsonNodeExtension(PlainFactTexts()));
            var nullability = new NullabilityInfoContext();
            var parameters = context
                .Type.GetConstructors()
                .OrderByDescending(constructor => constructor.GetParameters().Length)
                .First()
                .GetParameters()
                .Where(parameter => nullability.Create(parameter).WriteState != NullabilityState.Nullable)
                .Select(parameter => parameter.Name)
                .ToHashSet();
            shape.Required = new SortedSet<string>(StringComparer.Ordinal);
            // A record's own members before those that it takes over.
            var own = context
                .Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
                .ToHashSet();
            shape.Properties = properties = properties
                .OrderBy(property => own.Contains(property.Key) ? 0 : 1)
                .ToDictionary();
            foreach (var property in context.Type.GetProperties())
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                if (!properties.TryGetValue(name, out var member))
                    continue;
                var explicitNull =
                    property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Never;
                var always = explicitNull && !typeof(IToldInPart).IsAssignableFrom(context.Type);
                if (
                    always
                    || property.GetCustomAttribute<RequiredMemberAttribute>() is not null
                    || parameters.Contains(property.Name)
                )
                    shape.Required.Add(name);
                if (!explicitNull && member is OpenApiSchema { Type: { } type } inline)
                    inline.Type = type & ~JsonSchemaType.Null;
                else if (explicitNull && member is OpenApiSchemaReference)
                    properties[name] = new OpenApiSchema
                    {
                        OneOf = [member, new OpenApiSchema { Type = JsonSchemaType.Null }],
                    };
            }
        }
    }

    /// <summary>What the plain facts of a project are called and hold, so that forms and lists follow this description.</summary>
    private static JsonArray PlainFactTexts() =>
        [
            .. PlainFact.All.Select(fact => new JsonObject
            {
                ["name"] = fact.Name,
                ["column"] = fact.Key,
                ["shape"] = Slug.Of(fact.Shape),
                ["zh"] = fact.Zh,
                ["en"] = fact.En,
                ["past"] = fact.Past,
                ["choices"] = new JsonArray([
                    .. fact.Choices.Select(choice => new JsonObject
                    {
                        ["value"] = choice.Slug,
                        ["zh"] = choice.Zh,
                        ["en"] = choice.En,
                    }),
                ]),
            }),
        ];

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

    /// <summary>What the groups of operations are about, as their routes say.</summary>
    private sealed class Tags : IDocumentFilter
    {
        public void Apply(OpenApiDocument document, DocumentFilterContext context)
        {
            var told = context
                .ApiDescriptions.SelectMany(api => api.ActionDescriptor.EndpointMetadata.OfType<TagText>())
                .DistinctBy(tag => tag.Name)
                .ToDictionary(tag => tag.Name, tag => tag.Text, StringComparer.Ordinal);
            var names = document
                .Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
                .SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>())
                .Select(tag => tag.Name!)
                .Distinct()
                .Order(StringComparer.Ordinal);
            document.Tags = new HashSet<OpenApiTag>(
                names.Select(name => new OpenApiTag { Name = name, Description = told.GetValueOrDefault(name) })
            );
        }
    }

    /// <summary>What holds for all routes: callers, problems, conditional requests, idempotency, languages.</summary>
    private sealed class Conventions : IOperationFilter
    {
        public const string Text = """
            A city's inward-investment projects through the four lists, and the exclusive first-report claim.

            **Callers.** `Authorization: Bearer …` with the access token of `POST /auth/token`, or with a key for machines (`ppl_…`). Each operation says which roles and scopes may call it; what a caller may not know of answers 404.

            **Problems** are `application/problem+json` (RFC 9457): `type` names the kind and leads to a page about it, `errors` says what is wrong by the path of each member, each with a stable `code`.

            **Changes** need `If-Match` with the `ETag` of the version they are based on (412 where it has changed meanwhile). A POST with an `Idempotency-Key` can be repeated safely for 24 hours. `validateOnly=true` checks everything and stores nothing.

            **Lists** come in pages: ask again with `cursor` = `nextCursor` until it is null. Unknown parameters are refused.

            **Values.** Amounts are exact decimals in units of their currency (yuan, not 万 or 亿). Days are days of the city's calendar (`2026-03-05`), instants are UTC with milliseconds. Members and values of choices may be added: ignore what you do not know.
            """;

        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            operation.Parameters ??= [];
            operation.Responses ??= [];
            var problem = new OpenApiMediaType
            {
                Schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository),
            };
            void Problem(string status, string description) =>
                operation.Responses.TryAdd(
                    status,
                    new OpenApiResponse
                    {
                        Description = description,
                        Content = new Dictionary<string, IOpenApiMediaType> { ["application/problem+json"] = problem },
                    }
                );

            if (metadata.OfType<OpenToAll>().Any())
                operation.Security = [];
            else
            {
                operation.Security =
                [
                    new OpenApiSecurityRequirement
                    {
                        [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [],
                    },
                ];
                Problem("401", "No caller.");
                Problem("403", "The caller may not do this.");
                if (metadata.OfType<Needs>().FirstOrDefault() is { } needs)
                    operation.Description = Allowed(Permissions.Table[needs.Act]);
            }

            Problem("503", "The database is away, or the clock cannot be trusted.");
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
            if (metadata.OfType<QueryParameters>().Any())
                Problem("400", "A parameter is wrong or unknown.");
            var method = context.ApiDescription.HttpMethod;
            if (method == "POST" && !metadata.OfType<OpenToAll>().Any())
            {
                Header(
                    operation,
                    "Idempotency-Key",
                    false,
                    128,
                    "Makes a repetition harmless: within 24 hours the same key with the same body gives the first answer again."
                );
            }

            if (method is not null && RoutePolicies.TakesValidateOnly(method, metadata))
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

            if (metadata.OfType<IfMatchNeeded>().Any())
                Header(operation, "If-Match", true, 200, "The `ETag` of the version that is to be changed.");
            Header(
                operation,
                "Accept-Language",
                false,
                100,
                "The language of messages: `zh-CN`, which is the standard, or `en`."
            );
        }

        /// <summary>The flag, and the one answer that everything gives to it.</summary>
        private static void ValidateOnly(OpenApiOperation operation, OperationFilterContext context)
        {
            operation.Parameters!.Add(
                new OpenApiParameter
                {
                    Name = "validateOnly",
                    In = ParameterLocation.Query,
                    Description =
                        "`true`: everything is checked and nothing stored; what would have succeeded answers 200 with a DryRun.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
                }
            );
            var dry = context.SchemaGenerator.GenerateSchema(typeof(DryRun), context.SchemaRepository);
            operation.Responses!.TryAdd("200", new OpenApiResponse { Description = "Nothing was stored." });
            var answer = (OpenApiResponse)operation.Responses["200"];
            answer.Content ??= new Dictionary<string, IOpenApiMediaType>();
            var schema =
                answer.Content.TryGetValue("application/json", out var done) && done.Schema is { } own
                    ? new OpenApiSchema { OneOf = [own, dry] }
                    : dry;
            answer.Content["application/json"] = new OpenApiMediaType { Schema = schema };
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
            var before = words[Array.IndexOf(words, $"{{{parameter.Name}}}") - 1].Replace('-', ' ');
            parameter.Description = $"The id of the {Singular(before)}.";
        }

        private static string Singular(string word) =>
            word switch
            {
                _ when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
                _ when word.EndsWith("aliases", StringComparison.Ordinal) => word[..^2],
                _ => word.TrimEnd('s'),
            };
    }
}
