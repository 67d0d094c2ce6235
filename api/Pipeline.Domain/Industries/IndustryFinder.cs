using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Industries;

/// <summary>A class of GB/T 4754-2017, of two to four digits, and the everyday words for what belongs to it (储能, 芯片).</summary>
public sealed record IndustryEntry(string Code, string NameZh, string? NameEn, IReadOnlyList<string> Aliases);

/// <summary>A class that a text speaks of.</summary>
/// <param name="Because">The word of the text that says so.</param>
public sealed record IndustrySuggestion(IndustryEntry Entry, string Because);

/// <summary>Finds classes by what people type, and those that a project's name speaks of. It never decides: a person does.</summary>
public sealed class IndustryFinder
{
    private const int ShortestWord = 2;

    // What a class's name adds to the word that people use: 阀门和旋塞制造 is 阀门.
    private static readonly string[] Endings = ["制造业", "制造", "服务业", "服务", "加工业", "加工", "业"];

    private readonly List<Known> all;
    private readonly List<(string Word, IndustryEntry Entry)> words;

    public IndustryFinder(IEnumerable<IndustryEntry> entries)
    {
        all = [.. entries.Select(entry => new Known(entry))];
        words =
        [
            .. all.SelectMany(known => known.Names.Select(Core), (known, word) => (word, known.Entry))
                .Concat(all.SelectMany(known => known.Aliases, (known, word) => (word, known.Entry)))
                .Where(word => word.Item1.Length >= ShortestWord)
                .Distinct()
                .OrderByDescending(word => word.Item1.Length)
                .ThenByDescending(word => word.Entry.Code.Length)
                .ThenBy(word => word.Entry.Code, StringComparer.Ordinal),
        ];
    }

    /// <summary>The classes that a search finds, the nearest first: by code, name, everyday word, English name, or the pinyin of any, whole or its initials; several words in any order.</summary>
    public IEnumerable<IndustryEntry> Find(string text)
    {
        var asked = text.Split([' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries).Select(Written.Bare).ToList();
        return asked.Count == 0
            ? []
            : all.Select(known => (known.Entry, Distance: asked.Max(word => known.DistanceTo(word))))
                .Where(found => found.Distance < int.MaxValue)
                .OrderBy(found => found.Distance)
                .ThenBy(found => found.Entry.Code, StringComparer.Ordinal)
                .Select(found => found.Entry);
    }

    /// <summary>The classes that a project's name or summary speaks of, the longest word first, a class once; a word within one that was found says nothing of its own (电池 in 动力电池).</summary>
    public IReadOnlyList<IndustrySuggestion> Suggest(string text, int most = 5)
    {
        var bare = Written.Bare(text);
        var taken = new bool[bare.Length];
        var found = new List<IndustrySuggestion>();
        foreach (var group in words.GroupBy(word => word.Word))
        {
            var at = bare.IndexOf(group.Key, StringComparison.Ordinal);
            if (at < 0 || taken.AsSpan(at, group.Key.Length).IndexOf(false) < 0)
                continue;
            taken.AsSpan(at, group.Key.Length).Fill(true);
            found.AddRange(
                group
                    .Where(word => found.TrueForAll(one => one.Entry.Code != word.Entry.Code))
                    .Select(word => new IndustrySuggestion(word.Entry, group.Key))
            );
        }

        return [.. found.Take(most)];
    }

    private static string Core(string name)
    {
        var ending = Endings.FirstOrDefault(ending =>
            name.EndsWith(ending, StringComparison.Ordinal) && name.Length >= ending.Length + ShortestWord
        );
        return ending is null ? name : name[..^ending.Length];
    }

    private sealed class Known(IndustryEntry entry)
    {
        private readonly IReadOnlyList<string> spellings =
        [
            .. entry
                .Aliases.Prepend(entry.NameZh)
                .SelectMany(name => Pinyin.InitialsOf(name).Concat(Pinyin.SyllablesOf(name)))
                .Select(Written.Bare)
                .Distinct(),
        ];

        public IndustryEntry Entry { get; } = entry;

        public IReadOnlyList<string> Names { get; } = [Written.Bare(entry.NameZh)];

        public IReadOnlyList<string> Aliases { get; } = [.. entry.Aliases.Select(Written.Bare)];

        private string English { get; } = Written.Bare(entry.NameEn ?? "");

        /// <summary>How far a word is from the class; <see cref="int.MaxValue"/> if it does not find it.</summary>
        public int DistanceTo(string word) =>
            Entry.Code == word ? 0
            : Names[0] == word || Aliases.Contains(word) ? 1
            : Entry.Code.StartsWith(word, StringComparison.Ordinal) ? 2
            : Names[0].StartsWith(word, StringComparison.Ordinal) ? 3
            : Names[0].Contains(word, StringComparison.Ordinal) ? 4
            : Aliases.Any(alias => alias.Contains(word, StringComparison.Ordinal)) ? 5
            : English.Contains(word, StringComparison.Ordinal) ? 6
            : word.Length >= ShortestWord
            && spellings.Any(spelled => spelled.StartsWith(word, StringComparison.Ordinal))
                ? 7
            : int.MaxValue;
    }
}
