using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Tests.Contract;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Data;

/// <summary>
/// SQL Server takes <c>'nanhu'</c> and <c>'nanhu '</c> for equal. The embedded engine does so too when its columns compare by RTRIM: here nothing may come of a blank behind an id or a name.
/// </summary>
public sealed partial class PaddedComparisonTests
{
    [Test]
    public async Task An_id_with_a_blank_behind_it_is_the_id_of_nothing()
    {
        using var padded = new Padded();
        var app = padded.App;
        var city = await SampleCity.Build(app, SampleCity.Situations);
        var operations = await Operation.All(app);
        var bodies = await SampleBodies.Of(app, city, operations);
        var tried = 0;
        foreach (var operation in operations)
        {
            foreach (var (record, id) in city.Records(operation).Where(pair => Id().IsMatch(pair.Value)))
            {
                foreach (var who in new[] { "nanhu", "centre", "admin", "auditor" })
                {
                    object? body =
                        operation.TakesFile ? SampleBodies.Form(operation, null, null)
                        : operation.Bodies.ContainsKey("application/json")
                            ? bodies.Json(operation, tried).ToJsonString()
                        : null;
                    var answer = await app.As(who)
                        .Send(operation.Method, operation.For(id).Replace(id, $"{id}%20"), body, ("If-Match", "*"));
                    answer.Status.ShouldBe(404, $"{who} at {operation} of {record}");
                    tried++;
                }
            }
        }

        tried.ShouldBeGreaterThan(200);
        (await app.As("auditor").Get("audit/verify")).Is(200)["valid"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Test]
    public async Task An_id_with_a_blank_behind_it_inside_a_body_is_refused()
    {
        using var padded = new Padded();
        var app = padded.App;
        var city = await SampleCity.Build(app, SampleCity.Situations);
        var operations = await Operation.All(app);
        var bodies = await SampleBodies.Of(app, city, operations);
        var file = await app.As("nanhu").Uploads("memo.pdf");
        var tried = 0;
        foreach (var operation in operations.Where(operation => operation.Bodies.ContainsKey("application/json")))
        {
            var body = bodies.Json(operation, 0).ToJsonString().Replace("\"files\":[]", $"\"files\":[\"{file}\"]");
            if (!InBody().IsMatch(body))
                continue;
            var record = city.Records(operation).Values.FirstOrDefault();
            foreach (var who in new[] { "nanhu", "centre", "admin" })
            {
                var answer = await app.As(who)
                    .Send(
                        operation.Method,
                        operation.For(record),
                        InBody().Replace(body, "\"$1 \""),
                        ("If-Match", "*")
                    );
                Refused(answer).ShouldBeTrue($"{who} at {operation}: {answer.Text}");
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(15);
    }

    /// <summary>Whether a request, or each item of a batch with such an id, was refused.</summary>
    private static bool Refused(Answer answer) =>
        answer.Status >= 400
        || (answer.Status == 207 && answer["items"].AsArray().Any(item => (string)item!["outcome"]! == "refused"));

    [Test]
    public async Task A_blank_behind_a_name_neither_signs_in_nor_evades_the_lock_out()
    {
        using var padded = new Padded();
        Task<Answer> SignIn(string username, string password) =>
            padded.App.Nobody().Post("auth/token", new { username, password });

        (await SignIn("xiuzhou ", PipelineApp.Password)).IsProblem(401, "invalid-credentials");
        for (var failure = 0; failure < 5; failure++)
            (await SignIn("xiuzhou", "not the password")).Is(401);
        (await SignIn("xiuzhou", PipelineApp.Password)).IsProblem(429, "account-locked");
        (await SignIn("xiuzhou ", PipelineApp.Password)).IsProblem(401, "invalid-credentials");
    }

    /// <summary>An app whose database ignores blanks behind what it compares.</summary>
    private sealed class Padded : IDisposable
    {
        private readonly TestDatabase database = new("sqlite");

        public Padded()
        {
            using (var first = new PipelineApp("sqlite", database: database))
            {
                _ = first.Services;
            }

            using (var connection = new SqliteConnection(database.ConnectionString))
            {
                connection.Open();
                connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
                connection.Execute("PRAGMA writable_schema = ON");
                connection.Execute(
                    "UPDATE sqlite_master SET sql = REPLACE(REPLACE(sql, ' TEXT NOT NULL', ' TEXT COLLATE RTRIM NOT NULL'), ' TEXT NULL', ' TEXT COLLATE RTRIM NULL') WHERE type = 'table'"
                );
                connection.Execute("PRAGMA writable_schema = RESET");
            }

            SqliteConnection.ClearAllPools();
            using (var connection = new SqliteConnection(database.ConnectionString))
            {
                connection.Open();
                connection.Execute("REINDEX;");
                connection.ExecuteScalar<long>("SELECT COUNT(*) FROM users WHERE username = 'nanhu   '").ShouldBe(1);
            }

            App = new PipelineApp("sqlite", database: database);
        }

        public PipelineApp App { get; }

        public void Dispose()
        {
            App.Dispose();
            database.Dispose();
        }
    }

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Id();

    [GeneratedRegex("\"([0-9a-f]{32})\"")]
    private static partial Regex InBody();
}
