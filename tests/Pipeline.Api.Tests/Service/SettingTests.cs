using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Pipeline.Api.Settings;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Service;

/// <summary>Mistakes in the configuration are told at the start, all at once, a line each; secrets may stand in files.</summary>
public sealed partial class SettingTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("pipeline-settings-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Every_secret_may_stand_in_a_file()
    {
        KnownSettings.Secrets.Count().ShouldBeGreaterThanOrEqualTo(9);
        foreach (var key in KnownSettings.Secrets)
        {
            foreach (var ending in new[] { "", "\n", "\r\n" })
            {
                var (configuration, mistakes) = Look((key + ":File", Written($" of {key} 密 {ending}")));
                mistakes.ShouldBeEmpty();
                configuration[key].ShouldBe($" of {key} 密 ");
            }
        }
    }

    [Test]
    public void A_file_that_holds_no_secret_is_named_with_its_key()
    {
        var (_, mistakes) = Look(
            ("Auth:SigningKey:File", Path.Combine(folder, "nowhere")),
            ("Mail:Password:File", Written("\n")),
            ("Metrics:Token:File", folder),
            ("Privacy:Keys", "k1:x"),
            ("Privacy:Keys:File", Written("k2:y"))
        );
        mistakes.Length.ShouldBe(4);
        mistakes.ShouldContain($"Auth:SigningKey:File: {Path.Combine(folder, "nowhere")} does not exist.");
        mistakes.ShouldContain(line =>
            line.StartsWith("Mail:Password:File: ", StringComparison.Ordinal)
            && line.EndsWith(" is empty.", StringComparison.Ordinal)
        );
        mistakes.ShouldContain(line =>
            line.StartsWith($"Metrics:Token:File: {folder} cannot be read", StringComparison.Ordinal)
        );
        mistakes.ShouldContain("Privacy:Keys and Privacy:Keys:File are both set; only one of them may be.");
    }

    [TestCase("Auht:SigningKey", "perhaps Auth:SigningKey was meant")]
    [TestCase("Auth:SingingKey", "perhaps Auth:SigningKey was meant")]
    [TestCase("RateLimit:Enabld", "perhaps RateLimit:Enabled was meant")]
    [TestCase("Auth:SigningKey:Fiel", "perhaps Auth:SigningKey:File was meant")]
    [TestCase("ConnectionStrings:Pipline", "perhaps ConnectionStrings:Pipeline was meant")]
    [TestCase("Mail:Colour", "is no setting of this program")]
    [TestCase("Proxy:Known:0", "is no setting of this program")]
    public void A_key_that_is_none_is_told(string key, string told) =>
        Look((key, "x")).Mistakes.ShouldHaveSingleItem().ShouldContain(told);

    [TestCase("Logging:LogLevel:Default")]
    [TestCase("Kestrel:Certificates:Default:Path")]
    [TestCase("ConnectionStrings:Elsewhere")]
    [TestCase("PATH")]
    [TestCase("auth:signingkey")]
    public void What_others_are_told_by_is_no_mistake(string key) => Look((key, "x")).Mistakes.ShouldBeEmpty();

    [Test]
    public void A_section_with_nothing_in_it_is_no_mistake() =>
        Look(("Auth:Oidc", ""), ("Mail:Host", "")).Mistakes.ShouldBeEmpty();

    [Test]
    public async Task All_mistakes_are_told_at_once_each_in_a_line()
    {
        var (code, said) = await ProgramProcess.Ends(
            folder,
            [],
            ("Auht__SigningKey", "x"),
            ("RateLimit__PerSecond", "0"),
            ("Webhooks__AllowPrivate", "perhaps"),
            ("Mail__Port", "none"),
            ("Metrics__Token", "short"),
            ("Public__Url", "pipeline"),
            ("Database__Provider", "oracle"),
            ("Auth__SecondFactor__RequiredFor", "emperor")
        );
        code.ShouldBe(1, said);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(8, said);
        foreach (
            var key in new[]
            {
                "Auht:SigningKey",
                "RateLimit:PerSecond",
                "Webhooks:AllowPrivate",
                "Mail:Port",
                "Metrics:Token",
                "Public:Url",
                "Database:Provider",
                "Auth:SecondFactor:RequiredFor",
            }
        )
            lines.Count(line => line.Contains(key, StringComparison.Ordinal)).ShouldBe(1, key);
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty(); // nothing was begun
    }

    [Test]
    public async Task A_command_tells_them_too_and_reads_secrets_from_files()
    {
        using var database = new TestDatabase("sqlite");
        var file = Written(database.ConnectionString + "\n");
        var (code, said) = await ProgramProcess.Ends(folder, ["migrate"], ("ConnectionStrings__Pipeline__File", file));
        code.ShouldBe(0, said);
        File.Exists(database.File).ShouldBeTrue();
        (code, said) = await ProgramProcess.Ends(folder, ["migrate"], ("Mail__Portt", "1"));
        (code, said.Trim()).ShouldBe((1, "Mail:Portt is no setting of this program; perhaps Mail:Port was meant."));
    }

    [Test]
    public async Task Every_key_is_in_the_manual_and_every_key_of_the_manual_is_known()
    {
        var manual = await File.ReadAllTextAsync(Path.Combine(Layout.Find().Root, "docs", "configuration.md"));
        var told = Row()
            .Matches(manual)
            .SelectMany(row => Code().Matches(row.Groups["keys"].Value))
            .Select(code => code.Groups["key"].Value)
            .Select(key => key.Contains(':', StringComparison.Ordinal) ? key : $"Auth:Oidc:{key}")
            .ToHashSet(StringComparer.Ordinal);
        KnownSettings.All.Select(setting => setting.Key).Where(key => !told.Contains(key)).ShouldBeEmpty();
        told.Where(key => !KnownSettings.All.Any(setting => setting.Key == key))
            .ShouldBe(
                [
                    "Logging:LogLevel:…",
                    "Auth:Oidc:urls",
                    "Auth:Oidc:ASPNETCORE_URLS",
                    "Auth:Oidc:ASPNETCORE_ENVIRONMENT",
                    "Auth:Oidc:AllowedHosts",
                    "Auth:Oidc:OTEL_EXPORTER_OTLP_ENDPOINT",
                    "Auth:Oidc:…",
                ],
                ignoreOrder: true
            );
        foreach (var secret in KnownSettings.Secrets)
            manual.ShouldContain(secret);
    }

    [Test]
    public void Every_key_that_is_read_is_known()
    {
        var sections = string.Join(
            '|',
            KnownSettings
                .All.Select(setting => setting.Key.Split(':')[0])
                .Distinct()
                .Where(one => one is not "ConnectionStrings")
        );
        var read = Directory
            .GetFiles(Path.Combine(Layout.Find().Root, "api"), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
            .SelectMany(file =>
                Regex
                    .Matches(
                        File.ReadAllText(file),
                        $"\"(?<key>({sections})(:[A-Z][A-Za-z]+)+)\"",
                        RegexOptions.ExplicitCapture,
                        TimeSpan.FromSeconds(5)
                    )
                    .Select(match => match.Groups["key"].Value)
            )
            .Distinct()
            .ToList();
        read.Count.ShouldBeGreaterThan(20);
        read.Except(KnownSettings.All.Select(setting => setting.Key)).ShouldBe(["Auth:Oidc"]); // a section
    }

    private string Written(string text)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, text);
        return file;
    }

    private static (IConfiguration Configuration, string[] Mistakes) Look(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        var mistakes = new SettingMistakes();
        mistakes.Look(configuration, configuration);
        try
        {
            mistakes.Refuse();
            return (configuration, []);
        }
        catch (InvalidOperationException error)
        {
            return (configuration, error.Message.Split('\n'));
        }
    }

    [GeneratedRegex(@"^\|(?<keys>[^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<key>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
