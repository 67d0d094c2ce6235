using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>The text that search compares: NFKC, lower case, simplified script, letters and digits only.</summary>
public static class SearchText
{
    public static string Of(string text) => Letters(Plain(text));

    /// <summary>What a project is found by: its name, code and investors; the same with numerals in Arabic digits; and the pinyin initials of each.</summary>
    public static IReadOnlyList<string> Lines(string code, ProjectBody body) =>
        Lines([body.Name ?? "", code, .. (body.Investors ?? []).Select(investor => investor.Name!)]);

    /// <summary>What a record is found by that goes by some names and numbers: these, with numerals in Arabic digits, and their initials.</summary>
    public static IReadOnlyList<string> Lines(params IEnumerable<string> names)
    {
        var texts = names.Select(Plain).ToList();
        var lines = texts.ConvertAll(Letters);
        return
        [
            .. lines
                .Concat(texts.Select(text => Letters(Numerals.Equate(text))))
                .Concat(lines.SelectMany(Pinyin.InitialsOf))
                .Distinct(),
        ];
    }

    /// <summary>The words of a query, each of which a project must have somewhere. Where none has two characters, the query is one word.</summary>
    public static IReadOnlyList<string> Words(string query)
    {
        var words = query
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(Word)
            .Where(word => word.Length > 0)
            .Distinct()
            .ToList();
        return Bigrams(words).Count == 0 ? [Of(query)] : words;
    }

    /// <summary>A word with its numerals in Arabic digits, 二期 as 2期, so far as it is certain which numeral is meant: one that the word begins or breaks off in may go on in a name (十万 in 三十万吨).</summary>
    private static string Word(string text)
    {
        var plain = Plain(text);
        for (var at = 0; at < plain.Length; )
        {
            var end = Numerals.Read(plain, at, out _);
            if (end > at && (end == plain.Length || (at == 0 && plain[at] is '十' or '拾')))
                return Letters(plain);
            at = Math.Max(end, at + 1);
        }

        return Letters(Numerals.Equate(plain));
    }

    private static string Plain(string text) =>
        HanFolding.Fold(text.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant());

    private static string Letters(string plain) =>
        string.Concat(plain.EnumerateRunes().Where(System.Text.Rune.IsLetterOrDigit));

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
