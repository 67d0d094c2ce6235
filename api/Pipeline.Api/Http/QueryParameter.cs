using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>A parameter of a query as the contract tells it: its name, what may stand in it, and what it does.</summary>
public sealed record QueryParameter(string Name, string Description, OpenApiSchema Schema)
{
    /// <summary>The values it may take; empty where it is no choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>Parameters that may stand several times.</summary>
public static class SeveralValues
{
    /// <summary>So many values may one parameter have.</summary>
    public const int Most = 20;

    /// <summary>The same parameter, which may stand several times: what fits any of its values is found.</summary>
    public static QueryParameter OrSeveral(this QueryParameter parameter) =>
        parameter with
        {
            Description = $"{parameter.Description} May stand several times, for any of its values.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = parameter.Schema,
                MaxItems = Most,
            },
        };
}

/// <summary>The kinds of query parameter, and those that mean the same everywhere.</summary>
public static class Query
{
    public static readonly QueryParameter Limit = new(
        "limit",
        "How many items a page has at most.",
        new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = "200",
            Default = JsonValue.Create(50),
        }
    );

    public static readonly QueryParameter Cursor = Text(
        "cursor",
        "Where the page begins: `nextCursor` of the page before. It holds for the same caller, filters and order."
    );

    public static readonly QueryParameter Count = Flag("count", "Whether `total` is told as well.");

    public static readonly QueryParameter Unit = Text("jurisdictionId", "Only what belongs to this unit.");

    public static readonly QueryParameter Project = Text("projectId", "Only what belongs to this project.");

    /// <summary>The pages of a list: <c>limit</c> and <c>cursor</c>.</summary>
    public static readonly QueryParameter[] Pages = [Limit, Cursor];

    /// <summary>The pages of a list that is counted on request.</summary>
    public static readonly QueryParameter[] CountedPages = [Limit, Cursor, Count];

    public static QueryParameter Text(string name, string description) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.String });

    public static QueryParameter Flag(string name, string description) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.Boolean });

    public static QueryParameter Amount(string name, string description) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.Number });

    public static QueryParameter Whole(string name, string description) =>
        new(
            name,
            description,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Minimum = "1",
            }
        );

    public static QueryParameter Date(string name, string description) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" });

    public static QueryParameter Instant(string name, string description) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });

    public static QueryParameter Month(string name, string description) =>
        new(name, description, new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^\\d{4}-\\d{2}$" });

    /// <summary>One of the values of an enumeration, by its slug.</summary>
    public static QueryParameter Choice<T>(string name, string description)
        where T : struct, Enum => Choice(name, description, [.. Slug.All<T>()]);

    public static QueryParameter Choice(string name, string description, IReadOnlyList<string> choices) =>
        new(
            name,
            description,
            new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. choices.Select(choice => (JsonNode)JsonValue.Create(choice))],
            }
        )
        {
            Choices = choices,
        };

    /// <summary>The order of a list: its fields, each also descending.</summary>
    /// <param name="standard">The order when none is asked for.</param>
    public static QueryParameter Sort(string standard, params string[] fields)
    {
        var choice = Choice(
            "sort",
            $"The order; with a minus before it descending. Without it `{standard}`.",
            [.. fields.SelectMany(field => new[] { field, "-" + field })]
        );
        choice.Schema.Default = JsonValue.Create(standard);
        return choice;
    }
}
