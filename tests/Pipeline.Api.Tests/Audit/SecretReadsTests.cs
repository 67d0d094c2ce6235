using System.Globalization;
using System.IO.Compression;
using System.Text;
using Dapper;
using Pipeline.Api.Tests.Access;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Audit;

/// <summary>Nobody reads anything of a secret project without a trace, whichever way he comes by it (T5).</summary>
public sealed class SecretReadsTests(string engine) : OnEachEngine(engine)
{
    /// <summary>What hands out everything there is leaves one entry for all of it.</summary>
    private static readonly Dictionary<string, string> Whole = new()
    {
        ["listAudit"] = "read-audit",
        ["exportAuditCsv"] = "export-audit",
        ["exportAuditXlsx"] = "export-audit",
        ["exportReceipts"] = "export-receipts",
    };

    private static readonly string[] Projects =

        [
            "listProjects",
            "getProject",
            "readList",
            "readTimeline",
            "listProjectFiles",
            "downloadFile",
            "listClaims",
            "getClaim",
            "getReceipt",
            "listMoves",
            "getMove",
            "exportProjectsCsv",
            "exportProjectsXlsx",
        ],
        Disputes = ["listDisputes", "getDispute"];

    /// <summary>What tells each of them of a secret project.</summary>
    private static readonly Dictionary<string, string[]> Tellers = new()
    {
        ["coordinator"] =
        [
            .. Projects,
            .. Disputes,
            "listNotices",
            "listCandidates",
            "listProjectMatches",
            "readDisputeEvidence",
            "exportReceipts",
        ],
        ["auditor"] =
        [
            .. Projects,
            .. Disputes,
            "readDisputeEvidence",
            "exportReceipts",
            "listAudit",
            "exportAuditCsv",
            "exportAuditXlsx",
        ],
        ["named"] = [.. Projects, .. Disputes],
        ["owner"] = [.. Projects, .. Disputes, "listNotices"],
        ["machine"] = Projects,
    };

    [TestCase("coordinator")]
    [TestCase("auditor")]
    [TestCase("named")]
    [TestCase("owner")]
    [TestCase("machine")]
    public async Task Every_answer_that_tells_of_a_secret_project_leaves_an_entry_that_names_it(string caller)
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var secrets = await Secrets(city);
        var actor = SampleCity.Callers.Single(known => known.Name == caller).Of(App);
        var (told, untraced) = (new HashSet<string>(), new List<string>());
        foreach (var (operation, path) in await LeakTests.Everything(App, city))
        {
            using var response = await actor.Asks(new HttpRequestMessage(HttpMethod.Get, path));
            if (!response.IsSuccessStatusCode)
                continue;
            var text = await Text(response);
            var request = response.Headers.GetValues("X-Request-Id").Single();
            foreach (var secret in secrets.Where(secret => secret.Tells(text)))
            {
                told.Add(operation);
                if (!Traced(request, secret, operation))
                    untraced.Add($"{operation} tells of {secret.Name}");
            }
        }

        untraced.Distinct().ShouldBeEmpty();
        Tellers[caller].Except(told).ShouldBeEmpty("these were to tell of a secret project, else they show nothing");
    }

    [Test]
    public async Task What_is_answered_to_a_request_that_only_reads_by_POST_is_traced_too()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        foreach (
            var secret in (await Secrets(city)).Where(secret => secret.ProjectId.Length > 0 && secret.Word is not null)
        )
        {
            var found = (await App.As("centre").Post("personal-data/export", new { value = secret.Word })).Is(200);
            found["items"].AsArray().Count.ShouldBeGreaterThan(0, secret.Name);
            Traced(found.Headers.GetValues("X-Request-Id").Single(), secret, "exportPersonalData").ShouldBeTrue();
        }
    }

    [Test]
    public async Task What_a_register_tells_of_a_project_that_is_secret_by_now_is_traced()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(
            Registers.Csv(
                "项目名称,投资方,总投资,落户地,阶段",
                "甲园,乙公司,3亿元,海宁市,在谈",
                "甲园,乙公司,3亿元,海宁市,洽谈"
            )
        );
        var id = (string)(await centre.RowsOf(import))[0]["projectId"]!;
        (await centre.Patch($"projects/{id}", new { secret = true }, (await centre.Get($"projects/{id}")).ETag)).Is(
            200
        );
        var secret = new Secret("", id, [], [], null);
        foreach (var path in new[] { $"imports/{import["id"]}/rows", $"imports/{import["id"]}/corrections.xlsx" })
        {
            using var answer = await App.As("auditor").Fetches(path);
            answer.IsSuccessStatusCode.ShouldBeTrue();
            Traced(answer.Headers.GetValues("X-Request-Id").Single(), secret, "").ShouldBeTrue(path);
        }
    }

    [Test]
    public async Task A_kept_answer_that_tells_of_a_secret_project_is_traced_each_time_it_is_given_again()
    {
        var project = Given.Project(secret: true);
        var first = (await App.As("nanhu").Reports(project, null, ("Idempotency-Key", "k"))).Is(201);
        var again = (await App.As("nanhu").Reports(project, null, ("Idempotency-Key", "k"))).Is(201);
        again.Text.ShouldBe(first.Text);
        var secret = new Secret("", (string)first["projectId"]!, [], [(string)first["id"]!], null);
        Traced(again.Headers.GetValues("X-Request-Id").Single(), secret, "reportProject").ShouldBeTrue();
    }

    /// <param name="Words">What only it is called by.</param>
    /// <param name="Ids">Its own, and those of its claim, moves, files, disputes.</param>
    /// <param name="Word">A word that stands for a person in it.</param>
    private sealed record Secret(string Name, string ProjectId, string[] Words, string[] Ids, string? Word)
    {
        public bool Tells(string text) =>
            Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
            || Ids.Append(ProjectId).Any(id => text.Contains(id, StringComparison.Ordinal));
    }

    private async Task<List<Secret>> Secrets(SampleCity city)
    {
        var operations = await Operation.All(App);
        string Id(string operation, string record) =>
            city.Records(operations.Single(known => known.Id == operation))[record];
        List<Secret> secrets =
        [
            .. new[] { SampleCity.SecretTalks, SampleCity.SecretSigned }.Select(situation => new Secret(
                situation,
                Id("getProject", situation),
                [SampleCity.Words[situation].Public, SampleCity.Words[situation].Private],
                [Id("getClaim", situation), Id("getMove", situation), Id("downloadFile", situation)],
                SampleCity.Words[situation].Private
            )),
        ];
        var dispute = Id("getDispute", SampleCity.SecretDisputed);
        var (project, claims) = App.Sql(connection =>
            (
                connection.ExecuteScalar<string>(
                    "SELECT project_id FROM disputes WHERE id = @dispute",
                    new { dispute }
                )!,
                connection
                    .Query<string>(
                        "SELECT c.id FROM claims c JOIN disputes d ON d.project_id = c.project_id WHERE d.id = @dispute",
                        new { dispute }
                    )
                    .ToArray()
            )
        );
        var (grounds, answer) = SampleCity.Pleas[SampleCity.SecretDisputed];
        secrets.Add(new Secret(SampleCity.SecretDisputed, project, [grounds, answer], [dispute, .. claims], null));
        return secrets;
    }

    private bool Traced(string request, Secret secret, string operation) =>
        App.Sql(connection =>
                connection
                    .Query<(string Action, string? Subject, string? Project)>(
                        "SELECT action, subject_id, project_id FROM audit WHERE request_id = @request",
                        new { request }
                    )
                    .ToList()
            )
            .Any(entry =>
                entry.Project == secret.ProjectId
                || secret.Ids.Contains(entry.Subject)
                || (Whole.TryGetValue(operation, out var whole) && entry.Action == whole)
            );

    private static async Task<string> Text(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        var text = new StringBuilder().AppendLine(response.Content.Headers.ToString());
        if (!body.AsSpan().StartsWith("PK"u8))
            return text.Append(Encoding.UTF8.GetString(body)).ToString();
        using var archive = new ZipArchive(new MemoryStream(body));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(CultureInfo.InvariantCulture, $"{await reader.ReadToEndAsync()}");
        }

        return text.ToString();
    }
}
