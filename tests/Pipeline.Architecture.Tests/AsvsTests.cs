using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests;

/// <summary>The table of ASVS 5.0 has a line for each requirement of levels 1 and 2, and what it names is there.</summary>
public sealed partial class AsvsTests
{
    private static readonly string Root = Api.Layout.Find().Root;

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static List<(string Requirement, string Level, string Holds, string By)> Lines =>
        [
            .. Line()
                .Matches(Read("docs", "asvs.md"))
                .Select(match =>
                    (
                        match.Groups["requirement"].Value,
                        match.Groups["level"].Value,
                        match.Groups["holds"].Value,
                        match.Groups["by"].Value
                    )
                ),
        ];

    /// <summary>The standard's own numbers and levels: 70 of level 1, 183 of level 2.</summary>
    [Test]
    public void Every_requirement_of_levels_one_and_two_has_a_line_in_the_order_of_the_standard()
    {
        var asked = Read("tests", "Pipeline.Architecture.Tests", "asvs-5.0.csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .ToList();
        asked.Count(line => line.EndsWith(",1", StringComparison.Ordinal)).ShouldBe(70);
        asked.Count(line => line.EndsWith(",2", StringComparison.Ordinal)).ShouldBe(183);
        Lines.Select(line => $"{line.Requirement},{line.Level}").ShouldBe(asked);
    }

    [Test]
    public void Each_line_says_how_it_stands_and_by_what()
    {
        string[] answers = ["Yes", "Partly", "Yours", "Not met", "None"];
        Lines.Where(line => !answers.Contains(line.Holds)).ShouldBeEmpty();
        Lines.Where(line => line.By.Length == 0).ShouldBeEmpty();
        var text = Read("docs", "asvs.md");
        foreach (
            var (answer, words) in new[]
            {
                ("Yes", "{0} are met"),
                ("Partly", "{0} partly"),
                ("Yours", "{0} by how it is run"),
                ("Not met", "{0} not"),
                ("None", "{0} do not apply"),
            }
        )
            text.ShouldContain(string.Format(null, words, Lines.Count(line => line.Holds == answer)));
    }

    /// <summary>Tests and files are looked for by <see cref="DocumentTests"/>.</summary>
    [Test]
    public void Every_setting_that_is_named_is_in_the_manual()
    {
        var manual = Read("docs", "configuration.md");
        var named = Setting().Matches(Read("docs", "asvs.md")).Select(match => match.Groups["key"].Value).ToList();
        named.Count.ShouldBeGreaterThan(4);
        named.Where(key => !manual.Contains($"`{key}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Each purpose for which a key is derived stands in the inventory of cryptography.</summary>
    [Test]
    public void Every_key_that_is_derived_is_in_the_inventory()
    {
        var purposes = Directory
            .GetFiles(Path.Combine(Root, "api"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(file => Derived().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["purpose"].Value)
            .ToList();
        purposes.Count.ShouldBeGreaterThan(5);
        var inventory = Read("docs", "security.md");
        purposes.Where(purpose => !inventory.Contains($"`{purpose}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void No_page_writes_HTML_of_its_own() =>
        Directory
            .GetFiles(Path.Combine(Root, "web", "src"), "*.ts*", SearchOption.AllDirectories)
            .Where(file => !file.Contains(".test.", StringComparison.Ordinal))
            .Where(file => Html().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Root, file))
            .ShouldBeEmpty();

    [GeneratedRegex(
        @"^\| (?<requirement>\d+\.\d+\.\d+) \| (?<level>\d) \| [^|]+ \| (?<holds>[^|]+) \| (?<by>[^|]*) \|$",
        RegexOptions.Multiline
    )]
    private static partial Regex Line();

    /// <summary>A key of the configuration: <c>`Auth:SigningKey`</c>.</summary>
    [GeneratedRegex("`(?<key>[A-Z][A-Za-z]+(?::[A-Z][A-Za-z]+)+)`")]
    private static partial Regex Setting();

    [GeneratedRegex("Derive\\(\"(?<purpose>[a-z-]+)\"\\)")]
    private static partial Regex Derived();

    [GeneratedRegex("dangerouslySetInnerHTML|\\.(?:inner|outer)HTML\\s*=|document\\.write\\(|insertAdjacentHTML")]
    private static partial Regex Html();
}
