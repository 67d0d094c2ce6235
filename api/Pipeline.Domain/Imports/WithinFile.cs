using System.Runtime.InteropServices;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>Matches the rows of one register with each other (R54) without comparing every pair: what R13 looks at is looked up.</summary>
public sealed class WithinFile
{
    /// <summary>How many matches a row is told; more of them help nobody.</summary>
    public const int MostMatches = 200;

    /// <summary>Of how many rows what is compared is kept; of those before it is worked out anew.</summary>
    private const int MostKept = 5_000;

    // The buckets in which amounts within 10 % may lie, the likeliest first.
    private static readonly int[] Near = [0, -1, 1, -2, 2];

    private readonly List<(int RowNumber, MatchFacts Facts)> rows = [];
    private readonly Numbers<string> byName = new();
    private readonly Numbers<string> exact = new();
    private readonly GramIndex investors = new(Matcher.SimilarInvestorName);
    private readonly Dictionary<(string Currency, int Bucket), GramIndex> names = [];
    private readonly SpellingIndex spellings = new();

    // What is compared of the latest rows, each at its number's place in turn: like rows are compared again and again, and to normalise a name takes longer than to compare it.
    private readonly ComparedFacts[] compared = new ComparedFacts[MostKept];

    private Marks? latest;

    /// <summary>What a row is found by.</summary>
    private sealed record Marks(
        ComparedFacts Compared,
        IReadOnlyList<string> Investors,
        IReadOnlyList<string> Keys,
        (string Currency, int Bucket)? Size
    )
    {
        public string Project => Compared.NameKey;
    }

    /// <summary>Adds a row, to be found by the rows after it.</summary>
    public void Add(int rowNumber, MatchFacts facts)
    {
        var (marks, at) = (MarksOf(facts), rows.Count);
        rows.Add((rowNumber, facts));
        compared[at % MostKept] = marks.Compared;
        byName.Add(marks.Project, at);
        spellings.Add(marks.Compared.Spelling, at);
        foreach (var key in marks.Keys)
            exact.Add(key, at);
        foreach (var name in marks.Investors)
            investors.Add(name, at);
        if (marks is { Project.Length: > 0, Size: { } size })
        {
            if (!names.TryGetValue(size, out var index))
                names[size] = index = new GramIndex(Matcher.SimilarProjectName);
            index.Add(marks.Project, at);
        }
    }

    /// <summary>Whether an earlier row bears the very name, normalised, whatever else it says.</summary>
    public bool HasName(MatchFacts facts) => byName.Count(MarksOf(facts).Project) > 0;

    /// <summary>The earlier rows that match, the surest first.</summary>
    public IReadOnlyList<(int RowNumber, Match Match)> Matches(MatchFacts facts) => Matches(facts, out _);

    /// <summary>The earlier rows that match, the surest first, and no more than so many.</summary>
    /// <param name="beyond">How many more there are at least: of many rows of one investor, or of like names, the latest are compared.</param>
    public IReadOnlyList<(int RowNumber, Match Match)> Matches(MatchFacts facts, out int beyond)
    {
        var marks = MarksOf(facts);
        // One more than are told, so that it shows where there are more.
        var candidates = new SortedSet<int>(spellings.Candidates(marks.Compared.Spelling, MostMatches + 1));
        var left = 0;
        foreach (var key in marks.Keys)
        {
            candidates.UnionWith(exact.Of(key).Take(MostMatches));
            left = Math.Max(left, exact.Count(key) - MostMatches);
        }

        foreach (var name in marks.Investors)
        {
            candidates.UnionWith(investors.Similar(name).Take(MostMatches));
            left = Math.Max(left, investors.CountOf(name) - MostMatches);
        }

        // A row of the very name is the likeliest of all.
        if (marks.Project.Length > 0)
            candidates.UnionWith(byName.Of(marks.Project).Take(MostMatches + 1));
        if (marks is { Project.Length: > 0, Size: { } size })
            candidates.UnionWith(
                Near.Where(away => names.ContainsKey((size.Currency, size.Bucket + away)))
                    .SelectMany(away => names[(size.Currency, size.Bucket + away)].Similar(marks.Project))
                    .Take(MostMatches + 1)
            );

        var found = candidates
            .Select(at => (rows[at].RowNumber, Match: Matcher.Compare(Compared(at), marks.Compared)!))
            .Where(each => each.Match is not null)
            .OrderBy(each => each.Match.Level)
            .ThenBy(each => each.RowNumber)
            .ToList();
        beyond = Math.Max(left, Math.Max(0, found.Count - MostMatches));
        return found.Count <= MostMatches ? found : found[..MostMatches];
    }

    private ComparedFacts Compared(int at) =>
        rows.Count - at <= MostKept ? compared[at % MostKept] : new ComparedFacts(rows[at].Facts);

    /// <summary>A row is asked after and then added: its names are normalised once.</summary>
    private Marks MarksOf(MatchFacts facts)
    {
        if (ReferenceEquals(latest?.Compared.Facts, facts))
            return latest;
        var own = new ComparedFacts(facts);
        return latest = new Marks(
            own,
            [.. own.Investors.Select(investor => investor.NameKey).Where(name => name.Length > 0).Distinct()],
            [.. Keys(own)],
            Size(facts.TotalInvestment)
        );
    }

    private static IEnumerable<string> Keys(ComparedFacts facts)
    {
        if (facts.NationalCode.Length > 0)
            yield return "code " + facts.NationalCode;
        foreach (var investor in facts.Investors)
        {
            if (investor.Uscc.Length > 0)
                yield return "uscc " + investor.Uscc;
            if (facts.IndustryClass.Length > 0 && investor.ParentKey.Length > 0)
                yield return $"group {facts.IndustryClass} {investor.ParentKey}";
        }
    }

    /// <summary>Amounts within 10 % of one another lie in the same or neighbouring buckets, each a tenth wide.</summary>
    private static (string Currency, int Bucket)? Size(Money? money) =>
        money is { Amount: > 0 } sum
            ? (sum.Currency, (int)Math.Floor(Math.Log((double)sum.Amount) / -Math.Log(0.9)))
            : null;

    /// <summary>Texts by their bigrams: a similar one shares so many that it shares one of the rarest.</summary>
    private sealed class GramIndex(double threshold)
    {
        private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
        private readonly List<string> texts = [];
        private readonly Numbers<int> rowsOf = new();

        // By the grams' hashes: of a hundred thousand rows the grams themselves would take hundreds of megabytes. Two that share a hash cost a comparison.
        private readonly Numbers<int> byGram = new();

        public void Add(string text, int at)
        {
            if (!known.TryGetValue(text, out var number))
            {
                known[text] = number = texts.Count;
                texts.Add(text);
                foreach (var gram in Grams.Of(text))
                    byGram.Add(Hash(gram), number);
            }

            rowsOf.Add(number, at);
        }

        /// <summary>How many rows have this very text.</summary>
        public int CountOf(string text) => known.TryGetValue(text, out var number) ? rowsOf.Count(number) : 0;

        /// <summary>The rows with a text that is similar enough.</summary>
        public IEnumerable<int> Similar(string text)
        {
            var grams = Grams.Of(text);
            var enough = grams.Count - Grams.LeastShared(grams.Count - 1, threshold) + 1;
            return grams
                .Select(Hash)
                .OrderBy(byGram.Count)
                .Take(enough)
                .SelectMany(byGram.Of)
                .Distinct()
                .Where(number => Similarity.AtLeast(texts[number], text, threshold))
                .SelectMany(rowsOf.Of);
        }

        private static int Hash(string gram) => string.GetHashCode(gram, StringComparison.Ordinal);
    }

    /// <summary>Numbers (≥ 0) by key; most keys have one.</summary>
    private sealed class Numbers<TKey>
        where TKey : notnull
    {
        // The key's only number, or the complement of where in the chain its last one stands.
        private readonly Dictionary<TKey, int> heads = [];
        private readonly List<(int Number, int Before, int Count)> chain = [];

        public void Add(TKey key, int number)
        {
            ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(heads, key, out var more);
            if (more)
            {
                chain.Add((number, head, CountFrom(head) + 1));
                head = ~(chain.Count - 1);
            }
            else
                head = number;
        }

        public int Count(TKey key) => heads.TryGetValue(key, out var head) ? CountFrom(head) : 0;

        public IEnumerable<int> Of(TKey key)
        {
            if (!heads.TryGetValue(key, out var at))
                yield break;
            for (; at < 0; at = chain[~at].Before)
                yield return chain[~at].Number;
            yield return at;
        }

        private int CountFrom(int head) => head < 0 ? chain[~head].Count : 1;
    }
}
