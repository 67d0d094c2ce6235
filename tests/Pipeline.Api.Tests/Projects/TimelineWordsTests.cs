using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Tests.Projects;

/// <summary>The pages name everything that a timeline tells in words of each language: no member's name is shown as it is stored.</summary>
public sealed partial class TimelineWordsTests
{
    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task Every_member_of_an_entry_has_a_word(string language)
    {
        using var app = new PipelineApp("sqlite");
        await UnitsDay.Begin(app);
        var day = new UnitsDay(app);
        await day.Run();
        await app.As("centre").Imports(Registers.Csv("项目名称,落户地,阶段", "补录项目,平湖市,在谈"));
        var told = app.Sql(connection =>
            connection
                .Query<string>(
                    "SELECT before_json FROM timeline WHERE before_json IS NOT NULL UNION SELECT after_json FROM timeline WHERE after_json IS NOT NULL"
                )
                .SelectMany(json => JsonNode.Parse(json)!.AsObject())
                .SelectMany(member =>
                    member is { Key: "evidence", Value: JsonObject evidence }
                        ? evidence.Select(proof => proof.Key)
                        : [member.Key]
                )
                .Where(name => !IsLeftOut().IsMatch(name))
                .ToHashSet(StringComparer.Ordinal)
        );
        told.Count.ShouldBeGreaterThan(30);
        var words = Words(language);
        told.Where(name => !words.Contains(name)).Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    /// <summary>The names under which the pages look for a word: of facts, of proofs, of other members.</summary>
    private static HashSet<string> Words(string language)
    {
        var texts = Directory
            .GetFiles(Path.Combine(Layout.Find().Root, "web", "src", "shared", "locales"), $"*{language}.ts")
            .Select(File.ReadAllText)
            .ToList();
        return
        [
            .. PlainFact.All.Select(fact => fact.Name),
            .. new[] { "project", "evidence", "entryField" }
                .SelectMany(family => texts.SelectMany(text => Family(family).Matches(text)))
                .SelectMany(family => Member().Matches(family.Groups[1].Value))
                .Select(member => member.Groups[1].Value),
        ];
    }

    private static Regex Family(string name) =>
        new($@"^  {name}: \{{(.*?)^  \}}", RegexOptions.Multiline | RegexOptions.Singleline);

    [GeneratedRegex(@"^    (\w+):", RegexOptions.Multiline)]
    private static partial Regex Member();

    // Ids are left out, and what stands for the stage a move leads to (web/src/features/projects/timelineEntries.ts).
    [GeneratedRegex("Id$|^id$|^files$|^to$")]
    private static partial Regex IsLeftOut();
}
