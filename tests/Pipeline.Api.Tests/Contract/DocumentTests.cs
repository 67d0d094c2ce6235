using System.Text.RegularExpressions;

namespace Pipeline.Api.Tests.Contract;

/// <summary>Documents name what exists.</summary>
public sealed partial class DocumentTests
{
    [Test]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var text = File.ReadAllText(Path.Combine(Layout.Find().Root, "docs", "security.md"));
        var fixtures = typeof(DocumentTests)
            .Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Tests", StringComparison.Ordinal))
            .ToList();
        var known = fixtures
            .Select(type => type.Name)
            .Concat(
                fixtures.SelectMany(type =>
                    type.GetMethods().SelectMany(method => new[] { method.Name, $"{type.Name}.{method.Name}" })
                )
            )
            .ToList();
        var named = Names().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(30);
        named
            .Where(name =>
                !known.Any(each =>
                    name.EndsWith('…') ? each.StartsWith(name[..^1], StringComparison.Ordinal) : each == name
                )
            )
            .ShouldBeEmpty();
    }

    [GeneratedRegex("`((?:[A-Za-z]+Tests)(?:\\.[A-Za-z0-9_]+…?)?|[A-Z][a-z]+(?:_[A-Za-z0-9]+){3,}…?)`")]
    private static partial Regex Names();
}
