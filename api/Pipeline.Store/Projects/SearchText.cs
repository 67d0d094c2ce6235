using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Matching;

namespace Pipeline.Store.Projects;

/// <summary>The text that search compares: NFKC, lower case, letters and digits only.</summary>
public static class SearchText
{
    public static string Of(string text) =>
        string.Concat(
            text.Normalize(System.Text.NormalizationForm.FormKC)
                .ToLowerInvariant()
                .EnumerateRunes()
                .Where(System.Text.Rune.IsLetterOrDigit)
        );

    /// <summary>What a project is found by: its name, code and investors, and the pinyin initials of each.</summary>
    public static IReadOnlyList<string> Lines(string code, ProjectBody body)
    {
        var texts = new[] { body.Name ?? "", code }
            .Concat((body.Investors ?? []).Select(investor => investor.Name!))
            .Select(Of)
            .ToList();
        return [.. texts.Concat(texts.SelectMany(Initials.Of)).Distinct()];
    }

    /// <summary>Every two consecutive characters of some lines, each once.</summary>
    public static IReadOnlyList<string> Bigrams(IEnumerable<string> lines) => [.. lines.SelectMany(Pairs).Distinct()];

    private static IEnumerable<string> Pairs(string line)
    {
        var runes = line.EnumerateRunes().ToList();
        return runes.Zip(runes.Skip(1), (first, second) => $"{first}{second}");
    }

    /// <summary>Has a project found by the pairs of some lines instead of those it was found by.</summary>
    public static async Task Again(Session session, long seq, IEnumerable<string> before, IEnumerable<string> lines)
    {
        var (known, wanted) = (Bigrams(before), Bigrams(lines));
        foreach (var grams in known.Except(wanted).Chunk(MostForgotten))
            await session.Execute(Forget, new { seq, grams });
        session.Add(Index, wanted.Except(known).Select(gram => new object?[] { gram, seq }));
    }

    // A statement of SQL Server bears 2100 parameters.
    private const int MostForgotten = 1000;

    private static readonly BulkTable Index = new("search_index", "gram", "project_seq") { InOrder = true };

    private const string Forget = "DELETE FROM search_index WHERE gram IN @grams AND project_seq = @seq";
}
