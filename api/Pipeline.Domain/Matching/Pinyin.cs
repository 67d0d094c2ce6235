namespace Pipeline.Domain.Matching;

/// <summary>The pinyin by which names are looked for: 南湖 is found by nh, and where whole syllables are asked for, by nanhu.</summary>
/// <remarks>One reading without its tone for each character of the block U+4E00–U+9FFF, ü written v, and a second for those that names use in two ways (重庆, 重工): first letters as Unicode's Unihan gives them, syllables as pinyin-pro 3.29.4 does.</remarks>
public static class Pinyin
{
    private const char First = '\u4e00',
        Last = '\u9fff';
    private const int MostReadings = 8,
        LongestSyllable = 6;

    private static readonly Lazy<(string?[] Usual, Dictionary<char, string> Other)> Readings = new(Load);

    private static readonly Lazy<HashSet<string>> Syllables = new(() =>
        [.. Readings.Value.Usual.OfType<string>(), .. Readings.Value.Other.Values]
    );

    /// <summary>How a text may be spelled with the initials of its Chinese characters, all else as it is; the usual spelling first, at most eight. None when there are no Chinese characters.</summary>
    public static IReadOnlyList<string> InitialsOf(string text) => Spell(text, syllable => syllable[..1]);

    /// <summary>The same with whole syllables.</summary>
    public static IReadOnlyList<string> SyllablesOf(string text) => Spell(text, syllable => syllable);

    /// <summary>The initials of a word that is spelled in two or more whole syllables (donglidianchi: dldc); null where it is not.</summary>
    public static string? InitialsOfSpelled(string word)
    {
        if (word.Length < 4 || !word.All(char.IsAsciiLetterLower))
            return null;
        // The initials of what is read from each place on, by as few syllables as can be: xian is one, not two.
        var from = new string?[word.Length + 1];
        from[^1] = "";
        for (var at = word.Length - 1; at >= 0; at--)
        for (var end = Math.Min(word.Length, at + LongestSyllable); end > at; end--)
            if (
                from[end] is { } rest
                && Syllables.Value.Contains(word[at..end])
                && (from[at] is not { } known || rest.Length + 1 < known.Length)
            )
                from[at] = word[at] + rest;
        return from[0] is { Length: >= 2 } initials ? initials : null;
    }

    private static List<string> Spell(string text, Func<string, string> written)
    {
        if (!text.Any(character => Usual(character) is not null))
            return [];
        var spellings = new List<string> { "" };
        foreach (var character in text)
        {
            var usual = Usual(character) is { } known ? written(known) : character.ToString();
            var otherwise =
                spellings.Count * 2 <= MostReadings && Readings.Value.Other.TryGetValue(character, out var other)
                    ? spellings.ConvertAll(spelling => spelling + written(other))
                    : [];
            spellings = [.. spellings.Select(spelling => spelling + usual), .. otherwise];
        }

        return spellings;
    }

    private static string? Usual(char character) =>
        character is >= First and <= Last ? Readings.Value.Usual[character - First] : null;

    // Lines of a syllable and the characters read so; after a plus, those read so as well.
    private static (string?[], Dictionary<char, string>) Load()
    {
        using var stream = typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin.txt")!;
        using var lines = new StreamReader(stream);
        var usual = new string?[Last - First + 1];
        var other = new Dictionary<char, string>();
        while (lines.ReadLine() is { } line)
        {
            var (also, between) = (line[0] == '+', line.IndexOf(' ', StringComparison.Ordinal));
            var syllable = line[(also ? 1 : 0)..between];
            foreach (var character in line.AsSpan(between + 1))
                if (also)
                    other.Add(character, syllable);
                else
                    usual[character - First] = syllable;
        }

        return (usual, other);
    }
}
