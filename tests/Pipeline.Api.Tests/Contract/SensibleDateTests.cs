using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>Dates that nobody can mean are refused wherever a date can be given, and instants that do not say of which zone they are.</summary>
public sealed class SensibleDateTests(string engine) : OnEachEngine(engine)
{
    // Today is 2026-05-04: fifty years on is 2076-05-04.
    private static readonly string[] Senseless = ["0001-01-01", "1948-12-31", "2076-05-05", "9999-12-31"];

    // What has happened: a day to come is refused for that.
    private static readonly string[] Past =
    [
        "firstContactOn",
        "grantedOn",
        "details.registeredOn",
        "details.recognisedOn",
        "details.listedOn",
        "investedOn",
        "visitedOn",
        "reviewedOn",
        "heads[0].from",
        "officers[0].from",
    ];
    private static readonly string[] OfNoZone =
    [
        "2026-05-01T08:30:00",
        "2026-05-01T08:30:00.000",
        "2026-05-01",
        "2026-05-01 08:30:00Z",
        "20260501T083000Z",
        "2026-05-01T08:30Z",
        "2026-05-01T25:00:00Z",
        "2026-05-01T08:30:00+8",
        "1777624200",
    ];

    [Test]
    public async Task Every_date_of_every_body_is_one_that_can_be_meant()
    {
        var seen = 0;
        await EachMember(format: "date", async (operation, ask, path) =>
        {
            seen++;
            foreach (var senseless in Senseless)
            {
                var answer = await ask(Hostile.Quoted(senseless));
                var future =
                    Past.Any(member => path.EndsWith(member, StringComparison.Ordinal))
                    && senseless[0] != '0'
                    && senseless[0] != '1';
                if (answer.Status != 400 || !answer.Codes(path).Contains(future ? "future" : "date-range"))
                    return $"{operation} {path} {senseless}: {answer.Status} {answer.Text}";
            }

            return null;
        });
        seen.ShouldBeGreaterThan(20);
    }

    [Test]
    public async Task Every_instant_of_every_body_says_its_zone_and_can_be_meant()
    {
        var seen = 0;
        await EachMember(format: "date-time", async (operation, ask, path) =>
        {
            seen++;
            foreach (var senseless in Senseless)
            {
                var answer = await ask(Hostile.Quoted($"{senseless}T12:00:00Z"));
                if (answer.Status != 400 || !answer.Codes(path).Contains("date-range"))
                    return $"{operation} {path} {senseless}: {answer.Status} {answer.Text}";
            }

            foreach (var text in OfNoZone)
            {
                var answer = await ask(Hostile.Quoted(text));
                if (answer.Status != 400 || !answer.Codes(path).Contains("malformed"))
                    return $"{operation} {path} {text}: {answer.Status} {answer.Text}";
            }

            return null;
        });
        seen.ShouldBeGreaterThan(0);
    }

    [Test]
    public async Task Every_date_and_instant_of_every_query_can_be_meant_and_says_its_zone()
    {
        var city = await SampleCity.Build(App, SampleCity.Signed);
        var document = (await App.Nobody().Get("/openapi.json")).Is(200).Body!;
        var wrong = new List<string>();
        var seen = 0;
        foreach (var operation in (await Operation.All(App)).Where(operation => operation.Reads))
        {
            foreach (
                var parameter in document["paths"]![operation.Path]!["get"]!["parameters"]!
                    .AsArray()
                    .Where(parameter => (string)parameter!["in"]! == "query")
            )
            {
                var (name, schema) = ((string)parameter!["name"]!, parameter["schema"]!);
                var (code, text) = ((string?)schema["format"], (string?)schema["pattern"]) switch
                {
                    ("date", _) => ("date", (Func<string, string>)(date => date)),
                    ("date-time", _) => ("instant", date => $"{date}T12:00:00Z"),
                    (_, "^\\d{4}-\\d{2}$") => ("month", date => date[..7]),
                    _ => ("", date => date),
                };
                if (code.Length == 0)
                    continue;
                seen++;
                var (record, id) = city.Records(operation).First(each => IsThrough(operation, each.Key));
                var actor = SampleCity
                    .Callers.First(caller => MatrixTests.Expected[(operation.Id, record)][caller.Name] == "through")
                    .Of(App);
                async Task Refuses(string value, string with)
                {
                    var answer = await actor.Get($"{operation.For(id)}?{name}={Uri.EscapeDataString(value)}");
                    if (answer.Status != 400 || !answer.Codes(name).SequenceEqual([with]))
                        wrong.Add($"{operation} {name}={value}: {answer.Status} {answer.Text}");
                }

                foreach (var senseless in Senseless.Select(date => code == "month" ? NextMonth(date) : date))
                    await Refuses(text(senseless), "date-range");
                if (code == "instant")
                    foreach (var unzoned in OfNoZone)
                        await Refuses(unzoned, "instant");
            }
        }

        wrong.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(8);
    }

    [Test]
    public async Task An_instant_is_understood_in_every_spelling_that_says_its_zone()
    {
        (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        foreach (
            var spelled in new[]
            {
                "2026-05-04T09:00:00+08:00",
                "2026-05-04T09:00:00%2B08:00",
                "2026-05-04T09:00:00 08:00",
                "2026-05-04T01:00:00Z",
                "2026-05-04t01:00:00z",
                "2026-05-03T20:00:00.000000-05:00",
            }
        )
            (await App.As("nanhu").Get($"projects?updatedSince={spelled}"))
                .Is(200)["items"]
                .AsArray()
                .Count.ShouldBe(1, spelled);
        (await App.As("nanhu").Get("projects?updatedSince=2026-05-04T01:00:00.001Z"))
            .Is(200)["items"]
            .AsArray()
            .ShouldBeEmpty();
        var key = await App.As("admin")
            .Post(
                "api-keys",
                new
                {
                    name = "系统",
                    scopes = new[] { "projects:read" },
                    expiresAt = "2027-11-20t08:30:00+08:00",
                }
            );
        ((string)key.Is(201)["expiresAt"]!).ShouldBe("2027-11-20T00:30:00.000Z");
    }

    [Test]
    public async Task A_first_contact_lies_not_after_today_and_a_plan_up_to_fifty_years_ahead()
    {
        var project = Given.Project(amount: 5_000_000m);
        project["firstContactOn"] = "2026-05-05";
        (await App.As("nanhu").Post("projects", project))
            .IsProblem(400, "validation-failed")
            .Codes("firstContactOn")
            .ShouldBe(["future"]);
        project["firstContactOn"] = "2026-05-04";
        project["plannedSigningOn"] = "2076-05-04";
        project["plannedStartOn"] = "1949-01-01";
        (await App.As("nanhu").Post("projects", project)).Is(201);
    }

    private static string NextMonth(string date) => date is "2076-05-05" ? "2076-06-01" : date;

    private static bool IsThrough(Operation operation, string record) =>
        MatrixTests.Expected[(operation.Id, record)].ContainsValue("through");

    private Task EachMember(string format, Func<Operation, Func<string, Task<Answer>>, string, Task<string?>> check) =>
        BodyMembers.Each(App, (_, schema) => (string?)schema["format"] == format, check);
}
