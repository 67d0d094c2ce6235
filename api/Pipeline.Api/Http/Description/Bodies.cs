using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pipeline.Api.Http.Access;
using Pipeline.Domain;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pipeline.Api.Http.Description;

/// <summary>
/// What is sent is described more strictly than what is answered: no member that is not told, what must be there, how long it may be, and null where a member may be left out.
/// Answers stay open, since they may gain members. A shape that is both sent and answered stands twice, as <c>X</c> and <c>XInput</c>; a merge patch of one is <c>XPatch</c>, one of which any member may be missing <c>XPart</c>.
/// </summary>
internal sealed class Bodies(SchemaTypes types) : IDocumentFilter
{
    private const string Input = "Input",
        MergePatch = "application/merge-patch+json";

    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var schemas = document.Components!.Schemas!;
        var operations = document
            .Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .ToList();
        var answered = Reached(
            schemas,
            operations.SelectMany(operation =>
                operation.Responses!.Values.SelectMany(answer => (answer as OpenApiResponse)?.Content?.Values ?? [])
            )
        );
        var sent = new Sent(document, types, answered);
        var partial = context
            .ApiDescriptions.Select(api => api.ActionDescriptor.EndpointMetadata)
            .Where(metadata => metadata.OfType<PartialBody>().Any())
            .ToDictionary(
                metadata => metadata.OfType<IEndpointNameMetadata>().Last().EndpointName,
                metadata => metadata.OfType<PartialBody>().Last().Needed
            );
        foreach (var operation in operations)
        {
            var contents = operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>();
            var asked =
                contents.ContainsKey(MergePatch) ? Extent.Patch
                : partial.ContainsKey(operation.OperationId!) ? Extent.Part
                : Extent.Whole;
            foreach (var media in contents.Values.OfType<OpenApiMediaType>())
                if (media.Schema is OpenApiSchemaReference { Reference.Id: { } id })
                    media.Schema = sent.Of(id, asked, partial.GetValueOrDefault(operation.OperationId!));
        }

        sent.Finish();
        foreach (var id in answered)
            if (schemas[id] is OpenApiSchema shape)
                shape.AdditionalPropertiesAllowed = true;
        foreach (var id in schemas.Keys.Except(answered).Except(sent.Ids).ToList())
            schemas.Remove(id);
        document.Components.Schemas = schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).ToDictionary();
    }

    /// <summary>How much of a body is sent.</summary>
    private enum Extent
    {
        /// <summary>All that must be there.</summary>
        Whole,

        /// <summary>Any of the members, each whole.</summary>
        Part,

        /// <summary>Any of the members, null to take one away, and so within those that are objects themselves (RFC 7396).</summary>
        Patch,
    }

    /// <summary>The ids of the schemas that contents lead to.</summary>
    private static HashSet<string> Reached(
        IDictionary<string, IOpenApiSchema> schemas,
        IEnumerable<IOpenApiMediaType> contents
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<IOpenApiSchema?>(contents.Select(content => content.Schema));
        while (left.TryPop(out var schema))
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            {
                if (seen.Add(id))
                    left.Push(schemas[id]);
                continue;
            }

            foreach (var part in Parts(schema as OpenApiSchema))
                left.Push(part);
        }

        return seen;
    }

    private static IEnumerable<IOpenApiSchema?> Parts(OpenApiSchema? schema) =>
        schema is null
            ? []
            :
            [
                .. schema.Properties?.Values ?? [],
                schema.Items,
                schema.AdditionalProperties,
                .. schema.OneOf ?? [],
                .. schema.AnyOf ?? [],
                .. schema.AllOf ?? [],
            ];

    /// <summary>The shapes that are sent, each made once from what the type says.</summary>
    private sealed class Sent(OpenApiDocument document, SchemaTypes types, HashSet<string> answered)
    {
        private readonly Dictionary<string, OpenApiSchema> made = new(StringComparer.Ordinal);

        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        public IOpenApiSchema Of(string id, Extent extent, IReadOnlyList<string>? needed = null)
        {
            var given = (OpenApiSchema)document.Components!.Schemas![id];
            var name =
                given.Properties is null ? id
                : extent != Extent.Whole ? id + extent
                : answered.Contains(id) ? id + Input
                : id;

            // A choice or a text is the same wherever it stands.
            if (Ids.Add(name) && given.Properties is not null)
                made[name] = Strict(given, types.Of(id), extent, needed ?? []);
            return new OpenApiSchemaReference(name, document);
        }

        public void Finish()
        {
            foreach (var (name, schema) in made)
                document.Components!.Schemas![name] = schema;
        }

        private OpenApiSchema Strict(OpenApiSchema given, Type? type, Extent extent, IReadOnlyList<string> needed)
        {
            var strict = (OpenApiSchema)given.CreateShallowCopy();
            strict.AdditionalPropertiesAllowed = false;
            if (type == typeof(Money))
                return MoneySent(strict, extent);
            var limits = type is null ? BodyLimits.None : BodyLimits.Of(type);
            var required = new SortedSet<string>(limits.Required, StringComparer.Ordinal);
            if (extent != Extent.Whole)
                required.IntersectWith(needed);
            strict.Required = required;
            strict.Properties = given.Properties!.ToDictionary(
                member => member.Key,
                member =>
                {
                    var sent = limits.Hold(
                        member.Key,
                        Inner(member.Value, extent == Extent.Part ? Extent.Whole : extent)
                    );
                    return extent == Extent.Patch || (MayBeNull(type, member.Key) && !required.Contains(member.Key))
                        ? OrNull(sent)
                        : sent;
                }
            );
            return strict;
        }

        /// <summary>An amount that can be stored, in a currency that is taken.</summary>
        private static OpenApiSchema MoneySent(OpenApiSchema money, Extent extent)
        {
            if (extent != Extent.Whole)
                money.Required = null;
            money.Properties = new Dictionary<string, IOpenApiSchema>(money.Properties!)
            {
                ["amount"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Number,
                    Format = "decimal",
                    Minimum = "0",
                    Maximum = Money.Max.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
                ["currency"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "ISO 4217.",
                    Enum =
                    [
                        .. Validation
                            .Currencies.Order(StringComparer.Ordinal)
                            .Select(code => (JsonNode)JsonValue.Create(code)),
                    ],
                },
            };
            return money;
        }

        private IOpenApiSchema Inner(IOpenApiSchema schema, Extent extent)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id } reference)
            {
                var to = (OpenApiSchemaReference)Of(id, extent);
                to.Description = reference.Reference.Description;
                return to;
            }

            var copy = (OpenApiSchema)schema.CreateShallowCopy();
            copy.Items = copy.Items is null ? null : Inner(copy.Items, Extent.Whole);
            copy.AdditionalProperties = copy.AdditionalProperties is null
                ? null
                : Inner(copy.AdditionalProperties, Extent.Whole);
            copy.OneOf = copy.OneOf?.Select(one => Inner(one, extent)).ToList();
            return copy;
        }

        private static IOpenApiSchema OrNull(IOpenApiSchema schema)
        {
            if (schema is OpenApiSchema { Type: { } type } inline)
            {
                inline.Type = type | JsonSchemaType.Null;
                inline.Enum = inline.Enum is { Count: > 0 } values
                    ? [.. values, JsonNullSentinel.JsonNull]
                    : inline.Enum;
                return inline;
            }

            return schema is OpenApiSchemaReference reference
                ? new OpenApiSchema
                {
                    Description = reference.Reference.Description,
                    OneOf =
                    [
                        new OpenApiSchemaReference(reference.Reference.Id!, null),
                        new OpenApiSchema { Type = JsonSchemaType.Null },
                    ],
                }
                : schema;
        }

        private static bool MayBeNull(Type? type, string member) =>
            type
                ?.GetProperties()
                .FirstOrDefault(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == member)
                is { } property
            && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
    }
}

/// <summary>Which type each schema of the description stands for.</summary>
internal sealed class SchemaTypes
{
    private readonly Dictionary<string, Type> known = new(StringComparer.Ordinal);

    public Type? Of(string schema) => known.GetValueOrDefault(schema);

    public void Add(string schema, Type type) => known[schema] = type;
}
