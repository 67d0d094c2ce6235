using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http.Description;

/// <summary>Which members are always there (C# says `required`, or a record's parameter), and which are absent rather than null.</summary>
internal sealed class Shapes(SchemaTypes types) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema shape)
            return;
        types.Add(Documentation.SchemaId(context.Type), context.Type);
        if (context.Type == typeof(Money))
        {
            shape.Description = "An exact amount: units of the currency (yuan, dollars), at most 2 decimals.";
            shape.Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["amount"] = new OpenApiSchema { Type = JsonSchemaType.Number, Format = "decimal" },
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
}
