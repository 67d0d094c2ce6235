using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain;
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
                    Description =
                        "A city's inward-investment projects through the four lists, and the exclusive first-report claim.",
                }
            );
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
            options.SchemaFilter<Shapes>();
            options.OperationFilter<Conventions>();
        });
    }

    /// <summary>The page on which the contract can be read and tried.</summary>
    public static IApplicationBuilder UseDocumentation(this IApplicationBuilder app) =>
        app.UseSwagger(options => options.RouteTemplate = "swagger/{documentName}/swagger.json")
            .UseSwaggerUI(options =>
            {
                options.SwaggerEndpoint("/openapi.json", "Pipeline");
                options.DocumentTitle = "Pipeline API";
            });

    /// <summary>The document as committed: YAML, OpenAPI 3.1, line feeds.</summary>
    public static async Task<string> Yaml(IServiceProvider services)
    {
        var document = await services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(Name);
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiYamlWriter(writer));
        return writer.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
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

    /// <summary>What holds for all routes: callers, problems, conditional requests, idempotency, languages.</summary>
    private sealed class Conventions : IOperationFilter
    {
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

            if (!metadata.OfType<OpenToAll>().Any())
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
            foreach (var name in metadata.OfType<QueryParameters>().SelectMany(query => query.Names))
                operation.Parameters.Add(
                    new OpenApiParameter
                    {
                        Name = name,
                        In = ParameterLocation.Query,
                        Description =
                            name == "ids"
                                ? $"Ids of projects, separated by commas; at most {QueryReader.MostIds}."
                                : null,
                        Schema = QuerySchema(operation.OperationId, name),
                    }
                );
            if (metadata.OfType<QueryParameters>().Any())
                Problem("400", "A parameter is wrong or unknown.");
            var method = context.ApiDescription.HttpMethod;
            if (method == "POST" && !metadata.OfType<OpenToAll>().Any())
            {
                Header(operation, "Idempotency-Key", false, 128);
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
                Header(operation, "If-Match", true, 200);
            Header(operation, "Accept-Language", false, 100);
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

        private static void Header(OpenApiOperation operation, string name, bool required, int length) =>
            operation.Parameters!.Add(
                new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Header,
                    Required = required,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = length },
                }
            );

        private static OpenApiSchema QuerySchema(string? operation, string name) =>
            name switch
            {
                "from" or "to" when operation == "listAudit" => new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Format = "date-time",
                },
                "from" or "to" when operation == "listSigningNotices" => QuerySchema(operation, "on"),
                "from" or "to" when operation is "readFlow" or "readClaimFigures" => QuerySchema(operation, "month"),
                "limit" => new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Minimum = "1",
                    Maximum = "200",
                    Default = JsonValue.Create(50),
                },
                "count" or "dryRun" or "unread" or "active" or "timely" => new OpenApiSchema
                {
                    Type = JsonSchemaType.Boolean,
                },
                "from" or "to" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
                "minAmount" or "maxAmount" => new OpenApiSchema { Type = JsonSchemaType.Number },
                "asOf" or "on" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
                "month" => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^\\d{4}-\\d{2}$" },
                "updatedSince" or "expiresBefore" => new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Format = "date-time",
                },
                _ => new OpenApiSchema { Type = JsonSchemaType.String },
            };
    }
}
