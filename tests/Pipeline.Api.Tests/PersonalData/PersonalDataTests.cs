using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.PersonalData;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.PersonalData;

/// <summary>Contact persons: sealed at rest, found by those who answer for them, erased while the record stays.</summary>
public sealed class PersonalDataTests(string engine) : OnEachEngine(engine)
{
    private const string Name = "欧阳若兰",
        Phone = "139 5730 8842",
        Email = "Ruolan@Example.cn",
        Referrer = "慕容复";

    [Test]
    public async Task Nothing_about_a_person_stands_open_in_the_database()
    {
        var id = await Known();
        (await App.As("xiuzhou").Reports(Given.Project(), null, ("Idempotency-Key", "x"))).Is(201);
        var open = AllText();
        foreach (var word in new[] { Name, "1395730", "139 5730", "uolan", Referrer })
            open.ShouldNotContain(word);
        var read = (await App.As("nanhu").Get($"projects/{id}")).Is(200);
        ((string)read["contacts"].AsArray().Single()!["phone"]!).ShouldBe(Phone);
        ((string)read["referrer"]!).ShouldBe(Referrer);
    }

    [TestCase("欧阳若兰")]
    [TestCase("13957308842")]
    [TestCase("139-5730-8842")]
    [TestCase("ruolan@example.CN")]
    [TestCase(" １３９５７３０８８４２ ")]
    public async Task A_person_is_found_however_the_value_is_written(string value)
    {
        var id = await Known();
        (await App.As("xiuzhou").Reports(Given.Another(4))).Is(201);
        var found = (await App.As("centre").Post("personal-data/export", new { value })).Is(200)["items"].AsArray();
        found.Select(item => (string)item!["kind"]!).ShouldBe(["project", "claim"]);
        ((string)found[0]!["id"]!).ShouldBe(id);
        ((string)found[0]!["contacts"]!.AsArray().Single()!["name"]!).ShouldBe(Name);
        found[0]!.AsObject().ContainsKey("referrer").ShouldBeFalse();
    }

    [Test]
    public async Task Who_refers_is_a_person_too()
    {
        await Known();
        var found = (await App.As("centre").Post("personal-data/export", new { value = Referrer }))
            .Is(200)["items"]
            .AsArray();
        found.Count.ShouldBe(2);
        found.ShouldAllBe(item => (string)item!["referrer"]! == Referrer && item["contacts"]!.AsArray().Count == 0);
    }

    [Test]
    public async Task An_erased_person_is_nowhere_and_the_record_and_its_receipt_stay()
    {
        var project = With((Name, Phone, Email), ("留下的人", "0573-1", "b@example.cn"));
        var claim = (await App.As("jiashan").Reports(project, null, ("Idempotency-Key", "c1"))).Is(201);
        var id = (string)claim["projectId"]!;
        (await App.As("nanhu").Reports(project)).Is(201);
        (await App.As("jiashan").Act($"claims/{claim["id"]}", "release", new { reason = "改由南湖区跟进" })).Is(200); // jiashan keeps what it knew
        var etag = (await App.As("nanhu").Get($"projects/{id}")).Is(200).ETag;

        (
            (int)
                (
                    await App.As("centre")
                        .Post("personal-data/erase?validateOnly=true", new { value = Phone, reason = "本人要求" })
                ).Is(200)["persons"]!
        ).ShouldBe(3);
        (await App.As("nanhu").Get($"projects/{id}"))["contacts"].AsArray().Count.ShouldBe(2);
        var erased = (
            await App.As("centre").Post("personal-data/erase", new { value = Phone, reason = "本人要求" })
        ).Is(200);
        ((int)erased["records"]!).ShouldBe(3);

        foreach (var unit in new[] { "nanhu", "jiashan" })
        {
            var read = (await App.As(unit).Get($"projects/{id}")).Is(200);
            read["contacts"].AsArray().Select(person => (string)person!["name"]!).ShouldBe(["留下的人"], unit);
            ((string)read["name"]!).ShouldBe((string)project["name"]!);
        }

        (await App.As("nanhu").Get($"projects/{id}")).ETag.ShouldNotBe(etag);
        (await App.As("jiashan").Get($"claims/{claim["id"]}")).Text.ShouldNotContain(Name);
        (await App.As("centre").Post("personal-data/export", new { value = Name }))
            .Is(200)["items"]
            .AsArray()
            .ShouldBeEmpty();
        App.Sql(connection =>
                connection.ExecuteScalar<long>(
                    "SELECT COUNT(*) FROM idempotency_keys WHERE location LIKE '/api/v1/claims/%'"
                )
            )
            .ShouldBe(0); // nor in what would be replayed
        ((bool)(await App.As("auditor").Get("receipts/verify")).Is(200)["valid"]!).ShouldBeTrue();
        ((bool)(await App.As("auditor").Get("audit/verify")).Is(200)["valid"]!).ShouldBeTrue();
        (await App.As("auditor").Get("audit?action=personal-data-erased"))
            .Is(200)["items"]
            .AsArray()
            .ShouldAllBe(entry => (string)entry!["reason"]! == "本人要求");
    }

    [Test]
    public async Task Only_the_named_records_are_touched()
    {
        var id = await Known();
        (
            (int)
                (
                    await App.As("centre")
                        .Post(
                            "personal-data/erase",
                            new
                            {
                                value = Name,
                                reason = "离职",
                                records = new[] { id },
                            }
                        )
                ).Is(200)["records"]!
        ).ShouldBe(1);
        (await App.As("centre").Post("personal-data/export", new { value = Name }))
            .Is(200)["items"]
            .AsArray()
            .Select(item => (string)item!["kind"]!)
            .ShouldBe(["claim"]);
    }

    [Test]
    public async Task Keys_are_changed_without_losing_anything()
    {
        const string first = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            second = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
        using var database = new TestDatabase(Engine);
        string id;
        using (var app = new PipelineApp(Engine, database: database, settings: Keys(first)))
        {
            var project = With((Name, Phone, Email));
            id = (string)(await app.As("nanhu").Reports(project)).Is(201)["projectId"]!;
            app.Sql(connection => connection.ExecuteScalar<string>("SELECT contacts FROM projects"))!
                .ShouldStartWith("sealed:k1:");
        }

        using (var app = new PipelineApp(Engine, database: database, settings: Keys($"{second};{first}")))
        {
            (
                (string)(await app.As("nanhu").Get($"projects/{id}")).Is(200)["contacts"].AsArray().Single()!["name"]!
            ).ShouldBe(Name);
            (await Reseal.Run(app.Services.GetRequiredService<Database>())).Resealed.ShouldBeGreaterThan(1);
            (await Reseal.Run(app.Services.GetRequiredService<Database>())).Resealed.ShouldBe(0);
        }

        using (var app = new PipelineApp(Engine, database: database, settings: Keys(second)))
        {
            (
                (string)(await app.As("nanhu").Get($"projects/{id}")).Is(200)["contacts"].AsArray().Single()!["name"]!
            ).ShouldBe(Name);
            (await app.As("centre").Post("personal-data/export", new { value = Phone }))
                .Is(200)["items"]
                .AsArray()
                .Count.ShouldBe(2);
            ((bool)(await app.As("auditor").Get("receipts/verify")).Is(200)["valid"]!).ShouldBeTrue();
        }
    }

    [Test]
    public void What_was_sealed_and_altered_does_not_open()
    {
        var vault = new Vault([("k1", new byte[32])], new byte[32], new byte[32]);
        var text = vault.Seal("张三");
        vault.Open(text).ShouldBe("张三");
        vault.Seal("张三").ShouldNotBe(text);
        Should.Throw<UnreadableRecordException>(() =>
            vault.Open(text[..^6] + (text[^6] == 'A' ? 'B' : 'A') + text[^5..])
        );
        Should
            .Throw<UnreadableRecordException>(() => new Vault([], new byte[32], new byte[32]).Open(text))
            .Message.ShouldContain("k1");
    }

    [TestCase("")]
    [TestCase("k1")]
    [TestCase("k1:short")]
    [TestCase("k 1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_key_that_is_none_is_refused_at_the_start(string setting)
    {
        if (setting.Length == 0)
            Vault.Configured(setting).ShouldBeEmpty();
        else
            Should
                .Throw<InvalidOperationException>(() => Vault.Configured(setting).ToList())
                .Message.ShouldContain("Privacy:Keys");
    }

    private static Dictionary<string, string?> Keys(string keys) => new() { ["Privacy:Keys"] = keys };

    private async Task<string> Known() =>
        (string)
            (await App.As("nanhu").Reports(With((Name, Phone, Email)), null, ("Idempotency-Key", "k"))).Is(201)[
                "projectId"
            ]!;

    private static Dictionary<string, object?> With(params (string Name, string Phone, string Email)[] people)
    {
        var project = Given.Project();
        project["contacts"] = people
            .Select(person => new
            {
                name = person.Name,
                phone = person.Phone,
                email = person.Email,
            })
            .ToArray();
        project["referrer"] = Referrer;
        return project;
    }

    /// <summary>Every text of every table, as it stands in the database.</summary>
    private string AllText()
    {
        var text = new StringBuilder();
        foreach (
            var table in new[]
            {
                "projects",
                "claims",
                "former_owners",
                "timeline",
                "idempotency_keys",
                "audit",
                "person_marks",
                "moves",
                "search_index",
                "name_index",
                "notices",
                "notice_settings",
            }
        )
        {
            foreach (
                IDictionary<string, object?> row in App.Sql(connection =>
                    connection.Query($"SELECT * FROM {table}").ToList()
                )
            )
                text.AppendJoin('|', row.Values).Append('\n');
        }

        return text.ToString();
    }
}
