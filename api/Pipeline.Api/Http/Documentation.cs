using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using System.Xml.XPath;
using Microsoft.OpenApi;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Http.Description;
using Pipeline.Domain;
using Scalar.AspNetCore;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http;

/// <summary>The contract in machine form, made from the routes.</summary>
public static class Documentation
{
    public const string Name = "v1";

    private const string Written = "3.1.2";

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
                    Contact = new OpenApiContact { Name = "The city's investment-promotion centre" },
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
            options.MapType<JsonNode>(() => new OpenApiSchema());
            options.MapType<JsonObject>(() =>
                new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() }
            );
            options.MapType<decimal>(() => new OpenApiSchema { Type = JsonSchemaType.Number });
            options.IncludeXmlComments(Comments);
            var types = new SchemaTypes();
            options.SchemaFilter<Shapes>(types);
            options.OperationFilter<Conventions>();
            options.DocumentFilter<Tags>();
            options.DocumentFilter<Bodies>(types);
            options.DocumentFilter<Answers>();
            options.DocumentFilter<AnswerExamples>();
        });
    }

    /// <summary>The page on which the contract can be read and tried.</summary>
    public static IApplicationBuilder UseDocumentation(this IApplicationBuilder app) =>
        app.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint("/openapi.json", "Pipeline");
            options.DocumentTitle = "Pipeline API";
            // The groups first, each with what it is about: there are more operations than one looks through.
            options.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.None);
            options.EnableDeepLinking();
            // To try an operation is what one comes for; the token that was asked for here is used from then on.
            options.EnableTryItOutByDefault();
            options.InjectJavascript(TokenScript);
        });

    /// <summary>What makes the page use the token that was asked for on it, until it is left.</summary>
    public static void MapTokenScript(this IEndpointRouteBuilder app) =>
        app.MapGet(TokenScript, () => Results.Text(TakeToken, "text/javascript", Encoding.UTF8))
            .ExcludeFromDescription()
            .Open();

    private const string TokenScript = "/swagger-token.js";
    private const string TakeToken = """
        const asked = window.fetch;
        window.fetch = async (...call) => {
          const answer = await asked(...call);
          if (answer.ok && new URL(answer.url).pathname === '/api/v1/auth/token') {
            const { accessToken } = await answer.clone().json();
            if (accessToken) window.ui.preauthorizeApiKey('bearer', accessToken);
          }
          return answer;
        };
        """;

    /// <summary>The contract to read: everything comes from here, and nothing is asked of anybody else.</summary>
    public static void MapReference(this IEndpointRouteBuilder app) =>
        app.MapScalarApiReference("/reference", (options, context) =>
            {
                options.Title = "Pipeline API";
                options.OpenApiRoutePattern = "/openapi.json";
                options.DefaultFonts = false;
                options.Telemetry = false;
                options.Agent = new ScalarAgentOptions { Disabled = true };
                options.Mcp = new ScalarMcpOptions { Disabled = true };
                options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                options.ShowOperationId = true;
                options.HideClientButton = true;
                options.Nonce = Spa.NonceOf(context);
            })
            .ExcludeFromDescription()
            .Open();

    /// <summary>The document as committed: YAML, OpenAPI 3.1, line feeds.</summary>
    public static async Task<string> Yaml(IServiceProvider services)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        await Write(services, new OpenApiYamlWriter(writer));
        return Named(writer.ToString()).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    /// <summary>The same document as JSON.</summary>
    public static async Task<string> AsJson(IServiceProvider services)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        await Write(services, new OpenApiJsonWriter(writer, new OpenApiJsonWriterSettings { Terse = true }));
        return Named(writer.ToString());
    }

    private static async Task Write(IServiceProvider services, IOpenApiWriter writer) =>
        (await services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(Name)).SerializeAsV31(writer);

    /// <summary>Under the first number of its version, which says the same and which older readers know.</summary>
    private static string Named(string document)
    {
        var at = document.IndexOf(Written, StringComparison.Ordinal);
        return string.Concat(document.AsSpan(0, at), "3.1.0", document.AsSpan(at + Written.Length));
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

    internal static string SchemaId(Type type)
    {
        if (type.IsGenericType)
            return string.Concat(type.GetGenericArguments().Select(SchemaId))
                + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return type.DeclaringType is { } outer ? outer.Name + type.Name : type.Name;
    }
}
