using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>A filter that may have several values finds what each of them finds, in the order of the list.</summary>
public sealed class SeveralValuesTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task Every_choice_with_several_values_finds_what_each_finds_alone()
    {
        await SampleCity.Build(App, SampleCity.Situations);
        var description = (await App.Nobody().Get("/openapi.json")).Is(200).Body!;
        var (asked, found, wrong) = (0, 0, new List<string>());
        foreach (var operation in await Operation.All(App))
        foreach (var (name, values) in ChoicesOf(description, operation))
        {
            if (operation.Path.Contains('{'))
                continue;
            foreach (var who in new[] { "centre", "nanhu", "jiashan" })
            {
                var all = await Ids(who, operation.Path, "");
                if (all is null)
                    continue;
                var each = new List<HashSet<string>>();
                foreach (var value in values)
                    each.Add([.. (await Ids(who, operation.Path, $"&{name}={value}"))!]);
                for (var i = 0; i + 1 < values.Count; i++)
                {
                    asked++;
                    var both = (await Ids(who, operation.Path, $"&{name}={values[i]}&{name}={values[i + 1]}"))!;
                    found += both.Count;
                    if (!both.SequenceEqual(all.Where(id => each[i].Contains(id) || each[i + 1].Contains(id))))
                        wrong.Add($"{who} {operation.Path} {name}={values[i]},{values[i + 1]}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(60);
        found.ShouldBeGreaterThan(60);
    }

    /// <summary>The records of a list in its order; null where it is not the caller's to read, or no list of records.</summary>
    private async Task<List<string>?> Ids(string who, string path, string query)
    {
        var answer = await App.As(who).Get($"{path}?limit=200{query}");
        if (answer.Status != 200 || answer.Body!["items"] is not JsonArray items)
            return null;
        return [.. items.Select(item => (string?)item!["id"] ?? item["key"]?.ToString() ?? "")];
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Values)> ChoicesOf(
        JsonNode description,
        Operation operation
    ) =>
        from parameter in description["paths"]![operation.Path]![operation.Method.Method.ToLowerInvariant()]!
            ["parameters"]
            ?.AsArray()
            ?? []
        let schema = parameter["schema"]
        where operation.Reads && (string?)schema?["type"] == "array" && schema["items"]?["enum"] is JsonArray
        select (
            (string)parameter["name"]!,
            (IReadOnlyList<string>)[.. schema["items"]!["enum"]!.AsArray().Select(value => (string)value!)]
        );
}
