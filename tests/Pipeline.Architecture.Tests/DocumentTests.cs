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

    /// <summary>A path in back-quotes from the repository's root: <c>`api/Pipeline.Data/Database.cs`</c>.</summary>
    [GeneratedRegex(@"`((?:api|web|db|tests|docs)/[\w./-]+)`")]
    private static partial Regex Named();

    /// <summary>A relative link: <c>[security](docs/security.md)</c>.</summary>
    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Linked();
}
