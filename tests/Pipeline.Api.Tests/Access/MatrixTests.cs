using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Access;

/// <summary>Every operation of the description, for every caller, however the record stands, against the table written from the rules.</summary>
public sealed class MatrixTests(string engine) : OnEachEngine(engine)
{
    internal static readonly Dictionary<(string Operation, string Record), Dictionary<string, string>> Expected =
        Table();

    [Test]
    public async Task The_table_has_a_line_for_every_operation_and_record_and_no_other()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var records = new HashSet<(string Operation, string Record)>();
        foreach (var operation in await Operation.All(App))
            records.UnionWith(city.Records(operation).Keys.Select(record => (operation.Id, record)));
        records
            .Except(Expected.Keys)
            .Select(line => $"{line.Operation} of {line.Record}")
            .ShouldBeEmpty("permissions.csv lacks these lines: derive them from the rules");
        Expected
            .Keys.Except(records)
            .Select(line => $"{line.Operation} of {line.Record}")
            .ShouldBeEmpty("permissions.csv has lines that no operation answers to");
    }

    [Test]
    public async Task Everyone_gets_what_the_rules_give_and_what_is_hidden_answers_as_if_it_were_not_there()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var tally = new Tally(App);
        var before = tally.Take();
        var wrong = new List<string>();
        foreach (var (caller, of) in SampleCity.Callers)
        {
            var actor = of(App);
            foreach (var operation in await Operation.All(App))
            {
                foreach (var (record, id) in city.Records(operation))
                {
                    if (
                        !Expected.TryGetValue((operation.Id, record), out var line)
                        || !line.TryGetValue(caller, out var expected)
                    )
                        throw new AssertionException(
                            $"permissions.csv does not say what {caller} gets at {operation} of {record}: derive it from the rules."
                        );
                    var got = await Outcome.Of(actor, operation, id);
                    if (got.Said != expected)
                        wrong.Add(
                            $"{caller} at {operation} of {record}: the rules say {expected}, got {got.Said} {got.Body}"
                        );
                    if (
                        expected == "404"
                        && got.Said == "404"
                        && record != SampleCity.Absent
                        && city.Records(operation).TryGetValue(SampleCity.Absent, out var nothing)
                    )
                    {
                        var absent = await Outcome.Of(actor, operation, nothing);
                        if (got.Seen(id) != absent.Seen(nothing))
                            wrong.Add(
                                $"{caller} at {operation} can tell {record} from absent:\n{got.Seen(id)}\n{absent.Seen(nothing)}"
                            );
                        if (
                            operation.Reads
                            && (await Outcome.Of(actor, operation, id, ("If-None-Match", "*"))).Said != "404"
                        )
                            wrong.Add($"{caller} at {operation} can tell {record} from absent by If-None-Match");
                    }
                }
            }
        }

        Tally.Changes(before, tally.Take()).ShouldBeEmpty("the walk was to have no effect");
        wrong.ShouldBeEmpty();
    }

    [Test]
    public async Task Naming_in_a_body_or_a_filter_what_one_may_not_see_is_like_naming_nothing()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var operations = await Operation.All(App);
        string Id(string operation, string situation) =>
            city.Records(operations.Single(known => known.Id == operation))[situation];
        var foreign = App.As("xiuzhou");
        foreach (
            var situation in new[]
            {
                SampleCity.Talks,
                SampleCity.PassedOn,
                SampleCity.SecretTalks,
                SampleCity.SecretSigned,
                SampleCity.EndedEarly,
            }
        )
        {
            var (project, file) = (Id("getProject", situation), Id("downloadFile", situation));
            foreach (
                var (ask, named) in new (Func<string, Task<Answer>> Ask, string Named)[]
                {
                    (id => foreign.Post("claims", new { projectId = id, contacts = Given.Contacts() }), project),
                    (
                        id =>
                            foreign.Post(
                                "claims?validateOnly=true",
                                new { projectId = id, contacts = Given.Contacts() }
                            ),
                        project
                    ),
                    (
                        id =>
                            foreign.Reports(
                                Given.Another(13),
                                new[]
                                {
                                    new
                                    {
                                        kind = "visit",
                                        occurredOn = "2026-04-20",
                                        files = new[] { id },
                                    },
                                }
                            ),
                        file
                    ),
                    (id => foreign.Get($"moves?count=true&projectId={id}"), project),
                }
            )
            {
                var (hidden, nothing) = (await ask(named), await ask(SampleCity.NoId));
                hidden.Status.ShouldBe(nothing.Status, situation);
                Without(hidden).ShouldBe(Without(nothing), situation);
            }
        }

        static string Without(Answer answer)
        {
            answer.Body!.AsObject().Remove("traceId");
            return answer.Body.ToJsonString();
        }
    }

    [Test]
    public async Task An_unknown_query_parameter_is_refused_by_every_operation_that_reads()
    {
        var city = await SampleCity.Build(App, SampleCity.Signed);
        foreach (
            var operation in (await Operation.All(App)).Where(operation =>
                operation.Reads
                && city.Records(operation).Keys.Any(record => Expected[(operation.Id, record)].ContainsValue("through"))
            )
        )
        {
            var (record, id) = city.Records(operation)
                .First(record => Expected[(operation.Id, record.Key)].ContainsValue("through"));
            var (_, of) = SampleCity.Callers.First(caller =>
                Expected[(operation.Id, record)][caller.Name] == "through"
            );
            (await of(App).Get($"{operation.For(id)}?unheard=1"))
                .IsProblem(400, "validation-failed")
                .Codes("unheard")
                .ShouldBe(["unknown-parameter"], operation.ToString());
        }
    }

    private static Dictionary<(string Operation, string Record), Dictionary<string, string>> Table()
    {
        var lines = File.ReadAllLines(
                Path.Combine(TestContext.CurrentContext.TestDirectory, "Access", "permissions.csv")
            )
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(','))
            .ToList();
        var callers = lines[0][2..];
        return (
            from cells in lines.Skip(1)
            from record in cells[1].Split(' ')
            select KeyValuePair.Create(
                (cells[0], record),
                callers.Zip(cells[2..]).ToDictionary(cell => cell.First, cell => cell.Second)
            )
        ).ToDictionary();
    }

    /// <summary>What an operation answered, in the table's words, and all that the caller could see of it.</summary>
    private sealed record Outcome(string Said, string Body, string Head)
    {
        private static readonly string[] OfTheMoment = ["Date", "X-Request-Id"];

        /// <summary>Asks so that even who may cannot have an effect: an empty body, a stale version, a parameter that does not exist.</summary>
        public static async Task<Outcome> Of(
            Actor actor,
            Operation operation,
            string id,
            params (string Name, string Value)[] headers
        )
        {
            using var request = new HttpRequestMessage(
                operation.Method,
                operation.For(id) + (operation.Reads ? "" : "?unheard=1")
            );
            if (!operation.Reads)
            {
                request.Headers.TryAddWithoutValidation("If-Match", "\"0-x\"");
                request.Content = operation.TakesFile
                    ? new MultipartFormDataContent("limit")
                    : new StringContent("{}", Encoding.UTF8, "application/json");
            }

            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await actor.Asks(request);
            var body = await response.Content.ReadAsStringAsync();
            var slug =
                (int)response.StatusCode >= 400 ? ((string)JsonNode.Parse(body)!["type"]!)["/problems/".Length..] : "";
            var said = ((int)response.StatusCode, slug) switch
            {
                (401, _) => "401",
                (403, _) => "403",
                (404, _) => "404",
                (409, "claim-held-by-another") => "409",
                (200, _) when operation.Reads => "through",
                (400 or 409 or 412 or 422 or 428, _) when !operation.Reads => "through",
                var (status, other) => $"{status} {other}",
            };
            return new Outcome(
                said,
                (int)response.StatusCode >= 400 ? body : "",
                $"{(int)response.StatusCode}\n{Told(response.Headers)}{Told(response.Content.Headers)}"
            );
        }

        public string Seen(string id)
        {
            var body = JsonNode.Parse(Body)!;
            body["traceId"] = "";
            return id.Split('/')
                .Aggregate(Head + body.ToJsonString(), (seen, part) =>
                    part.Length == 0 ? seen : seen.Replace(part, "{id}", StringComparison.Ordinal)
                );
        }

        private static string Told(HttpHeaders headers) =>
            string.Concat(
                headers
                    .Where(header => !OfTheMoment.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                    .OrderBy(header => header.Key, StringComparer.Ordinal)
                    .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n")
            );
    }
}
