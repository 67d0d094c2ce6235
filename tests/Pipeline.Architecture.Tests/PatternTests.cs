using System.Reflection;
using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests;

/// <summary>No text that somebody types keeps a regular expression at work: what tries all ways to part a run of letters takes hours for sixty of them.</summary>
public sealed class PatternTests
{
    private static readonly Assembly[] Own =
    [
        typeof(Pipeline.Domain.IDomainEvent).Assembly,
        typeof(Pipeline.Data.Database).Assembly,
        typeof(Pipeline.Store.IDueWork).Assembly,
        typeof(Program).Assembly,
    ];

    private static readonly string[] Runs =
    [
        "0",
        "一",
        "十",
        "i",
        "v",
        "a",
        "A",
        "期",
        "第",
        "万",
        "亿",
        "元",
        "年",
        "月",
        "日",
        "公",
        "某",
        " ",
        "(",
        ")",
        "-",
        ".",
        ",",
        "、",
        "/",
        "\"",
        "'",
        "\\",
        "#",
        "y",
        "m",
        "0,",
        "0.",
        "0 ",
        "一、",
        "1期",
        "a ",
        "%e",
        "@p",
    ];

    private static IEnumerable<TestCaseData> Patterns() =>
        Own.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method =>
                method.ReturnType == typeof(Regex)
                && method.GetParameters().Length == 0
                && method.GetCustomAttribute<GeneratedRegexAttribute>() is not null
            )
            .Select(method =>
                new TestCaseData((Regex)method.Invoke(null, null)!).SetArgDisplayNames(
                    $"{method.DeclaringType!.Name}.{method.Name}"
                )
            );

    [TestCaseSource(nameof(Patterns))]
    public void A_run_of_letters_is_looked_through_at_once(Regex pattern)
    {
        // Exponential work is beyond any limit, all other work far below this one.
        var bounded = new Regex(pattern.ToString(), pattern.Options, TimeSpan.FromSeconds(10));
        foreach (var run in Runs)
        foreach (var end in new[] { "", "!", "期间" })
            Should.NotThrow(() => bounded.Count(string.Concat(Enumerable.Repeat(run, 80 / run.Length)) + end), run);
    }
}
