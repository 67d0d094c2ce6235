using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests;

/// <summary>What the documents name is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Root = Api.Layout.Find().Root;

    private static IEnumerable<string> Documents =>
        Directory
            .GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Root, "*.md"))
            .Where(file => Path.GetFileName(file) != "CHANGELOG.md")
            .Select(file => Path.GetRelativePath(Root, file))
            .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Documents))]
    public void Every_file_that_a_document_names_exists(string document)
    {
        var text = File.ReadAllText(Path.Combine(Root, document));
        var folder = Path.GetDirectoryName(Path.Combine(Root, document))!;
        Linked()
            .Matches(text)
            .Select(match => (Name: match.Groups[1].Value, From: folder))
            .Concat(Named().Matches(text).Select(match => (Name: match.Groups[1].Value, From: Root)))
            .Where(file => !file.Name.Contains("NNNN", StringComparison.Ordinal)) // stands for any number
            .Where(file => !Path.Exists(Path.Combine(file.From, file.Name)))
            .Select(file => file.Name)
            .ShouldBeEmpty();
    }

    /// <summary>The tests behind the threat model and the table of ASVS are there, by the names that they are given.</summary>
    [TestCase("security.md")]
    [TestCase("asvs.md")]
    public void Every_test_that_is_named_as_proof_exists(string document)
    {
        var written = string.Join(
            '\n',
            Directory
                .GetFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
                .Select(File.ReadAllText)
        );
        var named = Proof()
            .Matches(File.ReadAllText(Path.Combine(Root, "docs", document)))
            .Select(match => match.Groups[1].Value.Split('.')[^1])
            .Distinct()
            .ToList();
        named.Count.ShouldBeGreaterThan(20);
        named
            .Where(name => !written.Contains($" {name}(", StringComparison.Ordinal))
            .Where(name => !written.Contains($"class {name}", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    /// <summary>The name of a test, a sentence, or of a class of tests: <c>`TamperTests`</c>.</summary>
    [GeneratedRegex(@"`((?:\w+Tests\.)?(?:[A-Z][a-z]*_\w+|\w+Tests))`")]
    private static partial Regex Proof();

    /// <summary>A path in back-quotes from the repository's root: <c>`api/Pipeline.Data/Database.cs`</c>.</summary>
    [GeneratedRegex(@"`((?:api|web|db|tests|docs|deploy)/[\w./-]+)`")]
    private static partial Regex Named();

    /// <summary>A relative link: <c>[security](docs/security.md)</c>.</summary>
    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Linked();
}
