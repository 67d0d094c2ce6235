using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Imports;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Support;

/// <summary>An answer, all that can be seen of it.</summary>
internal sealed record Told(string What, string Text)
{
    public string Masked(Masks masks) => masks.Of($"{What}\n{Text}");
}

/// <summary>What is random, or counts the city's reports (R20 lets them be counted): put in the order in which the unit meets it.</summary>
internal sealed partial class Masks
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    public string Of(string text)
    {
        // Receipts are chained: whose the one before was is not told, only that there was one.
        text = Hash().Replace(text, "<hash>");
        text = Momentary().Replace(text, "");
        text = Secret().Replace(text, "$1<secret>$2");
        text = Cursor().Replace(text, "$1<cursor>");
        text = Tag().Replace(text, "\"$1-<tag>\"");
        text = Id().Replace(text, match => Ordinal("id", match.Value));
        text = Code().Replace(text, match => Ordinal("code", match.Value));
        return Sequence()
            .Replace(text, match => $"{match.Groups[1].Value}{Ordinal("sequence", match.Groups[2].Value)}");
    }

    private string Ordinal(string kind, string value)
    {
        if (!known.TryGetValue($"{kind} {value}", out var mask))
            known[$"{kind} {value}"] = mask =
                $"<{kind} {known.Keys.Count(key => key.StartsWith(kind, StringComparison.Ordinal)) + 1}>";
        return mask;
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();

    [GeneratedRegex(
        "\"milliseconds\":[0-9]+|\"traceId\":\"[^\"]*\"|(?i:Date|X-Request-Id|Content-Length): [^\n]*\n|\"R[0-9a-f]{16}\""
    )]
    private static partial Regex Momentary();

    [GeneratedRegex("(\"(?:secret|uri)\":\")[^\"]*(\")")]
    private static partial Regex Secret();

    [GeneratedRegex("(\"(?:nextCursor|next|cursor)\":\"|cursor=)[A-Za-z0-9_%-]+")]
    private static partial Regex Cursor();

    [GeneratedRegex("\\\\?\"([0-9]+)-[0-9a-f]{16}\\\\?\"")]
    private static partial Regex Tag();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex("(?<![0-9])20[0-9]{2}-[0-9]{6}(?![0-9])")]
    private static partial Regex Code();

    // As a member, in the names of papers, and on them.
    [GeneratedRegex(
        "(\"sequence\\\\?\":|-20[0-9]{2}-(?=[0-9]{1,5}\\.(?:docx|pdf))|(?<=\\p{Lo})-20[0-9]{2}-|〕首报第 ?|First report )([0-9]+)"
    )]
    private static partial Regex Sequence();
}

/// <summary>A city, as one caller of xiuzhou sees it.</summary>
internal sealed class TwinCity
{
    internal const string Key = "ppl_twin";

    internal const string Scopes =
        "projects:read projects:write claims:write reports:read assessment:read capital:write webhooks:manage library:read library:write";

    /// <summary>What the table grants for records that the unit of this test does not have; MatrixTests asks them for all.</summary>
    private static readonly string[] OnlyOthers = ["getUnitKey", "confirmUnitKey", "addOfficeLead"];

    private readonly HashSet<string> read = [];

    private TwinCity(PipelineApp app, string? key)
    {
        App = app;
        Day = new UnitsDay(app, key: key) { Meanwhile = step => Meanwhile(step) };
    }

    public PipelineApp App { get; }
    public UnitsDay Day { get; }
    public Masks Masks { get; } = new();

    /// <summary>What happens before each step of the day.</summary>
    public Func<int, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    public static async Task<TwinCity> Of(PipelineApp app, string caller)
    {
        app.AddKey(Key, "xiuzhou", Scopes);
        await UnitsDay.Begin(app);

        // April has ended, and its figure is kept: what rivals date back to it from now on must not show.
        await Features.Lists.CityInTalks.Keep(app.Services.GetRequiredService<Database>());
        var city = new TwinCity(app, caller == "machine" ? Key : null);
        city.Day.Known["rule-sets"] = [(string)(await app.As("xiuzhou").Get("rule-sets/current")).Is(200)["id"]!];
        return city;
    }

    /// <summary>Every operation that reads, of every record the unit has come to know and of none, plain and with every parameter that could find something.</summary>
    public async Task<List<Told>> ReadsEverything()
    {
        var told = new List<Told>();
        foreach (var operation in (await Operation.All(App)).Where(operation => operation.Reads))
        {
            foreach (var path in Paths(operation))
                told.Add(await Asks(operation, path));
        }

        return told;
    }

    /// <summary>What was answered to the steps of the day.</summary>
    public List<Told> Done() =>
        [
            .. Day.Steps.Select(step => new Told(
                $"{step.Operation} {step.Path}",
                $"{step.Answer.Status}\n{step.Answer.Headers}{Ungiven(step)}"
            )),
        ];

    public async Task<List<Told>> AsksAgain()
    {
        var told = new List<Told>();
        foreach (var step in Day.Steps.Where(step => step.Method == HttpMethod.Post))
        {
            var answer = await step.Again(Day.Actor);
            told.Add(new Told($"{step.Operation} {step.Path}", $"{answer.Status}\n{answer.Headers}{answer.Text}"));
        }

        return told;
    }

    /// <summary>Makes a call, and learns the record that it made.</summary>
    public async Task<Told> Makes(RandomCalls.Call call)
    {
        var path = call.Path(this);
        var record = path.Split('/') is [var kind, var id, ..] ? $"{kind}/{id}" : "";
        var match = call.IfMatch switch
        {
            "current" => (await Day.Actor.Get(record)).ETag,
            "stale" => "\"0-x\"",
            _ => null,
        };
        var answer = await Day.Actor.Send(
            call.Method,
            path,
            call.Content(this),
            match is null ? [] : [("If-Match", match)]
        );
        if (answer.Status == 202)
            await Day.Actor.AwaitsImport((string)answer["id"]!);
        if (answer.Status is 201 or 202 && answer.Body?["id"] is { } made)
            Day.Learn(
                call.Operation switch
                {
                    "registerProject" => "projects",
                    "reportProject" => "claims",
                    "submitMove" => "moves",
                    "importRegister" => "imports",
                    _ => "disputes",
                },
                [(string)made!]
            );
        return new Told($"{call.Method} {path}", $"{answer.Status}\n{answer.Headers}{answer.Text}");
    }

    /// <summary>The operations that the caller may call and that were not compared with success.</summary>
    public IEnumerable<string> Uncovered(HashSet<string> allowed, IReadOnlyList<Operation> operations) =>
        allowed
            .Intersect(operations.Select(operation => operation.Id))
            .Except(read)
            .Except(Day.Steps.Select(step => step.Operation))
            .Except(OnlyOthers);

    // Recovery codes and secret links are drawn by chance.
    private static string Ungiven(Step step) =>
        step.Operation is "confirmSecondFactor" or "makeCalendar" ? "" : step.Answer.Text;

    private IEnumerable<string> Paths(Operation operation)
    {
        List<string> ids = operation.Kind switch
        {
            null => [""],
            "lists" => ["in-talks", "signed", "registered", "terminated"],
            "work-calendars" => ["2026", "1999"],
            "jurisdictions" => [App.As("nanhu").UnitId, App.As("xiuzhou").UnitId, SampleCity.NoId],
            "projects/fixed-investment" =>
            [
                .. Day.Known.GetValueOrDefault("projects", []).Append(SampleCity.NoId).Select(id => $"{id}/2026"),
            ],
            "users/sessions" => [$"{SampleCity.NoId}/{SampleCity.NoId}"],
            var kind => [.. Day.Known.GetValueOrDefault(kind, []), SampleCity.NoId],
        };
        foreach (var path in ids.Select(operation.For))
        {
            yield return path;
            foreach (var name in operation.Query)
            {
                IEnumerable<string> values = name switch
                {
                    "jurisdictionId" => [App.As("nanhu").UnitId, App.As("xiuzhou").UnitId],
                    "claimId" => [.. Day.Known.GetValueOrDefault("claims", []), SampleCity.NoId],
                    "projectId" or "ids" => [.. Day.Known.GetValueOrDefault("projects", []), SampleCity.NoId],
                    "q" => UnitsDay.Rumours.SelectMany(rumour => new[] { rumour.Name, rumour.Investor[..4] }),

                    // Codes are drawn from a permutation: their order is one of chance.
                    "sort" => LeakTests.Asked["sort"].Where(sort => sort != "code"),
                    _ => LeakTests.Asked.GetValueOrDefault(name)
                        ?? throw new AssertionException(
                            $"{operation} has a query parameter {name} that LeakTests has no values for."
                        ),
                };
                foreach (var value in values)
                {
                    var count = name != "count" && operation.Query.Contains("count") ? "&count=true" : "";
                    yield return $"{path}?{name}={Uri.EscapeDataString(value)}{count}";
                    if (name == "limit")
                        yield return $"{path}?limit=1";
                }
            }
        }
    }

    private async Task<Told> Asks(Operation operation, string path)
    {
        using var response = await Day.Actor.Asks(new HttpRequestMessage(HttpMethod.Get, path));
        if (response.IsSuccessStatusCode)
            read.Add(operation.Id);
        var body = await response.Content.ReadAsByteArrayAsync();
        var text = new StringBuilder($"{(int)response.StatusCode}\n{response.Headers}{response.Content.Headers}");
        if (response.IsSuccessStatusCode && path.EndsWith(".pdf", StringComparison.Ordinal))
        {
            // Its length follows from the ids that it prints.
            using var file = UglyToad.PdfPig.PdfDocument.Open(body);
            return new Told(
                $"GET {path}",
                $"{(int)response.StatusCode}\n{file.Information.Title}{string.Concat(file.GetPages().Select(page => page.Text))}"
            );
        }

        if (!body.AsSpan().StartsWith("PK"u8))
            return new Told($"GET {path}", text.Append(Encoding.UTF8.GetString(body)).ToString());
        using var archive = new ZipArchive(new MemoryStream(body));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        return new Told($"GET {path}", text.ToString());
    }
}
