using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Service;

/// <summary>What keeps the program or a command from running is said in a sentence, and the exit says that it did not.</summary>
public sealed class StartTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("pipeline-start-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase(0)]
    [TestCase(31)]
    public async Task A_key_that_is_none_is_named(int length)
    {
        var key = Path.Combine(folder, "data", "pipeline.key");
        Directory.CreateDirectory(Path.GetDirectoryName(key)!);
        await File.WriteAllBytesAsync(key, new byte[length]);
        Says(await ProgramProcess.Ends(folder, []), $"{key} is no signing key: it has {length} bytes instead of 32");
        (await File.ReadAllBytesAsync(key)).Length.ShouldBe(length);
    }

    [TestCase("check")]
    [TestCase("verify-audit")]
    [TestCase("reseal")]
    [TestCase("backup", "copy.db")]
    public async Task A_command_without_a_database_says_so_and_makes_none(params string[] command)
    {
        var file = Path.Combine(folder, "data", "pipeline.db");
        Says(await ProgramProcess.Ends(folder, command), $"There is no database {file}");
        File.Exists(file).ShouldBeFalse();
    }

    [TestCase("RateLimit__PerSecond", "many", "RateLimit:PerSecond")]
    [TestCase("Quota__UnattachedFiles", "many", "Quota:UnattachedFiles")]
    [TestCase("Proxy__Known", "the proxy", "Proxy:Known")]
    [TestCase("Public__Url", "pipeline", "Public:Url")]
    [TestCase("Auth__SigningKey", "short", "Auth:SigningKey")]
    [TestCase("Auth__SecondFactor__RequiredFor", "emperor", "Auth:SecondFactor:RequiredFor")]
    [TestCase("Mail__Port", "none", "Mail:Port")]
    [TestCase("Database__Provider", "oracle", "Database:Provider")]
    public async Task A_wrong_setting_is_named(string setting, string value, string told) =>
        Says(await ProgramProcess.Ends(folder, [], (setting, value)), told);

    [Test]
    public async Task An_address_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";
        var (code, said) = await ProgramProcess.Ends(folder, [], ("ASPNETCORE_URLS", url));
        code.ShouldBe(1);
        said.ShouldContain($"Failed to bind to address {url}: address already in use.");
    }

    [Test]
    public async Task A_clock_behind_the_record_is_told_by_the_program_which_serves_and_by_a_command_which_ends()
    {
        using var database = new TestDatabase("sqlite");
        using (
            var app = new PipelineApp(
                "sqlite",
                new FakeTime(DateTimeOffset.UtcNow.AddDays(40)),
                database,
                new Dictionary<string, string?> { ["Demo:Register"] = "" }
            )
        )
            (await app.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m))).Is(201);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        (string, string)[] settings =
        [
            ("ConnectionStrings__Pipeline", database.ConnectionString),
            ("Auth__SigningKey", "a signing key that only the tests know of"),
        ];
        Says(await ProgramProcess.Ends(folder, ["reseal"], settings), "The clock of this host jumped, or is behind");
        using var program = await ProgramProcess.Serving(settings);
        program.Said.ShouldContain("the last instant on record");
        program.Said.ShouldNotContain("   at ");
        using var admin = await program.SignedIn("admin");
        using var confirmed = await admin.PostAsync("clock/confirm", null);
        confirmed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task Processes_that_start_together_on_an_empty_folder_share_one_key()
    {
        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ProgramProcess.Ends(folder, ["migrate"])));
        ends.ShouldAllBe(end => end.Code == 0, string.Join('\n', ends.Select(end => end.Said)));
        Directory.GetFiles(Path.Combine(folder, "data"), "*.key*").Select(Path.GetFileName).ShouldBe(["pipeline.key"]);
    }

    private static void Says((int Code, string Said) end, string sentence)
    {
        end.Code.ShouldBe(1, end.Said);
        end.Said.ShouldContain(sentence);
        end.Said.ShouldNotContain("   at "); // a sentence, no stack trace
    }
}
