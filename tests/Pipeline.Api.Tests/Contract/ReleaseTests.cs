using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>
/// <c>/api/v1</c> takes only additions (api-regime.md, Versions and deprecation): what clients of the last release depend on, <c>docs/released-api.txt</c>, still holds.
/// With <c>PIPELINE_RELEASE=update</c> the file is written anew: a step of a release, and of nothing else.
/// </summary>
public sealed class ReleaseTests
{
    private const string Before = """
        {"paths": {"/things": {"post": {"operationId": "addThing",
            "parameters": [{"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["old", "new"]}}],
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ThingInput"}}}},
            "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
         "components": {"schemas": {
            "ThingInput": {"required": ["name"], "properties": {"name": {"type": "string", "maxLength": 100}, "note": {"type": ["string", "null"]}}},
            "Thing": {"required": ["id"], "properties": {"id": {"type": "string"}, "size": {"type": "integer"}}}}}}
        """;

    [Test]
    public async Task Clients_of_the_last_release_still_work()
    {
        using var app = new PipelineApp("sqlite");
        var now = Promises.Of((await app.Nobody().Get("/openapi.json")).Is(200).Body!.AsObject());
        var file = Path.Combine(Path.GetDirectoryName(Layout.Find().OpenApi)!, "docs", "released-api.txt");
        if (Environment.GetEnvironmentVariable("PIPELINE_RELEASE") == "update")
            await File.WriteAllLinesAsync(file, Promises.Grouped(now));
        var before = Promises.Ungrouped(await File.ReadAllLinesAsync(file)).ToList();
        before.Count.ShouldBeGreaterThan(5000);
        Promises.Broken(before, now).ShouldBeEmpty();
    }

    [TestCase("", "", "")]
    [TestCase(
        "\"operationId\": \"addThing\"",
        "\"operationId\": \"makeThing\"",
        "gone: POST /things · is called addThing"
    )]
    [TestCase("\"/things\"", "\"/stuff\"", "gone: POST /things · is called addThing")]
    [TestCase("[\"old\", \"new\"]", "[\"new\"]", "gone: POST /things · query kind takes old")]
    [TestCase("[\"old\", \"new\"]", "[\"old\", \"new\", \"newer\"]", "")]
    [TestCase(
        "\"in\": \"query\",",
        "\"in\": \"query\", \"required\": true,",
        "asked for now: POST /things · query kind is needed"
    )]
    [TestCase(
        "\"required\": [\"name\"]",
        "\"required\": [\"name\", \"note\"]",
        "asked for now: ThingInput (taken) · note is needed"
    )]
    [TestCase("\"required\": [\"name\"]", "\"required\": []", "")]
    [TestCase("[\"string\", \"null\"]", "\"string\"", "gone: ThingInput (taken) · note takes null")]
    [TestCase("\"maxLength\": 100", "\"maxLength\": 50", "narrower now: ThingInput (taken) · name: maxLength = 50")]
    [TestCase("\"maxLength\": 100", "\"maxLength\": 200", "")]
    [TestCase(
        "{\"type\": [\"string\", \"null\"]}",
        "{\"type\": [\"string\", \"null\"], \"maxLength\": 9}",
        "narrower now: ThingInput (taken) · note: maxLength = 9"
    )]
    [TestCase("\"note\":", "\"colour\": {\"type\": \"string\", \"maxLength\": 9}, \"note\":", "")]
    [TestCase(
        "\"name\": {\"type\": \"string\"",
        "\"name\": {\"type\": \"integer\"",
        "gone: ThingInput (taken) · name: string"
    )]
    [TestCase("\"201\"", "\"200\"", "gone: POST /things · answers 201")]
    [TestCase("\"required\": [\"id\"]", "\"required\": []", "gone: Thing · id is always there")]
    [TestCase(
        "\"size\": {\"type\": \"integer\"}",
        "\"size\": {\"type\": [\"integer\", \"null\"]}",
        "gone: Thing · size is never null"
    )]
    [TestCase("\"size\": {", "\"length\": {", "gone: Thing · size is never null")]
    [TestCase("\"size\": {", "\"colour\": {\"type\": \"string\"}, \"size\": {", "")]
    public void What_breaks_a_client_is_found_and_what_is_added_does_not(string from, string to, string expected)
    {
        var after = from.Length == 0 ? Before : Before.Replace(from, to, StringComparison.Ordinal);
        var broken = Promises.Broken(Of(Before), Of(after));
        if (expected.Length == 0)
            broken.ShouldBeEmpty();
        else
            broken.ShouldContain(expected);

        static IReadOnlyCollection<string> Of(string description) =>
            Promises.Of(JsonNode.Parse(description)!.AsObject());
    }
}
