using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Http.Description;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>
/// What the description shows of answers is what the program tells. With <c>PIPELINE_EXAMPLES=update</c> the examples are written anew from the sample city.
/// </summary>
public sealed class AnswerExampleTests
{
    [Test]
    public async Task Each_record_that_can_be_read_has_an_example_that_the_program_still_tells()
    {
        using var app = new PipelineApp("sqlite");
        var city = await SampleCity.Build(app, SampleCity.Situations);
        var description = await Description.Of(app);
        var told = await Told(app, city, description);
        if (Environment.GetEnvironmentVariable("PIPELINE_EXAMPLES") == "update")
        {
            await File.WriteAllTextAsync(
                Path.Combine(Layout.Find().Root, "api/Pipeline.Api/Http/Description", AnswerExamples.File),
                new JsonObject(told.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))).ToJsonString(
                    new JsonSerializerOptions
                    {
                        WriteIndented = true,
                        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    }
                ) + "\n"
            );
            return;
        }

        told.Count.ShouldBeGreaterThan(80);
        var shown = AnswerExamples.ByName;
        shown.Keys.Order(StringComparer.Ordinal).ShouldBe(told.Keys);
        shown
            .Select(each => (each.Key, Wrong: description.Judge(each.Key, each.Value)))
            .Where(each => each.Wrong is not null)
            .ShouldBeEmpty();
        shown
            .Where(each => !Members(each.Value).SetEquals(Members(told[each.Key])))
            .Select(each =>
                $"{each.Key}: {string.Join(", ", Members(each.Value).Except(Members(told[each.Key])).Concat(Members(told[each.Key]).Except(Members(each.Value))))}"
            )
            .ShouldBeEmpty();
    }

    private static HashSet<string> Members(JsonNode value) => [.. value.AsObject().Select(member => member.Key)];

    /// <summary>Of each kind of record the one that tells most, by the name of its schema.</summary>
    private static async Task<SortedDictionary<string, JsonNode>> Told(
        PipelineApp app,
        SampleCity city,
        Description description
    )
    {
        var told = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var operation in (await Operation.All(app)).Where(operation => operation.Reads))
        {
            if (description.RecordOf(operation) is not { } name)
                continue;
            foreach (var (record, id) in city.Records(operation))
            foreach (var (caller, of) in SampleCity.Callers)
            {
                if (MatrixTests.Expected[(operation.Id, record)][caller] != "through")
                    continue;
                var answer = await of(app).Get($"{operation.For(id)}{Asked(operation)}");
                if (answer.Status != 200 || answer.Body is not JsonObject body)
                    continue;
                var all =
                    body["items"] is JsonArray items && description.Judge(name, body) is not null
                        ? items.OfType<JsonObject>()
                        : [body];
                foreach (var each in all)
                    if (!told.TryGetValue(name, out var best) || Size(each) > Size(best))
                        told[name] = Short(each);
            }
        }

        return told;
    }

    private static int Size(JsonNode value) => value.AsObject().Count(member => member.Value is not null);

    private static string Asked(Operation operation) =>
        operation.Id == "explainFigure" ? "?indicator=projects-signed&period=2026" : "";

    /// <summary>The same with the first entry of each list alone.</summary>
    private static JsonNode Short(JsonNode value) =>
        value switch
        {
            JsonObject members => new JsonObject(
                members.Select(member =>
                    KeyValuePair.Create(member.Key, member.Value is null ? null : Short(member.Value))
                )
            ),
            JsonArray items => new JsonArray([.. items.Take(1).Select(item => item is null ? null : Short(item))]),
            _ => value.DeepClone(),
        };
}
