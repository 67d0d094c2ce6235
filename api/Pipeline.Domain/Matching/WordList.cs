namespace Pipeline.Domain.Matching;

/// <summary>Words that say little about who or what something is: places, and words that many names share.</summary>
internal sealed class WordList
{
    /// <summary>Names of administrative places: provinces, cities, the counties and towns of the city, countries.</summary>
    public static readonly WordList Places = new(Resource.Words("places.txt"));

    /// <summary>Words that many names of firms and projects share.</summary>
    public static readonly WordList Generic = new(Resource.Words("generic-words.txt"));

    private static readonly string[] PlaceSuffixes = ["省", "市", "县", "区", "镇"];

    private static readonly Remembered<double> Weights = new(Weigh);
    private static readonly Remembered<int> Own = new(CountOwn);

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> words;
    private readonly int longest;

    private WordList(IEnumerable<string> words)
    {
        this.words = new HashSet<string>(words, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        longest = this.words.Set.Max(word => word.Length);
    }

    /// <summary>The length of the longest word that begins at a place in the text; 0 where none does.</summary>
    public int LengthAt(string text, int at)
    {
        for (var length = Math.Min(longest, text.Length - at); length > 1; length--)
        {
            if (words.Contains(text.AsSpan(at, length)))
                return length;
        }

        return 0;
    }

    public bool Contains(string text) => words.Contains(text);

    /// <summary>Whether a text consists of names of places, with or without 省, 市, 县 …</summary>
    public static bool IsPlace(string text)
    {
        var at = 0;
        while (at < text.Length && PlaceAt(text, at) is > 0 and var length)
            at += length;
        return text.Length > 0 && at == text.Length;
    }

    /// <summary>The text without the names of places that it begins with; never to nothing.</summary>
    public static string WithoutLeadingPlaces(string text)
    {
        var at = 0;
        while (PlaceAt(text, at) is > 0 and var length && at + length < text.Length)
            at += length;
        return text[at..];
    }

    /// <summary>The text without the names of places that it ends with; never to nothing.</summary>
    public static string WithoutTrailingPlaces(string text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (IsPlace(text[at..]))
                return text[..at];
        }

        return text;
    }

    /// <summary>How much a name tells: each code point counts 1, of words that many names share and in Latin letters and digits a half.</summary>
    public static double WeightOf(string text) => Weights.Of(text);

    /// <summary>How many characters of a name belong to no word that many names share, nor to a place.</summary>
    public static int OwnCharacters(string text) => Own.Of(text);

    private static double Weigh(string text)
    {
        double weight = 0;
        for (var at = 0; at < text.Length; )
        {
            if (Generic.LengthAt(text, at) is > 0 and var length)
                (at, weight) = (at + length, weight + (length / 2.0));
            else
            {
                weight += char.IsAscii(text[at]) ? 0.5 : 1;
                at += char.IsSurrogatePair(text, at) ? 2 : 1;
            }
        }

        return weight;
    }

    private static int CountOwn(string text)
    {
        var own = 0;
        for (var at = 0; at < text.Length; )
        {
            if (Math.Max(Generic.LengthAt(text, at), PlaceAt(text, at)) is > 0 and var length)
                at += length;
            else
            {
                own++;
                at += at + 1 < text.Length && char.IsSurrogatePair(text, at) ? 2 : 1;
            }
        }

        return own;
    }

    private static int PlaceAt(string text, int at)
    {
        var length = Places.LengthAt(text, at);
        if (length == 0)
            return 0;
        var suffix = PlaceSuffixes.FirstOrDefault(s => string.CompareOrdinal(text, at + length, s, 0, s.Length) == 0);
        return length + (suffix?.Length ?? 0);
    }
}
