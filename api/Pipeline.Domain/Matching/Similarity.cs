using System.Text;

namespace Pipeline.Domain.Matching;

/// <summary>How alike two normalised texts are: 1 − Levenshtein ÷ the longer length, over code points (R13).</summary>
public static class Similarity
{
    /// <summary>0 … 1; two empty texts are not alike (0).</summary>
    public static double Of(string a, string b)
    {
        var (x, y) = (CodePoints(a), CodePoints(b));
        var longer = Math.Max(x.Length, y.Length);
        // One correctly rounded division, so that 6 of 10 compares equal to the literal 0.6.
        return longer == 0 ? 0 : (double)(longer - Distance(x, y, longer)) / longer;
    }

    /// <summary>Whether the two are at least <paramref name="threshold"/> (0 &lt; t ≤ 1) alike: the answer of <see cref="Of"/>, sooner.</summary>
    public static bool AtLeast(string a, string b, double threshold)
    {
        var (x, y) = (CodePoints(a), CodePoints(b));
        var longer = Math.Max(x.Length, y.Length);
        if (longer == 0)
            return threshold <= 0;
        var edits = MostEdits(longer, threshold);
        return Math.Abs(x.Length - y.Length) <= edits && Distance(x, y, edits) <= edits;
    }

    /// <summary>How many edits two texts may be apart, the longer of <paramref name="longer"/> code points, and still be as alike as the threshold asks.</summary>
    internal static int MostEdits(int longer, double threshold) => (int)Math.Floor((1m - (decimal)threshold) * longer);

    internal static int[] CodePoints(string text)
    {
        var points = new int[text.Length];
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
            points[count++] = rune.Value;
        return count == points.Length ? points : points[..count];
    }

    /// <summary>The Levenshtein distance, or any number above <paramref name="most"/> when it is above that.</summary>
    private static int Distance(int[] a, int[] b, int most)
    {
        if (a.Length > b.Length)
            (a, b) = (b, a);
        if (a.Length == 0)
            return b.Length;
        var row = new int[a.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            row[i] = i;
        for (var j = 1; j <= b.Length; j++)
        {
            // Cells further than `most` from the diagonal cannot lead to an answer within it.
            var from = Math.Max(1, j - most);
            var to = Math.Min(a.Length, j + most);
            if (from > a.Length)
                return most + 1;
            var diagonal = row[from - 1];
            row[from - 1] = from == 1 ? j : most + 1;
            var best = row[from - 1];
            for (var i = from; i <= to; i++)
            {
                var above = i == j + most && j > 1 ? most + 1 : row[i];
                var cost = Math.Min(Math.Min(above, row[i - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[i];
                row[i] = cost;
                best = Math.Min(best, cost);
            }
            if (best > most)
                return most + 1;
        }
        return row[a.Length];
    }
}

/// <summary>Padded bigrams, by which an index finds the texts that may be similar enough before they are compared (R13).</summary>
public static class Grams
{
    // Symbols, which normalising removes, so that no text contains them.
    private const string First = "^",
        Last = "$";

    /// <summary>The bigrams over code points with a sentinel at each end: length + 1 of them, all different.</summary>
    /// <remarks>The second "ab" is "ab#2", and so on: counting shared members of two such sets counts shared bigrams with repetition.</remarks>
    public static IReadOnlyList<string> Of(string normalised)
    {
        if (normalised.Length == 0)
            return [];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var grams = new List<string>(normalised.Length + 1);
        var before = First;
        foreach (var letter in normalised.EnumerateRunes().Select(r => r.ToString()).Append(Last))
        {
            var gram = before + letter;
            seen[gram] = seen.TryGetValue(gram, out var times) ? ++times : times = 1;
            grams.Add(times == 1 ? gram : $"{gram}#{times}");
            before = letter;
        }
        return grams;
    }

    /// <summary>The least number of grams that any text at least <paramref name="threshold"/> (≥ 0.5) similar to one of <paramref name="length"/> code points shares with it.</summary>
    /// <remarks>
    /// An edit touches at most two bigrams, so two texts d edits apart, the longer of m code points, share at least m + 1 − 2d;
    /// similar enough means d ≤ (1 − threshold) · m, and m lies between the length and length ÷ threshold.
    /// </remarks>
    public static int LeastShared(int length, double threshold)
    {
        if (length <= 0)
            return 1;
        var least = int.MaxValue;
        for (var m = length; m - length <= Similarity.MostEdits(m, threshold) && m <= length * 4; m++)
            least = Math.Min(least, m + 1 - (2 * Similarity.MostEdits(m, threshold)));
        return Math.Max(1, least);
    }
}
