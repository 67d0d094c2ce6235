namespace Pipeline.Domain.Matching;

/// <summary>The initials of pinyin by which names are looked for: 南湖 is found by nh.</summary>
/// <remarks>One reading a character of the block U+4E00–U+9FFF, and a second for those that names use in two ways (重庆, 重工), as Unicode's Unihan gives them.</remarks>
public static class Initials
{
    private const char First = '\u4e00',
        Last = '\u9fff';
    private const int MostReadings = 8;

    private static readonly Lazy<(char[] Usual, Dictionary<char, char> Other)> Readings = new(Load);

    /// <summary>How a text may be spelled with the initials of its Chinese characters, all else as it is; the usual spelling first, at most eight. None when there are no Chinese characters.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        if (!text.Any(character => Usual(character) is not '\0'))
            return [];
        var spellings = new List<string> { "" };
        foreach (var character in text)
        {
            var usual = Usual(character) is var known and not '\0' ? known : character;
            var otherwise =
                spellings.Count * 2 <= MostReadings && Readings.Value.Other.TryGetValue(character, out var other)
                    ? spellings.ConvertAll(spelling => spelling + other)
                    : [];
            spellings = [.. spellings.Select(spelling => spelling + usual), .. otherwise];
        }

        return spellings;
    }

    private static char Usual(char character) =>
        character is >= First and <= Last ? Readings.Value.Usual[character - First] : '\0';

    // Lines of a letter and the characters read so; after a plus, those read so as well.
    private static (char[], Dictionary<char, char>) Load()
    {
        using var stream = typeof(Initials).Assembly.GetManifestResourceStream("pinyin-initials.txt")!;
        using var lines = new StreamReader(stream);
        var usual = new char[Last - First + 1];
        var other = new Dictionary<char, char>();
        while (lines.ReadLine() is { } line)
        {
            if (line[0] == '+')
            {
                foreach (var character in line.AsSpan(3))
                    other.Add(character, line[1]);
            }
            else
            {
                foreach (var character in line.AsSpan(2))
                    usual[character - First] = line[0];
            }
        }

        return (usual, other);
    }
}
