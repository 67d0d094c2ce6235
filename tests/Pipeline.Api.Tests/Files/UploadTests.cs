using System.Net.Http.Headers;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Files;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Files;

/// <summary>Files on their way in and out: in pieces, whole or not at all, and not without end.</summary>
public sealed class UploadTests(string engine) : OnEachEngine(engine)
{
    private static byte[] Pdf(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        "%PDF-1.4"u8[..Math.Min(8, size)].CopyTo(content);
        return content;
    }

    private static MultipartFormDataContent Form(byte[] content, string name = "plan.pdf", string? boundary = null)
    {
        var form = boundary is null ? new MultipartFormDataContent() : new MultipartFormDataContent(boundary);
        form.Add(new ByteArrayContent(content), "file", name);
        return form;
    }

    private Task<Answer> Uploads(byte[] content, params (string, string)[] headers) =>
        App.As("nanhu").Post("files", Form(content), headers);

    [TestCase("bytes=0-9", 0, 9)]
    [TestCase("bytes=65530-65545", 65_530, 65_545)]
    [TestCase("bytes=131072-", 131_072, 149_999)]
    [TestCase("bytes=-5", 149_995, 149_999)]
    public async Task A_part_of_a_file_can_be_asked_for(string range, int first, int last)
    {
        var content = Pdf(150_000);
        var id = (string)(await Uploads(content)).Is(201)["id"]!;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost/api/v1/files/{id}");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await App.As("nanhu").Asks(request);
        ((int)answer.StatusCode).ShouldBe(206);
        answer.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes {first}-{last}/150000");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(content[first..(last + 1)]);
    }

    [Test]
    public async Task A_part_beyond_the_end_is_refused_with_how_long_the_file_is()
    {
        var id = (string)(await Uploads(Pdf(100))).Is(201)["id"]!;
        (await App.As("nanhu").Get($"files/{id}", ("Range", "bytes=200-300"))).IsProblem(416, "range-not-satisfiable");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost/api/v1/files/{id}");
        request.Headers.TryAddWithoutValidation("Range", "bytes=-0");
        using var answer = await App.As("nanhu").Asks(request);
        ((int)answer.StatusCode).ShouldBe(416);
        answer.Content.Headers.ContentRange!.ToString().ShouldBe("bytes */100");
    }

    [TestCase(8)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(131_072)]
    [TestCase(20 << 20)]
    public async Task A_file_lies_in_small_parts_and_comes_back_as_it_was(int size)
    {
        var content = Pdf(size);
        var id = (string)(await Uploads(content)).Is(201)["id"]!;
        (await App.As("nanhu").Downloads($"files/{id}")).ShouldBe(content);
        var (parts, largest) = App.Sql(connection =>
            connection.QuerySingle<(long, long)>(
                $"SELECT COUNT(*), MAX({(Engine == "sqlite" ? "LENGTH" : "DATALENGTH")}(content)) FROM file_contents WHERE file_id = @id",
                new { id }
            )
        );
        largest.ShouldBeLessThanOrEqualTo(65_536);
        parts.ShouldBe((size + 65_535) / 65_536);
    }

    [Test]
    public async Task A_file_that_was_stored_in_one_piece_by_an_earlier_version_can_be_read()
    {
        var content = Pdf(200_000);
        var id = (string)(await Uploads(content)).Is(201)["id"]!;
        App.Sql(connection => connection.Execute("DELETE FROM file_contents WHERE file_id = @id", new { id }));
        App.Sql(connection =>
            connection.Execute(
                "INSERT INTO file_contents (file_id, number, content) VALUES (@id, 0, @content)",
                new { id, content }
            )
        );
        (await App.As("nanhu").Downloads($"files/{id}")).ShouldBe(content);
    }

    [TestCase("files")]
    [TestCase("imports")]
    [TestCase("projects")]
    public async Task A_form_that_ends_too_soon_is_malformed_and_stores_nothing(string where)
    {
        (await App.As("nanhu").Get("me")).Is(200);
        var path = where;
        if (where == "projects")
            path =
                $"projects/{(await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201)["id"]}/files";
        var whole = await Form("%PDF-1.4 whole"u8.ToArray(), boundary: "limit").ReadAsByteArrayAsync();
        var before = new Tally(App).Take();
        foreach (var length in new[] { 0, 4, 20, whole.Length / 2, whole.Length - 20, whole.Length - 6 })
        {
            var cut = new ByteArrayContent(whole[..length]);
            cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=limit");
            (await App.As("nanhu").Post(path, cut)).IsProblem(400, "malformed-request");
        }

        foreach (
            var type in new[]
            {
                "multipart/form-data",
                "multipart/form-data; boundary=\"\"",
                $"multipart/form-data; boundary={new string('x', 300)}",
            }
        )
        {
            var unbounded = new ByteArrayContent(whole);
            unbounded.Headers.TryAddWithoutValidation("Content-Type", type);
            (await App.As("nanhu").Post(path, unbounded)).IsProblem(400, "malformed-request");
        }

        Tally.Changes(before, new Tally(App).Take()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_form_of_endless_fields_is_too_large()
    {
        var form = Form(Pdf(100));
        form.Add(new StringContent(new string('x', 70_000)), "note");
        (await App.As("nanhu").Post("files", form)).IsProblem(413, "payload-too-large");
        var many = new MultipartFormDataContent();
        foreach (var number in Enumerable.Range(0, 200))
            many.Add(new StringContent("x"), $"field{number}");
        (await App.As("nanhu").Post("files", many)).IsProblem(400, "malformed-request");
    }

    [Test]
    public async Task An_upload_that_is_sent_again_is_the_same_whatever_separates_its_parts()
    {
        Task<Answer> Sends(byte[] content, string boundary, string name = "plan.pdf") =>
            App.As("nanhu").Post("files", Form(content, name, boundary), ("Idempotency-Key", "upload"));
        var first = (await Sends(Pdf(70_000), "one")).Is(201);
        var again = (await Sends(Pdf(70_000), "another")).Is(201);
        again.Text.ShouldBe(first.Text);
        again.Headers.GetValues("Idempotency-Replayed").Single().ShouldBe("true");
        (await Sends(Pdf(70_001), "one")).IsProblem(422, "idempotency-key-reused");
        (await Sends(Pdf(70_000), "one", "other.pdf")).IsProblem(422, "idempotency-key-reused");
    }

    [Test]
    public async Task A_body_that_is_called_a_form_where_none_is_taken_is_not_read_to_its_end()
    {
        foreach (
            var (who, path, type, status) in new[]
            {
                ("nanhu", "claims", "multipart/form-data; boundary=limit", 415),
                ("centre", $"moves/{SampleCity.NoId}/verify", "multipart/form-data; boundary=limit", 413),
                ("nanhu", "claims", "application/json", 413),
            }
        )
        {
            var large = new ByteArrayContent(new byte[2 << 20]);
            large.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            (await App.As(who).Post(path, large, ("Idempotency-Key", "large"))).Is(status);
        }
    }

    [Test]
    public async Task Files_that_belong_to_nothing_are_counted_by_caller_and_forgotten_after_a_day()
    {
        using var app = new PipelineApp(
            Engine,
            settings: new Dictionary<string, string?>
            {
                ["Quota:UnattachedFiles"] = "3",
                ["Quota:UnattachedMebibytes"] = "1",
            }
        );
        var nanhu = app.As("nanhu");
        Task<Answer> Sends(Actor actor, int size) => actor.Post("files", Form(Pdf(size)));
        var ids = new List<string>();
        for (var file = 0; file < 3; file++)
            ids.Add((string)(await Sends(nanhu, 1000)).Is(201)["id"]!);
        var full = (await Sends(nanhu, 1000)).IsProblem(409, "too-many-files");
        ((string)full["detail"]!).ShouldContain("3");
        (await Sends(nanhu, 1000)).IsProblem(409, "too-many-files");
        (await Sends(app.As("xiuzhou"), 1000)).Is(201); // each for itself

        // What is used no longer counts.
        (
            await nanhu.Reports(
                Given.Project(),
                new[]
                {
                    new
                    {
                        kind = "visit",
                        occurredOn = "2026-04-20",
                        files = new[] { ids[0] },
                    },
                }
            )
        ).Is(201);
        (await Sends(nanhu, 1000)).Is(201);
        (await Sends(app.As("xiuzhou"), 600_000)).Is(201);
        (await Sends(app.As("xiuzhou"), 600_000)).IsProblem(409, "too-many-files");

        app.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));
        (await Sends(nanhu, 1000)).Is(201);
        await UploadFile.Forget(app.Services.GetRequiredService<Database>());
        (await nanhu.Get($"files/{ids[1]}")).IsProblem(404, "not-found");
        (await nanhu.Get($"files/{ids[0]}")).Is(200);
        app.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM files")).ShouldBe(2);
        app.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(DISTINCT file_id) FROM file_contents"))
            .ShouldBe(2);
    }
}

/// <summary>The same in the program itself, which has little memory.</summary>
public sealed class UploadMemoryTests
{
    [Test]
    public async Task Many_large_uploads_at_once_need_no_memory_for_their_files()
    {
        // 96 MiB for everything the program keeps. Twelve files of 19.5 MiB in memory would be 234.
        using var program = await ProgramProcess.Serving(("DOTNET_GCHeapHardLimit", "0x6000000"));
        using var nanhu = await program.SignedIn("nanhu");
        var content = new byte[19_500 << 10];
        new Random(1).NextBytes(content);
        "%PDF-1.4"u8.CopyTo(content);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async _ =>
                {
                    using var form = new MultipartFormDataContent
                    {
                        { new ByteArrayContent(content), "file", "plan.pdf" },
                    };
                    using var answer = await nanhu.PostAsync("files", form);
                    return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
                })
        );
        answers.ShouldAllBe(answer => answer.Item1 == 201, program.Said);
        var ids = answers.Select(answer => (string)System.Text.Json.Nodes.JsonNode.Parse(answer.Item2)!["id"]!);
        foreach (var downloaded in await Task.WhenAll(ids.Select(id => nanhu.GetByteArrayAsync($"files/{id}"))))
            downloaded.AsSpan().SequenceEqual(content).ShouldBeTrue();
    }
}
