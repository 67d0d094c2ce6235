using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipeline.Api.Tests.Contract;

/// <summary>
/// What clients that were made from a description depend on, a line each: <c>+</c> may not vanish; <c>!</c> is asked for and may not come to what was there before;
/// <c>&lt;</c>, <c>&gt;</c> and <c>~</c> are limits and patterns of what is sent, which may not become narrower. What is answered may gain members and values, what is taken may ask for less.
/// </summary>
internal sealed class Promises
{
    private static readonly (string Name, char Mark)[] Limits =
    [
        ("maxLength", '<'),
        ("maxItems", '<'),
        ("maximum", '<'),
        ("minLength", '>'),
        ("minItems", '>'),
        ("minimum", '>'),
        ("pattern", '~'),
    ];

    /// <summary>The headers that clients go by.</summary>
    private static readonly string[] Followed = ["ETag", "Location", "Link", "Content-Disposition", "Accept-Ranges"];

    private readonly JsonObject document;
    private readonly SortedSet<string> lines = new(StringComparer.Ordinal);
    private readonly HashSet<(string Schema, bool Taken)> walked = [];

    private Promises(JsonObject document) => this.document = document;

    public static IReadOnlyCollection<string> Of(JsonObject document)
    {
        var promises = new Promises(document);
        foreach (var (path, methods) in document["paths"]!.AsObject())
        foreach (var (method, operation) in methods!.AsObject())
            promises.Add($"{method.ToUpperInvariant()} {path}", operation!.AsObject());
        return promises.lines;
    }

    /// <summary>What breaks a client of the description before; additions do not.</summary>
    public static IReadOnlyList<string> Broken(IReadOnlyCollection<string> before, IReadOnlyCollection<string> now)
    {
        var (kept, known) = (now.ToHashSet(), before.ToHashSet());
        var subjects = before.Select(SubjectOf).ToHashSet();
        var members = before.Where(line => line[0] == '+').Select(MemberOf).ToHashSet();
        var limits = before.Where(IsLimit).ToDictionary(LimitOf, ValueOf);
        return
        [
            .. before.Where(line => line[0] == '+' && !kept.Contains(line)).Select(line => $"gone: {line[2..]}"),
            .. now.Where(line => line[0] == '!' && !known.Contains(line) && subjects.Contains(SubjectOf(line)))
                .Select(line => $"asked for now: {line[2..]}"),
            .. now.Where(line => IsLimit(line) && members.Contains(MemberOf(line)) && !IsAsWide(line))
                .Select(line => $"narrower now: {line[2..]}"),
        ];

        bool IsAsWide(string line) =>
            limits.TryGetValue(LimitOf(line), out var was)
            && line[0] switch
            {
                '<' => decimal.Parse(ValueOf(line), CultureInfo.InvariantCulture)
                    >= decimal.Parse(was, CultureInfo.InvariantCulture),
                '>' => decimal.Parse(ValueOf(line), CultureInfo.InvariantCulture)
                    <= decimal.Parse(was, CultureInfo.InvariantCulture),
                _ => ValueOf(line) == was,
            };
    }

    /// <summary>The lines under a heading for each operation and schema, for a file.</summary>
    public static IEnumerable<string> Grouped(IEnumerable<string> lines) =>
        lines
            .GroupBy(SubjectOf)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group =>
                group.Select(line => $"{line[0]} {line[(group.Key.Length + 5)..]}").Prepend($"# {group.Key}")
            );

    /// <summary>The lines of such a file.</summary>
    public static IEnumerable<string> Ungrouped(IEnumerable<string> file)
    {
        var subject = "";
        foreach (var line in file)
            if (line[0] == '#')
                subject = line[2..];
            else
                yield return $"{line[0]} {subject} · {line[2..]}";
    }

    private static bool IsLimit(string line) => line[0] is '<' or '>' or '~';

    /// <summary>The operation or schema that a line is about.</summary>
    private static string SubjectOf(string line) => line[2..line.IndexOf(" · ", StringComparison.Ordinal)];

    /// <summary>The operation or schema, and the member of it whose type or limit a line tells.</summary>
    private static string MemberOf(string line) =>
        line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? line[2..end] : line[2..];

    private static string LimitOf(string line) => line[..line.IndexOf(" = ", StringComparison.Ordinal)];

    private static string ValueOf(string line) => line[(line.IndexOf(" = ", StringComparison.Ordinal) + 3)..];

    private void Promise(string subject, string what) => lines.Add($"+ {subject} · {what}");

    private void Demand(string subject, string what) => lines.Add($"! {subject} · {what}");

    private void Add(string name, JsonObject operation)
    {
        Promise(name, $"is called {operation["operationId"]}");
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var place = $"{parameter!["in"]} {parameter["name"]}";
            if (Is(parameter["required"]))
                Demand(name, $"{place} is needed");
            // A parameter that may stand several times takes the one value that it took before.
            var schema = parameter["schema"]!;
            if ((string?)schema["type"] == "array")
            {
                Promise(name, $"{place} may stand several times");
                schema = schema["items"]!;
            }

            Take(name, place, schema);
        }

        if (Is(operation["requestBody"]?["required"]))
            Demand(name, "a body is needed");
        foreach (var (type, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
            Take(name, $"body {type}", content!["schema"]!);
        foreach (var (status, answer) in operation["responses"]!.AsObject())
        {
            if (status[0] is '4' or '5')
                continue;
            Promise(name, $"answers {status}");
            foreach (var header in Followed.Where(header => answer!["headers"]?[header] is not null))
                Promise(name, $"answers {status} with {header}");
            foreach (var (type, content) in answer!["content"]?.AsObject() ?? [])
                Give(name, $"answers {status} {type}", content!["schema"]!);
        }
    }

    /// <summary>What may be sent: types and values stay, nothing more is needed, no limit becomes narrower.</summary>
    private void Take(string subject, string what, JsonNode schema)
    {
        Promise(subject, $"{what}: {TypeOf(schema)}");
        foreach (var value in schema["enum"]?.AsArray() ?? [])
            Promise(subject, $"{what} takes {value}");
        if (MayBeNull(schema))
            Promise(subject, $"{what} takes null");
        foreach (var (limit, mark) in Limits)
            if (schema[limit] is { } bound)
                lines.Add($"{mark} {subject} · {what}: {limit} = {bound}");
        if (schema["items"] is { } items)
            Take(subject, $"{what}[]", items);
        foreach (var name in References(schema))
        {
            if (!walked.Add((name, true)))
                continue;
            var whole = Schema(name);
            foreach (var value in whole["enum"]?.AsArray() ?? [])
                Promise($"{name} (taken)", $"takes {value}");
            foreach (var needed in whole["required"]?.AsArray() ?? [])
                Demand($"{name} (taken)", $"{needed} is needed");
            foreach (var (member, shape) in whole["properties"]?.AsObject() ?? [])
                Take($"{name} (taken)", member, shape!);
        }
    }

    /// <summary>What is answered: each member stays, of its type, there and not null where it was so.</summary>
    private void Give(string subject, string what, JsonNode schema)
    {
        Promise(subject, $"{what}: {TypeOf(schema)}");
        if (schema["items"] is { } items)
            Give(subject, $"{what}[]", items);
        foreach (var name in References(schema))
        {
            if (!walked.Add((name, false)))
                continue;
            var whole = Schema(name);
            var always = whole["required"]?.AsArray().Select(member => (string)member!).ToHashSet() ?? [];
            foreach (var (member, shape) in whole["properties"]?.AsObject() ?? [])
            {
                if (always.Contains(member))
                    Promise(name, $"{member} is always there");
                if (!MayBeNull(shape!))
                    Promise(name, $"{member} is never null");
                Give(name, member, shape!);
            }
        }
    }

    private JsonObject Schema(string name) => document["components"]!["schemas"]![name]!.AsObject();

    /// <summary>The schemas that one names: itself, in a choice, or as the values of a dictionary.</summary>
    private static IEnumerable<string> References(JsonNode schema) =>
        new[] { schema, schema["additionalProperties"] }
            .Concat(schema["oneOf"]?.AsArray() ?? [])
            .OfType<JsonObject>()
            .Select(part => (string?)part["$ref"])
            .OfType<string>()
            .Select(reference => reference[(reference.LastIndexOf('/') + 1)..]);

    private static string TypeOf(JsonNode schema)
    {
        var named = References(schema).FirstOrDefault();
        var type = schema["type"] is JsonArray several
            ? string.Join('|', several.Select(each => (string)each!).Where(each => each != "null"))
            : (string?)schema["type"];
        return string.Join(' ', new[] { type, named, (string?)schema["format"] }.Where(part => part is not null));
    }

    private static bool MayBeNull(JsonNode schema) =>
        IsNull(schema["type"]) || schema["oneOf"]?.AsArray().Any(part => IsNull(part!["type"])) == true;

    private static bool IsNull(JsonNode? type) =>
        type is JsonArray several ? several.Any(each => (string?)each == "null") : (string?)type == "null";

    private static bool Is(JsonNode? flag) =>
        flag is not null && flag.ToString().Equals("true", StringComparison.OrdinalIgnoreCase);
}
